"""bench/search_faults.py, shorter: what may go wrong with an index leaves nothing wrong behind."""

from __future__ import annotations

import os
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="limits and kill -9 are POSIX's")

from bench.search_faults import ENGINES, Base, crowd, full_disk, kills, read_only, switches
from tests.conftest import Run

pytestmark = pytest.mark.parametrize("engine", [
    pytest.param(one, marks=pytest.mark.skipif(one == "tantivy" and not find_spec(one), reason="not installed"))
    for one in ENGINES
])  # fmt: skip


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Base:
    made = Base(tmp_path / "kb", 40)
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, made.env[name])
    return made


def test_killed_at_any_point_the_next_search_finds_what_it_should(base: Base, engine: str) -> None:
    assert list(kills(base, engine, 3)) == []


def test_writers_and_readers_at_once(base: Base, engine: str) -> None:
    assert list(crowd(base, engine, 1.0, writers=2, readers=2)) == []


def test_a_full_disk_is_said_and_hides_nothing(base: Base, engine: str) -> None:
    assert list(full_disk(base, engine, 4)) == []


def test_a_folder_that_cannot_be_written_is_said_and_hides_nothing(base: Base, engine: str) -> None:
    assert list(read_only(base, engine)) == []


def test_after_any_branch_switches_all_is_as_if_made_anew(
    base: Base, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs.search.index_update._SLACK", 0)  # what nobody needs any more goes soon
    assert list(switches(base, engine, 12, branches=4)) == []


@pytest.mark.forked
def test_what_is_no_file_hides_nothing_and_stops_nobody(base: Base, engine: str, run: Run) -> None:
    def found() -> set[str]:
        words = ("search", "everywhere", "--format", "ids", "--limit", "100")
        told = run(*words, cwd=base.root, env={**base.env, "KCS_ENGINE": engine})
        assert told.code == 0, told.err
        return set(told.out.split())

    wanted = found()
    assert len(wanted) == len(base.paths)
    tried = 0
    for name in ("state-*", "held-*", "entries-*", "*.json", "*.sqlite", "*.trm", "*.pst", "*.doc", "*.lock"):
        for changed, other in product((False, True), (os.mkfifo, os.mkdir)):
            for file in Path(base.env["XDG_CACHE_HOME"]).glob(f"kcs/*/search/*/{name}"):
                if file.is_dir():
                    file.rmdir()
                else:
                    file.unlink()
                other(file)
                tried += 1
            if changed:
                base.write(base.paths[0])
            assert found() == wanted, name
    assert tried > 6


@pytest.mark.forked
def test_what_lies_in_the_place_of_a_file_goes_when_all_is_made_anew(
    base: Base, engine: str, run: Run
) -> None:
    def told() -> tuple[set[str], str]:
        words = ("search", "everywhere", "--format", "ids", "--limit", "100")
        said = run(*words, cwd=base.root, env={**base.env, "KCS_ENGINE": engine})
        return set(said.out.split()), said.err

    wanted, _ = told()
    folder = next(Path(base.env["XDG_CACHE_HOME"]).glob("kcs/*/search/*/postings"))
    ending = (".json", ".idx", ".sqlite", ".trm")
    files = sum(path.name.endswith(ending) for path in folder.iterdir())
    assert files > 0
    for number in range(files):
        for other in (os.mkdir, os.mkfifo):
            file = sorted(path for path in folder.iterdir() if path.name.endswith(ending))[number]
            file.unlink()
            other(file)
            assert told()[0] == wanted, file.name
            assert told() == (wanted, ""), f"{file.name}: kept again"
