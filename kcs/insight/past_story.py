"""A base going through its moments: the same few tables, brought from one moment to the next by what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kcs.insight.past_articles import Past
from kcs.insight.past_line import NOTHING, Moment, State
from kcs.kb.git.repository import path_text
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.insight.past_ground import Ground, Grounds
    from kcs.kb.records import Record


class Frame(NamedTuple):
    """One moment. It holds until the next is asked for: `live` and `pasts` are tables that go on changing.

    `live`: every file below the base's root; `pasts`: the articles among them, once they were made, both by the path
    from the repository's root. `new`: articles that are not as they were in the frame before.
    """

    moment: Moment
    ground: Ground
    live: Mapping[bytes, State]
    pasts: Mapping[bytes, Past]
    new: Sequence[State]


class Fresh(NamedTuple):
    """An article when it first stood so."""

    moment: Moment
    ground: Ground
    state: State
    past: Past


class Story:
    """`changes`: for each of `moments`, the oldest first, what changed since the one before."""

    def __init__(
        self, grounds: Grounds, prefix: bytes, moments: Sequence[Moment], changes: Sequence[Sequence[State]]
    ) -> None:
        self._grounds, self._prefix, self._moments, self._changes = grounds, prefix, moments, changes
        self._made: dict[tuple[Ground, bytes, int], Past] = {}

    def frames(self) -> Iterator[Frame]:
        """Each moment in turn."""
        live: dict[bytes, State] = {}
        pasts: dict[bytes, Past] = {}
        before: Ground | None = None
        for moment, changed in zip(self._moments, self._changes, strict=True):
            ground = self._grounds.ground(moment.commit)
            for state in changed:
                live.pop(state.path, None)
                pasts.pop(state.path, None)
                if state.blob != NOTHING:
                    live[state.path] = state
            # Other rules make every article another one.
            if ground is not before:
                pasts.clear()
            looked_at = live.values() if ground is not before else changed
            new = [
                one for one in looked_at if one.blob != NOTHING and ground.is_article(self.below(one.path))
            ]
            for state in new:
                past = self._made.get((ground, state.path, state.since))
                if past is not None:
                    pasts[state.path] = past
            before = ground
            yield Frame(moment, ground, live, pasts, new)

    def make(self, record: Callable[[str], Record]) -> Iterator[Fresh]:
        """Make the articles of all frames, each once, when it first appears."""
        for frame in self.frames():
            for state in frame.new:
                name = (frame.ground, state.path, state.since)
                if name not in self._made:
                    said = record(state.blob.decode("ascii"))
                    past = Past(frame.ground.reader.article(self.below(state.path), said), state.since)
                    self._made[name] = past
                    yield Fresh(frame.moment, frame.ground, state, past)

    def below(self, path: bytes) -> str:
        """A path from the base's root."""
        return path_text(path[len(self._prefix) :])
