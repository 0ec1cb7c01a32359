"""Phone numbers, distinguished from all the other numbers of a
ticket: international ones everywhere, national ones by region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kcs.patterns import later
from kcs.privacy.context import is_money, says_other, says_phone
from kcs.privacy.look import Look

# The countries whose people write to a base in that language; all others write with `+`.
REGIONS = {
    "en": ("US", "GB", "AU", "IN", "SG", "ZA"),
    "th": ("TH",),
    "vi": ("VN",),
    "ar": ("SA", "AE", "EG", "JO", "KW", "QA", "MA", "IQ", "LB", "OM", "BH", "DZ", "TN"),
}
_FIRST = ("US", "GB", "TH", "VN", "SA", "AE", "EG")
# What may be between two digits; and what is dialled first where
# a slash ends it, as in Germany and Lebanon (`03/123456`).
_BETWEEN = r"(?:[ .-]|[ -]?\(|\)[ .-]?)?"
_AREA = rf"(?:{_BETWEEN}\d){{1,5}}\)? ?/ ?\d"
# What must not come before it is tested after its first character: so it is searched ten times faster.
_CANDIDATE = later(
    r"[+(\d](?<![A-Za-z0-9#=@$-].)(?<![A-Za-z0-9]_.)(?<![A-Za-z0-9]__.)(?<!\D/.)(?<!\d[.,:].)(?:(?<=\d)|(?<=\+)\d|(?<=\()\+?\d)"
    rf"(?:{_AREA}(?:{_BETWEEN}\d){{4,13}}|(?:{_BETWEEN}\d){{6,16}})(?!\d)"
)
_LEAST = 7
# Of digits that stand beside others: with fewer, any amount might do.
_SURELY = 9
# Beyond as many blanks it is a row of a table, and each two of them might hold a number.
_MOST_GROUPS = 8
_LINKED = later(r"(?:tel:|callto:|sms:|wa\.me/|zalo\.me/|phone=)(\+?\d(?:[-.]?\d){6,14})", re.IGNORECASE)
_LINK = later(r"(?:tel:|callto:|sms:|wa\.me/|zalo\.me/|phone=)\+?\Z", re.IGNORECASE)
_LONGEST_LINK = 9
_LONGEST_PATH = 80
# What may come before the first digit of a candidate.
_LEFT = 2
_NOT_A_PHONE = later(
    r"\d{1,3}(?:\.\d{1,3}){3}"  # an address of a machine
    r"|(?!00)\d{1,4}([-/. ])\d{1,2}\1\d{1,4}(?:[ T]+\d.*)?"  # a day, perhaps with its time; none begins as numbers abroad do
    # A version, a price; not 0901.234.567, nor 415.555.2671 as North America writes it.
    r"|(?!0\d{1,3}(?:\.\d{2,4}){2,4}\Z|(?:1\.)?[2-9]\d\d\.[2-9]\d\d\.\d{4}\Z)\d+(?:\.\d+)+"
    r"|\d{1,3}(?:[ .]\d{3})+"  # thousands
    r"|(?:19|20)\d{2}[- /]+(?:19|20)\d{2}"  # years
    r"|(?:0?[1-9]|1[0-2])/(?:19|20)\d{2}.*"  # a month
    r"|20\d{12}|1[4-9]\d{8}(?:\d{3})?"  # 20261122093000, seconds and milliseconds since 1970
)
# An amount; an account, a card or an IBAN, as people write these.
_GROUPED = later(r"\d{1,3}(?: \d{3})+|(?:\d{4} )+\d{1,4}")
_GLUED = later(r"[A-Za-z0-9@%°]|_{1,2}[A-Za-z0-9]|[-.:,][A-Za-z0-9]|/[A-Za-z]")
# The number of another phone may stand before a `/`, but no part of a path.
_PATH = later(r"[^\s\d()+./-][^\s]*/$")
# Shapes that are enough without `+` and without a word before:
# with the trunk prefix, or as North America and hotlines write it.
_NATIONAL = later(
    r"\(?0[\d ()-]+|\(?0[\d .]+|\(?0\d{1,4}\)? ?/ ?[\d .-]+"
    r"|(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}"
    r"|1[89]00[ .-]\d{3,4}[ .-]?\d{2,4}"
)
_RESERVED = later(
    r"1?[2-9]\d\d555\d{4}|555\d{4}|(?:44|0)?(?:1632960\d{3}|7700900\d{3}|2079460\d{3})|(?:61|0)?(?:491570\d{3}|[2378]5550\d{4}|[2378]7010\d{4})"
)


def spans(
    text: str,
    look: Look,
    taken: Sequence[tuple[int, int]],
    region: str | None,
    language: str,
    *,
    examples: bool,
) -> Iterator[tuple[int, int]]:
    """Where the phone numbers are in folded text, outside what is `taken` for something else."""
    if not look.digits(_LEAST):
        return
    for found in _linked(text, look):
        if examples or not _is_reserved(found[1]):
            yield found.span(1)
    regions = _regions(region, language)
    held = bytearray(len(text))
    for start, end in taken:
        held[start:end] = b"1" * (end - start)
    after = 0
    for found in _candidates(text, look):
        for start, end in _readings(text, *found.span()):
            if start < after or held.find(b"1", start, end) >= 0:
                continue
            if _is_phone(text, start, end, regions):
                after = end
                if examples or not _is_reserved(text[start:end]):
                    yield start, end


def _linked(text: str, look: Look) -> Iterator[re.Match[str]]:
    """Links that call a number; looked for only before long numbers."""
    for first, _ in look.dialled:
        if text[first - 1 : first] in (":", "/", "=", "+"):
            link = _LINK.search(text, max(0, first - _LONGEST_LINK), first)
            if link and (found := _LINKED.match(text, link.start())):
                yield found


def _candidates(text: str, look: Look) -> Iterator[re.Match[str]]:
    """What has a phone number's shape."""
    for first, last in look.dialled:
        yield from _CANDIDATE.finditer(text, max(0, first - _LEFT), last)


def _readings(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The whole candidate, then what is left without groups at its
    ends: a day, an hour or an amount may stand beside a number.
    """
    yield start, end
    blanks = _blanks(text, start, end)
    if len(blanks) > _MOST_GROUPS or _GROUPED.fullmatch(text, start, end):
        return
    for first in (start, *(at + 1 for at in blanks)):
        if found := _CANDIDATE.match(text, first):
            for last in (found.end(), *reversed(_blanks(text, *found.span()))):
                if sum(map(str.isdigit, text[first:last])) >= _SURELY:
                    yield first, last


def _blanks(text: str, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if text[at] == " "]


def _regions(region: str | None, language: str) -> tuple[str, ...]:
    own = REGIONS.get(language.lower().partition("-")[0], ())
    return tuple(dict.fromkeys([*([region.upper()] if region else []), *own, *(() if own else _FIRST)]))


def _is_phone(text: str, start: int, end: int, regions: Sequence[str]) -> bool:
    shown = text[start:end]
    if "/" in shown and "/" in (text[start - 1 : start], text[end : end + 1]):
        return False  # a day, or a path of numbers
    if _GLUED.match(text, end) or _PATH.search(text, max(0, start - _LONGEST_PATH), start):
        return False
    international = re.match(r"\(?(?:\+|00)", shown) is not None
    announced = says_phone(text, start)
    # The shape is the cheapest test, and rules out most numbers that nothing announces.
    if not announced and not international and not _NATIONAL.fullmatch(shown):
        return False
    if is_money(text, start, end):
        return False
    if not announced and (_NOT_A_PHONE.fullmatch(shown.lstrip("(")) or says_other(text, start)):
        return False
    if international and _valid(re.sub(r"^\(?(?:\+|00)", "+", shown), None):
        return True
    if announced:
        return any(_possible(shown, one) for one in regions)
    return _NATIONAL.fullmatch(shown) is not None and any(_valid(shown, one) for one in regions)


def _valid(shown: str, region: str | None) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(shown, region))
    except phonenumbers.NumberParseException:
        return False


def _possible(shown: str, region: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(shown, region))
    except phonenumbers.NumberParseException:
        return False


def _is_reserved(shown: str) -> bool:
    return _RESERVED.fullmatch(re.sub(r"\D", "", shown)) is not None
