"""Begin a knowledge base: adopt the articles that a repository holds."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kcs.authoring.adopt import Plan
from kcs.authoring.adopt.config_text import config_text
from kcs.authoring.adopt.people import team_text
from kcs.errors import UsageProblem
from kcs.kb.files import create_file
from kcs.kb.git.people import authors
from kcs.kb.git.repository import Repository
from kcs.kb.settings.config import CONFIG_NAME, parse_config
from kcs.kb.settings.team import TEAM_NAME
from kcs.kb.settings.team_reader import parse_team


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that does not exist yet and what it would hold."""

    path: Path
    text: str


def adoption_files(root: Path, plan: Plan, repo: Repository | None, *, with_team: bool) -> list[NewFile]:
    """What adopting writes: kcs.toml, and team.toml if wanted, if Git knows people, and if there is none yet."""
    files = [NewFile(root / CONFIG_NAME, config_text(plan))]
    parse_config(files[0].text.encode())
    if with_team and repo is not None and not (root / TEAM_NAME).exists():
        files += _team_file(root, repo)
    return files


def team_alone(root: Path, repo: Repository | None) -> NewFile:
    """team.toml for a base that has a kcs.toml and no team.toml yet."""
    if (root / TEAM_NAME).exists():
        raise UsageProblem(
            f"{root / TEAM_NAME} exists already",
            hint="change it by hand; kcs doctor lists the people it lacks",
        )
    if repo is None:
        raise UsageProblem(
            f"{root} is in no Git repository, so no authors are known", hint="write team.toml by hand"
        )
    for file in _team_file(root, repo):
        return file
    raise UsageProblem(
        "Git knows no person who committed here", hint="commit first, or write team.toml by hand"
    )


def _team_file(root: Path, repo: Repository) -> list[NewFile]:
    """The file, if it would name anybody: with a team.toml of nobody, nobody could verify."""
    file = NewFile(root / TEAM_NAME, team_text(authors(repo)))
    return [file] if parse_team(file.text.encode()).people else []


def refuse_existing(root: Path) -> None:
    """UsageProblem if there is a kcs.toml: adopting never overwrites anything."""
    if (root / CONFIG_NAME).exists():
        raise UsageProblem(
            f"{root / CONFIG_NAME} exists: this is a knowledge base already",
            hint="change it by hand; --dry-run shows what adopting would derive today",
        )


def write_new(files: list[NewFile]) -> None:
    """Write all of them or none; FileProblem if there is something in a place by now, or one cannot be written."""
    made: list[Path] = []
    try:
        for file in files:
            create_file(file.path, file.text.encode())
            made.append(file.path)
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise
