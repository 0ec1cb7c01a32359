"""kcs urls against a real server on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kcs.urls.request import NoAddress, NotAsked, is_public, place_of
from tests.conftest import Base, Run
from tests.test_json_schemas import check

FAST = ("--private", "--delay", "0", "--timeout", "2", "--retries", "1")


class Server(ThreadingHTTPServer):
    """Remembers who asked for what, when, and how many at once."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.times: list[float] = []
        self.agents: set[str] = set()
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"

    def methods(self, path: str) -> list[str]:
        return [method for method, asked, _ in self.asked if asked == path]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def answer(self) -> None:
        server, path = self.server, self.path
        with server.lock:
            server.asked.append((self.command, path, self.headers["Host"]))
            server.times.append(time.monotonic())
            server.agents.add(self.headers["User-Agent"])
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
            before = len(server.methods(path))
        code, headers = 200, {}
        if path.startswith("/moved/"):
            code, headers = int(path[7:10]), {"Location": "/there"}
        elif path == "/loop":
            code, headers = 302, {"Location": "/loop"}
        elif path == "/out":
            code, headers = 302, {"Location": "file:///etc/passwd"}
        elif path == "/get-only":
            code = 405 if self.command == "HEAD" else 200
        elif path == "/busy":
            code, headers = (429, {"Retry-After": "0"}) if before < 2 else (200, {})
        elif path == "/much-later":
            code, headers = 503, {"Retry-After": "86400"}
        elif path == "/slow" or (path == "/no-head" and self.command == "HEAD"):
            time.sleep(3)
        elif path == "/drip":
            for _ in range(30):
                self.wfile.write(b"x")
                time.sleep(0.2)
        elif path[1:].isdecimal():
            code = int(path[1:])
        with server.lock:
            server.at_once -= 1
        try:
            self.send_response(code)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()
        except OSError:
            pass

    do_HEAD = do_GET = answer  # noqa: N815 - what http.server calls

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def linking(make_base: Callable[..., Base]) -> Callable[..., Base]:
    def make(*urls: str) -> Base:
        links = "".join(f"See [it]({url}).\n\n" for url in urls)
        return make_base({"articles/a.md": f"---\ntitle: A\n---\n{links}"}, git=False)

    return make


def statuses(run: Run, base: Base, *words: str) -> dict[str, Any]:
    told = check(run("urls", *(words or FAST), "--format", "json", cwd=base.root), "urls")
    return {one["url"]: one for one in told["addresses"]}


def test_what_came_of_each_address(server: Server, linking: Callable[..., Base], quick: Run) -> None:
    wanted = {
        "/fine": ("ok", 200), "/get-only": ("ok", 200), "/404": ("broken", 404), "/410": ("broken", 410),
        "/403": ("unsure", 403), "/moved/301": ("moved", 200), "/moved/302": ("moved", 200),
        "/loop": ("unsure", 302), "/out": ("skipped", None), "/500": ("unreachable", 500),
        "/much-later": ("unreachable", 503), "/301": ("unsure", 301),
    }  # fmt: skip
    secure = server.at("/fine").replace("http:", "https:")
    found = statuses(quick, linking(*map(server.at, wanted), secure))
    assert "does not say where to" in found[server.at("/301")]["reason"]
    assert found[secure]["reason"].startswith("its TLS fails: ") and "_" not in found[secure]["reason"]
    assert {
        path: (found[server.at(path)]["status"], found[server.at(path)]["code"]) for path in wanted
    } == wanted
    for path, permanent in (("/moved/301", True), ("/moved/302", False)):
        one = found[server.at(path)]
        assert one["location"] == server.at("/there") and one["permanent"] is permanent
    assert server.methods("/fine") == ["HEAD"] and server.methods("/get-only") == ["HEAD", "GET"]
    assert server.methods("/500") == ["HEAD", "GET"] * 2, "asked again"
    assert server.methods("/much-later") == ["HEAD", "GET"], "nobody waits a day"
    assert found[server.at("/404")]["places"] == [{"path": "articles/a.md", "line": 8, "column": 10}]
    assert server.most_at_once == 1, "one at a time to one host"
    assert all(one.startswith("kcs/") for one in server.agents)


def test_a_busy_host_is_asked_again_and_a_slow_one_is_given_up(
    server: Server, linking: Callable[..., Base], quick: Run
) -> None:
    base = linking(server.at("/busy"), server.at("/slow"), server.at("/drip"), "http://127.0.0.1:1/closed")
    found = statuses(quick, base, "--private", "--delay", "0", "--timeout", "0.5", "--retries", "2")
    assert found[server.at("/busy")]["status"] == "ok" and server.methods("/busy") == ["HEAD"] * 2
    for url in (server.at("/slow"), server.at("/drip")):
        assert found[url]["status"] == "unreachable" and "within 0.5 seconds" in found[url]["reason"]
    assert "refused" in found["http://127.0.0.1:1/closed"]["reason"]


def test_a_server_that_never_answers_head_is_asked_by_get_then(
    server: Server, linking: Callable[..., Base], quick: Run
) -> None:
    base = linking(server.at("/no-head"))
    found = statuses(quick, base, "--private", "--delay", "0", "--timeout", "0.5", "--retries", "1")
    assert found[server.at("/no-head")]["status"] == "ok" and server.methods("/no-head") == ["HEAD", "GET"]


def test_an_address_is_asked_as_a_browser_reads_it(
    server: Server, linking: Callable[..., Base], quick: Run
) -> None:
    """Markdown and HTML may write its signs otherwise; what only looks so (`&copy=`) is part of it."""
    base = linking(server.at("/a\\_b?c=1&amp;d=2&copy=3&#38;e=4#part"))
    found = statuses(quick, base)
    assert list(found) == [server.at("/a_b?c=1&d=2&copy=3&e=4")]
    assert server.methods("/a_b?c=1&d=2&copy=3&e=4") == ["HEAD"]


def test_one_second_is_no_plural(server: Server, linking: Callable[..., Base], quick: Run) -> None:
    base = linking(server.at("/slow"))
    found = statuses(quick, base, "--private", "--delay", "0", "--timeout", "1", "--retries", "0")
    assert found[server.at("/slow")]["reason"] == "no answer within 1 second"


def test_hosts_go_side_by_side_and_each_gets_its_pause(
    server: Server, linking: Callable[..., Base], quick: Run
) -> None:
    base = linking(*(server.at(f"/{one}", host) for one in "abc" for host in ("127.0.0.1", "localhost")))
    statuses(quick, base, "--private", "--delay", "0.2")
    by_host: dict[str, list[float]] = {}
    for (_, _, host), moment in zip(server.asked, server.times, strict=True):
        by_host.setdefault(host.partition(":")[0], []).append(moment)
    assert set(by_host) == {"127.0.0.1", "localhost"}
    assert all(b - a >= 0.19 for times in by_host.values() for a, b in pairwise(times))
    assert max(times[0] for times in by_host.values()) < min(times[-1] for times in by_host.values())


def test_what_was_well_is_not_asked_again_and_what_was_not_is(
    server: Server, linking: Callable[..., Base], quick: Run
) -> None:
    base = linking(server.at("/fine"), server.at("/moved/301"), server.at("/404"), server.at("/fine#part"))
    first = statuses(quick, base)
    asked = len(server.asked)
    again = statuses(quick, base)
    assert [one for _, one, _ in server.asked[asked:]] == ["/404", "/404"]
    assert {url: one["cached"] for url, one in again.items()} == {
        server.at("/fine"): True, server.at("/moved/301"): True, server.at("/404"): False,
    }  # fmt: skip
    assert {url: one["status"] for url, one in again.items()} == {
        url: one["status"] for url, one in first.items()
    }
    statuses(quick, base, *FAST, "--cache", "none")
    assert len(server.methods("/fine")) == 2


def test_the_inner_network_and_names_for_examples_are_left_alone(
    server: Server, linking: Callable[..., Base], quick: Run
) -> None:
    base = linking(server.at("/fine"), server.at("/404"), server.at("/fine", "localhost"), "https://www.example.com/", "mailto:a@b.test",
                   "ftp://127.0.0.1/", "{{ site.url }}/x", "https://{{ site.host }}/x", "other.md")  # fmt: skip
    told = quick("urls", "--delay", "60", cwd=base.root)  # no pause after what nobody was asked
    assert told.code == 0 and not told.out and "4 skipped" in told.err and not server.asked


@pytest.mark.parametrize(
    "text",
    ["10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1%eth0",
     "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "ff02::1", "nonsense"],
)  # fmt: skip
def test_no_address_of_the_inner_network_is_public(text: str) -> None:
    assert not is_public(text)


def test_public_addresses_are_public() -> None:
    assert is_public("93.184.215.14") and is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "http://a:99999/", "http://a b/", "http://" + "a" * 70 + "é.org/"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(NoAddress):
        place_of(url)


def test_addresses_are_asked_as_servers_want_them() -> None:
    assert place_of("https://ไทย.org/é?q=a b%20c")[1:] == (
        "xn--o3cw4h.org",
        443,
        "/%C3%A9?q=a%20b%20c",
    )
    assert place_of("http://me:secret@host.org:8080")[1:] == ("host.org", 8080, "/")
    with pytest.raises(NotAsked):
        place_of("https://mail.example/")


def test_never_in_a_pull_request(server: Server, linking: Callable[..., Base], quick: Run) -> None:
    base = linking(server.at("/fine"))

    def code(*words: str, **env: str) -> int:
        return quick("urls", *FAST, *words, cwd=base.root, env=env).code

    assert code(CI="true") == code("--in-ci", CI="true", GITHUB_EVENT_NAME="pull_request_target") == 2
    assert code("--in-ci", CI_MERGE_REQUEST_IID="7") == code(PRE_COMMIT="1") == 2
    assert not server.asked
    assert code("--in-ci", CI="true", GITHUB_EVENT_NAME="schedule") == code(CI="false") == 0


def test_text_says_where_and_wrong_words_are_sentences(
    server: Server, linking: Callable[..., Base], quick: Run
) -> None:
    base = linking(server.at("/404"), server.at("/moved/301"), server.at("/fine"))
    told = quick("urls", *FAST, cwd=base.root)
    assert told.code == 1 and told.out.splitlines() == [
        f"articles/a.md:4:10: broken {server.at('/404')}: 404 Not Found",
        f"articles/a.md:6:10: moved {server.at('/moved/301')}: for good to {server.at('/there')}",
    ]
    assert "3 addresses in 1 article of 1: 1 broken, 1 moved, 1 ok" in told.err
    eyes = quick("urls", *FAST, cwd=base.root, env={"KCS_FORCE_TERMINAL": "1"})
    assert "articles/a.md:4:10" in eyes.out
    assert quick("urls", "--cache", "often", cwd=base.root).code == 2
    assert "is there a network" in quick("urls", *FAST, cwd=linking_closed(base)).err


def linking_closed(base: Base) -> Path:
    base.write("articles/a.md", "---\ntitle: A\n---\n[it](http://127.0.0.1:1/)\n")
    return base.root


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_interrupted_it_ends_with_130_and_keeps_what_it_learnt(
    server: Server, linking: Callable[..., Base], quick: Run, kcs_env: dict[str, str]
) -> None:
    base = linking(server.at("/a"), server.at("/slow", "localhost"))
    command = [sys.executable, "-m", "kcs", "urls", "--private", "--delay", "0"]
    running = subprocess.Popen(
        command, cwd=base.root, env=kcs_env, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    until = time.monotonic() + 20
    while not (server.methods("/a") and server.methods("/slow")) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.3)  # until the answer has arrived there
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 130 and not out and b"Traceback" not in err
    statuses(quick, base)
    assert len(server.methods("/a")) == 1
