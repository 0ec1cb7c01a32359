"""How wide the columns of a table for eyes are."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

# Below this, columns are a few letters wide and unreadable.
_NARROW = 60
_GAP = 3
# The width of the longest name of a state (work-in-progress), an id or a day; cells with longer words may be broken.
_WORD = 16


def fitted(name: str, most: int) -> str:
    """The name, cut where it is wider than `most` columns."""
    return name if cell_len(name) <= most else set_cell_size(name, most - 1) + "…"


def fitting(
    headers: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str], width: int
) -> tuple[Sequence[str], Sequence[Sequence[str]], Sequence[str]]:
    """The same without empty columns if all of them are wider than the terminal."""
    columns = list(zip(headers, *rows, strict=True))
    if sum(max(map(cell_len, column)) + _GAP for column in columns) <= width:
        return headers, rows, styles
    kept = [at for at, (_, *cells) in enumerate(columns) if any(cells)]
    shades = [*styles, *[""] * (len(headers) - len(styles))]
    return (
        [headers[at] for at in kept],
        [[row[at] for at in kept] for row in rows],
        [shades[at] for at in kept],
    )


def _least(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """For each column, the width below which a short word
    breaks; all of it where it has only such: a split id is none.
    """
    least = []
    for header, *column in zip(headers, *rows, strict=True):
        cells = {header, *column}
        longest = max(cell_len(word) for cell in cells for word in cell.split() or [""])
        whole = longest <= _WORD and not any(" " in cell for cell in column)
        least.append(max(map(cell_len, cells)) if whole else min(longest, _WORD))
    return least


def widths_of(headers: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """A width for each column so that all fit into `room`: the widest give way first, none below its least.
    None if they cannot.

    Rich takes from the widest too, but then gives each its least again, and cuts off what stands at the right.
    """
    least = _least(headers, rows)
    if room < max(_NARROW, sum(least) + _GAP * len(least)):
        return None
    widths = [max(map(cell_len, column)) for column in zip(headers, *rows, strict=True)]
    while sum(widths) + _GAP * len(widths) - 1 > room:
        wide = max((at for at in range(len(widths)) if widths[at] > least[at]), key=widths.__getitem__)
        widths[wide] -= 1
    return widths
