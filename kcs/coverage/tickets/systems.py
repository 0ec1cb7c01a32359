"""The quirks of each help desk's tables: how it writes ids, and what its export does to texts."""

from __future__ import annotations

from collections.abc import Collection

from kcs.coverage.tickets.names import plain_name
from kcs.tuples import NamedTuple


class System(NamedTuple):
    """`marks`: names of columns of which one of each set must be there. `prefix` goes before ids that are numbers.

    `cut`: at how many characters descriptions end. `escaped`: whether line
    breaks are written `\\n`. `wiki`: whether texts have Jira's markup.
    """

    name: str
    marks: tuple[frozenset[str], ...]
    prefix: str = ""
    cut: int = 0
    escaped: bool = False
    wiki: bool = False


def _names(*names: str) -> frozenset[str]:
    return frozenset(names)


# The first that fits. Zendesk's headers are in the language of whoever exported, so few of its marks are words.
SYSTEMS = (
    System("kcs", (_names("handle minutes"), _names("linked articles"))),
    System("jira-pipeline", (_names("key"), _names("project key"), _names("resolution date")), cut=2_000, escaped=True, wiki=True),
    System(
        "jira",
        (
            _names("issue key", "fields summary", "vorgangsschlüssel", "clé de ticket", "clave de incidencia"),
            _names("summary", "fields summary", "zusammenfassung", "résumé", "resumen"),
        ),
        wiki=True,
    ),
    # These write bare numbers as their ids: so they stay.
    System("freshdesk", (_names("due by time", "time tracked", "responder id"), _names("subject"))),
    System("hubspot", (_names("ticket name", "properties hs pipeline stage", "properties hs object id"),)),
    System("salesforce", (_names("case number", "casenumber"), _names("subject", "date time opened", "case origin"))),
    System("servicenow", (_names("short description"), _names("number", "sys id"))),
    System("intercom", (_names("conversation id"), _names("conversation id")), prefix="intercom-"),
    System(
        "zendesk",
        (
            _names("satisfaction score", "satisfaction rating", "requester", "requester id", "group", "via", "ticket form",
                   "anfragender", "demandeur", "solicitante", "richiedente", "aanvrager", "リクエスタ", "ผู้ขอ", "ผู้ร้องขอ", "người yêu cầu", "مقدم الطلب", "الطالب",
                   "ticket group", "ticket subject", "ticket id"),
            _names("subject", "ticket subject", "betreff", "sujet", "objet", "asunto", "assunto", "件名", "หัวข้อ", "เรื่อง", "chủ đề",
                   "tiêu đề", "الموضوع", "oggetto", "onderwerp", "тема"),
        ),
        prefix="ZD-",
    ),
)  # fmt: skip
PLAIN = System("plain", ())


def system_of(header: Collection[str]) -> System:
    """The help desk whose columns these are."""
    plain = {plain_name(one) for one in header}
    return next((one for one in SYSTEMS if all(mark & plain for mark in one.marks)), PLAIN)
