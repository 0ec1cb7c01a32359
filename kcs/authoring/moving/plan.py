"""What a move changes: which links are rewritten, which keys are recorded, and who would read otherwise after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kcs.article.body import Link, parse
from kcs.article.body_splice import splice_body
from kcs.article.front_matter import read
from kcs.authoring.moving.spelling import spellings, written
from kcs.authoring.writing import Edit
from kcs.errors import CannotEdit
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.journal import moved
from kcs.kb.links import LinkTable
from kcs.kb.moves import Move, Moves, with_moves


@dataclass(frozen=True, slots=True)
class Respelt:
    """One place that is rewritten. `line` in the file from 1; `where`: "link", or a key of the front matter."""

    path: str
    line: int
    before: str
    after: str
    where: str = "link"


@dataclass(frozen=True, slots=True)
class Moving:
    """A move that has been thought through and not been made. Paths from the base's root.

    `old` and `new`: a file or a folder. `articles`: which move, as they are and as they will be. `edits`: files whose
    bytes change, at their old paths. `moves`: what moves.tsv is to hold, if anything else than
    `moves_before`. `changing`: articles whose fingerprint changes all the same, because a link of theirs that led nowhere leads
    somewhere then. `notes`: sentences worth a look.
    """

    old: str
    new: str
    articles: Sequence[tuple[Article, Article]]
    edits: Sequence[Edit]
    respelt: Sequence[Respelt]
    moves: str | None
    moves_before: bytes | None
    changing: Sequence[Article] = ()
    notes: Sequence[str] = field(default=())


class Planner:
    """The base before and after one move of `old` to `new`."""

    def __init__(self, kb: KnowledgeBase, old: str, new: str) -> None:
        self.kb = kb
        self.old = old
        self.new = new
        self.respelt: list[Respelt] = []
        self.linked: dict[str, str] = {}  # files that are no articles: old path -> key
        self._keys = dict(kb.moves.keys)  # what moves.tsv will say; grows with the files that links name

    def there(self, path: str) -> str:
        """A path after the move."""
        return moved(path, self.old, self.new)

    def back(self, path: str) -> str | None:
        """The present path of what will be at `path`; None if nothing will."""
        before = moved(path, self.new, self.old)
        if before != path:
            return before
        return None if self.there(path) != path else path

    @cached_property
    def articles(self) -> list[tuple[Article, Article]]:
        """The articles that move, before and after."""
        return [
            (one, self.kb.relocated(one, self.there(one.path)))
            for one in self.kb.articles
            if self.there(one.path) != one.path
        ]

    @cached_property
    def lines(self) -> list[Move]:
        """What moves.tsv is to say of articles."""
        ids = Counter(article.id for article in self.kb.articles)
        return [
            Move(was.id if ids[was.id] == 1 and was.id else now.path, self.kb.links.key(was.path), was.path)
            for was, now in self.articles
        ]

    @cached_property
    def after(self) -> LinkTable:
        """Who can be linked by what after the move."""
        rest = [one for one in self.kb.articles if self.there(one.path) == one.path]
        keys = self._keys
        for was, _ in self.articles:
            keys.pop(was.path, None)
        keys |= {one.name: one.key for one in self.lines}
        former = {**self.kb.moves.former} | {one.former: one.key for one in self.lines}
        return self.kb.link_table(
            [*rest, *(now for _, now in self.articles)], Moves(keys, former), self._will_exist
        )

    def _will_exist(self, path: str) -> bool:
        before = self.back(path)
        return before is not None and self.kb.exists(before)

    def touched(self, destination: str, source: str) -> bool:
        """Whether a link in the file at `source` has to be rewritten."""
        target = self.kb.links.resolve(destination, source)
        if target is None:
            return False
        wanted = self.there(target.path)
        if wanted != target.path and target.path not in self.kb.by_path:
            self._note_file(target.path, target.key)
        found = self.after.resolve(destination, self.there(source))
        if found is None or found.path != wanted:
            return True
        if not self.kb.config.links_by_address:
            return False
        # Counted from the file it would still lead there, and on the site no longer.
        straight = self.kb.links.leads_straight(destination, source) == target.path
        return straight and self.after.leads_straight(destination, self.there(source)) != wanted

    def _note_file(self, path: str, key: str) -> None:
        if path not in self.linked:
            self.linked[path] = key
            self._keys.pop(path, None)
            self._keys[self.there(path)] = key

    def edited(self, path: str, raw: bytes) -> bytes:
        """The file at `path` with every link as it must be.
        CannotEdit if one cannot be written so that it leads there.
        """
        document = read(raw)
        body = parse(document.body)
        pieces, wanted = [], []
        for link in body.links:
            target = self.kb.links.resolve(link.destination, path)
            wanted.append(self.there(target.path) if target else None)
            if target is None or not self.touched(link.destination, path):
                continue
            line = document.body_line + link.line - 1
            new = self._spelling(link, path, target.path, document.body, line)
            pieces.append((link.start, link.end, new))
            self.respelt.append(Respelt(path, line, link.destination, new))
        if not pieces:
            return raw
        edited = splice_body(raw, pieces)
        here = self.there(path)
        found = [self.after.resolve(link.destination, here) for link in parse(read(edited).body).links]
        # One that led nowhere may lead somewhere now: `changing` tells of it.
        kept = [one.path if one and led else None for one, led in zip(found, wanted, strict=False)]
        if len(found) != len(wanted) or kept != wanted:
            line = document.body_line + body.links[0].line - 1
            raise CannotEdit("its links would not read as they are meant", path=path, line=line)
        return edited

    def _spelling(self, link: Link, path: str, target: str, body: str, line: int) -> str:
        here, there = self.there(path), self.there(target)
        for spelling in spellings(link.destination, path, target, here, there, self.kb.config):
            new = written(spelling, link, body)
            found = self.after.resolve(new, here)
            if found is not None and found.path == there:
                return new
        raise CannotEdit(
            f"the link {link.destination!r} cannot be written so that it leads to {there}",
            path=path,
            line=line,
            hint="rename the file, or take the link out",
        )

    def recorded(self, text: str) -> str:
        """moves.tsv after the move."""
        files = [Move(self.there(path), key, path) for path, key in self.linked.items()]
        vacated: Mapping[str, str] = {move.former: move.name for move in (*self.lines, *files)}
        return with_moves(text, [*self.lines, *files], vacated)

    def changing(self, edits: Sequence[Edit]) -> Iterator[Article]:
        """The articles whose fingerprint will be another one."""
        from kcs.kb.fingerprints import Fingerprints

        new = {edit.path: edit.new for edit in edits}
        after = Fingerprints(lambda: self.after, self._image_digest)
        for article in self.kb.articles:
            if article.unreadable or not self._has_paths(article):
                continue
            raw = new.get(article.path)
            there = self.there(article.path)
            if raw is not None:
                changes = after.of(self.kb.version(there, raw, "")) != self.kb.fingerprints.of(article)
            else:
                # Title and text stay: only what its links count as may be
                # something else, and to ask that needs no digest of them.
                now = self.kb.relocated(article, there) if there != article.path else article
                spelt = self.kb.destinations(article)
                changes = after.leads(now, spelt) != self.kb.fingerprints.leads(article, spelt)
            if changes:
                yield article

    def _has_paths(self, article: Article) -> bool:
        """Whether it holds a destination that a move could have to do with."""
        return any(spelt and spelt[0] != "#" for spelt, _ in self.kb.destinations(article))

    def _image_digest(self, path: str) -> str:
        return self.kb.image_digest(self.back(path) or path)
