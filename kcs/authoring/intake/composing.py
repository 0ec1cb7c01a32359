"""From a thread to what an article takes over: the requestor's words, bounded, without what is personal."""

from __future__ import annotations

import re
from collections import Counter

from kcs.authoring.intake.courtesies import trim
from kcs.authoring.intake.markdown_safe import clean, escape
from kcs.authoring.intake.model import Intake, LeftOut, Message, Source, Thread
from kcs.authoring.intake.quoted import unquote
from kcs.authoring.intake.requestor_words import SEARCHED, without_prefix
from kcs.authoring.language import guess_language
from kcs.authoring.naming import wordless
from kcs.counting import counted
from kcs.privacy import Finding, Known, find, mask, redact

LONGEST = 2_000
MARK = "[…]"
_READ = 60_000
_TITLE = 120
_MATTER = 15
_EMPTY_TALK = re.compile(
    r"(?:(?:ok(?:ay)?|yes|no|thanks?|thank you|great|sure|ครับ|ค่ะ|ขอบคุณ|ได้(?:ครับ|ค่ะ)|dạ|vâng|cảm ơn|نعم|لا|شكرا|تمام|طيب)[\s.!,،]*)+(?:so much|very much|มาก|ครับ|ค่ะ|ạ|nhiều|جزيلا)?[\s.!]*",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    r"\b(?:Windows(?: Server)?|macOS|iOS|iPadOS|Android|Ubuntu|Chrome|Firefox|Safari|Edge|Outlook|Excel|Word|Teams"
    r"|Office|iPhone|iPad|Samsung(?: Galaxy)?|Pixel)\s?(?:[A-Z]?\d[\w.]{0,14})"
    r"|\b(?:version|ver\.?|v|phiên bản)\s?\d+(?:\.\d+){1,3}|(?:เวอร์ชัน|รุ่น|الإصدار|إصدار)\s?\d+(?:\.\d+){1,3}",
    re.IGNORECASE,
)


def compose(thread: Thread, region: str | None = None) -> Intake:
    """The intake of a thread. Nothing personal that a field names or a pattern knows is in it."""
    texts, known, left_out = _own_words(thread)
    known = Known(
        *(tuple(dict.fromkeys(map(clean, values))) for values in (known.names, known.mails, known.phones))
    )
    language = guess_language("\n".join([thread.title, *texts]))
    issue, found = _issue(texts, known, region, language)
    issue, cut = _bounded(issue, sum(map(len, texts)))
    title = without_prefix(clean(thread.title))
    title, more = _without_personal(title[: 4 * _TITLE], known, region, language)
    # A phone number in three messages counts once; two passwords, masked alike, are two.
    distinct = {(one.kind, one.text): one for one in (*found, *more)}
    left_out += [LeftOut(str(one.kind), mask(one)) for one in distinct.values()]
    left_out += [LeftOut("attachment", "1 file") for _ in thread.attachments]
    return Intake(
        title=_shortened(_first_words(issue) if wordless(title) else title, _TITLE),
        issue_text=escape(issue),
        environment_hint=", ".join(dict.fromkeys(one[0].strip(" .") for one in _SYSTEM.finditer(issue)))[
            :200
        ],
        product_hint=" ".join(clean(thread.product).split())[:80],
        ticket_id=" ".join(clean(thread.ticket_id).split())[:80],
        channel=thread.channel,
        language=language,
        sources=(_one_line(thread.source),) if thread.source else (),
        left_out=(*left_out, *cut),
    )


def _one_line(source: Source) -> Source:
    """A source of a hostile file is still one line of front matter."""
    return Source(*(re.sub(r"[^\w:/.@+-]+", "-", clean(value))[:120] for value in source))


def _own_words(thread: Thread) -> tuple[list[str], Known, list[LeftOut]]:
    """The requestor's messages without history and courtesies, whom they name, and what stayed behind."""
    known, left_out = thread.known, _others(thread.messages)
    texts: list[str] = []
    size = 0
    for message in thread.messages:
        if message.who != "requestor" or size > SEARCHED:
            continue
        own = unquote(clean(message.text[:_READ]))
        matter = trim(own.text)
        known = known._replace(
            names=(*known.names, *own.names, *matter.names),
            mails=(*known.mails, *own.mails),
        )
        left_out += _courtesies(own.dropped, matter.signature, greeting=matter.greeting)
        if matter.text and matter.text not in texts and not _EMPTY_TALK.fullmatch(matter.text):
            texts.append(matter.text)
            size += len(matter.text)
    return texts, known, left_out


def _issue(texts: list[str], known: Known, region: str | None, language: str) -> tuple[str, list[Finding]]:
    """The messages as paragraphs, without those that only answered "which number may we call?"."""
    kept: list[str] = []
    found: list[Finding] = []
    room = SEARCHED
    for text in texts:
        shown, hidden = _without_personal(text[:room], known, region, language)
        room -= min(room, len(text))
        found += hidden
        said = sum(sign.isalpha() for sign in re.sub(r"\[[a-z-]+\]", "", shown))
        if shown and not (kept and hidden and said < _MATTER):
            kept.append(shown)
    return "\n\n".join(kept), found


def _others(messages: tuple[Message, ...]) -> list[LeftOut]:
    kinds = Counter(one.who for one in messages if one.text.strip())
    replies = [LeftOut("agent reply", "1 message")] * kinds["agent"]
    return replies + [LeftOut("internal note", "1 message")] * kinds["note"]


def _courtesies(dropped: int, signature: int, *, greeting: bool) -> list[LeftOut]:
    found = [LeftOut("quoted history", counted(dropped, "line"))] if dropped else []
    found += [LeftOut("greeting", "1 line")] if greeting else []
    return found + ([LeftOut("signature", counted(signature, "line"))] if signature else [])


def _without_personal(
    text: str, known: Known, region: str | None, language: str
) -> tuple[str, list[Finding]]:
    findings = find(text, known=known, region=region, language=language)
    return redact(text, findings), findings


def _bounded(text: str, whole: int) -> tuple[str, list[LeftOut]]:
    """At most LONGEST characters, ended at a line or word, with a mark."""
    if len(text) <= LONGEST and whole <= SEARCHED:
        return text, []
    head = text[:LONGEST]
    end = max(head.rfind("\n", LONGEST // 2), head.rfind(" ", LONGEST * 3 // 4))
    head = (head[:end] if end > 0 else head).rstrip()
    return f"{head}\n\n{MARK}", [LeftOut("length", f"{max(0, max(whole, len(text)) - len(head))} characters")]


def _first_words(text: str) -> str:
    first = next((line.strip(" -*#>") for line in text.split("\n") if line.strip(" -*#>")), "")
    sentence = re.split(r"(?<=[.!?؟。])\s", first, maxsplit=1)[0]
    return sentence.rstrip(".")[: 4 * _TITLE]


def _shortened(title: str, longest: int) -> str:
    """On one line, ended at a word."""
    title = " ".join(title.split())
    if len(title) <= longest:
        return title
    return title[:longest].rpartition(" ")[0].rstrip(",;:") or title[:longest]
