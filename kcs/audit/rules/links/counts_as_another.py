"""A link leads to an article or a file that counts as another one, which exists as well.

## Why it matters

For a link, a fingerprint covers what its target counts as, so that moving the target ends no verification: moves.tsv records
this. If two targets count as one, a link can be changed from one to the other without ending the verification.

## Example

`articles/b.md<tab>articles/a.md` in moves.tsv, where both files exist.

## How to mend

Remove the line that nobody needs from moves.tsv. If an article was moved and another one is now in its old place, give the new
one its own id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, OTHERS, TEXT, Rule, Values
from kcs.audit.rules.links import found
from kcs.kb.base import KnowledgeBase


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each link to something that moves.tsv gives the key of another."""
    if not page.kb.moves.keys:
        return

    def twin(spelt: str) -> str | None:
        target = page.leads_to(spelt)
        return _twin(page, target.path, target.key) if target else None

    for one in found(page, lambda spelt, _image: twin(spelt) is not None):
        spelt = one.link.destination
        words = f"{spelt!r} counts as the same as {twin(spelt)}, and is not"
        yield Hit(words, "take the line out of moves.tsv that says so", one.line, one.column, spelt)


def _twin(page: Page, path: str, key: str) -> str | None:
    kb = page.kb
    others = [one for one in page.shared(_by_key).get(key, ()) if one != path]
    # A picture's key is its path.
    if not others and key != path and path not in kb.by_path and kb.on_disk(key):
        others = [key]
    return min(others, default=None)


def _by_key(kb: KnowledgeBase) -> Mapping[str, list[str]]:
    """Key -> the articles that count as it; those alone of which one does so by moves.tsv."""
    moves = kb.moves.keys
    named: dict[str, list[str]] = defaultdict(list)
    for article in kb.articles:
        named[kb.key(article)].append(article.path)
    given = {key for key in moves.values() if len(named.get(key, ())) > 1}
    return {key: named[key] for key in given}


RULE = Rule(check, ERROR, (TEXT, OTHERS, FILES))
