"""What `--from` and `--translation-of` name, and what a new article takes over from it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from kcs.article.splice import scalar, set_value
from kcs.authoring.carrying import Words, all_words, unix, words_for_everyone
from kcs.authoring.editing import name_to_write, naming, raw_to_edit
from kcs.authoring.templates import find_template
from kcs.authoring.translation import link_to, translations
from kcs.authoring.wanted import Given
from kcs.authoring.writing import Edit
from kcs.errors import FileProblem, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.files import read_file
from kcs.kb.select import find_article, path_in
from kcs.kb.translated import KEY

if TYPE_CHECKING:
    from kcs.authoring.intake import Intake, Source

COUNTERPART = "counterpart"


def is_file_to_read(kb: KnowledgeBase, name: str) -> bool:
    """Whether `--from` names a ticket, mail or thread and no article: `-` is standard input."""
    # Not is_file: what a shell hands over, `<(command)`, is a pipe.
    # Nor Path: words that were meant for the title may be too long for the name of a file.
    there = os.path.exists(name) and not (os.path.isdir(name) or path_in(kb, name) in kb.by_path)  # noqa: PTH110, PTH112
    return name == "-" or there


def from_file(name: str, read_input: Callable[[], bytes]) -> Given:
    """What a ticket, mail or thread says. FileProblem if unreadable or understood."""
    from kcs.authoring.intake import read_intake

    shown = "" if name == "-" else name
    found = read_intake(read_input() if name == "-" else read_file(Path(name)), shown)
    return from_intake(found)


def from_intake(found: Intake) -> Given:
    """What an intake gives to an article."""
    from kcs.authoring.intake import NAMES_NOT_PROMISED

    return Given(
        title=found.title,
        product=found.product_hint,
        language=found.language,
        ticket=found.ticket_id,
        words=Words(
            {
                key: text
                for key, text in (("issue", found.issue_text), ("environment", found.environment_hint))
                if text
            }
        ),
        sources=tuple(_source(one) for one in found.sources),
        left_out=found.left_out,
        notes=(NAMES_NOT_PROMISED,),
    )


def _source(one: Source) -> dict[str, str]:
    """A source as front matter holds it."""
    return {name: value for name, value in one._asdict().items() if value}


def counterpart_of(kb: KnowledgeBase, name: str) -> Given:
    """What an article for another audience takes over: the words that are not internal, product, tags, language."""
    article = _source_article(kb, name, "--from")
    other = article.record.meta.get(COUNTERPART)
    if other:
        raise UsageProblem(
            f"{article.name} already has a counterpart: {other}",
            path=article.path,
            hint=f"kcs show {quote(str(other))}; remove the key if that is no longer one",
        )
    raw_to_edit(kb, article)
    words = words_for_everyone(kb.read(article).body)
    pairs = {COUNTERPART: scalar(name_to_write(article)), **_governance(article)}
    return _taken_over(article, words, pairs=pairs, counterpart_of=article.path)


def with_counterpart(kb: KnowledgeBase, path: str, identifier: str) -> Edit:
    """The other article's file, naming the new one as its counterpart."""
    article = kb.by_path[path]
    raw = raw_to_edit(kb, article)
    with naming(article):
        return Edit(path, raw, set_value(raw, COUNTERPART, scalar(identifier)))


def translation_of(kb: KnowledgeBase, name: str, language: str) -> Given:
    """What a translation takes over: everything, under the headings of its language, to be written over."""
    article = _source_article(kb, name, "--translation-of")
    original = article.settings.language
    if not language:
        raise UsageProblem("--translation-of needs a --language to translate into", hint="--language th")
    if _same(original, language):
        raise UsageProblem(
            f"{article.name} is already in {original!r}", path=article.path, hint="name another --language"
        )
    there = [one.name for one in translations(kb, article) if _same(one.settings.language, language)]
    notes = (f"it is translated into {language!r} already: {', '.join(there)}",) if there else ()
    body = kb.read(article).body
    # An article without one of our templates is translated as it is: another's headings would be in the way.
    strange = find_template(kb.root, article.own.type) is None if article.own.type else True
    words = Words({}, unix(body).strip()) if strange else all_words(body)
    pairs = {KEY: link_to(kb, article), **_governance(article)}
    if article.own.audience:
        pairs["audience"] = scalar(article.own.audience)
    return _taken_over(article, words, pairs=pairs, everything=True, as_it_stands=strange, notes=notes)


def _governance(article: Article) -> dict[str, str]:
    """What binds in one language, or for one audience, is approved before it is published for others as well."""
    return {"governance": scalar(article.own.governance)} if article.own.governance else {}


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def looks_like_file(name: str) -> bool:
    """Whether the user meant a file."""
    return bool(re.search(r"[/\\]|\.\w{2,6}$", name)) and not name.casefold().endswith(".md")


def _source_article(kb: KnowledgeBase, name: str, option: str) -> Article:
    try:
        article = find_article(kb, name)
    except UsageProblem as unknown:
        if option == "--from" and looks_like_file(name):
            if os.path.isdir(name):  # noqa: PTH112
                raise UsageProblem(
                    f"{name} is a folder, and an article starts from one ticket", hint="name a file in it"
                ) from None
            unknown.message = f"no file is called {name!r}, and no article is named so"
        raise
    if article.unreadable:
        problem = article.record.unreadable
        raise FileProblem(
            f"cannot be read, so {option} has nothing to take: {problem.message if problem else ''}",
            path=article.path,
            line=problem.line if problem else None,
        )
    return article


def _taken_over(article: Article, words: Words, **rest: Any) -> Given:
    own = article.own
    return Given(
        title=article.own_title,
        type=own.type,
        product=own.product,
        tags=own.tags,
        language=article.settings.language,
        folder=article.path.rpartition("/")[0],
        words=words,
        **rest,
    )
