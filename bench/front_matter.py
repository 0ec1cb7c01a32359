"""All front matter of 10,000 articles, read for the first time, beside CSafeLoader over the same blocks.

Both sides read the same files, in processes of their own that also pay for their imports. Ours is
kcs.article.front_matter.read over each file: block and body found, problems named. The baseline splits at the
delimiter lines by one `find` and gives the block to CSafeLoader.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.bases import HERE, Ground
from bench.measure import Command, Line


def front_matter(ground: Ground) -> Iterator[Line]:
    """One line."""
    root = ground.scaled()

    def side(which: str) -> Command:
        return Command([sys.executable, str(HERE / "front_matter.py"), which, str(root)], root, ground.env)

    yield Line(
        "front-matter",
        "`front_matter.read` of 10,000 files, first",
        "CSafeLoader over the same blocks",
        [side("baseline")],
        side("ours"),
        goal=1.3,
    )


def _ours(files: list[Path]) -> int:
    from kcs.article.front_matter import read

    return sum(bool(read(file.read_bytes()).meta) for file in files)


def _baseline(files: list[Path]) -> int:
    import yaml

    found = 0
    for file in files:
        text = file.read_bytes().decode("utf-8", "replace")
        end = text.find("\n---", 3)
        if not text.startswith("---") or end < 0:
            continue
        try:
            found += bool(yaml.load(text[4 : end + 1], Loader=yaml.CSafeLoader))
        except (yaml.YAMLError, ValueError):
            continue
    return found


def _main(which: str, root: Path) -> None:
    files = sorted((root / "content").rglob("*.md"))
    found = (_ours if which == "ours" else _baseline)(files)
    # Both must have done the work, or the ratio means nothing.
    if found < 0.98 * len(files):
        raise SystemExit(f"only {found} of {len(files)} files have front matter")


if __name__ == "__main__":
    sys.path[:] = [one for one in sys.path if Path(one or ".").resolve() != HERE]
    _main(sys.argv[1], Path(sys.argv[2]))
