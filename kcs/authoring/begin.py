"""Begin a new knowledge base in a folder of its own: everything
in it explains itself, and every command works at once.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kcs.authoring.adopt.people import team_text
from kcs.authoring.begin_ci import GITHUB, GITLAB, HOOKS
from kcs.authoring.begin_config import config_text
from kcs.authoring.begin_texts import ATTRIBUTES, FIRST_TITLE, IGNORE, INDEX, TEAM, TEMPLATES
from kcs.errors import FileProblem, KcsError, RepositoryProblem, UsageProblem
from kcs.kb.files import write_file
from kcs.kb.git.people import Author, Identity, identity
from kcs.kb.git.repository import Repository
from kcs.kb.git.run import environment, execute, problem
from kcs.kb.place import full_path
from kcs.kb.settings.config import CONFIG_NAME, Config, parse_config
from kcs.kb.settings.team import TEAM_NAME, Team
from kcs.kb.settings.team_reader import parse_team


@dataclass(frozen=True, slots=True)
class Begun:
    """What was made. `files`: paths from the root. `new_repository`: whether `git init` was run.

    `notes`: sentences on what could not be set up, and why.
    """

    root: Path
    files: tuple[str, ...]
    new_repository: bool
    notes: tuple[str, ...]
    commit: str | None = None


def begin(folder: Path, *, language: str = "", commit: bool = False) -> Begun:
    """Make the base. UsageProblem if the folder is not empty; a failure leaves nothing behind."""
    root = full_path(folder)
    _refuse(root)
    _check_language(language)
    who = _identity(root)
    config = parse_config(config_text(language).encode())
    files = _files(root, config, who, language)
    made = _write(root, files)
    try:
        repo = Repository.find(root)
        new = repo is None
        repo = repo or _git_init(root)
    except BaseException:
        _take_back(made)
        raise
    notes = [] if who else [_NOBODY]
    notes += [*_driver(root), *_hosts(repo, root)]
    message = f"Begin the knowledge base {root.name}"
    done = _commit(repo, root, list(files), message) if commit else None
    return Begun(root, tuple(files), new, tuple(notes), done)


_NOBODY = (
    f"Git does not know who you are, so there is no {TEAM_NAME}, and anybody who is not a bot may verify:"
    " git config --global user.email you@example.com (and user.name)"
)


def _refuse(root: Path) -> None:
    if (root / CONFIG_NAME).exists():
        raise UsageProblem(
            f"{root / CONFIG_NAME} exists: this is a knowledge base already",
            hint=f"kcs doctor --kb {shlex.quote(str(root))}",
        )
    if root.exists() and not root.is_dir():
        raise UsageProblem(f"{root} is not a folder", hint="name one that does not exist yet")
    held = sorted(one.name for one in root.iterdir() if one.name != ".git") if root.is_dir() else []
    if held:
        raise UsageProblem(
            f"{root} is not empty: it holds {held[0]!r}" + (f" and {len(held) - 1} more" if held[1:] else ""),
            hint="name a new folder; kcs init --adopt takes on articles that lie there already",
        )


def _check_language(language: str) -> None:
    import re

    if language and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", language):
        raise UsageProblem(
            f"--language {language!r} is not a language", hint="write it as th, vi, ar or en-GB"
        )


def _identity(root: Path) -> Identity | None:
    """Whom a commit made there would name, if that is a person."""
    there = next(one for one in (root, *root.parents) if one.is_dir())
    repo = Repository.find(there)
    who = identity(repo, there)
    return who if who and who.email and not Team().is_bot(who.email) else None


def _files(root: Path, config: Config, who: Identity | None, language: str) -> dict[str, bytes]:
    texts = {
        CONFIG_NAME: config_text(language),
        "articles/index.md": INDEX.format(name=" ".join(root.name.split()) or "Knowledge base"),
        "templates/README.md": TEMPLATES,
        ".gitattributes": ATTRIBUTES,
        ".gitignore": IGNORE,
        ".pre-commit-config.yaml": HOOKS,
        ".github/workflows/knowledge-base.yml": GITHUB,
        ".gitlab-ci.yml": GITLAB,
    }
    if who is not None:
        first = team_text([Author(*who, commits=1, last="")])
        people = [line for line in first.splitlines() if line[:1] != "#"]
        texts[TEAM_NAME] = TEAM.format(people="\n".join(people).strip("\n") + "\n")
        parse_team(texts[TEAM_NAME].encode())
    files = {path: text.encode("utf-8", "replace") for path, text in texts.items()}
    return files | _first_article(root, config, language)


def _first_article(root: Path, config: Config, language: str) -> dict[str, bytes]:
    """One article from the Solution template, to look at and to write over."""
    from kcs.authoring.new import plan
    from kcs.authoring.wanted import Wanted

    title = FIRST_TITLE.get(language.partition("-")[0].lower(), FIRST_TITLE["en"])
    wanted = Wanted(words=("solution", title), language=language or "en")
    made = plan(root, config, config.today(), wanted)
    return {made.path: made.raw}


def _write(root: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write them all, or none if one cannot be written. Returns the files and folders made, in that order."""
    made: list[Path] = []
    try:
        for path, raw in files.items():
            file = root / path
            for folder in reversed([one for one in (file.parent, *file.parent.parents) if not one.exists()]):
                folder.mkdir()
                made.append(folder)
            write_file(file, raw)
            made.append(file)
    except BaseException as error:
        _take_back(made)
        if isinstance(error, OSError):
            raise FileProblem(
                f"cannot be made: {error.strerror}", path=error.filename or str(root)
            ) from error
        raise
    return made


def _take_back(made: list[Path]) -> None:
    for one in reversed(made):
        with suppress(OSError):
            one.rmdir() if one.is_dir() else one.unlink()


def _git_init(root: Path) -> Repository:
    done = execute(["init", "--quiet"], cwd=root, env=environment())
    if done.returncode:
        raise problem(done.stderr, root)
    found = Repository.find(root)
    if found is None:
        raise RepositoryProblem(f"git init made no repository in {root}", hint="git init there by hand")
    return found


def _driver(root: Path) -> list[str]:
    """Let Git merge stamps in this clone; returns why not, if impossible."""
    from kcs.authoring.doctor.merging import driver
    from kcs.authoring.doctor.model import Patient

    try:
        for check in driver(Patient(root)):
            if check.mend is not None:
                check.mend()
    except (KcsError, OSError) as error:
        return [f"the merge driver is not set up: {error}; kcs doctor --fix tries again"]
    return []


def _hosts(repo: Repository, root: Path) -> list[str]:
    """What to do by hand before hooks and hosts work as the files say."""
    left = ["KCS_SOURCE in the CI files is a placeholder: write there where your team has kcs"]
    below = root.resolve().relative_to(repo.root.resolve())
    if below.parts:
        left.append(
            "pre-commit and the hosts read .pre-commit-config.yaml, .github and .gitlab-ci.yml at the top of the repository"
            f" alone: move them to {repo.root}, with --kb {shlex.quote(below.as_posix())} behind each kcs audit and kcs check"
        )
    return left


def _commit(repo: Repository, root: Path, paths: list[str], message: str) -> str:
    from kcs.kb.git.commit import commit

    below = root.resolve().relative_to(repo.root.resolve()).as_posix()
    prefix = "" if below == "." else f"{below}/"
    try:
        return commit(repo, [prefix + path for path in paths], message)
    except RepositoryProblem as error:
        raise RepositoryProblem(
            f"written to {os.fspath(root)}, but {error.message}",
            hint=f"git -C {shlex.quote(str(root))} add . && git -C {shlex.quote(str(root))} commit",
        ) from error
