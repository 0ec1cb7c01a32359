"""One knowledge base in one state (the working tree or a commit) on one day: where every feature starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import FileProblem, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.cache import Cache
from kcs.kb.config import CONFIG_NAME, load_config
from kcs.kb.files import interrupted
from kcs.kb.git import Repository
from kcs.kb.place import find_root
from kcs.kb.source import WorkingTree, title_key
from kcs.kb.state import State, private_folder_of
from kcs.kb.team import TEAM_NAME, load_team

# The modules that parse text and ask Git are imported on use: listing unchanged articles needs neither.
if TYPE_CHECKING:
    from kcs.article.trust import Verdict
    from kcs.kb.past_texts import PastSkeletons
    from kcs.kb.references import References
    from kcs.kb.standings import Standings
    from kcs.kb.verdicts import Fingerprints, Judge


# Beyond this many articles, asking each for its name is slower than reading the names of all.
_FEW = 300


class KnowledgeBase(State):
    """A state of the files on a given day, and the verdict of each article."""

    # Whether we know more standings than are kept.
    _worked_out = False

    @classmethod
    def open(
        cls, given: Path | None = None, *, at: str | None = None, as_of: date | None = None
    ) -> KnowledgeBase:
        """The base named by `given`, KCS_KB or the folder. `at`: a revision or a date; `as_of` only sets the clock."""
        if at is not None and as_of is not None:
            raise UsageProblem("--at sets the clock itself: give --at or --as-of, not both")
        root = find_root(given)
        repo = Repository.find(root)
        if at is not None:
            from kcs.kb.opening import open_at

            return open_at(cls, root, repo, at)
        notes: list[str] = []
        if interrupted(folder := private_folder_of(root, repo)):
            from kcs.kb.journal import finish

            notes = finish(repo.root if repo else root, folder)
        config = load_config(root / CONFIG_NAME)
        algorithm = repo.object_format if repo else "sha1"
        return cls(
            root,
            repo=repo,
            commit=None,
            source=WorkingTree(root, Cache(root), algorithm),
            config=config,
            team=load_team(root / TEAM_NAME),
            today=as_of or config.today(),
            notes=tuple(notes),
        )

    @classmethod
    def open_staged(cls, given: Path | None = None, *, as_of: date | None = None) -> KnowledgeBase:
        """Open the base as staged, `kcs.toml` and `team.toml` included. RepositoryProblem outside Git."""
        from kcs.kb.opening import open_staged

        return open_staged(cls, given, as_of)

    def as_committed(self, commit: str) -> KnowledgeBase:
        """The base as of a commit, with that commit's configuration, on this base's day."""
        assert self.repo is not None, "only Git knows commits"
        known = {article.oid: article.record for article in self.articles if article.oid}
        from kcs.kb.opening import committed

        base = committed(type(self), self.root, self.repo, commit, self.config, self.team, known)
        base.today = self.today
        return base

    def rests_on(self) -> tuple[object, ...] | None:
        """All that whole-base answers depend on, except the day and other files (`probes`); None if unknown."""
        if not self.articles or not self.source.state:
            return None
        return self.source.state, self._standings_key(), self._history_key()

    def probes(self) -> dict[str, bool] | None:
        """The files beside the articles that we looked for, and whether each was there.

        None if an answer came from this machine alone (who is at work, a picture's bytes), or if an article was
        written to in the meantime.
        """
        from kcs.kb.standings import MACHINE

        standings = self._standings()
        if MACHINE in standings.rests or self._asked_machine or self.unsteady:
            return None
        return standings.probes | self._probes

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Today's fingerprints."""
        from kcs.kb.verdicts import Fingerprints

        return Fingerprints(lambda: self.links, self.image_digest)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict of every article, by path."""
        return self._standings().verdicts(self.articles.paths, self.today, self.config.adoption)

    def verdicts_of(self, articles: Sequence[Article]) -> dict[str, Verdict]:
        """The verdicts of these few `articles`, by path, in this order; no others are judged."""
        if "verdicts" in self.__dict__:
            return {article.path: self.verdicts[article.path] for article in articles}
        kept, outdated = self._known_standings
        places = [self.articles.place(article.path) for article in articles]
        unjudged = [at for at in places if at in outdated]
        if unjudged:
            self._work_out(unjudged)
        return {
            one.path: kept.verdict(at, self.today, self.config.adoption)
            for one, at in zip(articles, places, strict=True)
        }

    def keep_verdicts(self) -> None:
        """Keep for the next run what `verdicts_of` worked out, as `verdicts` does for all."""
        if self._worked_out:
            self._save(*self._known_standings)

    def _standings(self) -> Standings:
        kept, outdated = self._known_standings
        if outdated:
            self._work_out(sorted(outdated))
        if (kept.state, kept.history) != (self.source.state, self._history_key()) or self._worked_out:
            self._save(kept, outdated)
        return kept

    def _work_out(self, places: Sequence[int]) -> None:
        """Work out the standings of the articles at these places."""
        from kcs.kb.standings import CONTENT, HISTORY, MACHINE

        kept, outdated = self._known_standings
        articles = [self.articles[at] for at in places]
        asked, self._asked_machine = self._asked_machine, False
        for place, article, one in zip(places, articles, self.judge.standings(articles), strict=True):
            rests = HISTORY if self.judge.asks_history(article) else CONTENT
            kept.put(place, one, MACHINE if self._asked_machine else rests, partial(self.key, article))
            self._worked_out = self._worked_out or not self._asked_machine
            self._asked_machine = False
        self._asked_machine = asked
        outdated.difference_update(places)

    def _save(self, kept: Standings, outdated: set[int]) -> None:
        """Keep the standings we know, unless a file was written to meanwhile."""
        self._worked_out = False
        if self.source.state and not self.unsteady:
            kept.forget(outdated)
            kept.state, kept.history = self.source.state, self._history_key()
            kept.probes |= self._probes
            kept.save(self.cache, self._standings_key(), self._oids_of(kept.known()))
            if "skeletons" in self.__dict__:
                (self.skeletons.save_many if outdated else self.skeletons.save)()

    def _oids_of(self, known: Sequence[int]) -> Sequence[str]:
        """Git's names for the articles' bytes; when few places are `known`, names for those only, empty elsewhere."""
        if len(known) > _FEW:
            return self.articles.oids()
        oids = [""] * len(self.articles)
        for place in known:
            oids[place] = self.articles[place].oid
        return oids

    @cached_property
    def _known_standings(self) -> tuple[Standings, set[int]]:
        """The known standings, and the places of the articles whose standing must be worked out."""
        from kcs.kb.standings import Standings

        count, kept = len(self.articles), None
        if self.source.state and count:
            kept = Standings.read(self.cache, self._standings_key(), count, self.source.exists)
        if kept is None:
            kept = Standings(count, spreads=self.config.adoption is not None)
            return kept, set(range(count))
        return kept, set(kept.outdated(self.source.state, self._history_key(), self.articles.oids))

    def _standings_key(self) -> str:
        """Everything standings depend on except the day, the articles' own bytes, and history."""
        return repr((self.source.names, self.config, self.moves, self.team.source))

    def _history_key(self) -> str:
        return repr((self.head, sorted(self.repo.shallow_commits()) if self.repo else None))

    @cached_property
    def judge(self) -> Judge:
        """The judge that gives the verdicts and says what they rest on."""
        from kcs.kb.verdicts import Judge

        return Judge(
            fingerprints=lambda: self.fingerprints,
            references=lambda: self.references,
            past=lambda: self.past,
            raws=self._raws,
            team=self.team,
            identity_email=self._identity_email,
            key=self.key,
            today=self.today,
            adoption=self.config.adoption,
        )

    def _raws(self, articles: Iterable[Article]) -> Mapping[str, bytes]:
        found: dict[str, bytes] = {}
        unread: list[Article] = []
        for one in articles:
            if (held := self.source.listed(one.path, one.oid)) is None:
                unread.append(one)
            else:
                found[one.path] = held
        found |= self.source.read_many([one.path for one in unread])
        for one in unread:
            self.is_as_listed(one, found[one.path])
        return found

    @cached_property
    def references(self) -> References:
        """Where each date-only claim was introduced. Unknown outside Git."""
        return self.references_at(self.head)

    def references_at(self, commit: str | None) -> References:
        """The same for a commit other than HEAD, such as one being merged."""
        from kcs.kb.references import find_references, unknown_references

        if self.repo is None:
            return unknown_references(self.articles)
        return find_references(
            self.repo,
            commit,
            self.prefix,
            lambda: self.articles,
            self.reader,
            self.cache,
            self.config,
            self.raw,
        )

    @cached_property
    def past(self) -> PastSkeletons:
        """The articles' earlier texts."""
        from kcs.kb.past_texts import PastSkeletons

        assert self.repo is not None, "only what Git knows has a past"
        return PastSkeletons(self.repo, self.cache, title_key(self.config), self.prefix, self.skeletons)

    @cached_property
    def identity_email(self) -> str:
        """The mail address that a commit made now would carry; empty if none."""
        from kcs.kb.git_people import identity

        who = identity(self.repo, self.root)
        return who.email if who else ""

    def _identity_email(self) -> str:
        self._asked_machine = True
        return self.identity_email

    def image_digest(self, path: str) -> str:
        """The digest of the picture at `path`, where pictures count."""
        from kcs.kb.past_texts import MISSING_IMAGE, image_digest

        self._asked_machine = True
        try:
            return image_digest(self.source.read(path))
        except FileProblem:
            return MISSING_IMAGE
