"""What Typer and Python's own modules name at the top and use seldom or never is loaded when something is asked of it.

A quarter of what a command takes to start. Only the program does so, never who imports the package. importlib's LazyLoader gains
nothing: up to Python 3.11 it loads at the next `import`.
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

# Used when something is opened, detected or goes wrong.
_LATER = ("bz2", "ipaddress", "linecache", "lzma", "ntpath", "platform", "pydoc", "queue", "random", "shellingham", "ssl", "subprocess", "textwrap", "token", "tokenize")  # fmt: skip
# Taken out of a module at the top and called seldom or never: by Typer, by pathlib, and by what writes
# Whoosh's files, whose modules would load HTTP, mail and TLS, and OpenSSL for a checksum that we make otherwise.
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
# What tomllib asks about numbers and days, of which most kcs.toml hold none.
_NUMBERS_AND_DAYS = (
    *("RE_DATETIME", "RE_LOCALTIME", "RE_NUMBER"),
    *("match_to_datetime", "match_to_localtime", "match_to_number"),
)
# What tomllib, inspect and Typer take out of a module at once, and all that they do.
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
    """Stand for these modules, where they are not loaded yet, and load Typer, which takes what it names out of them."""
    for name in _LATER:
        _stand_for(name)
    for name, taken in _UNCALLED.items():
        _stand_for(name, *taken)
    _stand_for("tomllib._re", *_NUMBERS_AND_DAYS)
    _stand_for("ast", NodeVisitor=_NodeVisitor)
    _stand_for("string", **_LETTERS)
    _stand_for("threading", local=_local)
    if sys.version_info < (3, 14):  # later ones have more of them
        _stand_for("dis", COMPILER_FLAG_NAMES=_FLAGS)
    uuid = _stand_for("uuid", UUID=_NoType)
    # Of a type that is named in quotes typing keeps the code, compiled at once, to give it to `eval`, which takes the text as well.
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
    # Typer has compared with it; whoever asks for it later gets the type.
    if sys.modules["uuid"] is uuid:
        sys.modules.pop("uuid")


class Later(ModuleType):
    """Stands for a module, and loads it when something in it is first asked for, but for `taken` and `values`."""

    def __init__(self, name: str, *taken: str, **values: Any) -> None:
        super().__init__(name)
        vars(self).update({one: _Taken(self, one) for one in taken}, **values)

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":
            # `from module import name` asks whether it is a package; none of these is.
            raise AttributeError(name)
        return getattr(_loaded(self), name)


def _loaded(later: Later) -> ModuleType:
    """The module itself. No method of Later: a module may have anything of its own by that name, as pickle has `load`."""
    name = later.__name__
    if sys.modules.get(name) is later:
        sys.modules.pop(name, None)
    return import_module(name)


class _Taken:
    """Stands for a function or class that is taken out of a module, and loads that when it is called or asked."""

    def __init__(self, later: Later, name: str) -> None:
        self._later, self._name = later, name

    def __call__(self, *given: Any, **named: Any) -> Any:
        return getattr(_loaded(self._later), self._name)(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(_loaded(self._later), self._name), name)


class _NodeVisitor:
    """Base of inspect's look for a class in its source: behaves as ast's own, loaded when that look begins."""

    def __getattr__(self, name: str) -> Any:
        ast: Any = sys.modules["ast"]
        ast = _loaded(ast) if isinstance(ast, Later) else ast
        return getattr(ast.NodeVisitor, name).__get__(self)


class _Undescribed:
    """Stands for `Annotated` while Typer describes its own parameters by it, in two hundred paragraphs that nobody reads here."""

    def __class_getitem__(cls, described: tuple[Any, ...]) -> Any:
        return described[0]


def _as_it_is(source: str, *_: Any) -> str:
    return source


class _NoType:
    """Stands for a type that no option has: to tell that one has not needs no module to be loaded."""


@contextmanager
def standing_for(name: str, *taken: str) -> Iterator[None]:
    """Stand for a module while others are loaded that take this out of it: a package, whose own modules must be found later."""
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
