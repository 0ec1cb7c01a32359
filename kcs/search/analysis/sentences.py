"""Splits a pasted text into sentences that may be its question. Any script, with or without full stops and blanks."""

from __future__ import annotations

from collections.abc import Iterator

from kcs.patterns import later

# A longer sentence is cut at its commas; in Thai, which has none, at its blanks.
LONGEST, LONGEST_THAI = 260, 40
# Mail programs break lines after about seventy letters: a shorter line ends where its writer ended it.
BROKEN = 50
# Hardly half of a log line is letters.
MOSTLY = 0.6
# The most sentences to look at: the first pages say what somebody is after.
MOST = 60

_PARAGRAPHS = later(r"\n\s*\n")
_STARTS = later(r"[-*\u2022]|\d+[.)]")
_ENDS = later(r"(?<=[.!?\u2026\u061f\u06d4\u3002])[\"'\u201d\u00bb)]*\s+")
_COMMAS = later(r"(?<=[,;:\u060c\u061b])\s+")
_THAI = later(r"[\u0e00-\u0e7f]{20}")
# Question words: few people write a question mark in Thai and Vietnamese.
_ASKS = later(
    r"[?\u061f\uff1f]|อะไร|ใคร|ที่ไหน|เมื่อไหร่|เมื่อไร|เมื่อใด|อย่างไร|ยังไง|ทำไม|กี่|เท่าไร|เท่าไหร่|เท่าใด|ไหม|หรือไม่|หรือเปล่า|ใด|ไหน"
    r"|(?<!\w)(?:gì|nào|đâu|ai|bao nhiêu|tại sao|vì sao|làm sao)(?!\w)|(?<!\w)(?:كيف|ماذا|لماذا|أين|متى|هل|كم)(?!\w)"
    r"|^\W*(?:how|why)\b|\bhow (?:to|do|can|should)\b",
)
# A request for an answer that does not say to what.
_BEGS = later(
    r"\b(?:could|can|would|will) (?:you|someone|somebody|anyone)\b.*\b(?:help|assist|advise|answer|reply|respond|get back|look into|let me know|call|confirm)\b"
    r"|^\W*any (?:ideas?|help|advice|suggestions?|updates?)\b"
    r"|ช่วย(?:ตอบ|ดู|แนะนำ|หน่อย|ด้วย)|(?<!\w)giúp (?:tôi|mình|em|chúng tôi)(?!\w)|هل (?:يمكن|تستطيع|من الممكن).*(?:مساعد|الرد)|هل من حل"
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, without anything else (such as log lines)."""
    found: list[str] = []
    for paragraph in _PARAGRAPHS.split(text):
        for line in _lines(paragraph):
            for sentence in _ENDS.split(line):
                found += _pieces(sentence.strip())
                if len(found) >= MOST:
                    return found[:MOST]
    return found


def asks(sentence: str) -> bool:
    """Whether it is put as a question."""
    return _ASKS.search(sentence.lower()) is not None


def begs(sentence: str) -> bool:
    """Whether it only asks for an answer: "Could you please help as soon as possible?"."""
    return _BEGS.search(sentence.lower()) is not None


def _lines(paragraph: str) -> Iterator[str]:
    """The lines as written: wrapped ones rejoined."""
    whole, before = "", ""
    for line in filter(None, map(str.strip, paragraph.split("\n"))):
        if whole and (len(before) < BROKEN or _STARTS.match(line)):
            yield whole
            whole = ""
        whole, before = f"{whole} {line}".strip(), line
    if whole:
        yield whole


def _pieces(sentence: str) -> Iterator[str]:
    thai = _THAI.search(sentence) is not None
    longest = LONGEST_THAI if thai else LONGEST
    piece = ""
    for part in (
        [sentence] if len(sentence) <= longest else sentence.split() if thai else _COMMAS.split(sentence)
    ):
        if piece and len(piece) + len(part) > longest:
            yield from _said(piece)
            piece = ""
        piece = f"{piece} {part}".strip()
    yield from _said(piece)


def _said(piece: str) -> Iterator[str]:
    signs = len(piece) - piece.count(" ")
    # Marks above and below are parts of a letter, not letters.
    letters = sum(sign.isalpha() or sign > "\u02ff" for sign in piece)
    if signs and letters >= MOSTLY * signs:
        yield piece
