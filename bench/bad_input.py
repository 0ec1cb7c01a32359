"""bad_input.py BASE: queries that are a megabyte, broken, unreadable
or a storm: how long each takes to be answered or refused.

They are read from a file as `kcs search --queries` reads them; CPU time, Git's included, without the program's start.
Exits 1 where one takes more than a second.
"""

from __future__ import annotations

import os
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import given
from kcs.kb.base import KnowledgeBase
from kcs.search.answer import Request
from kcs.search.language import parse
from kcs.search.many import answers

_MEGABYTE = 1_000_000
_LIMIT = 1.0


def queries() -> Iterator[tuple[str, str]]:
    """Kind and query; none has a line break."""
    words = ["server ", "รหัสผ่าน", "mật khẩu ", "كلمة المرور ", "passwrd ", "a-", "aB", "\u0301", "x"]
    for text in words:
        yield "a megabyte", text * (_MEGABYTE // len(text.encode()))
    for text in ('"', '"server', 'server" "', "“server «", "'", '"a" ' * 3000, '("' * 3000):
        yield "unbalanced quotes", text
    yield (
        "control characters",
        "".join(chr(code) for code in range(32) if code not in (10, 13)) + "\x7f server",
    )
    yield "control characters", "server\x00\x1b[31m\x1b]0;x\x07" * 500
    for text in (
        "*",
        "s* ?erver ~2",
        "server~2 " * 999,
        "* " * 5000,
        "[a TO z]",
        "a?" * 4000,
        "se*ver^9 " * 999,
    ):
        yield "wildcards", text
    yield "fuzzy storms", " ".join(f"sevrer{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(676))
    yield "fuzzy storms", " ".join(f"qx{number}z" for number in range(1500))
    yield "storms of conditions", " ".join(f'"the server {number}"' for number in range(400))
    yield "storms of conditions", " ".join(f"not:word{number}" for number in range(700))
    yield "storms of conditions", " ".join(f"product:p{number}" for number in range(700))
    for start in range(0, 0x110000, 128):
        letters = (chr(code) for code in range(start, start + 128))
        text = "".join(one for one in letters if unicodedata.category(one) not in ("Cn", "Cs", "Zl", "Zp"))
        if text.strip():
            yield "every block of Unicode", "".join(text.splitlines())


def main(base: Path) -> int:
    """One line for each kind: how many, and the slowest."""
    asked = [("", "server"), *queries()]  # the first one opens the index
    taken: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "queries"
        file.write_text("".join(f"{text}\n" for _, text in asked))
        answered = answers(KnowledgeBase.open(base), str(file), Request(parse("")))
        for kind, _ in asked:
            before = _cpu()
            next(answered)
            taken[kind].append(_cpu() - before)
    del taken[""]
    for kind, seconds in taken.items():
        print(f"{kind}: {len(seconds):,} queries, {max(seconds):.2f} s at most")
    return int(any(max(seconds) > _LIMIT for seconds in taken.values()))


def _cpu() -> float:
    return sum(os.times()[:4])


if __name__ == "__main__":
    raise SystemExit(main(given.base(__doc__)))
