"""[links] site: links by the public address are judged by the audit, and count in no fingerprint as anything new."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kcs.audit.own_addresses import at_home
from kcs.kb.settings.config import Config
from tests.conftest import KCS_TOML, Base, Run

SITE = "https://support.acme.example/how-to"
LINKS = '[links]\nroot = "/how-to/"\nby = "permalink"\n'
CONFIG = f'{KCS_TOML}{LINKS}site = "{SITE}/"\n'


def article(title: str, permalink: str, body: str, more: str = "") -> str:
    return f"---\ntitle: {title}\npermalink: {permalink}\nconfidence: validated\n{more}---\n\n{body}\n"


FILES = {
    "articles/a.md": article(
        "A",
        "a/",
        f"[b]({SITE}/b/) [gone]({SITE}/gone/) [c]({SITE}/b/#nothing) [p](https://support.acme.example/prices)",
    ),
    "articles/b.md": article("B", "b/", "## Steps\n\nDo."),
    "articles/old.md": article("Old", "old/", "x").replace("validated", "archived"),
    "articles/c.md": article("C", "c/", f"[o]({SITE}/old) <{SITE}/b#steps> ![i]({SITE}/i.png)"),
}


def told(run: Run, base: Base, *words: str) -> list[tuple[str, str, int | None]]:
    found = run("audit", *words, "--format", "json", "--select", "KCS302,KCS5", cwd=base.root).json[
        "findings"
    ]
    return sorted((one["rule"], one["path"], one["line"]) for one in found if one["rule"] not in ("KCS506",))


@pytest.mark.parametrize(
    ("spelt", "wanted"),
    [
        (f"{SITE}/b/#x", "/how-to/b/#x"),
        (f"{SITE}?q", "/how-to/?q"),
        (SITE, "/how-to/"),
        ("HTTP://Support.ACME.example/how-to/b", "/how-to/b"),
        ("https://support.acme.example/how-tools/b", None),
        ("https://support.acme.example/prices", None),
        ("https://support.acme.example.evil/how-to/b", None),
        ("https://x@support.acme.example/how-to/b", None),
        ("ftp://support.acme.example/how-to/b", None),
        ("/how-to/b", None),
        ("b.md", None),
    ],
)
def test_what_lies_below_the_site_is_the_bases_own(spelt: str, wanted: str | None) -> None:
    config = Config(link_root="/how-to/", link_site=SITE + "/")
    assert at_home(config, spelt) == (wanted or spelt)
    assert at_home(config._replace(link_site=""), spelt) == spelt


def test_a_link_by_the_public_address_is_judged_like_one_inside_the_base(
    make_base: Callable[..., Base], quick: Run
) -> None:
    base = make_base(FILES, config=CONFIG)
    assert told(quick, base) == [
        ("KCS501", "articles/a.md", 7),
        ("KCS502", "articles/a.md", 7),
        ("KCS503", "articles/c.md", 7),
        ("KCS505", "articles/c.md", 7),
    ]
    base.write("kcs.toml", KCS_TOML + LINKS)
    assert told(quick, base) == []


def test_what_it_leads_to_may_be_closed_to_its_readers(make_base: Callable[..., Base], quick: Run) -> None:
    files = {
        "articles/a.md": article("A", "a/", f"[b]({SITE}/b/)", "audience: external\n"),
        "articles/b.md": article("B", "b/", "x", "audience: internal\n"),
    }
    base = make_base(files, config=CONFIG)
    assert told(quick, base) == [("KCS302", "articles/a.md", 8)]


def test_no_verification_is_lost_by_it_and_a_link_that_moved_away_is_told(
    make_base: Callable[..., Base], run: Run
) -> None:
    files = {name: text for name, text in FILES.items() if name != "articles/a.md"}
    base = make_base(files, config=KCS_TOML + LINKS)
    assert run("verify", "articles/c.md", "--yes", "--commit", cwd=base.root).code == 0
    base.write("kcs.toml", CONFIG)
    base.commit(message="Site")
    assert run("show", "articles/c.md", "--format", "json", cwd=base.root).json["trusted"]
    base.write("articles/b.md", FILES["articles/b.md"].replace("permalink: b/", "permalink: b-new/"))
    assert ("KCS501", "articles/c.md") in [one[:2] for one in told(run, base, "--changed-since", "HEAD")]


def test_who_takes_the_site_out_of_kcs_toml_with_a_broken_link_is_told(
    make_base: Callable[..., Base], run: Run
) -> None:
    base = make_base({**FILES, "articles/a.md": article("A", "a/", "x")}, config=CONFIG)
    base.write("articles/a.md", FILES["articles/a.md"])
    base.write("kcs.toml", KCS_TOML + LINKS)
    found = run("audit", "--changed-since", "HEAD", cwd=base.root)
    assert found.code == 1 and "kcs.toml takes its links out of judgement" in found.out


@pytest.mark.parametrize("site", ["support.acme.example", "/how-to", "https://", "https://x?y", "ftp://x"])
def test_a_site_that_is_no_address_is_refused(make_base: Callable[..., Base], quick: Run, site: str) -> None:
    base = make_base(FILES, config=f'{KCS_TOML}{LINKS}site = "{site}"\n')
    found = quick("list", cwd=base.root)
    assert found.code == 2 and "kcs.toml:" in found.err and "which is no address" in found.err
