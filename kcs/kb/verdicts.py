"""Brings together what trust is judged from: stamps, fingerprints, the origins of dates, policies and the day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from kcs.article.fingerprint import Skeleton, fingerprint, version_of
from kcs.article.stamps import Stamp
from kcs.article.trust import UNREADABLE_VERDICT, Adoption, Evidence, Standing, Verdict, standing
from kcs.digest import sha256
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.cache import Cache
from kcs.kb.git import Repository
from kcs.kb.links import LinkTable, Target
from kcs.kb.records import make_record, title_of
from kcs.kb.references import KNOWN, UNCOMMITTED, UNKNOWN, Origin, References
from kcs.kb.skeletons import Skeletons
from kcs.kb.team import Team

MISSING_IMAGE = "missing"
# Whatever may be a destination that does not mean the same from everywhere; the rest begin at some root.
_ABSOLUTE = rb"(?:https?://|mailto:|/|#)"
_RELATIVE = re.compile(
    rb"\]\((?!\s*<?" + _ABSOLUTE + rb")|\]:|<(?!https?:|mailto:)[a-z][a-z0-9+.-]*:"
    rb"|(?:href|src)\s*=(?!\s*[\"']?" + _ABSOLUTE + rb")",
    re.IGNORECASE,
)
# Texts that are in memory together while they are compared.
_AT_ONCE = 1000
_FEW = 20


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
    """What past versions said, by Git's name for their bytes."""

    def __init__(
        self,
        repo: Repository,
        cache: Cache,
        title_key: str,
        prefix: str = "",
        skeletons: Skeletons | None = None,
    ) -> None:
        self._repo = repo
        self._prefix = prefix
        self._title_key = title_key
        self._skeletons = skeletons or Skeletons(cache, title_key)
        self._alike: dict[tuple[str, str], bool] = {}
        self._versions: dict[tuple[str, str], bool] = {}

    def load(self, oids: Iterable[str]) -> None:
        """Read those that are not known yet, all at once."""
        missing = {oid for oid in oids if oid not in self._skeletons}
        if not missing:
            return
        for oid, raw in self._repo.blobs(missing):
            self._skeletons.put(oid, make_record(raw, oid, self._title_key).skeleton)
        self._skeletons.save()

    def get(self, oid: str) -> Skeleton | None:
        """The skeleton of a loaded version; None where it was unreadable."""
        return self._skeletons.get(oid)

    def compare(
        self,
        pairs: Mapping[str, Sequence[Article]],
        raws: Callable[[Iterable[Article]], Mapping[str, bytes]],
        texts: Mapping[str, bytes],
    ) -> None:
        """Prepare `alike` (and `get`, where that leaves it open) for versions and what readable articles say now.

        `texts`: the bytes of versions, by name, as far as somebody read them already.
        """
        skeletons = self._skeletons
        unknown = [
            oid
            for oid, articles in pairs.items()
            if oid not in skeletons or any(one.oid not in skeletons for one in articles)
        ]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            now = raws([article for oid in some for article in pairs[oid]])
            known = ((oid, texts[oid]) for oid in some if oid in texts)
            unread = self._repo.blobs(oid for oid in some if oid not in texts)
            for oid, raw in chain(known, unread):
                for article in pairs[oid]:
                    self._compare(oid, raw, article, now[article.path])
        skeletons.save()

    def _compare(self, oid: str, raw: bytes, article: Article, now: bytes) -> None:
        alike = alike_texts(raw, now, article.title, self._title_key)
        if alike is not None:
            self._alike[oid, article.oid] = alike
        elif oid not in self._skeletons:
            self._skeletons.put(oid, make_record(raw, oid, self._title_key).skeleton)

    def alike(self, oid: str, article: Article) -> bool | None:
        """Whether title and text of the version are the article's; None where only the skeletons tell."""
        return self._alike.get((oid, article.oid))

    def compare_versions(self, pairs: Mapping[tuple[str, str], bool]) -> None:
        """Prepare `alike_versions` (and `get`, where that leaves it open) for pairs of versions: whether one was moved to the other."""
        known = self._skeletons
        unknown = [pair for pair in pairs if not all(oid in known for oid in pair)]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            raws = dict(self._repo.blobs({oid for pair in some for oid in pair}))
            for pair in some:
                alike = _alike_versions(raws[pair[0]], raws[pair[1]], self._title_key)
                # From another folder a link may lead elsewhere.
                if alike is None or (alike and pairs[pair] and _RELATIVE.search(raws[pair[0]])):
                    self._keep(pair, raws, alike=bool(alike))
                else:
                    self._versions[pair] = alike
        known.save()

    def _keep(self, pair: tuple[str, str], raws: Mapping[str, bytes], *, alike: bool) -> None:
        known, (one, other) = self._skeletons, pair
        if one not in known:
            known.put(one, make_record(raws[one], one, self._title_key).skeleton)
        if other not in known:
            same = known.get(one) if alike else make_record(raws[other], other, self._title_key).skeleton
            known.put(other, same)

    def alike_versions(self, one: str, other: str) -> bool | None:
        """Whether two versions count for the same content, or both for none; None where only the skeletons tell."""
        return self._versions.get((one, other))

    def image_digest(self, commit: str, path: str) -> str:
        """As that of today's pictures, for what lay at `path` in a commit."""
        raw = self._repo.show(self._prefix + path, commit)
        return MISSING_IMAGE if raw is None else image_digest(raw)


class Judge:
    """Gives each article its verdict on one day."""

    def __init__(
        self,
        *,
        fingerprints: Callable[[], Fingerprints],
        references: Callable[[], References],
        past: Callable[[], PastSkeletons],
        raws: Callable[[Iterable[Article]], Mapping[str, bytes]],
        team: Team,
        identity_email: Callable[[], str],
        key: Callable[[str], str],
        today: date,
        adoption: Adoption | None,
    ) -> None:
        self._fingerprints = fingerprints
        self._references = references
        self._past = past
        self._raws = raws
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
        """What speaks for a readable article: its stamps with content, or else its date-only claims."""
        bound = [stamp for stamp in article.stamps if stamp.content]
        if bound:
            today = self._fingerprints().of(article)
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
        at_home, images = origin.path == article.path, article.settings.images
        alike = True if origin.blob == article.oid else self._past().alike(origin.blob, article)
        if alike is False:
            return False
        if alike and at_home and not images:
            return True
        now = article.record.skeleton
        pictures = images and now is not None and any(image for _, image in now.destinations)
        then = now if alike else self._then(origin)
        if then is None:
            return False
        if then == now and at_home and not pictures:
            return True
        return self._fingerprints().of_version(
            then,
            origin.path,
            images=article.settings.images,
            image_digest=lambda path: self._past().image_digest(origin.commit, path),
        ) == self._fingerprints().of(article)

    def _then(self, origin: Origin) -> Skeleton | None:
        """What the version said; read now where `prepare` was not asked to, as for the commit of an unfinished merge."""
        past = self._past()
        past.load([origin.blob])
        return past.get(origin.blob)

    def prepare(self, articles: Iterable[Article]) -> None:
        """Read together what `same_content` will ask of these articles."""
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


def alike_texts(before: bytes, now: bytes, title: str, title_key: str) -> bool | None:
    """Whether a version counts for the same content as readable bytes with this title; None where nobody knows yet."""
    from kcs.article.front_matter import body_of, read
    from kcs.article.kcs1 import titled
    from kcs.article.likeness import same_text

    one, other = body_of(before), body_of(now)
    same = one == other or same_text(one, other)
    if same is False:
        return False
    document = read(before)
    if document.fatal:
        return False
    there = title_of(document.meta, title_key)
    return same if there == title or titled(there) == titled(title) else False


def _alike_versions(one: bytes, other: bytes, title_key: str) -> bool | None:
    """Whether two versions count for the same content, unreadable ones for none; None where their skeletons have to tell."""
    from kcs.article.front_matter import body_of, read
    from kcs.article.likeness import surely_differ

    text, other_text = body_of(one), body_of(other)
    if text != other_text and not surely_differ(text, other_text):
        return None
    document = read(one)
    if text != other_text and not document.fatal:
        return False
    beside = read(other)
    if document.fatal or beside.fatal:
        return bool(document.fatal and beside.fatal)
    return True if title_of(document.meta, title_key) == title_of(beside.meta, title_key) else None


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
