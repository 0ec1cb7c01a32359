"""The line above a quote that says who wrote it (`On Monday at 10:02, Jane Doe
wrote:`), in the four languages and in those that mail programs around them speak.
"""

from __future__ import annotations

import re

from kcs.patterns import later

_ATTRIBUTION = re.compile(
    r"^(?:"
    r"on\s.{4,200}\swrote"
    r"|(?:เมื่อ|ในวันที่|วันที่|on\s).{4,200}(?:เขียนว่า|ได้เขียนไว้ว่า|เขียน)"
    r"|(?:vào|ngày)\s.{4,200}(?:đã viết|viết)"
    r"|(?:في|بتاريخ|في يوم)\s.{4,200}\s?(?:كتب|كتبت)(?:\s.{0,120})?"
    r"|(?:كتب|كتبت)\s.{2,160}\s(?:في|بتاريخ|يوم)\s.{2,80}"
    r"|.{2,120}<[^<>\s]{3,100}>\s(?:wrote|เขียนว่า|đã viết|كتب)"
    r")\s?[:：]?\s*$",
    re.IGNORECASE,
)
# `Am 12.3. habe ich geschrieben:` is the writer's own, and `El 5 de mayo el
# sistema escribió:` tells of a program: these have an hour, or a quote below.
_HOURLY = re.compile(
    r"^(?:am\s.{4,200}\s(?:schrieb\s.{2,120}|hat\s.{2,120}\sgeschrieben)"
    r"|(?:le|el|em|no dia|a|il|op)\s.{4,200}\s(?:a écrit|escribió|escreveu|ha scritto|schreef\s.{2,120}))\s?[:：]?\s*$",
    re.IGNORECASE,
)
_HOUR = later(r"\d(?::| ?h ?)\d\d|\b(?:um|om|à|às|las|ore) \d{1,2}\.\d\d\b")
# The same in any language: a day with its year and its hour (a log has its second too,
# Yahoo also the zone), somebody's address, perhaps a verb, a colon; or the address first.
_NO_LOG = r"(?!:\d(?!\d (?:[AP]M|[ap]\. ?m\.|(?!INFO|WARN|FAIL|CRIT|SENT)[A-Z]{3,4}\b)))"
_YEAR_THEN_HOUR = (
    rf"(?:(?:19|2\d)\d\d|\d[./-]\d\d?[./-]\d\d)(?!\d{{3}}).{{0,24}}?(?<![\d:])\d{{1,2}}[:h]\d\d{_NO_LOG}"
)
_HOUR_THEN_YEAR = rf"(?<![\d:])\d{{1,2}}[:h]\d\d{_NO_LOG}.{{0,40}}?(?<!\d)(?:19|2\d)\d\d(?!\d)"
_WHEN = rf"(?:{_YEAR_THEN_HOUR}|{_HOUR_THEN_YEAR})"
_WHO = r"<[^<>\s@]{1,64}@[^<>\s@]{1,100}>"
_DATED = later(
    rf"^(?:.{{0,60}}?{_WHEN}.{{0,120}}?{_WHO}\)?[^\d<>]{{0,30}}"
    rf"|.{{1,80}}?{_WHO}[^\d<>]{{1,40}}.{{0,30}}?{_WHEN}[^\d<>]{{0,8}})[:：]$"
)
# Thunderbird names nobody's address: `On 3/5/26 10:02, Jane Doe wrote:`, `Am 03.05.26 um 10:02 schrieb Jane Doe:`.
_WROTE = later(
    r"(?:\d\s?(?:น\.)?|,)\s?([^\d,:<>]{3,60}?)\s(?:wrote|a écrit|escribió|escreveu|ha scritto|เขียนว่า|ได้เขียนไว้ว่า|đã viết)\s?[:：]\s*$"
    r"|\d[^\d,:<>]{0,12}\shat\s([^\d,:<>]{3,60}?)\sgeschrieben\s?[:：]\s*$"
    r"|\d[^\d,:<>]{0,12}\s(?:schrieb|schreef|كتب|كتبت)\s([^\d,:<>]{3,60}?)\s?[:：]\s*$",
    re.IGNORECASE,
)
# Without a day it is one only right above what it quotes.
_ALONE = later(
    r"\s*((?:[^\W\d_](?<![a-z])[\w'’.-]*\s){1,4})(?i:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|เขียนว่า|đã viết|كتب)\s?[:：]\s*$"
)
_DIRECTION = str.maketrans("", "", "\u200e\u200f\u202a\u202b\u202c")
_SPAN = 3


def attribution(lines: list[str], place: int) -> int:
    """How many lines `On ... wrote:` takes from here; mail programs break it. 0: there is none."""
    joined = ""
    for span in range(1, _SPAN + 1):
        if place + span > len(lines) or not lines[place + span - 1].strip():
            return 0
        joined = f"{joined} {undirected(lines[place + span - 1]).strip()}"[:500].strip()
        ends = joined.endswith((":", "："))
        if _ATTRIBUTION.match(joined) and ("@" in joined or (ends and re.search(r"\d", joined))):
            return span
        if _HOURLY.match(joined) and ("@" in joined or (ends and _is_timed(joined, lines, place + span))):
            return span
        if ends and "<" in joined and _DATED.match(joined):
            return span
        if ends and span == 1 and is_quote(lines[place + 1 : place + 2]) and _ALONE.match(joined):
            return span
    return 0


def writer(said: str) -> re.Match[str] | None:
    """Whom an attribution without an address names: its last group."""
    return _WROTE.search(said) or _ALONE.match(said)


def undirected(line: str) -> str:
    """Without the marks of direction that mail programs put around names and dates."""
    return line.translate(_DIRECTION)


def is_quote(lines: list[str]) -> bool:
    """Whether the first of them is quoted, as `>` says."""
    return bool(lines) and lines[0].lstrip().startswith((">", "＞"))


def quoted_next(lines: list[str], place: int) -> bool:
    """Whether what comes from here on, blank lines aside, is quoted."""
    return is_quote([line for line in lines[place : place + 4] if line.strip()])


def _is_timed(said: str, lines: list[str], below: int) -> bool:
    """Whether an attribution has an hour, or a day and a quote right below it."""
    if _HOUR.search(said):
        return True
    return re.search(r"\d", said) is not None and quoted_next(lines, below)
