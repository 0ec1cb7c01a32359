"""`python -m kcs` is the same program as `kcs`."""

from kcs.cli.main import main

main()
