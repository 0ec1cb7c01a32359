"""Front matter as nearly everybody writes it, one `key: value` a line, read without a YAML parser.

In a tenth of its time, and only where both say the same: whatever is not surely so is left to the parser.
"""

from __future__ import annotations

from sys import intern

from kcs.patterns import later

# Of what is no ASCII, what YAML takes for itself in any place, or what a machine of its own decides about (line ends beside LF),
# is not plain; and what is no letter begins no value. Asked of the whole text at once, so that the pattern for a line speaks of
# ASCII alone: with these ranges in each of its sets it took three times as long to make, and one of them alone a third.
_PLAIN = (
    ("\u00a1", "\u024f"), ("\u0600", "\u06ff"), ("\u0e00", "\u0e7f"), ("\u1e00", "\u1eff"), ("\u2010", "\u2027"),
)  # fmt: skip
_SIGNS = "\u2010", "\u2027"
_FIRST = r"[^\x00-#%-'),*\-:-@[-^`{-\x7f]"
_INNER = r"(?:[^\x00- #:\x7f]++|:(?=[^\x00- \x7f])|(?<! )#|[ ]++(?=[^\x00- #\x7f]))"
_LINE = later(
    r"([A-Za-z_][A-Za-z0-9_-]{0,80}+):"
    rf"(?:[ ]++(?:'([^\x00-\x1f'\x7f]*+)'|\"([^\x00-\x1f\"\\\x7f]*+)\"|({_FIRST}{_INNER}*+)))?[ ]*+(?:\r?\n|\Z)"
)
_WORDS = frozenset(("null", "true", "false"))


def read_plain(text: str) -> tuple[dict[str, str | bool | None], tuple[tuple[str, int], ...]] | None:
    """The values and the character offset of each key; None where only the parser knows."""
    values: dict[str, str | bool | None] = {}
    keys: list[tuple[str, int]] = []
    if not (text.isascii() or all(map(_is_plain, {*text}))):
        return None
    at, end, match = 0, len(text), _LINE.match
    while at < end:
        line = match(text, at)
        if line is None:
            return None
        key, single, double, plain = line.groups()
        key = intern(key)  # the same few in each article of a base
        if key in values or (len(key) < 6 and key.lower() in _WORDS):
            return None
        keys.append((key, at))
        if plain is None:
            values[key] = single if double is None else double
        elif _SIGNS[0] <= plain[0] <= _SIGNS[1]:
            return None
        else:
            values[key] = _word(plain) if len(plain) < 6 else plain
        at = line.end()
    return (values, tuple(keys)) if values else None


def _is_plain(sign: str) -> bool:
    return sign <= "\x7f" or any(first <= sign <= last for first, last in _PLAIN)


def _word(text: str) -> str | bool | None:
    """`true` and `false` however they are spelt, `null` in the three ways that YAML knows."""
    lower = text.lower()
    if lower not in _WORDS:
        return text
    if lower == "null":
        return None if text in ("null", "Null", "NULL") else text
    return lower == "true"
