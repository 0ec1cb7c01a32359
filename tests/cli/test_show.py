"""kcs show: what an article is, whether it can be trusted, and whose change who has not seen."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kcs.cli.main import app
from kcs.kb.base import KnowledgeBase
from tests.conftest import JD, KP, Base, Run, identity

pytestmark = [pytest.mark.usefixtures("in_kcs_env"), pytest.mark.forked]

PATH = "articles/mail.md"
TEXT = "## Issue\n\nMail stops.\n\n## Resolution\n\nRestart it.\n"


def article(body: str = TEXT, *lines: str, verifiers: str = "[jd, kp]") -> str:
    head = ["id: kb-ma110001", "title: Mail stops", "confidence: validated", "audience: external", *lines]
    return "\n".join(["---", *head, f"verifiers: {verifiers}", "---", body])


def fingerprint(base: Base, path: str = PATH) -> str:
    kb = KnowledgeBase.open(base.root)
    return kb.fingerprints.of(kb.by_path[path])


def stamp(person: str, content: str, at: str = "2026-05-02T09:00:00Z", more: str = "") -> str:
    return f'  - {{by: "human:{person}", at: {at}, content: "{content}"{more}}}'


def stamped(base: Base, body: str, *entries: Callable[[str], str] | str, **settings: str) -> str:
    """The article with these entries of `verified`; a callable is given the fingerprint of `body`."""
    base.write(PATH, article(body, **settings))
    content = fingerprint(base)
    lines = [one if isinstance(one, str) else one(content) for one in entries]
    return article(body, "verified:", *lines, **settings)


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base({PATH: article()})


def shown(base: Base, *more: str, name: str = "kb-ma110001") -> Any:
    words = ["show", name, "--format", "json", "--kb", str(base.root), "--as-of", "2026-06-01", *more]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def subjects(entry: Any) -> list[str | None]:
    return [change["subject"] for change in entry["unseen_changes"]]


def test_a_trusted_article_says_until_when_and_who(base: Base, run: Run) -> None:
    base.commit({PATH: stamped(base, TEXT, lambda c: stamp("jd", c, more=", note: tried, ticket: ZD-1"))})
    done = run("show", "kb-ma110001", "--as-of", "2026-06-01", cwd=base.root)
    lines = done.out.splitlines()
    assert lines[0] == "Mail stops"
    assert "kb-ma110001 · articles/mail.md" in lines
    assert "trusted until 2026-07-31" in lines
    assert "verified by J. Doe on 2026-05-02 · “tried” · ZD-1 · counts" in lines
    assert done.out.endswith(TEXT)
    assert "\x1b" not in done.out


def test_an_audience_that_is_not_the_most_open_is_said_first(
    make_base: Callable[..., Base], run: Run
) -> None:
    base = make_base({PATH: article().replace("audience: external\n", "audience: partner\n")})
    done = run("show", PATH, "--kb", base.root)
    assert done.out.splitlines()[1] == "PARTNER: not for every audience"
    assert "for partner" in done.out


def test_each_reason_comes_with_what_to_do(base: Base, run: Run) -> None:
    done = run("show", "kb-ma110001", cwd=base.root)
    lines = done.out.splitlines()
    at = lines.index("not trusted: nobody ever verified it")
    assert lines[at + 1].strip() == "kcs verify kb-ma110001"


def test_two_branches_that_verified_different_texts_have_not_seen_each_other(base: Base, run: Run) -> None:
    long = TEXT + "\n".join(f"\nLine {number}." for number in range(30)) + "\n"
    base.commit({PATH: article(long)}, "Lengthen")
    base.git("checkout", "-q", "-b", "other")
    at_top = long.replace("Mail stops.", "Mail stops at noon.")
    base.commit({PATH: stamped(base, at_top, lambda c: stamp("jd", c))}, "JD changes and verifies", who=JD)
    jd = fingerprint(base)
    base.git("checkout", "-q", "main")
    at_end = long.replace("Line 29.", "Line 29, the last.")
    base.commit({PATH: stamped(base, at_end, lambda c: stamp("kp", c))}, "KP changes and verifies", who=KP)
    kp = fingerprint(base)
    both = at_top.replace("Line 29.", "Line 29, the last.")
    # The two lines of stamps conflict; who merges by hand keeps both.
    env = {**base.env, **identity(KP)}
    subprocess.run(
        ["git", "merge", "-q", "--no-commit", "other"], cwd=base.root, env=env, capture_output=True
    )
    assert (base.root / ".git" / "MERGE_HEAD").is_file()
    merged = stamped(base, both, stamp("jd", jd), stamp("kp", kp))
    base.commit({PATH: merged}, "Merge other")
    found = shown(base)
    assert found["trusted"] is False and found["reasons"] == ["content-changed"]
    by = {one["person"]: one for one in found["stamps"]}
    assert {one["subject"] for one in by["jd"]["unseen_changes"]} == {
        "KP changes and verifies",
        "Merge other",
    }
    assert {one["subject"] for one in by["kp"]["unseen_changes"]} == {
        "JD changes and verifies",
        "Merge other",
    }
    assert [one["merge"] for one in by["jd"]["unseen_changes"] if one["subject"] == "Merge other"] == [True]


def test_a_merge_that_keeps_one_sides_text_beside_the_others_stamp_is_unseen(base: Base) -> None:
    base.git("checkout", "-q", "-b", "other")
    other = stamped(base, TEXT.replace("Restart", "Reboot"), lambda c: stamp("jd", c))
    base.commit({PATH: other}, "JD changes and verifies", who=JD)
    base.git("checkout", "-q", "main")
    base.commit({"more.txt": "More."}, "More")
    base.git("merge", "-q", "--no-commit", "--strategy", "ours", "other", **identity(KP))
    base.commit({PATH: other.replace("Reboot", "Restart")}, "Merge other", who=KP)
    base.commit({PATH: other.replace("Reboot", "Restart").replace("title:", "tags: [a]\ntitle:")}, "Tag")
    found = shown(base)
    assert found["reasons"] == ["content-changed"] and subjects(found["stamps"][0]) == ["Merge other"]


def test_a_change_of_front_matter_alone_is_no_unseen_change(base: Base, run: Run) -> None:
    text = stamped(base, TEXT, lambda c: stamp("jd", c))
    base.commit({PATH: text}, "Verify")
    base.commit({PATH: text.replace("title:", "tags: [mail]\ntitle:")}, "Tag", who=KP)
    changed = text.replace("Restart it.", "Restart it twice.")
    base.commit({PATH: changed}, "Twice", who=KP)
    base.commit({PATH: changed.replace("title:", "product: mail\ntitle:")}, "Product", who=KP)
    assert subjects(shown(base)["stamps"][0]) == ["Twice"]


def test_an_uncommitted_edit_is_your_change(base: Base, run: Run) -> None:
    text = stamped(base, TEXT, lambda c: stamp("kp", c))
    base.commit({PATH: text}, "Verify", who=KP)
    base.write(PATH, text.replace("Restart it.", "Reboot."))
    entry = shown(base)["stamps"][0]
    assert entry["why"] == ["other-content"]
    assert [(one["commit"], one["person"]) for one in entry["unseen_changes"]] == [(None, "jd")]
    done = run("show", "kb-ma110001", "--as-of", "2026-06-01", cwd=base.root)
    assert "K. Park has not seen:\n      your uncommitted change\n" in done.out


def test_content_that_is_nowhere_in_history_is_said_to_be_lost(base: Base, run: Run) -> None:
    base.commit({PATH: article(TEXT, "verified:", stamp("jd", "kcs1:" + "0" * 32))})
    assert shown(base)["stamps"][0]["unseen_changes"] is None
    assert "not in this history" in run("show", PATH, "--kb", base.root).out


def test_a_rename_hides_no_change(base: Base, run: Run) -> None:
    base.commit({PATH: stamped(base, TEXT, lambda c: stamp("jd", c))}, "Verify")
    base.commit({PATH: base.read(PATH).replace("Restart it.", "Restart all.")}, "All", who=KP)
    base.git("mv", PATH, "articles/post.md")
    base.commit(message="Move")
    assert subjects(shown(base)["stamps"][0]) == ["All"]


def test_going_back_to_the_verified_text_makes_it_count_again(base: Base, run: Run) -> None:
    text = stamped(base, TEXT, lambda c: stamp("jd", c))
    base.commit({PATH: text}, "Verify")
    base.commit({PATH: text.replace("Restart it.", "Wrong.")}, "Spoil", who=KP)
    base.commit({PATH: text}, "Revert", who=KP)
    found = shown(base)
    assert found["trusted"] is True and found["stamps"][0]["unseen_changes"] == []


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (lambda c: stamp("zo", c), "not-entitled"),
        (lambda c: stamp("gone", c), "left"),
        (lambda c: stamp("jd", c, at="some day"), "not-dated"),
        (lambda c: stamp("gone", c, at="some day"), "not-dated"),
        (lambda _: stamp("jd", "by heart"), "other-content"),
        (lambda c: stamp("jd", "kcs9:" + c[5:]), "unknown-version"),
        (lambda c: f'  - {{by: "process:ci", at: 2026-05-02T09:00:00Z, content: "{c}"}}', "machine"),
    ],
)
def test_why_a_stamp_does_not_count(base: Base, run: Run, entry: Callable[[str], str], why: str) -> None:
    base.commit({PATH: stamped(base, TEXT, entry, verifiers="[jd, gone]")})
    found = shown(base)["stamps"][0]
    assert found["counts"] is False and why in found["why"]


@pytest.mark.parametrize("order", [(2, 4, 3), (4, 2, 3), (2, 3, 4)])
def test_of_one_persons_entries_the_newest_counts(base: Base, order: tuple[int, ...]) -> None:
    def on(day: int) -> Callable[[str], str]:
        return lambda content: stamp("jd", content, at=f"2026-05-{day:02d}T09:00:00Z")

    base.commit({PATH: stamped(base, TEXT, *map(on, order), lambda c: stamp("kp", c))})
    *own, other = shown(base)["stamps"]
    older = ["older-of-the-same-person"]
    assert {one["day"]: one["why"] for one in own} == {
        "2026-05-02": older,
        "2026-05-03": older,
        "2026-05-04": [],
    }
    assert other["counts"] is True


def test_a_minor_stamp_shows_since_when_it_counts(base: Base, run: Run) -> None:
    more = ", minor: true, since: 2026-04-01, note: a typo"
    base.commit({PATH: stamped(base, TEXT, lambda c: stamp("jd", c, more=more))})
    done = run("show", PATH, "--kb", base.root, "--as-of", "2026-06-01")
    assert "verified by J. Doe since 2026-04-01, minor change on 2026-05-02 · “a typo” · counts" in done.out
    assert shown(base)["due"] == "2026-06-30"


def test_a_date_alone_names_its_commit_and_whether_the_text_is_the_same(adopted: Base, run: Run) -> None:
    path = "content/mail/smtp.md"
    done = run("show", path, "--kb", adopted.root, "--as-of", "2025-07-01")
    commit = adopted.git("rev-parse", "HEAD").strip()
    assert f"set by J. Doe on 2026-05-01 in {commit[:9]} · the text is the same since" in done.out
    claim = shown(adopted, "--as-of", "2025-07-01", name=path)["claims"][0]
    assert (claim["counts"], claim["why"], claim["same_content"], claim["by"]) == (True, [], True, None)
    adopted.commit({path: adopted.read(path).replace("587", "465")}, "Port", who=KP)
    claim = shown(adopted, name=path)["claims"][0]
    assert claim["field"] == "audit_date" and claim["same_content"] is False
    assert subjects(claim) == ["Port"]
    assert claim["reference"] == {"status": "known", "commit": commit}


def test_a_date_newer_than_the_stamp_is_shown_and_does_not_count(
    make_base: Callable[..., Base], run: Run
) -> None:
    config = '[articles]\ninclude = ["articles/**/*.md"]\n[fields]\nverified_at = "checked"\n'
    base = make_base({PATH: article()}, config=config)
    text = stamped(base, TEXT, lambda c: stamp("jd", c))
    base.commit({PATH: text.replace("title:", "checked: 2026-05-20\ntitle:")})
    found = shown(base)
    assert [one["counts"] for one in (*found["stamps"], *found["claims"])] == [True, False]
    assert found["claims"][0]["newer_than_stamps"] is True
    out = run("show", PATH, "--kb", base.root, "--as-of", "2026-06-01").out
    assert "checked: 2026-05-20, newer than every stamp · a date alone · does not count" in out
    base.write(PATH, base.read(PATH).replace("05-20", "05-01"))
    claim = shown(base)["claims"][0]
    assert (claim["reference"]["status"], claim["same_content"]) == ("uncommitted", True)
    assert claim["newer_than_stamps"] is False and claim["why"] == ["date-only-beside-a-stamp"]


def test_a_date_that_goes_with_the_stamp_is_not_repeated(make_base: Callable[..., Base], run: Run) -> None:
    config = '[articles]\ninclude = ["articles/**/*.md"]\n[fields]\nverified_at = "checked"\n'
    base = make_base({PATH: article()}, config=config)
    text = stamped(base, TEXT, lambda c: stamp("jd", c))
    base.commit({PATH: text.replace("title:", "checked: 2026-05-02\ntitle:")})
    out = run("show", PATH, "--kb", base.root, "--as-of", "2026-06-01").out
    assert "a date alone" not in out and "· counts\n" in out
    out = run("show", PATH, "--kb", base.root, "--as-of", "2027-06-01").out
    assert "· counts, but has run out\n" in out


def test_flags_and_neighbours_are_shown(base: Base, run: Run) -> None:
    flags = [
        "flags:",
        '  - {by: "human:kp", at: 2026-05-03, reason: outdated, section: Issue, note: "new menu"}',
    ]
    base.commit(
        {PATH: article(TEXT, *flags, "superseded_by: kb-new00001", "translation_of: {id: kb-src00001}")}
    )
    out = run("show", PATH, cwd=base.root).out
    assert "flag: outdated · in Issue · by kp on 2026-05-03 · “new menu”" in out
    assert "superseded by: kb-new00001\n" in out and "translation of: kb-src00001\n" in out
    assert (
        "not trusted: somebody flagged it: outdated\n    mend it, then kcs flag kb-ma110001 --resolve" in out
    )


def test_an_unreadable_file_shows_its_line_and_its_raw_text(base: Base, run: Run) -> None:
    base.commit({PATH: "---\ntitle: [\n---\nThe text.\n"})
    done = run("show", PATH, "--kb", base.root)
    assert done.code == 0
    assert "problem, line " in done.out and "title: [" in done.out and "The text." in done.out
    found = shown(base, name=PATH)
    assert found["reasons"] == ["unreadable"] and found["fingerprint"] is None
    assert found["problems"][0]["fatal"] is True and found["problems"][0]["line"]


def test_json_has_sections_with_lines_of_the_file(base: Base, run: Run) -> None:
    found = shown(base)
    assert found["schema"] == "kcs.show/1" and found["body"] == TEXT
    lines = base.read(PATH).splitlines()
    assert [lines[one["line"] - 1] for one in found["sections"]] == ["## Issue", "## Resolution"]


def test_raw_gives_the_bytes_as_they_are(base: Base, run: Run, kcs_env: dict[str, str]) -> None:
    raw = b"\xef\xbb\xbf---\r\ntitle: Gr\xc3\xbc\xc3\x9fe\r\n---\r\nA\x00\xff\r\n"
    base.write("articles/odd.md", raw)
    done = subprocess.run(
        [sys.executable, "-m", "kcs", "show", "articles/odd.md", "--raw"],
        cwd=base.root,
        env=kcs_env,
        capture_output=True,
        check=True,
    )
    assert done.stdout == raw
    assert run("show", PATH, "--raw", "--format", "json", "--kb", base.root).code == 2


@pytest.mark.parametrize(
    "command",
    [
        "list --format json",
        "search mail --format json",
        "audit --format json",
        "audit --format sarif",
        "show articles/a.md --format json",
    ],
)
def test_nor_can_json_that_somebody_looks_at(make_base: Callable[..., Base], run: Run, command: str) -> None:
    """`cat` of such a file sends them to the terminal; as escapes they are the same text to a program."""
    title, typed = "Mail \x9b2J \u202eabc\u2066 ภาษาไทย", r"Mail \x9b2J \u202eabc\u2066 ภาษาไทย"
    front = f'---\ntitle: "{typed}"\nconfidence: sure\n---\n'
    made = make_base({"articles/a.md": f"{front}Mail \x9b2J \u202eabc\n"})
    out = run(*command.split(), cwd=made.root).out
    assert not set("\x9b\u202e\u2066") & set(out) and json.loads(out)
    if not command.startswith("audit"):
        assert title in json.dumps(json.loads(out), ensure_ascii=False) and "ภาษาไทย" in out


def test_a_file_cannot_repaint_the_terminal(base: Base, run: Run) -> None:
    base.write(PATH, article("\x1b[2Jgone \u202eabc\n").replace("Mail stops", "Mail \x1b]0;x stops"))
    for env in ({}, {"KCS_FORCE_TERMINAL": "1", "TERM": "xterm", "NO_COLOR": "1"}):
        out = run("show", PATH, "--kb", base.root, env=env).out
        assert "\x1b[2J" not in out and "\x1b]0" not in out and "\u202e" not in out


def test_a_character_spelt_as_markdown_s_name_cannot_either(base: Base, run: Run) -> None:
    turned = "&#x202e;abc &#8238; &#13;"
    base.write(PATH, article(f"# {turned}\n\n{turned} **{turned}** [{turned}](b.md) ![{turned}](c.png)\n\n- {turned}\n\n| {turned} |\n| --- |\n| {turned} |\n"))  # fmt: skip
    out = run("show", PATH, "--kb", base.root, env={"KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1"}).out
    assert out.count("abc") >= 7 and not {"\u202e", "\r"} & set(out)


def test_internal_blocks_are_marked_for_eyes(base: Base, run: Run) -> None:
    base.write(PATH, article("Open.\n\n<!-- internal -->\nSecret.\n<!-- /internal -->\n\nOpen again.\n"))
    out = run("show", PATH, "--kb", base.root, env={"KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1"}).out
    marked = out[out.index("─ INTERNAL ") :]
    assert "Secret." in marked and "Open again." in marked[marked.index("╰") :]
    assert "Open." in out[: out.index("─ INTERNAL ")]


def test_at_a_commit_shows_the_article_of_then(base: Base, run: Run) -> None:
    then = base.git("rev-parse", "HEAD").strip()
    base.commit({PATH: article("Something else.\n")})
    done = run("show", PATH, "--at", then, "--kb", base.root)
    assert "Restart it." in done.out and "Something else." not in done.out


def test_outside_git_it_is_shown_all_the_same(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({PATH: article(TEXT, "verified:", stamp("jd", "kcs1:" + "0" * 32))}, git=False)
    assert shown(base)["stamps"][0]["unseen_changes"] is None


def test_an_old_fetch_is_a_line_on_stderr_only_with_a_remote(base: Base, run: Run) -> None:
    fetched = base.root / ".git" / "FETCH_HEAD"
    fetched.touch()
    os.utime(fetched, (0, 0))
    assert run("show", PATH, "--kb", base.root).err == ""
    base.git("remote", "add", "origin", "https://git.example/kb.git")
    done = run("show", PATH, "--kb", base.root)
    assert done.err.startswith("last fetched ") and "last fetched" not in done.out


@pytest.mark.parametrize("name", ["nothing at all", "kb-"])
def test_a_name_that_is_none_is_refused_with_what_is_near(native: Base, run: Run, name: str) -> None:
    done = run("show", name, "--kb", native.root)
    assert done.code == 2 and done.out == "" and done.err.startswith("kcs: ")


def test_a_shallow_clone_says_that_nobody_can_know(adopted: Base, run: Run, tmp_path: Path) -> None:
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path).replace("587", "465")}, "Port")
    clone = tmp_path / "shallow"
    adopted.git("clone", "-q", "--depth=1", f"file://{adopted.root}", str(clone))
    done = run("show", path, "--kb", clone, "--as-of", "2025-07-01", "--format", "json")
    assert done.json["reasons"] == ["unknown-history"]
    assert done.json["claims"][0]["why"] == ["unknown-history"]


def test_what_to_do_names_the_path_where_another_article_has_the_same_id(native: Base, run: Run) -> None:
    twin = native.read("articles/vpn.md").replace("VPN drops", "VPN drops again")
    native.commit({"articles/vpn twin.md": twin}, "Copy")
    shown = run("show", "articles/vpn twin.md", cwd=native.root).out
    assert "    kcs verify 'articles/vpn twin.md'" in shown and "kcs verify kb-vpn00001" not in shown
    refused = run("show", "articles/vpn.md", "--trusted", cwd=native.root)
    assert refused.code == 1 and "kcs verify articles/vpn.md" in refused.err
    told = run("audit", "--select", "KCS103,KCS201", cwd=native.root).out
    assert "kcs verify 'articles/vpn twin.md' (" in told and "kcs assign articles/vpn.md --owner" in told
    assert "kb-vpn00001" not in told.replace("articles/vpn", "")
    # What is kept of a file by its content holds whatever other files there are.
    (native.root / "articles/vpn twin.md").unlink()
    told = run("audit", "--select", "KCS103,KCS201", cwd=native.root).out
    assert "kcs verify kb-vpn00001 (" in told and "kcs assign kb-vpn00001 --owner" in told


def test_what_show_advises_for_work_in_progress_makes_it_trusted(native: Base, run: Run) -> None:
    """One verification, not one that changes nothing and then another."""
    path = "articles/draft.md"
    native.commit({path: "---\nid: kb-draft001\ntitle: Draft\nconfidence: work-in-progress\n---\n\nText.\n"})
    advised = re.search(r"finish it, then kcs (.*)", run("show", path, cwd=native.root).out)
    assert advised and run(*advised[1].split(), "--yes", cwd=native.root).code == 0
    assert "not trusted" not in run("show", path, cwd=native.root).out


@pytest.mark.parametrize(
    ("lines", "fields", "told", "known"),
    [
        ("created: 2019-02-08", "", "created 2019-02-08", ("2019-02-08", None, None, None)),
        ("created_by: R. C.\nmade: 8 May 2019\nedits: [K. D., J. D.]\nlast: 2020-01-01",
         'created = "made"\nauthor = "created_by"\neditor = "edits"\nupdated = "last"',
         "created 8 May 2019 by R. C. · edited 2020-01-01 by K. D., J. D.", ("8 May 2019", "R. C.", "2020-01-01", "K. D., J. D.")),
        ("editor: markdown\nauthor: R. C.", 'author = "author"', "created by R. C.", (None, "R. C.", None, None)),
        ("created: {}", "", "", (None,) * 4),
    ],
)  # fmt: skip
def test_who_made_it_and_when_is_shown_as_the_file_has_it(
    base: Base, run: Run, lines: str, fields: str, told: str, known: tuple[str | None, ...]
) -> None:
    """What adopting maps was shown by no command after it."""
    base.write("kcs.toml", base.read("kcs.toml") + f"[fields]\n{fields}\n")
    base.write(PATH, article(TEXT, *lines.split("\n")))
    found = shown(base)
    assert tuple(found[name] for name in ("created", "author", "updated", "editor")) == known
    out = run("show", "kb-ma110001", cwd=base.root).out.splitlines()
    assert [line for line in out if line.startswith(("created", "edited"))] == [told] * bool(told)
