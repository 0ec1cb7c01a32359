"""When the text of an article last changed, and whose change that was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from kcs.article.trust import CONTENT_CHANGED
from kcs.kb.past.committed import Step, Version
from kcs.kb.past.history import History
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


class Changed(NamedTuple):
    """The newest commit that changed title or text (None: not
    committed yet), and how many have since the verification.
    """

    newest: Version | None
    number: int


def by_links_alone(article: Article, before: KnowledgeBase) -> bool:
    """Whether a change took the content of an article away whose
    file it left as it was: by what its links or pictures name.
    """
    then = before.by_path.get(article.path)
    return (
        then is not None
        and then.oid == article.oid
        and CONTENT_CHANGED not in before.verdicts[then.path].reasons
    )


def history(kb: KnowledgeBase) -> History | None:
    """The base's history; None outside Git and before the first commit."""
    return History.of(kb)


def since_verified(kb: KnowledgeBase) -> dict[str, Changed]:
    """What changed each article whose content is no longer the verified
    one, by path; articles whose history does not tell are left out.
    """
    wanted = [one for one in kb.articles if CONTENT_CHANGED in kb.verdicts[one.path].reasons]
    past = history(kb) if wanted else None
    if past is None:
        return {}
    young = {
        one.path: list(_young(past.steps(kb.prefix + one.path), kb.verdicts[one.path].verified_at))
        for one in wanted
    }
    kb.past.load({step.version.blob for one in wanted if _contents(one) for step in young[one.path]})
    steps = {one.path: list(_after(kb, one, young[one.path])) for one in wanted}
    kb.past.compare_versions(_pairs(step for found in steps.values() for step in found))
    found = {one.path: _changed(kb, one, past, steps[one.path]) for one in wanted}
    return {path: one for path, one in found.items() if one is not None}


def _contents(article: Article) -> set[str]:
    return {stamp.content for stamp in article.stamps if stamp.content}


def _young(steps: list[Step], verified: date | None) -> Iterator[Step]:
    """The steps that may be younger than the verification, whose day has no hour; and clocks differ."""
    for step in steps:
        made = datetime.fromtimestamp(max(step.version.author_time, step.version.committer_time), UTC).date()
        if verified is None or made >= verified - timedelta(days=1):
            yield step


def _after(kb: KnowledgeBase, article: Article, steps: list[Step]) -> Iterator[Step]:
    """The steps after the newest one that is vouched for: days
    alone do not tell, since what was verified was written earlier.
    """
    contents = _contents(article)
    commits = set() if contents else {kb.judge.origin(article, claim).commit for claim in article.claims}
    for step in steps:
        version = step.version
        if version.commit in commits or (
            contents and fingerprint(kb, article, version.blob, version.path) in contents
        ):
            return
        yield step


def _pairs(steps: Iterable[Step]) -> dict[tuple[str, str], bool]:
    """Each step's old and new version, and whether the step moved it."""
    pairs: dict[tuple[str, str], bool] = {}
    for step in steps:
        for blob, path in step.before:
            pair = step.version.blob, blob
            pairs[pair] = pairs.get(pair, False) or path != step.version.path
    return pairs


def _changed(kb: KnowledgeBase, article: Article, past: History, steps: list[Step]) -> Changed | None:
    """None if history is cut off before the change."""
    path = kb.prefix + article.path
    changing = [step for step in steps if text_changed(kb, article, step)]
    last = past.last(path)
    if last is None and past.holds(path, article.oid):
        return None
    if changing and not changing[-1].before and past.created(path) is None:
        # The first commit of a shallow clone holds all that came before it, whoever wrote that.
        del changing[-1]
        if not changing and past.holds(path, article.oid):
            return None
    if kb.commit is None and (last is None or last.blob != article.oid):
        now = kb.fingerprints.of(article)
        if last is None or fingerprint(kb, article, last.blob, last.path) != now:
            return Changed(None, len(changing) + 1)
    return Changed(_newest(changing) if changing else last, len(changing))


def _newest(changing: list[Step]) -> Version:
    """A merge joins what others wrote: it is named only if no other commit is."""
    written = [step.version for step in changing if not step.merge]
    if not (changing[0].merge and written):
        return changing[0].version
    return max(written, key=lambda one: one.committer_time)


def text_changed(kb: KnowledgeBase, article: Article, step: Step) -> bool:
    """Whether this commit changed title or text, against every parent that has the file."""
    return not any(_same(kb, article, step.version, blob, path) for blob, path in step.before)


def _same(kb: KnowledgeBase, article: Article, now: Version, blob: str, path: str) -> bool:
    alike = kb.past.alike_versions(now.blob, blob)
    if alike is not None:
        return alike
    if leads := kb.past.version_leads(now.blob, blob):
        below, images = path.removeprefix(kb.prefix), article.settings.images
        return kb.fingerprints.lead_alike(leads, below, past=True, images=images)
    return fingerprint(kb, article, now.blob, now.path) == fingerprint(kb, article, blob, path)


def fingerprint(kb: KnowledgeBase, article: Article, blob: str, path: str) -> str | None:
    """The fingerprint of a version of the article, with links as they resolve today; None if it was unreadable."""
    kb.past.load([blob])
    skeleton = kb.past.get(blob)
    if skeleton is None:
        return None
    below = path.removeprefix(kb.prefix)
    return kb.fingerprints.of_version(skeleton, below, images=article.settings.images)


def author_of_text(kb: KnowledgeBase, article: Article, past: History) -> Version | None:
    """The commit that introduced what the article says today;
    None if it is in no commit yet, or history is cut off before.
    """
    now, path = kb.fingerprints.of(article), kb.prefix + article.path
    steps = past.steps(path)
    if not steps or fingerprint(kb, article, steps[0].version.blob, steps[0].version.path) != now:
        return None
    kb.past.compare_versions(_pairs(steps))
    found = next((step for step in steps if text_changed(kb, article, step)), None)
    # The first commit of a shallow clone holds all that came before it, whoever wrote that.
    return found.version if found and (found.before or past.created(path)) else None
