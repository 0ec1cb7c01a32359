"""Rules of the audit that a whole base breaks by its shape: they would say one thing about nearly every article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kcs.article.first_heading import first_heading
from kcs.authoring.adopt.file_names import plain, stem
from kcs.authoring.adopt.survey import Candidate
from kcs.counting import counted

_MANY_OF_A_TYPE = 3
# Types whose template asks for the environment.
_OF_A_CASE = ("Solution", "Known error")
_HEADING = re.compile(r"(?im)^#{1,6} +(?:environments?|applies to|affected versions)\b")
_EPOCH = re.compile(r"\d{10}|\d{13}")


@dataclass(frozen=True, slots=True)
class Silenced:
    """A rule to set to `severity`, and why."""

    code: str
    severity: str
    why: str


def silenced(
    articles: Sequence[Candidate],
    names: Mapping[str, str],
    types: Mapping[str, str],
    type_counts: Mapping[str, int],
) -> list[Silenced]:
    """The rules, by code.
    `names`: what the base calls our fields; `types`, `type_counts`: theirs -> ours, -> articles.
    """
    return sorted(_silenced(articles, names, types, type_counts), key=lambda one: one.code)


def _silenced(
    articles: Sequence[Candidate],
    names: Mapping[str, str],
    types: Mapping[str, str],
    type_counts: Mapping[str, int],
) -> Iterator[Silenced]:
    whole = len(articles)
    bare = sum(one.document.block is None for one in articles)
    if bare * 2 > whole:
        yield Silenced(
            "KCS003", "info", f"{bare} of {whole} have no front matter; each gets it when it is verified"
        )
    named = sum(plain(stem(one.path)).lower() in ("index", "log") for one in articles)
    if named:
        which = counted(named, "article is", "articles are")
        yield Silenced("KCS020", "off", f"{which} named index or log, as their site wants it")
    yield from _about_titles(articles, names)
    if "verify_every" in names:
        yield Silenced(
            "KCS109", "off", f"each article says in {names['verify_every']} how long its verification holds"
        )
    yield from _not_ours(articles, names)
    yield from _about_templates(articles, names, types, type_counts)


def _about_titles(articles: Sequence[Candidate], names: Mapping[str, str]) -> Iterator[Silenced]:
    whole = len(articles)
    titles = [_title(one, names.get("title", "title")) for one in articles]
    blocks = [one.document.block is not None for one in articles]
    untitled = sum(block and not title for block, title in zip(blocks, titles, strict=True))
    if untitled > sum(blocks) / 2:
        yield Silenced("KCS016", "off", f"{untitled} of {sum(blocks)} have no title, and no heading for one")
    shared = sum(count for count in Counter(filter(None, titles)).values() if count > 1)
    if shared * 2 > whole:
        yield Silenced("KCS018", "off", f"{shared} of {whole} share their title, as versions of a page do")
        yield Silenced("KCS410", "off", "versions of a page are much the same")


def _about_templates(
    articles: Sequence[Candidate],
    names: Mapping[str, str],
    types: Mapping[str, str],
    type_counts: Mapping[str, int],
) -> Iterator[Silenced]:
    mapped = sum(type_counts[name] for name in types)
    if mapped >= _MANY_OF_A_TYPE:
        yield Silenced(
            "KCS401",
            "off",
            f"{counted(mapped, 'article was', 'articles were')} not written to the templates of their types",
        )
    key = names.get("type", "type")
    asked = [one for one in articles if types.get(str(one.document.meta.get(key))) in _OF_A_CASE]
    lacking = sum(not _HEADING.search(one.document.body) for one in asked)
    if lacking >= _MANY_OF_A_TYPE and lacking * 2 > len(asked):
        yield Silenced(
            "KCS405", "off", f"{lacking} of {len(asked)} articles about a case have no section Environment"
        )


def _title(one: Candidate, key: str) -> str:
    """What lists would show: the front matter's, else the first heading."""
    said = one.document.meta.get(key)
    return said if isinstance(said, str) and said.strip() else first_heading(one.document.body)


def _not_ours(articles: Sequence[Candidate], names: Mapping[str, str]) -> Iterator[Silenced]:
    """Requirements only for bases begun with kcs: a type, an id, days written as days."""
    whole = len(articles)
    for code, key in (("KCS008", "type"), ("KCS011", "id")):
        having = sum(bool(one.document.meta.get(key)) for one in articles)
        blocks = sum(one.document.block is not None for one in articles)
        if not names and blocks == 0:
            yield Silenced(code, "off", f"the front matter that the first stamp brings holds no `{key}`")
        elif not names and having * 2 < blocks:
            yield Silenced(code, "off", f"{having} of {blocks} with front matter have `{key}`")
    created = names.get("created", "created")
    counted = sum(_EPOCH.fullmatch(str(one.document.meta.get(created))) is not None for one in articles)
    if counted * 2 > whole:
        severity = "info" if "verified_at" in names else "off"
        yield Silenced("KCS014", severity, f"{counted} of {whole} count `{created}` in seconds since 1970")
