"""Search requests and answers: plain values, for people, programs and other features alike."""

from __future__ import annotations

from kcs.article.trust import Verdict
from kcs.kb.articles import Article
from kcs.search.language import Query
from kcs.search.snippets import Snippet
from kcs.tuples import NamedTuple

LIMIT, MOST = 10, 1000


class Request(NamedTuple):
    """A query and its options. `every`: require each word; `archived`: include archived articles."""

    query: Query
    limit: int = LIMIT
    every: bool = False
    archived: bool = False


class Placed(NamedTuple):
    """A hit in the making: where ranking, trust, pins and translations put an article."""

    article: Article
    verdict: Verdict
    score: float
    match: float
    why: tuple[str, ...] = ()
    sentence: str = ""


class Hit(NamedTuple):
    """One article found.

    `score` ranks within one answer and means nothing beyond it; `match`, in [0, 1], is how much of the question the
    article covers; `weak`: below the floor. `matched_fields`: where the words are (title, tags, product,
    description, issue, environment, cause, resolution, text). `private`: the snippet is from an internal block.
    `why`: what moved it, in words. `sentence`: the sentence of a pasted text it answers best; "" for the whole or a question.
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
    """A word of the query and how search took it, in words."""

    typed: str
    how: str


class Answer(NamedTuple):
    """The best hits of `total` articles that fit.
    Ranked is not answered: that is `answered`, and where nothing was asked nothing is.

    `suggestion`: another query to try, or None; for a pasted text, of its sentence. `notes`: what the user
    should know. `meant`: the query with misspelt conditions corrected; None if unchanged. `sentence`: what a
    pasted text was taken to ask; "" if it was asked as it stands.
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
