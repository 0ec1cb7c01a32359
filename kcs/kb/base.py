"""One knowledge base in one state (the working tree or a commit) on one day: where every feature starts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import FileProblem, KcsError, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.files import interrupted
from kcs.kb.git.repository import Repository
from kcs.kb.kept.cache import Cache
from kcs.kb.place import find_root
from kcs.kb.settings.kept import load_settings
from kcs.kb.source import WorkingTree, title_key
from kcs.kb.state import State, private_folder_of

# The modules that parse text and ask Git are imported on use: listing unchanged articles needs neither.
if TYPE_CHECKING:
    from kcs.article.trust import Verdict
    from kcs.kb.fingerprints import Fingerprints
    from kcs.kb.known_standings import KnownStandings
    from kcs.kb.past.past_texts import PastSkeletons
    from kcs.kb.past.references import Origin, References
    from kcs.kb.verdicts import Judge


class KnowledgeBase(State):
    """A state of the files on a given day, and the verdict of each article."""

    # Whether an answer came from this machine alone: who is at work, a picture's bytes.
    asked_machine = False
    # Whether an answer rests on which articles there are and on the bytes of all.
    asked_others = False

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
        cache = Cache(root)
        config, team = load_settings(root, cache)
        algorithm = repo.object_format if repo else "sha1"
        return cls(
            root,
            repo=repo,
            commit=None,
            source=WorkingTree(root, cache, algorithm),
            config=config,
            team=team,
            today=as_of or config.today(),
            notes=tuple(notes),
        )

    @classmethod
    def open_staged(cls, given: Path | None = None, *, as_of: date | None = None) -> KnowledgeBase:
        """Open the base as staged, `kcs.toml` and `team.toml` included. RepositoryProblem outside Git."""
        from kcs.kb.opening import open_staged

        return open_staged(cls, given, as_of)

    def as_committed(self, commit: str) -> KnowledgeBase:
        """The base as of a commit, with that commit's configuration if it can be read, on this base's day."""
        assert self.repo is not None, "only Git knows commits"
        known = {article.oid: article.record for article in self.articles if article.oid}
        from kcs.kb.opening import committed

        base = committed(type(self), self.root, self.repo, commit, self.config, self.team, known, mended=True)
        base.today = self.today
        return base

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict of every article, by path."""
        return self.standings.verdicts()

    def verdicts_of(self, articles: Sequence[Article]) -> dict[str, Verdict]:
        """The verdicts of these few `articles`, by path, in this order; no others are judged."""
        if "verdicts" in self.__dict__:
            return {article.path: self.verdicts[article.path] for article in articles}
        return self.standings.verdicts_of(articles)

    def keep_verdicts(self) -> None:
        """Keep for the next run what `verdicts_of` worked out, as `verdicts` does for all."""
        self.standings.keep()

    @cached_property
    def standings(self) -> KnownStandings:
        """What is known of how the articles stand. Imported on use: a check of a few files judges none."""
        from kcs.kb.known_standings import KnownStandings

        return KnownStandings(self)

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Today's fingerprints."""
        from kcs.kb.fingerprints import Fingerprints

        return Fingerprints(lambda: self.links, self.image_digest)

    @cached_property
    def judge(self) -> Judge:
        """The judge that gives the verdicts and says what they rest on."""
        from kcs.kb.verdicts import Judge

        return Judge(
            fingerprints=lambda: self.fingerprints,
            references=lambda: self.references,
            in_merge=self.origin_in_merge,
            past=lambda: self.past,
            raws=self._raws,
            team=self.team,
            identity_email=self._identity_email,
            apart=lambda article: self.apart(article) or self.passed_over(article),
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

    def references_at(self, commit: str | None, name: str = "references") -> References:
        """The same for a commit other than HEAD, kept by another `name`."""
        from kcs.kb.past.references import Here, unknown_references

        if self.repo is None:
            return unknown_references(self.articles)
        from kcs.kb.past.found_references import find_references

        here = Here(lambda: self.articles, self.raw, self._exists, self._rested)
        return find_references(
            self.repo, commit, self.prefix, here, self.reader, self.cache, self.config, name
        )

    def _rested(self) -> None:
        self.asked_others = True

    @cached_property
    def _merging(self) -> list[References | None]:
        """As `references`, for each commit that an unfinished
        merge brings in; None for one whose history cannot be read.
        """
        found: list[References | None] = []
        for head in self.repo.merge_heads() if self.repo and self.commit is None else ():
            try:
                found.append(self.references_at(head, "references-merging"))
            except KcsError:
                found.append(None)
        return found

    def origin_in_merge(self, article: Article, claim: str) -> Origin | None:
        """Where a claim that HEAD does not hold came in on the
        other side of an unfinished merge; None if no side holds it.
        """
        from kcs.kb.past.references import UNCOMMITTED, UNKNOWN, Origin

        for references in self._merging:
            self.asked_machine = True
            found = references.origin(article, claim) if references else Origin(UNKNOWN)
            if found.status != UNCOMMITTED:
                return found
        return None

    @cached_property
    def past(self) -> PastSkeletons:
        """The articles' earlier texts."""
        from kcs.kb.past.past_texts import PastSkeletons

        assert self.repo is not None, "only what Git knows has a past"
        return PastSkeletons(self.repo, self.cache, title_key(self.config), self.prefix, self.skeletons)

    @cached_property
    def identity_email(self) -> str:
        """The mail address that a commit made now would carry; empty if none."""
        from kcs.kb.git.people import identity

        who = identity(self.repo, self.root)
        return who.email if who else ""

    def _identity_email(self) -> str:
        self.asked_machine = True
        return self.identity_email

    def apart(self, article: Article) -> bool:
        """Whether it lies in a repository of its own or behind a symbolic link,
        named by `include`: then no commit of this one will ever hold it at its path.
        """
        from pathlib import PurePosixPath

        from kcs.kb.walk import is_repository

        if self.repo is None:
            return False
        folders = [f"{self.root}/{one}" for one in PurePosixPath(article.path).parents[:-1]]
        return any(os.path.islink(one) or is_repository(one) for one in folders)  # noqa: PTH114 - as is_repository, of text

    def passed_over(self, article: Article) -> bool:
        """Whether the next commit takes in nothing of what it
        says: it is ignored, or a filter gives Git other bytes.
        """
        from kcs.kb.beside import folded

        held = self.by_path.get(article.path)
        as_listed = held is not None and held.oid == article.oid
        return self.repo is not None and as_listed and folded(self.prefix + article.path) not in self._to_come

    @cached_property
    def _to_come(self) -> frozenset[str]:
        """The files of which the next commit would take in something, by names that no file system tells apart."""
        from kcs.kb.beside import folded
        from kcs.kb.git.index import changed, filtered, staged

        assert self.repo is not None, "only Git has commits"
        if not isinstance(self.source, WorkingTree):
            return frozenset(map(folded, staged(self.repo)))
        found = changed(self.repo, below=self.prefix)
        return frozenset(map(folded, found - filtered(self.repo, found)))

    def image_digest(self, path: str) -> str:
        """The digest of the picture at `path`, where pictures count."""
        from kcs.kb.past.past_texts import MISSING_IMAGE, image_digest

        self.asked_machine = True
        try:
            return image_digest(self.source.read(path))
        except FileProblem:
            return MISSING_IMAGE
