"""Files of tickets of any shape: tables, objects, encodings, dates, and what is wrong with them in real life."""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.coverage.tickets import Ticket, open_tickets
from kcs.errors import FileProblem, KcsError, UsageProblem
from tests.coverage.exports import CONVERSATION, ZENDESK, opened, read

NEUTRAL = (
    "id,created_at,closed_at,subject,description,tags,product,version,channel,handle_minutes,linked_articles\n"
    'T-1,2026-03-01T10:00:00Z,2026-03-02,VPN drops,"It drops,\nevery hour","vpn net",vpn,4.1,mail,12.5,kb-7f3q9xk2\n'
)


def test_the_neutral_form(tmp_path: Path) -> None:
    assert read(tmp_path, NEUTRAL) == [
        Ticket(
            "T-1",
            datetime(2026, 3, 1, 10, tzinfo=UTC),
            datetime(2026, 3, 2, tzinfo=UTC),
            "VPN drops",
            "It drops,\nevery hour",
            ("vpn", "net"),
            "vpn",
            "4.1",
            "mail",
            12.5,
            ("kb-7f3q9xk2",),
            2,
        )
    ]


def test_broken_xml_is_refused_with_its_line_behind_what_was_read(tmp_path: Path) -> None:
    tickets = iter(
        opened(tmp_path, "<tickets>\n<ticket><id>1</id><subject>a</subject></ticket>\n<ticket></oops>")
    )
    assert next(tickets).id == "1"
    with pytest.raises(FileProblem, match="broken XML") as told:
        next(tickets)
    assert told.value.line == 3


def test_what_a_ticket_in_xml_quotes_is_no_document_type(tmp_path: Path) -> None:
    ticket = "<ticket><nice-id>5</nice-id><subject><![CDATA[<!DOCTYPE html> is shown]]></subject></ticket>"
    for content in (
        f"<!-- from\nhere -->\n<tickets>{ticket}</tickets>",
        f"\ufeff<tickets>{ticket}</tickets>",
    ):
        assert [(one.id, one.subject) for one in read(tmp_path, content)] == [
            ("5", "<!DOCTYPE html> is shown")
        ]
    with pytest.raises(FileProblem, match="document type"):
        read(
            tmp_path,
            f"<?xml version='1.0'?>\n<!-- x --><!doctype x [<!ENTITY a 'b'>]><tickets>{ticket}</tickets>",
        )
    # There are more ways to read forty comments as fewer longer ones than could ever be tried.
    assert len(list(read(tmp_path, f"{'<!-- x -->' * 40}<tickets>{ticket}</tickets>"))) == 1


def test_of_a_ticket_in_xml_only_what_is_near_its_top_is_read(tmp_path: Path) -> None:
    deep = "<a>" * 2000 + "</a>" * 2000
    (one,) = read(tmp_path, f"<tickets><ticket><subject>No ink</subject>{deep}</ticket></tickets>")
    assert one.subject == "No ink"


def test_a_list_of_questions_below_its_name_is_a_table_of_one_column(tmp_path: Path) -> None:
    found = read(tmp_path, "Subject\r\nFax, again; and again\r\n\r\nNo ink\r\n")
    assert [one.subject for one in found] == ["Fax, again; and again", "No ink"]
    file = tmp_path / "tickets"
    file.write_text("frage\nNo ink\n", "utf-8")
    assert [one.subject for one in open_tickets(file, {"subject": ["frage"]})] == ["No ink"]
    with pytest.raises(FileProblem, match="not a table"):
        read(tmp_path, "Some words\nand more\n")


def test_a_table_below_its_name_is_read_and_a_web_page_is_called_one(tmp_path: Path) -> None:
    content = "Tickets of October, all\n  \n\nid;subject;description\n1;Fax dead;no, really\n2;Fax mute\n"
    tickets = opened(tmp_path, content)
    (one,) = tickets
    assert (one.subject, one.line) == ("Fax dead", 5)
    assert [(problem.line, problem.message) for problem in tickets.count.problems] == [
        (6, "has 2 cells, and the header has 3")
    ]
    for content in (
        "<html><meta><table><tr><td>Number</td></tr></table></html>",
        "<!DOCTYPE html>\n<p>x",
        "<table><tr>",
        '<?xml version="1.0"?>\n<!-- x --><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        "<style>td {}</style><table><tr>",
    ):
        with pytest.raises(FileProblem, match="web page"):
            opened(tmp_path, content)


def test_a_workbook_and_the_letters_of_an_old_encoding_are_called_what_they_are(tmp_path: Path) -> None:
    excel_2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<ss:Workbook><ss:Worksheet/></ss:Workbook>'
    for raw in (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", b"\xd0\xcf\x11\xe0\xa1\xb1", excel_2003):
        with pytest.raises(FileProblem, match="workbook") as told:
            opened(tmp_path, raw)
        assert "save it as CSV" in (told.value.hint or "")
    for text, encoding in (
        ("id;betreff\n1;Gerät hängt über Nacht, Lüfter läuft\n", "windows-1252"),
        ("id;subject\n1;แฟกซ์ไม่ทำงาน\n", "windows-874"),
        ("id;subject\n1;لا أستطيع إرسال الفاكس من الجهاز\n", "windows-1256"),
    ):
        with pytest.raises(FileProblem) as told:
            opened(tmp_path, text.encode({"windows-874": "cp874"}.get(encoding, encoding)))
        assert told.value.hint == f"if it is {encoding}: --encoding {encoding}"
        raw = text.encode({"windows-874": "cp874"}.get(encoding, encoding))
        assert [one.subject for one in read(tmp_path, raw, encoding=encoding)] == [text.split(";")[2].strip()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [("id", "subject", "description"), ("1", "ตั้งรหัสผ่าน", "a, b; c"), ("2", "Đặt lại", "x\ty|z")]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    for content in (text, f"sep={separator}\r\n{text}"):
        found = read(tmp_path, content.encode(encoding))
        assert [(one.id, one.subject, one.description) for one in found] == rows[1:]


def test_what_is_no_utf_8_is_refused_with_its_line_and_read_when_the_encoding_is_given(
    tmp_path: Path,
) -> None:
    thai = "id,subject\n1,plain\n2,รหัสผ่านใช้ไม่ได้\n".encode("cp874")
    with pytest.raises(FileProblem) as told:
        opened(tmp_path, thai)
    assert told.value.line == 3 and "--encoding windows-874" in told.value.hint
    assert [one.subject for one in read(tmp_path, thai, encoding="cp874")] == ["plain", "รหัสผ่านใช้ไม่ได้"]


def test_a_row_that_is_no_utf_8_deep_in_a_file_costs_that_row(tmp_path: Path) -> None:
    good = "".join(f"{number},{'word ' * 100}\n" for number in range(1000)).encode()
    tickets = opened(tmp_path, b"id,subject\n" + good + b"x,caf\xe9\n" + b"y,fine\n")
    assert len(list(tickets)) == 1001
    assert tickets.count.refused == 1 and tickets.count.problems[0].line == 1002


def test_a_broken_row_near_the_beginning_costs_that_row_where_the_file_is_surely_utf_8(
    tmp_path: Path,
) -> None:
    thai = "id,subject\n" + "1,รหัสผ่านใช้ไม่ได้ ลืมรหัสผ่าน\n"
    for begin in (thai.encode(), b"\xef\xbb\xbfid,subject\n1,plain\n"):
        tickets = opened(tmp_path, begin + b"2,caf\xe9\n3,fine\n")
        assert [one.id for one in tickets] == ["1", "3"]
        assert [one.line for one in tickets.count.problems] == [3]


def test_broken_rows_are_counted_with_their_lines_and_the_rest_is_read(tmp_path: Path) -> None:
    content = 'id,subject,description\n1,a,b\n2,a,b,c\n3,a\n4,"a"x,b\n5,,\n1,again,b\n\n6,"two\nlines",b\n7,"never ends,b\n'
    tickets = opened(tmp_path, content)
    assert [one.id for one in tickets] == ["1", "6"]
    count = tickets.count
    assert (count.rows, count.read, count.refused, count.repeated) == (8, 2, 5, 1)
    assert sorted(one.line for one in count.problems) == [3, 4, 5, 6, 11]
    assert "never ends" in count.problems[-1].message


def test_exports_that_were_put_together_have_their_header_once_more(tmp_path: Path) -> None:
    month = "\ufeffid,subject,created_at\r\n{0},Printer,2026-11-0{0}\r\n"
    tickets = opened(tmp_path, month.format(1) + month.format(2) + month.format(1))
    assert [one.id for one in tickets] == ["1", "2"]
    count = tickets.count
    assert (count.rows, count.read, count.refused, count.repeated) == (5, 2, 2, 1)
    assert [str(one.message) for one in count.problems] == ["is the header again"] * 2


def test_the_hour_24_is_the_end_of_its_day(tmp_path: Path) -> None:
    rows = ("2026-11-30T24:00:00Z", "2026-11-30 24:00", "2026-11-30 24:01")
    found = read(tmp_path, "id,subject,created_at\n" + "".join(f"{one},Late,{one}\n" for one in rows))
    ended = datetime(2026, 12, 1, tzinfo=UTC)
    assert [one.created_at for one in found] == [ended, ended, None]


def test_backslashes_before_quotes(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,subject\n1,"it says \\"no\\", and stops"\n2,"C:\\\\temp"\n')
    assert [one.subject for one in found] == ['it says "no", and stops', "C:\\temp"]


def test_broken_json_lines(tmp_path: Path) -> None:
    tickets = opened(tmp_path, '{"id":1,"subject":"a"}\n{"id":2,"subj\n[1]\n{"id":3,"subject":"b"}\n')
    assert [one.subject for one in tickets] == ["a", "b"]
    assert [one.line for one in tickets.count.problems] == [2, 3]
    tickets = opened(
        tmp_path, f'{{"id":1,"a":{"9" * 5000}}}\n{{"id":2,"a":{"[" * 5000}\n{{"id":3,"subject":"b"}}\n'
    )
    assert [one.subject for one in tickets] == ["b"]
    assert all("nested too deep, or holds a number" in one.message for one in tickets.count.problems)


@pytest.mark.parametrize(
    "content",
    ['[{"id":1},{"id":2,"subject":"x"}]', '{"id":1}\n{"id":2,"subject":"x"}\n', "<a><t><id>1</id></t><t><id>2</id><subject>x</subject></t></a>"],
)  # fmt: skip
def test_a_first_ticket_that_asks_nothing_costs_itself_alone(tmp_path: Path, content: str) -> None:
    tickets = opened(tmp_path, content)
    assert [one.name for one in tickets.columns] == ["id", "subject"]
    assert [one.id for one in tickets] == ["2"] and tickets.count.refused == 1


@pytest.mark.parametrize("end", ["", ',{"id":', ",{'", "]]x"])
def test_json_that_is_cut_off_is_refused_with_the_line(tmp_path: Path, end: str) -> None:
    tickets = opened(tmp_path, '[{"id":1,"subject":"a"},\n{"id":2,"subject":"b"}' + end)
    with pytest.raises(FileProblem) as told:
        list(tickets)
    assert told.value.line == 2


def test_a_list_larger_than_the_window(tmp_path: Path) -> None:
    tickets = [
        {"id": number, "subject": f"s{number}", "description": "word " * (number % 7 * 9000)}
        for number in range(60)
    ]
    for content in (
        json.dumps(tickets),
        json.dumps({"meta": {"a": [1, 2]}, "tickets": tickets, "end": 1}, indent=1),
    ):
        assert [(one.id, one.subject) for one in read(tmp_path, content)] == [
            (str(n), f"s{n}") for n in range(60)
        ]


def test_dates_that_can_be_read_in_two_ways_are_not_guessed(tmp_path: Path) -> None:
    content = "id,subject,created\n1,a,03/04/2026\n2,b,05/04/2026\n"
    tickets = opened(tmp_path, content)
    assert [one.created_at for one in tickets] == [None, None] and tickets.count.unread == {"created_at": 2}
    (one, _) = read(tmp_path, content, order="mdy")
    assert one.created_at == datetime(2026, 3, 4, tzinfo=UTC)
    one, _ = read(tmp_path, content.replace("05/04", "15/04"))
    assert one.created_at == datetime(2026, 4, 3, tzinfo=UTC)


def test_a_file_of_objects_tells_the_order_of_its_dates(tmp_path: Path) -> None:
    lines = (
        '{"id":1,"subject":"a","created":"03/04/2024 10:02"}\n{"id":2,"subject":"b","closed":"26/03/2024"}\n'
    )
    assert [one.created_at for one in read(tmp_path, lines)] == [
        datetime(2024, 4, 3, 10, 2, tzinfo=UTC),
        None,
    ]
    assert read(tmp_path, lines.replace("26/03", "06/03"))[0].created_at is None


def test_columns_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("Ref;What;More;Subject\nA1;VPN drops;Every hour;ignored\n", "utf-8")
    (one,) = open_tickets(file, {"subject": ["What"], "id": ["Ref"], "description": ["More"]})
    assert (one.id, one.subject, one.description) == ("A1", "VPN drops", "Every hour")
    with pytest.raises(FileProblem, match="no column 'Whut'") as told:
        open_tickets(file, {"subject": ["Whut"]})
    assert "'What'" in told.value.hint
    (one,) = open_tickets(file)
    assert one.subject == "ignored"
    file.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(FileProblem, match="what was asked"):
        open_tickets(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"PK\x03\x04x", "compressed"),
        (b"\x1f\x8b\x08x", "compressed"),
        (b"just words", "not a table"),
        (b"[]", "no ticket"),
    ],
)
def test_what_is_no_export_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(FileProblem, match=said):
        read(tmp_path, content)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name")
def test_a_pipe_is_refused_and_not_read_in_part(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileProblem, match="more than once") as told:
        open_tickets(pipe)
    assert "to a file first" in told.value.hint


def test_an_unknown_encoding_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="klingon"):
        opened(tmp_path, "id,subject\n1,a\n", encoding="klingon")


@given(st.binary(max_size=400))
def test_any_bytes_end_in_tickets_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for whole in (content, b"id,subject\n" + content, b'[{"subject":"' + content):
        try:
            tickets = opened(folder, whole)
            found = list(tickets)
        except KcsError:
            continue
        assert len(found) == tickets.count.read
        assert tickets.count.rows == tickets.count.read + tickets.count.refused + tickets.count.repeated


_NAMED = (
    "id number subject summary description body created_at closed_at updated_at status state tags labels product version via source author type"
    " conversation_parts statistics last_close_at handling_time custom_attributes custom_fields requester comments metric_set fields"
    " created resolutiondate timespent opened_at _embedded threads tickets result responder_id value name email text content"
)


NAMES = _NAMED.split()


BEGUN: list[dict[str, object]] = [
    {}, ZENDESK, CONVERSATION, {"key": "A-1", "fields": {"summary": "s"}}, {"number": "INC1", "short_description": "s"},
    {"id": 3, "subject": "s", "_embedded": {"threads": [{"type": "customer", "body": "x"}]}},
]  # fmt: skip


VALUES = [
    None, True, False, 0, -1, 10**20, 1539897198, 1e308, 1.5, float("nan"), float("inf"), "", "a", "closed", "2026-01-02T03:04:05Z", "<p>x</p>",
    "user", "doc", "\0", "a,b", "Mon, 4 Mar 2024 10:02:00 +0000", "01/02/2026",
]  # fmt: skip


def drawn(chance: random.Random, depth: int = 0) -> object:
    match chance.randrange(5 if depth < 4 else 3):
        case 3:
            return [drawn(chance, depth + 1) for _ in range(chance.randrange(4))]
        case 4:
            return {chance.choice(NAMES): drawn(chance, depth + 1) for _ in range(chance.randrange(6))}
    return chance.choice(VALUES)


def test_any_record_ends_in_a_ticket_or_a_sentence(tmp_path: Path) -> None:
    """What a name stands for is anybody's: a text, a number, a list of objects."""
    chance, told = random.Random(3), 0
    for _ in range(600):
        records = []
        for _ in range(2):
            more = {chance.choice(NAMES): drawn(chance) for _ in range(chance.randrange(6))}
            records.append({**chance.choice(BEGUN), **more})
        content = "\n".join(map(json.dumps, records)) if chance.random() < 0.5 else json.dumps(records)
        try:
            tickets = opened(tmp_path, content)
            found = list(tickets)
        except KcsError:
            continue
        assert tickets.count.rows == len(found) + tickets.count.refused + tickets.count.repeated
        told += len(found)
    assert told > 300


def test_a_cell_that_was_empty_in_a_table_says_nothing_in_json(tmp_path: Path) -> None:
    plain = {
        "id": 1,
        "subject": "a",
        "description": float("nan"),
        "tags": float("nan"),
        "product": float("nan"),
    }
    (one,) = read(tmp_path, json.dumps([plain]))
    assert (one.description, one.tags, one.product) == ("", (), "")
    (one,) = read(tmp_path, json.dumps({**ZENDESK, "created_at": float("nan"), "solved_at": 1e999}))
    assert one.created_at is None and one.subject == "Help!"


CELLS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_what_a_csv_writer_writes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], separator: str
) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["id", "subject", "description"])
    writer.writerows([(f"T{number}", *row) for number, row in enumerate(rows)])
    found = read(tmp_path_factory.mktemp("written"), out.getvalue())
    plain = [row for row in rows if "<" not in row[0] + row[1]]
    assert [
        (one.subject, one.description) for one in found if "<" not in one.subject + one.description
    ] == plain


def test_a_column_that_is_called_date_is_when_it_was_asked_unless_another_says_so(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "id|title|date\n7|The board is not found|2026-10-03\n")
    assert one.created_at == datetime(2026, 10, 3, tzinfo=UTC)
    (one,) = read(tmp_path, "id,title,date,created\n7,The board is not found,2026-10-03,2026-10-01\n")
    assert one.created_at == datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<html><head><title>Mail</title><body><p>No ink</p>", "No ink"),
        (
            "<html><head><meta charset='utf-8'><style>p {}</style><body>No ink<br>at all</body></html>",
            "No ink\nat all",
        ),
        ("<table><tr><td>Model</td><td>X100</td></tr><tr><th>Ink</th> <th>none</th></tr></table>", "Model X100\nInk none"),
        ("<div><dl><dt>Model</dt><dd>X100</dd></dl><article>No ink</article></div>", "Model\nX100\nNo ink"),
    ],
)  # fmt: skip
def test_the_words_of_a_web_page_are_kept_and_kept_apart(tmp_path: Path, body: str, said: str) -> None:
    """A head need not be closed, and nothing but its tags may stand between two cells."""
    (one,) = read(tmp_path, json.dumps([{"id": 1, "subject": "Fax", "description": body}]))
    assert one.description == said


def test_a_desk_is_no_person(tmp_path: Path) -> None:
    cells = [
        "Zebra Support <help@acme.example>",
        "VPN Team",
        "Jo Doe Support",
        "Jo Doe (jo@acme.example)",
        "jo@acme.example",
    ]
    rows = read(tmp_path, "\n".join(["subject,requester", *(f"x,{one}" for one in cells)]))
    assert [one.requester for one in rows] == [
        ("help@acme.example",), (), ("Jo Doe",), ("Jo Doe", "jo@acme.example"), ("jo@acme.example",),
    ]  # fmt: skip
