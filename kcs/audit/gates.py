"""Gates besides those on findings: the unmet ones, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.errors import UsageProblem
from kcs.insight import trust_score

if TYPE_CHECKING:
    from kcs.audit.change import Change
    from kcs.audit.report import Report
    from kcs.insight import Score
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.git.repository import Repository


def gates(report: Report, *, min_trust: float | None, may_not_fall: str | None) -> Iterator[str]:
    """The unmet gates. `may_not_fall`: the commit to compare with; empty for the one against which the run judges."""
    yield from _partly_here(report.kb)
    if min_trust is not None:
        yield from _least(trust_score(report.kb), min_trust)
    if may_not_fall is not None:
        yield from _fallen(_against(report, may_not_fall))


def unseen(change: Change) -> Iterator[str]:
    """A sentence if a sparse checkout leaves out articles that
    the change touches: nobody can tell what it does to them.
    """
    repo = change.kb.repo
    if repo is None or not (repo.git_dir / "info" / "sparse-checkout").is_file():
        return
    from kcs.kb.git.index import index

    now, then = index(repo), repo.tree(change.commit)
    if gone := [one for one in _left_out(change.kb, repo) if now.get(one) != then.get(one)]:
        lacking = counted(
            len(gone), "article that the change touches is", "articles that the change touches are"
        )
        yield f"{lacking} not in this folder, a sparse checkout, and not judged: git sparse-checkout disable"


def _partly_here(kb: KnowledgeBase) -> Iterator[str]:
    """A sparse checkout holds some articles only: the others may be trusted or not."""
    if kb.repo is not None and kb.commit is None and (gone := _left_out(kb, kb.repo)):
        lacking = counted(len(gone), "article is", "articles are")
        yield f"{lacking} not in this folder, a sparse checkout, so the trust of the base is unknown: git sparse-checkout disable"


def _left_out(kb: KnowledgeBase, repo: Repository) -> list[str]:
    """The articles that a sparse checkout leaves out of the folder, by path from the repository's root."""
    from kcs.kb.git.index import absent

    here = {kb.prefix + path for path in kb.by_path}
    return [
        one
        for one in absent(repo) - here
        if one.startswith(kb.prefix) and kb.is_article(one[len(kb.prefix) :])
    ]


def _least(now: Score, percent: float) -> Iterator[str]:
    """A base without an article that counts promises nothing, and meets no promise either."""
    if now.total == 0 or now.trusted * 100 < percent * now.total:
        shown = "-" if now.percent is None else f"{now.percent}%"
        yield f"the trust score is {shown} ({now.trusted:,} of {now.total:,}), below {percent:g}%"


def _against(report: Report, ref: str) -> Change:
    from kcs.audit.change import Change

    kb = report.kb
    if kb.repo is None:
        raise UsageProblem("--trust-may-not-fall needs a Git repository, and this folder is not in one")
    if ref:
        return Change(kb, kb.repo.resolve(ref), ref)
    return report.change or Change(kb, kb.repo.resolve("HEAD"), "HEAD")


def _fallen(change: Change) -> Iterator[str]:
    """A sentence if the score is lower and articles lost their trust.
    New articles that nobody has verified yet take none away.
    """
    before, now = trust_score(change.before), trust_score(change.kb)
    lost = change.lost()
    if lost and now.trusted * before.total < before.trusted * now.total:
        names = ", ".join(one.article.name for one in lost[:5]) + (
            f" and {len(lost) - 5} more" if lost[5:] else ""
        )
        yield (
            f"trust fell from {before.percent}% ({before.trusted:,} of {before.total:,}) at {change.name} to {now.percent}% "
            f"({now.trusted:,} of {now.total:,}): {names}"
        )
