"""Text of articles within Markdown that we write."""

from __future__ import annotations

import re

from kcs.render.terminal import safe

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|#~&]")


def plain(text: str) -> str:
    """As Markdown shows it as it is: on one line, and none of its signs means anything."""
    return _MARKUP.sub(r"\\\g<0>", safe(" ".join(text.split())))
