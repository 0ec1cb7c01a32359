"""A link leads to an article or a file that counts as another one, which exists as well.

## Why it matters

For a link, a fingerprint covers what its target counts as (its id, else its path; what moves.tsv recorded) and the anchor, so
that moving the target ends no verification. If two targets count as one, a link can be changed from one to the other without
ending the verification.

## Example

`articles/b.md<tab>articles/a.md` in moves.tsv, where both files exist; an article whose id is the path of another, or the id
of another with an anchor (`kb-7f3q9xk2#step-2`); a file called `reset.md#step-2`.

## How to mend

Remove the line that nobody needs from moves.tsv. If an article was moved and another one is now in its old place, give the new
one its own id. Give an article that has another one's path as its id an id of its own, and a file a name without `#` and `?`.

Two articles with one id are KCS012's, with one permalink KCS509's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kcs.article.ids import is_id
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, OTHERS, TEXT, Rule, Values
from kcs.audit.rules.links import found
from kcs.kb.base import KnowledgeBase

if TYPE_CHECKING:
    from kcs.kb.links import Target


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each link to something that counts as something else."""

    def twin(spelt: str) -> str | None:
        target = page.leads_to(spelt)
        return _twin(page, target) if target else None

    for one in found(page, lambda spelt, _image: twin(spelt) is not None):
        spelt = one.link.destination
        words = f"{spelt!r} counts as the same as {twin(spelt)}, and is not"
        yield Hit(words, _mend(page, spelt), one.line, one.column, spelt)


def _mend(page: Page, spelt: str) -> str:
    target = page.leads_to(spelt)
    if target and target.key in page.kb.moves.keys.values():
        return "take the line out of moves.tsv that says so"
    return "give one of the two another id or name"


def _twin(page: Page, target: Target) -> str | None:
    named = page.shared(_by_key)
    others = []
    for name in _readings(target):
        others += [one for one in named.get(name, ()) if one != target.path and not _told(page, one, target)]
        if not others and _is_file(page, name, target):
            others.append(name)
    return min(others, default=None)


def _readings(target: Target) -> Sequence[str]:
    """The keys that give, each with an anchor, what the target
    counts as: an id or a path may hold a `#` or `?` itself.
    """
    counts = target.key + target.anchor
    if "#" not in counts and "?" not in counts:
        return (counts,)
    return [*(counts[:at] for at, sign in enumerate(counts) if sign in "#?"), counts]


def _told(page: Page, path: str, target: Target) -> bool:
    """Whether other rules say that these two have one id or one permalink."""
    kb = page.kb
    one, other = kb.by_path[path], kb.by_path.get(target.path)
    if other is None or target.key in kb.moves.keys.values():
        return False
    same = one.id == other.id != "", one.permalink.strip("/") == other.permalink.strip("/") != ""
    return any(same) and kb.key(one) == target.key


def _is_file(page: Page, name: str, target: Target) -> bool:
    """Whether a file besides the target and the articles counts as this. A picture's key is its path."""
    kb = page.kb
    if name == target.path or name in kb.by_path or is_id(name) or kb.moves.keys.get(name, name) != name:
        return False
    return ("." in name or "#" in name or "?" in name) and kb.on_disk(name)


def _by_key(kb: KnowledgeBase) -> Mapping[str, list[str]]:
    """Key -> the articles that count as it."""
    named: dict[str, list[str]] = defaultdict(list)
    for article in kb.articles:
        named[kb.key(article)].append(article.path)
    return named


RULE = Rule(check, ERROR, (TEXT, OTHERS, FILES))
