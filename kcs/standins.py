"""Modules that Typer and Python import at the top, but use seldom or never, are loaded only at their first use.

That saves a quarter of a command's start. Only the program does so, never code that imports the
package. importlib's LazyLoader gains nothing: up to Python 3.11 it loads at the next `import`.
"""

from __future__ import annotations

import sys
import typing
from _thread import _local
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any, cast

# Used only when something is opened, detected or goes wrong.
_LATER = ("bz2", "ipaddress", "linecache", "lzma", "ntpath", "platform", "pydoc", "queue", "random", "shellingham", "ssl", "subprocess", "textwrap", "token", "tokenize")  # fmt: skip
# Names imported at the top and called seldom or never: by Typer, by pathlib, and by the code that writes
# Whoosh's files. Their modules would load HTTP, mail and TLS, and OpenSSL for a checksum that we make in
# another way.
_UNCALLED = {
    "difflib": ("get_close_matches",),
    "gettext": ("gettext",),
    "hashlib": ("md5",),
    "pickle": ("dump", "dumps", "load", "loads"),
    "shutil": ("get_terminal_size",),
    "traceback": ("FrameSummary", "StackSummary"),
    "urllib.parse": ("quote_from_bytes",),
    "urllib.request": ("urlretrieve",),
    "typer.completion": ("get_completion_inspect_parameters",),  # last: it brings Typer
}
# Values that inspect and Typer take from a module at once; they need nothing else of it.
_LETTERS = {
    "ascii_letters": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "digits": "0123456789",
    "hexdigits": "0123456789abcdefABCDEF",
}
_FLAGS = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE",
    128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR",
}  # fmt: skip


def load_later() -> None:
    """Put stand-ins in place of these modules, unless they are
    loaded already, and load Typer, which imports names from them.
    """
    for name in _LATER:
        _stand_for(name)
    for name, taken in _UNCALLED.items():
        _stand_for(name, *taken)
    _stand_for("ast", NodeVisitor=_NodeVisitor)
    _stand_for("string", **_LETTERS)
    _stand_for("threading", local=_local)
    if sys.version_info < (3, 14):  # later versions have more flags
        _stand_for("dis", COMPILER_FLAG_NAMES=_FLAGS)
    uuid = _stand_for("uuid", UUID=_NoType)
    # For a type in quotes, typing keeps code, compiled at once, and gives it to `eval`, which accepts the text as well.
    vars(typing)["compile"] = _as_it_is
    typing.Annotated = cast(Any, _Undescribed)
    for name in _UNCALLED:
        package, _, module = name.rpartition(".")
        if package:
            vars(import_module(package)).setdefault(module, sys.modules[name])
    typing.Annotated = Annotated
    for name, loaded in sys.modules.items():
        if name.startswith("typer") and vars(loaded).get("Annotated") is _Undescribed:
            vars(loaded)["Annotated"] = Annotated
    # Typer is done comparing with it; from now on, `uuid` is the real module.
    if sys.modules["uuid"] is uuid:
        sys.modules.pop("uuid")


class Later(ModuleType):
    """A stand-in for a module, which is loaded when anything in it except `taken` and `values` is first used."""

    def __init__(self, name: str, *taken: str, **values: Any) -> None:
        super().__init__(name)
        vars(self).update({one: _Taken(self, one) for one in taken}, **values)

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":
            # `from module import name` checks whether it is a package; none of these is.
            raise AttributeError(name)
        return getattr(_loaded(self), name)


def _loaded(later: Later) -> ModuleType:
    """The module itself.
    Not a method of Later: the module may have the same name for something else, as pickle has `load`.
    """
    name = later.__name__
    if sys.modules.get(name) is later:
        sys.modules.pop(name, None)
    return import_module(name)


class _Taken:
    """A stand-in for a function or class that is imported from a module, which is loaded when it is called or used."""

    def __init__(self, later: Later, name: str) -> None:
        self._later, self._name = later, name

    def __call__(self, *given: Any, **named: Any) -> Any:
        return getattr(_loaded(self._later), self._name)(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(_loaded(self._later), self._name), name)


class _NodeVisitor:
    """The base class of inspect's search for a class in its source:
    behaves like ast's own, which is loaded when a search begins.
    """

    def __getattr__(self, name: str) -> Any:
        ast: Any = sys.modules["ast"]
        ast = _loaded(ast) if isinstance(ast, Later) else ast
        return getattr(ast.NodeVisitor, name).__get__(self)


class _Undescribed:
    """A stand-in for `Annotated` while Typer describes its own
    parameters with it, in two hundred paragraphs that nobody reads here.
    """

    def __class_getitem__(cls, described: tuple[Any, ...]) -> Any:
        return described[0]


def _as_it_is(source: str, *_: Any) -> str:
    return source


class _NoType:
    """A stand-in for a type that no option has: comparing with it loads no module."""


@contextmanager
def standing_for(name: str, *taken: str) -> Iterator[None]:
    """Put a stand-in in place of a module while others that import these
    names from it are loaded: a package, whose modules must be found later.
    """
    later = _stand_for(name, *taken)
    try:
        yield
    finally:
        if sys.modules.get(name) is later:
            del sys.modules[name]


def _stand_for(name: str, *taken: str, **values: Any) -> Later:
    later = Later(name, *taken, **values)
    sys.modules.setdefault(name, later)
    return later
