"""Front matter made up by Hypothesis, every way of writing in it: an edit changes its key alone, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.lossless import NEWER, STAMP, meant_by, values_of, what_is_wrong
from kcs.article import splice
from kcs.article.yaml_text import scalar
from kcs.errors import CannotEdit
from tests.article.test_splice_hostile import lost_comments

WORDS = st.text("ab éภم😀‏𝔘\t.#:'\"-", min_size=1, max_size=8)
KEYS = ["title", "verified", "flags", "a b", "คีย์", "😀", "404", "x"]
EDITED = ["title", "verified", "flags", "new"]

TALLY: Counter[str] = Counter()


@pytest.fixture(scope="module", autouse=True)
def most_are_edited() -> Iterator[None]:
    """A splicer that refuses everything would pass every other assertion here."""
    yield
    assert TALLY["edited"] > 4 * TALLY["refused"], TALLY


@st.composite
def comments(draw: st.DrawFn) -> str:
    return "" if draw(st.integers(0, 2)) else " # " + draw(WORDS).strip()


@st.composite
def own_lines(draw: st.DrawFn) -> str:
    kinds = ["", "", "", "\n", "# {}\n", "    # {}\n", "\n# {}\n\n"]
    return draw(st.sampled_from(kinds)).format(draw(WORDS).strip())


@st.composite
def flow(draw: st.DrawFn, depth: int = 0) -> str:
    """A value of one line."""
    text = draw(WORDS)
    kinds = ["plain", "single", "double", "anchor", "alias"] + ["list", "mapping"] * (depth < 2)
    match draw(st.sampled_from(kinds)):
        case "single":
            return "'" + text.replace("'", "''") + "'"
        case "double":
            return scalar(text, '"')
        case "anchor":
            return f"&? {scalar(text)}"
        case "alias":
            return "*? "
        case "list":
            return "[" + ", ".join(draw(st.lists(flow(depth + 1), max_size=3))) + "]"
        case "mapping":
            values = draw(st.lists(flow(depth + 1), max_size=3))
            return "{" + ", ".join(f"k{number}: {value}" for number, value in enumerate(values)) + "}"
    return scalar(text)


@st.composite
def block_text(draw: st.DrawFn, indent: int) -> str:
    """A literal or folded scalar with its header, of any chomping."""
    pad = " " * indent
    head = draw(st.sampled_from("|>")) + draw(st.sampled_from(["", "-", "+"])) + draw(comments())
    rows = draw(
        st.lists(st.sampled_from(["text", "  more", "# none", "", "a: b", "- c"]), min_size=1, max_size=4)
    )
    return head + "\n" + "".join((pad + row if row else "") + "\n" for row in ["first", *rows])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """A block list with all kinds of entries, comments between them."""
    pad = draw(st.sampled_from(["", "  ", "    "]))
    out = ""
    for _ in range(draw(st.integers(1, 4))):
        match draw(st.sampled_from(["flow", "mapping", "text", "empty", "lines", "below"])):
            case "flow":
                out += f"{pad}- {draw(flow())}{draw(comments())}\n"
            case "mapping":
                out += (
                    f"{pad}- by: {draw(flow())}{draw(comments())}\n{draw(own_lines())}{pad}  at: 2026-01-01\n"
                )
            case "text":
                out += f"{pad}- {draw(block_text(len(pad) + 3))}"
            case "lines":
                out += f'{pad}- "one\n\n{pad}   two"{draw(comments())}\n'
            case "below":
                out += f"{pad}-{draw(comments())}\n{draw(own_lines())}{pad}    {draw(flow())}\n"
            case _:
                out += f"{pad}-{draw(comments())}\n"
        out += draw(own_lines())
    return out


@st.composite
def values(draw: st.DrawFn) -> str:
    """What follows a key and its colon, to the end of its last line."""
    match draw(
        st.sampled_from(
            ["flow", "flow", "text", "list", "list", "mapping", "lines", "plain", "wide", "below", "none"]
        )
    ):
        case "text":
            return " " + draw(block_text(2))
        case "list":
            return draw(comments()) + "\n" + draw(own_lines()) + draw(entries())
        case "mapping":
            last = draw(st.sampled_from(["  m: 1\n", "  m:\n    - 1\n"]) | block_text(6).map("  m: ".__add__))
            return f"{draw(comments())}\n  by: {draw(flow())}{draw(comments())}\n{draw(own_lines())}{last}"
        case "lines":
            return f" 'one\n\n  two'{draw(comments())}\n"
        case "plain":
            return f" one\n  two\n\n  three{draw(comments())}\n"
        case "wide":
            return f" [ {draw(flow())},{draw(comments())}\n {draw(own_lines())}  {draw(flow())}{draw(comments())}\n ]{draw(comments())}\n"
        case "below":
            return f"{draw(comments())}\n{draw(own_lines())}  {draw(flow())}{draw(comments())}\n"
        case "none":
            return draw(st.sampled_from(["", " ~", " null", "   "])) + draw(comments()) + "\n"
    return f" {draw(flow())}{draw(comments())}\n"


def numbered(block: str) -> str:
    """Gives each anchor a name of its own and each alias that of the anchor before it."""
    made = 0

    def name(match: re.Match[str]) -> str:
        nonlocal made
        made += match[0] == "&?"
        if match[0] == "&?":
            return f"&a{made}"
        return f"*a{made}" if made else "none"

    return re.sub(r"(?<![^ \[,:\n])[&*]\?(?= )", name, block)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    names = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6, unique=draw(st.integers(0, 5)) > 0))
    quoted: st.SearchStrategy[splice.Quote | None] = st.sampled_from([None, None, "'", '"'])
    block = draw(own_lines())
    for name in names:
        block += f"{scalar(name, draw(quoted))}:{draw(values())}{draw(own_lines())}"
    closing = draw(st.sampled_from(["---\n", "---", "---\n\n# body\n\n---\ntitle: x\n", "...\nno end"]))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    bom = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return bom + ("---\n" + numbered(block) + closing).replace("\n", newline).encode()


def attempt(raw: bytes, key: str, leaves: object, edit: object) -> bytes | None:
    """One edit, judged; None where it was refused."""
    assert callable(edit)
    try:
        edited = edit(raw)
    except CannotEdit as error:
        # A file that PyYAML cannot read either says nothing about the splicer.
        TALLY["refused"] += "cannot change" in error.message and "holds a single" not in error.message
        return None
    TALLY["edited"] += 1
    assert isinstance(edited, bytes)
    assert what_is_wrong(raw, edited, key) == ""
    assert lost_comments(raw, edited) == ""
    assert values_of(edited).get(key) == leaves
    return edited


@settings(max_examples=100, deadline=None)
@given(files(), st.sampled_from(EDITED), WORDS, st.sampled_from([None, "'", '"']))
def test_set_and_remove(raw: bytes, key: str, text: str, quote: splice.Quote | None) -> None:
    attempt(raw, key, text, lambda it: splice.set_value(it, key, splice.scalar(text, quote)))
    attempt(raw, key, None, lambda it: splice.remove_key(it, key))


@settings(max_examples=100, deadline=None)
@given(files(), st.sampled_from(EDITED), st.integers(0, 3))
def test_stamps_are_added_replaced_and_removed(raw: bytes, key: str, index: int) -> None:
    try:
        before = listed(values_of(raw).get(key))
    except Exception:
        before = []
    added = attempt(raw, key, [*before, meant_by(STAMP)], lambda it: splice.set_entry(it, key, None, STAMP))
    if added is None:
        return
    index = min(index, len(before))
    entries_now = listed(values_of(added)[key])
    entries_now[index] = meant_by(NEWER)
    attempt(added, key, entries_now, lambda it: splice.set_entry(it, key, index, NEWER))
    left = entries_now[:index] + entries_now[index + 1 :]
    attempt(added, key, left or None, lambda it: splice.remove_entry(it, key, index))


def listed(value: object) -> list[object]:
    """A list of one where there is a bare mapping, none where there is nothing."""
    if isinstance(value, list):
        return list(value)
    return [value] if isinstance(value, dict) else []
