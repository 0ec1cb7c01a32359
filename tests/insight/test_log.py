"""kcs log: an article's story, told from the commits of a real repository."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kcs.cli.main import app
from kcs.insight.events import lines_changed
from tests.conftest import JD, KCS_TOML, KP, Base, Run, identity

pytestmark = pytest.mark.usefixtures("in_kcs_env")

PATH = "articles/mail.md"
ZERO = "kcs1:" + "0" * 32
BODY = "## Issue\n\nMail stops.\n\n## Resolution\n\n" + "".join(f"{n}. Step {n}.\n" for n in range(1, 12))


def article(*lines: str, title: str = "Mail stops", body: str = BODY) -> str:
    return "\n".join(["---", "id: kb-ma110001", f"title: {title}", *lines, "---", body])


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base({PATH: article("confidence: not-validated")})


def told(base: Base, *more: str, name: str = "kb-ma110001") -> Any:
    words = ["log", name, "--format", "json", "--kb", str(base.root), *more]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def texts(story: Any) -> list[str]:
    return ["; ".join(event["text"] for event in entry["events"]) for entry in story["entries"]]


def kinds(story: Any) -> list[list[str]]:
    return [[event["kind"] for event in entry["events"]] for entry in story["entries"]]


def test_a_life_from_birth_to_archive(base: Base) -> None:
    stamp = f'verified: [{{by: "human:kp", at: 2026-05-02T09:00:00Z, content: "{ZERO}", note: tried, ticket: ZD-1}}]'
    flag = "flags: [{by: 'human:kp', at: 2026-05-06, reason: outdated, section: Issue, note: new menu}]"
    steps = [
        article("confidence: validated", "owner: jd"),
        article("confidence: validated", "owner: jd", stamp),
        article("confidence: validated", "owner: jd", stamp, body=BODY.replace("Step 3", "Step three")),
        article("confidence: validated", "owner: jd", stamp, flag, body=BODY.replace("Step 3", "Step three")),
        article("confidence: validated", "owner: kp", stamp, title="Mail halts", body=BODY),
        article("confidence: archived", "owner: kp", "audience: external", "superseded_by: kb-new00001"),
    ]
    for number, text in enumerate(steps, 2):
        base.commit({PATH: text}, f"Step {number}", day=f"2026-05-{number:02d}", who=KP)
    story = told(base)
    assert texts(story) == [
        "title “Mail halts” became “Mail stops”; archived; audience internal became external; the verification by K. Park was taken away; superseded by kb-new00001",
        "content changed (+1 −1 lines); title “Mail stops” became “Mail halts”; owner jd became kp; flag outdated resolved",
        "flagged outdated in Issue by K. Park: “new menu”",
        "content changed (+1 −1 lines)",
        "verified by K. Park: “tried” (ZD-1)",
        "confidence not-validated became validated; owner nobody became jd",
        "created as not-validated",
    ]
    assert kinds(story)[0] == ["content", "confidence", "audience", "unverified", "superseded"]
    assert [entry["day"] for entry in story["entries"]] == [f"2026-05-0{n}" for n in range(7, 0, -1)]
    assert story["entries"][0]["author"] == "K. Park" and story["entries"][0]["person"] == "kp"


def test_a_stamp_renewed_minor_and_taken_away(base: Base) -> None:
    for at, more in (("2026-05-02", ""), ("2026-05-03", ""), ("2026-05-04", ", minor: true, note: typo")):
        entry = f'verified: [{{by: "human:jd", at: {at}T09:00:00Z, content: "{ZERO}"{more}}}]'
        base.commit({PATH: article("confidence: validated", entry)}, at)
    base.commit({PATH: article("confidence: validated")}, "Unverify")
    assert texts(told(base))[:3] == [
        "the verification by J. Doe was taken away",
        "minor change vouched for by J. Doe: “typo”",
        "verified again by J. Doe",
    ]
    assert kinds(told(base))[3] == ["confidence", "verified"]


def test_two_stamps_of_one_person_are_told_when_they_came(base: Base, run: Run) -> None:
    """As merging by hand leaves them: no later commit verified anything again."""
    entry = f'{{by: "human:kp", at: 2026-05-0%d, content: "{ZERO}"}}'
    one, both = f"verified: [{entry % 2}]", f"verified: [{entry % 2}, {entry % 3}]"
    swapped = f"verified: [{entry % 3}, {entry % 2}]"
    for day, lines in (("2026-05-02", [one]), ("2026-05-03", [both]), ("2026-05-04", [swapped, "owner: jd"]), ("2026-05-05", [one, "owner: jd"])):  # fmt: skip
        base.commit({PATH: article("confidence: validated", *lines)}, day, day=day)
    assert texts(told(base, "--all"))[:4] == [
        "front matter alone: verified",
        "owner nobody became jd",
        "verified again by K. Park",
        "confidence not-validated became validated; verified by K. Park",
    ]
    base.commit(
        {PATH: article("confidence: validated", both, "owner: jd", "tags: [x]")}, "t", day="2026-05-20"
    )
    base.commit(
        {PATH: article("confidence: validated", both, "owner: jd", "tags: [y]")}, "t", day="2026-06-01"
    )
    thanks = run("digest", "--since", "2026-05-25", "--as-of", "2026-06-02", cwd=base.root)
    assert thanks.code == 0 and "verified" not in thanks.out


def test_a_date_moved_with_and_without_content(adopted: Base) -> None:
    path = "content/mail/smtp.md"
    first = adopted.read(path)
    adopted.commit({path: first.replace("2025-06-10", "2026-01-02")}, "Audit")
    adopted.commit({path: first.replace("2025-06-10", "2026-02-03").replace("587", "465")}, "Port")
    adopted.commit({path: first.replace('"2025-06-10"', "").replace("587", "465")}, "No date")
    assert texts(told(adopted, name=path))[:3] == [
        "audit_date removed",
        "content changed (+1 −1 lines); audit_date moved from 2026-01-02 to 2026-02-03, with content changes",
        "audit_date moved from 2025-06-10 to 2026-01-02, content unchanged",
    ]
    imap = "content/mail/imap.md"
    adopted.commit({imap: adopted.read(imap).replace("audit_date:", "audit_date: 2026-05-05")}, "First audit")
    # The date makes it count as validated; that is told by the date, not as somebody's decision.
    assert texts(told(adopted, name=imap))[0] == "audit_date set to 2026-05-05, content unchanged"


def test_what_changed_nothing_is_left_out_and_counted(base: Base) -> None:
    base.commit({PATH: article("confidence: not-validated", "tags: [a]")}, "Tag")
    base.commit({PATH: article("confidence: not-validated", "tags: [a]", body=BODY + "\n\n")}, "Blank lines")
    story = told(base)
    assert texts(story) == ["created as not-validated"] and story["left_out"] == 2
    assert texts(told(base, "--all"))[:2] == ["layout alone", "front matter alone: tags"]


def test_renames_are_followed_and_told(base: Base) -> None:
    base.git("mv", PATH, "articles/post.md")
    base.commit(message="Move")
    base.commit({"articles/post.md": base.read("articles/post.md").replace("Step 3", "Step C")}, "Change")
    story = told(base)
    assert texts(story) == [
        "content changed (+1 −1 lines)",
        "renamed from articles/mail.md",
        "created as not-validated",
    ]
    assert [entry["path"] for entry in story["entries"]] == ["articles/post.md", "articles/post.md", PATH]


def test_uncommitted_state_comes_first(base: Base, run: Run) -> None:
    base.write(PATH, article("confidence: validated", body=BODY + "More.\n"))
    story = told(base)
    assert story["entries"][0]["commit"] is None and story["entries"][0]["author"] == "J. Doe"
    assert texts(story)[0] == "content changed (+1 −0 lines); confidence not-validated became validated"
    out = run("log", PATH, "--kb", base.root).out.splitlines()
    assert out[0].split("\t")[:2] == ["not committed", "J. Doe"]
    base.git("checkout", "-q", PATH)
    assert told(base)["entries"][0]["commit"]


def test_a_changed_fact_is_no_changed_text_where_pictures_count(make_base: Callable[..., Base]) -> None:
    text = article("confidence: validated", body=BODY + "![the menu](menu.png)\n")
    base = make_base({PATH: text, "articles/menu.png": "picture"}, config=KCS_TOML + "images = true\n")
    base.write(PATH, text.replace("validated", "validated\nowner: kp"))
    assert texts(told(base))[0] == "owner nobody became kp"


def test_a_go_of_edits_is_told_without_the_merge_after_it(base: Base, run: Run) -> None:
    base.git("checkout", "-q", "-b", "other")
    base.commit({PATH: article("confidence: not-validated", body=BODY.replace("Mail", "Post"))}, "Top")
    base.git("checkout", "-q", "main")
    base.commit({PATH: article("confidence: not-validated", body=BODY.replace("Step 11", "Last"))}, "End")
    base.git("merge", "-q", "--no-edit", "other", **identity(JD, "2026-05-01T13:00:00Z"))
    out = run("log", PATH, "--kb", base.root).out
    assert "two versions of the text merged" in out and "in 3 commits" not in out


def test_a_file_that_was_never_committed(base: Base) -> None:
    base.write("articles/new.md", "---\ntitle: New\n---\nText.\n")
    assert texts(told(base, name="articles/new.md")) == ["created as not-validated"]


def test_a_merge_tells_only_what_no_side_had(base: Base) -> None:
    base.git("checkout", "-q", "-b", "other")
    base.commit(
        {PATH: article("confidence: not-validated", body=BODY.replace("Mail stops.", "Mail halts."))}, "Top"
    )
    base.git("checkout", "-q", "main")
    base.commit(
        {PATH: article("confidence: not-validated", body=BODY.replace("Step 11", "Step eleven"))}, "End"
    )
    env = {**base.env, **identity(KP)}
    subprocess.run(["git", "merge", "-q", "-m", "Merge", "other"], cwd=base.root, env=env, check=True)
    story = told(base)
    merges = [entry for entry in story["entries"] if entry["merge"]]
    assert [entry["subject"] for entry in merges] == ["Merge"]
    assert merges[0]["events"] == [{"kind": "content", "text": "two versions of the text merged"}]
    assert sorted(entry["subject"] for entry in story["entries"]) == ["Begin", "End", "Merge", "Top"]


def test_a_merge_tells_what_was_settled_in_it(base: Base) -> None:
    stamps = {by: f'{{by: "human:{by}", at: 2026-05-02, content: "{ZERO}"}}' for by in ("kp", "jd")}
    ours, theirs = (f"verified: [{stamp}]" for stamp in stamps.values())
    both = f"verified: [{stamps['kp']}, {stamps['jd'].replace('-02', '-06')}]"
    flag = "flags: [{by: 'human:kp', at: 2026-05-03, reason: outdated}%s]"
    last = flag % ", {by: 'human:jd', at: 2026-05-06, reason: wrong}"
    state = "confidence: not-validated"
    base.git("checkout", "-q", "-b", "other")
    base.commit(
        {PATH: article(state, "audience: external", "owner: kp", theirs, flag % "", body=BODY + "Top.\n")},
        "Top",
    )
    base.git("checkout", "-q", "main")
    base.commit({PATH: article("confidence: validated", "owner: jd", ours, body=BODY + "End.\n")}, "End")
    base.git("merge", "-q", "--no-commit", "-s", "ours", "other", **identity(KP))
    merged = article(
        "confidence: validated",
        "audience: external",
        "owner: zo",
        both,
        last,
        title="Mail halts",
        body=BODY + "Both.\n",
    )
    base.commit({PATH: merged}, "Merge", day="2026-05-06", who=KP)
    (entry,) = [one for one in told(base)["entries"] if one["merge"]]
    assert [one["text"] for one in entry["events"]] == [
        "two versions of the text merged; title “Mail stops” became “Mail halts”", "owner jd became zo",
        "verified again by J. Doe", "flagged wrong by J. Doe",
    ]  # fmt: skip


def test_a_verification_without_content_is_told_by_its_person(base: Base) -> None:
    held = "verified: [{by: 'human:kp', at: %s}]"
    state = "confidence: not-validated"
    base.commit({PATH: article(state, held % "2026-05-02")}, "One", day="2026-05-02")
    base.commit({PATH: article(state, held % "2026-05-03", body="Other.\n")}, "Two", day="2026-05-03")
    base.commit({PATH: article(state, body="Other.\n")}, "Three", day="2026-05-04")
    assert texts(told(base))[:3] == [
        "verification by K. Park without content removed",
        "content changed (+1 −17 lines); verification by K. Park without content moved from 2026-05-02 to 2026-05-03, with content changes",
        "verification by K. Park without content set to 2026-05-02, content unchanged",
    ]


def test_unreadable_and_readable_again(base: Base) -> None:
    good = base.read(PATH)
    base.commit({PATH: "---\ntitle: [\n---\nx\n"}, "Break")
    base.commit({PATH: good}, "Mend")
    found = kinds(told(base))
    assert "readability" in found[0] and "readability" in found[1]
    assert "became unreadable" in texts(told(base))[1]


def test_what_came_back_with_a_mended_file_was_not_done_again(base: Base, run: Run) -> None:
    """Nor was it undone when the file broke: nobody verified, flagged or resolved anything in these two commits."""
    stamp = f'verified: [{{by: "human:kp", at: 2026-05-02, content: "{ZERO}"}}]'
    flag = "flags: [{by: 'human:kp', at: 2026-05-06, reason: outdated, section: Issue, note: new menu}]"
    whole = article("confidence: validated", stamp, flag)
    base.commit({PATH: whole}, "Whole", day="2026-05-02")
    base.commit({PATH: whole.replace("---\nid", "---\nx: [\nid")}, "Break", day="2026-05-20")
    base.commit({PATH: whole.replace("---\nid", "---\nx: {\nid")}, "Break more", day="2026-05-21")
    mended = whole.replace("Step 3", "Step three").replace(stamp, stamp.replace("05-02", "05-23"))
    base.commit({PATH: mended}, "Mend", day="2026-05-23")
    said = texts(told(base, "--all"))[:3]
    assert said[0] == "readable again; content changed (+1 −1 lines); verified again by K. Park"
    assert said[1] == "still unreadable" and said[2].startswith("became unreadable: ")
    assert ";" not in said[2].partition(": ")[2].replace("; add", "")
    words = ("digest", "--as-of", "2026-06-01", "--since")
    assert run(*words, "2026-05-23", cwd=base.root).out.splitlines() == [
        "J. Doe\timproved\tkb-ma110001\tMail stops", "K. Park\tverified\tkb-ma110001\tMail stops",
    ]  # fmt: skip
    base.git("mv", PATH, "articles/moved.md")
    base.commit({"articles/moved.md": mended.replace("---\nid", "---\nx: [\nid")}, "Break", day="2026-05-24")
    base.write("articles/moved.md", mended)
    assert texts(told(base))[1].startswith(f"renamed from {PATH}; became unreadable")
    assert texts(told(base))[0] == "readable again"


def test_a_go_of_small_edits_is_one_line_for_people_and_each_for_programs(base: Base, run: Run) -> None:
    text = base.read(PATH)
    for number in (1, 2, 3):
        text = text.replace(f"Step {number}.", f"Step {number}!")
        base.commit({PATH: text}, f"Fix {number}")
    out = run("log", PATH, "--kb", base.root).out.splitlines()
    assert len(out) == 2 and "content changed (+3 −3 lines), in 3 commits" in out[0]
    assert len(told(base)["entries"]) == 4
    assert len(run("log", PATH, "--all", "--kb", base.root).out.splitlines()) == 4


def test_a_pipe_gets_tabs_and_nothing_else(base: Base, run: Run) -> None:
    done = run("log", PATH, "--kb", base.root)
    commit = base.git("rev-parse", "HEAD").strip()[:9]
    assert done.out == f"2026-05-01\tJ. Doe\tcreated as not-validated\t{commit}\tBegin\n"
    assert done.err == ""


def test_limit_gives_the_newest(base: Base) -> None:
    base.commit({PATH: article("confidence: validated")}, "Validate")
    assert texts(told(base, "--limit", "1")) == ["confidence not-validated became validated"]


def test_at_a_commit_the_story_ends_there(base: Base) -> None:
    then = base.git("rev-parse", "HEAD").strip()
    base.commit({PATH: article("confidence: validated")}, "Validate")
    base.write(PATH, article("confidence: archived"))
    assert texts(told(base, "--at", then)) == ["created as not-validated"]


def test_outside_git_there_is_no_story(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({PATH: article()}, git=False)
    done = run("log", PATH, "--kb", base.root)
    assert done.code == 2 and "no Git repository" in done.err


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_lines_added_and_removed_account_for_the_difference_in_length(old: list[str], new: list[str]) -> None:
    added, removed = lines_changed("\n".join(old), "\n".join(new))
    assert added - removed == len("\n".join(new).splitlines()) - len("\n".join(old).splitlines())
    assert (added, removed) == (0, 0) or old != new


@pytest.mark.parametrize("by_kcs", [True, False])
def test_a_folder_moved_with_its_pictures_is_no_change_of_the_texts(
    base: Base, run: Run, by_kcs: bool
) -> None:
    base.write(
        "articles/old/menu.md",
        article(body=BODY + "\n![the menu](img/menu.png)\n").replace("kb-ma11", "kb-me11"),
    )
    base.write("articles/old/img/menu.png", "picture")
    base.commit(message="A menu")
    if by_kcs:
        assert run("mv", "articles/old", "articles/new", cwd=base.root).code == 0
    else:
        (base.root / "articles/old").rename(base.root / "articles/new")
    base.commit(message="Move")
    words = texts(told(base, name="kb-me110001"))
    other = "" if by_kcs else "; the same words, whose links name something else from there"
    assert words[0] == f"renamed from articles/old/menu.md{other}"
    deeds = [
        deed["what"]
        for one in run("digest", "--since", "2000-01-01", "--format", "json", cwd=base.root).json["people"]
        for deed in one["deeds"]
    ]
    assert "improved" not in deeds and "wrote" in deeds


def test_of_two_without_content_each_has_the_day_of_its_own_person_before(base: Base) -> None:
    held = "verified: [{by: 'human:%s', at: %s}, {by: 'human:%s', at: %s}]"
    base.commit({PATH: article(held % ("jd", "2026-05-01", "kp", "2026-05-02"))}, "One", day="2026-05-02")
    base.commit({PATH: article(held % ("jd", "2026-05-01", "zo", "2026-05-03"))}, "Two", day="2026-05-03")
    base.commit({PATH: article(held % ("zo", "2026-05-03", "jd", "2026-05-04"))}, "Three", day="2026-05-04")
    assert texts(told(base))[:2] == [
        "verification by J. Doe without content moved from 2026-05-01 to 2026-05-04, content unchanged",
        "verification by zo without content set to 2026-05-03, content unchanged; verification by K. Park without content removed",
    ]
