"""Merges three versions of an article: front matter key by key, stamps by person, the text as Git merges lines.

Whatever is odd about any of the three falls back to Git's own merge of the whole file: nothing is ever lost to
cleverness. Two contents that merge cleanly make a text that nobody verified; both stamps stay, and rightly none
of them counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kcs.article.front_matter import read
from kcs.authoring.merge_parts import EMPTY, Part, Parts, parts_of
from kcs.authoring.merge_trust import TRUST_KEYS, settle
from kcs.tuples import NamedTuple


class MappedDate(NamedTuple):
    """What a base calls its verification date, and the order of its days as kcs.toml says it; both may be empty."""

    key: str = ""
    order: str = ""


LineMerge = Callable[[bytes, bytes, bytes], tuple[bytes, int]]
"""(base, ours, theirs) -> the merged bytes, with markers, and the number of conflicts in them."""

Side = TypeVar("Side", str, bytes, bool)


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged file. `keys`: those left in conflict; `body`: whether the text is; `whole`: merged as plain lines."""

    raw: bytes
    keys: tuple[str, ...] = ()
    body: bool = False
    whole: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing is left to decide."""
        return not (self.keys or self.body)


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    lines: LineMerge,
    mapped_date: Callable[[], MappedDate] = MappedDate,
) -> Merged:
    """Merge `theirs` into `ours`; an empty `base` means that both sides made the file.

    `mapped_date` is called only if it matters.
    """
    sides = _sides(base, ours, theirs)
    if sides is not None:
        merged = _Merge(*sides, lines, mapped_date).run(ours)
        if merged is not None:
            return merged
    raw, conflicts = lines(base, ours, theirs)
    return Merged(raw, body=conflicts > 0, whole=True)


def _sides(base: bytes, ours: bytes, theirs: bytes) -> tuple[Parts, Parts, Parts] | None:
    old = parts_of(base) if base else EMPTY
    mine, other = parts_of(ours), parts_of(theirs)
    return None if old is None or mine is None or other is None else (old, mine, other)


def _three_way(base: Side, ours: Side, theirs: Side) -> Side | None:
    """The result if at most one side changed something; None if both did, differently."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


class _Merge:
    """One merge, under way."""

    def __init__(
        self, base: Parts, ours: Parts, theirs: Parts, lines: LineMerge, mapped: Callable[[], MappedDate]
    ) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.lines = lines
        self.mapped = mapped
        self.settled = ours
        self.conflicts: list[str] = []
        self.expected: dict[str, Any] = {}

    def run(self, raw: bytes) -> Merged | None:
        """The merged file, or None if it would not say what it should."""
        head = _three_way(self.base.head, self.ours.head, self.theirs.head)
        if head is None:
            return None
        contested = [key for key in self.theirs.parts if self._contested(key)]
        contested += [key for key in self.ours.parts if key not in contested and self._contested(key)]
        done = self._settle(raw, contested)
        written, checked = self._block(contested, done)
        rest, body_conflicts = self._rest()
        written = self._preamble() + written
        probe = read(_file(head, self._preamble() + checked, b"---\n"))
        if probe.fatal or probe.meta != self.expected:
            return None
        return Merged(_file(head, written, rest), tuple(self.conflicts), body_conflicts > 0)

    def _texts(self, key: str) -> tuple[str, str, str]:
        base, ours, theirs = (side.text(key) for side in (self.base, self.ours, self.theirs))
        return base, ours, theirs

    def _contested(self, key: str) -> bool:
        return _three_way(*self._texts(key)) is None

    def _settle(self, raw: bytes, contested: Sequence[str]) -> set[str]:
        """Settle by their meaning the contested keys that have one; those that could be are returned."""
        done = set()
        for key in contested:
            order = "" if key in TRUST_KEYS else self.mapped().order
            if key in TRUST_KEYS or key == self.mapped().key:
                edited = settle(raw, key, self.base, self.ours, self.theirs, order)
                parts = parts_of(edited) if edited is not None else None
                if edited is not None and parts is not None:
                    raw, self.settled = edited, parts
                    done.add(key)
        return done

    def _block(self, contested: Sequence[str], done: set[str]) -> tuple[str, str]:
        """The front matter, and the same without conflicts (one side in their place), to be read back."""
        written, checked = "", ""
        for key in _order(self.settled, self.theirs):
            text = probe = self._uncontested(key) if key not in contested else self.settled.text(key)
            if key in done:
                self._expect(key, self.settled.meta)
            elif key in contested:
                text, probe = self._lines_of(key)
            gap = self._gap(key)
            written += text + gap
            checked += probe + gap
        return written, checked

    def _uncontested(self, key: str) -> str:
        text = _three_way(*self._texts(key)) or ""
        self._expect(key, (self.ours if text == self.ours.text(key) else self.theirs).meta)
        return text

    def _lines_of(self, key: str) -> tuple[str, str]:
        """Git's merge of the key's lines. A stamp is never put together from lines of two: there it is a conflict."""
        base, ours, theirs = (text.encode() for text in self._texts(key))
        raw, conflicts = self.lines(b"" if key in TRUST_KEYS else base, ours, theirs)
        if not conflicts:
            self._expect(key, read(b"---\n" + raw + b"---\n").meta)
            return raw.decode(), raw.decode()
        self.conflicts.append(key)
        side = self.ours if ours else self.theirs
        self._expect(key, side.meta)
        return raw.decode(), side.text(key)

    def _expect(self, key: str, meta: Mapping[str, Any]) -> None:
        if key in meta:
            self.expected[key] = meta[key]

    def _gap(self, key: str) -> str:
        parts = [side.parts.get(key, Part("")) for side in (self.base, self.settled, self.theirs)]
        return _comments(*(part.gap for part in parts))

    def _preamble(self) -> str:
        return _comments(self.base.preamble, self.settled.preamble, self.theirs.preamble)

    def _rest(self) -> tuple[bytes, int]:
        base, ours, theirs = self.base.rest, self.ours.rest, self.theirs.rest
        found = _three_way(base, ours, theirs)
        raw, conflicts = (found, 0) if found is not None else self.lines(base, ours, theirs)
        windows = _three_way(self.base.crlf_rest, self.ours.crlf_rest, self.theirs.crlf_rest)
        return (raw.replace(b"\n", b"\r\n") if windows else raw), conflicts


def _order(ours: Parts, theirs: Parts) -> list[str]:
    """The keys in our order; a key that only they have follows the one that it follows there."""
    order = list(ours.parts)
    before = -1
    for key in theirs.parts:
        if key in ours.parts:
            before = order.index(key)
        else:
            before += 1
            order.insert(before, key)
    return order


def _comments(base: str, ours: str, theirs: str) -> str:
    """Blank lines and comments between keys: both sides' stay."""
    found = _three_way(base, ours, theirs)
    if found is not None:
        return found
    known = {*base.splitlines(), *ours.splitlines()}
    added = [line for line in theirs.splitlines(keepends=True) if line.rstrip("\r\n") not in known]
    return ours + "".join(line for line in added if line.strip())


def _file(head: bytes, block: str, rest: bytes) -> bytes:
    windows = head.endswith(b"\r\n") and "\r" not in block
    return head + (block.replace("\n", "\r\n") if windows else block).encode() + rest
