"""Combines everything that decides trust: stamps, fingerprints, the origins of dates, policies and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kcs.article.fingerprint import Skeleton, version_of
from kcs.article.judging import standing
from kcs.article.stamps import Stamp
from kcs.article.trust import UNREADABLE_VERDICT, Adoption, Evidence, Standing, Verdict
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.past.references import KNOWN, UNCOMMITTED, UNKNOWN, Origin, References
from kcs.kb.settings.team import Team

if TYPE_CHECKING:
    from kcs.kb.fingerprints import Fingerprints
    from kcs.kb.past.past_texts import PastSkeletons


class Judge:
    """Gives each article its verdict on one day."""

    def __init__(
        self,
        *,
        fingerprints: Callable[[], Fingerprints],
        references: Callable[[], References],
        in_merge: Callable[[Article, str], Origin | None],
        past: Callable[[], PastSkeletons],
        raws: Callable[[Iterable[Article]], Mapping[str, bytes]],
        team: Team,
        identity_email: Callable[[], str],
        apart: Callable[[Article], bool],
        key: Callable[[Article], str],
        today: date,
        adoption: Adoption | None,
    ) -> None:
        self._fingerprints = fingerprints
        self._references = references
        self._in_merge = in_merge
        self._past = past
        self._raws = raws
        self._team = team
        self._identity_email = identity_email
        self._apart = apart
        self._key = key
        self._today = today
        self._adoption = adoption

    def verdicts(self, articles: Iterable[Article]) -> dict[str, Verdict]:
        """The verdict of each article, by path."""
        articles, found = list(articles), {}
        for article, one in zip(articles, self.standings(articles), strict=True):
            found[article.path] = one.on(self._today, self._first_due(article)) if one else UNREADABLE_VERDICT
        return found

    def _first_due(self, article: Article) -> Callable[[], date]:
        adoption = self._adoption
        return lambda: adoption.first_due(self._key(article)) if adoption else self._today

    def standings(self, articles: Sequence[Article]) -> Iterator[Standing | None]:
        """What holds for each article on any day, one by one; None for an unreadable one."""
        self.prepare(articles)
        for article in articles:
            yield None if article.unreadable else self._standing(article)

    def _standing(self, article: Article) -> Standing:
        settings = article.settings
        return standing(
            settings.confidence,
            self.evidence(article),
            settings.terms,
            blocked=article.blocked,
            stale_after=article.stale_after,
            adoption=self._adoption,
        )

    def evidence(self, article: Article) -> list[Evidence]:
        """The evidence for a readable article: its stamps with content, else its date-only claims."""
        bound = [stamp for stamp in article.stamps if stamp.content]
        if bound:
            today = self._fingerprints().of(article)
            return [Evidence(stamp.person, stamp.day, _vouches(stamp, today)) for stamp in bound]
        return [
            self._claim(article, name, self.origin(article, name), value)
            for name, value in article.claims.items()
        ]

    def asks_history(self, article: Article) -> bool:
        """Whether its evidence is date-only claims, which only Git's history can back."""
        return bool(article.claims) and not any(stamp.content for stamp in article.stamps)

    def origin(self, article: Article, claim: str) -> Origin:
        """Where a date-only claim of the article came in: as HEAD's line tells,
        else those that are being merged, as it will be told once that is committed.
        """
        found = self._references().origin(article, claim)
        return found if found.status != UNCOMMITTED else self._in_merge(article, claim) or found

    def _claim(self, article: Article, name: str, origin: Origin, value: str) -> Evidence:
        day = _day(value)
        if origin.status == UNKNOWN:
            return Evidence(None, day, None, date_only=True)
        if origin.status == UNCOMMITTED:
            # What was typed into a text in conflict vouches for no text with the markers between both sides.
            email, matches = self._identity_email(), not _in_conflict(article)
            if self._apart(article):  # it would vouch for whatever the file ever says
                return Evidence(None, day, None, date_only=True)
        else:
            email, matches = origin.email, self.same_content(article, origin)
        person = None if is_machine_claim(name) else self._team.person_of(email)
        return Evidence(person, day, matches, date_only=True)

    def same_content(self, article: Article, origin: Origin) -> bool:
        """Whether the article still says what it said where the claim came in."""
        at_home, images = origin.path == article.path, article.settings.images
        alike = True if origin.blob == article.oid else self._past().alike(origin.blob, article)
        if alike is False:
            return False
        if at_home and not images:
            if alike:
                return True
            if leads := self._past().leads(origin.blob, article):
                return self._fingerprints().lead_alike(leads, article.path, past=False)
        now = article.record.skeleton
        pictures = images and now is not None and any(image for _, image in now.destinations)
        then = now if alike else self._then(origin)
        if then is None:
            return False
        if then == now and at_home and not pictures:
            return True
        if now is not None and then.digest != now.digest:
            return False  # wherever their links lead
        return self._fingerprints().of_version(
            then,
            origin.path,
            images=article.settings.images,
            image_digest=lambda path: self._past().image_digest(origin.commit, path),
        ) == self._fingerprints().of(article)

    def _then(self, origin: Origin) -> Skeleton | None:
        """The version's skeleton; read now if `prepare` did not, as for the commit of an unfinished merge."""
        past = self._past()
        past.load([origin.blob])
        return past.get(origin.blob)

    def prepare(self, articles: Iterable[Article]) -> None:
        """Read at once what `same_content` will need for these articles."""
        pairs: dict[str, list[Article]] = {}
        for article in articles:
            if article.unreadable or not self.asks_history(article):
                continue
            for name in article.claims:
                origin = self.origin(article, name)
                if origin.status == KNOWN and origin.blob != article.oid:
                    pairs.setdefault(origin.blob, []).append(article)
        if pairs:
            texts = self._references().texts
            self._past().compare(pairs, self._raws, texts)
            texts.clear()


def _vouches(stamp: Stamp, today: str) -> bool | None:
    """Whether the stamp is for today's content; None if this program does not know its normalisation."""
    content = stamp.content or ""
    if version_of(content) is None:
        return None if content.startswith("kcs") and ":" in content else False
    return content == today


def _in_conflict(article: Article) -> bool:
    return any(problem.code == "merge-conflict" for problem in article.record.problems)


def is_machine_claim(name: str) -> bool:
    """Whether an OKF entry without content names a machine: then no commit author makes it a person's."""
    by = name.partition(" ")[0]
    return name != MAPPED_DATE and bool(by) and not by.startswith("human:")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
