"""Hostile front matter, ours and PyYAML's own: edited cleanly or refused untouched, never damaged."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.lossless import NEWER, STAMP, block_of, what_is_wrong
from kcs.article import splice
from kcs.article.front_matter import read
from kcs.errors import CannotEdit
from tests.article.hostile import BLOCKS

Edit = Callable[[bytes], bytes]

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KEYS = ("title", "verified", "flags", "next")
BODY = "# Text\n\n---\nverified: not this one\r\n"


def edits_of(key: str) -> dict[str, Edit]:
    return {
        "set": lambda raw: splice.set_value(raw, key, '"changed # it"'),
        "remove": lambda raw: splice.remove_key(raw, key),
        "add stamp": lambda raw: splice.set_entry(raw, key, None, STAMP),
        "replace stamp": lambda raw: splice.set_entry(raw, key, 0, NEWER),
        "resolve flag": lambda raw: splice.remove_entry(raw, key, 0),
    }


def comments_of(raw: bytes) -> Counter[str]:
    """Comments by PyYAML's scanner: what lies between its tokens and begins with a number sign."""
    text, found, behind = block_of(raw), Counter[str](), 0
    for token in yaml.scan(text, Loader=_FAST):
        between = text[behind : token.start_mark.index]
        for line in between.splitlines():
            _, sign, words = line.partition("#")
            found[words.rstrip()] += bool(sign)
        behind = max(behind, token.end_mark.index)
    return +found


def judge(raw: bytes, tally: Counter[str], keys: tuple[str, ...] = KEYS) -> list[str]:
    """Every edit of these keys; the complaints."""
    wrong = []
    for key in keys:
        for name, edit in edits_of(key).items():
            kept = bytes(raw)
            try:
                edited = edit(raw)
            except CannotEdit as error:
                assert error.line and error.hint and error.message
                tally[f"{name} refused"] += 1
                assert raw == kept
                continue
            tally[name] += edited != raw
            tally["edited"] += edited != raw
            reason = what_is_wrong(raw, edited, key) or lost_comments(raw, edited)
            if reason:
                wrong.append(f"{name} {key}: {reason}: {raw!r} -> {edited!r}")
    return wrong


def lost_comments(raw: bytes, edited: bytes) -> str:
    lost = comments_of(raw) - comments_of(edited)
    return f"comments lost: {lost}" if lost else ""


def wrapped(block: str, newline: str = "\n", *, bom: bool = False, tail: str = BODY) -> bytes:
    text = f"---\n{block}---\n".replace("\n", newline) + tail
    return b"\xef\xbb\xbf" * bom + text.encode()


@pytest.mark.parametrize(
    ("newline", "bom", "tail"),
    [("\n", False, BODY), ("\r\n", True, ""), ("\r", False, BODY)],
    ids=["lf", "crlf-bom", "cr"],
)
def test_hostile_blocks_are_edited_cleanly(newline: str, bom: bool, tail: str) -> None:
    assert len(BLOCKS) >= 150
    tally: Counter[str] = Counter()
    keys = KEYS[:2] if newline == "\n" else KEYS[1:2]
    wrong = [
        complaint
        for block in BLOCKS
        for complaint in judge(wrapped(block.replace("\r", ""), newline, bom=bom, tail=tail), tally, keys)
    ]
    assert not wrong, "\n".join(wrong)
    assert tally["edited"] > 350 * len(keys), tally
    assert tally["set"] > 3 * tally["set refused"], tally
    assert tally["add stamp"] > 60 and tally["replace stamp"] > 30 and tally["resolve flag"] > 30, tally


def test_without_a_final_newline_nothing_is_added_behind() -> None:
    raw = b"---\ntitle: a\n---"
    assert splice.set_value(raw, "title", "b") == b"---\ntitle: b\n---"
    assert splice.set_value(raw, "new", "b") == b"---\ntitle: a\nnew: b\n---"


def test_mixed_newlines_stay_as_they_are() -> None:
    tally: Counter[str] = Counter()
    blocks = [block for block in BLOCKS if "\r" in block]
    assert blocks
    assert [words for block in blocks for words in judge(wrapped(block), tally)] == []
    assert tally["edited"] > 10, tally


def test_the_data_of_pyyaml_itself(pyyaml_data: list[bytes]) -> None:
    """Files of other people's YAML, read where pip put them, in pytest's own cache."""
    tally: Counter[str] = Counter()
    assert len(pyyaml_data) >= 250
    wrong = []
    for data in pyyaml_data:
        raw = b"---\n" + data.rstrip(b"\r\n") + b"\ntitle: appended\n---\nbody\n"
        wrong += judge(raw, tally, ("title",))
        raw = b"---\ntitle: before\nnested:\n" + indented(data) + b"next: 1\n---\nbody\n"
        wrong += judge(raw, tally, ("nested",))
    assert not wrong, "\n".join(wrong)
    assert tally["edited"] > 800, tally


def indented(data: bytes) -> bytes:
    lines = [line for line in data.splitlines() if not line.startswith((b"---", b"...", b"%"))]
    return b"".join(b"    " + line + b"\n" for line in lines)


@pytest.fixture(scope="module")
def pyyaml_data(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[bytes]]:
    kept = request.config.pluginmanager.hasplugin("cacheprovider")
    archive = fetched(request.config.cache.mkdir("pyyaml") if kept else tmp_path_factory.mktemp("pyyaml"))
    if archive is None:
        pytest.skip("the source distribution of PyYAML cannot be had (offline?)")
    with tarfile.open(archive) as sources:
        members = [member for member in sources if member.isfile() and "/data/" in member.name]
        wanted = [member for member in members if not member.name.endswith((".py", ".code"))]
        yield [file.read() for member in wanted if (file := sources.extractfile(member))]


def fetched(folder: Path) -> Path | None:
    archive = folder / "pyyaml-6.0.3.tar.gz"
    if not archive.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "pyyaml"]
        try:
            subprocess.run(
                [*command, "-d", str(folder), "pyyaml==6.0.3"], check=True, capture_output=True, timeout=90
            )
        except (OSError, subprocess.SubprocessError):
            return None
    return archive if archive.exists() else None


def test_ten_megabytes_of_text_stay() -> None:
    body = "\n".join(f"line {number} --- x" for number in range(600_000))
    raw = wrapped("title: a # c\n", tail=body)
    assert len(raw) > 10_000_000
    assert splice.set_value(raw, "title", "b") == wrapped("title: b # c\n", tail=body)
    assert read(raw).body == body


def test_thousands_of_blank_lines_in_a_text_are_no_obstacle() -> None:
    """Looked at from each of them to the last, a block of 250 KB would take half an hour."""
    long = "description: |\n  a\n" + "\n" * 250_000 + "  b\n"
    assert splice.set_value(wrapped(f"{long}title: a\n"), "title", "b") == wrapped(f"{long}title: b\n")
