"""Front matter under the vocabulary's names, whatever the file calls them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from kcs.article.days import parse_day
from kcs.article.states import COMPLIANCE, WORK_IN_PROGRESS, confidence_from
from kcs.kb.articles import HEADED, MAPPED_DATE, UNREADABLE
from kcs.kb.records import Record, title_of
from kcs.kb.settings.config import Config
from kcs.kb.settings.named import our_type
from kcs.kb.settings.policy import Own
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.stamps import Flag, Stamp

# No person or team can have this name.
UNREADABLE_OWNER = "?"
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
# Who made it and when: shown, never used for trust.
_MADE = ("created", "author", "updated", "editor")


class Facts(NamedTuple):
    """What lists, links and policies need of an article: kept for all, so that a list reads no records."""

    id: str
    title: str
    permalink: str
    traits: int
    own: Own


class Said(NamedTuple):
    """The rest of the front matter: read on demand."""

    description: str
    stamps: tuple[Stamp, ...]
    flags: tuple[Flag, ...]
    claims: Mapping[str, str]
    stale_after: date | None


class Fields:
    """Reads front matter by one configuration: `[fields]` maps our keys, `[types]` our types, to the base's names."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._zone: tzinfo = config.timezone
        self._keys = {name: config.fields.get(name, name) for name in ("title", *_FIELDS, *_MADE)}
        self._first = {name: theirs if config.apart(name) else name for name, theirs in self._keys.items()}
        self._mapped_date = config.fields.get(MAPPED_DATE)

    def facts(self, record: Record) -> Facts:
        """What lists, links and policies need."""
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
        """The front matter's title, exactly as written."""
        return title_of(record.meta, self._keys["title"])

    def said(self, meta: Mapping[str, Any]) -> Said:
        """The rest."""
        from kcs.article.stamps import flags_of, stamps_of

        stale_after = meta.get("stale_after")
        return Said(
            description=self._text(meta, "description"),
            stamps=tuple(stamps_of(meta, self._zone)) if "verified" in meta else (),
            flags=tuple(flags_of(meta)) if "flags" in meta else (),
            claims=self.claims(meta),
            # An unreadable due day counts as past: a gate never fails open.
            stale_after=None if stale_after is None else self._day(str(stale_after)) or date.min,
        )

    def made(self, meta: Mapping[str, Any]) -> dict[str, str]:
        """`created`, `author`, `updated` and `editor` as they are written, empty if they are
        not; all but the first only where the base maps them: an `editor` may be a program.
        """
        known = {
            name: self._value(meta, name)
            for name in _MADE
            if name == "created" or name in self._config.fields
        }
        return {name: ", ".join(_all_words(known.get(name))) for name in _MADE}

    def _mapped_day(self, meta: Mapping[str, Any]) -> date | None:
        value = meta.get(self._mapped_date) if self._mapped_date else None
        return self._day(value) if isinstance(value, str) else None

    def _day(self, text: str) -> date | None:
        return parse_day(text, self._zone, self._config.date_order)

    def claims(self, meta: Mapping[str, Any]) -> dict[str, str]:
        """The date-only claims of a front matter: name -> value, comparable between versions of a file.

        The mapped date is named `verified_at`; an OKF entry without `content`, by who and when.
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
        """Under its mapped name alone: a base that maps it uses
        `id` for something else, which translations may share.
        """
        value = meta.get(self._keys["id"])
        return value.strip() if isinstance(value, str) else ""

    def _text(self, meta: Mapping[str, Any], name: str) -> str:
        value = self._value(meta, name)
        return value.strip() if isinstance(value, str) else ""

    def _listed(self, meta: Mapping[str, Any], name: str) -> tuple[str, ...]:
        """All words of a list or a mapping where the value should be one word."""
        value = self._value(meta, name)
        return () if isinstance(value, str) else tuple(_all_words(value))

    def _closing(self, meta: Mapping[str, Any], name: str, most: str) -> str | None:
        """A value that closes: one that is no text, such as a list, is the `most` closed, not one that is missing."""
        value = self._value(meta, name)
        return self._text(meta, name) or None if value in (None, []) or isinstance(value, str) else most

    def _own(self, meta: Mapping[str, Any], dated: bool) -> Own:
        tags = self._value(meta, "tags")
        return Own(
            type=our_type(self._config.types, self._text(meta, "type")),
            product=self._text(meta, "product"),
            tags=_words(tags) if isinstance(tags, str) else tuple(_all_words(tags)),
            confidence=self._confidence(meta),
            audience=self._closing(meta, "audience", self._config.audiences[0]),
            governance=self._closing(meta, "governance", COMPLIANCE),
            language=self._text(meta, "language") or None,
            verify_every=self._interval(meta),
            has_reason=_says_something(meta.get("verify_every_reason")),
            verifiers=_names(self._value(meta, "verifiers")),
            owner=self._owner(meta),
            dated=dated,
            types=tuple([our_type(self._config.types, one) for one in self._listed(meta, "type")]),
            products=self._listed(meta, "product"),
            languages=self._listed(meta, "language"),
        )

    def _owner(self, meta: Mapping[str, Any]) -> str:
        value = self._value(meta, "owner")
        # A list names an unknown somebody: as for verifiers, that must not let everybody in.
        return UNREADABLE_OWNER if value and not isinstance(value, str) else self._text(meta, "owner")

    def _interval(self, meta: Mapping[str, Any]) -> str | None:
        value = self._value(meta, "verify_every")
        # A list, say, is no interval; as text it is refused as one, instead of passing as "not set".
        return None if value is None or value == "" else str(value).strip()

    def _confidence(self, meta: Mapping[str, Any]) -> str | None:
        # Before `status`, which follows confidence under any name.
        own = confidence_from({name: self._value(meta, name) for name in ("confidence", "status")})
        if own is None and _is_true(meta.get(self._keys["draft"])):
            own = WORK_IN_PROGRESS
        return own


def _words(value: Any) -> tuple[str, ...]:
    """A list of words; a plain string is split at commas, as many site generators do."""
    if value is None:
        return ()
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())


def _all_words(value: Any) -> Iterator[str]:
    """The words of a list or a mapping, however deep: a bracket more must not take an article out of its policy."""
    if isinstance(value, str):
        if word := value.strip():
            yield word
    elif isinstance(value, list):
        for one in value:
            yield from _all_words(one)
    elif isinstance(value, dict):
        yield from _all_words([*value, *value.values()])


def _names(value: Any) -> tuple[str, ...]:
    """As `_words`; an unreadable value stands for nobody: it must not let everybody in."""
    return _words(value) or (() if value in (None, "", []) else ("",))


def _says_something(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _is_true(value: Any) -> bool:
    # What is neither a word nor true or false cannot be read: a draft that may be one is not shown as finished.
    if isinstance(value, list | dict) and value:
        return True
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "1", "on"))
