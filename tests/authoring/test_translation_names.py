"""A translation names its original by id, by path or as links do:
search, the audit, coverage, `new` and `verify` all understand each.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import ADOPTED_TOML, Base, Run

TOML = (
    ADOPTED_TOML
    + """[taxonomy]
languages = ["en", "th"]
"""
)
ORIGINAL = "---\npermalink: refund/\ntitle: Give money back\nlanguage: en\nconfidence: validated\n{id}---\n\nError RX500: open the invoice.\n"
TRANSLATION = "---\npermalink: refund-th/\ntitle: คืนเงิน\nlanguage: th\nconfidence: validated\n{said}---\n\nเปิด invoice\n"


@pytest.mark.parametrize(
    "said",
    [
        "{id: kb-refund01, content: %s}",
        "{id: content/refund.md, content: %s}",
        "{id: refund, content: %s}",
        "{id: articles/a.md, content: %s}",
    ],
)
def test_however_it_is_named_it_is_the_same_original(
    said: str, make_base: Callable[..., Base], quick: Run
) -> None:
    named = "articles/a" not in said
    identifier = "id: kb-refund01\n" if "kb-" in said else ""
    base = make_base(
        {
            "content/dns.md": "---\npermalink: dns/\ntitle: Set a record\nlanguage: en\n---\n\nคืนเงิน\n",
            "content/refund.md": ORIGINAL.format(id=identifier),
            "content/th.md": TRANSLATION.format(said=f"translation_of: {said % 'kcs1:00'}\n"),
        },
        config=TOML,
        team=None,
    )

    def do(*words: str) -> str:
        done = quick(*words, cwd=base.root)
        return done.out + done.err

    first = do("search", "RX500 อย่างไร", "--explain")
    assert ("in the language of the query: a translation of" in first) is named
    assert ("KCS113" in do("audit", "content/th.md")) is named
    missing = quick("gaps", "--taxonomy", "--format", "json", cwd=base.root).json["taxonomy"]["cells"][0]
    assert missing["lacking"] == ({"th": 1} if named else {"en": 1, "th": 2})
    again = do("new", "คืนเงิน", "--translation-of", "content/refund.md", "--language", "th", "--dry-run")
    assert ("it is translated into 'th' already: content/th.md" in again) is named
    told = do("verify", "content/th.md")
    assert ("which this base does not hold" in told) is not named
    assert ("KCS113" in do("audit", "content/th.md")) is False, "it is renewed, or names nothing"


@pytest.mark.parametrize("said", ["{content: 'kcs1:00'}", "{id: [refund], content: x}", "[refund]"])
def test_a_translation_that_names_nothing_is_told_in_words(
    said: str, make_base: Callable[..., Base], quick: Run
) -> None:
    base = make_base(
        {"content/th.md": TRANSLATION.format(said=f"translation_of: {said}\n")}, config=TOML, team=None
    )
    shown = quick("show", "content/th.md", cwd=base.root).out
    assert "translation of: it names no article" in shown and "{" not in shown and "[" not in shown
    told = quick("verify", "content/th.md", cwd=base.root)
    assert "translation_of names no article" in told.out + told.err and "'content'" not in told.out + told.err
