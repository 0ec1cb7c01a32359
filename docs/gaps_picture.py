"""Makes docs/img/gaps.svg: gaps in tickets about a real base. By hand, as it needs the corpora.

python docs/gaps_picture.py FOLDER     as bench/coverage_tickets.py made it, once `kcs init --adopt` ran in its kb
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Draw it."""
    sys.path.insert(0, str(ROOT))
    from docs.make import picture

    words = ("gaps", "--tickets", "../tickets.csv", "--limit", "6")
    with tempfile.TemporaryDirectory() as home:
        (ROOT / "docs/img/gaps.svg").write_text(
            picture(words, home, Path(sys.argv[1], "kb").resolve()), "utf-8"
        )


if __name__ == "__main__":
    main()
