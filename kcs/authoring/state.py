"""Saying how far an article is: `confidence`, the `status` that follows it, and nothing else in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kcs.article.splice import set_value
from kcs.article.states import CONFIDENCES, STATUS_OF
from kcs.article.trust import Verdict
from kcs.authoring.editing import checked_text, commit_message, naming, raw_to_edit
from kcs.authoring.standard import lacking, odd_move
from kcs.authoring.writing import Edit, write_edits
from kcs.errors import CannotEdit, Refused, UsageProblem, nearest_hint
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.select import find_articles


@dataclass(frozen=True, slots=True)
class Moved:
    """One article before and after. `changed`: whether its file changed. `warnings`: odd moves, and what is missing."""

    article: Article
    after: Article
    changed: bool
    verdict: Verdict
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    moved: Moved
    edit: Edit


def set_state(
    kb: KnowledgeBase, names: Sequence[str], state: str, why: str = "", *, strict: bool, commit: bool
) -> tuple[list[Moved], str | None]:
    """What became of each article, and the commit's id if one was made.

    Everything is checked before anything is written. Refused, with `strict`, if there is a warning.
    """
    state = state.casefold()
    if state not in CONFIDENCES:
        raise UsageProblem(
            f"{state!r} is not a state",
            hint=f"{nearest_hint(state, list(CONFIDENCES))}\n     the state comes last",
        )
    if second := next((name for name in names if name.strip().casefold() in CONFIDENCES), ""):
        # Else it would be looked for among the words of titles, and another article given the state.
        raise UsageProblem(
            f"{second!r} and {state!r} are two states",
            hint="name the articles, then one state; an article called so by its path",
        )
    why = checked_text(why, "-m")
    paths = [one.path for one in find_articles(kb, names)]
    drafts = [_draft(kb, kb.by_path[path], state) for path in paths]
    moved = [one.moved for one in drafts]
    if strict and (lines := [f"{one.article.name}: {line}" for one in moved for line in one.warnings]):
        raise Refused(
            f"something is missing for {state} (--strict); nothing was written", hint="\n     ".join(lines)
        )
    edits = [one.edit for one in drafts if one.moved.changed]
    if not edits:
        return moved, None
    message = commit_message(f"State {state}", [one.article for one in moved if one.changed], why)
    return moved, write_edits(kb, edits, message if commit else None)


def _draft(kb: KnowledgeBase, article: Article, state: str) -> _Draft:
    raw = raw_to_edit(kb, article)
    with naming(article):
        new = with_state(kb, article, raw, state)
    after = kb.edited(article, new)
    if after.confidence != state or after.record.skeleton != article.record.skeleton:
        raise CannotEdit(f"would not read back as {state}; nothing was written", path=article.path)
    warnings = tuple(_warnings(kb, article, after, new))
    verdict = kb.judge.verdicts([after])[after.path]
    return _Draft(Moved(article, after, new != raw, verdict, warnings), Edit(article.path, raw, new))


def _warnings(kb: KnowledgeBase, article: Article, after: Article, new: bytes) -> Iterator[str]:
    if odd := odd_move(article.confidence, after.confidence):
        yield odd
    yield from lacking(kb, after, new)


def with_state(kb: KnowledgeBase, article: Article, raw: bytes, state: str) -> bytes:
    """The file with `confidence`, under the name it has in this base, and `status` at what belongs to `state`.

    What says so already is not touched, nor is a `status` that is none of OKF's words: it is the site's own.
    """
    meta, config = article.record.meta, kb.config
    for name, value in (("confidence", state), ("status", STATUS_OF[state])):
        key = name if name in meta and not config.apart(name) else config.fields.get(name, name)
        stays = name == "status" and meta.get(key) not in (None, "", *STATUS_OF.values())
        if meta.get(key) != value and not stays:
            raw = set_value(raw, key, value)
    return raw
