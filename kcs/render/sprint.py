"""An audit sprint as a table, kcs.sprint/1, CSV, Markdown, and a checklist a person."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.render.listing import article_json, title_cell
from kcs.render.markdown import plain
from kcs.render.sheets import cell
from kcs.render.terminal import for_eyes, note, safe, table, write_json

if TYPE_CHECKING:
    from kcs.insight.queue import Waiting
    from kcs.insight.sprint import Sharer, Sprint, Task

_HEADERS = ("Person", "Week", "By", "Article", "Why", "Area", "Language", "Title")
_STYLES = ("bold", "dim", "dim", "cyan", "", "dim", "dim", "")
_NOBODY = "nobody"


def sprint_text(sprint: Sprint) -> None:
    """One line an article; in a pipe the same, separated by tabs."""
    rows = [_row(sharer.id, task) for sharer, task in _tasks(sprint)]
    rows += [(_NOBODY, "", "", *_article(one, "", _language(one))) for one in sprint.unplaced]
    if rows and for_eyes():
        # A narrow terminal begins each with its first two: who, and which.
        table(_turned(_HEADERS), [_turned(row) for row in rows], _turned(_STYLES))
    elif rows:
        table(_HEADERS, rows)
    _told(sprint)


def _turned(row: tuple[str, ...]) -> tuple[str, ...]:
    """The article before the week."""
    person, week, by, article, *others = row
    return (person, article, week, by, *others)


def sprint_json(sprint: Sprint) -> None:
    """`kcs.sprint/1`."""
    write_json(
        "kcs.sprint/1",
        {
            "begin": sprint.begin.isoformat(),
            "end": sprint.end.isoformat(),
            "weeks": sprint.weeks,
            "total": sum(len(tasks) for _, tasks in sprint.shares) + len(sprint.unplaced),
            "shares": [
                {
                    "person": sharer.id,
                    "name": sharer.person.name or None,
                    "known": sharer.known,
                    "articles": [_item(task) for task in tasks],
                }
                for sharer, tasks in sprint.shares
            ],
            "unplaced": [article_json(one.article, one.verdict) for one in sprint.unplaced],
        },
    )
    _warned(sprint)


def sprint_csv(sprint: Sprint) -> None:
    """One line an article, for a sheet; a cell that a sheet would take for a formula begins with `'`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("person", "week", "by", "id", "path", "title", "why", "area", "language", "owner", "done")
    )
    for sharer, task in _tasks(sprint):
        writer.writerow(_cells((sharer.id, str(task.week), str(task.due)), task.waiting, task.area))
    for waiting in sprint.unplaced:
        writer.writerow(_cells(("", "", ""), waiting, ""))
    sys.stdout.write(out.getvalue())
    _warned(sprint)


def sprint_markdown(sprint: Sprint) -> None:
    """A table of the shares, and one of the articles."""
    lines = [
        f"# Audit sprint, {sprint.begin} to {sprint.end}",
        "",
        "| Person | Articles | Areas | Languages |",
        "| --- | ---: | --- | --- |",
    ]
    for sharer, tasks in sprint.shares:
        areas = ", ".join(sorted({task.area for task in tasks if task.area}))
        languages = ", ".join(sorted({task.language for task in tasks if task.language}))
        lines.append(f"| {plain(_called(sharer))} | {len(tasks)} | {plain(areas)} | {plain(languages)} |")
    lines += ["", f"| {' | '.join(_HEADERS)} |", "| --- " * len(_HEADERS) + "|"]
    lines += [f"| {' | '.join(map(plain, _row(sharer.id, task)))} |" for sharer, task in _tasks(sprint)]
    if sprint.unplaced:
        lines += ["", "## Nobody reads these", "", *map(_unplaced, sprint.unplaced)]
    print("\n".join(lines))
    _warned(sprint)


def sprint_checklists(sprint: Sprint) -> None:
    """A Markdown checklist for each person, to be pasted into an issue or a message of their own."""
    parts = []
    for sharer, tasks in sprint.shares:
        lines = [f"# {plain(_called(sharer))}: {counted(len(tasks), 'article')}"]
        for week in sorted({task.week for task in tasks}):
            mine = [task for task in tasks if task.week == week]
            lines += ["", f"## Week {week}, until {mine[0].due}", "", *map(_box, mine)]
        parts.append("\n".join(lines))
    if sprint.unplaced:
        parts.append("\n".join(["# Nobody reads these", "", *map(_unplaced, sprint.unplaced)]))
    print("\n\n".join(parts))
    _warned(sprint)


def _tasks(sprint: Sprint) -> Iterator[tuple[Sharer, Task]]:
    return ((sharer, task) for sharer, tasks in sprint.shares for task in tasks)


def _row(person: str, task: Task) -> tuple[str, ...]:
    return person, str(task.week), str(task.due), *_article(task.waiting, task.area, task.language)


def _article(one: Waiting, area: str, language: str) -> tuple[str, ...]:
    return one.article.name, one.why, area, language, title_cell(one.article)


def _item(task: Task) -> dict[str, Any]:
    return {
        **article_json(task.waiting.article, task.waiting.verdict),
        "why": task.waiting.why or None,
        "risk": round(task.waiting.risk, 3),
        "area": task.area or None,
        "week": task.week,
        "by": task.due.isoformat(),
    }


def _box(task: Task) -> str:
    why = f" ({task.waiting.why})" if task.waiting.why else ""
    one = task.waiting.article
    return f"- [ ] {plain(one.title or one.path)}{why}: `kcs verify {_plain_code(one.name)}`"


def _unplaced(one: Waiting) -> str:
    return f"- [ ] {plain(one.article.title or one.article.path)}: {plain(_language(one))}"


def _language(one: Waiting) -> str:
    return one.article.settings.language


def _called(sharer: Sharer) -> str:
    return f"{sharer.person.name} ({sharer.id})" if sharer.person.name else sharer.id


def _plain_code(name: str) -> str:
    from kcs.render.reasons import quoted

    return safe(" ".join(quoted(name).split())).replace("`", "'")


def _cells(first: tuple[str, ...], waiting: Waiting, area: str) -> list[str]:
    one = waiting.article
    said = (one.id, one.path, one.title, waiting.why, area, _language(waiting), one.own.owner, "")
    return [cell(text) for text in (*first, *said)]


def _told(sprint: Sprint) -> None:
    sizes = [len(tasks) for _, tasks in sprint.shares]
    each = str(min(sizes)) if min(sizes) == max(sizes) else f"{min(sizes)} to {max(sizes)}"
    articles, people = counted(sum(sizes), "article"), counted(len(sizes), "person", "people")
    note(f"{articles} for {people}, {each} each, {sprint.begin} to {sprint.end}")
    _warned(sprint)


def _warned(sprint: Sprint) -> None:
    if sprint.unplaced:
        languages = ", ".join(sorted({_language(one) for one in sprint.unplaced}))
        number = counted(len(sprint.unplaced), "article is", "articles are")
        note(f"kcs: {number} in nobody's share: nobody who takes part reads {languages}")
    if sprint.barred:
        number = counted(sprint.barred, "article is", "articles are")
        what = "it" if sprint.barred == 1 else "them"
        note(
            f"kcs: {number} in the share of somebody who may not verify {what}; --people and --absent change who takes part"
        )
