"""Many tickets cost less, and nothing else changes: what is
kept, turned over or handed to other processes says the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.coverage import ticket_gaps, work, workers
from kcs.coverage.judging import Judge, comparable
from kcs.coverage.spool import Spool
from kcs.coverage.tickets import Ticket
from kcs.errors import FileProblem
from kcs.kb.base import KnowledgeBase
from kcs.search import Bulk, Searcher, ask, bulk, pasted
from kcs.search.analysis import analyse_text
from kcs.search.analysis.folds import grams
from kcs.search.analysis.rerank import Read
from kcs.search.bulk import Best
from kcs.search.counted_records import CountedRecords
from kcs.search.model import Record
from tests.conftest import KCS_TOML, Base, Run
from tests.coverage.test_gaps import OTHERS, PRINTER, VPN, export, gaps, kcs  # noqa: F401 - a fixture
from tests.search.vocabularies import vocabulary_of

WORDS = ["vpn", "drops", "dropped", "the", "in", "a", "ab", "aaaa", "aaaaaa", "mật", "khẩu", "كلمة", "المرور", "รหัสผ่าน", "e42", "wi-fi", "my_cnf"]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS) | st.text("abวั ı-_.", max_size=6), max_size=30).map(" ".join)


@given(
    st.lists(texts, max_size=4), st.lists(st.sampled_from(WORDS) | st.text("abdopr", max_size=7), max_size=8)
)
@settings(max_examples=150)
def test_a_vocabulary_that_is_held_says_the_same(articles: list[str], asked: list[str]) -> None:
    plain = vocabulary_of([analyse_text("", one) for one in articles])
    held = plain.held()
    assert (held.total, held.average) == (plain.total, plain.average)
    for term in asked:
        assert held.known(term) == plain.known(term)
        assert held.near(term) == plain.near(term) == held.near(term)
        assert held.split(term) == plain.split(term)
        assert held.starting(term[:3], 8) == plain.starting(term[:3], 8)
        assert held.ending(term[-3:], 8) == plain.ending(term[-3:], 8)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5), texts)
@settings(max_examples=200)
def test_records_turned_over_hold_the_same_counts(articles: list[tuple[str, str]], words: str) -> None:
    records = [Record.of(analyse_text(title, text).record) for title, text in articles]
    counted = CountedRecords(records, len(records), records.__getitem__)
    places = list(range(len(records)))[::-1]
    seen, read = counted.candidates(places), Read([records[place] for place in places])
    question = ask(words, vocabulary_of([]))
    for gram in {*question.grams, *grams(" aaaaaa ", 4), " a "}:
        assert list(seen.grams(gram)) == read.grams(gram)
        assert list(seen.titled(gram)) == read.titled(gram)
    for sequence in {**question.sequences, " the the ": 1, " the ": 1, " vpn d": 1}:
        assert list(seen.sequences(sequence)) == read.sequences(sequence)
    assert (list(seen.lengths), list(seen.title_lengths)) == (read.lengths, read.title_lengths)


@given(st.lists(st.sampled_from([*WORDS, "v4.3.1", "--force", "e-mail", "a.b", "Camel"]) | st.sampled_from([" ", ", ", "? ", ". ", ": ", "(", ")", "; ", "!", " - ", "..", ".", "-", "'"])).map("".join))  # fmt: skip
@settings(max_examples=300)
def test_questions_that_are_judged_once_are_one_to_search(words: str) -> None:
    vocabulary = vocabulary_of([analyse_text("", "vpn drops e-mail wi-fi v4.3.1 a.b --force ab")])
    one, other = ask(words.casefold(), vocabulary), ask(comparable(words), vocabulary)
    assert one._replace(text="") == other._replace(text="")


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    archived = {f"articles/old-{n}.md": VPN.replace("kb-vpn0000", f"kb-old{n:02}0").replace("validated", "archived") for n in range(40)}  # fmt: skip
    return make_base({"articles/vpn.md": VPN, "articles/printer.md": PRINTER, **archived, **OTHERS})


@pytest.mark.parametrize("engine", ["whoosh", "sqlite", "tantivy"])
@pytest.mark.parametrize("held", [0, 1_000_000])
def test_in_bulk_search_says_what_it_says_of_one_question(
    base: Base, monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], engine: str, held: int
) -> None:
    """Among so many archived articles that the first sixty are not enough."""
    if engine == "tantivy":
        pytest.importorskip("tantivy")
    monkeypatch.setattr(bulk, "_VOCABULARY", held)
    monkeypatch.setattr(bulk, "_RECORDS", held)
    for name, value in kcs_env.items():
        monkeypatch.setenv(name, value)
    kb = KnowledgeBase.open(base.root)
    searcher = Searcher.open(kb, engine)
    try:
        seen = {one.path for one in kb.articles if one.confidence != "archived"}
        many = Bulk(kb, searcher, seen)
        for words in (
            "the vpn drops every hour",
            "vpnn drosp",
            "printer error e42",
            "calendar settings",
            "zzz",
            "",
            "ฟ",
        ):
            hits = searcher.best(ask(words, searcher.vocabulary, {}), 3, seen).hits
            paths = [hit.path for hit in hits]
            assert many.best(words) == (Best(paths[0], hits[0].match, tuple(paths[1:])) if hits else None)
        text = "Hello.\nThe calendar is fine and the coffee too. Why does the vpn drop every hour? Somebody should look."
        read = pasted.read(
            text,
            lambda words: ask(words, searcher.vocabulary, {}),
            lambda question, most: searcher.best(question, most, seen),
            lambda question: searcher.glance(question, seen),
            pasted.EACH,
        ).answers
        others = tuple(one.hit.path for one in read[1:3])
        assert many.read(text) == Best(read[0].hit.path, read[0].hit.match, others)
        assert read[0].sentence == "Why does the vpn drop every hour?"
    finally:
        searcher.close()


def test_of_equal_hits_the_first_path_is_the_answer_in_bulk_too(
    base: Base, monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]
) -> None:
    for name, value in kcs_env.items():
        monkeypatch.setenv(name, value)
    for name in ("copy", "another"):  # the later one of the two is the first by path
        base.write(f"articles/{name}.md", VPN.replace("kb-vpn0000", f"kb-{name[:4]}0000"))
        Searcher.open(KnowledgeBase.open(base.root)).close()
    kb = KnowledgeBase.open(base.root)
    searcher = Searcher.open(kb)
    seen = {"articles/copy.md", "articles/another.md"}
    best = Bulk(kb, searcher, seen).best("the vpn drops every hour")
    hits = searcher.best(ask("the vpn drops every hour", searcher.vocabulary, {}), 3, seen).hits
    assert best == Best("articles/another.md", hits[0].match, ("articles/copy.md",))
    assert [hit.path for hit in hits] == ["articles/another.md", "articles/copy.md"]
    searcher.close()


ROWS = [(f"T-{n}", "2026-06-01", f"{'The VPN drops every hour' if n % 3 else 'Invoices as Excel'} {n % 7}", f"Words {n}", 5, "") for n in range(40)]  # fmt: skip


@pytest.mark.parametrize("moved", [False, True])
def test_two_processes_and_one_that_sees_other_articles_judge_as_one_alone(
    kcs: Run,  # noqa: F811
    base: Base,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moved: bool,
) -> None:
    file = export(tmp_path, ROWS)
    alone = gaps(kcs, base, "--tickets", file)
    handed: list[int] = []
    real = workers.judged_lines
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(ticket_gaps, "_ALONE", 5)
    monkeypatch.setattr(ticket_gaps, "_MANY", 6)
    monkeypatch.setattr(workers, "_TOGETHER", 8)

    def watched(asked: work.Work, *rest: object) -> object:
        for lines in real(asked._replace(state="another") if moved else asked, *rest):  # type: ignore[arg-type]
            handed.extend(filter(None, [len(lines)]))  # while they wait, there are none
            yield lines

    monkeypatch.setattr(workers, "judged_lines", watched)
    export(tmp_path, ROWS)
    together = gaps(kcs, base, "--tickets", file)
    assert handed == [8, 8, 8, 8, 3] and together == alone


def test_what_was_judged_is_kept_only_while_the_settings_hold(
    kcs: Run,  # noqa: F811
    make_base: Callable[..., Base],
    tmp_path: Path,
) -> None:
    base = make_base({"articles/vpn.md": VPN.replace("confidence: validated\n", ""), **OTHERS})
    said = "The VPN connection drops every hour"
    file = export(tmp_path, [("T-2", "2026-07-01", said, f"{said}.", 10, "")])
    assert gaps(kcs, base, "--tickets", file)["tickets"]["unlinked"] == 1
    policy = '[[policy]]\nmatch = {path = "articles/vpn.md"}\nconfidence = "archived"\n'
    base.write("kcs.toml", KCS_TOML + policy)
    assert gaps(kcs, base, "--tickets", file)["tickets"]["unlinked"] == 0


def test_what_was_judged_before_a_move_was_written_down_is_judged_anew(
    kcs: Run,  # noqa: F811
    make_base: Callable[..., Base],
    tmp_path: Path,
) -> None:
    """By moves.tsv alone a link to where an article was names it where it is."""
    moved = "---\ntype: How-to\ntitle: Change the toner\ncreated: 2026-01-05\n---\n\nOpen the lid.\n"
    base = make_base({"articles/toner.md": moved, **OTHERS})
    file = export(tmp_path, [("T-2", "2026-07-01", "My cat is hungry", "", 10, "articles/old/toner.md")])
    assert gaps(kcs, base, "--tickets", file)["tickets"]["uncovered"] == 1
    base.write("moves.tsv", "articles/toner.md\tarticles/old/toner.md\n")
    assert gaps(kcs, base, "--tickets", file)["tickets"]["known"] == 1


def test_what_was_judged_before_an_article_was_committed_is_judged_anew(
    kcs: Run,  # noqa: F811
    make_base: Callable[..., Base],
    tmp_path: Path,
) -> None:
    """Until then nobody knows since when it exists; its content is the same."""
    base = make_base(OTHERS)
    base.write("articles/vpn.md", VPN.replace("created: 2026-01-05\n", ""))
    said = "The VPN connection drops every hour"
    file = export(tmp_path, [("T-2", "2026-07-01", said, f"{said}.", 10, "")])
    assert gaps(kcs, base, "--tickets", file)["tickets"]["unlinked"] == 1
    base.commit({}, day="2026-08-01")
    told = gaps(kcs, base, "--tickets", file)["tickets"]
    assert (told["unlinked"], told["new"]) == (0, 1)


def test_what_was_judged_by_other_code_is_judged_anew(tmp_path: Path) -> None:
    for name in ("coverage/judging.py", "search/analysis/match.py", "cli/main.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one = 1\n", "utf-8")
    before = work.judgement(tmp_path)
    (tmp_path / "cli/main.py").write_text("one = 2\n", "utf-8")
    assert work.judgement(tmp_path) == before != work.judgement()
    (tmp_path / "search/analysis/match.py").write_text("one = 2\n", "utf-8")
    assert work.judgement(tmp_path) != before


_KILLED = """
import os, sys
from pathlib import Path
from kcs.coverage import workers, work
from kcs.coverage.tickets import Ticket
from kcs.kb.base import KnowledgeBase

if __name__ == "__main__":
    kb = KnowledgeBase.open(Path(sys.argv[1]))
    asked = work.Work(kb.root, None, 0.5, work.state_of(kb))
    for lines in workers.judged_lines(asked, iter([Ticket("T", subject=f"{n}") for n in range(9000)]), lambda _: ""):
        assert all(lines), "a worker judged"
        if lines:
            os.kill(os.getpid(), 9)
"""


def test_a_process_that_is_killed_leaves_no_helper_behind(
    base: Base, tmp_path: Path, kcs_env: dict[str, str]
) -> None:
    """Its helpers hold its output open as long as they live."""
    script = tmp_path / "killed.py"
    script.write_text(_KILLED, "utf-8")
    env = {**os.environ, **kcs_env, "PYTHONPATH": str(Path(__file__).parents[2])}
    told = subprocess.run(
        [sys.executable, script, base.root], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == -9, told.stderr


_INTERRUPTED = """
import sys, time
from pathlib import Path
from kcs.coverage import ticket_gaps, work, workers
from kcs.coverage.tickets import Ticket
from kcs.kb.base import KnowledgeBase

real = ticket_gaps.judged

def slow(judge, ticket):
    if ticket.line:
        time.sleep(3600)
    return real(judge, ticket)

ticket_gaps.judged = slow
if __name__ == "__main__":
    kb = KnowledgeBase.open(Path(sys.argv[1]))
    asked = work.Work(kb.root, None, 0.5, work.state_of(kb))
    tickets = (Ticket(f"T-{n}", subject=f"{n}", line=n // 512) for n in range(9000))
    lines = workers.judged_lines(asked, tickets, lambda _: "")
    print(next(len(some) for some in lines if some))
    lines.close()
"""


def test_where_verdicts_cannot_be_noted_the_helpers_end_at_once(
    base: Base, monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]
) -> None:
    """Not when the error is forgotten: until then they would judge on."""
    for name, value in kcs_env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(ticket_gaps, "_ALONE", 0)
    monkeypatch.setattr(ticket_gaps, "_MANY", 6)
    kb = KnowledgeBase.open(base.root)
    asked = work.Work(kb.root, None, 0.5, work.state_of(kb))
    tickets = (Ticket(f"T-{n}", subject=f"printer {n}") for n in range(2_000))

    class Full(Spool):
        def add(self, line: str) -> None:
            raise FileProblem(f"cannot be written: {len(line)} characters")

    with closing(Searcher.open(kb)) as searcher, pytest.raises(FileProblem) as caught:
        ticket_gaps._judge_all(tickets, Full(kb), (Judge(kb, searcher, 0.5), asked), 0, lambda _: None)
    assert caught.tb and not active_children()


def test_who_interrupts_does_not_wait_for_what_is_on_its_way(
    base: Base, tmp_path: Path, kcs_env: dict[str, str]
) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(_INTERRUPTED, "utf-8")
    env = {**os.environ, **kcs_env, "PYTHONPATH": str(Path(__file__).parents[2])}
    told = subprocess.run(
        [sys.executable, script, base.root], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "512\n", "")


def test_the_bench_of_many_tickets_finds_the_verdicts_of_the_whole_search(tmp_path: Path) -> None:
    """In short; bench/coverage_scale.py --equal 5000 takes longer."""
    examples = Path(__file__).resolve().parents[2] / "examples" / "kb"
    words = ["-m", "bench.coverage_scale", str(examples), "--equal", "60", "--engine", "sqlite"]
    done = subprocess.run(
        [sys.executable, *words, "--folder", str(tmp_path)],
        cwd=examples.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (
        0,
        "sqlite: of 60 tickets 0 have another verdict than by the whole search, 0 another nearest article or match\n",
    ), done.stderr
