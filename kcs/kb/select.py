"""Finds one article by what a user types, and many by the filters that all listing commands share."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.article.trust import Verdict
from kcs.errors import KcsError, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.globs import matcher
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.recent import Recent

_MOST_SHOWN = 8
_NO_SEARCH = "a number is one of this terminal's last search or queue, and there was none: kcs search WORDS"


def find_article(kb: KnowledgeBase, wanted: str) -> Article:
    """The article that `wanted` names: id, path, unambiguous prefix of either, or words of the title.

    A number that is no id or path is a hit of this terminal's last search, or a line of its queue if that came later.

    UsageProblem, with near matches, if nothing or more than one fits.
    """
    wanted = wanted.strip()
    if not wanted:
        raise UsageProblem("no article named", hint="give an id, a path, or words of a title")
    for match in (_exactly, _by_number, _by_prefix, _by_title):
        found = match(kb, wanted)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageProblem(f"{wanted!r} names {len(found)} articles", hint="say which:" + _shown(found))
    raise UsageProblem(f"no article is named {wanted!r}", hint=_nearest(kb, wanted))


def find_articles(kb: KnowledgeBase, names: Sequence[str]) -> list[Article]:
    """The article that each name names, once. UsageProblem for a bare word of a title
    beside others: in `two calendars` the second word may name an article that nobody meant.
    """
    from shlex import quote

    whole = " ".join(names)
    for name in names if len(names) > 1 else ():
        if _is_title_word(kb, name.strip(), whole):
            raise UsageProblem(
                f"{name!r} is no id and no path, and one of several",
                hint=f"words of a title are one argument here: {quote(whole)}; else name each by id or path",
            )
    return list({one.path: one for one in (find_article(kb, name) for name in names)}.values())


def _is_title_word(kb: KnowledgeBase, name: str, whole: str) -> bool:
    if not name or " " in name or _is_number(name) or _exactly(kb, name):
        return False
    if _by_title(kb, whole):
        return True  # though files' names may begin with each word
    found = _by_title(kb, name)
    # A whole title names its article: Thai and Chinese write one without a blank.
    return bool(found) and found[0].title.casefold() != name.casefold() and not _by_prefix(kb, name)


def _exactly(kb: KnowledgeBase, wanted: str) -> list[Article]:
    path = path_in(kb, wanted)
    if path in kb.by_path:
        return [kb.by_path[path]]
    return [one for one in kb.articles if one.id and one.id == wanted] or [
        one for one in kb.articles if one.permalink and one.permalink.strip("/") == wanted.strip("/")
    ]


def _by_number(kb: KnowledgeBase, wanted: str) -> list[Article]:
    if not _is_number(wanted):
        return []
    from kcs.kb.recent import article_path, recall

    recent = recall(kb.cache)
    # A typed number means a hit: matching the start of an id, or a 2 in a title, would give a wrong article.
    if recent is None:
        raise UsageProblem(f"no article is named {wanted!r}", hint=_NO_SEARCH)
    path = article_path(recent, int(wanted))
    if path is None:
        raise _no_such_number(recent, wanted)
    if path not in kb.by_path:
        listed = f"hit {wanted} of {recent.query!r}" if recent.query else f"line {wanted} of the queue"
        again = "kcs search" if recent.query else "kcs queue"
        raise UsageProblem(f"{path}, {listed}, is gone", hint=f"{again} looks again")
    return [kb.by_path[path]]


def _no_such_number(recent: Recent, wanted: str) -> UsageProblem:
    count = len(recent.paths)
    listed, what, more = f"search, {recent.query!r}, had", "hit", "kcs search WORDS -n N shows N hits"
    if not recent.query:
        listed, what, more = "list, of kcs queue, had", "line", "kcs queue lists them"
    return UsageProblem(
        f"this terminal's last {listed} {count or 'no'} {what}{'s' if count != 1 else ''}, and no {what} {wanted}",
        hint=more if count else "",
    )


def _is_number(wanted: str) -> bool:
    return len(wanted) < 4 and wanted.isascii() and wanted.isdecimal()


def _by_prefix(kb: KnowledgeBase, wanted: str) -> list[Article]:
    path = path_in(kb, wanted)
    by_id = [
        one
        for one in kb.articles
        if one.id and (one.id.startswith(wanted) or one.id.startswith(f"kb-{wanted}"))
    ]
    return (
        by_id
        or [
            one
            for one in kb.articles
            if one.path.startswith(path) or one.path.rpartition("/")[2].startswith(wanted)
        ]
        or [one for one in kb.articles if one.path.startswith(_from_root(wanted))]
    )


def _by_title(kb: KnowledgeBase, wanted: str) -> list[Article]:
    folded = wanted.casefold()
    exact = [one for one in kb.articles if one.title.casefold() == folded]
    words = folded.split()
    return exact or [one for one in kb.articles if all(word in one.title.casefold() for word in words)]


def path_in(kb: KnowledgeBase, given: str) -> str:
    """A typed path, from the current folder or the base's root, as a path from the root."""
    text = _from_root(given)
    if text in kb.by_path:
        return text
    try:
        # Not resolve(), which raises RuntimeError for a link to itself.
        return Path(os.path.realpath(given)).relative_to(kb.root.resolve()).as_posix()
    except (ValueError, OSError):
        return text


def _from_root(given: str) -> str:
    return given.replace(os.sep, "/").removeprefix("./")


def _on(kb: KnowledgeBase, path: str) -> list[Article]:
    """The articles that a path or a pattern fits, or that lie below it."""
    fits = matcher((path, f"{path.rstrip('/')}/**") if path != "." else ("**",))
    return [one for one in kb.articles if fits(one.path)]


def _shown(articles: Sequence[Article]) -> str:
    # A duplicate id would not answer "say which".
    twice = len({one.name for one in articles}) < len(articles)
    lines = [f"\n       {one.path if twice else one.name}  {one.title}" for one in articles[:_MOST_SHOWN]]
    more = len(articles) - _MOST_SHOWN
    return "".join(lines) + (f"\n       and {more} more" if more > 0 else "")


def _nearest(kb: KnowledgeBase, wanted: str) -> str:
    from difflib import get_close_matches

    if broken := next((one for one in kb.articles if one.unreadable and _says_id(kb, one, wanted)), None):
        from shlex import quote

        mends = f"kcs edit {quote(broken.path)}"
        return f"{broken.path} has that id, and cannot be read: kcs doctor says why, {mends} mends it"
    names = {one.title.casefold(): one for one in kb.articles if one.title}
    names |= {one.path: one for one in kb.articles} | {one.id: one for one in kb.articles if one.id}
    close = [names[name] for name in get_close_matches(wanted.casefold(), names, 3, 0.6)]
    if close:
        return "did you mean:" + _shown(close)
    return "kcs search WORDS finds it by any words" if " " in wanted else "kcs list shows what there is"


def _says_id(kb: KnowledgeBase, article: Article, wanted: str) -> bool:
    """Whether the id is in unreadable front matter, and so belongs to no article."""
    try:
        return (
            re.search(rf"^id:\s*[\"']?{re.escape(wanted)}\b".encode(), kb.raw(article), re.MULTILINE)
            is not None
        )
    except KcsError:
        return False


class Filters(NamedTuple):
    """The filters of a listing. Any value of a field may fit; all fields must."""

    paths: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    governance: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    reason: tuple[str, ...] = ()
    trusted: bool | None = None
    flagged: bool = False
    due_before: date | None = None

    def choose(self, kb: KnowledgeBase) -> list[Article]:
        """The articles that fit, by path. An id or a hit's number stands for its article.

        UsageProblem if a path names nothing: a glob that matches nothing never passes.
        """
        articles = self._on_paths(kb)
        for field, given in self._values():
            articles = _having(kb, articles, field, given)
        if self.flagged:
            articles = [one for one in articles if one.flags]
        if self.trusted is not None or self.reason or self.due_before:
            articles = [one for one in articles if self._judged(kb.verdicts[one.path])]
        return articles

    def unheard(self, kb: KnowledgeBase) -> list[str]:
        """A sentence for each value that no article has, with the one probably meant.

        An empty list must not look as if nothing was written.
        """
        said: list[str] = []
        for field, given in self._values():
            from kcs.kb.values import asked_as, known, meant_by

            there = known(kb.articles, field)
            for value in given:
                if asked_as(kb.config, field, value) not in there:
                    near = meant_by(kb.config, field, value, there)
                    said.append(
                        f"no article has {field} {value!r}" + (f"; did you mean {near!r}?" if near else "")
                    )
        return said

    def _values(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        return ((field, given) for field in _FIELDS if (given := getattr(self, field)))

    def _judged(self, verdict: Verdict) -> bool:
        if self.trusted is not None and verdict.trusted != self.trusted:
            return False
        if self.reason and not any(reason in verdict.reasons for reason in self.reason):
            return False
        return self.due_before is None or (verdict.due is not None and verdict.due < self.due_before)

    def _on_paths(self, kb: KnowledgeBase) -> list[Article]:
        if not self.paths:
            return list(kb.articles)
        chosen: dict[str, Article] = {}
        for given in self.paths:
            if (
                not given.strip()
            ):  # as of a variable that was never set: it would be the folder that the user is in
                raise UsageProblem("an empty word names no article", hint="name one, or leave the word out")
            found = _on(kb, path_in(kb, given)) or _on(kb, _from_root(given))
            found = found or _exactly(kb, given) or _by_number(kb, given)
            if not found:
                hint = (
                    _as_option(given) or _no_article(kb, given) or _as_value(kb, given) or _nearest(kb, given)
                )
                raise UsageProblem(f"{given!r} matches no article", hint=hint)
            chosen |= {one.path: one for one in found}
        return [chosen[path] for path in sorted(chosen)]


_FIELDS = ("owner", "product", "tag", "type", "confidence", "audience", "governance", "language")


def _as_option(given: str) -> str:
    """How a condition of a search is written as an option; empty if it is none."""
    from shlex import quote

    name, _, value = given.partition(":")
    name = {"lang": "language"}.get(name, name)
    if name == "trusted" and value in ("yes", "no"):
        option = "--trusted" if value == "yes" else "--untrusted"
    elif name in _FIELDS and value:
        option = f"--{name} {quote(value)}"
    else:
        return ""
    return f"conditions such as this are for kcs search; kcs list and its like take {option}"


def _as_value(kb: KnowledgeBase, given: str) -> str:
    """For the name of a product, an owner or a tag, the option that takes it; empty if it is none."""
    from shlex import quote

    from kcs.kb.values import asked_as, known

    for field in ("product", "owner", "tag"):
        if asked_as(kb.config, field, given) in known(kb.articles, field):
            return f"it is the {field} of articles: kcs list and its like take --{field} {quote(given)}"
    return ""


def _no_article(kb: KnowledgeBase, given: str) -> str:
    """What to do about a file that is none, mostly one of those that
    a shell put in a glob's place; empty if there is no such file.
    """
    if not kb.exists(path_in(kb, given)):
        return ""
    return "by [articles] of kcs.toml that file is none; a glob in quotes, such as 'articles/*.md', fits articles alone"


def _having(
    kb: KnowledgeBase, articles: Iterable[Article], field: str, given: Iterable[str]
) -> list[Article]:
    from kcs.kb.values import VALUES, alike, asked_as

    values = VALUES[field]
    wanted = {asked_as(kb.config, field, one) for one in given}
    return [one for one in articles if not wanted.isdisjoint(map(alike, values(one)))]
