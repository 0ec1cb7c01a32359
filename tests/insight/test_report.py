"""The report: one file, nothing from elsewhere, and a real browser finds nothing wrong with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Base, Run
from tests.insight.browser import look
from tests.insight.conftest import TICKETS, TODAY


def report(run: Run, base: Base, *more: str | Path) -> str:
    told = run("report", "--as-of", TODAY, "--since", "2026-01-01", "--output", "-", *more, cwd=base.root)
    assert told.code == 0, told.err
    return told.out


def test_it_is_written_where_it_is_asked_for(used: Base, run: Run, tmp_path: Path) -> None:
    told = run("report", "--as-of", TODAY, "--output", tmp_path / "r.html", cwd=used.root)
    assert told.code == 0 and "wrote" in told.err and not told.out
    assert (tmp_path / "r.html").read_text().startswith("<!doctype html>")
    told = run("report", "--output", tmp_path / "no" / "r.html", cwd=used.root)
    assert told.code == 2 and "cannot be written" in told.err


def test_it_needs_nothing_else(used: Base, run: Run) -> None:
    page = report(run, used)
    assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?!data:|#)""", page)
    assert "@import" not in page and "url(" not in page and "default-src 'none'" in page


def test_what_articles_say_is_text(used: Base, run: Run) -> None:
    page = report(run, used)
    assert "<script>window.__alerted" not in page and "&lt;script&gt;window.__alerted" in page
    assert page.count("<script") == 1


def test_it_names_no_person_and_carries_the_caution(used: Base, run: Run) -> None:
    page = report(run, used)
    assert not re.search(r"\b(jd|kp|zo)\b", page) and "set no goals on activities" in page


def test_behind_each_chart_stands_a_table_with_its_numbers(used: Base, run: Run, tmp_path: Path) -> None:
    export = tmp_path / "closed.csv"
    export.write_text(TICKETS)
    page = report(run, used, "--tickets", export)
    charts = re.findall(r'<svg viewBox[^>]*aria-labelledby="t-(\w+)"', page)
    assert set(charts) >= {"trust", "content", "matrix", "ages", "known", "unanswered", "queue", "gaps"}
    for name in charts:
        section = page[page.index(f'id="t-{name}"') :]
        assert "<table>" in section[: section.index("</section>")], name
    assert "fax machine" in page and "missing" in page


def test_its_sentences_say_what_metrics_says(used: Base, run: Run, tmp_path: Path) -> None:
    export = tmp_path / "closed.csv"
    export.write_text(TICKETS)
    page = report(run, used, "--tickets", export)
    assert "1 of 3 closed tickets had an article already (33.3%)" in page
    assert "of the 20 articles that are reused most" not in page, "there are not so many"


def test_right_to_left_stands_where_the_language_is(used: Base, run: Run) -> None:
    assert re.search(r'<span dir="auto" lang="ar">كيف', report(run, used))


@pytest.mark.parametrize("which", ["used", "empty"])
def test_a_real_browser_finds_nothing_wrong(
    which: str, request: pytest.FixtureRequest, make_base: object, run: Run, tmp_path: Path
) -> None:
    base: Base = request.getfixturevalue("used") if which == "used" else make_base({}, git=False)  # type: ignore[operator]
    page = report(run, base)
    for width, dark in ((360, False), (1280, True)):
        found = look(page, tmp_path, width, dark=dark)
        assert found["wide"] == width and found["text"] > 500
        assert found["passed"] > 15, "axe-core has looked"
        assert found["cut"] == [], (width, found["cut"])
        for findings in (found["axe"], found["turned"]):
            assert not [one for one in findings if one[0] in ("serious", "critical")], findings
        assert found["before"] != found["after"], "the button turns light into dark"
        assert not found["alert"]
        assert set(found["rtl"]) == ({"rtl"} if which == "used" else set())
