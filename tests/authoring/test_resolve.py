"""Where no driver ran: the conflict is mended afterwards, from the index or from committed markers."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kcs.article.front_matter import read
from kcs.article.stamps import stamps_of
from kcs.authoring.markers import split
from tests.conftest import JD as JD_PERSON
from tests.conftest import KCS_TOML, Base, Run, identity

pytestmark = pytest.mark.forked

ART = "articles/a.md"
JD = '{by: "human:jd", at: 2026-05-01T09:00:00Z, content: "kcs1:1"}'
KP = '{by: "human:kp", at: 2026-05-02T09:00:00Z, content: "kcs1:1"}'
BODY = "## Issue\n\nMail is stuck.\n\n## Resolution\n\nMake room.\n"


def article(*entries: str, stale: str = "", body: str = BODY, title: str = "Mail is stuck") -> str:
    verified = "verified:\n" + "".join(f"  - {entry}\n" for entry in entries) if entries else ""
    dated = f"stale_after: {stale}\n" if stale else ""
    return f"---\ntitle: {title}\nconfidence: validated\n{verified}{dated}---\n{body}"


@pytest.fixture
def meet(make_base: Callable[..., Base]) -> Callable[..., Base]:
    """meet(old, ours, theirs): a base in whose merge these two versions are in conflict; None is a removed file."""

    def make(old: str | None, ours: str | None, theirs: str | None, name: str = "kb") -> Base:
        base = make_base({"articles/z.md": "---\ntitle: Z\n---\n"}, name=name)
        base.git("config", "user.name", "J. Doe")
        base.git("config", "user.email", "jd@acme.example")

        def put(text: str | None) -> None:
            if text is None:
                (base.root / ART).unlink(missing_ok=True)
            else:
                base.write(ART, text)
            base.commit()

        put(old)
        base.git("checkout", "--quiet", "-b", "theirs")
        put(theirs)
        base.git("checkout", "--quiet", "-B", "ours", "HEAD~1")
        put(ours)
        merge = ["git", "merge", "theirs"]
        assert subprocess.run(merge, cwd=base.root, env=base.env, capture_output=True).returncode == 1
        return base

    return make


VERIFIED_TWICE = (article(), article(JD, stale="2026-07-30"), article(KP, stale="2026-07-31"))
BOTH = article(JD, KP, stale="2026-07-30")


def unmerged(base: Base) -> str:
    return base.git("ls-files", "--unmerged")


@pytest.mark.parametrize("named", [True, False])
def test_two_stamps_are_mended_and_staged(meet: Callable[..., Base], run: Run, named: bool) -> None:
    base = meet(*VERIFIED_TWICE)
    assert f"kcs resolve {ART}" in run("show", ART, cwd=base.root).out
    refused = run("verify", ART, cwd=base.root)
    assert refused.code == 2 and f"kcs resolve {ART} mends what can be" in refused.err
    if named:
        assert "kcs resolve" in run("sync", cwd=base.root).err, (
            "it named git merge --continue alone, which refuses"
        )
    done = run("resolve", *([ART] if named else []), cwd=base.root)
    assert "then git commit" in done.err
    assert (done.code, base.read(ART), unmerged(base)) == (0, BOTH, "")
    assert ART in done.out and "staged" in done.out
    base.git("commit", "--quiet", "--no-edit")


def test_from_another_folder_and_as_json(meet: Callable[..., Base], run: Run) -> None:
    base = meet(*VERIFIED_TWICE)
    done = run("resolve", "a.md", "--format", "json", cwd=base.root / "articles")
    assert done.json["schema"] == "kcs.resolve/1"
    assert [(one["path"], one["status"]) for one in done.json["files"]] == [(ART, "mended")]


def test_a_conflict_of_the_text_stays_and_the_stamps_are_mended(meet: Callable[..., Base], run: Run) -> None:
    ours, theirs = (BODY.replace("Make room.", word) for word in ("Buy a disk.", "Delete mail."))
    base = meet(article(), article(JD, body=ours), article(KP, body=theirs))
    done = run("resolve", cwd=base.root)
    assert done.code == 1 and "the text" in done.out and unmerged(base)
    conflict = "<<<<<<< HEAD\nBuy a disk.\n=======\nDelete mail.\n>>>>>>> theirs\n"
    assert base.read(ART) == article(JD, KP, body=BODY.replace("Make room.\n", conflict))
    again = run("resolve", cwd=base.root)
    assert again.code == 1 and base.read(ART) == article(JD, KP, body=BODY.replace("Make room.\n", conflict))


def test_what_somebody_mended_already_stays(meet: Callable[..., Base], run: Run) -> None:
    ours, theirs = (BODY.replace("Make room.", word) for word in ("Buy a disk.", "Delete mail."))
    base = meet(article(), article(JD, body=ours), article(KP, body=theirs))
    half = base.read(ART).replace(
        "<<<<<<< HEAD\nBuy a disk.\n=======\nDelete mail.\n>>>>>>> theirs\n", "Do both.\n"
    )
    base.write(ART, half)
    assert run("resolve", cwd=base.root).code == 0
    assert base.read(ART) == article(JD, KP, body=BODY.replace("Make room.", "Do both."))


def test_a_file_mended_by_hand_is_not_touched(meet: Callable[..., Base], run: Run) -> None:
    base = meet(*VERIFIED_TWICE)
    base.write(ART, "my own words\n")
    done = run("resolve", cwd=base.root)
    assert done.code == 1 and f"git add {ART}" in done.out
    assert base.read(ART) == "my own words\n"


def test_where_the_driver_could_not_start_the_index_is_merged(
    make_base: Callable[..., Base], run: Run, meet: Callable[..., Base]
) -> None:
    base = meet(*VERIFIED_TWICE)
    base.git("checkout", "--quiet", "--ours", ART)
    assert base.read(ART) == VERIFIED_TWICE[1]
    assert run("resolve", cwd=base.root).code == 0 and base.read(ART) == BOTH


def test_where_the_file_is_gone_from_the_work_tree_it_comes_back_merged(
    meet: Callable[..., Base], run: Run
) -> None:
    base = meet(*VERIFIED_TWICE)
    (base.root / ART).unlink()
    done = run("resolve", cwd=base.root)
    assert (done.code, base.read(ART), unmerged(base)) == (0, BOTH, ""), done.out + done.err


def test_both_sides_made_the_file(meet: Callable[..., Base], run: Run) -> None:
    base = meet(None, *VERIFIED_TWICE[1:])
    assert run("resolve", cwd=base.root).code == 0 and base.read(ART) == BOTH


def test_removed_on_one_side_is_left_to_a_person(meet: Callable[..., Base], run: Run) -> None:
    base = meet(article(), None, article(KP))
    done = run("resolve", cwd=base.root)
    assert done.code == 1 and "git rm" in done.out and unmerged(base)


def test_moved_to_two_places_is_called_so(native: Base, run: Run) -> None:
    old, ours, theirs = "articles/vpn.md", "articles/ours now.md", "articles/theirs.md"
    native.git("checkout", "--quiet", "-b", "side")
    native.git("mv", old, theirs)
    native.commit(message="theirs")
    native.git("checkout", "--quiet", "-")
    native.git("mv", old, ours)
    native.commit(message="ours")
    merge = ["git", "merge", "side"]
    subprocess.run(
        merge, cwd=native.root, env={**native.env, **identity(JD_PERSON)}, capture_output=True, check=False
    )
    done = run("resolve", cwd=native.root)
    assert done.code == 1 and "removed on one side" not in done.out
    assert f"{old}: was moved on both sides, to two places: `git rm {old}`" in done.out
    for place in (ours, theirs):
        typed = f"'{place}'" if " " in place else place
        assert f"{place}: is here on one side only: `git add {typed}`, or `git rm {typed}`" in done.out


def test_links_in_conflict_are_left_and_nothing_is_written_where_they_lead(native: Base, run: Run) -> None:
    link = native.root / "articles/link.md"
    for name in ("theirs", "ours"):
        native.git("checkout", "--quiet", *(("-b", "side") if name == "theirs" else ("main",)))
        link.symlink_to(f"../../{name}")
        native.commit(message=name)
    merge = ["git", "merge", "side"]
    subprocess.run(
        merge, cwd=native.root, env={**native.env, **identity(JD_PERSON)}, capture_output=True, check=False
    )
    done = run("resolve", cwd=native.root)
    assert done.code == 1 and "articles/link.md: is a symbolic link" in done.out
    assert link.is_symlink() and not link.exists()


def test_a_link_that_is_on_one_side_only_is_called_so(native: Base, run: Run) -> None:
    """Git knows no `--ours` of it."""
    path = "articles/vpn.md"
    native.git("checkout", "--quiet", "-b", "side")
    (native.root / path).unlink()
    (native.root / path).symlink_to("email/outlook.md")
    native.commit(message="theirs")
    native.git("checkout", "--quiet", "-")
    native.write(path, native.read(path) + "more\n")
    native.commit(message="ours")
    merge = ["git", "merge", "side"]
    subprocess.run(
        merge, cwd=native.root, env={**native.env, **identity(JD_PERSON)}, capture_output=True, check=False
    )
    assert f"{path}: is here on one side only: `git add {path}`" in run("resolve", cwd=native.root).out


def test_crlf_in_the_work_tree_alone(meet: Callable[..., Base], run: Run) -> None:
    base = meet(*VERIFIED_TWICE)
    base.git("config", "core.autocrlf", "true")
    base.write(ART, base.read(ART).replace("\n", "\r\n"))
    assert run("resolve", cwd=base.root).code == 0
    assert base.read(ART) == BOTH.replace("\n", "\r\n")


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_markers_that_were_committed(meet: Callable[..., Base], run: Run, style: str) -> None:
    base = meet(*VERIFIED_TWICE)
    base.git("checkout", "--quiet", f"--conflict={style}", ART)
    base.commit(message="oops")
    assert "<<<<<<<" in base.read(ART)
    done = run("resolve", ART, cwd=base.root)
    assert (done.code, base.read(ART)) == (0, BOTH), done.out
    assert "commit" in done.out and base.git("status", "--short").strip() == f"M {ART}"


def test_a_key_that_one_side_put_beside_the_markers_is_no_second_one(
    meet: Callable[..., Base], run: Run
) -> None:
    """Read back from the markers, their side had `product` twice, and the whole file was left to a person."""
    old = "---\ntitle: A\nconfidence: validated\ntags: [x]\nowner: jd\nlanguage: en\n---\n\nText.\n"
    flags = "flags:\n  - {by: human:kp, at: 2026-05-02, reason: style}\n"
    stamp = "verified:\n  - {by: human:jd, at: 2026-05-01, content: kcs1:0}\n"
    ours = old.replace("---\n\n", f"{stamp}product: mail\n---\n\n")
    theirs = old.replace("title: A\n", "title: A\nproduct: mail\n").replace("---\n\n", f"{flags}---\n\n")
    base = meet(old, ours, theirs)
    left = base.read(ART)
    assert left.count("product: mail") == 2
    base.write(ART, left.replace("Text.", "Text, mended."))
    assert run("resolve", cwd=base.root).code == 1 and base.read(ART) != left, "what somebody wrote stays"
    base.write(ART, left)
    done = run("resolve", cwd=base.root)
    assert (done.code, unmerged(base)) == (0, ""), done.out
    now = base.read(ART)
    assert now.count("product: mail") == 1 and stamp in now and flags in now


def test_files_in_no_conflict_are_never_touched(native: Base, run: Run) -> None:
    path = "articles/vpn.md"
    text = native.read(path) + "\nA heading\n=======\n"
    native.write(path, text)
    done = run("resolve", path, cwd=native.root)
    assert (done.code, native.read(path)) == (0, text) and "no conflict" in done.out
    assert "git commit" not in done.err
    nothing = run("resolve", cwd=native.root)
    assert (nothing.code, nothing.out) == (0, "") and "no file is in conflict" in nothing.err


@pytest.mark.parametrize(
    "odd", ["<<<<<<< a\none\n", "<<<<<<< a\none\n=======\ntwo\n<<<<<<< b\n", "<<<<<<< a\n>>>>>>> b\n"]
)
def test_markers_that_do_not_go_together_are_left(native: Base, run: Run, odd: str) -> None:
    text = "---\ntitle: VPN\n---\n" + odd
    native.write("articles/vpn.md", text)
    done = run("resolve", "articles/vpn.md", cwd=native.root)
    assert done.code == 1 and "markers do not go together" in done.out
    assert native.read("articles/vpn.md") == text


def test_a_heading_s_underline_is_no_marker(meet: Callable[..., Base], run: Run) -> None:
    """Read back from the markers, ours had lost the line and theirs had it: it was mended, and the underline gone."""
    head = "\nHead\n=======\n\nend\n"
    base = meet(*(article(body=one) for one in (head, head.replace("=", "new\n=", 1), head.replace("=======\n", ""))))  # fmt: skip
    told = base.read(ART)
    assert told.endswith("Head\n<<<<<<< HEAD\nnew\n=======\n=======\n>>>>>>> theirs\n\nend\n")
    done = run("resolve", cwd=base.root)
    assert done.code == 1 and "still in conflict: the text" in done.out and base.read(ART) == told
    base.write(ART, told := told.replace("end\n", "end.\n"))
    assert "cannot be told apart" in run("resolve", cwd=base.root).out and unmerged(base)
    base.commit(message="oops")
    assert "cannot be told apart" in run("resolve", ART, cwd=base.root).out and base.read(ART) == told


def test_a_file_that_is_no_article_and_one_that_is_not_there(
    meet: Callable[..., Base], run: Run, tmp_path: Path
) -> None:
    base = meet(*VERIFIED_TWICE)
    base.git("update-index", "--index-info")  # nothing on stdin: the index is as it was
    absent = run("resolve", "articles/absent.md", cwd=base.root)
    assert absent.code == 2 and "absent.md" in absent.err
    outside = run("resolve", tmp_path / "elsewhere.md", cwd=base.root)
    assert outside.code == 2 and "not in the repository" in outside.err
    base.write("kcs.toml", '[articles]\ninclude = ["other/**/*.md"]\n')
    left = run("resolve", cwd=base.root)
    assert left.code == 1 and "not an article" in left.out and "<<<<<<<" in base.read(ART)


def test_a_file_outside_a_base_below_the_top_is_none_of_its_articles(
    meet: Callable[..., Base], run: Run
) -> None:
    base = meet(*VERIFIED_TWICE)
    base.write("kb/kcs.toml", KCS_TOML)
    left = run("resolve", cwd=base.root / "kb")
    assert left.code == 1 and f"{ART}: is not an article" in left.out and "<<<<<<<" in base.read(ART)


def test_outside_git_nothing_is_in_conflict(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({ART: "<<<<<<< a\none\n=======\ntwo\n>>>>>>> b\n"}, git=False)
    told = run("resolve", ART, cwd=base.root)
    assert told.code == 2 and "only a Git repository has conflicts" in told.err


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_markers_that_show_what_both_began_with_are_merged_with_it(
    meet: Callable[..., Base], run: Run, style: str
) -> None:
    theirs = article(title="Mail waits")
    base = meet(article(), article().replace("validated", "archived"), theirs)
    base.git("checkout", "--quiet", f"--conflict={style}", ART)
    base.commit(message="oops")
    done = run("resolve", ART, cwd=base.root)
    if style == "diff3":
        assert (done.code, base.read(ART)) == (0, theirs.replace("validated", "archived"))
    else:
        assert done.code == 1 and "`title`, `confidence`" in done.out
        assert "Mail waits" in base.read(ART) and "Mail is stuck" in base.read(ART)


@pytest.mark.parametrize("committed", [False, True])
def test_front_matter_of_one_side_cannot_be_read(
    meet: Callable[..., Base], run: Run, committed: bool
) -> None:
    base = meet(article(), article(JD), article(KP, title="[unclosed"))
    before = base.read(ART)
    if committed:
        base.commit(message="oops")
    done = run("resolve", ART, cwd=base.root)
    assert done.code == 1 and "cannot be read" in done.out and base.read(ART) == before


def test_sides_are_read_back_as_git_wrote_them() -> None:
    shown = b"a\n<<<<<<< HEAD\nb\n||||||| base\nc\n=======\nd\n>>>>>>> x\ne\n=======\n"
    found = split(shown)
    assert found is not None
    assert (found.ours, found.base, found.theirs) == (
        b"a\nb\ne\n=======\n",
        b"a\nc\ne\n=======\n",
        b"a\nd\ne\n=======\n",
    )
    assert (found.labels, found.size) == (("HEAD", "base", "x"), 7)
    assert split(b"no conflict\n") is None
    assert len(stamps_of(read(BOTH.encode()).meta)) == 2


def test_a_file_that_already_says_what_the_merge_says_is_staged(meet: Callable[..., Base], run: Run) -> None:
    base = meet(*VERIFIED_TWICE)
    base.write(ART, BOTH)
    assert (run("resolve", cwd=base.root).code, base.read(ART), unmerged(base)) == (0, BOTH, "")


def test_a_name_that_is_no_file_leads_to_those_in_conflict(native: Base, run: Run) -> None:
    told = run("resolve", "kb-7f3q9xk2", cwd=native.root)
    assert told.code == 2 and told.err.startswith(
        "kcs: there is no file kb-7f3q9xk2\n     kcs resolve alone takes every"
    )


def test_of_files_that_are_named_none_is_mended_if_one_is_not_there(
    meet: Callable[..., Base], run: Run
) -> None:
    base = meet(*VERIFIED_TWICE)
    before = base.read(ART)
    for other, said in (("articles/none.md", "there is no file"), ("/etc/hosts", "not in the repository")):
        told = run("resolve", ART, other, cwd=base.root)
        assert told.code == 2 and said in told.err and not told.out
        assert base.read(ART) == before and unmerged(base)


def test_a_file_is_found_from_any_folder_as_other_commands_name_it(
    meet: Callable[..., Base], run: Run
) -> None:
    base = meet(*VERIFIED_TWICE)
    done = run("resolve", ART, cwd=base.root / "articles")
    assert done.code == 0 and base.read(ART) == BOTH, done
