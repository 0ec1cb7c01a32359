"""Earlier texts of articles: whether a version counts as the same content, told from the texts alone if possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from kcs.article.fingerprint import Skeleton
from kcs.digest import sha256
from kcs.kb.articles import Article
from kcs.kb.git.repository import Repository
from kcs.kb.kept.cache import Cache
from kcs.kb.past.skeletons import Skeletons
from kcs.kb.records import make_record, title_of
from kcs.patterns import later

if TYPE_CHECKING:
    from kcs.article.front_matter import Document
    from kcs.article.likeness import Leads

MISSING_IMAGE = "missing"
# Finds possible links whose meaning depends on the article's folder. Links that begin as in _ABSOLUTE do not.
_ABSOLUTE = rb"(?:https?://|mailto:|/|#)"
_RELATIVE = later(
    rb"\]\((?!\s*<?" + _ABSOLUTE + rb")|\]:|<(?!https?:|mailto:)[a-z][a-z0-9+.-]*:"
    rb"|(?:href|src)\s*=(?!\s*[\"']?" + _ABSOLUTE + rb")",
    re.IGNORECASE,
)
# Versions in memory together during a comparison.
_AT_ONCE = 1000


def image_digest(raw: bytes) -> str:
    """The digest of a picture with these bytes."""
    return sha256(raw).hexdigest()[:32]


class PastSkeletons:
    """Skeletons of past versions, by Git's name for their bytes."""

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
        self._leads: dict[tuple[str, str], Leads] = {}
        self._versions: dict[tuple[str, str], bool] = {}
        self._version_leads: dict[tuple[str, str], Leads] = {}

    def load(self, oids: Iterable[str]) -> None:
        """Read all unknown ones at once."""
        missing = {oid for oid in oids if oid not in self._skeletons}
        if not missing:
            return
        for oid, raw in self._repo.blobs(missing):
            self._skeletons.put(oid, make_record(raw, oid, self._title_key).skeleton)
        self._skeletons.save()

    def get(self, oid: str) -> Skeleton | None:
        """The skeleton of a loaded version; None if it was unreadable."""
        return self._skeletons.get(oid)

    def compare(
        self,
        pairs: Mapping[str, Sequence[Article]],
        raws: Callable[[Iterable[Article]], Mapping[str, bytes]],
        texts: Mapping[str, bytes],
    ) -> None:
        """Prepare `alike` (and `get`, if that leaves it open) for
        versions against the present text of readable articles.

        `texts`: bytes of versions already read, by name.
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
        alike, leads = compare_texts(raw, now, article.own_title, self._title_key)
        if leads:
            self._leads[oid, article.oid] = leads
        elif alike is not None:
            self._alike[oid, article.oid] = alike
        elif oid not in self._skeletons:
            self._skeletons.put(oid, make_record(raw, oid, self._title_key).skeleton)

    def alike(self, oid: str, article: Article) -> bool | None:
        """Whether the version has the article's title and text; None if only `leads` or the skeletons tell."""
        return self._alike.get((oid, article.oid))

    def leads(self, oid: str, article: Article) -> Leads:
        """The destinations, if only they are spelt differently in
        the version (the first of each pair); empty if unknown.
        """
        return self._leads.get((oid, article.oid), [])

    def compare_versions(self, pairs: Mapping[tuple[str, str], bool]) -> None:
        """Prepare `alike_versions` for pairs of versions (whether one was moved
        to the other), or `version_leads`, or, where both leave it open, `get`.
        """
        from kcs.article.front_matter import read

        known = self._skeletons
        unknown = [pair for pair in pairs if not all(oid in known for oid in pair)]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            raws = dict(self._repo.blobs({oid for pair in some for oid in pair}))
            # Read once: most are in two pairs.
            documents = {oid: read(raw) for oid, raw in raws.items()}
            for pair in some:
                one, other = map(documents.__getitem__, pair)
                alike, leads = compare_documents(one, other, self._title_key)
                # From another folder, a link may lead elsewhere.
                moved = alike and pairs[pair] and (leads or _RELATIVE.search(raws[pair[0]]))
                if alike is None or moved:
                    self._keep(pair, raws, alike=bool(alike and not leads))
                elif leads:
                    self._version_leads[pair] = leads
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
        """Whether two versions count as the same content, or both
        as none; None if only `version_leads` or the skeletons tell.
        """
        return self._versions.get((one, other))

    def version_leads(self, one: str, other: str) -> Leads:
        """The destinations, if only they are spelt differently in two versions at one path; empty if unknown."""
        return self._version_leads.get((one, other), [])

    def image_digest(self, commit: str, path: str) -> str:
        """The digest of the picture at `path` in a commit."""
        raw = self._repo.show(self._prefix + path, commit)
        return MISSING_IMAGE if raw is None else image_digest(raw)


def alike_texts(before: bytes, now: bytes, title: str, title_key: str) -> bool | None:
    """Whether a version counts as the same content as readable bytes with this title; None if not yet known."""
    alike, leads = compare_texts(before, now, title, title_key)
    return None if leads else alike


def compare_texts(before: bytes, now: bytes, title: str, title_key: str) -> tuple[bool | None, Leads]:
    """The same, and the destinations spelt differently if all else counts as the same: True beside any."""
    from kcs.article.front_matter import body_of, read
    from kcs.article.kcs1 import titled
    from kcs.article.likeness import compare

    one, other = body_of(before), body_of(now)
    same, leads = (True, []) if one == other else compare(one, other)
    if same is False:
        return False, []
    document = read(before)
    if document.fatal:
        return False, []
    there = title_of(document.meta, title_key)
    return (same, leads) if there == title or titled(there) == titled(title) else (False, [])


def compare_documents(one: Document, other: Document, title_key: str) -> tuple[bool | None, Leads]:
    """As `compare_texts` for two versions; unreadable ones count as no content."""
    from kcs.article.kcs1 import titled
    from kcs.article.likeness import compare

    if one.fatal or other.fatal:
        return bool(one.fatal and other.fatal), []
    same, leads = (True, []) if one.body == other.body else compare(one.body, other.body)
    if same is False:
        return False, []
    title, other_title = title_of(one.meta, title_key), title_of(other.meta, title_key)
    return (same, leads) if title == other_title or titled(title) == titled(other_title) else (False, [])
