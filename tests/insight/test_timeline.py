"""Trust over time: every point is what `kcs trust --at` says of that day, and what a checkout of that commit says."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kcs.insight.score import score
from kcs.insight.timeline import Point, kept_as, month_ends, point_of, timeline
from kcs.kb.base import KnowledgeBase
from kcs.kb.settings.config import parse_config
from kcs.kb.settings.team_reader import parse_team
from tests.conftest import JD, KCS_TOML, KP, TEAM_TOML, Base, Run

pytestmark = pytest.mark.forked

FIRST, LAST = date(2025, 1, 31), date(2026, 6, 15)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def at(root: Path, day: date) -> Point:
    """The point that `--at` gives."""
    kb = KnowledgeBase.open(root, at=day.isoformat())
    return point_of(day, kb.commit or "", score(kb.articles, kb.verdicts))


def points(root: Path, last: date = LAST) -> dict[date, Point]:
    kb = KnowledgeBase.open(root, as_of=last)
    return {one.day: one for one in timeline(kb, month_ends(FIRST, last)).points}


def same_as_at(root: Path) -> dict[date, Point]:
    found = points(root)
    assert len(found) > 10
    for day, point in list(found.items())[:-1]:
        assert point == at(root, day), day
    return found


def article(date_in: str = "", text: str = "Text.", *more: str) -> str:
    dated = f'last_reviewed: "{date_in}"\n' if date_in else ""
    return f"---\ntitle: A title\n{dated}{''.join(one + chr(10) for one in more)}---\n\n{text}\n"


CONFIG = """\
timezone = "Asia/Bangkok"
[articles]
include = ["articles/**/*.md"]
[fields]
verified_at = "last_reviewed"
[defaults]
verify_every = "120d"
"""
ADOPT = CONFIG + '[adopt]\non = 2026-01-01\nover = "90d"\n'
POLICY = (
    CONFIG.replace("120d", "60d")
    + '[[policy]]\nmatch = {path = "articles/old/**"}\nconfidence = "archived"\n'
)
TEAM = TEAM_TOML + "[people.new]\nemails = ['new@acme.example']\n"


def some_change(draw: random.Random, base: Base, day: date) -> None:
    """One of the things that happen to a base."""
    root = base.root / "articles"
    present = sorted(one.relative_to(base.root).as_posix() for one in root.rglob("*.md"))
    path = draw.choice(present)
    text = base.read(path)
    kind = draw.randrange(13)
    if kind == 0:
        base.write(f"articles/n{draw.randrange(40)}.md", article(day.isoformat(), f"Text {draw.random()}."))
    elif kind == 1:
        base.write(path, text.replace("Text", "Other text"))
    elif kind == 2:
        base.write(
            path,
            article(draw.choice([day, day - timedelta(days=200)]).isoformat(), text.rpartition("---\n\n")[2]),
        )
    elif kind == 3 and "/old/" not in path:
        (base.root / "articles/old").mkdir(exist_ok=True)
        base.git("mv", "-f", path, f"articles/old/{Path(path).name}")
    elif kind == 4 and len(present) > 3:
        base.git("rm", "-q", "-f", path)
    elif kind == 5:
        base.write("kcs.toml", draw.choice([CONFIG, ADOPT, POLICY]))
    elif kind == 6:
        base.write("team.toml", draw.choice([TEAM, TEAM_TOML, TEAM.replace("2025-01-01", "2026-02-01")]))
    elif kind == 7:
        base.write(path, text.replace("---\n\n", "flags: [{by: x, reason: wrong}]\n---\n\n", 1))
    elif kind == 8:
        base.write(
            path, text + f"\nSee [the other]({draw.choice(present)}), [this](/{draw.choice(present)}).\n"
        )
    elif kind == 9:
        base.write(path, "---\nnever closed\n")
    elif kind == 10:
        base.write(".mailmap", draw.choice(["", "New <new@acme.example> <jd@acme.example>\n"]))
    elif kind == 11:
        base.write(path, text.replace("Text.", "Text.\n  "))
    else:
        base.write("moves.tsv", f"{path}\tkb-key{draw.randrange(3)}\n")


@pytest.mark.parametrize("seed", range(3))
def test_any_history_has_the_points_that_at_gives(
    make_base: Callable[..., Base], run: Run, seed: int
) -> None:
    draw = random.Random(seed)
    files = {f"articles/a{n}.md": article("2024-12-01" if n % 2 else "", f"Text {n}.") for n in range(8)}
    files["articles/stamped.md"] = article(
        "", "Text of its own.", "confidence: validated", "verifiers: [jd, kp]"
    )
    base = make_base(files, config=CONFIG, team=TEAM if seed % 2 else None)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    day, branch = date(2025, 1, 20), 0
    while day < LAST - timedelta(days=20):
        who = draw.choice([JD, KP, {"name": "New", "email": "new@acme.example"}])
        if draw.random() < 0.2:
            branch += 1
            base.git("checkout", "-q", "-b", f"b{branch}")
            some_change(draw, base, day)
            base.commit(day=day.isoformat(), who=who)
            base.git("checkout", "-q", "main")
            some_change(draw, base, day)
            base.commit(day=(day + timedelta(days=1)).isoformat(), who=who)
            merge(base, f"b{branch}", (day + timedelta(days=2)).isoformat())
        elif draw.random() < 0.15 and (base.root / "articles/stamped.md").exists():
            run(
                "verify", "articles/stamped.md", "--force", "--as-of", day.isoformat(), cwd=base.root, who=who
            )
            base.commit(day=day.isoformat(), who=who)
        else:
            some_change(draw, base, day)
            base.commit(day=day.isoformat(), who=who)
        day += timedelta(days=draw.randrange(4, 25))
    same_as_at(base.root)


def merge(base: Base, branch: str, day: str) -> None:
    """Merge it; where that is a conflict, leave it."""
    words = ["git", "merge", "-q", "-X", "ours", "--no-edit", branch]
    if subprocess.run(words, cwd=base.root, env={**base.env, **when(day)}, capture_output=True).returncode:
        base.git("merge", "--abort")


def when(day: str) -> dict[str, str]:
    found = {
        f"GIT_{role}_{what}": JD[what.lower()]
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    return found | {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}


@pytest.fixture
def told(make_base: Callable[..., Base]) -> Base:
    """Written in January 2025, dated in March, its text changed in May, dated again in September."""
    base = make_base({"articles/a.md": article()}, config=CONFIG, team=None)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    base.commit({"articles/a.md": article("2025-03-01")}, day="2025-03-02")
    base.commit({"articles/a.md": article("2025-03-01", "New text.")}, day="2025-05-02")
    base.commit({"articles/a.md": article("2025-09-01", "New text.")}, day="2025-09-02")
    return base


def test_a_story_that_can_be_followed(told: Base) -> None:
    found = same_as_at(told.root)
    whole = {day.isoformat()[:7]: (one.trusted, dict(one.first_reason)) for day, one in found.items()}
    assert whole["2025-01"] == whole["2025-02"] == (0, {"not-validated": 1})
    assert whole["2025-03"] == whole["2025-04"] == (1, {})
    assert whole["2025-05"] == (0, {"content-changed": 1})
    assert whole["2025-06"] == whole["2025-08"] == (0, {"stale": 1})
    assert whole["2025-09"] == (1, {}) and whole["2026-01"] == (0, {"stale": 1})


def test_stamps_count_while_the_text_is_theirs(make_base: Callable[..., Base], run: Run) -> None:
    """It is changed and changed back; what it links to moves;
    then the link leads elsewhere, and it is verified again.
    """
    name, words = "articles/a.md", "Text. See [it](it.md)."
    others = {f"articles/{one}.md": f"---\nid: kb-{one}000001\ntitle: T\n---\n\nx\n" for one in ("it", "no")}
    base = make_base(
        {name: article("", words, "confidence: validated"), **others}, config=CONFIG.replace("120d", "900d")
    )
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    assert run("verify", name, "--force", "--as-of", "2025-02-02", cwd=base.root).code == 0
    base.commit(day="2025-02-02")
    verified = base.read(name)
    base.commit({name: verified.replace("Text.", "Other text.")}, day="2025-04-02")
    base.commit({name: verified}, day="2025-06-02")
    base.git("mv", "articles/it.md", "articles/moved.md")
    moved = verified.replace("(it.md)", "(moved.md)")
    base.commit({name: moved}, day="2025-08-02")
    base.commit({name: moved.replace("(moved.md)", "(no.md)")}, day="2025-10-02")
    assert run("verify", name, "--force", "--as-of", "2025-12-02", cwd=base.root).code == 0
    base.commit(day="2025-12-02")
    base.commit({"articles/no.md": "---\nid: kb-new00001\ntitle: T\n---\n\nx\n"}, day="2026-02-02")
    found = same_as_at(base.root)
    whole = {day.isoformat()[2:7]: one for day, one in found.items()}
    assert {day for day, one in whole.items() if "content-changed" in dict(one.first_reason)} == {
        "25-04", "25-05", "25-10", "25-11", "26-02", "26-03", "26-04", "26-05", "26-06",
    }  # fmt: skip
    assert {day for day, one in whole.items() if one.trusted} == {
        "25-02", "25-03", "25-06", "25-07", "25-08", "25-09", "25-12", "26-01",
    }  # fmt: skip


def test_what_is_gone_and_what_is_no_longer_included(make_base: Callable[..., Base], run: Run) -> None:
    name, config = "articles/a.md", CONFIG.replace("120d", "900d")
    text = article("", "Text. [doc](sub/../doc.txt)", "confidence: validated")
    base = make_base({name: text, "articles/doc.txt": "x", "articles/old/b.md": article()}, config=config)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    assert run("verify", name, "--force", "--as-of", "2025-02-02", cwd=base.root).code == 0
    base.commit(day="2025-02-02")
    base.git("mv", "articles/doc.txt", "articles/other.txt")
    base.commit(day="2025-04-02")
    base.git("mv", "articles/other.txt", "articles/doc.txt")
    base.commit(day="2025-06-02")
    base.commit({"kcs.toml": config.replace("**/*.md", "*.md")}, day="2025-08-02")
    found = {day.isoformat()[2:7]: one for day, one in same_as_at(base.root).items()}
    assert (found["25-07"].total, found["25-08"].total) == (2, 1)
    assert [found[day].trusted for day in ("25-03", "25-04", "25-05", "25-06")] == [1, 0, 0, 1]


def test_people_and_names_are_those_of_their_time(make_base: Callable[..., Base]) -> None:
    """Whoever was not in team.toml yet was nobody of a quorum; an adopted article is due by its permalink."""
    config = CONFIG.replace("120d", "60d") + '[links]\nby = "permalink"\n'
    config += '[[policy]]\nmatch = {path = "articles/a.md"}\nquorum = 2\n'
    files = {f"articles/p{n}.md": article("2024-12-01", "Text.", f"permalink: place/{n}/") for n in range(12)}
    name = "articles/a.md"
    first = "verified: [{by: 'human:kp', at: 2025-03-20}"
    both = first + ", {by: 'human:new', at: 2025-03-20}]"
    base = make_base({**files, name: article("", "Text.", "confidence: validated")}, config=config)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    new = {"name": "New", "email": "new@acme.example"}
    facts = ("confidence: validated",)
    base.commit({name: article("", "Text.", *facts, first + "]")}, day="2025-03-21", who=KP)
    base.commit({name: article("", "Text.", *facts, both)}, day="2025-03-22", who=new)
    base.commit({"team.toml": TEAM}, day="2025-04-02")
    base.commit({"kcs.toml": config + '[adopt]\non = 2025-06-01\nover = "300d"\n'}, day="2025-06-02")
    found = {day.isoformat()[2:7]: one for day, one in same_as_at(base.root).items()}
    assert found["25-04"].trusted == found["25-03"].trusted + 1
    assert len({one.first_reason for day, one in found.items() if day > "25-06"}) > 3, (
        "some are due each month"
    )


def test_it_is_said_which_commits_hold_no_configuration(make_base: Callable[..., Base]) -> None:
    base = make_base({"articles/a.md": article("2025-01-01")}, config=CONFIG, team=None)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    base.git("rm", "-q", "kcs.toml")
    base.git("commit", "-q", "-m", "without it", **when("2025-02-02"))
    base.commit({"kcs.toml": CONFIG}, day="2025-04-02")
    told = timeline(KnowledgeBase.open(base.root, as_of=LAST), month_ends(FIRST, LAST))
    assert told.notes == ("1 of these past commits holds no kcs.toml: the working tree's is used",)
    assert {one.total for one in told.points} == {1}


@pytest.mark.parametrize("name", ["kcs.toml", "team.toml"])
def test_settings_that_nobody_can_read_any_more_cost_their_month_alone(
    make_base: Callable[..., Base], run: Run, name: str
) -> None:
    base = make_base({"articles/a.md": article("2025-01-01")}, config=CONFIG, team=TEAM_TOML)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    whole = (base.root / name).read_text()
    base.commit({name: whole + "\n[broken"}, day="2025-03-02")
    base.commit({name: whole}, day="2025-05-02")
    told = timeline(KnowledgeBase.open(base.root, as_of=LAST), month_ends(FIRST, LAST))
    assert [str(one.day)[:7] for one in told.points][:4] == ["2025-01", "2025-02", "2025-05", "2025-06"]
    (said,) = told.notes
    assert said.startswith("there is no trust and content of 2025-03-31, 2025-04-30: ")
    assert f":{name}:" in said and "is not valid TOML" in said
    for words in ((), ("--by", "month"), ("--format", "csv"), ("--format", "openmetrics")):
        shown = run("metrics", "--since", "2025-02-01", "--as-of", str(LAST), *words, cwd=base.root)
        assert shown.code == 0 and f"kcs: {said}" in shown.err, shown.err


def test_a_base_may_lie_in_a_folder_of_any_name(tmp_path: Path, make_base: Callable[..., Base]) -> None:
    """Git's answer about a file that is not there repeats its name."""
    base = make_base({}, config=CONFIG, team=None)
    root = base.root / "a blob 12"
    base.commit(
        {"a blob 12/kcs.toml": CONFIG, "a blob 12/articles/a.md": article("2025-01-01")}, day="2025-01-10"
    )
    told = timeline(KnowledgeBase.open(root, as_of=LAST), month_ends(FIRST, LAST))
    assert len(told.points) > 10 and {one.total for one in told.points} == {1} and not told.notes


def test_pictures_and_anchors_count_as_they_were(make_base: Callable[..., Base]) -> None:
    """A picture is changed, put back, and moved together with what shows it; then a link names another place."""
    name, words = "articles/a.md", "Text. ![p](../p.png) [x](#one)"
    config = CONFIG.replace("120d", "300d") + "images = true\n"
    base = make_base({name: article("", words), "p.png": b"one"}, config=config, team=None)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    base.commit({name: article("2025-03-01", words)}, day="2025-03-02")
    base.commit({"p.png": b"other"}, day="2025-04-02")
    base.commit({"p.png": b"one"}, day="2025-05-02")
    base.git("mv", "p.png", "q.png")
    words = words.replace("p.png", "q.png")
    base.commit({name: article("2025-03-01", words)}, day="2025-06-02")
    base.commit({name: article("2025-09-01", words)}, day="2025-09-02")
    base.commit({name: article("2025-09-01", words.replace("#one", "#two"))}, day="2025-10-02")
    base.commit({name: article("2025-09-01", words)}, day="2025-11-02")
    base.commit({"q.png": b"other"}, day="2025-12-02")
    found = same_as_at(base.root)
    whole = {day.isoformat()[2:7]: one.first_reason for day, one in found.items()}
    changed = (("content-changed", 1),)
    assert {one: whole[one] for one in ("25-03", "25-04", "25-05", "25-06", "25-09", "25-10", "25-11", "25-12")} == {
        "25-03": (), "25-04": changed, "25-05": (), "25-06": changed, "25-09": (), "25-10": changed, "25-11": (), "25-12": changed,
    }  # fmt: skip


def test_a_picture_that_was_lost_and_came_back(make_base: Callable[..., Base]) -> None:
    name, words = "articles/a.md", "Text. ![p](../p.png)"
    config = CONFIG.replace("120d", "600d") + "images = true\n"
    base = make_base({name: article("", words), "p.png": b"one"}, config=config, team=None)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    base.commit({name: article("2025-02-01", words)}, day="2025-02-02")
    base.git("rm", "-q", "p.png")
    base.git("commit", "-q", "-m", "without it", **when("2025-04-02"))
    base.commit({"p.png": b"one"}, day="2025-06-02")
    found = same_as_at(base.root)
    whole = {day.isoformat()[2:7]: one.first_reason for day, one in found.items()}
    changed = (("content-changed", 1),)
    assert {one: whole[one] for one in ("25-03", "25-04", "25-05", "25-06")} == {
        "25-03": (), "25-04": changed, "25-05": changed, "25-06": (),
    }  # fmt: skip


def test_each_of_two_dates_is_for_the_text_that_it_came_in_with(make_base: Callable[..., Base]) -> None:
    name, both = (
        "articles/a.md",
        "confidence: validated\nverified: [{by: 'human:kp', at: 2025-02-01}, {by: 'human:jd', at: 2025-05-01}]",
    )
    first = both.partition(", {by: 'human:jd'")[0] + "]"
    config = CONFIG.replace("120d", "300d") + "quorum = 2\n"
    base = make_base({name: article()}, config=config, team=None)
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    base.commit({name: article("", "Text.", first)}, day="2025-02-02", who=KP)
    base.commit({name: article("", "New text.", both)}, day="2025-05-02")
    base.commit({name: article("", "Text.", both)}, day="2025-07-02")
    base.commit({name: article("", "New text.", both)}, day="2025-08-02")
    found = same_as_at(base.root)
    whole = {day.isoformat()[2:7]: one.first_reason for day, one in found.items()}
    assert whole["25-04"] == (("quorum-missing", 1),) and not any(one.trusted for one in found.values())
    assert whole["25-05"] == whole["25-07"] == whole["25-09"] == (("content-changed", 1),)


def test_what_never_counts_did_not_count_in_the_past(make_base: Callable[..., Base]) -> None:
    """Machines' dates, days that are none, contents of another program or of nobody; and pictures that came later."""
    base = make_base({"articles/a.md": article()}, config=CONFIG.replace("120d", "300d") + "images = true\n")
    base.git("commit", "-q", "--amend", "--no-edit", "--reset-author", **when("2025-01-10"))
    entries = {
        "machine": "{by: 'process:ci', at: 2025-02-01}",
        "day": "{by: 'human:jd', at: some day}",
        "other": "{by: 'human:jd', at: 2025-02-01, content: 'kcs9:00000000000000000000000000000000'}",
        "none": "{by: 'human:jd', at: 2025-02-01, content: by heart}",
        "late": "{by: 'human:jd', at: 2025-02-01}",
    }
    base.commit(
        {
            f"articles/{name}.md": article(
                "", "Text. ![p](late.png)", f"confidence: validated\nverified: [{one}]"
            )
            for name, one in entries.items()
        },
        day="2025-02-02",
    )
    found = same_as_at(base.root)
    assert found[date(2025, 2, 28)].trusted == 1, "only the last"
    base.commit({"articles/late.png": b"one"}, day="2025-03-02")
    found = same_as_at(base.root)
    assert found[date(2025, 2, 28)].trusted == 1 and found[date(2025, 3, 31)].trusted == 0
    assert dict(found[date(2025, 3, 31)].first_reason) == {
        "not-validated": 1, "unknown-history": 1, "never-verified": 1, "content-changed": 3
    }  # fmt: skip


def test_a_checkout_says_the_same(told: Base, tmp_path: Path) -> None:
    for day, point in list(points(told.root).items())[3:12:4]:
        there = tmp_path / day.isoformat()
        told.git("worktree", "add", "-q", "--detach", str(there), point.commit)
        kb = KnowledgeBase.open(there, as_of=day)
        assert point_of(day, point.commit, score(kb.articles, kb.verdicts)) == point


def test_what_is_kept_answers_alone_and_a_new_commit_changes_nothing_before_it(
    told: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = points(told.root)
    told.commit({"articles/b.md": article("2026-05-01")}, day="2026-05-02")
    asked: list[date] = []

    def listen(kb: KnowledgeBase, grounds: object, missing: list[Point]) -> list[Point]:
        asked.extend(one.day for one in missing)
        return [at(told.root, one.day) for one in missing]

    monkeypatch.setattr("kcs.insight.timeline._worked_out", listen)
    after = points(told.root)
    assert asked == [date(2026, 5, 31)]
    assert {day: one for day, one in after.items() if day < date(2026, 5, 1)} == {
        day: one for day, one in before.items() if day < date(2026, 5, 1)
    }
    told.write("kcs.toml", CONFIG.replace("120d", "30d"))
    points(told.root)  # each of these commits has its own
    assert len(asked) == 1


def test_damaged_figures_are_made_anew(told: Base) -> None:
    before = points(told.root)
    kb = KnowledgeBase.open(told.root)
    stored = kb.cache.read("timeline", kept_as())
    damages: tuple[object, ...] = (
        [],
        {"x": 1},
        {key: [1, "a", 2, 3, 4, 5, []] for key in stored},
        {key: [1] for key in stored},
        dict.fromkeys(stored),
    )
    for damage in damages:
        kb.cache.write("timeline", damage, kept_as())
        assert points(told.root) == before


def test_points_of_articles_that_were_judged_otherwise_are_made_anew(
    told: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = points(told.root)
    kb = KnowledgeBase.open(told.root)
    stored = kb.cache.read("timeline", kept_as())
    kb.cache.write("timeline", {key: [0, *one[1:]] for key, one in stored.items()}, kept_as())
    assert points(told.root) != before
    monkeypatch.setattr("kcs.kb.known_standings.FORMAT", 9999)
    assert points(told.root) == before


def test_a_shallow_clone_never_shows_old_dates_as_fresh(told: Base, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    told.git("clone", "-q", "--depth", "2", f"file://{told.root}", str(clone))
    found = points(clone)
    assert found and all(one == at(clone, day) for day, one in list(found.items())[:-1])


def test_below_a_folder_of_a_repository(make_base: Callable[..., Base]) -> None:
    base = make_base(
        {
            "kb/kcs.toml": CONFIG,
            "kb/articles/a.md": article("2026-04-20"),
            "articles/b.md": "no",
            "kc/articles/c.md": article("2026-04-20"),  # a folder whose name is as long is another one
        },
        team=None,
    )
    found = points(base.root / "kb")
    assert [(day, one.trusted, one.total) for day, one in found.items()] == [
        (date(2026, 5, 31), 1, 1),
        (LAST, 1, 1),
    ]
    assert found[date(2026, 5, 31)] == at(base.root / "kb", date(2026, 5, 31))


def test_without_a_past_there_is_today(make_base: Callable[..., Base]) -> None:
    kb = KnowledgeBase.open(
        make_base({"articles/a.md": article("2026-06-01")}, config=CONFIG, git=False).root, as_of=LAST
    )
    told = timeline(kb, month_ends(FIRST, LAST))
    assert [one.total for one in told.points] == [1] and "outside Git" in told.notes[0]


def test_a_month_ends_on_its_last_day_and_the_last_point_is_today() -> None:
    assert month_ends(date(2024, 1, 31), date(2024, 4, 30)) == [
        date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)
    ]  # fmt: skip
    assert month_ends(date(2024, 12, 1), date(2025, 1, 5)) == [date(2024, 12, 31), date(2025, 1, 5)]
    year = month_ends(date(2025, 1, 1), date(2026, 1, 1))
    assert [(one.year, one.month) for one in year] == [*((2025, month) for month in range(1, 13)), (2026, 1)]


def test_the_real_base_over_its_years(
    corpora: Path, tmp_path: Path, kcs_env: dict[str, str], run: Run
) -> None:
    """Three of its points and one checkout; bench/timeline.py compares twelve and three."""
    root = tmp_path / "rackspace"
    bundle = corpora / "rackspace-how-to.bundle"
    subprocess.run(["git", "clone", "-q", str(bundle), str(root)], env=kcs_env, check=True)
    assert run("init", "--adopt", cwd=root).code == 0
    kb = KnowledgeBase.open(root, as_of=date(2022, 12, 31))
    found = {one.day: one for one in timeline(kb, month_ends(date(2016, 1, 1), kb.today)).points}
    assert len(found) == 84
    days = [date(2017, 3, 31), date(2019, 10, 31), date(2020, 11, 30)]
    for day in days:
        assert found[day] == at(root, day), day
    assert len({one.percent for one in found.values()}) > 20
    for day in days[1:2]:
        there = tmp_path / day.isoformat()
        subprocess.run(
            ["git", "worktree", "add", "-q", "--detach", str(there), found[day].commit],
            cwd=root,
            env=kcs_env,
            check=True,
        )
        (there / "kcs.toml").write_bytes((root / "kcs.toml").read_bytes())
        then = KnowledgeBase.open(there, as_of=day)
        assert point_of(day, found[day].commit, score(then.articles, then.verdicts)) == found[day], day


def test_nobody_reads_a_configuration_otherwise_than_the_tests_do() -> None:
    """What `some_change` writes is what it means to write."""
    for text in (CONFIG, ADOPT, POLICY, KCS_TOML):
        parse_config(text.encode())
    assert "new" in parse_team(TEAM.encode()).people
