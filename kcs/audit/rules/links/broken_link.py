"""A link inside the base leads nowhere: no article, file or folder has that name.

## Why it matters

Somebody who follows it, mid-call or late at night, gets an error page, and lacks the step it was about.

## Example

    See [reset the password](../mail/reset-pasword.md).

## How to mend

Correct it, or remove it. `kcs mv` updates every link when an article moves. Links to other sites are not checked
(`kcs urls` does that), but links by the base's own public address are, if kcs.toml names it (`[links] site`). Template
markup such as `{% link %}` or `<%= %>` is not: nobody knows yet where it leads. Pages that
the site makes itself (of folders, products, tags, or of the names in `aliases` and `redirect_from`) are known; name others
in `elsewhere`. A link from the root is checked only if its first folder is one of the base's, or another such link leads
somewhere: else it is some other part of the site, as on Microsoft Learn every link is that names no file and is not below `[links] root`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.own_addresses import at_home
from kcs.audit.page import Page
from kcs.audit.rule import FILES, OTHERS, TEXT, Parameter, Rule, Values
from kcs.audit.rules.links import found, looks_like_id, meant
from kcs.audit.rules.links.kept_elsewhere import is_kept_elsewhere
from kcs.audit.rules.links.nowhere import leads_nowhere, led_nowhere
from kcs.kb.globs import matcher


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Each link that leads nowhere."""
    elsewhere = matcher(tuple(values["elsewhere"]))
    config = page.kb.config

    def wanted(spelt: str, image: bool) -> bool:
        if image or looks_like_id(spelt) or not leads_nowhere(page, spelt):
            return False
        if elsewhere(spelt) or elsewhere(at_home(config, spelt)) or is_kept_elsewhere(page, spelt):
            return False
        return not led_nowhere(page, spelt)

    for one in found(page, wanted):
        spelt = one.link.destination
        if one.link.kind == "reference" and (not spelt or one.link.text == "//"):
            continue  # [//]: <> (a comment, as many write it)
        words = f"the link to {spelt!r} leads nowhere" if spelt else "a link without a destination"
        yield Hit(words, meant(page, at_home(config, spelt)) or _help(spelt), one.line, one.column, spelt)


def _help(spelt: str) -> str:
    scheme, colon, rest = spelt.replace("\\", "/").partition(":")
    if colon and scheme.lower() in ("http", "https"):
        return f"for another site write {scheme.lower()}://{rest.lstrip('/')}"
    host = spelt.partition("/")[0]
    if (
        "." in host.strip(".")
        and not host.startswith(".")
        and host.rpartition(".")[2].isalpha()
        and "md" not in host
    ):
        return f"for another site write https://{spelt}"
    return "spell it right, or take it out"


RULE = Rule(
    check,
    ERROR,
    (TEXT, OTHERS, FILES),
    parameters=(
        Parameter(
            "elsewhere",
            "strings",
            (),
            "Links that lead to pages the site makes itself: globs, such as `/tools/**`.",
        ),
    ),
)
