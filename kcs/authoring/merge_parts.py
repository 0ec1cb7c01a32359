"""A file in the parts that a merge compares: what opens it, each key with what follows it, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kcs.article.front_matter import Document, read
from kcs.article.yaml_spans import Layout


@dataclass(frozen=True, slots=True)
class Part:
    """One key: its own lines, and the blank lines and comments between it and the next key."""

    text: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """One version. Where its lines end in CRLF throughout, `parts` and `rest` hold LF, so that versions compare.

    head: byte order mark and opening delimiter. rest: from the closing delimiter to the end.
    """

    head: bytes = b""
    preamble: str = ""
    parts: Mapping[str, Part] = field(default_factory=dict)
    rest: bytes = b""
    crlf_rest: bool = False
    meta: Mapping[str, Any] = field(default_factory=dict)
    block: str = ""

    def text(self, key: str) -> str:
        """The key's lines; nothing if it is absent."""
        part = self.parts.get(key)
        return part.text if part else ""


EMPTY = Parts()


def parts_of(raw: bytes) -> Parts | None:
    """The parts of a file, or None if its front matter is not one plain mapping, one key a line or more."""
    document = read(raw)
    if document.block is None or document.fatal or _odd(document):
        return None
    block = _unix(document.block)
    spans = _spans(block)
    if spans is None:
        return None
    rest = raw[document.end :]
    crlf = rest.count(b"\r") == rest.count(b"\r\n") == rest.count(b"\n") > 0
    starts = [start for _, start, _ in spans]
    parts = {
        key: Part(block[start:end], block[end:following])
        for (key, start, end), following in zip(spans, [*starts, len(block)][1:], strict=True)
    }
    return Parts(
        head=raw[: document.start],
        preamble=block[: starts[0]] if starts else block,
        parts=parts,
        rest=rest.replace(b"\r\n", b"\n") if crlf else rest,
        crlf_rest=crlf,
        meta=document.meta,
        block=block,
    )


def _odd(document: Document) -> bool:
    return "<<" in dict(document.keys) or any(one.code == "duplicate-key" for one in document.problems)


def _unix(text: str) -> str:
    crlf = text.count("\r") == text.count("\r\n") == text.count("\n") > 0
    return text.replace("\r\n", "\n") if crlf else text


def _spans(block: str) -> list[tuple[str, int, int]] | None:
    """(key, start, end) of every key's own lines."""
    layout = Layout(block)
    root = layout.root
    if root is None:
        return []
    if root.kind != "mapping" or root.flow or root.tag or root.anchor:
        return None
    found: list[tuple[str, int, int]] = []
    behind = 0
    for name, value in root.pairs:
        start = layout.line_start(name.start)
        if name.kind != "scalar" or name.style in ("|", ">") or start < behind:
            return None
        if block[start : name.start].strip():
            return None
        behind = layout.next_line(max(name.end, value.end))
        found.append((name.value, start, behind))
    return found
