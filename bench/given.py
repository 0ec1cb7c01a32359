"""The one argument of a bench that is about one base."""

from __future__ import annotations

import argparse
from pathlib import Path


def base(about: str | None) -> Path:
    """The folder that was given; `about`: what --help says."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, help="an adopted knowledge base")
    given: Path = parser.parse_args().base
    return given
