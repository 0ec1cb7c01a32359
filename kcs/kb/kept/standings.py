"""What holds for every article on any day: worked out once for its inputs, then kept by column."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kcs.article.trust import UNREADABLE_VERDICT, Adoption, Standing, Verdict, spread

if TYPE_CHECKING:
    from kcs.kb.kept.cache import Cache

# The row number of unreadable articles: `verdicts` puts their verdict last, where -1 finds it.
_UNREADABLE = -1
# What a standing rests on besides the article's bytes and the configuration. CONTENT: nothing else. HISTORY:
# Git's history too. ARTICLES: the bytes of all articles too, as where one was moved. MACHINE: the user of
# this machine, or files outside the base's state, so each run works it out anew. UNKNOWN: not worked out yet.
CONTENT, HISTORY, ARTICLES, MACHINE, UNKNOWN = range(5)

# The bytes of a digest; that of what no history told.
DIGEST = 16
NOT_TOLD = bytes(DIGEST)

# What many articles share: the reasons against trust before the due day, those from that day
# on, whose stamps count, and the reasons while an adopted article waits for its first due day.
Kind = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
# One article: the number of its kind, then days as ordinals (0: none): verified on, due on, waiting from.
Row = tuple[int, int, int, int]
_ROW = struct.Struct("<4i")
_fromordinal = date.fromordinal


class Standings:
    """Every article's standing, by column: a place in each list is one article, in the order of the paths.

    `of`: the number of the article's row in `rows`; articles alike share a row, and rows a kind in `kinds`. `rests`: what
    its standing rests on. `told`: a digest of what the history told of it, if it rests on that. `spreads`: where its key falls in the spread of first due days; empty without `[adopt]`.
    `state` and `history` name the files and history behind all this; `probes` are the other files we looked for, and
    whether each was there.
    """

    def __init__(self, count: int = 0, *, spreads: bool = False) -> None:
        self.kinds: list[Kind] = []
        self.rows: list[Row] = []
        self.of: list[int] = [_UNREADABLE] * count
        self.rests = bytearray([UNKNOWN]) * count
        self.told = bytearray(DIGEST * count)
        self.doubtful: set[int] = set()
        """The places that `outdated` names because the history is another one, and for nothing else."""
        self.spreads: list[int] = [0] * count if spreads else []
        self.state = self.history = ""
        self.probes: dict[str, bool] = {}
        self._oids = b""
        self._places: dict[Row, int] = {}
        self._kind_places: dict[Kind, int] = {}

    def put(
        self,
        place: int,
        standing: Standing | None,
        rests: int,
        key: Callable[[], str],
        told: bytes = NOT_TOLD,
    ) -> None:
        """Note one article's; None for an unreadable one. `rests`: CONTENT to MACHINE; `told`: DIGEST bytes."""
        self.rests[place] = rests
        self.told[place * DIGEST : (place + 1) * DIGEST] = told
        if self.spreads:
            self.spreads[place] = spread(key())
        self.of[place] = _UNREADABLE if standing is None else self._row(standing)

    def _row(self, one: Standing) -> int:
        if not self._places:
            self._places = {row: place for place, row in enumerate(self.rows)}
            self._kind_places = {kind: place for place, kind in enumerate(self.kinds)}
        kind: Kind = (one.before, one.after, one.counting, one.waiting)
        at = self._kind_places.setdefault(kind, len(self.kinds))
        if at == len(self.kinds):
            self.kinds.append(kind)
        row = (at, _ordinal(one.verified_at), _ordinal(one.due), _ordinal(one.waits_from))
        place = self._places.setdefault(row, len(self.rows))
        if place == len(self.rows):
            self.rows.append(row)
        return place

    def outdated(self, state: str, history: str, oids: Callable[[], Sequence[str]]) -> list[int]:
        """The places whose standing must be worked out anew; `oids` are Git's names for today's bytes."""
        if state == self.state and history == self.history:
            if MACHINE not in self.rests and UNKNOWN not in self.rests:
                return []
            return [at for at, rests in enumerate(self.rests) if rests >= MACHINE]
        before, now = self._oids.decode("ascii").split(" "), oids()
        if len(before) != len(now):
            return list(range(len(now)))
        known = [*zip(before, now, self.rests, strict=True)]
        if history == self.history:
            return [at for at, (old, new, rests) in enumerate(known) if old != new or rests > HISTORY]
        self.doubtful = {at for at, (old, new, rests) in enumerate(known) if old == new and rests == HISTORY}
        return [at for at, (old, new, rests) in enumerate(known) if old != new or rests > CONTENT]

    def has_told(self, place: int, told: bytes) -> bool:
        """Whether the history told this of the article when its standing was worked out. Nothing is
        never the same: outside Git it stands for no history, in it for a history without that file.
        """
        return told != NOT_TOLD and self.told[place * DIGEST : (place + 1) * DIGEST] == told

    def known(self) -> list[int]:
        """The places with a known standing."""
        return [at for at, rests in enumerate(self.rests) if rests != UNKNOWN]

    def forget(self, places: Iterable[int]) -> None:
        """Drop what we know about these."""
        for place in places:
            self.rests[place] = UNKNOWN

    def verdict(self, place: int, today: date, adoption: Adoption | None) -> Verdict:
        """The verdict for the article at `place` on a day."""
        if self.of[place] == _UNREADABLE:
            return UNREADABLE_VERDICT
        number = self.spreads[place] if self.spreads else 0
        kind, verified, due, waits = self.rows[self.of[place]]
        before, after, counting, waiting = self.kinds[kind]
        found = Standing(before, after, _day(verified), _day(due), counting, waiting, _day(waits))
        return found.on(today, lambda: adoption.first_due_at(number) if adoption else today)

    def verdicts(self, paths: Iterable[str], today: date, adoption: Adoption | None) -> dict[str, Verdict]:
        """The verdict of each article by path; `paths` are all paths. Articles alike are judged once."""
        now, kinds = today.toordinal(), self.kinds
        judged: list[Verdict | None] = []
        for kind, verified, due, waits in self.rows:
            before, after, counting, _ = kinds[kind]
            reasons = before if not due or now < due else after
            own = reasons is after and waits and now >= waits
            judged.append(
                None
                if own
                else Verdict(reasons, _fromordinal(verified) if verified else None, _day(due), counting)
            )
        judged.append(UNREADABLE_VERDICT)
        return {
            path: judged[row] or self.verdict(place, today, adoption)
            for place, (path, row) in enumerate(zip(paths, self.of, strict=True))
        }

    def save(self, cache: Cache, key: str, oids: Sequence[str]) -> None:
        """Keep them under `key`, for articles with these bytes; reads only the oids of known standings."""
        import json

        head = [self.state, self.history, self.probes, self.kinds, len(self.rows), len(self.spreads)]
        parts = (
            json.dumps(head, separators=(",", ":")).encode("ascii"),
            b"\n",
            b"".join([_ROW.pack(*row) for row in self.rows]),
            struct.pack(f"<{len(self.of)}i", *self.of),
            self.rests,
            self.told,
            struct.pack(f"<{len(self.spreads)}Q", *self.spreads),
            " ".join(oids).encode("ascii"),
        )
        cache.write_bytes("standings", b"".join(parts), key)

    @classmethod
    def read(cls, cache: Cache, key: str, count: int, exists: Callable[[str], bool]) -> Standings | None:
        """The standings kept for `count` articles; None if there are none, or a probed file came or went."""
        import json

        raw = cache.read_bytes("standings", key) or b""
        text, _, body = raw.partition(b"\n")
        found = cls()
        try:
            found.state, found.history, found.probes, kinds, rows, spreads = json.loads(text or b"[]")
            if spreads not in (0, count) or any(exists(one) != was for one, was in found.probes.items()):
                return None
            ends = [rows * _ROW.size]
            for size in (4 * count, count, DIGEST * count, 8 * spreads):
                ends.append(ends[-1] + size)
            found.kinds = [tuple([tuple(part) for part in kind]) for kind in kinds]  # type: ignore[misc]
            found.rows = list(_ROW.iter_unpack(body[: ends[0]]))
            found.of = list(struct.unpack(f"<{count}i", body[ends[0] : ends[1]]))
            found.rests = bytearray(body[ends[1] : ends[2]])
            found.told = bytearray(body[ends[2] : ends[3]])
            found.spreads = list(struct.unpack(f"<{spreads}Q", body[ends[3] : ends[4]]))
            found._oids = body[ends[4] :]
            if len(found.told) != DIGEST * count or max(found.of, default=0) >= rows:
                return None
        except (TypeError, ValueError, AttributeError, RecursionError, struct.error):
            return None
        return found


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _day(ordinal: int) -> date | None:
    return _fromordinal(ordinal) if ordinal else None
