"""Making a new article: from a template, and if wanted from another article or from a ticket, in one go.

Nothing but the new file is written (and, for a counterpart, one key of the article it is made from).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kcs.article.headings import has_language
from kcs.article.splice import scalar
from kcs.authoring.composing import body, file_of, front_matter
from kcs.authoring.naming import clean_title, file_name, fitting
from kcs.authoring.placing import Folder, choose_folder, chosen_among
from kcs.authoring.surroundings import Surroundings
from kcs.authoring.templates import Template, all_templates, find_template, folded, get_template
from kcs.authoring.wanted import Given, Wanted, check_language, checked
from kcs.errors import UsageProblem
from kcs.kb.settings.config import Config

DEFAULT_TYPE = "solution"


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that is not written yet. `path` from the base's root, with `/`; the `ticket` it comes from, if any."""

    id: str
    path: str
    title: str
    type: str
    language: str
    raw: bytes
    notes: tuple[str, ...] = ()
    ticket: str = ""


def plan(root: Path, config: Config, today: date, wanted: Wanted, given: Given | None = None) -> NewArticle:
    """The article that would be written. UsageProblem or FileProblem for whatever does not fit; nothing is touched."""
    return plan_in(Surroundings(root, config), today, wanted, given)


def plan_in(around: Surroundings, today: date, wanted: Wanted, given: Given | None = None) -> NewArticle:
    """The same, one of several in the same surroundings."""
    root, config = around.root, around.config
    given = given or Given()
    template, title = _type_and_title(root, wanted.words, given)
    notes: list[str] = [*given.notes, *_read_as_title(root, wanted.words, template)]
    wanted = checked(around, template, wanted, notes)
    wanted = replace(
        wanted,
        product=wanted.product or given.product or str(template.defaults.get("product", "")),
        tags=wanted.tags or given.tags,
    )
    folder = choose_folder(root, config, wanted.folder, wanted.product, given.folder)
    if not wanted.folder and given.folder is None and (among := chosen_among(config, folder)):
        notes.append(among)
    language = wanted.language or given.language
    if (
        not language and not given.pairs
    ):  # what a command makes with keys of its own may hold names in its title
        language = _title_language(title, notes)
    language = language or _base_language(config, folder, template, wanted)
    if language and not has_language(language):
        notes.append(f"there are no headings in {language!r}: they are in English")
    identifier = around.new_id()
    name = file_name(title, identifier, template.key, folder.names())
    path = folder.path(name, config)
    given = _linkable(around, folder, name, given)
    pairs = front_matter(config, today, template, wanted, given, title, identifier, language)
    raw = file_of(template, pairs, body(template, wanted, given, title, language, today))
    ticket = wanted.ticket or given.ticket
    return NewArticle(identifier, path, title, template.name, language, raw, tuple(notes), ticket)


def preview(
    root: Path | None, config: Config, today: date, kind: str, language: str = ""
) -> tuple[Template, str]:
    """A template, and the file that it would make, in words."""
    template = get_template(root, kind)
    check_language(language)
    title = "Title in the requestor's words"
    pairs = front_matter(
        config, today, template, Wanted(language=language), Given(), title, "kb-00000000", language
    )
    text = body(template, Wanted(), Given(), title, language, today)
    return template, file_of(template, pairs, text).decode()


def _linkable(around: Surroundings, folder: Folder, name: str, given: Given) -> Given:
    """With a permalink, where articles link to each other by theirs."""
    if around.config.link_by != "permalink":
        return given
    return replace(given, pairs={**given.pairs, "permalink": scalar(around.permalink(folder, name))})


def _type_and_title(root: Path, words: Sequence[str], given: Given) -> tuple[Template, str]:
    """The first word is a type if it names a template and another word, or a title from elsewhere, follows."""
    found = find_template(root, words[0]) if words else None
    if not found:
        _check_type(root, words)
    rest = list(words[1:] if found else words)
    if found and not rest and not given.title:
        hint = f'kcs new {found.key} "What happens, as the requestor says it"'
        raise UsageProblem(f"{words[0]!r} is a type of article, and the title is missing", hint=hint)
    if not rest and not given.title:
        raise UsageProblem("the title is missing", hint='kcs new "What happens, as the requestor says it"')
    template = found or (find_template(root, given.type) if given.type else None)
    if template is None:
        template = get_template(root, DEFAULT_TYPE)
        if given.as_it_stands:
            template = template._replace(name=given.type, sections=(), defaults={}, body="")
    return template, clean_title(" ".join(rest) or fitting(given.title))


def _check_type(root: Path, words: Sequence[str]) -> None:
    """UsageProblem for a mistyped type, which would begin the
    title: words before a title in quotes that nearly name one.

    Without quotes, a first word of several parts (`feature-breakdwn`), since a single one may well be the title's.
    """
    if len(words) < 2 or any(" " in one for one in words[:-1]):
        return
    count = len(words) - 1 if " " in words[-1].strip() else int("-" in words[0])
    typed, title = " ".join(words[:count]), " ".join(words[count:])
    from difflib import get_close_matches

    for near in get_close_matches(folded(typed), [one.key for one in all_templates(root)[0]], 1, 0.8):
        from shlex import quote

        raise UsageProblem(
            f"{typed!r} is no type of article",
            hint=f"kcs new {quote(near)} {quote(title)}; or, as words of the title: kcs new {quote(' '.join(words))}",
        )


def _read_as_title(root: Path, words: Sequence[str], template: Template) -> Iterator[str]:
    """Words that name a type and were read as the title's
    first, which they may be: a type is one word, or in quotes.
    """
    if template.key != DEFAULT_TYPE:
        return
    for count in (3, 2):
        found = find_template(root, " ".join(words[:count])) if len(words) > count else None
        if found:
            from shlex import quote

            typed, rest = " ".join(words[:count]), " ".join(words[count:])
            yield f"{typed!r} is read as words of the title; as the type: kcs new {quote(found.key)} {quote(rest)}"
            return


def _title_language(title: str, notes: list[str]) -> str:
    """What the title's letters say beyond doubt: nobody types --language with a customer on the line."""
    if title.isascii():
        return ""
    from kcs.authoring.language import guess_language

    language = guess_language(title)
    if language in ("", "en"):  # an accent in an English title says nothing of the base's other articles
        return ""
    notes.append(f"in {language}, as its title is (--language says otherwise)")
    return language


def _base_language(config: Config, folder: Folder, template: Template, wanted: Wanted) -> str:
    """What the base's policies, else its defaults, say of an article in this place."""
    if not any("language" in one.sets for one in (config.defaults, *config.policies)):
        return ""
    from kcs.kb.settings.policy import Own, Policies
    from kcs.kb.settings.team import Team

    own = Own(
        type=template.name,
        product=wanted.product,
        tags=wanted.tags,
        audience=wanted.audience or str(template.defaults.get("audience", "")) or None,
    )
    return Policies(config, Team()).settings(folder.path("new.md", config), own).language
