"""The face: one lazy group and one thin file a command."""

from kcs.cli.main import app

__all__ = ["app"]
