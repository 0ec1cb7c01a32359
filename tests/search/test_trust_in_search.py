"""Trust is judged when somebody asks: the same index a year later, after a change of policy, of the team, of a flag."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.search.searcher import Reach
from tests.conftest import KCS_TOML, Base, Run
from tests.search.conftest import article

# Two articles that say the same, the one in front only by its path.
FILES: dict[str, str | bytes] = {
    "articles/a.md": article(
        "Mailbox quota",
        "## Resolution\n\nAsk for a larger mailbox quota.",
        id="kb-aaaaaaaa",
        confidence="validated",
        tags="[a]",
    ),
    "articles/b.md": article(
        "Mailbox quota",
        "## Resolution\n\nAsk for a larger mailbox quota.",
        id="kb-bbbbbbbb",
        confidence="validated",
        tags="[b]",
    ),
    "articles/other.md": article("Something else", "Nothing of it."),
}


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(FILES)


def indexes(base: Base) -> dict[str, bytes]:
    """Every file of the index, with what it holds."""
    folder = Path(base.env["XDG_CACHE_HOME"])
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file() and "search" in str(one)}


def hits(run: Run, base: Base, *options: str) -> list[dict[str, Any]]:
    told = run("search", "mailbox quota", "--format", "json", "--no-log", *options, cwd=base.root)
    assert told.code == 0, told.err
    found: list[dict[str, Any]] = told.json["hits"]
    return found


def test_the_same_index_a_year_later_and_after_other_policies(base: Base, run: Run) -> None:
    assert [one["trusted"] for one in hits(run, base)[:2]] == [False, False]
    first = hits(run, base)[0]["id"]
    second = ({"kb-aaaaaaaa", "kb-bbbbbbbb"} - {first}).pop()
    assert run("verify", second, "--yes", "--as-of", "2026-05-01", cwd=base.root).code == 0
    today = hits(run, base, "--as-of", "2026-06-01")
    assert [(one["id"], one["trusted"]) for one in today[:2]] == [(second, True), (first, False)], (
        "marked down"
    )
    assert today[1]["score"] == pytest.approx(0.8 * today[0]["score"], rel=0.02)
    assert today[0]["match"] == pytest.approx(today[1]["match"], abs=0.01), "trust has no part in the match"
    kept = indexes(base)
    assert kept
    later = hits(run, base, "--as-of", "2027-06-01")
    assert [one["reasons"] for one in later[:2] if one["id"] == second] == [["stale"]]
    assert later[0]["score"] == pytest.approx(later[1]["score"], rel=0.02)

    base.write(
        "kcs.toml",
        KCS_TOML + "[search]\nuntrusted_factor = 0.1\n[[policy]]\nmatch = {tag = ['a', 'b']}\nquorum = 2\n",
    )
    changed = hits(run, base, "--as-of", "2026-06-01")
    assert {tuple(one["reasons"]) for one in changed[:2]} == {("quorum-missing",), ("never-verified",)}
    base.write("kcs.toml", KCS_TOML + "[search]\nuntrusted_factor = 1\n")
    same = hits(run, base, "--as-of", "2026-06-01")
    assert same[0]["score"] == pytest.approx(same[1]["score"], rel=0.02)
    assert indexes(base) == kept, "nothing of it is in the index"


def test_conditions_follow_policies_at_once(base: Base, run: Run) -> None:
    def ids(condition: str) -> list[str]:
        return run("search", condition, "--format", "ids", "--no-log", cwd=base.root).out.split()

    assert ids("audience:partner") == []
    kept = indexes(base)
    base.write("kcs.toml", KCS_TOML + '[[policy]]\nmatch = {tag = "a"}\nlanguage = "vi"\n')
    assert ids("lang:vi") == ["kb-aaaaaaaa"] and indexes(base) == kept


def test_what_is_not_trusted_never_ranks_higher_for_it(base: Base, run: Run) -> None:
    for factor in ("3", "-1", "nan", "true"):
        base.write("kcs.toml", KCS_TOML + f"[search]\nuntrusted_factor = {factor}\n")
        told = run("search", "outlook", cwd=base.root)
        assert told.code == 2 and "untrusted_factor" in told.err and "from 0 to 1" in told.err


def test_the_floor_is_the_base_s(base: Base, run: Run) -> None:
    base.write("kcs.toml", KCS_TOML + "[search]\nfloor = 1\n")
    told = run("search", "mailbox quota", "--format", "json", "--no-log", cwd=base.root).json
    assert not told["answered"] and all(one["weak"] for one in told["hits"])


@given(
    st.lists(st.tuples(st.floats(0, 50), st.booleans()), max_size=40),
    st.integers(1, 12),
    st.floats(0, 1),
)
def test_who_is_not_judged_could_not_have_been_shown(
    found: list[tuple[float, bool]], most: int, factor: float
) -> None:
    ranked = sorted(((score, trusted) for score, trusted in found), key=lambda one: -one[0])

    def shown(among: list[tuple[float, bool]]) -> list[int]:
        weighed = [score if trusted else score * factor for score, trusted in among]
        return sorted(range(len(among)), key=lambda place: -weighed[place])[:most]

    reached = Reach(most, factor).of([(place, score) for place, (score, _) in enumerate(ranked)])
    assert shown(ranked[:reached]) == shown(ranked)
