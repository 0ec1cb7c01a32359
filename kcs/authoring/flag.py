"""Flag it or fix it: saying what is wrong with an article, seeing what was said, and resolving it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from shlex import quote

from kcs.article.days import parse_day
from kcs.article.splice import Value, flow_mapping, remove_entry, set_entry
from kcs.article.stamps import FLAG_REASONS, Flag
from kcs.authoring.editing import check_editable, checked_text, commit_message, naming, raw_to_edit
from kcs.authoring.writing import Edit, write_edits
from kcs.errors import UsageProblem
from kcs.kb.actor import Actor, signer
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.select import find_article, path_in

_CANONICAL = ("Issue", "Environment", "Cause", "Resolution")


@dataclass(frozen=True, slots=True)
class Flagged:
    """The flag put up or taken away. `after` is the resulting article."""

    article: Article
    after: Article
    flags: tuple[Flag, ...]
    commit: str | None


def flag(kb: KnowledgeBase, name: str, reason: str, note: str, *, commit: bool) -> Flagged:
    """Put up a flag. `name` may end in `#section`. UsageProblem for an unknown reason or section."""
    if not reason and not note:
        raise UsageProblem(
            "a flag needs a reason, and why in a few words",
            hint=f'kcs flag {quote(name)} --reason unclear -m "which menu?"; reasons: {", ".join(FLAG_REASONS)}',
        )
    note = checked_text(note, "-m", required=True)
    check_reason(reason)
    article, section = target(kb, name)
    raw = raw_to_edit(kb, article)
    with naming(article):
        new = add_flag(kb, raw, signer(kb), reason, note, section)
    after = kb.edited(article, new)
    message = commit_message("Flag", [article], f"{reason}: {note}") if commit else None
    made = write_edits(kb, [Edit(article.path, raw, new)], message)
    return Flagged(article, after, after.flags[-1:], made)


def target(kb: KnowledgeBase, name: str) -> tuple[Article, str]:
    """The article that `name` names, and the heading where it ends in `#section`.
    UsageProblem or CannotEdit if it cannot be flagged.
    """
    article, wanted = _article_and_section(kb, name)
    check_editable(article)
    return article, _section(kb, article, wanted) if wanted else ""


def open_flags(articles: Iterable[Article]) -> list[tuple[Article, Flag]]:
    """Every open flag, riskiest first: blocking before others, the oldest first, undated before all."""
    found = [(article, flag) for article in articles for flag in article.flags]
    return sorted(found, key=lambda one: (not one[1].blocking, _day(one[1]), one[0].path, one[1].index))


def resolve(
    kb: KnowledgeBase, article: Article, flags: Sequence[Flag], note: str = "", *, commit: bool
) -> Flagged:
    """Take these flags of the article away; Git keeps them."""
    note = checked_text(note, "-m")
    raw = new = raw_to_edit(kb, article)
    with naming(article):
        for index in sorted((one.index for one in flags), reverse=True):
            new = remove_entry(new, "flags", index)
    after = kb.edited(article, new)
    said = "\n".join(f"{one.reason}: {one.note}" for one in flags)
    message = commit_message("Resolve", [article], note, said) if commit else None
    made = write_edits(kb, [Edit(article.path, raw, new)], message)
    return Flagged(article, after, tuple(flags), made)


def flag_number(article: Article, number: int) -> Flag:
    """The flag with this number in the list. UsageProblem if there is none; CannotEdit if nobody can tell."""
    check_editable(article)
    if not article.flags:
        raise UsageProblem(
            f"{article.name} has no open flag", hint="kcs flag --list shows where there are some"
        )
    if not 1 <= number <= len(article.flags):
        raise UsageProblem(
            f"{article.name} has no flag {number}: it has {len(article.flags)}",
            hint=f"kcs flag --list {quote(article.path)} shows them with their numbers",
        )
    return article.flags[number - 1]


def check_reason(reason: str, offered: Sequence[str] = FLAG_REASONS) -> None:
    """UsageProblem for a reason outside the vocabulary, with the nearest of those `offered`."""
    from kcs.errors import nearest_hint

    if reason not in FLAG_REASONS:
        raise UsageProblem(
            f"--reason {reason!r} is unknown" if reason else "--reason is missing",
            hint=nearest_hint(reason, list(offered)) or f"one of {', '.join(offered)}",
        )


def add_flag(kb: KnowledgeBase, raw: bytes, actor: Actor, reason: str, note: str, section: str = "") -> bytes:
    """The file with one more entry in `flags`."""
    pairs: list[tuple[str, Value]] = [("by", actor.by), ("at", kb.today), ("reason", reason)]
    if section:
        pairs.append(("section", section))
    return set_entry(raw, "flags", None, flow_mapping([*pairs, ("note", note)]))


def _day(flag: Flag) -> int:
    day = parse_day(flag.at)
    return day.toordinal() if day else 0


def _article_and_section(kb: KnowledgeBase, name: str) -> tuple[Article, str]:
    if "#" not in name or path_in(kb, name) in kb.by_path:
        return find_article(kb, name), ""
    before, _, section = name.rpartition("#")
    return find_article(kb, before), section.strip()


def _section(kb: KnowledgeBase, article: Article, wanted: str) -> str:
    """The heading of the section that `wanted` names, or one that every Solution has."""
    from kcs.article.body import parse
    from kcs.article.naming_sections import find_section

    sections = parse(kb.read(article).body).sections
    if found := find_section(sections, wanted):
        return found.heading
    for name in _CANONICAL:
        if wanted.casefold() == name.casefold():
            return name
    names = dict.fromkeys(section.heading for section in sections)
    raise UsageProblem(
        f"{article.name} has no section {wanted!r}",
        hint="it has: " + (", ".join(names) or "none; leave #... out"),
    )
