"""Verifications claimed by a date alone, in versions of files. Mostly found at a glance, as versions are thousands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kcs.article.front_matter import read
from kcs.kb.articles import Article, ArticleReader
from kcs.kb.git.repository import Repository
from kcs.kb.globs import chooser
from kcs.kb.past.versions import another
from kcs.kb.records import Record
from kcs.kb.settings.config import Config
from kcs.patterns import later

# A value may continue below its key (a list, an indented line), up to the next key.
_ENDED = later(rb"[\r\n]+(?:[\w\"']|---)")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# With a byte order mark or without.
_OPENINGS = (b"---", b"\xef\xbb\xbf---")
_CLOSING = re.compile(rb"\n---[ \t]*(?:[\r\n]|\Z)")
# It opens every conflict that Git writes.
_CONFLICT = b"<<<<<<< "
_DELIMITER = re.compile(rb"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


def committed_claims(
    repo: Repository,
    oids: Mapping[str, str],
    config: Config,
    articles: Iterable[Article],
    values: Callable[[bytes], Mapping[str, str]],
) -> dict[str, Mapping[str, str]]:
    """The claims of every article of a commit, `oids` being Git's
    names for its files; read only if the working tree's bytes differ.

    Articles missing from the working tree are included: they may come back while HEAD, and what is kept for it, stay.
    """
    chosen = chooser(config.include, config.exclude)
    known = {(article.path, article.oid): article for article in articles}
    claims: dict[str, Mapping[str, str]] = {}
    differing: dict[str, list[str]] = {}
    for path, oid in oids.items():
        article = known.get((path, oid))
        if article and not _spoilt(article.record):
            claims[path] = article.claims
        elif chosen(path):
            differing.setdefault(oid, []).append(path)
    for oid, raw in repo.blobs(differing):
        for path in differing[oid]:
            claims[path] = values(raw)
    return {path: found for path, found in claims.items() if found}


def _spoilt(record: Record) -> bool:
    """Whether it says nothing, while its version may still hold a date: what is kept
    for a commit must not depend on what the folder held when it was worked out.
    """
    return record.unreadable is not None or any(one.code == "no-front-matter" for one in record.problems)


def claims_reader(reader: ArticleReader, fields: tuple[str, ...]) -> Callable[[bytes], Mapping[str, str]]:
    """A function from a version's bytes to its claims, as `reader` reads them. `fields`: the keys that may make one.

    Reads the whole front matter only if a glance is not enough.
    """
    if not fields:
        return lambda _: {}
    # A name inside another would be counted twice.
    names = [name.encode() for name in fields if not any(one != name and one in name for one in fields)]
    every = b"|".join(re.escape(name.encode()) for name in fields)
    plain = re.compile(rb"(" + every + rb"):(?:[ \t]+(['\"]?)(\d{4}-\d\d-\d\d)\2)?[ \t]*\r?$", re.MULTILINE)
    told: dict[tuple[bytes, bytes], Mapping[str, str]] = {}

    def values(raw: bytes) -> Mapping[str, str]:
        if raw.startswith(_UTF16):
            raw = raw.decode("utf-16", "replace").encode()
        end = raw.find(b"\n---", 3)
        head = raw if end < 0 else raw[: end + 4]
        # Something before its opening line, a key such as `----`, or one spelt with an escape: only the whole tells.
        in_conflict = _CONFLICT in raw
        doubtful = (
            in_conflict
            or not raw.startswith(_OPENINGS)
            or b"\\" in head
            or (end >= 0 and not _CLOSING.match(raw, end))
        )
        if doubtful and (meta := _meta(raw)) is not None:
            return reader.fields.claims(meta)
        mentioned = [name for name in names if name in head]
        if not mentioned and not doubtful:
            return {}
        if len(mentioned) == 1 and head.count(mentioned[0]) == 1 and not in_conflict:
            at = head.find(mentioned[0])
            match = plain.match(head, head.rfind(b"\n", 0, at) + 1)
            if match and _ENDED.match(head, match.end()):
                said = match[1], match[3] or b""
                if said not in told:
                    told[said] = reader.fields.claims({said[0].decode(): said[1].decode()})
                return told[said]
        meta = _meta(head + b"\n") if mentioned and not in_conflict else None
        if meta is not None:
            return reader.fields.claims(meta)
        return _every(reader.fields.claims(one) for one in _lines_of(raw, every))

    return values


def _every(found: Iterable[Mapping[str, str]]) -> dict[str, str]:
    claims: dict[str, str] = {}
    for said in found:
        for name, value in said.items():
            if claims.setdefault(name, value) != value:
                claims[another(name, value)] = value
    return claims


def _meta(raw: bytes) -> Mapping[str, Any] | None:
    """What a version says; None if it is spoilt."""
    document = read(raw)
    return None if document.block is None or document.fatal else document.meta


def _lines_of(raw: bytes, names: bytes) -> Iterator[Mapping[str, Any]]:
    """What the lines of these keys say in a spoilt version, all together and each
    alone: a date holds through it, in every notation, since who mends it sets none.
    """
    text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # Such a line, and those below that may belong to it.
    pattern = re.compile(
        rb"^(['\"]?)(?:" + names + rb")\1[ \t]*:(?:[ \t].*)?$(?:\n(?:[ \t-].*)?$)*", re.MULTILINE
    )
    # In conflict, both sides may have front matter; else it is between
    # its delimiters, or before the first where the opening one is lost.
    parts = [text] if _CONFLICT in text else _DELIMITER.split(text, maxsplit=2)[:2]
    lines = next(filter(None, ([one[0] for one in pattern.finditer(part)] for part in parts)), [])
    for some in (b"\n".join(lines), *lines, *(one.partition(b"\n")[0] for one in lines)):
        yield read(b"---\n" + some + b"\n---\n").meta
