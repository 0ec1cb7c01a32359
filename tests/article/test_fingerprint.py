"""The promise held still: exact values, and what must never be mistaken for one another."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.article.body import parse
from kcs.article.fingerprint import CURRENT, VERSIONS, skeleton, version_of
from kcs.article.kcs1 import normalise
from tests.article.whole_fingerprints import fingerprint_of

EVERYTHING = """\
Some *words*,  two\tblanks, a hard  \nbreak, a\\\nbackslash and `code  span`.

1. One

   > - deep `x`

       code\there
2. [link](</how-to/a b> 'a  title') ![image](../img/a.png) <https://x.example/a>

-

| a | [b](c.md) |
|---|---|
| 1 |  `2` |

<div class="x">
<a href="d.md#e">d</a> <img src='e.png'>
</div>

Setext
------

~~~sh
rm -rf  /tmp/x  \x20

~~~

***

[ref]: f.md "Title"
"""

# Never change a value. A normalisation that gives another one is another version: kcs2, beside kcs1.
GOLDEN = [
    (None, "", "kcs1:a2924ec27d9840674f7ce0266f8653e1"),
    ("", "\n \n", "kcs1:a2924ec27d9840674f7ce0266f8653e1"),
    ("Reset a password", "", "kcs1:e01a2228ec31744dceefb4817225fe94"),
    (None, "Reset a password", "kcs1:ef68eee3f573d77753caf02ed04b5cbc"),
    ("Reset a password", "Open **Settings**.\n", "kcs1:0d9008e8ddc1b1d3befa96ed178d4710"),
    ("รีเซ็ตรหัสผ่าน", "เปิด **การตั้งค่า** แล้วกด `OK`\n", "kcs1:58591031a2124c205480a40e59d99a00"),
    ("Đặt lại mật khẩu", "Mở **Cài đặt**.\n", "kcs1:749f81e0f8e8a4121edccfce8954f15a"),
    ("إعادة تعيين كلمة المرور", "افتح **الإعدادات**.\n", "kcs1:ac7bcb729e467a74374207b065795ad2"),
    ("T", EVERYTHING, "kcs1:adb744220cfe0e29a3f13e96d90284ab"),
    ("T", "> lazy\nline\n\n\t- tab\n\n- [ ] task\n  1) nested\n", "kcs1:d9a83b73245ecf8bc7682b6baa7566c1"),
    ("T", "lone \ud800 surrogate, NUL \0", "kcs1:31c87e1a02da7d5e02464dc4faade9ae"),
]


@pytest.mark.parametrize(("title", "body", "expected"), GOLDEN)
def test_golden(title: str | None, body: str, expected: str) -> None:
    assert fingerprint_of(title, body) == expected


def test_what_everything_is_made_of() -> None:
    text, destinations = normalise("A  title", EVERYTHING)
    assert destinations == (
        ("/how-to/a b", False),
        ("../img/a.png", True),
        ("https://x.example/a", False),
        ("c.md", False),
        ("d.md#e", False),
        ("e.png", True),
        ("f.md", False),
    )
    assert text.split("\0B") == [
        "\0TA title",
        "p0\0XSome *words*, two blanks, a hard\nbreak, a\nbackslash and `code  span`.",
        "p0\0C1.\0XOne",
        "p1\0C>\0C-\0Xdeep `x`",
        "i1\0Xcode\there",
        "p0\0C2.\0X[link](\0D 'a title') ![image](\0D) <\0D>",
        "e0\0C-\0X",
        "t0\0X| a | [b](\0D) |\n|---|---|\n| 1 |  `2` |",
        'w0\0X<div class="x">\n<a href="\0D">d</a> <img src=\'\0D\'>\n</div>',
        "h2,0\0XSetext",
        "f0\0Xsh\nrm -rf  /tmp/x   ",
        "r0\0X",
        'd0\0X[ref]:\0D "Title"',
    ]


def test_a_destination_counts_as_what_the_resolver_says() -> None:
    def resolve(spelt: str, image: bool) -> str | None:
        return {("a.md", False): "kb-1", ("../a.md", False): "kb-1", ("a.md", True): "other"}.get(
            (spelt, image)
        )

    link = fingerprint_of(None, "[x](a.md)", resolve)
    assert fingerprint_of(None, "[x](../a.md)", resolve) == link
    assert fingerprint_of(None, "[x](<a.md> )", resolve) == link
    assert fingerprint_of(None, "[x](a.md)") != link
    assert fingerprint_of(None, "![x](a.md)", resolve) != fingerprint_of(None, "![x](a.md)")
    # what a destination counts as is never mistaken for what another one is spelt as
    assert fingerprint_of(None, "[x](kb-1)", resolve) != link


@pytest.mark.parametrize("body", ["[x](#here)", "[x]()", "[x](<>)", "[x]"])
def test_nothing_to_resolve(body: str) -> None:
    def resolve(spelt: str, image: bool) -> str | None:
        raise AssertionError(f"asked about {spelt!r}")

    assert fingerprint_of(None, body, resolve) == fingerprint_of(None, body)


def test_destinations_are_framed() -> None:
    def resolve(spelt: str, image: bool) -> str | None:
        return {"a": "x", "b": "y~1:z", "c": "xy", "d": "~1:z"}.get(spelt)

    seen = [fingerprint_of(None, f"[1]({one}) [2]({two})", resolve) for one in "abcdx" for two in "abcdz"]
    assert len(set(seen)) == 25


def test_versions() -> None:
    assert CURRENT in VERSIONS
    assert version_of(fingerprint_of("a", "b")) == "kcs1"
    wrong = [
        "",
        "kcs1",
        "kcs1:",
        "kcs1:" + "0" * 31,
        "kcs1:" + "F" * 32,
        "kcs2:" + "0" * 32,
        "kcs1:" + "0" * 33,
    ]
    assert [version_of(written) for written in [*wrong, "kcs1:" + "0" * 32 + "\n"]] == [None] * 8
    with pytest.raises(KeyError):
        fingerprint_of("a", "b", version="kcs0")


STRUCTURES = [
    "a", "# a", "## a", "a\n\nb", "a b", "a  \nb", "- a", "- a\n- b", "- a\n\n  b", "- a\n  - b", "- - a", "-\n- a",
    "* a", "+ a", "1. a", "1) a", "2. a", "> a", "> > a", "> - a", "- > a", "> a\n\nb", "> a\n\n> b", "> a\n>\n> b",
    "    a", "```\na\n```", "```a\n```", "```\n\na\n```", "``` a b\na\n```", "<!-- a -->", "<p>a", "<p>\na", "---",
    "a|b\n-|-", "a|b\n:-|-", "|a|b|\n|-|-|", "a|b\n-|-\nc|d", "[a]: b", "[a](b)", "![a](b)", "<a:b>", "[a](b 'c')",
    "\\[a](b)", "`[a](b)`", "`a`", "``a``", "*a*", "_a_", "**a**", "a\u00a0b", "a\u3000b", "a\u2028b", "a\fb", "-", ">",
    "[a](#b)", "[a](<#b c>)", "[a](#b c)", "[a](<#b 'c'>)", "[a](<#b> 'c')", "[a]()", "[a]( ' ' )", "[a](<'c'>)",
    "<b>a</b>", "- a\n\n      b", "- a\n\n<!-- -->\n\n- b", "- a\n1. b", "a\\\\\nb", "[ ] a", "- [ ] a", "- [x] a",
    "    a\n    b", "    a\n    c", "    a\n\n    b", "    a\n      b", "- a\n\n      b\n      c", "- a\n\n      b\n      d",
    "[a]: b c", "[a]: b d", "[a]: b 'c'", "[a]: b 'c' d", "[a]: b 'c' e", "[a]: b\n'c' d", "[a]: b\n'c' e", "[ ]: b", "[ ]: c",
    "> # a\n    b", "> # a\n>     b", "123. a\n\n    b", "123. a\n\n     b",
]  # fmt: skip


def test_no_two_structures_are_alike() -> None:
    seen: dict[str, str] = {}
    for title, body in [("", body) for body in STRUCTURES] + [
        ("a", ""),
        ("a", "a"),
        ("a\u00a0b", ""),
        ("a b", ""),
    ]:
        key = fingerprint_of(title, body)
        assert key not in seen, f"{body!r} counts as {seen[key]!r}"
        seen[key] = body


# All that decides how Markdown is read. Nothing may be taken out or moved: it would be other texts.
PIECES = [
    "[a]", "[b]", "]: ", "[", "]", ":", " ", "\n", "\n\n", "a", "b", "'", '"', "(", ")", "<", ">", "\\", "!", "`", "``", "#", "## ",
    "|", "|-|", "    ", "~~~\n", "```\n", "---\n", "===\n", "<b>", "</b>", "<!--", "-->", "<div>\n", "&amp;", "x.md", "\t", "[a]: x",
    "(x.md)", "*", "_", "- ", "1. ", "> ", "2) ", "  ", "<a href=x.md>", "<img src='y'>", "<pre>", "</pre>", "<script>",
    "|a|b|\n|-|-|\n", "    c\n", "\r\n", "e\u0301", "\u0e01", "<https://x.y>", "<u@x.y>", "(<x y>)", "(x 't')", "[a](x)", "![a](x)",
    "[a][b]", "\\|", "<?", "?>", "<![CDATA[", "]]>", "<!X", "</div>", "\u00a0", "<p>\n", "\n  ", "+ ", "* ", "10. ", "     ",
]  # fmt: skip
FROZEN = [
    "527e0712", "cd89b64a", "c466f49a", "27eda7c0", "fba4e08b", "6ae593b8", "28c81ba7", "4012e099", "66ee8ccf", "8ea4fd3f",
    "a6737202", "1f04dbbd", "baf6e289", "baa8fe66", "3d8c71d2", "15c06dd9", "35954139", "f1dc8d26", "13dcc6aa", "919fab5e",
]  # fmt: skip


def test_what_it_says_of_any_text_is_frozen() -> None:
    """Two thousand texts put together from all that decides
    how one is read; who changes any of it makes a new version.
    """
    digests = []
    for hundred in range(0, 2000, 100):
        whole = sha256()
        for number in range(hundred, hundred + 100):
            dice = sha256(str(number).encode()).digest()
            text = "".join([PIECES[one % len(PIECES)] for one in dice[1 : 5 + dice[0] % 24]])
            whole.update(fingerprint_of("t", text).encode())
        digests.append(whole.hexdigest()[:8])
    assert digests == FROZEN, "of each hundred"


@given(st.text(max_size=20), st.text("ab \n\t-#>`\0BCDTX[]()<0", max_size=40))
@settings(max_examples=300, deadline=None)
def test_nobody_can_forge_the_marks(title: str, body: str) -> None:
    text, destinations = normalise(title, body)
    blocks = text.split("\0B")
    assert blocks[0].startswith("\0T")
    assert blocks[0].count("\0") == 1
    assert all(block.count("\0X") == 1 for block in blocks[1:])
    assert text.count("\0D") == len(destinations)
    assert text.count("\0") == 1 + text.count("\0C") + 2 * (len(blocks) - 1) + len(destinations)


@given(st.sampled_from(STRUCTURES) | st.text("ab \n\r\t-#>`\0[]()<|:e\u0301", max_size=60), st.booleans())
@example(EVERYTHING, True)
@settings(max_examples=300, deadline=None)
def test_a_body_that_is_scanned_already_counts_the_same(body: str, read_before: bool) -> None:
    scanned = parse(body)
    if read_before:
        list(scanned.links)
    assert skeleton("a", body, scanned=scanned) == skeleton("a", body)
