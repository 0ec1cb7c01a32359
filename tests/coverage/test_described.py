"""A gap in words: what its first ticket says, what the nearest article lacks, and nobody's name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.conftest import Base, Run


def topics(
    quick: Run, base: Base, folder: Path, *rows: str, head: str = "id,created_at,subject,description"
) -> Any:
    file = folder / "tickets.csv"
    file.write_text("\n".join((head, *rows, "")), "utf-8")
    told = quick("gaps", "--tickets", file, "--format", "json", "--as-of", "2026-06-01", cwd=base.root)
    assert told.code == 0, told.err
    return [one["topic"] for one in told.json["gaps"]]


def test_what_the_nearest_article_lacks_is_said(quick: Run, make_base: Any, tmp_path: Path) -> None:
    base = make_base({
        "articles/vpn.md": "---\ntitle: The VPN drops every hour\n---\n\nThe vpn client reconnects after some seconds.\n",
        "articles/fax.md": "---\ntitle: Send a fax\n---\n\nDial and send.\n",
    })  # fmt: skip
    rows = [
        f"T-{n},2026-05-0{n},VPN and printers with kerberos certificates,Printers over vpn need kerberos?"
        for n in (1, 2, 3)
    ]
    (topic,) = topics(quick, base, tmp_path, *rows)
    assert topic["nearest"]["path"] == "articles/vpn.md"
    assert {"printers", "kerberos"} <= {one.casefold() for one in topic["nearest"]["lacks"]}
    assert (
        "vpn" not in {one.casefold() for one in topic["nearest"]["lacks"]}
        and len(topic["nearest"]["lacks"]) <= 4
    )


def test_the_example_is_the_first_line_cut_between_words(quick: Run, native: Base, tmp_path: Path) -> None:
    (short,) = topics(quick, native, tmp_path, "T-1,2026-05-01,Scanner smears,The scanner smears everything.")
    assert short["example"] == "Scanner smears"
    words = "scanner smears " * 20
    (long,) = topics(quick, native, tmp_path, f"T-1,2026-05-01,{words},x")
    assert long["example"].endswith(" …") and len(long["example"]) <= 162
    assert set(long["example"].removesuffix(" …").split()) == {"scanner", "smears"}, "no word is cut"
    (thai,) = topics(quick, native, tmp_path, f"T-1,2026-05-01,{'เครื่องสแกนเลอะ' * 20},x")
    assert thai["example"].endswith(" …") and len(thai["example"]) == 162


def test_who_a_ticket_s_fields_name_is_named_nowhere(quick: Run, native: Base, tmp_path: Path) -> None:
    rows = [
        f"T-{n},2026-05-0{n},Zebedee Quimby cannot scan,Scanner of Zebedee Quimby smears,Zebedee Quimby"
        for n in (1, 2, 3)
    ]
    (topic,) = topics(quick, native, tmp_path, *rows, head="id,created_at,subject,description,requester_name")
    assert "quimby" not in str(topic).casefold() and "zebedee" not in str(topic).casefold()
    assert "scan" in topic["example"]
