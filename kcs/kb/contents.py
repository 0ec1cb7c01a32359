"""What the articles' files hold in one state: their bytes, and what is read of these or kept about them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kcs.kb.articles import Article, ArticleReader
from kcs.kb.settings.policy import Policies
from kcs.kb.source import Source, title_key

# The modules that parse text are imported on use: listing unchanged articles needs none.
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kcs.article.body import Body
    from kcs.article.fingerprint import Skeleton
    from kcs.article.front_matter import Document
    from kcs.kb.git.repository import Repository
    from kcs.kb.kept.cache import Cache
    from kcs.kb.past.skeletons import Skeletons
    from kcs.kb.records import Record
    from kcs.kb.settings.config import Config
    from kcs.kb.settings.team import Team


class Contents:
    """Reads articles under one configuration.
    `unsteady`: a file was written to after it was listed and before it was read, so this run keeps nothing.
    """

    def __init__(
        self, source: Source, config: Config, team: Team, cache: Cache, repo: Repository | None
    ) -> None:
        self.source = source
        self.config = config
        self.cache = cache
        self.repo = repo
        self.unsteady = False
        self.reader = ArticleReader(config, Policies(config, team), self._record)

    @cached_property
    def algorithm(self) -> str:
        """The hash algorithm by which Git names bytes here."""
        return self.repo.object_format if self.repo else "sha1"

    def read(self, article: Article) -> Document:
        """The article's front matter and body."""
        from kcs.article.front_matter import read

        return read(self.raw(article))

    def raw(self, article: Article) -> bytes:
        """The article's bytes."""
        raw = self.source.read(article.path)
        self.is_as_listed(article, raw)
        return raw

    def is_as_listed(self, article: Article, raw: bytes) -> bool:
        """Whether the article was listed with these bytes; if not, nothing of this run may be kept."""
        from kcs.kb.records import object_id

        same = not article.oid or object_id(raw, self.algorithm) == article.oid
        self.unsteady = self.unsteady or not same
        return same

    def version(self, path: str, raw: bytes, oid: str) -> Article:
        """A version of an article, then at `path`, read under today's configuration."""
        from kcs.kb.records import make_record

        return self.reader.article(path, make_record(raw, oid, title_key(self.config)))

    def relocated(self, article: Article, path: str) -> Article:
        """The article as if it were at another path."""
        return self.reader.article(path, article.record)

    def edited(self, article: Article, raw: bytes) -> Article:
        """The article as if its file held these bytes."""
        from kcs.kb.records import object_id

        oid = object_id(raw, self.algorithm)
        return self.version(article.path, raw, oid)

    @cached_property
    def skeletons(self) -> Skeletons:
        """The kept skeletons of versions."""
        from kcs.kb.past.skeletons import Skeletons

        return Skeletons(self.cache, title_key(self.config))

    def destinations(self, article: Article) -> Sequence[tuple[str, bool]]:
        """(as spelt, whether an image) of each link, as the
        fingerprint takes them; none if the article is unreadable.
        """
        known = self.skeletons.destinations(article.oid)
        if known is not None:
            return known
        skeleton = article.record.skeleton
        return skeleton.destinations if skeleton else ()

    def scanned(self, article: Article, text: str, scan: Callable[[], Body]) -> None:
        """Keep the article's text, read as it was listed, and its scan, so that no caller scans it again.

        A stamp is always checked against a fingerprint; for other articles, mostly only link destinations are needed.
        """
        from kcs.article.fingerprint import destinations, skeleton
        from kcs.kb.records import title_of

        oid = article.oid
        if not oid or oid in self.skeletons:
            return
        if any(stamp.content for stamp in article.stamps):
            title, body = title_of(article.record.meta, title_key(self.config)), scan()
            self.skeletons.put(oid, skeleton(title, text, scanned=body))
        elif self.skeletons.destinations(oid) is None:
            self.skeletons.put_destinations(oid, destinations(text, scan))

    def _record(self, path: str, oid: str) -> Record:
        record = self.source.record(path, oid)
        # Where the record is lost, the present file is read, which may hold something else by now.
        self.unsteady = self.unsteady or record.oid != oid
        if record.make is None and record.unreadable is None:
            record.make = lambda: self._skeleton(path, record.oid)
        return record

    def _skeleton(self, path: str, oid: str) -> Skeleton | None:
        if oid in self.skeletons:
            return self.skeletons.get(oid)
        from kcs.kb.records import make_record, object_id

        raw = self.source.read(path)
        found = make_record(raw, oid, title_key(self.config)).skeleton
        # A file changed under us must not leave its skeleton under its old bytes' name.
        if object_id(raw, self.algorithm) == oid:
            self.skeletons.put(oid, found)
        else:
            self.unsteady = True
        return found
