"""An article's id: random, so that two people who make articles at the same time never get the same one."""

from __future__ import annotations

import os
from collections.abc import Callable

from kcs.patterns import later

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base32: no i, l, o, u to misread
LENGTH = 8
BEGIN = "kb-"
_ID = later(rf"{BEGIN}[{ALPHABET}]{{{LENGTH}}}")


def new_id(taken: Callable[[str], bool]) -> str:
    """A new id, `kb-` and 8 characters, for which `taken` says no."""
    while True:
        # As random as `secrets`, whose import loads OpenSSL: 32 letters are five bits of a byte, equally likely.
        made = BEGIN + "".join(ALPHABET[byte & 31] for byte in os.urandom(LENGTH))
        if not taken(made):
            return made


def is_id(text: str) -> bool:
    """Whether this is an id such as `new_id` makes."""
    return text.startswith(BEGIN) and _ID.fullmatch(text) is not None
