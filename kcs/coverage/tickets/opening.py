"""A file of any size as lines of text: the encoding follows
from a byte order mark or from the bytes, never from a guess.
"""

from __future__ import annotations

import codecs
import io
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kcs.authoring.intake import guess_encoding, marked_encoding, python_name
from kcs.errors import FileProblem, UsageProblem
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_LINE = 32_000_000
_SAMPLE = 256_000
# How surrogateescape reads a byte that is not UTF-8.
_NOT_TEXT = re.compile("[\udc80-\udcff]")
_BESIDE_ASCII = re.compile(r"[^\x00-\x7f]")


class Sample(NamedTuple):
    """The start of a file as text, its encoding, and whether that is the whole file."""

    text: str
    encoding: str
    whole: bool

    def lines(self) -> list[str]:
        """Its whole lines, as those of the file."""
        found = list(io.StringIO(self.text, newline=""))
        return found if self.whole else found[:-1]


def sample(path: Path, encoding: str = "") -> Sample:
    """Up to a quarter of a megabyte. FileProblem if the file cannot be read, is empty, or is no text."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(
            mode
        ):  # a second look at a pipe would miss what the first one took
            raise FileProblem(
                "is a pipe or a device, and an export has to be read more than once",
                path=str(path),
                hint="write it to a file first",
            )
        with path.open("rb") as stream:
            raw = stream.read(_SAMPLE)
            whole = len(raw) < _SAMPLE
    except OSError as error:
        raise FileProblem(f"cannot be read: {error.strerror}", path=str(path)) from error
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileProblem("is empty", path=str(path), hint="export the tickets again")
    if raw.startswith(b"\xd0\xcf\x11\xe0") or (raw.startswith(b"PK\x03\x04") and _is_workbook(raw, path)):
        raise FileProblem("is a workbook, not a table", path=str(path), hint="save it as CSV (UTF-8) first")
    if raw.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise FileProblem("is compressed", path=str(path), hint="unpack it first: unzip, gunzip")
    name = python_name(encoding) or _encoding(raw)
    return Sample(_decoded(raw, name, path, whole=whole), name, whole)


def _is_workbook(raw: bytes, path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xlsm", ".ods") or b"[Content_Types].xml" in raw[:200]


def _encoding(raw: bytes) -> str:
    if marked := marked_encoding(raw):
        return marked
    head = raw[:2000]
    for name, even in (("utf-16-be", 0), ("utf-16-le", 1)):
        if head[even::2].count(0) * 3 > len(head) and not head[1 - even :: 2].count(0):
            return name
    return "utf-8"


def _decoded(raw: bytes, encoding: str, path: Path, *, whole: bool) -> str:
    errors = "surrogateescape" if encoding == "utf-8" and _is_nearly_utf8(raw) else "strict"
    try:
        return codecs.getincrementaldecoder(encoding)(errors).decode(raw, final=whole).removeprefix("\ufeff")
    except LookupError:
        raise UsageProblem(
            f"--encoding {encoding!r} is unknown", hint="utf-8, utf-16, windows-1252, cp874, ..."
        ) from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        likely = guess_encoding(raw) or "windows-1252"
        raise FileProblem(
            f"is not {encoding.upper()}: byte {raw[error.start]:#04x} is not a letter in it",
            path=str(path),
            line=line,
            hint=f"if it is {likely}: --encoding {likely}",
        ) from None


def _is_nearly_utf8(raw: bytes) -> bool:
    """Whether only some rows are broken: the mark says UTF-8, or
    for each broken byte there are ten valid letters beyond ASCII.
    """
    text = raw.decode("utf-8", "surrogateescape")
    broken = len(_NOT_TEXT.findall(text))
    return raw.startswith(codecs.BOM_UTF8) or len(_BESIDE_ASCII.findall(text)) > 11 * broken


class _Watched(io.FileIO):
    """A file that tells how many bytes of it are read, as they are."""

    def __init__(self, path: Path, saw: Callable[[int], None]) -> None:
        super().__init__(path)
        self._saw = saw

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Some more."""
        size = super().readinto(buffer) or 0
        self._saw(size)
        return size


def open_bytes(path: Path, saw: Callable[[int], None]) -> IO[bytes]:
    """The whole file; `saw` gets the number of bytes each time that some are read."""
    return io.BufferedReader(_Watched(path, saw))


def open_text(path: Path, encoding: str, saw: Callable[[int], None]) -> IO[str]:
    """The whole file, line ends as they are. Bytes that are not
    UTF-8 become what `is_text` detects. `saw`: as for `open_bytes`.
    """
    errors = "surrogateescape" if encoding == "utf-8" else "strict"
    stream = open_bytes(path, saw)
    return io.TextIOWrapper(
        stream, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors=errors, newline=""
    )


def is_text(text: str) -> bool:
    """Whether every byte was decoded as text."""
    return text.isascii() or _NOT_TEXT.search(text) is None


def lines_of(stream: IO[str], path: Path, encoding: str) -> Iterator[str]:
    """Its lines. FileProblem, with the line, for one longer than any row, and for bytes that are no text."""
    number = 0
    try:
        while line := stream.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
                raise FileProblem(
                    f"holds a line of more than {LONGEST_LINE // 1_000_000} million characters: no ticket is so long",
                    path=str(path),
                    line=number,
                    hint="export it again, one ticket a line",
                )
            yield line
    except UnicodeError:
        raise FileProblem(
            f"is not {encoding.upper()} from about here on",
            path=str(path),
            line=number + 1,
            hint="export it again, as UTF-8",
        ) from None
