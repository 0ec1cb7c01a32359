"""The commits that introduced the claims of some files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kcs.kb.past.references import KNOWN, UNCOMMITTED, UNKNOWN, Claimed, Origin, claimed_by

if TYPE_CHECKING:
    from kcs.kb.past.committed import Reference
    from kcs.kb.past.history import History


def introduced(
    history: History,
    prefix: str,
    oids: Mapping[str, str],
    claims: Mapping[str, Mapping[str, str]],
    values: Callable[[bytes], Mapping[str, str]],
) -> dict[str, dict[str, Claimed]]:
    """Where each of these claims came in. `claims` of a path in the history's commit, `oids` its blob there."""
    wanted = {prefix + path: found for path, found in claims.items()}
    known = {oids[path]: found for path, found in claims.items()}
    origins = origins_of(history.references(wanted, values, known), prefix)
    return {path: claimed_by(said, origins.get(path, {})) for path, said in claims.items()}


def origins_of(references: Mapping[tuple[str, str], Reference], prefix: str) -> dict[str, dict[str, Origin]]:
    """By path from the base's root, and by the claim's name; without those that no commit holds."""
    origins: dict[str, dict[str, Origin]] = {}
    for (path, name), reference in references.items():
        if reference.status != UNCOMMITTED:
            origins.setdefault(path.removeprefix(prefix), {})[name] = origin_of(reference, prefix)
    return origins


def origin_of(reference: Reference, prefix: str) -> Origin:
    """A claim's origin, its path from the base's root."""
    if (version := reference.version) is None:
        return Origin(UNKNOWN)
    return Origin(
        KNOWN,
        version.commit,
        version.blob,
        version.path.removeprefix(prefix),
        version.author_name,
        version.author_email,
        version.author_time,
    )
