"""What a change touches, and the base before it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.article.states import ARCHIVED
from kcs.audit.baseline import NAME, Baseline, Entry, parse, split, worth_keeping
from kcs.audit.changes import Changed, by_links_alone, since_verified
from kcs.audit.finding import fingerprint
from kcs.audit.rules.verification import DEBT
from kcs.audit.runner import audit
from kcs.errors import ConfigProblem, RepositoryProblem, UsageProblem
from kcs.kb.git.folder import is_oid
from kcs.kb.settings.config import CONFIG_NAME
from kcs.kb.settings.team import TEAM_NAME
from kcs.kb.stored import is_stored_as
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.finding import Finding
    from kcs.audit.settings import Chosen
    from kcs.audit.stand_ins import StandIn
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.git.repository import Repository


class Lost(NamedTuple):
    """An article that was trusted before the change and is not after it."""

    article: Article
    reasons: tuple[str, ...]


class Change:
    """A change to the base: from `commit`, which the user called `name`, to what `kb` reads."""

    def __init__(self, kb: KnowledgeBase, commit: str, name: str) -> None:
        self.kb = kb
        self.commit = commit
        self.name = name

    @cached_property
    def before(self) -> KnowledgeBase:
        """The base as it was, on the same day."""
        return self.kb.as_committed(self.commit)

    @cached_property
    def touched(self) -> list[Article]:
        """The articles whose file changed, new and moved ones included."""
        assert self.kb.repo is not None, "only Git knows what was before"
        kb, tree = self.kb, self.kb.repo.tree(self.commit)
        return [one for one in kb.articles if not is_stored_as(kb, one, tree.get(kb.prefix + one.path))]

    @cached_property
    def settings_changed(self) -> bool:
        """Whether kcs.toml or team.toml changed: then nothing about any article can be assumed unchanged."""
        names = (CONFIG_NAME, TEAM_NAME)
        return any(self.kb.text(name) != self.before.text(name) for name in names)

    @cached_property
    def left(self) -> list[Article]:
        """Former articles whose files still exist, excluded by kcs.toml or a move: no rule sees them now."""
        here, there = self.kb.by_path, self.kb.exists
        gone = self.before.articles if self.settings_changed else ()
        found = {one.path: one for one in gone if one.path not in here and there(one.path)}
        return [*found.values(), *(one.article for one in self.stand_ins if one.article.path not in found)]

    @cached_property
    def newly_known(self) -> int:
        """How many debts it adds to the base's baseline, which
        lets them pass; all, if the earlier one could not be read.
        """
        then: tuple[Entry, ...] = ()
        with suppress(ConfigProblem):
            then = parse(self.before.text(NAME) or "", NAME)
        now = parse(self.kb.text(NAME) or "", NAME)
        return len({one.fingerprint for one in now} - {one.fingerprint for one in then})

    @cached_property
    def stand_ins(self) -> list[StandIn]:
        """Files that replace validated articles and are not articles."""
        from kcs.audit.stand_ins import stand_ins

        return stand_ins(self)

    def elsewhere(self, rules: Sequence[Chosen], baseline: Baseline) -> list[Finding]:
        """The findings it caused in articles that it does not touch: new ones that time alone does not bring."""
        mine = {one.path for one in self.touched}
        others = [one for one in self.kb.articles if one.path not in mine]
        asked = [
            one
            for one in rules
            if not one.rule.by_time and (self.settings_changed or not one.rule.by_content)
        ]
        if not asked or not others:
            return []
        now = audit(self.kb, others, asked, before=self.before)
        fresh, _ = split(self.kb, baseline, now, others, lambda: self.before)
        paths = {one.path for one in fresh}
        then = [one for one in self.before.articles if one.path in paths]
        # By its place too: translations with one permalink share their findings' names.
        old = {(one.path, one.fingerprint) for one in audit(self.before, then, asked)} if then else set()
        return [one for one in fresh if (one.path, one.fingerprint) not in old]

    @cached_property
    def _since_verified(self) -> dict[str, Changed]:
        return since_verified(self.kb)

    def owed(self, rules: Sequence[Chosen]) -> set[str]:
        """The fingerprints of earlier findings in the articles that it touches or removes.

        Without the verification that a flagged article owes: for the flag it is let pass, and it is not paid by it.
        """
        left = {one.path for one in self.kb.articles} - {one.path for one in self.touched}
        then = [one for one in self.before.articles if one.path not in left]
        waiting = {fingerprint(DEBT, self.kb.key(one), "") for one in self.touched if one.blocked}
        by_time = {one.entry.code for one in rules if one.rule.by_time}
        found = (one for one in audit(self.before, then, rules) if worth_keeping(one, by_time))
        return {one.fingerprint for one in found} - waiting

    def author(self, article: Article) -> str:
        """Whose change cost the article its trust: the change of its text, else of the settings that apply to it."""
        changed = self._since_verified.get(article.path)
        if changed is None or by_links_alone(article, self.before):
            return "no change of its text"
        return changed.newest.author_name if changed.newest else "not committed yet"

    def lost(self) -> list[Lost]:
        """The articles that lost their trust through the change, by path."""
        found = []
        for article in self.kb.articles:
            if article.confidence == ARCHIVED:
                continue  # it promises nothing any more, like a deleted one
            verdict = self.kb.verdicts[article.path]
            if not verdict.trusted and any(
                self.before.verdicts[one.path].trusted for one in self._were(article)
            ):
                found.append(Lost(article, verdict.reasons))
        return found

    def _were(self, article: Article) -> Sequence[Article]:
        """What it was before; several where those that left their places share its key, none where it is new."""
        if not self._moved(article):
            return (self.before.by_path[article.path],)
        # An article that changed its id, or cannot be read any more,
        # is known by its place; one that goes on elsewhere is another.
        there = self.before.by_path.get(article.path)
        here = (there,) if there is not None and self.before.key(there) not in self.arrived else ()
        former = self.departed.get(self.kb.key(article), ())
        # Translations that moved together: one with its text is the one that it was.
        text = article.record.skeleton
        same = [one for one in former if len(former) > 1 and text and one.record.skeleton == text]
        return same or former or here or self._recorded(article)

    def _recorded(self, article: Article) -> Sequence[Article]:
        """What moves.tsv says it was: a new one in its former place has its key, and hides that it left."""
        key, moves = self.kb.key(article), self.kb.moves
        if key not in (moves.keys.get(article.path), moves.keys.get(article.id)):
            return ()
        places = (path for path, its in moves.former.items() if its == key)
        return [self.before.by_path[path] for path in places if path in self.before.by_path]

    def _moved(self, article: Article) -> bool:
        """Whether its place is new to it."""
        there = self.before.by_path.get(article.path)
        return there is None or self.before.key(there) != self.kb.key(article)

    @cached_property
    def arrived(self) -> Counter[str]:
        """How many articles are new at their places, by key.
        One that stays says nothing of those that share its key, as translations with one permalink do.
        """
        return Counter(self.kb.key(one) for one in self.kb.articles if self._moved(one))

    @cached_property
    def departed(self) -> dict[str, list[Article]]:
        """The former articles that are at their places no more, by key."""
        found: dict[str, list[Article]] = {}
        for one in self.before.articles:
            here = self.kb.by_path.get(one.path)
            if here is None or self._moved(here):
                found.setdefault(self.before.key(one), []).append(one)
        return found

    def goes_on(self, key: str) -> bool:
        """Whether each that left its place is an article elsewhere: as many arrived with this key."""
        return self.arrived[key] >= len(self.departed.get(key, ()))


UPSTREAM = "@{upstream}"


def since(kb: KnowledgeBase, ref: str) -> Change | None:
    """The change since the branch left `ref`. RepositoryProblem if this clone does not reach back that far.

    None if `@{upstream}` is asked for and there is none yet: the branch was never pushed, and all of it is new.
    """
    if kb.repo is None:
        raise UsageProblem("--changed-since needs a Git repository, and this folder is not in one")
    if ref == UPSTREAM:
        ref = _upstream(kb.repo)
        if not ref:
            return None
    if is_oid(ref) and not ref.strip("0"):
        raise RepositoryProblem(
            f"{ref[:8]}... is not a commit: it is how hosts say that a branch is new",
            hint="name the branch that this one goes to, such as origin/main",
        )
    commit = kb.repo.merge_base(ref)
    if commit is None:
        shallow = kb.repo.shallow()
        raise RepositoryProblem(
            f"this branch and {ref!r} have no commit in common"
            + (" in this shallow clone" if shallow else ""),
            hint="git fetch --unshallow; in CI check out with the full history (fetch-depth: 0)"
            if shallow
            else "name a commit of this history",
        )
    called = ref[:8] if is_oid(ref) else ref.removeprefix("refs/remotes/").removeprefix("refs/heads/")
    return Change(kb, commit, called)


def staged(kb: KnowledgeBase) -> Change | None:
    """The staged changes against HEAD; None before the first commit, when everything is new."""
    assert kb.repo is not None, "only Git stages"
    head = kb.repo.head()
    return Change(kb, head, "HEAD") if head else None


def _upstream(repo: Repository) -> str:
    """What the remote has already: what pre-commit says, else the branch's upstream, else the remote's main branch."""
    for ref in (os.environ.get("PRE_COMMIT_FROM_REF", ""), UPSTREAM, "refs/remotes/origin/HEAD"):
        with suppress(RepositoryProblem):
            if ref and repo.resolve(ref):
                return ref
    return ""
