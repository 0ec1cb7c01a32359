"""The ledger: who searched, opened and linked what. Figures come from it, never trust.

By default private, in the user's data folder on this machine; with `[ledger] shared = true` in the base. Either way
`<month>/<person>.jsonl`, one event a line. Every event has a random id and readers count each id once, so files merge
by union and the order of lines means nothing.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.digest import sha256
from kcs.errors import FileProblem
from kcs.kb.files import lock, refuse_link
from kcs.kb.kept.cache import user_folder
from kcs.kb.ledger_lines import Event, Kind, from_line, new_event, random_id, to_line

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

__all__ = ["Event", "Ledger", "new_event"]
FOLDER = "ledger"
MONTH = re.compile(r"\d{4}-\d\d")
# Bytes at the end of a file that hold what was noted in the last minute: some three hundred events.
_END = 64 << 10


class Ledger:
    """The events of one base. `shared`: kept in the base; `pseudonyms`: persons have made-up names there."""

    def __init__(self, root: Path, *, shared: bool = False, pseudonyms: bool = False) -> None:
        self.private = user_folder("data") / FOLDER / sha256(os.fsencode(root.resolve())).hexdigest()[:20]
        self.folder = root / FOLDER if shared else self.private
        self._root = root
        self._shared = shared
        self._pseudonyms = pseudonyms

    @classmethod
    def of(cls, kb: KnowledgeBase) -> Ledger:
        """The ledger that the base's kcs.toml asks for."""
        asked = kb.config.ledger
        return cls(kb.root, shared=bool(asked.get("shared")), pseudonyms=bool(asked.get("pseudonyms")))

    def append(self, *events: Event) -> None:
        """Write events, each file once. FileProblem if that fails; a caller that only notes a search may ignore it."""
        if not events:
            return
        self._make_private()
        files: dict[Path, list[bytes]] = {}
        for event in map(self._as_kept, events):
            month = event.at.astimezone(UTC).strftime("%Y-%m")
            file = self.folder / month / f"{_file_name(event.actor)}.jsonl"
            files.setdefault(file, []).append(to_line(event))
        with lock(self.private, "ledger"):
            for file, written in files.items():
                self._write(file, b"".join(written))

    def read(self, since: datetime | None = None, kind: Kind | None = None) -> Iterator[Event]:
        """Every event from `since` (aware) on, or those of one kind, each once, in no order.
        Skips whatever is not an event.
        """
        from kcs.kb.ledger_read import read_month

        sign = f'"{kind}"'.encode() if kind else b""
        for month in self.months():
            # Months begin at different moments in different zones; the events decide.
            if since is None or month >= since.astimezone(UTC).strftime("%Y-%m"):
                year, number = int(month[:4]), int(month[5:])
                for event in read_month(self.files(month), holding=sign):
                    at = event.at
                    if kind is not None and event.kind != kind:
                        continue
                    # A copy in another month's file would count twice.
                    if at.month == number and at.year == year and (since is None or at >= since):
                        yield event

    def lately(self, since: datetime) -> Iterator[Event]:
        """The events from `since` on, a minute or so ago: of the files written to after it only their ends
        are read, since it may be asked before a command that nobody waits for. What cannot be read holds
        none.
        """
        with suppress(FileProblem):
            for file in (file for month in self.months()[-2:] for file in self.files(month)):
                with suppress(OSError), file.open("rb") as stream:
                    status = os.fstat(stream.fileno())
                    if status.st_mtime < since.timestamp():
                        continue
                    stream.seek(max(status.st_size - _END, 0))
                    found = map(from_line, stream.read().splitlines())
                    yield from (event for event in found if event and event.at >= since)

    def months(self) -> list[str]:
        """The months that have files, such as `2026-11`, oldest first. FileProblem as `files`."""
        return [name for name in _names(self.folder) if MONTH.fullmatch(name)]

    def files(self, month: str) -> list[Path]:
        """A month's files; symbolic links are left out: a shared one could point anywhere.
        FileProblem if they cannot be listed.
        """
        folder = self.folder / month
        found = [folder / name for name in _names(folder) if name.endswith(".jsonl")]
        return [one for one in found if one.is_file() and not one.is_symlink()]

    def session(self) -> str:
        """A name for this terminal, constant while it is open; it does not reveal the user.

        Under made-up names it is another one: what was noted before, under the user's own, would tell whose they are.
        """
        told: list[object] = [self._secret, os.environ.get("KCS_SESSION", "")]
        told += ["pseudonyms"] if self._shared and self._pseudonyms else []
        with suppress(OSError, AttributeError):
            told += [os.getsid(0), os.ttyname(0)]
        return sha256(repr(told).encode()).hexdigest()[:12]

    def known_as(self, actor: str) -> str:
        """The actor's name in here: `human:p-...` if the base wants made-up names."""
        kind, _, name = actor.partition(":")
        if not (self._shared and self._pseudonyms and name and kind == "human"):
            return actor
        return f"human:p-{sha256(f'{self._secret} {name}'.encode()).hexdigest()[:10]}"

    def _as_kept(self, event: Event) -> Event:
        known = self.known_as(event.actor)
        return event if known == event.actor else event._replace(actor=known)

    @cached_property
    def _secret(self) -> str:
        """This user's own secret for this base, made on first use and never shared."""
        self._make_private()
        file = self.private / "secret"
        with lock(self.private, "ledger"):
            try:
                made = file.read_bytes().decode("ascii", "replace").strip()
            except FileNotFoundError:
                made = ""
            except OSError as error:
                raise _unwritable(file, error) from error
            if not made:
                made = random_id(26)
                _private_write(file, made.encode())
        return made

    def _make_private(self) -> None:
        try:
            if not self.private.is_dir():
                self.private.mkdir(mode=0o700, parents=True, exist_ok=True)
                # For people who look at the folder; nothing reads it.
                _private_write(self.private / "base", os.fsencode(self._root.resolve()) + b"\n")
        except OSError as error:
            raise _unwritable(self.private, error) from error

    def _write(self, file: Path, raw: bytes) -> None:
        try:
            for place in (file, file.parent, self.folder) if self._shared else (file,):
                refuse_link(place)
            file.parent.mkdir(mode=0o777 if self._shared else 0o700, parents=True, exist_ok=True)
            mode = 0o666 if self._shared else 0o600
            descriptor = os.open(
                file, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), mode
            )
            with open(descriptor, "r+b", buffering=0) as stream:  # noqa: PTH123 - a descriptor, not a path
                end = stream.seek(0, os.SEEK_END)
                if end:
                    stream.seek(end - 1)
                    # The last write was cut off: that event is lost, ours must not be.
                    raw = raw if stream.read(1) == b"\n" else b"\n" + raw
                if stream.write(raw) < len(raw):  # what a full disk had room for, and no error
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise _unwritable(file, error) from error


def _names(folder: Path) -> list[str]:
    """The names in it, sorted; none if it is not there.
    Where it is and cannot be listed, figures without its events would be wrong.
    """
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - the names alone
    except OSError as error:
        # Below a folder that may not be entered, as another user's home, there is none of ours; is_dir() would raise.
        if not os.path.isdir(folder):  # noqa: PTH112
            return []
        raise FileProblem(f"cannot be read: {error.strerror}", path=str(folder)) from error


def _private_write(file: Path, raw: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor, not a path
        stream.write(raw)


def _file_name(actor: str) -> str:
    """A file name for the actor, valid on every system."""
    name = re.sub(r"[^a-z0-9._-]+", "-", actor.partition(":")[2].lower()).strip("-.")[:60]
    return name or "unknown"


def _unwritable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(f"the ledger cannot be written: {error.strerror}", path=str(path))
