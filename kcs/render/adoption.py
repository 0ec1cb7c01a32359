"""The results of adopting, shown before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.article.states import VALIDATED
from kcs.counting import counted
from kcs.kb.settings.config import APART
from kcs.render.terminal import safe, say, table

if TYPE_CHECKING:
    from kcs.authoring.adopt import Plan
    from kcs.authoring.init import NewFile

_MOST_NAMED = 10
_MISFIT = {
    "verified_at": "values such as {!r} name no day, or two. Once their order is known: date_order at the top of kcs.toml, and [fields] verified_at",
    "verify_every": "values such as {!r} are no interval: write 6 months, 90d or 1 year",
    "product": "values such as {!r} are lists, and an article here is of one product",
}
_OPPOSED = (
    "values such as {!r} put the month elsewhere than {!r} does. Say which order holds with "
    "date_order at the top of kcs.toml, and [fields] verified_at"
)
_WITHIN = "it stands under another key: days such as {!r} count only where their key begins the line"
_AHEAD = "values such as {!r} are still to come: days on which a check is due, and of none that was made"


def plan_text(plan: Plan) -> None:
    """The account of all files, then what was derived."""
    tally = plan.tally
    say(
        f"{counted(tally.files, 'Markdown file')}, {counted(plan.articles, 'of them an article', 'of them articles')}",
        "bold",
    )
    table(("Files", "", "What they count as"), list(_account(plan)), ("bold", "", "dim"))
    _named(plan)
    say()
    say("What the base calls things (theirs, in how many articles, with a value that fits)", "bold")
    rows = [(one.ours, one.theirs, f"{one.count:,}", f"{one.filled:,}") for one in plan.fields]
    if rows:
        table(("Ours", "Theirs", "Articles", "Filled"), rows, ("", "cyan"))
    else:
        say("nothing: no key of the front matter is one that kcs asks for")
    for line in _remarks(plan):
        say(line)


def _account(plan: Plan) -> Iterator[tuple[str, str, str]]:
    tally = plan.tally
    yield f"{tally.dated:,}", "dated", "validated, as of that date"
    if tally.stamped:
        yield f"{tally.stamped:,}", "stamped", "validated, with the verifications that stand in them"
    missing = f"{tally.empty_dates:,} with an empty date" if tally.empty_dates else ""
    odd = f"{len(tally.odd_dates):,} with a date that is none" if tally.odd_dates else ""
    yield (
        f"{tally.undated:,}",
        "undated",
        "; ".join(filter(None, ("not-validated, never verified", missing, odd))),
    )
    if tally.drafts:
        where = ", ".join(plan.drafts)
        yield f"{tally.drafts:,}", "drafts", f"work-in-progress{f': {where}' if where else ''}"
    if tally.retired:
        yield f"{tally.retired:,}", "retired", "archived: " + ", ".join(plan.retired)
    for state, count in tally.states.items():
        far = f"{state}, never verified" if state == VALIDATED else state
        yield f"{count:,}", "by themselves", f"{far}: their confidence or status says so"
    yield f"{len(tally.unreadable):,}", "unreadable", "never trusted until mended"
    for reason, count in tally.no_article.items():
        yield f"{count:,}", "no article", reason
    yield f"{tally.files:,}", "together", ""
    if tally.duplicate_keys:
        yield f"{len(tally.duplicate_keys):,}", "of these", "hold a key twice; the last one counts"


def _named(plan: Plan) -> None:
    """The files that need a look, by name and line."""
    tally = plan.tally
    lines = [
        (one.path, problem.line, problem.message)
        for one in tally.unreadable
        for problem in one.document.problems
        if problem.fatal
    ]
    lines += [(one.path, None, f"{value!r} is not a date that can be read") for one, value in tally.odd_dates]
    lines += [(one.path, one.line, f"{one.key!r} looks like {one.near!r}") for one in plan.suspects]
    lines += [
        (one.path, problem.line, problem.message)
        for one in tally.duplicate_keys
        for problem in one.document.problems
        if problem.code == "duplicate-key"
    ]
    for path, line, message in lines[:_MOST_NAMED]:
        say(f"  {path}{f':{line}' if line else ''}: {message}", "yellow")
    if len(lines) > _MOST_NAMED:
        say(
            f"  and {counted(len(lines) - _MOST_NAMED, 'more file')} to look at; kcs doctor lists what cannot be read",
            "dim",
        )


def _remarks(plan: Plan) -> Iterator[str]:
    yield from _unmapped(plan)
    yield from _links(plan)
    if plan.markup:
        found = ", ".join(f"{name} in {counted(count, 'article')}" for name, count in plan.markup.items())
        yield f"Template markup: {found}; it is text, and never a broken link."
    yield from _languages(plan)
    shown = [(theirs, count, plan.types.get(theirs)) for theirs, count in plan.type_counts.items()]
    if shown:
        found = ", ".join(
            f"{theirs} {count:,}{f' (becomes {ours})' if ours and ours != theirs else ''}"
            for theirs, count, ours in shown[:8]
        )
        yield f"Types: {found}."
    yield f"Audience where none is named: {plan.audience}."
    for one_rule in plan.silenced:
        yield f"Audit: {one_rule.code} is {one_rule.severity}: {one_rule.why}."
    if plan.field("verified_at"):
        yield f"First due days of what is overdue: spread over {plan.every} from {plan.on}."


def _unmapped(plan: Plan) -> Iterator[str]:
    """Keys that look like one of ours and are left alone, and why."""
    for apart in plan.apart:
        yield (
            f"Not mapped: {apart.ours} (in {apart.count:,}), because its values, such as {apart.example!r}, {apart.why}; "
            f"ours is called {APART}{apart.ours} here."
        )
    if (named := plan.field("audience")) and not named.filled:
        yield (
            f"No value of {named.theirs} (in {named.count:,}) is an audience that is known, so these articles count as the most "
            "closed: name them under audiences in kcs.toml"
        )
    for guess in plan.left_out:
        if guess.theirs == guess.ours:
            yield (
                f"Most values of {guess.theirs} (in {guess.count:,}) name nobody that Git knows: nobody's verification of these "
                "articles counts until team.toml knows them."
            )
            continue
        yield (
            f"Not mapped: {guess.theirs} (in {guess.count:,}) looks like the {guess.ours}, but most of its values name "
            f'nobody that Git knows. Once team.toml knows them: [fields] {guess.ours} = "{guess.theirs}"'
        )
    if plan.shared_ids:
        yield (
            f"Not mapped: id, because {plan.shared_ids:,} articles have that of another, as translations and versions of a page do: "
            "a path names an article here, and an id that kcs gives is called kcs_id."
        )
    for one in plan.misfits:
        why = (
            _WITHIN if one.within else _AHEAD if one.ahead else _OPPOSED if one.against else _MISFIT[one.ours]
        )
        yield f"Not mapped: {one.theirs} (in {one.count:,}), because {why.format(one.example, one.against)}"


def _links(plan: Plan) -> Iterator[str]:
    """What a link in this base names, according to the counts."""
    if plan.links:
        yield f"Links: {plan.links.resolved:,} of {plan.links.total:,} below {plan.links.root} name a permalink."
    if plan.site:
        yield (
            f"Links from the root: {plan.site.resolved:,} of {plan.site.total:,} lead to a file below "
            f"{_few(plan.site.folders)}."
        )
    if plan.relative:
        yield (
            f"Relative links: {plan.relative.by_address:,} of {plan.relative.total:,} lead to a file when counted from the "
            f"address of their page (a/b.md as a/b/), {plan.relative.by_file:,} when counted from the file."
        )
    if plan.wiki:
        yield (
            f"Wiki links ([[page]]): {plan.wiki.total:,} in {counted(plan.wiki.articles, 'article')}, {counted(plan.wiki.named, 'of them names', 'of them name')} a "
            "page here. They are text: no command follows or mends them."
        )


def _languages(plan: Plan) -> Iterator[str]:
    if plan.languages:
        shown_first = [(name or "not told", count) for name, count in plan.languages.items()]
        more = f", {len(shown_first) - _MOST_NAMED} more" if len(shown_first) > _MOST_NAMED else ""
        found = ", ".join(f"{name} {count:,}" for name, count in shown_first[:_MOST_NAMED])
        others = " of the others" if plan.language_folders or plan.language_suffixes else ""
        yield f"Languages, by the writing{others}: {found}{more}."
    if plan.language_folders:
        yield f"Languages, by the folder: {', '.join(sorted({name for name, _ in plan.language_folders.values()}))}."
    if plan.language_suffixes:
        told = ", ".join(
            f"{name} {count:,} (*{ending})" for ending, (name, count) in plan.language_suffixes.items()
        )
        yield f"Languages, by the name: {told}."


def _few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def files_text(files: list[NewFile]) -> None:
    """The files themselves."""
    for file in files:
        say()
        say(f"--- {file.path.name}", "bold")
        print(safe(file.text.rstrip("\n")))  # as it would be written
