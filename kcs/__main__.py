"""`python -m kcs` is the same program as `kcs`."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# What Typer and what it imports name at the top and use when something is opened, detected or goes wrong.
_LATER = ("bz2", "ipaddress", "lzma", "platform", "shellingham", "subprocess", "textwrap", "tokenize")


def main() -> None:
    """The entry point: Ctrl-C ends with 130 and no traceback even while the program is still being loaded."""
    try:
        _load_later()
        from kcs.cli.main import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _leave(end.code or 0)
        raise


class _Later(ModuleType):
    """Stands for a module, and loads it when something in it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        own = self.__name__
        if sys.modules.get(own) is self:
            sys.modules.pop(own, None)
        return getattr(import_module(own), name)


def _load_later() -> None:
    """A tenth of the time that a command takes to start. importlib's LazyLoader loads at the next `import`, up to Python 3.11."""
    for name in _LATER:
        sys.modules.setdefault(name, _Later(name))


def _leave(code: int) -> None:
    """End the process at once: to take ten thousand articles apart first costs a tenth of a long list.

    Returns, so that Python ends it, where a thread still works or what was printed cannot be written.
    """
    import atexit
    import os
    import threading

    if threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(code)


if __name__ == "__main__":
    main()
