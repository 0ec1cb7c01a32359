"""What a file says in its front matter, and what is said about a file that says it wrongly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.front_matter import MAX_BLOCK, Document, read
from tests.article.hostile import BLOCKS

ROOT = Path(__file__).resolve().parents[2]


def codes(document: Document) -> list[tuple[str, int | None, bool]]:
    return [(problem.code, problem.line, problem.fatal) for problem in document.problems]


def test_values_stay_what_the_user_typed() -> None:
    document = read(
        b"---\nversion: 1.10\nanswer: no\nday: 2026-05-01\nimpossible: 2026-99-99\ncode: 404\nbig: 12e3\n"
        b"time: 10:30\nyes: true\noff: FALSE\nempty:\ntilde: ~\nnothing: null\nquoted: 'true'\n"
        b"list: [1, true, {a: }]\n---\nbody"
    )
    assert document.meta == {
        "version": "1.10",
        "answer": "no",
        "day": "2026-05-01",
        "impossible": "2026-99-99",
        "code": "404",
        "big": "12e3",
        "time": "10:30",
        "yes": True,
        "off": False,
        "empty": None,
        "tilde": None,
        "nothing": None,
        "quoted": "true",
        "list": ["1", True, {"a": None}],
    }
    assert document.problems == ()


def test_known_tags_keep_the_text_and_never_raise() -> None:
    document = read(
        b"---\na: !!int x\nb: !!timestamp 2026-99-99\nc: !!binary '***'\nd: !!float 1e999\ne: !!str true\n"
        b"f: !!bool yes\ng: !!set {x, y}\nh: !!omap [x: 1]\n---\n"
    )
    assert document.meta == {
        "a": "x",
        "b": "2026-99-99",
        "c": "***",
        "d": "1e999",
        "e": "true",
        "f": True,
        "g": {"x": None, "y": None},
        "h": [{"x": "1"}],
    }


def test_lines_count_in_the_file() -> None:
    document = read(b"---\n# c\na: |\n  x\n  y\nb: 1\n---\nbody\n")
    assert document.lines == {"a": 3, "b": 6}
    assert (document.body, document.body_line) == ("body\n", 8)


def test_a_line_separator_of_yaml_is_no_line_of_the_file() -> None:
    document = read("---\na: x # \u2028b: y\nc: z\n---\nbody".encode())
    assert document.lines == {"a": 2, "b": 2, "c": 3}
    assert document.body_line == 5


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("closing", ["---", "...", "---  \t"])
def test_body_and_offsets_are_exact(newline: str, bom: bytes, closing: str) -> None:
    body = newline.join(["", "# x ", "---", "a: b", "", ""])
    raw = bom + newline.join(["--- ", "a: 1", closing, body]).encode()
    document = read(raw)
    assert document.meta == {"a": "1"}
    assert document.body == body
    assert raw[document.start : document.end].decode() == document.block == f"a: 1{newline}"
    assert (document.newline, document.body_line, document.bom) == (newline, 4, bool(bom))
    assert codes(document) == ([("bom", 1, False)] if bom else [])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", [("no-front-matter", 1, False)]),
        (b"# text\n", [("no-front-matter", 1, False)]),
        (b"\n\n---\na: 1\n---\n", [("no-front-matter", 1, False)]),
        (b"----\na: 1\n----\n", [("no-front-matter", 1, False)]),
        (b"--- a\n---\n", [("no-front-matter", 1, False)]),
        (b"---\na: 1\n", [("unclosed", 1, True)]),
        (b"---", [("unclosed", 1, True)]),
        (b"---\na: 1\n----\nbody", [("unclosed", 1, True)]),
        (b"---\n- a\n---\n", [("not-a-mapping", 2, True)]),
        (b"---\njust text\n---\n", [("not-a-mapping", 2, True)]),
        (b"---\na: 1\nb: [\n---\n", [("invalid-yaml", 4, True)]),
        (b"---\na: 1\nb: c: d\n---\n", [("invalid-yaml", 3, True)]),
        (b"---\na: 1\nb: !custom d\n---\n", [("invalid-yaml", 3, True)]),
        (b"---\na: 1\nb: !!map [d]\n---\n", [("invalid-yaml", 3, True)]),
        (b"---\na: 1\nb: !!bool maybe\n---\n", [("invalid-yaml", 3, True)]),
        (b"---\na: *b\n---\n", [("invalid-yaml", 2, True)]),
        (b"---\na: 1\n<<: x\n---\n", [("invalid-yaml", 3, True)]),
        (b"---\na: 1\nb: x\x07\n---\n", [("invalid-yaml", 3, True)]),
        (b"---\n%YAML 1.1\n---\n", [("invalid-yaml", 3, True)]),
        (b"---\na: 1\nb: \xff\n---\n", [("not-utf8", 3, True)]),
        ("---\na: 1\n---\n".encode("utf-16"), [("not-utf8", 1, True)]),
        (b"---\na: 1\n---\nx\n\0", [("nul-byte", 5, True)]),
        (b"\0---\na: 1\n---\n", [("nul-byte", 1, True)]),
        (b"---\na: 1\nb: 2\na: 3\na: 4\n---\n", [("duplicate-key", 4, False), ("duplicate-key", 5, False)]),
        (b"---\nv:\n  - {by: x, by: y}\n---\n", [("duplicate-key", 3, False)]),
        (b"---\ntrue: x\n---\n", [("non-string-key", 2, False)]),
        (b"---\na: 1\n? [b]\n: c\n---\n", [("non-string-key", 3, True)]),
        (b"---\na: 1\n<<<<<<< HEAD\nb: 1\n---\n", [("merge-conflict", 3, True)]),
        (b"---\na: 1\n=======\nb: 1\n---\n", [("merge-conflict", 3, True)]),
        (
            b"---\na: 1\n---\nx\n<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< a\n=======\n>>>>>>> b\n",
            [("merge-conflict", 5, False)],
        ),
        (b"---\na: 1\n---\n=======\n>>>>>>> b\n<<<<<<< a\n", []),
        (
            b"---\na: 1\n---\n>>>>>>> b\n<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> b\n",
            [("merge-conflict", 6, False)],
        ),
        (b"---\na: 1\n---\nx\n<<<<<<< a\n=======\n>>>>>>> b\n", [("merge-conflict", 5, False)]),
        (b"---\na: 1\n---\n<<<<<<< a\n>>>>>>> b\n=======\n", []),
        (b"---\na: 1\n---\nTitle\n=======\n\n    <<<<<<< a\n", []),
        (b"---\n---\n", []),
        (b"---\n# only a comment\n...\n", []),
    ],
)
def test_problems_have_their_code_line_and_weight(raw: bytes, expected: list[tuple[str, int, bool]]) -> None:
    document = read(raw)
    assert codes(document) == expected
    assert all(problem.message for problem in document.problems)
    if document.fatal:
        assert document.meta == {}


def test_a_block_may_be_as_large_as_it_says() -> None:
    block = b"a: ".ljust(MAX_BLOCK - 1, b"x") + b"\n"
    assert codes(read(b"---\n" + block + b"---\n")) == []
    assert codes(read(b"---\n" + b"x" + block + b"---\n")) == [("too-large", 1, True)]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfea\0", "not UTF-8 (it is UTF-16)"),
        (b"\xfe\xff\0a", "not UTF-8 (it is UTF-16)"),
        (b"---\na: \x81\n---\n", "not UTF-8 (byte 0x81)"),
        (b"\n \n---\na: 1\n---\n", "remove the blank lines before it"),
        (b"\ntext\n---\n", "no front matter: the file does not start with a line ---"),
        (b"----\na: 1\n", "no front matter: the file does not start with a line ---"),
        (b"+++\na = 1\n+++\n", "the file starts with +++ (TOML)"),
        (b"---\na: 1\n", "opened in line 1 is never closed"),
        (b"---\nb: 1\na: 1\nc: 1\na: 2\n---\n", "the key `a` stands twice, first in line 3; the last one counts"),
        (b"---\na: 1\n>>>>>>> b\n---\n", "a merge conflict inside the front matter (>>>>>>>)"),
    ],
)  # fmt: skip
def test_a_problem_says_what_was_found(raw: bytes, said: str) -> None:
    (problem,) = read(raw).problems
    assert said in problem.message


def test_the_last_of_repeated_keys_counts_as_in_pyyaml() -> None:
    document = read(b"---\na: 1\na: 2\n---\n")
    assert document.meta == {"a": "2"}
    assert document.lines == {"a": 3}
    assert "line 2" in document.problems[0].message


def test_a_key_that_is_no_text_is_kept_as_it_is_written() -> None:
    assert read(b"---\nTrue: x\n~: y\n404: z\n---\n").meta == {"True": "x", "~": "y", "404": "z"}


def test_merge_keys_work_and_own_keys_win() -> None:
    document = read(
        b"---\nbase: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\nmerged: {<<: [*b, *o], x: 9}\n---\n"
    )
    assert document.meta["merged"] == {"x": "9", "y": "2", "z": "4"}


def test_blank_lines_before_the_block_are_explained() -> None:
    assert "blank lines" in read(b"\n---\na: 1\n---\n").problems[0].message


def test_a_delimiter_inside_a_scalar_closes_as_in_other_tools() -> None:
    document = read(b"---\na: |\n  x\n---\nb\n---\n")
    assert (document.meta, document.body) == ({"a": "x\n"}, "b\n---\n")


class _TextOnly(YAMLHandler):
    def load(self, fm: str, **_: object) -> Any:
        return yaml.load(fm, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def as_text(value: object) -> object:
    """null and booleans as equal to any text: BaseLoader does not tell them."""
    if isinstance(value, dict):
        return {key: as_text(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_text(part) for part in value]
    return value if isinstance(value, str) else _Anything()


class _Anything:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    __hash__ = None  # type: ignore[assignment]


def test_what_python_frontmatter_reads_is_read_alike() -> None:
    compared = 0
    for block in BLOCKS:
        raw = f"---\n{block}---\nbody\n"
        document = read(raw.encode())
        if document.fatal or any(sign in block for sign in ("!!bool", "<<", "\r")):
            continue
        theirs, body = frontmatter.parse(raw, handler=_TextOnly())
        compared += 1
        assert as_text(document.meta) == theirs, block
        assert document.body.strip() == body
    assert compared > 120


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    for raw in (data, b"---\n" + data, b"---\n" + data + b"\n---\n"):
        assert isinstance(read(raw), Document)


_YAMLISH = st.lists(
    st.sampled_from(
        [
            *[
                "a",
                ": ",
                "- ",
                "? ",
                "  ",
                "[",
                "]",
                "{",
                "}",
                ", ",
                "&a ",
                "*a",
                "!!int ",
                "!t ",
                ">",
                "'",
                "#",
                "%",
                "<<",
                "~",
                "---",
                "...",
                "@",
                "`",
                "\\",
                "!!map ",
                "!!set ",
                "\\ud800",
            ],
            *'|"\n\t\r\u2028\x85\ufeff😀',
        ]
    ),
    max_size=40,
).map("".join)


@given(_YAMLISH)
def test_no_block_raises_and_the_text_is_never_lost(block: str) -> None:
    raw = f"---\n{block}\n---\nbody".encode()
    document = read(raw)
    assert document.body.endswith("body")
    if document.block is not None:
        assert raw[document.start : document.end].decode() == document.block
    assert all(
        1 <= (problem.line or 1) <= raw.count(b"\n") + raw.count(b"\r") + 2 for problem in document.problems
    )


_WITHOUT_LIBYAML = """
import json, sys, yaml
del yaml.CSafeLoader
from kcs.article.front_matter import read
documents = [read(block.encode()) for block in json.load(sys.stdin)]
json.dump([[document.meta, bool(document.fatal)] for document in documents], sys.stdout)
"""


def test_without_libyaml_the_same_is_read() -> None:
    raws = [f"---\n{block}---\n" for block in BLOCKS if "\t" not in block]
    raws += ['---\na: "\\UFFFFFFFF"\n---\n', "---\na: " + "[" * 5000 + "\n---\n"]
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_LIBYAML],
        input=json.dumps(raws).encode(),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    ours = [(document.meta, bool(document.fatal)) for document in map(read, (raw.encode() for raw in raws))]
    assert len(ours) > 150
    assert [tuple(theirs) for theirs in json.loads(done.stdout)] == ours
