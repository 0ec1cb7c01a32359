"""An article as the layers above see it: under the vocabulary's names, whatever its file calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.kb.records import Record
from kcs.kb.settings.config import Config
from kcs.kb.settings.policy import Own, Policies, Settings

if TYPE_CHECKING:
    from kcs.article.stamps import Flag, Stamp
    from kcs.kb.fields import Fields, Said

MAPPED_DATE = "verified_at"
# Traits, as bits: the bytes cannot be understood; the title is the first heading, as the front matter has none.
UNREADABLE, HEADED = 1, 2


class Article:
    """One article of one state of the knowledge base. `path` is from the base's root, with `/`.

    `oid` is Git's name for its bytes; `title` is what people see:
    the front matter's, else the first heading (`headed`). Read-only.
    """

    __slots__ = (
        "_reader", "_record", "_said", "id", "oid", "own", "path", "permalink", "settings", "title", "traits",
    )  # fmt: skip

    def __init__(
        self,
        path: str,
        oid: str,
        id: str,
        title: str,
        permalink: str,
        traits: int,
        own: Own,
        settings: Settings,
        reader: ArticleReader,
        record: Record | None = None,
    ) -> None:
        self.path = path
        self.oid = oid
        self.id = id
        self.title = title
        self.permalink = permalink
        self.traits = traits
        self.own = own
        self.settings = settings
        self._reader = reader
        self._record = record
        self._said: Said | None = None

    @property
    def record(self) -> Record:
        """What we read from its bytes."""
        if self._record is None:
            self._record = self._reader.load(self.path, self.oid)
        return self._record

    def _says(self) -> Said:
        if self._said is None:
            self._said = self._reader.fields.said(self.record.meta)
        return self._said

    @property
    def unreadable(self) -> bool:
        """Whether its bytes cannot be understood."""
        return self.traits & UNREADABLE != 0

    @property
    def headed(self) -> bool:
        """Whether its title is the first heading of its text."""
        return self.traits & HEADED != 0

    @property
    def own_title(self) -> str:
        """The front matter's title, which the fingerprint covers; blank if there is none."""
        return self._reader.fields.own_title(self.record) if self.headed else self.title

    @property
    def description(self) -> str:
        """One sentence; empty if there is none."""
        return self._says().description

    @property
    def made(self) -> Mapping[str, str]:
        """Who made it and when, as `Fields.made` gives it."""
        return self._reader.fields.made(self.record.meta)

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """The entries of `verified`."""
        return self._says().stamps

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The entries of `flags`."""
        return self._says().flags

    @property
    def claims(self) -> Mapping[str, str]:
        """Its date-only claims, as `Fields.claims` gives them."""
        return self._says().claims

    @property
    def stale_after(self) -> date | None:
        """The stored day from which it is stale."""
        return self._says().stale_after

    @property
    def name(self) -> str:
        """Its name in messages and commands: the id, else the path."""
        return self.id or self.path

    @property
    def type(self) -> str:
        """The type in the base's own names, after `[types]`."""
        return self.own.type

    @property
    def owner(self) -> str:
        """A person or a team; empty if nobody."""
        return self.own.owner

    @property
    def confidence(self) -> str:
        """One of kcs.article.states.CONFIDENCES."""
        return self.settings.confidence

    @property
    def blocked(self) -> bool:
        """Whether an open flag removes trust."""
        return any(flag.blocking for flag in self.flags)


class ArticleReader:
    """Turns records into articles under one configuration."""

    def __init__(
        self, config: Config, policies: Policies, load: Callable[[str, str], Record] | None = None
    ) -> None:
        """`load`: (path, oid) -> record, for articles made without one."""
        self._config = config
        self.policies = policies
        self._load = load

    @cached_property
    def fields(self) -> Fields:
        """The reader of front matter. Imported on use: listing unchanged articles does not need it."""
        from kcs.kb.fields import Fields

        return Fields(self._config)

    def article(self, path: str, record: Record) -> Article:
        """This record as the article at `path`."""
        facts = self.fields.facts(record)
        settings = self.policies.settings(path, facts.own)
        return Article(path, record.oid, *facts, settings, self, record)

    def load(self, path: str, oid: str) -> Record:
        """Load the record of an article made without one."""
        assert self._load is not None, "who makes articles without records says where these are"
        return self._load(path, oid)


# What is done to which articles -> these, one by one: at a terminal, progress is told from it.
Along = Callable[[str, Sequence[Article]], Iterable[Article]]


def untold(_: str, articles: Sequence[Article]) -> Iterable[Article]:
    """Articles one by one, of which nobody is told how far the work is."""
    return articles
