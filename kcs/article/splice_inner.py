"""Changes one value inside a mapping of a file's front matter and no other byte, as splice.py does for a key."""

from __future__ import annotations

from kcs.article.editor import Editor


def set_inner(raw: bytes, key: str, name: str, value: str) -> bytes:
    """Sets `name`, which must be in the mapping at `key`, to
    `value`: YAML of one line that may stand in a flow mapping.
    """
    editor = Editor(raw, key)
    mapping = editor.present().value
    if mapping.kind != "mapping":
        editor.refuse("its value is no mapping of its own")
    found = [pair for pair in mapping.pairs if pair[0].kind == "scalar" and pair[0].value == name]
    if len(found) != 1:
        editor.refuse(f"`{name}` is not once in it", mapping.start)
    inner, node = found[0]
    editor.refuse_shared(inner, node)
    expected = {**editor.document.meta[key], name: editor.meaning(f"k: {value}\n", value)["k"]}
    colon = editor.layout.token_after("Value", inner.end)[1]
    return editor.checked(editor.replaced(colon, node, value, mapping, editor.indent), expected)
