"""moving.py BASE: `kcs mv` of every article of an adopted
base, one after the other, and what became of links and trust.

BASE is a clone whose links are by permalink, as adopted; it is not changed. Two bases are made of it: one as it is,
whose dates are its only verifications, and one whose links are relative paths, without permalinks, with a native stamp
in each article that has a date. In both each article is moved to another folder under another name, seeded.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import given, make_stamped
from kcs.article.body import parse
from kcs.article.body_splice import splice_body
from kcs.article.front_matter import read
from kcs.authoring.moving import carry_out, plan_move
from kcs.errors import KcsError
from kcs.kb.base import KnowledgeBase

DAY = "2020-11-10"
CHECK_EVERY = 200


def main(base: Path) -> int:
    """Both bases; 1 where a link leads elsewhere than before or an article is not trusted any more."""
    from datetime import date

    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, prepare in (("by permalink, dates", lambda _: None), ("relative, stamps", _relative)):
            root = Path(folder) / name.split()[0].strip(",")
            subprocess.run(["git", "clone", "--quiet", str(base), str(root)], check=True)
            (root / "kcs.toml").write_bytes((base / "kcs.toml").read_bytes())
            prepare(root)
            failed += _move_all(name, root, date.fromisoformat(DAY))
    return 1 if failed else 0


def _relative(root: Path) -> None:
    """Links by permalink become relative ones, permalinks go, and who has a date gets a stamp."""
    kb = KnowledgeBase.open(root)
    for article in kb.articles:
        raw = kb.raw(article)
        pieces = []
        for link in parse(read(raw).body).links:
            target = kb.links.resolve(link.destination, article.path)
            if target is not None:
                up = "../" * article.path.count("/")
                pieces.append((link.start, link.end, f"{up}{target.path}{target.anchor}"))
        (root / article.path).write_bytes(splice_body(raw, pieces) if pieces else raw)
    config = re.sub(r"(?m)^(permalink|by|root) = .*\n", "", (root / "kcs.toml").read_text("utf-8"))
    (root / "kcs.toml").write_text(config, "utf-8")
    make_stamped.main(root)


def _move_all(name: str, root: Path, day: object) -> int:
    chance = random.Random(7)
    before = _state(root, day)
    paths = [one.path for one in KnowledgeBase.open(root, as_of=day).articles]  # type: ignore[arg-type]
    folders = sorted({path.rpartition("/")[0] for path in paths if "retired" not in path})
    chance.shuffle(paths)
    spent, links, slowest, refused, lost = 0.0, 0, 0.0, [], 0
    for count, path in enumerate(paths, 1):
        where = path.rpartition("/")[0] if "retired" in path else chance.choice(folders)
        started = time.process_time()
        kb = KnowledgeBase.open(root, as_of=day)  # type: ignore[arg-type]
        try:
            moving = plan_move(kb, path, f"{where}/moved {count} (now).md")
            carry_out(kb, moving)
        except KcsError as error:
            refused.append(f"{path}: {error}")
            continue
        took = time.process_time() - started
        spent, slowest, links = spent + took, max(slowest, took), links + len(moving.respelt)
        if count % CHECK_EVERY == 0 or count == len(paths):
            lost = _compare(before, _state(root, day))
            if lost:
                break
    print(
        f"{name}: {len(paths) - len(refused)} of {len(paths)} articles moved, {links} links spelt anew,"
        f" {spent / max(len(paths), 1) * 1000:.0f} ms of CPU a move, at most {slowest * 1000:.0f} ms"
    )
    trusted = sum(one[0] for one in before.values())
    print(f"  {trusted} trusted before; {lost} articles lost a link, their trust or their fingerprint")
    for line in refused[:10]:
        print(f"  refused: {line}")
    return lost


State = dict[str, tuple[bool, str, tuple[str | None, ...]]]


def _state(root: Path, day: object) -> State:
    """By key: whether trusted, the fingerprint, and the key that each link leads to."""
    kb = KnowledgeBase.open(root, as_of=day)  # type: ignore[arg-type]
    found = {}
    for one in kb.articles:
        links = [kb.links.resolve(link.destination, one.path) for link in parse(kb.read(one).body).links]
        fingerprint = "" if one.unreadable else kb.fingerprints.of(one)
        keys = tuple(target.key + target.anchor if target else None for target in links)
        found[kb.links.key(one.path)] = (kb.verdicts[one.path].trusted, fingerprint, keys)
    return found


def _compare(before: State, after: State) -> int:
    for key in before.keys() - after.keys():
        print(f"  gone: {key}")
    wrong = [key for key in before if before[key] != after.get(key)]
    for key in wrong[:10]:
        print(f"  {key}: {before[key]} became {after.get(key)}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main(given.base(__doc__)))
