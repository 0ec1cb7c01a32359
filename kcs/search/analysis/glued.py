"""Names whose parts join without a mark: maxPayloadSize, XMLHttpRequest, Office365, 0x80070005, v4, VMs. Pure."""

from __future__ import annotations

from kcs.patterns import later

_CHUNK = later(r"[A-Za-z0-9]++")
_NAME = later(r"\w++")
# Where two parts can meet: one look rules out most pieces of text.
_SEAM = later(r"[a-z][A-Z0-9]|[0-9][A-Za-z]|[A-Z][0-9]|[A-Z]{2}[a-z]")
# An abbreviation with the s of its plural is one part: vCPUs.
_PART = later(r"[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LETTERS_DIGITS = later(r"[A-Za-z]{2,}+[0-9]++|[vV][0-9]++|[0-9]++(?!(?:st|nd|rd|th)\Z|x)[A-Za-z]{2,}+")
# Several of what has a name in capitals.
_PLURAL = later(r"[A-Z]{2,}+s\Z")
_HEX = later(r"0[xX](?=[0-9A-Fa-f]{3,}+\Z)")
# Anything longer or with more parts is no name (a key, a hash, a token).
_LONGEST, _MOST = 40, 7
# PowerShell and WordPress are single words: a name that begins with a capital has at least this many parts.
_LEAST = 3

# Joins the parts of a name in `cut_names`. Records use it nowhere else.
JOINT = "-"


def parts(chunk: str) -> list[tuple[int, int]]:
    """Start and end of the parts of a piece of ASCII letters and digits; none if it is no name."""
    size = len(chunk)
    if size > _LONGEST:
        return []
    if found := _HEX.match(chunk):
        return [(0, found.end()), (found.end(), size)]
    if _PLURAL.match(chunk):
        return [(0, size - 1), (size - 1, size)]
    cut = [one.span() for one in _PART.finditer(chunk)]
    if not 1 < len(cut) <= _MOST:
        return []
    if _LETTERS_DIGITS.fullmatch(chunk):
        # The capitals inside the letters cut nothing: IPv6.
        first = next(at for at in range(size) if chunk[at].isdigit() != chunk[0].isdigit())
        return [(0, first), (first, size)]
    letters = sum(not chunk[start].isdigit() for start, _ in cut)
    is_camel = letters > 1 and not chunk.islower() and not chunk.isupper() and 2 * len(cut) <= size
    return cut if is_camel and (chunk[0].islower() or letters >= _LEAST) else []


def glued(text: str) -> list[tuple[int, int]]:
    """Where in a text (as spelt) the parts of such names are."""
    if not _SEAM.search(text):
        return []
    return [
        (one.start() + start, one.start() + end)
        for one in _CHUNK.finditer(text)
        for start, end in parts(one.group())
    ]


def cut_names(text: str) -> list[str]:
    """The names of a text as records hold them, and JOINT where they are cut: `innodb_max-size`."""
    found: list[str] = []
    if not _SEAM.search(text):
        return found
    for one in _NAME.finditer(text):
        name, at, cut = one.group(), 0, ""
        if not name.isascii() or not (places := glued(name)):
            continue
        for start, _ in places:
            if start and name[start - 1] != "_":
                cut, at = f"{cut}{name[at:start]}{JOINT}", start
        found.append(f"{cut}{name[at:]}".lower().strip("_"))
    return found
