"""Asks a server about an address: HEAD, then GET where that says little; redirects, retries, and pauses between."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from urllib.parse import urljoin

from kcs.urls import manner as outcome
from kcs.urls.manner import Manner, Visit
from kcs.urls.request import Answer, NoAddress, NoHost, NotAsked, Place, ask, place_of

_MOST_REDIRECTS = 10
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_LATER = (408, 425, 429, 500, 502, 503, 504)
# The server exists but does not talk to programs, or not to everybody: a reader may see the page.
_UNSURE = (401, 402, 403, 407, 429, 451, 999)
_LONGEST_WAIT = 60.0


class _Gate:
    """One host: one request at a time, a pause after each."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.next = 0.0


class Asking:
    """Shared by all threads. `stopped` ends every wait."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.stopped = threading.Event()
        self._gates: dict[str, _Gate] = {}
        self._lock = threading.Lock()

    def visit(self, url: str) -> Visit:
        """What came of an address; whatever happens there is an outcome, no error."""
        at = time.time()
        try:
            answer, end, permanent = self._follow(url)
        except NotAsked as error:
            return Visit(url, outcome.SKIPPED, reason=str(error), at=at)
        except (NoAddress, NoHost) as error:
            return Visit(url, outcome.BROKEN, reason=str(error), at=at)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Visit(url, outcome.UNREACHABLE, reason=_words(error, self.manner.timeout), at=at)
        location = end if end != url else ""
        reason = f"{answer.code} {answer.reason}".strip()
        status = _status(answer.code)
        if status == outcome.OK and location:
            status = outcome.MOVED
        if answer.code in _REDIRECTS and not answer.location:
            status, reason = outcome.UNSURE, f"{reason}, and it does not say where to"
        elif answer.code in _REDIRECTS:
            status, reason = outcome.UNSURE, "its redirects never end for who keeps no cookies"
        return Visit(url, status, answer.code, reason, location, bool(location) and permanent, at)

    def _follow(self, url: str) -> tuple[Answer, str, bool]:
        """The last answer, the address that gave it, and whether all redirects to it are permanent."""
        permanent, seen = True, {url}
        for _ in range(_MOST_REDIRECTS):
            answer = self._patiently(place_of(url))
            if answer.code not in _REDIRECTS or not answer.location:
                return answer, url, permanent
            permanent = permanent and answer.code in _FOR_GOOD
            url = _joined(url, answer.location)
            if url in seen:
                return answer, url, False
            seen.add(url)
        return answer, url, False

    def _patiently(self, place: Place) -> Answer:
        """One answer, after as many retries as it takes, with growing pauses."""
        silent = False
        for attempt in range(self.manner.retries + 1):
            last = attempt == self.manner.retries or self.stopped.is_set()
            wait = max(self.manner.delay, 0.1) * 2 ** (attempt + 1)
            try:
                answer = self._request("GET", place) if silent else self._once(place)
            except (OSError, http.client.HTTPException) as error:
                if last or isinstance(error, ssl.SSLCertVerificationError):
                    raise
                silent = True  # some hang up on HEAD, or never answer it
            else:
                if last or answer.code not in _LATER:
                    return answer
                if answer.retry_after.isascii() and answer.retry_after.isdecimal():
                    wait = max(wait, float(answer.retry_after[:9]))
                if wait > _LONGEST_WAIT:
                    return answer
            self.stopped.wait(wait)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, place: Place) -> Answer:
        """By HEAD, and by GET where a server treats HEAD otherwise, as many do."""
        try:
            answer = self._request("HEAD", place)
        except http.client.HTTPException:
            return self._request("GET", place)
        return self._request("GET", place) if answer.code >= 400 and answer.code != 429 else answer

    def _request(self, method: str, place: Place) -> Answer:
        with self._lock:
            gate = self._gates.setdefault(place.host, _Gate())
        with gate.lock:
            self.stopped.wait(max(0.0, gate.next - time.monotonic()))
            pause = self.manner.delay
            try:
                return ask(method, place, self.manner.timeout, self.manner.private)
            except NotAsked:
                pause = 0.0  # nothing was sent, so no pause is needed
                raise
            finally:
                gate.next = time.monotonic() + pause


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location).partition("#")[0]
    except ValueError as error:
        raise NoAddress(f"its redirect leads to no address: {error}") from error


def _status(code: int) -> str:
    if code < 400:
        return outcome.OK
    if code in _UNSURE:
        return outcome.UNSURE
    return outcome.UNREACHABLE if code in _LATER or code >= 500 else outcome.BROKEN


def _words(error: Exception, timeout: float) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {timeout:g} {'second' if timeout == 1 else 'seconds'}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate does not hold: {error.verify_message}"
    if isinstance(error, ssl.SSLError) and error.reason:
        return f"its TLS fails: {error.reason.replace('_', ' ').lower()}"
    if isinstance(error, http.client.HTTPException):
        return f"what it answers is not HTTP ({type(error).__name__})"
    text = error.strerror if isinstance(error, OSError) else None
    return (text or str(error) or type(error).__name__).lower()
