"""The file is not UTF-8.

## Why it matters

Each program guesses a different encoding. In Thai, Vietnamese or Arabic nothing is readable then, and a fingerprint of guessed
letters would vouch for nothing.

## Example

A file that an old editor saved as Windows-874 or UTF-16.

## How to mend

Save it as UTF-8 in your editor, or `iconv -f WINDOWS-874 -t UTF-8 old.md > new.md`, and look at the result.
"""

from __future__ import annotations

from kcs.audit.finding import ERROR
from kcs.audit.rule import TEXT, Rule
from kcs.audit.rules.file import of_problems

RULE = Rule(
    of_problems("not-utf8", mend="save the file as UTF-8"),
    ERROR,
    (TEXT,),
    unreadable=True,
    archived=True,
    ignorable=False,
)
