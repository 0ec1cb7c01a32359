"""Reading a month of the ledger: each event once, whatever merging did to the files, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from kcs.errors import FileProblem
from kcs.kb.ledger_lines import Event, from_line, lines

# Bytes of lines whose ids are held at once: about 300,000 events, 40 MB.
AT_ONCE = 64 << 20
MOST_PARTS = 200


def read_month(files: Sequence[Path], at_once: int = AT_ONCE, holding: bytes = b"") -> Iterator[Event]:
    """The events of these files. An event belongs to the month of its day, so no other month holds it.

    Lines without `holding` are passed over before they are parsed.
    """
    with ExitStack() as stack:
        streams = [stack.enter_context(_open(file)) for file in files]
        found = (line for stream in streams for line in lines(stream) if holding in line)
        parts = sum(file.stat().st_size for file in files) // at_once
        yield from _in_parts(found, min(parts + 1, MOST_PARTS)) if parts else _once(found)


def _open(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as error:
        raise FileProblem(f"cannot be read: {error.strerror}", path=str(file)) from error


def _once(found: Iterable[bytes]) -> Iterator[Event]:
    seen: set[str] = set()
    for line in found:
        event = from_line(line)
        if event is not None and event.id not in seen:
            seen.add(event.id)
            yield event


def _in_parts(found: Iterable[bytes], count: int) -> Iterator[Event]:
    """Split into temporary files, events with equal ids in the same one."""
    from tempfile import TemporaryFile
    from zlib import crc32

    with ExitStack() as stack:
        parts = [stack.enter_context(TemporaryFile()) for _ in range(count)]
        for line in found:
            event = from_line(line)
            if event is not None:
                raw = line if line.endswith(b"\n") else line + b"\n"
                parts[crc32(event.id.encode("utf-8", "surrogatepass")) % count].write(raw)
        for part in parts:
            part.seek(0)
            yield from _once(lines(part))
