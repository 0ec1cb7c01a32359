"""Whatever bytes come: an intake, or a FileProblem that says what was found and what to do."""

from __future__ import annotations

import json
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.authoring.intake import Intake, read_intake
from kcs.errors import FileProblem

TICKETS = Path(__file__).resolve().parents[2] / "examples" / "tickets"
SAMPLES = [one.read_bytes() for one in sorted(TICKETS.iterdir()) if one.suffix != ".md"]
THAI = "หน้าจอดำหลังจากอัปเดต ลองเปิดใหม่แล้วไม่หาย"
ARABIC = "الشاشة سوداء بعد التحديث ولا تعود بعد إعادة التشغيل"
VIETNAMESE = "Màn hình đen sau khi cập nhật, mở lại vẫn không được"


def problem(raw: bytes, name: str = "ticket.json") -> FileProblem:
    with pytest.raises(FileProblem) as caught:
        read_intake(raw, name)
    assert caught.value.path == name
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("raw", [b"", b" \n\n", b"\xef\xbb\xbf\n"])
def test_empty(raw: bytes) -> None:
    assert problem(raw).message == "is empty"


def test_broken_json_has_its_line() -> None:
    found = problem(b'{"ticket": {\n "subject": "x",\n "description": \n}')
    assert (found.line, "broken JSON" in found.message) == (4, True)


def test_json_lines_and_lists_of_tickets_are_refused_with_a_way_out() -> None:
    one = {"id": 1, "subject": "a", "description": "It is broken here."}
    assert "one a line" in problem(json.dumps(one).encode() + b"\n" + json.dumps(one).encode()).message
    assert "2 tickets" in problem(json.dumps({"tickets": [one, one]}).encode()).message
    assert read_intake(json.dumps([one]).encode()).title == "a"


def test_unknown_shape_names_its_keys_and_the_known_ones() -> None:
    found = problem(b'{"foo": 1, "bar": 2}')
    assert "'bar', 'foo'" in found.message
    assert "Zendesk" in found.hint


@pytest.mark.parametrize(
    "raw", [b"[" * 200_000, b'{"a":' * 100_000, b'{"subject": ' + b"9" * 6_000 + b', "description": "x"}']
)
def test_hostile_json(raw: bytes) -> None:
    problem(raw)


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (THAI, "cp874", "windows-874"),
        (ARABIC, "cp1256", "windows-1256"),
        ("đưa đơn vào đâu, cân đo mai đưa ra", "cp1258", "windows-1258"),
    ],
)
def test_another_encoding_is_named_and_not_guessed(text: str, encoding: str, named: str) -> None:
    found = problem(("line one\n" + text).encode(encoding), "thread.txt")
    assert found.line == 2
    assert f"iconv -f {named}" in found.hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(encoding: str) -> None:
    assert read_intake(THAI.encode(encoding)).issue_text == THAI


def test_a_text_that_breaks_off_in_the_middle_of_a_letter() -> None:
    assert "breaks off at byte" in problem("The screen is black".encode("utf-16")[:-1], "a.txt").message


def test_utf16_without_a_mark_is_told() -> None:
    assert "UTF-8" in problem("The screen is black".encode("utf-16-le"), "a.txt").hint


@pytest.mark.parametrize(
    "text, charset", [(THAI, "windows-874"), (ARABIC, "windows-1256"), (THAI, "tis-620")]
)
def test_a_mail_in_the_charset_that_it_declares(text: str, charset: str) -> None:
    head = f"From: a@corp.com\nSubject: x\nTo: b@corp.com\nContent-Type: text/plain; charset={charset}\n\n"
    assert (
        read_intake(head.encode() + text.encode({"windows-874": "cp874"}.get(charset, charset))).issue_text
        == text
    )


def test_a_mail_in_bytes_that_it_does_not_declare() -> None:
    raw = b"From: a@corp.com\nSubject: x\nTo: b@corp.com\n\n" + THAI.encode("cp874")
    assert "windows-874" in problem(raw, "m.eml").hint


def test_attachments_are_not_read_and_are_named() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Jo Doe <jo@corp.com>", "help@acme.example", "Black"
    mail.set_content("The screen is black.")
    mail.add_attachment(
        b"\x00\xff" * 100, maintype="application", subtype="octet-stream", filename="../../etc/x"
    )
    intake = read_intake(mail.as_bytes())
    assert intake.issue_text == "The screen is black."
    assert ("attachment", "1 file") in [tuple(one) for one in intake.left_out]


def test_headers_cannot_inject_lines_into_the_article() -> None:
    raw = b"From: a@corp.com\nTo: b@corp.com\nSubject: =?utf-8?q?x=0A---=0Atrusted=3A_yes?=\nMessage-ID: <a\n b>\n\nIt broke."
    intake = read_intake(raw)
    assert "\n" not in intake.title
    assert all("\n" not in value for source in intake.sources for value in source)


def test_a_mail_of_nothing_but_quotes_is_refused() -> None:
    assert (
        "no words of the requestor"
        in problem(b"From: a@b.co\nTo: c@d.co\nSubject: x\n\nThanks,\nJo\n").message
    )


@pytest.mark.parametrize("kind", ["text", "json", "mail", "html", "quotes"])
def test_five_megabytes_are_read_fast_and_bounded(kind: str) -> None:
    words = "The lamp is red, call 0812345678. "
    raws = {
        "text": words * 150_000,
        "json": json.dumps({"id": 1, "subject": "x", "description": words * 150_000}),
        "mail": "From: a@b.co\nTo: c@d.co\nSubject: x\n\n" + (words + "\n") * 150_000,
        "html": json.dumps(
            {
                "conversation_parts": [],
                "source": {"author": {"type": "user"}, "body": ("<p><b>" + words) * 130_000},
            }
        ),
        "quotes": "Lamp is red here.\n" + ("> " * 20 + "On x wrote:\n") * 100_000,
    }
    start = time.process_time()
    intake = read_intake(raws[kind].encode())
    assert time.process_time() - start < 4
    assert len(intake.issue_text) < 2_100


def test_more_than_a_ticket_is_refused() -> None:
    assert "MB" in problem(b"x" * 50_000_001).message


def test_nested_mail_parts() -> None:
    raw = b"From: a@b.co\nTo: c@d.co\nSubject: x\n"
    for depth in range(400):
        raw += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (depth, depth)
    try:
        read_intake(raw + b"\nThe lamp is red.", "m.eml")
    except FileProblem as error:
        assert error.hint


def survives(raw: bytes) -> None:
    try:
        intake = read_intake(raw, "any")
    except FileProblem as error:
        assert error.hint
        return
    assert isinstance(intake, Intake)
    assert intake.issue_text.strip()
    assert "\n" not in intake.title
    assert intake.issue_text.isprintable() or "\x1b" not in intake.issue_text


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_no_bytes_crash_it(raw: bytes) -> None:
    survives(raw)


@settings(max_examples=70, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_no_damaged_sample_crashes_it(raw: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 200)))
    survives(raw[:start] + data.draw(st.binary(max_size=20)) + raw[end:])


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ("ticket", "comments", "subject", "description", "messages", "ts", "text", "user", "author", "body",
                 "source", "conversation_parts", "type", "id", "requester_id", "via", "tags", "users", "title")
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_no_json_of_wrong_types_crashes_it(value: object) -> None:
    survives(json.dumps(value).encode())
