"""Approving: by who may, for exactly what it says, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import JD, KCS_TOML, KP, Base, Run, Terminal
from tests.test_json_schemas import check

PATH = "articles/terms.md"
TERMS = "---\ntype: Policy\nid: kb-terms000\ntitle: Terms  # as signed\nconfidence: validated\ngovernance: compliance\n---\nPay in 30 days.\n"


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    config = KCS_TOML + '[[policy]]\nmatch = {governance = "compliance"}\npublishers = ["kp"]\n'
    return make_base({PATH: TERMS}, config=config)


def needs_approval(base: Base, quick: Run) -> bool:
    return "KCS205" in quick("audit", "--select", "KCS205", "--as-of", "2026-12-01", cwd=base.root).out


def test_a_publisher_approves_what_it_says_and_a_change_takes_it_back(base: Base, quick: Run) -> None:
    assert needs_approval(base, quick)
    done = quick("approve", "kb-terms000", "-m", "read by counsel", "--commit", cwd=base.root, who=KP)
    assert done.code == 0 and "approved by human:kp" in done.out and "committed as " in done.err
    lines = base.git("show", "--unified=0", "--format=%s", "HEAD").splitlines()
    added = [line for line in lines if line.startswith("+") and not line.startswith("+++")]
    assert lines[0] == "Approve: Terms (kb-terms000)" and len(added) == 2 and "unseen: true" in added[1]
    assert not [line for line in lines if line.startswith("-") and not line.startswith("---")]
    assert not needs_approval(base, quick)
    base.write(PATH, base.read(PATH).replace("30 days", "14 days"))
    assert needs_approval(base, quick)
    again = quick("approve", PATH, "-m", "the new term", cwd=base.root, who=KP)
    assert "-Pay in 30 days." in again.err and "+Pay in 14 days." in again.err
    assert base.read(PATH).count("human:kp") == 1 and not needs_approval(base, quick)


def test_nobody_else_may(base: Base, quick: Run) -> None:
    for who, env in ((JD, {}), (KP, {"KCS_ORIGIN": "agent"})):
        told = quick("approve", "kb-terms000", "-m", "fine", cwd=base.root, who=who, env=env)
        assert told.code == 1 and "may not publish" in told.err and "kp" in told.err and not base.diff()


def test_who_left_is_not_named_as_one_who_may(base: Base, quick: Run) -> None:
    base.write("kcs.toml", base.read("kcs.toml").replace('["kp"]', '["gone", "kp"]'))
    told = quick("approve", "kb-terms000", "-m", "fine", cwd=base.root, who=JD)
    assert told.code == 1 and "these may: kp" in told.err
    told = quick(
        "approve", "kb-terms000", "-m", "fine", cwd=base.root, who={"name": "g", "email": "gone@acme.example"}
    )
    assert told.code == 1 and "may not publish" in told.err
    assert quick("approve", "kb-terms000", cwd=base.root, who=KP).code == 2, "why is required"
    base.write("kcs.toml", KCS_TOML)
    told = quick("approve", "kb-terms000", "-m", "fine", cwd=base.root, who=KP)
    assert told.code == 1 and "lists nobody" in told.err


def test_it_shows_and_asks_on_a_terminal(base: Base, terminal: Terminal) -> None:
    told = terminal("approve", "kb-terms000", "-m", "fine", cwd=base.root, who=KP, answers=["n"])
    assert told.code == 1 and "Nobody approved it yet" in told.out and "Pay in 30 days" in told.out
    assert not base.diff()


@pytest.mark.parametrize(("first", "second", "newest"), [
    ("2026-01-01T20:00:00", "2026-01-01T14:00:00Z", 1), ("2026-01-01T22:00:00", "2026-01-01T14:00:00Z", 0),
    ("0001-01-01T00:00:00", "0001-01-02T00:00:00", 1), ("9999-12-31T23:59:59", "9999-12-31T00:00:00-12:00", 0),
    ("1950-01-01T00:00:00Z", "soon", 0), ("soon", "2026-01-01T00:00:00Z", 1),
])  # fmt: skip
def test_the_last_approved_content_is_compared_whatever_its_entries_say_of_their_time(
    base: Base, quick: Run, first: str, second: str, newest: int
) -> None:
    contents = []
    for days in (10, 20):
        base.commit({PATH: TERMS.replace("30", str(days))})
        contents.append(quick("show", PATH, "--format", "json", cwd=base.root).json["fingerprint"])
    entries = [f'- {{by: "human:kp", at: {at}, content: "{content}"}}\n' for at, content in zip((first, second), contents, strict=True)]  # fmt: skip
    base.write(PATH, TERMS.replace("---\nPay", f"approved:\n{''.join(entries)}---\nPay"))
    base.write("kcs.toml", base.read("kcs.toml").replace("UTC", "Asia/Bangkok"))
    told = quick("approve", PATH, "-m", "fine", cwd=base.root, who=KP)
    assert told.code == 0 and f"-Pay in {(10, 20)[newest]} days." in told.err
    assert base.read(PATH).count("human:kp") == 1


def test_json(base: Base, quick: Run) -> None:
    told = quick("approve", "kb-terms000", "-m", "fine", "--format", "json", cwd=base.root, who=KP).json
    assert told["by"] == "human:kp" and told["content"].startswith("kcs1:") and told["commit"] is None


def test_show_tells_who_approved_what(base: Base, quick: Run) -> None:
    def shown() -> str:
        return quick("show", "kb-terms000", cwd=base.root).out

    assert "not approved as it stands" in shown()
    quick("approve", "kb-terms000", "-m", "read by counsel", "--commit", cwd=base.root, who=KP)
    assert (
        "approved by kp on 2" in shown() and "“read by counsel”" in shown() and "not approved" not in shown()
    )
    (one,) = check(quick("show", "kb-terms000", "--format", "json", cwd=base.root), "show")["approvals"]
    assert (one["by"], one["note"], one["counts"]) == ("human:kp", "read by counsel", True)
    base.write(PATH, base.read(PATH).replace("30 days", "60 days"))
    assert "not approved as it stands" in shown() and "· for another text" in shown()
