"""Verifications claimed by a date alone, in versions of files. Mostly found at a glance, as versions are thousands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from kcs.article.front_matter import read
from kcs.kb.articles import Article, ArticleReader
from kcs.kb.commit_tree import CommitTree
from kcs.kb.git.repository import Repository
from kcs.kb.globs import chooser
from kcs.kb.settings.config import Config
from kcs.patterns import later

# A value may continue below its key (a list, an indented line), up to the next key.
_ENDED = later(rb"[\r\n]+(?:[\w\"']|---)")


def committed_claims(
    repo: Repository,
    tree: CommitTree,
    config: Config,
    articles: Iterable[Article],
    values: Callable[[bytes], Mapping[str, str]],
) -> dict[str, Mapping[str, str]]:
    """The claims of every article of the commit; read only if the working tree's bytes differ.

    Articles missing from the working tree are included: they may come back while HEAD, and what is kept for it, stay.
    """
    chosen = chooser(config.include, config.exclude)
    known = {(article.path, article.oid): article for article in articles}
    claims: dict[str, Mapping[str, str]] = {}
    differing: dict[str, list[str]] = {}
    for path, oid in tree.oids.items():
        if article := known.get((path, oid)):
            claims[path] = article.claims
        elif chosen(path):
            differing.setdefault(oid, []).append(path)
    for oid, raw in repo.blobs(differing):
        for path in differing[oid]:
            claims[path] = values(raw)
    return {path: found for path, found in claims.items() if found}


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
        end = raw.find(b"\n---", 3)
        head = raw if end < 0 else raw[: end + 4]
        mentioned = [name for name in names if name in head]
        if not mentioned:
            return {}
        if len(mentioned) == 1 and head.count(mentioned[0]) == 1:
            at = head.find(mentioned[0])
            match = plain.match(head, head.rfind(b"\n", 0, at) + 1)
            if match and _ENDED.match(head, match.end()):
                said = match[1], match[3] or b""
                if said not in told:
                    told[said] = reader.fields.claims({said[0].decode(): said[1].decode()})
                return told[said]
        return reader.fields.claims(read(head + b"\n").meta)

    return values
