"""`python -m kcs` is the same program as `kcs`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, NoReturn

from kcs.streams import own_streams, tell, written

# What Typer and what it imports name at the top and use when something is opened, detected or goes wrong.
_LATER = ("bz2", "ipaddress", "lzma", "platform", "shellingham", "subprocess", "textwrap", "tokenize")
# A function that is taken out of a module at the top and called seldom or never: by Typer, by pathlib, and by what writes
# Whoosh's files, whose modules would load HTTP, mail and TLS, and OpenSSL for a checksum that we make otherwise.
_UNCALLED = {
    "difflib": "get_close_matches",
    "gettext": "gettext",
    "hashlib": "md5",
    "shutil": "get_terminal_size",
    "urllib.parse": "quote_from_bytes",
    "urllib.request": "urlretrieve",
}


def main() -> None:
    """The entry point: Ctrl-C ends with 130 and no traceback even while the program is still being loaded."""
    # A command lives a second and makes few cycles; loading it, and a long list, measurably wait for the search for them.
    gc.disable()
    try:
        own_streams()
        _load_later()
        run = _program()
        run()
        code = 0
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            tell("")  # what the shell says next begins a line of its own
        code = 130
    except OSError as error:  # of Typer's own, such as help that cannot be printed
        tell(f"kcs: {error.strerror or error}")
        code = 2
    except SystemExit as end:
        if not (end.code is None or isinstance(end.code, int)):
            raise
        # Rich, which prints the help, ends with 1 where its reader leaves.
        left = isinstance(end.__context__, BrokenPipeError)
        code = 0 if left else end.code or 0
    _leave(written(code))


class _Later(ModuleType):
    """Stands for a module, and loads it when something in it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        own = self.__name__
        if name == "__path__":
            # `from module import name` asks whether it is a package; none of these is.
            raise AttributeError(name)
        if sys.modules.get(own) is self:
            sys.modules.pop(own, None)
        return getattr(import_module(own), name)


def _load_later() -> None:
    """A tenth of the time that a command takes to start. importlib's LazyLoader loads at the next `import`, up to Python 3.11."""
    for name in _LATER:
        sys.modules.setdefault(name, _Later(name))
    for name, function in _UNCALLED.items():
        if name not in sys.modules:
            _call_later(name, function)


def _call_later(name: str, function: str) -> None:
    sys.modules[name] = later = _Later(name)
    vars(later)[function] = lambda *given, **named: later.__getattr__(function)(*given, **named)
    package, _, module = name.rpartition(".")
    if package:
        vars(import_module(package))[module] = later


class _NoType:
    """Stands for a type that no option has."""


def _program() -> Callable[[], None]:
    """Typer compares the type of each option with `uuid.UUID`, whose module takes longer to load than all of ours that name
    the commands. Whoever asks for it later gets it."""
    name, standing = "uuid", _Later("uuid")
    vars(standing)["UUID"] = _NoType
    known = sys.modules.setdefault(name, standing)
    from kcs.cli.main import main as run

    if known is standing:
        sys.modules.pop(name, None)
    return run


def _leave(code: int) -> NoReturn:
    """End the process at once: to take ten thousand articles apart first costs a tenth of a long list.

    Python ends it where a thread still works.
    """
    import atexit
    import os
    import threading

    if threading.active_count() > 1:
        raise SystemExit(code)
    atexit._run_exitfuncs()
    os._exit(written(code))


if __name__ == "__main__":
    main()
