"""kcs verify on a terminal: what it shows first, what it asks, and what it does with the answers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conftest import ADOPTED_TOML, KP, OUTLOOK, Base, Run, Terminal

pytestmark = pytest.mark.forked

PATH = "articles/email/outlook.md"
EDITED = OUTLOOK.replace("Remove the entry", "Delete the entry")


def test_the_whole_text_where_nobody_verified_it(native: Base, terminal: Terminal) -> None:
    done = terminal("verify", PATH, answers=["n"], cwd=native.root)
    assert "Nobody has verified it yet." in done.out and "1. Open the Credential Manager." in done.out
    assert done.code == 1 and "not verified" in done.out and native.diff() == ""


def test_what_was_seen_is_not_unseen(native: Base, terminal: Terminal, run: Run) -> None:
    done = terminal("verify", PATH, answers=["y"], cwd=native.root)
    assert done.code == 0 and "unseen" not in native.diff() and "+verified:" in native.diff()
    assert terminal("verify", PATH, "--yes", cwd=native.root).code == 0 and "unseen" not in native.diff()
    again = terminal("verify", PATH, "--yes", "--quiet", cwd=native.root)
    assert "Nothing changed" not in again.out and "unseen: true" in native.diff()


def test_a_terminal_that_is_only_said_to_be_one_has_no_eyes(native: Base, run: Run) -> None:
    assert run("verify", PATH, cwd=native.root, env={"KCS_FORCE_TERMINAL": "1"}).code == 0
    assert "unseen: true" in native.diff()


def test_the_diff_from_the_newest_stamp(native: Base, terminal: Terminal, run: Run) -> None:
    run("verify", PATH, "--as-of", "2026-05-01", "--commit", cwd=native.root)
    assert "Nothing changed since jd verified it on 2026-05-01." in run("verify", PATH, cwd=native.root).err
    native.git("checkout", "--quiet", ".")
    native.commit({PATH: native.read(PATH).replace("Remove the entry", "Delete the entry")}, day="2026-05-03")
    native.write(PATH, native.read(PATH).replace("tags: [outlook, imap]", "tags: [outlook]"))
    done = run("verify", PATH, cwd=native.root, who=KP)
    assert "Changed since jd verified it on 2026-05-01:" in done.err
    changed = [one for one in done.err.splitlines() if one[:1] in "+-" and one]
    assert changed == ["-2. Remove the entry.", "+2. Delete the entry."]  # title and body only
    native.git("checkout", "--quiet", ".")
    shown = terminal("verify", PATH, answers=["n"], cwd=native.root, env={"TERM": "xterm-256color"})
    assert "\x1b[31m-2. " in shown.out and "\x1b[1;7;31mRemove" in shown.out


def test_of_stamps_that_say_a_day_alone_the_newest_counts_too(native: Base, run: Run) -> None:
    run("verify", PATH, "--as-of", "2026-05-01", cwd=native.root, who=KP)
    native.write(PATH, re.sub(r"(at: 2026-05-01)T[^,]+", r"\1", native.read(PATH)))
    native.commit(message="Verify")
    native.write(PATH, native.read(PATH).replace("Remove the entry", "Delete the entry"))
    run("verify", PATH, "--as-of", "2026-05-03", "--commit", cwd=native.root)
    native.write(PATH, native.read(PATH) + "More.\n")
    done = run("verify", PATH, cwd=native.root)
    assert "Changed since jd verified it on 2026-05-03:" in done.err and "Delete" not in "".join(
        one for one in done.err.splitlines() if one[:1] in "+-"
    )


def test_a_file_that_moved_is_found_again(native: Base, run: Run) -> None:
    run("verify", PATH, "--commit", cwd=native.root)
    native.git("mv", PATH, "articles/password.md")
    native.commit(message="Move")
    native.write("articles/password.md", native.read("articles/password.md") + "More.\n")
    done = run("verify", "articles/password.md", cwd=native.root)
    assert "Changed since jd" in done.err and "+More." in done.err


def test_where_only_what_a_link_leads_to_is_gone_it_is_said_and_may_be_minor(native: Base, run: Run) -> None:
    linked = OUTLOOK + "\nSee [more](../more.md#top), ![it](it.png) and [them](https://x.example/).\n"
    native.commit({PATH: linked, "articles/more.md": OUTLOOK.replace("kb-7f3q9xk2", "kb-2m8c4v1d")})
    run("verify", PATH, "--commit", cwd=native.root)
    native.git("rm", "--quiet", "articles/more.md")
    native.commit(message="Remove")
    said = "words are the same; what a link or an image stands for has changed"
    shown = run("show", PATH, cwd=native.root, env={"KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1"})
    assert "not trusted: changed since it was verified" in shown.out and said in shown.out
    done = run("verify", PATH, "--minor", "-m", "the other one is gone", cwd=native.root)
    assert f"{said}. Nowhere now: ../more.md#top, it.png." in done.err
    assert done.out.endswith("; trusted\n")
    native.git("checkout", "--quiet", ".")
    native.write(PATH, native.read(PATH).replace("Remove the entry", "Delete the entry"))
    changed = run("verify", PATH, "--minor", "-m", "a word", cwd=native.root).err.splitlines()
    assert [one for one in changed if one[:1] in "+-" and one] == [
        "-2. Remove the entry.",
        "+2. Delete the entry.",
    ]
    besides = "Besides these words, what a link or an image stood for has changed."
    assert f"{besides} Nowhere now: ../more.md#top, it.png." in changed
    run("verify", PATH, "--commit", cwd=native.root)
    native.write(PATH, native.read(PATH).replace("Delete the entry", "Remove the entry"))
    assert besides not in run("verify", PATH, cwd=native.root).err


def test_a_stamp_that_came_in_with_another_text_shows_nothing_as_verified(native: Base, run: Run) -> None:
    native.write(PATH, OUTLOOK + "\nSee [more](../more.md).\n")
    run("verify", PATH, cwd=native.root)
    native.write(PATH, native.read(PATH).replace("Remove the entry", "Delete the entry"))
    native.commit(message="Verify")
    assert "not found in Git's history" in run("verify", PATH, cwd=native.root).err


def test_nor_does_one_that_came_in_beside_settings_that_nobody_can_read(native: Base, run: Run) -> None:
    native.commit({PATH: OUTLOOK + "\nSee [more](../more.md).\n", "articles/more.md": "More.\n"})
    settings = native.read("kcs.toml")
    run("verify", PATH, cwd=native.root)
    native.commit({"kcs.toml": settings + "\n[wrong\n"})
    native.git("rm", "--quiet", "articles/more.md")
    native.commit({"kcs.toml": settings})
    assert "not found in Git's history" in run("verify", PATH, cwd=native.root).err


def test_nor_where_another_key_was_the_title_then(native: Base, run: Run) -> None:
    other = OUTLOOK.replace("title:", "subject: Delete everything\nheadline:") + "More.\n"
    native.commit({PATH: other, "kcs.toml": native.read("kcs.toml") + '\n[fields]\ntitle = "headline"\n'})
    run("verify", PATH, "--commit", cwd=native.root)
    native.commit({"kcs.toml": native.read("kcs.toml").replace('"headline"', '"subject"')})
    done = run("verify", PATH, "--minor", "-m", "the same words", cwd=native.root)
    assert done.code == 1 and "is not found in Git's history" in done.err
    # But why is told, as [fields] is nothing that the article's history shows.
    told = run("verify", PATH, cwd=native.root).err
    assert ", when `headline` was its title: [fields] of kcs.toml names another one now." in told


def test_of_thousands_of_keys_not_each_is_tried_as_the_title_then(native: Base, run: Run) -> None:
    """Each cost a reading of the whole file: minutes."""
    keys = "".join(f"k{number}: {number}\n" for number in range(4000))
    stamp = f'verified: [{{by: "human:kp", at: 2026-05-02, content: "kcs1:{"0" * 32}"}}]\n'
    native.commit({PATH: OUTLOOK.replace("tags:", f"{keys}{stamp}tags:")})
    assert "is not found in Git's history" in run("verify", PATH, cwd=native.root).err


def test_what_was_never_committed_is_not_found(native: Base, run: Run) -> None:
    native.write(PATH, EDITED)
    run("verify", PATH, cwd=native.root)
    native.write(PATH, native.read(PATH) + "More.\n")
    done = run("verify", PATH, cwd=native.root)
    assert "not found in Git's history" in done.err and done.code == 0


def test_a_date_only_claim_is_compared_with_its_commit(adopted: Base, run: Run) -> None:
    path = "content/mail/smtp.md"
    asked = ("verify", path, "--as-of", "2026-05-02")
    assert "Nothing changed since jd verified it on 2025-06-10." in run(*asked, cwd=adopted.root).err
    adopted.git("checkout", "--quiet", ".")
    adopted.commit({path: adopted.read(path).replace("587", "465")}, who=KP)
    done = run(*asked, cwd=adopted.root)
    assert "Changed since jd verified it on 2025-06-10:" in done.err
    assert "-Use port 587." in done.err and "+Use port 465." in done.err


def test_flags_and_the_standard_are_asked_about(native: Base, terminal: Terminal) -> None:
    flag = 'flags:\n  - {by: "human:kp", at: 2026-04-02, reason: wrong, note: "step 2"}\n'
    text = OUTLOOK.replace("confidence: validated", "confidence: not-validated").replace(
        "\n---\n", f"\n{flag}---\n"
    )
    native.commit({PATH: text})
    no = terminal("verify", PATH, answers=["y", "n", "n"], cwd=native.root)
    assert "still untrusted: a blocking flag" in no.out and "not trusted: not-validated" in no.out
    assert "flags:" in native.read(PATH)
    native.git("checkout", "--quiet", ".")
    yes = terminal("verify", PATH, answers=["y", "y", "y"], cwd=native.root)
    assert "step 2" in yes.out and "; trusted" in yes.out
    assert "flags:" not in native.read(PATH) and "confidence: validated" in native.read(PATH)


def test_what_is_missing_is_said_before_it_is_asked_whether_it_meets_the_standard(
    native: Base, terminal: Terminal
) -> None:
    text = OUTLOOK.replace("confidence: validated", "confidence: not-validated").partition("## Resolution")[0]
    native.commit({PATH: text})
    done = terminal("verify", PATH, answers=["y", "n"], cwd=native.root)
    assert 0 < done.out.find("it has no section Resolution") < done.out.index("to the standard?"), done.out
    native.git("checkout", "--quiet", ".")
    asked = terminal("verify", PATH, "--validate", answers=["n"], cwd=native.root)
    assert 0 < asked.out.find("it has no section Resolution") < asked.out.index("Verify? ["), asked.out


def test_an_edit_is_shown_and_asked_again(native: Base, terminal: Terminal, run: Run) -> None:
    run("verify", PATH, "--commit", cwd=native.root)
    editor = {"VISUAL": "sed -i s/Remove/Delete/"}
    asked = ("verify", PATH, "--as-of", "2026-08-01")
    done = terminal(*asked, answers=["e", "y"], cwd=native.root, env=editor)
    assert done.out.index("Nothing changed") < done.out.index("Changed since jd") and "; trusted" in done.out
    assert "+2. Delete the entry." in native.diff() and "at: 2026-08-01T" in native.read(PATH)
    gone = terminal(*asked, answers=["e"], cwd=native.root, env={"VISUAL": "rm"})
    assert gone.code == 2 and f"{PATH}: is no longer an article of this base" in gone.out, gone.out


def test_a_change_behind_the_back_wins(native: Base, terminal: Terminal) -> None:
    """The file changes while the question stands: nothing is vouched for that was not shown."""
    editor = {"VISUAL": f"sh -c 'sed -i s/Reconnect/Restart/ {native.root}/articles/vpn.md' --"}
    done = terminal("verify", "articles/vpn.md", PATH, answers=["y", "e", "y"], cwd=native.root, env=editor)
    assert done.code == 2 and "changed by somebody else" in done.out
    assert "verified" not in native.read("articles/vpn.md")


def test_a_person_is_asked_whether_an_undated_article_meets_the_standard(
    make_base: Callable[..., Base], terminal: Terminal
) -> None:
    text = "---\ntitle: A\naudit_date:\n---\nx\n"
    base = make_base({"content/a.md": text, "content/b.md": text}, config=ADOPTED_TOML, team=None)
    no = terminal("verify", "content/a.md", answers=["y", "n"], cwd=base.root)
    assert "It is not-validated. Is it complete" in no.out and "not trusted: not-validated" in no.out
    assert "audit_date:\n" in base.read("content/a.md")
    yes = terminal("verify", "content/b.md", answers=["y", "y"], cwd=base.root)
    assert "It is not-validated" in yes.out and "; trusted" in yes.out
    assert "audit_date: 2" in base.read("content/b.md") and "confidence" not in base.read("content/b.md")


def test_who_says_no_commits_nothing(native: Base, terminal: Terminal) -> None:
    native.write("other.txt", "mine")
    native.git("add", "other.txt")
    before = native.git("rev-parse", "HEAD")
    done = terminal("verify", PATH, "--commit", answers=["n"], cwd=native.root)
    assert done.code == 1 and "verified" not in native.read(PATH)
    assert native.git("rev-parse", "HEAD") == before
    assert native.git("diff", "--cached", "--name-only").split() == ["other.txt"]


def test_what_nobody_has_seen_is_shown_whoever_stamped_it(native: Base, terminal: Terminal, run: Run) -> None:
    """A script's `unseen: true` came between two readers, and the second one was shown only what changed after it."""
    assert terminal("verify", PATH, answers=["y"], cwd=native.root).code == 0
    native.commit({PATH: native.read(PATH).replace("Remove the entry", "Delete the entry")}, "Change")
    assert run("verify", PATH, "--yes", "--quiet", cwd=native.root, who=KP).code == 0
    native.commit(
        {PATH: native.read(PATH).replace("tags: [outlook, imap]", "tags: [outlook]") + "More.\n"}, "Change"
    )
    shown = terminal("verify", PATH, answers=["n"], cwd=native.root)
    assert "Changed since jd verified it" in shown.out and "+2. Delete the entry." in shown.out.splitlines()
    assert "The whole text:" not in shown.out


def test_where_nothing_was_shown_to_anybody_the_whole_text_is(
    native: Base, terminal: Terminal, run: Run
) -> None:
    run("verify", PATH, "--yes", "--quiet", "--commit", cwd=native.root)
    native.commit({PATH: native.read(PATH) + "More.\n"}, "Change")
    shown = terminal("verify", PATH, answers=["n"], cwd=native.root)
    assert "Changed since jd verified it" in shown.out
    assert "Nothing was shown to them then. The whole text:\n  title: " in shown.out


def test_a_minor_change_to_what_nobody_has_seen_shows_the_whole_text(
    native: Base, terminal: Terminal, run: Run
) -> None:
    """Its stamp says that somebody had the text before their eyes, and three lines of it were shown."""
    run("verify", PATH, "--yes", "--quiet", "--commit", cwd=native.root)
    native.commit({PATH: native.read(PATH) + "More.\n"}, "Change")
    shown = terminal("verify", PATH, "--minor", "-m", "more", answers=["y"], cwd=native.root)
    assert "Nothing was shown to them then. The whole text:\n  title: " in shown.out
    assert "unseen" not in native.read(PATH) and "minor: true" in native.read(PATH)
    native.commit({PATH: native.read(PATH) + "And more.\n"}, "Change")
    shown = terminal("verify", PATH, "--minor", "-m", "more", answers=["y"], cwd=native.root)
    assert "+And more." in shown.out.splitlines() and "The whole text:" not in shown.out


@pytest.mark.parametrize(
    "entry", ["{by: process:ci, at: 2099-01-01, content: %s}", "{by: process:ci, at: 2099-01-01}"]
)
def test_what_a_machine_alone_has_seen_is_shown_to_a_person(native: Base, run: Run, entry: str) -> None:
    run("verify", PATH, "--commit", cwd=native.root)
    native.write(PATH, native.read(PATH).replace("Remove the entry", "Delete the entry"))
    native.commit(message="Change")
    content = run("show", PATH, "--format", "json", cwd=native.root).json["fingerprint"]
    seen_by_machine = entry % content if "%s" in entry else entry
    native.write(PATH, native.read(PATH).replace("verified:\n", f"verified:\n  - {seen_by_machine}\n"))
    native.commit(message="A machine's stamp")
    done = run("verify", PATH, cwd=native.root)
    assert "Changed since jd verified it" in done.err and "+2. Delete the entry." in done.err.splitlines()


@pytest.mark.parametrize(
    "entry", ["{by: process:ci, at: 2099-01-01, content: %s}", "{by: process:ci, at: 2026-11-01}"]
)
def test_where_only_a_machine_stamped_it_nobody_has_verified_it(native: Base, run: Run, entry: str) -> None:
    content = run("show", PATH, "--format", "json", cwd=native.root).json["fingerprint"]
    seen_by_machine = entry % content if "%s" in entry else entry
    native.write(PATH, native.read(PATH).replace("\n---\n", f"\nverified:\n  - {seen_by_machine}\n---\n"))
    native.commit({PATH: native.read(PATH)}, "A machine's stamp")
    native.write(PATH, native.read(PATH) + "More.\n")
    assert "Nobody has verified it yet." in run("verify", PATH, cwd=native.root).err
