"""The private cache of one knowledge base: what it holds is a function of content, so deleting it loses nothing."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kcs import __version__
from kcs.digest import sha256
from kcs.kb.files import at_once, write_atomically

if TYPE_CHECKING:
    from io import FileIO

# Another version of this program may compute stored values differently.
_STAMP = f"{__version__}/{sys.version_info[0]}.{sys.version_info[1]}"
_MOST_HEADER = 200
_LINUX = {"cache": "~/.cache", "data": "~/.local/share", "config": "~/.config"}
# Bytes that hold the length of a head.
_SIZE = 8


def user_folder(kind: str = "cache") -> Path:
    """The user's folder of this kind (`cache`, `data`, `config`):
    `XDG_CACHE_HOME` and its like say where, else the system.
    """
    named = os.environ.get(f"XDG_{kind.upper()}_HOME", "").strip()
    if Path(named).is_absolute():
        return Path(named) / "kcs"
    # On Linux platformdirs does no more than this, and importing it costs a fifth of the walk.
    if sys.platform == "linux":
        return Path(os.path.expanduser(_LINUX[kind])) / "kcs"  # noqa: PTH111
    import platformdirs

    return Path(getattr(platformdirs, f"user_{kind}_dir")("kcs", appauthor=False))


class Cache:
    """Documents by name. Reading a missing, damaged or foreign one gives None; writing may fail silently."""

    def __init__(self, root: Path) -> None:
        self.folder = user_folder() / sha256(os.fsencode(root.resolve())).hexdigest()[:20]

    def read(self, name: str, key: str = "") -> Any:
        """The JSON document `name` if it was written under `key`, else None."""
        import json

        raw = self.read_bytes(name, key)
        try:
            return None if raw is None else json.loads(raw)
        except (ValueError, RecursionError):
            return None

    def read_bytes(self, name: str, key: str = "") -> bytes | None:
        """The bytes stored as `name` if they were written under `key`, else None."""
        try:
            with open(f"{self.folder}/{name}", "rb", opener=at_once) as stream:
                if not _is_ours(stream.fileno()):
                    return None
                header = stream.readline(_MOST_HEADER)
                body = stream.read()
        except OSError:
            return None
        return body if header == _header(key, body) + b"\n" else None

    def open_parts(self, name: str, key: str = "") -> tuple[bytes, FileIO] | None:
        """The head of a document stored in parts, and a reader for the parts; the caller checks what it reads."""
        try:
            stream = open(f"{self.folder}/{name}", "rb", 0, opener=at_once)  # noqa: SIM115 - it stays open
            if _is_ours(stream.fileno()):
                size = int.from_bytes(stream.read(_SIZE), "big")
                # A bogus length must not ask for all memory.
                raw = stream.read(min(size, os.fstat(stream.fileno()).st_size)) or b""
                header, _, head = raw.partition(b"\n")
                if len(raw) == size and header == _header(key, head):
                    return head, stream
            stream.close()
        except OSError:
            pass
        return None

    def write(self, name: str, value: Any, key: str = "") -> bool:
        """Store a JSON document; False, not an error, if the folder cannot be written."""
        import json

        text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        return self.write_bytes(name, text.encode("ascii"), key)

    def write_bytes(self, name: str, body: bytes, key: str = "") -> bool:
        """The same for bytes."""
        return self._write(name, _header(key, body) + b"\n" + body)

    def write_parts(self, name: str, head: bytes, parts: bytes, key: str = "") -> bool:
        """The same for a document read in parts: only `head` is read at once and checked."""
        begin = _header(key, head) + b"\n" + head
        return self._write(name, len(begin).to_bytes(_SIZE, "big") + begin + parts)

    def _write(self, name: str, raw: bytes) -> bool:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(self.folder / name, raw, durable=False)
        except OSError:
            return False
        return True

    def drop(self, name: str) -> None:
        """Forget a document: empty it where its folder cannot be changed.
        Where nothing can be (a read-only file system), it stays.
        """
        path = self.folder / name
        try:
            path.unlink(missing_ok=True)
        except OSError:
            _empty(path)


def _header(key: str, body: bytes) -> bytes:
    """The document's owner, and a checksum: the disk may have been full, or the file cut off."""
    from zlib import crc32  # not needed without a cache

    digest = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
    return f"{_STAMP} {digest} {crc32(body):08x}".encode()


def _empty(path: Path) -> None:
    """Leave nothing in it that can be read; whoever else's file it is keeps it."""
    with suppress(OSError), open(path, "r+b", 0, opener=at_once) as stream:
        if _is_ours(stream.fileno()):
            stream.truncate(0)


def _is_ours(descriptor: int) -> bool:
    """Whether it is a regular file (others may never end) and ours."""
    status = os.fstat(descriptor)
    return stat.S_ISREG(status.st_mode) and (os.name != "posix" or status.st_uid == os.geteuid())
