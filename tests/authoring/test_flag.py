"""kcs flag: saying what is wrong, listing it, resolving it."""

from __future__ import annotations

import pytest

from tests.authoring.test_verify import ZO, entries, front, with_keys
from tests.conftest import BOT, OUTLOOK, Base, Run, Terminal

PATH = "articles/email/outlook.md"


def flagged(*entries_: tuple[str, str, str]) -> str:
    lines = [
        f'  - {{by: "human:kp", at: {at}, reason: {reason}, note: "{note}"}}' for at, reason, note in entries_
    ]
    return with_keys(OUTLOOK, "flags:", *lines)


THREE = flagged(("2026-04-03", "unclear", "a"), ("2026-04-02", "wrong", "b"), ("2026-04-01", "unsafe", "c"))


def test_a_flag_with_its_section(native: Base, run: Run) -> None:
    asked = (
        "flag",
        f"{PATH}#resolution",
        "--reason",
        "unclear",
        "-m",
        'which "menu"?',
        "--as-of",
        "2026-11-21",
    )
    done = run(*asked, "--commit", cwd=native.root, who=ZO)
    assert done.code == 0 and done.out == "kb-7f3q9xk2: flagged as unclear in Resolution by zo\n"
    assert entries(native, key="flags") == [
        {
            "by": "human:zo",
            "at": "2026-11-21",
            "reason": "unclear",
            "section": "Resolution",
            "note": 'which "menu"?',
        }
    ]
    assert native.git("log", "-1", "--format=%B").strip() == (
        'Flag: Outlook 2013 keeps asking for the password (kb-7f3q9xk2)\n\nunclear: which "menu"?'
    )
    assert native.diff() == ""


def test_a_commit_says_so_where_it_takes_in_what_was_begun_before(native: Base, run: Run) -> None:
    flag = ("flag", PATH, "--reason", "unclear", "-m", "which?", "--commit")
    assert "not committed before" not in run(*flag, cwd=native.root).err
    native.write(PATH, native.read(PATH) + "\nHalf a sent\n")
    assert f"the commit also holds what was not committed before in {PATH}" in run(*flag, cwd=native.root).err
    native.write(PATH, native.read(PATH) + "ence.\n")
    assert "not committed before" not in run("verify", PATH, "--commit", cwd=native.root).err


def test_a_blocking_reason_takes_trust_away_and_says_who_sees_it(native: Base, run: Run) -> None:
    run("verify", PATH, "--commit", cwd=native.root)
    before = native.git("rev-parse", "HEAD")
    done = run("flag", "kb-7f3q", "--reason", "unsafe", "-m", "deletes mail", cwd=native.root, who=BOT)
    assert "not trusted until" in done.out and "jd, kp" in done.out
    assert entries(native, key="flags")[0]["by"].startswith("process:")
    assert run("list", PATH, cwd=native.root).out.split("\t")[2] == "flagged"
    assert native.git("rev-parse", "HEAD") == before, "only --commit commits"


@pytest.mark.parametrize(
    ("section", "stored"), [("ISSUE", "Issue"), ("set-it-up", "Set it up"), ("set IT up", "Set it up"), ("cause", "Cause"), ("set", "Set it up"), ("วิธีแก้ไข", "Resolution")]
)  # fmt: skip
def test_sections_by_words_anchor_or_the_template(native: Base, run: Run, section: str, stored: str) -> None:
    native.commit({PATH: OUTLOOK.replace("## Cause", "## Set it up")})
    done = run("flag", f"{PATH}#{section}", "--reason", "style", "-m", "x", cwd=native.root)
    assert done.code == 0 and entries(native, key="flags")[0]["section"] == stored


def test_words_of_a_title_need_no_quotes(native: Base, run: Run) -> None:
    words = ["outlook", "2013", "password#resolution", "--reason", "unclear", "-m", "x"]
    done = run("flag", *words, cwd=native.root, who=ZO)
    assert done.code == 0 and done.out == "kb-7f3q9xk2: flagged as unclear in Resolution by zo\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            (f"{PATH}#nowhere", "--reason", "style", "-m", "x"),
            "it has: Issue, Environment, Cause, Resolution",
        ),
        ((PATH, "--reason", "wrnog", "-m", "x"), "wrong"),
        ((PATH,), f'kcs flag {PATH} --reason unclear -m "which menu?"; reasons: wrong, outdated, unsafe'),
        ((PATH, "-m", "x"), "--reason is missing"),
        ((PATH, "--reason", "wrong"), "-m is missing"),
        (("--reason", "wrong", "-m", "x"), "no article named"),
        ((PATH, "articles/vpn.md", "--reason", "wrong", "-m", "x"), "one article at a time, not 2"),
        ((PATH, "--resolve", "4"), "has no flag 4: it has 3"),
        (("articles/vpn.md", "--resolve"), "kb-vpn00001 has no open flag"),
        (("articles/vpn.md", "--resolve", "--all"), "kb-vpn00001 has no open flag"),
        ((PATH, "--resolve", "--list"), "cannot be combined"),
        (("--list", "-m", "done"), "-m is for what is written"),
        (("--list", "--commit"), "--commit is for what is written"),
        ((PATH, "--resolve"), "give a number"),
        ((PATH, "--owner", "jd", "--reason", "wrong", "-m", "x"), "filters are for --list"),
    ],
)
def test_what_is_refused(native: Base, run: Run, words: tuple[str, ...], said: str) -> None:
    native.commit({PATH: THREE})
    done = run("flag", *words, cwd=native.root)
    assert done.code == 2 and said in done.err and native.diff() == ""


def test_the_list_is_riskiest_first(native: Base, run: Run) -> None:
    vpn = native.read("articles/vpn.md")
    said = (("2026-01-01", "style"), ("2026-04-02", "changed"), ("one day", "outdated"))
    vpn_flags = [f'  - {{by: "human:kp", at: {day}, reason: {reason}, note: d}}' for day, reason in said]
    old = with_keys(vpn, "flags:", *vpn_flags)
    native.commit({PATH: THREE, "articles/vpn.md": old})
    found = run("flag", "--list", "--format", "json", cwd=native.root).json
    assert found["schema"] == "kcs.flag/1" and found["action"] == "list"
    assert [(one["reason"], one["number"]) for one in found["flags"]] == [
        ("outdated", 3), ("unsafe", 3), ("wrong", 2), ("changed", 2), ("style", 1), ("unclear", 1),
    ]  # fmt: skip
    assert found["flags"][2] == {
        "id": "kb-7f3q9xk2", "path": PATH, "title": "Outlook 2013 keeps asking for the password", "number": 2,
        "by": "human:kp", "at": "2026-04-02", "reason": "wrong", "blocking": True, "section": None, "note": "b",
    }  # fmt: skip
    lines = run("flag", "--list", "--product", "rackspace-email", "--reason", "wrong", cwd=native.root).out
    assert lines == "kb-7f3q9xk2\t2\twrong\t2026-04-02\thuman:kp\t\tb\n"
    none = run("flag", "--list", "articles/vpn.md", "--reason", "wrong", cwd=native.root)
    assert none.code == 0 and none.out == "" and "0 open flags" in none.err


def test_resolving_by_number_and_all(native: Base, run: Run) -> None:
    native.commit({PATH: THREE})
    done = run("flag", PATH, "--resolve", "2", "--commit", "-m", " mended ", cwd=native.root)
    assert done.code == 0 and "resolved: wrong, b" in done.out
    message = "Resolve: Outlook 2013 keeps asking for the password (kb-7f3q9xk2)\n\nmended\nwrong: b"
    assert native.git("log", "-1", "--format=%B").strip() == message
    assert [one["note"] for one in entries(native, key="flags")] == ["a", "c"]
    assert run("flag", "--resolve", "1", PATH, cwd=native.root).code == 0
    assert [one["note"] for one in entries(native, key="flags")] == ["c"]
    assert native.git("log", "-1", "--format=%B").strip() == message, "only --commit commits"
    assert run("flag", PATH, "--resolve", cwd=native.root).code == 0 and "flags" not in front(native)
    native.commit({PATH: THREE})
    done = run("flag", PATH, "--resolve", "--all", "--format", "json", cwd=native.root)
    assert done.json["action"] == "resolve" and len(done.json["flags"]) == 3 and native.read(PATH) == OUTLOOK


def test_which_one_is_asked_on_a_terminal(native: Base, terminal: Terminal) -> None:
    native.commit({PATH: THREE})
    done = terminal("flag", PATH, "--resolve", answers=["3"], cwd=native.root)
    assert done.code == 0 and "3  unsafe  c" in done.out
    assert [one["note"] for one in entries(native, key="flags")] == ["a", "b"]


def test_what_is_wrong_is_asked_on_a_terminal(native: Base, terminal: Terminal) -> None:
    done = terminal("flag", PATH, answers=["nothing", "un", "outd", "the menu moved"], cwd=native.root)
    assert done.code == 0 and done.out.count("What is it?") == 3
    assert [(one["reason"], one["note"]) for one in entries(native, key="flags")] == [
        ("outdated", "the menu moved")
    ]
    before = native.read(PATH)
    for answers, lacking in (([""], "reason"), (["wrong", ""], "words")):
        done = terminal("flag", PATH, answers=answers, cwd=native.root)
        assert done.code == 2 and f"no {lacking} given; nothing was written" in done.out
        assert native.read(PATH) == before
    for words in (["kb-nowhere0"], [f"{PATH}#nowhere"], [PATH, "--reason", "bad"]):
        told = terminal("flag", *words, cwd=native.root)
        assert told.code == 2 and "[" not in told.out


def test_of_a_file_that_cannot_be_read_nobody_says_that_it_has_no_flag(native: Base, run: Run) -> None:
    broken = "---\ntitle: A\nflags: [{by: human:jd, at: 2026-01-01, reason: wrong\n---\nx\n"
    native.commit({"articles/broken.md": broken})
    for more in (["1"], ["--all"], []):
        done = run("flag", "articles/broken.md", "--resolve", *more, cwd=native.root)
        assert done.code == 2 and "no open flag" not in done.err
        assert "kcs: articles/broken.md:4: " in done.err or "kcs: articles/broken.md:3: " in done.err
    assert native.read("articles/broken.md") == broken
