"""`python -m kcs` is the same program as `kcs`."""

from __future__ import annotations

import gc
import sys

try:
    from typing import NoReturn

    from kcs.standins import Later, load_later
    from kcs.streams import own_streams, reader_left, tell, written
except KeyboardInterrupt:
    raise SystemExit(130) from None


def main() -> None:
    """The entry point: Ctrl-C ends with 130 and no traceback,
    here and above, even while the program is still being loaded.
    """
    # A command lives a second and makes few cycles; loading it,
    # and a long list, measurably wait for the search for them.
    gc.disable()
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode and sys.executable:
        _again_in_utf8()
    try:
        own_streams()
        load_later()
        from kcs.cli.main import main as run

        run()
        code = 0
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            tell("")  # what the shell says next begins a line of its own
        code = 130
    except OSError as error:  # of Typer's own, such as help that cannot be printed
        code = 0 if reader_left(error) else 2
        if code:
            tell(f"kcs: {error.strerror or error}")
    except SystemExit as end:
        if not (end.code is None or isinstance(end.code, int)):
            raise
        # Rich, which prints the help, ends with 1 where its reader leaves.
        left = isinstance(end.__context__, OSError) and reader_left(end.__context__)
        code = 0 if left else end.code or 0
    _leave(written(code))


def _again_in_utf8() -> NoReturn:
    """Start over with names of files in UTF-8, as Git has them.

    In a locale such as `de_DE`, which is ISO-8859-1, Python reads every name in that encoding:
    paths, and with them keys and fingerprints, would be others than on the next machine.
    """
    import os

    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _leave(code: int) -> NoReturn:
    """End the process at once: to take ten thousand articles apart first costs a tenth of a long list.

    Python ends it where a thread still works.
    """
    import atexit
    import os
    import threading

    if not isinstance(threading, Later) and threading.active_count() > 1:
        raise SystemExit(code)
    atexit._run_exitfuncs()
    os._exit(written(code))


if __name__ == "__main__":
    main()
