"""Every JSON document the program prints is one its published schema knows, on every kind of base."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import KP, OUTLOOK, Base, Result, Run

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "schemas"

BROKEN: dict[str, str | bytes] = {
    "articles/conflict.md": "---\ntitle: a\n<<<<<<< HEAD\nowner: x\n=======\nowner: y\n>>>>>>> b\n---\ntext\n",
    "articles/never-closed.md": "---\ntitle: b\n",
    "articles/latin.md": b"---\ntitle: caf\xe9\n---\ntext\n",
    "articles/list.md": "---\n- a list\n---\ntext\n",
    "articles/odd.md": "---\ntitle: [1, 2]\ntags: one\nverified: yes\nflags: {by: 1}\nowner: {a: b}\nid: 7\n"
    "counterpart: [x]\ntranslation_of: {id: kb-1}\nconfidence: splendid\n---\n# A\n",
    "articles/empty.md": "",
    "articles/stamped.md": '---\ntitle: s\nconfidence: validated\nverified:\n  - {by: "human:jd", at: soon, content: '
    '"kcs9:00"}\n  - {by: "tool/1", at: 2026-04-01}\n  - {by: "human:kp", at: 2026-04-01T09:00:00Z, content: '
    '"kcs1:00000000000000000000000000000000", minor: true}\nflags:\n  - {by: x, reason: bad}\n---\ntext\n',
}


def check(told: Result, name: str) -> Any:
    """The document, once its schema has let it pass."""
    assert told.out, told.err
    document = told.json
    assert document["schema"] == f"kcs.{name}/1"
    jsonschema.validate(document, schema(name), jsonschema.Draft202012Validator)
    return document


def schema(name: str) -> Any:
    return json.loads((FOLDER / f"kcs.{name}.1.json").read_text("utf-8"))


@pytest.fixture(params=["native", "adopted", "broken", "outside-git"])
def base(request: pytest.FixtureRequest, make_base: Callable[..., Base]) -> Base:
    if request.param in ("native", "adopted"):
        found: Base = request.getfixturevalue(request.param)
        return found
    if request.param == "broken":
        return make_base({**BROKEN, "articles/email/outlook.md": OUTLOOK})
    return make_base({"articles/email/outlook.md": OUTLOOK}, git=False)


def test_reading_commands(base: Base, run: Run) -> None:
    def call(*words: str) -> Result:
        return run(*words, "--format", "json", cwd=base.root)

    listed = check(call("list"), "list")["articles"]
    check(call("trust"), "trust")
    check(call("trust", "--by", "owner", "--as-of", "2026-06-01"), "trust")
    check(call("queue"), "queue")
    check(call("sprint", "plan", "--people", "3"), "sprint")
    check(call("flag", "--list"), "flag")
    check(call("metrics", "--by", "month"), "metrics")
    check(call("doctor"), "doctor")
    check(call("audit"), "audit")
    assert len(check(call("rules"), "rules")["rules"]) > 50
    check(call("rule", "KCS102"), "rule")
    for one in listed[-8:]:
        check(call("show", one["path"]), "show")
    if base.in_git:
        check(call("trust", "--at", "HEAD"), "trust")
        check(call("log", listed[0]["path"]), "log")


def test_writing_commands(native: Base, run: Run) -> None:
    def call(*words: str, **who: Any) -> Result:
        return run(*words, "--format", "json", cwd=native.root, **who)

    verified = check(call("verify", "kb-7f3q9xk2", "--note", "tried", "--commit"), "verify")
    assert verified["articles"][0]["trusted"] and verified["commit"]
    check(call("flag", "kb-7f3q9xk2#cause", "--reason", "wrong", "-m", "no"), "flag")
    check(call("verify", "kb-7f3q9xk2", "--resolve-flags", who=KP), "verify")
    native.write(
        "articles/email/outlook.md", native.read("articles/email/outlook.md").replace("entry", "entries")
    )
    seen = check(call("show", "kb-7f3q9xk2"), "show")
    assert any(one["unseen_changes"] for one in seen["stamps"])
    check(call("unverify", "kb-7f3q9xk2", "--reason", "outdated", "-m", "moved"), "unverify")
    check(call("flag", "kb-7f3q9xk2", "--resolve", "1", "--commit"), "flag")
    assert check(call("log", "kb-7f3q9xk2"), "log")["entries"]


def test_a_working_day(native: Base, run: Run, tmp_path: Path) -> None:
    def call(*words: str) -> Result:
        return run(*words, "--format", "json", cwd=native.root)

    check(call("state", "kb-vpn00001", "kb-7f3q9xk2", "archived", "--commit"), "state")
    check(call("assign", "kb-vpn00001", "--owner", "kp"), "assign")
    check(call("use"), "use")
    check(run("use", "--clear", "--format", "json"), "use")
    native.git("clone", "--quiet", "--bare", ".", str(tmp_path / "other.git"))
    native.git("remote", "add", "origin", str(tmp_path / "other.git"))
    native.commit({"articles/new.md": "---\ntitle: New\n---\nText.\n"})
    native.git("push", "--quiet", "--set-upstream", "origin", "main")
    native.git("reset", "--quiet", "--hard", "HEAD~1")
    assert check(call("sync"), "sync")["articles"]


def test_searching_and_linking(base: Base, run: Run) -> None:
    def call(*words: str) -> Result:
        return run(*words, "--format", "json", cwd=base.root)

    for words in (["outlook", "password"], ["nothing", "of", "this"], ["trusted:no"], ['"a phrase" not:x']):
        check(call("search", *words), "search")
    assert check(call("search", "trusted:no"), "search")["hits"]
    assert check(call("link", "1", "ZD-1", "--outcome", "partly"), "link")["outcome"] == "partly"


def test_resolving_a_conflict(native: Base, run: Run) -> None:
    native.git("checkout", "-q", "-b", "other")
    run("verify", "kb-7f3q9xk2", "--commit", cwd=native.root, who=KP)
    native.git("checkout", "-q", "main")
    run("verify", "kb-7f3q9xk2", "--commit", cwd=native.root)
    with contextlib.suppress(AssertionError):  # Git says by its exit code that there is a conflict
        native.git("-c", "user.name=x", "-c", "user.email=x@acme.example", "merge", "other")
    told = check(run("resolve", "--format", "json", cwd=native.root), "resolve")
    assert told["files"] and told["files"][0]["status"] == "mended"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda one: one.name)
def test_a_schema_is_one_is_closed_and_is_described(file: Path) -> None:
    found = json.loads(file.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    name = found["title"].removesuffix("/1").removeprefix("kcs.")
    assert file.name == found["$id"] == f"kcs.{name}.1.json"
    text = (ROOT / "docs" / "json.md").read_text("utf-8")
    section = text.partition(f"\n## kcs.{name}/1\n")[2].partition("\n## ")[0]
    assert section, f"docs/json.md has no section kcs.{name}/1"
    for field in fields(found):
        assert f"`{field}`" in text, f"{file.name}: docs/json.md does not explain {field}"


def fields(part: Any) -> set[str]:
    """Every name of a property; each object that has some must be closed."""
    if isinstance(part, list):
        return {name for one in part for name in fields(one)}
    if not isinstance(part, dict):
        return set()
    named = part.get("properties", {})
    assert not named or part["additionalProperties"] is False
    return set(named) | {name for one in part.values() for name in fields(one)}


def test_every_document_that_the_program_can_write_has_a_schema() -> None:
    written = {
        name
        for file in (ROOT / "kcs").rglob("*.py")
        for name in re.findall(r'"kcs\.([a-z-]+)/1"', file.read_text("utf-8"))
    }
    assert written - {one.name.split(".")[1] for one in FOLDER.glob("*.json")} == set()
