from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.article.blocks import scan
from kcs.article.body import parse
from kcs.article.internal import internal_blocks
from kcs.article.slugs import plain, slug
from kcs.article.spans import block_spans
from kcs.article.tags import block_start

EVERY_LINK = """\
See [the *guide*](</how-to/a b#x> "title") and ![a shot](img/a.png), [r][ref], <https://x.example/>,
<a class="k" href='/how-to/raw'>raw</a> <img src=img/b.png alt="">, mail <me@x.example>.

> 1. Quoted [link](q.md),
lazy [link](lazy.md)

| a | `[no](no.md)` |
|---|---|
| [cell](cell.md) | ![c](c.png) |

<div>
<a href="html.md">text of it</a> <!-- <a href="comment.md"> -->
</div>

[ref]: ref.md
  'Reference'

`[no](no.md)` \\[no](no.md) [template]({{page.url}})

    [no](no.md)

~~~
[no](no.md) <a href="no.md">
~~~
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_link_is_found_where_it_stands(newline: str) -> None:
    text = EVERY_LINK.replace("\n", newline)
    links = parse(text).links
    assert [(link.destination, link.kind, link.text, link.line) for link in links] == [
        ("/how-to/a b#x", "link", "the *guide*", 1),
        ("img/a.png", "image", "a shot", 1),
        ("https://x.example/", "link", "https://x.example/", 1),
        ("/how-to/raw", "html", "raw", 2),
        ("img/b.png", "image", "", 2),
        ("q.md", "link", "link", 4),
        ("lazy.md", "link", "link", 5),
        ("cell.md", "link", "cell", 9),
        ("c.png", "image", "c", 9),
        ("html.md", "html", "text of it", 12),
        ("ref.md", "reference", "ref", 15),
        ("{{page.url}}", "link", "template", 18),
    ]
    assert [link.destination for link in links] == [text[link.start : link.end] for link in links]
    assert [link.destination for link in links if link.template] == ["{{page.url}}"]


def test_a_destination_can_be_replaced_in_place() -> None:
    text = EVERY_LINK
    for link in reversed(parse(text).links):
        text = text[: link.start] + "NEW" + text[link.end :]
    assert [link.destination for link in parse(text).links if link.destination != "NEW"] == []


TEXT = "[a]: b 'c'"
TABLE = "a\n\n> |a|b|\n> |-|-|\n> |[x](y)|<http://a.b>|[n](o)|\n> |[x](y)|[x](y)|\n> |[x](y)|`|[x](y)|`|\n"


def test_each_link_of_a_table_is_found_in_its_own_cell() -> None:
    links = parse(TABLE).links
    assert [(one.text, one.destination, one.line) for one in links] == [
        ("x", "y", 5), ("http://a.b", "http://a.b", 5), ("x", "y", 6), ("x", "y", 6), ("x", "y", 7)
    ]  # fmt: skip
    assert len({one.start for one in links}) == 5
    for one in links:
        line = TABLE.count("\n", 0, one.start) + 1
        assert (TABLE[one.start : one.end], line) == (one.destination, one.line)


@pytest.mark.parametrize(
    ("text", "words", "spelt"),
    [
        ("[x](y)", "x", "y"), ("![x](y)", "x", "y"), ("<http://y.z>", "http://y.z", "http://y.z"), ("[x]: y", "x", "y"),
        ('<a href="y">x</a>', "x", "y"), ('a <a href="y">x</a> b', "x", "y"), ('a <a href="y">xyz', "", "y"), ('</b> a <a href="y" title="' + 300 * "t" + '">x</a>', "", "y"), ('a <img src="y">', "", "y"),
        ('> <a href="y\n> z">x</a>', "x", "y\n> z"), ('a\n> b <a href="y\n> z">x</a>', "x", "y\n> z"),
    ],
)  # fmt: skip
def test_a_link_has_its_own_words_and_place(text: str, words: str, spelt: str) -> None:
    (link,) = parse(text).links
    assert (link.text, text[link.start : link.end]) == (words, spelt)
    assert link.line == text.count("\n", 0, link.start) + 1


def test_code_defines_no_label() -> None:
    body = parse("[a]: b 'c'\n\n    [x]: y\n\n```\n[z]: y\n```\n\n[x] [z] [a][x] [A]\n")
    assert body.labels == {"a"} and [one.destination for one in body.links] == ["b"]
    assert not [*block_spans("code", "[x]: y"), *block_spans("rule", "---"), *block_spans("empty", "")]
    assert [TEXT[one.start : one.end] for one in block_spans("definition", TEXT)] == [" b ", "'c'"]


def test_a_text_of_code_alone_has_code_spans() -> None:
    assert [one.kind for one in parse("`a`").spans("text", "`a`")] == ["code"]
    assert [one.kind for one in parse("a\\\nb").spans("text", "a\\\nb")] == ["hard"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_section_ends_with_the_text_whatever_ends_its_last_line(newline: str) -> None:
    for lines, inside in (
        (["a", "# b"], ""),
        (["# b", "c"], "c"),
        (["# b", "c", ""], f"c{newline}"),
        (["# b", ""], ""),
    ):
        text = newline.join(lines)
        (section,) = parse(text).sections
        assert text[section.start : section.end] == inside


def test_a_template_destination_with_blanks_is_no_link() -> None:
    assert parse('![a]({% asset_path a/b.png %}) <img src="{% asset_path a/b.png %}">').links[0].template
    assert len(parse("![a]({% asset_path a/b.png %})").links) == 0


@pytest.mark.parametrize(
    ("text", "destinations"),
    [
        ("[a](b(c)d)", ["b(c)d"]),
        ("[a](b(c)", []),
        ("[a](" + "(" * 32 + ")" * 32 + ")", ["(" * 32 + ")" * 32]),
        ("[a](" + "(" * 33 + ")" * 33 + ")", []),
        ("[a]()", [""]),
        ("[a]( b 'c' )", ["b"]),
        ("[a](b 'c)", []),
        ("[a [b](c) d](e)", ["c"]),
        ("[![b](c)](d)", ["c", "d"]),
        ("[x]: y\n\n[a [x] b](c)", ["y"]),
        ("[a`](b)`](c)", ["c"]),
        ("[a](b\nc)", []),
        ("[a](\nb\n)", ["b"]),
        ("``[a](b)` [a](c)", ["b", "c"]),
        ("[ ]: a.md\n\n[\\ ]: b.md\n", ["b.md"]),  # a label of blanks is none
        ("[x]: a.md more\n\n[x] [y](z)", ["z"]),  # nothing may follow but a title
        ("[x]: a.md 'title' more\n\n[x] [y](z)", ["z"]),
        ("[x]: a.md\n'title' more\n\n[x] [y](z)", ["a.md", "z"]),
        ("[x]: a.md\n'title'\t\n\n[x] [y](z)", ["a.md", "z"]),
        ("[x]: a.md'title'\n\n[x]", ["a.md'title'"]),
        ("[x]:\n  a.md\n\n[x]", ["a.md"]),
        ("[x]:\n\n a.md\n\n[x] [y](z)", ["z"]),
        ("[x]: a.md\n[y](z) 'title'\n\n[x]", ["a.md", "z"]),  # a title follows at once, or it is none
        ("[a](<b [c](d) <e>)", ["d"]),
        ("[x [a](b)] [c `d`](e)", ["b", "e"]),  # a link ends what its own brackets forbid
        ("[x ![a](b) `c`](d)", ["b", "d"]),
        ("<https://x.example/[a](b)>", ["https://x.example/[a](b)"]),
        ("<a[b](c)@x.example> <me@x.example>", ["c"]),
        ("[`x`](b`) [d](e) `f", ["b`", "e"]),
        ("[r]: a\n\n[ [r] `x` [z]](y)", ["a"]),  # a reference is a link, and links hold no links
        ("[r]: a\n\n[ [r][] `x`](y)", ["a"]),
        ("[r]: a\n\n[ [q][r] `x`](y)", ["a"]),
        ("[r]: a\n\n[ [r][q] `x`](y)", ["a", "y"]),
        ("[r]: a\n\n[ [q] `x`](y)", ["a", "y"]),
        ("[r]: a\n\n[ [q [s] r] `x`](y)", ["a", "y"]),
    ],
)
def test_destinations_follow_commonmark(text: str, destinations: list[str]) -> None:
    assert [link.destination for link in parse(text).links] == destinations


def test_sections_hold_their_subsections_and_repeats_are_numbered() -> None:
    text = "intro\n\n# A\n\none\n\n## B ##\n\ntwo\n\nA\n===\nthree\n\n- # A-1\n"
    body = parse(text)
    found = [(s.heading, s.level, s.line, s.anchor, text[s.start : s.end]) for s in body.sections]
    assert found == [
        ("A", 1, 3, "a", "\none\n\n## B ##\n\ntwo\n\n"),
        ("B", 2, 7, "b", "\ntwo\n\n"),
        ("A", 1, 11, "a-1", "three\n\n"),
        ("A-1", 1, 15, "a-1-1", ""),
    ]
    assert [section.end for section in parse("# A").sections] == [3]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("The **bold** `co_de` & [link](x.md) ![i](y.png)!", "the-bold-co_de--link-"),
        ("snake_case and _emphasis_", "snake_case-and-emphasis"),
        ("`<html>` and [`__init__`](x.md) of <b>`a*b*`</b>", "html-and-__init__-of-ab"),
        ("วิธีตั้งรหัสผ่าน", "วิธีตั้งรหัสผ่าน"),
        ("كيفيّة الضبط؟", "كيفيّة-الضبط"),
        ("Đặt lại mật khẩu (2025)", "đặt-lại-mật-khẩu-2025"),
        ("1. Überblick – C++", "1-überblick--c"),
    ],
)
def test_anchors_are_githubs(heading: str, anchor: str) -> None:
    assert slug(plain(heading)) == anchor


def test_explicit_anchors() -> None:
    text = '## One {#first}\n\n<a id="b"></a><a name=c>\n{: #d .e}\n\n<div id="e">\n</div>\n\n`<a id="no">`\n'
    assert parse(text).anchors == {"one", "first", "b", "c", "d", "e"}
    assert parse(text).sections[0].heading == "One"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a <!-- internal -->b<!-- /internal --> c", ["<!-- internal -->b<!-- /internal -->"]),
        ("a <!--internal-->b", ["<!--internal-->b"]),
        ("a <!-- /internal --> b", []),
        ("<!-- INTERNAL -->a<!-- internal -->b<!-- /internal -->c", ["<!-- INTERNAL -->a<!-- internal -->b<!-- /internal -->c"]),
        ("<!-- internal -->\n\n```\n<!-- /internal -->\n```\nb", ["<!-- internal -->\n\n```\n<!-- /internal -->\n```\nb"]),
        ("```\n<!-- internal -->\n```\nb", ["<!-- internal -->\n```\nb"]),
        ("<!-- internal -->\n> a\n> `<!-- /internal -->` b<!-- /internal --> c", ["<!-- internal -->\n> a\n> `<!-- /internal -->` b<!-- /internal -->"]),
        ("<!-- internal -->\n\n|a|\n|-|\n|`<!-- /internal -->`|\nb", ["<!-- internal -->\n\n|a|\n|-|\n|`<!-- /internal -->`|\nb"]),
        ("<!-- internal -->\nis `open\n\n<!-- /internal -->` b", ["<!-- internal -->\nis `open\n\n<!-- /internal -->"]),
        ("x", []),
    ],
)  # fmt: skip
def test_internal_blocks_never_fail_open(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in internal_blocks(text)] == inside


def test_blocks_know_their_lines_and_containers() -> None:
    blocks = scan("- a\n\n  > b\n- c\n\n-\n\n\tcode\n")
    assert [(b.kind, b.start, b.end, b.containers, b.kept) for b in blocks] == [
        ("text", 1, 1, ("-",), 0),
        ("text", 3, 3, ("-", ">"), 1),
        ("text", 4, 4, ("-",), 0),
        ("empty", 7, 7, ("-",), 0),
        ("code", 8, 8, (), 0),
    ]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("[a]: b\n[c]: d\n 'e'\nx  ", [("definition", 1, 1, "[a]: b"), ("definition", 2, 3, "[c]: d\n'e'"), ("text", 4, 4, "x")]),
        ("[a]: b\nx #\n---", [("definition", 1, 1, "[a]: b"), ("heading", 2, 3, "x #")]),
        ("```\na\n```\nx", [("code", 1, 3, "a"), ("text", 4, 4, "x")]),
        ("```\na\n   ```\nx", [("code", 1, 3, "a"), ("text", 4, 4, "x")]),
        ("```\na\n    ```\nx", [("code", 1, 4, "a\n    ```\nx")]),
        ("- ```\n  a\nx  ", [("code", 1, 2, "a"), ("text", 3, 3, "x")]),
        ("- ```\n  a\nx  ", [("code", 1, 2, "a"), ("text", 3, 3, "x")]),
        ("> ~~~\n> a\n\nx", [("code", 1, 2, "a"), ("text", 4, 4, "x")]),
        ("x #\n===\n# y #  ", [("heading", 1, 2, "x #"), ("heading", 3, 3, "y")]),
    ],
)  # fmt: skip
def test_blocks_end_where_the_next_one_may_begin(text: str, blocks: list[tuple[str, int, int, str]]) -> None:
    assert [(block.kind, block.start, block.end, block.text) for block in scan(text)] == blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("> a\n    > b", [("text", (">",), ["a", "> b"])]),
        ("> a\n\n    > b", [("text", (">",), ["a"]), ("code", (), ["> b"])]),
        (">     a\n>     b", [("code", (">",), ["a", "b"])]),
        ("> ```\n>  a\n>b\n>\tc", [("code", (">",), [" a", "b", "  c"])]),
        ("> ```\n  >\ta\n   > \tb", [("code", (">",), ["a", "\tb"])]),
        (">\t\ta\n>\t\tb\n >\t\tc", [("code", (">",), ["  a", "  b", " c"])]),
        ("-    a\n\n     b\n\n    c", [("text", ("-",), ["a"]), ("text", ("-",), ["b"]), ("code", (), ["c"])]),
        ("-     a\n\n      b\n\n c", [("code", ("-",), ["a", "", "b"]), ("text", (), ["c"])]),
        ("10)   a\n\n      b\n\n     c", [("text", ("10)",), ["a"]), ("text", ("10)",), ["b"]), ("code", (), [" c"])]),
        ("-\n\n  a", [("empty", ("-",), []), ("text", (), ["a"])]),
        ("-\n  a\n\n\n  b", [("text", ("-",), ["a"]), ("text", ("-",), ["b"])]),
        ("a\n-\nb\n1. c\nd\n2. e", [("heading", (), ["a"]), ("text", (), ["b"]), ("text", ("1.",), ["c", "d"]), ("text", ("2.",), ["e"])]),
        ("a\n*\nb\n2. c\n01) d", [("text", (), ["a", "*", "b", "2. c"]), ("text", ("01)",), ["d"])]),
        ("1234567890. a\n123456789. b", [("text", (), ["1234567890. a", "123456789. b"])]),
        ("123456789. b\n\n           c", [("text", ("123456789.",), ["b"]), ("text", ("123456789.",), ["c"])]),
    ],
)  # fmt: skip
def test_what_is_inside_of_quotes_and_items(
    text: str, blocks: list[tuple[str, tuple[str, ...], list[str]]]
) -> None:
    assert [(one.kind, one.containers, [line.rstrip() for line in one.lines]) for one in scan(text)] == blocks


def test_a_tab_that_an_indent_cuts_leaves_its_blanks() -> None:
    assert scan("-\t\tcode\n\n\t\t\tmore")[0].lines == ["  code", "", "  \tmore"]
    assert scan("\t\tcode")[0].lines == ["\tcode"]
    assert scan("```\n\tcode\n```")[0].lines == ["\tcode"]
    assert scan("  ```\n\tcode\n```")[0].lines == ["  code"]


_LINKED = (
    "[a](b.md)", "[a](<b c.md> 't')", "![i](p.png)", "[r]: c.md\n", "[r]", "<a href=d>", "<img src='e f'>", "<https://x.y>", "\n", "\n\n", "\r\n", "> ", "- ",
    "    ", "`", "\\", "|", "| - |\n", "\0", "\u0e33", " ", "a",
)  # fmt: skip


@given(
    st.text("ab \t\n\r`~<>[]()!#*-_=|:1.\\\"'&{}%\u0e33\u00a0\u0000\u2028", max_size=80)
    | st.lists(st.sampled_from(_LINKED), max_size=12).map("".join)
)
@settings(max_examples=500, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    body = parse(text)
    last = len(re.split(r"\r\n|\n|\r", text))
    assert all(1 <= block.start <= block.end <= last for block in body.blocks)
    for link in body.links:
        if not re.search(r"[\r\n\0]", link.destination):
            assert text[link.start : link.end] == link.destination
    assert all(section.start <= section.end <= len(text) for section in body.sections)
    assert body.anchors is not None


@pytest.mark.parametrize(
    ("line", "starts"),
    [
        ("<DIV", True), ("</h6 x>", True), ("<td/>", True), ("<td/x>", False), ("<tdx>", False), ("<h7", False),
        # Letters that `re.IGNORECASE` takes for s, k and i: fingerprints were made so.
        ("<\u017fection", True), ("<trac\u212a", True), ("<l\u0131", True), ("<l\u0130", True), ("<\ufb01gure", False),
    ],
)  # fmt: skip
def test_a_name_of_html_blocks_starts_one_within_a_paragraph(line: str, starts: bool) -> None:
    assert block_start(line, True) == (starts, None)
