"""The worst gaps as articles to finish: in the requestor's words, with the tickets as evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.authoring import plan_draft, wordless, write_draft
from kcs.authoring.intake import Message, Thread
from kcs.coverage.boilerplate import Boilerplate, of_tickets
from kcs.coverage.ticket_gaps import NO_ID
from kcs.coverage.topics import NAMED
from kcs.errors import Refused
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.authoring import NewArticle
    from kcs.coverage.gaps import Gap
    from kcs.coverage.topics import Said, Topic
    from kcs.kb.base import KnowledgeBase

# An address or number removed before a ticket was judged leaves a blank between two others.
_LEFT_OUT = re.compile(r"(?<=\S) {3}(?=\S)")


class Draft(NamedTuple):
    """A topic and the work-in-progress article that was written for it.
    `evidence`: the tickets that the article names.
    """

    topic: Topic
    article: NewArticle
    evidence: tuple[str, ...] = ()


class Drafts(NamedTuple):
    """The articles made for the worst gaps, and the groups among them that ask nothing."""

    made: list[Draft]
    passed: list[Topic]


def draft_worst(kb: KnowledgeBase, ranked: Sequence[Gap], number: int, *, dry_run: bool = False) -> Drafts:
    """An article for each of the worst that somebody asked and nothing answered. Refused if there is none.

    Groups of tickets that share only a sentence of many articles or mails are skipped, and
    those without any word. Nothing is written if one of them cannot be made, or with `dry_run`.
    """
    boilerplate = Boilerplate(kb, of_tickets(ranked[:NAMED]))
    worst: list[Gap] = []
    passed: list[Topic] = []
    for one in ranked:
        if len(worst) < number and one.topic is not None and not one.answered and _worded(one.topic):
            if one.kind == "tickets" and boilerplate.is_all(one.topic):
                passed.append(one.topic)
            else:
                worst.append(one)
    if not worst:
        if any(one.topic is not None and not one.answered for one in ranked):
            raise Refused("what nothing answers has no words of its own, so there is nothing to draft")
        raise Refused("everything that was asked is covered, so there is nothing to draft")
    drafts = [_plan(kb, one.topic, one.kind == "tickets") for one in worst if one.topic]
    if not dry_run:
        for made in drafts:
            write_draft(kb, made.article)
    return Drafts(drafts, passed)


def _worded(topic: Topic) -> list[Said]:
    """The texts in which something can stand for a title: `???` asks, but nobody knows what."""
    return [one for one in topic.texts if not wordless(one.subject + one.text)]


def _plan(kb: KnowledgeBase, topic: Topic, from_tickets: bool) -> Draft:
    """The article is in the words of the first ticket; a search has no ticket that could be evidence."""
    texts = _worded(topic)
    said = next((one for one in texts if one.text), texts[0])
    words = _LEFT_OUT.sub(" […] ", said.text or said.subject)
    thread = Thread("ticket", (Message(words),), said.subject, said.known)
    tickets = tuple(one for one in topic.examples if from_tickets and not one.startswith(NO_ID))
    return Draft(topic, plan_draft(kb, thread, product=topic.product, tickets=tickets), tickets)
