"""An article as everybody above the knowledge base sees it: the vocabulary's names, whatever its file calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from kcs.article.days import parse_day
from kcs.article.states import WORK_IN_PROGRESS, confidence_from
from kcs.kb.config import Config
from kcs.kb.policy import Own, Policies, Settings
from kcs.kb.records import Record, title_of
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.stamps import Flag, Stamp

MAPPED_DATE = "verified_at"
# What an article may be, as bits: its bytes cannot be understood; its title is its first heading, the front matter having none.
UNREADABLE, HEADED = 1, 2
# No person and no team can be called so.
UNREADABLE_OWNER = "?"


class Facts(NamedTuple):
    """What lists, links and policies ask of an article: kept for all, so that a list needs no article's record."""

    id: str
    title: str
    permalink: str
    traits: int
    own: Own


class _Said(NamedTuple):
    description: str
    stamps: tuple[Stamp, ...]
    flags: tuple[Flag, ...]
    claims: Mapping[str, str]
    stale_after: date | None


class Article:
    """One article of one state of the knowledge base. `path` is from the base's root, with `/`.

    `oid` is Git's name for its bytes; `title` is what people see: the front matter's, else the first heading (`headed`).
    Read-only.
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
        self._said: _Said | None = None

    @property
    def record(self) -> Record:
        """What was read from its bytes."""
        if self._record is None:
            self._record = self._reader.load(self.path, self.oid)
        return self._record

    def _says(self) -> _Said:
        if self._said is None:
            self._said = self._reader.said(self.record.meta)
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
        """The title that its front matter holds, and its fingerprint covers: blank where it has none."""
        return self._reader.own_title(self.record) if self.headed else self.title

    @property
    def description(self) -> str:
        """One sentence; empty when there is none."""
        return self._says().description

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
        """Its date-only claims, as `ArticleReader.claims` gives them."""
        return self._says().claims

    @property
    def stale_after(self) -> date | None:
        """The stored day from which it is stale."""
        return self._says().stale_after

    @property
    def name(self) -> str:
        """What to call it in a message or a command: its id, else its path."""
        return self.id or self.path

    @property
    def type(self) -> str:
        """The type in the base's own names, after `[types]`."""
        return self.own.type

    @property
    def owner(self) -> str:
        """A person or a team; empty when nobody."""
        return self.own.owner

    @property
    def confidence(self) -> str:
        """One of kcs.article.states.CONFIDENCES."""
        return self.settings.confidence

    @property
    def blocked(self) -> bool:
        """Whether an open flag takes trust away."""
        return any(flag.blocking for flag in self.flags)


class ArticleReader:
    """Turns records into articles by one configuration."""

    def __init__(
        self, config: Config, policies: Policies, load: Callable[[str, str], Record] | None = None
    ) -> None:
        """`load`: (path, oid) -> record, for the articles that were made without one."""
        self._config = config
        self.policies = policies
        self._load = load
        self._zone: tzinfo = config.timezone
        self._keys = {name: config.fields.get(name, name) for name in ("title", *_FIELDS)}
        self._first = {name: theirs if config.apart(name) else name for name, theirs in self._keys.items()}
        self._mapped_date = config.fields.get(MAPPED_DATE)

    def article(self, path: str, record: Record) -> Article:
        """The article that this record is, at `path`."""
        facts = self.facts(record)
        settings = self.policies.settings(path, facts.own)
        return Article(path, record.oid, *facts, settings, self, record)

    def load(self, path: str, oid: str) -> Record:
        """The record of an article that was made without one."""
        assert self._load is not None, "who makes articles without records says where these are"
        return self._load(path, oid)

    def facts(self, record: Record) -> Facts:
        """What lists, links and policies ask."""
        meta = record.meta
        title = self.own_title(record)
        headed = record.heading != "" and not title.strip()
        return Facts(
            id=self._id(meta),
            title=record.heading if headed else title,
            permalink=self._text(meta, "permalink"),
            traits=UNREADABLE * (record.unreadable is not None) + HEADED * headed,
            own=self._own(meta, dated=self._mapped_day(meta) is not None),
        )

    def own_title(self, record: Record) -> str:
        """What the front matter has for a title, to the letter."""
        return title_of(record.meta, self._keys["title"])

    def said(self, meta: Mapping[str, Any]) -> _Said:
        """All else."""
        from kcs.article.stamps import flags_of, stamps_of

        stale_after = meta.get("stale_after")
        return _Said(
            description=self._text(meta, "description"),
            stamps=tuple(stamps_of(meta, self._zone)) if "verified" in meta else (),
            flags=tuple(flags_of(meta)) if "flags" in meta else (),
            claims=self.claims(meta),
            # A due day that cannot be read has passed: a gate never fails open.
            stale_after=None if stale_after is None else parse_day(str(stale_after), self._zone) or date.min,
        )

    def _mapped_day(self, meta: Mapping[str, Any]) -> date | None:
        value = meta.get(self._mapped_date) if self._mapped_date else None
        return parse_day(value, self._zone, self._config.date_order) if isinstance(value, str) else None

    def claims(self, meta: Mapping[str, Any]) -> dict[str, str]:
        """The date-only claims of a front matter: name -> value, comparable between versions of a file.

        The mapped date goes by `verified_at`; an OKF entry without `content` by who and when.
        """
        found = {}
        if self._mapped_date and (value := meta.get(self._mapped_date)):
            day = self._mapped_day(meta)
            found[MAPPED_DATE] = day.isoformat() if day else f"?{value}"
        if "verified" in meta:
            from kcs.article.stamps import stamps_of

            for stamp in stamps_of(meta, self._zone):
                if stamp.content is None:
                    found[f"{stamp.by} {stamp.at}"] = stamp.day.isoformat() if stamp.day else "?"
        return found

    def _value(self, meta: Mapping[str, Any], name: str) -> Any:
        value = meta.get(self._first[name])
        return meta.get(self._keys[name]) if value is None else value

    def _id(self, meta: Mapping[str, Any]) -> str:
        """Under its mapped name alone: a base that maps it has something else at `id`, which translations may share."""
        value = meta.get(self._keys["id"])
        return value.strip() if isinstance(value, str) else ""

    def _text(self, meta: Mapping[str, Any], name: str) -> str:
        value = self._value(meta, name)
        return value.strip() if isinstance(value, str) else ""

    def _own(self, meta: Mapping[str, Any], dated: bool) -> Own:
        kind = self._text(meta, "type")
        return Own(
            type=self._config.types.get(kind, kind),
            product=self._text(meta, "product"),
            tags=_words(self._value(meta, "tags")),
            confidence=self._confidence(meta),
            audience=self._text(meta, "audience") or None,
            governance=self._text(meta, "governance") or None,
            language=self._text(meta, "language") or None,
            verify_every=self._interval(meta),
            has_reason=bool(meta.get("verify_every_reason")),
            verifiers=_names(self._value(meta, "verifiers")),
            owner=self._owner(meta),
            dated=dated,
        )

    def _owner(self, meta: Mapping[str, Any]) -> str:
        value = self._value(meta, "owner")
        # A list names somebody, but no one can say whom: as for verifiers, that must not let everybody in.
        return UNREADABLE_OWNER if value and not isinstance(value, str) else self._text(meta, "owner")

    def _interval(self, meta: Mapping[str, Any]) -> str | None:
        value = self._value(meta, "verify_every")
        # A list, say, cannot be an interval; as text it is refused as one, instead of passing as "not set".
        return None if value is None or value == "" else str(value).strip()

    def _confidence(self, meta: Mapping[str, Any]) -> str | None:
        # Before `status` is asked, which follows confidence under whatever name that stands.
        own = confidence_from({name: self._value(meta, name) for name in ("confidence", "status")})
        if own is None and _is_true(meta.get(self._keys["draft"])):
            own = WORK_IN_PROGRESS
        return own


_FIELDS = (
    "audience",
    "confidence",
    "description",
    "draft",
    "governance",
    "id",
    "language",
    "owner",
    "permalink",
    "product",
    "status",
    "tags",
    "type",
    "verifiers",
    "verify_every",
)


def _words(value: Any) -> tuple[str, ...]:
    """A list of words; a plain string is split at commas, as many site generators do."""
    if value is None:
        return ()
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())


def _names(value: Any) -> tuple[str, ...]:
    """As `_words`; what names somebody but cannot be read stands for nobody: it must not let everybody in."""
    return _words(value) or (() if value in (None, "", []) else ("",))


def _is_true(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "1", "on"))
