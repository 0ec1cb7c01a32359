"""What is personal and what only looks like it: the labelled set, places, overlaps, examples, and any text at all."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.privacy import Finding, Kind, Known, find, mask, redact
from kcs.privacy.fold import fold
from tests.privacy.labelled import counts, measure, read_labelled

SIGNS = st.text(alphabet=st.sampled_from("0123456789๐๙٠٩०+-.() @:/=#a\u200eทอkpass=ةđÅ\n"), max_size=80)


def test_the_labelled_set_is_large_and_in_four_languages() -> None:
    texts = read_labelled()
    assert len(texts) >= 160
    assert min(counts(texts)[language] for language in ("en", "th", "vi", "ar")) >= 40


def test_recall_and_false_alarms_on_the_labelled_set() -> None:
    scores = measure(read_labelled())
    for kind in Kind:
        own = [score for (one, _), score in scores.items() if one == kind]
        found, labelled = sum(one.found for one in own), sum(one.labelled for one in own)
        assert labelled >= 6, kind
        assert found / labelled >= (0.9 if kind is Kind.SECRET else 0.97), (
            kind,
            [text for one in own for text in one.missed],
        )
    assert not [text for one in scores.values() for text in one.false]


def test_a_number_in_thai_or_arabic_digits_is_a_number() -> None:
    text = "โทร ๐๘๙-๑๒๓-๔๕๖๗ หรือ ٠٥٠١٢٣٤٥٦٧"
    found = find(text, language="th", region="SA")
    assert [(one.kind, text[one.start : one.end]) for one in found] == [
        (Kind.PHONE, "๐๘๙-๑๒๓-๔๕๖๗"),
        (Kind.PHONE, "٠٥٠١٢٣٤٥٦٧"),
    ]
    assert redact(text, found) == "โทร [phone] หรือ [phone]"


def test_thai_words_are_not_taken_with_what_they_touch() -> None:
    text = "อีเมลsomchai@gmail.comครับโทร0891234567ค่ะ"
    assert redact(text, find(text, language="th")) == "อีเมล[email]ครับโทร[phone]ค่ะ"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to jd@acme.example", Kind.EMAIL),
        ("write to support@northwind.com", Kind.EMAIL),
        ("call (212) 555-0143", Kind.PHONE),
        ("pay with 4242 4242 4242 4242", Kind.CARD),
    ],
)
def test_what_is_reserved_for_examples_counts_in_intake_only(text: str, kind: Kind) -> None:
    assert [one.kind for one in find(text)] == [kind]
    assert find(text, examples=False) == []


def test_known_names_go_whole_in_part_and_after_a_title_but_not_as_words() -> None:
    known = Known(names=("Will Mark-Jones",), phones=("+1 (212) 736-5000",), mails=("wmj@corp",))
    text = "Will Mark-Jones said it will break; MR. WILL agrees. wmj@corp, 12127365000"
    found = redact(text, find(text, known=known))
    assert found == "[name] said it will break; MR. [name] agrees. [email], [phone]"


def test_a_name_in_other_unicode_form_is_found() -> None:
    assert redact("chị Nguyễn", find("chị Nguyễn", known=Known(names=("Nguyễn",)))) == "chị [name]"


def test_a_secret_wins_over_the_mail_address_that_it_looks_like() -> None:
    text = "https://jd:hunter2@northwind.com/x"
    assert redact(text, find(text)) == "https://jd:[secret]@northwind.com/x"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("[call](tel:+66-2-123-4567)", Kind.PHONE, "+66-2-123-4567"), ("https://wa.me/66812345678", Kind.PHONE, "66812345678"),
        ("<sms:0812345678>", Kind.PHONE, "0812345678"), ("zalo.me/0912345678", Kind.PHONE, "0912345678"),
        ("callto:+66812345678", Kind.PHONE, "+66812345678"), ("?phone=66812345678", Kind.PHONE, "66812345678"),
        ("at +66 81 234 5678", Kind.PHONE, "+66 81 234 5678"), ("at 0066 81 234 5678", Kind.PHONE, "0066 81 234 5678"),
        ("at 00 66 81 234 5678", Kind.PHONE, "00 66 81 234 5678"), ("at 0066-81-234-5678", Kind.PHONE, "0066-81-234-5678"),
        ("tel 081 234 5678", Kind.PHONE, "081 234 5678"),
        ("https://x.example/a?sig=Zx81kangurua", Kind.SECRET, "Zx81kangurua"),
        ("https://x.example/a?x=1&auth=Zx81kangurua#b", Kind.SECRET, "Zx81kangurua"),
        ("use sk" + "_test_4eC39HqLyjWDarjtT1", Kind.SECRET, "sk" + "_test_4eC39HqLyjWDarjtT1"),
        ("use rk" + "_live_4eC39HqLyjWDarjtT1", Kind.SECRET, "rk" + "_live_4eC39HqLyjWDarjtT1"),
        ("PIN: 4711", Kind.SECRET, "4711"), ("our otp is 493021", Kind.SECRET, "493021"),
        ("Authorization: Bearer Zx81kangurua81Zx8", Kind.SECRET, "Zx81kangurua81Zx8"),
        ("postgres://u:s3cr3tpw@db.acme.com/x", Kind.SECRET, "s3cr3tpw"),
        ("เลขประจำตัว 1-1017-00230-70-8", Kind.NATIONAL_ID, "1-1017-00230-70-8"),
        ("aadhaar 2341 2341 2346", Kind.NATIONAL_ID, "2341 2341 2346"),
        ("passport AB1234567", Kind.NATIONAL_ID, "AB1234567"), ("itin 912-70-1234", Kind.NATIONAL_ID, "912-70-1234"),
    ],
)  # fmt: skip
def test_each_by_itself(text: str, kind: Kind, value: str) -> None:
    assert [(one.kind, one.text) for one in find(text)] == [(kind, value)]


@pytest.mark.parametrize("day", ["2026 11 20 09", "20 11 2026", "2026-11-20 0912345", "20.11.2026"])
def test_a_day_is_no_number(day: str) -> None:
    assert find(f"since {day}") == []


def test_findings_come_by_place_whatever_they_are() -> None:
    text = "jd@acme-mail.com wrote, password: Zx81!kanguru, call +66 2 123 4567, then kp@acme-mail.com"
    found = find(text)
    assert [one.kind for one in found] == [Kind.EMAIL, Kind.SECRET, Kind.PHONE, Kind.EMAIL]
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_a_mask_never_says_the_value() -> None:
    assert mask(Finding(Kind.SECRET, 0, 7, "hunter2")) == "…"
    assert mask(Finding(Kind.EMAIL, 0, 0, "jane@corp.com")) == "j…@c…"
    assert mask(Finding(Kind.CARD, 0, 0, "4532015112830366")) == "4…"


@settings(max_examples=120, deadline=None)
@given(st.one_of(SIGNS, st.text(max_size=200)), st.sampled_from(["", "en", "th", "vi", "ar"]))
def test_findings_are_places_in_the_text_in_order_and_apart(text: str, language: str) -> None:
    found = find(text, known=Known(names=(text[:9],)), language=language)
    assert all(text[one.start : one.end] == one.text and one.text for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(one.text not in mask(one) for one in found)


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "1 " * 50_000,
        "a@" * 100_000,
        "password: " * 20_000,
        "-----BEGIN PRIVATE KEY-----" * 4_000,
        "1-" * 50_000,
        "x.y" * 70_000,
        "GB29 " * 20_000,
        "token=" + "_-" * 90_000,
        "key " + "a-" * 90_000,
        "http://" * 30_000,
        "เบอร์" * 40_000,
    ],
    ids=lambda text: text[:8],
)
def test_no_text_makes_it_slow(text: str) -> None:
    start = time.process_time()
    find(text)
    assert time.process_time() - start < 4


def test_importing_the_room_loads_no_number_library() -> None:
    code = "import sys, kcs.privacy; print([m for m in ('phonenumbers', 'stdnum') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
