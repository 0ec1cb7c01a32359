"""What kcs search does besides showing hits: many queries, picking a hit, opening the first."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.answer import Answer, Request
    from kcs.search.index_update import Progress


def many(base: "KnowledgeBase", source: str, request: "Request", progress: "Progress") -> None:
    """One JSON object a line, in the order of the queries; nothing of it goes into the ledger.

    A query that cannot be meant gives an empty answer and a line on stderr, and in the end exit code 2.
    """
    from kcs.render.search_json import answer_line
    from kcs.render.terminal import note
    from kcs.search.many import answers

    failed, said = False, frozenset[str]()
    for number, answer, problem in answers(base, source, request, progress):
        if problem is not None:
            failed = True
            note(f"kcs: {source}:{number}: {problem.message}; {problem.hint}")
        else:
            # Notes that hold for all are printed once.
            for one in answer.notes:
                if one not in said:
                    note(f"kcs: {source}:{number}: {one}")
            said = frozenset(answer.notes)
        answer_line(answer)
        sys.stdout.flush()  # a program may wait for it before it asks on
    base.keep_verdicts()
    raise SystemExit(2 if failed else 0)


def pick_one(base: "KnowledgeBase", answer: "Answer") -> None:
    """Let the user choose; show what was chosen."""
    from kcs.cli.show import show_article
    from kcs.render.pick import pick
    from kcs.render.search import answer_text, unanswered
    from kcs.render.terminal import note
    from kcs.search.recording import keep_open

    if not answer.hits:
        answer_text(base, answer)
        return
    for one in answer.notes:
        note(f"kcs: {one}")
    chosen = pick(base, answer)
    if chosen is None:
        unanswered(base, answer)
    else:
        show_article(base, chosen.article)
        keep_open(base, chosen.article)


def open_first(base: "KnowledgeBase", answer: "Answer") -> None:
    """The first hit, where it is an answer."""
    from kcs.authoring.whereabouts import file_of, open_outside
    from kcs.render.terminal import note
    from kcs.search.recording import keep_open

    first = next((one for one in answer.hits if not one.weak), None)
    if first is None:
        note("kcs: nothing was opened")
        return
    if open_outside(file_of(base, first.article)):
        keep_open(base, first.article)
    else:
        note(f"kcs: nothing here opens {file_of(base, first.article)}")
