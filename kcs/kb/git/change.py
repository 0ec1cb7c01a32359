"""One change of one file in one commit: in Git's raw format, and parsed."""

from __future__ import annotations

NOTHING, GONE = b"", b"D"
_USUAL, _NEW = b":100644 100644 ", b":000000 100644 "
# Modes that change, add or remove a regular file: changes that need no closer look.
PLAIN = frozenset((_USUAL, _NEW, b":100644 000000 "))

# Path before, blob before.
Former = tuple[bytes, bytes]
# Commit number, blob before, blob after (NOTHING: not there as a regular file), path before.
Entry = tuple[int, bytes, bytes, bytes]
# Commit number and Git's line (`:100644 100644 <before> <after> M`); an Entry once parsed.
Change = tuple[int, bytes] | Entry
# Commit number, path there, blob there.
Place = tuple[int, bytes, bytes]


def is_change(change: Change, path: bytes) -> bool:
    """Whether it changed more than a mode."""
    if len(change) == 4:
        return change[1] != change[2] or change[3] != path
    old, new = blobs_of(change[1])
    return old != new


def blobs_of(told: bytes) -> tuple[bytes, bytes]:
    """The blobs before and after, from `:100644 100644 <before> <after> M`; NOTHING for anything but a regular file."""
    width = 40 if told[55] == 32 else 64  # a blank follows the first
    modes = told[:15]
    if modes == _USUAL:
        return told[15 : 15 + width], told[16 + width : 16 + 2 * width]
    if modes == _NEW:
        return NOTHING, told[16 + width : 16 + 2 * width]
    # The modes of a link, a submodule and an absent file begin 12, 16 and 00.
    old = told[15 : 15 + width] if told[1:3] == b"10" else NOTHING
    return old, told[16 + width : 16 + 2 * width] if told[8:10] == b"10" else NOTHING
