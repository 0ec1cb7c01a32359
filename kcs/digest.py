"""MD5, SHA-1 and SHA-256 from CPython's own modules, for the start
of a command: hashlib loads OpenSSL, a twentieth of a list's time.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["for_little", "for_much", "md5", "sha1", "sha256"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from hashlib import _Hash, md5, sha1, sha256

_MODULES = {"md5": "_md5", "sha1": "_sha1", "sha256": "_sha2" if sys.version_info >= (3, 12) else "_sha256"}


def __getattr__(name: str) -> Any:
    """One of them, loaded at its first use: each is a library of its own, and a command needs one or two."""
    if name not in _MODULES:
        raise AttributeError(name)
    found = globals()[name] = for_little(name)
    return found


@cache
def for_little(name: str) -> Callable[..., _Hash]:
    """`md5`, `sha1` or `sha256`, by its name."""
    try:
        found: Callable[..., _Hash] = getattr(import_module(_MODULES[name]), name)
    except ImportError:
        found = getattr(import_module("hashlib"), name)
    return found


@cache
def for_much(name: str) -> Callable[..., _Hash]:
    """`sha1` or `sha256` by OpenSSL, six times as fast: worth loading it from half a megabyte on."""
    try:
        found: Callable[..., _Hash] = getattr(import_module("_hashlib"), f"openssl_{name}")
    except (ImportError, AttributeError):
        return for_little(name)
    return found
