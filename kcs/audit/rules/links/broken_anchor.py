"""A link names a part of an article, and that article has no such part.

## Why it matters

The reader lands at the top and has to guess which section was meant.

## Example

    See [how to reset it](reset.md#step-3), where no heading of reset.md says "Step 3".

## How to mend

Give the anchor of an existing heading (lower case, hyphens for blanks), or put `<a id="step-3"></a>` or `{#step-3}` where
the link should lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from urllib.parse import unquote

from kcs.article.body import Body, is_template, parse
from kcs.article.letters import latin
from kcs.article.plain_words import unescaped
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import OTHERS, TEXT, Rule, Values
from kcs.audit.rules.links import found
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import split_anchor
from kcs.patterns import later

# Browsers go to the top, or to words, without any heading's help.
# `#_` is how style guides write a link that leads nowhere on purpose.
_ALWAYS = ("", "top", "_")
_NOT_WORDS = later(r"[\W_]+")
_NUMBERED = later(r"_\d{1,3}")
# What escaping leaves of a sign: the number of an apostrophe or
# quotation mark (Middleman), the name of an ampersand (Hexo).
_ESCAPED_SIGN = later(r"(?:-|^)(?:39|34|amp|lt|gt|quot)(?=-|$)")
# GitBook lets no anchor begin with a digit: "2. Set it up" is #id-2.-set-it-up.
_BEFORE_DIGIT = later(r"id-(?=\d)")
_NUMBER = later(r"[-_]\d{1,2}$")
_CODE = later(r"(?ms)^[ \t]*(```|~~~).*?^[ \t]*\1|`[^`\n]+`")
# Partials of Middleman, Hugo and Jekyll, macros of Nunjucks and
# Jinja, snippets of MkDocs, includes of DocFX, components of MDX.
_BROUGHT_IN = later(
    r"<%=\s*(?:partial|render|yield|erb)\b|\{\{[%<]\s*(?:include|readfile|render|code-toggle|docs/)|\{%-?\s*(?:include|render|call)\b"
    r"|\{[!*]>|^--8<--|\[!INCLUDE|^import .* from ['\"].*\.mdx?['\"]",
    re.IGNORECASE | re.MULTILINE,
)
# One of these stands wherever that pattern matches: to look for each takes a twentieth of searching it.
_BRINGING = ("<%=", "{{", "{%", "{!>", "{*>", "--8<--", "[!", "mport ")
_TITLE = later(r"^#+ .*(?:<%=|\{\{)", re.MULTILINE)
# `term` and below it `: what it means`, which some generators give an anchor.
_TERM = later(r"^([^\s:#>|-].{0,80})\n: ", re.MULTILINE)
# A tab of MkDocs, which is called by its title as well.
_TAB = later(r"""^ *===[!+]* ["'](.+)["'] *$""", re.MULTILINE)
# What help desks (Intercom, Zendesk) call headings when they are published: no text tells it.
_OF_A_DESK = later(r"h_(?:[0-9a-f]{10}|\d{12,}|01[0-9A-Za-z]{24})")
_DIGITS = "0123456789"


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each link to a part that is not there."""
    lacking = cache(partial(_lacking, page))
    whole = page.path in page.shared(_Whole).paths

    def wanted(spelt: str, image: bool) -> bool:
        return _names_part(spelt, image) and not (whole and spelt[0] == "#") and lacking(spelt) is not None

    for one in found(page, wanted):
        words, help_text = lacking(one.link.destination) or ("", "")
        yield Hit(words, help_text, one.line, one.column, one.link.destination)


class _Whole:
    """The articles whose links to their own parts were all seen to lead there, while the text was at hand."""

    def __init__(self, _: KnowledgeBase) -> None:
        self.paths: set[str] = set()


def _look(page: Page) -> None:
    own = [
        one
        for one, image in page.kb.destinations(page.article)
        if one.startswith("#") and _names_part(one, image)
    ]
    if own and all(_lacking(page, one) is None for one in own):
        page.shared(_Whole).paths.add(page.path)


def _names_part(spelt: str, image: bool) -> bool:
    return "#" in spelt and not image and not is_template(spelt)


def _lacking(page: Page, spelt: str) -> tuple[str, str] | None:
    """Which part is not there, and what may have been meant; None where it is, or nobody can say."""
    anchor = spelt.partition("#")[2].partition("?")[0]
    if (
        anchor.lower() in _ALWAYS
        or anchor.startswith((":~:", "/", "!", "tab/", "user-content-fn-"))
        or _OF_A_DESK.fullmatch(anchor)
    ):
        return None
    article = _target(page, spelt)
    if article is None:
        return None
    here = article is page.article
    parts = page.shared(_Parts)
    if not here and parts.has(article, anchor):
        return None
    body = page.body if here else parts.read(article)
    if (here and _has(body.anchors, _own(body), anchor)) or _is_made(body, article.title, unquote(anchor)):
        return None
    near = _near(body, anchor)
    said = f"did you mean #{near}?" if near else "name a heading that is there"
    return f"{'this article' if here else article.name} has no part {'#' + anchor!r}", said


def _target(page: Page, spelt: str) -> Article | None:
    """The article that a link with an anchor leads to; None where its parts cannot be told."""
    if not split_anchor(spelt)[0]:
        return page.article
    target = page.reaches(spelt)
    article = page.kb.by_path.get(target.path) if target else None
    return None if article is None or article.unreadable else article


class _Parts:
    """The parts of articles that others link to, each text scanned
    once: hundreds may link to parts of one reference page.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._known: dict[str, tuple[frozenset[str], set[str]]] = {}
        self._last: tuple[str, Body] | None = None

    def has(self, article: Article, anchor: str) -> bool:
        """Whether the article has such a part by its own text."""
        if article.path not in self._known:
            body = self.read(article)
            self._known[article.path] = body.anchors, _own(body)
        return _has(*self._known[article.path], anchor)

    def read(self, article: Article) -> Body:
        """Its scanned body; the last one is at hand, since links to one page often follow each other."""
        if self._last is None or self._last[0] != article.path:
            self._last = article.path, parse(self._kb.read(article).body)
        return self._last[1]


def _has(anchors: frozenset[str], own: set[str], anchor: str) -> bool:
    plain = unquote(anchor)
    if anchor in anchors or plain in anchors:
        return True
    # MkDocs numbers headings that have no Latin letter: _1, _2, ...
    if _NUMBERED.fullmatch(plain) and any(not one.isascii() for one in anchors):
        return True
    # Site generators make anchors each in their own way: what
    # differs in punctuation, marks and case alone is the same words.
    words = _words(plain)
    # kramdown and pandoc begin with the first letter: "2. Set it up" is #set-it-up.
    if words in own or (words != "" and words in {one.lstrip(_DIGITS) for one in own}):
        return True
    return _BEFORE_DIGIT.match(plain) is not None and _words(plain[len("id-") :]) in own


def _own(body: Body) -> set[str]:
    """The words of its parts.
    Some generators make an anchor of a heading's `&eacute;` as it is spelt, others of what it stands for.
    """
    own = {_words(one) for one in body.anchors}
    if "&" in body.text:
        own.update(_words(unescaped(one.heading)) for one in body.sections if "&" in one.heading)
    return own


def _is_made(body: Body, title: str, anchor: str) -> bool:
    """Whether the site may make this anchor: of a text that is brought in, of the title, of a term, of two headings."""
    text = _CODE.sub("", body.text)
    low = text.lower()
    if any(sign in low for sign in _BRINGING) and _BROUGHT_IN.search(text):
        return True
    # Attributes of kramdown and MkDocs stand behind words as well: `| **CMDB**{#cmdb} |`.
    if "#" + anchor in text and re.search(r"\{:?[^{}\n]*#" + re.escape(anchor) + r"[\s.}]", text):
        return True
    words = _words(anchor)
    if words == _words(title) and _TITLE.search(text):
        return True
    if "\n: " in body.text and words in {_words(one) for one in _TERM.findall(body.text)}:
        return True
    own = _own(body)
    if "=== " in body.text:
        own.update(map(_words, _TAB.findall(body.text)))
    # The second heading of the same words gets a number (GitHub, Hugo;
    # MkDocs with _), or its parent's words before its own (Middleman).
    return not {words, _words(_NUMBER.sub("", anchor))}.isdisjoint(own) or any(
        words.startswith(one) and words[len(one) :] in own for one in own if one
    )


def _words(anchor: str) -> str:
    """Its letters and digits alone, without accents: some generators leave those out, and đ becomes d (GitBook)."""
    text = _ESCAPED_SIGN.sub("-", anchor.casefold())
    if not text.isascii():
        from unicodedata import normalize

        text = latin(normalize("NFKD", text))
    return _NOT_WORDS.sub("", text)


def _near(body: Body, anchor: str) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(unquote(anchor).lower(), sorted(body.anchors), 1, 0.7)), "")


RULE = Rule(check, WARNING, (TEXT, OTHERS), look=_look)
