"""Which text a verification by date alone vouches for, in history as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.audit.runs import ARTICLE, VPN, audit
from tests.conftest import BOT, JD, KP, Base, Run


def test_only_what_came_after_a_verification_changed_after_it(
    verified: Base, adopted: Base, quick: Run
) -> None:
    def told(base: Base) -> str:
        found = audit(quick, base, as_of="2026-06-01").json["findings"]
        return str(next(one["message"] for one in found if one["rule"] == "KCS102"))

    verified.commit({ARTICLE: verified.read(ARTICLE).replace("few minutes", "two minutes")}, day="2026-05-02")
    assert "by J. Doe" in told(verified) and "more" not in told(verified)
    verified.commit(
        {ARTICLE: verified.read(ARTICLE).replace("two minutes", "three minutes")}, day="2026-05-03"
    )
    assert "and 1 more" in told(verified)
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path).replace("Send with", "Send mail with")}, day="2026-05-20")
    assert "more" not in told(adopted)


def test_a_merge_brings_a_date_with_its_own_text(adopted: Base, quick: Run) -> None:
    """The date that the other side set vouches for what that side said: the merged text is another one."""
    path = "content/mail/smtp.md"
    adopted.git("checkout", "--quiet", "-b", "other")
    text = adopted.read(path)
    adopted.commit({path: text.replace("2025-06-10", "2026-05-20").replace("Use port 587.", "Use port 587 or 465.")}, who=KP, day="2026-05-20")  # fmt: skip
    theirs = adopted.read(path)
    adopted.git("checkout", "--quiet", "main")
    adopted.commit({"content/dns.md": adopted.read("content/dns.md") + "\nMore.\n"}, who=JD, day="2026-05-21")
    who = ("-c", "user.name=x", "-c", "user.email=x@acme.example")
    adopted.git(*who, "merge", "--quiet", "--no-commit", "--no-ff", "other")
    assert adopted.read(path) == theirs
    assert quick("check", "--verified", path, cwd=adopted.root).code == 0
    heads = adopted.read(".git/MERGE_HEAD")
    adopted.write(".git/MERGE_HEAD", "1" * 40)
    told = quick("check", "--verified", path, cwd=adopted.root)
    assert told.code == 1 and "KCS116" in told.out, (
        "what is merged is not here: nobody can say what the date is for"
    )
    adopted.write(".git/MERGE_HEAD", heads)
    adopted.write(path, theirs.replace("Send with", "Send mail with"))
    adopted.git("add", path)
    told = quick("check", "--verified", path, cwd=adopted.root)
    assert told.code == 1 and "KCS102" in told.out
    adopted.commit(day="2026-05-22")
    assert quick("check", "--verified", path, cwd=adopted.root).code == 1, "the same once it is committed"
    adopted.write(path, adopted.read(path).replace("2026-05-20", "2026-05-23"))
    adopted.git("add", path)
    assert quick("check", "--verified", path, cwd=adopted.root).code == 0


def test_front_matter_beside_the_date_takes_no_verification(adopted: Base, quick: Run) -> None:
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path).replace("title:", "product: mail\ntitle:", 1)}, day="2026-05-20")
    assert quick("check", "--verified", path, cwd=adopted.root).code == 0
    adopted.commit({path: adopted.read(path).replace("Send with", "Send mail with")}, day="2026-05-21")
    assert quick("check", "--verified", path, cwd=adopted.root).code == 1


def test_an_entry_without_a_fingerprint_vouches_for_the_text_it_came_with(native: Base, quick: Run) -> None:
    def gate() -> tuple[int, str]:
        native.git("add", "--all")
        told = quick("check", "--verified", VPN, cwd=native.root)
        return told.code, "KCS102" if "KCS102" in told.out else "KCS103" if "KCS103" in told.out else ""

    assert gate() == (1, "KCS103")
    entry = 'confidence: validated\nverified: {by: "human:jd", at: 2026-05-02}\n'
    native.write(VPN, native.read(VPN).replace("confidence: validated\n", entry))
    assert gate() == (0, "")
    native.commit()
    assert gate() == (0, "")
    native.write(VPN, native.read(VPN).replace("Reconnect", "Restart"))
    assert gate() == (1, "KCS102")
    for other in ("not-validated", "work-in-progress", "archived"):
        native.write(VPN, native.read(VPN).replace("confidence: validated", f"confidence: {other}"))
        assert gate() == (0, ""), "nobody has to vouch for it"
        native.write(VPN, native.read(VPN).replace(f"confidence: {other}", "confidence: validated"))
    assert gate() == (1, "KCS102")
    flagged = "flags: {by: 'human:jd', at: 2026-05-03, reason: %s}\nverified:"
    native.write(VPN, native.read(VPN).replace("verified:", flagged % "style"))
    assert gate() == (1, "KCS102")
    native.write(VPN, native.read(VPN).replace("style", "changed"))
    assert gate() == (0, ""), "it says itself that nobody may trust it"


def test_the_gate_names_an_article_by_its_path_where_its_id_stands_twice(adopted: Base, quick: Run) -> None:
    path, twin = "content/mail/smtp.md", "content/mail/imap.md"
    for one in (path, twin):
        adopted.write(one, adopted.read(one).replace("title:", "id: kb-7f3q9xk2\ntitle:", 1))
    adopted.commit(day="2026-05-20")
    adopted.write(path, adopted.read(path) + "\nMore.\n")
    adopted.git("add", path)
    told = quick("check", "--verified", path, cwd=adopted.root).out
    assert f"kcs verify {path} | or" in told and f"kcs verify --minor {path} -m WHY" in told
    assert f"kcs flag {path} --reason" in told and f"kcs state {path} not-validated" in told
    assert "kb-7f3q9xk2" not in told


def test_where_history_is_cut_off_a_date_vouches_for_nothing(
    adopted: Base, quick: Run, make_base: Callable[..., Any]
) -> None:
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path) + "\nMore.\n"}, day="2026-05-20")
    clone = adopted.root.parent / "clone"
    adopted.git("clone", "--quiet", "--depth", "1", adopted.root.as_uri(), str(clone))
    told = quick("check", "--verified", path, cwd=clone)
    assert told.code == 1 and "git fetch --unshallow" in told.out
    told = quick("audit", "--select", "KCS1", "--as-of", "2026-06-01", "--format", "json", cwd=clone)
    assert "KCS116" in [one["rule"] for one in told.json["findings"]]
    told = quick("audit", "--changed-since", "HEAD~1", cwd=clone)
    assert told.code == 2 and "unshallow" in told.err


def test_a_stamp_below_a_key_of_hyphens_is_still_the_bot_s(verified: Base, quick: Run) -> None:
    stamp = verified.read(VPN)
    odd = stamp.replace("\nid:", "\n----: x\nid:", 1)
    bare = re.sub(r"(?ms)^verified:\n(?:  .*\n)+", "", odd)
    assert odd != stamp and bare != odd
    verified.commit({VPN: bare})
    verified.commit({VPN: odd}, who=BOT)
    verified.commit({VPN: odd.replace("\nid:", "\ntags: [a]\nid:", 1)})
    assert "KCS105" in audit(quick, verified, "--select", "KCS105").out
