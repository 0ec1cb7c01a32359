"""What `kcs new --from` notes of where an article came from is understood by gaps and metrics alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Base, Run
from tests.coverage.exports import CONVERSATION, ZENDESK


@pytest.mark.parametrize(
    ("record", "ticket"), [(ZENDESK, "ZD-35436"), (CONVERSATION, "intercom-147")], ids=["zendesk", "intercom"]
)
def test_the_article_of_a_ticket_is_known_again_in_the_export(
    record: dict[str, object], ticket: str, quick: Run, native: Base, tmp_path: Path
) -> None:
    file = tmp_path / "export.json"
    file.write_text(json.dumps(record), "utf-8")
    made = quick("new", "solution", "The fire is colourful", "--from", file, "--force", cwd=native.root)
    assert made.code == 0, made.err
    path = made.out.strip()
    text = native.read(path).replace(
        "confidence: work-in-progress", "confidence: validated\naudience: external"
    )
    native.commit({path: text}, day="2026-07-23")

    def figures(*words: str | Path) -> dict[str, Any]:
        told = quick("metrics", "--as-of", "2026-08-01", "--format", "json", *words, cwd=native.root)
        return {one["name"]: one for one in told.json["metrics"]}

    judged = quick("gaps", "--tickets", file, "--format", "json", cwd=native.root).json["tickets"]
    assert (judged["new"], judged["uncovered"]) == (1, 0)
    found = figures("--tickets", file)
    assert found["new"]["numerator"] == 1
    assert found["time_to_publish"]["denominator"] == 1 and 2 < found["time_to_publish"]["value"] < 3
    assert quick("link", path, ticket, cwd=native.root).code == 0
    told = quick("metrics", "--format", "json", cwd=native.root).json["metrics"]
    assert [one["numerator"] for one in told if one["name"] == "new"] == [1], "without an export as well"


def test_each_article_that_names_a_ticket_is_its_article(quick: Run, native: Base, tmp_path: Path) -> None:
    """One for colleagues, one for customers: that somebody calls one of them wrong says nothing of the other."""
    made = {name: f"articles/{name}.md" for name in ("inside", "outside")}
    source = "sources: [{id: zd-1, resource: 'ticket:ZD-1'}]"
    native.commit(
        {
            path: f"---\nid: kb-{name.ljust(8, '0')}\ntitle: For {name}\n{source}\n---\nWater.\n"
            for name, path in made.items()
        },
        day="2026-07-23",
    )
    file = tmp_path / "export.csv"
    file.write_text("id,created_at,subject\nZD-1,2026-07-20,The fire is colourful\n", "utf-8")
    for wrong, new in (("inside", 1), ("outside", 0)):
        assert quick("link", made[wrong], "ZD-1", "--outcome", "wrong", cwd=native.root).code == 0
        judged = quick("gaps", "--tickets", file, "--format", "json", cwd=native.root).json["tickets"]
        assert (judged["new"], judged["uncovered"]) == (new, 1 - new)


def test_what_was_made_for_a_ticket_counts_beside_what_it_is_linked_to_and_beside_its_sister(
    quick: Run, native: Base, tmp_path: Path
) -> None:
    """An older article helped in part, then one for colleagues and
    one for customers were written: with an export and without one.
    """
    text = "---\nid: kb-{0}01\ntitle: For {0}\naudience: {1}\nconfidence: validated\n{2}---\nWater.\n"
    source = "sources: [{id: zd-1, resource: 'ticket:ZD-1'}]\n"
    old = text.format("before", "external", "")
    native.commit({"articles/old.md": old}, day="2026-07-01")
    pair = {"articles/a.md": ("inside", "internal"), "articles/b.md": ("people", "external")}
    native.commit({path: text.format(*one, source) for path, one in pair.items()}, day="2026-07-23")
    assert quick("link", "articles/old.md", "ZD-1", "--outcome", "partly", cwd=native.root).code == 0
    file = tmp_path / "export.csv"
    row = "ZD-1,2026-07-20,2026-07-21,The fire is colourful"
    file.write_text(f"id,created_at,closed_at,subject\n{row}\n", "utf-8")

    def figures(*words: str | Path) -> dict[str, Any]:
        told = quick("metrics", "--since", "2026-07-01", "--format", "json", *words, cwd=native.root)
        return {one["name"]: one for one in told.json["metrics"]}

    for found in (figures("--tickets", file), figures()):
        assert (found["known"]["numerator"], found["new"]["numerator"]) == (0, 1)
    assert figures("--tickets", file)["time_to_publish"]["denominator"] == 1


def test_without_an_export_an_article_called_wrong_was_made_for_nothing(quick: Run, native: Base) -> None:
    text = "---\nid: kb-{0}01\ntitle: For {0}\n{1}---\nWater.\n"
    native.commit({"articles/old.md": text.format("before", "")}, day="2026-07-01")
    source = "sources: [{id: zd-1, resource: 'ticket:ZD-1'}]\n"
    native.commit({"articles/made.md": text.format("madeby", source)}, day="2026-07-23")
    steps = (("old", "partly", (0, 1)), ("made", "wrong", (1, 0)), ("made", "", (0, 1)))
    for name, outcome, expected in steps:
        words = ("--outcome", outcome) if outcome else ("--undo",)
        assert quick("link", f"articles/{name}.md", "ZD-1", *words, cwd=native.root).code == 0
        told = quick("metrics", "--format", "json", cwd=native.root).json["metrics"]
        found = {one["name"]: one["numerator"] for one in told}
        assert (found["known"], found["new"]) == expected, (name, outcome)
