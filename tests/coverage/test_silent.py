"""Tickets that ask nothing are counted and said; whoever asks about such mails is judged like anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs.coverage.asked import asked
from kcs.coverage.silent import KINDS, silent_as
from kcs.coverage.tickets import Ticket
from tests.conftest import Base, Run

AWAY = "I am out of the office until Monday."


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("Automatic reply: Outlook", AWAY, "automatic reply"),
        ("Out of Office AutoReply: Paper", "Hello,\n\nUnfortunately I'll be on annual leave until Monday.\n\nRegards\nJo", "automatic reply"),
        ("Abwesenheitsnotiz: Ihre Anfrage", "Ich bin bis zum 9. November nicht im Büro.", "automatic reply"),
        ("Réponse automatique : Votre demande", "Bonjour,\n\nJe suis absente du bureau.", "automatic reply"),
        ("ตอบกลับอัตโนมัติ: รหัสผ่าน", "ขณะนี้ผมลาพักร้อน", "automatic reply"),
        ("Trả lời tự động: Mật khẩu", "Tôi đang nghỉ phép đến ngày 9.", "automatic reply"),
        ("رد تلقائي: كلمة المرور", "أنا خارج المكتب حتى الاثنين", "automatic reply"),
        ("Automatic reply: why does it not work", f"{AWAY} Why is nothing sent?", ""),
        ("Automatic reply", "When I am out of the office nobody gets it.", ""),
        ("Automatic reply for guests", AWAY, ""),
        ("Out of office", "I will be on vacation from Monday. Please set up an automatic reply for my mailbox.", ""),
        ("Abwesenheitsnotiz", "Ich bin ab Montag im Urlaub. Bitte richten Sie mir eine ein.", ""),
        ("Automatic reply: Outlook", "", ""),
        ("Undelivered Mail Returned to Sender", "This is the mail system at host mx1.acme.example.", "returned mail"),
        ("Unzustellbar: Rechnung", "Ihre Nachricht an jo@acme.example konnte nicht zugestellt werden.", "returned mail"),
        ("Delivery Status Notification (Failure)", "** Address not found **\n\nYour message wasn't delivered to jo@acme.example", "returned mail"),
        ("Undelivered Mail Returned to Sender", "My mails to guests come back.", ""),
        ("Fwd: Undelivered Mail Returned to Sender", "This is the mail system at host mx1.acme.example.", ""),
        ("Delivery failure", "The following message comes back when I write to a guest: 550 relay denied.", ""),
        ("Delivery failure", "Message not delivered when I write to a guest.", ""),
        ("Failure notice", "Your message could not be delivered: what does it mean?", ""),
        ("Re: How did we do?", "Very good!", "survey answer"),
        ("Ticket 5", "Bad, I'm unsatisfied", "survey answer"),
        ("Satisfaction survey", "please turn it off", ""),
        ("Re: Satisfaction survey", "Can it be turned off?", ""),
        ("Test", "this is a test, please ignore", "test"),
        ("ทดสอบ", "", "test"),
        ("Test", "the test mail is not sent", ""),
        ("Calendar", "This request was closed and merged into request #98765.", "merged ticket"),
        ("Calendar", "This ticket was merged with the wrong one, please split it", ""),
        ("Merged calendars", "Rooms vanish in them.", ""),
    ],
)  # fmt: skip
def test_two_signs_tell_what_asks_nothing(subject: str, text: str, kind: str) -> None:
    ticket = Ticket("1", subject=subject, description=text)
    assert silent_as(ticket, asked(ticket)) == kind


def test_what_asks_nothing_is_counted_and_no_gap(quick: Run, native: Base, tmp_path: Path) -> None:
    rows = [
        *(f"{number};Automatic reply: Paper;{AWAY};;" for number in range(1, 6)),
        "6;Hello;Mail is full;MAILER-DAEMON@acme.example;",
        "7;Paper;It jams;;",
        "8;Automatic reply: Paper;I am away;;kb-7f3q9xk2",
        "9;Merged;It jams;;",
    ]
    export = tmp_path / "t.csv"
    export.write_text("\n".join(("id;subject;description;requester;linked_articles", *rows)))
    ran = quick("gaps", "--kb", str(native.root), "--tickets", str(export))
    said = "6 tickets ask nothing: 5 automatic replies (ZD-1, ZD-2, ZD-3, …), 1 returned mail (ZD-6)\n"
    assert said in ran.err and "3 tickets: 1 known" in ran.err
    assert "Automatic" not in ran.out and set(KINDS) >= {"automatic reply", "returned mail"}
    data = quick("gaps", "--kb", str(native.root), "--tickets", str(export), "--format", "json").json
    assert data["tickets"]["judged"] == 3
    assert data["tickets"]["silent"][0] == {
        "kind": "automatic reply",
        "count": 5,
        "examples": ["ZD-1", "ZD-2", "ZD-3"],
    }
