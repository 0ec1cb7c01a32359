"""Pins: the articles that kcs.toml shows first for a query. They depend on the query alone; no index knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kcs.article.letters import normal
from kcs.kb.articles import Article
from kcs.patterns import later
from kcs.search.analysis.english import singular
from kcs.search.analysis.frames import frame_of
from kcs.search.analysis.meaning import meaningful
from kcs.search.analysis.scripts import runs
from kcs.search.analysis.words import folded_run, stem_of

_SIGNED = later(r"[^\W\d_]+[+#]+(?!\w)")


def pinned(pins: Mapping[str, Sequence[str]], words: str, articles: Sequence[Article]) -> dict[str, str]:
    """Path -> the pin, for articles pinned for this query, in the order of kcs.toml.

    A pin fits a query with the same words in any order and form,
    with or without accents, ignoring stop words and how it is put.
    """
    if not pins:
        return {}
    asked, signed = _said(words), _signed(words)
    named = [
        (name, pin)
        for pin, names in pins.items()
        if asked and _same(_said(pin), asked) and _signed(pin) == signed
        for name in names
    ]
    if not named:
        return {}
    by_name = {one.path: one.path for one in articles} | {one.id: one.path for one in articles if one.id}
    found: dict[str, str] = {}
    for name, pin in named:
        if name in by_name:
            found.setdefault(by_name[name], pin)
    return found


def _said(words: str) -> dict[str, str]:
    """Each word's stem without accents -> with those that were typed."""
    from kcs.search.phrases import comparable

    text = normal(words)
    if put := frame_of(text):
        text = text[put.start : put.end]
    found: dict[str, str] = {}
    for run in meaningful(list(runs(text))):
        if stem := stem_of(folded := folded_run(run)):
            spelt = comparable(run.text) if run.script == "word" else folded
            found[singular(stem)] = singular(stem_of(spelt))
    return found


def _signed(words: str) -> set[str]:
    """The words whose last signs make them others: `c++` and `c#` are no `c`."""
    return set(_SIGNED.findall(normal(words)))


def _same(pin: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    """Where both have accents, they have the same ones: `m\u00e3` is another word than `m\u00e1`."""
    return pin.keys() == asked.keys() and all(
        word == asked[stem] or stem in (word, asked[stem]) for stem, word in pin.items()
    )
