"""`python -m kcs` is the same program as `kcs`."""


def main() -> None:
    """The entry point: Ctrl-C ends with 130 and no traceback even while the program is still being loaded."""
    try:
        from kcs.cli.main import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _leave(end.code or 0)
        raise


def _leave(code: int) -> None:
    """End the process at once: to take ten thousand articles apart first costs a tenth of a long list.

    Returns, so that Python ends it, where a thread still works or what was printed cannot be written.
    """
    import atexit
    import os
    import sys
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
