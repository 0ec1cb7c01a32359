"""How an export is read through the commands: in which encoding it was written, and that its times are the base's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.conftest import KCS_TOML, Base, Run

HEAD = "id,created_at,closed_at,subject,description\n"


def test_an_encoding_that_is_named_is_the_one_it_is_read_in(quick: Run, native: Base, tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_bytes(f"{HEAD}T-1,2026-05-01,,Küchengerät schließt nicht,Die Tür klemmt.\n".encode("cp1252"))
    words = ("gaps", "--tickets", file, "--format", "json", "--as-of", "2026-06-01")
    refused = quick(*words, cwd=native.root)
    assert refused.code == 2 and "--encoding" in refused.err
    told = quick(*words, "--encoding", "cp1252", cwd=native.root)
    assert told.code == 0 and "Küchengerät" in told.json["gaps"][0]["topic"]["example"]


def test_times_without_a_zone_are_the_base_s(quick: Run, make_base: Any, tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(f"{HEAD}T-1,2026-04-30 20:00,2026-04-30 21:00,Scanner,Smears.\n", "utf-8")
    base = make_base({}, config=KCS_TOML.replace('"UTC"', '"Asia/Bangkok"'))

    def closed(since: str) -> Any:
        told = quick(
            "metrics",
            "--tickets",
            file,
            "--since",
            since,
            "--as-of",
            "2026-06-01",
            "--format",
            "json",
            cwd=base.root,
        )
        return next(one["denominator"] for one in told.json["metrics"] if one["name"] == "link_rate")

    assert closed("2026-04-30") == 1 and not closed("2026-05-01"), "in UTC it would be the first of May there"
