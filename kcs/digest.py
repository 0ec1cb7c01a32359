"""MD5, SHA-1 and SHA-256 from CPython's own modules, for the start of a command: hashlib loads OpenSSL, a twentieth of what a list costs."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["md5", "sha1", "sha256"]

if TYPE_CHECKING:
    from hashlib import md5, sha1, sha256
else:
    try:
        md5, sha1 = import_module("_md5").md5, import_module("_sha1").sha1
        sha256 = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except ImportError:
        hashlib = import_module("hashlib")
        md5, sha1, sha256 = hashlib.md5, hashlib.sha1, hashlib.sha256
