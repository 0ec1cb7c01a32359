"""One request over http or https, to an address that is checked before anything is sent there."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from functools import cache
from urllib.parse import quote, urlsplit

from kcs import __version__
from kcs.tuples import NamedTuple

AGENT = f"kcs/{__version__} (looks whether links still lead somewhere)"
_MOST_BODY = 1024
# Signs that a URL may hold as they are, `%` among them: what is escaped already stays so.
_AS_IT_IS = "/?:@!$&'()*+,;=%~-._[]"
# RFC 2606 and 6761: nobody ever answers there, and manuals are full of them.
_RESERVED = ("example", "test", "invalid", "example.com", "example.net", "example.org")


class Place(NamedTuple):
    """An address taken apart. `host` as DNS wants it, `target`: path and query."""

    scheme: str
    host: str
    port: int
    target: str


class Answer(NamedTuple):
    """What a server said."""

    code: int
    reason: str
    location: str
    retry_after: str


class NotAsked(Exception):
    """An address that must not be asked: it says why."""


class NoAddress(Exception):
    """What is no address of a server: it says why."""


class NoHost(Exception):
    """A name that DNS does not know."""


def place_of(url: str) -> Place:
    """Take an address apart. NoAddress for what cannot be asked, NotAsked for a name that is kept for examples."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError as error:
        raise NoAddress(f"no address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise NotAsked(f"{parts.scheme or 'no scheme'}: only http and https are asked")
    if not host or any(sign.isspace() or not sign.isprintable() for sign in host):
        raise NoAddress("no address: it names no host")
    if any(host == one or host.endswith(f".{one}") for one in _RESERVED):
        raise NotAsked("a name that is kept for examples")
    target = quote(parts.path or "/", _AS_IT_IS) + (
        f"?{quote(parts.query, _AS_IT_IS)}" if parts.query else ""
    )
    return Place(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target)


def ask(method: str, place: Place, timeout: float, private: bool) -> Answer:
    """One request, without following anything.
    OSError (SSLError, TimeoutError among them) and HTTPException as they come.

    Credentials of the address are not sent, nor are proxies of the environment used.
    """
    # The socket is connected to the very address that was checked: DNS may give another one a moment later.
    connected = _connect(place, timeout, private)
    end = Deadline(connected, timeout * 2)
    try:
        if place.scheme == "https":
            connected = _context().wrap_socket(connected, server_hostname=place.host)
            end.socket = connected
        connection = http.client.HTTPConnection(place.host, place.port, timeout=timeout)
        connection.default_port = 443 if place.scheme == "https" else 80
        connection.sock = connected
        connection.request(
            method, place.target, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
        )
        answer = connection.getresponse()
        answer.read(_MOST_BODY)
        answer.close()
    except (OSError, http.client.HTTPException) as error:
        raise (TimeoutError() if end.over else error) from error
    finally:
        end.cancel()
        connected.close()
    if end.over:
        raise TimeoutError
    headers = answer.headers
    return Answer(
        answer.status, answer.reason, _utf8(headers.get("Location") or ""), headers.get("Retry-After") or ""
    )


class Deadline:
    """Ends a conversation that lasts too long: a server that sends a byte now and then never times out by itself."""

    def __init__(self, connected: socket.socket, seconds: float) -> None:
        self.socket = connected
        self.over = False
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """It ended by itself."""
        self._timer.cancel()

    def _end(self) -> None:
        self.over = True
        with suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)


def _utf8(text: str) -> str:
    """A header that is UTF-8, as many send it, which http.client reads as Latin-1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except ValueError:
        return text


def _connect(place: Place, timeout: float, private: bool) -> socket.socket:
    try:
        known = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
            raise OSError("the name cannot be looked up now") from error
        raise NoHost(f"no host is named {place.host}") from error
    if not private and not all(is_public(str(one[4][0])) for one in known):
        raise NotAsked("an address of the inner network: --private asks these too")
    failed: OSError = OSError("no address")
    for family, kind, protocol, _, where in known:
        made = socket.socket(family, kind, protocol)
        made.settimeout(timeout)
        try:
            made.connect(where)
            return made
        except OSError as error:
            made.close()
            failed = error
    raise failed


def is_public(text: str) -> bool:
    """Whether an IP address belongs to the public internet; an IPv4 address wrapped in IPv6 is judged by itself."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
