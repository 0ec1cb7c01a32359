"""Notes of use for the ledger: searches, opened articles, links to tickets. Figures come from them, never trust.

Nothing is noted in CI, and nothing that fails keeps anybody from working. Personal data is left out before anything
is written.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from kcs.errors import FileProblem, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.recent import Recent, recall, remember

if TYPE_CHECKING:
    from kcs.kb.ledger import Event
    from kcs.kb.ledger_lines import Kind
    from kcs.search.answer import Answer


def current_origin() -> str:
    """Who asks: person (somebody is at a terminal), batch, ci; or what KCS_ORIGIN says, as a program that knows."""
    from kcs.kb.ledger_lines import ORIGINS

    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        return "ci"
    told = os.environ.get("KCS_ORIGIN", "")
    if told in ORIGINS:
        return told
    return "person" if any(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) else "batch"


def keep_search(kb: KnowledgeBase, answer: Answer, *, log: bool, origin: str = "") -> None:
    """Remember the hits for this terminal and, with `log`, note the search. A query of conditions alone asks nothing."""
    recent = recall(kb.cache)
    actor = recent.actor if recent else ""
    search = ""
    origin = origin or current_origin()
    if log and origin != "ci" and answer.query.words:
        actor = actor or _actor(kb)
        event = _event(kb, "search", actor, origin, **_search_facts(kb, answer))
        search = event.id if event is not None and _append(kb, event) else ""
    paths = tuple(one.article.path for one in answer.hits)
    remember(kb.cache, Recent(answer.query.text, paths, search, actor))


def _search_facts(kb: KnowledgeBase, answer: Answer) -> dict[str, Any]:
    best = max((one.match for one in answer.hits), default=0.0)
    top = kb.key(answer.hits[0].article) if answer.hits else ""
    return {
        "query": without_personal_data(answer.sentence or answer.query.text),
        "answered": answer.answered,
        "total": answer.total,
        "match": round(best, 4),
        "top": top,
    }


def keep_open(kb: KnowledgeBase, article: Article) -> None:
    """Note that somebody opened an article, and after which search of this terminal if it was among the hits."""
    origin = current_origin()
    # A script that reads every article uses none.
    if origin not in ("person", "agent"):
        return
    recent = recall(kb.cache)
    after = recent.search if recent and article.path in recent.paths else ""
    actor = (recent.actor if recent else "") or _actor(kb)
    if (event := _event(kb, "open", actor, origin, article=kb.key(article), after=after)) is not None:
        _append(kb, event)


def link(kb: KnowledgeBase, article: Article, ticket: str, outcome: str) -> Event:
    """Note that an article answered a ticket. FileProblem where that cannot be written: here it is the whole point."""
    from kcs.kb.ledger import Ledger, new_event

    ledger = Ledger.of(kb)
    event = new_event(
        "link",
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
    """The text with `[email]`, `[phone]` and their likes in place of what names somebody."""
    if _is_only_words(text):
        return text
    import re

    from kcs.privacy import find, redact

    # What in an article would be too little to be sure of: here nothing is lost by leaving it out.
    text = re.sub(_SPACED_MAIL, "[email]", redact(text, find(text)))
    return re.sub(_IN_QUERY, r"\1[secret]", text, flags=re.IGNORECASE)


_SPACED_MAIL = r"(?<![\w.+%-])[\w.+%-]{1,64}+ ?@ ?[\w-]{1,63}+(?: ?\. ?[\w-]{1,63}+){1,5}"
_IN_QUERY = r"([?&;](?:access_token|api_?key|auth|key|token|sig|signature|session|password|passwd|pwd|secret)=)(?!\[)[^\s&;#]+"

# "password is ..." gives a secret away without any sign.
_SAYS = frozenset(("is", "was", "là", "هي", "هو"))


def _is_only_words(text: str) -> bool:
    """Whether there is nothing in it that personal data is known by: most queries, and looking closer doubles the time."""
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
    """Who is at work, as stamps name them; empty where Git knows nobody."""
    from kcs.kb.actor import current_actor

    try:
        return current_actor(kb).by
    except UsageProblem:
        return ""
