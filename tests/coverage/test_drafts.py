"""A draft of a gap: in the words of its first ticket, for its
product, with the tickets as evidence where they have numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Base, Run


def drafted(quick: Run, base: Base, file: Path) -> tuple[dict[str, Any], str]:
    told = quick("gaps", "--tickets", file, "--draft", "1", "--as-of", "2026-06-01", cwd=base.root)
    assert told.code == 0, told.err
    (path,) = [line.split("\t")[0] for line in told.out.splitlines()]
    _, front, text = base.read(path).split("---\n", 2)
    return yaml.safe_load(front), text


@pytest.mark.parametrize("described", [True, False], ids=["described", "subject alone"])
def test_a_draft_has_the_product_the_evidence_and_the_words(
    described: bool, quick: Run, native: Base, tmp_path: Path
) -> None:
    file, text = tmp_path / "tickets.csv", "The scanner smears every page." if described else ""
    rows = [f"T-{n},2026-05-0{n},Scanner smears,{'' if n == 1 else text},Wide Scanner" for n in (1, 2, 3)]
    file.write_text("\n".join(("id,created_at,subject,description,product", *rows, "")), "utf-8")
    front, body = drafted(quick, native, file)
    assert front["product"] == "Wide Scanner" and front["confidence"] == "work-in-progress"
    assert [one["resource"] for one in front["sources"]] == ["ticket:T-1", "ticket:T-2", "ticket:T-3"]
    assert (text or "Scanner smears") in body


def test_tickets_without_numbers_are_no_evidence(quick: Run, native: Base, tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    rows = [f"2026-05-0{n},Scanner smears,The scanner smears every page." for n in (1, 2, 3)]
    file.write_text("\n".join(("created_at,subject,description", *rows, "")), "utf-8")
    words = ("--draft", "1", "--dry-run", "--format", "json")
    told = quick("gaps", "--tickets", file, *words, cwd=native.root).json
    assert [one["evidence"] for one in told["drafts"]] == [[]], "the article names none"
    front, body = drafted(quick, native, file)
    assert "sources" not in front and "line " not in str(front) and "smears every page" in body


def test_a_ticket_without_words_costs_the_other_drafts_nothing(
    quick: Run, native: Base, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    rows = ["T-1,???,!!!,900", "T-2,.....,The scanner smears every page.,1"]
    file.write_text("\n".join(("id,subject,description,handle_minutes", *rows, "")), "utf-8")
    told = quick("gaps", "--tickets", file, "--draft", "2", "--dry-run", "--format", "json", cwd=native.root)
    assert [one["evidence"] for one in told.json["drafts"]] == [["T-2"]]
    file.write_text("id,subject,description\nT-1,???,!!!\n", "utf-8")
    told = quick("gaps", "--tickets", file, "--draft", "2", cwd=native.root)
    assert told.code == 1 and "no words of its own" in told.err and "is covered" not in told.err


def test_a_single_ticket_that_is_a_sentence_of_all_articles_is_no_draft(
    quick: Run, make_base: Any, tmp_path: Path
) -> None:
    said = "This article discusses the following topics"
    base = make_base({f"articles/{n}.md": f"---\ntitle: T{n}\n---\n\n{said}:\n\nx{n}\n" for n in range(5)})
    file = tmp_path / "tickets.csv"
    rows = [f"B-1,2026-05-01,{said},,900", "T-1,2026-05-02,Scanner smears,It smears every page.,1"]
    file.write_text("\n".join(("id,created_at,subject,description,handle_minutes", *rows, "")), "utf-8")
    told = quick("gaps", "--tickets", file, "--draft", "1", "--dry-run", "--format", "json", cwd=base.root)
    assert [one["evidence"] for one in told.json["drafts"]] == [["T-1"]] and "passed over" in told.err
