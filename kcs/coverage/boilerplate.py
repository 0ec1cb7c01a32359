"""Groups whose tickets share only a sentence that begins articles or ends mails, and so ask nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.coverage.asked import on_one_line
from kcs.errors import KcsError

if TYPE_CHECKING:
    from kcs.coverage.gaps import Gap
    from kcs.coverage.topics import Topic
    from kcs.kb.base import KnowledgeBase

# A sentence in this many articles, or groups of tickets, says
# nothing about any of them; a phrase this long counts as a sentence.
_SHARED = 5
_LEAST = 20
_ENDS = re.compile(r"(?<=[.!?:؟。])\s+|\n+")


def of_tickets(gaps: Iterable[Gap]) -> list[Topic]:
    """The topics that can be nothing but such a sentence: whoever searches does ask."""
    return [one.topic for one in gaps if one.topic and one.kind == "tickets"]


class Boilerplate:
    """The sentences that several articles hold word for word, or
    tickets of several groups: a signature, a mail's own words.

    The articles are read at the first question.
    """

    def __init__(self, kb: KnowledgeBase, topics: Sequence[Topic] = ()) -> None:
        """`topics`: the groups that the tickets made; those of little weight may be left out."""
        self._kb = kb
        self._mails = Counter(sentence for topic in topics for sentence in set(_sentences(topic)))
        self._known: dict[str, bool] = {}

    def is_all(self, topic: Topic) -> bool:
        """Whether the group's name is part of such a sentence in its tickets."""
        words = [word.casefold() for word in topic.words]
        named = (one for one in _sentences(topic) if words and all(word in one for word in words))
        return any(self._is_shared(one) for one in dict.fromkeys(named))

    def _is_shared(self, sentence: str) -> bool:
        if sentence not in self._known:
            self._known[sentence] = self._mails[sentence] >= _SHARED or self._is_in_articles(sentence)
        return self._known[sentence]

    def _is_in_articles(self, sentence: str) -> bool:
        left = _SHARED
        for text in self._texts:
            left -= sentence in text
            if not left:
                return True
        return False

    @cached_property
    def _texts(self) -> list[str]:
        found = []
        for article in self._kb.articles:
            try:
                found.append(_plain(self._kb.raw(article).decode("utf-8", "replace")))
            except KcsError:
                continue
        return found


def _sentences(topic: Topic) -> Iterator[str]:
    for one in topic.texts:
        for sentence in (one.subject, *_ENDS.split(on_one_line(one.text))):
            plain = _plain(sentence).strip(" .:!?؟。")
            if len(plain) >= _LEAST:
                yield plain


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
