"""The reviews that a base holds: articles whose front matter says who reviews whom in which round.

    review: {round: 2026-11-25, reviewer: kp, reviewed: jd, due: 2026-12-08}

They are the only record of earlier rounds: nothing else is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kcs.article.days import parse_day
from kcs.article.states import ARCHIVED
from kcs.errors import KcsError
from kcs.teamwork.drawing import Past, pair
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

KEY = "review"
IN, OPEN, LATE, SET_ASIDE = "handed-in", "open", "late", "set-aside"


class Review(NamedTuple):
    """One review. `round` is the first day of its round, and the round's name; people by id."""

    round: date
    reviewer: str
    reviewed: str
    due: date
    article: Article


class Reviews(NamedTuple):
    """All reviews, the oldest first. `unread`: paths of articles whose `review` says too little, or cannot be read.

    `paths`: where reviews lie, with those whose mapping says too little. A plain value may be
    a field of somebody's own, and what cannot be read stays an article that nobody can trust.
    """

    found: Sequence[Review]
    unread: Sequence[str]
    paths: Collection[str]


class Standing(NamedTuple):
    """A review today: `state` is one of IN, OPEN, LATE, SET_ASIDE
    (archived); `missing`: its empty sections, by heading.
    """

    review: Review
    state: str
    missing: tuple[str, ...]


def reviews(kb: KnowledgeBase) -> Reviews:
    """Every review in the base, archived ones included."""
    found, unread, paths = [], [], set()
    for article in kb.articles:
        if article.unreadable:
            if _was_review(kb, article):
                unread.append(article.path)
        elif kb.source.may_say(article.oid, KEY) and KEY in (meta := article.record.meta):
            review = _read(kb, article, meta)
            if isinstance(meta[KEY], dict):
                paths.add(article.path)
            if review is None:
                unread.append(article.path)
            else:
                found.append(review)
    return Reviews(sorted(found, key=lambda one: (one[:4], one.article.path)), unread, paths)


def _was_review(kb: KnowledgeBase, article: Article) -> bool:
    """Whether a file that cannot be read has a line `review:`: its pair is unknown, and that must be reported."""
    try:
        raw = kb.source.read(article.path)
    except KcsError:
        return False
    # UTF-16 is ASCII with zeros between.
    return any(line.startswith(b"review:") for line in raw.replace(b"\0", b"").splitlines())


def _read(kb: KnowledgeBase, article: Article, meta: Mapping[str, object]) -> Review | None:
    said = meta[KEY]
    if not isinstance(said, dict):
        return None
    days = [parse_day(str(said.get(name) or ""), kb.config.timezone) for name in ("round", "due")]
    people = [
        one.strip() if isinstance(one := said.get(name), str) else "" for name in ("reviewer", "reviewed")
    ]
    if days[0] is None or days[1] is None or not all(people) or people[0] == people[1]:
        return None
    return Review(days[0], people[0], people[1], days[1], article)


def past(found: Iterable[Review]) -> Past:
    """How often each pair was drawn: once a round, whether its reviews were written or not."""
    drawn = {(one.round, pair(one.reviewer, one.reviewed)) for one in found}
    took_part = {(day, person) for day, both in drawn for person in both}
    return Past(Counter(both for _, both in drawn), Counter(person for _, person in took_part))


def strangers(kb: KnowledgeBase, found: Iterable[Review]) -> list[tuple[str, str]]:
    """(path, name) of everybody in a review whom team.toml does not know: for a draw they met nobody.
    None without team.toml.
    """
    known = kb.team.people
    return [
        (one.article.path, name)
        for one in found
        for name in (one.reviewer, one.reviewed)
        if known and name not in known
    ]


def standings(kb: KnowledgeBase, found: Iterable[Review]) -> list[Standing]:
    """How reviews stand on the base's day: handed in where every section that the template wants says something."""
    return [_standing(kb, one) for one in found]


def _standing(kb: KnowledgeBase, review: Review) -> Standing:
    missing = _missing(kb, review.article)
    if review.article.confidence == ARCHIVED:
        return Standing(review, SET_ASIDE, missing)
    state = IN if not missing else LATE if review.due < kb.today else OPEN
    return Standing(review, state, missing)


def _missing(kb: KnowledgeBase, article: Article) -> tuple[str, ...]:
    from kcs.article.body import parse
    from kcs.article.headings import heading
    from kcs.article.sections import filled, says_something
    from kcs.article.states import VALIDATED
    from kcs.authoring import wanted_sections

    body = parse(kb.read(article).body)
    wanted = wanted_sections(kb.root, article.type, VALIDATED)
    there = filled(body, wanted)
    if not wanted and not says_something(body.text):
        return ("everything",)
    return tuple(heading(key) for key in wanted if not there.get(key))


def rounds(kb: KnowledgeBase, found: Sequence[Review], wanted: date | None) -> list[list[Standing]]:
    """The reviews of the round that is `wanted`, else of the newest and of each that somebody still owes one to.

    By round, then by reviewer. UsageProblem where no round began on that day.
    """
    days = sorted({one.round for one in found})
    if wanted is not None and wanted not in days:
        from kcs.errors import UsageProblem

        last = ", ".join(map(str, days[-5:]))
        raise UsageProblem(
            f"no round began on {wanted}",
            hint=f"the last ones: {last}" if days else "kcs pairs draw begins one",
        )
    shown = []
    for day in days if wanted is None else [wanted]:
        stand = standings(kb, [one for one in found if one.round == day])
        if wanted or day == days[-1] or any(one.state in (OPEN, LATE) for one in stand):
            shown.append(stand)
    return shown
