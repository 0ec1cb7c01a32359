"""Two branches meet: the real driver under the real Git."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import pytest

from kcs.article.front_matter import read
from kcs.article.stamps import flags_of, stamps_of
from kcs.authoring.merge import MappedDate, Merged, merge
from kcs.authoring.merge_trust import canonical, merged_entries
from kcs.kb.base import KnowledgeBase
from kcs.kb.git.merge import Lines
from tests.conftest import Base, Run, identity

pytestmark = pytest.mark.forked

ART = "articles/a.md"
C1, C2 = "kcs1:" + "1" * 32, "kcs1:" + "2" * 32
HEAD = """\
---
id: kb-aaaaaaaa
title: Mail is stuck  # as people say
confidence: validated
verifiers: [jd, kp]
"""
BODY = "---\n## Issue\n\nMail is stuck.\n\n## Cause\n\nThe disk is full.\n\n## Resolution\n\nMake room.\n"


def stamp(by: str, at: str, content: str = C1) -> str:
    return f'{{by: "human:{by}", at: {at}, content: "{content}"}}'


def article(
    *entries: str, stale: str = "", flags: tuple[str, ...] = (), body: str = BODY, head: str = HEAD
) -> str:
    verified = "verified:\n" + "".join(f"  - {entry}\n" for entry in entries) if entries else ""
    flagged = "flags:\n" + "".join(f"  - {flag}\n" for flag in flags) if flags else ""
    return head + verified + (f"stale_after: {stale}\n" if stale else "") + flagged + body


@dataclass
class Branches:
    base: Base

    def git(self, *arguments: str) -> int:
        command = ["git", *arguments]
        who = identity({"name": "J. Doe", "email": "jd@acme.example"}, "2026-06-01T12:00:00Z")
        done = subprocess.run(
            command, cwd=self.base.root, env={**self.base.env, **who}, capture_output=True, check=False
        )
        self.said = (done.stdout + done.stderr).decode("utf-8", "replace")
        return done.returncode

    def driver(self, command: str = "") -> None:
        command = command or f"'{sys.executable}' -m kcs"
        self.base.git("config", "merge.kcs.driver", f"{command} merge-file %O %A %B %L %P")
        self.base.commit({".gitattributes": "*.md merge=kcs\n"})

    def split(self, old: str | bytes, ours: str | bytes, theirs: str | bytes) -> None:
        """`ours` is checked out and `theirs` waits on the branch of that name."""
        self.base.commit({ART: old})
        self.base.git("checkout", "--quiet", "-b", "theirs")
        self.base.commit({ART: theirs})
        self.base.git("checkout", "--quiet", "-B", "ours", "HEAD~1")
        self.base.commit({ART: ours})

    @property
    def raw(self) -> bytes:
        return (self.base.root / ART).read_bytes()

    def stamps(self) -> list[tuple[str | None, str]]:
        return sorted((one.person, one.at) for one in stamps_of(read(self.raw).meta))

    def reasons(self) -> list[str]:
        return [one.reason for one in flags_of(read(self.raw).meta)]


@pytest.fixture
def two(make_base: Callable[..., Base]) -> Branches:
    branches = Branches(make_base({}))
    branches.driver()
    return branches


A1, A2, A3 = "2026-05-01T09:00:00Z", "2026-05-02T09:00:00Z", "2026-05-03T09:00:00Z"
WRONG = '{by: "human:zo", at: 2026-05-02, reason: wrong, note: "no"}'
STYLE = '{by: "human:kp", at: 2026-05-02, reason: style}'


def test_without_the_driver_two_verifications_are_a_conflict(make_base: Callable[..., Base]) -> None:
    branches = Branches(make_base({}))
    branches.split(
        article(), article(stamp("jd", A1), stale="2026-07-30"), article(stamp("kp", A2), stale="2026-07-31")
    )
    assert branches.git("merge", "theirs") == 1


def test_two_people_verify_on_two_branches(two: Branches) -> None:
    two.split(
        article(), article(stamp("jd", A1), stale="2026-07-30"), article(stamp("kp", A2), stale="2026-07-31")
    )
    assert two.git("merge", "theirs") == 0, two.said
    assert two.raw.decode() == article(stamp("jd", A1), stamp("kp", A2), stale="2026-07-30")


def test_of_one_person_the_newest_stamp_wins_in_both_directions(two: Branches) -> None:
    old, new, newer = (article(stamp("jd", at), stale="2026-07-30") for at in (A1, A2, A3))
    two.split(old, new, newer)
    assert two.git("merge", "theirs") == 0 and two.stamps() == [("jd", A3)]
    two.base.git("checkout", "--quiet", "theirs")
    assert two.git("merge", "ours~0") == 0 and two.stamps() == [("jd", A3)]


def test_what_one_side_took_back_goes_whichever_they_were(two: Branches) -> None:
    three = [f'{{by: "human:{who}", at: 2026-05-02, reason: unclear}}' for who in ("jd", "kp", "zo")]
    odd = '{by: ["human:jd"], at: 2026-05-01, content: "kcs1:1"}'
    two.split(
        article(odd, flags=tuple(three)),
        article(odd, stamp("kp", A2), flags=(*three, STYLE)),
        article(odd, stamp("jd", A1), flags=(three[2],)),
    )
    assert two.git("merge", "theirs") == 0, two.said
    assert two.raw.decode() == article(odd, stamp("kp", A2), stamp("jd", A1), flags=(three[2], STYLE))


def test_a_verification_meets_a_new_text(two: Branches) -> None:
    edited = BODY.replace("Make room.", "Make room, then restart.")
    two.split(article(), article(stamp("jd", A1)), article(body=edited))
    assert two.git("merge", "theirs") == 0
    assert two.raw.decode() == article(stamp("jd", A1), body=edited)


def test_two_new_texts_both_verified_make_one_that_nobody_verified(
    two: Branches, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = BODY.replace("Mail is stuck.", "Mail never leaves.")
    theirs = BODY.replace("Make room.", "Make room, then restart.")
    two.split(article(), article(body=ours), article(body=theirs))
    for branch, person in (("ours", "jd"), ("theirs", "kp")):
        two.base.git("checkout", "--quiet", branch)
        content = KnowledgeBase.open(two.base.root).fingerprints.of(
            KnowledgeBase.open(two.base.root).by_path[ART]
        )
        two.base.commit(
            {
                ART: article(
                    stamp(person, A1, content), stale="2999-01-01", body=ours if person == "jd" else theirs
                )
            }
        )
        shown = run("list", "--as-of", "2026-05-05", "--format", "json", cwd=two.base.root).json
        assert shown["articles"][0]["trusted"], branch
    assert two.git("merge", "ours") == 0, two.said
    assert two.stamps() == [("jd", A1), ("kp", A1)]
    shown = run("list", "--as-of", "2026-05-05", "--format", "json", cwd=two.base.root).json
    assert shown["articles"][0]["reasons"] == ["content-changed"]


def test_taken_back_on_one_side_and_renewed_on_the_other_is_blocked(two: Branches) -> None:
    two.split(
        article(stamp("jd", A1), stamp("kp", A1), stale="2026-07-30"),
        article(flags=(WRONG,)),
        article(stamp("jd", A3), stamp("kp", A1), stale="2026-08-01"),
    )
    assert two.git("merge", "theirs") == 0, two.said
    assert (two.stamps(), two.reasons()) == ([("jd", A3)], ["wrong"])
    assert read(two.raw).meta["stale_after"] == "2026-08-01"


def test_taken_back_on_one_side_and_untouched_on_the_other_stays_taken_back(two: Branches) -> None:
    old = article(stamp("jd", A1), stale="2026-07-30")
    two.split(old, article(flags=(WRONG,)), old.replace("full.", "quite full."))
    assert two.git("merge", "theirs") == 0
    assert (two.stamps(), two.reasons()) == ([], ["wrong"])


def test_flags_of_both_sides_stay_and_a_resolved_one_goes(two: Branches) -> None:
    old = '{by: "human:jd", at: 2026-01-01, reason: unclear}'
    two.split(article(flags=(old,)), article(flags=(WRONG,)), article(flags=(old, STYLE)))
    assert two.git("merge", "theirs") == 0, two.said
    assert sorted(two.reasons()) == ["style", "wrong"]


@pytest.mark.parametrize("reverse", [False, True])
def test_renamed_on_one_side(two: Branches, reverse: bool) -> None:
    two.split(article(), article(stamp("jd", A1)), article(stamp("kp", A2)))
    two.base.git("checkout", "--quiet", "theirs")
    two.base.git("mv", ART, "articles/b.md")
    two.base.commit()
    one, other = ("theirs", "ours") if reverse else ("ours", "theirs")
    two.base.git("checkout", "--quiet", one)
    assert two.git("merge", other) == 0, two.said
    merged = (two.base.root / "articles/b.md").read_bytes()
    assert {one.person for one in stamps_of(read(merged).meta)} == {"jd", "kp"}


@pytest.mark.parametrize("command", [["rebase", "theirs"], ["cherry-pick", "theirs"], ["stash-like"]])
def test_rebase_and_cherry_pick(two: Branches, command: list[str]) -> None:
    two.split(article(), article(stamp("jd", A1)), article(stamp("kp", A2)))
    if command == ["stash-like"]:
        command = ["merge", "--squash", "theirs"]
    assert two.git(*command) == 0, two.said
    assert two.stamps() == [("jd", A1), ("kp", A2)]


def test_an_octopus_keeps_every_arm_or_stops(two: Branches) -> None:
    two.split(article(), article(stamp("jd", A1)), article(stamp("kp", A2)))
    two.base.git("checkout", "--quiet", "-b", "third", "ours~1")
    two.base.commit({"articles/other.md": "---\ntitle: Other\n---\nText\n"})
    two.base.git("checkout", "--quiet", "ours")
    # Git's octopus strategy merges files with a program of its own; what it cannot, it refuses whole.
    if two.git("merge", "theirs", "third"):
        two.git("reset", "--quiet", "--hard")
        assert two.git("merge", "third") == 0 and two.git("merge", "theirs") == 0, two.said
    assert two.stamps() == [("jd", A1), ("kp", A2)]


@pytest.mark.parametrize("convert", [
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.encode().removesuffix(b"\n"),
], ids=["crlf", "bom", "no-last-newline"])  # fmt: skip
def test_every_byte_of_the_file_s_habits_stays(two: Branches, convert: Callable[[str], bytes]) -> None:
    two.base.git("config", "core.autocrlf", "false")
    edited = BODY.replace("Mail is stuck.", "Mail never leaves.")
    two.split(
        convert(article()), convert(article(stamp("jd", A1), body=edited)), convert(article(stamp("kp", A2)))
    )
    assert two.git("merge", "theirs") == 0, two.said
    assert two.raw == convert(article(stamp("jd", A1), stamp("kp", A2), body=edited))


def test_the_whole_file_changes_its_line_ends_on_one_side(two: Branches) -> None:
    edited = article(stamp("kp", A2), body=BODY.replace("Make room.", "Make room, then restart."))
    ours = article(stamp("jd", A1), body=BODY.replace("Mail is stuck.", "Mail never leaves."))
    two.split(article(), ours, edited.replace("\n", "\r\n"))
    assert two.git("merge", "theirs") == 0, two.said
    assert b"\n" not in two.raw.replace(b"\r\n", b"") and two.stamps() == [("jd", A1), ("kp", A2)]


def test_a_key_changed_twice_has_markers_around_its_lines_alone(two: Branches) -> None:
    ours = article(stamp("jd", A1), head=HEAD.replace("validated", "archived"))
    theirs = article(stamp("kp", A2), head=HEAD.replace("validated", "not-validated"))
    two.split(article(), ours, theirs)
    assert two.git("merge", "theirs") == 1
    conflict = "<<<<<<< ours\nconfidence: archived\n=======\nconfidence: not-validated\n>>>>>>> theirs\n"
    whole = article(stamp("jd", A1), stamp("kp", A2), head=HEAD.replace("confidence: validated\n", conflict))
    assert two.raw.decode() == whole


def test_a_text_changed_twice_is_a_conflict_of_the_text_alone(two: Branches) -> None:
    ours, theirs = (BODY.replace("Make room.", word) for word in ("Buy a disk.", "Delete mail."))
    two.split(article(), article(stamp("jd", A1), body=ours), article(stamp("kp", A2), body=theirs))
    assert two.git("merge", "theirs") == 1
    assert two.stamps() == [("jd", A1), ("kp", A2)]
    assert "<<<<<<< ours\nBuy a disk.\n=======\nDelete mail.\n>>>>>>> theirs\n" in two.raw.decode()


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_the_conflict_style_and_marker_size_are_those_git_is_set_to(two: Branches, style: str) -> None:
    two.base.git("config", "merge.conflictStyle", style)
    two.base.commit({".gitattributes": "*.md merge=kcs conflict-marker-size=12\n"})
    ours, theirs = (BODY.replace("Make room.", word) for word in ("Buy a disk.", "Delete mail."))
    two.split(article(), article(body=ours), article(body=theirs))
    assert two.git("merge", "theirs") == 1
    assert b"\n<<<<<<<<<<<< ours\nBuy" in two.raw
    assert (b"\n|||||||||||| base\nMake room." in two.raw) == (style != "merge")


@pytest.mark.parametrize("broken", [
    b"---\ntitle: [unclosed\n---\ntext\n", b"no front matter\n", b"---\n<<: x\n---\n", b"\xff\xfe\x00bin\n",
    b"---\ntitle: one\ntitle: two\n---\ntext\n", b"---\nnever closed\n", b"---\n{a: b}\n---\ntext\n",
    b"---\n? title\n: A\n---\n", b"---\n!x\ntitle: A\n---\n", b"---\n!!map\ntitle: A\n---\ntext\n",
    b"---\n&all\ntitle: A\n---\ntext\n", b"---\n{title: A,\n note: B}\n---\ntext\n", b"---\n~\n---\ntext\n",
    b"---\n{\n title: A,\n note: B\n}\n---\ntext\n", b"---\n<<: {a: b}\ntitle: A\n---\ntext\n",
])  # fmt: skip
def test_what_cannot_be_read_is_merged_as_git_merges_it(broken: bytes) -> None:
    lines = Lines(Path.cwd())
    old, ours = article().encode(), article(stamp("jd", A1)).encode()
    for sides in ((old, ours, broken), (old, broken, ours), (broken, old, ours)):
        merged, (plain, conflicts) = merge(*sides, lines), lines(*sides)
        assert merged.whole and (merged.raw, merged.clean) == (plain, conflicts == 0)


def test_a_file_that_both_sides_open_otherwise_is_merged_as_git_merges_it() -> None:
    lines, old = Lines(Path.cwd()), article().encode()
    sides = old, b"\xef\xbb\xbf" + old, old.replace(b"---\n", b"---  \n", 1)
    merged, (plain, conflicts) = merge(*sides, lines), lines(*sides)
    assert conflicts and merged == Merged(plain, body=True, whole=True)


def test_a_key_that_would_say_something_else_than_its_side_said_is_left_to_git() -> None:
    old = "---\na: &x one\nb: 1\nc: 2\n---\nText.\n"
    merged = direct(old, old.replace("one", "two"), old.replace("c: 2", "c: *x"))
    assert merged.whole, "c is one there, and would be two"


def test_keys_that_they_added_stand_where_they_stand_there() -> None:
    old = "---\na: 1\nb: 2\n---\nText.\n"
    theirs = old.replace("a: 1\n", "z: 0\ny: 0\na: 1\nx: 0\nw: 0\n")
    merged = direct(old, old.replace("b: 2", "b: 3"), theirs)
    assert not merged.whole and merged.raw.decode() == theirs.replace("b: 2", "b: 3")


def test_the_driver_merges_what_cannot_be_read_as_git_does(two: Branches) -> None:
    broken = "---\ntitle: [unclosed\n---\ntext\n"
    two.split(article(), article(stamp("jd", A1)), broken)
    assert two.git("merge", "theirs") == 1
    with_driver = two.raw
    two.git("merge", "--abort")
    two.base.git("config", "--unset", "merge.kcs.driver")
    assert two.git("merge", "theirs") == 1
    assert with_driver == two.raw.replace(b"<<<<<<< HEAD", b"<<<<<<< ours")


def direct(old: str, ours: str, theirs: str, mapped: str | None = None) -> Merged:
    return merge(
        old.encode(),
        ours.encode(),
        theirs.encode(),
        Lines(Path.cwd()),
        lambda: MappedDate(mapped or ""),
    )


@pytest.mark.parametrize("empty", ["---\n---\n", "---\n\n---\n", "---\n# nothing yet\n---\n"])
def test_front_matter_without_a_key_is_merged_like_any(empty: str) -> None:
    titled = empty.replace("---\n", "---\ntitle: A\n", 1)
    merged = direct(empty + "text\n", titled + "text\n", empty + "text\nmore\n")
    assert merged.clean and not merged.whole
    assert merged.raw.decode() == titled + "text\nmore\n"


def test_comments_of_both_sides_stay() -> None:
    ours = article(stamp("jd", A1)).replace("verifiers:", "# ours\nverifiers:")
    theirs = article(stamp("kp", A2)).replace("title:", "# theirs\ntitle:")
    merged = direct(article(), ours, theirs.replace("verified:", "# of stamps\nverified:"))
    assert merged.clean
    for comment in ("# ours\n", "# theirs\n", "# of stamps\n", "# as people say\n"):
        assert comment in merged.raw.decode()


def test_blank_lines_that_only_they_added_are_not_brought_into_our_comments() -> None:
    ours, theirs = (
        article().replace("verifiers:", f"{one}verifiers:") for one in ("# ours\n", "\n# theirs\n")
    )
    assert direct(article(), ours, theirs).raw.decode() == ours.replace("# ours\n", "# ours\n# theirs\n")


def test_indented_front_matter_is_merged_key_by_key() -> None:
    old = "---\n  a: 1\n  b: 2\n---\ntext\n"
    merged = direct(old, old.replace("a: 1", "a: 3"), old.replace("b: 2", "b: 4"))
    assert merged.raw.decode() == "---\n  a: 3\n  b: 4\n---\ntext\n" and not merged.whole


@pytest.mark.parametrize(
    "old",
    [
        "---\na: 1\r\nb: 2\n---\ntext\n",
        "---\na: 1\nb: 2\n---\none\r\ntext\n",
        "---\r\na: 1\rz: 0\r\nb: 2\r\n---\r\ntext\r\n",
    ],
)
def test_line_ends_of_both_kinds_stay_where_they_are(old: str) -> None:
    merged = direct(old, old.replace("a: 1", "a: 3"), old.replace("text", "more"))
    assert merged.raw.decode() == old.replace("a: 1", "a: 3").replace("text", "more")
    both = direct(old.replace("---\n", "---\r\n", 1), old, old.replace("text", "more"))
    assert both.raw.decode() == old.replace("text", "more")


def test_comments_of_both_sides_in_one_place_stay() -> None:
    """Each added a line above the same key, and one of them a line that the other has as well."""
    ours = article().replace("verifiers:", "# ask the mail team\n\n# ours\nverifiers:")
    theirs = article().replace("verifiers:", "# theirs\n# ask the mail team\nverifiers:")
    merged = direct(article(), ours, theirs)
    assert merged.clean
    assert merged.raw.decode() == ours.replace("# ours\n", "# ours\n# theirs\n")


def test_an_entry_that_holds_more_than_text_is_left_to_a_person() -> None:
    """It cannot be written on one line, and nothing of it may be lost."""
    theirs = block_stamp(A2, C2, "  seen:\n  - before\n").replace("human:jd", "human:kp")
    merged = direct(article(), article(stamp("jd", A1)), theirs)
    assert merged.keys == ("verified",) and not merged.whole
    for part in ("human:jd", "human:kp", C1, C2, "- before"):
        assert part in merged.raw.decode()


def test_a_comment_that_would_be_lost_makes_a_conflict() -> None:
    noted = article(stamp("jd", A2)).replace(f'"{C1}"}}', f'"{C1}"}}  # on the phone')
    merged = direct(article(stamp("jd", A1)), article(stamp("jd", A3)), noted)
    assert merged.keys == ("verified",) and b"# on the phone" in merged.raw


def block_stamp(at: str, content: str, extra: str = "") -> str:
    lines = f"- by: human:jd\n  at: {at}\n  note: a\n  ticket: T1\n  content: {content}\n{extra}"
    return article().replace("verifiers", f"verified:\n{lines}verifiers")


def test_a_stamp_is_never_put_together_from_two() -> None:
    """Line by line Git joins the day of one and the content of another, and sees no conflict in that."""
    old, ours, theirs = block_stamp(A1, C1), block_stamp(A2, C1), block_stamp(A1, C2)
    plain, conflicts = Lines(Path.cwd())(old.encode(), ours.encode(), theirs.encode())
    assert conflicts == 0 and read(plain).meta["verified"][0]["content"] == C2
    meta = read(direct(old, ours, theirs).raw).meta
    assert (meta["verified"][0]["at"], meta["verified"][0]["content"]) == (A2, C1)
    odd = "- just a word\n"
    merged = direct(block_stamp(A1, C1, odd), block_stamp(A2, C1, odd), block_stamp(A1, C2, odd))
    assert merged.keys == ("verified",) and merged.raw.count(b"<<<<<<<") >= 1


def test_who_has_several_stamps_keeps_them_all() -> None:
    """They are no newer and older of one: which of them somebody meant to take back, nobody can say."""
    first, second, kp, zo = stamp("jd", A1), stamp("jd", A2, C2), stamp("kp", A3), stamp("zo", A3)
    for old, ours, theirs, kept in (
        ([first, second], [first, second, zo], [first, second, kp], [first, second, zo, kp]),
        ([first], [first, zo], [first, second], [first, zo, second]),
        ([first], [first, zo], [second, first], [first, zo, second]),
        ([first], [first, second], [first, zo], [first, second, zo]),
    ):
        merged = direct(article(*old), article(*ours), article(*theirs))
        assert merged.raw.decode() == article(*kept)


def test_a_flag_that_stands_twice_is_taken_once() -> None:
    merged = direct(article(), article(flags=(WRONG,)), article(flags=(STYLE, STYLE)))
    assert merged.raw.decode() == article(flags=(WRONG, STYLE))


def test_a_stamp_written_over_several_lines_or_alone_comes_with_all_it_says() -> None:
    theirs = (
        block_stamp(A2, C2, "  minor: true\n")
        .replace("human:jd", "human:kp")
        .replace("note: a", "note: 'a\n    b'")
    )
    merged = direct(article(), article(stamp("jd", A1)), theirs)
    spelt = f'{{by: "human:kp", at: {A2}, note: "a b", ticket: T1, content: "{C2}", minor: true}}'
    assert merged.raw.decode() == article(stamp("jd", A1), spelt)

    def alone(entry: str) -> str:
        return article().replace("verifiers", f"verified: {entry}\nverifiers")

    kp = stamp("kp", A2).replace('"', "'")
    merged = direct(article(), alone(stamp("jd", A1)), alone(kp))
    both = f"verified:\n  - {stamp('jd', A1)}\n  - {kp}\nverifiers"
    assert merged.raw.decode() == article().replace("verifiers", both)


def test_a_list_of_words_is_merged_as_lines() -> None:
    old = article().replace("verifiers", "tags:\n- a\n- b\n- c\n- d\n- e\nverifiers")
    merged = direct(old, old.replace("- a\n", "- a\n- first\n"), old.replace("- e\n", "- e\n- last\n"))
    assert merged.clean and read(merged.raw).meta["tags"] == ["a", "first", "b", "c", "d", "e", "last"]


@pytest.mark.parametrize(("ours", "theirs", "kept"), [
    ('"2026-05-01"', "'2026-05-04'", "'2026-05-04'"), ('"2026-05-04"', "'2026-05-01'", '"2026-05-04"'),
    ('"2026-05-01"', "'next week'", None), ("'next week'", '"2026-05-01"', None), ('"2026-05-01"', None, None),
])  # fmt: skip
def test_of_two_mapped_dates_the_newer_stays(ours: str, theirs: str | None, kept: str | None) -> None:
    def dated(day: str | None) -> str:
        return article().replace("verifiers", f"audit_date: {day}\nverifiers") if day else article()

    merged = direct(dated('""'), dated(ours), dated(theirs), "audit_date")
    assert merged.raw.decode() == dated(kept) if kept else merged.keys == ("audit_date",)
    folded = direct(dated('""'), dated('"2026-05-01"'), dated(">-\n  2026-05-04"), "audit_date")
    assert folded.raw.decode() == dated('"2026-05-04"')
    assert direct(dated('""'), dated(ours), dated(theirs)).keys == ("audit_date",)


def test_the_driver_asks_kcs_toml_for_the_mapped_date(two: Branches) -> None:
    two.base.commit(
        {"kcs.toml": '[articles]\ninclude = ["articles/**/*.md"]\n[fields]\nverified_at = "audit_date"\n'}
    )
    two.split(
        *(
            article().replace("verifiers", f"audit_date: {day}\nverifiers")
            for day in ("", "2026-05-01", "2026-05-04")
        )
    )
    assert two.git("merge", "theirs") == 0, two.said
    assert read(two.raw).meta["audit_date"] == "2026-05-04"


@pytest.mark.parametrize(
    ("order", "later"), [("day-first", "02/12/2026"), ("month-first", "11/05/2026"), ("", None)]
)
def test_the_newer_of_two_mapped_dates_is_told_in_the_order_that_kcs_toml_says(
    two: Branches, order: str, later: str | None
) -> None:
    says = f'date_order = "{order}"\n' if order else ""
    toml = f'{says}[articles]\ninclude = ["articles/**/*.md"]\n[fields]\nverified_at = "audit_date"\n'
    two.base.commit({"kcs.toml": toml})
    days = ("01/01/2026", "11/05/2026", "02/12/2026")
    two.split(*(article().replace("verifiers", f"audit_date: {day}\nverifiers") for day in days))
    assert two.git("merge", "theirs") == (0 if later else 1), two.said
    if later:
        assert read(two.raw).meta["audit_date"] == later


def test_of_two_due_days_the_earlier_stays_and_one_nobody_can_read_is_the_earliest() -> None:
    def due(ours: str, theirs: str) -> object:
        sides = (article(stamp("jd", A1), stale=day) for day in ("2026-07-30", ours, theirs))
        return read(direct(*sides).raw).meta.get("stale_after")

    assert due("2026-08-02", "2026-08-01") == due("2026-08-01", "2026-08-02") == "2026-08-01"
    assert due("2026-08-01", "soon") == due("soon", "2026-08-01") == "soon"
    assert due("", "2026-08-01") == due("2026-08-01", "") == "2026-08-01"


def test_two_dates_without_content_both_stay_as_each_was_claimed_of_its_own_text() -> None:
    sides = (article(f'{{by: "human:jd", at: {at}}}') for at in (A1, A2, A3))
    merged = direct(*sides)
    assert merged.clean and [one.at for one in stamps_of(read(merged.raw).meta)] == [A2, A3]


def test_both_sides_made_the_file(two: Branches) -> None:
    two.base.git("checkout", "--quiet", "-b", "theirs")
    two.base.commit({ART: article(stamp("kp", A2), stale="2026-07-31")})
    two.base.git("checkout", "--quiet", "-b", "ours", "HEAD~1")
    two.base.commit({ART: article(stamp("jd", A1), stale="2026-07-30")})
    assert two.git("merge", "theirs") == 0, two.said
    assert two.raw.decode() == article(stamp("jd", A1), stamp("kp", A2), stale="2026-07-30")


def test_a_failure_leaves_ours_and_says_so_to_git(two: Branches, run: Run) -> None:
    ours = two.base.write("ours.md", article())
    done = run("merge-file", two.base.root / "absent", ours, ours, "7", "-odd.md")
    assert done.code == 129 and "absent" in done.err
    assert ours.read_text() == article()


def test_git_names_the_sides_and_no_date_is_settled_while_kcs_toml_is_in_conflict(
    two: Branches, run: Run
) -> None:
    root = two.base.root
    sides = {
        name: article().replace("verifiers", f"audit_date: {day}\nverifiers")
        for name, day in (("base", "2026-05-01"), ("ours", "2026-05-03"), ("theirs", "2026-05-04"))
    }
    names = ("merge-file", *sides, "7", "articles/a.md", "1234567", "main", "feature")
    says = '[fields]\nverified_at = "audit_date"\n'
    for config, code in ((says, 0), (f"<<<<<<< main\n{says}=======\n>>>>>>> feature\n", 1)):
        for name, text in (("kcs.toml", config), *sides.items()):
            two.base.write(name, text)
        assert run(*names, cwd=root).code == code
        merged = two.base.read("ours")
        assert ("<<<<<<< main\n" in merged, ">>>>>>> feature\n" in merged) == (bool(code), bool(code))
        assert bool(code) or read(merged.encode()).meta["audit_date"] == "2026-05-04"


@pytest.mark.parametrize(
    ("newest", "other"),
    [
        ("2026-11-20T03:00:00Z", "2026-11-20T09:00:00+07:00"),
        ("2026-11-20T09:00:00+07:00", "2026-11-20T01:59:59Z"),
        ("2026-11-21", "2026-11-20T23:59:59Z"),
        ("2026-11-20T00:00:01Z", "2026-11-20"),
        ("2026-11-20T00:00:00Z", "whenever"),
    ],
)
def test_of_two_that_were_both_changed_the_newest_stays(newest: str, other: str) -> None:
    """By the moment and not by how it is spelt, whichever side
    it is on; what cannot be read is older than all that can.
    """
    was, late, early = ({"by": "human:jd", "at": at, "content": "c"} for at in ("2026-01-01", newest, other))
    for ours, theirs in ((late, early), (early, late)):
        assert merged_entries([was], [ours], [theirs], itemgetter("by")) == {"human:jd": late}
        assert merged_entries([], [ours], [theirs], itemgetter("by")) == {"human:jd": late}
        assert merged_entries([ours], [ours], [theirs], itemgetter("by")) == {"human:jd": theirs}
        assert merged_entries([ours], [], [theirs], itemgetter("by")) == {"human:jd": theirs}, (
            "changed beats removed"
        )
        assert merged_entries([ours], [], [ours], itemgetter("by")) == {}


def test_the_same_in_another_order_is_the_same() -> None:
    one = {"by": "human:kp", "reason": "style"}
    assert list(merged_entries([], [one], [dict(reversed(one.items()))], canonical).values()) == [one]
