"""The export that was given last: whoever looks again need not name it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kcs.coverage.export import Export
from kcs.errors import KcsError

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

_KEPT = "gaps-tickets"


def remember(kb: KnowledgeBase, export: Export) -> None:
    """Keep its name and how it is read, on this machine."""
    kb.cache.write(_KEPT, [str(export.path.resolve()), export.mapping, export.order, export.encoding])


def last_given(kb: KnowledgeBase) -> tuple[Export | None, str]:
    """The export of the last `--tickets`, if still readable; and which it is, or why there is none."""
    kept = kb.cache.read(_KEPT)
    if not isinstance(kept, list) or len(kept) != 4:
        return None, "no tickets were given yet: kcs gaps --tickets FILE"
    export = Export(Path(kept[0]), kept[1], kept[2], kept[3])
    try:
        export.open(kb)
    except (KcsError, OSError):
        return None, f"{export.path}, the tickets last given, can no longer be read"
    return export, f"tickets: {export.path}, as last given"
