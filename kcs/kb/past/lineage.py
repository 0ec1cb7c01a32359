"""One article's history: each version's fingerprint, and the changes since a given content."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from functools import cached_property

from kcs.errors import KcsError
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.past.committed import Step
from kcs.kb.past.history import History
from kcs.kb.source import title_key


class Lineage:
    """The versions of one article as of the base's commit, newest first, with links as they resolve today.

    Empty outside Git and for a file never committed.
    """

    def __init__(self, kb: KnowledgeBase, article: Article, history: History | None = None) -> None:
        """`history`: that of the base's commit, if already read."""
        self._kb = kb
        self._article = article
        self._given = history

    @cached_property
    def steps(self) -> list[Step]:
        """Every version, with what it replaced; paths are from the repository's root."""
        return self._history.steps(self._kb.prefix + self._article.path) if self._history else []

    @cached_property
    def _history(self) -> History | None:
        if self._given is not None:
            return self._given
        return History.of(self._kb)

    def fingerprint(self, blob: str, path: str) -> str | None:
        """The fingerprint of a version, then at `path` (from the repository's root); None if unreadable."""
        past = self._kb.past
        past.load([blob])
        skeleton = past.get(blob)
        if skeleton is None:
            return None
        below = path.removeprefix(self._kb.prefix)
        images = self._article.settings.images
        return self._kb.fingerprints.of_version(skeleton, below, images=images)

    def _load(self) -> None:
        if not self.steps:
            return
        self._kb.past.load(
            {blob for step in self.steps for blob in (step.version.blob, *(one[0] for one in step.before))}
        )

    @cached_property
    def changing(self) -> list[Step]:
        """The versions whose title or body no parent of their commit had, newest first."""
        self._load()
        return [
            step
            for step in self.steps
            if self.fingerprint(step.version.blob, step.version.path)
            not in {self.fingerprint(*one) for one in step.before}
        ]

    def holding(self, content: str) -> list[Step]:
        """The versions with this fingerprint, newest first; none if this history never held that content."""
        self._load()
        found = [
            step for step in self.steps if self.fingerprint(step.version.blob, step.version.path) == content
        ]
        return found or self._as_it_was(content)

    def _as_it_was(self, content: str) -> list[Step]:
        """The version that brought the stamp of this content, if its links and pictures of then make it
        that content: where a target is gone since, today's base cannot say what a link to it counted as.
        """
        raws = dict(self._kb.repo.blobs({step.version.blob for step in self.steps})) if self._kb.repo else {}
        spelt = content.encode()
        stamped = [step for step in self.steps if spelt in raws[step.version.blob]]
        if not stamped:
            return []
        version = stamped[-1].version
        with suppress(KcsError):  # its kcs.toml may be spoilt
            then = KnowledgeBase.open(self._kb.root, at=version.commit)
            article = then.by_path.get(version.path.removeprefix(self._kb.prefix))
            # Where another key was the title, its words are compared and shown by today's.
            alike = title_key(then.config) == title_key(self._kb.config)
            if article and not article.unreadable and alike and then.fingerprints.of(article) == content:
                return stamped[-1:]
        return []

    def unseen(self, commits: Collection[str]) -> list[Step]:
        """The changing versions that none of `commits` includes: what their reader has not seen. If there are
        none, the first version with other words than these commits have: a merge may bring a stamp beside
        another side's words, which it changed nowhere.
        """
        behind = self._history.behind(commits) if self._history else frozenset()
        if found := [step for step in self.changing if step.version.commit not in behind]:
            return found
        seen = {self._words(step) for step in self.steps if step.version.commit in commits}
        others = [
            step for step in self.steps if step.version.commit not in behind and self._words(step) not in seen
        ]
        return others[-1:] if seen else []

    def _words(self, step: Step) -> str:
        skeleton = self._kb.past.get(step.version.blob)
        return skeleton.digest if skeleton else ""

    def uncommitted(self) -> bool:
        """Whether the text in the working tree is not committed yet."""
        if self._kb.commit is not None or self._article.unreadable:
            return False
        if not self.steps:
            return True
        newest = self.steps[0].version
        return self.fingerprint(newest.blob, newest.path) != self._kb.fingerprints.of(self._article)
