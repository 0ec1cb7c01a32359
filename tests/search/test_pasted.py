"""A mail or ticket as a question: what it asks is found among
its sentences, and what mails have besides says nothing.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.query import ask as understand
from kcs.search.analysis.question import Question
from kcs.search.analysis.sentences import LONGEST, MOST, asks, begs, sentences
from kcs.search.language import LONG, Condition, parse
from kcs.search.pasted import Reading, own_text, read
from kcs.search.searcher import Ranked, Searcher
from tests.conftest import Base, Run

MAIL = """\
Subject: A strange thing
From: Jo Doe <jo@example.com>
To: support@example.com
Date: Mon, 3 Aug 2026

Hi team,

we have been with you for years and never had to complain. Since we moved to the new office last week
the printers and the telephones work fine, and my colleague says: "it works for me". product:none of us knows.

Why does Outlook ask for the password in a loop?

Could you please call me before Friday? I attached two pictures.

2026-08-03 10:02:11,482 ERROR [main] 0x80070005 (timeout=30000)

Best regards,
Jo Doe
Head of Sales

On Mon, 3 Aug 2026 at 10:02, Support <support@example.com> wrote:
> Set up the mailbox on the phone: IMAP server, port 993.
"""
QUESTION = "Why does Outlook ask for the password in a loop?"


def test_the_sentence_that_asks_is_answered(ask: Run) -> None:
    data = ask("search", MAIL, "--format", "json").json
    alone = ask("search", QUESTION, "--format", "json").json
    assert data["answered"] and data["hits"][0]["id"] == "kb-7f3q9xk2"
    assert data["sentence"] == data["hits"][0]["sentence"] == QUESTION
    assert data["hits"][0]["match"] == alone["hits"][0]["match"]
    assert alone["sentence"] is None and alone["hits"][0]["sentence"] is None


def asked_of(base: Base, text: str) -> tuple[Reading, list[tuple[str, int]], int]:
    """What a text comes to, the questions with how many articles
    were wanted of each, and how many hold any of all its words.
    """
    searcher = Searcher.open(KnowledgeBase.open(base.root))
    asked: list[tuple[str, int]] = []

    def best(question: Question, most: int) -> Ranked:
        asked.append((question.text, most))
        return searcher.best(question, most)

    def understood(words: str) -> Question:
        return understand(words, searcher.vocabulary)

    reading = read(text, understood, best, searcher.glance, 10)
    total = searcher.best(understood(" ".join(text.split())), 10).total
    searcher.close()
    return reading, asked, total


def test_where_a_sentence_is_answered_all_of_it_is_only_counted(base: Base) -> None:
    question = "Why does the two-step code not arrive?"
    text = f"We moved to the new office last week. {question} The phone works fine, and so do the printers."
    reading, asked, total = asked_of(base, text)
    assert asked[-1] == (text, 0) and reading.total == total >= len(reading.answers) > 0
    other = text.replace(question, "Why are there no giraffes?")
    assert (other, 10) in asked_of(base, other)[1]


def test_more_words_than_can_be_looked_for_are_no_question(base: Base) -> None:
    words = " ".join(f"nothing{number}{'a' * (number % 7)}x" for number in range(80))
    text = f"The mailbox on the phone is empty today. {words}."
    assert (text, 0) in asked_of(base, text)[1]
    reading, asked, _ = asked_of(base, f"outlook password {words}")
    assert reading.answers and asked[0][1] == 10, "unless there is nothing else"


def test_what_is_told_is_found_however_common_its_words_are(ask: Run) -> None:
    others = [f"Our giraffes {animal} beneath savannah acacias number{at}." for at, animal in
              enumerate(("graze", "stroll", "slumber", "wander", "gallop", "quarrel", "giggle", "yawn"))]  # fmt: skip
    text = " ".join(
        [
            "Good people, giraffes everywhere nowadays.",
            *others[:5],
            "Set up a mailbox on a phone.",
            *others[5:],
        ]
    )
    data = ask("search", text, "--format", "json").json
    assert data["hits"][0]["id"] == "kb-imap0001"
    assert data["hits"][0]["sentence"] == "Set up a mailbox on a phone."


def test_it_is_shown_which_sentence_that_was(ask: Run) -> None:
    told = ask("search", MAIL)
    assert told.out.startswith("kb-7f3q9xk2\t") and f"the text was read as: {QUESTION}" in told.err
    told = ask("search", MAIL, "--explain")
    assert f"read as: {QUESTION}" in told.out and f"answers {QUESTION!r}" in told.out
    assert "outlook: in 2 articles" in told.out and "colleague" not in told.out.partition("read as")[0]


def test_what_is_typed_beside_it_still_narrows(ask: Run) -> None:
    assert not ask("search", MAIL, "product:payments", "--format", "json").json["hits"]
    data = ask("search", MAIL, "lang:en", "not:credential", "--format", "json").json
    assert data["hits"] and "kb-7f3q9xk2" not in [one["id"] for one in data["hits"]]
    assert ask("search", MAIL, "--all", "--format", "json").json["hits"] == []


def test_what_nothing_answers_is_captured_by_what_it_asks(ask: Run) -> None:
    text = MAIL.replace(QUESTION, "How do I order a new battery for the barcode scanner?")
    told = ask("search", text)
    assert "kcs: no answer found" in told.err and told.code == 0
    assert "kcs new 'How do I order a new battery for the barcode scanner?'" in told.err


def test_a_request_for_an_answer_is_not_what_is_captured(ask: Run) -> None:
    told = ask(
        "search",
        "Hi,\n\nwe wish you a good week. The mailbox shows a padlock since Monday.\nCan you please help as soon as possible?\n\nJo",
    )
    assert "kcs: no answer found" in told.err
    assert "kcs new 'The mailbox shows a padlock since Monday.'" in told.err


def test_a_long_line_is_read_so_too(ask: Run) -> None:
    line = " ".join(MAIL.partition("\n\n")[2].partition("2026-08-03")[0].split()).replace('"', "")
    assert len(line) > LONG
    data = ask("search", line.replace("product:", ""), "--format", "json").json
    assert data["sentence"] == QUESTION and data["answered"]


def test_the_ledger_notes_what_was_asked_and_no_mail(ask: Run, kcs_env: dict[str, str]) -> None:
    ask("search", MAIL)
    files = list(Path(kcs_env["HOME"]).rglob("*.jsonl"))
    (event,) = [
        json.loads(line) for one in files for line in one.read_text("utf-8").splitlines() if "Outlook" in line
    ]
    assert event["query"] == QUESTION


def test_of_a_log_in_which_no_sentence_asks_the_ledger_notes_the_beginning(
    ask: Run, kcs_env: dict[str, str]
) -> None:
    log = "\n".join(f"outlook down{n}" for n in range(30))
    assert len(log) > LONG and ask("search", log, "--format", "json").json["sentence"] is None
    (file,) = Path(kcs_env["HOME"]).rglob("*.jsonl")
    query = json.loads(file.read_text("utf-8"))["query"]
    assert query.startswith("outlook down0 outlook down1") and 40 < len(query) <= 80


def test_nothing_in_a_pasted_text_is_a_phrase_or_a_condition() -> None:
    query = parse([MAIL, "lang:en", '"a phrase"', "outlook"])
    assert query.conditions == (Condition("lang", "en"),) and query.phrases == ("a phrase",)
    assert query.words.startswith("a phrase outlook Subject: A strange thing From:") and not query.unknown
    assert query.pasted == MAIL.rstrip("\n").replace("\n\n\n", "\n\n")
    assert parse(["reset\n"]).pasted == "" and parse("a\n\n b").pasted


def test_what_mails_have_besides_is_left_out() -> None:
    text = own_text(MAIL)
    assert text.startswith("A strange thing\n\n") and QUESTION in text
    assert "Head of Sales" not in text and "IMAP" not in text and "Hi team" not in text
    assert own_text("Thanks,\nJo") == "Thanks,\nJo"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One here. Two there? Three!", ["One here.", "Two there?", "Three!"]),
        ("A line that was broken by a mail program after seventy\nletters goes on.", ["A line that was broken by a mail program after seventy letters goes on."]),
        ("First step\nsecond step", ["First step", "second step"]),
        ("كيف أغير كلمة المرور؟ شكرا لكم", ["كيف أغير كلمة المرور؟", "شكرا لكم"]),
        ("เมื่อวานนี้โทรไปแล้วแต่ไม่มีคนรับสายเลย รีเซ็ตรหัสผ่านของกล่องจดหมายอย่างไร", ["เมื่อวานนี้โทรไปแล้วแต่ไม่มีคนรับสายเลย", "รีเซ็ตรหัสผ่านของกล่องจดหมายอย่างไร"]),
        ("It fails:\n192.0.2.17 - - [03/Aug/2026:10:02:11 +0000] 500 213", ["It fails:"]),
    ],
)  # fmt: skip
def test_sentences_of_every_script(text: str, found: list[str]) -> None:
    assert sentences(text) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Works it?",
        "รีเซ็ตอย่างไร",
        "Ai là chủ tịch",
        "Làm sao đặt lại mật khẩu",
        "كيف أغير كلمة المرور",
        "How to reset it",
    ],
)
def test_questions_without_a_question_mark(sentence: str) -> None:
    assert asks(sentence) and not asks("Tell me.") and not asks("Tai nghe không kêu")


@pytest.mark.parametrize(
    "sentence",
    [
        "Could you please get back to me before Friday?",
        "Any ideas?",
        "รบกวนช่วยตอบหน่อยได้ไหมคะ",
        "Anh chị giúp em với được không?",
        "هل يمكنكم مساعدتي؟",
    ],
)
def test_what_only_begs_for_an_answer(sentence: str) -> None:
    assert begs(sentence) and asks(sentence) and not begs(QUESTION)


@given(st.text(st.sampled_from("ab é.?!\n ,;กขำ ؟كم-1\u200b"), max_size=2000))
def test_sentences_are_pieces_of_the_text_in_order(text: str) -> None:
    found = sentences(text)
    assert len(found) <= MOST
    words = iter(text.split())
    for sentence in found:
        assert len(sentence) <= LONGEST or " " not in sentence
        assert all(word in words for word in sentence.split())


def test_nobody_is_told_to_type_a_mail_again(ask: Run) -> None:
    told = ask("search", MAIL, "lang:th", "--format", "json")
    assert told.code == 0 and not told.json["answered"]
    assert told.json["suggestion"] == told.json["sentence"] == QUESTION
    for condition in ("product:rackspace-mail", "tag:nothing-like-it"):
        told = ask("search", MAIL, condition)
        assert told.code == 0 and "no article has" in told.err
        assert "the new office" not in told.err.replace("kcs new", "")
