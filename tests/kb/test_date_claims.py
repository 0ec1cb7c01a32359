"""Dates without a fingerprint, where they could be believed too easily: moved files, caches, names, pictures."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kcs.audit.changes import since_verified
from kcs.kb.base import KnowledgeBase
from tests.conftest import ADOPTED_TOML, BOT, JD, KP, Base, Run, identity

pytestmark = pytest.mark.forked

SMTP = "---\npermalink: smtp/\naudit_date: '2025-06-10'\ntitle: Send\n---\n\nUse port 587.\n"
NEW_TEXT = SMTP.replace("587", "25")
PATH = "content/smtp.md"
DAY = "2025-08-01"
Make = Callable[..., Base]


def reasons(run: Run, base: Base, path: str = PATH, *more: str) -> list[str]:
    """Why the article at `path` is not trusted, as `kcs list` says; empty when it is."""
    when = () if "--at" in more or "--as-of" in more else ("--as-of", DAY)
    done = run("list", "--kb", base.root, "--format", "json", *when, *more)
    assert done.code == 0, done.err
    found: list[dict[str, Any]] = done.json["articles"]
    return next(one["reasons"] for one in found if one["path"] == path)


def changed(make_base: Make, **more: Any) -> Base:
    """A base whose one dated article says something else than when it was dated."""
    base = make_base({PATH: SMTP}, config=ADOPTED_TOML, **({"team": None} | more))
    base.commit({PATH: NEW_TEXT}, day="2026-05-02")
    return base


def test_a_file_that_is_only_moved_keeps_the_commit_its_date_came_from(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    assert reasons(run, base) == ["content-changed"]
    base.git("mv", PATH, "content/mail.md")
    assert reasons(run, base, "content/mail.md") == ["content-changed"]
    base.commit(message="move")
    assert reasons(run, base, "content/mail.md") == ["content-changed"]


def test_a_moved_file_whose_lines_end_otherwise_in_git_keeps_the_commit_its_date_came_from(
    make_base: Make, run: Run
) -> None:
    """As on Windows: it was like no former file, and its date counted as just written by whoever asked."""
    base = changed(make_base)
    base.commit({".gitattributes": "*.md text eol=crlf\n"}, day="2026-05-03")
    base.git("rm", "-q", "--cached", PATH)
    base.git("reset", "-q", "--hard")
    assert b"\r\n" in (base.root / PATH).read_bytes()
    base.git("mv", PATH, "content/mail.md")
    assert reasons(run, base, "content/mail.md") == ["content-changed"]


def test_a_file_moved_and_dated_anew_vouches_for_what_it_says(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    base.git("mv", PATH, "content/mail.md")
    base.write("content/mail.md", NEW_TEXT.replace("2025-06-10", "2025-07-10"))
    assert reasons(run, base, "content/mail.md") == []


def test_a_file_that_stayed_is_not_what_a_moved_article_was(make_base: Make, run: Run) -> None:
    """A page that is no article, and more like the moved one than its
    own former self, lent it no history: it counted as just dated.
    """
    base = changed(make_base)
    base.commit({"templates/mail.md": NEW_TEXT}, day="2026-05-03")
    (base.root / PATH).rename(base.root / "content/mail.md")
    assert reasons(run, base, "content/mail.md") == ["content-changed"]
    base.write("content/mail.md", NEW_TEXT + "\nOr port 2525.\n")
    assert reasons(run, base, "content/mail.md") == ["content-changed"]
    base.commit(message="move")
    assert reasons(run, base, "content/mail.md") == ["content-changed"]


@pytest.mark.parametrize("alike", [False, True])
@pytest.mark.parametrize("way", ["another moves in", "they change places", "a new one is written"])
def test_an_article_that_makes_room_for_another_keeps_the_commit_its_date_came_from(
    make_base: Make, run: Run, way: str, alike: bool
) -> None:
    """Git takes the old name's file for changed and the new name's
    for new: the date vouched for whatever the text said by then.
    """
    other, room = "content/imap.md", "content/older.md"
    lines = {
        word: "".join(f"Step {n} of {word} is the {word} step.\n" for n in range(20))
        for word in ("smtp", "imap", "pop")
    }
    if alike:  # as articles from one template are
        lines = {word: f"{lines['smtp']}And {word}.\n" for word in lines}
    dated = dict(zip(lines, ("2025-06-10", "2025-06-11", "2025-06-12"), strict=True))
    text = {word: f"---\naudit_date: '{dated[word]}'\ntitle: {word}\n---\n\n{lines[word]}" for word in lines}
    base = make_base({PATH: text["smtp"], other: text["imap"]}, config=ADOPTED_TOML, team=None)
    base.commit({PATH: text["smtp"] + "And another.\n"}, day="2026-05-02")
    moved = other if way == "they change places" else room
    now = {moved: base.read(PATH), PATH: text["pop"] if way == "a new one is written" else text["imap"]}
    if way == "another moves in":
        base.git("rm", "-q", "--cached", other)
        (base.root / other).unlink()
    for path, said in now.items():
        base.write(path, said)
    assert (reasons(run, base, moved), reasons(run, base)) == (["content-changed"], [])
    base.commit(message="move", day="2026-05-03")
    assert (reasons(run, base, moved), reasons(run, base)) == (["content-changed"], [])
    base.write(moved, text["smtp"])
    assert reasons(run, base, moved) == []


@pytest.mark.parametrize("common", [0, 30])
def test_many_that_are_moved_at_once_keep_the_commits_their_dates_came_from(
    make_base: Make, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    """Each was compared with each: six hundred rewritten articles took `kcs list` twelve seconds.
    `common`: lines that all have.
    """
    from kcs.kb.past import moved

    count, shared = 40, "".join(f"Step {n} is the same for everybody.\n" for n in range(common))
    texts = [
        f"---\naudit_date: '2025-06-{10 if common else nth % 28 + 1:02}'\ntitle: {nth}\n---\n\n{shared}"
        + "".join(f"Line {n} of {nth}, about {nth * 7 + n}.\n" for n in range(20))
        for nth in range(count)
    ]
    paths = [f"content/{nth:02}.md" for nth in range(count)]
    base = make_base(dict(zip(paths, texts, strict=True)), config=ADOPTED_TOML, team=None)
    texts = [f"{one}And another.\n" for one in texts]
    base.commit(dict(zip(paths, texts, strict=True)), day="2026-05-02")
    for path, text in zip(paths, texts[1:] + texts[:1], strict=True):
        if common:  # and nothing else
            (base.root / path).unlink()
            path = path.replace("/", "/moved-")
            text = text.replace("Line", "Row").replace("title: ", "title: The ")
        base.write(path, f"{text}And more.\n")
    compared = 0

    def counted(*given: Any) -> float:
        nonlocal compared
        compared += 1
        return likeness(*given)

    likeness = moved._likeness
    monkeypatch.setattr(moved, "_likeness", counted)
    kb = KnowledgeBase.open(base.root, as_of=date(2025, 8, 1))
    assert {verdict.reasons for verdict in kb.verdicts.values()} == {("content-changed",)}
    assert common or compared < 5 * count


def test_what_an_article_was_before_it_was_moved_rests_on_other_articles_too(
    make_base: Make, run: Run
) -> None:
    """Written back under its old name, the text is there again: the new file is a copy, dated by whoever made it."""
    text = f"---\naudit_date: '2025-06-10'\ntitle: Send\n---\n\n{''.join(f'Step {n}.{chr(10)}' for n in range(40))}"
    base = make_base({PATH: text}, config=ADOPTED_TOML, team=None)
    base.commit({PATH: f"{text}And one more.\n"}, day="2026-05-02")
    base.write("content/new.md", base.read(PATH))
    base.write(PATH, text.replace("Step", "Nothing that was here before:"))
    assert reasons(run, base, "content/new.md") == ["content-changed"]
    base.git("checkout", "-q", "HEAD", "--", PATH)
    assert reasons(run, base, "content/new.md") == []


def test_an_article_that_was_a_draft_before_it_was_moved_keeps_the_commit_its_date_came_from(
    make_base: Make, run: Run
) -> None:
    base = make_base({"drafts/smtp.md": SMTP}, config=ADOPTED_TOML, team=None)
    base.commit({"drafts/smtp.md": NEW_TEXT}, day="2026-05-02")
    (base.root / "content").mkdir()
    base.git("mv", "drafts/smtp.md", PATH)
    assert reasons(run, base) == ["content-changed"]
    base.git("restore", "--source=HEAD", "drafts/smtp.md")
    assert reasons(run, base) == [], "a copy is no move"
    (base.root / "drafts/smtp.md").unlink()
    assert reasons(run, base) == ["content-changed"]
    base.commit(message="move")
    assert reasons(run, base) == ["content-changed"]
    base.git("mv", PATH, "drafts/smtp.md")
    base.commit({"drafts/smtp.md": SMTP}, message="back")
    base.git("mv", "drafts/smtp.md", PATH)
    assert reasons(run, base) == []


def test_a_text_in_conflict_is_not_vouched_for_by_the_date_that_the_merge_brings_in(
    make_base: Make, run: Run
) -> None:
    base = make_base({PATH: SMTP}, config=ADOPTED_TOML, team=None)
    base.git("checkout", "-q", "-b", "review")
    base.commit({PATH: SMTP.replace("587", "465").replace("2025-06-10", "2025-07-10")})
    base.git("checkout", "-q", "-")
    base.commit({PATH: NEW_TEXT})
    with pytest.raises(AssertionError):  # Git says that it is in conflict
        base.git("merge", "-q", "review", **identity(JD))
    text = base.read(PATH)
    assert "2025-07-10" in text and "<<<<<<<" in text
    assert reasons(run, base) == ["content-changed"]


def test_a_date_that_an_unfinished_merge_brings_in_vouches_for_no_merged_text(
    make_base: Make, run: Run
) -> None:
    """It vouches for one side's text, before the commit of the merge as after it; HEAD alone does not know it."""
    text = SMTP + "\nFirst.\n" + "\n" * 5 + "Last.\n"
    base = make_base({PATH: text}, config=ADOPTED_TOML, team=None)
    base.git("checkout", "-q", "-b", "review")
    base.commit({PATH: text.replace("2025-06-10", "2025-07-10")}, who=KP)
    base.git("checkout", "-q", "-")
    base.commit({PATH: text.replace("Last.", "Other.")})
    before = reasons(run, base)
    base.git("merge", "-q", "--no-commit", "review", **identity(JD))
    merged = base.read(PATH)
    assert "2025-07-10" in merged and "Other." in merged
    assert reasons(run, base) == ["content-changed"]
    base.git("merge", "--abort")
    assert reasons(run, base) == before
    base.write(PATH, merged)
    assert reasons(run, base) == [], "typed by hand: whoever is at work says so"
    base.git("checkout", "-q", PATH)
    base.git("merge", "-q", "review", **identity(JD))
    assert reasons(run, base) == ["content-changed"]


def test_a_date_that_an_unfinished_merge_sets_back_is_the_other_sides(make_base: Make, run: Run) -> None:
    """HEAD had it too, for another text: it vouches for what the side
    says that is taken, before the commit of the merge as after it.
    """
    base = make_base({PATH: SMTP.replace("2025-06-10", "2025-01-01")}, config=ADOPTED_TOML, team=None)
    base.git("checkout", "-q", "-b", "review")
    base.commit({PATH: NEW_TEXT}, who=KP, day="2025-06-10")
    base.git("checkout", "-q", "-")
    base.commit({PATH: SMTP}, day="2025-06-10")
    base.commit({PATH: SMTP.replace("2025-06-10", "2025-07-10")}, day="2025-07-10")
    base.git("merge", "-q", "--no-commit", "-s", "ours", "review", **identity(JD))
    for text, why in ((NEW_TEXT, []), (SMTP, ["content-changed"])):
        base.write(PATH, text)
        assert reasons(run, base) == why
    base.commit()
    assert reasons(run, base) == ["content-changed"]


def test_an_article_that_was_away_for_a_moment_is_judged_as_before(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    (base.root / PATH).rename(base.root / "kept")
    run("list", "--kb", base.root, "--as-of", DAY)
    (base.root / "kept").rename(base.root / PATH)
    assert reasons(run, base) == ["content-changed"]


def test_a_history_that_cannot_be_read_is_not_one_without_commits(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    branch = base.root / ".git/refs/heads/main"
    head = branch.read_text()
    assert reasons(run, base) == ["content-changed"]
    for damaged in ("", "nonsense\n"):
        branch.write_text(damaged)
        done = run("list", "--kb", base.root, "--as-of", DAY)
        assert (done.code, done.out) == (2, "") and "Git refused" in done.err
    branch.write_text(head)
    # What a reftable looks like to a Git that knows none.
    base.git("config", "core.repositoryFormatVersion", "1")
    (base.root / ".git/HEAD").write_text("ref: refs/heads/.invalid\n")
    with (base.root / ".git/config").open("a") as config:
        config.write("[extensions]\nrefstorage = unknown\n")
    done = run("list", "--kb", base.root, "--as-of", DAY)
    assert (done.code, done.out) == (2, "") and "extension" in done.err


def test_an_article_that_was_no_article_a_moment_ago_is_judged_as_ever(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    base.write("kcs.toml", ADOPTED_TOML.replace("content/**", "other/**"))
    run("list", "--kb", base.root, "--as-of", DAY)
    base.write("kcs.toml", ADOPTED_TOML)
    assert reasons(run, base) == ["content-changed"]


def test_another_timezone_makes_no_claim_new(make_base: Make, run: Run) -> None:
    timed = SMTP.replace("'2025-06-10'", "2025-06-10T20:00:00Z")
    base = make_base({PATH: timed}, config=ADOPTED_TOML, team=None)
    base.commit({PATH: timed.replace("587", "25")}, day="2026-05-02")
    assert reasons(run, base) == ["content-changed"]
    base.write("kcs.toml", ADOPTED_TOML.replace('"UTC"', '"Asia/Bangkok"'))
    assert reasons(run, base) == ["content-changed"]


def test_a_namesake_from_elsewhere_is_not_somebody_of_the_team(make_base: Make, run: Run) -> None:
    team = '[people.jd]\nemails = ["jd@acme.example"]\n'
    base = make_base({"content/a.md": "---\ntitle: A\n---\n\nA.\n"}, config=ADOPTED_TOML, team=team)
    stranger = {"name": "J. Doe", "email": "jd@elsewhere.example"}
    base.commit({PATH: SMTP}, who=stranger)
    assert reasons(run, base) == ["not-entitled"]
    run("verify", PATH, "--kb", base.root, "--validate", "--force", who=stranger)
    assert "human:jd," not in base.read(PATH) and 'human:jd"' not in base.read(PATH)


def test_a_date_says_nothing_of_a_picture_that_came_later(make_base: Make, run: Run) -> None:
    config = ADOPTED_TOML + "images = true\n"
    text = SMTP + "\n![menu](menu.png)\n"
    base = make_base({PATH: text, "content/menu.png": b"\x89PNG one"}, config=config, team=None)
    assert reasons(run, base) == []
    base.commit({"content/menu.png": b"\x89PNG two"}, day="2026-05-02")
    assert reasons(run, base) == ["content-changed"]


def test_a_date_says_nothing_of_an_article_that_lost_its_picture(make_base: Make, run: Run) -> None:
    config = ADOPTED_TOML + "images = true\n"
    text = SMTP + "\n![menu](menu.png) ![never there](none.png)\n"
    base = make_base({PATH: text, "content/menu.png": b"\x89PNG one"}, config=config, team=None)
    assert reasons(run, base) == []
    base.git("rm", "-q", "content/menu.png")
    assert reasons(run, base) == ["content-changed"], "gone from the folder alone"
    base.git("commit", "-q", "-m", "without it", **identity(JD))
    assert reasons(run, base) == ["content-changed"]
    base.commit({"content/menu.png": b"\x89PNG one"}, day="2026-05-02")
    assert reasons(run, base) == []


def test_a_date_set_by_a_machine_is_no_persons(make_base: Make, run: Run) -> None:
    base = make_base({"content/a.md": "---\ntitle: A\n---\n\nA.\n"}, config=ADOPTED_TOML, team=None)
    base.commit({PATH: SMTP}, who=BOT)
    assert reasons(run, base) == ["machine-only"]


def test_an_entry_without_content_counts_as_its_commit_says(make_base: Make, run: Run) -> None:
    bare = SMTP.replace(
        "audit_date: '2025-06-10'", "confidence: validated\nverified: {by: human:kp, at: 2025-06-10}"
    )
    base = make_base({"content/a.md": "---\ntitle: A\n---\n\nA.\n"}, config=ADOPTED_TOML, team=None)
    base.commit({PATH: bare}, who=KP)
    assert reasons(run, base) == []
    base.commit({PATH: bare.replace("587", "25")}, who=JD, day="2026-05-02")
    assert reasons(run, base) == ["content-changed"]
    base.write(PATH, bare.replace("human:kp", "process:scan"))
    assert reasons(run, base) == ["machine-only"]


def test_a_due_day_of_the_file_itself_waits_for_no_adoption(make_base: Make, run: Run) -> None:
    config = ADOPTED_TOML + '[adopt]\non = 2025-08-01\nover = "90d"\n'
    base = make_base(
        {PATH: SMTP.replace("title:", "stale_after: 2025-07-01\ntitle:")}, config=config, team=None
    )
    assert reasons(run, base) == ["stale"]


def test_the_days_of_adopting(make_base: Make, run: Run) -> None:
    config = ADOPTED_TOML + '[adopt]\non = 2026-08-01\nover = "90d"\n'
    base = make_base({PATH: SMTP}, config=config, team=None)
    seen = {
        day: reasons(run, base, PATH, "--as-of", day) for day in ("2026-06-09", "2026-06-10", "2026-07-31")
    }
    assert seen == {"2026-06-09": [], "2026-06-10": ["stale"], "2026-07-31": ["stale"]}
    assert reasons(run, base, PATH, "--as-of", "2026-10-30") == ["stale"]
    assert reasons(run, base, PATH, "--as-of", "2026-08-01")[0] in ("adopted", "stale")


def test_a_list_of_verifiers_that_cannot_be_read_lets_nobody_in(make_base: Make, run: Run) -> None:
    for wrong in ("{jd: yes}", "[{id: jd}]"):
        text = SMTP.replace("title:", f"verifiers: {wrong}\ntitle:")
        base = make_base({PATH: text}, config=ADOPTED_TOML, team=None, name=f"kb{len(wrong)}")
        assert reasons(run, base) == ["not-entitled"], wrong


def test_an_amended_commit_and_another_branch_are_asked_anew(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    assert reasons(run, base) == ["content-changed"]
    base.git("checkout", "-q", "-b", "old", "HEAD~1")
    assert reasons(run, base) == []
    base.git("checkout", "-q", "main")
    assert reasons(run, base) == ["content-changed"]
    base.write(PATH, SMTP)
    base.git("add", "-A")
    base.git("commit", "--amend", "--allow-empty", "-qm", "x", **identity(JD))
    assert reasons(run, base) == []


def test_a_replaced_object_on_one_machine_changes_no_verdict(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    base.git(
        "replace",
        base.git("rev-parse", "HEAD~1:" + PATH).strip(),
        base.git("rev-parse", "HEAD:" + PATH).strip(),
    )
    assert reasons(run, base) == ["content-changed"]


def test_a_symbolic_link_is_no_second_article(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    (base.root / "content/alias.md").symlink_to("smtp.md")
    base.commit(message="link", day="2026-05-03")
    now = run("list", "--kb", base.root, "--format", "json", "--as-of", DAY).json["articles"]
    committed = run("list", "--kb", base.root, "--format", "json", "--at", "HEAD").json["articles"]
    assert [one["path"] for one in now] == [one["path"] for one in committed] == [PATH]


@pytest.mark.parametrize(
    "list_", ["- {by: human:jd, at: 2026-05-01}", "  - by: human:jd\n    at: 2026-05-01"]
)
def test_a_list_of_dates_vouches_for_what_stood_there_when_it_came_in(
    make_base: Callable[..., Base], run: Run, list_: str
) -> None:
    text = f"---\nid: kb-aaaaaaaa\ntitle: T\nconfidence: validated\nverified:\n{list_}\n---\nPress A.\n"
    base = make_base({"articles/a.md": text})
    base.commit({"articles/a.md": text + "Press B.\n"}, day="2026-05-03")
    for edit in ("", "Press C.\n"):
        base.write("articles/a.md", text + "Press B.\n" + edit)
        told = run("audit", "--select", "KCS1", "--as-of", "2026-05-04", cwd=base.root)
        assert "KCS102 content-changed" in told.out, told


def test_links_spelt_otherwise_are_a_change_where_they_lead_elsewhere(make_base: Make, run: Run) -> None:
    linked = SMTP + "\nOr [POP](pop.md), see [below](#below).\n\n![Ports](ports.png)\n"
    others = {"content/pop.md": "POP.\n", "content/imap.md": "IMAP.\n", "content/ports.png": "png"}
    base = make_base({PATH: linked, **others}, config=ADOPTED_TOML, team=None)
    base.commit({PATH: linked.replace("(p", "(./p")}, day="2026-05-02")
    assert reasons(run, base) == []
    elsewhere = base.commit({PATH: linked.replace("(pop", "(imap")}, day="2026-05-03")
    assert reasons(run, base) == ["content-changed"]
    base.commit({PATH: linked.replace("(pop", "(./imap")}, day="2026-05-04")
    assert reasons(run, base) == ["content-changed"]
    kb = KnowledgeBase.open(base.root, as_of=date(2025, 8, 1))
    changed = since_verified(kb)[PATH]
    assert (changed.number, changed.newest and changed.newest.commit) == (1, elsewhere)
    base.commit({PATH: linked.replace("#below", "#above")}, day="2026-05-05")
    assert reasons(run, base) == ["content-changed"]
    base.write("moves.tsv", "content/pop.md\tcontent/post.md\n")
    base.write(PATH, linked.replace("(pop", "(./pop"))
    assert reasons(run, base) == []
    base.write(PATH, linked.replace("(pop", "(post"))
    assert reasons(run, base) == ["content-changed"], "by where it was, a link leads nowhere today"


def test_what_was_read_for_the_list_is_what_is_judged(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    kb = KnowledgeBase.open(base.root, as_of=date(2025, 8, 1))
    assert len(kb.articles) == 1
    base.write(PATH, SMTP)
    assert kb.verdicts[PATH].reasons == ("content-changed",)
    assert reasons(run, base) == []


@pytest.mark.parametrize(
    "spelt",
    [
        "audit_date: '2025-06-10'",
        "audit_date: 10 June 2025  # by hand",
        '"audit_date": 2025-06-10T09:00:00Z',
        "audit_date:\n  2025-06-10",
        "confidence: validated\nverified:\n- by: human:jd\n  at: 2025-06-10",
    ],
)
@pytest.mark.parametrize("spoil", [" ---", "Stray words.\n---", "---\ntags: [", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_date_that_lost_its_opening_line_for_a_while_vouches_for_no_other_text(
    make_base: Make, run: Run, spelt: str, spoil: str, end: str
) -> None:
    """As in the real base: one commit edits the text and spoils
    the line, the next only mends it; nobody set the date anew.
    """
    before, after = (
        one.replace("audit_date: '2025-06-10'", spelt).replace("\n", end) for one in (SMTP, NEW_TEXT)
    )
    spoilt = after.encode("utf-16") if spoil == "utf-16" else after.replace("---", spoil, 1).encode()
    base = make_base({PATH: before}, config=ADOPTED_TOML, team=None)
    assert reasons(run, base) == []
    base.commit({PATH: spoilt}, day="2026-05-02")
    base.commit({PATH: after}, day="2026-05-03")
    assert reasons(run, base) == ["content-changed"]


def test_who_brings_a_removed_article_back_vouches_for_nothing_in_it(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    base.git("rm", "-q", "-r", "content")
    base.commit(day="2026-05-03")
    base.commit({"other.txt": "x"}, day="2026-05-04")
    base.write(PATH, NEW_TEXT.replace("2025-06-10", "2025-07-10"))
    assert reasons(run, base) == [], "dated anew"
    base.git("checkout", "-q", "HEAD~2", "--", PATH)
    assert reasons(run, base) == ["content-changed"], "nor before it is committed"
    assert run("check", "--verified", cwd=base.root).code == 1
    for at in range(51):
        base.write(f"content/many/{at}.md", SMTP)
    assert reasons(run, base) == ["content-changed"], "nor among many new ones"
    shutil.rmtree(base.root / "content/many")
    base.git("commit", "-q", "-m", "back", **identity(KP, "2026-05-05T12:00:00Z"))
    assert reasons(run, base) == ["content-changed"]
    base.commit({PATH: NEW_TEXT.replace("2025-06-10", "2025-07-10")}, day="2026-05-06")
    assert reasons(run, base) == [], "dated anew"
    base.git("rm", "-q", PATH)
    base.commit(day="2026-05-07")
    base.commit({PATH: NEW_TEXT.replace("2025-06-10", "2025-07-11").replace("25", "26")}, day="2026-05-08")
    assert reasons(run, base) == [], "written anew, with a date of its own"


def test_who_brings_a_removed_article_back_while_one_like_it_is_moved_vouches_for_nothing(
    make_base: Make, run: Run
) -> None:
    steps = "".join(f"Step {n} of sending.\n" for n in range(20))
    text = f"---\naudit_date: '2025-06-10'\ntitle: Send\n---\n\n{steps}"
    like = text.replace("06-10", "06-12").replace("Send", "Receive")
    base = make_base({PATH: text, "content/imap.md": like}, config=ADOPTED_TOML, team=None)
    base.commit({PATH: f"{text}More.\n"}, day="2026-05-02")
    base.git("rm", "-q", PATH)
    base.commit(day="2026-05-03")
    base.git("checkout", "-q", "HEAD~1", "--", PATH)
    base.git("rm", "-q", "content/imap.md")
    assert reasons(run, base) == ["content-changed"]
    base.git("commit", "-q", "-m", "back", **identity(KP, "2026-05-04T12:00:00Z"))
    assert reasons(run, base) == ["content-changed"]


def test_who_sets_a_date_back_sets_none(make_base: Make, run: Run) -> None:
    """As who reverts a verification: the text that it was for would be trusted by the date before it."""
    base = changed(make_base)
    redated = NEW_TEXT.replace("2025-06-10", "2025-07-10")
    later = "content/later.md"
    base.commit({later: SMTP.replace("2025-06-10", "2027-02-01")}, day="2026-05-02")
    base.commit({PATH: redated}, day="2026-05-03")
    assert reasons(run, base) == []
    base.write(PATH, NEW_TEXT)
    assert reasons(run, base) == ["content-changed"], "nor before it is committed"
    base.write(later, SMTP.replace("2025-06-10", "2027-01-01"))
    assert reasons(run, base) == ["content-changed"], "nor beside one of a day that no commit came after"
    base.git("checkout", "-q", PATH, later)
    base.git("revert", "--no-edit", "HEAD", **identity(KP, "2026-05-04T12:00:00Z"))
    assert reasons(run, base) == ["content-changed"]
    base.git("revert", "--no-edit", "HEAD", **identity(KP, "2026-05-05T12:00:00Z"))
    assert reasons(run, base) == [], "it was for this text"
    base.commit({PATH: redated.replace("audit_date", "was")}, day="2026-05-06")
    base.commit({PATH: redated.replace("audit_date", "was").replace("25.", "26.")}, day="2026-05-07")
    base.write(PATH, redated.replace("25.", "26."))
    assert reasons(run, base) == ["content-changed"], "nor before it is committed"
    base.git("checkout", "-q", PATH)
    base.git("revert", "--no-edit", "HEAD~1", **identity(KP, "2026-05-08T12:00:00Z"))
    assert reasons(run, base) == ["content-changed"], "taken out, and put back into another text"
    rebased = identity(KP, "2025-01-01T12:00:00Z") | {"GIT_COMMITTER_DATE": "2026-05-09T12:00:00Z"}
    base.write(PATH, NEW_TEXT.replace("2025-06-10", "2025-01-01").replace("25.", "27."))
    base.git("commit", "-q", "-a", "-m", "rebased", **rebased)
    base.commit({PATH: redated.replace("25.", "27.")}, day="2026-05-10")
    assert reasons(run, base) == ["content-changed"], "a rebase keeps the time of an author"


def test_who_brings_back_what_a_merge_removed_sets_no_date_of_either_side(make_base: Make, run: Run) -> None:
    base = changed(make_base)
    redated = NEW_TEXT.replace("2025-06-10", "2025-07-10")
    base.git("checkout", "-q", "-b", "side")
    base.commit({PATH: redated}, day="2026-05-03")
    base.git("checkout", "-q", "main")
    base.commit({"other.txt": "x"}, day="2026-05-04")
    base.git("merge", "-q", "--no-commit", "--no-ff", "side", **identity(KP))
    base.git("rm", "-q", "-f", PATH)
    base.commit(day="2026-05-05")
    base.commit({PATH: redated.replace("25.", "26.")}, day="2026-05-06")
    assert reasons(run, base) == ["content-changed"]


@pytest.mark.parametrize("opening", [" ---", "---\ntags: ["])
def test_what_a_spoilt_commit_says_does_not_hang_on_what_lay_in_the_folder(
    make_base: Make, run: Run, opening: str
) -> None:
    """Worked out while the folder was spoilt as well, its date was kept as none: mended, it vouched for
    a text nobody had checked. Its day is yet to come, so that nobody looks whether it was set back.
    """
    before, after = (one.replace("2025-06-10", "2027-06-10") for one in (SMTP, NEW_TEXT))
    base = make_base(
        {PATH: before, "content/pop.md": before.replace("smtp/", "pop/")}, config=ADOPTED_TOML, team=None
    )
    base.commit({PATH: after.replace("---", opening, 1)}, day="2026-05-02")
    assert reasons(run, base) != []
    base.write(PATH, after)
    assert reasons(run, base) == ["content-changed"]
    base.commit(day="2026-05-03")
    assert reasons(run, base) == ["content-changed"]


@pytest.mark.parametrize("settled", ["2027-06-11", "2027-06-12"])
@pytest.mark.parametrize("where", ["whole", "key"])
def test_who_settles_on_a_date_of_a_conflict_that_was_committed_vouches_for_nothing(
    make_base: Make, run: Run, settled: str, where: str
) -> None:
    """Such a file was taken to say one of both dates: whoever settled on the other one seemed to have set it. Their
    days are yet to come, so that nobody looks whether one was set back."""
    base = make_base({PATH: SMTP}, config=ADOPTED_TOML, team=None)
    ours, theirs = (SMTP.replace("2025-06-10", day) for day in ("2027-06-11", "2027-06-12"))
    base.git("checkout", "-q", "-b", "side")
    base.commit({PATH: theirs}, day="2026-05-02")
    base.git("checkout", "-q", "main")
    base.commit({PATH: ours}, day="2026-05-02")
    first, last = "audit_date: '2027-06-11'\n", "audit_date: '2027-06-12'\n"
    if where == "whole":
        first, last = (one.partition("smtp/\n")[2] for one in (ours, theirs))
    held = ours.replace(first, f"<<<<<<< HEAD\n{first}=======\n{last}>>>>>>> side\n")
    base.git("merge", "-q", "--no-commit", "-s", "ours", "side", **identity(KP, "2026-05-03T12:00:00Z"))
    base.commit({PATH: held}, day="2026-05-03")
    base.write(PATH, NEW_TEXT.replace("2025-06-10", settled))
    assert reasons(run, base) == ["content-changed"]
    base.commit(day="2026-05-04")
    assert reasons(run, base) == ["content-changed"]
    assert reasons(run, base, PATH, "--at", "HEAD") == ["content-changed"]


@pytest.mark.parametrize(
    ("key", "spelt"), [("permalink:", "----: x\npermalink:"), ("audit_date:", '"audit\\x5fdate":')]
)
def test_a_date_among_odd_keys_vouches_for_no_other_text(
    make_base: Make, run: Run, key: str, spelt: str
) -> None:
    """At a glance at earlier versions these had no date, so that the last commit seemed to have set it."""
    base = make_base({PATH: SMTP.replace(key, spelt)}, config=ADOPTED_TOML, team=None)
    assert reasons(run, base) == []
    base.commit({PATH: NEW_TEXT.replace(key, spelt)}, day="2026-05-02")
    assert reasons(run, base) == ["content-changed"]


def test_a_date_in_another_repository_vouches_for_nothing(make_base: Make, run: Run) -> None:
    """No commit of the base will ever hold it: it would be taken for
    just written by whoever asks, whatever the text says by then.
    """
    config = ADOPTED_TOML.replace('["content/**/*.md"]', '["content/**/*.md", "parts/**/*.md"]')
    base, path = make_base({PATH: SMTP}, config=config, team=None), "parts/pages/smtp.md"
    base.write(path, SMTP.replace("smtp/", "part/"))
    assert reasons(run, base, path) == [], "not committed yet, and nobody else's"
    base.git("init", "--quiet", "parts")
    assert reasons(run, base, path) == ["unknown-history"]
    told = run("audit", "--select", "KCS116", "--as-of", DAY, cwd=base.root)
    assert told.code == 1 and "another repository" in told.out and "unshallow" not in told.out
    assert reasons(run, base) == []
    assert run("verify", path, "--as-of", DAY, cwd=base.root).code == 0
    assert reasons(run, base, path) == [], "a stamp says what it is for"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")
def test_a_date_behind_a_link_to_a_folder_vouches_for_nothing(make_base: Make, run: Run) -> None:
    """Git holds the file by another path, so nobody ever commits
    it by this one: whoever asks would vouch for any text.
    """
    base = make_base({"pages/smtp.md": SMTP}, config=ADOPTED_TOML, team=None)
    (base.root / "content").symlink_to("pages")
    base.commit({"pages/smtp.md": SMTP.replace("587", "25")}, day="2026-05-02")
    assert reasons(run, base) == ["unknown-history"]
    told = run("audit", "--select", "KCS116", "--as-of", DAY, cwd=base.root)
    assert told.code == 1 and "behind a link" in told.out and "unshallow" not in told.out
    assert "not committed yet" not in run("show", PATH, cwd=base.root).out
    assert run("verify", PATH, "--as-of", DAY, cwd=base.root).code == 0
    assert reasons(run, base) == [], "a stamp says what it is for"


def test_a_date_in_a_file_that_git_passes_over_vouches_for_nothing(make_base: Make, run: Run) -> None:
    """Ignored, it is never committed; behind a filter, the commit
    holds other bytes: whoever asks would vouch for any text.
    """
    base = make_base({"content/a.md": "---\ntitle: A\n---\n\nA.\n"}, config=ADOPTED_TOML, team=None)
    base.write(PATH, SMTP)
    assert reasons(run, base) == [], "it may be committed"
    base.write(".gitignore", f"/{PATH}\n")
    assert reasons(run, base) == ["unknown-history"]
    told = run("audit", "--select", "KCS116", "--as-of", DAY, cwd=base.root)
    assert told.code == 1 and "Git takes in no change of it" in told.out and "unshallow" not in told.out
    assert "not committed yet" not in run("show", PATH, cwd=base.root).out
    turned = "tr a-z n-za-m"
    for way in ("clean", "smudge"):
        base.git("config", f"filter.turned.{way}", turned)
    base.commit({".gitignore": "", ".gitattributes": "*.md filter=turned\n"})
    assert "fzgc" in base.git("show", f"HEAD:{PATH}")
    assert reasons(run, base) == ["unknown-history"]
    base.write(PATH, NEW_TEXT)
    assert reasons(run, base) == ["unknown-history"], "the next commit holds no date either"
    base.commit(day="2026-05-02")
    assert reasons(run, base) == ["unknown-history"]
    assert run("verify", PATH, "--as-of", DAY, cwd=base.root).code == 0
    assert reasons(run, base) == [], "a stamp says what it is for"


def test_a_base_that_its_repository_ignores_is_not_dated_by_whoever_asks(make_base: Make, run: Run) -> None:
    base = make_base({"docs/.keep": ""}, config=ADOPTED_TOML, team=None)
    base.commit({".gitignore": "/kb/\n"})
    for path, text in {"kcs.toml": ADOPTED_TOML, PATH: SMTP}.items():
        base.write(f"kb/{path}", text)
    inner = Base(base.root / "kb", base.env)
    assert reasons(run, inner) == ["unknown-history"]
    base.write(".gitignore", "")
    assert reasons(run, inner) == []


@pytest.mark.parametrize("by", ["{tool: scan}", "[process:scan]", "' process:scan'", "true"])
def test_who_is_named_in_no_plain_words_is_not_whoever_committed_it(
    make_base: Make, run: Run, by: str
) -> None:
    text = f"---\ntitle: A\nconfidence: validated\nverified: {{by: {by}, at: 2025-06-10}}\n---\n\nA.\n"
    assert reasons(run, make_base({PATH: text}, config=ADOPTED_TOML, team=None)) == ["machine-only"]


@pytest.mark.parametrize("content", ["[kcs1:0123456789abcdef0123456789abcdef]", "{kcs1: x}", "true"])
def test_a_fingerprint_that_is_no_text_is_none_and_no_date_either(
    make_base: Make, run: Run, content: str
) -> None:
    """Taken for missing, it would make of its stamp a date,
    which vouches for what the file said when it was committed.
    """
    verified = f"{{by: 'human:jd', at: 2025-06-10, content: {content}}}"
    text = f"---\ntitle: A\nconfidence: validated\nverified: {verified}\n---\n\nA.\n"
    assert reasons(run, make_base({PATH: text}, config=ADOPTED_TOML, team=None)) == ["content-changed"]
