"""Giving articles an owner and verifiers, many at once: planned whole, shown, then written together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kcs.article.splice import flow_list, remove_key, scalar, set_value
from kcs.article.trust import Verdict
from kcs.authoring.editing import commit_message, naming, raw_to_edit
from kcs.authoring.writing import Edit, write_edits
from kcs.errors import CannotEdit, UsageProblem, nearest_hint
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.select import Filters, find_article, path_in
from kcs.kb.settings.team import TEAM_NAME

_MOST_SHOWN = 10  # articles that cannot be changed


@dataclass(frozen=True, slots=True)
class Wish:
    """What to assign. None: leave as is; empty: remove. `added` joins those who may verify now."""

    owner: str | None = None
    verifiers: tuple[str, ...] | None = None
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """One article before and after, with today's verdict of both."""

    article: Article
    after: Article
    edit: Edit
    before_verdict: Verdict
    verdict: Verdict

    @property
    def loses_trust(self) -> bool:
        """Whether it is trusted now and would not be."""
        return self.before_verdict.trusted and not self.verdict.trusted


@dataclass(frozen=True, slots=True)
class Assignment:
    """What would be written: the articles that change, how many do not, and what the user should know."""

    wish: Wish
    changes: tuple[Assigned, ...]
    unchanged: int
    remarks: tuple[str, ...]

    @property
    def losing(self) -> int:
        """How many articles lose trust."""
        return sum(one.loses_trust for one in self.changes)


def read_wish(owner: str | None, verifiers: str | None, added: Sequence[str]) -> Wish:
    """The options as given. UsageProblem if they do not go together or hold no name."""
    if owner is None and verifiers is None and not added:
        raise UsageProblem("nothing to assign", hint="give --owner, --verifiers or --add-verifier")
    if verifiers is not None and added:
        raise UsageProblem("--verifiers names all of them, --add-verifier one more: give one of the two")
    names = None if verifiers is None else _names([verifiers])
    return Wish(None if owner is None else owner.strip(), names, _names(added))


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in given for part in one.split(",") if (name := part.strip())))


def choose(kb: KnowledgeBase, names: Sequence[str], filters: Filters) -> list[Article]:
    """The articles that are named (also by folder or glob) and fit the filters. UsageProblem if nothing narrows."""
    if not names and filters == Filters():
        raise UsageProblem(
            "no article named, and no filter given",
            hint="kcs assign ARTICLE... --owner X, or --product X and the like; kcs assign . means all",
        )
    fitting = filters.choose(kb)
    if not names:
        return fitting
    wanted = {path for name in names for path in _paths(kb, name)}
    return [one for one in fitting if one.path in wanted]


def _paths(kb: KnowledgeBase, name: str) -> Iterator[str]:
    path = path_in(kb, name)
    if path not in kb.by_path and (set("*?[") & set(name) or (kb.root / path).is_dir()):
        yield from (one.path for one in Filters(paths=(name,)).choose(kb))
    else:
        yield find_article(kb, name).path


def plan(kb: KnowledgeBase, articles: Sequence[Article], wish: Wish) -> Assignment:
    """What assigning would change. UsageProblem for a name that team.toml does not know; nothing is written."""
    remarks = list(_check_names(kb, wish))
    changes: list[tuple[Article, Article, Edit]] = []
    doubtful: list[CannotEdit] = []
    for article in articles:
        try:
            if (one := _planned(kb, article, wish)) is not None:
                changes.append(one)
        except CannotEdit as problem:
            doubtful.append(problem)
    _refuse(doubtful)
    before = kb.judge.verdicts([one[0] for one in changes])
    after = kb.judge.verdicts([one[1] for one in changes])
    done = tuple(Assigned(*one, before[one[0].path], after[one[1].path]) for one in changes)
    nobody = sum(one.after.settings.terms.entitled == frozenset() for one in done)
    if nobody:
        remarks.append(f"nobody could verify {nobody} of them: a team without people cannot verify anything")
    return Assignment(wish, done, len(articles) - len(done), tuple(remarks))


def _refuse(doubtful: Sequence[CannotEdit]) -> None:
    """CannotEdit that names all of them: whoever assigns a folder does not want to meet them one by one."""
    if len(doubtful) == 1:
        raise doubtful[0]
    if doubtful:
        shown = [f"{one}".removesuffix("; nothing was written") for one in doubtful[:_MOST_SHOWN]]
        if len(doubtful) > len(shown):
            shown.append(f"and {len(doubtful) - len(shown):,} more")
        raise CannotEdit(
            f"{len(doubtful):,} articles cannot be changed; nothing was written",
            hint="\n     ".join([*shown, "mend the files, then run the command again"]),
        )


def carry_out(kb: KnowledgeBase, assignment: Assignment, *, commit: bool) -> str | None:
    """Write it; the commit's id if one is made."""
    if not assignment.changes:
        return None
    wish, articles = assignment.wish, [one.article for one in assignment.changes]
    said = [
        "" if wish.owner is None else f"Owner: {wish.owner or 'nobody'}",
        "" if wish.verifiers is None else f"Verifiers: {', '.join(wish.verifiers) or 'none of their own'}",
        f"May verify as well: {', '.join(wish.added)}" if wish.added else "",
    ]
    message = commit_message("Assign", articles, *said) if commit else None
    return write_edits(kb, [one.edit for one in assignment.changes], message)


def _check_names(kb: KnowledgeBase, wish: Wish) -> Iterator[str]:
    owner = (wish.owner,) if wish.owner else ()
    team = kb.team
    for name in dict.fromkeys((*owner, *(wish.verifiers or ()), *wish.added)):
        if not name.isprintable():
            raise UsageProblem(f"{name!r} is not a name", hint="type it again")
        if not team.present:
            continue
        known = [*team.people, *team.teams]
        if name not in known and name not in team.members:
            raise UsageProblem(
                f"{name!r} is neither a person nor a team of {TEAM_NAME}",
                hint=nearest_hint(name, known) if known else "",
            )
        left = team.left().get(name)
        if left is not None and left <= kb.today:
            yield f"{name} left on {left}"


def _planned(kb: KnowledgeBase, article: Article, wish: Wish) -> tuple[Article, Article, Edit] | None:
    own = article.own
    owner = wish.owner if wish.owner != own.owner else None
    verifiers = _verifiers(kb, article, wish)
    if owner is None and verifiers is None:
        return None
    raw = new = raw_to_edit(kb, article)
    with naming(article):
        if owner is not None:
            new = _with(kb, article, new, "owner", scalar(owner) if owner else "")
            # One more verifier takes nobody's place, and not that of the owner named with it.
            verifiers = _verifiers(kb, kb.edited(article, new), wish)
        if verifiers is not None:
            new = _with(kb, article, new, "verifiers", _list(kb, article, verifiers))
    after = kb.edited(article, new)
    if (owner is not None and after.owner != owner) or after.record.skeleton != article.record.skeleton:
        raise CannotEdit("would not read back as assigned; nothing was written", path=article.path)
    return article, after, Edit(article.path, raw, new)


def _verifiers(kb: KnowledgeBase, article: Article, wish: Wish) -> tuple[str, ...] | None:
    """The names to write; None if they stand there already."""
    wanted = wish.verifiers
    if wish.added and not set(wish.added) <= set(names := verifying(kb, article)):
        wanted = tuple(dict.fromkeys((*names, *wish.added)))
    return wanted if wanted != article.own.verifiers else None


def verifying(kb: KnowledgeBase, article: Article) -> tuple[str, ...]:
    """Who may verify the article today, in the shortest form; nothing if everybody may."""
    own, team = article.own, kb.team
    entitled = article.settings.terms.entitled
    if own.verifiers:
        return own.verifiers
    if entitled is None or (team.present and not own.owner and entitled == frozenset(team.people)):
        return ()
    return (own.owner,) if own.owner and team.expand((own.owner,)) == entitled else tuple(sorted(entitled))


def _key(kb: KnowledgeBase, article: Article, name: str) -> str:
    ours = article.record.meta.get(name) is not None and not kb.config.apart(name)
    return name if ours else kb.config.fields.get(name, name)


def _with(kb: KnowledgeBase, article: Article, raw: bytes, name: str, value: str) -> bytes:
    key = _key(kb, article, name)
    return set_value(raw, key, value) if value else remove_key(raw, key)


def _list(kb: KnowledgeBase, article: Article, names: Sequence[str]) -> str:
    """A list in this file's style: a flow list, or comma-separated words."""
    if not names:
        return ""
    if isinstance(article.record.meta.get(_key(kb, article, "verifiers")), str):
        return scalar(", ".join(names))
    return flow_list(names)
