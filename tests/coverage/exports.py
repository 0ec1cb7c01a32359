"""Exports of tickets, written into a folder and read; and one
record each of a ticket and of a conversation with messages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kcs.coverage.tickets import Ticket, Tickets, open_tickets


def opened(folder: Path, content: str | bytes, **options: Any) -> Tickets:
    file = folder / "tickets"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_tickets(file, **options)


def read(folder: Path, content: str | bytes, **options: Any) -> list[Ticket]:
    return list(opened(folder, content, **options))


ZENDESK = {
    "id": 35436, "subject": "Help!", "description": "<p>The fire is <b>very</b> colourful.</p>", "status": "solved",
    "requester_id": 7, "tags": ["enterprise", "product:mail"], "via": {"channel": "email"},
    "created_at": "2026-07-20T22:55:29Z", "updated_at": "2026-07-21T08:00:00Z",
}  # fmt: skip


CONVERSATION = {
    "type": "conversation", "id": "147", "created_at": 1784588129, "updated_at": 1784620800, "state": "closed",
    "source": {"type": "email", "body": "Where?", "author": {"type": "user"}},
}  # fmt: skip
