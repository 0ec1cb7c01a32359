"""The link destinations of all articles, as spelt: each text is parsed once for everything derived from its links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from kcs.article.body import is_template, parse
from kcs.authoring.adopt.survey import Candidate
from kcs.kb.destinations import split_anchor

# A text with none of these has no link inside the site, and need not be parsed.
_LINKED = re.compile(
    r"""[(<"':]\s*~?/[^/\s]|\]\(\s*<?\.{0,2}/?(?!\w+:|[/#<{])[^)\s]|(?:\]:\s|href=["'])(?!\w+:|[/#<{])"""
)


def written_links(articles: Iterable[Candidate]) -> dict[str, list[str]]:
    """Path of the article -> the destinations of its links and images, as often as they are written, without anchors.

    Destinations that a template fills in are left out, and those that are only an anchor.
    """
    return {
        one.path: [
            spelt
            for destination, _ in parse(one.document.body).destinations
            if (spelt := unquote(split_anchor(destination)[0])) and not is_template(spelt)
        ]
        for one in articles
        if _LINKED.search(one.document.body)
    }
