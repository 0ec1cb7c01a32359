"""This machine: its Git, its clock, its cache."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kcs.authoring.doctor.model import Check, Patient, Status, info, ok, problem
from kcs.kb.git.run import environment, execute
from kcs.kb.kept.cache import Cache

_OLDEST_GIT = (2, 31)


def git_version(folder: Path) -> tuple[int, ...]:
    """The version of the git program. RepositoryProblem if there is none."""
    done = execute(["--version"], cwd=folder, env=environment())
    found = re.search(rb"(\d+)\.(\d+)(?:\.(\d+))?", done.stdout)
    return tuple(int(part) for part in found.groups(b"0")) if found else ()


def git_program(patient: Patient) -> Iterator[Check]:
    """Whether Git is there and new enough."""
    version = git_version(patient.root)
    words = ".".join(map(str, version))
    if version < _OLDEST_GIT:
        wanted = ".".join(map(str, _OLDEST_GIT))
        yield problem("git", f"Git {words} is older than {wanted}", "install a newer Git")
    else:
        yield ok("git", f"Git {words}")


def clock(patient: Patient) -> Iterator[Check]:
    """Whether it can be now: nothing was committed tomorrow."""
    repo = patient.repo
    now = datetime.now(UTC)
    if repo is not None and repo.head() is not None:
        last = repo.committer_date("HEAD")
        if last > now + timedelta(days=1):
            words = (
                f"this machine says {now:%Y-%m-%d %H:%M} UTC, and the last commit is of {last:%Y-%m-%d %H:%M}"
            )
            yield problem(
                "clock", words, "set the clock (timedatectl set-ntp true); or that commit's was wrong"
            )
            return
    zone = patient.config.zone if patient.config else "UTC"
    yield ok("clock", f"{now:%Y-%m-%d %H:%M} UTC; days are those of {zone}")


def cache(patient: Patient) -> Iterator[Check]:
    """Whether results can be kept."""
    folder = Cache(patient.root).folder
    if not folder.exists():
        yield _missing(folder)
    elif not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        fix = f"make {folder} writable, or set XDG_CACHE_HOME to a folder that is"
        yield problem("cache", f"{folder} cannot be written: every command reads all articles again", fix)
    else:
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        yield ok("cache", f"{folder} ({size / 1024 / 1024:.1f} MiB)")


def _missing(folder: Path) -> Check:
    def make() -> str:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return f"made the cache folder {folder}"

    above = next(one for one in folder.parents if one.exists())
    if above.is_dir() and os.access(above, os.W_OK | os.X_OK):
        return replace(info("cache", f"{folder} is made when first needed"), mend=make)
    return Check(
        "cache",
        Status.PROBLEM,
        f"{folder} cannot be made: {above} is not writable",
        "set XDG_CACHE_HOME to a folder that is",
        make,
    )
