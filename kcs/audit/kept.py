"""What the audit keeps between runs: a file's own findings by its content, and a whole run by all that it rests on.

Everything here can be deleted, and is rebuilt if anything it rests on changed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kcs.audit.finding import BROKEN_RULE, Finding, Hit

if TYPE_CHECKING:
    from kcs.audit.ignores import Ignore
    from kcs.audit.settings import Chosen
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

_FILES, _RUN = "audit-files", "audit-run"
_FORMAT = 32  # of what rules say, and of the words around it
# Code -> what the rule found in a file.
Hits = Mapping[str, Sequence[Hit]]


class KeptFiles:
    """For each article, what the rules that depend on the file alone found in it, and which rules it silences."""

    def __init__(self, kb: KnowledgeBase, rules: Sequence[Chosen]) -> None:
        self._cache = kb.cache
        codes = sorted(one.entry.code for one in rules if one.rule.by_content)
        self._key = repr((_FORMAT, codes, kb.config, kb.team.present, kb.team.source))
        stored = kb.cache.read(_FILES, self._key)
        self._old: dict[str, Any] = stored if isinstance(stored, dict) else {}
        self._new: dict[str, Any] = {}

    def get(self, article: Article) -> tuple[Hits, list[Ignore]] | None:
        """What was kept for exactly these bytes at this path."""
        from kcs.audit.ignores import Ignore

        one = self._old.get(article.path)
        try:
            if one is None or not article.oid or one[0] != article.oid:
                return None
            hits = {code: [Hit(*hit) for hit in found] for code, found in one[1].items()}
            found = hits, [Ignore(tuple(codes), *rest) for codes, *rest in one[2]]
        except (TypeError, ValueError, IndexError, AttributeError):
            return None
        self._new[article.path] = one
        return found

    def put(self, article: Article, hits: Hits, ignores: Sequence[Ignore]) -> None:
        """Keep it."""
        if article.oid:
            found = {code: [list(one) for one in hits_of] for code, hits_of in hits.items() if hits_of}
            self._new[article.path] = [article.oid, found, [list(one) for one in ignores]]

    def save(self) -> None:
        """Write what this run saw, if it differs."""
        if self._new != self._old:
            self._cache.write(_FILES, self._new, self._key)


def run_key(kb: KnowledgeBase, codes: Collection[str]) -> str | None:
    """All that a run over the whole base depends on, except files beside the articles; None if that is unknown."""
    rests_on = kb.standings.rests_on()
    if rests_on is None:
        return None
    from kcs.audit.redirects import digests

    return repr((_FORMAT, sorted(codes), rests_on, kb.today, _templates(kb), digests(kb), kb.beside))


def _templates(kb: KnowledgeBase) -> list[tuple[str, str]]:
    """The base's own templates, which say what sections a type has: by their bytes, since they are few."""
    from kcs.digest import sha256
    from kcs.kb.files import read_bytes

    folder, found = f"{kb.root}/templates", []
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - as everywhere where nothing changed
    except OSError:
        return []
    for name in names:
        file = f"{folder}/{name}"
        try:
            raw = read_bytes(file) if os.path.isfile(file) else b""  # noqa: PTH113 - as above
            found.append((name, sha256(raw).hexdigest()))
        except OSError as error:
            found.append((name, str(error.errno)))
    return found


# The files beside the articles that were looked for, in the base and on the
# disk, and whether they were there; a digest of the pages that are not articles.
Looked = tuple[dict[str, bool], dict[str, bool], str]


def what_was_looked_for(kb: KnowledgeBase, key: str) -> Looked | None:
    """What the kept run depends on besides its key."""
    stored = kb.cache.read(_RUN, key)
    try:
        return dict(stored[1]), dict(stored[2]), str(stored[3])
    except (TypeError, ValueError, IndexError):
        return None


def holds(kb: KnowledgeBase, probes: Mapping[str, bool], looked: Mapping[str, bool], pages: str) -> bool:
    """Whether all files looked for are still there or absent, and those read beside the articles are unchanged."""
    from kcs.kb.state import lies_at

    if any(kb.source.exists(path) != there for path, there in probes.items()):
        return False
    if any(lies_at(kb.root, path) != there for path, there in looked.items()):
        return False
    if not pages:
        return True
    from kcs.kb.pages import as_read

    return as_read(kb, pages)


def read_run(kb: KnowledgeBase, key: str) -> list[Finding] | None:
    """The findings of a run that depended on exactly this; None if a file came or went since."""
    stored = kb.cache.read(_RUN, key)
    try:
        findings, *beside = stored
        return [Finding(*one) for one in findings] if holds(kb, *beside) else None
    except (TypeError, ValueError, AttributeError):
        return None


def keep_run(kb: KnowledgeBase, key: str, findings: Sequence[Finding]) -> None:
    """Keep a run, unless something came from this machine alone, or a rule failed, which it may not do next time."""
    probes = kb.standings.probes()
    if probes is not None and not any(one.rule == BROKEN_RULE[0] for one in findings):
        kb.cache.write(_RUN, [[list(one) for one in findings], probes, kb.looked, kb.pages_read], key)
