"""What a new article takes over from another: words by section, never internal ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kcs.article.body import Section, parse
from kcs.article.headings import heading, section_key
from kcs.article.internal import internal_blocks

_MARK = re.compile(r"<!--\s{0,99}/?\s{0,99}internal\s{0,99}-->", re.IGNORECASE)
# The guiding comments under a template's heading; marks of internal blocks are none.
_GUIDE = re.compile(r"\s*(?:<!--(?!\s*/?\s*internal\s*-->)(?:(?!-->).)*-->\s*)+", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """An article's words: by section, those before (`opening`), and those in no known section (`rest`).

    `definitions`: what its links of two parts (`[words][name]`) lead to, as written, wherever that stands.
    """

    sections: Mapping[str, str]
    opening: str = ""
    rest: str = ""
    definitions: tuple[str, ...] = ()

    def only(self, wanted: Mapping[str, Iterable[str]]) -> Words:
        """For each section of a new article, the words of its first source that has any."""
        chosen = {}
        for key, sources in wanted.items():
            texts = [self.sections[one] for one in sources if self.sections.get(one)]
            if texts:
                chosen[key] = texts[0]
        taken = "\n".join(chosen.values()).casefold()
        needed = [
            one
            for one in self.definitions
            if one.partition(":")[0].casefold() in taken and one.casefold() not in taken
        ]
        return Words(chosen, rest="\n".join(needed))


def words_for_everyone(body: str) -> Words:
    """An article's words without its internal blocks: what may be said to another audience."""
    body = unix(body)
    for start, end in reversed(internal_blocks(body)):
        body = body[:start] + "\n" + body[end:]
    return _words(body, [])


def all_words(body: str) -> Words:
    """An article's words for the same audience; what is internal stays inside an internal block."""
    body = unix(body)
    return _words(body, internal_blocks(body))


def unix(body: str) -> str:
    """New files end their lines in LF, whatever the other article's do."""
    return body.replace("\r\n", "\n").replace("\r", "\n")


def _words(body: str, internal: list[tuple[int, int]]) -> Words:
    known: dict[str, list[str]] = {}
    rest: list[str] = []
    place = 0
    parsed = parse(body)
    for section in parsed.sections:
        key = section_key(section.heading)
        if key is None or section.start < place:
            continue
        before = _heading_start(body, section)
        rest.append(_kept(body, place, before, internal))
        known.setdefault(key, []).append(_kept(body, section.start, section.end, internal))
        place = max(section.end, before)
    rest.append(_kept(body, place, len(body), internal))
    texts = {key: "\n\n".join(filter(None, parts)) for key, parts in known.items()}
    opening, *others = rest
    definitions = ("\n".join(one.lines) for one in parsed.blocks if one.kind == "definition")
    return Words(
        {key: text for key, text in texts.items() if text},
        opening,
        "\n\n".join(filter(None, others)),
        tuple(definitions),
    )


def _heading_start(body: str, section: Section) -> int:
    """Where its line begins. Only LF ends one: splitlines would take a form feed or U+2028 for an end as well."""
    lines = body.split("\n")
    return sum(len(line) + 1 for line in lines[: section.line - 1])


def _kept(body: str, start: int, end: int, internal: list[tuple[int, int]]) -> str:
    """A part of the body; one that an internal block covers or cuts through becomes internal as a whole."""
    text = body[start:end]
    touched = [one for one in internal if one[0] < end and one[1] > start]
    if all(start <= one[0] and one[1] <= end for one in touched):
        return text.strip()
    text = _MARK.sub("", text).strip()
    return f"<!-- internal -->\n\n{text}\n\n<!-- /internal -->" if text else ""


def put_in(body: str, words: Words, language: str) -> str:
    """The body of a new article with these words under their headings, in place of the comments that guide.

    Words for a section that the body does not have follow at the end, under the section's heading.
    """
    left = dict(words.sections)
    for section in reversed(parse(body).sections):
        key = section_key(section.heading)
        if key is not None and key in left:
            text = left.pop(key)
            guide = _GUIDE.match(body, section.start)
            after = body[guide.end() if guide else section.start :].lstrip("\n")
            body = f"{body[: section.start].rstrip()}\n\n{text}\n\n{after}".rstrip() + "\n"
    added = [f"## {heading(key, language)}\n\n{text}" for key, text in left.items()]
    parts = (words.opening, body.strip("\n"), *added, words.rest)
    return "\n\n".join(part for part in parts if part) + "\n"
