"""An article as rules see it: everything that several of them ask is read, parsed and judged once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from kcs.article.states import ARCHIVED
from kcs.audit.finding import OFF
from kcs.audit.own_addresses import at_home
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kcs.article.body import Body
    from kcs.article.front_matter import Document, Problem
    from kcs.article.trust import Verdict
    from kcs.audit.ignores import Ignore
    from kcs.audit.settings import Chosen
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.links import Target


T = TypeVar("T")


class Scene:
    """What all pages of a run share.
    `before`: the earlier base, in a run that judges a change; `rules`: all rules of the run.
    """

    def __init__(
        self, kb: KnowledgeBase, before: KnowledgeBase | None = None, rules: Sequence[Chosen] = ()
    ) -> None:
        self.kb = kb
        self.before = before
        self.rules = rules
        self._made: dict[tuple[Callable[[KnowledgeBase], Any], bool], Any] = {}

    def shared(self, make: Callable[[KnowledgeBase], T]) -> T:
        """What `make` derives from the whole base; made once per run."""
        return self._once(make, self.kb, now=True)

    def shared_before(self, make: Callable[[KnowledgeBase], T]) -> T:
        """The same from the base before the change."""
        assert self.before is not None, "asked only in a run that judges a change"
        return self._once(make, self.before, now=False)

    def close(self) -> None:
        """The run is over: everything that keeps something for the next one (it has a `save`) does so now."""
        for made in self._made.values():
            if callable(save := getattr(made, "save", None)):
                save()

    def _once(self, make: Callable[[KnowledgeBase], T], kb: KnowledgeBase, *, now: bool) -> T:
        if (make, now) not in self._made:
            self._made[make, now] = make(kb)
        found: T = self._made[make, now]
        return found


class Notes(NamedTuple):
    """What one round of rules leaves for the next: see `Page`. `ignores` is None if nobody asked for them."""

    used: frozenset[tuple[int, str]]
    ignores: list[Ignore] | None


def concerns(chosen: Chosen, article: Article) -> bool:
    """Whether the rule applies to articles like this one."""
    rule = chosen.rule
    if article.unreadable:
        return rule.unreadable
    return rule.archived or article.confidence != ARCHIVED


class Page:
    """One article under audit."""

    def __init__(self, scene: Scene, article: Article, noted: Notes | None = None) -> None:
        self.scene = scene
        self.kb = scene.kb
        self.article = article
        self.path = article.path
        self._targets: dict[str, Target | None] = {}
        # Whether a rule could not judge it, or its file changed since it was listed: then nothing is kept for it.
        self.failed = False
        # For the rule about needless comments.
        self.used: set[tuple[int, str]] = set(noted.used) if noted else set()
        if noted and noted.ignores is not None:
            self.ignores = noted.ignores

    def notes(self) -> Notes:
        """What the next round needs from this one; small, since there is one per article."""
        return Notes(frozenset(self.used), self.__dict__.get("ignores"))

    def asked(self) -> dict[str, bool]:
        """The codes of all rules run on it, and whether a comment may silence them."""
        return {
            one.entry.code: one.rule.ignorable
            for one in self.scene.rules
            if concerns(one, self.article) and one.at(self.path).severity != OFF
        }

    def hand_over(self, looks: Sequence[Chosen]) -> None:
        """Hand the scan of the text, if it was read, to the fingerprint, and let later rules look at it now."""
        if "text" not in self.__dict__ or self.article.unreadable:
            return
        if not self.failed:
            self.kb.scanned(self.article, self.text, lambda: self.body)
        for chosen in looks:
            if chosen.at(self.path).severity != OFF and chosen.rule.look is not None:
                chosen.rule.look(self)

    def shared(self, make: Callable[[KnowledgeBase], T]) -> T:
        """A table over the whole base, made once a run: `page.shared(ids_that_stand_twice)`."""
        return self.scene.shared(make)

    @property
    def meta(self) -> Mapping[str, Any]:
        """The front matter's values."""
        return self.article.record.meta

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems found when reading the file."""
        return self.article.record.problems

    @cached_property
    def raw(self) -> bytes:
        """The file's bytes. FileProblem if unreadable."""
        held = self.kb.source.listed(self.path, self.article.oid)
        if held is not None:
            return held
        raw = self.kb.source.read_many([self.path])[
            self.path
        ]  # known to be in the base, which `read` would check
        self.failed = not self.kb.is_as_listed(self.article, raw) or self.failed
        return raw

    @cached_property
    def document(self) -> Document:
        """Front matter and body."""
        from kcs.article.front_matter import read

        return read(self.raw)

    @cached_property
    def text(self) -> str:
        """The text under the front matter, as in `document.body`: most rules need no more of the file."""
        from kcs.article.front_matter import body_of

        return self.__dict__["document"].body if "document" in self.__dict__ else body_of(self.raw)

    @cached_property
    def body(self) -> Body:
        """The text, parsed once for all rules. Its lines count from `document.body_line`: see `file_line`."""
        from kcs.article.body import parse

        return parse(self.text)

    @cached_property
    def ignores(self) -> list[Ignore]:
        """The comments that silence rules in it."""
        if "kcs:" not in self.text:  # as every such comment has it
            return []
        from kcs.audit.ignores import ignores

        return ignores(self.body, self.document.body_line)

    def silenced(self, code: str, line: int | None) -> bool:
        """Whether a comment silences a finding of this rule in this line; notes that the comment was needed."""
        found = [number for number, one in enumerate(self.ignores) if one.covers(code, line)]
        self.used |= {(number, code) for number in found}
        return bool(found)

    def file_line(self, line: int) -> int:
        """A line of the body as a line of the file."""
        return self.document.body_line + line - 1

    @property
    def bare(self) -> bool:
        """Whether it has no front matter at all: then one finding says so, instead of one for each key."""
        return any(problem.code == "no-front-matter" for problem in self.problems)

    def line_of(self, key: str) -> int | None:
        """The line of a top-level key of the front matter; the file's first line if absent."""
        return self.document.lines.get(key, 1)

    def key_of(self, name: str) -> str:
        """What the base calls one of our keys, if the article uses that name or ours is set apart; else our name."""
        theirs = self.kb.config.fields.get(name, name)
        if self.kb.config.apart(name) or name == "id":  # an id is read under its mapped name alone
            return theirs
        return theirs if name not in self.meta and theirs in self.meta else name

    @property
    def title_line(self) -> int | None:
        """The line of its title: in the front matter, else the first heading."""
        if not self.article.headed:
            return self.line_of(self.key_of("title"))
        from kcs.article.first_heading import is_title

        title, labels = self.article.title, self.body.labels
        lines = (one.start for one in self.body.blocks if is_title(one, title, labels))
        return self.file_line(next(lines, 1))

    @property
    def dated_key(self) -> str:
        """The key that says when it was verified: ours, else the base's own date."""
        mapped = self.kb.config.fields.get("verified_at", "verified")
        return "verified" if "verified" in self.meta else mapped

    def leads_to(self, spelt: str) -> Target | None:
        """What a link in it names in the base; looked up once."""
        if spelt not in self._targets:
            self._targets[spelt] = self.kb.links.resolve(spelt, self.path)
        return self._targets[spelt]

    def reaches(self, spelt: str) -> Target | None:
        """The same, whether the link is spelt as inside the base or by the site's public address."""
        return self.leads_to(at_home(self.kb.config, spelt))

    @property
    def verdict(self) -> Verdict:
        """Whether it is trusted, and why not."""
        return self.kb.verdicts[self.path]
