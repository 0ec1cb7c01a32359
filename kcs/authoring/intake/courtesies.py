"""What a message needs and an article does not: its greeting, closing and signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kcs.authoring.intake.greetings import without_greeting
from kcs.authoring.intake.signatures import is_name, postscript, signature_start


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A message without courtesies; `names` are those that its signature gave."""

    text: str
    greeting: bool = False
    signature: int = 0
    names: tuple[str, ...] = ()


def trim(text: str) -> Trimmed:
    """The message's matter. `signature` is how many lines stood below it."""
    lines = text.strip("\n").split("\n")
    end = signature_start(lines)
    after = postscript(lines[end:])
    below = [line.strip() for line in lines[end:] if line.strip() and line not in after]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join([*lines[:end], *after]).strip())
    shorter = without_greeting(body)
    return Trimmed(shorter, shorter != body, len(below), tuple(filter(is_name, below)))
