"""What is asked of search and what it answers: plain values, for people, programs and the other features alike."""

from __future__ import annotations

from kcs.article.trust import Verdict
from kcs.kb.articles import Article
from kcs.search.language import Query
from kcs.search.snippets import Snippet
from kcs.tuples import NamedTuple

LIMIT = 10


class Request(NamedTuple):
    """A query and its options. `every`: each word must be there; `archived`: archived articles too."""

    query: Query
    limit: int = LIMIT
    every: bool = False
    archived: bool = False


class Placed(NamedTuple):
    """An article on its way to become a hit: where the ranking, trust, pins and translations put it."""

    article: Article
    verdict: Verdict
    score: float
    match: float
    why: tuple[str, ...] = ()
    sentence: str = ""


class Hit(NamedTuple):
    """One article found.

    `score` ranks within one answer and means nothing beyond it; `match`, in [0, 1], is how much of the question the
    article covers; `weak`: below the floor. `matched_fields`: where the words stand (title, tags, product,
    description, issue, environment, cause, resolution, text). `private`: the snippet is from an internal block.
    `why`: what moved it, in words. `sentence`: which of a pasted text it answers best; "" for the whole, and of a question.
    """

    article: Article
    verdict: Verdict
    score: float
    match: float
    weak: bool
    snippet: Snippet = Snippet("")
    private: bool = False
    matched_fields: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    sentence: str = ""


class Understood(NamedTuple):
    """A word of the query and what was made of it, in words."""

    typed: str
    how: str


class Answer(NamedTuple):
    """The best hits of `total` articles that fit. Ranked is not answered: that is `answered`.

    `suggestion`: another query to try; None where there is none. `notes`: what the user should hear. `meant`: the
    query with misspelt conditions as they may have been meant; None where it is as it was typed. `sentence`: what a
    pasted text was taken to ask; "" where it was asked as it stands.
    """

    query: Query
    total: int
    answered: bool
    took_ms: float
    hits: tuple[Hit, ...]
    suggestion: str | None = None
    understood: tuple[Understood, ...] = ()
    notes: tuple[str, ...] = ()
    meant: Query | None = None
    sentence: str = ""
