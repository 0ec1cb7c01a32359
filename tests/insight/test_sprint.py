"""kcs sprint plan: even shares, by language and area, the riskiest first."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.insight.sharing import share
from tests.conftest import TEAM_TOML, Base, Run

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "kb"
DAY = ("--as-of", "2026-12-01")
TEAM = """\
[people.ann]
languages = ["TH-th", "en"]
[people.bob]
languages = ["en"]
[people.cy]
left = 2026-01-01
[people.di]
languages = ["en"]
[areas.mail]
owner = "di"
match = {path = "articles/mail/**"}
[areas.rest]
owner = "bob"
match = {product = ["web", "app"]}
"""


def article(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title!r}", "confidence: validated", *lines, "---", "Text.\n"])


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(
        {
            **{f"articles/mail/{one}.md": article(f"Mail {one}", "language: en") for one in range(3)},
            **{f"articles/web/{one}.md": article(f"Web {one}", "product: web") for one in range(3)},
            **{
                f"articles/th/{one}.md": article(f"Thai {one}", f"language: {one}") for one in ("th", "TH-th")
            },
            "articles/fr.md": article("=1+1|x", "language: fr"),
            "articles/draft.md": article("Draft").replace("validated", "work-in-progress"),
            "articles/old.md": article("Old").replace("validated", "archived"),
        },
        team=TEAM,
    )


def test_everybody_gets_an_even_share_of_what_they_read_and_answer_for(base: Base, quick: Run) -> None:
    told = quick("sprint", "plan", "--format", "json", *DAY, cwd=base.root).json
    shares = {one["person"]: one["articles"] for one in told["shares"]}
    assert {name: len(theirs) for name, theirs in shares.items()} == {"ann": 2, "bob": 3, "di": 3}
    assert {one["path"] for one in shares["di"]} == {f"articles/mail/{one}.md" for one in range(3)}
    assert {one["area"] for one in shares["bob"]} == {"rest"}
    assert {one["path"] for one in shares["ann"]} == {"articles/th/th.md", "articles/th/TH-th.md"}
    assert [one["path"] for one in told["unplaced"]] == ["articles/fr.md"]
    assert told["total"] == 9 and told["begin"] == "2026-12-01" and told["end"] == "2026-12-14"
    assert quick("sprint", "plan", "--format", "json", *DAY, cwd=base.root).json == told


def test_the_riskiest_come_first_and_no_share_holds_them_all(base: Base, quick: Run) -> None:
    for one in (0, 2):
        flag = "flags: [{by: 'human:kp', at: 2026-05-02, reason: changed}]"
        base.write(f"articles/web/{one}.md", article(f"Web {one}", "product: web", flag))
    told = quick("sprint", "plan", "--people", "3", "--format", "json", *DAY, cwd=base.root).json
    assert [len(one["articles"]) for one in told["shares"]] == [3, 3, 3] and not told["unplaced"]
    for one in told["shares"]:
        risky = [each["why"] == "flagged" for each in one["articles"]]
        assert risky == sorted(risky, reverse=True)
        assert [each["week"] for each in one["articles"]] == [1, 1, 2]
        assert one["articles"][0]["by"] == "2026-12-07" and one["articles"][2]["by"] == "2026-12-14"
    told = quick("sprint", "plan", "--people", "1", "--format", "json", *DAY, cwd=base.root).json
    assert [one["path"] for one in told["shares"][0]["articles"]][:2] == [
        "articles/web/0.md",
        "articles/web/2.md",
    ]


def test_the_risky_ones_of_a_kind_are_dealt_out_one_to_each(
    make_base: Callable[..., Base], quick: Run
) -> None:
    flag = "flags: [{by: 'human:kp', at: 2026-05-02, reason: changed}]"
    files = {f"articles/{one}.md": article(f"A {one}", *([flag] if one < 3 else [])) for one in range(9)}
    base = make_base(files, team=TEAM)
    told = quick("sprint", "plan", "--people", "3", "--format", "json", *DAY, cwd=base.root).json
    for one in told["shares"]:
        assert [each["why"] for each in one["articles"]].count("flagged") == 1 and len(one["articles"]) == 3


def test_who_may_verify_an_article_gets_it(make_base: Callable[..., Base], quick: Run) -> None:
    files = {
        "articles/a.md": article("A", "verifiers: [di]"),
        "articles/b.md": article("B", "language: en", "verifiers: [bob]"),
    }
    base = make_base(files, team=TEAM)
    words = ("--people", "bob, di", "--format", "json", *DAY)
    told = quick("sprint", "plan", *words, cwd=base.root).json
    shares = {one["person"]: [each["path"] for each in one["articles"]] for one in told["shares"]}
    assert shares == {"bob": ["articles/b.md"], "di": ["articles/a.md"]}
    assert "may not verify" not in quick("sprint", "plan", *words, cwd=base.root).err
    told = quick("sprint", "plan", "--people", "di", *DAY, cwd=base.root).err
    assert "1 article is in the share of somebody who may not verify it" in told
    assert "may not verify" not in quick("sprint", "plan", "--people", "1", *DAY, cwd=base.root).err


def test_who_is_absent_or_not_named_gets_nothing(base: Base, quick: Run) -> None:
    def people(*words: str) -> list[str]:
        told = quick("sprint", "plan", *words, "--format", "json", *DAY, cwd=base.root)
        return [one["person"] for one in told.json["shares"]]

    assert people("--absent", "ann,bob") == ["di"]
    assert people("--people", "bob, di", "--absent", "di") == ["bob"]
    base.write("team.toml", TEAM_TOML)
    assert people("--people", "email-team") == ["jd", "kp"]
    assert people() == ["jd", "kp", "zo"]
    base.write("team.toml", TEAM_TOML.replace("[people.zo]", "[people.zo]\nleft = 2026-12-20"))
    assert people("--from", "2026-12-19") == ["jd", "kp", "zo"]
    assert people("--from", "2026-12-20") == ["jd", "kp"], "who will have left by then gets nothing"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--people", "0"), "from 1 to 10,000"),
        (("--people", "bbo"), "neither a person nor a team"),
        (("--people", "cy"), "nobody is left"),
        (("--people", "3", "--absent", "bob"), "gave only a number"),
        (("--from", "soon"), "is not a date"),
        (("--from", "9999-12-31"), "lies beyond the calendar"),
        (("nowhere",), "matches no article"),
    ],
)
def test_what_cannot_be_planned_is_a_sentence(
    base: Base, quick: Run, words: tuple[str, ...], said: str
) -> None:
    told = quick("sprint", "plan", *words, cwd=base.root)
    assert told.code == 2 and said in told.err and not told.out


def test_a_base_without_a_team_needs_a_number(make_base: Callable[..., Base], quick: Run) -> None:
    base = make_base({"articles/a.md": article("A")}, team=None, git=False)
    told = quick("sprint", "plan", cwd=base.root)
    assert told.code == 2 and "--people 8" in told.err
    assert "person-2\t" not in quick("sprint", "plan", "--people", "2", cwd=base.root).out
    base.write("team.toml", '[people.a]\n[areas.x]\nmatch = {paht = "a"}\n')
    told = quick("sprint", "plan", cwd=base.root)
    assert told.code == 2 and "paht" in told.err and "path" in told.err


def test_a_sheet_gets_no_formulas_and_markdown_no_markup(base: Base, quick: Run) -> None:
    sheet = quick("sprint", "plan", "--people", "2", "--format", "csv", *DAY, cwd=base.root).out
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert len(rows) == 9 and "'=1+1|x" in {row["title"] for row in rows}
    table = quick("sprint", "plan", "--people", "2", "--format", "markdown", *DAY, cwd=base.root).out
    assert "=1+1\\|x" in table and "| person-1 | 5 |" in table
    lists = quick("sprint", "plan", "--format", "checklists", *DAY, cwd=base.root).out
    assert (
        lists.count("- [ ] ") == 9
        and "## Week 1, until 2026-12-07" in lists
        and "# Nobody reads these" in lists
    )


def test_of_the_example_everybody_reads_what_they_get(quick: Run) -> None:
    told = quick("sprint", "plan", "--format", "json", *DAY, cwd=EXAMPLE).json
    sizes = [len(one["articles"]) for one in told["shares"]]
    assert max(sizes) - min(sizes) == 1 and not told["unplaced"]


@given(st.data())
def test_no_other_sharing_is_more_even(data: st.DataObject) -> None:
    people = data.draw(st.integers(1, 5))
    cost = st.one_of(st.none(), st.integers(0, 2))
    costs = data.draw(st.lists(st.lists(cost, min_size=people, max_size=people), max_size=6))
    sizes = data.draw(st.lists(st.integers(1, 9), min_size=len(costs), max_size=len(costs)))
    kinds = [(str(number % 2), str(number % 3)) for number in range(len(costs))]
    shares = share(sizes, costs, kinds)
    for size, row, able in zip(sizes, shares, costs, strict=True):
        assert sum(row) == (size if any(one is not None for one in able) else 0)
        assert all(
            number >= 0 and (not number or one is not None) for number, one in zip(row, able, strict=True)
        )
    loads = [sum(row[one] for row in shares) for one in range(people)]
    # Who can be reached from somebody by handing things on has at most one less.
    for start in range(people):
        reached, pending = {start}, [start]
        while pending:
            giver = pending.pop()
            for row, able in zip(shares, costs, strict=True):
                if row[giver]:
                    new = {one for one in range(people) if able[one] is not None} - reached
                    reached |= new
                    pending += new
        assert all(loads[one] >= loads[start] - 1 for one in reached)
