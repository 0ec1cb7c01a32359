"""Quoted history: `>` lines, attributions, copied headers, forwarded mails, in the four languages and in those that mail programs around them speak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kcs.authoring.intake.mailboxes import person_of
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
# `Am 12.3. habe ich geschrieben:` is the writer's own, and `El 5 de mayo el sistema escribió:` tells of a program: these have an hour, or a quote below.
_HOURLY = re.compile(
    r"^(?:am\s.{4,200}\s(?:schrieb\s.{2,120}|hat\s.{2,120}\sgeschrieben)"
    r"|(?:le|el|em|no dia|a|il|op)\s.{4,200}\s(?:a écrit|escribió|escreveu|ha scritto|schreef\s.{2,120}))\s?[:：]?\s*$",
    re.IGNORECASE,
)
_HOUR = later(r"\d(?::| ?h ?)\d\d|\b(?:um|om|à|às|las|ore) \d{1,2}\.\d\d\b")
# The same in any language: a day with its year and its hour (a log has its second too, Yahoo also the zone), somebody's address, perhaps a verb, a colon; or the address first.
_NO_LOG = r"(?!:\d(?!\d (?:[AP]M|[ap]\. ?m\.|(?!INFO|WARN|FAIL|CRIT|SENT)[A-Z]{3,4}\b)))"
_WHEN = rf"(?:(?:(?:19|2\d)\d\d|\d[./-]\d\d?[./-]\d\d)(?!\d{{3}}).{{0,24}}?(?<![\d:])\d{{1,2}}[:h]\d\d{_NO_LOG}|(?<![\d:])\d{{1,2}}[:h]\d\d{_NO_LOG}.{{0,40}}?(?<!\d)(?:19|2\d)\d\d(?!\d))"
_WHO = r"<[^<>\s@]{1,64}@[^<>\s@]{1,100}>"
_DATED = later(
    rf"^(?:.{{0,60}}?{_WHEN}.{{0,120}}?{_WHO}\)?[^\d<>]{{0,30}}|.{{1,80}}?{_WHO}[^\d<>]{{1,40}}.{{0,30}}?{_WHEN}[^\d<>]{{0,8}})[:：]$"
)
_DIVIDER = re.compile(
    r"^\s*[-_*]{2,}\s*(?:original message|forwarded message|reply message|begin forwarded message|ข้อความต้นฉบับ|ข้อความที่ส่งต่อ"
    r"|ursprüngliche (?:nachricht|mail)|original-?nachricht|weitergeleitete nachricht|message d['’]origine|message (?:original|transféré)"
    r"|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada|reencaminhada)|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht"
    r"|tin nhắn gốc|thư gốc|thư chuyển tiếp|tin nhắn đã chuyển tiếp|الرسالة الأصلية|رسالة معاد توجيهها|رسالة مُعاد توجيهها)"
    r"\s*[-_*]{0,}\s*$|^begin forwarded message:\s*$",
    re.IGNORECASE,
)
_FIELDS = re.compile(
    r"^[>*\s]{0,6}(?:from|sent|date|to|cc|subject|reply-to|จาก|ส่ง|ส่งเมื่อ|วันที่|ถึง|สำเนา|เรื่อง|หัวเรื่อง"
    r"|từ|đã gửi|ngày|thời gian|tới|đến|chủ đề|tiêu đề|من|تم الإرسال|التاريخ|إلى|الى|نسخة|الموضوع"
    r"|von|gesendet|datum|an|kopie|betreff|de|data|envoyé|à|objet|enviado(?: el)?|enviad[ao] em|fecha|para|asunto|assunto"
    r"|da|inviato|oggetto|van|verzonden|aan|onderwerp)\*?\s?[:：]\*?\s",
    re.IGNORECASE,
)
# What a form on a website has below such lines, and no mail.
_MATTER = later(
    r"^\s{0,6}(?:message(?: body)?|your message|nachricht|votre message|mensaje|mensagem|messaggio|bericht|ข้อความ|nội dung|tin nhắn|الرسالة)"
    r"\s?[:：]\s*",
    re.IGNORECASE,
)
# Mail programs copy when a mail was sent, to the minute; a form has no such line.
_SENT = later(
    r"^[>*\s]{0,6}(?:sent|gesendet|envoyé|enviad[oa](?: el| em)?|inviato|verzonden|ส่ง|ส่งเมื่อ|đã gửi|تم الإرسال)\*?\s?[:：]"
    r"|^[>*\s]{0,6}(?:date|datum|data|fecha|วันที่|ngày|التاريخ)\*?\s?[:：].{4,40}\d[:h.]\d\d\b",
    re.IGNORECASE,
)
# `A:` begins an answer too, elsewhere than among an Italian mail's headers.
_TO = later(r"^[>*\s]{0,6}A\*?:\*?\s")
# No journey has one, which has a `From`, a `To` and a `Date` too.
_SUBJECT = later(
    r"^[>*\s]{0,6}(?:subject|sent|เรื่อง|หัวเรื่อง|ส่งเมื่อ|chủ đề|tiêu đề|đã gửi|الموضوع|تم الإرسال|betreff|objet|asunto|assunto|oggetto"
    r"|onderwerp)\*?\s?[:：]",
    re.IGNORECASE,
)
_SENDER = later(r"^[>*\s]{0,6}(?:from|von|de|da|van|จาก|từ|من)\*?\s?[:：]\*?\s*(.+)$", re.IGNORECASE)
# Thunderbird names nobody's address: `On 3/5/26 10:02, Jane Doe wrote:`, `Am 03.05.26 um 10:02 schrieb Jane Doe:`.
_WROTE = later(
    r"(?:\d\s?(?:น\.)?|,)\s?([^\d,:<>]{3,60}?)\s(?:wrote|a écrit|escribió|escreveu|ha scritto|เขียนว่า|ได้เขียนไว้ว่า|đã viết)\s?[:：]\s*$"
    r"|\d[^\d,:<>]{0,12}\shat\s([^\d,:<>]{3,60}?)\sgeschrieben\s?[:：]\s*$"
    r"|\d[^\d,:<>]{0,12}\s(?:schrieb|schreef|كتب|كتبت)\s([^\d,:<>]{3,60}?)\s?[:：]\s*$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"([^\W\d_][^<>:;,\"\n]{1,60}?)\"?\s{0,2}(?:<|\[mailto:)\s?([^<>\s@]{1,64}@[^<>\s\]]{1,200})[>\]]"
)
# Without a day it is one only right above what it quotes.
_ALONE = later(
    r"\s*((?:[^\W\d_](?<![a-z])[\w'’.-]*\s){1,4})(?i:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|เขียนว่า|đã viết|كتب)\s?[:：]\s*$"
)
_BEFORE_NAME = re.compile(r"\d|:|,|\b(?:AM|PM|at|lúc|เวลา|น\.|من|كتب|بواسطة|wrote|schrieb|Uhr|hat|schreef)\b")
_DIRECTION = str.maketrans("", "", "\u200e\u200f\u202a\u202b\u202c")
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
    people = list(_people(whole.split("\n")))
    names, mails = (dict.fromkeys(one[place] for one in people) for place in (0, 1))
    return Unquoted(text, dropped, tuple(filter(None, names)), tuple(filter(None, mails)))


def _people(lines: list[str]) -> Iterator[tuple[str, str]]:
    """(name, address) of whom lines and headers name; without an address two words or more, since one alone (`Support`) may be a word of the text."""
    for place, line in enumerate(lines):
        span = _attribution(lines, place)
        said = " ".join(lines[place : place + span] or (line,))[:400].translate(_DIRECTION)
        if "@" in said and (found := _NAMED.search(said)):
            yield person_of(_person(found[1]), found[2]), found[2]
        elif found := (_WROTE.search(said) or _ALONE.match(said)) if span else _SENDER.match(said):
            name = found[found.lastindex or 0]
            if len(name.split()) > 1 and (span or _is_header_block(lines, place)):
                yield person_of(_person(name), ""), ""


def _person(before: str) -> str:
    """`On Mon, 3 Mar 2026 at 10:02 AM, Jane Doe`: the name is what follows the last sign of a date."""
    name = _BEFORE_NAME.split(before)[-1]
    name = re.sub(r"^\W*(?:from|จาก|từ|ngày|lúc)\b", "", name, flags=re.IGNORECASE).strip(" \t.*-\"'(")
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
        if _DIVIDER.match(line[:300]):
            return kept, place
        if _is_header_block(lines, place):
            if (matter := _matter_of_form(lines, place)) is None:
                return kept, place
            place = matter
            kept.append(_MATTER.sub("", lines[place]))
            place += 1
            continue
        kept.append(line)
        place += 1
    return kept, place


def _attribution(lines: list[str], place: int) -> int:
    """How many lines `On ... wrote:` takes from here; mail programs break it. 0: there is none."""
    joined = ""
    for span in range(1, _SPAN + 1):
        if place + span > len(lines) or not lines[place + span - 1].strip():
            return 0
        joined = f"{joined} {lines[place + span - 1].translate(_DIRECTION).strip()}"[:500].strip()
        ends = joined.endswith((":", "："))
        if _ATTRIBUTION.match(joined) and ("@" in joined or (ends and re.search(r"\d", joined))):
            return span
        if _HOURLY.match(joined) and ("@" in joined or (ends and _is_timed(joined, lines, place + span))):
            return span
        if ends and "<" in joined and _DATED.match(joined):
            return span
        if ends and span == 1 and _is_quote(lines[place + 1 : place + 2]) and _ALONE.match(joined):
            return span
    return 0


def _quoted_next(lines: list[str], place: int) -> bool:
    return _is_quote([line for line in lines[place : place + 4] if line.strip()])


def _is_quote(lines: list[str]) -> bool:
    return bool(lines) and lines[0].lstrip().startswith((">", "＞"))


def _is_timed(said: str, lines: list[str], below: int) -> bool:
    """Whether an attribution has an hour, or a day and a quote right below it."""
    if _HOUR.search(said):
        return True
    return re.search(r"\d", said) is not None and _quoted_next(lines, below)


def _is_header_block(lines: list[str], place: int) -> bool:
    """`From:`, `Sent:`, `To:`, `Subject:` as Outlook copies them: three such lines within five, of which one is a mail's alone."""
    if not _FIELDS.match(lines[place][:300]):
        return False
    block = [line for line in lines[place : place + 5] if _FIELDS.match(line[:300])]
    return len(block) >= 3 and any("@" in line or _SUBJECT.match(line[:300]) for line in block)


def _matter_of_form(lines: list[str], place: int) -> int | None:
    """Where a form's message begins, whose first lines look like a mail's headers."""
    block = lines[place : place + 8]
    if any(_SENT.match(line[:300]) for line in block):
        return None
    return next((at for at, line in enumerate(block, place) if _MATTER.match(line[:300])), None)


def _after_headers(lines: list[str]) -> list[str]:
    """Without the divider, attribution and header lines that a forwarded text begins with, and its `>`."""
    place = 0
    while place < len(lines) and (
        not lines[place].strip()
        or _DIVIDER.match(lines[place][:300])
        or _FIELDS.match(lines[place][:300])
        or (place and lines[place - 1].strip() and _TO.match(lines[place][:300]))
        or re.fullmatch(r"[_\s-]{3,}", lines[place][:300])
        or _attribution(lines, place)
    ):
        place += max(1, _attribution(lines, place))
    return [re.sub(r"^\s*>\s?", "", line) for line in lines[place:]]
