"""HTML of a mail or a help desk as plain text: lines, lists, code and links; scripts and styles gone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

LIMIT = 200_000
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS = ("section", "article", "header", "footer", "main", "nav", "aside", "address", "center")
_BLOCKS = frozenset(
    ("p", "div", "tr", "ul", "ol", "dl", "dt", "dd", "table", "caption", "pre", *_HEADINGS, *_PARTS)
)
# Before declarations: Outlook's comments end in one (`<![endif]-->`).
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
# `<!DOCTYPE html>`, `<![if !supportLists]>` as Outlook writes it, `<?xml ...?>`.
_DECLARATION = re.compile(r"<(?:!(?!--)|\?)[^<>]*+>")
_NO_TAG = re.compile(
    r"""<(?!/?[a-zA-Z](?:(?:[^<>"']|"[^"]{0,5000}"|'[^']{0,5000}')*+>|[^<>]{0,5000}+>))""",
)
_HIDDEN = frozenset(("script", "style", "head", "title", "template"))


def html_to_text(html: str) -> str:
    """The text that a reader would see of the first LIMIT characters, `>` before each line that is quoted."""
    reader = _Reader()
    reader.feed(_whole_tags(html[:LIMIT]))
    reader.close()
    return reader.result()


def _whole_tags(html: str) -> str:
    """Only what ends stays a tag. Python's parser looks for the end of any other one through the whole text,
    again and again (66,000 times `<a ` took six minutes), and fails at a `<![` of nothing. Nobody sees what
    stands in a comment without an end.
    """
    last = html.rfind("-->") + 1
    if (begun := html.find("<!--", last)) >= 0:
        html = html[:begun]
    return _NO_TAG.sub("&lt;", _DECLARATION.sub("", _COMMENT.sub("", html)))


def plain_text(text: str) -> str:
    """The text, whether or not it is HTML."""
    return html_to_text(text) if "<" in text and looks_like_html(text) else text


def looks_like_html(text: str) -> bool:
    """Whether it has tags that only HTML has."""
    return (
        re.search(
            r"<(?:p|br|div|html|body|span|ul|ol|table|blockquote|strong|font|a href)\b[^<>]{0,300}>",
            text[:20_000],
            re.IGNORECASE,
        )
        is not None
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []
        self._line = ""
        self._quoted = self._hidden = self._exact = 0
        self._href = ""

    def result(self) -> str:
        self._end_line()
        lines = [f"{'> ' * min(quoted, 5)}{text}".rstrip() for quoted, text in self._lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "body":
            self._hidden = 0  # a head need not be closed
        elif tag in ("td", "th"):
            self._line = f"{self._line.rstrip()} ".lstrip()
        elif tag == "br":
            self._new_line()
        elif tag == "hr":
            self._end_line()
            self._line = "____"
            self._new_line()
        elif tag == "li":
            self._end_line()
            self._line = "- "
        elif tag == "blockquote":
            self._end_line(gap=True)
            self._quoted += 1
        elif tag in _BLOCKS:
            self._end_line(gap=tag in ("p", "pre", "table"))
            self._exact += tag == "pre"
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "blockquote":
            self._end_line(gap=True)
            self._quoted = max(0, self._quoted - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS or tag == "li":
            self._end_line(gap=tag in ("p", "pre", "table"))
            self._exact = max(0, self._exact - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._exact:
            first, *others = data.split("\n")
            self._line += first
            for one in others:
                self._new_line()
                self._line = one
            return
        text = re.sub(r"\s+", " ", data)
        self._line += text.lstrip() if not self._line or self._line.endswith(" ") else text

    def _end_link(self) -> None:
        if self._href.startswith(("http://", "https://")) and self._href.rstrip("/") not in self._line:
            self._line += f" ({self._href})"
        self._href = ""

    def _new_line(self) -> None:
        self._lines.append((self._quoted, self._line.rstrip()))
        self._line = ""

    def _end_line(self, *, gap: bool = False) -> None:
        if self._line.strip():
            self._new_line()
        self._line = ""
        if gap and self._lines and self._lines[-1][1]:
            self._lines.append((self._quoted, ""))
