"""Changes one key of a file's front matter and no other byte: bytes in, bytes out.

Every edit is read back before it is given out: the parse must differ in that key alone and as meant, and every
comment must still be there; otherwise CannotEdit is raised and nothing has changed. Comments inside a replaced
or removed value stay as lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from kcs.article.editor import ABSENT, Change, Editor, Entry, refusal, unreadable
from kcs.article.front_matter import begins_like_a_block, read
from kcs.article.yaml_spans import Layout, Node
from kcs.article.yaml_text import Quote, Value, flow_list, flow_mapping, flow_scalar, scalar

__all__ = [
    "Quote",
    "Value",
    "add_front_matter",
    "flow_list",
    "flow_mapping",
    "flow_scalar",
    "quoting_of",
    "remove_entry",
    "remove_key",
    "scalar",
    "set_entry",
    "set_value",
]


def set_value(raw: bytes, key: str, value: str) -> bytes:
    """Sets `key` to `value`, YAML of one line (see `scalar`, `flow_mapping`); a new key goes last.

    A file without front matter gets a block of its own before its text.
    """
    editor = Editor(_with_block(raw), key)
    expected = editor.meaning(f"k: {value}\n", value)["k"]
    found = editor.entry
    if found is None:
        return editor.checked([editor.new_key(f" {value}" if value else "")], expected)
    editor.refuse_shared(found.key, found.value)
    changes = editor.replaced(found.colon, found.value, value, found.value, editor.indent)
    return editor.checked(changes, expected)


def remove_key(raw: bytes, key: str) -> bytes:
    """Removes `key` and its value; a key that is not there, or a file without front matter, changes nothing."""
    document = read(raw)
    if document.block is None and not document.fatal:
        return raw
    editor = Editor(raw, key)
    found = editor.entry
    if found is None:
        return raw
    editor.refuse_shared(found.key, found.value)
    return editor.checked([editor.without_lines(found.key.start, found.value, editor.indent)], ABSENT)


def set_entry(raw: bytes, key: str, index: int | None, entry: str) -> bytes:
    """Replaces entry `index` (from 0) of the list at `key`, or appends where it is None.

    `entry` is YAML of one line that may stand in a flow list. A key that is absent or empty becomes a block
    list; a bare mapping counts as a list of one and becomes a list when a second entry comes. A file without front
    matter gets a block of its own before its text.
    """
    editor = Editor(_with_block(raw), key)
    meant = editor.meaning(f"[{entry}\n]", entry)
    if not isinstance(meant, list) or len(meant) != 1:
        editor.refuse(f"`{entry}` is not one entry of a list")
    entries = editor.entries(index)
    expected = [*entries, *meant] if index is None else [*entries[:index], *meant, *entries[index + 1 :]]
    return editor.checked(_entry_changes(editor, index, entry), expected, as_list=True)


def remove_entry(raw: bytes, key: str, index: int) -> bytes:
    """Removes entry `index` (from 0) of the list at `key`; the last one takes the key with it."""
    editor = Editor(raw, key)
    entries = editor.entries(index)
    if len(entries) == 1:
        return remove_key(raw, key)
    found = editor.present()
    node = found.value.items[index]
    editor.refuse_shared(node, owner=found.value)
    if found.value.flow:
        changes = _without_flow_entry(editor, found.value, index)
    else:
        dash, _ = editor.layout.token_before("BlockEntry", node.start)
        changes = [editor.without_lines(dash, node, editor.column(dash))]
    return editor.checked(changes, entries[:index] + entries[index + 1 :])


def _with_block(raw: bytes) -> bytes:
    document = read(raw)
    return raw if document.block is not None else add_front_matter(raw, ())


def quoting_of(raw: bytes, key: str) -> Quote:
    """How the value of `key` is quoted now; the empty string where it is plain, no scalar, or not there."""
    document = read(raw)
    if document.block is None or document.fatal:
        return ""
    root = Layout(document.block).root
    pairs = root.pairs if root else []
    styles = [value.style for name, value in pairs if name.kind == "scalar" and name.value == key]
    return "'" if styles[-1:] == ["'"] else '"' if styles[-1:] == ['"'] else ""


def add_front_matter(raw: bytes, pairs: Iterable[tuple[str, str]]) -> bytes:
    """Puts a block of `key: value` lines (values as in `set_value`) before the text of a file that has none."""
    document = read(raw)
    if document.fatal:
        raise unreadable(document.fatal)
    if document.body.lstrip().startswith("+++"):
        mend = "write it as YAML between two lines ---, or exclude the file in kcs.toml"
        raise refusal("its front matter is TOML (+++), which is not read", 1, mend)
    if document.block is not None or begins_like_a_block(document.body):
        mend = "it counts only where its first line is the file's first: take away what stands before it"
        raise refusal("there is front matter already, or what looks like it", 1, mend)
    lines = ["---", *(f"{scalar(key)}: {value}" for key, value in pairs), "---", ""]
    bom = 3 if document.bom else 0
    edited = raw[:bom] + document.newline.join(lines).encode() + raw[bom:]
    after = read(edited)
    if after.fatal or after.body != document.body:
        raise refusal("the new front matter could not be read back", 1, "write it by hand")
    return edited


def _entry_changes(editor: Editor, index: int | None, entry: str) -> list[Change]:
    found = editor.entry
    item = f"{editor.indent}  - {entry}{editor.document.newline}"
    if found is None:
        return [editor.new_key(f"{editor.document.newline}{item.removesuffix(editor.document.newline)}")]
    value = found.value
    if index is None:
        editor.refuse_shared(owner=value)
        if value.kind == "scalar":
            below = editor.layout.next_line(value.end)
            return [*editor.replaced(found.colon, value, "", value, editor.indent), (below, below, item)]
        if value.kind == "mapping":
            return _mapping_to_list(editor, found, entry)
        return _appended(editor, value, entry)
    if value.kind == "mapping":
        editor.refuse_shared(value)
        return editor.replaced(found.colon, value, entry, value, editor.indent)
    node = value.items[index]
    editor.refuse_shared(node, owner=value)
    if value.flow:
        return editor.replaced(node.start, node, entry, value, editor.indent)
    dash, behind = editor.layout.token_before("BlockEntry", node.start)
    return editor.replaced(behind, node, entry, node, editor.column(dash))


def _appended(editor: Editor, value: Node, entry: str) -> list[Change]:
    layout = editor.layout
    if not value.flow:
        dash, _ = layout.token_before("BlockEntry", value.items[-1].start)
        below = layout.next_line(value.end)
        return [(below, below, f"{editor.column(dash)}- {entry}{editor.document.newline}")]
    if not value.items:
        opening = layout.token_after("FlowSequenceStart", value.start)[1]
        return [(opening, opening, entry)]
    last = value.items[-1].end
    name, comma = next((kind, end) for kind, start, end in layout.tokens if start >= last)
    if name == "FlowEntry":
        return [(comma, comma, f" {entry}")]
    return [(last, last, f", {entry}")]


def _without_flow_entry(editor: Editor, value: Node, index: int) -> list[Change]:
    items, layout = value.items, editor.layout
    first = index == 0
    start, end = (items[0].start, items[1].start) if first else (items[index - 1].end, items[index].end)
    kept = editor.kept(layout.comments_in(start, end), editor.indent)
    below = layout.next_line(value.end)
    return [(start, end, ""), (below, below, kept)]


def _mapping_to_list(editor: Editor, found: Entry, entry: str) -> list[Change]:
    """A bare mapping becomes the first entry of a block list: its own text is only moved to the right."""
    layout, value, newline = editor.layout, found.value, editor.document.newline
    if layout.same_line(found.colon, value.start):
        dash = f"{editor.indent}  "
        opening: list[Change] = [(found.colon, value.start, f"{newline}{dash}- ")]
    else:
        dash = editor.column(value.start)
        opening = [(value.start, value.start, "- ")]
    changes = [*opening, *([] if value.flow else _moved_right(layout, value))]
    below = layout.next_line(value.end)
    return [*changes, (below, below, f"{dash}- {entry}{newline}")]


def _moved_right(layout: Layout, value: Node) -> list[Change]:
    lines: list[Change] = []
    place = layout.next_line(value.start)
    while place < value.end:
        if layout.text[place : layout.line_end(place)].strip():
            lines.append((place, place, "  "))
        place = layout.next_line(place)
    return lines
