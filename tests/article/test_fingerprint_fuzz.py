"""Documents made as trees and written in many ways: the fingerprint sees the tree and not how it is written."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.article.whole_fingerprints import fingerprint_of

BREAK = "\n"  # a hard break among a paragraph's words


@dataclass(frozen=True)
class Text:
    words: tuple[str, ...]
    level: int = 0  # 0: a paragraph; else a heading of one line


@dataclass(frozen=True)
class Code:
    info: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Html:
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Block quotes' or list items' contents; `marker` ">" or a list's."""

    marker: str
    items: tuple[Node, ...]


Node = Text | Code | Table | Html | Group | tuple["Node", ...]

WORDS = [
    "set",
    "off",
    "v4.2",
    "(maybe)",
    "reset,",
    "รีเซ็ต",
    "น้ำ",
    "إعدادات",
    "آمن",
    "mật",
    "khẩu",
    "Å",
    "a\u00a0b",
]
INLINE = [
    "`a  b`",
    "[go](a.md)",
    "[go](b.md)",
    "![shot](a.png)",
    'it<b class="x  y">',
    "**bold**",
    "\\*",
    "<https://x.example>",
]
CODE = [
    "x = 1",
    "  y  =  2",
    "\tz",
    "",
    "# no heading",
    "- no item",
    "ng\u0323\u0302",
    "[no](link.md)",
    "x\\",
]

words = st.lists(st.sampled_from(WORDS + INLINE), min_size=1, max_size=12)
paragraphs = st.lists(words, min_size=1, max_size=3).map(
    lambda parts: Text(tuple(word for part in parts for word in [BREAK, *part])[1:])
)
headings = st.builds(lambda found, level: Text(tuple(found), level), words, st.integers(1, 6))
codes = st.builds(
    lambda info, found, last: Code(info, (*found, last)),
    st.sampled_from(["", "sh", "py title=x"]),
    st.lists(st.sampled_from(CODE), max_size=4),
    st.sampled_from([line for line in CODE if line]),
)
cells = st.tuples(st.sampled_from(WORDS), st.sampled_from([*WORDS, "[go](a.md)", "`x \\| y`"]))
tables = st.lists(cells, min_size=1, max_size=3).map(lambda rows: Table(tuple(rows)))
htmls = st.lists(st.sampled_from(['<a href="a.md">a</a>', "  <b>  b </b>", "word  word"]), max_size=3).map(
    lambda found: Html(("<div>", *found, "</div>"))
)
leaves = st.one_of(paragraphs, paragraphs, headings, codes, tables, htmls)


def _separate(blocks: list[Node]) -> tuple[Node, ...]:
    """A paragraph between two groups, so that they are two however they are written."""
    found: list[Node] = []
    for block in blocks:
        if found and isinstance(block, Group) and isinstance(found[-1], Group):
            found.append(Text(("between",)))
        found.append(block)
    return tuple(found)


def _groups(inner: st.SearchStrategy[tuple[Node, ...]]) -> st.SearchStrategy[Node]:
    items = st.lists(inner, min_size=1, max_size=3).map(tuple)
    lists = st.builds(Group, st.sampled_from(["-", "*", "1.", "7)"]), items)
    return st.one_of(lists, lists, inner.map(lambda blocks: Group(">", (blocks,))))


documents: st.SearchStrategy[tuple[Node, ...]] = st.recursive(
    st.lists(leaves, min_size=1, max_size=4).map(_separate),
    lambda inner: st.lists(st.one_of(leaves, _groups(inner)), min_size=1, max_size=4).map(_separate),
    max_leaves=6,
)


class Writer:
    """Writes a document in one of the ways that make no difference. Lines are (text, may be lazy)."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.document: tuple[Node, ...] = ()

    def write(self, document: tuple[Node, ...]) -> str:
        self.document = document
        text = "\n".join(line for line, _ in self._blocks(document)) + "\n" * self.dice.randrange(4)
        return self.dice.choice([text, text.replace("\n", "\r\n"), normalize("NFD", text), "\n \n" + text])

    def title(self, title: str) -> str:
        return normalize(
            self.dice.choice(["NFC", "NFD"]), title.replace(" ", self.dice.choice([" ", "  ", "\t"]))
        )

    def _blocks(self, blocks: tuple[Node, ...]) -> list[tuple[str, bool]]:
        lines: list[tuple[str, bool]] = []
        for block in blocks:
            if lines:
                lines += [(self.dice.choice(["", "", " "]), False) for _ in range(self.dice.randint(1, 3))]
            lines += self._block(block)
        return lines

    def _block(self, block: Node) -> list[tuple[str, bool]]:
        if isinstance(block, Text):
            return self._heading(block) if block.level else self._paragraph(block.words)
        if isinstance(block, Code):
            fence = self.dice.choice(["```", "~~~", "`````"])
            return [(line, False) for line in (fence + block.info, *block.lines, fence)]
        if isinstance(block, Table):
            rows = [f"| {left} | {right} |" for left, right in block.rows]
            return [(line, False) for line in (rows[0], "|---|:-:|", *rows[1:])]
        if isinstance(block, Html):
            return [(line, False) for line in block.lines]
        assert isinstance(block, Group)
        outer = " " * self.dice.choice([0, 0, 1, 2]) if any(block is top for top in self.document) else ""
        return [line for item in block.items for line in self._item(block.marker, item, outer)]

    def _heading(self, block: Text) -> list[tuple[str, bool]]:
        words = self.dice.choice([" ", "  "]).join(block.words)
        if block.level < 3 and self.dice.random() < 0.3:
            return [(words, False), ("=-"[block.level - 1] * self.dice.randint(3, 9), False)]
        return [("#" * block.level + " " + words + self.dice.choice(["", " ##", "  "]), False)]

    def _paragraph(self, words: tuple[str, ...]) -> list[tuple[str, bool]]:
        line, lines = "", [("", False)][:0]
        for word in words:
            if word == BREAK:
                lines.append((line + self.dice.choice(["  ", "    ", "\\", " \\"]), bool(lines)))
                line = ""
            elif not line:
                line = word
            elif self.dice.random() < 0.2:
                lines.append((line + self.dice.choice(["", " ", "\t"]), bool(lines)))
                line = word
            else:
                line += self.dice.choice([" ", " ", "  ", "\t"]) + word
        return [*lines, (line + self.dice.choice(["", " ", "  "]), bool(lines))]

    def _item(self, marker: str, blocks: Node, outer: str) -> list[tuple[str, bool]]:
        assert isinstance(blocks, tuple)
        lines = self._blocks(blocks)
        lazy = self.dice.random() < 0.3
        first = rest = self.dice.choice(["> ", "> ", ">"]) if marker == ">" else ""
        if marker != ">":
            first = outer + marker + " " * self.dice.randint(1, 4)
            rest = " " * len(first)
        if first == ">" and any(line[:1] in (" ", "\t") for line, _ in lines):
            first = rest = "> "
        out = [(first + lines[0][0], False)]
        for line, may in lines[1:]:
            out.append(
                (line, True) if lazy and may else (rest + line if line.strip() else rest.rstrip(), False)
            )
        return out


@given(
    st.sampled_from(["", "Reset it", "รีเซ็ต น้ำ", "a\u00a0b Å"]), documents, st.randoms(use_true_random=False)
)
@settings(max_examples=100, deadline=None)
def test_how_it_is_written_makes_no_difference(
    title: str, document: tuple[Node, ...], dice: random.Random
) -> None:
    writer = Writer(dice)
    ways = {writer.write(document) for _ in range(3)}
    found = {fingerprint_of(writer.title(title), way) for way in ways}
    assert len(found) == 1, "\n-----\n".join(map(repr, ways))


@given(documents, st.data())
@settings(max_examples=100, deadline=None)
def test_any_other_document_has_another_fingerprint(document: tuple[Node, ...], data: st.DataObject) -> None:
    dice = data.draw(st.randoms(use_true_random=False))
    other = _separate(list(_changed(document, dice)))
    writer = Writer(dice)
    left, right = writer.write(document), writer.write(other)
    same = fingerprint_of("t", left) == fingerprint_of("t", right)
    assert same == (document == other), f"{left!r}\n{right!r}"


@given(documents, documents, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_two_documents_are_told_apart(
    one: tuple[Node, ...], two: tuple[Node, ...], dice: random.Random
) -> None:
    writer = Writer(dice)
    same = fingerprint_of("t", writer.write(one)) == fingerprint_of("t", writer.write(two))
    assert same == (one == two)


def _changed(blocks: tuple[Node, ...], dice: random.Random) -> tuple[Node, ...]:
    """One thing made otherwise somewhere."""
    at = dice.randrange(len(blocks))
    chosen = blocks[at]
    new: tuple[Node, ...] = (_otherwise(chosen, dice),)
    if dice.random() < 0.2:
        new = dice.choice(
            [(), (chosen, Text(("more",))), (Group("-", ((chosen,),)),), (Group(">", ((chosen,),)),)]
        )
    if isinstance(chosen, Group) and dice.random() < 0.3:
        new = tuple(block for item in chosen.items if isinstance(item, tuple) for block in item)
    result = blocks[:at] + new + blocks[at + 1 :]
    return result or (Text(("nothing",)),)


def _otherwise(block: Node, dice: random.Random) -> Node:
    if isinstance(block, Text):
        return _other_text(block, dice)
    if isinstance(block, Code):
        line = dice.randrange(len(block.lines))
        lines = [*block.lines]
        lines[line] = dice.choice([lines[line] + " x", " x" + lines[line], "\t" + lines[line] + "x"])
        return dice.choice([replace(block, info=block.info + "x"), replace(block, lines=tuple(lines))])
    if isinstance(block, Table):
        rows = [*block.rows]
        rows[-1] = (rows[-1][0] + dice.choice(["x", "  x"]), rows[-1][1])
        return dice.choice([Table(tuple(rows)), Table((*rows, ("more", "more")))])
    if isinstance(block, Html):
        return Html((block.lines[0] + dice.choice(["x", " ", "&nbsp;"]), *block.lines[1:]))
    assert isinstance(block, Group)
    at = dice.randrange(len(block.items))
    item = block.items[at]
    assert isinstance(item, tuple)
    if block.marker != ">" and dice.random() < 0.3:
        return replace(block, marker={"-": "*", "*": "-", "1.": "1)", "7)": "8)"}[block.marker])
    changed = _separate(list(_changed(item, dice)))
    return replace(block, items=(*block.items[:at], changed, *block.items[at + 1 :]))


def _other_text(block: Text, dice: random.Random) -> Text:
    words = [*block.words]
    at = dice.randrange(len(words))
    if words[at] == BREAK:
        del words[at]
    else:
        words[at] = dice.choice([word for word in WORDS + INLINE if word != words[at]])
    ways = [replace(block, words=tuple(words)), replace(block, words=(*block.words, "more"))]
    if block.level:
        ways.append(replace(block, level=block.level % 6 + 1))
    return dice.choice(ways)
