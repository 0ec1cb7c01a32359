"""Every edit on every version of every article in a repository's history: edited, refused, or wrong.

    python bench/lossless.py PATH [--sample N]

Judged without the splicer's own help: by the bytes before and behind the key as `yaml.compose` places it, and
by PyYAML's BaseLoader on a block cut out by a regular expression. Exits 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import codecs
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kcs.article import splice
from kcs.errors import CannotEdit

Edit = Callable[[bytes], bytes]

_BLOCK = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z)", re.DOTALL
)
_FAST: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

STAMP = splice.flow_mapping(
    [
        ("by", "human:jd"),
        ("at", "2026-11-20T09:12:00Z"),
        ("content", "kcs1:9f2c"),
        ("note", "retested on 4.3"),
    ]
)
NEWER = splice.flow_mapping([("by", "human:jd"), ("at", "2027-01-02T10:00:00Z"), ("content", "kcs1:77aa")])


def set_date(raw: bytes) -> bytes:
    """Dates the article in its own notation."""
    return splice.set_value(
        raw, "audit_date", splice.scalar("2026-11-20", splice.quoting_of(raw, "audit_date"))
    )


def meant_by(text: str) -> Any:
    """A written value as PyYAML's BaseLoader has it."""
    return yaml.load(text, Loader=_FAST)


@dataclass(frozen=True)
class Operation:
    """An edit of one key, what must stand there afterwards (None: no key), and what to do to a file first."""

    key: str
    edit: Edit
    leaves: Any
    first: Edit = bytes


def add_stamp(key: str, *stamps: str) -> Edit:
    """Appends stamps to the list at a key."""

    def edit(raw: bytes) -> bytes:
        for stamp in stamps:
            raw = splice.set_entry(raw, key, None, stamp)
        return raw

    return edit


NEW_TITLE = "Now: something else"
OPERATIONS: dict[str, Operation] = {
    "set a date": Operation("audit_date", set_date, "2026-11-20"),
    "change a text": Operation(
        "title", lambda raw: splice.set_value(raw, "title", splice.scalar(NEW_TITLE)), NEW_TITLE
    ),
    "set a new key": Operation(
        "stale_after", lambda raw: splice.set_value(raw, "stale_after", "2027-02-18"), "2027-02-18"
    ),
    "list from a value": Operation(
        "product", lambda raw: splice.set_value(raw, "product", "[one, two]"), ["one", "two"]
    ),
    "remove a key": Operation("product_url", lambda raw: splice.remove_key(raw, "product_url"), None),
    "add a stamp": Operation("verified", add_stamp("verified", STAMP), [meant_by(STAMP)]),
    "replace a stamp": Operation(
        "verified",
        lambda raw: splice.set_entry(raw, "verified", 0, NEWER),
        [meant_by(NEWER)],
        add_stamp("verified", STAMP),
    ),
    "add two, remove one": Operation(
        "flags",
        lambda raw: splice.remove_entry(raw, "flags", 0),
        [meant_by(NEWER)],
        add_stamp("flags", STAMP, NEWER),
    ),
    "flag and resolve": Operation(
        "flags", lambda raw: splice.remove_entry(raw, "flags", 0), None, add_stamp("flags", STAMP)
    ),
}


def block_of(raw: bytes) -> str:
    """The YAML text of a file."""
    match = _BLOCK.match(raw)
    return match[1].decode() if match else ""


def values_of(raw: bytes) -> dict[Any, Any]:
    """The front matter as PyYAML's BaseLoader has it: nothing but text."""
    return yaml.load(block_of(raw), Loader=_FAST) or {}


def span_of(raw: bytes, key: str) -> tuple[int, int]:
    """Bytes of a key from its line to the next key's; where it
    is not there, of all the block, or of where one would begin.
    """
    match = _BLOCK.match(raw)
    if match is None:  # a block of its own goes before all, behind a byte order mark
        start = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
        return start, start
    text, offset = match[1].decode(), match.start(1)
    root = yaml.compose(text, Loader=_FAST)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    # From where the key's line begins, so that an indented root's keys own their indentation.
    starts = [*(len(text[: name.start_mark.index].rstrip(" ")) for name, _ in pairs), len(text)]
    for number, (name, _) in enumerate(pairs):
        if name.value == key:
            before, behind = text[: starts[number]], text[: starts[number + 1]]
            return offset + len(before.encode()), offset + len(behind.encode())
    return offset, match.end(1)


def shared_head(first: bytes, second: bytes) -> int:
    """How many bytes two texts begin with in common."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def what_is_wrong(raw: bytes, edited: bytes, key: str) -> str:
    """Why an edit of `key` is not a clean one; empty where it is."""
    before, after = values_of(raw), values_of(edited)
    if [(k, v) for k, v in before.items() if k != key] != [(k, v) for k, v in after.items() if k != key]:
        return "another key changed"
    if raw == edited:
        return ""
    start, end = span_of(raw, key)
    behind = len(raw) - end
    kept = edited.startswith(raw[:start]) and edited[start:].endswith(raw[end:])
    if key in before:
        return "" if kept and len(edited) >= start + behind else "bytes outside the key changed"
    head, tail = shared_head(raw, edited), shared_head(raw[::-1], edited[::-1])
    if head + tail < len(raw):
        return "more than an insertion"
    return "" if kept and head >= start and len(raw) - tail <= end else "inserted outside the front matter"


def as_it_was(raw: bytes, edited: bytes) -> bool:
    """Whether a flag and its resolution left the same bytes; where the flag brought the block, that stays, empty."""
    own = raw if _BLOCK.match(raw) else b"---\n---\n" + raw.removeprefix(codecs.BOM_UTF8)
    return edited in (raw, own, codecs.BOM_UTF8 + own)


def versions(repository: Path) -> Iterator[tuple[str, bytes]]:
    """Every version of every Markdown file with front matter: object id, bytes."""
    git = ["git", "-C", str(repository)]
    listed = subprocess.run([*git, "rev-list", "--all", "--objects"], check=True, capture_output=True).stdout
    names = [line.split(b" ", 1) for line in listed.splitlines()]
    wanted = list(dict.fromkeys(part[0] for part in names if len(part) == 2 and part[1].endswith(b".md")))
    with subprocess.Popen(
        [*git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout
        for name in wanted:
            process.stdin.write(name + b"\n")
            process.stdin.flush()
            size = int(process.stdout.readline().split()[2])
            yield name.decode(), process.stdout.read(size + 1)[:-1]
        process.stdin.close()


class Tally:
    """Counts per operation: edited, refused with the reason, wrong."""

    def __init__(self) -> None:
        self.edited: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()
        self.wrong: list[str] = []

    def judge(self, name: str, raw: bytes) -> None:
        """All operations on one version."""
        for title, operation in OPERATIONS.items():
            try:
                prepared = operation.first(raw)
                edited = operation.edit(prepared)
            except CannotEdit as error:
                self.refused[title, error.message] += 1
                continue
            self.edited[title] += 1
            reason = what_is_wrong(prepared, edited, operation.key)
            if values_of(edited).get(operation.key) != operation.leaves:
                reason = "not what was meant"
            if (
                title == "flag and resolve"
                and operation.key not in values_of(raw)
                and not as_it_was(raw, edited)
            ):
                reason = "not the bytes it was"
            if reason:
                self.wrong.append(f"{title}: {name}: {reason}")

    def table(self) -> str:
        """The counts as text."""
        lines = [f"{'operation':22}{'edited':>8}{'refused':>9}"]
        for title in OPERATIONS:
            refused = sum(count for (found, _), count in self.refused.items() if found == title)
            lines.append(f"{title:22}{self.edited[title]:8}{refused:9}")
        reasons: Counter[str] = Counter()
        for (_, why), count in self.refused.items():
            reasons[why] += count
        lines += [f"refused {count:6}  {why}" for why, count in reasons.most_common()]
        lines += [f"WRONG {words}" for words in self.wrong[:50]]
        return "\n".join([*lines, f"wrong: {len(self.wrong)}"])


def main() -> int:
    """Runs over a repository; 1 if anything is wrong or nothing was edited."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="only N versions, evenly spread")
    options = parser.parse_args()
    found = list(versions(options.repository))
    step = max(1, len(found) // options.sample) if options.sample else 1
    tally, started = Tally(), time.perf_counter()
    for name, raw in found[::step]:
        tally.judge(name, raw)
    print(tally.table())
    print(f"versions: {len(found[::step])} in {time.perf_counter() - started:.0f} s")
    return 1 if tally.wrong or not tally.edited else 0


if __name__ == "__main__":
    sys.exit(main())
