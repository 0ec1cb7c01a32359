from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.kb.keys import Name
from kcs.kb.links import LinkTable
from kcs.kb.moves import move_line, parse_moves

NAMES = [
    Name("articles/mail/smtp.md", "kb-smtp0001", "smtp/"),
    Name("articles/mail/imap.md", "", "imap"),
    Name("articles/คู่มือ ไทย.md"),
    Name("articles/vpn/index.md"),
]
FILES = {"images/a.png"}


def table(**options: object) -> LinkTable:
    return LinkTable(NAMES, {}, exists=FILES.__contains__, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("destination", "path", "key", "anchor"),
    [
        ("imap.md", "articles/mail/imap.md", "articles/mail/imap.md", ""),
        ("./imap.md#port", "articles/mail/imap.md", "articles/mail/imap.md", "#port"),
        ("imap", "articles/mail/imap.md", "articles/mail/imap.md", ""),
        ("imap&period;md", "articles/mail/imap.md", "articles/mail/imap.md", ""),
        ("imap\\.md", "articles/mail/imap.md", "articles/mail/imap.md", ""),
        ("imap.html?x=1#y", "articles/mail/imap.md", "articles/mail/imap.md", "?x=1#y"),
        ("/articles/mail/smtp.md", "articles/mail/smtp.md", "kb-smtp0001", ""),
        ("kb-smtp0001", "articles/mail/smtp.md", "kb-smtp0001", ""),
        ("../vpn/", "articles/vpn/index.md", "articles/vpn/index.md", ""),
        ("../%E0%B8%84%E0%B8%B9%E0%B9%88%E0%B8%A1%E0%B8%B7%E0%B8%AD%20%E0%B9%84%E0%B8%97%E0%B8%A2.md", NAMES[2].path, NAMES[2].path, ""),
        ("../../images/a.png", "images/a.png", "images/a.png", ""),
    ],
)  # fmt: skip
def test_a_link_inside_the_base_names_its_targets_key(
    destination: str, path: str, key: str, anchor: str
) -> None:
    found = table().resolve(destination, "articles/mail/x.md")
    assert found is not None
    assert (found.path, found.key, found.anchor) == (path, key, anchor)


@pytest.mark.parametrize(
    "destination",
    ["", "#here", "https://example.com/imap.md", "mailto:a@b.c", "//host/imap.md", "../../../../etc/passwd", "nothing.md", "{{ x }}", "/", "..", "\x00"],
)  # fmt: skip
def test_what_lies_outside_or_nowhere_resolves_to_nothing(destination: str) -> None:
    assert table().resolve(destination, "articles/mail/x.md") is None


_HOSTS = [
    "https:\\//evil.example", "https:/\\/evil.example", "https:evil.example", "HTTP:/evil.example", "https&colon;//evil.example", "\\//evil.example",
    "&sol;&sol;evil.example", "/&bsol;evil.example", "/\\evil.example", "\\\\evil.example", "\\\\\\\\evil.example", "/\t/evil.example", "/&Tab;/evil.example",
    " //evil.example", "\x01https:evil.example", "&NewLine;//evil.example", "javascript:alert(1)//x", "java&Tab;script:x()", "MAILTO:a@b.c", "data:text/html,x",
]  # fmt: skip


@pytest.mark.parametrize(
    "options", [{}, {"by_address": True}, {"root": "/kb"}, {"root": "/", "folders": ["articles"]}]
)
@pytest.mark.parametrize("up", ["..", "%2e%2E", "&period;&period;", "\\.\\."])
@pytest.mark.parametrize("host", _HOSTS)
def test_what_a_browser_takes_for_another_host_is_no_way_into_the_base(
    host: str, up: str, options: dict[str, object]
) -> None:
    """`..` takes a host out of a path, and what is left would count as the article that was linked before."""
    for times in range(1, 6):
        for rest in ("imap.md", "mail/imap.md", "articles/mail/imap.md"):
            spelt = f"{host}/{'/'.join([up] * times)}/{rest}"
            assert table(**options).resolve(spelt, "articles/mail/x.md") is None, spelt


@pytest.mark.parametrize(
    "spelt",
    [
        "../mail/imap.md",
        "./../mail/imap.md",
        "a%20b/../imap.md",
        "\\_b/../imap.md",
        "/a/../articles/mail/imap.md",
    ],
)
def test_what_a_browser_looks_for_in_the_base_is_found_there(spelt: str) -> None:
    found = table().resolve(spelt, "articles/mail/x.md")
    assert found is not None and found.path == "articles/mail/imap.md"


@pytest.mark.parametrize(
    "id", ["https://evil.example/", "javascript:x()", "//evil.example", "\\\\evil.example", "../x", "/x"]
)
def test_an_id_that_is_an_address_names_nothing_in_a_link(id: str) -> None:
    assert LinkTable([Name("articles/a.md", id)], {}).resolve(id, "articles/b.md") is None


@pytest.mark.parametrize("id", ["reset", "reset.md", "reset.html"])
def test_a_file_beside_a_link_comes_before_an_id(id: str) -> None:
    """A browser asks for the file; an id given later must not count as where it leads."""
    names = [Name("articles/a.md", id), Name("articles/reset.md", "kb-reset001")]
    found = LinkTable(names, {}).resolve(id, "articles/b.md")
    assert found is not None and found.path == "articles/reset.md"


def test_permalinks_below_the_root() -> None:
    found = table(root="/how-to/", by_permalink=True)
    for spelt in ("/how-to/smtp", "/how-to/smtp/", "/how-to/smtp.html#a"):
        target = found.resolve(spelt, "articles/x.md")
        assert target is not None
        assert target.key == "smtp"
    assert found.resolve("/how-to/nothing/", "articles/x.md") is None
    assert found.resolve("/how-tosmtp", "articles/x.md") is None
    assert (
        table(root="https://help.example/a/", by_permalink=True).resolve(
            "https://help.example/a/imap", "x.md"
        )
        is not None
    )


def test_permalinks_right_below_the_host() -> None:
    found = table(root="/", by_permalink=True)
    target = found.resolve("/smtp.html#a", "articles/x.md")
    assert target is not None and (target.path, target.key) == ("articles/mail/smtp.md", "smtp")
    image = found.resolve("/images/a.png", "articles/x.md")
    assert image is not None and image.path == "images/a.png"
    assert found.resolve("//imap/", "articles/x.md") is None
    assert found.resolve("/nothing/", "articles/x.md") is None


def test_a_recorded_move_keeps_the_key() -> None:
    moved = LinkTable(
        [Name("new.md"), Name("b.md", "kb-b0000001")], {"new.md": "old.md", "kb-b0000001": "b.md"}
    )
    assert moved.key("new.md") == "old.md"
    assert moved.key("b.md") == "b.md"


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_destination_is_a_crash(destination: str, source: str) -> None:
    table(root="/x/").resolve(destination, source)


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.dictionaries(names, names, max_size=5))
def test_moves_survive_any_name(moves: dict[str, str]) -> None:
    assert parse_moves("".join(move_line(name, key) for name, key in moves.items())).keys == moves


def test_torn_lines_and_conflict_markers_are_passed_over() -> None:
    text = "<<<<<<< ours\nnew.md\told.md\n=======\nx\n>>>>>>> theirs\na\tb\tc\td\r\nlast.md\tfirst.md"
    assert parse_moves(text).keys == {"new.md": "old.md", "last.md": "first.md"}


@pytest.mark.parametrize(
    ("destination", "source", "path"),
    [
        ("../imap/", "articles/mail/smtp.md", "articles/mail/imap.md"),
        (
            "../IMAP/#port",
            "articles/mail/smtp.md",
            "articles/mail/imap.md",
        ),  # sites serve names in lower case
        ("../../vpn/", "articles/mail/smtp.md", "articles/vpn/index.md"),
        ("../mail/imap", "articles/vpn/index.md", "articles/mail/imap.md"),  # a folder's page is the folder
        ("../mail/imap", "articles/vpn/README.md", "articles/mail/imap.md"),
        ("../../../images/a.png", "articles/mail/smtp.md", "images/a.png"),
        (
            "../../images/a.png",
            "articles/mail/smtp.md",
            "images/a.png",
        ),  # from the file, where that alone leads there
        ("imap", "articles/mail/smtp.md", "articles/mail/imap.md"),
        ("../vpn/index.md", "articles/mail/smtp.md", "articles/vpn/index.md"),
    ],
)
def test_a_relative_link_may_count_from_the_address_of_its_page(
    destination: str, source: str, path: str
) -> None:
    found = table(by_address=True).resolve(destination, source)
    assert found is not None
    assert found.path == path


def test_of_two_readings_the_address_wins_but_for_the_name_of_a_file() -> None:
    names = [Name("a/x.md"), Name("a/x/c.md"), Name("a/c.md")]
    links = LinkTable(names, {}, by_address=True)
    for spelt, path in (("c", "a/x/c.md"), ("c/", "a/x/c.md"), ("../c", "a/c.md"), ("c.md", "a/c.md")):
        found = links.resolve(spelt, "a/x.md")
        assert found is not None
        assert found.path == path
    assert links.resolve("../../../../etc/passwd", "a/x.md") is None


def test_a_folders_page_counts_from_its_folder_and_any_other_from_its_own_name() -> None:
    """As the site reads it: what is found only by counting from the file does not lead straight there."""
    links = LinkTable([Name("a/b/c.md"), Name("a/c.md"), Name("a/d/README.md")], {}, by_address=True)
    for source in ("a/b/index.md", "a/b/_index.md", "a/b/README.md", "a/b/Index.html.md"):
        assert links.leads_straight("c", source) == "a/b/c.md", source
    assert links.leads_straight("c", "a/b/x.md") is None
    assert links.leads_straight("../c", "a/b.md") == "a/c.md"
    assert links.leads_straight("../../c", "a/d/e.md") == "a/c.md"


SITE = [Name(f"{folder}/{name}.md") for folder in ("site", "site-th") for name in ("vpn", "mail/index")]


@pytest.mark.parametrize(
    ("spelt", "source", "path"),
    [
        ("/vpn/", "site/x.md", "site/vpn.md"),
        ("/vpn/", "site-th/x.md", "site-th/vpn.md"),
        ("~/vpn.html", "site-th/a/x.md", "site-th/vpn.md"),
        ("~/mail#a", "other/x.md", "site/mail/index.md"),
        ("/VPN", "other/x.md", "site/vpn.md"),
        ("/img/a.png", "site-th/x.md", "img/a.png"),
        ("/", "site/x.md", None),
        ("/../vpn", "site/x.md", None),
        ("vpn", "site-th/x.md", "site-th/vpn.md"),  # and no other from there
        ("../site/vpn", "site-th/x.md", "site/vpn.md"),
        ("mail", "other/x.md", None),
    ],
)
def test_a_link_from_the_root_is_looked_for_in_the_folder_it_stands_in_first(
    spelt: str, source: str, path: str | None
) -> None:
    there = {"img/a.png", "../vpn", "..", "."}  # what lies outside the base is none of it
    links = LinkTable(SITE, {}, folders=["site", "site-th"], exists=there.__contains__)
    found = links.resolve(spelt, source)
    assert (found and found.path) == path


def test_of_names_that_differ_in_case_alone_the_first_path_is_served() -> None:
    names = [Name("site/vpn.md"), Name("site/VPN.md")]
    for some in (names, names[::-1]):
        found = LinkTable(some, {}, folders=["site"]).resolve("/Vpn", "site/x.md")
        assert found is not None and found.path == "site/VPN.md"


def test_what_has_no_permalink_is_served_by_its_place() -> None:
    names = [*SITE, Name("site/dns.md", "", "domains/")]
    links = LinkTable(names, {}, root="/help", folders=["site"], by_permalink=True)
    for spelt, path in (
        ("/help/domains", "site/dns.md"),
        ("/help/vpn/", "site/vpn.md"),
        ("/help/gone", None),
    ):
        found = links.resolve(spelt, "site/x.md")
        assert (found and found.path) == path


def test_an_old_link_leads_to_what_has_moved_since_however_it_named_it() -> None:
    former = {
        "old/vpn/index.md": "kb-vpn00001",
        "old/mail.markdown": "kb-mail0002",
        "old/mail.md": "kb-mail0001",
    }
    links = LinkTable([Name("new/x.md")], {}, former=former)
    for spelt, key in (("vpn/", "kb-vpn00001"), ("vpn.html", "kb-vpn00001"), ("vpn/index.md", "kb-vpn00001"),
                       ("mail.md#a", "kb-mail0001"), ("mail.markdown", "kb-mail0002"), ("mail", "kb-mail0002")):  # fmt: skip
        found = links.resolve_past(spelt, "old/x.md")
        assert found is not None and found.key == key, spelt
    assert links.resolve("vpn/", "old/x.md") is None and links.resolve_past("gone", "old/x.md") is None
