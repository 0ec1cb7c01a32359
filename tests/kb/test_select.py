"""Naming one article, and choosing many: what a user types is understood in one way or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs.errors import UsageProblem, nearest_hint
from kcs.kb.base import KnowledgeBase
from kcs.kb.recent import Recent, remember
from kcs.kb.select import Filters, find_article, find_articles, path_in
from tests.conftest import Base, Run

CONFIG = '[articles]\ninclude = ["articles/**/*.md"]\n[links]\nby = "permalink"\nroot = "/help/"\n'
FILES = {
    "articles/mail/outlook.md": "---\nid: kb-7f3q9xk2\ntitle: Outlook keeps asking for the password\n---\n",
    "articles/mail/imap.md": "---\nid: kb-7f3q9zz9\ntitle: Read mail with IMAP\npermalink: read-imap/\n---\n",
    "articles/vpn.md": "---\ntitle: VPN drops\n---\n",
    "articles/vpn-old.md": "---\ntitle: VPN drops every hour\n---\n",
    "articles/[odd] name?.md": "---\ntitle: 'รหัสผ่าน: Odd'\n---\n",
}


@pytest.fixture
def base(make_base: Callable[..., Base], monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]) -> Base:
    monkeypatch.setenv("XDG_CACHE_HOME", kcs_env["XDG_CACHE_HOME"])
    return make_base(FILES, config=CONFIG, team=None, git=False)


@pytest.fixture
def kb(base: Base, monkeypatch: pytest.MonkeyPatch) -> Iterator[KnowledgeBase]:
    monkeypatch.chdir(base.root)
    yield KnowledgeBase.open(base.root)


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("kb-7f3q9xk2", "articles/mail/outlook.md"),
        ("kb-7f3q9x", "articles/mail/outlook.md"),
        ("7f3q9z", "articles/mail/imap.md"),
        ("articles/vpn.md", "articles/vpn.md"),
        ("./articles/vpn.md", "articles/vpn.md"),
        ("articles/mail/../vpn.md", "articles/vpn.md"),
        ("articles/mail/out", "articles/mail/outlook.md"),
        ("outl", "articles/mail/outlook.md"),
        ("/read-imap", "articles/mail/imap.md"),
        ("vpn drops", "articles/vpn.md"),
        ("VPN DROPS", "articles/vpn.md"),
        ("password outlook", "articles/mail/outlook.md"),
        ("mail", "articles/mail/imap.md"),
        ("every hour", "articles/vpn-old.md"),
        ("articles/[odd] name?.md", "articles/[odd] name?.md"),
        ("รหัสผ่าน", "articles/[odd] name?.md"),
        ("  kb-7f3q9xk2  ", "articles/mail/outlook.md"),
    ],
)
def test_what_names_an_article(kb: KnowledgeBase, wanted: str, path: str) -> None:
    assert find_article(kb, wanted).path == path


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("", "no article named"),
        ("   ", "no article named"),
        ("kb-7f3q9", "names 2 articles"),
        ("vpn", "names 2 articles"),
        ("no such thing", "no article is named"),
        ("../outside.md", "no article is named"),
        ("/etc/passwd", "no article is named"),
        ("\x00", "no article is named"),
    ],
)
def test_what_names_none_or_several(kb: KnowledgeBase, wanted: str, said: str) -> None:
    with pytest.raises(UsageProblem, match=said) as caught:
        find_article(kb, wanted)
    assert caught.value.hint


def test_several_are_listed_so_that_one_can_be_named(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageProblem) as caught:
        find_article(kb, "vpn")
    lines = [line.strip() for line in caught.value.hint.splitlines()]
    assert lines[1:] == ["articles/vpn-old.md  VPN drops every hour", "articles/vpn.md  VPN drops"]


def test_a_slip_of_the_finger_is_met_with_what_is_near(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageProblem) as caught:
        find_article(kb, "kb-7f3q9xx2")
    assert "kb-7f3q9xk2" in caught.value.hint
    with pytest.raises(UsageProblem) as caught:
        find_article(kb, "OUTLOOK KEPS ASKING FOR THE PASSWORT")
    assert caught.value.hint.startswith("did you mean:") and "kb-7f3q9xk2" in caught.value.hint


def test_an_id_in_a_file_that_cannot_be_read_is_found_there(base: Base) -> None:
    base.write("articles/broken.md", '---\ntitle: [\nid: "kb-brok3n01"\n---\n')
    with pytest.raises(UsageProblem) as caught:
        find_article(KnowledgeBase.open(base.root), "kb-brok3n01")
    assert caught.value.hint.startswith("articles/broken.md has that id, and cannot be read: kcs doctor says")
    with pytest.raises(UsageProblem) as caught:
        find_article(KnowledgeBase.open(base.root), "kb-brok3n0")
    assert "broken" not in caught.value.hint


def test_an_exact_name_wins_over_a_prefix(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    base.write("articles/other.md", "---\nid: kb-7f3q9xk2a\ntitle: Longer\n---\n")
    assert find_article(KnowledgeBase.open(base.root), "kb-7f3q9xk2").path == "articles/mail/outlook.md"


def test_a_path_is_understood_from_the_folder_one_is_in(
    kb: KnowledgeBase, base: Base, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(base.root / "articles" / "mail")
    assert find_article(kb, "imap.md").path == "articles/mail/imap.md"
    assert find_article(kb, "../vpn.md").path == "articles/vpn.md"
    assert find_article(kb, "articles/vpn.md").path == "articles/vpn.md"
    assert [one.path for one in Filters(paths=("*.md",)).choose(kb)] == [
        "articles/mail/imap.md",
        "articles/mail/outlook.md",
    ]
    monkeypatch.chdir(tmp_path)
    assert path_in(kb, "articles/vpn.md") == "articles/vpn.md"


def test_a_folder_a_pattern_and_a_beginning_from_the_root_are_understood_in_any_folder(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(base.root / "articles/mail")
    kb = KnowledgeBase.open()
    mails = ["articles/mail/imap.md", "articles/mail/outlook.md"]
    for typed in ("articles/mail", "articles/mail/*.md", "./articles/mail/", ".", "*.md"):
        assert [one.path for one in Filters(paths=(typed,)).choose(kb)] == mails, typed
    assert find_article(kb, "articles/mail/out").path == mails[1]


def test_a_folder_is_all_that_lies_in_it(kb: KnowledgeBase) -> None:
    for folder in ("articles/mail", "articles/mail/", "articles/mail/**", "./articles/mail"):
        assert len(Filters(paths=(folder,)).choose(kb)) == 2
    assert len(Filters(paths=(".",)).choose(kb)) == len(FILES)
    assert len(Filters().choose(kb)) == len(FILES)


def test_a_file_whose_name_looks_like_a_pattern_is_itself(kb: KnowledgeBase) -> None:
    assert [one.path for one in Filters(paths=("articles/[odd] name?.md",)).choose(kb)] == [
        "articles/[odd] name?.md"
    ]


@pytest.mark.parametrize("wanted", ["kb-7f3q9zz9", "/read-imap/", "articles/mail/imap.md"])
def test_an_id_or_a_permalink_narrows_a_list_like_a_path(kb: KnowledgeBase, wanted: str) -> None:
    assert [one.path for one in Filters(paths=(wanted,)).choose(kb)] == ["articles/mail/imap.md"]


def test_a_hit_narrows_a_list_by_its_number(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageProblem, match="no article is named '2'"):
        Filters(paths=("2",)).choose(kb)
    remember(kb.cache, Recent("vpn", ("articles/vpn.md", "articles/vpn-old.md", "articles/gone.md")))
    assert [one.path for one in Filters(paths=("2",)).choose(kb)] == ["articles/vpn-old.md"]
    assert find_article(kb, "1").path == "articles/vpn.md"
    for number, said in (
        ("3", "articles/gone.md, hit 3 of 'vpn', is gone"),
        ("4", "'vpn', had 3 hits, and no hit 4"),
        ("0", "'vpn', had 3 hits, and no hit 0"),
    ):
        with pytest.raises(UsageProblem, match=said):
            find_article(kb, number)
    with pytest.raises(UsageProblem, match=r"^no article is named '1000'"):
        find_article(kb, "1000")


def test_the_nearest_path_is_named_where_none_fits(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageProblem) as caught:
        Filters(paths=("articles/mail/outlok.md",)).choose(kb)
    assert "kb-7f3q9xk2" in caught.value.hint


def test_one_path_that_matches_nothing_refuses_all(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageProblem, match="matches no article"):
        Filters(paths=("articles/vpn.md", "articles/vnp.md")).choose(kb)


def test_a_hint_is_no_wall_of_names(kb: KnowledgeBase) -> None:
    assert nearest_hint("zzz", [f"person-{number}" for number in range(187)]).endswith(
        "person-15 and 171 more"
    )
    with pytest.raises(UsageProblem) as caught:
        find_article(kb, "articles/vpn")
    assert caught.value.hint.startswith("say which:\n")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=20))
def test_any_words_name_one_article_or_are_refused(kb: KnowledgeBase, wanted: str) -> None:
    try:
        assert find_article(kb, wanted).path in FILES
    except UsageProblem as problem:
        assert problem.message and problem.hint


def test_words_of_a_title_need_no_quotes(native: Base, run: Run) -> None:
    shown = run("show", "keeps", "asking", "--raw", cwd=native.root)
    assert shown.code == 0 and "title: Outlook 2013" in shown.out
    for command in ("path", "log", "open"):
        more = ["--print"] if command == "open" else []
        assert run(command, "outlook", "password", *more, cwd=native.root).code == 0
    several = run("archive", "kb-vpn00001", "articles/email/outlook.md", cwd=native.root)
    assert several.code == 2 and "one article at a time" in several.err
    unknown = run("show", "printer", "on", "fire", cwd=native.root)
    assert unknown.code == 2 and "kcs search WORDS" in unknown.err


@pytest.mark.parametrize(
    "names",
    [("two", "calendars"), ("calendars", "two"), ("waiting", "calendars"), ("waiting", "articles/lists.md")],
)
def test_a_bare_word_of_a_title_beside_others_names_nothing(
    titles: KnowledgeBase, names: tuple[str, ...]
) -> None:
    """Files are called by their titles, so that a word of one may begin the name of another."""
    with pytest.raises(UsageProblem, match="is no id and no path, and one of several"):
        find_articles(titles, names)


@pytest.mark.parametrize(
    "names", [("ลืมรหัสผ่าน", "ตั้งค่าเมล"), ("Refunds", "articles/lists.md"), ("two-c", "lists")]
)
def test_whole_titles_and_beginnings_of_names_may_stand_beside_others(
    titles: KnowledgeBase, names: tuple[str, ...]
) -> None:
    """Thai and Chinese write a title without a blank."""
    assert len(find_articles(titles, names)) == 2


@pytest.fixture
def titles(make_base: Callable[..., Base]) -> KnowledgeBase:
    named = {
        "two-calendars": "Two calendars", "calendars-do-not-sync": "Calendars do not sync", "lists": "Waiting lists",
        "a": "ลืมรหัสผ่าน", "b": "ตั้งค่าเมล", "c": "Refunds",
    }  # fmt: skip
    files = {f"articles/{name}.md": f"---\ntitle: {title}\n---\n" for name, title in named.items()}
    return KnowledgeBase.open(make_base(files, team=None, git=False).root)
