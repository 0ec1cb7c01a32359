"""`python -m kcs` is the same program as `kcs`."""


def main() -> None:
    """The entry point: Ctrl-C ends with 130 and no traceback even while the program is still being loaded."""
    try:
        from kcs.cli.main import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
