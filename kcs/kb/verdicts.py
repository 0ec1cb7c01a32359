"""Brings together what trust is judged from: stamps, fingerprints, the origins of dates, policies and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from kcs.article.fingerprint import Skeleton, fingerprint, version_of
from kcs.article.stamps import Stamp
from kcs.article.trust import UNREADABLE_VERDICT, Adoption, Evidence, Standing, Verdict, standing
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.cache import Cache
from kcs.kb.git import Repository
from kcs.kb.links import LinkTable, Target
from kcs.kb.records import make_record
from kcs.kb.references import KNOWN, UNCOMMITTED, UNKNOWN, Origin, References
from kcs.kb.team import Team

MISSING_IMAGE = "missing"


def image_digest(raw: bytes) -> str:
    """What a picture with these bytes counts as."""
    return sha256(raw).hexdigest()[:32]


class Fingerprints:
    """The fingerprints of articles in one state of the base: the skeleton by content, the links by what they name."""

    def __init__(self, links: LinkTable, image_digest: Callable[[str], str]) -> None:
        self._links = links
        self._image_digest = image_digest

    def of(self, article: Article) -> str:
        """Today's fingerprint of a readable article."""
        skeleton = article.record.skeleton
        if skeleton is None:
            raise ValueError(f"{article.path} is unreadable and has no fingerprint")
        return self._of(skeleton, article.path, self._links.resolve, article.settings.images)

    def of_version(
        self,
        skeleton: Skeleton,
        path: str,
        *,
        images: bool = False,
        image_digest: Callable[[str], str] | None = None,
    ) -> str:
        """The fingerprint of a version of an article that was at `path` then, with links as they resolve today;
        those to what has moved since lead to it.

        `image_digest` gives a picture's bytes as they were then; without it they count as they are today.
        """
        return self._of(skeleton, path, self._links.resolve_past, images, image_digest)

    def _of(
        self,
        skeleton: Skeleton,
        path: str,
        named: Callable[[str, str], Target | None],
        images: bool,
        image_digest: Callable[[str], str] | None = None,
    ) -> str:
        if not skeleton.destinations:
            return fingerprint(skeleton, None)
        digest = image_digest or self._image_digest

        def resolve(destination: str, is_image: bool) -> str | None:
            target = named(destination, path)
            if target is None:
                return None
            counted = f"{target.key}{target.anchor}"
            return f"{counted} {digest(target.path)}" if images and is_image else counted

        return fingerprint(skeleton, resolve)


class PastSkeletons:
    """Skeletons of past versions, kept by Git's name for their bytes."""

    def __init__(self, repo: Repository, cache: Cache, title_key: str, prefix: str = "") -> None:
        self._repo = repo
        self._prefix = prefix
        self._cache = cache
        self._title_key = title_key
        kept = cache.read("past", title_key)
        self._known: dict[str, Any] = kept if isinstance(kept, dict) else {}

    def load(self, oids: Iterable[str]) -> None:
        """Read those that are not known yet, all at once."""
        missing = {oid for oid in oids if oid not in self._known}
        if not missing:
            return
        for oid, raw in self._repo.blobs(missing):
            skeleton = make_record(raw, oid, self._title_key).skeleton
            self._known[oid] = [skeleton.digest, skeleton.destinations] if skeleton else None
        self._cache.write("past", self._known, self._title_key)

    def get(self, oid: str) -> Skeleton | None:
        """The skeleton of a loaded version; None where it was unreadable."""
        found = self._known.get(oid)
        return Skeleton(found[0], tuple([(one[0], one[1]) for one in found[1]])) if found else None

    def image_digest(self, commit: str, path: str) -> str:
        """As that of today's pictures, for what lay at `path` in a commit."""
        raw = self._repo.show(self._prefix + path, commit)
        return MISSING_IMAGE if raw is None else image_digest(raw)


class Judge:
    """Gives each article its verdict on one day."""

    def __init__(
        self,
        *,
        fingerprints: Fingerprints,
        references: Callable[[], References],
        past: Callable[[], PastSkeletons],
        team: Team,
        identity_email: Callable[[], str],
        key: Callable[[str], str],
        today: date,
        adoption: Adoption | None,
    ) -> None:
        self._fingerprints = fingerprints
        self._references = references
        self._past = past
        self._team = team
        self._identity_email = identity_email
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
        return lambda: adoption.first_due(self._key(article.path)) if adoption else self._today

    def standings(self, articles: Sequence[Article]) -> Iterator[Standing | None]:
        """What holds of each article whatever the day, one after the other; None for an unreadable one."""
        self._load_past(articles)
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
        """What speaks for a readable article: its stamps with content, or else its date-only claims."""
        bound = [stamp for stamp in article.stamps if stamp.content]
        if bound:
            today = self._fingerprints.of(article)
            return [Evidence(stamp.person, stamp.day, _vouches(stamp, today)) for stamp in bound]
        return [
            self._claim(article, name, self.origin(article, name), value)
            for name, value in article.claims.items()
        ]

    def asks_history(self, article: Article) -> bool:
        """Whether its evidence is date-only claims, which Git's history alone can tell about."""
        return bool(article.claims) and not any(stamp.content for stamp in article.stamps)

    def origin(self, article: Article, claim: str) -> Origin:
        """Where a date-only claim of the article came in."""
        return self._references().origin(article, claim)

    def _claim(self, article: Article, name: str, origin: Origin, value: str) -> Evidence:
        day = _day(value)
        if origin.status == UNKNOWN:
            return Evidence(None, day, None, date_only=True)
        if origin.status == UNCOMMITTED:
            email, matches = self._identity_email(), True
        else:
            email, matches = origin.email, self.same_content(article, origin)
        person = None if is_machine_claim(name) else self._team.person_of(email)
        return Evidence(person, day, matches, date_only=True)

    def same_content(self, article: Article, origin: Origin) -> bool:
        """Whether what the article said where a claim of it came in is what it says now."""
        now = article.record.skeleton
        pictures = article.settings.images and now is not None and any(image for _, image in now.destinations)
        if origin.blob == article.oid and origin.path == article.path and not pictures:
            return True
        then = now if origin.blob == article.oid else self._past().get(origin.blob)
        if then is None:
            return False
        if then == now and origin.path == article.path and not pictures:
            return True
        return self._fingerprints.of_version(
            then,
            origin.path,
            images=article.settings.images,
            image_digest=lambda path: self._past().image_digest(origin.commit, path),
        ) == self._fingerprints.of(article)

    def _load_past(self, articles: Iterable[Article]) -> None:
        wanted = set()
        for article in articles:
            if article.unreadable or not self.asks_history(article):
                continue
            for name in article.claims:
                origin = self.origin(article, name)
                if origin.status == KNOWN and (origin.blob, origin.path) != (
                    article.oid,
                    article.path,
                ):
                    wanted.add(origin.blob)
        if wanted:
            self._past().load(wanted)


def _vouches(stamp: Stamp, today: str) -> bool | None:
    """Whether the stamp is for today's content; None where it was made by a normalisation this program does not know."""
    content = stamp.content or ""
    if version_of(content) is None:
        return None if content.startswith("kcs") and ":" in content else False
    return content == today


def is_machine_claim(name: str) -> bool:
    """Whether an OKF entry without content names a machine: then no commit's author makes it a person's."""
    by = name.partition(" ")[0]
    return name != MAPPED_DATE and bool(by) and not by.startswith("human:")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
