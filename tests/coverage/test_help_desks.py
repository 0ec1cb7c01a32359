"""Exports as the help desks write them, byte for byte: their names for things, and their quirks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kcs.coverage.tickets import open_tickets
from kcs.errors import FileProblem
from tests.coverage.exports import CONVERSATION, ZENDESK, opened, read


@pytest.mark.parametrize(
    "shape", ["lines", "list", "page", "pretty page", "page a line", "page of results", "one", "pretty one"]
)
def test_zendesk_json_in_every_arrangement(tmp_path: Path, shape: str) -> None:
    two = {**ZENDESK, "id": 35437}
    content = {
        "lines": f"{json.dumps(ZENDESK)}\n{json.dumps(two)}\n",
        "list": json.dumps([ZENDESK, two]),
        "page": json.dumps({"count": 2, "next_page": None, "tickets": [ZENDESK, two]}),
        "pretty page": json.dumps({"tickets": [ZENDESK, two], "count": 2, "users": [{"id": 7}]}, indent=2),
        "page a line": f"{json.dumps({'tickets': [ZENDESK]})}\n{json.dumps({'tickets': [two]})}\n",
        "page of results": json.dumps({"_pagination": {"next": None}, "_results": [ZENDESK, two]}),
        "one": json.dumps(ZENDESK),
        "pretty one": json.dumps(ZENDESK, indent=1),
    }[shape]
    found = read(tmp_path, content)
    assert [one.id for one in found] == (["ZD-35436"] if shape.endswith("one") else ["ZD-35436", "ZD-35437"])
    assert found[0].description == "The fire is very colourful." and found[0].channel == "email"
    assert found[0].tags == ("enterprise", "product:mail") and found[0].product == "mail"
    assert found[0].closed_at == datetime(2026, 7, 21, 8, tzinfo=UTC)


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


@pytest.mark.parametrize(
    "header",
    [
        "ID,Betreff,Anfragender,Angefragt,Beschreibung",
        "Id,Sujet,Demandeur,Créé le,Description",
        "ID du ticket,Objet,Demandeur,Date de création du ticket,Description",
        "ID,Asunto,Solicitante,Solicitado,Descripción",
        "ID,Assunto,Solicitante,Criado em,Descrição",
        "ID,Oggetto,Richiedente,Creato il,Descrizione",
        "ID,Onderwerp,Aanvrager,Aangevraagd,Beschrijving",
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


@pytest.mark.parametrize(
    "name",
    ["Geschlossen am", "Date de résolution", "Clôturé le", "Fecha de cierre", "Data de fechamento", "Chiuso il", "Gesloten op"],
)  # fmt: skip
def test_when_it_was_closed_in_the_language_of_who_exported(tmp_path: Path, name: str) -> None:
    (one,) = read(tmp_path, f"ID,Subject,{name}\r\n12,Hello,2026-01-02 10:11\r\n")
    assert one.closed_at == datetime(2026, 1, 2, 10, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "header", ["Erledigt,Abgeschlossen am", "Résolue,Date de clôture", "Resuelta,Fecha de cierre"]
)
def test_what_jira_calls_the_day_is_a_box_elsewhere(tmp_path: Path, header: str) -> None:
    (one,) = read(tmp_path, f"ID,Subject,{header}\r\n12,Hello,1,2026-01-02 10:11\r\n")
    assert one.closed_at == datetime(2026, 1, 2, 10, 11, tzinfo=UTC)


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
    "salesforce, with its boxes": (
        '"Case Number","Subject","Case Origin","Date/Time Opened","Open","Closed","Date/Time Closed","Contact Name"\n'
        '"1201","Mail loops","Email","3/4/2024, 10:02 AM","0","1","3/26/2024, 1:00 PM","Jo Doe"\n',
        "1201", ("Jo Doe",), None,
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


def test_signs_without_end_are_read_once(tmp_path: Path) -> None:
    """What looked for the end of each of them anew took minutes."""
    signs = ["[", "{code:", "[~", "[a|"]
    rows = [f"A-{at},No ink,{sign * 100_000},{'@' * 300_000}" for at, sign in enumerate(signs)]
    found = read(tmp_path, "\n".join(["Issue key,Summary,Description,Reporter", *rows, ""]))
    assert [one.id for one in found] == ["A-0", "A-1", "A-2", "A-3"]


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


def test_a_field_of_one_s_own_replaces_that_field_alone(tmp_path: Path) -> None:
    file = tmp_path / "tickets"
    more = {"title": "Map", "custom_attributes": {"Area": "atlas"}}
    file.write_text("\n".join(json.dumps(one) for one in (CONVERSATION, CONVERSATION | more | {"id": "148"})))
    tickets = open_tickets(file, {"product": ["custom_attributes.Area"], "subject": ["title"]})
    first, second = tickets
    assert (first.id, first.subject, first.description, first.product) == ("intercom-147", "", "Where?", "")
    assert (second.id, second.subject, second.description) == ("intercom-148", "Map", "Where?")
    assert second.product == "atlas" and second.closed_at == first.closed_at is not None
    assert tickets.system == "intercom" and tickets.count.unread == {}
    assert {one.name: one.field for one in tickets.columns if one.field} == {
        "title": "subject",
        "custom_attributes.Area": "product",
    }
    with pytest.raises(FileProblem, match="no column 'titel'") as told:
        open_tickets(file, {"subject": ["titel"]})
    assert "title" in (told.value.hint or "")
    file.write_text(json.dumps({"tickets": [ZENDESK | {"topic": "Fire"}]}))
    (one,) = open_tickets(file, {"subject": ["topic"]})
    assert (one.id, one.subject, one.description) == ("ZD-35436", "Fire", "The fire is very colourful.")


def test_a_mapped_date_is_read_by_the_order_that_the_dates_show(tmp_path: Path) -> None:
    file = tmp_path / "tickets"
    days = {"35436": "13/03/2026", "35437": "04/03/2026"}
    records = [ZENDESK | {"id": number, "custom_fields": {"opened": day}} for number, day in days.items()]
    file.write_text(json.dumps({"tickets": records}))
    tickets = open_tickets(file, {"created_at": ["custom_fields.opened"]})
    assert [str(one.created_at)[:10] for one in tickets] == ["2026-03-13", "2026-03-04"]
    assert tickets.count.unread == {}


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


@pytest.mark.parametrize(
    ("header", "created", "closed"),
    [
        ("Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Erstellt,Erledigt,Beschreibung", "12/Mär/26 10:02 PM", "15/Dez/26 0:00"),
        ("Résumé,Clé de ticket,ID de ticket,Création,Résolue,Description", "12/mars/26 10:02 PM", "15/déc./26 0:00"),
        ("Resumen,Clave de incidencia,ID de la incidencia,Creada,Resuelta,Descripción", "12/mar/26 10:02 PM", "15/dic/26 0:00"),
    ],
)  # fmt: skip
def test_jira_in_the_language_of_who_exported(tmp_path: Path, header: str, created: str, closed: str) -> None:
    tickets = opened(tmp_path, f"{header}\nLogin fails,SUP-3,3,{created},{closed},h3. Every day\n")
    (one,) = tickets
    assert (tickets.system, one.id, one.subject, one.description) == (
        "jira",
        "SUP-3",
        "Login fails",
        "Every day",
    )
    assert one.created_at == datetime(2026, 3, 12, 22, 2, tzinfo=UTC)
    assert one.closed_at == datetime(2026, 12, 15, tzinfo=UTC) and not tickets.count.unread


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


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0000-00-00 00:00:00", "9999-12-31", "-"]
)
@pytest.mark.parametrize("shape", ["rows", "thread"])
def test_a_day_that_stands_for_none_is_none(tmp_path: Path, written: str, shape: str) -> None:
    key = "closed" if shape == "rows" else "solved_at"
    more = {} if shape == "rows" else {"raw_subject": "a", "requester_id": 7, "description": "b"}
    tickets = opened(tmp_path, json.dumps([{"id": 1, "subject": "a", key: written, **more}]))
    (one,) = tickets
    assert (one.closed_at, tickets.count.unread) == (None, {}), tickets.system


@pytest.mark.parametrize("written", ["1900-01-01", "1753-01-01T00:00:00Z", "1970-01-01", "20240304100200"])
def test_a_year_without_help_desks_is_not_read(tmp_path: Path, written: str) -> None:
    tickets = opened(tmp_path, json.dumps([{"id": 1, "subject": "a", "created": written}]))
    (one,) = tickets
    assert (one.created_at, tickets.count.unread) == (None, {"created_at": 1})


@pytest.mark.parametrize(
    ("column", "written", "spent"),
    [
        ("Time spent (sec)", "1,500", 25), ("Handle minutes", "1,500", 1500), ("Handle minutes", "1,500.5", 1500.5), ("Handle minutes", "1,5", 1.5),
        ("Handle minutes", "1.500,5", 1500.5), ("Handle minutes", "1.234.567,5", 1_234_567.5), ("Time spent (sec)", "1.500,0", 25),
        ("Handle minutes", "1,25", 1.25), ("Handle minutes", "0,125", 0.125), ("Handling time (hours)", "1,500", 90), ("Handle minutes", "1,234,567", 1_234_567),
    ],
)  # fmt: skip
def test_a_comma_before_three_digits_parts_thousands(
    tmp_path: Path, column: str, written: str, spent: float
) -> None:
    (one,) = read(tmp_path, f'id,subject,{column}\n1,a,"{written}"\n')
    assert one.handle_minutes == pytest.approx(spent)


@pytest.mark.parametrize(
    ("column", "written", "spent"),
    [
        ("Handling time (h)", "1.5", 90), ("Time Spent (h)", "2", 120), ("Bearbeitungszeit (Std.)", "1,5", 90), ("Temps passé (heures)", "1", 60),
        ("Handling time (ชั่วโมง)", "2", 120), ("Bearbeitungszeit in Sekunden", "90", 1.5), ("Bearbeitungszeit (Minuten)", "7", 7),
        ("Handling time (h)", "1:30", 90),
    ],
)  # fmt: skip
def test_a_span_is_in_the_unit_that_its_column_names(
    tmp_path: Path, column: str, written: str, spent: float
) -> None:
    table = f'id,subject,{column}\n1,a,"{written}"\n'
    mapped = table.replace(
        column, column.replace("Bearbeitungszeit", "Aufwand").replace("Handling time", "Effort")
    )
    (one,) = read(tmp_path, table)
    file = tmp_path / "mapped.csv"
    file.write_text(mapped, "utf-8")
    (other,) = open_tickets(file, {"handle_minutes": [mapped.splitlines()[0].split(",")[2]]})
    assert one.handle_minutes == other.handle_minutes == pytest.approx(spent)


@pytest.mark.parametrize(("written", "spent"), [("1:30", 90), ("0:05:30", 5.5), ("90", 90)])
def test_a_column_that_says_how_a_span_is_written_names_no_unit(
    tmp_path: Path, written: str, spent: float
) -> None:
    file = tmp_path / "mapped.csv"
    for column in ("Effort (h:mm)", "Effort (h m s)"):
        file.write_text(f"id,subject,{column}\n1,a,{written}\n", "utf-8")
        (one,) = open_tickets(file, {"handle_minutes": [column]})
        assert one.handle_minutes == pytest.approx(spent)


def test_servicenow_s_kept_moments_come_before_how_they_are_shown(tmp_path: Path) -> None:
    opened_at = {"display_value": "04/03/2024 05:02:00 PM", "value": "2024-03-04 10:02:00"}
    (one,) = read(
        tmp_path,
        json.dumps({"result": [{"number": "INC1", "short_description": "a", "opened_at": opened_at}]}),
    )
    assert one.created_at == WHEN[0]


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("(UTC)", 0), ("(GMT)", 0), ("(America/New_York)", -4), ("(America/Argentina/Buenos_Aires)", -3), ("(UTC+07:00)", 7),
        ("(GMT-0330)", -3.5), ("(Nowhere/Atlantis)", 9), ("", 9),
    ],
)  # fmt: skip
def test_a_moment_is_in_the_zone_that_its_column_names_else_in_the_base_s(
    tmp_path: Path, zone: str, hours: float
) -> None:
    header = f"Conversation ID,Conversation started at {zone},Conversation closed at {zone},First message\n"
    row = "2000,2026-10-01 10:00:00,2026-10-01T12:00:00Z,The board is not found\n"
    (one,) = read(tmp_path, header + row, zone=timezone(timedelta(hours=9)))
    assert one.created_at == datetime(2026, 10, 1, 10, tzinfo=timezone(timedelta(hours=hours)))
    assert one.closed_at == datetime(2026, 10, 1, 12, tzinfo=UTC) and one.id == "intercom-2000"


def test_jira_s_marks_of_headings_are_no_words(tmp_path: Path) -> None:
    text = "h3. What happens\nIt stops at h2.5 volts\n bq. quoted\nh9. stays"
    (one,) = read(tmp_path, f'Issue key,Summary,Description\nSUP-1,h1. Board,"{text}"\n')
    assert one.description == "What happens\nIt stops at h2.5 volts\nquoted\nh9. stays"
