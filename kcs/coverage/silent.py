"""Tickets that ask nothing: what machines answer and send back,
answers to surveys, tests, and what was merged into another.

Each is told by two signs, of which people who ask about such mails have one at most: the subject as a machine
writes it, and how the text begins. What has one alone is judged like any other: a question that is not
counted is worse than a mail that ranks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kcs.patterns import later

if TYPE_CHECKING:
    from kcs.coverage.asked import Asked
    from kcs.coverage.tickets import Ticket

# What it is -> its plural.
KINDS = {
    "automatic reply": "automatic replies",
    "returned mail": "returned mails",
    "survey answer": "survey answers",
    "test": "tests",
    "merged ticket": "merged tickets",
}
_BEGINNING = 300
_SHORT = 40
_EXAMPLES = 3
# With what it answers: who wants such a reply set up calls the ticket so too, and says when they are away.
_REPLY = later(
    r"\s*(?:(?:automatic|auto)[- ]?(?:reply|response)|out of (?:the )?office(?: auto-?reply)?|automatische antwort|abwesenheitsnotiz"
    r"|réponse automatique|respuesta automática|resposta automática|risposta automatica|automatisch antwoord"
    r"|(?:การ)?ตอบกลับอัตโนมัติ|(?:trả lời|phản hồi) tự động|(?:ال)?رد (?:ال)?تلقائي)\s*[:：]",
    re.IGNORECASE,
)
_AWAY = later(
    r"(?:^|[.!]\s+)(?:(?:unfortunately|currently|please note that)?,? ?(?:i['’]m|i am|i['’]ll be|i will be|we are|we['’]re|(?:the|our) office (?:is|will be))"
    r"\b.{0,60}?\b(?:out of (?:the )?office|away|on (?:\w+ )?(?:leave|vacation|holidays?)|closed|unavailable|not (?:in|available)|back)\b"
    r"|i['’](?:ll|m) (?:be )?back\b|(?:thank you|thanks) for (?:your (?:e-?mail|mail|message)|contacting|writing)|this is an auto"
    r"|ich bin\b.{0,60}?\b(?:nicht im (?:büro|haus)|abwesend|außer haus|im urlaub|nicht erreichbar)|vielen dank für (?:ihre|deine)"
    r"|je suis\b.{0,60}?\b(?:absente?|en (?:congés?|vacances|déplacement))|merci (?:pour|de) votre"
    r"|(?:estoy|estaré|me encuentro)\b.{0,60}?\b(?:fuera|ausente|vacaciones)|gracias por (?:su|tu) (?:mensaje|correo)"
    r"|(?:estou|estarei|encontro-me)\b.{0,60}?\b(?:fora|ausente|férias)|obrigad[oa] pel"
    r"|(?:hiện (?:tại|nay)?,? ?)?(?:tôi|chúng tôi)\b.{0,60}?(?:nghỉ phép|nghỉ lễ|vắng mặt|không có mặt|đi công tác)|cảm ơn .{0,20}đã (?:gửi|liên hệ)"
    r"|(?:(?:ขณะ|ตอน)นี้ ?)?(?:ฉัน|ผม|ดิฉัน|ข้าพเจ้า|เรา).{0,40}?(?:ลาพัก|ลางาน|ลาป่วย|ลากิจ|ไม่อยู่|หยุดทำการ)|ขอบคุณสำหรับ(?:อีเมล|ข้อความ)"
    r"|(?:أنا|انا|سأكون|نحن)\s.{0,60}?(?:خارج المكتب|إجازة|اجازة)|شكرا[ً]? (?:لك )?على رسالتك)",
    re.IGNORECASE,
)
_RETURNED = later(
    r"\s*(?:undelivered mail returned to sender|mail delivery failed(?:: returning message to sender)?|delivery status notification ?\((?:failure|delay)\)"
    r"|returned mail: see transcript for details|failure notice|delivery failure|(?:undeliverable|unzustellbar|non remis|no se puede entregar"
    r"|não é possível entregar)\s?:.*)\s*$",
    re.IGNORECASE,
)
_BY_MAILER = later(
    r"(?:this is the mail system at|i['’]m sorry to have to inform|this message was created automatically by mail delivery|hi\. this is the qmail"
    r"|(?:\*\* )?(?:address not found|message (?:not delivered|blocked)) (?:\*\* )?(?:your message|you're sending|there was)"
    r"|the (?:original|following) message (?:was received|to|could not|had|has|did not)|delivery (?:has failed|to the following)"
    r"|your message\b.{0,100}?\b(?:wasn['’]t|was not|couldn['’]t be|could not be) delivered|ihre nachricht\b.{0,100}?nicht zugestellt"
    r"|votre message\b.{0,100}?n['’]a pas (?:pu être|été) remis|no se (?:pudo|ha podido) entregar)",
    re.IGNORECASE,
)
_MAILER = later(r"mailer-daemon@", re.IGNORECASE)
_SURVEY = later(
    r"\s*(?:re|aw|sv|antw|res|ตอบกลับ|trả lời|رد)\s?[:：]\s*(?:(?:customer )?satisfaction survey|how did we do|how would you rate (?:the|our|your)\b.{0,40}|zufriedenheitsumfrage"
    r"|enquête de satisfaction|encuesta de satisfacción|pesquisa de satisfação|แบบสำรวจความพึงพอใจ|khảo sát (?:mức độ )?hài lòng|استبيان الرضا)"
    r"(?::? how did we do)?\s*\??\s*$",
    re.IGNORECASE,
)
# What a click on Zendesk's survey writes.
_RATED = later(r"(?:good|bad), i['’]m (?:un)?satisfied\.?", re.IGNORECASE)
_MERGED = later(
    r"this (?:request|ticket|case|conversation) (?:was|is|has been) (?:closed and )?merged (?:into|with) (?:(?:request|ticket|case|conversation)\b|[A-Z]{0,6}-?#?\d)",
    re.IGNORECASE,
)
# Zendesk's tag of what it merged.
_MERGED_TAG = "closed_by_merge"
_TESTED = frozenset(("test", "tests", "testing", "ทดสอบ", "prueba", "teste", "اختبار"))
_AROUND_WORDS = "a an and email from ignore is it just mail message my only please sent the this ticket"
_AROUND = frozenset(_AROUND_WORDS.split())
_WORDS = later(r"[^\W\d_][^\W_]*")


@dataclass(slots=True)
class Silent:
    """How many tickets of a kind ask nothing, and the first ones."""

    kind: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def note(self, ticket: str) -> None:
        """Count one."""
        self.count += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(ticket)


def silent_as(ticket: Ticket, said: Asked) -> str:
    """Which of KINDS it is; empty if it may ask something."""
    text = said.text[:_BEGINNING].strip()
    if _MERGED_TAG in ticket.tags or _MERGED.match(text):
        return "merged ticket"
    if any(map(_MAILER.match, ticket.requester)) or (
        _RETURNED.match(ticket.subject) and _BY_MAILER.match(text) and "?" not in text
    ):
        return "returned mail"
    if _REPLY.match(ticket.subject) and _AWAY.search(text) and "?" not in text:
        return "automatic reply"
    if _RATED.fullmatch(text) or (
        _SURVEY.match(ticket.subject) and 0 < len(text) <= _SHORT and "?" not in text
    ):
        return "survey answer"
    words = {one.casefold() for one in _WORDS.findall(said.words)}
    return "test" if words & _TESTED and words <= _TESTED | _AROUND else ""
