"""What an article takes from each shape of ticket: the requestor's words, whole, and nobody's data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.authoring.intake import NAMES_NOT_PROMISED, Intake, Source, read_intake
from kcs.authoring.intake.chat_text import read_chat
from kcs.authoring.intake.html_text import html_to_text

TICKETS = Path(__file__).resolve().parents[2] / "examples" / "tickets"
SAMPLES = sorted(path for path in TICKETS.iterdir() if path.suffix in (".json", ".eml", ".txt"))
# Whom the samples name, in any of their fields or signatures.
PEOPLE = (
    "Whitfield", "Dana", "Kevin", "สุดารัตน์", "แก้วใส", "Nguyễn", "Lan", "Minh", "أحمد", "سالم", "نورة", "Aldridge",
    "Margaret", "O'Neill", "فاطمة", "العلي", "กมลชนก", "Joan", "@", "Dental#2024", "Lan@1995", "4532", "0912", "07911",
    "081-234", "๐๘๙", "٠٥٠", "٠٥٥", "415 867",
)  # fmt: skip
AGENTS = ("Credential Manager", "known problem", "ลองกดซิงก์", "đã hoàn tiền", "جرب", "rolled", "Thank you for your patience")  # fmt: skip


def sample(name: str) -> Intake:
    return read_intake((TICKETS / name).read_bytes(), name)


def kinds(intake: Intake) -> set[str]:
    return {one.kind for one in intake.left_out}


def mail(body: str, subject: str = "Broken") -> Intake:
    head = f"From: Jane Doe <jane@corp.com>\nTo: help@acme.example\nSubject: {subject}\n"
    return read_intake(f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}".encode())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_keeps_the_issue_and_nobody_and_no_answer(path: Path) -> None:
    intake = sample(path.name)
    assert intake.title
    assert len(intake.issue_text) > 60
    assert intake.language == path.stem[-2:]
    for word in (*PEOPLE, *AGENTS):
        assert word not in intake.issue_text + intake.title, word
        assert not any(word in one.shown for one in intake.left_out if len(word) > 1)


def test_there_are_samples_of_every_shape_and_language() -> None:
    assert len(SAMPLES) >= 10
    assert {sample(one.name).channel for one in SAMPLES} == {"ticket", "conversation", "chat", "mail", "text"}


def test_a_sender_as_exchange_names_her() -> None:
    head = "From: \"'Doe, Jane (IT)'\" <jane.doe@corp.com>\nTo: help@acme.example\nSubject: JANE DOE locked out\n\n"
    intake = read_intake(
        f"{head}The profile C:\\Users\\jane.doe is locked, says jane doe, and Jane.".encode()
    )
    assert intake.title == "[name] locked out"
    assert intake.issue_text == "The profile C:\\Users\\[name] is locked, says [name], and [name]."


def test_a_zendesk_ticket_with_comments() -> None:
    intake = sample("zendesk-9912-en.json")
    assert intake.title == "Outlook 2013 keeps asking for the password"
    assert (intake.ticket_id, intake.product_hint) == ("ZD-9912", "mail")
    assert intake.sources == (Source("zd-9912", "ticket:ZD-9912", "2026-11-19"),)
    assert intake.issue_text.startswith("Since Monday Outlook 2013 asks")
    assert "It only happens when the laptop was asleep." in intake.issue_text
    assert "Outlook 15.0.5589" in intake.environment_hint
    assert kinds(intake) == {
        "agent reply", "internal note", "greeting", "signature", "quoted history", "secret", "name", "attachment",
    }  # fmt: skip
    assert "large plan" not in intake.issue_text


def test_a_first_comment_that_is_an_answer_does_not_push_out_the_question() -> None:
    answer = {"body": "Please set the port to 587."}
    told = {
        "id": 7,
        "subject": "No mail leaves",
        "description": "My telephone sends no mail since the update.",
    }
    raw = json.dumps({"ticket": {**told, "comments": [answer]}}).encode()
    intake = read_intake(raw)
    assert "since the update" in intake.issue_text and "587" not in intake.issue_text
    again = {"html_body": "<p>My telephone sends no mail<br>since the update.</p>"}
    raw = json.dumps({"ticket": {**told, "comments": [again, answer]}}).encode()
    assert read_intake(raw).issue_text.count("since the") == 1


def test_an_answer_that_is_only_personal_is_no_part_of_the_issue() -> None:
    assert sample("chat-th.txt").issue_text.split("\n\n")[1].startswith("กดแล้วครับ")


def test_a_mail_is_named_by_a_digest_and_not_by_its_address() -> None:
    (source,) = sample("mail-vi.eml").sources
    assert source.last_modified == "2026-11-20"
    assert source.resource == f"mail:{source.id.removeprefix('mail-')}"
    assert "spahoasen" not in str(source)


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Fwd: RE: [#9912] No sound", "No sound"),
        ("[EXTERNAL] AW: [Ticket ZD-12345] No sound #4471", "No sound"),
        ("ตอบกลับ: ส่งต่อ: เข้าไม่ได้", "เข้าไม่ได้"),
        ("Trả lời: Chuyển tiếp: Không vào được", "Không vào được"),
        ("رد: إعادة توجيه: لا أستطيع الدخول", "لا أستطيع الدخول"),
        ("TR: RV: ANTW: No sound", "No sound"),
        ("Refund for jane@corp.com", "Refund for [email]"),
        ("Return [x] stays", "Return [x] stays"),
        ("", "The screen stays black"),
        ("?? ...", "The screen stays black"),
    ],
)
def test_a_title_is_the_subject_without_what_mail_programs_add(subject: str, title: str) -> None:
    assert mail("The screen stays black. Nothing helps.", subject).title == title


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, 3 Mar 2026 at 10:02 AM, Kim Pham <kim@acme.example> wrote:",
        "On Mon, 3 Mar 2026 at 10:02 AM, Kim Pham\n<kim@acme.example> wrote:",
        "เมื่อ จ. 3 มี.ค. 2026 เวลา 10:02 Kim Pham <kim@acme.example> เขียนว่า:",
        "Vào Th 2, 3 thg 3, 2026 vào lúc 10:02 Kim Pham <kim@acme.example> đã viết:",
        "كتب Kim Pham <kim@acme.example> في ٣ مارس ٢٠٢٦، ١٠:٠٢ ص:",
        "في الاثنين، ٣ مارس ٢٠٢٦ في ١٠:٠٢ كتب Kim Pham <kim@acme.example>:",
        "-----Original Message-----",
        "----- ข้อความต้นฉบับ -----",
        "-----Tin nhắn gốc-----",
        "-----الرسالة الأصلية-----",
        "From: Kim Pham\nSent: Monday, March 3, 2026 10:02 AM\nTo: Jane\nSubject: RE: Broken",
        "จาก: Kim Pham\nส่งเมื่อ: 3 มีนาคม 2026\nถึง: Jane\nเรื่อง: RE: Broken",
        "Từ: Kim Pham\nĐã gửi: 3 tháng 3\nTới: Jane\nChủ đề: RE: Broken",
        "من: Kim Pham\nتم الإرسال: ٣ مارس\nإلى: Jane\nالموضوع: RE: Broken",
        "في الاثنين، 3 مارس 2026 في 10:02 ص تمت كتابة ما يلي بواسطة \u200fKim Pham\u200f <\u200ekim@acme.example\u200f>:",
        "Am Mo., 3. März 2026 um 10:02 Uhr schrieb Kim Pham <kim@acme.example>:",
        "Am 03.03.26 um 10:02 schrieb Kim Pham:",
        "Kim Pham <kim@acme.example> schrieb am Mo., 3. März 2026, 10:02:",
        "Le lun. 3 mars 2026 à 10:02, Kim Pham\n<kim@acme.example> a écrit :",
        "Le 03/03/2026 à 10:02, Kim Pham a écrit :",
        "Le 3 mars 2026 à 10 h 02, Kim Pham a écrit :",
        "Am 03.03.26 um 10.02 schrieb Kim Pham:",
        "вторник, 3 марта 2026 г. 10:02:33 MSK, Kim Pham <kim@acme.example> написал(а):",
        "Den tisdag 3 mars 2026 10:02:33 CET, Kim Pham <kim@acme.example> skrev:",
        "---------- Forwarded message ---------\nFrom: Kim Pham <kim@acme.example>\nSubject: Broken\n\nMessage: see below.",
        "From: Kim Pham\nSubject: Broken\nDate: 3 March 2026 at 10:02:33\nTo: Jane\n\nMessage: see below.",
        "El lun, 3 mar 2026 a las 10:02, Kim Pham (<kim@acme.example>) escribió:",
        "Em 03/03/2026 10:02, Kim Pham escreveu:",
        "2026-03-03 10:02 GMT+02:00 Kim Pham <kim@acme.example>:",
        "2026年3月3日(火) 10:02 Kim Pham <kim@acme.example>:",
        "-----Ursprüngliche Nachricht-----",
        "-----Message d'origine-----",
        "---------- Mensaje reenviado ---------",
        "Von: Kim Pham\nGesendet: Montag, 3. März 2026 10:02\nAn: Jane\nBetreff: AW: Broken",
        "De : Kim Pham\nEnvoyé : lundi 3 mars 2026\nÀ : Jane\nObjet : RE: Broken",
        "De: Kim Pham\nEnviada em: segunda-feira\nPara: Jane\nAssunto: RES: Broken",
    ],
)
def test_quoted_history_goes_whichever_program_says_whose_it_is(attribution: str) -> None:
    intake = mail(f"The screen stays black.\n\n{attribution}\n\nTry another cable, says Kim Pham.\n")
    assert intake.issue_text == "The screen stays black."
    assert "quoted history" in kinds(intake)
    if "Kim" in attribution:
        told = mail(f"Kim Pham saw a black screen.\n\n{attribution}\n\nTry another cable.\n")
        assert told.issue_text == "[name] saw a black screen."


def test_an_answer_below_or_between_the_quotes_is_kept() -> None:
    body = "On Mon, Kim Pham <kim@acme.example> wrote:\n> which cable?\n\nThe blue one.\n\n> and the lamp?\n\nIt is red."
    assert mail(body).issue_text == "The blue one.\n\nIt is red."
    for wrote in (
        "Kim Pham wrote",
        "Kim Pham schrieb",
        "Le 3 mars 2026, Kim Pham a écrit",
        "Am 3.3.26 um 10:02 hat Kim Pham geschrieben",
    ):
        assert (
            mail(f"{wrote}:\n> which cable?\n\nThe blue one, Kim Pham.").issue_text == "The blue one, [name]."
        )
    assert (
        mail("When I press Save it wrote:\n> error\n\nWhy?").issue_text
        == "When I press Save it wrote:\n\nWhy?"
    )


def test_a_forwarded_mail_is_its_forwarded_words() -> None:
    italian = "Da: Ann Lee\nInviato: lunedì 3 marzo 2026\nA: Bob Roe\nCc: Kim Pham\nOggetto: x\n\nNo sound."
    assert mail(italian).issue_text == "No sound."
    body = "---------- Forwarded message ---------\nFrom: Ann Lee <ann@corp.com>\nDate: Mon\nSubject: x\nTo: Jane\n\nAnn Lee sees a black screen.\n"
    assert mail(body).issue_text == "[name] sees a black screen."


def test_ordinary_words_are_no_attribution_and_no_closing() -> None:
    body = "On the screen it says what we wrote:\nhello\n\nThanks to the update it is slow.\n\nFrom: the menu I choose Print."
    assert mail(body).issue_text == body
    journey = "No seat is shown:\nFrom: Paris\nTo: London\nDate: 3 May\n\nWhy?"
    assert mail(journey).issue_text == journey


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        *((f"{greeting}\nno sound", "No sound") for greeting in (
            "Hi all", "Hello Mr. Smith,", "Dear Mr. van den Berg,", "Hallo Frau von der Heide,", "Estimado Juan de la Cruz", "Olá boa tarde,", "hi jane doe,", "Dear Sir or Madam -", "Good morning dear Support Team!", "Hallo zusammen", "Guten Tag,",
            "Sehr geehrte Damen und Herren,", "Bonjour Madame,", "Salut à tous", "Hola equipo:", "Estimado equipo de soporte:", "Estimados señores", "Hola equipo de Acme", "Hola a todos y todas", "Chào anh/chị", "Olá,", "Bom dia",
            "สวัสดีครับ", "เรียน คุณกมล ใจดี", "Chào anh chị", "Kính gửi bộ phận hỗ trợ,", "السلام عليكم ورحمة الله وبركاته")),
        ("สวัสดีครับ เข้าไม่ได้\nช่วยด้วย", "เข้าไม่ได้\nช่วยด้วย"), ("เรียน ฝ่ายไอที พิมพ์ไม่ออก\nช่วยด้วย", "พิมพ์ไม่ออก\nช่วยด้วย"),
        ("Contact form\nFrom: Kim Pham\nDate: 3.5.2026\nSubject: Sound\nMessage: No sound.", "Contact form\nNo sound."),
        ("No sound.\nFrom: Website\nSent: Monday\nTo: Desk\nSubject: Form\n\nMessage: It hums.", "No sound."),
        ("Backup:\n2026-05-03 10:02:11 WARN mail to <a@acme.example> failed:\nno", "Backup:\n2026-05-03 10:02:11 WARN mail to <[email]> failed:\nno"),
        *((text, text) for text in (
            "Hi printer not working\nI restarted it.", "Hi printer broken.", "Hi-res pictures are blurred", "Hello world app crashes.", "Hallo das Fenster bleibt leer.", "Hallo Drucker defekt, bitte um Hilfe", "Hallo der Drucker\nist stumm", "Hola Correo de Outlook\nno abre", "Hola internet lento, ayuda",
            "เรียนออนไลน์ไม่ได้\nช่วยด้วย", "สวัสดีคุณกมลเข้าไม่ได้ค่ะ\nช่วยด้วย", "Chào shop em không vào được.\nGiúp em", "Thanks\nError 500\nand no page",
            "Estimados no puedo entrar.\nError 500", "Prezados VPN não conecta, erro 809\nAjuda", "Chère équipe imprimante en panne\nErreur 5",
            "Kính gửi em không vào được.\nGiúp em", "عزيزي فريق الدعم نسيت كلمة المرور\nساعدوني",
            "Enviado desde mi correo, no llega.", "El correo vuelve.\nEnvoyé depuis Outlook il revient avec 550",
            "Am 12.3. habe ich schon geschrieben:\nEs druckt nicht.", "El 5 de mayo el sistema escribió:\nError 500",
            "Sale esto.\nEste mensaje aparece en el documento confidencial:\nNo tiene permiso",
            "Backup failed:\n2026-05-03 10:02:11 Cannot tell:\nrefused",
            "_____\nNo sound", "This message is confidential:\nwhy does it say so?",
            "Does it work with\nSamsung\nLG\nSony\nand others?", "Which works?\nATT\nVerizon\nSprint", "It works with:\nSamsung,\nLG,\nSony", "These fail.\n\nLG\nSony\nSamsung")),
    ],
)  # fmt: skip
def test_a_greeting_takes_nothing_of_what_is_asked(text: str, issue: str) -> None:
    assert mail(text).issue_text.replace("\\", "") == issue


def test_what_is_added_below_a_signature_is_kept() -> None:
    said = mail("No sound.\n\nMerci\nKim Pham\n\nPS: error 50.2\nsince Monday\n\nAcme").issue_text
    assert said == "No sound.\n\nPS: error 50.2\nsince Monday"
    assert mail("No sound.\n\nThanks\nP. S. Kumar\nSales").issue_text == "No sound."


def test_a_closing_is_nobody_s_name() -> None:
    assert mail("My LG is black.\n\nLG\nKim Pham\n\nSent from my iPhone").issue_text == "My LG is black."


@pytest.mark.parametrize(
    "end",
    [
        "Mit freundlichen Grüßen\nKim Pham", "Viele Grüße,\nKim Pham", "MfG\nKim Pham", "LG\nKim Pham", "Att,\nKim Pham", "VG\nKim Pham\nAcme GmbH\nTel. 030 1234567", "Att.,\nKim Pham\nAnalista de TI", "Vielen Dank im Voraus!\nKim Pham", "Bien cordialement,\nKim Pham",
        "Merci d'avance\nKim Pham", "Un saludo,\nKim Pham", "Muchas gracias\nKim Pham", "Atenciosamente,\nKim Pham", "Obrigada!\nKim Pham",
        "ขอบพระคุณมากค่ะ\nKim Pham", "مع تحياتي\nKim Pham", "Von meinem iPhone gesendet", "Enviado desde mi iPhone", "Envoyé depuis l'application Mail Orange", "Gesendet von meinem HUAWEI P30 lite",
    ],
)  # fmt: skip
def test_a_signature_goes_in_whatever_language_it_is(end: str) -> None:
    said = f"{'Kim Pham' if 'Kim' in end else 'Jane'} hears no sound."
    assert mail(f"{said}\n\n{end}").issue_text == "[name] hears no sound."


@pytest.mark.parametrize(
    "line",
    ["# Big", "---", "===", "```", "~~~", "> quote", "***", "<!-- internal -->", "<script>alert(1)</script>", "* * *", "+++"],
)  # fmt: skip
def test_markdown_of_a_requestor_makes_no_structure(line: str) -> None:
    from markdown_it import MarkdownIt

    issue = read_intake(f"It shows\n{line}\nand stops here".encode()).issue_text
    types = {token.type for token in MarkdownIt("commonmark").parse(issue)}
    assert types <= {"paragraph_open", "inline", "paragraph_close"}, issue
    inline = [child.type for token in MarkdownIt("commonmark").parse(issue) for child in token.children or ()]
    assert "html_inline" not in inline


def test_a_link_that_hides_where_it_goes_shows_it() -> None:
    issue = read_intake(b"Click [here](javascript:alert(1)) and\n\n[a]: http://evil.example/x").issue_text
    assert issue == "Click [here\\](javascript:alert(1)) and\n\n\\[a]: http://evil.example/x"


def test_an_internal_block_or_front_matter_cannot_be_smuggled_in() -> None:
    from kcs.article.internal import internal_blocks

    issue = read_intake(b"---\ntitle: x\n---\nbroken <!-- internal --> secretly").issue_text
    assert internal_blocks(issue) == []
    assert issue.startswith("\\---")


def test_a_long_thread_is_cut_with_a_mark() -> None:
    intake = read_intake(("The lamp is red and the fan is loud. " * 200).encode())
    assert 1_500 < len(intake.issue_text) <= 2_010
    assert intake.issue_text.endswith("[…]")
    assert "length" in kinds(intake)


def test_a_slack_export_with_and_without_an_envelope() -> None:
    messages: list[dict[str, Any]] = json.loads((TICKETS / "slack-thread-en.json").read_text("utf-8"))
    wrapped = read_intake(json.dumps({"messages": messages, "channel": "C1"}).encode())
    assert wrapped.issue_text == sample("slack-thread-en.json").issue_text
    assert wrapped.sources[0].resource == "slack:C1/1763720000.000100"


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("=?utf-8?q?M=C3=BCller=2C_Eva?= <e@corp.com>", "Müller and Eva"),
        ("Müller, Eva <e@corp.com>", "EVA MÜLLER and Müller"),
        ("'Müller, Eva' <e@corp.com>", "Eva Müller and Eva"),
        ("=?utf-8?q?M=C3=BCller=2C?=\n =?utf-8?q?_Eva?= <e@corp.com>", "Müller and Eva"),
        ("=?utf-8?q?Eva_M=C3=BCller_<e@corp.com>?=", "Eva and e@corp.com"),
        ("x@corp.com, =?utf-8?b?TcO8bGxlciwgRXZh?= <e@corp.com>", "Eva and x@corp.com"),
    ],
)
def test_a_comma_in_a_sender_s_name_parts_nobody(sender: str, text: str) -> None:
    head = f"From: {sender}\nTo: printer, eva@acme.example\nSubject: x\nContent-Type: text/plain; charset=utf-8\n"
    found = read_intake(f"{head}\nThe printer of {text} is hot.".encode()).issue_text
    assert re.fullmatch(r"The printer of \[name\] and \[(name|email)\] is hot\.", found), found


def test_a_sender_of_brackets_alone_is_known_by_the_address() -> None:
    text = f"From: {'(' * 3000} <jane@corp.com>\nTo: printer\nSubject: x\n\nThe printer is hot, says jane@corp.com."
    assert read_intake(text.encode()).issue_text == "The printer is hot, says [email]."


def test_a_mailbox_of_the_house_takes_no_product_out() -> None:
    to = "Outlook Support <support@acme.example>, VPN Team <vpn@acme.example>, Anna Team <anna.team@corp.com>, ฝ่ายไอที <it@acme.example>"
    cc = "Hỗ trợ Zalo <zalo@acme.example>, فريق تيمز <teams@acme.example>, Ito Kim (Support) <ito@corp.com>"
    words = "Outlook and VPN fail, say Anna and Kim. I asked Support. ไอที Zalo تيمز"
    head = f"From: Jane Doe <jane@corp.com>\nTo: {to}\nCc: {cc}\nSubject: Outlook fails\n"
    intake = read_intake(f"{head}Content-Type: text/plain; charset=utf-8\n\n{words}".encode())
    assert intake.title == "Outlook fails"
    assert intake.issue_text == "Outlook and VPN fail, say [name] and [name]. I asked Support. ไอที Zalo تيمز"
    quoted = "On Mon, 3 Mar 2026 at 10:02 AM, {} wrote:\n> Try again."
    assert (
        mail(f"Outlook fails.\n\n{quoted.format('Outlook Support <support@acme.example>')}").issue_text
        == "Outlook fails."
    )
    for whose in ("kim", "kito", "kim.ito"):
        her = quoted.format(f"Kim Ito Support <{whose}@acme.example>")
        assert mail(f"Kim Ito of Support says no.\n\n{her}").issue_text == "[name] of Support says no."
    desk = {"name": "Outlook Support", "email": "help@acme.example"}
    jane = {"name": "Jane Doe", "email": "jane@corp.com"}
    ticket = {
        "id": 5,
        "subject": "Outlook fails",
        "description": "Outlook fails, says Jane.",
        "requester": jane,
        "assignee": desk,
    }
    source = {"type": "conversation", "author": jane | {"type": "user"}, "body": "Outlook fails, says Jane."}
    parts = [{"part_type": "comment", "author": desk | {"type": "admin"}, "body": "Try again."}]
    for one in (
        {"ticket": ticket},
        {"type": "conversation", "id": "5", "source": source, "conversation_parts": parts},
    ):
        assert of(one).issue_text == "Outlook fails, says [name]."


def of(value: object) -> Intake:
    return read_intake(json.dumps(value).encode(), "x.json")


def test_who_joined_a_thread_said_nothing() -> None:
    said = [{"ts": "1.0", "user": "U1", "text": "It broke."}, {"ts": "2.0", "user": "U1", "subtype": "channel_join", "text": "has joined"}]  # fmt: skip
    assert of(said).issue_text == "It broke."


def test_thanks_are_no_part_of_an_issue_and_every_customer_is_one() -> None:
    chat = "Customer: It broke.\nAgent: Try again.\nClient: It broke for me too.\nCustomer: ok, thanks\n"
    assert read_intake(chat.encode()).issue_text == "It broke.\n\nIt broke for me too."


@pytest.mark.parametrize(
    "chat",
    [
        "\u200e[12/05/2026, 10:02:11\u202fAM] Acme: \u200eMessages are encrypted.\n[12/05/2026, 10:02:12\u202fAM] Jane Doe: It broke, says Jane\n"
        "[12/05/2026, 10:03:11\u202fAM] Tom: Why?\n",
        "12.05.26, 10:01 - Messages are encrypted.\n12.05.26, 10:02 - Jane Doe: It broke, says Jane\n12.05.26, 10:03 - Tom: Why?\n",
        "[LINE] Chat history with Jane Doe\nSaved on: 2026/05/12 10:00\n\n2026/05/12(Tue)\n10:02\tJane Doe\tIt broke, says Jane\n10:03\tTom\tWhy?\n",
        "[10:02 AM] Jane Doe\n    It broke, says Jane\n[10:03 AM] Tom\n    Why?\n",
        "[10:02] Jane Doe: It broke, says Jane\n[10:03] Tom: Why?\n[10:04] ERROR: 5\n",
        "[10:02] Jane Doe: It broke, says Jane\n[10:03] Info Desk: Why?\n",
    ],
    ids=["WhatsApp", "WhatsApp on Android", "LINE", "Teams", "a log in it", "a desk"],
)
def test_chats_as_programs_export_and_copy_them(chat: str) -> None:
    intake = read_intake(chat.encode())
    assert (intake.channel, intake.issue_text) == ("chat", "It broke, says [name]")


@pytest.mark.parametrize(
    "log",
    [
        "[10:02:11] INFO: It starts\n[10:02:12] ERROR: It broke", "12/05/2026, 10:02:11 Error: It broke\n12/05/2026, 10:02:12 Warning: full",
        "[10:02] Error in main: It broke\n[10:03] WARN Main: It broke", "[10:02:12] Starting 'default'...\n[10:02:13] Finished 'default' after 1 s", "[10:02] Starting\n[10:03] Connection refused\n at line 5\n[10:04] Ended",
        "[10:02] I open it.\n It breaks\n[10:03] I open it again.\n It breaks", "[10:02] First\n a\n[10:03] Second\n b\n[10:04] C:\\x is gone",
        "[10:02:12] Exception in a\n at line 5\n[10:02:13] Exception in b\n at line 6",
        "10:02:11 INFO Starting\n10:02:12 sshd: It broke\n10:02:13 cron: It broke too", "10:02 I opened it\n10:05 Result: it fails\n10:07 Second try: the same",
        "10:02:11\tsshd\tIt broke\n10:02:12\tpam\tIt broke too\n10:02:13\tsshd\tIt ended",
    ],
)  # fmt: skip
def test_a_log_is_no_chat(log: str) -> None:
    assert read_intake(log.encode()).issue_text == log


def test_a_mail_of_html_alone_brings_its_words_and_no_invitation() -> None:
    html = "<p>Look:</p><blockquote>It works.</blockquote><p>It broke again.</p><table><tr><td>a</td><td>1</td></tr><tr><td>b</td></tr></table>"
    parts = f"--B\nContent-Type: text/html\n\n{html}\n--B\nContent-Type: text/calendar\n\nORGANIZER;CN=Tom Ito:x\n--B--\n"
    head = 'From: Jane Doe <jane@corp.com>\nTo: printer\nSubject: The printer\nContent-Type: multipart/alternative; boundary="B"\n\n'
    intake = read_intake(f"{head}{parts}".encode())
    assert (intake.title, intake.issue_text) == ("The printer", "Look:\n\nIt broke again.\n\na 1\nb")


def test_the_device_below_a_name_is_no_name() -> None:
    body = "My iPhone is hot.\n\nThanks,\nKim Ito\nSent from my iPhone\nOffice 5"
    assert mail(body).issue_text == "My iPhone is hot."


def test_a_ticket_whose_export_lost_most_keys() -> None:
    broke = {"body": "It broke.", "author": {"role": "end-user"}}
    assert of({"ticket": {"id": 5, "subject": "S", "comments": [broke]}}).issue_text == "It broke."
    assert (
        of({"subject": "S", "description": "It broke.", "source": {"body": "no"}}).issue_text == "It broke."
    )
    blank = {**broke, "body": " "}
    assert of({"subject": "S", "description": "It broke.", "comments": [blank]}).issue_text == "It broke."


def test_a_conversation_whose_export_lost_who_is_who() -> None:
    user, nobody = {"id": 7, "type": "user"}, {"body": "It broke."}
    more = [{"body": "Still.", "author": {"id": 7}}, {"body": "Try again.", "author": {"id": 8}}]
    conversation: dict[str, Any] = {"source": {**nobody, "author": user}, "conversation_parts": more}
    assert of(conversation).issue_text == "It broke.\n\nStill."
    conversation["source"]["author"] = {"id": 7, "type": "admin"}
    assert (
        of(
            {**conversation, "conversation_parts": [{**more[1], "author": {"type": "user"}}, more[0]]}
        ).issue_text
        == "Try again."
    )
    assert of({**conversation, "source": nobody}).issue_text == "It broke."


def test_the_shape_is_told_by_content_and_not_by_name() -> None:
    raw = (TICKETS / "zendesk-9912-en.json").read_bytes()
    assert read_intake(raw, "thread.txt") == read_intake(raw, "x.json")


def test_the_command_has_a_sentence_on_names() -> None:
    assert "not looked for" in NAMES_NOT_PROMISED


@pytest.mark.parametrize("line", ["10:02{}<", "[10:02]{}<", "10:02 -{}:", "10:02 Kim{}<"])
def test_a_line_of_blanks_takes_no_time(line: str) -> None:
    """(This ends: with a step for each way to share out the blanks it takes an hour.)"""
    assert read_chat("\n".join([line.format(" " * 5_000)] * 3)) is None


@given(st.lists(st.sampled_from(
    ["<a ", '<x a="', "<p", "<p>", "</p>", "<!--", "-->", "<![", "<![if !x]>", "<!DOCTYPE html>", "</a", "<?", "&#", "&a", "<script>", "<b/>", '"', "'", ">", "x ", "\n"]
), max_size=30))  # fmt: skip
def test_no_html_breaks_it(parts: list[str]) -> None:
    assert isinstance(html_to_text("".join(parts)), str)


@pytest.mark.parametrize("begun", ["<a ", '<x a="', "<p", "</a", "<!--", "<![", "<?", "<a '>", '"<td>'])
def test_html_of_tags_without_an_end_takes_no_time(begun: str) -> None:
    """(This ends: looking for each end through the whole text takes minutes.)"""
    html_to_text("<p>" + begun * (200_000 // len(begun)))


def test_what_is_no_tag_is_text_and_what_nobody_sees_is_left_out() -> None:
    html = "<!DOCTYPE html><p>a < b, 1 <2, <![if !x]>then<![endif] <a title=don't href='http://x.y/'>here</a><!-- c --> <i title=\"<>\">it</i>"
    assert html_to_text(html) == "a < b, 1 <2, then<![endif] here (http://x.y/) it"
    assert html_to_text("<p>seen<!-- not <b>seen</b>") == "seen"
    outlook = "<!--[if mso]><p>twice</p><![endif]--><!--[if !mso]><!--><p>once</p><!--<![endif]--><p>and the rest</p><!-->"
    assert html_to_text(outlook) == "once\n\nand the rest"
