"""Every article of one state of a base, each made on demand: a search shows ten of ten thousand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, overload

from kcs.kb.kept.oids import Oids

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.settings.policy import Settings


class Articles(Sequence["Article"]):
    """The articles in the order of their `paths`. A place always gives the same object."""

    def __init__(
        self,
        paths: Sequence[str],
        kinds: Sequence[int],
        settings: Sequence[Settings],
        one: Callable[[int], Article],
        every: Callable[[], list[Article]],
        oids: Callable[[], Oids],
        columns: Callable[[], Sequence[Sequence[str]]],
    ) -> None:
        """`kinds`: each article's place in `settings`; `one` makes the article at a place, `every` all of them.

        `oids`: Git's names for their bytes; `columns`: ids, titles, permalinks.
        """
        self.paths = paths
        self._oids = oids
        self._columns = columns
        self._kinds, self._settings = kinds, settings
        self._one, self._every = one, every
        self._made: dict[int, Article] = {}
        self._all: list[Article] | None = None

    @classmethod
    def of(cls, articles: list[Article]) -> Articles:
        """A list of articles made already."""
        settings = [one.settings for one in articles]
        found = cls(
            [one.path for one in articles],
            range(len(articles)),
            settings,
            articles.__getitem__,
            lambda: articles,
            lambda: Oids.of(one.oid for one in articles),
            lambda: list(zip(*((one.id, one.title, one.permalink) for one in articles), strict=True)),
        )
        found._all = articles
        return found

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> list[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | list[Article]:
        if self._all is not None or isinstance(place, slice):
            return self._whole()[place]
        place = range(len(self))[place]
        found = self._made.get(place)
        if found is None:
            found = self._made[place] = self._one(place)
        return found

    def oids(self) -> Oids:
        """Git's names for their bytes."""
        return self._oids()

    def names(self) -> Iterator[tuple[str, str, str]]:
        """What each can be linked by: path, id, permalink. Makes no articles."""
        if self.paths:
            ids, _, permalinks = self._columns()
            yield from zip(self.paths, ids, permalinks, strict=True)

    def __iter__(self) -> Iterator[Article]:
        return iter(self._whole())

    def _whole(self) -> list[Article]:
        if self._all is None:
            self._all = self._every()
            for place, one in self._made.items():
                self._all[place] = one
        return self._all

    def place(self, path: str) -> int:
        """The place of the article at this path. KeyError if there is none."""
        at = bisect_left(self.paths, path)
        if at == len(self.paths) or self.paths[at] != path:
            raise KeyError(path)
        return at

    def at(self, path: str) -> Article:
        """The article at this path. KeyError if there is none."""
        return self[self.place(path)]

    def settings(self) -> Sequence[Settings]:
        """All articles' settings; some may apply to none."""
        return self._settings

    def settled(self, fits: Callable[[Settings], bool]) -> list[str]:
        """The paths of the articles whose settings fit."""
        fitting = [fits(one) for one in self._settings]
        return list(compress(self.paths, [fitting[kind] for kind in self._kinds]))
