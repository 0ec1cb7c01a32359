"""The terminal at which `kcs queue --review` is walked: one article on the desk, one key for what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.render.ansi import width
from kcs.render.article import body_text, panel
from kcs.render.asking import agrees, asked
from kcs.render.terminal import committed, say
from kcs.render.verify import Conversation, verified_text
from kcs.search.borders import cells

if TYPE_CHECKING:
    from kcs.authoring.desk import Key
    from kcs.authoring.diffs import Comparison
    from kcs.authoring.review import Review
    from kcs.authoring.translation import Original
    from kcs.authoring.verify import Answer, Talk, Verified
    from kcs.errors import KcsError
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

_KEYS: dict[str, Key] = {
    "v": "verify",
    "m": "minor",
    "f": "flag",
    "e": "edit",
    "o": "open",
    "s": "skip",
    "q": "quit",
}
_MENU = ("v verify", "m minor change", "f flag", "e edit", "o whole text", "s skip", "q quit")


class _Shown(Conversation):
    """A conversation about an article already open: the key was the answer."""

    def show(self, article: Article, comparison: Comparison) -> None:
        """It was shown."""

    def show_original(self, original: Original) -> None:
        """It was shown."""

    def confirm(self) -> Answer:
        """The key said so."""
        return "yes"


class TerminalDesk:
    """Lays articles out on the terminal and reads keys, a line each."""

    def __init__(self) -> None:
        self.conversation: Talk = Conversation(yes=False, quiet=False)
        self.shown_already: Talk = _Shown(yes=False, quiet=False)

    def lay_out(
        self, kb: KnowledgeBase, article: Article, comparison: Comparison | None, place: tuple[int, int]
    ) -> None:
        """Where we are, the panel, and what changed since a person last verified it, else the text."""
        from kcs.authoring.translation import original_of
        from kcs.insight.seen import look

        say()
        say(f"{place[0]:,} of {place[1]:,}", "bold")
        panel(kb, look(kb, article))
        if comparison is None:
            body_text(kb.read(article))
        else:
            self.conversation.show(article, comparison)
        if (original := original_of(kb, article)) is not None:
            self.conversation.show_original(original)

    def choose(self) -> Key:
        """One of the keys; the end of input quits."""
        say()
        _menu()
        while True:
            if (said := asked("> ")) is None:
                return "quit"
            typed = said.lower()
            # A key or the beginning of its word: a line pasted by mistake must not vouch for anything.
            key = next((_KEYS[one] for one in _KEYS if typed and _KEYS[one].startswith(typed)), None)
            if key is not None:
                return key
            _menu()

    def ask(self, question: str) -> str:
        """A line of words; empty at the end of input."""
        return asked(question) or ""

    def agrees(self, question: str) -> bool:
        """Asked again after anything but an answer; the end of input is no."""
        return bool(agrees(question))

    def open(self, kb: KnowledgeBase, article: Article) -> None:
        """The whole text, drawn."""
        body_text(kb.read(article))

    def report(self, result: Verified) -> None:
        """As `kcs verify` says it."""
        verified_text([result])

    def refuse(self, error: KcsError) -> None:
        """What could not be done, and the way out."""
        say(f"{error}", "red")
        if error.hint:
            say(f"  {error.hint}", "dim")

    def say(self, text: str) -> None:
        """One line."""
        say(text)


def _menu() -> None:
    """The keys, in 80 columns on one line; none is parted from its word."""
    line = _MENU[0]
    for key in _MENU[1:]:
        if cells(f"{line}  {key}") > width():
            say(line, "dim")
            line = key
        else:
            line += f"  {key}"
    say(line, "dim")


def reviewed_text(review: Review, paths: Sequence[str]) -> None:
    """How far the walk got and what was done."""
    from kcs.authoring.review import summary

    say()
    if review.interrupted:
        say("Interrupted. What was done stays done, and nothing was committed:")
    say(f"{review.passed:,} of {len(paths):,} dealt with: {summary(review)}")
    for path, what in review.did.items():
        say(f"  {path}: {', '.join(dict.fromkeys(what))}")
    committed(review.commit)
