"""What a terminal of 80 columns, and one of 40, shows: nothing cut in the middle, nothing broken that need not be."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kcs.render.columns import widths_of
from kcs.render.folding import between_parts
from kcs.render.terminal import table
from kcs.search.borders import cells
from tests.conftest import Base, Run, Terminal

EYES = {"KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1", "TERM": "xterm-256color"}
# A part of a path or of its name, with the sign that ends it.
UNBREAKABLE = re.compile(r"[^/_-]*([_-]+|/)?")
LONG = "---\nid: kb-long0001\ntitle: The till prints every receipt twice after the update of March\n---\n\nText.\n"


def bare(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def at(columns: int) -> dict[str, str]:
    return {**EYES, "COLUMNS": str(columns)}


def test_a_title_too_long_for_its_frame_stands_in_it_whole(native: Base, run: Run) -> None:
    native.commit({"articles/long.md": LONG})
    shown = run("show", "kb-long0001", cwd=native.root, env=at(40)).out
    shown = bare(shown)
    frame = [line.strip("│ ") for line in shown.split("╰")[0].splitlines()[1:]]
    assert " ".join(frame).startswith("The till prints every receipt twice after the update of March")
    wide = bare(run("show", "kb-long0001", cwd=native.root, env=at(100)).out)
    assert wide.startswith("╭─ The till prints every receipt twice after the update of March ─")


def test_a_bar_is_drawn_in_one_line_or_not_at_all(native: Base, run: Run) -> None:
    bars = {
        columns: [line for line in bare(run("trust", cwd=native.root, env=at(columns)).out).splitlines() if "█" in line]
        for columns in (40, 80, 100)
    }  # fmt: skip
    assert bars[40] == [] and all("█" in line and "ever" in line for line in bars[100]) and bars[100]
    for columns, lines in bars.items():
        assert all(len(line) <= columns and line.strip("█ ") for line in lines)


def test_a_column_in_which_nothing_stands_makes_room_for_the_others(native: Base, run: Run) -> None:
    areas = '\n[areas.mail]\nowner = "jd"\ndeputy = "kp"\ncontact = "product-mail-and-calendar"\nmatch = {path = "articles/email/**"}\n'
    native.write("team.toml", native.read("team.toml") + areas)
    shown = run("areas", cwd=native.root, env=at(84)).out
    assert "product-mail-and-calendar" in shown
    assert "To mend" in run("areas", cwd=native.root, env=at(120)).out


def test_a_figure_has_its_name_where_there_is_no_room_for_columns(native: Base, run: Run) -> None:
    lines = bare(run("trust", "--by", "product", cwd=native.root, env=at(40)).out).splitlines()
    assert "Trust: " in lines[0] and "trusted: " in lines[1]
    months = bare(
        run("metrics", "--by", "month", "--no-charts", "--since", "40d", cwd=native.root, env=at(40)).out
    )
    assert re.match(r"2026-\d\d  [A-Z][\w ]+: \d", months), "the first of a month's figures"
    assert "Confidence" not in bare(run("list", cwd=native.root, env=at(40)).out), "a word speaks for itself"


def test_a_title_of_two_lines_is_one_row(native: Base, run: Run) -> None:
    native.write(
        "articles/two.md",
        '---\nid: kb-two00001\ntitle: "One\\nkb-none0001\\ttrusted"\nproduct: "a\\nb"\n---\nText\n',
    )
    for columns in (40, 100):
        for words in (("list",), ("metrics", "--by", "product", "--no-charts"), ("metrics",)):
            lines = bare(run(*words, cwd=native.root, env=at(columns)).out).splitlines()
            assert not any(line.startswith(("kb-none", " kb-none", "b ", " b ")) for line in lines), words


def test_a_narrow_sprint_begins_each_article_with_who_and_which(native: Base, run: Run) -> None:
    lines = bare(run("sprint", "plan", "--people", "1", cwd=native.root, env=at(50)).out).splitlines()
    assert "person-1  kb-vpn00001" in lines and any(line.startswith("    Week: 1") for line in lines)
    piped = run("sprint", "plan", "--people", "1", cwd=native.root).out.split("\t")
    assert piped[:2] == ["person-1", "1"]


def test_findings_stay_indented_and_paths_whole(native: Base, run: Run) -> None:
    native.commit(
        {"articles/a-very-long-name-of-a-file-that-takes-more-than-half-a-line.md": "---\ntitle: A\n---\n\n[x](nowhere-that-is-a-file-of-a-long-name-which-nobody-can-break.md)\n"}
    )  # fmt: skip
    shown = bare(run("audit", "--select", "KCS501", cwd=native.root, env=at(60)).out)
    said = [
        line for line in shown.splitlines() if "leads" in line or "link to" in line or "nowhere-that" in line
    ]
    assert len(said) > 1 and all(line.startswith("    ") for line in said)
    assert "nowhere-that-is-a-file-of-a-long-name-which-nobody-can-break.md" in shown


def test_the_name_of_a_state_is_never_broken(native: Base, run: Run) -> None:
    wip = "---\nid: kb-wip00001\ntitle: Printer prints blank pages\nconfidence: work-in-progress\n---\n\nText.\n"
    native.commit({"articles/wip.md": wip})
    for columns in (40, 60, 80):
        shown = bare(run("list", cwd=native.root, env=at(columns)).out)
        assert "work-in-progress" in shown and "not-validated" in shown and "content-changed" not in shown


def test_lines_on_stdout_break_between_words_too(native: Base, run: Run) -> None:
    shown = bare(run("doctor", cwd=native.root, env=at(60)).out).splitlines()
    place = next(at for at, line in enumerate(shown) if "merge=kcs" in line or "merge.kcs" in line)
    assert len(shown[place]) <= 60 and shown[place + 1].startswith(" " * 20)
    piped = run("doctor", cwd=native.root, env={"COLUMNS": "60"}).out.splitlines()
    assert not any(line.startswith(" ") for line in piped)


def test_the_legend_of_a_chart_is_never_cut() -> None:
    from kcs.insight.chart import Series
    from kcs.render.charts_text import _legend

    series = [Series("Trusted", ()), Series("Validated, not trusted", ()), Series("Work in progress", ())]
    lines = [line.plain for line in _legend(series, 40)]
    assert max(map(len, lines)) <= 42 and "Work in progress" in lines[-1] and len(lines) == 2


def test_the_keys_of_a_review_fit_in_a_line(native: Base) -> None:
    from kcs.render.review import _MENU

    assert len(_MENU) <= 80


def test_a_mistyped_answer_is_asked_again(adopted: Base, terminal: Terminal) -> None:
    (adopted.root / "kcs.toml").unlink()
    answers = ("extrnal", "external", "6 moths", "6 months", "n")
    done = terminal("init", "--adopt", answers=answers, cwd=adopted.root)
    assert done.code == 0 and "did you mean 'external'?" in done.out and "write it as 90d" in done.out
    written = adopted.read("kcs.toml")
    assert 'audience = "external"' in written and 'verify_every = "6 months"' in written


def test_in_its_frame_a_path_is_broken_between_its_parts(native: Base, run: Run) -> None:
    path = "articles/a-folder-of-some-length/receipts-printed-twice-after-the-update.md"
    native.commit({path: "---\ntitle: Receipts\n---\n\nText.\n"})
    shown = bare(run("show", path, cwd=native.root, env=at(60)).out).split("╰")[0]
    lines = [line.strip("│ ") for line in shown.splitlines()[1:]]
    assert lines[1:3] == ["articles/a-folder-of-some-length/", "receipts-printed-twice-after-the-update.md"]
    assert "receipts-printed-twice-after-the-update.md" in lines[3:]  # in the command that mends it
    shown = bare(run("show", path, cwd=native.root, env=at(40)).out).split("╰")[0]
    lines = [line.strip("│ ") for line in shown.splitlines()[1:]]
    assert lines[1:4] == [
        "articles/a-folder-of-some-length/",
        "receipts-printed-twice-after-the-",
        "update.md",
    ]
    assert path in bare(run("show", path, cwd=native.root, env=at(130)).out)


@given(st.text(st.sampled_from("ab-/_ \n·ลื"), max_size=80), st.integers(1, 30))
@example("  aa/bb", 5)
@example("aa/b-b", 3)
def test_breaks_between_parts_lose_nothing_and_break_what_is_too_long(text: str, columns: int) -> None:
    broken = [between_parts(line, columns).split("\n") for line in text.split("\n")]
    assert between_parts(text, columns) == "\n".join("\n".join(lines) for lines in broken)
    for line, lines in zip(text.split("\n"), broken, strict=True):
        indent = line[: len(line) - len(line.lstrip())]
        assert all(one.startswith(indent) for one in lines)
        assert "".join(one.removeprefix(indent) for one in lines) == line.removeprefix(indent)
        assert len(lines) == 1 or all(one.strip() for one in lines), "no line is empty"
        room = columns - len(indent)
        words = [word for one in lines for word in one.split()]
        assert all(cells(word) <= room or UNBREAKABLE.fullmatch(word) for word in words)
        assert all(word in words for word in line.split() if cells(word) <= room), "what fits stays whole"


def test_no_column_is_cut_off_at_the_right(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two wide columns once took what the others had given, and the last one was outside of the terminal."""
    for name, value in at(80).items():
        monkeypatch.setenv(name, value)
    headers = ("#", "Cost", "Asked", "What", "Nearest, and what it lacks", "Sure", "Examples")
    lacks = "ตั้งค่า IMAP บน iPhone แล้วรับอีเมลไม่ได้ (40%): says nothing about ที่อยู่ในใบแจ้งหนี้, แก้ไข"
    table(headers, [("1", "26 min", "2 tickets ↑", "ที่อยู่ในใบแจ้งหนี้ · แก้ไข", lacks, "73%", "ZD-7, ZD-8")])
    lines = bare(capsys.readouterr().out).splitlines()
    assert all(cells(line.rstrip()) <= 80 for line in lines) and "Examples" in lines[2]
    assert "ZD-8" in "".join(lines)


def test_in_a_table_a_path_is_broken_between_its_parts(native: Base, run: Run) -> None:
    path = "articles/a-folder-of-some-length/receipts-printed-twice.md"
    native.commit({path: "---\ntitle: Receipts\nconfidence: validated\n---\n\nText.\n"})
    lines = bare(run("list", path, cwd=native.root, env=at(80)).out).splitlines()
    begun = [line.split("  ")[0].strip() for line in lines[3:] if line.strip()]
    assert "".join(begun) == path and all(one.endswith(("/", "-", ".md")) for one in begun)


@given(
    st.lists(st.lists(st.text("ab ไก่ง漢", max_size=40), min_size=2, max_size=2), min_size=1, max_size=9),
    st.integers(40, 120),
)
def test_columns_fit_into_the_room_there_is(columns: list[list[str]], room: int) -> None:
    widths = widths_of([head for head, _ in columns], [[cell for _, cell in columns]], room)
    if widths is not None:
        assert sum(widths) + 3 * len(widths) - 1 <= room


WIDE = ["解决方案", "How-to", "วิธีใช้งานระบบ", "邮件" * 40]


def test_a_chart_s_columns_stand_below_one_another_in_every_script() -> None:
    """Chinese takes two cells a letter, and a Thai vowel above takes none."""
    from kcs.insight.chart import Chart, Series
    from kcs.render.charts_text import _bars, _heat

    heat = Chart("m", "M", "heat", WIDE[:3], [Series(one, [1, 2, 3]) for one in WIDE], "")
    heads, *rows = [line.plain for line in _heat(heat, 80)]
    assert len({cells(row) for row in (heads, *rows)}) == 1 and cells(heads) <= 80
    assert all(cells(row[: row.index("2")]) == cells(rows[0][: rows[0].index("2")]) for row in rows)
    narrow = [line.plain for line in _heat(heat, 24)]
    assert max(map(cells, narrow)) <= 24 and all(sum(row.count(n) for row in narrow) == 4 for n in "123")
    bars = [line.plain for line in _bars(Chart("b", "B", "bars", WIDE, [Series("B", [3] * 4)], ""), 60)]
    assert len({cells(line[: line.index("█")]) for line in bars}) == 1
    assert max(map(cells, bars)) <= 60 and "邮件 …" in bars[-1]


def test_a_column_s_least_is_what_its_words_take() -> None:
    """Eight Thai letters may be four cells, and eight Chinese ones are sixteen."""
    headers = ("A", "B", "C", "D", "E")
    thai = [("กี่กี่กี่กี่",) * 5]  # twelve letters, four cells
    assert widths_of(headers, thai, 60) == [4] * 5
    assert widths_of(headers, [("กี่" * 16,) * 5], 95) == [16] * 5, "48 letters in each"
    assert widths_of(("A", "B"), [("字" * 8, "x " * 60)], 60) == [16, 39]


def test_why_a_hit_is_there_is_folded(native: Base, run: Run) -> None:
    native.commit({"articles/long.md": LONG.replace("---\n\n", "tags: [receipt]\n---\n\n## Receipt\n\n")})
    shown = bare(run("search", "recept", "--explain", cwd=native.root, env=at(30)).out)
    assert "recept: in no article; taken\nfor receipt" in shown
    why = shown.splitlines()[:-1]
    assert "found in" in " ".join(why) and all(cells(line) <= 30 for line in why), why
