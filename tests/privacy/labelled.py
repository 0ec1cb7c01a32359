"""The labelled set: texts as support sees them, what is personal marked `⟦kind:value⟧`, and how well it is found."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kcs.privacy import Known, find

SET = Path(__file__).with_name("labelled.jsonl")
_MARK = re.compile(r"⟦([a-z-]+):(.*?)⟧", re.DOTALL)


@dataclass(frozen=True)
class Labelled:
    """One text without its marks, and (kind, start, end) of each."""

    language: str
    text: str
    spans: tuple[tuple[str, int, int], ...]
    names: tuple[str, ...]


@dataclass
class Score:
    """How many labelled spans were found (touched by a finding of their kind), and how many findings touch none."""

    labelled: int = 0
    found: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def read_labelled() -> list[Labelled]:
    """The set, in the file's order."""
    return [_labelled(json.loads(line)) for line in SET.read_text("utf-8").splitlines()]


def _labelled(row: dict[str, str]) -> Labelled:
    spans, text, end = [], "", 0
    for mark in _MARK.finditer(row["text"]):
        text += row["text"][end : mark.start()]
        spans.append((mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        end = mark.end()
    return Labelled(row["language"], text + row["text"][end:], tuple(spans), tuple(row.get("names", ())))


def measure(texts: Iterable[Labelled]) -> dict[tuple[str, str], Score]:
    """A score for each (kind, language). A labelled span counts as found if all of it is covered."""
    scores: dict[tuple[str, str], Score] = {}
    for one in texts:
        findings = find(one.text, known=Known(names=one.names), language=one.language)
        for kind, start, end in one.spans:
            score = scores.setdefault((kind, one.language), Score())
            score.labelled += 1
            if any(f.kind == kind and f.start <= start and f.end >= end for f in findings):
                score.found += 1
            else:
                score.missed.append(one.text)
        for finding in findings:
            if not any(k == finding.kind and s < finding.end and e > finding.start for k, s, e in one.spans):
                scores.setdefault((finding.kind, one.language), Score()).false.append(
                    f"{finding.text!r} in {one.text!r}"
                )
    return scores


def counts(texts: Iterable[Labelled]) -> Counter[str]:
    """How many texts each language has."""
    return Counter(one.language for one in texts)
