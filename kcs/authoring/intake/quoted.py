"""Quoted history in four languages: `>` lines, attributions, copied headers, forwarded mails."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_DIVIDER = re.compile(
    r"^\s*[-_*]{2,}\s*(?:original message|forwarded message|reply message|begin forwarded message|ข้อความต้นฉบับ|ข้อความที่ส่งต่อ"
    r"|tin nhắn gốc|thư gốc|thư chuyển tiếp|tin nhắn đã chuyển tiếp|الرسالة الأصلية|رسالة معاد توجيهها|رسالة مُعاد توجيهها)"
    r"\s*[-_*]{0,}\s*$|^begin forwarded message:\s*$",
    re.IGNORECASE,
)
_FIELDS = re.compile(
    r"^[>*\s]{0,6}(?:from|sent|date|to|cc|subject|reply-to|จาก|ส่ง|ส่งเมื่อ|วันที่|ถึง|สำเนา|เรื่อง|หัวเรื่อง"
    r"|từ|đã gửi|ngày|thời gian|tới|đến|chủ đề|tiêu đề|من|تم الإرسال|التاريخ|إلى|الى|نسخة|الموضوع)\*?\s?[:：]\*?\s",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"([^\W\d_][^<>:;,\"\n]{1,60}?)\"?\s{0,2}(?:<|\[mailto:)\s?([^<>\s@]{1,64}@[^<>\s\]]{1,200})[>\]]"
)
_SPAN = 3


@dataclass(frozen=True, slots=True)
class Unquoted:
    """What the writer wrote, how many lines were others', and whom those name."""

    text: str
    dropped: int = 0
    names: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()


def unquote(text: str) -> Unquoted:
    """The writer's own lines. Of a mail that only forwards another one, that one's."""
    lines = text.split("\n")
    kept, place = _own_lines(lines)
    if place < len(lines) and not any(line.strip() for line in kept):
        rest = _after_headers(lines[place:])
        if len(rest) < len(lines):
            inner = unquote("\n".join(rest))
            return _with_people(inner.text, len(lines) - len(rest) + inner.dropped, text)
    return _with_people("\n".join(kept).strip("\n"), len(lines) - len(kept), text)


def _with_people(text: str, dropped: int, whole: str) -> Unquoted:
    if not dropped:
        return Unquoted(text)
    found = [_NAMED.search(line[:400]) for line in whole.split("\n") if "@" in line]
    people = [one for one in found if one is not None]
    names = dict.fromkeys(_person(one[1]) for one in people)
    return Unquoted(text, dropped, tuple(filter(None, names)), tuple(dict.fromkeys(one[2] for one in people)))


def _person(before: str) -> str:
    """`On Mon, 3 Mar 2026 at 10:02 AM, Jane Doe`: the name is what follows the last sign of a date."""
    name = re.split(r"\d|:|,|\b(?:AM|PM|at|lúc|เวลา|น\.|من|كتب|wrote)\b", before)[-1]
    name = re.sub(r"^\W*(?:from|จาก|từ|ngày|lúc)\b", "", name, flags=re.IGNORECASE).strip(" \t.*-\"'")
    return name if 1 < len(name) <= 60 else ""


def _own_lines(lines: list[str]) -> tuple[list[str], int]:
    """The lines that are the writer's, and where another's text begins that runs to the end."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.lstrip().startswith((">", "＞")):
            place += 1
            continue
        span = _attribution(lines, place)
        if span:
            place += span
            if not _quoted_next(lines, place):
                return kept, place - span
            continue
        if _DIVIDER.match(line[:300]) or _is_header_block(lines, place):
            return kept, place
        kept.append(line)
        place += 1
    return kept, place


def _attribution(lines: list[str], place: int) -> int:
    """How many lines `On ... wrote:` takes from here; mail programs break it. 0: there is none."""
    joined = ""
    for span in range(1, _SPAN + 1):
        if place + span > len(lines) or not lines[place + span - 1].strip():
            return 0
        joined = f"{joined} {lines[place + span - 1].strip(' ‎‏‪‬')}"[:500].strip()
        if _ATTRIBUTION.match(joined) and (
            "@" in joined or (joined.endswith((":", "：")) and re.search(r"\d", joined))
        ):
            return span
    return 0


def _quoted_next(lines: list[str], place: int) -> bool:
    following = next((line for line in lines[place : place + 4] if line.strip()), "")
    return following.lstrip().startswith((">", "＞"))


def _is_header_block(lines: list[str], place: int) -> bool:
    """`From:`, `Sent:`, `To:`, `Subject:` as Outlook copies them: three such lines within five."""
    if not _FIELDS.match(lines[place][:300]):
        return False
    return sum(1 for line in lines[place : place + 5] if _FIELDS.match(line[:300])) >= 3


def _after_headers(lines: list[str]) -> list[str]:
    """Without the divider, attribution and header lines that a forwarded text begins with, and its `>`."""
    place = 0
    while place < len(lines) and (
        not lines[place].strip()
        or _DIVIDER.match(lines[place][:300])
        or _FIELDS.match(lines[place][:300])
        or re.fullmatch(r"[_\s-]{3,}", lines[place][:300])
        or _attribution(lines, place)
    ):
        place += max(1, _attribution(lines, place))
    return [re.sub(r"^\s*>\s?", "", line) for line in lines[place:]]
