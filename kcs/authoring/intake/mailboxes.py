"""Whose mailbox it is, by its name and address: a person's, or the house's own."""

from __future__ import annotations

import re

_WORD = r"(?:support|help|help ?desk|service ?desk|customer (?:care|service)|team|notifications?|no-?reply)"
# A house's own mailbox, which bears the name of a product: `Outlook Support <support@acme.example>`.
# `Doe, Jane (Support)` is a person.
_HOUSE = re.compile(
    rf"(?:[^\s,|()@'-]+ ){{0,2}}{_WORD}"
    r"|(?:ทีม|ฝ่าย|แผนก|ศูนย์|(?:phòng|đội|bộ phận|hỗ trợ|tổng đài|فريق|قسم|دعم|خدمة|مركز) ).{1,40}",
    re.IGNORECASE,
)
# `Jane Doe Support <jdoe@acme.example>`: she, and what she does there.
_AT_WORK = re.compile(rf"((\S+) (\S+)) {_WORD}", re.IGNORECASE)


def person_of(name: str, address: str) -> str:
    """The person's name; empty for a house's mailbox.
    Without an address `Jane Doe Support` counts as a person's, `Outlook Support` as the house's.
    """
    whose = address.partition("@")[0]
    if found := _AT_WORK.fullmatch(name):
        first, last = found[2].casefold(), found[3].casefold()
        theirs = ("", first, first + last, first[0] + last, first + last[0], last + first, last + first[0])
        if re.sub(r"[._-]", "", whose.casefold()) in theirs:
            return found[1]
    # Companies spell a person's address with a dot: Team is a name too.
    return "" if _HOUSE.fullmatch(name) and "." not in whose else name
