"""kcs pairs: drawn from what the base holds, shown before it is written, and who has handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kcs.kb.settings.config import Config
from kcs.kb.walk import walk
from tests.conftest import TEAM_TOML, Base, Run, Terminal
from tests.test_json_schemas import check

PEOPLE = "".join(f'[people.{one}]\nname = "{one.title()} X"\nteams = ["care"]\n' for one in "abcdef")
PLAIN = ("--format", "json")


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base({"articles/one.md": "---\ntitle: One\n---\nText.\n"}, team=PEOPLE)


def drawn(quick: Run, base: Base, day: str, *words: str) -> Any:
    return check(quick("pairs", "draw", "--from", day, *words, *PLAIN, cwd=base.root), "pairs")


def fill(base: Base, path: str) -> None:
    base.write(path, "\n".join(f"{line}\n\nSaid at [02:15]." if line.startswith("## ") else line
                               for line in base.read(path).splitlines()) + "\n")  # fmt: skip


def test_rounds_written_one_after_the_other_use_every_combination_before_any_comes_again(
    quick: Run, base: Base
) -> None:
    seen = []
    for week in range(1, 6):
        told = drawn(quick, base, f"2026-11-0{week}", "--yes")
        seen += [tuple(one["people"]) for one in told["pairs"]]
        assert (
            told["written"] and not told["sits_out"] and all(not one["met_before"] for one in told["pairs"])
        )
    assert sorted(seen) == list(combinations("abcdef", 2))
    again = drawn(quick, base, "2026-11-09", "--dry-run")
    assert all(one["met_before"] == 1 for one in again["pairs"]) and not again["written"]
    assert drawn(quick, base, "2026-11-09", "--dry-run")["pairs"] == again["pairs"]


def test_a_review_is_an_article_of_its_reviewer_for_the_most_closed_audience(quick: Run, base: Base) -> None:
    told = drawn(
        quick,
        base,
        "2026-11-02",
        "--yes",
        "--people",
        "a,b",
        "--product",
        "mail",
        "--tag",
        "agenda",
        "--weeks",
        "3",
    )
    assert told["due"] == "2026-11-22"
    review = next(one for one in told["pairs"][0]["reviews"] if one["reviewer"] == "a")
    text = base.read(review["article"]["path"])
    assert "review: {round: 2026-11-02, reviewer: a, reviewed: b, due: 2026-11-22}\n" in text
    for line in ("type: Call review", "owner: a", "audience: internal", "product: mail", "tags: [agenda]"):
        assert f"{line}\n" in text
    assert review["article"]["title"] == "Call review 2026-11-02: B X by A X" in text
    assert review["article"]["path"].startswith("articles/reviews/call-review-2026-11-02-b-x-by-a-x-")
    hits = quick("search", "type:call-review", "tag:agenda", "agenda", *PLAIN, cwd=base.root).json["hits"]
    assert {one["path"] for one in hits} == {one["article"]["path"] for one in told["pairs"][0]["reviews"]}
    findings = quick("audit", "--as-of", "2027-06-01", *PLAIN, cwd=base.root).json["findings"]
    assert not [one for one in findings if one["path"].startswith("articles/reviews/")], findings


def test_the_closed_audience_is_the_bases_own_first_one(quick: Run, make_base: Callable[..., Base]) -> None:
    config = 'audiences = ["team", "internal", "external"]\n[articles]\ninclude = ["kb/**/*.md"]\n'
    base = make_base({}, config=config, team=PEOPLE)
    told = drawn(quick, base, "2026-11-02", "--yes", "--people", "a,b", "--language", "vi")
    path = told["pairs"][0]["reviews"][0]["article"]["path"]
    assert path.startswith("kb/reviews/") and "audience: team\n" in base.read(path)
    assert "## Cuộc gọi" in base.read(path)


def test_handed_in_is_what_has_words_in_every_section(quick: Run, base: Base) -> None:
    told = drawn(quick, base, "2026-11-02", "--yes", "--people", "a,b")
    paths = {one["reviewer"]: one["article"]["path"] for one in told["pairs"][0]["reviews"]}

    def status(day: str, *words: str) -> dict[str, Any]:
        told = check(quick("pairs", "status", "--as-of", day, *words, *PLAIN, cwd=base.root), "pairs-status")
        return {one["reviewer"]: one for one in told["rounds"][0]["reviews"]} if told["rounds"] else {}

    fill(base, paths["a"])
    found = status("2026-11-15")
    for name, text in (("e", "Text."), ("f", "")):  # of a type that has no template
        review = f"{{round: 2026-11-02, reviewer: {name}, reviewed: a, due: 2026-11-15}}"
        base.write(f"articles/{name}.md", f"---\ntitle: T\ntype: Memo\nreview: {review}\n---\n{text}\n")
    odd = status("2026-11-15")
    assert (odd["e"]["state"], odd["e"]["empty"]) == ("handed-in", [])
    assert (odd["f"]["state"], odd["f"]["empty"]) == ("open", ["everything"])
    for name in ("e", "f"):
        (base.root / f"articles/{name}.md").unlink()
    assert list(found) == ["a", "b"] and found["a"]["state"] == "handed-in" and not found["a"]["empty"]
    assert found["b"]["state"] == "open" and "What to try" in found["b"]["empty"]
    assert status("2026-11-16")["b"]["state"] == "late"
    assert quick("archive", paths["b"], cwd=base.root).code == 0
    assert status("2026-11-16")["b"]["state"] == "set-aside"
    drawn(quick, base, "2026-11-20", "--yes", "--people", "c,d")
    assert list(status("2026-11-20")) == ["c", "d"], "nobody owes one of the older round"
    assert list(status("2026-11-20", "--round", "2026-11-02")) == ["a", "b"]
    told = quick("pairs", "status", "--round", "2026-11-03", cwd=base.root)
    assert told.code == 2 and "2026-11-20" in told.err
    lines = quick("pairs", "status", "--as-of", "2026-11-21", cwd=base.root)
    assert [line.split("\t")[:3] for line in lines.out.splitlines()] == [
        ["c", "d", "open"],
        ["d", "c", "open"],
    ]
    assert "0 of 2 reviews handed in" in lines.err


def test_archived_reviews_still_say_who_met(quick: Run, base: Base) -> None:
    told = drawn(quick, base, "2026-11-02", "--yes", "--people", "a,b,c")
    for one in told["pairs"][0]["reviews"]:
        quick("archive", one["article"]["path"], cwd=base.root)
    again = drawn(quick, base, "2026-11-16", "--dry-run", "--people", "a,b,c")
    assert again["pairs"][0]["people"] != told["pairs"][0]["people"]
    assert again["sits_out"] != told["sits_out"] and len(again["sits_out"]) == 1


def test_nothing_is_written_unless_somebody_agrees(quick: Run, base: Base, terminal: Terminal) -> None:
    assert quick("pairs", "draw", "--dry-run", cwd=base.root).code == 0
    refused = quick("pairs", "draw", cwd=base.root)
    assert refused.code == 1 and "--yes" in refused.err and len(refused.out.splitlines()) == 3
    asked = terminal("pairs", "draw", cwd=base.root, answers=["n"])
    assert asked.code == 1 and "Write their 6 reviews?" in asked.out and "nothing was written" in asked.out
    unasked = terminal("pairs", "draw", *PLAIN, cwd=base.root)
    assert unasked.code == 1 and "[y/N]" not in unasked.out and "--dry-run shows them" in unasked.out
    silent = terminal("pairs", "draw", cwd=base.root, answers=["\x04"])
    assert silent.code == 1 and "\nnothing was written" in silent.out.replace("\r", "")
    assert not (base.root / "articles/reviews").exists()
    assert terminal("pairs", "draw", cwd=base.root, answers=["y"]).code == 0
    assert len(list((base.root / "articles/reviews").iterdir())) == 6


def test_a_commit_holds_the_reviews_and_nothing_else(quick: Run, base: Base) -> None:
    base.write("articles/mine.md", "---\ntitle: Mine\n---\nText.\n")
    told = drawn(quick, base, "2026-11-02", "--yes", "--commit")
    assert told["commit"] == base.git("rev-parse", "HEAD").strip()
    files = base.git("show", "--name-only", "--format=", "HEAD").split()
    assert len(files) == 6 and all(one.startswith("articles/reviews/") for one in files)
    assert base.git("status", "--porcelain").split() == ["??", "articles/mine.md"]


def test_all_reviews_or_none(quick: Run, base: Base) -> None:
    base.write("articles/reviews", "a file where the folder should be")
    told = quick("pairs", "draw", "--yes", cwd=base.root)
    assert told.code == 2 and "reviews" in told.err and "wrote" not in told.err
    assert base.git("status", "--porcelain").split() == ["??", "articles/reviews"]
    (base.root / "articles/reviews").unlink()
    assert quick("pairs", "draw", "--yes", cwd=base.root).code == 0, "nothing of it was left behind"


def test_who_is_away_left_or_too_far_is_not_drawn(quick: Run, make_base: Callable[..., Base]) -> None:
    team = """\
[people.bkk]
timezone = "Asia/Bangkok"
[people.nyc]
timezone = "America/New_York"
[people.sgn]
timezone = "Asia/Ho_Chi_Minh"
[people.gone]
left = 2026-01-01
"""
    base = make_base({}, team=team)
    told = drawn(quick, base, "2026-11-02", "--dry-run", "--within", "3")
    assert [one["people"] for one in told["pairs"]] == [["bkk", "sgn"]] and told["sits_out"] == ["nyc"]
    assert told["pairs"][0]["hours_apart"] == 0
    told = drawn(quick, base, "2026-11-02", "--dry-run", "--absent", "sgn")
    assert [(one["people"], one["hours_apart"]) for one in told["pairs"]] == [(["bkk", "nyc"], 12)]
    told = drawn(quick, base, "2026-11-02", "--dry-run", "--absent", "sgn", "--within", "12")
    assert [one["people"] for one in told["pairs"]] == [["bkk", "nyc"]]
    told = quick("pairs", "draw", "--from", "2026-11-02", "--absent", "sgn", "--within", "11", cwd=base.root)
    assert told.code == 2 and "no two people are left" in told.err
    for zones, hours in ((("Pacific/Auckland", "America/Los_Angeles"), 3), (("Asia/Kolkata", "UTC"), 5.5)):
        people = [f'[people.{name}]\ntimezone = "{zone}"\n' for name, zone in zip("ab", zones, strict=True)]
        base.write("team.toml", "".join(people))
        told = drawn(quick, base, "2026-11-02", "--dry-run")
        assert told["pairs"][0]["hours_apart"] == hours
    for wrong in ("Asia/Bankok", "Asia", "/etc/passwd", "../UTC"):
        base.write("team.toml", team.replace("Asia/Bangkok", wrong))
        told = quick("pairs", "draw", "--dry-run", cwd=base.root)
        assert told.code == 2 and wrong in told.err and "bkk" in told.err


def test_who_leaves_before_a_round_begins_is_not_in_it(quick: Run, make_base: Callable[..., Base]) -> None:
    people = PEOPLE.replace('name = "C X"', 'name = "C X"\nleft = 2030-01-01')
    base = make_base({"articles/one.md": "---\ntitle: One\n---\nText.\n"}, team=people)
    before = drawn(quick, base, "2029-12-03", "--dry-run")
    after = drawn(quick, base, "2030-01-07", "--dry-run")
    assert "c" in str([one["people"] for one in before["pairs"]])
    assert "c" not in {who for one in after["pairs"] for who in one["people"]}


def test_what_cannot_be_drawn_is_said_in_a_sentence(quick: Run, base: Base) -> None:
    drawn(quick, base, "2026-11-02", "--yes", "--people", "a,b")
    for words, said in {
        ("draw", "--from", "2026-11-02"): "drawn already, with a, b",
        ("draw", "--people", "a"): "no two people are left",
        ("draw", "--people", "care", "--absent", "care"): "nobody is left",
        ("draw", "--absent", "aa"): "neither a person nor a team",
        ("draw", "--round", "2026-11-02"): "--round is for kcs pairs status",
        ("draw", "--from", "soon"): "not a date",
        ("draw", "--from", "9999-12-31"): "beyond the calendar",
        ("draw", "--from", "0001-01-01"): "beyond the calendar",
        ("draw", "--in", "../../elsewhere"): "no article can be there",
        ("status", "--dry-run"): "for kcs pairs draw",
        ("status", "--weeks", "3"): "--round alone",
        ("status", "--yes"): "--round alone",
    }.items():
        told = quick("pairs", *words, cwd=base.root)
        assert told.code == 2 and said in told.err, told.err
    told = drawn(quick, base, "2026-11-02", "--dry-run", "--absent", "a,b")
    assert len(told["pairs"]) == 2, "others may have a round of that day too"


def test_headings_that_there_are_not_are_said_once(quick: Run, base: Base) -> None:
    told = quick("pairs", "draw", "--dry-run", "--language", "xx", cwd=base.root)
    assert told.code == 0 and told.err.count("no headings in 'xx'") == 1


def test_a_review_that_says_too_little_is_named_and_passed_over(quick: Run, base: Base) -> None:
    base.write("articles/odd.md", "---\ntitle: Odd\nreview: {round: soon, reviewer: a}\n---\nText.\n")
    base.write("articles/list.md", "---\ntitle: List\nreview: [a, b]\n---\nText.\n")
    days, both = "round: 2026-11-02, due: 2026-11-15", "reviewer: a, reviewed: b"
    for name, people in (
        ("early", f"round: soon, {both}"),
        ("late", f"due: soon, {both}"),
        ("one", "reviewer: a"),
        ("self", "reviewer: a, reviewed: a"),
        ("yes", "reviewer: a, reviewed: true"),
    ):
        said = ", ".join(one for one in days.split(", ") if one[:3] != people[:3])
        text = f"---\ntitle: A\nreview: {{{said}, {people}}}\n---\nText.\n"
        base.write(f"articles/{name}.md", text)
    told = check(quick("pairs", "status", *PLAIN, cwd=base.root), "pairs-status")
    assert told == {
        "schema": "kcs.pairs-status/1",
        "rounds": [],
        "unread": [f"articles/{one}.md" for one in ("early", "late", "list", "odd", "one", "self", "yes")],
        "unknown_people": [],
    }
    assert "articles/odd.md" in quick("pairs", "draw", "--dry-run", cwd=base.root).err


def test_what_cannot_be_read_any_more_may_be_drawn_again_and_is_named(quick: Run, base: Base) -> None:
    broken = {
        "torn.md": b"---\ntitle: Torn\nreview: {round: 2026-11-02, reviewer: a\n---\nText.\n",
        "wide.md": "---\nreview: {round: 2026-11-02}\n---\n".encode("utf-16"),
        "other.md": b"---\ntitle: [\n---\nThe review: good.\n",
    }
    for name, raw in broken.items():
        (base.root / "articles" / name).write_bytes(raw)
    itself = "---\nreview: {round: 2026-11-02, reviewer: a, reviewed: a, due: 2026-11-15}\n---\n"
    base.write("articles/itself.md", itself)
    told = check(quick("pairs", "status", *PLAIN, cwd=base.root), "pairs-status")
    assert told["unread"] == ["articles/itself.md", "articles/torn.md", "articles/wide.md"]
    assert "articles/torn.md" in quick("pairs", "draw", "--dry-run", cwd=base.root).err


def test_who_is_in_a_review_and_nobody_in_the_team_is_named(quick: Run, base: Base) -> None:
    drawn(quick, base, "2026-11-02", "--yes", "--people", "a,b")
    path = next((base.root / "articles/reviews").iterdir()).relative_to(base.root).as_posix()
    base.write(
        path, base.read(path).replace("reviewer: a,", "reviewer: A,").replace("reviewed: a,", "reviewed: A,")
    )
    told = check(quick("pairs", "status", *PLAIN, cwd=base.root), "pairs-status")
    assert told["unknown_people"] == [{"path": path, "person": "A"}]
    assert f"{path}: 'A' is not in team.toml" in quick("pairs", "status", cwd=base.root).err


def test_a_round_that_two_branches_drew_is_told(quick: Run, base: Base) -> None:
    drawn(quick, base, "2026-11-02", "--yes", "--people", "a,b")
    assert "more than one pair" not in quick("pairs", "status", cwd=base.root).err
    away = base.root / "articles/reviews"
    away.rename(base.root / "elsewhere")
    drawn(quick, base, "2026-11-02", "--yes", "--people", "a,c")
    for one in (base.root / "elsewhere").iterdir():
        one.rename(away / one.name)
    assert "kcs: a in more than one pair of that round" in quick("pairs", "status", cwd=base.root).err
    for one in away.glob("*-b-*"):
        path = one.relative_to(base.root).as_posix()
        base.write(path, base.read(path).replace("confidence: work-in-progress", "confidence: archived"))
    assert "more than one pair" not in quick("pairs", "status", cwd=base.root).err


def test_without_a_team_and_outside_git(quick: Run, make_base: Callable[..., Base]) -> None:
    told = quick("pairs", "draw", cwd=make_base({}, team=None).root)
    assert told.code == 2 and "there is none here" in told.err and not told.out
    assert quick("pairs", "draw", cwd=make_base({}, name="empty", team="[bots]\n").root).code == 2
    outside = make_base({}, name="outside", team=TEAM_TOML, git=False)
    assert check(quick("pairs", "draw", "--yes", *PLAIN, cwd=outside.root), "pairs")["written"]
    assert len(check(quick("pairs", "status", *PLAIN, cwd=outside.root), "pairs-status")["rounds"]) == 1
    told = quick("pairs", "draw", "--yes", "--commit", "--from", "2030-01-01", cwd=outside.root)
    assert (
        told.code == 2
        and "Git repository" in told.err
        and len(list((outside.root / "articles/reviews").iterdir())) == 2
    )


def test_a_narrow_terminal(quick: Run, base: Base) -> None:
    drawn(quick, base, "2026-11-02", "--yes", "--people", "a,b")
    narrow = {"TERM": "xterm", "COLUMNS": "40", "KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1"}
    told = quick("pairs", "status", cwd=base.root, env=narrow)
    assert told.code == 0 and "State: " in told.out and "Due: 20" in told.out
    assert quick("pairs", "draw", "--dry-run", "--people", "c,d", cwd=base.root, env=narrow).out


def test_a_round_looks_around_once_however_many_take_part(
    quick: Run, make_base: Callable[..., Base], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = '[articles]\ninclude = ["articles/**/*.md"]\n[links]\nby = "permalink"\n'
    base = make_base(
        {"articles/reviews/a.md": "---\ntitle: A\npermalink: /help/a/\n---\n"}, config=config, team=PEOPLE
    )
    walks = []

    def counted(root: Path, config: Config) -> Iterable[str]:
        walks.append(root)
        return walk(root, config)

    monkeypatch.setattr("kcs.authoring.surroundings.walk", counted)
    reviews = [
        one["article"]
        for pair in drawn(quick, base, "2026-11-02", "--yes")["pairs"]
        for one in pair["reviews"]
    ]
    assert len(walks) == 1 and len({one["id"] for one in reviews}) == len(reviews) == 6
    for one in reviews:
        name = one["path"].rpartition("/")[2].removesuffix(".md")
        assert f"permalink: /help/{name}/\n" in base.read(one["path"])
