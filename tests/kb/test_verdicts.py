"""What a verdict rests on in a real base: the stored day, pictures where a policy says so, and nothing else's bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kcs.kb.base import KnowledgeBase
from tests.conftest import KCS_TOML, Base, Run

LOOK = "---\nid: kb-{0}0000000\ntitle: {0}\nconfidence: validated\n---\n\n{1}\n"
PAGE, OTHER, PICTURE = "articles/a.md", "articles/b.md", "articles/p.png"
BODY = "See [b](b.md#x), [the file](p.png) and ![p](p.png), ![far](https://x.example/p.png)."


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What an earlier run kept says nothing here."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def reasons(base: Base, day: date = date(2026, 6, 1)) -> tuple[str, ...]:
    return KnowledgeBase.open(base.root, as_of=day).verdicts[PAGE].reasons


@pytest.fixture
def pictured(make_base: Callable[..., Base], quick: Run) -> Callable[[bool], Base]:
    def make(images: bool) -> Base:
        config = KCS_TOML + f"images = {str(images).lower()}\n"
        files = {PAGE: LOOK.format("a", BODY), OTHER: LOOK.format("b", "Text."), PICTURE: b"\x89PNG"}
        base = make_base(files, config=config, name=f"images {images}")
        assert quick("verify", PAGE, "--yes", "--as-of", "2026-05-02", cwd=base.root).code == 0
        return base

    return make


def test_a_picture_counts_where_the_policy_says_so_and_a_link_to_it_never(
    pictured: Callable[[bool], Base],
) -> None:
    with_pictures, without = pictured(True), pictured(False)
    for base in (with_pictures, without):
        base.write(OTHER, base.read(OTHER).replace("Text", "Other text"))
        assert reasons(base) == (), "what a link leads to is another article's"
        base.write(PICTURE, b"\x89PNG, another")
    assert reasons(without) == ()
    assert reasons(with_pictures) == ("content-changed",)
    with_pictures.write(PICTURE, b"\x89PNG")
    assert reasons(with_pictures) == ()
    linked = with_pictures.read(PAGE).replace("![p](p.png)", "[p](p.png)")
    with_pictures.write(PAGE, linked)
    assert reasons(with_pictures) == ("content-changed",)


def test_of_a_file_that_is_only_linked_the_bytes_do_not_count(
    pictured: Callable[[bool], Base], quick: Run
) -> None:
    base = pictured(True)
    base.write(PAGE, base.read(PAGE).replace("![p](p.png)", "no picture"))
    assert quick("verify", PAGE, "--yes", "--as-of", "2026-05-03", cwd=base.root).code == 0
    base.write(PICTURE, b"\x89PNG, another")
    assert reasons(base) == ()


def test_a_link_written_today_is_not_read_as_one_of_before_a_move(
    pictured: Callable[[bool], Base], quick: Run
) -> None:
    base = pictured(False)
    assert quick("mv", OTHER, "articles/new/b.md", cwd=base.root).code == 0
    assert "(new/b.md#x)" in base.read(PAGE) and reasons(base) == ()
    base.write(PAGE, base.read(PAGE).replace("(new/b.md#x)", "(b.md#x)"))
    assert reasons(base) == ("content-changed",), "nothing lies there, or some day another"


def test_a_link_written_before_a_move_leads_to_what_was_moved(
    make_base: Callable[..., Base], quick: Run
) -> None:
    page = "---\ntitle: a\nchecked: 2026-05-01\n---\n\nSee [b](b.md).\n"
    config = KCS_TOML + '[fields]\nverified_at = "checked"\n'
    base = make_base({PAGE: page, OTHER: "---\ntitle: b\n---\n\nText.\n"}, config=config)
    for old, new in ((OTHER, "articles/new/b.md"), (PAGE, "articles/old/a.md")):
        assert quick("mv", old, new, cwd=base.root).code == 0
        base.commit(day="2026-05-02")
    verdict = KnowledgeBase.open(base.root, as_of=date(2026, 6, 1)).verdicts["articles/old/a.md"]
    assert "(../new/b.md)" in base.read("articles/old/a.md") and verdict.trusted


def test_the_day_in_the_file_ends_it(pictured: Callable[[bool], Base], quick: Run) -> None:
    base = pictured(False)
    told = quick("verify", PAGE, "--yes", "--as-of", "2026-05-04", "--for", "10 days", cwd=base.root)
    assert told.code == 0 and "stale_after: 2026-05-14" in base.read(PAGE)
    assert reasons(base, date(2026, 5, 13)) == ()
    assert reasons(base, date(2026, 5, 14)) == ("stale",)
    base.write(PAGE, base.read(PAGE).replace("2026-05-14", "2099-01-01"))
    assert reasons(base, date(2026, 8, 1)) == (), "no later than the interval says"
    assert reasons(base, date(2026, 8, 2)) == ("stale",)
    base.write(PAGE, base.read(PAGE).replace("2099-01-01", "soon"))
    assert reasons(base, date(2026, 8, 1)) != (), (
        "a day that cannot be read is none on which it can be trusted"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("kcs9:" + "0" * 32, "unknown-history"),  # of a program that is newer than this one
        ("kcs1:" + "0" * 32, "content-changed"),
        ("kcs1:" + "0" * 31, "unknown-history"),
        ("0" * 32, "content-changed"),
        ("yes", "content-changed"),
    ],
)
def test_a_fingerprint_that_is_another_or_none(
    content: str, reason: str, make_base: Callable[..., Base]
) -> None:
    entry = f'confidence: validated\nverified: {{by: "human:jd", at: 2026-05-02, content: "{content}"}}\n'
    base = make_base({PAGE: LOOK.format("a", "Text.").replace("confidence: validated\n", entry)})
    assert reasons(base) == (reason,)


@pytest.mark.parametrize(
    "spelt",
    ["https:\\//evil.example/../../b.md", "&sol;&sol;evil.example/../b.md", "http:evil.example/../b.md"],
)
def test_a_link_bent_to_another_site_ends_the_verification(
    spelt: str, pictured: Callable[[bool], Base], quick: Run
) -> None:
    """A reader would be led there, whatever `..` makes of it as a path."""
    base = pictured(False)
    base.commit()
    base.write(PAGE, base.read(PAGE).replace("b.md#x", f"{spelt}#x"))
    assert reasons(base) == ("content-changed",)
    told = quick(
        "audit", "--changed-since", "HEAD", "--select", "KCS102", "--as-of", "2026-06-01", cwd=base.root
    )
    assert told.code == 1


@pytest.mark.parametrize(("reason", "due"), [("history", None), ("' '", date(2026, 7, 30))])
def test_a_blank_reason_is_no_reason_never_to_verify_again(
    make_base: Callable[..., Base], reason: str, due: date | None
) -> None:
    dated = f"checked: 2026-05-01\nverify_every: never\nverify_every_reason: {reason}\nconfidence:"
    config = KCS_TOML + '[fields]\nverified_at = "checked"\n'
    base = make_base({PAGE: LOOK.format("a", "Text.").replace("confidence:", dated)}, config=config)
    found = KnowledgeBase.open(base.root, as_of=date(2026, 6, 1)).verdicts[PAGE]
    assert (found.reasons, found.due) == ((), due)
