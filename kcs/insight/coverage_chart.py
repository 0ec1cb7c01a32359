"""Which products have which types of articles, and where the taxonomy wants one that nobody has written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kcs.article.states import ARCHIVED
from kcs.counting import counted
from kcs.insight.chart import Chart, Series
from kcs.kb.values import alike

if TYPE_CHECKING:
    from kcs.insight.gather import Insight
    from kcs.kb.articles import Article

# Products and types beyond these share one line: a matrix should be read at a glance.
_MOST_ROWS, _MOST_COLUMNS = 24, 8


def matrix(insight: Insight) -> Chart:
    """Articles by product and type; what [taxonomy] wants and nobody has written is missing."""
    kb = insight.kb
    live = [one for one in kb.articles if one.confidence != ARCHIVED and not one.unreadable]
    wanted_products, wanted_types = (kb.config.taxonomy.get(axis, ()) for axis in ("products", "types"))
    products = _axis([one.own.product for one in live], wanted_products, _MOST_ROWS)
    types = _axis([one.type for one in live], wanted_types, _MOST_COLUMNS)
    counts = _counts(live, products, types)
    rows, columns = (
        [*axis, *(["(others)"] if any(cell[at] == len(axis) for cell in counts) else [])]
        for at, axis in enumerate((products, types))
    )
    missing = frozenset(
        (row, column)
        for row, product in enumerate(rows)
        for column, kind in enumerate(columns)
        if product in wanted_products and kind in wanted_types and not counts[row, column]
    )
    about = len({alike(one.own.product) for one in live if one.own.product})
    says = f"{counted(len(live), 'article')} about {counted(about, 'product')}."
    if missing:
        says += f" {counted(len(missing), 'cell')} of the taxonomy without an article."
    series = [
        Series(product or "(no product)", [counts[row, column] for column in range(len(columns))])
        for row, product in enumerate(rows)
    ]
    labels = [kind or "(no type)" for kind in columns]
    return Chart(
        "matrix", "Coverage: product and type", "heat", labels, series, says, first="Product", missing=missing
    )


def _counts(
    articles: Iterable[Article], products: Sequence[str], types: Sequence[str]
) -> Counter[tuple[int, int]]:
    """Counts by (row, column); values that are not on an axis are counted after its last one."""
    row_of, column_of = ({alike(name): at for at, name in enumerate(axis)} for axis in (products, types))
    return Counter(
        (row_of.get(alike(one.own.product), len(row_of)), column_of.get(alike(one.type), len(column_of)))
        for one in articles
    )


def _axis(values: Sequence[str], wanted: Sequence[str], most: int) -> list[str]:
    """The values that kcs.toml wants, then the commonest; each once, in its commonest spelling."""
    names = {alike(value): value for value in wanted}
    for value, _ in Counter(values).most_common():
        names.setdefault(alike(value), value)
    return list(names.values())[: max(most, len(wanted))]
