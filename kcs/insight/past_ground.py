"""The rules for reading a past commit: its own kcs.toml and team.toml, else today's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from kcs.errors import ConfigProblem
from kcs.kb.articles import Article, ArticleReader
from kcs.kb.files import decoded, read_file
from kcs.kb.globs import chooser
from kcs.kb.keys import Name, key_of
from kcs.kb.moves import MOVES_NAME, NO_MOVES, Moves, parse_moves
from kcs.kb.settings.config import CONFIG_NAME, Config, load_config, parse_config
from kcs.kb.settings.policy import Policies
from kcs.kb.settings.team import TEAM_NAME, Team
from kcs.kb.settings.team_reader import load_team, parse_team

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.git.repository import Repository

FILES = (CONFIG_NAME, TEAM_NAME, MOVES_NAME, ".mailmap")


class Ground:
    """Configuration, team and moves in force."""

    def __init__(self, config: Config, team: Team, moves: Moves) -> None:
        self.config = config
        self.team = team
        self.moves = moves
        self.reader = ArticleReader(config, Policies(config, team))
        self._chosen = chooser(config.include, config.exclude)
        self._known: dict[str, bool] = {}

    def is_article(self, path: str) -> bool:
        """Whether a file at `path` (from the base's root) is an article."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = self._chosen(path)
        return found

    def key(self, article: Article) -> str:
        """The article's key, which depends on no other article."""
        name = Name(article.path, article.id, article.permalink)
        return key_of(name, self.moves.keys, by_permalink=self.config.link_by == "permalink")


class Grounds:
    """The grounds of several commits. `lacking`: those that hold no kcs.toml."""

    def __init__(self, kb: KnowledgeBase, repo: Repository, commits: Sequence[str]) -> None:
        self._kb, self._repo = kb, repo
        self._blobs = _blobs(repo, kb.prefix, commits)
        self._known: dict[tuple[str, ...], Ground] = {}
        self.lacking = [commit for commit in commits if not self._blobs[commit][0]]

    def digest(self, commit: str, *more: object) -> str:
        """Changes with anything by which the commit is read, except its articles, and with `more`."""
        blobs = self._blobs[commit]
        return digest(blobs, [own for own, blob in zip(self._own, blobs, strict=False) if not blob], more)

    @cached_property
    def _own(self) -> tuple[str, str]:
        team = self._kb.root / TEAM_NAME
        return digest(read_file(self._kb.root / CONFIG_NAME)), digest(
            read_file(team) if team.exists() else b""
        )

    def ground(self, commit: str) -> Ground:
        """ConfigProblem if what the commit holds cannot be read."""
        blobs = self._blobs[commit]
        if blobs[:3] not in self._known:
            self._known[blobs[:3]] = self._read(commit, *blobs[:3])
        return self._known[blobs[:3]]

    def problem(self, commit: str) -> ConfigProblem | None:
        """Why what the commit holds cannot be read, if so."""
        try:
            self.ground(commit)
        except ConfigProblem as problem:
            return problem
        return None

    def mailmap(self, commit: str) -> str:
        """The blob of the mailmap that names the people of this commit's history; empty if there is none."""
        return self._blobs[commit][3]

    def _read(self, commit: str, config: str, team: str, moves: str) -> Ground:
        short = commit[:12]
        root = self._kb.root
        return Ground(
            parse_config(self._raw(config), f"{short}:{CONFIG_NAME}")
            if config
            else load_config(root / CONFIG_NAME),
            parse_team(self._raw(team), f"{short}:{TEAM_NAME}") if team else load_team(root / TEAM_NAME),
            parse_moves(decoded(self._raw(moves), "surrogateescape")) if moves else NO_MOVES,
        )

    def _raw(self, blob: str) -> bytes:
        return next(raw for _, raw in self._repo.blobs([blob]))


def _blobs(repo: Repository, prefix: str, commits: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each commit the blobs of FILES; empty if it has no such file."""
    names = [prefix + name for name in FILES[:3]] + [FILES[3]]
    asked = "".join(f"{commit}:{name}\n" for commit in commits for name in names)
    told = repo.run("cat-file", "--batch-check", data=asked.encode("utf-8", "surrogateescape")).split(b"\n")[
        :-1
    ]
    # Of what is not there Git says `<commit>:<name> missing`, and a folder may be called anything.
    found = [re.fullmatch(rb"([0-9a-f]{40,64}) blob \d+", one) for one in told]
    blobs = [one[1].decode("ascii") if one else "" for one in found]
    width = len(names)
    return {commit: tuple(blobs[at * width : (at + 1) * width]) for at, commit in enumerate(commits)}


def digest(*parts: object) -> str:
    """A short name for these values."""
    return sha256(repr(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
