"""Another file has the address of a validated article.

## Why it matters

Only one of the two can be served there; the site's generator, the server or the disk decides which. So a file that nobody
vouches for can take the place of a verified article, which itself stays untouched and verified.

## Example

Beside a validated `vpn.md` a new `VPN.md` (one file on the disks of Windows and macOS; so are two spellings in Unicode), `vpn.html`,
`vpn/index.html` or `vpn/index.md`; or, where links name permalinks (`[links] by = "permalink"`), an article elsewhere with the same one.

## How to mend

Give the newer one another name or permalink, merge the two, or delete one. A site that serves both separately can switch the
rule off for those paths (`[[rules.KCS509]]` in kcs.toml); no comment in an article can.

These are not findings: articles in different languages with one permalink, articles with permalinks of their own whose paths
are alike, a README in the folder, other endings (`vpn.rst`, which many bases keep beside what is served), `vpn.html.md` beside
`vpn.md`, and what Git does not know, such as built pages. Where links go by path, permalinks are ignored: some bases give one
to all translations. A permalink is not compared with the paths of others, nor are `slug`, `url`, `aliases` and redirects: each
generator decides for itself where these lead. In a Git repository symbolic links are ignored: a review shows them for what they
are.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.states import VALIDATED
from kcs.audit.addresses import ADDRESS, NAME, PERMALINK, twins
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, FRONT_MATTER, OTHERS, PATH, Rule, Values

_SAID = {
    NAME: "has its name, to disks that do not tell case or spellings apart: there only one of the two is left",
    ADDRESS: "has its address: a site may serve that in its place",
    PERMALINK: "has its permalink: a site may serve that in its place",
}
# Where many have one permalink, each would name all others.
_MOST = 5


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each other file at its address; the article is named that somebody vouches for."""
    if page.article.confidence != VALIDATED:
        return
    for twin in page.shared(twins).get(page.path, ())[:_MOST]:
        what = "permalink" if twin.by == PERMALINK else "name"
        line = page.line_of(page.key_of("permalink")) if twin.by == PERMALINK else 1
        yield Hit(
            f"{twin.path} {_SAID[twin.by]}",
            f"give one of the two another {what}, merge them, or delete the one that nobody needs",
            line,
            subject=twin.path,
        )


RULE = Rule(check, ERROR, (PATH, FRONT_MATTER, OTHERS, FILES), ignorable=False)
