"""kcs verify --minor: a verification carried over a change of no weight, and never further than it goes."""

from __future__ import annotations

from collections.abc import Callable

from tests.authoring.test_verify import ZO, entries, front
from tests.conftest import BOT, KCS_TOML, KP, OUTLOOK, Base, Run

PATH = "articles/email/outlook.md"
MINOR = ("verify", PATH, "--minor", "-m", "typo")


def edit(base: Base, old: str, new: str) -> None:
    assert old in base.read(PATH)
    base.commit({PATH: base.read(PATH).replace(old, new)})


def test_the_first_since_is_kept_and_the_days_stay(native: Base, run: Run) -> None:
    run("verify", PATH, "--as-of", "2026-05-01", "--note", "tested", "--commit", cwd=native.root)
    edit(native, "every few minutes", "all the time")
    done = run(*MINOR, "--as-of", "2026-06-01", cwd=native.root)
    assert done.out == "kb-7f3q9xk2: carried over a minor change by jd until 2026-07-30; trusted\n"
    assert "-every few minutes." in done.err and "+all the time." in done.err
    (one,) = entries(native)
    assert (one["minor"], one["since"], one["note"]) == ("true", "2026-05-01", "typo")
    assert one["at"].startswith("2026-06-01T") and front(native)["stale_after"] == "2026-07-30"
    assert len(native.diff().splitlines()) == 2
    native.commit()
    edit(native, "1.10", "1.11")
    assert run(*MINOR, "--as-of", "2026-06-09", cwd=native.root).code == 0
    assert entries(native)[0]["since"] == "2026-05-01" and front(native)["stale_after"] == "2026-07-30"
    late = run("trust", "--as-of", "2026-07-30", "--format", "json", cwd=native.root).json
    assert late["reasons"]["stale"] == 1  # a minor change is no new verification


def test_nothing_changed_nothing_written(native: Base, run: Run) -> None:
    run("verify", PATH, "--commit", cwd=native.root)
    for who in ({"name": "J", "email": "jd@acme.example"}, KP):
        done = run(*MINOR, cwd=native.root, who=who)
        assert done.code == 0 and "nothing changed, nothing written" in done.out and native.diff() == ""


def test_only_from_content_that_was_verified(native: Base, run: Run) -> None:
    never = run(*MINOR, cwd=native.root)
    assert never.code == 1 and "no verified content" in never.err
    run("verify", PATH, "--commit", "--force", cwd=native.root, who=ZO)
    edit(native, "1.10", "1.11")
    not_entitled = run(*MINOR, cwd=native.root)
    assert not_entitled.code == 1 and "no verified content" in not_entitled.err
    native.write(PATH, native.read(PATH) + "More.\n")
    run("verify", PATH, cwd=native.root)
    native.write(PATH, native.read(PATH) + "Still more.\n")
    before = native.read(PATH)
    lost = run(*MINOR, cwd=native.root)
    assert lost.code == 1 and "not found in Git's history" in lost.err and native.read(PATH) == before


def test_only_a_verifier(native: Base, run: Run) -> None:
    run("verify", PATH, "--commit", cwd=native.root)
    edit(native, "1.10", "1.11")
    for who in (ZO, BOT):
        done = run(*MINOR, "--force", cwd=native.root, who=who)
        assert done.code == 1 and "only a verifier" in done.err and native.diff() == ""


def test_who_had_no_stamp_counts_from_the_oldest(native: Base, run: Run) -> None:
    run("verify", PATH, "--as-of", "2026-05-01", "--commit", cwd=native.root)
    edit(native, "1.10", "1.11")
    run(*MINOR, "--as-of", "2026-06-01", cwd=native.root, who=KP)
    assert [one["by"] for one in entries(native)] == ["human:jd", "human:kp"]
    assert entries(native)[1]["since"] == "2026-05-01"


def test_quorum_two_needs_two(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({PATH: OUTLOOK}, config=KCS_TOML + "quorum = 2\n")
    run("verify", PATH, "--as-of", "2026-05-01", cwd=base.root)
    base.commit()
    edit(base, "1.10", "1.11")
    alone = run(*MINOR, "--as-of", "2026-05-20", cwd=base.root)
    assert alone.code == 1 and "no verified content" in alone.err
    run("verify", PATH, "--as-of", "2026-05-21", cwd=base.root)
    run("verify", PATH, "--as-of", "2026-05-22", "--commit", cwd=base.root, who=KP)
    edit(base, "1.11", "1.12")
    first = run(*MINOR, "--as-of", "2026-06-01", "--commit", cwd=base.root)
    assert "not trusted" in first.out and "quorum-missing" in first.out
    second = run(*MINOR, "--as-of", "2026-06-02", cwd=base.root, who=KP)
    assert second.code == 0 and second.out.endswith("until 2026-08-19; trusted\n")
    assert [one["since"] for one in entries(base)] == ["2026-05-21", "2026-05-22"]


def test_what_was_taken_back_carries_nothing(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({PATH: OUTLOOK}, config=KCS_TOML + "quorum = 2\n")
    run("verify", PATH, cwd=base.root)
    run("verify", PATH, "--commit", cwd=base.root, who=KP)
    run("unverify", PATH, "--reason", "wrong", "-m", "no", "--commit", cwd=base.root)
    edit(base, "1.10", "1.11")
    run("verify", PATH, "--resolve-flags", "--commit", cwd=base.root)
    edit(base, "1.11", "1.12")
    done = run(*MINOR, cwd=base.root, who=KP)
    assert done.code == 1 and "no verified content" in done.err


def test_from_a_date_only_claim(adopted: Base, run: Run) -> None:
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path).replace("Use port", "Take port")})
    done = run("verify", path, "--minor", "-m", "wording", "--as-of", "2026-05-02", cwd=adopted.root)
    assert (
        done.code == 0 and done.out.endswith("until 2026-06-10; trusted\n") and "-Use port 587." in done.err
    )
    assert 'audit_date: "2025-06-10"' in adopted.read(path) and "stale_after" not in adopted.read(path)
    assert entries(adopted, path)[0]["since"] == "2025-06-10"
