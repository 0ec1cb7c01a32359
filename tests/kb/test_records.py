"""Kept records are found one by one and all together, and nothing is found that is not there."""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path

import pytest

from kcs.kb.cache import Cache
from kcs.kb.records import Record, Records


def _oid(number: int) -> str:
    return sha1(b"%d" % number, usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 250])
def test_kept_records_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = Cache(tmp_path)
    records = Records(cache, "title")
    for number in range(count):
        records.put(Record(_oid(number), {"title": f"Number {number}", "tags": ["x y"] * (number % 5)}))
    records.save({_oid(number) for number in range(count)})

    kept = Records(cache, "title")
    for number in range(count):
        found = kept.get(_oid(number))
        assert found is not None and found.meta["title"] == f"Number {number}"
        assert kept.mentions(_oid(number), "title") and not kept.mentions(_oid(number), "owner")
    for absent in ("0" * 40, "f" * 40, *map(_oid, range(count, count + 40))):
        assert Records(cache, "title").get(absent) is None
        assert kept.get(absent) is None
