"""One commit of exactly the files that a command wrote.

Only this module imports GitPython: the import costs seven interpreter starts, so what every command reads goes through
pipes (run.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kcs.errors import RepositoryProblem
from kcs.kb.files import HELD_FOR_US, lock_file
from kcs.kb.git.index import listed
from kcs.kb.git.merge import unfinished
from kcs.kb.git.repository import Repository, path_bytes
from kcs.streams import tell


def commit(repository: Repository, paths: Iterable[str], message: str, *, holding: Path | None = None) -> str:
    """Commit exactly these paths as they are now (a missing file as removed); return the commit's id.

    Hooks run; anything else staged stays staged and out of it. `holding`: the folder whose write lock we hold; a kcs
    in a hook then does not wait for it. Raises RepositoryProblem with Git's words if a hook, a conflict or a
    missing identity prevents it.
    """
    if (repository.git_dir / "REVERT_HEAD").exists():
        # Git itself refuses in a merge and in a cherry-pick; here it would commit, and forget what is half reverted.
        raise RepositoryProblem(
            "nothing was committed: a revert is not finished (git revert --continue, or --abort)",
            hint="then commit the files",
        )
    wanted = sorted(set(paths))
    known = listed(repository)
    new = [path for path in wanted if path not in known]
    told = {HELD_FOR_US: str(lock_file(holding))} if holding else {}
    try:
        if new:
            _write(repository, ["add", "--intent-to-add"], new, told)
        command = ["-c", "i18n.commitEncoding=UTF-8", "commit", "--quiet", "--only", f"--message={message}"]
        _write(repository, command, wanted, told)
    except (RepositoryProblem, KeyboardInterrupt):
        if new:
            _write(repository, ["rm", "--cached", "--quiet", "--force", "--ignore-unmatch"], new, told)
        raise
    made = repository.resolve("HEAD")
    if repository.detached() and not any(what == "a rebase" for what, _ in unfinished(repository)):
        # As Git says itself, unless told to be quiet: what is on no branch is easily left behind.
        tell(f"kcs: HEAD is detached, so this commit is on no branch: git branch NAME {made[:12]} keeps it")
    return made


def _write(
    repository: Repository, command: list[str], paths: list[str], environment: Mapping[str, str]
) -> None:
    import tempfile

    try:
        from git import Git, GitCommandError
    except ImportError as error:  # it asks Git for its version
        raise RepositoryProblem(
            "nothing was committed: `git version` failed", hint="run the command again"
        ) from error

    place = {
        "GIT_DIR": str(repository.git_dir),
        "GIT_WORK_TREE": str(repository.root),
        "GIT_INDEX_FILE": str(repository.index_file or repository.git_dir / "index"),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "0",
        **environment,
    }
    # In a file: a thousand paths outgrow a command line. `literal` because `[a].md` is a name, not a pattern;
    # hooks would inherit GIT_LITERAL_PATHSPECS, as we may have.
    with tempfile.TemporaryFile() as names:
        names.write(b"".join(b":(top,literal)" + path_bytes(path) + b"\0" for path in paths))
        names.seek(0)
        # Of a path as text, as Repo gives it, GitPython takes $WORD for a variable.
        git = Git(Path(repository.root))
        try:
            with git.custom_environment(**place):
                git.execute(["git", *command, "--pathspec-from-file=-", "--pathspec-file-nul"], istream=names)
        except GitCommandError as error:
            raise RepositoryProblem(
                f"nothing was committed: {_said(error.stderr, error.stdout)}",
                hint="fix what Git names and run the command again; the files are unchanged",
            ) from error


def _said(*outputs: object) -> str:
    """Git's words without GitPython's wrapping (`stderr: '...'`)."""
    for output in outputs:
        text = str(output or "").strip()
        text = re.sub(r"^std(?:err|out): '(.*)'$", r"\1", text, flags=re.S).strip()
        if text:
            return text
    return "Git gave no reason, as where a hook ends it without a word"
