"""An article as everybody above the knowledge base sees it: the vocabulary's names, whatever its file calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from kcs.article.days import parse_day
from kcs.article.stamps import Flag, Stamp, flags_of, stamps_of
from kcs.article.states import WORK_IN_PROGRESS, confidence_from
from kcs.kb.config import Config
from kcs.kb.policy import Own, Policies, Settings
from kcs.kb.records import Record, title_of

MAPPED_DATE = "verified_at"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one state of the knowledge base. `path` is from the base's root, with `/`."""

    path: str
    record: Record
    own: Own
    settings: Settings
    id: str
    title: str
    description: str
    permalink: str
    stamps: tuple[Stamp, ...]
    flags: tuple[Flag, ...]
    claims: Mapping[str, str]
    stale_after: date | None

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

    @property
    def unreadable(self) -> bool:
        """Whether its file cannot be understood."""
        return self.record.skeleton is None


class ArticleReader:
    """Turns records into articles by one configuration."""

    def __init__(self, config: Config, policies: Policies) -> None:
        self._config = config
        self._policies = policies
        self._zone: tzinfo = config.timezone
        self._keys = {name: config.fields.get(name, name) for name in ("title", *_FIELDS)}
        self._mapped_date = config.fields.get(MAPPED_DATE)

    def article(self, path: str, record: Record) -> Article:
        """The article that this record is, at `path`."""
        meta = record.meta
        claims = self.claims(meta)
        own = self._own(meta, dated=not claims.get(MAPPED_DATE, "?").startswith("?"))
        stale_after = meta.get("stale_after")
        return Article(
            path=path,
            record=record,
            own=own,
            settings=self._policies.settings(path, own),
            id=self._text(meta, "id"),
            title=title_of(meta, self._keys["title"]),
            description=self._text(meta, "description"),
            permalink=self._text(meta, "permalink"),
            stamps=tuple(stamps_of(meta, self._zone)) if "verified" in meta else (),
            flags=tuple(flags_of(meta)) if "flags" in meta else (),
            claims=claims,
            # A due day that cannot be read has passed: a gate never fails open.
            stale_after=None if stale_after is None else parse_day(str(stale_after), self._zone) or date.min,
        )

    def claims(self, meta: Mapping[str, Any]) -> dict[str, str]:
        """The date-only claims of a front matter: name -> value, comparable between versions of a file.

        The mapped date goes by `verified_at`; an OKF entry without `content` by who and when.
        """
        found = {}
        if self._mapped_date and (value := meta.get(self._mapped_date)):
            day = parse_day(value, self._zone) if isinstance(value, str) else None
            found[MAPPED_DATE] = day.isoformat() if day else f"?{value}"
        if "verified" in meta:
            for stamp in stamps_of(meta, self._zone):
                if stamp.content is None:
                    found[f"{stamp.by} {stamp.at}"] = stamp.day.isoformat() if stamp.day else "?"
        return found

    def _value(self, meta: Mapping[str, Any], name: str) -> Any:
        value = meta.get(name)
        return meta.get(self._keys[name]) if value is None else value

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
            verifiers=_words(self._value(meta, "verifiers")),
            owner=self._text(meta, "owner"),
            dated=dated,
        )

    def _interval(self, meta: Mapping[str, Any]) -> str | None:
        value = self._value(meta, "verify_every")
        # A list, say, cannot be an interval; as text it is refused as one, instead of passing as "not set".
        return None if value is None or value == "" else str(value).strip()

    def _confidence(self, meta: Mapping[str, Any]) -> str | None:
        own = confidence_from(meta)
        if own is None and self._keys["confidence"] != "confidence":
            own = confidence_from({"confidence": meta.get(self._keys["confidence"])})
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


def _is_true(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "1", "on"))
