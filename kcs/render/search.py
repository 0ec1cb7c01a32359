"""Hits for people: coloured blocks on a terminal, one line per hit in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.render.ansi import code_of, painted, width
from kcs.render.reasons import quoted, sentence, trusted_until
from kcs.render.terminal import for_eyes, note, safe
from kcs.search.answer import LIMIT, MOST
from kcs.search.borders import cells
from kcs.search.snippets import Snippet

if TYPE_CHECKING:
    from pathlib import Path

    from kcs.kb.base import KnowledgeBase
    from kcs.search.answer import Answer, Hit

_INDENT = "    "
_MOST_LINES = 2
# The count, that there is no answer, what was meant, the command that captures it, the prompt.
_LINES_BELOW = 6
_LONGEST_TITLE = 400
MOST_WEAK = 3
# Words. Hardly any type has more, and most searches have: these load no templates.
_MOST_IN_A_TYPE = 2
WEAK = "nearest, probably not it"


def answer_text(kb: KnowledgeBase, answer: Answer, *, explain: bool = False, weak: int = MOST_WEAK) -> int:
    """The hits on stdout, everything else on stderr; how many were shown.
    `weak`: how many weak ones to show on a terminal.
    """
    strong = max((place for place, one in enumerate(answer.hits, 1) if not one.weak), default=0)
    shown = len(answer.hits)
    if explain or for_eyes():
        shown = min(shown, strong + weak)
        lines = list(_blocks(kb, answer, strong, shown, explain=explain))
        # It stands below; above as well if that is out of sight where one begins to read.
        if for_eyes() and len(lines) > _lines_seen() and (meant := _did_you_mean(answer)):
            note(f"kcs: {meant}")
        for line in lines:
            print(line)
    else:
        sys.stdout.write("".join([_line(kb, one) for one in answer.hits]))
    sys.stdout.flush()
    for one in answer.notes:
        note(f"kcs: {one}")
    if answer.sentence and not (explain or for_eyes()):
        note(f"kcs: the text was read as: {answer.sentence}", hints=False)
    if answer.hits and for_eyes():
        note(_counted(answer, shown))
    unanswered(kb, answer)
    return shown


def _lines_seen() -> int:
    """How many lines of the hits a terminal shows at once, with those that stand below them."""
    try:
        whole = os.get_terminal_size(1).lines
    except OSError:
        whole = 0
    return (whole or 24) - _LINES_BELOW


def _blocks(kb: KnowledgeBase, answer: Answer, strong: int, shown: int, *, explain: bool) -> Iterator[str]:
    if explain:
        for word in answer.understood:
            first, *more = [
                one.text.rstrip() for one in Snippet(f"{word.typed}: {safe(word.how)}").lines(width())
            ]
            begun = first.startswith(word.typed)
            yield painted(word.typed, "bold") + first.removeprefix(word.typed) if begun else first
            yield from more
        yield ""
    if answer.sentence:
        for piece in Snippet(f"read as: {answer.sentence}").lines(width()):
            yield painted(piece.text, "dim")
        yield ""
    for number, hit in enumerate(answer.hits[:shown], 1):
        if number == strong + 1:
            yield painted(f"{WEAK}:", "yellow")
        yield from block(kb, number, hit, explain=explain, weak=number < strong)
        yield ""


def block(
    kb: KnowledgeBase, number: int, hit: Hit, *, explain: bool = False, weak: bool = True
) -> Iterator[str]:
    """One hit: number and title; trust, state, audience and place; the snippet.
    `weak`: say of a weak one that it is.
    """
    article, columns = hit.article, width()
    closed = closed_to(kb, hit)
    title = " ".join((article.title or article.path).split())
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE] + "…"
    label = f"{painted(f' {closed} ', 'alarm')} " if closed else ""
    taken = len(closed) + 3 if closed else 0
    for place, line in enumerate(Snippet(title).lines(max(columns - len(_INDENT) - taken, 12))):
        yield (f"{number:>2}  {label}" if not place else _INDENT) + painted(line.text, "bold")
    trust = trust_words(kb, hit)
    said = "probably not it" if weak and hit.weak else ""
    facts = [trust, article.confidence, f"for {article.settings.audience}", f"match {_match(hit)}", said]
    yield from _folded(
        [part for part in facts if part], columns, "green" if hit.verdict.trusted else "yellow"
    )
    # An article without a title is already shown by its path.
    if names := [part for part in (article.id, article.path) if part and part != title]:
        yield from _folded([one for name in names for one in _broken(name, columns)], columns, "cyan")
    if hit.snippet.text:
        private = f"{painted(' INTERNAL ', 'alarm')} " if hit.private else ""
        # Without bold the asterisks take columns of their own.
        snippet = hit.snippet if code_of("found") else Snippet(hit.snippet.marked("**", "**"))
        room = max(columns - len(_INDENT) - (len(" INTERNAL  ") if hit.private else 0), 12)
        for place, line in enumerate(snippet.first_lines(room, _MOST_LINES + explain)):
            yield f"{_INDENT}{private if not place else ''}{marked(line)}"
    if explain:
        fields = f"found in {', '.join(hit.matched_fields)}" if hit.matched_fields else ""
        asked = f"answers {hit.sentence!r}" if hit.sentence else ""
        why = (f"score {hit.score:.3g}", fields, safe(asked), *hit.why)
        yield from _folded([part for part in why if part], columns, "dim")


def marked(snippet: Snippet) -> str:
    """A snippet with found words in bold; in a pipe, or without bold, between asterisks."""
    code = code_of("found")
    before, after = (f"\x1b[{code}m", "\x1b[0m") if code else ("**", "**")
    parts, at = [], 0
    for start, end in snippet.marks:
        parts += [safe(snippet.text[at:start]), before, safe(snippet.text[start:end]), after]
        at = end
    return "".join([*parts, safe(snippet.text[at:])])


def closed_to(kb: KnowledgeBase, hit: Hit) -> str:
    """`INTERNAL`, or its readers if not everybody; empty if it may be sent on."""
    audience = hit.article.settings.audience
    return "" if audience == kb.config.audiences[-1] else audience.upper()


def trust_words(kb: KnowledgeBase, hit: Hit) -> str:
    """`trusted until ...`, or why not: the reason that counts, in words, and how many more there are."""
    if hit.verdict.trusted:
        return trusted_until(hit.verdict.due)
    more = len(hit.verdict.reasons) - 1
    said = sentence(kb, hit.article, hit.verdict, hit.verdict.reasons[0])
    return f"not trusted: {said}" + (f" (+{more})" if more else "")


def _folded(parts: Sequence[str], columns: int, first_style: str) -> Iterator[str]:
    """Facts on as many lines as they need; the first, which says most, in its own style."""
    line, used, room = _INDENT, 0, columns - len(_INDENT)
    for place, part in enumerate(parts):
        style = "dim" if place else first_style
        for piece in Snippet(part).lines(room):
            taken = cells(piece.text)
            if used and used + 3 + taken > room:
                yield line
                line, used = _INDENT, 0
            separator = painted(" · ", "dim") if used else ""
            line += separator + painted(piece.text, style)
            used += taken + 3 * bool(used)
    yield line


def _broken(name: str, columns: int) -> list[str]:
    """A path longer than a line, between its parts."""
    room = columns - len(_INDENT)
    if cells(name) <= room:
        return [name]
    from kcs.render.folding import between_parts

    return between_parts(name, room).split("\n")


def _match(hit: Hit) -> str:
    """With two digits. That of a weak one is cut, not rounded: .4996 is no answer, and would look like one at .50."""
    cut = int(hit.match * 100 + 1e-6) / 100
    return f"{cut if hit.weak else hit.match:.2f}"


def _line(kb: KnowledgeBase, hit: Hit) -> str:
    """Name, audience, match, trust, confidence, path, title and snippet, with tabs between."""
    article = hit.article
    columns = (
        article.name,
        closed_to(kb, hit) or article.settings.audience,
        f"{_match(hit)}{' weak' if hit.weak else ''}",
        "trusted" if hit.verdict.trusted else ", ".join(hit.verdict.reasons),
        article.confidence,
        article.path,
        article.title,
        ("INTERNAL: " if hit.private else "") + marked(hit.snippet),
    )
    return "\t".join([safe(" ".join(cell.split())) for cell in columns]) + "\n"


def _counted(answer: Answer, shown: int) -> str:
    found, more = str(shown), ""
    if answer.total > shown:
        found = f"{shown:,} of {answer.total:,}"
        # The next full ten; at the most, all there are, or as many as may be asked for.
        wanted = min(answer.total, (shown // LIMIT + 1) * LIMIT, MOST)
        if wanted > shown:
            more = f", -n {wanted} shows {'all' if wanted == answer.total else 'more'}"
    return (
        f"{found} found in {answer.took_ms:.0f} ms{more} · kcs show N · kcs show N --copy · kcs link N TICKET"
    )


def no_numbers() -> None:
    """For somebody about to type one."""
    if for_eyes():
        note("kcs: the cache cannot be written, so these hits have no numbers: name them by id or path")


def unanswered(kb: KnowledgeBase, answer: Answer) -> None:
    """Searching is capturing: a missing article is one command away. Nothing if the question is answered."""
    if answer.answered:
        return
    if not answer.query.words:  # conditions alone ask for a list, and capture nothing
        if not answer.hits:
            note("kcs: no article matches that")
        return
    note("kcs: no answer found" + ("" if answer.hits else ", and nothing close to it"))
    if meant := _did_you_mean(answer):
        note(f"     {meant}")
    if command := capture_command(answer, kb.root):
        note(f"     capture the question: {command}")


def _did_you_mean(answer: Answer) -> str:
    """Another query worth a try, if the question has words and no answer."""
    if answer.answered or not answer.query.words or not answer.suggestion:
        return ""
    return f"did you mean: kcs search {_argument(answer.suggestion)}"


def capture_command(answer: Answer, root: Path) -> str:
    """`kcs new` with what the query says about the new article; empty if its words make no title.
    `root`: of the base.
    """
    query = answer.meant or answer.query
    words = _as_title(answer.sentence or query.words)
    if not words:
        return ""
    options = [
        f"--{option} {quoted(one.value)}"
        for field, option in (
            ("product", "product"),
            ("audience", "audience"),
            ("lang", "language"),
            ("tag", "tag"),
        )
        for one in query.conditions
        if one.field == field and not one.no
    ]
    title = words if len(words) <= 100 else words[:100].rpartition(" ")[0] or words[:100]
    title = f"solution {quoted(title)}" if _names_a_type(root, title) else _argument(title)
    # After `--` there are no options any more.
    return " ".join(["kcs new", *([*options, title] if title.startswith("-- ") else [title, *options])])


def _names_a_type(root: Path, title: str) -> bool:
    """Whether `kcs new` would take the whole title for a type of article, and miss the title: `how-to`."""
    if len(title.split()) > _MOST_IN_A_TYPE:
        return False
    from kcs.authoring.templates import find_template

    return find_template(root, title) is not None


def _as_title(words: str) -> str:
    """The words without what `kcs new` takes in no title; empty if none is left."""
    told = " ".join(words.split())
    if told.isprintable() and any(map(str.isalnum, told)):  # as most are: loads nothing
        return told
    from kcs.authoring.naming import fitting, wordless

    told = " ".join(fitting(words).split())
    return "" if wordless(told) else told


def _argument(words: str) -> str:
    """Words that begin with a hyphen are no option."""
    return f"{'-- ' if words.startswith('-') else ''}{quoted(words)}"
