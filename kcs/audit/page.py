"""An article as rules see it: everything that several of them ask is read, parsed and judged once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kcs.article.body import Body
    from kcs.article.front_matter import Document, Problem
    from kcs.article.trust import Verdict
    from kcs.audit.ignores import Ignore
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


T = TypeVar("T")


class Scene:
    """What all pages of a run have in common. `before`: the base as it was, in a run that judges a change."""

    def __init__(self, kb: KnowledgeBase, before: KnowledgeBase | None = None) -> None:
        self.kb = kb
        self.before = before
        self._made: dict[tuple[Callable[[KnowledgeBase], Any], bool], Any] = {}

    def shared(self, make: Callable[[KnowledgeBase], T]) -> T:
        """What `make` draws from the whole base; made once a run."""
        return self._once(make, self.kb, now=True)

    def shared_before(self, make: Callable[[KnowledgeBase], T]) -> T:
        """The same from the base as it was."""
        assert self.before is not None, "asked only in a run that judges a change"
        return self._once(make, self.before, now=False)

    def close(self) -> None:
        """The run is over: what keeps something for the next one (it has a `save`) does so now."""
        for made in self._made.values():
            if callable(save := getattr(made, "save", None)):
                save()

    def _once(self, make: Callable[[KnowledgeBase], T], kb: KnowledgeBase, *, now: bool) -> T:
        if (make, now) not in self._made:
            self._made[make, now] = make(kb)
        found: T = self._made[make, now]
        return found


class Page:
    """One article under audit."""

    def __init__(self, scene: Scene, article: Article) -> None:
        self.scene = scene
        self.kb = scene.kb
        self.article = article
        self.path = article.path
        # What the runner notes for the rule that asks which comments were needed.
        self.asked: set[str] = set()
        self.ignorable: set[str] = set()
        self.used: set[tuple[int, str]] = set()

    def shared(self, make: Callable[[KnowledgeBase], T]) -> T:
        """A table over the whole base, made once a run: `page.shared(ids_that_stand_twice)`."""
        return self.scene.shared(make)

    @property
    def meta(self) -> Mapping[str, Any]:
        """The front matter's values."""
        return self.article.record.meta

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What reading the file found."""
        return self.article.record.problems

    @cached_property
    def raw(self) -> bytes:
        """The file's bytes. FileProblem where it cannot be read."""
        return self.kb.raw(self.article)

    @cached_property
    def document(self) -> Document:
        """Front matter and body."""
        from kcs.article.front_matter import read

        return read(self.raw)

    @cached_property
    def body(self) -> Body:
        """The text, parsed once for all rules. Its lines count from `document.body_line`: see `file_line`."""
        from kcs.article.body import parse

        return parse(self.document.body)

    @cached_property
    def ignores(self) -> list[Ignore]:
        """The comments that silence rules in it."""
        from kcs.audit.ignores import ignores, may_ignore

        document = self.document
        return ignores(self.body, document.body_line) if may_ignore(document.body) else []

    def silenced(self, code: str, line: int | None) -> bool:
        """Whether a comment silences a finding of this rule in this line; it is noted that it was needed."""
        found = [number for number, one in enumerate(self.ignores) if one.covers(code, line)]
        self.used |= {(number, code) for number in found}
        return bool(found)

    def file_line(self, line: int) -> int:
        """A line of the body as a line of the file."""
        return self.document.body_line + line - 1

    @property
    def bare(self) -> bool:
        """Whether it has no front matter at all: then one finding says so, and not one for each key."""
        return any(problem.code == "no-front-matter" for problem in self.problems)

    def line_of(self, key: str) -> int | None:
        """The line of a top-level key of the front matter; the file's first line where it is not there."""
        return self.document.lines.get(key, 1)

    def key_of(self, name: str) -> str:
        """What the base calls one of our keys, where the article uses that; else our name for it."""
        theirs = self.kb.config.fields.get(name, name)
        return theirs if name not in self.meta and theirs in self.meta else name

    @property
    def dated_key(self) -> str:
        """The key that says when it was verified: ours, else the base's own date."""
        mapped = self.kb.config.fields.get("verified_at", "verified")
        return "verified" if "verified" in self.meta else mapped

    @property
    def verdict(self) -> Verdict:
        """Whether it is trusted, and why not."""
        return self.kb.verdicts[self.path]
