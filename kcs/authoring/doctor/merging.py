"""Whether two people who verify the same article on two branches meet in a conflict or in peace."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kcs.authoring.doctor.machine import git_version
from kcs.authoring.doctor.model import Check, Patient, ok, problem
from kcs.errors import FileProblem
from kcs.kb.files import read_ours, write_file
from kcs.kb.git.repository import Repository, path_bytes
from kcs.kb.moves import MOVES_NAME
from kcs.kb.settings.config import Config

_NAME = "stamps of kcs, merged by person"
_ARGUMENTS = "merge-file %O %A %B %L %P"
_LABELS = " %S %X %Y"  # what the markers call each side; before 2.44 Git does not know them
_KNOWS_LABELS = (2, 44)
# A shell ends with 126 or 127 where the program cannot be started, Python with 1 where it finds no kcs, as
# after it was updated, and we with 2 where we do not get as far as merging. Git takes up to 128 for a
# conflict, and the file, which holds our side alone and no marker, for what is to be mended: who adds it then
# loses theirs. So Git merges as it would without us; what it does not merge either, such as a binary file, is
# a conflict without markers.
_ALONE = (
    " || { code=$?; [ $code -le 128 ] || exit $code;"
    " [ $code -gt 1 ] || ! grep -q '^<\\{%L\\}' %A || exit 1;"
    " git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B;"
    " code=$?; [ $code -le 128 ] || exit 1; exit $code; }"
)
_DOCTOR = "kcs doctor --fix"
_UNION = {MOVES_NAME: f"/{MOVES_NAME}", "ledger/2026-01/somebody.jsonl": "/ledger/**/*.jsonl"}


def driver(patient: Patient) -> Iterator[Check]:
    """Whether Git on this machine knows the merge driver, and can start it."""
    repo = patient.repo
    if repo is None:
        return
    set_up = patient.setting("merge.kcs.driver")
    if set_up is None:
        words = "Git does not know the merge driver: two verifications of one article would be a conflict"
    elif _ARGUMENTS not in set_up:
        words = f"merge.kcs.driver is {set_up!r}, which does not have {_ARGUMENTS!r}"
    elif not _can_start(set_up, repo.root):
        words = f"merge.kcs.driver is {set_up!r}, and there is no such program"
    elif not set_up.endswith(_ALONE) and ("||" not in set_up or "git merge-file" in set_up):
        # Without what follows `||`, or as an earlier kcs wrote it.
        words = f"merge.kcs.driver is {set_up!r}: where kcs cannot be started, a conflict would hold our side alone, without markers"
    else:
        yield ok("driver", f"merge.kcs.driver is {set_up.removesuffix(_ALONE)}")
        return
    yield problem("driver", words, _DOCTOR, lambda: _set_driver(repo))


def _can_start(command: str, folder: Path) -> bool:
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    return shutil.which(words[0], path=f"{os.environ.get('PATH', '')}{os.pathsep}{folder}") is not None


def _set_driver(repo: Repository) -> str:
    command = f"{program()} {_ARGUMENTS}" + (_LABELS if git_version(repo.root) >= _KNOWS_LABELS else "")
    repo.run("config", "--local", "merge.kcs.name", _NAME)
    repo.run("config", "--local", "merge.kcs.driver", command + _ALONE)
    return f"set merge.kcs.driver to {command} (in this clone's .git/config)"


def program() -> str:
    """How a shell starts this program: `kcs` where PATH finds this one, else by the interpreter that runs now."""
    found = shutil.which("kcs")
    beside = Path(sys.executable).parent
    if found and Path(found).parent.resolve() == beside.resolve():
        return "kcs"
    own = shutil.which("kcs", path=str(beside))
    return (
        shlex.quote(Path(own).as_posix()) if own else f"{shlex.quote(Path(sys.executable).as_posix())} -m kcs"
    )


def attributes(patient: Patient) -> Iterator[Check]:
    """Whether .gitattributes gives articles to the driver, and lists that only grow to Git's union."""
    repo = patient.repo
    if repo is None:
        return
    missing = missing_lines(patient, repo)
    if not missing:
        yield ok("attributes", "articles merge=kcs, moves.tsv and ledger merge=union")
        return
    words = f".gitattributes lacks: {', '.join(missing)}"
    yield problem("attributes", words, _DOCTOR, lambda: _add_lines(patient, repo, missing))


def missing_lines(patient: Patient, repo: Repository) -> list[str]:
    """The missing lines without which some file would be merged differently; Git itself tells how."""
    prefix = patient.kb.prefix if patient.kb else ""
    paths = [article.path for article in patient.kb.articles] if patient.kb else []
    wanted = {path: f"*{PurePosixPath(path).suffix} merge=kcs" for path in paths}
    wanted |= {name: f"{pattern} merge=kcs" for name, pattern in _examples(patient.config)}
    wanted |= {path: f"{pattern} merge=union" for path, pattern in _UNION.items()}
    asked = b"".join(path_bytes(prefix + path) + b"\0" for path in wanted)
    answers = repo.run("check-attr", "-z", "--stdin", "merge", data=asked).split(b"\0")[2::3]
    found = zip(wanted.values(), answers, strict=True)
    return sorted({line for line, answer in found if line.rpartition("=")[2].encode() != answer})


def _examples(config: Config | None) -> Iterator[tuple[str, str]]:
    """A name that each include pattern would match, for a base that holds no article yet."""
    for pattern in config.include if config else ("**/*.md",):
        suffix = PurePosixPath(pattern).suffix
        if suffix and not set("*?[") & set(suffix):
            plain = [part for part in pattern.split("/")[:-1] if not set("*?[") & set(part)]
            yield "/".join([*plain, f"kcs-doctor{suffix}"]), f"*{suffix}"


def _add_lines(patient: Patient, repo: Repository, missing: list[str]) -> str:
    file = patient.root / ".gitattributes"
    if file.is_symlink():
        raise FileProblem("is a symbolic link, which Git does not follow", path=str(file))
    old = read_ours(file) if file.exists() else b""
    if b"\0" in old:
        raise FileProblem("is not UTF-8, so Git reads no line of it: save it as UTF-8", path=str(file))
    newline = b"\r\n" if b"\r\n" in old else b"\n"
    gap = newline if old and not old.endswith(b"\n") else b""
    write_file(file, old + gap + b"".join(line.encode() + newline for line in missing))
    left = missing_lines(patient, repo)
    if left:
        raise FileProblem(f"another .gitattributes overrides: {', '.join(left)}", path=str(file))
    return f"added to .gitattributes: {', '.join(missing)}; commit it, so that everybody has it"
