"""kcs unverify: anybody may take a verification back, and says why."""

from __future__ import annotations

import pytest

from tests.authoring.test_verify import ZO, entries, front
from tests.conftest import KP, Base, Run

PATH = "articles/email/outlook.md"
WHY = ("--reason", "wrong", "-m", "step 2 deletes the profile")


def test_all_stamps_and_the_due_day_go_and_a_flag_comes(native: Base, run: Run) -> None:
    before = native.read(PATH)
    run("verify", PATH, cwd=native.root)
    run("verify", PATH, "--commit", cwd=native.root, who=KP)
    done = run("unverify", PATH, *WHY, "--as-of", "2026-11-21", "--commit", cwd=native.root, who=ZO)
    assert done.code == 0 and "all 2 stamps taken back" in done.out and "jd, kp" in done.out
    flag = '{by: "human:zo", at: 2026-11-21, reason: wrong, note: "step 2 deletes the profile"}'
    assert native.read(PATH) == before.replace("\n---\n", f"\nflags:\n  - {flag}\n---\n")
    message = native.git("log", "-1", "--format=%B").strip()
    assert message.endswith("(kb-7f3q9xk2)\n\nwrong: step 2 deletes the profile") and message.startswith(
        "Unverify: "
    )


def test_a_mapped_date_stays_and_is_trusted_no_more(adopted: Base, run: Run) -> None:
    path = "content/mail/smtp.md"
    asked = (
        "unverify",
        path,
        "--reason",
        "outdated",
        "-m",
        "port",
        "--as-of",
        "2026-05-02",
        "--format",
        "json",
    )
    done = run(*asked, cwd=adopted.root)
    assert done.json["schema"] == "kcs.unverify/1" and done.json["stamps_removed"] == 0
    assert done.json["trusted"] is False and done.json["reasons"] == ["flagged"]
    assert 'audit_date: "2025-06-10"' in adopted.read(path) and "-" not in adopted.diff()[:1]
    again = run("unverify", path, *WHY, cwd=adopted.root)
    assert "there was no stamp to take back; flagged as wrong\naudit_date stays as it is" in again.out
    assert [one["reason"] for one in entries(adopted, path, key="flags")] == ["outdated", "wrong"]
    undated = run("unverify", "content/mail/imap.md", *WHY, cwd=adopted.root)
    assert undated.code == 0 and "stays as it is" not in undated.out


def test_nothing_to_take_back_is_said_and_flagged(native: Base, run: Run) -> None:
    done = run("unverify", PATH, *WHY, cwd=native.root)
    assert done.code == 0 and "no stamp to take back; flagged as wrong" in done.out
    assert native.git("log", "--format=%s").split() == ["Begin"], "only --commit commits"
    assert entries(native, key="flags")[0]["reason"] == "wrong" and "verified" not in front(native)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--reason", "style", "-m", "x"), "kcs flag"),
        (("--reason", "wrnog", "-m", "x"), "wrong"),
        (("--reason", "nope", "-m", "x"), "one of: wrong, outdated, unsafe, changed\n"),
        (("-m", "x"), "--reason is missing\n     one of: wrong, outdated, unsafe, changed\n"),
        (("--reason", "wrong"), "-m is missing"),
    ],
)
def test_what_is_refused(native: Base, run: Run, options: tuple[str, ...], words: str) -> None:
    done = run("unverify", PATH, *options, cwd=native.root)
    assert done.code == 2 and words in done.err and native.diff() == ""


def test_a_file_without_front_matter_gets_the_flag_and_nothing_else(native: Base, run: Run) -> None:
    native.commit({"articles/plain.md": "# Plain\n\nText.\n"})
    done = run("unverify", "articles/plain.md", *WHY, "--as-of", "2026-11-21", cwd=native.root)
    assert done.code == 0 and "there was no stamp to take back; flagged as wrong" in done.out
    flag = '{by: "human:jd", at: 2026-11-21, reason: wrong, note: "step 2 deletes the profile"}'
    assert native.read("articles/plain.md") == f"---\nflags:\n  - {flag}\n---\n# Plain\n\nText.\n"
