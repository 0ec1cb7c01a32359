"""Greetings, closings and signatures in four languages: what a message needs and an article does not."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GREETING = re.compile(
    r"^\s*(?:(?:(?:hi|hello|hey|dear|greetings|good\s(?:morning|afternoon|evening|day))\b(?:\s(?!i\b|my\b|we\b|the\b|can\b|is\b)"
    r"[^\s,.!:;-]{1,20}){0,4})"
    r"|(?:สวัสดี|เรียน|หวัดดี)[^\n,.!]{0,40}?(?:ครับ|ค่ะ|คะ|จ้า|(?=\s)|$)"
    r"|(?:xin\schào|chào|kính\sgửi|kính\schào|thân\sgửi|alo)\b(?:\s[^\s,.!:;-]{1,15}){0,5}"
    r"|(?:السلام\sعليكم(?:\sورحمة\sالله(?:\sوبركاته)?)?|مرحب[اًا]{1,2}(?:\sبكم)?|أهلا(?:\sوسهلا)?|تحية\sطيبة(?:\sوبعد)?"
    r"|صباح\sالخير|مساء\sالخير|(?:عزيزي|السادة|الأخوة)[^\n,،.!:]{0,40}))"
    r"\s*(?:[,،.!:;\-–]+\s*|\n|$)",
    re.IGNORECASE,
)
_THAI_GREETING = re.compile(r"^\s*(?:สวัสดี|หวัดดี)\s?(?:ครับ|ค่ะ|คะ|จ้า)?\s+")
_CLOSING = re.compile(
    r"^\s*(?:(?:kind|best|warm)?\s?regards|best(?: wishes)?|sincerely|yours(?: sincerely| truly| faithfully)?|cheers"
    r"|(?:many\s)?thanks(?:\s(?:again|in advance|a lot|so much))?|thank you(?:\s(?:very much|in advance|so much))?"
    r"|(?:thanks and|with)\s(?:best |kind )?regards"
    r"|ขอบคุณ(?:มาก|ล่วงหน้า)?(?:ครับ|ค่ะ|นะคะ|นะครับ)?|ขอแสดงความนับถือ|ด้วยความเคารพ"
    r"|(?:xin\s)?(?:trân trọng|cảm ơn|cám ơn)(?:\s[^\n.!]{0,20})?|thân(?: mến| ái)?"
    r"|مع (?:خالص |أطيب )?(?:التحية|التحيات|الشكر|الشكر والتقدير)|(?:و)?شكرا(?:ً)?(?: لكم| جزيلا(?:ً)?)?|تحياتي"
    r"|وتفضلوا بقبول[^\n]{0,40}|أطيب التحيات)\s*[,،.!]*\s*$",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"^\s*(?:sent from my|sent from (?:outlook|mail|yahoo)|get outlook for|ส่งจาก|ส่งมาจาก|được gửi từ|đã gửi từ|gửi từ|"
    r"أ?ُ?رسلت من|أرسلت من|تم الإرسال من)\b.{0,80}$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"^\s*(?:this (?:e-?mail|message)\b.{0,60}\b(?:confidential|intended)|confidentiality notice|อีเมลฉบับนี้.{0,60}ความลับ"
    r"|email này.{0,80}(?:bảo mật|mật)|هذه الرسالة.{0,60}سرية)",
    re.IGNORECASE,
)
_TAIL = 8


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A message without courtesies; `names` are those that its signature gave."""

    text: str
    greeting: bool = False
    signature: int = 0
    names: tuple[str, ...] = ()


def trim(text: str) -> Trimmed:
    """The message's matter. `signature` is how many lines stood below it."""
    lines = text.strip("\n").split("\n")
    end = _signature_start(lines)
    below = [line.strip() for line in lines[end:] if line.strip()]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines[:end]).strip())
    shorter = _without_greeting(body)
    return Trimmed(shorter, shorter != body, len(below), tuple(filter(_is_name, below)))


def _without_greeting(body: str) -> str:
    for pattern in (_GREETING, _THAI_GREETING):
        found = pattern.match(body[:300])
        if found:
            rest = body[found.end() :].lstrip(" ,،.!:;-–\n")
            return rest[:1].upper() + rest[1:]
    return body


def _signature_start(lines: list[str]) -> int:
    for place, line in enumerate(lines):
        if (
            line.rstrip("\r") in ("--", "-- ")
            or _DISCLAIMER.match(line[:300])
            or re.fullmatch(r"_{5,}\s*", line)
        ):
            return _before_closing(lines, place)
    end = len(lines)
    while end and (not lines[end - 1].strip() or _DEVICE.match(lines[end - 1][:200])):
        end -= 1
    return _before_closing(lines, end)


def _before_closing(lines: list[str], end: int) -> int:
    """The line of a `Best regards` above `end` with only short lines below it, else `end`."""
    for place in range(max(0, end - _TAIL), end):
        if _CLOSING.match(lines[place][:120]) and all(len(line) <= 80 for line in lines[place:end]):
            return place
    return end


def _is_name(line: str) -> bool:
    """Two to five words, letters only, and no closing: `Jane Doe`, `สมชาย ใจดี`."""
    words = line.rstrip(",").split()
    if not 1 <= len(words) <= 5 or len(line) > 50 or _CLOSING.match(line) or _DEVICE.match(line):
        return False
    return all(re.fullmatch(r"[^\W\d_](?:[^\d@/:|<>]*)", word) for word in words) and not line.islower()
