"""Opens a base's index for its articles as they are now: read if nothing changed, else updated, else rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import FileProblem
from kcs.kb.files import lock
from kcs.search.engines.choose import chosen_engine
from kcs.search.engines.engine import Damaged
from kcs.search.index import Index, new_index, read_index
from kcs.search.index_folder import empty, index_folder, is_private, make_private, sweep_others

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.index_update import Change, Progress

_LOCK = "index"
# From this many articles on, mention the other engines.
_LARGE = 20_000
# Measured by bench/search_speed.py.
_ADVICE = (
    '{:,} articles: with engine = "tantivy" in kcs.toml (pip install tantivy) a further search in an open process '
    "takes about half as long (2.2 instead of 4.3 ms of CPU, measured with 10,000 articles)"
)


class Opened:
    """`change`: what an update did, if any. `notes`: sentences to print."""

    def __init__(self, index: Index, change: Change | None = None, notes: tuple[str, ...] = ()) -> None:
        self.index, self.change, self.notes = index, change, notes


def open_index(
    kb: KnowledgeBase, engine: str | None = None, progress: Progress | None = None, *, rebuild: bool = False
) -> Opened:
    """The index of the present base. `rebuild`: discard the kept one first."""
    name = chosen_engine(kb.config, engine)
    folder = index_folder(kb, name)
    kept = None
    if not rebuild:
        kept = kept_index(folder, name)
        if kept and kb.state and kept.state.base == kb.state:
            return Opened(kept)
    if not kb.state:
        return _in_memory(kb, kept, progress)
    if kept:
        kept.close()
    try:
        return _written(kb, folder, name, progress, rebuild)
    except (OSError, FileProblem) as error:
        return _unwritten(kb, folder, name, progress, error)


def kept_index(folder: Path, engine: str) -> Index | None:
    """The usable index there, in any state."""
    try:
        return read_index(folder, engine) if is_private(folder) and is_private(folder.parent) else None
    except (Damaged, OSError):
        return None


def _written(kb: KnowledgeBase, folder: Path, name: str, progress: Progress | None, rebuild: bool) -> Opened:
    foreign = make_private(folder)
    with _alone(folder, progress):
        if rebuild or foreign:
            _empty(folder)
        try:
            opened = _updated(kb, folder, name, progress)
        except Damaged:
            opened = None
        if opened is None:
            _empty(folder)
            sweep_others(folder)
            opened = _made(kb, folder, name, progress)
    return opened


@contextmanager
def _alone(folder: Path, progress: Progress | None) -> Iterator[None]:
    """Keep other processes from changing the index."""
    with ExitStack() as shown, ExitStack() as held:
        tick = shown.enter_context(progress("waiting for another kcs, seconds", 0)) if progress else None
        held.enter_context(lock(folder, _LOCK, tick))
        shown.close()
        yield


def _updated(kb: KnowledgeBase, folder: Path, name: str, progress: Progress | None) -> Opened | None:
    """The kept index, brought up to date; None if there is none."""
    from kcs.search.index_update import Update

    index = read_index(folder, name)
    if index is None:
        return None
    try:
        current = index.state.base == kb.state
        return Opened(index, None if current else Update(index, kb).run(progress))
    except BaseException:
        index.close()
        raise


def _made(kb: KnowledgeBase, folder: Path, name: str, progress: Progress | None) -> Opened:
    """A new index. A failed start is removed, so it does not fill a full disk."""
    from kcs.search.index_update import Update

    index = new_index(folder, name)
    try:
        change = Update(index, kb).run(progress)
    except BaseException:
        index.close()
        _empty(folder)
        raise
    # Said when an index is made, so once.
    large = name == "whoosh" and index.engine.total >= _LARGE
    return Opened(index, change, (_ADVICE.format(index.engine.total),) if large else ())


def _empty(folder: Path) -> None:
    empty(folder, keep=("kcs-",))


def _unwritten(
    kb: KnowledgeBase, folder: Path, name: str, progress: Progress | None, error: OSError | FileProblem
) -> Opened:
    """An index in memory, as the folder cannot be written: read-only, full, or somebody else's."""
    reason = error.message if isinstance(error, FileProblem) else error.strerror or str(error)
    opened = _in_memory(kb, kept_index(folder, name), progress)
    where = folder.parent.parent
    note = f"the index could not be kept ({reason}: {where}); this search made one in memory"
    return Opened(opened.index, opened.change, (*opened.notes, note))


def _in_memory(kb: KnowledgeBase, kept: Index | None, progress: Progress | None) -> Opened:
    """`kept` saves analysis, if its files are sound: nobody can make them anew here."""
    if kept:
        try:
            return _analysed(kb, kept, progress)
        except Damaged:
            pass
        finally:
            kept.close()
    return _analysed(kb, None, progress)


def _analysed(kb: KnowledgeBase, donor: Index | None, progress: Progress | None) -> Opened:
    from kcs.search.index_update import Update

    index = Index.in_memory()
    return Opened(index, Update(index, kb, donor=donor).run(progress))
