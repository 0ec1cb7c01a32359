"""Kept records are found one by one and all together, and nothing is found that is not there."""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path

import pytest

from kcs.kb.kept.cache import Cache
from kcs.kb.kept.oids import Oids
from kcs.kb.kept.records import Records
from kcs.kb.records import Record


def _oid(number: int) -> str:
    return sha1(b"%d" % number, usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 250])
def test_kept_records_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = Cache(tmp_path)
    records = Records(cache, "title")
    for number in range(count):
        records.put(Record(_oid(number), {"title": f"Number {number}", "tags": ["x y"] * (number % 5)}))
    records.save(Oids.of(_oid(number) for number in range(count)))

    kept = Records(cache, "title")
    for number in range(count):
        found = kept.get(_oid(number))
        assert found is not None and found.meta["title"] == f"Number {number}"
        assert kept.mentions(_oid(number), "title") and not kept.mentions(_oid(number), "owner")
    for absent in ("0" * 40, "f" * 40, *map(_oid, range(count, count + 40))):
        assert Records(cache, "title").get(absent) is None
        assert kept.get(absent) is None


def test_what_is_new_is_kept_apart_until_it_is_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = Cache(tmp_path)

    def keep(numbers: range, of: range) -> None:
        records = Records(cache, "title")
        for number in numbers:
            records.put(Record(_oid(number), {"title": f"Number {number}"}))
        records.save(Oids.of(_oid(number) for number in of))

    def kept(number: int) -> bool:
        found = Records(cache, "title").get(_oid(number))
        return found is not None and found.meta["title"] == f"Number {number}"

    keep(range(50), of=range(50))
    whole, recent = cache.folder / "records", cache.folder / "records-recent"
    before = whole.read_bytes()
    for step in range(50, 150, 10):
        keep(range(step, step + 10), of=range(20, step + 10))
        assert all(map(kept, range(20, step + 10)))
    assert whole.read_bytes() == before and recent.exists()
    keep(range(150, 160), of=range(20, 160))
    assert whole.read_bytes() != before and not recent.exists()
    assert [number for number in range(160) if kept(number)] == list(range(20, 160))
    keep(range(160, 161), of=range(20, 161))
    whole.unlink()
    assert kept(160) and not kept(30)
    keep(range(161, 162), of=range(20, 162))
    assert [number for number in range(20, 162) if kept(number)] == [160, 161]
