"""Where measured figures stand in the documentation: between two marks, which a bench alone writes between."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def place(page: Path, name: str, text: str) -> None:
    """Put a text between the page's marks of this name; ValueError where they are not there, or there twice."""
    old = page.read_text("utf-8")
    begin, end = f"<!-- measured: {name} -->\n", f"<!-- end of measured: {name} -->"
    if old.count(begin) != 1 or old.count(end) != 1 or old.index(end) < old.index(begin):
        raise ValueError(
            f"{page.name} has no place for {name}: expected {begin.strip()} and {end}, once each"
        )
    before, rest = old.split(begin)
    after = rest.split(end)[1]
    page.write_text(f"{before}{begin}{text.rstrip()}\n{end}{after}", "utf-8")
