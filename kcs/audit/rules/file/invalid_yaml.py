"""The front matter is not valid YAML.

## Why it matters

Some programs skip the keys, some skip the article, some stop. Its verification cannot be read either, so it is untrusted.

## Example

    tags: [outlook, imap
    owner: jd

## How to mend

Go to the line named in the message. Most often a bracket or a quote is not closed, or a value holds `: ` and needs quotes.
"""

from __future__ import annotations

from kcs.audit.finding import ERROR
from kcs.audit.rule import FRONT_MATTER, Rule
from kcs.audit.rules.file import of_problems

RULE = Rule(
    of_problems("invalid-yaml", mend="close what is open in that line, or put the value in quotes"),
    ERROR,
    (FRONT_MATTER,),
    unreadable=True,
    archived=True,
    ignorable=False,
)
