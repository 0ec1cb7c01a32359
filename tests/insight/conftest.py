"""A base with a past, with use and with figures: what every command of this room is tried on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kcs.kb.base import KnowledgeBase
from kcs.kb.ledger import Ledger, new_event
from tests.conftest import TEAM_TOML, Base

TODAY = "2026-06-15"
CONFIG = """\
timezone = "UTC"
[articles]
include = ["articles/**/*.md"]
[fields]
verified_at = "last_reviewed"
[defaults]
verify_every = "180d"
language = "en"
[ledger]
shared = true
[targets]
trust = 97
zero_result = 3
usage = 30
growth = [5, 10]
self_service = 50
[taxonomy]
products = ["mail", "billing"]
types = ["Solution", "How-to"]
"""
FIGURES = "month,csat,tickets,self_service\n2026-04,88,420,41\n2026-05,90,400,44.5\n"
TICKETS = """\
id,created_at,closed_at,subject,description
ZD-1,2026-05-02T08:00:00Z,2026-05-02T10:00:00Z,Password asked again,Outlook asks
ZD-2,2026-05-03T08:00:00Z,2026-05-04T10:00:00Z,Invoice twice,Two invoices
ZD-3,2026-05-05T08:00:00Z,2026-05-05T09:00:00Z,No idea,Something else
ZD-4,2026-05-06T08:00:00Z,,Still open,Not closed
"""


def article(name: str, reviewed: str = "", *more: str, text: str = "Do this.") -> str:
    dated = f'last_reviewed: "{reviewed}"\n' if reviewed else ""
    others = "".join(one + "\n" for one in more)
    head = f"id: kb-{name}\ntitle: {name.capitalize()} and what to do\n{dated}{others}"
    return f"---\n{head}---\n\n{text}\n"


@pytest.fixture
def used(
    make_base: Callable[..., Base], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kcs_env: dict[str, str]
) -> Base:
    """Four articles, five months of history, searches of two people, links to tickets, figures of other systems."""
    monkeypatch.setenv("XDG_CACHE_HOME", kcs_env["XDG_CACHE_HOME"])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / ".local" / "share"))
    base = make_base({}, config=CONFIG, team=TEAM_TOML)
    base.commit(
        {"articles/outlook.md": article("outlook", "2026-01-05", "product: mail", "type: Solution")},
        day="2026-01-06",
    )
    base.commit(
        {
            "articles/imap.md": article(
                "imap", "", "product: mail", "type: How-to", text="See [it](outlook.md)."
            )
        },
        day="2026-02-06",
    )
    base.commit(
        {"articles/invoice.md": article("invoice", "2026-05-20", "product: billing", "type: Solution", "audience: external",
                                        'sources: [{id: zd-2, resource: "ticket:ZD-2"}]')},
        day="2026-05-21",
    )  # fmt: skip
    base.commit({"articles/arabic.md": article("arabic", "", "product: billing", "language: ar").replace(
        "title: Arabic and what to do", "title: كيف أسترد المبلغ؟ <script>window.__alerted = 1</script>")}, day="2026-05-22")  # fmt: skip
    base.write("figures.csv", FIGURES)
    use(base)
    return base


def use(base: Base) -> None:
    """A run of refinements that counts once, an unanswered and an empty search, a program's, an open, two links."""
    ledger, at = Ledger.of(KnowledgeBase.open(base.root)), datetime(2026, 5, 10, 9, 0, tzinfo=UTC)

    def search(
        seconds: int,
        query: str,
        *,
        answered: bool,
        total: int = 3,
        who: str = "human:jd",
        origin: str = "person",
    ) -> None:
        moment = at + timedelta(seconds=seconds)
        ledger.append(
            new_event("search", moment, actor=who, origin=origin, query=query, answered=answered, total=total)
        )

    search(0, "pasword", answered=False, total=0)
    search(60, "password", answered=False)
    search(150, "outlook password", answered=True)
    search(1000, "fax machine", answered=False)
    search(2000, "Fax  Machine", answered=False, total=0, who="human:kp")
    search(3000, "by a program", answered=False, origin="batch")
    ledger.append(new_event("open", at + timedelta(seconds=3100), actor="human:zo", article="kb-outlook"))
    ledger.append(
        new_event("link", at, actor="human:jd", article="kb-outlook", ticket="ZD-1", outcome="solved"),
        new_event(
            "link",
            at + timedelta(days=1),
            actor="human:jd",
            article="kb-invoice",
            ticket="ZD-2",
            outcome="solved",
        ),
        new_event("link", at, actor="human:jd", article="kb-imap", ticket="ZD-3", outcome="solved"),
        new_event(
            "link",
            at + timedelta(days=1),
            actor="human:jd",
            article="kb-imap",
            ticket="ZD-3",
            outcome="wrong",
        ),
    )
