"""The kcs.toml of an adopted base: each line with the reason it was derived for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kcs.authoring.adopt.plan import Plan
from kcs.counting import counted
from kcs.kb.settings.config import APART
from kcs.kb.settings.toml_lines import quoted


def config_text(plan: Plan) -> str:
    """The whole file, ready to write. It holds only what was derived."""
    parts = [
        _head(plan),
        _dates(plan),
        _articles(plan),
        _fields(plan),
        _types(plan),
        _links(plan),
        _defaults(plan),
        _policies(plan),
        _adopt(plan),
        _rules(plan),
    ]
    return "\n".join("\n".join(part) + "\n" for lines in parts if (part := list(lines)))


def _glob(glob: str) -> str:
    """As TOML can hold it: any one character stands for a byte of a name that is not UTF-8."""
    return "".join("?" if "\udc80" <= sign <= "\udcff" else sign for sign in glob)


def _list(items: Sequence[str]) -> str:
    if len(items) < 4:
        return "[" + ", ".join(map(quoted, items)) + "]"
    return "[\n" + "".join(f"    {quoted(item)},\n" for item in items) + "]"


def _head(plan: Plan) -> Iterator[str]:
    yield f"# Derived by `kcs init --adopt` on {plan.on} from {counted(plan.articles, 'article')}. Nothing else was written."
    yield "# Change what is wrong; `kcs trust` and `kcs list` show the effect at once. Every key: docs/configuration.md"


def _dates(plan: Plan) -> Iterator[str]:
    if plan.date_order:
        yield "# Dates such as 01/25/2026 are in use, and all that can be read in one way alone are of this order."
        yield f"date_order = {quoted(plan.date_order)}"


def _articles(plan: Plan) -> Iterator[str]:
    others = ", ".join(f"{count:,} {reason}" for reason, count in plan.tally.no_article.items())
    yield "[articles]"
    yield f"# {counted(plan.articles, 'article')}" + (f"; not articles: {others}" if others else "")
    yield f"include = {_list([*map(_glob, plan.globs.include)])}"
    yield f"exclude = {_list([*map(_glob, plan.globs.exclude)])}"


def _fields(plan: Plan) -> Iterator[str]:
    if not plan.fields and not plan.shared_ids and not plan.apart:
        return
    yield "[fields]"
    for guess in plan.fields:
        line = f"{guess.ours} = {quoted(guess.theirs)}"
        yield f"{line:<40} # {_count(guess.count, plan)}, {guess.filled:,} with a value"
    if plan.shared_ids:
        yield f"# {plan.shared_ids:,} articles have the id of another, so none is one: a path names an article, and an id that kcs gives."
        yield 'id = "kcs_id"'
    for apart in plan.apart:
        yield f"# In {counted(apart.count, 'article')} `{apart.ours}` holds values, such as {apart.example!r}, that {apart.why}: it is the base's"
        yield "# own, and ours has another name. Where it should count after all, take the line out."
        yield f"{apart.ours} = {quoted(APART + apart.ours)}"


def _count(count: int, plan: Plan) -> str:
    return f"in {count:,} of {plan.articles:,}"


def _types(plan: Plan) -> Iterator[str]:
    if not plan.types:
        return
    yield "[types]"
    for theirs, ours in plan.types.items():
        line = f"{quoted(theirs)} = {quoted(ours)}"
        yield f"{line:<40} # {_count(plan.type_counts[theirs], plan)}"


def _links(plan: Plan) -> Iterator[str]:
    if plan.links is None and plan.site is None and plan.relative is None:
        return
    yield "[links]"
    if found := plan.relative:
        yield f"# Of {counted(found.total, 'link')} between pages {_leading(found.by_address)} to a file when counted from the page's address"
        yield f"# (a/b.md as a/b/), {found.by_file:,} when counted from the file"
        yield 'relative = "address"'
    if plan.site:
        yield f"# Of {counted(plan.site.total, 'link')} from the site's root {_leading(plan.site.resolved)} to a file so"
        yield f"folders = {_list(plan.site.folders)}"
    if plan.links is None:
        return
    yield f"# Of {counted(plan.links.total, 'link')} below {plan.links.root} {counted(plan.links.resolved, 'names', 'name')} a permalink"
    yield f"root = {quoted(plan.links.root)}"
    yield 'by = "permalink"'


def _leading(count: int) -> str:
    return counted(count, "leads", "lead")


def _defaults(plan: Plan) -> Iterator[str]:
    yield "[defaults]"
    own = plan.field("verify_every")
    yield f"# How long a verification holds{f', where {own.theirs} does not say' if own else ''}."
    yield f"verify_every = {quoted(plan.every)}"
    yield "# For articles that name no audience; the most closed unless you say otherwise."
    yield f"audience = {quoted(plan.audience)}"
    language, count = next(iter(plan.languages.items()), ("", 0))
    if language:
        yield f"# By the writing itself: {_count(count, plan)}."
        yield f"language = {quoted(language)}"


def _policies(plan: Plan) -> Iterator[str]:
    def named(count: int) -> str:
        return counted(count, "file in a folder named so", "files in a folder named so")

    found = [
        (f"{folder}/**", named(count), "confidence", "archived") for folder, count in plan.retired.items()
    ]
    found += [
        (f"{folder}/**", named(count), "confidence", "work-in-progress")
        for folder, count in plan.drafts.items()
    ]
    found += [
        (f"{folder}/**", named(count), "language", name)
        for folder, (name, count) in plan.language_folders.items()
    ]
    found += [
        (f"**/*{ending}", counted(count, "file named so", "files named so"), "language", name)
        for ending, (name, count) in plan.language_suffixes.items()
    ]
    for number, (glob, why, key, value) in enumerate(found):
        if number:
            yield ""
        yield "[[policy]]"
        yield f"match = {{path = {quoted(_glob(glob))}}}"
        line = f"{key} = {quoted(value)}"
        yield f"{line:<40} # {why}"


def _adopt(plan: Plan) -> Iterator[str]:
    if plan.field("verified_at") is None:
        return
    yield "[adopt]"
    yield "# What was overdue on this day gets a first due day of its own within this time, so that the queue comes in"
    yield "# portions and not all at once. Until then such an article counts as `adopted` and is not trusted."
    yield f"on = {plan.on}"
    yield f"over = {quoted(plan.every if plan.every != 'never' else '180d')}"


def _rules(plan: Plan) -> Iterator[str]:
    if plan.silenced:
        yield "[rules]"
        yield "# What would be said of nearly every article; take a line out to hear it."
    for one in plan.silenced:
        line = f"{one.code} = {{severity = {quoted(one.severity)}}}"
        yield f"{line:<40} # {one.why}"
