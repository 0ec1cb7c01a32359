"""kcs queue: what needs eyes, in the right order, with the factors it is ordered by."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kcs.article.days import Interval
from kcs.article.trust import REASONS, Verdict
from kcs.cli.main import app
from kcs.insight.charts import ages, waiting
from kcs.insight.gather import Wish, gather
from kcs.insight.queue import audience_factor, overdue_factor, reuse_factor
from kcs.kb.base import KnowledgeBase
from kcs.kb.ledger import Ledger, new_event
from tests.conftest import DATED, KP, Base, Run

pytestmark = pytest.mark.usefixtures("in_kcs_env")

TODAY = "2026-06-01"
CONFIG = DATED + 'audience = "external"\n'


def article(title: str, *lines: str, checked: str = "", body: str = "Text.\n") -> str:
    dated = [f"checked: {checked}"] if checked else []
    return "\n".join(["---", f"title: {title}", "confidence: validated", *dated, *lines, "---", body])


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(
        {
            "articles/fresh.md": article("Fresh", checked="2026-05-01"),
            "articles/soon.md": article("Soon", checked="2026-03-10"),
            "articles/late.md": article("Late", checked="2026-01-01"),
            "articles/later.md": article("Later", checked="2023-01-01"),
            "articles/never.md": article("Never"),
            "articles/draft.md": article("Draft").replace("validated", "work-in-progress"),
            "articles/gone.md": article("Gone").replace("validated", "archived"),
            "articles/broken.md": "---\ntitle: [\n---\n",
            "articles/style.md": article(
                "Style", "flags: [{by: 'human:kp', at: 2026-05-02, reason: style}]", checked="2026-05-01"
            ),
            "articles/changed.md": article(
                "Changed", "flags: [{by: 'human:kp', at: 2026-05-02, reason: changed}]", checked="2026-05-01"
            ),
        },
        config=CONFIG,
    )


def queued(base: Base, *more: str) -> Any:
    words = ["queue", "--format", "json", "--kb", str(base.root), "--as-of", TODAY, *more]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def names(found: Any) -> list[str]:
    return [one["path"].removeprefix("articles/").removesuffix(".md") for one in found["articles"]]


def test_what_is_in_the_queue_and_in_which_order(base: Base) -> None:
    found = queued(base)
    assert names(found) == ["changed", "broken", "later", "never", "late", "soon", "style"]
    assert [one["why"] for one in found["articles"]] == [
        "flagged", "unreadable", "stale", "never-verified", "stale", "due-soon", "flagged",
    ]  # fmt: skip
    assert found["total"] == 7 and [one["rank"] for one in found["articles"]] == list(range(1, 8))


def test_soon_is_two_weeks_unless_said_otherwise(base: Base) -> None:
    assert "soon" not in names(queued(base, "--soon", "3d"))
    assert "fresh" in names(queued(base, "--soon", "2 months"))


@pytest.mark.parametrize("given", ["soon", "0d", "-3d", ""])
def test_a_span_that_is_none_is_refused(base: Base, run: Run, given: str) -> None:
    done = run("queue", f"--soon={given}", "--kb", base.root)
    assert done.code == 2 and "14d" in done.err


def test_risk_is_the_product_of_its_factors(base: Base) -> None:
    for one in queued(base)["articles"]:
        factors = one["factors"]
        product = factors["overdue"] * factors["reuse"] * factors["audience"]
        assert one["risk"] == pytest.approx(product, abs=0.01)
        assert factors["audience"] == 3.0


def test_citations_move_an_article_up_each_citing_article_once(base: Base) -> None:
    link = "[a](late.md) and [again](late.md#there), ![picture](never.md), [self](cites.md)\n"
    more = {
        f"articles/cites{n or ''}.md": article("Cites", checked="2026-05-01", body=link) for n in range(3)
    }
    more["articles/old.md"] = article("Old", body=link).replace("validated", "archived")
    base.commit(
        {**more, "articles/fresh.md": article("Fresh", checked="2026-05-01", body="[x](/articles/late.md)")}
    )
    found = queued(base)
    late = next(one for one in found["articles"] if one["title"] == "Late")
    assert late["citations"] == 4
    assert late["factors"]["reuse"] == pytest.approx(1 + 2.3219, abs=0.001)
    order = names(found)
    assert order.index("late") < order.index("never")


def test_tickets_that_an_article_ended_move_it_up(base: Base) -> None:
    """In the year to the day, each ticket once, by its newest word: as metrics count. Only citations did."""
    kb = KnowledgeBase.open(base.root)

    def link(day: str, ticket: str, outcome: str, article: str = "articles/never.md") -> None:
        at = datetime.fromisoformat(f"{day}T12:00:00Z")
        Ledger.of(kb).append(new_event("link", at, actor="human:jd", article=article, ticket=ticket, outcome=outcome))  # fmt: skip

    for number in range(3):
        link("2026-05-10", f"ZD-{number}", "solved")
        link("2026-05-11", f"ZD-{number}", "partly")
    for day, ticket, outcome in (("2025-06-02", "ZD-7", "solved"), ("2025-06-01", "ZD-8", "solved"), ("2026-06-02", "ZD-9", "solved"),
                                 ("2026-05-12", "ZD-1", "wrong"), ("2026-05-12", "ZD-4", "wrong"), ("2026-05-12", "ZD-2", "undone")):  # fmt: skip
        link(day, ticket, outcome)
    found = queued(base)
    never = next(one for one in found["articles"] if one["title"] == "Never")
    assert (never["citations"], never["tickets"]) == (0, 2)
    assert never["factors"]["reuse"] == pytest.approx(1 + 1.585, abs=0.001)
    assert names(found).index("never") < names(found).index("later")
    assert {one["tickets"] for one in found["articles"] if one is not never} == {0}


def test_a_more_open_audience_goes_first(make_base: Callable[..., Base]) -> None:
    files = {
        f"articles/{n}.md": article("One", f"audience: {audience}")
        for n, audience in (("a", "internal"), ("b", "external"), ("c", "partner"))
    }
    assert names(queued(make_base(files, config=CONFIG))) == ["b", "c", "a"]


def test_mine_is_what_i_may_verify(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base(
        {
            "articles/jd.md": article("JD", "verifiers: [jd]"),
            "articles/team.md": article("Team", "owner: email-team"),
            "articles/zo.md": article("Zo", "verifiers: [zo]"),
            "articles/all.md": article("All"),
        },
        config=CONFIG,
    )
    assert sorted(names(queued(base, "--mine"))) == ["all", "jd", "team"]
    out = run("queue", "--mine", "--kb", base.root, who=KP).out
    assert sorted(line.split("\t")[1] for line in out.splitlines()) == ["articles/all.md", "articles/team.md"]
    gone = {"name": "Gone", "email": "gone@acme.example"}
    done = run("queue", "--mine", "--kb", base.root, who=gone)
    assert done.out == "" and done.err == "nothing needs attention\n"


def test_mine_says_where_the_team_does_not_know_me(make_base: Callable[..., Base], run: Run) -> None:
    files = {"articles/jd.md": article("JD", "verifiers: [jd]")}
    base = make_base(files, config=CONFIG, team="[people.jd]\nemails = ['jd@acme.example']\n")
    done = run("queue", "--mine", cwd=base.root, who={"name": "Zo", "email": "zo@acme.example"})
    assert done.code == 0 and "team.toml lacks zo@acme.example" in done.err
    robot = {"name": "CI", "email": "bot@acme.example"}
    assert "a machine is entitled to verify nothing" in run("queue", "--mine", cwd=base.root, who=robot).err
    assert "kcs:" not in run("queue", "--mine", cwd=base.root).err


@pytest.mark.parametrize(("left", "mine"), [("2026-05-31", []), (TODAY, []), ("2026-06-02", ["a", "b"])])
def test_mine_ends_with_the_day_on_which_i_left(
    make_base: Callable[..., Base], left: str, mine: list[str]
) -> None:
    team = f"[people.jd]\nemails = ['jd@acme.example']\nleft = {left}\n[people.kp]\n"
    files = {"articles/a.md": article("A", "verifiers: [jd, kp]"), "articles/b.md": article("B")}
    assert names(queued(make_base(files, config=CONFIG, team=team), "--mine")) == mine


def test_of_one_risk_what_fell_due_first_goes_first(make_base: Callable[..., Base]) -> None:
    days = {"a": "2022-01-01", "b": "2020-01-01", "c": "2021-01-01", "d": "2020-01-01"}
    files = {f"articles/{name}.md": article("One", checked=day) for name, day in days.items()}
    found = queued(make_base(files, config=CONFIG))
    assert names(found) == ["b", "d", "c", "a"] and len({one["risk"] for one in found["articles"]}) == 1


def test_a_due_day_that_nobody_can_read_is_no_day(base: Base, run: Run) -> None:
    """It counts as long past, and was said to be 739,000 days over."""
    base.commit({"articles/odd.md": article("Odd", "stale_after: someday", checked="2026-05-01")}, day="2026-05-02")  # fmt: skip
    told = {one["title"]: one for one in queued(base)["articles"]}
    assert (told["Odd"]["days_over"], told["Odd"]["why"]) == (None, "stale")
    assert told["Odd"]["factors"]["overdue"] == 4 == told["Later"]["factors"]["overdue"]
    lines = run("queue", "--as-of", TODAY, cwd=base.root).out.splitlines()
    assert [line.split("\t")[3] for line in lines if line.endswith("\tOdd")] == [""]


def test_the_charts_of_the_report_count_as_the_queue_does(base: Base) -> None:
    base.commit({f"articles/at{at}.md": article("At", checked=day) for at, day in enumerate(("2025-06-02", "2025-06-01", "2024-06-02", "2024-06-01"))})  # fmt: skip
    kb = KnowledgeBase.open(base.root, as_of=date(2026, 6, 1))
    insight = gather(kb, Wish(date(2026, 5, 1)))
    found = waiting(insight, Interval(days=14))
    counts = dict(zip(found.labels, found.series[0].values, strict=True))
    assert counts == {"stale": 6, "flagged": 2, "never-verified": 1, "unreadable": 1, "due-soon": 1}
    assert found.labels[:2] == ["stale", "flagged"]
    assert found.says == "11 articles need eyes; kcs queue lists them, riskiest first."
    found = ages(insight)
    told = zip(found.labels, *(one.values for one in found.series), strict=True)
    assert {name: (trusted, other) for name, trusted, other in told} == {
        "to 30 days": (0, 0), "30 to 90": (3, 1), "90 to 180": (0, 1), "180 to 365": (0, 1), "1 to 2 years": (0, 2),
        "over 2 years": (0, 2), "never": (0, 2),
    }  # fmt: skip
    assert found.says == "2 of 12 articles were never verified."


def test_filters_and_limit(base: Base, run: Run) -> None:
    assert names(queued(base, "--reason", "stale")) == ["later", "late"]
    assert names(queued(base, "articles/l*.md", "--limit", "1")) == ["later"]
    assert queued(base, "articles/l*.md", "--limit", "1")["total"] == 2
    told = run("queue", "articles/l*.md", "--limit", "1", cwd=base.root, env={"KCS_FORCE_TERMINAL": "1"})
    assert told.err == "2 articles need attention, the first shown\n"
    assert run("queue", "nowhere/*.md", "--kb", base.root).code == 2


def test_a_pipe_gets_one_line_an_article(base: Base, run: Run) -> None:
    done = run("queue", "articles/later.md", "--kb", base.root, "--as-of", TODAY)
    over = (date(2026, 6, 1) - date(2023, 4, 1)).days
    line = f"1\tarticles/later.md\tstale\t{over}\t0\texternal\tjd, kp +1\tLater"
    assert done.out == line + "\n" and done.err == ""


def test_an_empty_queue_says_so_and_is_no_failure(base: Base, run: Run) -> None:
    done = run("queue", "articles/fresh.md", "--kb", base.root, "--as-of", TODAY)
    assert (done.code, done.out, done.err) == (0, "", "nothing needs attention\n")


@given(st.sets(st.sampled_from(REASONS)), st.integers(-2000, 20000), st.integers(1, 60))
def test_overdue_stays_in_its_bounds(reasons: set[str], days: int, soon: int) -> None:
    ordered = tuple(one for one in REASONS if one in reasons)
    factor = overdue_factor(Verdict(ordered), days, soon)
    assert 1 <= factor <= 5 if ordered else factor >= 0.1
    if "stale" in reasons:
        assert overdue_factor(Verdict(ordered), days + 100, soon) >= factor


@pytest.mark.parametrize(
    ("reasons", "days_over", "factor"),
    [
        ((), -14, 0.1), ((), -13, 2 / 15), ((), -7, 8 / 15), ((), 0, 1), ((), None, 0.1), ((), -400, 0.1),
        (("stale",), 0, 1), (("stale",), 73, 1.2), (("stale",), 365, 2), (("stale",), 1095, 4), (("stale",), 1200, 4),
        (("stale", "content-changed"), 73, 2), (("stale", "content-changed"), 730, 3),
        (("never-verified",), None, 2), (("unknown-history",), None, 2), (("content-changed",), 730, 2),
        (("flagged",), 730, 5), (("flagged", "stale"), 1200, 5), (("unreadable",), None, 5),
        (("not-entitled",), 730, 1), (("quorum-missing",), -5, 1),
    ],
)  # fmt: skip
def test_overdue_is_what_the_page_on_trust_says(
    reasons: tuple[str, ...], days_over: int | None, factor: float
) -> None:
    assert overdue_factor(Verdict(reasons), days_over, 14) == pytest.approx(factor)


def test_reuse_is_what_the_page_on_trust_says() -> None:
    assert [reuse_factor(cited) for cited in (0, 1, 3, 7, 15)] == [1, 2, 3, 4, 5]


@given(st.integers(0, 10**6))
def test_more_citations_never_weigh_less(cited: int) -> None:
    assert 1 <= reuse_factor(cited) < reuse_factor(cited + 1)


def test_each_audience_weighs_more_than_the_one_before() -> None:
    order = ("internal", "partner", "external")
    assert [audience_factor(one, order) for one in (*order, "unknown")] == [1, 2, 3, 1]


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_an_id_is_never_broken_in_two(native: Base, run: Run, columns: str) -> None:
    """What cannot stand beside each other stands below each other: half an id can be given to no command."""
    eyes = {"TERM": "xterm", "COLUMNS": columns, "KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1"}
    for command in (["queue"], ["list"], ["sprint", "plan", "--people", "2"]):
        shown = run(*command, cwd=native.root, env=eyes)
        seen = re.sub(r"\x1b\[[0-9;]*m", "", shown.out)
        assert shown.code == 0 and "kb-vpn00001" in seen, seen
        assert max(map(len, seen.splitlines())) <= int(columns)
