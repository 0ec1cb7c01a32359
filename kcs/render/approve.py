"""What `kcs approve` shows, asks and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.render.asking import agrees
from kcs.render.listing import called
from kcs.render.terminal import committed, note, say, write_json
from kcs.render.verify import Conversation

if TYPE_CHECKING:
    from kcs.authoring.approve import Approved
    from kcs.authoring.diffs import Comparison
    from kcs.kb.articles import Article


class Approval(Conversation):
    """As in verifying: shows and asks on the terminal; in a pipe, shows on stderr and asks nobody."""

    def __init__(self, *, yes: bool, data: bool = False) -> None:
        super().__init__(yes=yes, quiet=False, data=data)

    def show(self, article: Article, comparison: Comparison) -> None:
        """What would be approved beside what was approved last; the whole text if nothing was."""
        self._line(called(article), "bold")
        by = f" by {comparison.by.removeprefix('human:')}" if comparison.by else ""
        self._line({
            "never": "Nobody approved it yet.",
            "same": f"Approved as it stands{by}.",
            "changed": f"Changed since it was approved{by}:",
            "lost": f"Approved{by} for a text that this history does not hold.",
        }[comparison.kind])  # fmt: skip
        self._compared(comparison)

    def agrees(self) -> bool:
        """Yes if nobody is asked."""
        if not self._asks:
            return True
        return bool(agrees("Approve exactly this?"))


def approved_text(done: Approved) -> None:
    """What was approved, by whom."""
    if done.content is None:
        note(f"{done.article.name} was not approved; nothing was written")
        return
    say(f"{done.article.name}  approved by {done.by}  {done.content}")
    if done.article.settings.governance != "compliance":
        note("its governance is not compliance: nothing asks for an approval")
    committed(done.commit)


def approved_json(done: Approved) -> None:
    """`kcs.approve/1`."""
    article = done.article
    write_json(
        "kcs.approve/1",
        {
            "id": article.id or None,
            "path": article.path,
            "by": done.by,
            "content": done.content,
            "commit": done.commit,
        },
    )
