"""Zendesk's XML export, one ticket at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from kcs.coverage.tickets.json_values import Value
from kcs.errors import FileProblem


def of_xml(stream: IO[bytes], path: Path) -> Iterator[Value]:
    """Each `<ticket>` below the root as an object of its children. FileProblem with the line where it breaks.

    A document type may name entities that grow without end or lie elsewhere, so one is refused.
    """
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    depth = 0
    root: Any = None
    try:
        while chunk := stream.read(1 << 16):
            if root is None and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
                raise FileProblem("declares a document type, which no export needs", path=str(path), line=1)
            parser.feed(chunk)
            for event, node in parser.read_events():
                if event == "start":
                    root = node if root is None else root
                    depth += 1
                    continue
                depth -= 1
                if depth == 1:
                    yield Value(0, _object(node))
                    root.clear()
        parser.close()
    except ElementTree.ParseError as error:
        raise FileProblem(
            f"is broken XML: {error}", path=str(path), line=error.position[0], hint="export it again"
        ) from None


def _object(node: Any) -> dict[str, Any]:
    """Zendesk's XML writes the names of its JSON with hyphens, and tags as one text."""
    found = {child.tag.replace("-", "_"): _value(child) for child in node}
    if "current_tags" in found:
        found["tags"] = found["current_tags"]
    return found


def _value(node: Any) -> Any:
    """Text; a list of texts or of objects for `type="array"`."""
    children = list(node)
    if not children:
        return node.text or ""
    if any(list(child) for child in children):
        return [_object(child) for child in children]
    return [child.text or "" for child in children]
