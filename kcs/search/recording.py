"""Notes of use for the ledger: searches, opened articles, links to tickets. They yield figures, never trust.

Nothing is noted in CI, and no failure keeps anybody from working. Personal data is removed before anything is
written.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from kcs.errors import FileProblem, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.recent import Recent, recall, remember
from kcs.search.language import LONG
from kcs.streams import in_ci

if TYPE_CHECKING:
    from datetime import datetime

    from kcs.kb.ledger import Event
    from kcs.kb.ledger_lines import Kind
    from kcs.search.answer import Answer

# Letters of a text in which no sentence asks.
_BEGINNING = 80


def current_origin() -> str:
    """Who asks: person (at a terminal), batch, ci; or KCS_ORIGIN, set by a program that knows."""
    from kcs.kb.ledger_lines import ORIGINS

    if in_ci():
        return "ci"
    told = os.environ.get("KCS_ORIGIN", "")
    if told in ORIGINS:
        return told
    return "person" if any(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) else "batch"


def keep_search(kb: KnowledgeBase, answer: Answer, shown: int, *, log: bool, origin: str = "") -> bool:
    """Remember the first hits, as many as were shown, for this terminal and, with `log`, note the search. Whether their
    numbers are kept.

    A query of conditions alone asks nothing. `origin`: of a search that another command makes.
    """
    recent = recall(kb.cache)
    actor = recent.actor if recent else ""
    search = ""
    aside, origin = bool(origin), origin or current_origin()
    if log and origin != "ci" and answer.query.words:
        actor = actor or _actor(kb)
        event = _event(kb, "search", actor, origin, **_search_facts(kb, answer))
        search = event.id if event is not None and _append(kb, event) else ""
    paths = tuple(one.article.path for one in answer.hits[:shown])
    # kcs new that finds nothing like it shows nothing: the hits on the screen keep their numbers.
    return (aside and not paths) or remember(
        kb.cache, Recent(answer.query.text, paths, search, actor, found=paths)
    )


def _search_facts(kb: KnowledgeBase, answer: Answer) -> dict[str, Any]:
    best = max((one.match for one in answer.hits), default=0.0)
    top = kb.key(answer.hits[0].article) if answer.hits else ""
    return {
        "query": _said(answer),
        "answered": answer.answered,
        "total": answer.total,
        "match": round(best, 4),
        "top": top,
    }


def _said(answer: Answer) -> str:
    """The question, without personal data; of a mail or a log in which no sentence asks, no more than its beginning."""
    said = without_personal_data(answer.sentence or answer.query.text)
    return said if len(said) <= LONG else said[:_BEGINNING].rpartition(" ")[0] or said[:_BEGINNING]


def keep_open(kb: KnowledgeBase, article: Article) -> None:
    """Note that an article was opened and, if it was among its hits, after which search of this terminal."""
    origin = current_origin()
    # A script that reads every article is not use.
    if origin not in ("person", "agent"):
        return
    recent = recall(kb.cache)
    after = _found_by(recent, article)
    actor = (recent.actor if recent else "") or _actor(kb)
    if (event := _event(kb, "open", actor, origin, article=kb.key(article), after=after)) is not None:
        _append(kb, event)


def _found_by(recent: Recent | None, article: Article) -> str:
    """The id of this terminal's last search if the article was among its hits."""
    return recent.search if recent and article.path in recent.found else ""


def link(kb: KnowledgeBase, article: Article, ticket: str, outcome: str, at: datetime | None = None) -> Event:
    """Note that an article answered a ticket, `at` some moment, else now.
    FileProblem if that cannot be written: here it is the whole point.
    """
    from kcs.kb.ledger import Ledger, new_event

    ledger = Ledger.of(kb)
    event = new_event(
        "link",
        at,
        after=_found_by(recall(kb.cache), article),
        actor=_actor(kb),
        origin=current_origin(),
        session=ledger.session(),
        article=kb.key(article),
        ticket=ticket,
        outcome=outcome,
    )
    ledger.append(event)
    return event


def without_personal_data(text: str) -> str:
    """The text with `[email]`, `[phone]` and the like in place of whatever names somebody."""
    if _is_only_words(text):
        return text
    import re

    from kcs.privacy import find, redact

    # Too uncertain for an article; here, leaving it out loses nothing.
    text = re.sub(_SPACED_MAIL, "[email]", redact(text, find(text)))
    return re.sub(_IN_QUERY, r"\1[secret]", text, flags=re.IGNORECASE)


_SPACED_MAIL = r"(?<![\w.+%-])[\w.+%-]{1,64}+ ?@ ?[\w-]{1,63}+(?: ?\. ?[\w-]{1,63}+){1,5}"
_IN_QUERY = r"([?&;](?:access_token|api_?key|auth|key|token|sig|signature|session|password|passwd|pwd|secret)=)(?!\[)[^\s&;#]+"

# "password is ..." reveals a secret without any sign.
_SAYS = frozenset(("is", "was", "là", "هي", "هو"))


def _is_only_words(text: str) -> bool:
    """Whether it has no sign of personal data, as most queries: a closer look doubles the time."""
    if not text.replace(" ", "").isalpha() or "คือ" in text or "เป็น" in text:
        return False
    words = text.lower().split()
    return all(len(word) < 32 for word in words) and _SAYS.isdisjoint(words)


def _event(kb: KnowledgeBase, kind: Kind, actor: str, origin: str, **facts: Any) -> Event | None:
    from kcs.kb.ledger import Ledger, new_event

    try:
        return new_event(kind, actor=actor, origin=origin, session=Ledger.of(kb).session(), **facts)
    except (FileProblem, OSError):
        return None


def _append(kb: KnowledgeBase, event: Event) -> bool:
    from kcs.kb.ledger import Ledger

    try:
        Ledger.of(kb).append(event)
    except (FileProblem, OSError):
        return False
    return True


def _actor(kb: KnowledgeBase) -> str:
    """The current user, as stamps name them; empty if Git knows nobody."""
    from kcs.kb.actor import current_actor

    try:
        return current_actor(kb).by
    except UsageProblem:
        return ""
