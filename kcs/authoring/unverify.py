"""Taking a verification back: anybody may, and says why; the trust goes at once and Git keeps what was there."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote

from kcs.article.splice import remove_key
from kcs.article.stamps import BLOCKING_REASONS, Flag
from kcs.authoring.editing import checked_text, commit_message, naming, raw_to_edit
from kcs.authoring.flag import add_flag, check_reason
from kcs.authoring.writing import Edit, write_edits
from kcs.errors import UsageProblem
from kcs.kb.actor import signer
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.select import find_article


@dataclass(frozen=True, slots=True)
class Unverified:
    """What was taken back: how many stamps, and whether a date of the base's own stays beside the flag."""

    article: Article
    after: Article
    flag: Flag
    stamps: int
    date_stays: str
    commit: str | None


def unverify(kb: KnowledgeBase, name: str, reason: str, note: str, *, commit: bool) -> Unverified:
    """Remove every stamp and the due day, and flag the article; the flag is put up even without a stamp."""
    if not reason and not note:
        raise UsageProblem(
            "taking a verification back needs a reason, and why in a few words",
            hint=f'kcs unverify {quote(name)} --reason wrong -m "..."; reasons: {", ".join(BLOCKING_REASONS)}',
        )
    note = checked_text(note, "-m", required=True)
    check_reason(reason, BLOCKING_REASONS)
    if reason not in BLOCKING_REASONS:
        raise UsageProblem(
            f"{reason!r} is not a reason that takes trust away",
            hint=f"kcs flag {quote(name)} --reason {reason} -m {quote(note)} says it; unverify takes {', '.join(BLOCKING_REASONS)}",
        )
    article = find_article(kb, name)
    raw = raw_to_edit(kb, article)
    actor = signer(kb)
    with naming(article):
        new = remove_key(remove_key(raw, "verified"), "stale_after")
        new = add_flag(kb, new, actor, reason, note)
    after = kb.edited(article, new)
    message = commit_message("Unverify", [article], f"{reason}: {note}") if commit else None
    made = write_edits(kb, [Edit(article.path, raw, new)], message)
    stays = kb.config.fields.get(MAPPED_DATE, "") if MAPPED_DATE in article.claims else ""
    return Unverified(article, after, after.flags[-1], len(article.stamps), stays, made)
