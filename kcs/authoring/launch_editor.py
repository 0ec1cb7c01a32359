"""The user's own editor on an article: opened, waited for, and what the change means for the verification."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kcs.article.trust import Verdict
from kcs.authoring.editing import checked_text, commit_message
from kcs.authoring.writing import Edit, write_edits
from kcs.errors import FileProblem, RepositoryProblem, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.git.run import environment, execute
from kcs.kb.select import find_article

_HOW = "set VISUAL or EDITOR, or: git config --global core.editor NAME"
Kind = Literal["nothing", "around", "text", "unreadable"]


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of the file: nothing changed, only what no verification covers, the text, or it is broken now.

    `code`: how the editor ended. `problem`: what is broken, with its line.
    """

    article: Article
    kind: Kind
    before: Verdict
    after: Verdict
    code: int
    problem: str = ""
    commit: str | None = None


def edit(kb: KnowledgeBase, name: str, why: str = "", *, commit: bool) -> Edited:
    """Open the article that `name` means, wait, and compare. FileProblem if it is no article any more."""
    why = checked_text(why, "-m")
    article = find_article(kb, name)
    before, old = kb.judge.verdicts([article])[article.path], kb.raw(article)
    content = None if article.unreadable else kb.fingerprints.of(article)
    code = launch(kb.root / article.path)
    kb = KnowledgeBase.open(kb.root, as_of=kb.today)
    now = kb.by_path.get(article.path)
    if now is None:
        raise FileProblem("is no longer an article of this base", path=article.path)
    new = kb.raw(now)
    kind = "nothing" if new == old else _kind(kb, now, content)
    made = None
    # An editor that failed, or was made to (`:cq`), leaves what nobody said was done.
    if commit and not code and kind in ("around", "text"):
        made = write_edits(kb, [Edit(now.path, new, new)], commit_message("Edit", [now], why))
    return Edited(now, kind, before, kb.judge.verdicts([now])[now.path], code, _broken(now), made)


def _kind(kb: KnowledgeBase, now: Article, content: str | None) -> Kind:
    if now.unreadable:
        return "unreadable"
    return "around" if kb.fingerprints.of(now) == content else "text"


def _broken(article: Article) -> str:
    for problem in article.record.problems:
        if problem.fatal:
            return f"{article.path}:{problem.line}: {problem.message}" if problem.line else problem.message
    return ""


def launch(file: Path) -> int:
    """Open `file` in the user's editor and wait; how it ended. UsageProblem if it cannot be started."""
    import subprocess

    command = editor(file.parent)
    try:
        words = _words(command)
        with _interrupt_is_the_editors():
            code = subprocess.run([*words, str(file)], check=False).returncode
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageProblem(
            f"the editor {command!r} cannot be started: {why}",
            hint=_HOW,
        ) from error
    if code == -signal.SIGINT:
        raise KeyboardInterrupt
    return code


@contextmanager
def _interrupt_is_the_editors() -> Iterator[None]:
    """The terminal sends its interrupt to us as well, and to an editor it may be a key (Ctrl-G in
    Emacs): whoever waits for it would end, and kill the editor with all that is typed and not saved.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:  # a handler, not SIG_IGN, which the editor would inherit
        signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def editor(folder: Path) -> str:
    """The user's editor: $VISUAL, $EDITOR, Git's core.editor, else the system's.
    UsageProblem for that one without a terminal.
    """
    own = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    if own:
        return own
    configured = ""
    with suppress(RepositoryProblem):  # articles are edited without Git, too
        done = execute(["config", "--get", "core.editor"], cwd=folder, env=environment())
        configured = done.stdout.decode("utf-8", "replace").strip()
    # Without a terminal vi would wait for keys that never come.
    if not configured and os.name != "nt" and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageProblem("no editor is set, and vi needs a terminal", hint=_HOW)
    return configured or ("notepad" if os.name == "nt" else "vi")


def _words(command: str) -> list[str]:
    # On Windows a backslash separates folders and escapes nothing.
    if os.name != "nt":
        words = shlex.split(command)
    else:
        words = [word.strip("\"'") for word in shlex.split(command, posix=False)]
    if not words:
        raise ValueError("it is empty")
    return words
