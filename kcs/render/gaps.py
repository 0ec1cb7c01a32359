"""What is missing, for people: tables for eyes, tab-separated lines in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.insight.metric import CAUTION
from kcs.render.reasons import joined
from kcs.render.terminal import for_eyes, note, say, table
from kcs.render.tickets import count_summary

if TYPE_CHECKING:
    from kcs.coverage.drafting import Draft
    from kcs.coverage.gaps import Gap, Gaps
    from kcs.coverage.search_gaps import SearchGaps
    from kcs.coverage.suggested import Synonym
    from kcs.coverage.taxonomy import Cell
    from kcs.coverage.ticket_gaps import TicketGaps
    from kcs.coverage.topics import Topic
    from kcs.kb.base import KnowledgeBase

_HEADERS = ("#", "Cost", "Asked", "What", "Nearest, and what it lacks", "Sure", "Examples")
_STYLES = ("dim", "", "", "", "dim", "", "cyan")


def gaps_text(kb: KnowledgeBase, gaps: Gaps, limit: int) -> None:
    """The ranked list; in a pipe: rank, minutes, how many, last
    30 days, 30 before, kind, what, nearest, sure, examples.
    """
    notes_text(gaps.notes)
    if gaps.tickets:
        tickets_summary(gaps.tickets)
    if gaps.searches:
        _searches_summary(gaps.searches)
    passed_text(gaps.passed)
    shown = gaps.ranked[:limit]
    if for_eyes():
        if shown:
            table(_HEADERS, [_row(kb, rank, one) for rank, one in enumerate(shown, 1)], _STYLES)
    else:
        table((), [_plain_row(kb, rank, one) for rank, one in enumerate(shown, 1)])
    if gaps.searches:
        _synonyms(kb, gaps.searches.synonyms[:limit])
    more = len(gaps.ranked) - len(shown)
    ending = f", {more:,} more with --limit" if more > 0 else ""
    note(f"{counted(len(gaps.ranked), 'gap')}{ending}" if gaps.ranked else "no gap was found")


def notes_text(notes: Sequence[str]) -> None:
    """Which tickets these are, and what else is to be known about them."""
    for one in notes:
        note(f"kcs: {one}")


def tickets_summary(found: TicketGaps) -> None:
    """How many of the tickets were read, and what they are."""
    from kcs.coverage.silent import KINDS

    count_summary(found.name, found.count)
    total = found.judged
    if found.silent:
        kinds = [
            f"{counted(one.count, one.kind, KINDS[one.kind])} ({', '.join(one.examples)}{', …' if one.count > len(one.examples) else ''})"
            for one in found.silent
        ]
        note(
            f"{counted(sum(one.count for one in found.silent), 'ticket asks', 'tickets ask')} nothing: {joined(kinds, ', ')}"
        )
    if found.skipped:
        note(f"{counted(found.skipped, 'ticket')} from before --since left out")
    if found.later:
        note(f"{counted(found.later, 'ticket')} from after --as-of left out")
    if not total:
        note("no ticket is left to judge")
        return
    share = found.verdicts["uncovered"] * 100 / total
    names = (
        ("known", "known"),
        ("unlinked", "known but not linked"),
        ("new", "new"),
        ("uncovered", "uncovered"),
    )
    told = joined([f"{found.verdicts[verdict]:,} {name}" for verdict, name in names])
    span = f", {found.first} to {found.last}" if found.first else ""
    note(f"{counted(total, 'ticket')}{span}: {told} ({share:.0f}%)  [{CAUTION}]")
    if found.let_go:
        note(
            f"{counted(found.let_go, 'uncovered ticket was', 'uncovered tickets were')} like too few others to make a topic"
        )


def _searches_summary(found: SearchGaps) -> None:
    if not found.counted:
        none = (
            f"no search is recorded from {found.since.date()} on"
            if found.since
            else "no search has been recorded yet"
        )
        note(f"{none}; those of a script or in a pipe do not count")
        return
    since = f", {found.answered_since:,} of these answered by now" if found.answered_since else ""
    shares = [f"{number:,} {name} ({number * 100 / found.counted:.0f}%)"
              for number, name in ((found.unanswered, "unanswered"), (found.unopened, "answered and nothing opened"))]  # fmt: skip
    note(f"{counted(found.counted, 'search', 'searches')}: {shares[0]}{since}, {shares[1]}  [{CAUTION}]")


def _synonyms(kb: KnowledgeBase, found: Sequence[Synonym]) -> None:
    from kcs.coverage.suggested import synonym_lines

    if found:
        note("synonyms that searches suggest, for [synonyms] of kcs.toml:")
    for line, behind in synonym_lines(found, kb.config.synonyms):
        opened = joined([f"{one.article} ({counted(one.times, 'time')})" for one in behind], ", ")
        note(f"  {line}  # opened or linked: {opened}")


def _row(kb: KnowledgeBase, rank: int, gap: Gap) -> tuple[str, ...]:
    topic = gap.topic
    return (
        str(rank),
        cost_text(gap.cost),
        _asked(gap),
        title_of(gap),
        nearest_text(kb, topic) if topic else "",
        f"{topic.sure * 100:.0f}%" if topic and topic.sure else "",
        ", ".join(topic.examples[:2]) if topic and gap.kind == "tickets" else "",
    )


def _plain_row(kb: KnowledgeBase, rank: int, gap: Gap) -> tuple[str, ...]:
    topic = gap.topic
    trend = topic.trend if topic else None
    return (
        str(rank),
        "" if gap.cost is None else f"{gap.cost:.0f}",
        str(gap.count),
        str(trend.last) if trend else "",
        str(trend.before) if trend else "",
        gap.kind,
        title_of(gap),
        _name(kb, topic.nearest) if topic else "",
        f"{topic.sure:.2f}" if topic and topic.sure else "",
        ",".join(topic.examples) if topic and gap.kind == "tickets" else "",
    )


def cost_text(minutes: float | None) -> str:
    """`12.5 h`, `40 min`, or a dash."""
    if minutes is None:
        return "–"
    return f"{minutes / 60:,.1f} h" if minutes >= 90 else f"{minutes:.0f} min"


def _asked(gap: Gap) -> str:
    """`21 tickets ↑`: more than in the thirty days before."""
    if gap.topic is None:
        return ""
    told = (
        counted(gap.count, "search", "searches") if gap.kind == "searches" else counted(gap.count, "ticket")
    )
    trend = gap.topic.trend
    arrow = "" if trend is None or trend.last == trend.before else " ↑" if trend.last > trend.before else " ↓"
    return told + arrow


def title_of(gap: Gap) -> str:
    """What is missing, in a few words."""
    if gap.topic:
        return " · ".join(gap.topic.words) or gap.topic.example or "(not described)"
    assert gap.cell is not None, "a gap without a topic is of the taxonomy"
    return cell_text(gap.cell)


def cell_text(cell: Cell) -> str:
    """`no article: widget · How-to`, or `widget · How-to: 2 of 3 not in th, 1 not in vi`."""
    place = joined((cell.product, cell.type, cell.audience)) or "all articles"
    if not cell.families:
        return f"no article: {place}"
    told = [f"{number} not in {language}" for language, number in cell.lacking.items()]
    told[0] = told[0].replace(" ", f" of {cell.families} ", 1)
    return f"{place}: {', '.join(told)}"


def nearest_text(kb: KnowledgeBase, topic: Topic) -> str:
    """The article and why it is not enough."""
    from kcs.search import FLOOR

    if not topic.nearest:
        return "nothing covers any of it"
    if topic.match >= float(kb.config.search.get("floor", FLOOR)):
        return f"{_called(kb, topic.nearest)} ({topic.match:.0%}): was found, but not opened"
    lack = (
        f"says nothing about {', '.join(topic.missing)}"
        if topic.missing
        else "has the words, but not together"
    )
    return f"{_called(kb, topic.nearest)} ({topic.match:.0%}): {lack}"


def _called(kb: KnowledgeBase, path: str) -> str:
    """Its id, else its title: paths are too long for a column."""
    article = kb.by_path.get(path)
    return (article.id or article.title or path) if article else path


def _name(kb: KnowledgeBase, path: str) -> str:
    article = kb.by_path.get(path)
    return article.name if article else path


def drafts_text(drafts: Sequence[Draft], *, dry_run: bool) -> None:
    """The path of each, as `kcs new` prints it; for people, also what it is about."""
    from kcs.authoring.intake import NAMES_NOT_PROMISED

    for one in drafts:
        say(one.article.path)
        for remark in one.article.notes:
            if remark != NAMES_NOT_PROMISED:
                note(f"kcs: {remark}")
    done = "would be written" if dry_run else "written"
    note(f"{counted(len(drafts), 'work-in-progress article')} {done}")
    if drafts:
        note(f"kcs: {NAMES_NOT_PROMISED}")


def passed_text(passed: Sequence[Topic]) -> None:
    """Groups that are not listed and get no draft, and why."""
    for one in passed:
        words = " · ".join(one.words)
        note(
            f"kcs: passed over, a sentence that many articles or mails hold: {words} ({counted(one.count, 'ticket')})"
        )
