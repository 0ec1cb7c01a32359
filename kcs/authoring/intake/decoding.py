"""Bytes to text: a byte order mark, a declared charset or
UTF-8; never a guess that writes wrong letters into a file.
"""

from __future__ import annotations

import codecs
import re

from kcs.errors import FileProblem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALIASES = {"windows-874": "cp874", "x-windows-874": "cp874", "iso-8859-11": "cp874", "tis-620": "cp874"}
# The letters that are a third of any text in the language.
_APART = frozenset(("cp874", "windows-1256"))
_FREQUENT = {"cp874": "านรอกเงม่้ี", "windows-1256": "اليمنوتر", "windows-1258": "đưươăâêôìàá"}


def decode(raw: bytes, name: str) -> str:
    """The text of a file. FileProblem with the line and the likely encoding when it is not UTF-8."""
    if encoding := marked_encoding(raw):
        return _marked(raw, encoding, name)
    if b"\0" in raw[:4096]:
        hint = "save it as UTF-8 text" if _wide(raw) else "give the ticket as JSON, the mail as .eml, or text"
        raise FileProblem("holds zero bytes, so it is not UTF-8 text", path=name, line=1, hint=hint)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        likely = guess_encoding(raw)
        raise FileProblem(
            f"is not UTF-8: byte {raw[error.start]:#04x} is not a letter in it",
            path=name,
            line=line,
            hint=f"it looks like {likely}: iconv -f {likely} -t utf-8 FILE > NEW"
            if likely
            else "save it as UTF-8",
        ) from None


def decode_declared(raw: bytes, charset: str | None, name: str) -> str:
    """A part of a mail in the charset it declares, where what does not fit becomes U+FFFD; undeclared, as `decode`."""
    if not charset:
        return decode(raw, name)
    try:
        return raw.decode(python_name(charset), "replace")
    except (LookupError, ValueError):
        return raw.decode("utf-8", "replace")


def python_name(charset: str) -> str:
    """A charset as Python calls it."""
    return _ALIASES.get(charset.lower(), charset)


def marked_encoding(raw: bytes) -> str:
    """The encoding, as Python calls it, that a byte order mark at the beginning names; empty if there is none."""
    return next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "")


def guess_encoding(raw: bytes) -> str:
    """The likeliest of the encodings that the four languages were written in before UTF-8; empty: none."""
    begin = raw[:20_000]
    sample = bytes(byte for byte in begin if byte >= 0x80)
    # Thai and Arabic letters come together; those of German or French come singly among plain ones.
    together = 2 * sum(len(run) for run in re.findall(rb"[\x80-\xff]{2,}", begin)) > len(sample)
    scores = {}
    for encoding, letters in _FREQUENT.items():
        if encoding in _APART and not together:
            continue
        text = sample.decode(encoding, "replace")
        scores[encoding] = sum(text.count(letter) for letter in letters) - 2 * text.count("\ufffd")
    best = max(scores, key=lambda one: scores[one])
    return {"cp874": "windows-874"}.get(best, best) if scores[best] * 4 > len(sample) else ""


def _marked(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise FileProblem(
            f"begins as {encoding.upper()} and breaks off at byte {error.start}",
            path=name,
            hint="export it again, as UTF-8",
        ) from None


def _wide(raw: bytes) -> bool:
    sample = raw[:4096]
    return sample.count(0) * 3 > len(sample)
