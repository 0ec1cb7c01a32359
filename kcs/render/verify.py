"""What `kcs verify` shows, asks and reports."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.errors import UsageProblem
from kcs.render.asking import agrees, asked
from kcs.render.listing import called
from kcs.render.terminal import (
    can_ask,
    committed,
    for_eyes,
    note,
    out_of_reach,
    prose,
    say,
    why_unasked,
    write_json,
)
from kcs.streams import in_ci

if TYPE_CHECKING:
    from kcs.article.stamps import Flag
    from kcs.authoring.diffs import Comparison
    from kcs.authoring.translation import Original
    from kcs.authoring.verify import Answer, Verified
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

_CONFIRMS: dict[str, Answer] = {
    **dict.fromkeys(("y", "yes"), "yes"),
    **dict.fromkeys(("", "n", "no"), "no"),
    **dict.fromkeys(("e", "edit"), "edit"),
}


class Conversation:
    """Shows and asks on the terminal; in a pipe, shows on stderr, asks nobody and answers no.

    UsageProblem where somebody sits at the terminal and the question
    cannot reach them: `kcs verify ARTICLE | less` is no yes.
    """

    def __init__(self, *, yes: bool, quiet: bool, data: bool = False) -> None:
        if not yes and out_of_reach():
            why, way = why_unasked()
            raise UsageProblem(f"you cannot be asked here: {why}", hint=f"{way}; --yes agrees unasked")
        self._quiet = quiet
        self._eyes = for_eyes() and not data
        # A real terminal, not a claimed one: a stamp must not wrongly claim that somebody looked.
        self.seen = sys.stdout.isatty() and not in_ci() and not quiet and not data
        self._asks = can_ask() and not yes

    def show(self, article: Article, comparison: Comparison) -> None:
        """What would be vouched for: the difference from what was verified, else the whole text.

        Also if nothing changed: whoever vouches again, or as the second of two, has read more than the title.
        """
        if not self._quiet or self._asks:  # a question says what it is about
            self._line(called(article), "bold")
        if self._quiet:
            return
        self._line(sentence(comparison))
        self._compared(comparison)

    def _compared(self, comparison: Comparison) -> None:
        """The difference, and the whole text where there is none or where it is not all that nobody has seen."""
        if comparison.kind == "changed":
            self._difference(comparison)
        if not self._eyes or (comparison.kind == "changed" and not comparison.unseen):
            return
        self._line(
            "Nothing was shown to them then. The whole text:" if comparison.unseen else "The whole text:"
        )
        for line in comparison.now:
            prose(line, indent=2)

    def show_original(self, original: Original) -> None:
        """What changed in what it translates since it was translated; shown wherever the article is."""
        if self._quiet:
            return
        source, comparison = original.article, original.comparison
        if not original.name:
            self._line(
                "It is a translation, and does not say of what: translation_of names no article.", "red"
            )
        elif source is None:
            self._line(f"It translates {original.name!r}, which this base does not hold.", "red")
        elif comparison is None or comparison.kind == "lost":
            self._line(f"It translates {source.name}; what that said then is not known. Compare the two.")
        elif comparison.kind == "same":
            self._line(f"It translates {source.name}, which has not changed since.")
        else:
            self._line(f"It translates {source.name}, which has changed since:", "bold")
            self._difference(comparison)

    def _difference(self, comparison: Comparison) -> None:
        lines = comparison.unified()
        if lines and self._eyes:
            from kcs.render.diff import diff_for_eyes

            diff_for_eyes(lines)
        else:
            for line in lines:
                note(line, hints=False)
        gone = f" Nowhere now: {', '.join(comparison.nowhere)}." if comparison.nowhere else ""
        if not lines:
            self._line(f"Its words are the same; what a link or an image stands for has changed.{gone}")
        elif comparison.targets:
            self._line(f"Besides these words, what a link or an image stood for has changed.{gone}")

    def _line(self, text: str, style: str = "") -> None:
        if self._eyes:
            say(text, style)
        else:
            note(text, hints=False)

    def confirm(self) -> Answer:
        """Yes if nobody is asked."""
        if not self._asks:
            return "yes"
        while (said := asked("Verify? [y/N/e edit] ")) is not None:
            if (known := _CONFIRMS.get(said.lower())) is not None:
                return known
        return "no"

    def resolves(self, flags: Sequence[Flag]) -> bool:
        """Asked with the flags in sight; no if nobody is asked."""
        for flag in flags:
            where = f" in {flag.section}" if flag.section else ""
            self._line(f"Flagged as {flag.reason}{where} by {flag.by} on {flag.at}: {flag.note}", "red")
        return self._asks and bool(agrees("Does this verification resolve that?"))

    def meets_standard(self, article: Article) -> bool | None:
        """Asked on a terminal."""
        if not self._asks:
            return None
        return bool(agrees(f"It is {article.confidence}. Is it complete, reusable, and to the standard?"))

    def edit(self, kb: KnowledgeBase, article: Article) -> None:
        """Open the file in the user's own editor and wait."""
        from kcs.authoring.launch_editor import launch

        if code := launch(kb.root / article.path):
            self.warn(f"the editor ended with code {code}")

    def warn(self, text: str) -> None:
        """On stderr."""
        note(f"kcs: {text}")


def sentence(comparison: Comparison) -> str:
    """Where the verified content is, in one sentence."""
    who = comparison.by or "somebody"
    when = f" on {comparison.day}" if comparison.day else ""
    if comparison.titled:
        return f"{who} verified it{when}, when `{comparison.titled}` was its title: [fields] of kcs.toml names another one now."
    return {
        "never": "Nobody has verified it yet.",
        "same": f"Nothing changed since {who} verified it{when}.",
        "changed": f"Changed since {who} verified it{when}:",
        "lost": f"{who} verified it{when}, but what it said then is not found in Git's history.",
    }[comparison.kind]


def verified_text(results: Sequence[Verified], commit: str | None = None) -> None:
    """One line an article: who, until when, and whether it is trusted now."""
    for one in results:
        name = one.article.name
        if one.declined:
            say(f"{name}: not verified")
        elif one.stamped is None:
            say(f"{name}: nothing changed, nothing written; {standing(one)}")
        else:
            verb = "carried over a minor change" if one.stamped.minor else "verified"
            until = f" until {one.verdict.due}" if one.verdict.due else ""
            by = one.stamped.by.removeprefix("human:")
            say(f"{name}: {verb} by {by}{until}; {standing(one)}", "green" if one.verdict.trusted else "")
    committed(commit)


def standing(one: Verified) -> str:
    """`trusted`, or every reason why not, in words."""
    from kcs.render.trust import meaning

    reasons = ", ".join(f"{reason} ({meaning(reason)})" for reason in one.verdict.reasons)
    return f"not trusted: {reasons}" if reasons else "trusted"


def verified_json(results: Sequence[Verified], commit: str | None) -> None:
    """`kcs.verify/1`."""
    write_json("kcs.verify/1", {"articles": [_json(one) for one in results], "commit": commit})


def _json(one: Verified) -> dict[str, Any]:
    stamped, after = one.stamped, one.stamped.after if one.stamped else one.article
    return {
        "id": after.id or None,
        "path": after.path,
        "by": stamped.by if stamped else None,
        "at": stamped.at.isoformat().replace("+00:00", "Z") if stamped else None,
        "content": stamped.content if stamped else None,
        "stale_after": after.stale_after.isoformat() if after.stale_after else None,
        "minor": bool(stamped and stamped.minor),
        "unseen": bool(stamped and stamped.unseen),
        "resolved_flags": stamped.resolved if stamped else 0,
        "trusted": one.verdict.trusted,
        "reasons": list(one.verdict.reasons),
    }
