"""Text of articles within Markdown that we write."""

from __future__ import annotations

import re

from kcs.render.terminal import safe

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|#~&]")


def plain(text: str) -> str:
    """Escape it so that Markdown shows it literally, on one line."""
    return _MARKUP.sub(r"\\\g<0>", safe(" ".join(text.split())))
