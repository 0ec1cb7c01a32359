"""Names of the machine's world: wi-fi, my.cnf, v4.3.1, --flag, ERR_CONN_RESET, camelCase. Found whole and in parts.

The parts between marks are already runs; this adds what runs do not give: the joined parts (`wi-fi` is also
`wifi`), a version's first numbers, and the parts of names without a mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.patterns import later
from kcs.search.analysis.english import english_stem
from kcs.search.analysis.glued import glued, parts
from kcs.search.analysis.stop_words import ENGLISH

_MARKS = r"[-_./:@+\\']"
# What word processors write where no line may break: `Wi\u2011Fi`.
_HYPHENS = str.maketrans("\u2010\u2011", "--")
# Two to four parts, no more. The quantifiers never backtrack: hostile text stays linear.
_COMPOUND = later(rf"(?<![A-Za-z0-9])[A-Za-z0-9]++(?:{_MARKS}[A-Za-z0-9]++){{1,3}}(?!{_MARKS}?[A-Za-z0-9])")
_MARK = later(_MARKS)
_FLAG = later(r"(?<![\w-])--[A-Za-z][A-Za-z0-9]{0,30}+(?:-[A-Za-z0-9]{1,30}+){0,5}+(?![\w-])")
_CHUNK = later(r"[A-Za-z0-9]++")
_ONLY_UNDERSCORES = later(r"\w+\Z")
# v4.3.1 is asked for as 4.3.1 and as 4.3.
_VERSION = later(r"(?<![A-Za-z0-9])[vV]?(([0-9]++)\.[0-9]++)(?:\.[0-9]++){0,2}(?!\.?[A-Za-z0-9])")
_AND_MORE = "."
_LONGEST = 24


def is_plain(chunk: str) -> bool:
    """Whether a piece of text without blanks is a plain word, with nothing to find in it."""
    return chunk.isalpha() and (chunk.islower() or chunk[1:].islower())


def extra_terms(text: str) -> Iterator[str]:
    """The terms of a text's identifiers (as spelt, capitals included) besides those of their runs."""
    return (term for _, _, term in extra_spans(text))


def extra_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """The same with the characters that each stands for."""
    text = _with_hyphens(text)
    if not text.isalnum():
        for found in _COMPOUND.finditer(text):
            if not _ONLY_UNDERSCORES.match(found.group()) and (whole := joined(found.group())):
                yield *found.span(), whole
        if "--" in text:
            for found in _FLAG.finditer(text):
                yield *found.span(), found.group().lower()
        if "." in text:
            yield from _versions(text)
    for start, end in glued(text):
        lower = text[start:end].lower()
        if len(lower) > 1 and lower not in ENGLISH:
            yield start, end, english_stem(lower)


def _versions(text: str) -> Iterator[tuple[int, int, str]]:
    """Versions without their v, and the fact that they begin with two numbers and go on."""
    for found in _VERSION.finditer(text):
        start, end = found.start(1), found.end()
        if start > found.start():
            if whole := joined(text[start:end]):
                yield start, end, whole
            yield *found.span(2), found[2]
        if found.end(1) < end and (whole := joined(found[1])):
            yield *found.span(1), whole + _AND_MORE


def begun_versions(text: str) -> Iterator[str]:
    """The terms for versions that begin with a two-number version in the text: 5.3.7 for 5.3."""
    for found in _VERSION.finditer(_with_hyphens(text)):
        if found.end(1) == found.end() and (whole := joined(found[1])):
            yield whole + _AND_MORE


def whole_names(text: str) -> Iterator[str]:
    """The terms that each stand for exactly one whole identifier of a text."""
    text = _with_hyphens(text)
    for found in _COMPOUND.finditer(text):
        if _ONLY_UNDERSCORES.match(found.group()):
            yield found.group().lower()
        elif whole := joined(found.group()):
            yield whole
    for found in _FLAG.finditer(text):
        yield found.group().lower()
    for found in _VERSION.finditer(text):
        if found.start(1) > found.start() and (whole := joined(text[found.start(1) : found.end()])):
            yield whole
    for found in _CHUNK.finditer(text):
        if parts(found.group()):
            yield english_stem(found.group().lower())


def _with_hyphens(text: str) -> str:
    """The text, at its length, with one sign for every hyphen."""
    return text if text.isascii() else text.translate(_HYPHENS)


def joined(compound: str) -> str | None:
    """A compound without its marks, a short version (5.3) as is; None if it is no name (don't, a long path)."""
    whole = _MARK.sub("", compound).lower()
    if len(whole) > _LONGEST or ("'" in compound and whole.isalpha()):
        return None
    return whole if len(whole) > 2 else compound.lower() if whole.isdigit() else None
