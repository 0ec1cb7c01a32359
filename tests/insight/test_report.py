"""The report: one file, nothing from elsewhere, and a real browser finds nothing wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Base, Run
from tests.insight.browser import look
from tests.insight.conftest import CONFIG, TICKETS, TODAY

pytestmark = pytest.mark.forked


def report(run: Run, base: Base, *more: str | Path) -> str:
    told = run("report", "--as-of", TODAY, "--since", "2026-01-01", "--output", "-", *more, cwd=base.root)
    assert told.code == 0, told.err
    return told.out


def test_it_is_written_where_it_is_asked_for(used: Base, run: Run, tmp_path: Path) -> None:
    used.write(
        "articles/imap.md", used.read("articles/imap.md").replace("title: ", f"title: {'ปัญหา' * 300} ")
    )
    told = run("report", "--as-of", TODAY, "--output", tmp_path / "r.html", cwd=used.root)
    raw = (tmp_path / "r.html").read_bytes()
    assert (
        told.code == 0 and f"wrote {tmp_path / 'r.html'}: {len(raw) // 1024} KB" in told.err and not told.out
    )
    assert raw.startswith(b"<!doctype html>")
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
        drawn, _, table = section[: section.index("</section>")].partition("<table>")
        assert table, name
        numbers = re.findall(r'<td class="num">([^<]+)</td>', table)
        shown = re.findall(r'class="(?:cell[^"]*|value)"[^>]*>([^<]+)<', drawn)
        if name == "matrix":
            assert shown == ["✕" if one == "missing" else one for one in numbers if one != "0"]
        if name == "gaps":  # but for what only the taxonomy wants
            assert shown == numbers[:-2:2]
    assert "fax machine" in page and "missing" in page


def test_nothing_trusted_is_a_line_and_not_nothing(make_base: Callable[..., Base], quick: Run) -> None:
    base = make_base({})
    base.commit(
        {"articles/a.md": "---\ntitle: A\nconfidence: not-validated\n---\n\nText.\n"}, day="2026-03-03"
    )
    page = quick("report", "--as-of", "2026-05-10", "--output", "-", cwd=base.root).out
    section = page[page.index('id="h-trust"') :]
    section = section[: section.index("</section>")]
    assert '<svg viewBox="0 0 420' in section
    assert re.findall(r"(2026-0\d)</th><td class=\"num\">([^<]+)<", section) == [
        ("2026-03", "0.0%"), ("2026-04", "0.0%"), ("2026-05", "0.0%"),
    ]  # fmt: skip
    unanswered = page[page.index('id="h-unanswered"') :]
    assert "<svg" not in unanswered[: unanswered.index("</section>")], "of no search nobody knows a share"


def test_its_sentences_say_what_metrics_says(used: Base, run: Run, tmp_path: Path) -> None:
    export = tmp_path / "closed.csv"
    export.write_text(TICKETS)
    page = report(run, used, "--tickets", export)
    assert "1 of 3 closed tickets had an article already (33.3%)" in page
    assert "of the 20 articles that are reused most" not in page, "there are not so many"


def test_tickets_that_nobody_named_this_time_are_named(used: Base, run: Run, tmp_path: Path) -> None:
    export, said = tmp_path / "closed.csv", "tickets last given: closed.csv: 4 of 4 tickets read"
    export.write_text(TICKETS)
    assert said not in report(run, used)
    assert run("gaps", "--tickets", export, cwd=used.root).code == 0
    assert said in report(run, used) and said not in report(run, used, "--tickets", export)
    words = ("report", "--as-of", TODAY, "--output", tmp_path / "r.html")
    assert f"kcs: tickets: {export}, as last given" in run(*words, cwd=used.root).err


def test_a_commit_from_before_the_settings_is_read_by_todays(used: Base, run: Run, tmp_path: Path) -> None:
    export, config = tmp_path / "closed.csv", used.read("kcs.toml")
    export.write_text(TICKETS)
    (used.root / "kcs.toml").unlink()
    used.commit({}, "without", day="2026-05-25")
    used.commit({"kcs.toml": config}, "with", day="2026-05-27")
    words = ("report", "--at", "2026-05-26", "--tickets", export, "--output", "-")
    told = run(*words, cwd=used.root)
    assert told.code == 0 and "holds no kcs.toml" in told.err, told.err


def test_what_is_not_in_its_time_is_not_said_never_to_have_been(used: Base, run: Run, tmp_path: Path) -> None:
    export = tmp_path / "open.csv"
    export.write_text("id,created_at,subject\nZD-1,2026-06-02,Password\n")
    since = ("--since", "2026-06-01")
    page = report(run, used, *since)
    assert (
        "No ticket was linked to an article in this time" in page
        and "No search was noted in this time" in page
    )
    assert "No ticket of the export was closed in this time." in report(
        run, used, *since, "--tickets", export
    )


def test_its_sentences_compare_the_end_with_the_beginning(used: Base, run: Run) -> None:
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", report(run, used)))
    assert "50% of 4 articles can be trusted, after 100% on 2026-01-31; the target is 97%." in page
    assert "4 articles, 3 more than on 2026-01-31." in page
    assert "2 of 3 searches stayed unanswered (66.7%; at most 3% is the target)." in page
    for target, words in ((97, "47 points"), (51, "1 point"), (50.01, "0.1 points")):
        used.write("kcs.toml", CONFIG.replace("trust = 97", f"trust = {target}"))
        assert f"relied on today: {words} below the target." in report(run, used)


def test_nobody_builds_on_an_archived_article(used: Base, run: Run) -> None:
    def untrusted() -> bool:
        page = report(run, used)
        return "Reused, and not trusted" in page and "Outlook" in page[page.index("Reused, and") :]

    old = used.read("articles/outlook.md")
    used.write("articles/outlook.md", old.replace("2026-01-05", "2025-01-05"))
    assert untrusted(), "imap and tickets lead to it"
    used.write("articles/outlook.md", old.replace("title:", "confidence: archived\ntitle:"))
    assert not untrusted()


def test_one_of_anything_is_said_as_one(make_base: Callable[..., Base], run: Run) -> None:
    text = "---\ntitle: Fax\ntype: How-to\nproduct: Fax Line\nlanguage: en\n---\n## Resolution\nDial.\n"
    config = (
        'timezone = "UTC"\n[articles]\ninclude = ["articles/**/*.md"]\n[taxonomy]\nproducts = ["fax-line"]\n'
        'types = ["how-to"]\nlanguages = ["th"]\n'
    )
    base = make_base({"articles/a.md": text}, config=config)
    page = report(run, base)
    assert "1 article about 1 product." in page and "1 article needs eyes" in page
    assert "1 gap; the largest: fax-line · how-to: 1 of 1 not in th." in page, "nobody knows a cost"
    assert "costliest" not in page and "of 1 person of team.toml" not in page and "missing</td>" not in page


def test_a_month_alone_stands_in_the_middle_and_figures_do_not_run_together() -> None:
    from kcs.insight.chart import Chart, Series
    from kcs.render.report.svg import drawing

    (middle,) = re.findall(
        r'<text x="([\d.]+)"[^>]*>2026-11<',
        drawing(Chart("a", "A", "line", ["2026-11"], [Series("A", [50])], "")),
    )
    assert float(middle) > 200
    months = [f"2026-{month:02}" for month in range(1, 9)]
    for value, told in ((999, True), (1_234_567, False)):
        drawn = drawing(Chart("b", "B", "stack", months, [Series("B", [value] * 8)], ""))
        assert (f'text-anchor="middle" class="value">{value:,}<' in drawn) is told


def test_wide_letters_have_the_room_of_as_many_narrow_ones() -> None:
    from kcs.insight.chart import Chart, Series
    from kcs.render.report.svg import drawing

    for name, shown in (
        ("漢" * 60, "漢" * 22 + " …"),
        ("a" * 60, "a" * 45 + "…"),
        ("W" * 40, "W" * 25 + "…"),
        ("AN " * 20, "AN " * 13 + "…"),
    ):
        drawn = drawing(Chart("a", "A", "bars", [name], [Series("A", [1])], ""))
        assert f'class="bar-label">{shown}<' in drawn


def test_right_to_left_stands_where_the_language_is(used: Base, run: Run) -> None:
    assert re.search(r'<span dir="auto" lang="ar">كيف', report(run, used))


def test_an_arabic_type_stands_above_its_figures(used: Base, run: Run) -> None:
    used.write(
        "articles/arabic.md", used.read("articles/arabic.md").replace("product:", "type: كيفية\nproduct:")
    )
    # In a heading whose own direction is the letters', the end is on the left, and figures end on the right.
    assert '<th scope="col" class="num"><bdi>كيفية</bdi></th>' in report(run, used)


@pytest.mark.parametrize("which", ["used", "empty"])
def test_a_real_browser_finds_nothing_wrong(
    which: str, request: pytest.FixtureRequest, make_base: object, run: Run, tmp_path: Path
) -> None:
    base: Base = request.getfixturevalue("used") if which == "used" else make_base({}, git=False)  # type: ignore[operator]
    if which == "used":
        imap = base.read("articles/imap.md")
        base.write(
            "articles/imap.md", imap.replace("product:", 'language: "the English \u202e<b>"\nproduct:')
        )
    page = report(run, base)
    for width, dark in ((360, False), (1280, True)):
        found = look(page, tmp_path, width, dark=dark)
        assert found["wide"] == width and found["text"] > 500
        assert found["passed"] > 15, "axe-core has looked"
        assert found["cut"] == [], (width, found["cut"])
        assert found["narrow"] == [], "no cell is a letter wide"
        assert found["touching"] == [], "cards stand apart"
        assert found["axe"] == found["turned"] == []
        assert found["before"] != found["after"], "the button turns light into dark"
        assert not found["alert"]
        assert set(found["rtl"]) == ({"rtl"} if which == "used" else set())
