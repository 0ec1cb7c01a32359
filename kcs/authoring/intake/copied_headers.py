"""What mail programs put above a mail that they copy whole: a divider, and its headers, a language a line."""

from __future__ import annotations

import re

from kcs.patterns import later

_DIVIDERS = "|".join((
    "original message|forwarded message|reply message|begin forwarded message",
    "ข้อความต้นฉบับ|ข้อความที่ส่งต่อ",
    "tin nhắn gốc|thư gốc|thư chuyển tiếp|tin nhắn đã chuyển tiếp",
    "الرسالة الأصلية|رسالة معاد توجيهها|رسالة مُعاد توجيهها",
    r"ursprüngliche (?:nachricht|mail)|original-?nachricht|weitergeleitete nachricht",
    r"message d['’]origine|message (?:original|transféré)",
    r"mensaje (?:original|reenviado)",
    r"mensagem (?:original|encaminhada|reencaminhada)",
    r"messaggio (?:originale|inoltrato)",
    "oorspronkelijk bericht|doorgestuurd bericht",
))  # fmt: skip
_DIVIDER = re.compile(
    rf"^\s*[-_*]{{2,}}\s*(?:{_DIVIDERS})\s*[-_*]{{0,}}\s*$|^begin forwarded message:\s*$", re.IGNORECASE
)
_NAMES = "|".join((
    "from|sent|date|to|cc|subject|reply-to",
    "จาก|ส่ง|ส่งเมื่อ|วันที่|ถึง|สำเนา|เรื่อง|หัวเรื่อง",
    "từ|đã gửi|ngày|thời gian|tới|đến|chủ đề|tiêu đề",
    "من|تم الإرسال|التاريخ|إلى|الى|نسخة|الموضوع",
    "von|gesendet|datum|an|kopie|betreff",
    "de|envoyé|à|objet",
    r"enviado(?: el)?|fecha|para|asunto",
    "data|enviad[ao] em|assunto",
    "da|inviato|oggetto",
    "van|verzonden|aan|onderwerp",
))  # fmt: skip
_FIELD = re.compile(rf"^[>*\s]{{0,6}}(?:{_NAMES})\*?\s?[:：]\*?\s", re.IGNORECASE)
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


def is_divider(line: str) -> bool:
    """`-----Original Message-----`."""
    return _DIVIDER.match(line[:300]) is not None


def is_header_block(lines: list[str], place: int) -> bool:
    """`From:`, `Sent:`, `To:`, `Subject:` as Outlook copies them:
    three such lines within five, of which one is a mail's alone.
    """
    if not _FIELD.match(lines[place][:300]):
        return False
    block = [line for line in lines[place : place + 5] if _FIELD.match(line[:300])]
    return len(block) >= 3 and any("@" in line or _SUBJECT.match(line[:300]) for line in block)


def is_header(lines: list[str], place: int) -> bool:
    """Whether a line above a copied mail's text is one of its headers."""
    line = lines[place][:300]
    return bool(_FIELD.match(line) or (place and lines[place - 1].strip() and _TO.match(line)))


def sender(line: str) -> re.Match[str] | None:
    """Whom a header names as the sender: its group."""
    return _SENDER.match(line)


def matter_of_form(lines: list[str], place: int) -> tuple[int, str] | None:
    """Where the message of a form begins whose first lines
    look like a mail's headers, and what is left of that line.
    """
    block = lines[place : place + 8]
    if any(_SENT.match(line[:300]) for line in block):
        return None
    return next(
        ((at, _MATTER.sub("", line)) for at, line in enumerate(block, place) if _MATTER.match(line[:300])),
        None,
    )
