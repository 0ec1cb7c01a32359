"""The front matter is opened and never closed.

## Why it matters

Nobody can say where the keys end and the text begins: to every program the whole article is one or the other.

## Example

    ---
    title: Reset a password

    Open the settings ...

## How to mend

Put a line `---` after the last key.
"""

from __future__ import annotations

from kcs.audit.finding import ERROR
from kcs.audit.rule import FRONT_MATTER, Rule
from kcs.audit.rules.file import of_problems

RULE = Rule(
    of_problems("unclosed", mend="put a line --- after the last key"),
    ERROR,
    (FRONT_MATTER,),
    unreadable=True,
    archived=True,
    ignorable=False,
)
