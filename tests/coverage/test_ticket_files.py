"""Exports as the help desks write them, byte for byte, and what is wrong with them in real life."""

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

from kcs.coverage.tickets import Ticket, Tickets, open_tickets
from kcs.errors import FileProblem, KcsError, UsageProblem


def opened(folder: Path, content: str | bytes, **options: str) -> Tickets:
    file = folder / "tickets"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_tickets(file, **options)  # type: ignore[arg-type]


def read(folder: Path, content: str | bytes, **options: str) -> list[Ticket]:
    return list(opened(folder, content, **options))


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


ZENDESK = {
    "id": 35436, "subject": "Help!", "description": "<p>The fire is <b>very</b> colourful.</p>", "status": "solved",
    "requester_id": 7, "tags": ["enterprise", "product:mail"], "via": {"channel": "email"},
    "created_at": "2026-07-20T22:55:29Z", "updated_at": "2026-07-21T08:00:00Z",
}  # fmt: skip


@pytest.mark.parametrize(
    "shape", ["lines", "list", "page", "pretty page", "page a line", "one", "pretty one"]
)
def test_zendesk_json_in_every_arrangement(tmp_path: Path, shape: str) -> None:
    two = {**ZENDESK, "id": 35437}
    content = {
        "lines": f"{json.dumps(ZENDESK)}\n{json.dumps(two)}\n",
        "list": json.dumps([ZENDESK, two]),
        "page": json.dumps({"count": 2, "next_page": None, "tickets": [ZENDESK, two]}),
        "pretty page": json.dumps({"tickets": [ZENDESK, two], "count": 2, "users": [{"id": 7}]}, indent=2),
        "page a line": f"{json.dumps({'tickets': [ZENDESK]})}\n{json.dumps({'tickets': [two]})}\n",
        "one": json.dumps(ZENDESK),
        "pretty one": json.dumps(ZENDESK, indent=1),
    }[shape]
    found = read(tmp_path, content)
    assert [one.id for one in found] == (["ZD-35436"] if "one" in shape else ["ZD-35436", "ZD-35437"])
    assert found[0].description == "The fire is very colourful." and found[0].channel == "email"
    assert found[0].tags == ("enterprise", "product:mail") and found[0].product == "mail"
    assert found[0].closed_at == datetime(2026, 7, 21, 8, tzinfo=UTC)


CONVERSATION = {
    "type": "conversation", "id": "147", "created_at": 1784588129, "updated_at": 1784620800, "state": "closed",
    "source": {"type": "email", "body": "Where?", "author": {"type": "user"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("record", "beside", "hour"),
    [
        (ZENDESK, {"solved_at": "2026-07-21T01:00:00Z", "closed_at": "2026-07-25T01:00:00Z"}, 1), (ZENDESK, {"closed_at": "2026-07-21T02:00:00Z"}, 2),
        (ZENDESK, {"metric_set": {"solved_at": "2026-07-21T03:00:00Z"}}, 3), (ZENDESK, {"status": "closed"}, 8), (ZENDESK, {"status": "open"}, None),
        (CONVERSATION, {"statistics": {"first_close_at": 1784595600}}, 1),
        (CONVERSATION, {"statistics": {"first_close_at": 1784595600, "last_close_at": 1784602800}}, 3),
        (CONVERSATION, {}, 8), (CONVERSATION, {"state": "open"}, None),
    ],
)  # fmt: skip
def test_when_it_was_closed(
    tmp_path: Path, record: dict[str, object], beside: dict[str, object], hour: int | None
) -> None:
    """As the help desk says; where it only says that it is, when it was last changed; while it is open, never."""
    (one,) = read(tmp_path, json.dumps({**record, **beside}))
    assert one.closed_at == (None if hour is None else datetime(2026, 7, 21, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("Issue key,Summary,Created,Labels,Labels\nA-1,x,2026-01-02,,b\n", ("A-1", ("b",), 2)),
        ("Ticket ID,Subject,Created at\n#12,x,2026-01-02\n", ("ZD-12", (), 2)),
        (json.dumps({**CONVERSATION, "tags": [{"name": "a"}]}), ("intercom-147", ("a",), 1)),
        ("<tickets>\n<ticket>\n<id>1</id><tags type='array'><tag>a</tag><tag>b</tag></tags><subject>x</subject></ticket></tickets>", ("1", ("a", "b"), 2)),
    ],
)  # fmt: skip
def test_numbers_tags_and_lines(
    tmp_path: Path, content: str, wanted: tuple[str, tuple[str, ...], int]
) -> None:
    (one,) = read(tmp_path, content)
    assert (one.id, one.tags, one.line) == wanted


def test_broken_xml_is_refused_with_its_line_behind_what_was_read(tmp_path: Path) -> None:
    tickets = iter(
        opened(tmp_path, "<tickets>\n<ticket><id>1</id><subject>a</subject></ticket>\n<ticket></oops>")
    )
    assert next(tickets).id == "1"
    with pytest.raises(FileProblem, match="broken XML") as told:
        next(tickets)
    assert told.value.line == 3


@pytest.mark.parametrize(
    "header",
    [
        "ID,Betreff,Anfragender,Angefragt,Beschreibung",
        "Id,Sujet,Demandeur,Créé le,Description",
        "ID,หัวข้อ,ผู้ขอ,วันที่สร้าง,รายละเอียด",
        "ID,Chủ đề,Người yêu cầu,Ngày tạo,Mô tả",
        "ID,الموضوع,مقدم الطلب,تاريخ الإنشاء,الوصف",
        "ID,件名,リクエスタ,作成日,説明",
    ],
)
def test_zendesk_csv_with_headers_in_the_language_of_who_exported(tmp_path: Path, header: str) -> None:
    tickets = opened(tmp_path, f"\ufeff{header}\r\n12,Hello,Jo,2026-01-02 10:11,World\r\n")
    assert tickets.system == "zendesk"
    (one,) = tickets
    assert (one.id, one.subject, one.description) == ("ZD-12", "Hello", "World")
    assert one.created_at == datetime(2026, 1, 2, 10, 11, tzinfo=UTC)


WHEN = (datetime(2024, 3, 4, 10, 2, tzinfo=UTC), datetime(2024, 3, 26, 13, tzinfo=UTC))
OTHERS = {
    "freshdesk": (
        "Ticket ID,Subject,Status,Agent,Created time,Due by Time,Resolved time,Closed time,Time tracked,Tags,Full name,Title,Email,Work phone\n"
        "1201,Mail loops,Closed,Sam,2024-03-04 10:02:00,,2024-03-26 13:00:00,2024-03-28 13:00:00,01:15:00,mail,Jo Doe,Manager,jo@a.example,+1 5\n",
        "1201", ("Jo Doe", "+1 5", "jo@a.example"), 75.0,
    ),
    "hubspot": (
        "Record ID,Ticket name,Ticket description,Ticket status,Create date,Close date,Source,Ticket owner,Associated Contact\n"
        "1201,Mail loops,It does,Closed,2024-03-04 10:02,2024-03-26 13:00,Email,Sam,Jo Doe (jo@a.example)\n",
        "1201", ("Jo Doe", "jo@a.example"), None,
    ),
    "zendesk, by explore": (
        '\ufeff"Ticket ID","Ticket subject","Ticket created - Timestamp","Ticket solved - Timestamp","Requester name","Assignee name","Agent handling time (hrs)"\n'
        '"1201","Mail loops","2024-03-04T10:02:00","2024-03-26T13:00:00","Jo Doe","Sam","1.25"\n',
        "ZD-1201", ("Jo Doe",), 75.0,
    ),
    "intercom": (
        "Conversation ID,Conversation started at,Conversation closed at,Assigned to,Channel,Subject\n"
        "1201,2024-03-04 10:02:00,2024-03-26 13:00:00,Sam,Email,Mail loops\n",
        "intercom-1201", (), None,
    ),
    "salesforce": (
        '"Case Number","Subject","Case Origin","Date/Time Opened","Date/Time Closed","Age (Hours)","Case Owner","Contact Name","Contact Email"\n'
        '"1201","Mail loops","Email","3/4/2024, 10:02 AM","3/26/2024, 1:00 PM","50","Sam","Jo Doe","jo@a.example"\n',
        "1201", ("Jo Doe", "jo@a.example"), None,
    ),
    "salesforce, by the data loader": (
        '"ID","CASENUMBER","SUBJECT","CREATEDDATE","CLOSEDDATE","ORIGIN","OWNERID","SUPPLIEDEMAIL","SUPPLIEDNAME"\n'
        '"5003x0000AAV","1201","Mail loops","2024-03-04T10:02:00.000Z","2024-03-26T13:00:00.000Z","Email","0053x","jo@a.example","Jo Doe"\n',
        "1201", ("Jo Doe", "jo@a.example"), None,
    ),
    "hubspot, by its program": (
        json.dumps({"results": [{"id": "1201", "properties": {
            "subject": "Mail loops", "content": "It does", "createdate": "2024-03-04T10:02:00Z", "closed_date": "2024-03-26T13:00:00Z",
            "hs_object_id": "1201", "hs_pipeline_stage": "4"}, "createdAt": "2024-03-04T10:02:00Z", "archived": False}],
            "paging": {"next": {"after": "2"}}}),
        "1201", (), None,
    ),
    "salesforce, by its program": (
        json.dumps({"totalSize": 1, "done": True, "records": [{"attributes": {"type": "Case", "url": "/x"}, "Id": "5003x", "CaseNumber": "1201",
            "Subject": "Mail loops", "CreatedDate": "2024-03-04T10:02:00.000+0000", "ClosedDate": "2024-03-26T13:00:00.000+0000",
            "Contact": {"attributes": {"type": "Contact"}, "Name": "Jo Doe"}, "SuppliedEmail": "jo@a.example"}]}),
        "1201", ("Jo Doe", "jo@a.example"), None,
    ),
    "freshdesk, by its program": (
        json.dumps([{"id": 1201, "subject": "Mail loops", "requester_id": 1, "responder_id": 4, "description": "<div>It does</div>",
            "description_text": "It does", "created_at": "2024-03-04T10:02:00Z", "tags": ["mail"],
            "stats": {"resolved_at": None, "closed_at": "2024-03-26T13:00:00Z"}, "requester": {"id": 1, "name": "Jo Doe"}}]),
        "1201", ("Jo Doe",), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", OTHERS)
def test_what_other_help_desks_export(tmp_path: Path, which: str) -> None:
    content, number, people, minutes = OTHERS[which]
    tickets = opened(tmp_path, content)
    (one,) = tickets
    assert tickets.system == which.partition(",")[0]
    assert (one.id, one.subject, (one.created_at, one.closed_at)) == (number, "Mail loops", WHEN)
    assert sorted(one.requester) == sorted(people), "what names the requestor stays out of drafts"
    assert one.handle_minutes == minutes


def test_a_help_scout_page_with_its_threads(tmp_path: Path) -> None:
    """A page that lies a step deeper; of the threads the customer's, the oldest first."""
    threads = [
        {"type": "customer", "body": "And <b>now</b>?<br>", "createdAt": "2024-03-05T10:00:00Z"},
        {"type": "message", "body": "Try it", "createdAt": "2024-03-04T11:00:00Z"},
        {"type": "note", "body": "hm", "createdAt": "2024-03-04T11:00:00Z"},
        {"type": "customer", "body": "It does", "createdAt": "2024-03-04T10:02:00Z"},
    ]
    conversation = {
        "id": 7, "number": 349, "type": "email", "subject": "Mail loops", "preview": "Try it", "createdAt": "2024-03-04T10:02:00Z",
        "closedAt": "2024-03-26T13:00:00Z", "assignee": {"type": "user", "first": "Sam", "last": "Lee", "email": "s@b.example"},
        "tags": [{"id": 1, "color": "#fff", "tag": "mail"}, {"id": 2, "tag": "login"}],
        "primaryCustomer": {"id": 2, "first": "Jo", "last": "Doe", "email": "jo@a.example"}, "_embedded": {"threads": threads},
    }  # fmt: skip
    page = {
        "_embedded": {"conversations": [conversation, {**conversation, "number": 350}]},
        "_links": {"self": {}},
    }
    for content in (
        json.dumps({**page, "page": {"size": 25}}),
        json.dumps(page, indent=2),
        json.dumps(page) + "\n",
    ):
        tickets = opened(tmp_path, content)
        one, other = tickets
        assert (one.id, other.id, tickets.count.refused) == ("349", "350", 0)
        assert (one.description, one.tags) == ("It does\n\nAnd now?", ("mail", "login"))
        assert (one.created_at, one.closed_at) == WHEN
        assert one.requester == ("Jo Doe", "jo@a.example")


def test_what_was_deleted_in_zendesk_is_no_question(tmp_path: Path) -> None:
    scrubbed = {**ZENDESK, "id": 2, "status": "deleted", "subject": "SCRUBBED", "description": "SCRUBBED"}
    tickets = opened(tmp_path, json.dumps({"tickets": [ZENDESK, scrubbed]}))
    assert [one.id for one in tickets] == ["ZD-35436"]
    assert [one.message for one in tickets.count.problems] == ["2 was deleted"]


def test_the_house_s_own_mailbox_names_nobody(tmp_path: Path) -> None:
    """It is called as the product is, which drafts must not lose."""
    to = {"address": "help@marlo.example", "name": "Marlo"}
    via = {"channel": "email", "source": {"from": {"address": "jo@a.example", "name": "Jo Doe"}, "to": to}}
    for recipient, people in (
        ("help@marlo.example", {"Jo Doe", "jo@a.example"}),
        (None, {"Marlo", "Jo Doe"}),
    ):
        (one,) = read(tmp_path, json.dumps([{**ZENDESK, "via": via, "recipient": recipient}]))
        assert people <= set(one.requester) and ("Marlo" in one.requester) is (recipient is None)


def test_jira_s_markup_is_no_question(tmp_path: Path) -> None:
    text = "Mail {color:red}loops{color} at [the page|https://a.example], [~accountid:55:ab] !shot.png|width=300!\n{code:java}\nx = a[1]{1}\n{code}"
    (one,) = read(tmp_path, f'Issue key,Summary,Description\nA-1,Oh no!,"{text}"\n')
    assert one.subject == "Oh no!"
    assert one.description.split() == ["Mail", "loops", "at", "the", "page,", "x", "=", "a[1]{1}"]


def test_zendesk_xml(tmp_path: Path) -> None:
    content = (
        "<?xml version='1.0'?><tickets count='2'><ticket><nice-id>1</nice-id><id>4</id><subject>A &amp; B</subject>"
        "<description>Why?</description><created-at>2026-01-02T03:04:05Z</created-at><current-tags>a b</current-tags>"
        "</ticket><ticket><id>5</id><subject/><description/></ticket></tickets>"
    )
    tickets = opened(tmp_path, content)
    (one,) = tickets
    assert (one.id, one.subject, one.tags) == ("ZD-4", "A & B", ("a", "b"))
    assert tickets.count.refused == 1
    with pytest.raises(FileProblem, match="document type"):
        read(tmp_path, "<!DOCTYPE x [<!ENTITY a 'b'>]><tickets/>")


def test_a_feed_of_jira_and_a_table_of_servicenow_in_xml(tmp_path: Path) -> None:
    feed = (
        '<?xml version="1.0"?>\n<rss version="0.92"><channel><title>Jira</title>\n<item><title>[A-1] Mail loops</title>'
        '<key id="7">A-1</key><summary>Mail loops</summary><description>&lt;p&gt;It does&lt;/p&gt;</description>'
        "<created>Mon, 4 Mar 2024 10:02:00 +0000</created></item>\n<item><key>A-2</key></item></channel></rss>"
    )
    tickets = opened(tmp_path, feed)
    (one,) = tickets
    assert (one.id, one.subject, one.description, one.created_at) == ("A-1", "Mail loops", "It does", WHEN[0])
    assert [(one.line, one.message) for one in tickets.count.problems] == [
        (4, "A-2 has neither a subject nor a description")
    ]
    table = "<unload><incident><number>INC1</number><short_description>Mail loops</short_description></incident></unload>"
    assert [(one.id, one.subject) for one in read(tmp_path, table)] == [("INC1", "Mail loops")]


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


def test_an_intercom_export_that_lost_who_its_authors_are_is_read(tmp_path: Path) -> None:
    """Whoever began asks; who answers is not taken for them, and nothing that the house began is a question."""
    parts = [
        {"part_type": "comment", "body": body, "author": {"id": number}}
        for number, body in (("9", "There."), ("7", "I see none."))
    ]
    asked = {
        "id": "1",
        "source": {"body": "Where is it?", "author": {"id": "7", "name": "Jo"}},
        "conversation_parts": {"conversation_parts": parts},
    }
    told = {
        **asked,
        "id": "2",
        "source": {"body": "We have news", "delivered_as": "admin_initiated", "author": {"id": "9"}},
    }
    tickets = opened(tmp_path, json.dumps({"conversations": [asked, told]}))
    (one,) = tickets
    assert one.description == "Where is it?\n\nI see none."
    assert tickets.count.refused == 1


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
    ):
        with pytest.raises(FileProblem, match="web page"):
            opened(tmp_path, content)


def test_a_workbook_and_the_letters_of_an_old_encoding_are_called_what_they_are(tmp_path: Path) -> None:
    for raw in (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", b"\xd0\xcf\x11\xe0\xa1\xb1"):
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


def test_intercom_counts_seconds(tmp_path: Path) -> None:
    conversation = {
        "type": "conversation", "id": "147", "created_at": 1539897198, "updated_at": 1540393270, "state": "closed",
        "source": {"type": "email", "subject": "", "body": "<p>Where is it?</p>", "author": {"type": "user"}},
        "conversation_parts": {"conversation_parts": [
            {"part_type": "comment", "body": "<p>There.</p>", "author": {"type": "admin"}},
            {"part_type": "comment", "body": "<p>I see none.</p>", "author": {"type": "user"}},
        ]},
        "tags": {"type": "tag.list", "tags": [{"name": "map"}]},
        "statistics": {"last_close_at": 1540393271, "handling_time": 90},
    }  # fmt: skip
    (one,) = read(tmp_path, json.dumps({"conversations": [conversation]}))
    assert (one.id, one.description, one.tags) == ("intercom-147", "Where is it?\n\nI see none.", ("map",))
    assert one.created_at == datetime.fromtimestamp(1539897198, UTC) and one.handle_minutes == 1.5
    assert one.closed_at == datetime.fromtimestamp(1540393271, UTC)


def test_jira_repeats_names_of_columns(tmp_path: Path) -> None:
    content = (
        "Summary,Issue key,Issue id,Created,Resolved,Labels,Labels,Labels,Component/s,Component/s,Description,Time Spent\n"
        "Login fails,SUP-3,10003,12/Mar/26 10:02 PM,,sso,,okta,Web,App,Every day,5400\n"
    )
    tickets = opened(tmp_path, content)
    (one,) = tickets
    assert tickets.system == "jira" and one.id == "SUP-3"
    assert one.tags == ("sso", "okta") and one.product == "Web" and one.handle_minutes == 90
    assert one.created_at == datetime(2026, 3, 12, 22, 2, tzinfo=UTC) and one.closed_at is None


def test_jira_cuts_descriptions_and_escapes_their_lines(tmp_path: Path) -> None:
    content = (
        "id,key,project_key,summary,description,created_date,resolution_date\n"
        f'1,SUP-1,SUP,S,"{"a" * 1990} \\nb {"c" * 5}",2026-01-02T03:04:05Z,2026-01-03T03:04:05Z\n'
        '2,SUP-2,SUP,S,"one\\ntwo",2026-01-02T03:04:05Z,\n'
    )
    tickets = opened(tmp_path, content)
    _, short = tickets
    assert short.description == "one\ntwo"
    assert tickets.system == "jira-pipeline" and tickets.count.cut == 1


def test_jira_rest_and_its_documents(tmp_path: Path) -> None:
    document = {"type": "doc", "content": [
        {"type": "heading", "content": [{"type": "text", "text": "Since noon"}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "It"}, {"type": "hardBreak"}, {"type": "text", "text": "broke"}]},
    ]}  # fmt: skip
    issue = {"id": "1", "key": "SUP-9", "fields": {
        "summary": "Broken", "description": document, "created": "2026-01-02T03:04:05.000+0700", "labels": ["a", "b"],
        "assignee": {"displayName": "J. D.", "accountId": "x"}, "timespent": 120,
    }}  # fmt: skip
    (one,) = read(tmp_path, json.dumps({"issues": [issue], "total": 1}))
    assert (one.id, one.subject, one.tags) == ("SUP-9", "Broken", ("a", "b"))
    assert one.description.split("\n") == ["Since noon", "It", "broke"] and one.handle_minutes == 2
    assert one.created_at == datetime(2026, 1, 1, 20, 4, 5, tzinfo=UTC)


def test_servicenow(tmp_path: Path) -> None:
    content = (
        '"number","short_description","description","opened_at","closed_at","contact_type","time_worked","close_notes"\r\n'
        '"INC001","Printer","It is on fire","2026-01-02 03:04:05","2026-01-02 04:04:05","phone","1970-01-01 00:30:00","Water"\r\n'
    )
    tickets = opened(tmp_path, content)
    (one,) = tickets
    assert tickets.system == "servicenow" and one.id == "INC001"
    assert one.handle_minutes == 30 and one.channel == "phone"
    record = {
        "number": "INC002",
        "short_description": "Mail",
        "assigned_to": {"display_value": "Jo", "link": "x"},
    }
    (one,) = read(tmp_path, json.dumps({"result": [record]}))
    assert (one.id, one.subject) == ("INC002", "Mail")


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


def test_backslashes_before_quotes(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,subject\n1,"it says \\"no\\", and stops"\n2,"C:\\\\temp"\n')
    assert [one.subject for one in found] == ['it says "no", and stops', "C:\\temp"]


def test_broken_json_lines(tmp_path: Path) -> None:
    tickets = opened(tmp_path, '{"id":1,"subject":"a"}\n{"id":2,"subj\n[1]\n{"id":3,"subject":"b"}\n')
    assert [one.subject for one in tickets] == ["a", "b"]
    assert [one.line for one in tickets.count.problems] == [2, 3]


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


@pytest.mark.parametrize(
    "written",
    [
        "1709546520", "1709546520.0", "1709546520000", "2024-03-04T10:02:00Z", "2024-03-04 17:02:00 +0700", "2024-03-04T17:02:00.123+07",
        "2024-03-04 10:02 AM", "Mon, 04 Mar 2024 12:02:00 +0200", "Monday, March 4, 2024 10:02 AM", "Mar 4, 2024 at 10:02 AM",
        "4 March 2024 10:02", "04/Mar/24 10:02 AM", "04-Mar-2024 10:02", "20240304T100200Z", "2567-03-04 10:02", "٢٠٢٤-٠٣-٠٤ ١٠:٠٢",
    ],
)  # fmt: skip
def test_moments_as_help_desks_write_them(tmp_path: Path, written: str) -> None:
    (one,) = read(tmp_path, json.dumps([{"id": 1, "subject": "a", "created": written}]))
    assert one.created_at is not None and one.created_at.replace(microsecond=0) == WHEN[0]


def test_a_file_of_objects_tells_the_order_of_its_dates(tmp_path: Path) -> None:
    lines = (
        '{"id":1,"subject":"a","created":"03/04/2024 10:02"}\n{"id":2,"subject":"b","closed":"26/03/2024"}\n'
    )
    assert [one.created_at for one in read(tmp_path, lines)] == [
        datetime(2024, 4, 3, 10, 2, tzinfo=UTC),
        None,
    ]
    assert read(tmp_path, lines.replace("26/03", "06/03"))[0].created_at is None


def test_servicenow_s_kept_moments_come_before_how_they_are_shown(tmp_path: Path) -> None:
    opened_at = {"display_value": "04/03/2024 05:02:00 PM", "value": "2024-03-04 10:02:00"}
    (one,) = read(
        tmp_path,
        json.dumps({"result": [{"number": "INC1", "short_description": "a", "opened_at": opened_at}]}),
    )
    assert one.created_at == WHEN[0]


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


@pytest.mark.parametrize(
    "zone", ["(UTC)", "(GMT)", "(America/New_York)", "(America/Argentina/Buenos_Aires)", "(UTC+07:00)"]
)
def test_a_moment_s_name_may_end_in_its_zone(tmp_path: Path, zone: str) -> None:
    header = f"Conversation ID,Conversation started at {zone},Conversation closed at {zone},First message\n"
    (one,) = read(tmp_path, f"{header}2000,2026-10-01 10:00:00,2026-10-01 12:00:00,The board is not found\n")
    assert (one.created_at and one.created_at.date().isoformat()) == "2026-10-01"
    assert one.closed_at and one.id == "intercom-2000"


def test_a_column_that_is_called_date_is_when_it_was_asked_unless_another_says_so(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "id|title|date\n7|The board is not found|2026-10-03\n")
    assert one.created_at == datetime(2026, 10, 3, tzinfo=UTC)
    (one,) = read(tmp_path, "id,title,date,created\n7,The board is not found,2026-10-03,2026-10-01\n")
    assert one.created_at == datetime(2026, 10, 1, tzinfo=UTC)


def test_jira_s_marks_of_headings_are_no_words(tmp_path: Path) -> None:
    text = "h3. What happens\nIt stops at h2.5 volts\n bq. quoted\nh9. stays"
    (one,) = read(tmp_path, f'Issue key,Summary,Description\nSUP-1,h1. Board,"{text}"\n')
    assert one.description == "What happens\nIt stops at h2.5 volts\nquoted\nh9. stays"
