"""The private cache of one knowledge base: what it holds is a function of content, so deleting it loses nothing."""

from __future__ import annotations

import json
import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from kcs import __version__

# What is stored was worked out by this program; another version may work it out otherwise.
_STAMP = f"{__version__}/{sys.version_info[0]}.{sys.version_info[1]}"


def user_folder() -> Path:
    """Where caches of all knowledge bases lie (`XDG_CACHE_HOME` and its likes move it)."""
    from platformdirs import user_cache_path

    return user_cache_path("kcs", appauthor=False)


class Cache:
    """JSON documents by name. Reading what is missing, damaged or from elsewhere gives None; writing may fail in silence."""

    def __init__(self, root: Path) -> None:
        self.folder = user_folder() / sha256(os.fsencode(root.resolve())).hexdigest()[:20]

    def read(self, name: str, key: str = "") -> Any:
        """The document `name` if it was written under `key`, else None."""
        try:
            with (self.folder / f"{name}.json").open("rb") as stream:
                if not _is_ours(stream.fileno()):
                    return None
                header, _, rest = stream.read().partition(b"\n")
            return json.loads(rest) if header.decode() == f"{_STAMP} {key}" else None
        except (OSError, ValueError, RecursionError):
            return None

    def write(self, name: str, value: Any, key: str = "") -> bool:
        """Store the document; False where the folder cannot be written, which is no error."""
        from kcs.kb.files import write_atomically

        text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(self.folder / f"{name}.json", f"{_STAMP} {key}\n{text}".encode(), durable=False)
        except OSError:
            return False
        return True


def _is_ours(descriptor: int) -> bool:
    return os.name != "posix" or os.fstat(descriptor).st_uid == os.geteuid()
