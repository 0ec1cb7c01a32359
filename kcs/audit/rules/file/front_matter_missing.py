"""The file has no front matter that can be read.

## Why it matters

Title, owner, confidence and verification are all there. Without it the file is text that nobody answers for.

## Example

    # Reset a password

    Open the settings ...

## How to mend

Begin the file with a block between two lines `---`, the first of which is the very first line of the file; or, if it is not an
article, leave it out with `exclude` under `[articles]` in kcs.toml.
"""

from __future__ import annotations

from kcs.audit.finding import ERROR
from kcs.audit.rule import FRONT_MATTER, Rule
from kcs.audit.rules.file import of_problems

RULE = Rule(
    of_problems(
        "no-front-matter", mend="begin it with a block between two lines ---, or exclude it in kcs.toml"
    ),
    ERROR,
    (FRONT_MATTER,),
    archived=True,
    ignorable=False,
)
