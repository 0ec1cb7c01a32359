"""Each figure is worked out by the vocabulary's rule, says what it is made of, and nothing ranks a person."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.errors import FileProblem
from kcs.insight.figures import KNOWN, read_figures
from kcs.insight.metric import CAUTION, Metric, Period
from kcs.insight.timeline import Point
from kcs.insight.usage import Searches, read_usage
from kcs.insight.whole_measures import growth_metric, publish_metric, usage_metric, zero_result_metric
from kcs.kb.base import KnowledgeBase
from kcs.kb.ledger import Event, Ledger, new_event
from kcs.kb.search_runs import RUN, Runs
from tests.conftest import KCS_TOML, Base, Result, Run
from tests.insight.conftest import TICKETS, TODAY
from tests.test_json_schemas import check

pytestmark = pytest.mark.forked


def told(run: Run, base: Base, *more: str | Path) -> Result:
    found = run("metrics", "--as-of", TODAY, "--since", "2026-01-01", *more, cwd=base.root)
    assert found.code == 0, found.err
    return found


def figures(run: Run, base: Base, *more: str | Path) -> dict[str, Any]:
    document = check(told(run, base, "--format", "json", *more), "metrics")
    return {one["name"]: one for one in [*document["metrics"], *document["outside"]]}


def made(one: dict[str, Any]) -> tuple[Any, Any, Any]:
    return one["value"], one["numerator"], one["denominator"]


def test_every_figure_of_a_base_that_is_used(used: Base, run: Run) -> None:
    found = figures(run, used)
    assert made(found["trust"]) == (50.0, 2, 4) and made(found["kept"]) == (100.0, 2, 2)
    # Counted: the refined search (answered), "fax machine" of two people; a program's is none.
    assert made(found["zero_result"]) == (66.7, 2, 3) and found["zero_result"]["met"] is False
    beside = {one["what"]: one["value"] for one in found["zero_result"]["beside"]}
    assert beside["of these with an empty list"] == 1 and beside["searches of programs, not counted"] == 1
    # Two links that hold, and one citation.
    assert found["reuse"]["value"] == 3 and made(found["create_reuse"]) == (0.8, 3, 4)
    assert made(found["known"]) == (50.0, 1, 2) and made(found["new"]) == (50.0, 1, 2)
    assert found["link_rate"]["value"] is None and "--tickets" in found["link_rate"]["needs"]
    # outlook is linked once and cited once, invoice linked once; all three reuses are of trusted articles.
    assert made(found["trust_by_reuse"]) == (100.0, 3, 3)
    # jd and kp searched, zo opened, jd wrote; gone has left.
    assert made(found["usage"]) == (100.0, 3, 3) and found["usage"]["met"] is True
    assert (
        found["csat"]["value"] == 90
        and found["tickets"]["value"] == 820
        and found["self_service"]["met"] is False
    )
    assert found["growth"]["target"] == [5, 10] and found["growth"]["direction"] == "within"


def test_links_of_an_import_say_as_the_export_which_tickets_were_new(
    used: Base, run: Run, tmp_path: Path
) -> None:
    export = tmp_path / "closed.csv"
    # arabic came on 22 May, outlook in January.
    rows = ("ZD-7,2026-04-02,kb-arabic", "ZD-8,2026-04-02,kb-outlook kb-arabic", "ZD-9,2026-05-30,kb-arabic")
    export.write_text("\n".join(("id,closed_at,linked_articles", *rows, "")))
    assert run("link", "--import", export, cwd=used.root).code == 0
    export.write_text(export.read_text().replace("\n", ",x\n").replace("articles,x", "articles,subject"))
    since = ("--since", "2026-03-01")
    told = figures(run, used, "--tickets", export, *since)
    assert [told[one]["numerator"] for one in ("known", "new")] == [2, 1]
    # Before, there were two tickets: one known, and one for which an article was made.
    found = figures(run, used, *since)
    assert [found[one]["numerator"] for one in ("known", "new")] == [3, 2]


def test_an_export_says_what_was_not_linked(used: Base, run: Run, tmp_path: Path) -> None:
    export = tmp_path / "closed.csv"
    export.write_text(TICKETS)
    found = figures(run, used, "--tickets", export)
    assert made(found["link_rate"]) == (66.7, 2, 3)
    assert [found[one]["numerator"] for one in ("known", "new", "unlinked")] == [1, 1, 1]
    # invoice was committed on 21 May at noon, ZD-2 closed on the 4th at ten.
    assert made(found["time_to_publish"])[0] == 17.1 and found["time_to_publish"]["denominator"] == 1


def test_an_article_of_several_tickets_is_published_once(used: Base, run: Run, tmp_path: Path) -> None:
    path = used.root / "articles" / "invoice.md"
    more = ', {id: zd-1, resource: "ticket:ZD-1"}, {id: zd-3, resource: "ticket:ZD-3"}]'
    used.commit({"articles/invoice.md": path.read_text().replace('ZD-2"}]', 'ZD-2"}' + more)}, day="2026-05-25")  # fmt: skip
    export = tmp_path / "closed.csv"
    export.write_text(TICKETS)
    found = figures(run, used, "--tickets", export)["time_to_publish"]
    # ZD-1, the first of the three, was closed on 2 May at ten; the article was there on the 21st at noon.
    assert (found["value"], found["denominator"]) == (19.1, 1)


def test_an_export_of_which_nothing_is_closed_asks_for_closing_days(
    used: Base, run: Run, tmp_path: Path
) -> None:
    export = tmp_path / "open.csv"
    export.write_text("id,created_at,subject\nZD-1,2026-05-02T08:00:00Z,Password asked again\n")
    found = figures(run, used, "--tickets", export)
    for name in ("link_rate", "known", "new", "unlinked"):
        assert found[name]["value"] is None and "closing day" in found[name]["needs"], name


def test_what_of_an_export_cannot_be_read_is_said_and_how_to_read_it_can_be(
    used: Base, run: Run, tmp_path: Path
) -> None:
    export = tmp_path / "export.csv"
    export.write_text('nr;frage;zu\n1;Fax;03/05/2026\n2;Password again;"04/05/2026\n3;No idea;05/05/2026\n')
    words = ("--tickets", export, "--map", "subject=frage", "--map", "closed_at=zu")
    for command in (
        ("metrics",),
        ("metrics", "--by", "month"),
        ("metrics", "--format", "csv"),
        ("report", "-o", "-"),
    ):
        found = run(*command, "--as-of", TODAY, "--since", "2026-01-01", *words, cwd=used.root)
        assert found.code == 0, found.err
        assert (
            "export.csv: 1 of 2 tickets read (1 refused, 1 without a closed_at that can be read)" in found.err
        )
        assert "export.csv:3: begins a quoted cell that never ends" in found.err
        assert "--dates dmy or --dates mdy says how to read it" in found.err
    assert "1 of 2 tickets read (1 refused" in found.out, "a manager reads it too"
    again = told(run, used, "--format", "json", *words, "--dates", "dmy").json
    assert [one for one in again["notes"] if "1 of 2 tickets read (1 refused)" in one]
    (rate,) = [one for one in again["metrics"] if one["name"] == "link_rate"]
    assert rate["denominator"] == 1
    lost = run("report", "--dates", "dmy", cwd=used.root)
    assert lost.code == 2 and "--dates says how to read an export: it needs --tickets FILE" in lost.err


def test_each_is_printed_with_the_caution_its_parts_and_its_target(used: Base, run: Run) -> None:
    text = told(run, used)
    lines = dict(line.split("\t", 1) for line in text.out.splitlines())
    assert CAUTION in text.err
    assert (
        lines["trust"]
        == "50.0%\t2 trusted of 4 articles; work in progress 0; archived 0; left the count in the last 30 days 0\t97%\tnot met"
    )
    assert "at most 3%" in lines["zero_result"]
    assert lines["trust_by_reuse"].split("\t")[2] == "higher is better"
    assert lines["unlinked"].split("\t")[2] == "lower is better"
    assert lines["known"].split("\t")[2] == ""
    shown = told(run, used, "--no-charts").out
    assert set(dict(line.split("\t", 1) for line in shown.splitlines())) == set(lines)


@pytest.mark.parametrize(("by", "names"), [
    ("month", [f"2026-0{n}" for n in range(1, 7)]), ("product", ["billing", "mail"]), ("language", ["ar", "en"]),
    ("team", [None]),
])  # fmt: skip
def test_split(used: Base, run: Run, by: str, names: list[str | None]) -> None:
    document = check(told(run, used, "--by", by, "--format", "json"), "metrics")
    assert [one["name"] for one in document["groups"]] == names
    lines = told(run, used, "--by", by).out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [name or f"(no {by})" for name in names]
    if by == "month":
        of = {one["name"]: {m["name"]: m for m in one["metrics"]} for one in document["groups"]}
        assert made(of["2026-01"]["trust"]) == (100.0, 1, 1) and made(of["2026-02"]["trust"]) == (50.0, 1, 2)
        assert of["2026-05"]["links"]["value"] == 2 and of["2026-05"]["created"]["value"] == 2
        assert of["2026-05"]["zero_result"]["denominator"] == 3


def point(day: date, articles: int) -> Point:
    return Point(day, "", 0, articles, 0, 0, 0, 0, ())


@pytest.mark.parametrize(
    ("first", "last", "days", "value"),
    [
        (100, 121, 61, 10.0), (100, 81, 61, -10.0), (100, 100, 365, 0.0), (100, 110, 10, 10.0), (1, 2, 365, 6.0),
        (100, 0, 61, None), (0, 100, 61, None), (100, 110, 0, None),
    ],
)  # fmt: skip
def test_growth_is_compound_percent_a_month(first: int, last: int, days: int, value: float | None) -> None:
    """From one end to the other, whatever lies between; less than a month counts as one."""
    begin = date(2026, 1, 31)
    points = [
        point(begin, first),
        point(begin + timedelta(days=days // 2), 7),
        point(begin + timedelta(days=days), last),
    ]
    found = growth_metric(points, {})
    assert (found.value, found.numerator, found.denominator) == (value, last, first)
    assert bool(found.needs) == (value is None)
    assert growth_metric([], {}).value is None


@pytest.mark.parametrize(
    ("last", "target", "value", "met"),
    [
        (10_504, [0, 5], 5.1, False), (10_500, [0, 5], 5.0, True), (10_496, [0, 5], 5.0, True),
        (9_996, [0, 5], -0.1, False), (9_996, [-1, 5], 0.0, True), (10_496, [5, 10], 4.9, False),
    ],
)  # fmt: skip
def test_growth_is_not_rounded_into_its_target(last: int, target: list[int], value: float, met: bool) -> None:
    points = [point(date(2026, 1, 31), 10_000), point(date(2026, 2, 15), last)]
    found = growth_metric(points, {"growth": target})
    assert (str(found.value), found.met) == (str(value), met)


@pytest.mark.parametrize(("unanswered", "value", "met"), [(50, 5.1, False), (49, 5.0, True), (0, 0.0, True)])
def test_a_rate_is_not_rounded_into_its_target(unanswered: int, value: float, met: bool) -> None:
    """50 of 995 are 5.03%, 49 are 4.92%."""
    found = zero_result_metric(Searches(995, unanswered, 0), 0, {"zero_result": 5})
    assert (found.value, found.met) == (value, met)


def test_days_to_publish_and_the_longest_of_them() -> None:
    found = publish_metric([0.51, 2.04, 30.06])
    assert (found.value, found.denominator, found.beside) == (2.0, 3, {"longest, in days": 30.1})
    assert (publish_metric([]).value, publish_metric([]).denominator) == (None, None)


@pytest.mark.parametrize(
    ("names", "counted"), [((), 1), (("p-1", "p-2"), 2), (("p-1", "p-2", "kp", "zo"), 3), (("p-1", "p-2", "p-3", "p-4"), 3)]
)  # fmt: skip
def test_made_up_names_are_counted_where_they_are_more_than_known_ones(
    native: Base, names: tuple[str, ...], counted: int
) -> None:
    def usage() -> tuple[Any, ...]:
        people = {f"human:{one}" for one in names} | {"process:ci"}
        period = Period(date(2026, 1, 1), date(2026, 6, 1))
        found = usage_metric(KnowledgeBase.open(native.root), people, {"jd", "stranger"}, period)
        return found.value, found.numerator, found.denominator

    native.write("kcs.toml", KCS_TOML + "[ledger]\nshared = true\npseudonyms = true\n")
    assert usage() == (counted * 1000 // 3 / 10, counted, 3)
    native.write("kcs.toml", KCS_TOML)
    known = 1 + len({"kp", "zo"}.intersection(names))
    assert usage() == (round(known / 3 * 100, 1), known, 3)


def test_csv_and_openmetrics_are_read_by_others(used: Base, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(told(run, used, "--format", "csv").out)))
    assert {row["metric"] for row in rows} >= {"trust", "zero_result", "csat"} and {
        row["caution"] for row in rows
    } == {CAUTION}
    said = {one["name"]: one["beside"] for one in figures(run, used).values()}
    trust = next(row for row in rows if row["metric"] == "trust")
    assert trust["beside"] == "; ".join(f"{one['what']} {one['value']:.0f}" for one in said["trust"]) != ""
    text = told(run, used, "--format", "openmetrics", "--by", "product").out
    assert text.endswith("# EOF\n") and 'kcs_trust_percent{product="mail"} 50' in text
    whole = told(run, used, "--format", "openmetrics").out
    heads = dict(line.split(" ", 3)[2:] for line in whole.splitlines() if line.startswith("# HELP "))
    values = dict(line.rsplit(" ", 1) for line in whole.splitlines() if not line.startswith("#"))
    assert (values["kcs_growth_target_least_percent"], values["kcs_growth_target_most_percent"]) == (
        "5",
        "10",
    )
    used.write("articles/odd.md", f'---\ntitle: a\nproduct: "{chr(0xFF1D)}1\\e]0;x\\a"\n---\n')
    for name, cell in (
        ("csv", "\n'\uff1d1\ufffd]0;x\ufffd,"),
        ("openmetrics", '{product="\uff1d1\\\\u001b]0;x\\\\u0007"}'),
    ):
        assert cell in told(run, used, "--format", name, "--by", "product").out
    for number, sign in enumerate((" ", "\\t", "\\a", "\\b")):
        used.write(f"articles/odd{number}.md", f'---\ntitle: a\nproduct: "a{sign}b"\n---\n')
    lines = told(run, used, "--format", "openmetrics", "--by", "product").out.splitlines()
    ids = [line.rpartition(" ")[0] for line in lines if not line.startswith("#")]
    assert len(ids) == len(set(ids)), "one series given twice: readers refuse all of it"
    for one in said["trust"]:
        assert f'\nkcs_trust_beside{{beside="{one["what"]}"}} {one["value"]:.0f}\n' in whole
    assert heads["kcs_zero_result_percent"] == f"Zero-result rate, lower is better, {CAUTION}"
    seen: set[str] = set()
    for line in text.splitlines()[:-1]:
        if line.startswith("# TYPE "):
            name = line.split()[2]
            assert name not in seen, "a family stands together"
            seen.add(name)
        elif not line.startswith("#"):
            assert re.fullmatch(
                r'[a-z_]+(\{product="[^"\n]*"(,beside="[a-z0-9, ]+")?\})? -?[0-9.e+-]+', line
            ), line
            assert line.partition("{")[0].partition(" ")[0] == name


def test_no_format_names_or_ranks_a_person(used: Base, run: Run) -> None:
    for name, owner in (("outlook", "zo"), ("imap", "jd")):  # zo is in no team, jd in one
        path = f"articles/{name}.md"
        used.commit(
            {path: used.read(path).replace("\n---\n", f"\nowner: {owner}\n---\n", 1)}, day="2026-06-01"
        )
    teams = told(run, used, "--by", "team").out.splitlines()
    assert [line.split("\t")[0] for line in teams] == ["(no team)", "email-team"]
    for words in (
        (),
        ("--format", "json"),
        ("--by", "month"),
        ("--format", "csv"),
        ("--format", "openmetrics"),
    ):
        out = told(run, used, *words).out
        assert not re.search(r"\b(jd|kp|zo)\b", out)
    assert run("metrics", "--by", "person", cwd=used.root).code == 2


def test_the_charts_are_drawn_on_a_terminal_of_any_width(used: Base, run: Run) -> None:
    for columns in ("200", "80", "40"):
        env = {"KCS_FORCE_TERMINAL": "1", "COLUMNS": columns, "TERM": "xterm", "NO_COLOR": "1"}
        out = run("metrics", "--as-of", TODAY, "--since", "2026-01-01", cwd=used.root, env=env).out
        plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
        for title in (
            "Trust over time",
            "Coverage: product and type",
            "Known and new",
            "Unanswered searches",
            "The queue",
        ):
            assert title in plain
        assert "missing"[:4] in plain


def test_a_long_name_leaves_room_for_its_bar(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    from kcs.insight.gap_list import GapLine, gap_chart
    from kcs.render.charts_text import chart_text

    for name, value in {"KCS_FORCE_TERMINAL": "1", "COLUMNS": "42", "TERM": "xterm", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    chart_text(gap_chart([GapLine("maintenance · performance · Block · Storage", 5, 1_234_567.0)]))
    line = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()[-1]
    assert (
        line.startswith("maintenance") and "█" in line and line.endswith(" 1,234,567 min") and len(line) <= 42
    )


def test_outside_git_without_a_team_and_without_use(make_base: Any, run: Run) -> None:
    base = make_base({}, team=None, git=False)
    found = figures(run, base)
    assert all(one["value"] is None or one["value"] == 0 for one in found.values()), found
    assert all(one["needs"] for one in found.values() if one["value"] is None)


@pytest.mark.parametrize(("words", "says"), [
    (("--since", "soon"), "neither a day nor a span"), (("--since", "2027-01-01"), "lies after"),
    (("--since", "1900-01-01", "--as-of", "8999-12-31"), "85,200 months, and the most is 3,000"),
    (("--tickets", "nowhere.csv"), "nowhere.csv"), (("--figures", "nowhere.csv"), "nowhere.csv"),
])  # fmt: skip
def test_what_cannot_be_read_is_said(used: Base, run: Run, words: tuple[str, ...], says: str) -> None:
    found = run("metrics", "--as-of", TODAY, *words, cwd=used.root)
    assert found.code == 2 and says in found.err and not found.out


# -- figures of other systems --------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "line", "says"), [
    ("csat\n1\n", 1, "no column `month`"), ("month,cast\n", 1, "did you mean 'csat'"), ("month,csat,csat\n", 1, "two columns"),
    ("month,csat\n2026-13,1\n", 2, "not a month"), ("csat,month\n1,2026-01\n1\n", 3, "not a month"), ("month,csat\n2026-00,1\n", 2, "not a month"), ("month,csat\n2026-01,1\n\n2026-01,2\n", 4, "stands twice"),
    ("month,csat\n2026-01,101\n", 2, "csat is 101, but must be from 0 to 100"),
    ("month,tickets\n2026-01,-3\n", 2, "tickets is -3, but must be 0 or more"), ("month,nps\n2026-01,-101\n", 2, "from -100 to 100"),
    ("month,csat\n2026-01,1,5\n", 2, "3 cells"), ('month,tickets\n2026-01,"1,200"\n', 2, "not a plain number"),
    ("month,csat\n2026-01,nan\n", 2, "not a plain number"), ("month,csat\n2026-01,\xff\n", 2, "UTF-8"), ("", 1, "no column"),
])  # fmt: skip
def test_a_figure_is_read_right_or_refused_with_its_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(FileProblem) as refused:
        read_figures(file)
    assert refused.value.line == line and says in f"{refused.value.message} {refused.value.hint}"


def test_months_in_any_digits_are_of_the_period(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("month,csat\n๒๐๒๖-๐๑,๙๐.๕\n٢٠٢٦-٠٢,٩١\n", encoding="utf-8")
    assert [tuple(one) for one in read_figures(file)] == [
        ("2026-01", "csat", 90.5),
        ("2026-02", "csat", 91.0),
    ]


def test_a_file_that_is_no_table_of_months_is_refused(tmp_path: Path) -> None:
    file, row = tmp_path / "f.csv", b"2026-01,1\n"
    file.write_bytes(b"month,csat\n" + row + b'2026-02,"' + 140_000 * b"1" + b'"\n')
    before = csv.field_size_limit(1_000_000)  # as reading tickets leaves it
    try:
        with pytest.raises(FileProblem, match="is not CSV: field larger") as refused:
            read_figures(file)
        assert refused.value.line == 3 and csv.field_size_limit() == 1_000_000
    finally:
        csv.field_size_limit(before)
    file.write_bytes((b"month,csat\n" + row).ljust(4 << 20, b"\n"))
    assert len(read_figures(file)) == 1
    file.write_bytes((b"month,csat\n" + row).ljust((4 << 20) + 1, b"\n"))
    with pytest.raises(FileProblem, match="is larger than 4 MB: it should have one row a month"):
        read_figures(file)


def test_a_unit_stands_once_in_a_name(used: Base, run: Run) -> None:
    used.write("figures.csv", "month,handling_minutes,resolution_hours,csat\n2026-05,21,12345.67,90\n")
    text = told(run, used, "--format", "openmetrics").out
    assert "\nkcs_handling_minutes 21\n" in text and "\nkcs_resolution_hours 12345.67\n" in text, "whole"
    assert "\nkcs_csat_percent 90\n" in text


def test_by_month_each_month_has_its_own_figures_of_other_systems(used: Base, run: Run) -> None:
    used.write("figures.csv", "month,csat,tickets\n2026-04,88.5,400\n2026-05,90,420\n")
    groups = check(told(run, used, "--by", "month", "--format", "json"), "metrics")["groups"]
    months = {one["name"]: {metric["name"]: metric["value"] for metric in one["metrics"]} for one in groups}
    assert {name: (one.get("csat"), one.get("tickets")) for name, one in months.items() if "csat" in one} == {
        "2026-04": (88.5, 400),
        "2026-05": (90, 420),
    }
    found = {one["name"]: (one["value"], one["denominator_is"]) for one in figures(run, used).values()}
    assert (found["csat"], found["tickets"]) == ((90, "2026-05"), (820, "2026-04 to 2026-05"))
    rows = csv.DictReader(io.StringIO(told(run, used, "--by", "month", "--format", "csv").out))
    assert [(row["month"], row["value"]) for row in rows if row["metric"] == "csat"] == [
        ("2026-04", "88.5"),
        ("2026-05", "90"),
    ]


def test_the_trust_score_is_the_first_column_also_where_the_first_months_have_none(
    used: Base, run: Run
) -> None:
    by_month = told(run, used, "--by", "month", "--since", "2025-11-01")
    assert "columns: month trust kept articles growth created links" in by_month.err
    assert by_month.out.startswith("2025-11\t–\t–\t–\t–\t0\t0\t")


def test_figures_as_spreadsheets_write_them(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes("\ufeffMonth;CSAT;Tickets\r\n2026-01;88.5%;\r\n;;\r\n2026-02-01;90;400\r\n".encode())
    assert [tuple(one) for one in read_figures(file)] == [
        ("2026-01", "csat", 88.5), ("2026-02", "csat", 90.0), ("2026-02", "tickets", 400.0)
    ]  # fmt: skip


PIECES = (
    "month",
    "csat",
    "tickets",
    ",",
    ",",
    ";",
    "\n",
    "\n",
    "\r\n",
    '"',
    " ",
    "2026-01",
    "2026-12-01",
    "01/2026",
    "1",
    "4.5",
    "%",
    "-",
    "\ufeff",
    "\0",
)


@given(st.binary(max_size=100) | st.lists(st.sampled_from(PIECES), max_size=25).map(lambda one: "".join(one).encode())
       | st.lists(st.sampled_from(PIECES), max_size=12).map(lambda one: f"csat,month,nps\n{''.join(one)}".encode()))  # fmt: skip
def test_no_bytes_are_a_traceback(raw: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "f.csv"
        file.write_bytes(raw)
        with contextlib.suppress(FileProblem):
            assert all(one.name in KNOWN for one in read_figures(file))


def test_a_period_goes_on_into_another_year() -> None:
    period = Period(date(2026, 11, 5), date(2027, 1, 5))
    assert period.months == ["2026-11", "2026-12", "2027-01"]
    assert [(one.first.day, one.last.day) for one in map(period.of_month, period.months)] == [
        (5, 30), (1, 31), (1, 5),
    ]  # fmt: skip


# -- searches that count -------------------------------------------------------------------------------------

DAY = Period(date(2026, 5, 1), date(2026, 5, 31))
AT = datetime(2026, 5, 10, 9, 0, tzinfo=UTC)


class Fixed(Ledger):
    """A ledger that holds these events."""

    def __init__(self, events: list[Event]) -> None:
        self._events = events

    def read(self, since: datetime | None = None, _: object = None) -> Any:
        return (one for one in self._events if since is None or one.at >= since)


def asked(
    seconds: int, *, answered: bool = False, who: str = "human:jd", kind: Any = "search", session: str = "", after: str = "",
) -> Event:  # fmt: skip
    at = AT + timedelta(seconds=seconds)
    return new_event(kind, at, actor=who, session=session, query="q", answered=answered, total=1, after=after)


@pytest.mark.parametrize(("events", "counted", "unanswered"), [
    ([asked(0), asked(RUN)], 1, 1), ([asked(0), asked(RUN + 1)], 2, 2),
    ([asked(0), asked(100), asked(200), asked(300, answered=True)], 1, 0),
    ([asked(0), asked(10, kind="open"), asked(20)], 2, 2),
    ([asked(0), asked(10, kind="link", after="s1"), asked(20)], 2, 2), ([asked(0), asked(10, kind="link"), asked(20)], 1, 1),
    ([asked(0, who=""), asked(10, who="")], 2, 2),
    ([asked(0), asked(10, who="human:kp")], 2, 2),
    ([asked(-15 * 86400), asked(0), asked(40 * 86400)], 1, 1), ([asked(-15 * 86400)], 0, 0), ([asked(40 * 86400)], 0, 0),
    ([asked(0, who="", session="a"), asked(10, who="", session="b"), asked(20, who="", session="a")], 2, 2),
])  # fmt: skip
def test_only_the_last_of_a_run_counts(events: list[Event], counted: int, unanswered: int) -> None:
    for order in (events, events[::-1]):
        found = read_usage(Fixed(order), DAY, UTC).searches
        assert (found.counted, found.unanswered) == (counted, unanswered)


EVENTS = st.lists(
    st.builds(
        asked,
        st.integers(0, 600),
        answered=st.booleans(),
        who=st.sampled_from(["human:jd", "human:kp", ""]),
        kind=st.sampled_from(["search", "search", "open", "link"]),
        session=st.sampled_from(["a", "b"]),
        after=st.sampled_from(["", "s1"]),
    ),
    max_size=12,
    unique_by=lambda event: event.at,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_gaps_and_metrics_count_the_same_searches(events: list[Event], random: Any) -> None:
    random.shuffle(events)
    runs = Runs()
    for event in events:
        runs.add(event)
    last = [one for one in events if one.kind == "search" and not runs.is_refined(one)]
    found = read_usage(Fixed(events), DAY, UTC).searches
    assert (found.counted, found.unanswered) == (len(last), sum(not one.answered for one in last))


def test_an_agent_s_work_is_nobody_s_use() -> None:
    events = [
        Event(f"{n:016}", AT, "open", f"human:{who}", origin, article="A")
        for n, (who, origin) in enumerate((("jd", "person"), ("kp", "agent"), ("zo", "ci"), ("ann", "batch")))
    ]
    assert read_usage(Fixed(events), DAY, UTC).people == {"human:jd", "human:ann"}


def test_months_add_up_to_the_links_of_the_whole(used: Base, run: Run) -> None:
    """Also where an article that helped was taken out of the base since."""
    for name in ("invoice", "imap"):
        (used.root / "articles" / f"{name}.md").unlink()
    used.commit(message="gone", day="2026-06-01")
    found = figures(run, used)
    left = {"what": "left the count in the last 30 days", "value": 1}
    assert left in found["trust"]["beside"], "imap; thirty days ago there was no invoice yet"
    whole = found["reuse"]
    months = told(run, used, "--by", "month", "--format", "json").json["groups"]
    links = sum(one["value"] for month in months for one in month["metrics"] if one["name"] == "links")
    assert {one["what"]: one["value"] for one in whole["beside"]}["links to tickets"] == links == 2


LINKS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from("AB"),
        st.sampled_from(["Z1", "Z2"]),
        st.sampled_from(["solved", "wrong", ""]),
    ),
    max_size=8,
)


@given(LINKS, st.randoms(use_true_random=False))
def test_the_newest_word_about_a_link_counts_in_whatever_order_it_is_read(links: Any, random: Any) -> None:
    events = [
        Event(f"{n:016}", AT + timedelta(days=day), "link", article=one, ticket=ticket, outcome=outcome)
        for n, (day, one, ticket, outcome) in enumerate(links)
    ]
    newest = {
        (one.ticket, one.article): one.outcome for one in sorted(events, key=lambda one: (one.at, one.id))
    }
    mixed = list(events)
    random.shuffle(mixed)
    found = read_usage(Fixed(mixed), DAY, UTC)
    assert sum(found.links.values()) == sum(one != "wrong" for one in newest.values())
    assert found.linked.keys() == {ticket for (ticket, _), one in newest.items() if one != "wrong"}


@given(st.floats(0, 200), st.floats(0, 100), st.sampled_from(["higher", "lower"]))
def test_a_target_is_met_on_its_side(value: float, target: float, better: Any) -> None:
    met = Metric("x", "X", "percent", value, target=target, better=better).met
    assert met is (value >= target if better == "higher" else value <= target)
