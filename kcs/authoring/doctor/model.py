"""What a check finds, and what it may use: as much of the knowledge base as is available."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from kcs.errors import ConfigProblem, KcsError, RepositoryProblem, UsageProblem
from kcs.kb.base import KnowledgeBase
from kcs.kb.git.repository import Repository
from kcs.kb.git.run import environment, execute
from kcs.kb.kept.cache import Cache
from kcs.kb.place import find_root, full_path
from kcs.kb.settings.config import CONFIG_NAME, Config, load_config
from kcs.kb.settings.team import TEAM_NAME, Team
from kcs.kb.settings.team_reader import load_team
from kcs.kb.source import WorkingTree


class Status(StrEnum):
    """How a check ended."""

    OK = "ok"
    INFO = "info"
    PROBLEM = "problem"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was found and the command that mends it. `mend` does so and says what it did."""

    name: str
    status: Status
    message: str
    fix: str = ""
    mend: Callable[[], str] | None = None


def ok(name: str, message: str) -> Check:
    """Nothing to do."""
    return Check(name, Status.OK, message)


def info(name: str, message: str, fix: str = "") -> Check:
    """Worth knowing, and no reason to fail."""
    return Check(name, Status.INFO, message, fix)


def problem(name: str, message: str, fix: str = "", mend: Callable[[], str] | None = None) -> Check:
    """Something to mend."""
    return Check(name, Status.PROBLEM, message, fix, mend)


def from_error(name: str, error: KcsError) -> Check:
    """An error as a line."""
    return problem(name, str(error), error.hint)


class Patient:
    """The knowledge base under examination. What is broken is None here; the check of that name says why."""

    def __init__(self, given: Path | None) -> None:
        self.given = given

    @cached_property
    def root(self) -> Path:
        """The base's root, else the intended folder."""
        try:
            return find_root(self.given)
        except UsageProblem:
            return full_path(self.given or Path.cwd())

    def load_repo(self) -> Repository | None:
        """As Repository.find; raises what it raises."""
        return Repository.find(self.root)

    @cached_property
    def repo(self) -> Repository | None:
        """The repository, if there is one that can be used."""
        try:
            return self.load_repo()
        except (RepositoryProblem, OSError):
            return None

    @cached_property
    def config(self) -> Config | None:
        """kcs.toml, if it can be used."""
        try:
            return load_config(self.root / CONFIG_NAME)
        except ConfigProblem:
            return None

    @cached_property
    def team(self) -> Team:
        """team.toml, if it can be used, else the empty team."""
        try:
            return load_team(self.root / TEAM_NAME)
        except ConfigProblem:
            return Team()

    @cached_property
    def kb(self) -> KnowledgeBase | None:
        """The base itself. Without a readable kcs.toml, its articles are unknown."""
        if self.config is None:
            return None
        algorithm = self.repo.object_format if self.repo else "sha1"
        return KnowledgeBase(
            self.root,
            repo=self.repo,
            commit=None,
            source=WorkingTree(self.root, Cache(self.root), algorithm),
            config=self.config,
            team=self.team,
            today=self.config.today(),
        )

    def scope(self, name: str) -> str:
        """Whose settings say so: `local` for the repository's own, `global` for the user's."""
        done = execute(["config", "--show-scope", "--get", name], cwd=self.root, env=environment())
        return done.stdout.decode("utf-8", "replace").partition("\t")[0]

    def setting(self, name: str) -> str | None:
        """One value of Git's configuration as it counts in this folder."""
        done = execute(["config", "--get", name], cwd=self.root, env=environment())
        return done.stdout.decode("utf-8", "replace").rstrip("\n") if done.returncode == 0 else None
