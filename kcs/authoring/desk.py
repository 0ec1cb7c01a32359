"""The desk on which a review lays out one article after the other: what it shows, and what is done there."""

from __future__ import annotations

from typing import Literal, Protocol

from kcs.authoring.diffs import Comparison
from kcs.authoring.verify import Talk, Verified
from kcs.errors import KcsError
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase

Key = Literal["verify", "minor", "flag", "edit", "open", "skip", "quit"]


class Desk(Protocol):
    """The terminal the walk is made at. `conversation` asks and warns for a verification."""

    @property
    def conversation(self) -> Talk:
        """Who shows and asks when a minor change is carried over."""

    @property
    def shown_already(self) -> Talk:
        """The same if the article is already on the desk: shows nothing, and the answer was the key."""

    def lay_out(
        self, kb: KnowledgeBase, article: Article, comparison: Comparison | None, place: tuple[int, int]
    ) -> None:
        """Show the article's panel and what changed; `place`: which of how many."""

    def choose(self) -> Key:
        """What to do with it."""

    def ask(self, question: str) -> str:
        """A line of words; empty: none."""

    def agrees(self, question: str) -> bool:
        """Yes or no."""

    def open(self, kb: KnowledgeBase, article: Article) -> None:
        """Show the whole text."""

    def report(self, result: Verified) -> None:
        """Say what became of a verification."""

    def refuse(self, error: KcsError) -> None:
        """Say what could not be done; the article stays on the desk."""

    def say(self, text: str) -> None:
        """Say one line."""
