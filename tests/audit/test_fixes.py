"""--fix: what is mended, what never is, and that nothing is written when it is only to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kcs.audit import fixing
from tests.conftest import KP, Base, Run

BOM = b"\xef\xbb\xbf"
PATH = "articles/marked.md"
MARKED = (
    BOM
    + b"---\r\ntype: Solution\r\nid: kb-marked00\r\ntitle: A mark  # keep\r\nconfidence: validated\r\nstatus: draft\r\n---\r\nText.\r\n"
)


def test_safe_fixes_splice_and_say_what_they_did(native: Base, quick: Run) -> None:
    native.commit({PATH: MARKED})
    shown = quick("audit", PATH, "--diff", cwd=native.root)
    assert shown.code == 0 and "+status: stable" in shown.out and native.diff() == ""
    assert "1 article would be mended\n" in shown.err
    done = quick("audit", PATH, "--fix", "--format", "json", cwd=native.root)
    assert f"mended {PATH}: KCS021, KCS023" in done.err
    assert (native.root / PATH).read_bytes() == MARKED.removeprefix(BOM).replace(
        b"status: draft", b"status: stable"
    )
    assert not {"KCS021", "KCS023"} & {one["rule"] for one in done.json["findings"]}
    again = quick("audit", PATH, "--fix", cwd=native.root)
    assert "0 articles mended" in again.err


def test_where_one_file_changed_meanwhile_none_is_mended(
    native: Base, quick: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "articles/other.md"
    native.commit({PATH: MARKED, other: MARKED.replace(b"marked", b"other0")})
    worked_out = fixing.fixes

    def somebody_saves(*asked: Any, **more: Any) -> Iterator[fixing.Fixed]:
        yield from worked_out(*asked, **more)
        native.write(other, "Somebody's.\n")

    monkeypatch.setattr(fixing, "fixes", somebody_saves)
    done = quick("audit", PATH, other, "--fix", cwd=native.root)
    assert done.code == 2 and other in done.err
    assert (native.root / PATH).read_bytes() == MARKED and native.read(other) == "Somebody's.\n"


def test_a_fix_leaves_a_verification_as_it_is(native: Base, quick: Run) -> None:
    native.commit({PATH: MARKED})
    for who in ({}, {"who": KP}):
        quick("verify", PATH, "--as-of", "2026-05-02", cwd=native.root, **who)  # type: ignore[arg-type]
    quick("audit", PATH, "--fix", cwd=native.root)
    told = quick(
        "audit", PATH, "--select", "KCS1", "--as-of", "2026-05-03", "--format", "json", cwd=native.root
    )
    assert "KCS102" not in {one["rule"] for one in told.json["findings"]}


def test_only_unsafe_fixes_take_personal_data_out(native: Base, quick: Run) -> None:
    text = "---\ntype: Solution\nid: kb-data0000\ntitle: Somebody asked\n---\nWrite to jane.roe@customer-mail.net, she knows.\n"
    native.commit({PATH: text})
    quick("audit", PATH, "--fix", cwd=native.root)
    assert native.diff() == ""
    quick("audit", PATH, "--unsafe-fixes", cwd=native.root)
    assert "jane.roe" not in native.read(PATH) and "she knows" in native.read(PATH)


def test_debts_of_the_baseline_and_what_is_staged_are_left_alone(native: Base, quick: Run) -> None:
    native.commit({PATH: MARKED})
    quick("audit", "--write-baseline", cwd=native.root)
    quick("audit", "--fix", cwd=native.root)
    assert (native.root / PATH).read_bytes() == MARKED
    assert quick("audit", "--fix", "--staged", cwd=native.root).code == 2


def test_of_a_change_only_its_own_articles_are_mended(native: Base, quick: Run) -> None:
    other = "articles/other.md"
    native.commit({other: MARKED.replace(b"marked", b"other0")})
    native.write(PATH, MARKED)
    done = quick("audit", "--fix", "--changed-since", "HEAD", cwd=native.root)
    assert f"mended {PATH}: KCS021, KCS023\n1 article mended\n" in done.err.replace("kcs: ", "")
    assert (native.root / other).read_bytes() == MARKED.replace(b"marked", b"other0")


def test_a_fix_that_cannot_be_spliced_is_left_and_the_others_are_made(native: Base, quick: Run) -> None:
    shared = MARKED.replace(b"status: draft", b"status: &s draft\r\nstage: *s")
    native.commit({PATH: shared})
    done = quick("audit", PATH, "--fix", cwd=native.root)
    assert f"mended {PATH}: KCS023\n" in done.err and f"left {PATH}: KCS021: " in done.err
    assert (native.root / PATH).read_bytes() == shared.removeprefix(BOM)


def test_statistics_count_each_rule(native: Base, quick: Run) -> None:
    told = quick("audit", "--statistics", cwd=native.root)
    rows = [line.split("\t") for line in told.out.splitlines()]
    assert ["2", "KCS103", "never-verified", "error"] in [row[:4] for row in rows]
    assert "2 of 2 articles audited" in told.err
    beside = quick("audit", "--statistics", "--output", "junit:a.xml", "--output", "b.txt", cwd=native.root)
    assert (beside.out, beside.err) == (told.out, told.err)
    assert "never-verified" in native.read("a.xml") and native.read("b.txt").count("KCS103") == 2


def test_what_is_taken_out_is_what_was_found_and_nothing_that_only_looks_like_it(
    native: Base, quick: Run
) -> None:
    rule = '[rules.KCS301]\nallowed = ["*@acme-company.net"]\n'
    text = "Write to jane@acme-company.net, not to jim@another-mail.net.\n"
    native.commit({
        "kcs.toml": native.read("kcs.toml") + rule,
        PATH: f"---\ntype: Solution\nid: kb-data0000\ntitle: Somebody asked\n---\n{text}",
    })  # fmt: skip
    quick("audit", PATH, "--unsafe-fixes", cwd=native.root)
    assert native.read(PATH).endswith("Write to jane@acme-company.net, not to [email].\n")


def test_a_known_value_covers_no_other_of_which_as_little_is_shown(native: Base, quick: Run) -> None:
    head = (
        "---\ntype: Solution\nid: kb-data0000\ntitle: Somebody asked\n---\nWrite to jane@another-mail.net.\n"
    )
    native.commit({PATH: head})
    quick("audit", PATH, "--select", "KCS301", "--write-baseline", cwd=native.root)
    native.write(PATH, head + "Or to jim@another-mail.net, who sits beside her.\n")
    told = quick("audit", PATH, "--select", "KCS301", "--format", "json", cwd=native.root)
    assert told.json["summary"] == {"error": 0, "warning": 1, "info": 0, "baselined": 1}


def test_a_value_that_may_stand_in_one_line_is_told_in_the_next_one(native: Base, quick: Run) -> None:
    own = "articles/own.md"
    lines = (
        "Ask anna@firm.vn. <!-- kcs: ignore KCS301 she wants to be asked -->",
        "Do not ask anna@firm.vn.",
        "Ask ann@firma.vn, or anna@firm.vn.",
    )
    native.write(own, "---\ntitle: Whom to ask\n---\n" + "\n\n".join(lines) + "\n")
    told = quick("audit", own, "--select", "KCS301,KCS025", "--format", "json", cwd=native.root).json
    assert [(one["rule"], one["line"]) for one in told["findings"]] == [("KCS301", 6), ("KCS301", 8)]
    assert len({one["fingerprint"] for one in told["findings"]}) == 2
    quick("audit", own, "--select", "KCS301", "--unsafe-fixes", cwd=native.root)
    assert native.read(own).endswith(f"{lines[0]}\n\nDo not ask [email].\n\nAsk [email], or [email].\n")


def test_what_may_stand_in_articles_may_hold_a_slash(native: Base, quick: Run) -> None:
    native.write("articles/own.md", "---\ntitle: A key\n---\ntoken = Zx9/kQ27abLmP31sTu88vQ\n")
    words = ("audit", "articles/own.md", "--select", "KCS301", "--fail-on", "warning")
    assert quick(*words, cwd=native.root).code == 1
    config = native.read("kcs.toml")
    native.write("kcs.toml", config + '[rules.KCS301]\nallowed = ["Zx9/kQ27abLmP31sTu88vQ"]\n')
    assert quick(*words, cwd=native.root).code == 0
