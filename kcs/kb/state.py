"""The files of a knowledge base in one state (the working tree or a commit), and how they are linked."""

from __future__ import annotations

import os
import posixpath
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import FileProblem
from kcs.kb.articles import Article
from kcs.kb.catalogue import Articles
from kcs.kb.contents import Contents
from kcs.kb.files import decoded
from kcs.kb.git.repository import Repository
from kcs.kb.globs import chooser
from kcs.kb.kept.cache import Cache
from kcs.kb.moves import MOVES_NAME, NO_MOVES, Moves, parse_moves
from kcs.kb.settings.config import Config
from kcs.kb.settings.team import Team
from kcs.kb.source import Source, WorkingTree

# The modules that parse text and ask Git are imported on use: listing unchanged articles needs neither.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kcs.kb.links import LinkTable


class State(Contents):
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
        super().__init__(source, config, team, Cache(root), repo)
        self.root = root
        self.commit = commit
        self.team = team
        self.today = today
        self.notes = notes
        # The files that the table of links looked for, and whether each was there.
        self.probed: dict[str, bool] = {}
        # The same for paths on this disk (see `on_disk`).
        self.looked: dict[str, bool] = {}
        # A digest of the pages that are not articles; empty until kcs.kb.pages has read them.
        self.pages_read = ""

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
    def head(self) -> str | None:
        """The commit that this state is, or is based on; None outside Git or before the first commit."""
        return self.commit or (self.repo.head() if self.repo else None)

    @cached_property
    def prefix(self) -> str:
        """The root's path in its repository, with a final `/`; empty at the top or outside Git."""
        return prefix_of(self.root, self.repo)

    @cached_property
    def articles(self) -> Articles:
        """Every article, by path. FileProblem for a folder that cannot be listed, if Git knows of an article in it."""
        found = self.source.articles(self.config, self.reader)
        if isinstance(self.source, WorkingTree) and self.source.unlisted:
            self._refuse_unlisted(self.source.unlisted)
        return found

    def _refuse_unlisted(self, folders: Mapping[str, str]) -> None:
        """Every figure would be wrong without what is in there, and a gate would pass it.
        Git knows which folders hold no article.
        """
        from kcs.kb.git.index import listed
        from kcs.kb.git.repository import below

        known = below(self.prefix, dict.fromkeys(listed(self.repo), "")) if self.repo else {}
        for folder, why in folders.items():
            if any(path.startswith(folder and f"{folder}/") and self.is_article(path) for path in known):
                hint = "Git knows of an article in it: `chmod u+rwx` makes it readable to its owner"
                raise FileProblem(f"cannot be read: {why}", path=folder or str(self.root), hint=hint)

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
        """Path to the original's path, for every article that says
        it is a translation; to its name if no article has that.
        """
        from kcs.kb.translated import origins

        return origins(self)

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

        return LinkTable.under(self.config, moves, map(Name._make, names), exists)

    @cached_property
    def shared_ids(self) -> frozenset[str]:
        """The ids that several articles have: none of these articles can be named by it."""
        known: set[str] = set()
        twice: set[str] = set()
        for _, name, _ in self.articles.names():
            (twice if name in known else known).add(name)
        return frozenset(twice - {""})

    def command_name(self, article: Article) -> str:
        """What names this article alone in a command: its id, else its path."""
        return article.path if article.id in self.shared_ids else article.name

    def key(self, article: Article) -> str:
        """The article's key in fingerprints and in all that is kept about it. Needs no other article."""
        from kcs.kb.keys import Name, key_of

        name = Name(article.path, article.id, article.permalink)
        return key_of(name, self.moves.keys, by_permalink=self.config.link_by == "permalink")

    @cached_property
    def moves(self) -> Moves:
        """The moves in moves.tsv."""
        raw = self._beside(MOVES_NAME)
        return NO_MOVES if raw is None else parse_moves(decoded(raw, "surrogateescape"))

    def exists(self, path: str) -> bool:
        """Whether a file exists at `path` (from the root, with `/`)."""
        return self.source.exists(path)

    def on_disk(self, path: str) -> bool:
        """Whether a file, or a folder where `path` ends with `/`, is on this disk, inside the base or outside.

        `path` is from the root. Noted in `looked`, since kept results depend on it. For a
        commit, what it held counts as well: what a change takes away was there before it.
        """
        found = self.looked[path] = lies_at(self.root, path) or self._lay_at(path)
        return found

    def _lay_at(self, path: str) -> bool:
        place = posixpath.normpath(self.prefix + path)
        return f"{place}/" in self._then or (place in self._then and not path.endswith("/"))

    @cached_property
    def _then(self) -> frozenset[str]:
        """For a commit, the files of the whole repository and their folders, each of these with a `/` at its end."""
        if self.commit is None or self.repo is None:
            return frozenset()
        files = self.repo.tree(self.commit)
        folders = (file[: at + 1] for file in files for at, sign in enumerate(file) if sign == "/")
        return frozenset((*files, *folders))

    def _exists(self, path: str) -> bool:
        found = self.probed[path] = self.source.exists(path)
        return found

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
