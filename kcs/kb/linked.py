"""Symbolic links as Git holds them, in a commit or the index,
followed as the folder follows them: inside the base alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

# As Linux: whoever needs more goes in a circle.
_MOST = 40


def follow(path: str, links: Mapping[str, str], target_of: Callable[[str], bytes]) -> str | None:
    """The path without any link on the way; None if it leads out of the base, or nowhere.

    `links`: path from the base's root -> Git's name for what the link says, which `target_of` reads.
    """
    waiting, done, met = path.split("/")[::-1], list[str](), 0
    while waiting:
        part = waiting.pop()
        if part == "..":
            if not done:
                return None
            done.pop()
        elif (oid := links.get("/".join([*done, part]))) is not None:
            target = target_of(oid).decode("utf-8", "surrogateescape")
            met += 1
            if target.startswith("/") or met > _MOST:
                return None
            waiting += target.split("/")[::-1]
        elif part not in ("", "."):
            done.append(part)
    return "/".join(done)
