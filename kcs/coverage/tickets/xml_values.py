"""XML exports of Zendesk and ServiceNow, and Jira's as a feed, one ticket at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from kcs.coverage.tickets.json_values import Value
from kcs.errors import FileProblem

_CHUNK = 1 << 16
# What lies deeper in a ticket is none of its fields.
_DEEPEST = 12


def of_xml(stream: IO[bytes], path: Path) -> Iterator[Value]:
    """Each child of the root as an object of its own children; of a feed each item.
    FileProblem with the line if it breaks.
    """
    parser: Any = ElementTree.XMLPullParser(
        ("start", "end")
    )  # typeshed says that every event may be a name or None
    around: list[ElementTree.Element] = []
    line = begin = 1
    try:
        while chunk := stream.readline(_CHUNK):
            parser.feed(chunk)
            for event, node in parser.read_events():
                if event == "start":
                    around.append(node)
                    begin = line if len(around) == _depth(around) else begin
                    continue
                if len(around) == _depth(around) and _is_ticket(around):
                    yield Value(begin, _object(node))
                    around[-2].clear()
                around.pop()
            line += chunk.endswith(b"\n")
        parser.close()
    except ElementTree.ParseError as error:
        raise FileProblem(
            f"is broken XML: {error}", path=str(path), line=error.position[0], hint="export it again"
        ) from None


def _depth(around: list[ElementTree.Element]) -> int:
    """How deep a ticket is: in Jira's feed, below its channel."""
    return 3 if around[0].tag == "rss" else 2


def _is_ticket(around: list[ElementTree.Element]) -> bool:
    return around[0].tag != "rss" or around[-1].tag == "item"


def _object(node: ElementTree.Element, depth: int = 0) -> dict[str, Any]:
    """Zendesk's XML writes the names of its JSON with hyphens, and tags as one text."""
    found = {child.tag.replace("-", "_"): _value(child, depth) for child in node}
    if "current_tags" in found:
        found["tags"] = found["current_tags"]
    if "nice_id" in found:
        found.setdefault("id", found["nice_id"])
    return found


def _value(node: ElementTree.Element, depth: int) -> object:
    """Text; a list of texts or of objects for `type="array"`."""
    children = list(node)
    if not children:
        return node.text or ""
    if depth < _DEEPEST and any(map(len, children)):
        return [_object(child, depth + 1) for child in children]
    return [child.text or "" for child in children]
