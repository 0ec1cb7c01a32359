"""make_stamped.py ROOT: a native stamp, for the content as it is, in each article of an adopted base that has a date.

Seeded; every twentieth stamp is for other content, so that there is something to find.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kcs.article import splice
from kcs.errors import CannotEdit
from kcs.kb.base import KnowledgeBase


def main(root: Path) -> None:
    """Write the stamps into the files."""
    kb, chance = KnowledgeBase.open(root), random.Random(7)
    written = 0
    for article in kb.articles:
        day = article.claims.get("verified_at", "?")
        if article.unreadable or day.startswith("?"):
            continue
        content = kb.fingerprints.of(article) if chance.random() > 0.05 else f"kcs1:{'0' * 32}"
        stamp = [("by", f"human:p{chance.randrange(40)}"), ("at", f"{day}T12:00:00Z"), ("content", content)]
        try:
            raw = splice.set_entry(kb.raw(article), "verified", None, splice.flow_mapping(stamp))
        except CannotEdit:
            continue
        (root / article.path).write_bytes(raw)
        written += 1
    print(f"{written} stamps", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
