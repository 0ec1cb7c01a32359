"""Front matter as nearly everybody writes it, a `key: value` or nothing on each line, read without a YAML
parser. It takes a tenth of the time, and is used only where both give the same: anything doubtful is left to
the parser.
"""

from __future__ import annotations

from sys import intern

from kcs.article.yaml_block import Note, Parsed
from kcs.patterns import later

# Characters beyond ASCII that YAML treats specially anywhere, or by rules of its own (line breaks other than
# LF), are not plain. The whole text is searched for them at once, so that the pattern for a line needs only
# ASCII: with these ranges in each of its sets, it took three times as long to compile, and one of them alone
# a third.
_PLAIN = (
    ("\u00a1", "\u024f"), ("\u0600", "\u06ff"), ("\u0e00", "\u0e7f"), ("\u1e00", "\u1eff"), ("\u2010", "\u2027"),
)  # fmt: skip
_FIRST = r"[^\x00-#%-'),*\-:-@[-^`{-\x7f]"
_INNER = r"(?:[^\x00- #:\x7f]++|:(?=[^\x00- \x7f])|(?<! )#|[ ]++(?=[^\x00- #\x7f]))"
_LINE = later(
    r"(?:([A-Za-z_][A-Za-z0-9_-]{0,80}+(?: [A-Za-z0-9_][A-Za-z0-9_-]{0,40}+){0,8}+):"
    rf"(?:[ ]++(?:'([^\x00-\x1f'\x7f]*+)'|\"([^\x00-\x1f\"\\\x7f]*+)\"|({_FIRST}{_INNER}*+)))?[ ]*+)?(?:\r?\n|\Z)"
)
_WORDS = frozenset(("null", "true", "false"))


def read_plain(text: str) -> Parsed | None:
    """What the parser would say; None if only the parser can tell."""
    values: dict[str, str | bool | None] = {}
    keys: list[tuple[str, int]] = []
    notes: list[Note] = []
    if not (text.isascii() or all(map(_is_plain, {*text}))):
        return None
    at, end, match = 0, len(text), _LINE.match
    while at < end:
        line = match(text, at)
        if line is None:
            return None
        key, single, double, plain = line.groups()
        if key is not None:
            key = intern(key)  # the same few in each article of a base
            if len(key) < 6 and key.lower() in _WORDS:
                return None
            if key in values:
                notes.append(Note("duplicate-key", key, at, next(place for one, place in keys if one == key)))
            keys.append((key, at))
            if plain is None:
                values[key] = single if double is None else double
            else:
                values[key] = _word(plain) if len(plain) < 6 else plain
        at = line.end()
    return Parsed(values or None, tuple(keys), tuple(notes))


def _is_plain(sign: str) -> bool:
    return sign <= "\x7f" or any(first <= sign <= last for first, last in _PLAIN)


def _word(text: str) -> str | bool | None:
    """`true` and `false` in any spelling, `null` in the three that YAML knows."""
    lower = text.lower()
    if lower not in _WORDS:
        return text
    if lower == "null":
        return None if text in ("null", "Null", "NULL") else text
    return lower == "true"
