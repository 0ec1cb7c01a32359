"""kcs verify in a pipe: what it writes, what it does not, and whom it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from kcs.authoring.wishes import read_wishes
from kcs.errors import UsageProblem
from tests.conftest import ADOPTED_TOML, BOT, KCS_TOML, KP, OUTLOOK, Base, Run

pytestmark = pytest.mark.forked

OUTLOOK_PATH = "articles/email/outlook.md"
ZO = {"name": "Zo", "email": "zo@acme.example"}
GONE = {"name": "Gone", "email": "gone@acme.example"}


def front(base: Base, path: str = OUTLOOK_PATH) -> dict[str, object]:
    found = yaml.load(base.read(path).split("---")[1], Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def entries(base: Base, path: str = OUTLOOK_PATH, key: str = "verified") -> list[dict[str, str]]:
    found = front(base, path)[key]
    assert isinstance(found, list)
    return found


def with_keys(text: str, *lines: str) -> str:
    return text.replace("\n---\n", "\n" + "".join(f"{line}\n" for line in lines) + "---\n", 1)


def stamped_on(base: Base, path: str = OUTLOOK_PATH) -> date:
    """The day of the last stamp: that of the clock when it was given, which may be another one by now."""
    return date.fromisoformat(entries(base, path)[-1]["at"][:10])


def stamp(who: str, day: str, content: str) -> str:
    return f'  - {{by: "human:{who}", at: {day}T09:00:00Z, content: "{content}"}}'


def test_the_diff_is_a_stamp_and_a_due_day(native: Base, run: Run) -> None:
    done = run("verify", "kb-7f3q", "--note", "retested on 4.3", "--ticket", "ZD-9912", cwd=native.root)
    assert done.code == 0
    due = stamped_on(native) + timedelta(days=90)
    assert done.out == f"kb-7f3q9xk2: verified by jd until {due}; trusted\n"
    assert re.fullmatch(
        r"\+verified:\n"
        r'\+  - \{by: "human:jd", at: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, content: "kcs1:[0-9a-f]{32}",'
        r' note: "retested on 4\.3", ticket: ZD-9912, unseen: true\}\n'
        rf"\+stale_after: {due}",
        native.diff(),
    )


def test_json(native: Base, run: Run) -> None:
    done = run("verify", OUTLOOK_PATH, "--format", "json", cwd=native.root)
    (one,) = done.json["articles"]
    assert done.json["schema"] == "kcs.verify/1" and done.json["commit"] is None
    assert one["id"] == "kb-7f3q9xk2" and one["path"] == OUTLOOK_PATH and one["by"] == "human:jd"
    assert one["content"] == entries(native)[0]["content"] and one["at"] == entries(native)[0]["at"]
    assert one["stale_after"] == str(stamped_on(native) + timedelta(days=90))
    assert (one["minor"], one["unseen"], one["resolved_flags"]) == (False, True, 0)
    assert one["trusted"] is True and one["reasons"] == []


def test_her_own_entry_is_replaced_and_others_keep_order_and_bytes(native: Base, run: Run) -> None:
    kept = '  - {by: "human:kp",   at: 2026-04-01T09:00:00Z, content: "kcs1:0", note: x}  # by hand'
    tool = "  - by: lint/1.2\n    at: 2026-04-02"
    text = with_keys(OUTLOOK, "verified:", stamp("jd", "2026-03-01", "kcs1:1"), kept, tool)
    native.commit({OUTLOOK_PATH: text})
    assert run("verify", OUTLOOK_PATH, cwd=native.root).code == 0
    after = native.read(OUTLOOK_PATH)
    assert [one["by"] for one in entries(native)] == ["human:jd", "human:kp", "lint/1.2"]
    assert kept in after and tool in after and "kcs1:1" not in after


def test_two_entries_of_hers_become_one(native: Base, run: Run) -> None:
    hers = [
        stamp("jd", "2026-03-01", "kcs1:1"),
        stamp("kp", "2026-03-01", "kcs1:2"),
        "  - {by: human:jd, at: 2025-01-01}",
    ]
    native.commit({OUTLOOK_PATH: with_keys(OUTLOOK, "verified:", *hers)})
    assert run("verify", OUTLOOK_PATH, cwd=native.root).code == 0
    assert [one["by"] for one in entries(native)] == ["human:jd", "human:kp"]


def test_intervals_are_calendar_time(native: Base, run: Run) -> None:
    native.commit({OUTLOOK_PATH: with_keys(OUTLOOK, "verify_every: 6 months")})
    assert run("verify", OUTLOOK_PATH, "--as-of", "2026-08-31", cwd=native.root).code == 0
    assert front(native)["stale_after"] == "2027-02-28"
    assert entries(native)[0]["at"].startswith("2026-08-31T")


def test_for_counts_months_of_the_calendar(native: Base, run: Run) -> None:
    native.commit({OUTLOOK_PATH: with_keys(OUTLOOK, "verify_every: 1 year")})
    assert (
        run("verify", OUTLOOK_PATH, "--as-of", "2026-08-31", "--for", "6 months", cwd=native.root).code == 0
    )
    assert front(native)["stale_after"] == "2027-02-28"


def test_an_earlier_day_is_taken_and_a_later_refused(native: Base, run: Run) -> None:
    asked = ("verify", OUTLOOK_PATH, "--as-of", "2026-05-02")
    assert run(*asked, "--until", "2026-05-20", cwd=native.root).code == 0
    assert front(native)["stale_after"] == "2026-05-20"
    before = native.read(OUTLOOK_PATH)
    for late in (("--until", "2026-08-01"), ("--for", "91d")):
        done = run(*asked, *late, cwd=native.root)
        assert done.code == 2 and native.read(OUTLOOK_PATH) == before
        assert "verify_every: 90d" in done.err and "(from kcs.toml)" in done.err
    # Without a wish the earlier day of last time is no limit: the interval is.
    assert run(*asked, "--for", "90d", cwd=native.root).code == 0
    assert front(native)["stale_after"] == "2026-07-31"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"span": "90d", "until": date(2099, 1, 1)}, "--for and --until"),
        ({"until": date(2026, 4, 30)}, "not after today"),
        ({"until": date(2026, 5, 1)}, "not after today"),
        ({"span": "soon"}, "is not an interval"),
        ({"minor": True}, "-m is missing"),
        ({"minor": True, "why": "  "}, "-m is missing"),
        ({"why": "x"}, "-m is for --minor"),
        ({"minor": True, "why": "x", "span": "3d"}, "keeps its due day"),
        ({"note": "\udcff"}, "not UTF-8"),
    ],
)
def test_words_that_do_not_go_together(options: dict[str, Any], words: str) -> None:
    none: dict[str, Any] = {
        "note": "", "ticket": "", "span": None, "until": None, "minor": False, "why": "",
        "resolve_flags": False, "validate": None, "today": date(2026, 5, 1),
    }  # fmt: skip
    with pytest.raises(UsageProblem, match=words):
        read_wishes(**(none | options))


def test_a_usage_error_writes_nothing(native: Base, run: Run) -> None:
    for options in (
        ("--minor",),
        ("--until", "soon"),
        ("--until", str(datetime.now(UTC).date())),
        ("--unknown",),
    ):
        done = run("verify", OUTLOOK_PATH, *options, cwd=native.root)
        assert done.code == 2 and done.err and native.diff() == ""


def test_never_needs_a_reason(native: Base, run: Run) -> None:
    native.commit({OUTLOOK_PATH: with_keys(OUTLOOK, "verify_every: never", "stale_after: 2020-01-01")})
    done = run("verify", OUTLOOK_PATH, cwd=native.root)
    assert "needs a verify_every_reason" in done.err and "90d holds" in done.err
    assert front(native)["stale_after"] == str(stamped_on(native) + timedelta(days=90))
    reason = ("verify_every: never", "stale_after: 2020-01-01", "verify_every_reason: history")
    native.commit({OUTLOOK_PATH: with_keys(OUTLOOK, *reason)})
    done = run("verify", OUTLOOK_PATH, cwd=native.root)
    assert "stale_after" not in front(native) and "verify_every_reason" not in done.err
    assert done.out == "kb-7f3q9xk2: verified by jd; trusted\n"
    done = run("verify", OUTLOOK_PATH, "--until", "2031-05-01", "--as-of", "2026-05-02", cwd=native.root)
    assert done.code == 0 and front(native)["stale_after"] == "2031-05-01", "no day is later than never"


def test_an_interval_nobody_can_read_is_refused(native: Base, run: Run) -> None:
    native.commit({OUTLOOK_PATH: with_keys(OUTLOOK, "verify_every: now and then")})
    done = run("verify", OUTLOOK_PATH, cwd=native.root)
    assert (
        done.code == 2 and "not an interval" in done.err and OUTLOOK_PATH in done.err and native.diff() == ""
    )


def test_quorum_two_needs_two_and_is_due_by_the_older(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({OUTLOOK_PATH: OUTLOOK}, config=KCS_TOML + "quorum = 2\n")
    first = run("verify", OUTLOOK_PATH, "--as-of", "2026-05-01", cwd=base.root)
    assert "not trusted: quorum-missing" in first.out and front(base)["stale_after"] == "2026-07-30"
    second = run("verify", OUTLOOK_PATH, "--as-of", "2026-05-31", cwd=base.root, who=KP)
    assert second.out.endswith("until 2026-07-30; trusted\n") and front(base)["stale_after"] == "2026-07-30"
    assert [one["by"] for one in entries(base)] == ["human:jd", "human:kp"]
    # The stored day of an earlier round is no limit to the next.
    third = run("verify", OUTLOOK_PATH, "--as-of", "2026-06-10", cwd=base.root)
    assert third.code == 0 and front(base)["stale_after"] == "2026-08-29"
    # Nor is what the other one verified before the text changed.
    base.commit({OUTLOOK_PATH: base.read(OUTLOOK_PATH) + "More.\n"}, day="2026-06-15")
    fourth = run("verify", OUTLOOK_PATH, "--as-of", "2026-06-20", cwd=base.root)
    assert fourth.code == 0 and front(base)["stale_after"] == "2026-09-18"


def test_a_forced_stamp_that_does_not_count_moves_no_due_day(native: Base, run: Run) -> None:
    for who, due in ((None, None), (KP, "2026-04-10")):
        if who:
            assert run("verify", OUTLOOK_PATH, "--as-of", "2026-01-10", cwd=native.root, who=who).code == 0
        forced = run("verify", OUTLOOK_PATH, "--as-of", "2026-03-01", "--force", cwd=native.root, who=ZO)
        assert forced.code == 0, forced.err
        assert front(native).get("stale_after") == due
        native.git("checkout", "--quiet", ".")


@pytest.mark.parametrize(
    ("launch", "due"),
    [
        ("2026-03-20", "2026-03-08"),  # looked at each week
        ("2026-03-05", "2026-03-05"),  # and on the day
        ("2026-03-01", "2026-05-30"),
        ("2026-02-01", "2026-05-30"),
        ("soon", "2026-05-30"),
    ],
)
def test_what_has_its_launch_ahead_is_due_each_week_and_on_the_day(
    native: Base, run: Run, launch: str, due: str
) -> None:
    native.write(OUTLOOK_PATH, with_keys(native.read(OUTLOOK_PATH), f"launch: {launch}"))
    assert run("verify", OUTLOOK_PATH, "--as-of", "2026-03-01", cwd=native.root).code == 0
    assert front(native)["stale_after"] == due
    assert run("verify", OUTLOOK_PATH, "--as-of", "2026-03-01", "--for", "3d", cwd=native.root).code == 0
    assert front(native)["stale_after"] == min(due, "2026-03-04")


def test_who_may_not_is_told_who_may(native: Base, run: Run) -> None:
    for who in (ZO, {"name": "X", "email": "stranger@else.example"}):
        done = run("verify", OUTLOOK_PATH, *(("--for", "7d") if who is ZO else ()), cwd=native.root, who=who)
        assert done.code == 1 and "these may: jd, kp" in done.err and "kcs flag kb-7f3q9xk2" in done.err
        assert native.diff() == ""
    forced = run("verify", OUTLOOK_PATH, "--force", cwd=native.root, who=ZO)
    assert forced.code == 0 and "does not count" in forced.err and "not trusted: not-entitled" in forced.out
    assert entries(native)[0]["by"] == "human:zo" and "stale_after" not in front(native)
    for day in (("--until", "2026-12-31"), ("--for", "3d")):
        done = run("verify", OUTLOOK_PATH, "--force", *day, cwd=native.root, who=ZO)
        assert done.code == 2 and "sets no due day" in done.err


def test_who_left_may_not(native: Base, run: Run) -> None:
    native.commit({OUTLOOK_PATH: OUTLOOK.replace("[jd, kp]", "[gone, kp]")})
    done = run("verify", OUTLOOK_PATH, cwd=native.root, who=GONE)
    assert done.code == 1 and "these may: kp" in done.err
    assert run("verify", OUTLOOK_PATH, "--as-of", "2024-12-31", cwd=native.root, who=GONE).code == 0


def test_a_machine_never_signs_as_a_person(native: Base, run: Run) -> None:
    done = run("verify", OUTLOOK_PATH, "--resolve-flags", cwd=native.root, who=BOT)
    assert done.code == 0 and "does not make it human-reviewed" in done.err and "machine-only" in done.out
    assert entries(native)[0]["by"] == "process:ci-bot" and "human:" not in native.diff()
    assert "stale_after" not in front(native)


def test_a_program_at_work_in_somebody_s_name_signs_as_a_machine(native: Base, run: Run) -> None:
    """With the name of the person whose machine it runs on, an agent's stamp made articles trusted."""
    agent = {"KCS_ORIGIN": "agent"}
    done = run("verify", OUTLOOK_PATH, "--yes", "--resolve-flags", cwd=native.root, env=agent)
    assert "KCS_ORIGIN=agent says that a program is at work" in done.err and "machine-only" in done.out
    minor = run("verify", OUTLOOK_PATH, "--minor", "-m", "typo", "--yes", cwd=native.root, env=agent)
    assert minor.code == 1 and "is none: KCS_ORIGIN=agent" in minor.err and "these may: " in minor.err
    assert run("flag", OUTLOOK_PATH, "--reason", "wrong", "-m", "no", cwd=native.root, env=agent).code == 0
    assert "human:" not in native.diff()


def test_a_machine_takes_no_dated_trust_away(adopted: Base, run: Run) -> None:
    asked = ("verify", "content/mail/smtp.md", "--as-of", "2026-05-02")
    done = run(*asked, cwd=adopted.root, who=BOT)
    assert done.code == 1 and "trusted by its date alone" in done.err and adopted.diff() == ""
    assert run(*asked, "--force", cwd=adopted.root, who=BOT).code == 0
    assert "audit_date" not in adopted.diff()


def test_git_must_know_who_is_at_work(native: Base, run: Run) -> None:
    nobody = dict.fromkeys(
        ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), ""
    )
    native.git("config", "user.useConfigOnly", "true")
    done = run("verify", OUTLOOK_PATH, cwd=native.root, env=nobody)
    assert done.code == 2 and "who you are" in done.err and native.diff() == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("title: ", "title: ["), "outlook.md:"),
        (lambda text: text + "<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n", "conflict"),
        (lambda text: text.replace("audience:", "title: Another\naudience:"), "stands twice"),
        (lambda text: text.replace("tags:", "verified: yes\ntags:"), "verified"),
    ],
)  # fmt: skip
def test_a_doubtful_file_is_left_as_it_is(
    native: Base, run: Run, change: Callable[[str], str | bytes], words: str
) -> None:
    native.commit({OUTLOOK_PATH: change(OUTLOOK)})
    done = run("verify", OUTLOOK_PATH, cwd=native.root)
    assert done.code == 2 and words in done.err and OUTLOOK_PATH in done.err and native.diff() == ""


def test_all_are_checked_before_the_first_is_written(native: Base, run: Run) -> None:
    native.commit({"articles/zz.md": "---\ntitle: [\n---\nx\n"})
    done = run("verify", "articles/vpn.md", "articles/zz.md", cwd=native.root)
    assert done.code == 2 and native.diff() == "" and done.out == ""
    done = run("verify", "articles/vpn.md", OUTLOOK_PATH, cwd=native.root, who=ZO)
    assert done.code == 1 and native.diff() == ""


def test_several_in_one_commit(native: Base, run: Run) -> None:
    native.write("other.txt", "mine")
    native.git("add", "other.txt")
    done = run("verify", "articles/vpn.md", OUTLOOK_PATH, "--commit", "--note", "both", cwd=native.root)
    assert done.code == 0 and len(done.out.splitlines()) == 2 and native.diff() == ""
    message = native.git("log", "-1", "--format=%B")
    assert message.startswith("Verify: 2 articles\n\nboth\n\n- VPN drops (kb-vpn00001)\n- Outlook 2013")
    assert sorted(native.git("show", "--name-only", "--format=").split()) == [OUTLOOK_PATH, "articles/vpn.md"]
    assert native.git("diff", "--cached", "--name-only").split() == ["other.txt"]


def test_the_commit_says_what_was_verified_and_why(native: Base, run: Run) -> None:
    asked = ("verify", "kb-vpn00001", "--commit", "--note", "tried it", "--ticket", "ZD-9912")
    made = run(*asked, "--format", "json", cwd=native.root).json["commit"]
    assert made == native.git("rev-parse", "HEAD").strip()
    assert native.git("log", "-1", "--format=%B").strip() == (
        "Verify: VPN drops (kb-vpn00001)\n\ntried it\nTicket: ZD-9912"
    )


@pytest.mark.parametrize("note", ['รหัสผ่าน "}" and, {left}: #y\nnext\tline \\ \'', "true", "2026-01-01"])
def test_any_note_comes_back_as_it_was(native: Base, run: Run, note: str) -> None:
    assert run("verify", "kb-vpn00001", "--note", note, cwd=native.root).code == 0
    assert entries(native, "articles/vpn.md")[0]["note"] == note
    assert len(native.diff().splitlines()) == 3


def test_crlf_and_a_mark_at_the_beginning_stay(native: Base, run: Run) -> None:
    raw = b"\xef\xbb\xbf" + OUTLOOK.replace("\n", "\r\n").encode()
    native.commit({OUTLOOK_PATH: raw})
    assert run("verify", OUTLOOK_PATH, cwd=native.root).code == 0
    after = (native.root / OUTLOOK_PATH).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\r\n") and after.count(b"\n") == after.count(b"\r\n")
    lines = after.split(b"\r\n")
    added = [one for one in lines if one.startswith((b"verified:", b"  - {by:", b"stale_after:"))]
    assert len(added) == 3 and [one for one in lines if one not in added] == raw.split(b"\r\n")


def test_a_mapped_date_keeps_its_notation(adopted: Base, run: Run) -> None:
    paths = ("content/mail/smtp.md", "content/mail/imap.md", "content/dns.md")
    assert run("verify", *paths, "--as-of", "2026-05-02", cwd=adopted.root).code == 0
    smtp, imap, dns = (adopted.read(path) for path in paths)
    assert 'audit_date: "2026-05-02"' in smtp  # its own
    assert "audit_date: '2026-05-02'" in imap  # empty: as created_date is written there
    assert "audit_date: 2 May 2026\n" in dns  # missing: likewise
    assert adopted.diff().count("audit_date") == 5
    assert all("stale_after: 2027-05-02" in text for text in (smtp, imap, dns))


def test_a_mapped_date_without_any_example_is_iso(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({"content/a.md": "---\ntitle: A\n---\nx\n"}, config=ADOPTED_TOML, team=None)
    done = run("verify", "content/a.md", "--as-of", "2026-05-02", cwd=base.root)
    assert "audit_date: 2026-05-02\n" in base.read("content/a.md") and done.out.endswith("trusted\n")


def test_blocking_flags_stay_until_they_are_resolved(native: Base, run: Run) -> None:
    flags = (
        "flags:",
        '  - {by: "human:kp", at: 2026-04-01, reason: unclear, note: "a"}',
        '  - {by: "human:kp", at: 2026-04-02, reason: wrong, note: "b"}',
    )
    native.commit({OUTLOOK_PATH: with_keys(OUTLOOK, *flags)})
    done = run("verify", OUTLOOK_PATH, cwd=native.root)
    assert done.code == 0 and "still untrusted" in done.err and "not trusted: flagged" in done.out
    assert "Flagged as wrong" in done.err and len(entries(native, key="flags")) == 2
    forced = run(
        "verify", OUTLOOK_PATH, "--resolve-flags", "--force", "--format", "json", cwd=native.root, who=ZO
    )
    assert forced.json["articles"][0]["resolved_flags"] == 0, "whose stamp does not count resolves nothing"
    done = run("verify", OUTLOOK_PATH, "--resolve-flags", "--format", "json", cwd=native.root)
    assert done.json["articles"][0]["resolved_flags"] == 1 and done.json["articles"][0]["trusted"]
    assert [one["reason"] for one in entries(native, key="flags")] == ["unclear"]
    assert "Flagged as" not in run("verify", OUTLOOK_PATH, cwd=native.root).err, "it takes no trust away"


def test_a_state_is_kept_unless_it_is_said_to_meet_the_standard(native: Base, run: Run) -> None:
    text = OUTLOOK.replace("confidence: validated", "confidence: not-validated").replace("stable", "draft")
    native.commit({OUTLOOK_PATH: text})
    for options in ((), ("--keep-state",)):
        done = run("verify", OUTLOOK_PATH, *options, cwd=native.root)
        assert "still untrusted" in done.err and "not trusted: not-validated" in done.out
        assert front(native)["confidence"] == "not-validated" and front(native)["status"] == "draft"
    native.commit({OUTLOOK_PATH: text})
    done = run("verify", OUTLOOK_PATH, "--validate", cwd=native.root)
    assert done.out.endswith("; trusted\n") and "still untrusted" not in done.err
    changed = {line.split(":")[0] for line in native.diff().splitlines()}
    assert changed == {
        "-confidence",
        "+confidence",
        "-status",
        "+status",
        "+verified",
        "+  - {by",
        "+stale_after",
    }
    assert front(native)["confidence"] == "validated" and front(native)["status"] == "stable"


def test_a_date_that_says_validated_stays_away_where_the_state_is_kept(
    make_base: Callable[..., Base], run: Run
) -> None:
    text = "---\ntitle: A\naudit_date:\n---\nx\n"
    base = make_base({"content/a.md": text, "content/b.md": text}, config=ADOPTED_TOML, team=None)
    kept = run("verify", "content/a.md", "--keep-state", cwd=base.root)
    assert "still untrusted: it is not-validated" in kept.err and "not trusted: not-validated" in kept.out
    assert "audit_date:\n" in base.read("content/a.md") and "verified:" in base.read("content/a.md")
    assert "confidence" not in base.read("content/a.md")
    assert run("verify", "content/a.md", "--validate", cwd=base.root).out.endswith("; trusted\n")
    assert "audit_date: 2" in base.read("content/a.md")


def test_outside_git(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({OUTLOOK_PATH: OUTLOOK}, git=False)
    assert run("verify", OUTLOOK_PATH, cwd=base.root).code == 0
    base.write(OUTLOOK_PATH, base.read(OUTLOOK_PATH) + "More.\n")
    done = run("verify", OUTLOOK_PATH, cwd=base.root)
    assert done.code == 0 and "not found in Git's history" in done.err and done.out.endswith("; trusted\n")
    refused = run("verify", OUTLOOK_PATH, "--commit", cwd=base.root)
    assert refused.code == 2 and "needs a Git repository" in refused.err


def test_ten_on_real_data_change_stamp_lines_alone(
    corpora: Path, tmp_path: Path, kcs_env: dict[str, str], run: Run
) -> None:
    bundle = corpora / "rackspace-how-to.bundle"
    if not bundle.exists():
        pytest.skip(f"{bundle} is not here")
    base = Base(tmp_path / "rack", kcs_env)
    base.root.mkdir()
    base.git("clone", "--quiet", str(bundle), ".")
    config = ADOPTED_TOML.replace('by = "permalink"', 'root = "/how-to/"\nby = "permalink"')
    base.commit({"kcs.toml": config})
    paths = sorted(one.relative_to(base.root).as_posix() for one in base.root.glob("content/*/*.md"))
    chosen = [path for path in paths if b"\naudit_date:" in (base.root / path).read_bytes()][::80][:10]
    done = run("verify", *chosen, cwd=base.root)
    assert done.code == 0 and len(done.out.splitlines()) == 10
    assert len(base.git("diff", "--name-only").split()) == 10
    day = stamped_on(base, chosen[0])
    in_a_year = date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    pattern = re.compile(
        r"[-+]audit_date:.*|\+verified:|\+  - \{by: \"human:jd\", at: \S+, content: \"kcs1:\w+\", unseen: true\}"
        rf"|\+stale_after: {in_a_year}"
    )
    odd = [line for line in base.diff().splitlines() if not pattern.fullmatch(line)]
    assert odd == [] and base.diff().count("+verified:") == 10


def test_of_many_who_may_the_first_are_named(native: Base, run: Run) -> None:
    native.commit({
        "team.toml": "".join(f'[people.p{number:02}]\nemails = ["p{number:02}@acme.example"]\n' for number in range(30)),
        OUTLOOK_PATH: OUTLOOK.replace("verifiers: [jd, kp]\n", ""),
    })  # fmt: skip
    done = run("verify", OUTLOOK_PATH, cwd=native.root)
    assert done.code == 1 and "p07 and 22 more" in done.err and "p08" not in done.err
    assert "team.toml lacks jd@acme.example" in done.err


@pytest.mark.parametrize(
    ("ticket", "said"), [("ann@client.example", "names a person"), ("ZD 9912", "is not a ticket")]
)
def test_a_stamp_names_a_ticket_by_its_number(native: Base, run: Run, ticket: str, said: str) -> None:
    done = run("verify", "kb-7f3q", "--yes", "--ticket", ticket, cwd=native.root)
    assert done.code == 2 and said in done.err and native.diff() == ""


@pytest.mark.parametrize("person", ["j doe", "J. Doe (mail)", "กานดา", 'a"b', "j/d"])
def test_whoever_team_toml_names_is_called_so(
    make_base: Callable[..., Base], quick: Run, person: str
) -> None:
    """By a name made plain they were nobody of the team, and what they had just verified was not trusted."""
    team = f"[people.{json.dumps(person, ensure_ascii=False)}]\nemails = ['jd@acme.example']\n"
    base = make_base({"articles/a.md": "---\ntitle: A\nconfidence: validated\n---\nText.\n"}, team=team)
    told = quick("verify", "articles/a.md", cwd=base.root)
    assert told.code == 0 and "; trusted" in told.out
    assert quick("flag", "articles/a.md", "--reason", "unclear", "-m", "which?", cwd=base.root).code == 0
    [shown] = quick("list", "--format", "json", cwd=base.root).json["articles"]
    assert shown["reasons"] == [] and base.read("articles/a.md").count("human:") == 2


@pytest.mark.parametrize("body", ["", "\n", "## Issue\n\n## Resolution\n\nTODO\n", "<!-- later -->\n"])
def test_an_article_without_text_is_vouched_for_only_by_force(native: Base, run: Run, body: str) -> None:
    """`--validate` made it trusted with a warning: an empty answer to whoever asks for trusted ones."""
    native.commit({"articles/empty.md": f"---\ntitle: Empty\nconfidence: not-validated\n---\n{body}"})
    done = run("verify", "articles/empty.md", OUTLOOK_PATH, "--validate", cwd=native.root)
    assert done.code == 1 and native.diff() == ""
    assert "articles/empty.md: it has no text, so there is nothing to vouch for" in done.err
    assert "kcs edit articles/empty.md; --force verifies it as it is" in done.err
    forced = run("verify", "articles/empty.md", "--validate", "--force", cwd=native.root)
    assert forced.code == 0 and forced.out.endswith("; trusted\n")
