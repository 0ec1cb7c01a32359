"""One tree of errors. Each says what was found, where, and what to do next; none reaches a user as a traceback."""

from __future__ import annotations


class KcsError(Exception):
    """Something a user can act on.

    `message` says what was found, `hint` what to do next, `path` and `line` (from 1) where.
    `exit_code` is 2 (could not run) unless a subclass says otherwise.
    """

    exit_code = 2

    def __init__(
        self, message: str, *, hint: str = "", path: str | None = None, line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line

    @property
    def where(self) -> str:
        """`path:line`, `path`, or nothing."""
        if self.path is None:
            return ""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.path else self.message


class UsageProblem(KcsError):
    """The command's words do not go together or name nothing."""


class ConfigProblem(KcsError):
    """`kcs.toml`, `team.toml` or the user's own settings hold something that cannot be used."""


class RepositoryProblem(KcsError):
    """Git, or the folder, cannot give what the command needs."""


class NoSuchCommit(RepositoryProblem):
    """No commit has the name that was given."""


class FileProblem(KcsError):
    """A named file cannot be read or written."""


class CannotEdit(KcsError):
    """A file that cannot be edited without risk to what a user wrote; it was left as it was."""


class Refused(KcsError):
    """Everything was readable and the answer is no: a gate that is not met."""

    exit_code = 1


_MOST_SHOWN = 16


def nearest_hint(word: str, choices: list[str]) -> str:
    """A hint with the choice nearest to `word`, or the first
    of them where none is near: of 190 people nobody reads all.
    """
    from difflib import get_close_matches

    close = get_close_matches(word, choices, 1, 0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    more = len(choices) - _MOST_SHOWN
    return "one of: " + ", ".join(choices[:_MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")
