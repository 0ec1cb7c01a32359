"""A merge was committed with its conflict markers.

## Why it matters

Both versions are in the article, one after the other, and the reader cannot know which one is right.

## Example

    <<<<<<< HEAD
    Use port 587.
    =======
    Use port 465.
    >>>>>>> other

## How to mend

Keep what is right and delete the markers. `kcs resolve` settles those between stamps.
"""

from __future__ import annotations

from kcs.audit.finding import ERROR
from kcs.audit.rule import FRONT_MATTER, TEXT, Rule
from kcs.audit.rules.file import of_problems

RULE = Rule(
    of_problems("merge-conflict", mend="keep what is right, delete the markers; between stamps: kcs resolve"),
    ERROR,
    (FRONT_MATTER, TEXT),
    unreadable=True,
    archived=True,
    ignorable=False,
)
