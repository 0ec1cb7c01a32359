"""markdown-it-py judges our scanner: over real articles, and over text made of whatever Markdown reacts to.

Where the two are known to differ, ours does as cmark-gfm (GitHub) does; such texts are not made here:
- a line straight after a link reference definition still belongs to its paragraph;
- a table's head is a paragraph's line: not a heading, list item or fence, and however far it is indented;
- an HTML block of a lone tag may follow a table's last row;
- what stands four columns in after a paragraph goes on with it, even where it looks like a marker.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.article.oracle import differences, ours

_REPOSITORY = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("KCS_CORPORA", _REPOSITORY.parent / "shared" / "corpora"))

# By default a part of it all, so that the tests stay quick;
# KCS_FUZZ=5000 makes that many texts and reads every article.
EXAMPLES = int(os.environ.get("KCS_FUZZ", "400"))
STEP = 1 if "KCS_FUZZ" in os.environ else 3

# fmt: off
PIECES = [
    "a", "word", "foo bar", "é", "- ", "-", "* ", "+ ", "1. ", "2. ", "10) ", "> ", ">", "# ", "## h", "#", "```",
    "```py", "~~~", "````", "    ", "  ", "   ", " ", "\t", "---", "***", "===", "=", "a | b", "--|--", "|x|",
    "<div>", "</div>", "<!-- c", "-->", "<pre>", "</pre>", "<b>", '<a href="x">', "</a>", "<br/>", "<?", "?>",
    "[a]", "[t](u)", '[t](<u v> "t")', "![i](p.png)", "[t][a]", "`c`", "``", "`", "\\", "\\[", "\\`", "*e*", "**",
    "](", "(", ")", "[", "]", "![", "<http://x.y>", "<a@b.c>", "&amp;", "{{ x }}", "{% y %}", '"t"', "'t'",
    '(u "t")', "[x](a(b)c)", "[x](a\\)b)", "<script>", "</script>",
]
# fmt: on
LINES = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
TABLES = st.sampled_from(["\n| a | [b](c) |\n|---|:-:|", "\nx\\|y | `p|q`\n--|--|--", "| one |\n|-----|"])
DEFINITIONS = st.sampled_from(["\n[a]: /url\n", "\n[b]: <u v>\n 't'\n", "\n> [a]: x(y)\n\n"])
TEXTS = st.lists(st.one_of(LINES, LINES, LINES, LINES, TABLES, DEFINITIONS), max_size=9).map("\n".join)


_PREFIX = ">-+*0123456789.) \t"
_DEFINED_ALONE = re.compile(r"\n\[a\]: /url\n\n|\n> \[a\]: x\(y\)\n\n|\n\[b\]: <u v>\n 't'\n\n")
_FOURTH_COLUMN = re.compile(r"(?: {4}|\t)[ \t]*[>\-+*0-9<#`~_=]")


def _known_to_differ(text: str) -> bool:
    table, before = False, ""
    for line in text.split("\n"):
        bare = line.lstrip(_PREFIX)
        if "-" in line and not line.strip(_PREFIX + "|:"):
            if "|" in before and (before[:1] in tuple(_PREFIX + "#`~<") or before[:4].isspace()):
                return True
            table = True
        elif not line.strip(" \t>"):
            table = False
        elif (table and bare.startswith("<")) or _FOURTH_COLUMN.search(line):
            return True
        before = line
    return "]:" in _DEFINED_ALONE.sub("", f"\n{text}\n\n")


@given(TEXTS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_we_read_what_markdown_it_reads(text: str) -> None:
    assume(not _known_to_differ(text))
    assert differences(text) == []


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    bundle = CORPORA / "rackspace-how-to.bundle"
    if not bundle.exists():
        pytest.skip(f"no corpus at {bundle}")
    target = tmp_path_factory.mktemp("corpus") / "rackspace"
    subprocess.run(["git", "clone", "-q", str(bundle), str(target)], check=True)
    return [(path.name, _body(path)) for path in sorted(target.glob("content/**/*.md"))[::STEP]]


def _body(path: Path) -> str:
    text = path.read_bytes().decode("utf-8")
    return text.split("---", 2)[-1]


def test_we_read_real_articles_as_markdown_it_does(articles: list[tuple[str, str]]) -> None:
    assert len(articles) > 1300 // STEP
    differing = {name: found for name, body in articles if (found := differences(body))}
    assert differing == {}
    counts = {kind: sum(len(ours(body)[kind]) for _, body in articles[:100]) for kind in ours("")}
    assert min(counts["code"], counts["heading"], counts["html"], counts["link"], counts["text"]) > 50
