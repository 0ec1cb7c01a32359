"""The whole answer of a plain `kcs audit`, kept for as long as nothing that it depends on changes.

With ten thousand findings, most of the work is reading them back and writing each as a line.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kcs.audit.kept import holds, run_key, what_was_looked_for
from kcs.hints import with_base
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.wanted import Wanted
    from kcs.kb.base import KnowledgeBase

_NAME = "audit-ready"
_BASELINE = "kcs-baseline.tsv"


class Ready(NamedTuple):
    """`text` for stdout, in lines as a pipe gets it; `told` for stderr; whether the run fails."""

    text: str
    told: str
    fails: bool


def read_ready(kb: KnowledgeBase, key: str | None) -> Ready | None:
    """The answer, if one is kept under the key from `ready_key`."""
    raw = kb.cache.read_bytes(_NAME, key) if key else None
    head, _, text = (raw or b"").partition(b"\n")
    try:
        told, fails, *beside = json.loads(head or b"[]")
        if holds(kb, *beside):
            return Ready(text.decode(), str(told), bool(fails))
    except (TypeError, ValueError, AttributeError):
        pass
    return None


def keep_ready(kb: KnowledgeBase, key: str | None, wanted: Wanted, ready: Ready) -> None:
    """Keep an answer whose findings are kept as well: what was looked for beside the articles is kept with them.

    `key` is from before the run: if it is another now, nobody can say for which state the answer holds.
    """
    from kcs.audit.settings import asked_codes

    run = run_key(kb, asked_codes(wanted.select, wanted.ignore))
    looked_for = what_was_looked_for(kb, run) if key and run and key == ready_key(kb, wanted) else None
    if looked_for is not None:
        head = json.dumps([ready.told, ready.fails, *looked_for]).encode("ascii")
        kb.cache.write_bytes(_NAME, head + b"\n" + ready.text.encode(), key or "")


def ready_key(kb: KnowledgeBase, wanted: Wanted) -> str | None:
    """All that an answer depends on, except what is looked for beside the articles; None if that is unknown."""
    rests_on = run_key(kb, ())
    known = None if wanted.ignore_baseline else kb.text(_BASELINE)
    return None if rests_on is None else repr((rests_on, wanted, known, with_base("kcs show")))
