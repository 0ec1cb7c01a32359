"""From a query to an answer: narrowed down, ranked, judged, marked down where untrusted, and shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from kcs.errors import FileProblem
from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.match import FLOOR
from kcs.search.analysis.query import ask as understand
from kcs.search.analysis.question import Question
from kcs.search.answer import LIMIT, Answer, Hit, Placed, Request
from kcs.search.filters import Narrowed, narrow
from kcs.search.language import LONG, Query
from kcs.search.words_said import in_words, meant, remarks, suggestion, understood

if TYPE_CHECKING:
    from kcs.search.index_update import Progress
    from kcs.search.pasted import Reading
    from kcs.search.searcher import Ranked, Ranking, Reach, Searcher
    from kcs.search.translations import Translations

UNTRUSTED_FACTOR = 0.8
# How many of the best get a second look: what is marked down must stay in sight, what moves up must be there.
_CANDIDATES = 30


def ask(
    kb: KnowledgeBase,
    request: Request,
    *,
    show: bool = True,
    fields: bool = True,
    progress: Progress | None = None,
) -> Answer:
    """Answer one query. `show`: add snippets, and with `fields` the matched fields; `progress` reports long work on
    the index."""
    from kcs.search.searcher import Searcher

    searcher = Searcher.open(kb, progress=progress)
    try:
        return Asker(kb, searcher).answer(request, show=show, fields=fields)
    finally:
        searcher.close()


class Asker:
    """Answers queries about one base from one open index."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher) -> None:
        self._kb = kb
        self._searcher = searcher
        self.floor = kb.config.search.get("floor", FLOOR)
        self._factor = kb.config.search.get("untrusted_factor", UNTRUSTED_FACTOR)

        # The previous question's conditions, and what they leave: mostly the same, and as large as the base.
        self._narrowed: tuple[object, Narrowed] | None = None

    def _narrow(self, query: Query, archived: bool) -> Narrowed:
        asked = query.conditions, archived
        if self._narrowed is None or self._narrowed[0] != asked:
            self._narrowed = asked, narrow(self._kb, query, archived=archived)
        return self._narrowed[1]

    @cached_property
    def _in_languages(self) -> bool:
        return len({one.language for one in self._kb.articles.settings()}) > 1

    @cached_property
    def _translations(self) -> Translations | None:
        if not self._in_languages:
            return None
        from kcs.search.translations import Translations

        return Translations(self._kb)

    def answer(self, request: Request, *, show: bool = True, fields: bool = True) -> Answer:
        """UsageProblem for an impossible condition."""
        started = perf_counter()
        query, notes = request.query, [*self._searcher.notes, *remarks(request.query)]
        narrowed = self._narrow(query, request.archived)
        notes += narrowed.notes
        within: Collection[str] | None = narrowed.paths
        text = _text(request)
        question = demanding = self._understood(query.words if query.without or not text else "")
        held = exact = False
        if query.phrases or query.without or request.every:
            from kcs.search.requiring import Requiring

            requiring = Requiring(self._kb, self._searcher, query, every=request.every)
            within, demanding = requiring.within(within, question), requiring.demanding(question)
            notes += requiring.notes
            held, exact = requiring.held, requiring.exact
        reading: Reading | None = None
        if text and (within is None or within):
            reading = self._read(text, within, max(request.limit, LIMIT))
            placed, total = self._of(reading, request, within)
        # A phrase of common words alone has nothing to rank by.
        elif query.words and (question.wanted or not exact):
            placed, total = self._ranked(demanding, request, within)
            if held and within and total < len(within) and (exact or not request.every):
                placed += self._unranked(within, placed, 1.0 if exact else 0.0)
                total = len(within)
        else:
            placed, total = self._listed(within)
        fits = any(one.match >= self.floor for one in placed[:LIMIT])
        sentence = reading.sentence(answered=fits) if reading else ""
        said = reading.questions if reading else {}
        question = said.get(sentence, question)
        hits = [
            self._hit(one, said.get(one.sentence, question), show=show, fields=fields)
            for one in placed[: request.limit]
        ]
        taken, other = meant(query, narrowed.meant), None
        # Nobody types a mail again: its sentence, or nothing.
        if not fits and (sentence or not text):
            asked = query._replace(words=sentence) if sentence else query
            mended, right = self._mended(question, placed), meant(asked, narrowed.meant)
            other = suggestion(asked, mended, right, narrowed.meant)
            if not text:
                other = self._switched(query, within) or other
        return Answer(
            query,
            total,
            fits and bool(query.words),
            round((perf_counter() - started) * 1000, 3),
            tuple(hits),
            other,
            understood(question),
            tuple(notes),
            taken,
            sentence,
        )

    def _understood(self, words: str) -> Question:
        return understand(words, self._searcher.vocabulary, self._kb.config.synonyms)

    def _switched(self, query: Query, within: Collection[str] | None) -> str | None:
        """The query as the same keys write it in another language, if that is answered."""
        if not query.words or query.phrases or query.without or (within is not None and not within):
            return None
        from kcs.search.analysis.keyboards import switched

        for words in switched(query.words):
            found = self._searcher.best(self._understood(words), LIMIT, within)
            if any(one.match >= self.floor for one in found.hits):
                return in_words(words, query)
        return None

    def _mended(self, question: Question, placed: Sequence[Placed]) -> str | None:
        """The question with its mistyped words corrected from the best articles."""
        if not any(word.near or word.halves for word in question.words):
            return None
        from kcs.search.analysis.mistyped import mended

        return mended(
            question, list(self._searcher.said([one.article.path for one in placed[:LIMIT]]).values())
        )

    def _listed(self, within: Collection[str] | None) -> tuple[list[Placed], int]:
        """What fits a query of conditions alone: trusted first, then by title.
        Without a question each is a full match, and none answers.
        """
        articles = self._kb.articles if within is None else [self._kb.by_path[one] for one in within]
        verdicts = self._kb.verdicts
        ordered = sorted(
            articles, key=lambda one: (not verdicts[one.path].trusted, one.title.casefold(), one.path)
        )
        return [Placed(one, verdicts[one.path], 1.0, 1.0) for one in ordered], len(ordered)

    def _unranked(self, within: Collection[str], placed: Sequence[Placed], match: float) -> list[Placed]:
        """The articles that literally hold text for which the index has no terms: a Thai syllable inside other words.

        `match`: 1 if that is all that was asked, 0 if it is not.
        """
        known = {one.article.path for one in placed}
        rest, _ = self._listed([path for path in within if path not in known])
        return [one._replace(score=0.0, match=match) for one in rest]

    def _ranked(
        self, question: Question, request: Request, within: Collection[str] | None
    ) -> tuple[list[Placed], int]:
        if within is not None and not within:
            return [], 0
        ranked = self._searcher.best(
            question, max(request.limit, _CANDIDATES), within, self._reach(max(request.limit, LIMIT))
        )
        return self._placed(ranked.hits, ranked.total, question, request, within)

    def _read(self, text: str, within: Collection[str] | None, most: int) -> Reading:
        from kcs.search.pasted import read

        def best(question: Question, most: int) -> Ranked:
            return self._searcher.best(question, most, within)

        def glance(question: Question) -> float:
            return self._searcher.glance(question, within)

        return read(text, self._understood, best, glance, most)

    def _of(
        self, reading: Reading, request: Request, within: Collection[str] | None
    ) -> tuple[list[Placed], int]:
        """The answers to a text, each with the sentence it answers."""
        hits, whole = [one.hit for one in reading.answers], reading.questions[""]
        placed, total = self._placed(hits, reading.total, whole, request, within)
        said = {one.hit.path: one.sentence for one in reading.answers}
        return [one._replace(sentence=said.get(one.article.path, "")) for one in placed], total

    def _placed(
        self,
        hits: Sequence[Ranking],
        total: int,
        question: Question,
        request: Request,
        within: Collection[str] | None,
    ) -> tuple[list[Placed], int]:
        """The hits, ordered by trust, pins and translations."""
        articles = [self._kb.articles.at(one.path) for one in hits]
        verdicts = self._kb.verdicts_of(articles)
        placed = [
            self._weighed(Placed(article, verdicts[one.path], one.score, one.match))
            for article, one in zip(articles, hits, strict=True)
        ]
        # Stable: equals keep the engine's order.
        placed.sort(key=lambda one: -one.score)
        if not self._as_ranked:
            from kcs.search.forward import Forward

            forward = Forward(self._kb, request, within, self._translations)
            placed = forward.order(placed)
            total += forward.added(lambda: self._searcher.found(question, within))
        return placed, max(total, len(placed))

    @property
    def _as_ranked(self) -> bool:
        """Whether the ranking is final: there are no pins and no translations."""
        return not self._kb.config.pins and not self._in_languages

    def _reach(self, shown: int) -> Reach | None:
        """Judge only what may be shown; everything found, if pins or translations bring others forward."""
        if not self._as_ranked:
            return None
        from kcs.search.searcher import Reach

        return Reach(shown, self._factor)

    def _weighed(self, placed: Placed) -> Placed:
        if placed.verdict.trusted or self._factor == 1:
            return placed
        why = f"not trusted: score {placed.score:.3g} x {self._factor:g}"
        return placed._replace(score=placed.score * self._factor, why=(why,))

    def _hit(self, placed: Placed, question: Question, *, show: bool, fields: bool) -> Hit:
        article, weak = placed.article, placed.match < self.floor
        plain = Hit(
            article,
            placed.verdict,
            placed.score,
            placed.match,
            weak,
            why=placed.why,
            sentence=placed.sentence,
        )
        if not show:
            return plain
        from kcs.search.finding import Content
        from kcs.search.finding import show as shown_of

        try:
            shown = shown_of(Content.of(self._kb, article), question.terms, fields=fields)
        except FileProblem:
            return plain
        return Hit(
            article, placed.verdict, placed.score, placed.match, weak, shown.snippet, shown.private, shown.fields,
            placed.why, placed.sentence,
        )  # fmt: skip


def _text(request: Request) -> str:
    """The text to be read sentence by sentence; "" for a question, or if every word must be there."""
    query = request.query
    if request.every or query.phrases or not (query.pasted or len(query.words) > LONG):
        return ""
    from kcs.search.pasted import text_of

    return text_of(query)
