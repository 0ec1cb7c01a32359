"""Payment cards and IBANs: by prefix, length and check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.patterns import later
from kcs.privacy.check_digits import luhn, mod_97
from kcs.privacy.context import BEGIN, BEGUN, END, says_other
from kcs.privacy.look import Look, matches

_DIGITS = later(r"\d" + BEGUN + r"(?:[ -]?\d){12,18}" + END)
_LEAST = 13
# Visa, Mastercard and most others; American Express; Diners.
_ON_A_CARD = later(
    rf"(?=({BEGIN}(?:\d{{13,19}}|\d{{4}}([ -])\d{{4}}\2\d{{4}}\2\d{{4}}|\d{{4}}([ -])\d{{6}}\3\d{{4,5}}){END}))\d"
)
_BRAND = later(
    r"4\d{12}(?:\d{3}){0,2}"  # Visa
    r"|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[68]\d)\d{11}"  # Diners
    r"|(?:6011|65\d{2}|64[4-9]\d)\d{12}"  # Discover
    r"|35(?:2[89]|[3-8]\d)\d{12}"  # JCB
    r"|62\d{14,17}"  # UnionPay
)
# What payment providers publish for tests: an article may show them.
_TEST = later(
    r"4242424242424242|4111111111111111|400000\d{10}|5555555555554444|378282246310005|6011111111111117"
)
_ADDRESS = later(r"://[^\s()<>\"']+/$")
_LONGEST = 200
_IBAN = later(
    r"(?<![A-Za-z0-9_-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9_-])",
    re.IGNORECASE,
)


def cards(text: str, look: Look, *, examples: bool) -> Iterator[tuple[int, int]]:
    """Where the card numbers are in folded text; without `examples`, known test numbers are skipped."""
    if not look.digits(_LEAST):
        return
    for start, end in look.numbers(_LEAST):
        yield from _cards_within(text, start, end, examples=examples)


def _cards_within(text: str, start: int, end: int, *, examples: bool) -> Iterator[tuple[int, int]]:
    after = start
    for first, last in sorted(_candidates(text, start, end)):
        digits = re.sub(r"\D", "", text[first:last])
        if first < after or not _BRAND.fullmatch(digits) or not luhn(digits) or len(set(digits)) < 2:
            continue
        if _in_address(text, first) or says_other(text, first):
            continue
        after = last
        if examples or not _TEST.fullmatch(digits):
            yield first, last


def _candidates(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """All digits in a row; and those of them that are grouped as on
    a card, since the day on which it expires may stand beside them.
    """
    yield from (found.span() for found in _DIGITS.finditer(text, start, end))
    yield from (found.span(1) for found in _ON_A_CARD.finditer(text, start, end))


def _in_address(text: str, start: int) -> bool:
    """Whether it is part of an address, as the ids of articles in
    help desks are: https://help.example.com/articles/4407225360018.
    """
    return _ADDRESS.search(text[max(0, start - _LONGEST) : start]) is not None


def ibans(text: str, look: Look) -> Iterator[tuple[int, int]]:
    """Where there are IBANs with the right check digits, length and country in folded text."""
    for found in matches(_IBAN, text, look.pairs()):
        end = _iban_end(text, found.start(), found.end())
        if end is not None:
            yield found.start(), end


def _iban_end(text: str, start: int, end: int) -> int | None:
    """The end without the words that follow: in `... 1332 your`, the last word has the shape of a group."""
    while end - start >= 15:
        if _is_iban(text[start:end].upper()):
            return end
        end = text.rfind(" ", start, end)
    return None


def _is_iban(shown: str) -> bool:
    if not shown.isascii() or not mod_97(shown):
        return False
    from stdnum import iban

    return iban.is_valid(shown)
