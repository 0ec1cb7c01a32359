"""One article for people: what it is, whether and why it can be trusted, and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.hints import with_base
from kcs.render.reasons import WHY_NOT, advice, joined, sentence, trusted_until
from kcs.render.terminal import console, for_eyes, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kcs.article.front_matter import Document
    from kcs.insight.seen import Change, Seen, Standing
    from kcs.kb.base import KnowledgeBase

Line = tuple[str, str]
"""What is said, and in which style."""
_MOST_CHANGES = 8
_FRAME = 6  # what stands beside a title in the line of its frame
_BORDERS = 4  # what stands beside a line in it
_NEIGHBOURS = ("translation_of", "counterpart", "superseded_by")


def article_text(kb: KnowledgeBase, seen: Seen, document: Document) -> None:
    """The panel and the text: drawn for eyes, plain lines and the Markdown itself in a pipe."""
    panel(kb, seen)
    # The frame says the title.
    body_text(document, seen.article.title if seen.article.headed else "")


def body_text(document: Document, said: str = "") -> None:
    """The text alone; all of an unreadable file. `said`: a title already shown, not to be repeated as a heading."""
    text = document.body if document.fatal is None else _whole(document)
    if not for_eyes():
        print()
        print(safe(text), end="" if text.endswith("\n") else "\n")
        return
    out = console()
    out.print()
    if document.fatal is not None:
        from rich.text import Text

        out.print(Text(safe(text)))
        return
    if said:
        from kcs.article.first_heading import without_title

        text = without_title(text, said)
    for part, internal in _parts(text):
        out.print(_drawn(part, internal))


def _whole(document: Document) -> str:
    return document.body if document.block is None else f"---\n{document.block}---\n{document.body}"


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is an internal block."""
    from kcs.article.internal import internal_blocks

    at = 0
    for start, end in internal_blocks(text):
        if text[at:start].strip():
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if text[at:].strip():
        yield text[at:], False


def _drawn(part: str, internal: bool) -> Any:
    from rich.markdown import Markdown
    from rich.panel import Panel

    drawn = Markdown(safe(part), hyperlinks=False)
    _make_safe(drawn.parsed)
    return Panel(drawn, title="INTERNAL", title_align="left", border_style="red") if internal else drawn


def _make_safe(tokens: Iterable[Any]) -> None:
    """Once more: Markdown may spell a character as `&#x202e;`."""
    for token in tokens:
        token.content = safe(token.content)
        _make_safe(token.children or ())


def panel(kb: KnowledgeBase, seen: Seen) -> None:
    """The article's facts and its trust, in a frame for eyes and as plain lines in a pipe."""
    lines = [*_facts(kb, seen), *_trust(kb, seen), *_standings(kb, seen), *_approvals(kb, seen)]
    lines += [*_flags(seen), *_problems(seen)]
    if not for_eyes():
        for words, _ in lines:
            print(" ".join(safe(words).split("\n")))
        return
    from rich.panel import Panel
    from rich.text import Text

    from kcs.render.folding import between_parts

    out = console()
    inner = out.width - _BORDERS
    drawn = Text("\n").join(Text(between_parts(safe(words), inner), style=style) for words, style in lines)
    title = Text(safe(seen.article.title or seen.article.path), style="bold")
    in_frame = title.cell_len <= out.width - _FRAME  # a longer one would be cut there
    inside = drawn if in_frame else Text("\n").join((title, drawn))
    trusted = "green" if seen.verdict.trusted else "yellow"
    out.print(Panel(inside, title=title if in_frame else None, title_align="left", border_style=trusted))


def _facts(kb: KnowledgeBase, seen: Seen) -> Iterator[Line]:
    article, own, settings = seen.article, seen.article.own, seen.article.settings
    if not for_eyes():
        yield article.title or "(no title)", ""
    if settings.audience != kb.config.audiences[-1]:
        yield f"{settings.audience.upper()}: not for every audience", "bold white on red"
    yield joined((article.id, article.path)), "cyan"
    language = f"in {settings.language}" if settings.language else ""
    owner = f"owner {own.owner}" if own.owner else "no owner"
    governance = settings.governance if settings.governance != "experience" else ""
    facts = (article.type, own.product, owner, f"for {settings.audience}", governance, language)
    yield joined((settings.confidence, *facts)), "dim"
    if made := _made(article.made):
        yield made, "dim"
    for key in _NEIGHBOURS:
        if value := article.record.meta.get(key):
            words = value.get("id") if isinstance(value, dict) else value
            yield (
                f"{key.replace('_', ' ')}: {words if isinstance(words, str) and words else 'it names no article'}",
                "",
            )


def _made(said: Mapping[str, str]) -> str:
    def part(what: str, day: str, person: str) -> str:
        by = f" by {person}" if person else ""
        return f"{what}{f' {day}' if day else ''}{by}" if day or person else ""

    return joined(
        (part("created", said["created"], said["author"]), part("edited", said["updated"], said["editor"]))
    )


def _trust(kb: KnowledgeBase, seen: Seen) -> Iterator[Line]:
    if seen.verdict.trusted:
        yield trusted_until(seen.verdict.due), "bold green"
        return
    for reason in seen.verdict.reasons:
        words = sentence(kb, seen.article, seen.verdict, reason)
        yield f"not trusted: {words}", "bold red" if reason == seen.verdict.reasons[0] else "red"
        yield with_base(f"    {advice(kb, seen.article, seen.verdict, reason)}"), "dim"


def _standings(kb: KnowledgeBase, seen: Seen) -> Iterator[Line]:
    late = "stale" in seen.verdict.reasons or "adopted" in seen.verdict.reasons
    for one in seen.standings:
        # A date that goes along with a stamp, as verify writes it, says nothing new.
        if one.why == ("date-only-beside-a-stamp",) and not one.newer:
            continue
        yield _standing(kb, one, late=late), "" if one.counts else "dim"
        if one.origin is not None:
            yield f"    {_origin(kb, one)}", "dim"
        yield from _unseen(one)


def _standing(kb: KnowledgeBase, one: Standing, *, late: bool) -> str:
    from kcs.article.days import parse_day

    stamp = one.stamp
    counts = "counts, but has run out" if one.counts and late else "counts"
    if not one.counts:
        counts = "does not count: " + "; ".join(WHY_NOT[why] for why in one.why)
    day = str(one.day) if one.day else "an unreadable day"
    if stamp is None:
        newer = ", newer than every stamp" if one.newer else ""
        return joined((f"{one.claim}: {day}{newer}", "a date alone", counts))
    given = parse_day(stamp.at, kb.config.timezone) or stamp.at
    when = f"since {day}, minor change on {given}" if stamp.minor else f"on {day}"
    unseen = "nothing was shown to them" if stamp.unseen else ""
    note = f"“{' '.join(stamp.note.split())}”" if stamp.note else ""
    return joined((f"verified by {one.name or 'nobody'} {when}", note, stamp.ticket, unseen, counts))


def _origin(kb: KnowledgeBase, one: Standing) -> str:
    from kcs.insight.seen import day_of

    origin = one.origin
    assert origin is not None
    if origin.status == "unknown":
        return "the commit that set it is not in this clone"
    if origin.status == "uncommitted" and one.same is None:
        return "no commit of this repository holds what it says"
    if origin.status == "uncommitted":
        return f"not committed yet{f', by {one.name}' if one.name else ''}"
    day = day_of(origin.at, kb.config.timezone)
    same = {True: "the text is the same since", False: "the text changed since", None: ""}[one.same]
    return joined((f"set by {one.name} on {day} in {origin.commit[:9]}", same))


def _unseen(one: Standing) -> Iterator[Line]:
    if one.unseen is None:
        yield "    that content is not in this history, so it is unknown what changed since", "dim"
        return
    if not one.unseen and one.same is False:
        yield "    its words are the same; what a link or an image stands for has changed", "dim"
    own = [change for change in one.unseen if one.person and change.person == one.person]
    others = [change for change in one.unseen if change not in own]
    yield from _changes(f"{one.name or 'nobody'} has not seen:", others)
    yield from _changes(f"{one.name} changed it afterwards:", own)


def _changes(heading: str, changes: Sequence[Change]) -> Iterator[Line]:
    if not changes:
        return
    yield f"    {heading}", "yellow"
    for change in changes[:_MOST_CHANGES]:
        yield f"      {_change(change)}", "yellow"
    if len(changes) > _MOST_CHANGES:
        yield f"      and {counted(len(changes) - _MOST_CHANGES, 'older change')}", "yellow"


def _change(change: Change) -> str:
    if not change.commit:
        return "your uncommitted change"
    merge = "merge: " if change.merge else ""
    return f"{change.day}  {change.author}  {change.commit[:9]}  {merge}{change.subject}"


def _approvals(kb: KnowledgeBase, seen: Seen) -> Iterator[Line]:
    """Of an article under compliance: it is published only if somebody approved exactly what it says."""
    if seen.article.settings.governance != "compliance":
        return
    from kcs.kb.approvals import approvals

    found = approvals(kb, seen.article)
    if not any(one.counts for one in found):
        yield "not approved as it stands: a publisher runs kcs approve", "yellow"
    for one in found:
        when = f"on {one.day}" if one.day else "on an unreadable day"
        note = f"“{' '.join(one.note.split())}”" if one.note else ""
        why = "" if one.same else "for another text"
        may = "" if one.listed else "who may not publish it"
        words = joined((f"approved by {one.by.removeprefix('human:') or 'nobody'} {when}", note, may, why))
        yield words, "" if one.counts else "dim"


def _flags(seen: Seen) -> Iterator[Line]:
    for flag in seen.article.flags:
        where = f"in {flag.section}" if flag.section else ""
        by = f"by {flag.by.removeprefix('human:') or 'nobody'} on {flag.at[:10] or 'an unknown day'}"
        note = f"“{' '.join(flag.note.split())}”" if flag.note else ""
        words = joined((f"flag: {flag.reason or 'no reason given'}", where, by, note))
        yield words, "red" if flag.blocking else "yellow"


def _problems(seen: Seen) -> Iterator[Line]:
    for problem in seen.article.record.problems:
        line = f", line {problem.line}" if problem.line else ""
        yield f"problem{line}: {problem.message}", "bold red" if problem.fatal else "yellow"
