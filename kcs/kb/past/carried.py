"""Where the claims of a commit came in, by what is known of an
earlier one: a new commit need not cost the whole history again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kcs.kb.git.log import read_since
from kcs.kb.git.repository import path_bytes, path_text
from kcs.kb.past.claims import committed_claims
from kcs.kb.past.committed import Reference, Version, commit_of
from kcs.kb.past.introduced import origin_of
from kcs.kb.past.introductions import Introductions
from kcs.kb.past.references import Claimed, Origin, made

if TYPE_CHECKING:
    from kcs.kb.git.change import Place
    from kcs.kb.git.repository import Repository
    from kcs.kb.git.since import Since
    from kcs.kb.settings.config import Config

# The claims of a path in the earlier commit, by name; None if it has none.
Known = Callable[[str], Mapping[str, Claimed] | None]


def carried(
    repo: Repository,
    commit: str,
    old: str,
    prefix: str,
    config: Config,
    known: Known,
    values: Callable[[bytes], Mapping[str, str]],
) -> dict[str, Mapping[str, Claimed] | None] | None:
    """The claims of the paths that were touched since `old`, None
    for a path that has none; all others are as they were there.

    None if only the whole history tells.
    """
    log = read_since(repo, commit, old)
    if log is None:
        return None
    start = path_bytes(prefix)
    touched = [path for path in log.touched() if path.startswith(start)]
    oids = {path_text(path)[len(prefix) :]: log.blob(path).decode("ascii") for path in touched}
    claims = committed_claims(repo, {path: oid for path, oid in oids.items() if oid}, config, (), values)
    read = {oids[path].encode("ascii"): said for path, said in claims.items()}
    asked = [(prefix + path, name, value) for path, said in claims.items() for name, value in said.items()]
    places = Introductions(repo, log, values, read).find(asked)
    found: dict[str, dict[str, Claimed]] = {}
    # In the order of the claims: in that of the walks' ends the same would be told otherwise.
    for path, name, value in asked:
        status, place = places[path, name, value]
        if status == "beyond":
            assert place is not None, "it says where the walk left"
            origin = _before(log, place, prefix, known, name, value)
        else:
            origin = origin_of(Reference(status, _version(log, place)), prefix)
        if origin is None:
            return None
        found.setdefault(path[len(prefix) :], {})[name] = Claimed(value, origin)
    return {path: found.get(path) for path in oids}


def _version(log: Since, place: Place | None) -> Version | None:
    if place is None:
        return None
    number, path, blob = place
    return Version(*commit_of(log.said(number)), blob.decode("ascii"), path_text(path))


def _before(log: Since, place: Place, prefix: str, known: Known, name: str, value: str) -> Origin | None:
    """Where a claim came in that was there in the old commit
    already, if the walk came there and this is known of it.
    """
    at, path, _ = place
    if not log.is_before(path, at) or not path.startswith(path_bytes(prefix)):
        return None
    return made(known(path_text(path)[len(prefix) :]), name.partition("\0")[0], value)
