"""One article for programs: kcs.show/1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kcs.render.listing import article_json
from kcs.render.terminal import write_json

if TYPE_CHECKING:
    from kcs.article.front_matter import Document
    from kcs.insight.seen import Change, Seen, Standing
    from kcs.kb.approvals import Approval
    from kcs.kb.base import KnowledgeBase


def show_json(kb: KnowledgeBase, seen: Seen, document: Document) -> None:
    """`kcs.show/1`: an article as lists have it, and what its trust rests on. `body` is the raw text if unreadable."""
    from kcs.kb.approvals import approvals

    meta = seen.article.record.meta
    write_json(
        "kcs.show/1",
        {
            **article_json(seen.article, seen.verdict),
            "as_of": kb.today.isoformat(),
            "commit": kb.commit,
            "description": seen.article.description or None,
            **{name: said or None for name, said in seen.article.made.items()},
            "verifiers": _people(seen),
            "quorum": seen.article.settings.terms.quorum,
            "verify_every": seen.article.settings.verify_every,
            "fingerprint": seen.fingerprint,
            "stamps": [_stamp(one) for one in seen.standings if one.stamp],
            "claims": [_claim(one) for one in seen.standings if not one.stamp],
            "approvals": [_approval(one) for one in approvals(kb, seen.article)],
            "translation_of": meta.get("translation_of"),
            "counterpart": meta.get("counterpart"),
            "superseded_by": meta.get("superseded_by"),
            "problems": [
                {"code": one.code, "message": one.message, "line": one.line, "fatal": one.fatal}
                for one in seen.article.record.problems
            ],
            "sections": _sections(document),
            "body": document.body,
        },
    )


def _people(seen: Seen) -> list[str] | None:
    entitled = seen.article.settings.terms.entitled
    return None if entitled is None else sorted(entitled)


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "by": one.by or None,
        "person": one.person,
        "name": one.name or None,
        "day": one.day.isoformat() if one.day else None,
        "counts": one.counts,
        "why": list(one.why),
        "same_content": one.same,
        "unseen_changes": None if one.unseen is None else [change_json(change) for change in one.unseen],
    }


def _stamp(one: Standing) -> dict[str, Any]:
    stamp = one.stamp
    assert stamp is not None
    return {
        **_standing(one),
        "at": stamp.at,
        "content": stamp.content,
        "note": stamp.note or None,
        "ticket": stamp.ticket or None,
        "minor": stamp.minor,
        "unseen": stamp.unseen,
    }


def _claim(one: Standing) -> dict[str, Any]:
    origin = one.origin
    return {
        **_standing(one),
        "field": one.claim,
        "newer_than_stamps": one.newer,
        "reference": origin and {"status": origin.status, "commit": origin.commit or None},
    }


def _approval(one: Approval) -> dict[str, Any]:
    return {
        "by": one.by or None,
        "at": one.at or None,
        "day": one.day.isoformat() if one.day else None,
        "content": one.content or None,
        "note": one.note or None,
        "counts": one.counts,
        "same_content": one.same,
    }


def change_json(change: Change) -> dict[str, Any]:
    """A commit that changed the article, as `show` and `log` write it."""
    return {
        "commit": change.commit or None,
        "day": change.day.isoformat() if change.day else None,
        "author": change.author or None,
        "person": change.person,
        "subject": change.subject or None,
        "merge": change.merge,
    }


def _sections(document: Document) -> list[dict[str, Any]]:
    from kcs.article.body import parse

    if document.fatal is not None:
        return []
    first = document.body_line - 1
    return [
        {"heading": one.heading, "level": one.level, "line": one.line + first, "anchor": one.anchor}
        for one in parse(document.body).sections
    ]
