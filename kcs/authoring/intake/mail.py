"""A raw mail (.eml): charsets, parts, HTML if there is nothing else; its headers name whom to leave out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from kcs.authoring.intake.decoding import decode_declared, python_name
from kcs.authoring.intake.html_text import html_to_text
from kcs.authoring.intake.mailboxes import person_of
from kcs.authoring.intake.model import Message, Source, Thread
from kcs.errors import FileProblem
from kcs.privacy import Known

_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{0,60}):", re.MULTILINE)
_USUAL = frozenset(
    (b"from", b"to", b"subject", b"date", b"message-id", b"received", b"mime-version", b"return-path", b"content-type",
     b"delivered-to", b"reply-to", b"cc")
)  # fmt: skip
_TICKET = re.compile(
    r"\[(?:ticket|case|request)?\s?[#:]?\s?([A-Z]{0,6}-?\d{2,12})\]|#(\d{3,12})\b", re.IGNORECASE
)
_PARTS = 200


def is_mail(raw: bytes) -> bool:
    """Whether it begins as a mail does: lines of headers, at least two of them usual ones."""
    head = re.split(rb"\r?\n\r?\n", _body_of(raw)[:16_384], maxsplit=1)[0]
    first = head.split(b"\n", 1)[0]
    names = {found.lower() for found in _HEADER.findall(head)}
    return bool(_HEADER.match(first)) and len(names & _USUAL) >= 2


def read_mail(raw: bytes, name: str) -> Thread:
    """The mail as a thread of one message. FileProblem if its parts are nested beyond reading."""
    try:
        mail: Mail = BytesParser(policy=policy.compat32).parsebytes(_body_of(raw))
        parts = [part for part, _ in zip(mail.walk(), range(_PARTS), strict=False)]
        text = _text(parts, name)
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise FileProblem(
            f"is a mail whose parts cannot be read: {error}",
            path=name,
            hint="paste the requestor's words as text",
        ) from None
    subject = _header(mail, "Subject")
    found = _TICKET.search(subject)
    return Thread(
        "mail",
        (Message(text),),
        subject,
        _known(mail),
        next(filter(None, found.groups()), "") if found else "",
        source=_source(mail),
        attachments=tuple("attachment" for part in parts if _is_attachment(part)),
    )


def _body_of(raw: bytes) -> bytes:
    """Without the line that mailbox files put before each mail."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw


def _text(parts: list[Mail], name: str) -> str:
    shown = [part for part in parts if not part.is_multipart() and not _is_attachment(part)]
    plain = "\n\n".join(_decoded(part, name) for part in shown if part.get_content_type() == "text/plain")
    if plain.strip():
        return plain
    return "\n\n".join(
        html_to_text(_decoded(part, name)) for part in shown if part.get_content_type() == "text/html"
    )


def _decoded(part: Mail, name: str) -> str:
    payload = part.get_payload(decode=True)
    return decode_declared(payload, part.get_content_charset(), name) if isinstance(payload, bytes) else ""


def _is_attachment(part: Mail) -> bool:
    return part.get_content_disposition() == "attachment" or (
        not part.is_multipart() and part.get_content_maintype() not in ("text", "multipart", "message")
    )


def _header(mail: Mail, name: str) -> str:
    """A header as text on one line, whatever it declares; bytes that declare nothing are UTF-8."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    value = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    with suppress(MessageError, ValueError, LookupError, TypeError, AttributeError):
        parts = [(part, python_name(charset) if charset else None) for part, charset in decode_header(value)]
        value = str(make_header(parts))
    return " ".join(value.split())


def _known(mail: Mail) -> Known:
    fields = [_header(mail, name) for name in ("From", "To", "Cc", "Reply-To", "Sender", "Delivered-To")]
    people = [one for field in fields for one in _people(field)]
    names = (person_of(name, address) for name, address in people if "@" not in name)
    return Known(
        tuple(dict.fromkeys(filter(None, names))), tuple(dict.fromkeys(address for _, address in people))
    )


def _people(field: str) -> Iterator[tuple[str, str]]:
    """(name, address). Of `Doe, Jane <jane@corp.com>` without quotes, as an encoded
    `M=C3=BCller=2C_Eva` reads too, what stands before the comma is a part of the name.
    """
    last = ""
    try:
        people = getaddresses([field])
    except RecursionError:  # of brackets within brackets
        people = getaddresses([field.replace("(", " ")])
    for name, address in people:
        first = " ".join(name.split())
        if "@" in address:
            yield (f"{last}, {first}" if last and first else first), address
        last = "" if first or "@" in address else address


def _source(mail: Mail) -> Source | None:
    """A mail's own id may hold a person's address: its digest says as well which mail it was."""
    identity = _header(mail, "Message-ID") or _header(mail, "Date")
    if not identity:
        return None
    digest = hashlib.sha256(identity.encode()).hexdigest()[:12]
    try:
        day = parsedate_to_datetime(_header(mail, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        day = ""
    return Source(f"mail-{digest}", f"mail:{digest}", day)
