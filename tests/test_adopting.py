"""Adopting a real base: the figures of docs/adopting.md, and which commit's text an old date stands for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import KP, Base, Run
from tests.test_json_schemas import check

PAGE = Path(__file__).resolve().parents[1] / "docs" / "adopting.md"


def test_the_page_tells_the_figures_of_the_real_base(
    run: Run, corpora: Path, tmp_path: Path, kcs_env: dict[str, str]
) -> None:
    bundle = corpora / "rackspace-how-to.bundle"
    if not bundle.exists():
        pytest.skip(f"{bundle.name} is not there")
    Base(tmp_path, kcs_env).git("clone", "--quiet", str(bundle), "real")
    root = tmp_path / "real"
    adopt = ("init", "--adopt", "--no-team", "--no-input", "--every", "1 year", "--audience", "external")
    told = run(*adopt, cwd=root).out
    page = PAGE.read_text("utf-8")
    account = told[: told.index("  content/")]
    assert account in page
    block = page.split("```toml\n")[1].split("```")[0]
    written = (root / "kcs.toml").read_text("utf-8").splitlines()
    strange = [
        one
        for one in block.splitlines()
        if one not in written and one != "# ..." and not one.startswith("on = ")
    ]
    assert not strange
    counts = [int(one.replace(",", "")) for one in re.findall(r"^([\d,]+)\t", account, re.MULTILINE)]
    *parts, whole, _twice = counts
    assert sum(parts) == whole == 1390
    assert run("trust", "--at", "2020-11-10", cwd=root).out in page
    for words, name in ((("list",), "list"), (("trust",), "trust"), (("queue",), "queue")):
        check(run(*words, "--at", "2020-11-10", "--format", "json", cwd=root), name)


def test_a_date_that_is_no_yaml_sets_nothing(run: Run, adopted: Base) -> None:
    """A line without the blank after its colon is no key: the commit that mends it is the one that set the date."""
    text = "---\npermalink: new/\naudit_date:{}\ntitle: New\n---\n\n{}\n"
    adopted.commit({"content/new.md": text.format("'2026-05-01'", "First words.")}, day="2026-05-01")
    adopted.commit({"content/new.md": text.format(" '2026-05-01'", "Other words.")}, day="2026-05-02", who=KP)
    shown = run("show", "content/new.md", "--as-of", "2026-06-01", "--format", "json", cwd=adopted.root).json
    assert shown["trusted"], shown["reasons"]
    assert shown["claims"][0]["person"] == "kp"
