"""Input that is made to crash, hang or explode ends in a problem, and at once."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kcs.article.front_matter import MAX_BLOCK, read
from kcs.article.yaml_limits import MAX_DEPTH

WIDE = 100_000
ROOT = Path(__file__).resolve().parents[2]


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels))]
    return "\n".join(lines)


def merge_bomb(levels: int) -> str:
    lines = [
        "a0: &a0 {x: 1, y: 2}",
        *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: *a{n - 1}}}" for n in range(1, levels)),
    ]
    return "\n".join(lines)


def ladder(levels: int) -> str:
    """Each anchor sits deep inside the next: few nodes, many levels."""
    lines = ["a0: &a0 x"]
    lines += [f"a{n}: &a{n} " + "[" * 18 + f"*a{n - 1}" + "]" * 18 for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (bomb(30), "alias-limit"),
        (merge_bomb(60), "alias-limit"),
        ("a: &a [*a]", "alias-limit"),
        ("a: &a {b: *a}", "alias-limit"),
        ("&a a: *a\nb: &b [&c [*b]]", "alias-limit"),
        (ladder(20), "too-deep"),
        ("a: " + "[" * WIDE, "too-deep"),
        ("a: " + "[" * WIDE + "]" * WIDE, "too-deep"),
        ("a: " + "{a: " * (WIDE // 2), "too-deep"),
        ("- " * WIDE + "a", "too-deep"),
        ("? " * WIDE + "a", "too-deep"),
        (": " * WIDE + "a", "invalid-yaml"),
        ("-\t" * WIDE + "a", "invalid-yaml"),
        ("- !!seq\n" + "  !!seq - " * 20_000, "invalid-yaml"),
        ("\n".join(" " * n + "a:" for n in range(500)), "too-deep"),
        ("\n".join(" " * n + "-" for n in range(500)), "too-deep"),
        ("\u2028".join(" " * n + "a:" for n in range(500)), "too-deep"),
        ("a: '" + "x" * MAX_BLOCK + "'", "too-large"),
    ],
)
def test_attacks_end_in_a_problem_within_a_second(block: str, code: str) -> None:
    # A crash of the interpreter would take the tests with it, so it happens in another process.
    raw = f"---\n{block}\n---\nbody\n".encode()
    done = subprocess.run(
        [sys.executable, "-c", _READ], input=raw, capture_output=True, check=True, timeout=20, cwd=ROOT
    )
    assert done.stdout.decode().split()[0] == code
    assert float(done.stdout.split()[1]) < 1


_READ = """
import sys, time
from kcs.article.front_matter import read
raw = sys.stdin.buffer.read()
started = time.process_time()
document = read(raw)
print(document.fatal.code if document.fatal else "none", time.process_time() - started)
"""


def test_what_is_deep_but_allowed_is_read() -> None:
    inner = MAX_DEPTH - 1
    document = read(f"---\na: {'[' * inner}{']' * inner}\n---\n".encode())
    assert document.fatal is None
    assert read(f"---\na: {'[' * (inner + 1)}{']' * (inner + 1)}\n---\n".encode()).fatal is not None


def test_many_brackets_side_by_side_are_not_deep() -> None:
    document = read(("---\na:\n" + "  - {by: [x], at: y}\n" * 1000 + "---\n").encode())
    assert len(document.meta["a"]) == 1000


def test_a_few_aliases_are_fine() -> None:
    assert read(b"---\na: &a [x]\nb: [*a, *a]\n---\n").meta["b"] == [["x"], ["x"]]


@pytest.mark.parametrize(
    "block",
    [
        "x\n" * 60_000,
        "a:\n" * 60_000,
        "'" * 200_000,
        "a: *b\n" * 20_000,
        "&a " * 50_000,
        "a: b: c\n" + "-" * 200_000,
    ],
)
def test_large_nonsense_is_read_quickly(block: str) -> None:
    started = time.process_time()
    read(f"---\n{block}\n---\n".encode())
    assert time.process_time() - started < 5
