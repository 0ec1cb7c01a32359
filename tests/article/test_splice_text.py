"""What is rendered as YAML is read back as the same text by every kind of reader."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kcs.article.yaml_block import parse
from kcs.article.yaml_text import Quote, Value, flow_list, flow_mapping, flow_scalar, scalar

# What YAML gives a meaning to, and what it drops at an end or breaks lines at.
SIGNS = " \t\n\r\x00\x7f\x85\u00a0\u2028\u3000\ufeff\uffff\U0001f600-?:,[]{}#&*!|>'\"%@`=~<.0xoe1aN\\"
TEXT = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    | st.text(SIGNS, max_size=6)
    | st.sampled_from(
        [
            " a",
            "a ",
            "2026-05-01, and more",
            "no",
            "1.10",
            "2026-05-01",
            "404",
            "12e3",
            "~",
            "null",
            "True",
            "1:30",
            "0o17",
            "a: b",
            "a #b",
            "- a",
            "---",
            "'",
            "\\",
            "=",
        ]
    )
)


def test_a_stamp_is_written_as_the_vocabulary_has_it() -> None:
    pairs: list[tuple[str, Value]] = [
        ("by", "human:jd"),
        ("at", "2026-11-20T09:12:00Z"),
        ("content", "kcs1:9f2c"),
        ("note", "retested on 4.3"),
        ("ticket", "ZD-9912"),
        ("minor", True),
        ("since", date(2026, 1, 2)),
    ]
    assert flow_mapping(pairs) == (
        '{by: "human:jd", at: 2026-11-20T09:12:00Z, content: "kcs1:9f2c", note: "retested on 4.3",'
        " ticket: ZD-9912, minor: true, since: 2026-01-02}"
    )


def test_a_time_is_written_in_utc() -> None:
    bangkok = datetime(2026, 11, 20, 16, 12, tzinfo=timezone(timedelta(hours=7)))
    assert flow_mapping([("at", bangkok)]) == flow_mapping([("at", bangkok.astimezone(UTC))])
    assert flow_mapping([("at", bangkok)]) == "{at: 2026-11-20T09:12:00Z}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Outlook 2013 keeps asking", "Outlook 2013 keeps asking"),
        ("90d", "90d"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("C# guide", "C# guide"),
        ("no", '"no"'),
        ("y", '"y"'),
        ("1.10", '"1.10"'),
        ("0o17", '"0o17"'),
        ("2026-05-01", '"2026-05-01"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("a, b", '"a, b"'),
        ('say "x": y', '"say \\"x\\": y"'),
        ("a\nb", '"a\\nb"'),
        ("a\u2028b\x85", '"a\\u2028b\\x85"'),
    ],
)
def test_plain_only_where_every_reader_agrees(text: str, written: str) -> None:
    assert scalar(text) == written


def test_a_date_can_follow_the_habit_of_the_file() -> None:
    assert [scalar("2026-11-20", quote) for quote in ("'", '"', "")] == [
        "'2026-11-20'",
        '"2026-11-20"',
        "2026-11-20",
    ]


@example("0:?", "")
@given(TEXT, st.sampled_from([None, "'", '"', ""]))
def test_a_scalar_is_one_line_and_reads_back(text: str, quote: Quote | None) -> None:
    written = scalar(text, quote)
    assert len(written.splitlines()) == 1
    block = f"k: {written} # c\nl: [{written}, {{m: {written}}}]\n{scalar(text)}: x\n"
    told = {"k": text, "l": [text, {"m": text}]} | {text: "x"}
    assert parse(block).data == told
    if quote != "":
        assert yaml.load(block, Loader=yaml.CSafeLoader)["k"] == told["k"]
        assert yaml.load(f"k: {written}\n", Loader=yaml.SafeLoader)["k"] == text


@example("why?")
@given(TEXT)
def test_every_reader_takes_what_stands_in_flow_style(text: str) -> None:
    block = f"l: {flow_list([text, text])}\nm: {{k: {flow_scalar(text)}}}\nn: {flow_mapping([('k', text)])}\n"
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        assert yaml.load(block, Loader=loader) | {"n": 0} == {"l": [text, text], "m": {"k": text}, "n": 0}


@given(st.dictionaries(st.text("abc", min_size=1), TEXT | st.booleans(), max_size=4))
def test_a_mapping_is_one_line_and_reads_back(pairs: dict[str, str | bool]) -> None:
    written = flow_mapping(pairs.items())
    assert len(written.splitlines()) == 1
    assert parse(f"- {written}\n- [{written}]\n").data == [pairs, [pairs]]


@pytest.mark.parametrize(
    "text", ["2026-05-01, and more", "2026-05-01: broken", "2026-05-01T09:12:00Z}", "2026-05-01 "]
)
def test_a_text_that_begins_with_a_day_is_quoted(text: str) -> None:
    assert parse(f"- {flow_mapping([('note', text)])}\n").data == [{"note": text}]


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        scalar("\ud800")
