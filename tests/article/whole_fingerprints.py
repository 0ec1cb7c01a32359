"""A fingerprint in one step: the program keeps the skeleton between runs and takes two."""

from __future__ import annotations

from kcs.article.fingerprint import CURRENT, Resolver, fingerprint, skeleton


def fingerprint_of(
    title: str | None, body: str, resolve: Resolver | None = None, version: str = CURRENT
) -> str:
    """The fingerprint of an article. KeyError: no such version."""
    return fingerprint(skeleton(title, body, version), resolve)
