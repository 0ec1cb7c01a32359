"""Check digits that take a line of arithmetic each: python-stdnum,
which loads Python's TLS, is asked only if they are right.
"""

from __future__ import annotations


def luhn(digits: str) -> bool:
    """Whether these ASCII digits end in the check digit of payment cards and many ids."""
    doubled = sum(sum(divmod(2 * int(one), 10)) for one in digits[-2::-2])
    return (doubled + sum(map(int, digits[::-2]))) % 10 == 0


def mod_97(shown: str) -> bool:
    """Whether the check digits of what has an IBAN's shape, in ASCII, are right."""
    dense = shown.replace(" ", "")
    return int("".join(str(int(one, 36)) for one in dense[4:] + dense[:4])) % 97 == 1
