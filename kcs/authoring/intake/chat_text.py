"""A chat that was copied or exported: Slack's and Teams' two-line forms,
WhatsApp's `[10:02] Name: ...`, LINE's tabs, or `Customer: ...`, `Agent: ...`.
"""

from __future__ import annotations

import re

from kcs.authoring.intake.model import Message, Thread, Who
from kcs.privacy import Known

_DAY = r"(?:\d{4}-\d\d-\d\d[ T]|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s)"
_CLOCK, _HALF = r"\d{1,2}[:.]\d{2}", r"(?:\s?[AaPp][Mm]| น\.|\s?[صم])?"
_TIME = rf"{_DAY}?{_CLOCK}(?:[:.]\d{{2}})?{_HALF}"
# A name in a line of its own after the time, which has no seconds: those of a log have.
# What ends as a sentence is no name.
_BRACKET = rf"\[{_DAY}?{_CLOCK}{_HALF}\]\s"
_TEAMS = re.compile(
    rf"^{_BRACKET}\s*(?P<name>[^\s:\[\]<>|](?:[^:\[\]<>|\n]{{0,38}}[^:\[\]<>|\n.!?…,;])?)(?P<text>)$"
)
_BRACKETED = re.compile(_BRACKET)
# Tabs are in many a log: read only below LINE's own head.
_LINE = re.compile(rf"^{_TIME}\t(?P<name>[^\t\n]{{1,40}})\t(?P<text>.*)$")
_LINE_FORMS = (
    # Nothing is given back: a line of a thousand blanks took seconds.
    re.compile(
        rf"^[\[(]?{_TIME}[\])]?\s++[-–]?\s*+(?P<name>[^\s:\[\]<>|][^:\[\]<>|\n]{{0,39}}?)\s*:\s(?P<text>.*)$"
    ),
    re.compile(rf"^(?P<name>[^:\[\]<>|\n]{{1,40}}?)\s+[\[(]?{_TIME}[\])]?\s*:?(?P<text>)$"),
    _TEAMS,
    _LINE,
    re.compile(r"^(?P<name>[^\W\d][^:<>|\n]{0,30}?)\s?:\s(?P<text>.*)$"),
)
# What WhatsApp says before anybody speaks, that it is encrypted or of whom it is: `12.05.26, 10:01 - Messages are ...`.
_HEAD = re.compile(rf"{_DAY}{_CLOCK}{_HALF}\s-\s")
_LINE_HEAD, _MOST_HEAD = "[LINE]", 6
# `ERROR`, `error main`, `Error in main`; the Info Desk is somebody.
_LEVEL = re.compile(
    r"(?![A-Z][a-z]+ [A-Z])(?i:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|critical|fatal|severe)\b"
)
_MARK = "\u200e"  # begins what WhatsApp says itself: that a picture was left out
_CUSTOMERS = ("customer", "client", "requester", "requestor", "user", "visitor", "guest", "ลูกค้า", "ผู้ใช้", "khách", "khách hàng", "العميل", "الزبون", "المستخدم")  # fmt: skip
_AGENTS = ("agent", "support", "bot", "operator", "rep", "เจ้าหน้าที่", "แอดมิน", "พนักงาน", "nhân viên", "tổng đài", "hỗ trợ", "hỗ trợ viên", "cskh", "الموظف", "الدعم", "الوكيل", "خدمة العملاء")  # fmt: skip


def read_chat(text: str) -> Thread | None:
    """The chat as a thread; None if it is no chat: fewer than two turns in one form."""
    for form in _LINE_FORMS:
        turns = _turns(text, form)
        if turns is not None:
            return _thread(turns)
    return None


def _turns(text: str, form: re.Pattern[str]) -> list[tuple[str, str]] | None:
    """(who, what they said) in order, or None."""
    turns: list[tuple[str, list[str]]] = []
    timed = form is not _LINE_FORMS[-1]
    head = _MOST_HEAD if timed and text.lstrip("\ufeff").startswith(_LINE_HEAD) else 0
    if form is _LINE and not head:
        return None
    for place, line in enumerate(text.splitlines()):
        shown = line[:5000].strip("\u200e\u200f \t")
        found = form.match(shown) if shown else None
        # A log is no chat; and before a colon without a time stands many a word that is no name.
        if found and (_LEVEL.match(found["name"]) if timed else not _role(found["name"])):
            found = None
        if found and found["text"].startswith(_MARK):
            continue
        if found:
            turns.append((found["name"].strip(), [found["text"]]))
        elif form is _TEAMS and _BRACKETED.match(shown):
            return None
        elif turns:
            turns[-1][1].append(line)
        elif shown and place >= head and not (timed and _HEAD.match(shown)):
            return None
    said = [(name, "\n".join(lines).strip()) for name, lines in turns]
    # Of a log most lines would be names without a word.
    is_log = form is _TEAMS and sum(bool(words) for _, words in said) * 2 < len(said)
    return said if len(said) >= 2 and not is_log else None


def _role(name: str) -> str:
    lowered = name.casefold().strip()
    if lowered in _CUSTOMERS:
        return "requestor"
    return "agent" if lowered in _AGENTS else ""


def _thread(turns: list[tuple[str, str]]) -> Thread:
    roles = {name: _role(name) for name, _ in turns}
    first = next((name for name, role in roles.items() if role == "requestor"), "")
    asker = first or next((name for name, role in roles.items() if role != "agent"), turns[0][0])
    messages = tuple(Message(said, _who(name, asker, roles[name])) for name, said in turns)
    return Thread("chat", messages, known=Known(tuple(name for name, role in roles.items() if not role)))


def _who(name: str, asker: str, role: str) -> Who:
    return "requestor" if name == asker or role == "requestor" else "agent"
