"""kcs audit --watch: the real program in a process of its own, told of changes by files alone."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kcs.audit.wanted import Wanted
from kcs.audit.watching import Round, watch
from kcs.kb.base import KnowledgeBase
from tests.conftest import Base, Run

ARTICLE = "---\ntitle: The printer prints nothing\nid: kb-{0}\nconfidence: not-validated\n---\n## Issue\n\nIt prints nothing.\n"


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    files = {
        f"articles/{one}.md": ARTICLE.format(f"aaaaaaa{one}").replace("The", f"The {one}th") for one in (1, 2)
    }
    return make_base(files)


class Watching:
    """A running watch, whose lines are waited for."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        assert process.stdout is not None
        threading.Thread(target=self._read, args=(process.stdout,), daemon=True).start()

    def _read(self, stream: Iterator[str]) -> None:
        for line in stream:
            self.lines.put(line.rstrip("\n"))

    def until(self, words: str) -> list[str]:
        """The lines to the one that holds these words."""
        found: list[str] = []
        while not found or words not in found[-1]:
            found.append(self.lines.get(timeout=30))
        return found


@contextmanager
def watching(base: Base, *words: str) -> Iterator[Watching]:
    with subprocess.Popen(
        [sys.executable, "-m", "kcs", "audit", "--watch", *words], cwd=base.root, env=dict(base.env), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    ) as process:  # fmt: skip
        try:
            yield Watching(process)
        finally:
            process.kill()


def test_it_tells_what_a_change_brought_and_mended_and_outlives_half_a_configuration(base: Base) -> None:
    config = base.read("kcs.toml")
    with watching(base, "--select", "KCS501,KCS001") as run:
        assert run.until("articles audited") == ["2 of 2 articles audited: nothing found"]
        base.write("articles/1.md", base.read("articles/1.md") + "\n[it](later.md)\n")
        told = run.until("articles audited")
        assert told[0].endswith(" articles/1.md") and told[-1].endswith("1 error")
        assert told[1].startswith("new articles/1.md:10:6: error KCS501") and len(told) == 3
        # What is looked for and not there counts too: no article changes here.
        base.write("later.md", "Later.\n")
        base.write("articles/later.md", ARTICLE.format("aaaaaaa3"))
        assert any(
            one.startswith("mended articles/1.md:10:6") for one in run.until("3 of 3 articles audited")
        )
        base.write("kcs.toml", config + "[oh")
        assert "kcs.toml" in run.until("is not valid TOML")[-1]
        base.write("kcs.toml", config)
        assert run.until("articles audited")[-1] == "3 of 3 articles audited: nothing found"
        (base.root / "articles" / "2.md").unlink()
        assert run.until("articles audited")[-1] == "2 of 2 articles audited: nothing found"
        if os.name == "posix":
            run.process.send_signal(signal.SIGINT)
            assert run.process.wait(timeout=20) == 130


def test_a_file_beside_the_articles_that_comes_is_seen(base: Base) -> None:
    base.write("articles/1.md", base.read("articles/1.md") + "\n![it](later.png)\n")
    for _ in range(2):  # the second time the whole run is a kept one
        with watching(base, "--select", "KCS503") as run:
            run.until("1 error")
            base.write("articles/later.png", b"\x89PNG")
            assert any(one.startswith("mended") for one in run.until("nothing found"))
        (base.root / "articles" / "later.png").unlink()


def test_what_a_link_may_mean_besides_files_of_the_base_is_seen(base: Base) -> None:
    """A folder that comes, and a list of redirects that names the address by now."""
    base.write("articles/1.md", base.read("articles/1.md") + "\n[it](pictures/) [old](old-page)\n")
    base.write("_redirects", "/other /x\n")
    for _ in range(2):
        with watching(base, "--select", "KCS501") as run:
            run.until("2 errors")
            (base.root / "articles" / "pictures").mkdir()
            run.until("1 error")
            base.write("_redirects", "/articles/old-page /x\n")
            run.until("nothing found")
        (base.root / "articles" / "pictures").rmdir()
        base.write("_redirects", "/other /x\n")


def test_a_commit_is_a_change_and_an_untouched_base_is_none(
    base: Base, kcs_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, kcs_env[name])
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 5:
            base.commit({}, "Empty")
        assert len(slept) < 20, "a commit was not seen"

    def open_again() -> KnowledgeBase:
        return KnowledgeBase.open(Path(base.root))

    rounds = watch(open_again(), open_again, Wanted(), sleep)
    first = next(rounds)
    assert first.report is not None and list(first.new) == list(first.report.findings)
    second: Round = next(rounds)
    assert second.changed == ["Git's history"] and not second.new and len(slept) > 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--staged",), "leave out --staged"),
        (("--fix",), "leave out --fix"),
        (("--format", "json"), "leave out --format json"),
        (("--min-trust", "90"), "leave out --min-trust"),
        (("nowhere",), "matches no article"),
    ],
)
def test_what_does_not_go_with_watching(base: Base, quick: Run, words: tuple[str, ...], said: str) -> None:
    told = quick("audit", "--watch", *words, cwd=base.root)
    assert told.code == 2 and said in told.err


def test_in_ci_nothing_is_watched(base: Base, quick: Run) -> None:
    told = quick("audit", "--watch", cwd=base.root, env={"CI": "true"})
    assert told.code == 2 and "never ends" in told.err
