"""The files of a knowledge base in one state (the working tree or a commit), and what they say on their own."""

from __future__ import annotations

import os
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import FileProblem
from kcs.kb.articles import Article, ArticleReader
from kcs.kb.cache import Cache
from kcs.kb.catalogue import Articles
from kcs.kb.config import Config
from kcs.kb.files import decoded
from kcs.kb.git import Repository
from kcs.kb.globs import chooser
from kcs.kb.moves import MOVES_NAME, NO_MOVES, Moves, parse_moves
from kcs.kb.policy import Policies
from kcs.kb.source import Source, title_key
from kcs.kb.team import Team

# The modules that parse text and ask Git are imported on use: listing unchanged articles needs neither.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kcs.article.body import Body
    from kcs.article.fingerprint import Skeleton
    from kcs.article.front_matter import Document
    from kcs.kb.links import LinkTable
    from kcs.kb.records import Record
    from kcs.kb.skeletons import Skeletons


class State:
    """`root` holds kcs.toml. `commit` is None for the working tree. `notes` are sentences to print."""

    def __init__(
        self,
        root: Path,
        *,
        repo: Repository | None,
        commit: str | None,
        source: Source,
        config: Config,
        team: Team,
        today: date,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.root = root
        self.repo = repo
        self.commit = commit
        self.config = config
        self.team = team
        self.today = today
        self.notes = notes
        self.cache = Cache(root)
        self.source = source
        self._probes: dict[str, bool] = {}
        # The paths looked for on this disk (see `on_disk`), and whether each was there.
        self.looked: dict[str, bool] = {}
        # A digest of the pages that are not articles; empty until kcs.kb.pages has read them.
        self.pages_read = ""
        # Whether a file was written to after it was listed and before it was read: then this run keeps nothing.
        self.unsteady = False
        # Whether a verdict rests on something outside its cache key: who is at work, an image's bytes.
        self._asked_machine = False
        self.reader = ArticleReader(config, Policies(config, team), self._record)

    def is_article(self, path: str) -> bool:
        """Whether kcs.toml makes a file at `path` an article."""
        return chooser(self.config.include, self.config.exclude)(path)

    def text(self, name: str) -> str | None:
        """A text file beside the articles, as of this state; None if there is none."""
        raw = self._beside(name)
        return None if raw is None else decoded(raw, "replace")

    def _beside(self, name: str) -> bytes | None:
        # A file that exists but cannot be read is an error, not a missing file: without moves.tsv, say, articles
        # would get other keys, and every finding in the baseline would be new.
        try:
            return self.source.read(name)
        except FileProblem as problem:
            if isinstance(problem.__cause__, OSError) and not isinstance(
                problem.__cause__, FileNotFoundError
            ):
                raise
            return None

    @cached_property
    def algorithm(self) -> str:
        """The hash algorithm by which Git names bytes here."""
        return self.repo.object_format if self.repo else "sha1"

    @cached_property
    def head(self) -> str | None:
        """The commit that this state is, or is based on; None outside Git or before the first commit."""
        return self.commit or (self.repo.head() if self.repo else None)

    @cached_property
    def prefix(self) -> str:
        """The root's path in its repository, with a final `/`; empty at the top or outside Git."""
        return prefix_of(self.root, self.repo)

    @cached_property
    def articles(self) -> Articles:
        """Every article, by path."""
        return self.source.articles(self.config, self.reader)

    @cached_property
    def beside(self) -> dict[str, list[str]]:
        """Article path to the pages at its address that are not articles."""
        from kcs.kb.beside import pages_beside

        return pages_beside(self)

    @property
    def articles_read(self) -> bool:
        """Whether the list of articles has been read."""
        return "articles" in self.__dict__

    @cached_property
    def by_path(self) -> dict[str, Article]:
        """Every article by its path."""
        return {article.path: article for article in self.articles}

    @property
    def state(self) -> str:
        """Changes when any article's path or content does; empty where unknown, as for a commit."""
        return self.source.state if self.articles else ""

    @cached_property
    def translated(self) -> dict[str, str]:
        """Path to the original's id, for every article that says it is a translation."""
        found = {}
        for article in self.articles:
            if self.source.may_say(article.oid, "translation_of"):
                said = article.record.meta.get("translation_of")
                if isinstance(said, dict) and isinstance(origin := said.get("id"), str) and origin:
                    found[article.path] = origin
        return found

    @cached_property
    def links(self) -> LinkTable:
        """Which names and paths link to which article."""
        return self._link_table(self.articles.names(), self.moves, self._exists)

    def link_table(
        self, articles: Iterable[Article], moves: Moves, exists: Callable[[str], bool]
    ) -> LinkTable:
        """The same with articles at other paths than now."""
        return self._link_table(((one.path, one.id, one.permalink) for one in articles), moves, exists)

    def _link_table(
        self, names: Iterable[tuple[str, str, str]], moves: Moves, exists: Callable[[str], bool]
    ) -> LinkTable:
        from kcs.kb.keys import Name
        from kcs.kb.links import LinkTable

        return LinkTable(
            list(map(Name._make, names)),
            moves.keys,
            former=moves.former,
            root=self.config.link_root,
            folders=self.config.link_folders,
            by_permalink=self.config.link_by == "permalink",
            by_address=self.config.links_by_address,
            exists=exists,
        )

    def key(self, article: Article) -> str:
        """The article's key in fingerprints and in all that is kept about it. Needs no other article."""
        from kcs.kb.keys import Name, key_of

        name = Name(article.path, article.id, article.permalink)
        return key_of(name, self.moves.keys, by_permalink=self.config.link_by == "permalink")

    @cached_property
    def moves(self) -> Moves:
        """The moves in moves.tsv."""
        raw = self._beside(MOVES_NAME)
        return NO_MOVES if raw is None else parse_moves(raw.decode("utf-8", "surrogateescape"))

    def exists(self, path: str) -> bool:
        """Whether a file exists at `path` (from the root, with `/`)."""
        return self.source.exists(path)

    def on_disk(self, path: str) -> bool:
        """Whether a file, or a folder where `path` ends with `/`, is on this disk, inside the base or outside.

        `path` is from the root. Noted in `looked`, since kept results depend on it.
        """
        found = self.looked[path] = lies_at(self.root, path)
        return found

    def _exists(self, path: str) -> bool:
        found = self._probes[path] = self.source.exists(path)
        return found

    @cached_property
    def skeletons(self) -> Skeletons:
        """The kept skeletons of versions."""
        from kcs.kb.skeletons import Skeletons

        return Skeletons(self.cache, title_key(self.config))

    def destinations(self, article: Article) -> Sequence[tuple[str, bool]]:
        """(as spelt, whether an image) of each link, as the fingerprint takes them; none if the article is unreadable."""
        known = self.skeletons.destinations(article.oid)
        if known is not None:
            return known
        skeleton = article.record.skeleton
        return skeleton.destinations if skeleton else ()

    def _record(self, path: str, oid: str) -> Record:
        record = self.source.record(path, oid)
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

    def read(self, article: Article) -> Document:
        """The article's front matter and body."""
        from kcs.article.front_matter import read

        return read(self.raw(article))

    def version(self, path: str, raw: bytes, oid: str) -> Article:
        """A version of an article, then at `path`, read under today's configuration."""
        from kcs.kb.records import make_record

        return self.reader.article(path, make_record(raw, oid, title_key(self.config)))

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

    def relocated(self, article: Article, path: str) -> Article:
        """The article as if it were at another path."""
        return self.reader.article(path, article.record)

    def edited(self, article: Article, raw: bytes) -> Article:
        """The article as if its file held these bytes."""
        from kcs.kb.records import object_id

        oid = object_id(raw, self.algorithm)
        return self.version(article.path, raw, oid)

    @property
    def private_folder(self) -> Path:
        """The folder of the base's lock and journal: beside Git's own, else in the cache; never among the articles."""
        return private_folder_of(self.root, self.repo)


def lies_at(root: Path, path: str) -> bool:
    """As `State.on_disk`, without noting it."""
    place = os.path.join(root, path)  # noqa: PTH118 - asked of thousands
    return os.path.isdir(place) if path.endswith("/") else os.path.exists(place)  # noqa: PTH110, PTH112


def private_folder_of(root: Path, repo: Repository | None) -> Path:
    """The folder of a base's lock and journal."""
    return repo.git_dir / "kcs" if repo else Cache(root).folder


def prefix_of(root: Path, repo: Repository | None) -> str:
    """The path of `root` in `repo`, with a final `/`; empty at the top."""
    if repo is None:
        return ""
    below = root.resolve().relative_to(repo.root.resolve()).as_posix()
    return "" if below == "." else below + "/"
