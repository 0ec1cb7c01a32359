"""One key of one file: what is written there, changes to it, and the check of the result."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from kcs.article.front_matter import Problem, read
from kcs.article.yaml_block import BlockError, parse
from kcs.article.yaml_spans import Layout, Node
from kcs.article.yaml_text import scalar
from kcs.errors import CannotEdit

ABSENT = object()
_BY_HAND = "edit this key by hand"

Change = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the root mapping; `colon` is the offset after its colon."""

    key: Node
    value: Node
    colon: int


class Editor:
    """One key of one file: what is there, changes to it, and the check of the result."""

    def __init__(self, raw: bytes, key: str) -> None:
        self.raw = raw
        self.key = key
        self.document = read(raw)
        if self.document.fatal:
            raise unreadable(self.document.fatal)
        if self.document.block is None:
            raise refusal("there is no front matter to edit", 1, "add a block between two lines ---")
        self.layout = Layout(self.document.block)
        self.entry = self._found()

    @cached_property
    def indent(self) -> str:
        """The text before each key of the root mapping."""
        return self.column(self.layout.token_after("BlockMappingStart", 0)[0]) if self.layout.root else ""

    def column(self, index: int) -> str:
        """Blanks as wide as the text before a character on its line."""
        return " " * (index - self.layout.line_start(index))

    def refuse(self, reason: str, index: int | None = None) -> NoReturn:
        """Raises CannotEdit with the line of a character, by default the key's."""
        line = self.document.lines.get(self.key, 1) if index is None else self.document.line_at(index)
        raise refusal(f"cannot change `{self.key}`: {reason}", line, _BY_HAND)

    def _found(self) -> Entry | None:
        root = self.layout.root
        if root is None:
            return None
        if root.kind != "mapping" or root.flow or root.tag or root.anchor:
            self.refuse(
                "the front matter is not plain `key: value` lines (braces, a tag, an anchor)", root.start
            )
        matches = [pair for pair in root.pairs if pair[0].kind == "scalar" and pair[0].value == self.key]
        if not matches:
            if self.key in self.document.meta:
                self.refuse("it comes from a merge (<<) or an alias", root.start)
            return None
        name, value = matches[0]
        if len(matches) > 1:
            self.refuse("it stands more than once", matches[1][0].start)
        if self.layout.text[self.layout.line_start(name.start) : name.start].strip() or name.style in (
            "|",
            ">",
        ):
            self.refuse("it is written with an explicit `?`", name.start)
        if name.tag or value.tag:
            self.refuse("it has a tag (!)", name.start)
        return Entry(name, value, self.layout.token_after("Value", name.end)[1])

    def present(self) -> Entry:
        """The key's entry, which must exist."""
        return self.entry or self.refuse("it is not there")

    def entries(self, index: int | None) -> list[Any]:
        """The list at the key as read now; an index must be within it."""
        value = self.document.meta.get(self.key)
        if isinstance(value, str | bool):
            self.refuse("it holds a single value, not a list")
        if self.entry and self.entry.value.kind == "alias":
            self.refuse("its value is an alias (*)")
        entries = _as_list(value)
        if index is not None and not 0 <= index < len(entries):
            self.refuse(f"it has {len(entries)} entries, none with the index {index}")
        return entries

    def meaning(self, block: str, written: str) -> Any:
        """The value of the new text, which must be one line without a comment."""
        one_line = len(written.splitlines()) <= 1 and written == written.strip()
        try:
            data = parse(block).data
        except BlockError as error:
            self.refuse(f"`{written}` is not YAML of one line ({error.message})")
        if not one_line or Layout(block).comments:
            self.refuse(f"`{written}` is not YAML of one line")
        return data

    def refuse_shared(self, *nodes: Node, owner: Node | None = None) -> None:
        """Refuses to touch what an alias elsewhere repeats; for `owner` only its own anchor counts."""
        inside = [part for node in nodes for part in node.walk()]
        anchors = {part.anchor: part for part in [*inside, *([owner] if owner else [])] if part.anchor}
        within = {part.start for part in inside if part.kind == "alias"}
        root = self.layout.root
        for part in root.walk() if root and anchors else ():
            if part.kind == "alias" and part.value in anchors and part.start not in within:
                self.refuse(f"its anchor &{part.value} is used elsewhere", anchors[part.value].start)

    def new_key(self, rest: str) -> Change:
        """A line for the key after the last line of content; `rest` follows its colon."""
        root = self.layout.root
        text = self.layout.text
        place = self.layout.next_line(root.end) if root else len(text)
        return place, place, f"{self.indent}{scalar(self.key)}:{rest}{self.document.newline}"

    def replaced(self, behind: int, node: Node, new: str, whole: Node, indent: str) -> list[Change]:
        """Puts `new` in the place of a node that follows the indicator ending at `behind`.

        Comments of the node move to lines below `whole`, the value in which another line may stand.
        """
        layout = self.layout
        if node.empty:
            return [(behind, behind, f" {new}" if new else "")]
        if layout.same_line(behind, node.start):
            start = node.start if new else behind
            glue = " " if layout.text[node.end : node.end + 1] == "#" else ""
            kept = self.kept(layout.comments_in(start, node.end), indent)
            below = layout.next_line(whole.end)
            return [(start, node.end, new + glue), (below, below, kept)]
        first = layout.next_line(behind)
        last = layout.next_line(node.end)
        kept = self.kept(layout.comments_in(first, last), indent)
        return [(behind, behind, f" {new}" if new else ""), (first, last, kept)]

    def without_lines(self, start: int, node: Node, indent: str) -> Change:
        """Removes the lines from the one with `start` to the node's last; comments on them stay."""
        layout = self.layout
        first, last = layout.line_start(start), layout.next_line(node.end)
        kept = self.kept(layout.comments_in(first, last), indent)
        if not kept and self._open_text_above(first):
            # These blank lines would become part of the text above.
            while last < len(layout.text) and not layout.text[last : layout.line_end(last)].strip():
                last = layout.next_line(last)
        return first, last, kept

    def _open_text_above(self, index: int) -> bool:
        root = self.layout.root
        leaves = [part for part in root.walk() if part.keeps_breaks and part.end <= index] if root else []
        return any(self.layout.next_line(leaf.end) == index for leaf in leaves)

    def kept(self, comments: list[tuple[int, int]], indent: str) -> str:
        """Comments as lines of their own."""
        text = self.layout.text
        return "".join(f"{indent}{text[start:end]}{self.document.newline}" for start, end in comments)

    def checked(self, changes: list[Change], expected: Any, *, as_list: bool = False) -> bytes:
        """The file with the changes made, or CannotEdit if it would not read as it should."""
        document, key = self.document, self.key
        block = self.layout.text
        for start, end, new in sorted(changes, reverse=True):
            block = block[:start] + new + block[end:]
        edited = self.raw[: document.start] + block.encode() + self.raw[document.end :]
        after = read(edited)
        others = [name for name in document.meta if name != key]
        if after.fatal:
            self.refuse(f"the front matter could not be read afterwards ({after.fatal.message})")
        if after.body != document.body or [name for name in after.meta if name != key] != others:
            self.refuse("other keys or the text would change with it")
        changed = [name for name in others if after.meta[name] != document.meta[name]]
        if changed:
            self.refuse(f"`{changed[0]}` would change with it")
        value = after.meta.get(key, ABSENT)
        if (_as_list(value) if as_list and value is not ABSENT else value) != expected:
            self.refuse("it would not read back as it was meant")
        if _words(self.layout) - _words(Layout(block)):
            self.refuse("a comment would be lost")
        return edited


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(layout: Layout) -> Counter[str]:
    return Counter(layout.text[start:end] for start, end in layout.comments)


def refusal(reason: str, line: int, hint: str) -> CannotEdit:
    """The one error of this room."""
    return CannotEdit(reason, hint=hint, line=line)


def unreadable(problem: Problem) -> CannotEdit:
    """Why a file that cannot be read is not edited."""
    return refusal(problem.message, problem.line or 1, "mend the front matter first")
