"""Visits addresses: many hosts at a time, one request at a time to each, with a pause between."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kcs.urls.manner import KEPT, Manner, Visit

if TYPE_CHECKING:
    from kcs.article.days import Interval
    from kcs.kb.kept.cache import Cache
    from kcs.urls.asking import Asking

_NAME = "urls"
_FORMAT = "1"


def visit_all(
    urls: Collection[str],
    manner: Manner,
    cache: Cache,
    keep: Interval | None,
    tick: Callable[[int], None] = lambda _: None,
) -> dict[str, Visit]:
    """What came of each address. Addresses that answered within the last `keep` are not asked again (None: all are).

    If it is interrupted, what was learnt until then is kept, and KeyboardInterrupt is raised again.
    """
    known = _known(cache)
    found = {url: one._replace(kept=True) for url, one in known.items() if url in urls and _fresh(one, keep)}
    tick(len(found))
    try:
        _visit([url for url in urls if url not in found], manner, found, tick)
    finally:
        kept = [one for _, one in sorted({**known, **found}.items()) if one.status in KEPT]
        cache.write(_NAME, [list(one[:-1]) for one in kept], _FORMAT)
    return found


def _visit(urls: list[str], manner: Manner, found: dict[str, Visit], tick: Callable[[int], None]) -> None:
    if not urls:
        return
    from kcs.urls.asking import Asking

    hosts: Mapping[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[_host(url)].append(url)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    # The hosts with most to do begin: they decide how long it takes.
    for _, theirs in sorted(hosts.items(), key=lambda one: (-len(one[1]), one[0])):
        waiting.put(theirs)
    done: SimpleQueue[Visit | BaseException] = SimpleQueue()
    asking = Asking(manner)
    try:
        for _ in range(min(manner.hosts, len(hosts))):
            # Daemons: after Ctrl-C nobody waits for somebody else's server.
            threading.Thread(target=_work, args=(waiting, asking, done), daemon=True).start()
        for _ in urls:
            one = done.get()
            if isinstance(one, BaseException):
                raise one
            found[one.url] = one
            tick(len(found))
    finally:
        asking.stopped.set()


def _work(waiting: SimpleQueue[list[str]], asking: Asking, done: SimpleQueue[Visit | BaseException]) -> None:
    from queue import Empty

    try:
        while not asking.stopped.is_set():
            for url in waiting.get_nowait():
                if asking.stopped.is_set():
                    return
                done.put(asking.visit(url))
    except Empty:
        return
    except BaseException as error:  # a defect of ours: raised by the thread that waits for the answers
        done.put(error)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _known(cache: Cache) -> dict[str, Visit]:
    stored: Any = cache.read(_NAME, _FORMAT)
    try:
        found = {str(one[0]): Visit(*one) for one in stored or ()}
        return {url: one for url, one in found.items() if one.status in KEPT and one.at >= 0}
    except (TypeError, IndexError):
        return {}


def _fresh(one: Visit, keep: Interval | None) -> bool:
    if keep is None:
        return False
    age = time.time() - one.at
    # 30 days a month will do here; a clock that was put back keeps nothing.
    return 0 <= age <= (keep.days + 30 * keep.months) * 86_400
