"""One knowledge base in one state: the working tree or a commit, as of one day. What every feature asks first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import FileProblem, RepositoryProblem, UsageProblem
from kcs.kb.articles import Article, ArticleReader
from kcs.kb.cache import Cache
from kcs.kb.config import CONFIG_NAME, Config, load_config, parse_config
from kcs.kb.files import interrupted
from kcs.kb.git import Repository, identity_outside
from kcs.kb.globs import matcher
from kcs.kb.moves import MOVES_NAME, NO_MOVES, Moves, parse_moves
from kcs.kb.place import find_root
from kcs.kb.policy import Policies
from kcs.kb.source import CommitTree, Source, WorkingTree, title_key
from kcs.kb.standings import CONTENT, HISTORY, MACHINE, Standings
from kcs.kb.team import TEAM_NAME, Team, load_team, parse_team

# What parses text and asks Git is imported by who needs it: a list of what did not change needs neither.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kcs.article.fingerprint import Skeleton
    from kcs.article.front_matter import Document
    from kcs.article.trust import Verdict
    from kcs.kb.links import LinkTable
    from kcs.kb.records import Record
    from kcs.kb.references import References
    from kcs.kb.skeletons import Skeletons
    from kcs.kb.verdicts import Fingerprints, Judge, PastSkeletons

_path = attrgetter("path")


class KnowledgeBase:
    """`root` holds kcs.toml. `commit` is None for the working tree. `notes` are sentences the output should say."""

    def __init__(
        self,
        root: Path,
        *,
        repo: Repository | None,
        commit: str | None,
        source: Source,
        config: Config,
        team: Team,
        today: date,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.root = root
        self.repo = repo
        self.commit = commit
        self.config = config
        self.team = team
        self.today = today
        self.notes = notes
        self.cache = Cache(root)
        self.source = source
        self._probes: dict[str, bool] = {}
        # What was looked for on this disk (see `on_disk`), and whether it was there.
        self.looked: dict[str, bool] = {}
        # Whether something was asked (who is at work, an image's bytes) that is in no key verdicts are kept by.
        self._asked_machine = False
        self.reader = ArticleReader(config, Policies(config, team), self._record)

    @classmethod
    def open(
        cls, given: Path | None = None, *, at: str | None = None, as_of: date | None = None
    ) -> KnowledgeBase:
        """The base that `given`, KCS_KB or the folder names. `at`: a revision or a date; `as_of` sets the clock alone."""
        if at is not None and as_of is not None:
            raise UsageProblem("--at sets the clock itself: give --at or --as-of, not both")
        root = find_root(given)
        repo = Repository.find(root)
        if at is not None:
            return _open_at(cls, root, repo, at)
        notes: list[str] = []
        if interrupted(folder := _private_folder(root, repo)):
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

    @property
    def private_folder(self) -> Path:
        """Where the base's lock and journal lie: beside Git's own, else in the cache; never among the articles."""
        return _private_folder(self.root, self.repo)

    @classmethod
    def open_staged(cls, given: Path | None = None, *, as_of: date | None = None) -> KnowledgeBase:
        """The base as it is staged, `kcs.toml` and `team.toml` included. RepositoryProblem outside Git."""
        root = find_root(given)
        repo = Repository.find(root)
        if repo is None:
            raise RepositoryProblem(
                "nothing is staged: this folder is in no Git repository",
                hint="git init, or leave out --staged",
            )
        from kcs.kb.staged import StagedTree

        repo = repo.with_hook_index()
        source = StagedTree(repo, prefix_of(root, repo), WorkingTree(root, Cache(root), repo.object_format))
        if source.exists(CONFIG_NAME):
            config = parse_config(source.read(CONFIG_NAME), CONFIG_NAME)
        else:
            config = load_config(root / CONFIG_NAME)
        team = parse_team(source.read(TEAM_NAME), TEAM_NAME) if source.exists(TEAM_NAME) else Team()
        return cls(
            root,
            repo=repo,
            commit=None,
            source=source,
            config=config,
            team=team,
            today=as_of or config.today(),
        )

    def as_committed(self, commit: str) -> KnowledgeBase:
        """The base as a commit has it, with that commit's configuration, on this one's day."""
        assert self.repo is not None, "only Git knows commits"
        known = {article.oid: article.record for article in self.articles if article.oid}
        base = _committed(type(self), self.root, self.repo, commit, self.config, self.team, known)
        base.today = self.today
        return base

    def rests_on(self) -> tuple[object, ...] | None:
        """All that answers about the whole base rest on, the day and other files (`probes`) apart; None where that is unknown."""
        if not self.articles or not self.source.state:
            return None
        return self.source.state, self._standings_key(), self._history_key()

    def probes(self) -> dict[str, bool] | None:
        """The files beside the articles that were looked for, and whether they were there.

        None where something was asked that only this machine knows: who is at work, a picture's bytes.
        """
        from kcs.kb.standings import MACHINE

        standings = self._standings()
        if MACHINE in standings.rests or self._asked_machine:
            return None
        return standings.probes | self._probes

    def is_article(self, path: str) -> bool:
        """Whether a file at `path` is an article, by kcs.toml."""
        return matcher(self.config.include)(path) and not matcher(self.config.exclude)(path)

    def text(self, name: str) -> str | None:
        """A text file beside the articles, as this state of the base has it; None where there is none."""
        try:
            return self.source.read(name).decode("utf-8-sig", "replace")
        except FileProblem:
            return None

    @cached_property
    def prefix(self) -> str:
        """Where the root lies in its repository, with a final `/`; empty at the top or outside Git."""
        return prefix_of(self.root, self.repo)

    @cached_property
    def articles(self) -> list[Article]:
        """Every article, by path."""
        return self.source.articles(self.config, self.reader)

    @cached_property
    def by_path(self) -> dict[str, Article]:
        """Every article by its path."""
        return {article.path: article for article in self.articles}

    @property
    def state(self) -> str:
        """Changes when any article's path or content does; empty where that is not known: for a commit."""
        return self.source.state if self.articles else ""

    @cached_property
    def translated(self) -> dict[str, str]:
        """The id of the original, by path, of every article that says it is a translation."""
        found = {}
        for article in self.articles:
            if self.source.may_say(article.oid, "translation_of"):
                said = article.record.meta.get("translation_of")
                if isinstance(said, dict) and isinstance(origin := said.get("id"), str) and origin:
                    found[article.path] = origin
        return found

    @cached_property
    def links(self) -> LinkTable:
        """Who can be linked by what."""
        return self.link_table(self.articles, self.moves, self._exists)

    def link_table(
        self, articles: Iterable[Article], moves: Moves, exists: Callable[[str], bool]
    ) -> LinkTable:
        """The same for articles that lie elsewhere than they do now."""
        from kcs.kb.links import LinkTable, Name

        return LinkTable(
            [Name(article.path, article.id, article.permalink) for article in articles],
            moves.keys,
            former=moves.former,
            root=self.config.link_root,
            by_permalink=self.config.link_by == "permalink",
            exists=exists,
        )

    def key(self, article: Article) -> str:
        """What the article is counted by, in fingerprints and in what is kept about it. Needs no other article."""
        from kcs.kb.links import Name, key_of

        name = Name(article.path, article.id, article.permalink)
        return key_of(name, self.moves.keys, by_permalink=self.config.link_by == "permalink")

    @cached_property
    def moves(self) -> Moves:
        """What moves.tsv says."""
        try:
            return parse_moves(self.source.read(MOVES_NAME).decode("utf-8", "surrogateescape"))
        except FileProblem:
            return NO_MOVES

    def exists(self, path: str) -> bool:
        """Whether there is a file at `path` (from the root, with `/`)."""
        return self.source.exists(path)

    def on_disk(self, path: str) -> bool:
        """Whether a file or folder lies on this disk, inside the base or out of it; a folder where `path` ends with `/`.

        `path` is from the root. Noted in `looked`, since what is kept of a run rests on it.
        """
        found = self.looked[path] = lies_at(self.root, path)
        return found

    @cached_property
    def _head(self) -> str | None:
        return self.commit or (self.repo.head() if self.repo else None)

    def _exists(self, path: str) -> bool:
        found = self._probes[path] = self.source.exists(path)
        return found

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Today's fingerprints."""
        from kcs.kb.verdicts import Fingerprints

        return Fingerprints(self.links, self.image_digest)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict of every article, by path."""
        paths = [article.path for article in self.articles]
        return self._standings().verdicts(paths, self.today, self.config.adoption)

    def verdicts_of(self, articles: Sequence[Article]) -> dict[str, Verdict]:
        """The verdicts of a few of `articles`, by path and in this order, without judging those that nobody asks about."""
        if "verdicts" in self.__dict__:
            return {article.path: self.verdicts[article.path] for article in articles}
        kept, outdated = self._kept_standings()
        anew = set(outdated)
        places = [bisect_left(self.articles, article.path, key=_path) for article in articles]
        unjudged = [one for one, at in zip(articles, places, strict=True) if at in anew]
        judged = self.judge.verdicts(unjudged) if unjudged else {}
        return {
            one.path: judged[one.path] if at in anew else kept.verdict(at, self.today, self.config.adoption)
            for one, at in zip(articles, places, strict=True)
        }

    def _standings(self) -> Standings:
        kept, outdated = self._kept_standings()
        if not outdated:
            return kept
        articles = self.articles
        if len(outdated) == len(articles) and self.config.adoption:
            kept = Standings([self.key(article) for article in articles], count=len(articles))
        self._asked_machine = False
        for place, one in zip(outdated, self.judge.standings([articles[at] for at in outdated]), strict=True):
            rests = HISTORY if self.judge.asks_history(articles[place]) else CONTENT
            kept.put(place, one, MACHINE if self._asked_machine else rests)
            self._asked_machine = False
        history = self._history_key()
        if self.source.state and (kept.state, kept.history) != (self.source.state, history):
            kept.state, kept.history = self.source.state, history
            kept.probes |= self._probes
            kept.save(self.cache, self._standings_key(), [article.oid for article in articles])
            if "skeletons" in self.__dict__:
                self.skeletons.save()
        return kept

    def _kept_standings(self) -> tuple[Standings, list[int]]:
        """What is known of the articles' standings, and the places where it has to be worked out."""
        articles = self.articles
        kept = None
        if self.source.state and articles:
            kept = Standings.read(self.cache, self._standings_key(), len(articles), self.source.exists)
        if kept is None:
            return Standings(count=len(articles)), list(range(len(articles)))
        oids = lambda: [article.oid for article in articles]  # noqa: E731 - made only where it is asked for
        return kept, kept.outdated(self.source.state, self._history_key(), oids)

    def _standings_key(self) -> str:
        """All that standings rest on but the day, the articles' own bytes, and history."""
        return repr((self.source.names, self.config, self.moves, self.team.source))

    def _history_key(self) -> str:
        return repr((self._head, sorted(self.repo.shallow_commits()) if self.repo else None))

    @cached_property
    def judge(self) -> Judge:
        """What gives the verdicts, and says what they rest on."""
        from kcs.kb.verdicts import Judge

        return Judge(
            fingerprints=self.fingerprints,
            references=lambda: self.references,
            past=lambda: self.past,
            raws=lambda articles: self.source.read_many([one.path for one in articles]),
            team=self.team,
            identity_email=self._identity_email,
            key=lambda path: self.links.key(path),
            today=self.today,
            adoption=self.config.adoption,
        )

    @cached_property
    def references(self) -> References:
        """Where the date-only claims came in. Outside Git nobody can know."""
        return self.references_at(self._head)

    def references_at(self, commit: str | None) -> References:
        """The same, as another commit than HEAD knows them: one that is being merged."""
        from kcs.kb.references import References, find_references

        if self.repo is None:
            return References({article.path: article.claims for article in self.articles}, {})
        return find_references(
            self.repo,
            commit,
            self.prefix,
            self.articles,
            self.reader,
            self.cache,
            self.config,
            self.raw,
        )

    @cached_property
    def past(self) -> PastSkeletons:
        """What the articles said before."""
        from kcs.kb.verdicts import PastSkeletons

        assert self.repo is not None, "only what Git knows has a past"
        return PastSkeletons(self.repo, self.cache, title_key(self.config), self.prefix, self.skeletons)

    @cached_property
    def identity_email(self) -> str:
        """The mail address a commit made now would carry; empty when there is none."""
        identity = self.repo.identity() if self.repo else identity_outside(self.root)
        return identity.email if identity else ""

    def _identity_email(self) -> str:
        self._asked_machine = True
        return self.identity_email

    @cached_property
    def skeletons(self) -> Skeletons:
        """What is kept of the skeletons of versions."""
        from kcs.kb.skeletons import Skeletons

        return Skeletons(self.cache, title_key(self.config))

    def _record(self, path: str, oid: str) -> Record:
        record = self.source.record(path, oid)
        if record.make is None and record.unreadable is None:
            record.make = lambda: self._skeleton(path, record.oid)
        return record

    def _skeleton(self, path: str, oid: str) -> Skeleton | None:
        if oid in self.skeletons:
            return self.skeletons.get(oid)
        from kcs.kb.records import make_record, object_id

        raw = self.source.read(path)
        found = make_record(raw, oid, title_key(self.config)).skeleton
        # A file that was changed under us must not leave its skeleton under the name of what it was.
        if object_id(raw, self.repo.object_format if self.repo else "sha1") == oid:
            self.skeletons.put(oid, found)
        return found

    def states_on(self, day: date) -> dict[str, Article] | None:
        """The articles as they were on `day`, by key, read by today's configuration. None where Git cannot say."""
        if self.repo is None:
            return None
        end = datetime.combine(day, time.max, self.config.timezone)
        commit = self.repo.first_parent_before(end) if self.commit is None else self._before(end)
        if commit is None:
            return None
        known = {article.oid: article.record for article in self.articles if article.oid}
        records = CommitTree(self.repo, commit, self.prefix, known).records(self.config)
        return {self.links.key(path): self.reader.article(path, record) for path, record in records.items()}

    def _before(self, end: datetime) -> str | None:
        assert self.repo is not None and self.commit is not None
        return self.repo.first_parent_before(end, self.commit)

    def read(self, article: Article) -> Document:
        """The article's front matter and body."""
        from kcs.article.front_matter import read

        return read(self.raw(article))

    def version(self, path: str, raw: bytes, oid: str) -> Article:
        """A version of an article, at `path` then, read by today's configuration."""
        from kcs.kb.records import make_record

        return self.reader.article(path, make_record(raw, oid, title_key(self.config)))

    def raw(self, article: Article) -> bytes:
        """The article's bytes."""
        return self.source.read(article.path)

    def relocated(self, article: Article, path: str) -> Article:
        """The article as it would be at another path."""
        return self.reader.article(path, article.record)

    def edited(self, article: Article, raw: bytes) -> Article:
        """The article as it would be with these bytes in its file."""
        from kcs.kb.records import object_id

        oid = object_id(raw, self.repo.object_format if self.repo else "sha1")
        return self.version(article.path, raw, oid)

    def image_digest(self, path: str) -> str:
        """What the picture at `path` counts as, where pictures count."""
        from kcs.kb.verdicts import MISSING_IMAGE, image_digest

        self._asked_machine = True
        try:
            return image_digest(self.source.read(path))
        except FileProblem:
            return MISSING_IMAGE


def lies_at(root: Path, path: str) -> bool:
    """As `KnowledgeBase.on_disk`, unnoted."""
    place = root / path
    try:
        return place.is_dir() if path.endswith("/") else place.exists()
    except (OSError, ValueError):
        return False


def _private_folder(root: Path, repo: Repository | None) -> Path:
    return repo.git_dir / "kcs" if repo else Cache(root).folder


def prefix_of(root: Path, repo: Repository | None) -> str:
    """Where `root` lies in `repo`, with a final `/`; empty at the top."""
    if repo is None:
        return ""
    below = root.resolve().relative_to(repo.root.resolve()).as_posix()
    return "" if below == "." else below + "/"


def _open_at(cls: type[KnowledgeBase], root: Path, repo: Repository | None, at: str) -> KnowledgeBase:
    if repo is None:
        raise UsageProblem("--at needs a Git repository, and this folder is in none")
    working = load_config(root / CONFIG_NAME)
    commit, day = _moment(repo, at, working)
    base = _committed(cls, root, repo, commit, working, load_team(root / TEAM_NAME))
    base.today = day or repo.committer_date(commit).astimezone(base.config.timezone).date()
    return base


def _committed(
    cls: type[KnowledgeBase],
    root: Path,
    repo: Repository,
    commit: str,
    config: Config,
    team: Team,
    known: Mapping[str, Record] | None = None,
) -> KnowledgeBase:
    """The base of a commit; `config` and `team` stand in where that holds none. Its clock is to be set."""
    tree = CommitTree(repo, commit, prefix_of(root, repo), known)
    notes = []
    if tree.exists(CONFIG_NAME):
        config = parse_config(tree.read(CONFIG_NAME), f"{commit[:12]}:{CONFIG_NAME}")
    else:
        notes.append(f"commit {commit[:12]} holds no {CONFIG_NAME}: the working tree's is used")
    if tree.exists(TEAM_NAME):
        team = parse_team(tree.read(TEAM_NAME), f"{commit[:12]}:{TEAM_NAME}")
    elif team.present:
        notes.append(f"commit {commit[:12]} holds no {TEAM_NAME}: the working tree's is used")
    return cls(
        root,
        repo=repo,
        commit=commit,
        source=tree,
        config=config,
        team=team,
        today=date.min,
        notes=tuple(notes),
    )


def _moment(repo: Repository, at: str, config: Config) -> tuple[str, date | None]:
    """The commit that `at` names and, where it is a date, the day that is the clock."""
    try:
        day = date.fromisoformat(at)
    except ValueError:
        return repo.resolve(at), None
    end = datetime.combine(day, time.max, config.timezone)
    commit = repo.first_parent_before(end)
    if commit is None:
        raise UsageProblem(
            f"no commit on this branch is as old as {at}",
            hint="git log --first-parent --reverse shows the first",
        )
    return commit, day
