"""kcs search: every form of the question, every form of the answer."""

from __future__ import annotations

import json
import re
import select
import shlex
import subprocess
import sys
from typing import Any
from unicodedata import normalize

import pytest

from kcs.search.borders import cells
from tests.conftest import JD, Base, Run, identity

WIDE = {"KCS_FORCE_TERMINAL": "1", "COLUMNS": "100", "TERM": "xterm-256color"}


def found(ask: Run, *words: str) -> list[str]:
    """Ids of the hits that are no weak ones, best first."""
    told = ask("search", *words, "--format", "json", "--no-log")
    assert told.code == 0, told.err
    return [one["id"] for one in told.json["hits"] if not one["weak"]]


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["outlook", "password", "loop"], "kb-7f3q9xk2"),
        (["outlok", "pasword"], "kb-7f3q9xk2"),  # typing errors
        (["รีเซ็ตรหัสผ่าน"], "kb-thai0001"),  # no blanks
        (["dat lai mat khau"], "kb-viet0001"),  # no accents
        (["إعادة تعيين كلمة المرور"], "kb-arab0001"),
        (["my.cnf"], "kb-7f3q9xk2"),
    ],
)
def test_whatever_words_come_to_hand(ask: Run, words: list[str], first: str) -> None:
    assert ids(ask, *words)[0] == first


def test_phrases_stand_as_they_are_in_every_script(ask: Run) -> None:
    assert found(ask, '"asks for the password"') == ["kb-7f3q9xk2"]
    assert found(ask, '"asks  for THE"') == ["kb-7f3q9xk2"]
    assert found(ask, '"for asks the"') == []
    assert found(ask, '"ook asks"') == [], "not a part of a longer word"
    assert found(ask, '"ลืมรหัสผ่าน"') == ["kb-thai0001"]
    assert found(ask, '"quên mật khẩu"') == ["kb-viet0001"]
    assert found(ask, '"كلمة المرور"') == ["kb-arab0001"]
    assert found(ask, '"secure.example.com, port 993"') == ["kb-imap0001"]
    told = ask("search", '"password the for"', "--format", "json").json
    assert (told["total"], told["answered"], told["suggestion"]) == (0, False, "password the for")


def test_what_must_not_be_there(ask: Run) -> None:
    assert "kb-7f3q9xk2" in ids(ask, "mailbox imap password")
    assert "kb-7f3q9xk2" not in ids(ask, "mailbox imap password not:outlook")
    assert "kb-thai0001" not in found(ask, "รหัสผ่าน", "not:ลืมรหัสผ่าน")
    assert "kb-7f3q9xk2" not in found(ask, 'password not:"every few minutes"')


def test_every_word_or_any(ask: Run) -> None:
    assert {"kb-7f3q9xk2", "kb-imap0001"} <= set(ids(ask, "outlook", "phone"))
    assert ids(ask, "outlook", "phone", "--all") == []
    assert ids(ask, "outlook", "entry", "--all") == ["kb-7f3q9xk2"]
    assert ids(ask, "outlok", "entry", "--all") == ["kb-7f3q9xk2"], "a mended word is that word"
    assert ids(ask, "outlook", "xyzzyx", "--all") == []
    assert ids(ask, "outlook", "phone", "--any") == ids(ask, "outlook", "phone")
    assert ask("search", "x", "--all", "--any").code == 2


def test_a_word_of_one_syllable_is_found_inside_what_is_written_in_one_with_it(ask: Run, base: Base) -> None:
    """The index has pairs: of so short a word none that stands wherever it does."""
    base.write("articles/cn.md", "---\nid: kb-cn000001\ntitle: 重置密码\n---\n\n请打开网页。\n")
    assert ids(ask, '"เข้า"') == ["kb-thai0001"] and ids(ask, '"网"') == ["kb-cn000001"]
    assert ids(ask, "mật", "quên", "--all") == ["kb-viet0001"] and ids(ask, "mật", "tiền", "--all") == []
    assert ids(ask, "كلمة", "صفحة", "--all") == ["kb-arab0001"]
    assert ids(ask, "รหัสผ่าน", "เข้า", "--all") == ["kb-thai0001"] and ids(ask, "รหัสผ่าน", "ดี", "--all") == []
    assert ids(ask, "outlook", "เข้า", "--all") == [], "it has no outlook"
    assert "kb-thai0001" not in ids(ask, "รหัสผ่าน", "not:เข้า")
    assert ids(ask, "密码", "not:网") == [] and ids(ask, "密码", "not:码重") == ["kb-cn000001"]
    base.write("articles/cn2.md", "---\nid: kb-cn000002\ntitle: 密码\n---\n\n。\n")
    assert ids(ask, "重置密码", "--all") == ["kb-cn000001"], "each pair that is known, not any"
    assert ids(ask, "密码", "网络", "--all") == []


def ids(ask: Run, *words: str) -> list[str]:
    told = ask("search", *words, "--format", "ids", "--no-log")
    assert told.code == 0, told.err
    return told.out.split()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("product:Rackspace-Email", {"kb-7f3q9xk2", "kb-imap0001"}),
        ("tag:imap tag:outlook", {"kb-7f3q9xk2", "kb-imap0001"}),
        ("not:tag:outlook product:rackspace-email", {"kb-imap0001"}),
        ("tag:imap not:tag:outlook", {"kb-imap0001"}),
        ("product:rackspace-email lang:ar", set()),
        ("owner:jd", {"kb-imap0001"}),
        ("audience:internal", {"kb-team0001"}),
        ("lang:vi", {"kb-viet0001"}),
        ("title:รหัสผ่าน", {"kb-thai0001"}),
        ("title:mật", {"kb-viet0001"}),
        ("title:mat", {"kb-viet0001"}),
        ("title:outlook", {"kb-7f3q9xk2"}),  # the other one is archived
        ("title:mailbox title:phone", {"kb-imap0001"}),
        ("not:title:mailbox tag:imap", {"kb-7f3q9xk2"}),
        ("confidence:archived", {"kb-old00001"}),
        ("changed:2026-05 lang:ar", {"kb-arab0001"}),
        ("changed:2026-05-01 lang:ar", {"kb-arab0001"}),
        ("'changed:<2026-05-01' lang:ar".replace("'", ""), set()),
        ("changed:2026 changed:>2026-05-01", set()),
        ("not:changed:2026-05 lang:ar", set()),
        ("trusted:yes", set()),
        ("not:trusted:yes lang:ar", {"kb-arab0001"}),
        ("trusted:no lang:ar", {"kb-arab0001"}),
        ("trusted:FALSE not:trusted:1 trusted:0 not:trusted:true lang:ar", {"kb-arab0001"}),
    ],
)
def test_conditions_narrow_down(ask: Run, condition: str, expected: set[str]) -> None:
    assert set(ids(ask, condition)) == expected
    assert "no article has" not in ask("search", condition).err
    ranked = ids(ask, condition, "password mailbox phone รหัสผ่าน mật المرور")
    assert set(ranked) <= expected


@pytest.mark.parametrize(
    "question", ["password trusted:no", "trusted:no", "mailbox audience:internal", "not:audience:x"]
)
def test_a_question_does_not_open_what_a_program_closes(ask: Run, question: str) -> None:
    """It returned what nobody vouches for, and what is for colleagues, to whoever wrote so in a question to a bot."""
    closed = ask("search", question, "trusted:yes", "audience:external", "--format", "json", "-n", "50").json
    assert (closed["hits"], closed["answered"]) == ([], False)
    for gate, field, kept in (
        ("trusted:no", "trusted", False),
        ("audience:external", "audience", "external"),
    ):
        hits = ask("search", question, gate, "--format", "json", "-n", "50").json["hits"]
        assert all(one[field] == kept for one in hits)


@pytest.mark.parametrize("question", ["", '""', "tag:imap", "not:zebra"])
def test_where_nothing_is_asked_nothing_is_answered(ask: Run, question: str) -> None:
    """An empty mail to a bot was answered, with whatever article came first."""
    told = ask("search", question, "lang:en", "--format", "json").json
    assert told["hits"] and not told["answered"] and not told["suggestion"]
    assert not any(one["weak"] for one in told["hits"]), "a list is no guess"
    assert "no a" not in ask("search", question, "lang:en").err


def test_conditions_that_nothing_can_meet_together_are_named(ask: Run) -> None:
    told = ask("search", "password", "audience:internal", "audience:external")
    assert told.code == 0 and "no article has audience:internal and audience:external at once" in told.err


def test_a_day_of_change_is_that_of_the_commit_where_lines_end_otherwise_in_the_folder(
    ask: Run, base: Base
) -> None:
    """As Git checks files out on Windows, or wherever .gitattributes says so."""
    base.commit({".gitattributes": "*.md text eol=crlf\n"}, day="2026-05-03")
    path = "articles/ar/password.md"
    (base.root / path).unlink()
    base.git("checkout", "-q", "--", path)
    assert "\r\n" in base.read(path)
    assert ids(ask, "changed:2026-05-01 lang:ar") == ["kb-arab0001"]
    base.write(path, base.read(path) + "One line more.\r\n")
    assert ids(ask, "changed:2026-05 lang:ar") == []


def test_archived_articles_come_only_when_they_are_named(ask: Run) -> None:
    for other in ("not:confidence:validated", "confidence:not-validated not:confidence:work-in-progress"):
        assert ids(ask, other, "--limit", "50") and "kb-old00001" not in ids(ask, other, "--limit", "50"), (
            other
        )
    assert ids(ask, "confidence:Archived") == ["kb-old00001"]
    assert "kb-old00001" in ids(ask, "not:confidence:validated", "--archived", "--limit", "50")


def test_what_must_not_be_there_may_be_all_that_is_asked(ask: Run) -> None:
    everything = set(ids(ask, "not:title:nowhere", "--limit", "50"))
    holding = set(ids(ask, '"outlook"', "--limit", "50"))
    assert holding and set(ids(ask, "not:outlook", "--limit", "50")) == everything - holding
    assert set(ids(ask, 'not:"every few minutes"', "--limit", "50")) == everything - {"kb-7f3q9xk2"}
    told = ask("search", "--queries", "-", "--format", "jsonl", stdin="not:outlook\n")
    assert told.code == 0 and json.loads(told.out)["total"] == len(everything - holding)


def test_a_value_with_blanks_is_typed_with_hyphens(ask: Run, base: Base) -> None:
    for path in ("articles/email/imap.md", "articles/email/outlook.md"):
        base.write(path, base.read(path).replace("rackspace-email", "Rackspace Email"))
    for typed in ("rackspace-email", "RACKSPACE_email", '"rackspace email"'):
        assert "kb-imap0001" in ids(ask, f"product:{typed}"), typed
    told = ask("search", "password", "product:email").err
    assert "no article has product:email; did you mean 'product:\"Rackspace Email\"'?\n" in told


def test_what_begins_with_a_hyphen_is_no_option_of_what_is_proposed(ask: Run) -> None:
    told = ask("search", "product:foo", "--", "--frobnicate twice").err
    assert "kcs new --product foo -- '--frobnicate twice'" in told
    assert ask("new", "--force", "--", "--frobnicate twice").code == 0


def test_a_value_that_no_article_has_says_so_and_what_is_near(ask: Run) -> None:
    told = ask("search", "password", "product:rackspace-mail")
    assert told.code == 0 and not told.out
    assert "no article has product:rackspace-mail; did you mean product:rackspace-email?" in told.err
    for bad in ("trusted:maybe", "changed:soon", "confidence:splendid"):
        told = ask("search", "password", bad)
        assert told.code == 2 and not told.out and bad in told.err


def test_a_value_that_kcs_toml_names_is_not_taken_for_another(ask: Run, base: Base) -> None:
    base.write("kcs.toml", base.read("kcs.toml") + '[taxonomy]\nlanguages = ["en-GB", "vi-x"]\n')
    for path in base.root.rglob("articles/**/*.md"):
        path.write_text(path.read_text("utf-8").replace("audience: external", "audience: internal"), "utf-8")
    told = ask("search", "flux capacitor", "audience:external").err
    assert "no article has audience:external\n" in told and "--audience external" in told
    assert ask("list", "--audience", "external").err.startswith("kcs: no article has audience 'external'\n")
    assert "did you mean audience:internal?" in ask("search", "audience:internl").err
    assert "did you mean" not in ask("search", "lang:vi-x").err


def test_days_that_end_before_they_begin(ask: Run) -> None:
    told = ask("search", "changed:2027..2026-05")
    assert told.code == 2 and "changed:2026-05..2027" in told.err
    assert ask("search", "changed:2026-05..2026").out


def test_a_storm_of_conditions_is_refused(ask: Run) -> None:
    told = ask("search", " ".join(f"not:tag:t{number}" for number in range(60)))
    assert told.code == 2 and told.err.startswith("kcs: the query has 60 conditions, and the most is 50\n")
    assert ask("search", "lang:th " * 300).out, "one condition, though given often"


def test_what_was_not_taken_as_it_was_meant_is_said(ask: Run) -> None:
    told = ask("search", "produkt:rackspace-email password ERR:5 qwerty:5")
    assert "produkt: is not a field, so it was read as words; did you mean product:?" in told.err
    assert told.err.count("is not a field") == 1
    assert "longer than 10,000 characters" in ask("search", "outlook " * 2000).err


def test_what_is_proposed_keeps_the_conditions_and_no_misspelling_of_them(ask: Run) -> None:
    told = ask("search", "flux pasword product:rackspace-email not:exchange").err
    assert "did you mean: kcs search 'flux password not:exchange product:rackspace-email'" in told
    told = ask("search", "flux capacitor product:rackspace-emial").err
    assert "did you mean: kcs search 'flux capacitor product:rackspace-email'" in told
    assert "kcs new 'flux capacitor' --product rackspace-email" in told
    told = ask("search", "flux capacitor produkt:rackspace-email").err
    assert "kcs new 'flux capacitor' --product rackspace-email" in told
    told = ask("search", "flux capacitor not:product:rackspace-emial").err
    assert "no article has product:rackspace-emial; did you mean product:rackspace-email?" in told
    assert "did you mean: kcs search 'flux capacitor not:product:rackspace-email'" in told
    told = ask("search", "flux capacitor tag:imap tag:outlok").err
    assert "did you mean: kcs search 'flux capacitor tag:imap tag:outlook'" in told, "one of two values"
    told = ask("search", '"flux capacitor" title:imap product:rackspace-email').err
    assert "did you mean: kcs search 'flux capacitor title:imap product:rackspace-email'" in told


def test_what_is_proposed_corrects_no_word_that_some_article_has(ask: Run, base: Base) -> None:
    base.write(
        "articles/pay.md", "---\ntitle: Outlook asks for passwords of invoices\n---\nInvoices, invoices.\n"
    )
    told = ask("search", "flux outlook passwort invoice").err
    assert "did you mean: kcs search 'flux outlook password invoice'\n" in told, told


def test_what_is_proposed_drops_a_condition_that_no_article_fulfils(ask: Run) -> None:
    told = ask("search", "flux capacitor product:rackspace-email tag:warp-drive lang:sw").err
    assert "did you mean: kcs search 'flux capacitor product:rackspace-email'" in told
    assert "kcs new 'flux capacitor' --product rackspace-email --language sw --tag warp-drive" in told
    told = ask("search", "flux capacitor not:tag:warp-drive").err
    assert "no article has tag:warp-drive\n" in told
    told = ask("search", "flux capacitor tag:imap tag:warp-drive").err
    assert "did you mean: kcs search 'flux capacitor'\n" in told, "tag:imap alone finds nothing either"
    assert "no article matches that" in ask("search", "tag:warp-drive").err
    told = ask("search", 'flux "capacitor bank" not:exchange').err
    assert "did you mean: kcs search 'flux capacitor bank'\n" in told
    told = ask("search", 'flux "outlook zzz" title:outlook').err
    assert "did you mean: kcs search 'flux zzz outlook title:outlook'\n" in told
    told = ask("search", "flux title:passwor product:rackspace-email").err
    assert "did you mean: kcs search 'flux password product:rackspace-email'\n" in told, "no longer a title"
    assert "did you mean: kcs search flux\n" in ask("search", "flux", "not:exchange").err
    assert "did you mean" not in ask("search", "flux capacitor").err


def test_a_floor_is_a_share(base: Base, ask: Run) -> None:
    base.write("kcs.toml", base.read("kcs.toml") + "\n[search]\nfloor = 1.5\n")
    told = ask("search", "password")
    assert (told.code, told.out) == (2, "")
    assert re.search(r"kcs\.toml:\d+: floor is 1\.5, but must be a number from 0 to 1", told.err)


def test_a_large_index_is_not_made_in_silence(base: Base, ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from kcs.render import progress

    assert "indexing" not in ask("search", "password").err
    monkeypatch.setattr(progress, "_LARGE", 5)
    base.write("kcs.toml", base.read("kcs.toml") + "\n[fields]\nproduct = 'service'\n")
    told = ask("search", "password", "--format", "json")
    assert re.fullmatch(r"kcs: indexing \d+ articles\n", told.err) and told.json["schema"] == "kcs.search/1"
    assert "indexing" not in ask("search", "password").err


@pytest.mark.parametrize(
    "words", ["bob @ acme . com", "bob@ acme.com", "GET /x?token=abc", "/x?a=1&api_key=k"]
)
def test_less_than_sure_is_enough_for_the_ledger_to_leave_it_out(words: str) -> None:
    from kcs.search.recording import without_personal_data

    left = without_personal_data(f"why does {words} fail")
    assert left.startswith("why does ") and left.endswith(" fail") and "[" in left
    assert not re.search("bob|acme|abc|=k", left)
    assert without_personal_data("reply @ 5 and ?token= empty") == "reply @ 5 and ?token= empty"


def test_the_limit_changes_no_judgement(ask: Run) -> None:
    for words in ("outlook password", "phone quantum chromodynamics lattice"):
        answered = {
            ask("search", words, "--format", "json", "-n", n).json["answered"] for n in ("1", "2", "50")
        }
        assert len(answered) == 1


def test_open_opens_no_weak_hit_where_the_answer_is_cut_off(ask: Run, base: Base) -> None:
    base.write("kcs.toml", base.read("kcs.toml") + "[search]\nfloor = 0.3\n")
    both = ask("search", "mail server outlook", "--format", "json").json
    assert [one["weak"] for one in both["hits"]] == [True, False] and both["answered"]
    told = ask("search", "mail server outlook", "-n", "1", "--open")
    assert told.code == 0 and "nothing was opened" in told.err


def test_archived_articles_only_when_asked_for(ask: Run) -> None:
    assert "kb-old00001" not in ids(ask, "outlook express")
    assert "kb-old00001" in ids(ask, "outlook express", "--archived")
    assert "kb-old00001" in ids(ask, "title:outlook", "--archived")


def test_a_line_a_hit_in_a_pipe(ask: Run) -> None:
    told = ask("search", "outlook", "password", "loop")
    first = told.out.splitlines()[0].split("\t")
    assert first[:2] == ["kb-7f3q9xk2", "external"] and first[6] == "Outlook keeps asking for the password"
    assert first[3] == "not-validated, never-verified" and first[4] == "not-validated"
    assert "**Outlook**" in first[7] and "\x1b" not in told.out
    assert all(line.count("\t") == 7 for line in told.out.splitlines())
    assert ask("search", "throttled").out.split("\t")[1] == "INTERNAL"


def test_for_eyes(ask: Run) -> None:
    told = ask("search", "outlook", "password", "loop", env=WIDE)
    assert "\x1b[1;4mOutlook\x1b[0m" in told.out
    lines = plain(told.out).splitlines()
    assert lines[0] == " 1  Outlook keeps asking for the password"
    assert "not trusted: not validated yet (+1)" in lines[1] and "for external" in lines[1]
    assert lines[2].strip() == "kb-7f3q9xk2 · articles/email/outlook.md"
    assert "kcs show N" in told.err
    assert max(map(len, lines)) <= 100
    told = ask("search", "throttled mailboxes", env=WIDE)
    assert plain(told.out).splitlines()[0] == " 1   INTERNAL  Whom to ask about throttled mailboxes"


def test_a_snippet_of_which_not_all_is_shown_says_so(ask: Run, base: Base) -> None:
    base.write(
        "articles/long.md", "---\ntitle: Quokka\n---\n" + "A quokka is a small animal of the islands. " * 9
    )
    for columns, ending in (("50", "\u2026"), ("200", "\u2026")):
        told = ask("search", "quokka", env={**WIDE, "COLUMNS": columns})
        assert plain(told.out).rstrip().endswith(ending), told.out


def test_what_holds_a_phrase_of_common_words_answers(ask: Run, base: Base) -> None:
    """Those with words that merely begin alike were ranked first, as probably not it."""
    base.write("articles/theme.md", "---\ntitle: Themes\n---\nAsk for the theme. The formats are there.\n")
    told = ask("search", '"for the"', "--format", "json").json
    assert told["answered"] and {one["match"] for one in told["hits"]} == {1.0}
    assert "articles/theme.md" in {one["path"] for one in told["hits"]} and told["total"] == len(told["hits"])


def test_what_holds_a_phrase_and_nothing_else_that_was_asked_is_no_answer(ask: Run, base: Base) -> None:
    told = ask("search", '"for the" unicornx', "--format", "json").json
    assert told["hits"] and not told["answered"]
    assert {one["match"] for one in told["hits"]} == {0.0}
    assert ids(ask, '"for the" unicornx', "--all") == []


def test_a_short_thai_word_is_shown_where_it_stands(ask: Run, base: Base) -> None:
    """In a sentence that types two SARA E for one SARA AE, too: nothing of it was marked, and the beginning shown."""
    before = "ก่อนอื่นให้เข้าสู่ระบบ\u0e40\u0e40ละตรวจสอบการตั้งค่าของท่าน" * 5
    base.write("articles/th/long.md", f"---\ntitle: คู่มือ\n---\n{before}\u0e40\u0e40ล้วส่งออกไฟล์ของท่าน\n")
    for word in ("ไฟล์", "ส่งออกไฟล์"):
        told = ask("search", word)
        assert f"**{word}**" in told.out, told.out


@pytest.mark.parametrize("columns", ["30", "40", "60"])
def test_narrow_terminals_without_colour(ask: Run, columns: str) -> None:
    for words in ("outlook password", "รีเซ็ตรหัสผ่าน", "كلمة المرور"):
        told = ask("search", words, env={**WIDE, "COLUMNS": columns, "NO_COLOR": "1"})
        assert not re.search(r"\x1b\[[\d;]*3\d", told.out), "no colours, and bold is none"
        long = [one for one in plain(told.out).splitlines() if cells(one) > int(columns)]
        assert not long
    assert "\x1b" not in ask("search", "outlook", env={**WIDE, "TERM": "dumb"}).out
    for term in ("dumb", "xterm"):
        for words in ("outlook", "zebra", "phone mailbox password"):
            told = ask("search", words, env={**WIDE, "COLUMNS": columns, "TERM": term})
            assert not [one for one in plain(told.out).splitlines() if cells(one) > int(columns)]


def test_a_path_breaks_between_its_parts(ask: Run, base: Base) -> None:
    path = "articles/cloud-servers/mysql/resetting-a-lost-mysql-root-password.md"
    base.write(path, "---\ntitle: Quokka\n---\nIt is lost.\n")
    told = plain(ask("search", "quokka", env={**WIDE, "COLUMNS": "40"}).out).splitlines()
    lines = [one.strip() for one in told if one.strip() and one.strip() in path]
    assert "".join(lines) == path and all(one.endswith(("/", "-")) for one in lines[:-1]), told


def test_a_snippet_shows_what_may_be_sent_and_marks_what_may_not(ask: Run) -> None:
    told = ask("search", "outlook", "password", "--format", "json").json["hits"][0]
    assert "zebra" not in told["snippet"] and told["matched_fields"][:1] == ["title"]
    inside = ask("search", "zebra", "--format", "json").json["hits"][0]["snippet"]
    assert inside.startswith("INTERNAL: ") and "zebra" in inside
    told = ask("search", "zebra")
    assert "\tINTERNAL: " in told.out.splitlines()[0] and "**zebra**" in told.out


def test_nothing_found_is_no_failure_and_one_command_captures_it(ask: Run) -> None:
    told = ask("search", "flux capacitor overheats", "product:delorean", "lang:en")
    assert told.code == 0 and not told.out
    assert "kcs: no answer found" in told.err
    assert "kcs new 'flux capacitor overheats' --product delorean --language en" in told.err
    told = ask("search", "outlok pasword xyzzyx plugh")
    assert "did you mean: kcs search 'outlook password" in told.err
    told = ask("search", "outlok pasword xyzzyx plugh", env=WIDE)
    assert told.err.count("did you mean: kcs search 'outlook password") == 1, "below the few hits"


def test_what_is_offered_to_capture_a_question_is_accepted(ask: Run) -> None:
    for words in ("?!", "'", "product:rackspace-email ..."):
        told = ask("search", words).err
        assert "no answer found" in told and "kcs new" not in told
        assert ask("new", words.split()[-1], "--force", "--dry-run").code == 2, "no title"
    for words in ("zyx\ue000qwv $HOME `id`", "don't \u202ezyx\u202c", "zyx \U0001f642\nwqv", "ฝฝฝ zyx"):
        command = ask("search", words).err.partition("capture the question: kcs ")[2]
        made = ask(*shlex.split(command), "--force", "--dry-run")
        assert made.code == 0 and "title: " in made.out, made.err
    for words in (
        "how-to",
        "known error",
        "Known",
        "area-of-responsibility",
    ):  # a title that is a type's name
        command = ask("search", words, "product:nowhere").err.partition("capture the question: kcs ")[2]
        made = ask(*shlex.split(command), "--force", "--dry-run")
        assert made.code == 0 and f"\ntitle: {words}\n" in made.out, made.err


def test_did_you_mean_stands_above_a_list_too_that_does_not_fit(ask: Run, base: Base) -> None:
    for number in range(8):
        base.write(f"articles/many/{number}.md", f"---\ntitle: Outlook {number}\n---\nOutlook, outlok.\n")
    words = ("search", "outlok pasword xyzzyx plugh")
    assert ask(*words, env=WIDE).err.count("did you mean") == 1
    told = ask(*words, "-n", "10", env=WIDE)
    assert told.out.count("\n") > 24 and told.err.count("did you mean") == 2
    assert told.err.startswith("kcs: did you mean"), "before the hits"


def test_a_number_is_a_hit_that_was_shown(ask: Run, base: Base) -> None:
    for number in range(8):
        base.write(f"articles/many/{number}.md", f"---\ntitle: Phone {number}\n---\nA phone.\n")
    words = ("search", "phone", "quantum", "chromodynamics", "lattice")
    shown = ask(*words, env=WIDE)
    assert "3 of 9 found" in shown.err and ", -n 9 shows all · " in shown.err
    told = ask("show", "4")
    assert told.code == 2 and "had 3 hits, and no hit 4" in told.err
    assert "kcs search WORDS -n N shows N hits" in told.err
    every = ask(*words, "-n", "10", env=WIDE)
    assert "\n 4  " in plain(every.out) and ask("show", "4").code == 0
    assert ", -n " not in ask("search", "throttled", "-n", "20", env=WIDE).err


def test_no_more_hits_are_offered_than_may_be_asked_for(ask: Run, base: Base) -> None:
    for number in range(1001):
        base.write(f"articles/many/{number}.md", f"---\ntitle: Phone {number}\n---\n")
    told = ask("search", "title:phone not:zebra", "-n", "995", env=WIDE)
    assert "995 of 1,002 found" in told.err and ", -n 1000 shows more · " in told.err
    told = ask("search", "title:phone not:zebra", "-n", "1000", env=WIDE)
    assert "1,000 of 1,002 found" in told.err and ", -n " not in told.err


def test_weak_hits_come_under_a_heading(ask: Run) -> None:
    told = ask("search", "phone", "quantum", "chromodynamics", "lattice", env=WIDE)
    assert plain(told.out).splitlines()[0] == "nearest, probably not it:"
    data = ask("search", "phone", "quantum", "chromodynamics", "lattice", "--format", "json").json
    assert data["hits"] and all(one["weak"] for one in data["hits"]) and not data["answered"]


def test_json_is_what_it_says(ask: Run) -> None:
    data = ask("search", "outlook password", "--format", "json", "--limit", "1").json
    keys = ["schema", "query", "total", "answered", "took_ms", "suggestion", "sentence", "notes", "hits"]
    assert list(data) == keys
    assert data["schema"] == "kcs.search/1" and data["query"] == "outlook password"
    assert data["total"] >= 1 and data["answered"] and data["took_ms"] > 0
    (hit,) = data["hits"]
    assert list(hit) == [
        "id", "path", "title", "score", "match", "weak", "confidence", "audience", "language", "trusted", "reasons",
        "snippet", "matched_fields", "sentence",
    ]  # fmt: skip
    assert (hit["id"], hit["path"], hit["audience"]) == (
        "kb-7f3q9xk2",
        "articles/email/outlook.md",
        "external",
    )
    assert 0 < hit["match"] <= 1 and hit["reasons"] == ["not-validated", "never-verified"]
    line = ask("search", "outlook password", "--format", "jsonl", "-n", "1").out
    assert line.count("\n") == 1 and json.loads(line)["hits"][0]["id"] == "kb-7f3q9xk2"


def test_names_alone(ask: Run) -> None:
    assert ask("search", "outlook password", "-0", "-n", "1").out == "kb-7f3q9xk2\0"
    assert ask("search", "outlook password", "-0", "--format", "json").code == 2
    assert ask("search", "outlook password", "--format", "ids", "-n", "1").out == "kb-7f3q9xk2\n"


def test_why_this_one(ask: Run) -> None:
    told = ask("search", "outlok", "refund", "the", "--explain")
    assert "outlok: in no article; taken for outlook" in told.out
    assert "found in title" in told.out and "not trusted: score" in told.out
    told = ask("search", "the xyzzyx emailteam outlook", "--explain")
    assert told.out.splitlines()[:4] == [
        "the: says nothing about a subject",
        "xyzzyx: in no article, and nothing like it",
        "emailteam: in no article; taken for email, team",
        "outlook: in 2 articles",
    ]
    told = ask("search", "e-mail", "--explain")
    assert "mail: in 1 article\n" in told.out and "email: the same in one word, in 3 articles\n" in told.out
    told = ask("search", "2fa", "--explain")
    assert "a synonym, in" in told.out and "kb-otp00001" in told.out
    assert ask("search", "x", "--explain", "--format", "json").code == 2


def test_pins_come_first_and_say_so(ask: Run) -> None:
    told = ask("search", "Refunds", "--explain")
    assert "kb-refund01" in told.out.split("\n 2 ")[0] and "pinned for 'refund' in kcs.toml" in told.out
    assert found(ask, "refund")[0] == "kb-refund01"
    assert "kb-refund01" not in found(ask, "refund lang:th")
    assert "kb-refund01" not in found(ask, "refund outlook password")


def test_pins_stand_in_the_order_of_the_configuration(ask: Run, base: Base) -> None:
    pins = ["kb-otp00001", "kb-imap0001", "kb-refund01"]
    base.write("kcs.toml", base.read("kcs.toml").replace('["kb-refund01"]', str(pins).replace("'", '"')))
    assert found(ask, "refund")[:3] == pins


def test_a_translation_in_the_language_of_the_query_comes_first(ask: Run, base: Base) -> None:
    base.write(
        "articles/th/password.md",
        base.read("articles/th/password.md").replace(
            "## วิธีแก้ไข", "Self-service portal ERR_4711\n\n## วิธีแก้ไข"
        ),
    )
    assert found(ask, "ERR_4711")[0] == "kb-viet0001", (
        "Latin letters: not the Thai one, though it alone has the words"
    )
    assert found(ask, "ERR_4711 รหัสผ่าน")[0] == "kb-thai0001"
    assert ids(ask, "ERR_4711 كلمة المرور")[0] == "kb-arab0001"
    told = ask("search", "ERR_4711", "--explain")
    assert "a translation of kb-thai0001, or its original" in told.out


def test_of_two_languages_in_latin_letters_that_of_the_words_comes_first(ask: Run, base: Base) -> None:
    english = base.read("articles/refund.md").replace(
        "language: en\n", "language: en\ntranslation_of: {id: kb-viet0002}\n"
    )
    base.write("articles/refund.md", english)
    base.write(
        "articles/vi/refund.md",
        "---\nid: kb-viet0002\nlanguage: vi\nconfidence: not-validated\ntitle: Hoàn tiền\n---\nHoàn tiền.\n",
    )
    base.write(
        "kcs.toml",
        base.read("kcs.toml").replace("kb-refund01", "kb-viet0002").replace('"refund"', '"money back"'),
    )
    assert ids(ask, "money back")[:2] == ["kb-refund01", "kb-viet0002"], "though the other one is pinned"
    assert ids(ask, "hoan tien")[0] == "kb-viet0002"
    assert ids(ask, "money back")[0] == "kb-refund01"
    for form in (
        "NFC",
        "NFD",
    ):  # its letters tell, also where a PDF has the marks apart (but for đ, which has none)
        assert ids(ask, normalize(form, "money back thế nào"))[0] == "kb-viet0002"


def test_what_is_found_is_counted_alike_however_many_are_shown(ask: Run, base: Base) -> None:
    base.write("kcs.toml", base.read("kcs.toml").replace('"refund"', '"quokka"'))
    for number in range(40):
        base.write(
            f"articles/quokka/{number}.md", f"---\ntitle: Quokka {number}\nlanguage: en\n---\nQuokka.\n"
        )
    base.write("articles/th/password.md", base.read("articles/th/password.md") + "\nquokka\n")
    for words, total in (("quokka", 43), ("quokka lang:th", 1), ("quokka audience:external", 3)):
        told = [ask("search", words, "--format", "json", "-n", n).json for n in ("1", "10", "1000")]
        assert [one["total"] for one in told] == [total] * 3, (
            "with the pin, and the translation of the Thai one"
        )
        assert len(told[-1]["hits"]) == total


def test_a_list_that_is_empty_asks_for_no_article(ask: Run) -> None:
    told = ask("search", "lang:th", "product:rackspace-email")
    assert told.code == 0 and "no article matches that" in told.err and "kcs new" not in told.err


def test_many_queries_in_one_process(ask: Run, base: Base, tmp_path: Any) -> None:
    queries = "outlook password\n\nรีเซ็ตรหัสผ่าน\r\ntrusted:maybe\nlang:vi mật khẩu\n" + '"' * 70_000 + "\nlast"
    file = tmp_path / "queries.txt"
    file.write_bytes(b"\xef\xbb\xbf" + queries.encode() + b" \xff")
    told = ask("search", "--queries", str(file), "--format", "jsonl")
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [one["query"][:16] for one in lines] == [
        "outlook password", "", "รีเซ็ตรหัสผ่าน", "trusted:maybe", "lang:vi mật khẩu", '"' * 16, "last \ufffd",
    ]  # fmt: skip
    tops = [one["hits"][0]["id"] if one["hits"] else None for one in lines]
    assert tops[:5] == ["kb-7f3q9xk2", None, "kb-thai0001", None, "kb-viet0001"]
    assert told.code == 2 and f"{file}:4: trusted:maybe is neither yes nor no" in told.err
    assert [one["notes"] for one in lines[:4]] == [[], [], [], ["trusted:maybe is neither yes nor no"]]
    again = ask("search", "--queries", "-", "--format", "jsonl", stdin="outlook password\n")
    noted = ask("search", "--queries", "-", "--format", "jsonl", stdin="x produkt:a\ny produkt:b\nz\n")
    assert noted.err.count("did you mean product:?") == 1 and noted.err.startswith("kcs: -:1: produkt:")
    said = [json.loads(line)["notes"] for line in noted.out.splitlines()]
    assert said[0] == said[1] != said[2] == [] and noted.err == f"kcs: -:1: {said[0][0]}\n"
    assert again.code == 0 and json.loads(again.out)["hits"] == lines[0]["hits"]
    assert ask("search", "--queries", str(file)).code == 2
    assert ask("search", "--queries", "nowhere.txt", "--format", "jsonl").code == 2


def test_each_answer_is_there_before_the_next_question(base: Base) -> None:
    asking = subprocess.Popen(
        [sys.executable, "-m", "kcs", "search", "--queries", "-", "--format", "jsonl"],
        cwd=base.root, env=dict(base.env), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert asking.stdin and asking.stdout
    with asking:
        for words in ("outlook password", "refund"):
            asking.stdin.write(f"{words}\n".encode())
            asking.stdin.flush()
            there, _, _ = select.select([asking.stdout], [], [], 60)
            assert there and json.loads(asking.stdout.readline())["query"] == words
        asking.stdin.close()


@pytest.mark.parametrize(
    "words",
    ['"' * 5000, "a" * 9000, "(" * 3000, "a* ?b ~2 ^3 [c TO d] {e} AND OR NOT", "\\" * 999, "\x01\x02", "\u0301" * 500,
     "".join(map(chr, range(0x20, 0x3000, 7))), "".join(map(chr, range(0x3000, 0xD7FF, 101))), " ".join(f"qx{n}z" for n in range(1500)),
     "".join(map(chr, range(0x10000, 0x30000, 97)))],
    ids=range(11),
)  # fmt: skip
def test_hostile_queries_get_an_answer_or_a_sentence(ask: Run, words: str) -> None:
    told = ask("search", "--", words)
    assert told.code in (0, 2) and (told.out or told.err)


def test_a_storm_of_phrases_is_cut_and_says_so(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ['"the password"', '"every few minutes"', '"asks for"']
    assert ids(ask, *wanted, *wanted) == ["kb-7f3q9xk2"]
    assert ids(ask, *wanted, 'not:"in a loop"') == []
    told = ask("search", "password", *(f'"the password {number}"' for number in range(40)))
    assert "of 40 phrases the first 20 were looked for" in told.err
    unwanted = [f"not:word{number}" for number in range(20)]
    assert "kb-7f3q9xk2" in ask("search", "outlook", *unwanted, *unwanted).out
    told = ask("search", "outlook", *unwanted, "not:password")
    assert told.code == 2 and "the query excludes 21 words and phrases, and the most is 20" in told.err
    from kcs.search import requiring

    monkeypatch.setattr(requiring, "MOST_READ", 10)
    assert "likeliest" not in ask("search", "mail", 'not:"two minutes"', 'not:"the phone"').err
    monkeypatch.setattr(requiring, "MOST_READ", 0)
    assert "'the phone' was looked for in the 0 likeliest of 1 articles" in ask("search", '"the phone"').err


def test_without_words_it_says_how(ask: Run) -> None:
    for words in ([], [""], ['"'], [" \x00"]):
        told = ask("search", *words)
        assert told.code == 2 and "nothing to search for" in told.err


def test_the_day_of_a_change_holds_for_an_article_that_was_away(base: Base, ask: Run) -> None:
    condition = ("search", "changed:2026-05 lang:ar", "--format", "ids")
    wanted = ask(*condition).out
    assert wanted
    base.git("commit", "--quiet", "--allow-empty", "-m", "another commit", **identity(JD))
    article = base.root / "articles/ar/password.md"
    article.rename(base.root / "away")
    assert ask("search", "changed:2026-05", "--format", "ids").out
    (base.root / "away").rename(article)
    assert ask(*condition).out == wanted
