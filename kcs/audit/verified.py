"""The gate before the commit: does anybody vouch for exactly the text that is staged?

It judges the file itself and no difference, so that one file, all files, a merge and CI get the same answer. Who may
verify, how many must and until when are not asked here: a commit makes no verification older.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kcs.article.states import VALIDATED
from kcs.article.trust import UNREADABLE
from kcs.audit.finding import ERROR, Finding, fingerprint
from kcs.audit.page import Page, Scene
from kcs.audit.rules import FILE, RULES, known
from kcs.audit.rules.verification import DEBT
from kcs.audit.runner import by_path
from kcs.kb.past.references import UNCOMMITTED, UNKNOWN

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

CHANGED, NEVER, CUT_OFF, BROKEN = "KCS102", "KCS103", "KCS116", "KCS001"


def unverified(kb: KnowledgeBase, articles: Iterable[Article]) -> Iterator[Finding]:
    """Those of these staged articles that nobody vouches for, in the baseline or not."""
    scene, articles = Scene(kb), list(articles)
    dated = [one for one in articles if _asked(one) and not any(stamp.content for stamp in one.stamps)]
    if any(one.claims for one in dated):
        kb.judge.prepare(dated)
    for article in articles:
        page = Page(scene, article)
        found = _broken(page) if article.unreadable else _judge(kb, article)
        if found:
            yield _finding(page, found)


def _asked(article: Article) -> bool:
    return not article.unreadable and article.confidence == VALIDATED and not article.blocked


def _broken(page: Page) -> str:
    """The rule that says why it cannot be read: the audit's own, so that a baseline knows it by the same name."""
    readable = [one for one in RULES if one.scope == FILE and one.code < "KCS010" and one.load().unreadable]
    return next((one.code for one in readable if [*one.load().check(page, {})]), BROKEN)


def _judge(kb: KnowledgeBase, article: Article) -> str:
    """The rule that it breaks; empty if somebody vouches for it, or nobody has to."""
    if not _asked(article):
        return ""
    bound = [stamp.content for stamp in article.stamps if stamp.content]
    if bound:
        return "" if kb.fingerprints.of(article) in bound else CHANGED
    answers = [
        _vouches(kb, article, claim) for claim in article.claims if not article.claims[claim].startswith("?")
    ]
    if True in answers:
        return ""
    if None in answers:
        return CUT_OFF
    return CHANGED if answers else NEVER


def _vouches(kb: KnowledgeBase, article: Article, claim: str) -> bool | None:
    """Whether a date-only claim is for the staged content; None if history does not tell."""
    origin = kb.judge.origin(article, claim)
    if origin.status == UNCOMMITTED:
        return True  # it came with this very text
    return None if origin.status == UNKNOWN else kb.judge.same_content(article, origin)


def _finding(page: Page, code: str) -> Finding:
    message, mend, line = _said(page, code)
    debt = DEBT if code in (CHANGED, NEVER) else code
    name_of = fingerprint(debt, page.kb.key(page.article), "")
    mend = by_path(page, mend)
    return Finding(code, known()[code].name, ERROR, page.path, line, None, message, mend, False, name_of)


def _said(page: Page, code: str) -> tuple[str, str, int | None]:
    """What is wrong, what to do about it, and where."""
    article = page.article
    if article.unreadable:
        problem = article.record.unreadable
        why = problem.message if problem else "nobody can say whether it is verified"
        said = why if code == BROKEN else f"{UNREADABLE}: {why}"  # that rule's name says it already
        return said, "mend the line that is named", problem.line if problem else None
    if code == CUT_OFF:
        line = page.line_of(page.dated_key)
        return "history is cut off before its verification", "git fetch --unshallow", line
    from shlex import quote

    ways = _ways_out(quote(article.name), minor=code == CHANGED)
    if code == CHANGED:
        return "nobody vouches for this text", ways, page.line_of(page.dated_key)
    return "validated, and nobody ever verified it", ways, page.line_of(page.key_of("confidence"))


def _ways_out(name: str, *, minor: bool) -> str:
    """Every way to go on, the commands first."""
    ways = [f"a verifier: kcs verify {name}"]
    if minor:
        ways.append(f"or, for a change without weight: kcs verify --minor {name} -m WHY")
    ways += [
        f"anybody: kcs flag {name} --reason changed -m WHY (it heads the verifiers' queue)",
        f"or kcs state {name} not-validated; then git add it",
    ]
    return "\n".join(ways)
