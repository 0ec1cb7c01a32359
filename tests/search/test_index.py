"""The index follows the articles by their bytes, holds nothing
that a policy decides, and trusts no file it did not write.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs.errors import KcsError
from kcs.kb.base import KnowledgeBase
from kcs.search.analysis import analyse_text
from kcs.search.analysis.query import ask
from kcs.search.engines.blocks import pack as pack_places
from kcs.search.engines.blocks import pack_one
from kcs.search.engines.engine import Damaged
from kcs.search.engines.marks import check, mark_of, started
from kcs.search.engines.whoosh_segment import Segment
from kcs.search.file_name import file_name
from kcs.search.index_entries import EntryFile
from kcs.search.index_folder import index_folder
from kcs.search.index_open import open_index
from kcs.search.index_packing import pack, record_of, unpack
from kcs.search.model import Plan, Terms
from kcs.search.searcher import Searcher
from tests.conftest import KCS_TOML, Base, Run

pytestmark = pytest.mark.forked

ODD_WORDS = (
    "password",
    "the",
    "wi-fi",
    "đặt",
    "a_b",
    "คำถาม",
    "كلمة",
    "东京",
    "v4.3.1",
    "ERR_CONN",
    "café",
    "x",
    "Ǆ",
)
ODD_NAMES = ("zebra", "yak", "xenops", "wombat", "vole", "unau")
TEXTS = (
    "Outlook keeps asking",
    "The printer is jammed",
    "รีเซ็ตรหัสผ่าน",
    "Đặt lại mật khẩu",
    "VPN drops",
    "Printer ink",
)


@pytest.fixture(autouse=True)
def cache(kcs_env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", kcs_env["XDG_CACHE_HOME"])
    monkeypatch.delenv("KCS_ENGINE", raising=False)
    return Path(kcs_env["XDG_CACHE_HOME"])


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base({f"articles/{number}.md": article(text) for number, text in enumerate(TEXTS)})


def article(title: str, text: str = "") -> str:
    return f"---\ntitle: {title}\n---\n## Resolution\n\n{text or 'Start it again.'}\n"


def paths(base: Base, words: str, engine: str | None = None) -> set[str]:
    searcher = Searcher.open(KnowledgeBase.open(base.root), engine)
    assert searcher.notes == ()
    found = searcher.best(ask(words, searcher.vocabulary), 100)
    searcher.close()
    assert found.total == len(found.hits)
    return {hit.path for hit in found.hits}


def change(base: Base, engine: str | None = None) -> tuple[int, int, int] | None:
    opened = open_index(KnowledgeBase.open(base.root), engine)
    opened.index.close()
    return opened.change


@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_only_what_changed_is_analysed_and_what_moved_or_came_back_is_known(base: Base, engine: str) -> None:
    assert change(base, engine) == (6, 0, 0)
    assert change(base, engine) is None
    assert paths(base, "printer", engine) == {"articles/1.md", "articles/5.md"}
    base.write("articles/1.md", article("The scanner is jammed"))
    base.write("articles/new.md", article("Printer again"))
    (base.root / "articles" / "4.md").unlink()
    assert change(base, engine) == (2, 0, 2)
    assert paths(base, "printer", engine) == {"articles/new.md", "articles/5.md"}
    (base.root / "articles" / "new.md").rename(base.root / "articles" / "moved.md")
    assert change(base, engine) == (0, 0, 0)
    assert paths(base, "printer", engine) == {"articles/moved.md", "articles/5.md"}
    base.git("checkout", "--quiet", "--", ".")
    assert change(base, engine) == (2, 2, 1)
    assert paths(base, "printer vpn", engine) == {
        "articles/1.md",
        "articles/5.md",
        "articles/4.md",
        "articles/moved.md",
    }


@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_without_a_title_an_article_is_found_by_its_files_name_as_it_is_now(base: Base, engine: str) -> None:
    folder, text = base.root / "articles", "---\ntags: []\n---\nStart it again.\n"
    base.write("articles/Cloud_storage.md", text)
    base.write("articles/cloud-print.md", text)
    assert change(base, engine) == (8, 0, 0)
    assert paths(base, "cloud", engine) == {"articles/Cloud_storage.md", "articles/cloud-print.md"}
    assert paths(base, "index md articles", engine) == set()
    # The place among all paths stays the same.
    (folder / "Cloud_storage.md").rename(folder / "Cloud_sync.md")
    assert change(base, engine) == (1, 0, 1)
    assert paths(base, "storage", engine) == set()
    assert paths(base, "sync", engine) == {"articles/Cloud_sync.md"}
    (folder / "Cloud_sync.md").rename(folder / "Cloud_storage.md")
    assert change(base, engine) == (1, 1, 1)
    assert paths(base, "storage", engine) == {"articles/Cloud_storage.md"}
    # Two that change names need nothing; a copy by the other's name is one of its own.
    base.write("articles/more/cloud-print.md", text)
    assert change(base, engine) == (1, 0, 0)
    assert paths(base, "print", engine) == {"articles/cloud-print.md", "articles/more/cloud-print.md"}
    base.write("articles/Cloud_storage.md", article("Where files lie"))
    assert paths(base, "storage", engine) == set()
    assert file_name("docs/Print_from-the.cloud/index.md") == "Print from the cloud"
    assert file_name("docs/2024-01-15.md") == file_name("docs/17.md") == "", "a number names nothing"


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcdef"), st.booleans()), max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_renamed_the_names_are_those_of_today(
    base: Base, moves: list[tuple[str, str, bool]]
) -> None:
    words, folder = dict(zip("abcdef", ODD_NAMES, strict=True)), base.root / "articles"
    shutil.rmtree(folder)
    for letter in "abcd":
        base.write(f"articles/{words[letter]}.md", "Start it again.\n")
    for before, after, titled in moves:
        if (old := folder / f"{words[before]}.md").exists():
            old.rename(folder / f"{words[after]}.md")
        if titled:
            base.write(f"articles/{words[after]}.md", article("Other"))
        change(base)
    for word in words.values():
        path = f"articles/{word}.md"
        here = (base.root / path).exists() and "title" not in (base.root / path).read_text()
        assert paths(base, word) == ({path} if here else set()), (moves, word)


def test_what_many_articles_said_before_is_not_found(make_base: Callable[..., Base]) -> None:
    many = 110  # more than an update has at hand
    base = make_base({f"articles/{number}.md": article("Fossil", f"no {number}") for number in range(many)})
    assert change(base, "sqlite") == (many, 0, 0)
    for number in range(many):
        base.write(f"articles/{number}.md", article("Amber", f"no {number}"))
    assert change(base, "sqlite") == (many, 0, many)
    engine = open_index(KnowledgeBase.open(base.root), "sqlite").index.engine
    assert [engine.find(Plan({term: 1.0}, {}), 1).total for term in ("fossil", "amber")] == [0, many]
    engine.close()


@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_of_equal_hits_the_first_path_comes_first_whenever_it_was_indexed(base: Base, engine: str) -> None:
    def order() -> list[str]:
        searcher = Searcher.open(KnowledgeBase.open(base.root), engine)
        hits = searcher.best(ask("jammed", searcher.vocabulary), 10).hits
        searcher.close()
        assert len({hit.score for hit in hits}) == 1
        return [hit.path for hit in hits]

    assert order() == ["articles/1.md"]
    base.write("articles/0.md", article("The scanner is jammed"))
    assert order() == ["articles/0.md", "articles/1.md"]


def test_the_same_text_at_two_places_is_two_articles(base: Base) -> None:
    base.write("articles/copy.md", article(TEXTS[1]))
    assert paths(base, "jammed") == {"articles/1.md", "articles/copy.md"}
    (base.root / "articles" / "1.md").unlink()
    assert paths(base, "jammed") == {"articles/copy.md"}


@pytest.mark.parametrize("back", [False, True], ids=["stays so", "is as it was"])
@pytest.mark.parametrize("away", [False, True], ids=["changed", "away"])
def test_what_is_changed_or_away_between_list_and_index_is_looked_at_again(
    base: Base, away: bool, back: bool
) -> None:
    """The index must not take the state of the list for its own: by it, what comes back would be up to date."""
    kb = KnowledgeBase.open(base.root)
    assert len(kb.articles) == 6
    file, raw = base.root / "articles/1.md", base.root.joinpath("articles/1.md").read_bytes()
    # Its title was listed as it was before: it must not get in with the new text, and stay there.
    file.unlink() if away else file.write_text(article("The scanner is jammed"))
    searcher = Searcher.open(kb)
    changed = set() if away else {"articles/1.md"}
    for words, found in (("scanner", changed), ("printer", {"articles/5.md"})):
        assert {hit.path for hit in searcher.best(ask(words, searcher.vocabulary), 10).hits} == found
    searcher.close()
    if back:
        file.write_bytes(raw)
    assert paths(base, "printer") == {"articles/5.md"} | ({"articles/1.md"} if back else set())
    assert paths(base, "scanner") == (set() if back else changed)


def test_broken_front_matter_hides_no_text_and_a_file_that_cannot_be_read_no_other(base: Base) -> None:
    base.write("articles/broken.md", "---\ntitle: [\n---\n\nzebra crossing\n")
    base.write("articles/latin.md", b"---\ntitle: caf\xe9\n---\n\nzebra\n")
    base.write("articles/empty.md", "")
    assert {"articles/broken.md"} <= paths(base, "zebra")
    assert paths(base, "printer") == {"articles/1.md", "articles/5.md"}


def test_nothing_that_a_policy_or_the_day_decides_is_in_the_index(base: Base) -> None:
    assert change(base) == (6, 0, 0)
    base.write(
        "kcs.toml",
        KCS_TOML
        + '[[policy]]\nconfidence = "archived"\naudience = "internal"\n[synonyms]\n"2fa" = ["otp"]\n',
    )
    base.write("team.toml", "[people.xx]\nemails = ['x@y.example']\n")
    assert change(base) is None
    base.write("kcs.toml", KCS_TOML + '[fields]\ntitle = "name"\n')
    assert change(base) == (6, 0, 0), "another title would be another text"
    base.write("kcs.toml", KCS_TOML)
    assert change(base) is None, "the other configuration's index was left alone"


def test_the_folder_is_private_and_outside_the_base(base: Base, cache: Path) -> None:
    change(base)
    folder = index_folder(KnowledgeBase.open(base.root), "whoosh")
    assert folder.is_relative_to(cache)
    assert [one.stat().st_mode & 0o077 for one in (folder, folder.parent, folder.parent.parent)] == [0, 0, 0]
    assert base.git("status", "--porcelain") == ""


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_what_others_could_have_written_is_made_anew(base: Base) -> None:
    change(base)
    folder = index_folder(KnowledgeBase.open(base.root), "whoosh")
    folder.chmod(0o777)
    assert change(base) == (6, 0, 0)
    assert folder.stat().st_mode & 0o077 == 0


def test_no_pickle_is_ever_read(base: Base, tmp_path: Path) -> None:
    """Each file of an index is replaced by a pickle that would leave a trace."""
    trace = tmp_path / "trace"

    class Evil:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
            return Path.touch, (trace,)

    for engine in ("whoosh", "sqlite"):
        change(base, engine)
        folder = index_folder(KnowledgeBase.open(base.root), engine)
        for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"):
            name = file.relative_to(folder)
            if not (folder / name).exists():
                continue  # what was made anew has other names
            (folder / name).write_bytes(pickle.dumps(Evil()))
            assert paths(base, "printer", engine) == {"articles/1.md", "articles/5.md"}
    assert not trace.exists()


@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_each_file_that_is_cut_off_changed_or_missing_is_noticed(base: Base, engine: str) -> None:
    change(base, engine)
    folder = index_folder(KnowledgeBase.open(base.root), engine)
    saved = folder.parent / "saved"
    shutil.copytree(folder, saved)
    files = [
        one.relative_to(saved) for one in sorted(saved.rglob("*")) if one.is_file() and one.suffix != ".lock"
    ]
    assert len(files) >= 4
    for name in files:
        for harm in ("cut", "flip", "gone"):
            shutil.rmtree(folder)
            shutil.copytree(saved, folder)
            raw = bytearray((folder / name).read_bytes())
            if harm == "gone":
                (folder / name).unlink()
            elif raw:
                middle = len(raw) // 2
                raw[middle] ^= 0xFF
                (folder / name).write_bytes(raw[:middle] if harm == "cut" else raw)
            assert paths(base, "printer", engine) == {"articles/1.md", "articles/5.md"}, (name, harm)
            assert paths(base, "รหัสผ่าน", engine) == {"articles/2.md"}, (name, harm)


def test_a_copy_restored_with_other_times_is_good(base: Base) -> None:
    change(base)
    folder = index_folder(KnowledgeBase.open(base.root), "whoosh")
    shutil.copytree(folder, folder.parent / "saved")
    shutil.rmtree(folder)
    (folder.parent / "saved").rename(folder)
    assert change(base) is None


def test_the_past_is_searched_in_memory_with_what_is_known(base: Base) -> None:
    base.write("articles/Printer_tray.md", "No title.\n")
    base.commit()
    change(base)
    base.write("articles/1.md", article("The scanner is jammed"))
    (base.root / "articles/Printer_tray.md").rename(base.root / "articles/Paper_tray.md")
    change(base)
    searcher = Searcher.open(KnowledgeBase.open(base.root, at="HEAD"))
    found = searcher.best(ask("printer", searcher.vocabulary), 10)
    assert {hit.path for hit in found.hits} == {f"articles/{one}.md" for one in ("1", "5", "Printer_tray")}
    assert change(base) is None


def test_an_empty_base_and_one_outside_git(make_base: Callable[..., Base]) -> None:
    assert paths(make_base({}, name="empty"), "anything") == set()
    outside = make_base({"articles/a.md": article("Printer")}, name="outside", git=False)
    assert paths(outside, "printer") == {"articles/a.md"}


def test_a_long_lived_search_sees_what_it_was_opened_on(base: Base) -> None:
    """Another process changes the index under it: SQLite's file is one, so it opens that again."""
    for engine in ("whoosh", "sqlite"):
        searcher = Searcher.open(KnowledgeBase.open(base.root), engine)
        question = ask("printer", searcher.vocabulary)
        before = {hit.path for hit in searcher.best(question, 10).hits}
        base.write(f"articles/{engine}.md", article("Printer"))
        assert paths(base, "printer", engine) == before | {f"articles/{engine}.md"}
        assert {hit.path for hit in searcher.best(question, 10).hits} == before
        searcher.close()


def test_within_bounds_what_is_found_and_counted(base: Base) -> None:
    searcher = Searcher.open(KnowledgeBase.open(base.root))
    question = ask("printer", searcher.vocabulary)
    assert searcher.best(question, 10, within=["articles/5.md", "articles/none.md"]).total == 1
    assert searcher.best(question, 10, within=[]) == (0, [])
    assert len(searcher.best(question, 1).hits) == 1 and searcher.best(question, 1).total == 2
    searcher.close()


@given(st.integers(0, 2**32 - 1) | st.integers(0, 300), st.integers(0, 2**32 - 1) | st.integers(0, 300))
def test_a_single_place_is_packed_as_any_are(place: int, often: int) -> None:
    assert pack_one(place, often) == pack_places([place], [often])


def test_whoosh_reads_what_we_read_of_its_files(base: Base) -> None:
    """The reader of our own and Whoosh's find the same rows."""
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.filetables import HashReader

    change(base)
    folder = index_folder(KnowledgeBase.open(base.root), "whoosh") / "postings"
    name = next(folder.glob("*.trm")).stem
    segment = Segment(folder, name)
    reader = HashReader.open(FileStorage(str(folder), supports_mmap=False), f"{name}.trm")
    rows = dict(reader.items())
    reader.close()
    assert len(rows) > 20 and {key[:2] for key in rows} == {b"\0\0", b"\0\1"}
    for key, value in rows.items():
        assert segment._row(key) == value
    assert segment._row(b"\0\0none") is None
    segment.close()


def test_an_entry_comes_back_as_it_was() -> None:
    terms = Terms({"a": 1, "b": 1, "wi-fi": 12, "đặt": 300}, {"^ที่": 2}, " title \n all words \n a \n \n ")
    assert unpack(pack(terms)) == terms and record_of(pack(terms)) == terms.record
    assert unpack(pack(Terms({}, {}, ""))) == Terms({}, {}, "")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(ODD_WORDS) | st.text(max_size=8), max_size=60),
    st.text(max_size=20),
    st.integers(1, 60),
)
def test_any_article_comes_back_short_or_long(words: list[str], title: str, times: int) -> None:
    terms = analyse_text(title, " ".join(words * times))
    packed = pack(terms)
    assert unpack(packed) == terms and record_of(packed) == terms.record


def test_of_a_short_article_less_is_kept() -> None:
    text = "Open the account page, choose reset, and wait for the mail that Đặng sent."
    short, long = (pack(analyse_text("Reset a password", text * times)) for times in (1, 60))
    assert zlib.decompress(short).count(b"account") == 1
    assert zlib.decompress(long).count(b" account ") > 60


@pytest.mark.parametrize("words", ["Парольотпочты", "รีเซ็ตรหัสผ่าน", "كلمةالمرور", "पासवर्डबदलें", "κωδικόςπρόσβασης", "\U0001e922\U0001e923", "\ud812\ud813"])  # fmt: skip
def test_in_one_script_a_letter_takes_a_byte(words: str) -> None:
    terms = Terms({words: 1}, {}, f" \n {words} \n \n \n ")
    packed = pack(terms)
    assert unpack(packed) == terms and record_of(packed) == terms.record
    assert len(zlib.decompress(packed)) == 3 + len(terms.record)
    mixed = Terms({words: 1}, {}, f" \n {words} 重置密码 đặt \n \n \n ")
    assert unpack(pack(mixed)) == mixed


def test_a_page_that_is_none_is_damage() -> None:
    for read in (unpack, record_of):
        with pytest.raises(Damaged):
            read(zlib.compress(b"\1\xff\xff \xff") + zlib.compress(b"\0"))


def test_an_entry_that_is_cut_off_is_damage() -> None:
    packed = pack(analyse_text("Reset a password", "Open the account page, choose reset. " * 60))
    record = record_of(packed)
    for end in range(len(packed)):
        with pytest.raises(Damaged):
            unpack(packed[:end])
        # What a search reads stands before what only an update asks.
        with contextlib.suppress(Damaged):
            assert record_of(packed[:end]) == record


def test_the_command(base: Base, run: Run) -> None:
    told = run("index", "--status", "--format", "json", cwd=base.root).json
    assert (told["kept"], told["current"], told["missing"], told["articles"]) == (False, False, 6, 0)
    assert run("index", cwd=base.root).out.startswith(
        "6 articles brought in, 0 taken out\nwhoosh: 6 articles"
    )
    assert run("index", cwd=base.root).out.startswith("already up to date\n")
    base.write("articles/1.md", article("Scanner"))
    told = run("index", "--status", "--format", "json", cwd=base.root).json
    assert (told["kept"], told["current"], told["missing"], told["extra"]) == (True, False, 1, 1)
    assert "1 article to bring in, 1 to take out" in run("index", "--status", cwd=base.root).out
    told = run("index", "--rebuild", "--format", "json", cwd=base.root).json
    assert told["change"] == {"new": 6, "known": 0, "gone": 0} and told["current"]
    assert run("index", "--rebuild", "--status", cwd=base.root).code == 2


def test_the_engine_is_the_environments_else_the_configurations(base: Base, run: Run) -> None:
    base.write("kcs.toml", 'engine = "sqlite"\n' + KCS_TOML)
    assert "sqlite: 6 articles" in run("index", cwd=base.root).out
    assert "whoosh: 6 articles" in run("index", cwd=base.root, env={"KCS_ENGINE": "whoosh"}).out
    wrong = run("index", cwd=base.root, env={"KCS_ENGINE": "sqlit"})
    assert wrong.code == 2 and "KCS_ENGINE 'sqlit' is unknown" in wrong.err and "sqlite" in wrong.err


def test_an_engine_that_is_not_installed_is_named_with_the_way_out(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.delitem(sys.modules, "kcs.search.engines.tantivy", raising=False)
    with pytest.raises(KcsError) as told:
        open_index(KnowledgeBase.open(base.root), "tantivy")
    assert "tantivy is not installed" in told.value.message and "pip install tantivy" in told.value.hint


def test_another_engine_is_offered_once_and_for_large_bases_alone(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = KnowledgeBase.open(base.root)
    assert open_index(kb, rebuild=True).notes == ()
    monkeypatch.setattr("kcs.search.index_open._LARGE", 5)
    assert '6 articles: with engine = "tantivy"' in open_index(kb, rebuild=True).notes[0]
    for engine in ("whoosh", "sqlite"):
        opened = open_index(kb, engine)
        assert opened.notes == ()
        opened.index.close()


def test_a_folder_that_cannot_be_written_is_said(base: Base, run: Run) -> None:
    told = run("index", "--format", "json", cwd=base.root, env={"XDG_CACHE_HOME": "/dev/null/none"})
    assert told.code == 0 and not told.json["kept"] and "in memory" in json.dumps(told.json["notes"])


def test_a_folder_in_place_of_the_entries_is_no_index(tmp_path: Path) -> None:
    """It opens for reading, and may be as long as the file was."""
    with pytest.raises(Damaged):
        EntryFile(tmp_path, 1)


@pytest.mark.parametrize("engine", ["whoosh", "sqlite", "tantivy"])
def test_which_of_many_equal_hits_come_first_does_not_depend_on_what_was_indexed_when(
    make_base: Callable[..., Base], engine: str, cache: Path
) -> None:
    """An entry that came back has a new number; of more equals than are looked at closely, it was left out."""
    said = "---\ntitle: Form {0:02}\n---\nReset the scanner in room {0:02}.\n"
    if engine == "tantivy":
        pytest.importorskip("tantivy")
    base = make_base({f"articles/{at:02}.md": said.format(at) for at in range(50)}, config=KCS_TOML)

    def found() -> list[str]:
        kb = KnowledgeBase.open(base.root)
        searcher = Searcher.open(kb, engine)
        try:
            return [one.path for one in searcher.best(ask("scanner", searcher.vocabulary), 10).hits]
        finally:
            searcher.close()

    first = found()
    assert first == [f"articles/{at:02}.md" for at in range(10)]
    base.write("articles/03.md", "---\ntitle: Another\n---\nNothing of it.\n")
    assert "articles/03.md" not in found()
    base.write("articles/03.md", said.format(3))
    assert found() == first
    shutil.rmtree(cache)
    assert found() == first


@pytest.mark.parametrize("name", ["held-*", "entries-*"])
def test_damaged_files_that_cannot_be_made_anew_are_done_without(base: Base, cache: Path, name: str) -> None:
    assert paths(base, "printer") == {"articles/1.md", "articles/5.md"}
    (file,) = cache.glob(f"kcs/*/search/*/{name}")
    file.write_bytes(bytes(one ^ 255 for one in file.read_bytes()))
    lock = file.parent / "kcs-index.lock"
    lock.unlink()
    lock.mkdir()  # as if another user's, or on a disk that cannot be written
    base.write("articles/2.md", "---\ntitle: Ink of a printer\n---\nBuy some.\n")
    searcher = Searcher.open(KnowledgeBase.open(base.root))
    found = {one.path for one in searcher.best(ask("printer", searcher.vocabulary), 10).hits}
    assert found == {"articles/1.md", "articles/2.md", "articles/5.md"}
    assert "could not be kept" in searcher.notes[0]
    searcher.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_named_pipe_is_no_empty_file(tmp_path: Path) -> None:
    """It has no bytes either, and a search read it for ever."""
    file = tmp_path / "kcs.pst"
    file.write_bytes(b"")
    mark = mark_of(file)
    check(file, mark, started())
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(Damaged, match="is no file"):
        check(file, mark, started())
