"""MD5, SHA-1 and SHA-256 from CPython's own modules, for the start of a command: hashlib loads OpenSSL, a twentieth of what a list costs."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["for_much", "md5", "sha1", "sha256"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from hashlib import _Hash, md5, sha1, sha256
else:
    try:
        md5, sha1 = import_module("_md5").md5, import_module("_sha1").sha1
        sha256 = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except ImportError:
        hashlib = import_module("hashlib")
        md5, sha1, sha256 = hashlib.md5, hashlib.sha1, hashlib.sha256


def for_much(name: str) -> Callable[..., _Hash]:
    """`sha1` or `sha256` by OpenSSL, six times as fast: worth loading it from half a megabyte on."""
    try:
        found: Callable[..., _Hash] = getattr(import_module("_hashlib"), f"openssl_{name}")
    except (ImportError, AttributeError):
        return {"sha1": sha1, "sha256": sha256}[name]
    return found
