"""What counts in a period: articles when readers outside could
see them, tickets when they were closed, people when they wrote.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import KCS_TOML, KP, TEAM_TOML, Base, Run
from tests.insight.conftest import TICKETS

NAME = "articles/invoice.md"
ZD_2 = '---\ntitle: Invoice twice\nconfidence: %s\naudience: %s\nsources: [{id: zd-2, resource: "ticket:ZD-2"}]\n---\n\n%s.\n'


def figures(quick: Run, root: Path, *words: str | Path) -> dict[str, Any]:
    told = quick("metrics", "--as-of", "2026-06-15", "--format", "json", *words, cwd=root)
    assert told.code == 0, told.err
    return {one["name"]: one for one in told.json["metrics"]}


def test_an_article_is_published_when_readers_outside_can_see_it(
    make_base: Any, quick: Run, tmp_path: Path
) -> None:
    base, export = make_base({}), tmp_path / "closed.csv"
    export.write_text(TICKETS, "utf-8")  # ZD-2 was closed on 4 May at ten

    def days(*words: str) -> tuple[float | None, int | None]:
        found = figures(quick, base.root, "--tickets", export, *words)["time_to_publish"]
        return found["value"], found["denominator"]

    for day, state, audience in (
        ("2026-05-05", "work-in-progress", "internal"),
        ("2026-05-06", "work-in-progress", "external"),
        ("2026-05-07", "validated", "internal"),
    ):
        base.commit({NAME: ZD_2 % (state, audience, day)}, day=day)
        assert days("--since", "2026-01-01") == (None, None), (state, audience)
    base.commit({NAME: "---\ntitle: [\naudience: external\n---\nBroken.\n"}, day="2026-05-08")
    base.commit({NAME: ZD_2 % ("not-validated", "external", "Out")}, day="2026-05-09")
    base.commit({NAME: ZD_2 % ("validated", "external", "Better")}, day="2026-05-20")
    assert days("--since", "2026-01-01") == (5.1, 1), "from ten on the 4th to noon of the 9th"
    assert days("--since", "2026-05-09") == (5.1, 1) and days("--since", "2026-05-10") == (None, None)


def test_a_ticket_that_is_closed_later_has_no_time_to_publish_yet(
    make_base: Any, quick: Run, tmp_path: Path
) -> None:
    base, export = make_base({}), tmp_path / "closed.csv"
    export.write_text(TICKETS, "utf-8")  # ZD-2 was closed on 4 May at ten
    base.commit({NAME: ZD_2 % ("validated", "external", "Out")}, day="2026-05-02")
    for day, days in (("2026-05-03", (None, None)), ("2026-05-04", (0.0, 1))):
        found = figures(quick, base.root, "--tickets", export, "--as-of", day)["time_to_publish"]
        assert (found["value"], found["denominator"]) == days, day


def test_without_a_history_nothing_is_known_to_be_published(
    make_base: Any, quick: Run, tmp_path: Path
) -> None:
    base, export = make_base({NAME: ZD_2 % ("validated", "external", "Out")}, git=False), tmp_path / "t.csv"
    export.write_text(TICKETS, "utf-8")
    found = figures(quick, base.root, "--tickets", export, "--since", "2026-05-01")
    assert found["time_to_publish"]["value"] is None and found["unlinked"]["numerator"] == 2


def test_tickets_count_in_the_period_in_which_they_were_closed(
    make_base: Any, quick: Run, tmp_path: Path
) -> None:
    base, export = make_base({}), tmp_path / "closed.csv"
    export.write_text(TICKETS, "utf-8")
    for since, number in (("2026-05-02", 3), ("2026-05-03", 2), ("2026-05-05", 1)):
        found = figures(quick, base.root, "--tickets", export, "--since", since)
        assert found["link_rate"]["denominator"] == number


def test_who_wrote_counts_by_the_day_and_below_the_base(make_base: Any, quick: Run) -> None:
    repository: Base = make_base({}, name="repository")
    text = "---\ntitle: A\n---\n\n%s.\n"
    inside = {"kb/kcs.toml": KCS_TOML, "kb/team.toml": TEAM_TOML}
    repository.commit({**inside, "kb/articles/a.md": text % "a"}, day="2026-02-01", who=KP)
    repository.commit({"README.md": "Not of the base.\n"}, day="2026-05-02", who=KP)

    def wrote(since: str) -> int:
        return int(figures(quick, repository.root / "kb", "--since", since)["usage"]["numerator"])

    assert (wrote("2026-01-01"), wrote("2026-02-01"), wrote("2026-02-02")) == (1, 1, 0)
    repository.commit({"kb/articles/a.md": text % "b"}, day="2026-06-15")
    assert wrote("2026-06-15") == 1
    repository.commit({"kb/articles/a.md": text % "c"}, day="2026-06-16", who=KP)
    assert wrote("2026-06-15") == 1, "after the day that is asked about"


@pytest.mark.parametrize(("day", "kind"), [("2026-05-01", "known"), ("2026-05-09", "new")])
def test_without_an_export_a_ticket_is_new_if_its_article_came_after_it(
    day: str, kind: str, make_base: Any, quick: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from datetime import UTC, datetime

    from kcs.kb.base import KnowledgeBase
    from kcs.kb.ledger import Ledger, new_event

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / ".local" / "share"))
    base = make_base({}, config=KCS_TOML + "[ledger]\nshared = true\n")
    base.commit({NAME: f"---\nid: kb-inv00001\ntitle: Invoice\ncreated: {day}\n---\n\nx\n"}, day=day)
    told = new_event(
        "link", datetime(2026, 5, 4, 10, tzinfo=UTC), actor="human:jd", article="kb-inv00001", ticket="ZD-2",
        outcome="solved",
    )  # fmt: skip
    Ledger.of(KnowledgeBase.open(base.root)).append(told)
    found = figures(quick, base.root, "--since", "2026-05-01")
    assert {one: found[one]["numerator"] for one in ("known", "new")} == {"known": 0, "new": 0, kind: 1}


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Bangkok"])
def test_an_open_ticket_may_have_a_day_at_either_end_of_the_calendar(
    make_base: Any, quick: Run, tmp_path: Path, zone: str
) -> None:
    base, export = make_base({}, config=KCS_TOML.replace("UTC", zone)), tmp_path / "open.csv"
    for never in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        export.write_text(f"id,subject,created_at,closed_at\nZD-1,Printer,{never},{never}\n", "utf-8")
        assert figures(quick, base.root, "--tickets", export)["unlinked"]["numerator"] == 0
        told = quick("gaps", "--tickets", export, cwd=base.root)
        assert told.code == 0 and "1 ticket: " in told.err, told.err
