"""Mail addresses, in any script, and the common ways of hiding one from robots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.patterns import later
from kcs.privacy.look import Look, just_before, matches, places

# The vowels and tones above and below Thai letters, which `re` does not count as part of a word.
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# Bounded on both sides: an unbounded local part before a missing `@` costs quadratic time.
_MAIL = later(
    r"(?<![A-Za-z0-9_.+%@-])[\w.+%'-]{1,64}(?:@|%40|\s?[\[(](?:at|@)[\])]\s?)"
    rf"(?:[^\W_](?:[\w{_MARKS}-]{{0,61}}(?:[^\W_]|[{_MARKS}]))?(?:\.|\s?[\[(]dot[\])]\s?)){{1,5}}"
    r"(?:[a-z]{2,18}(?![a-z0-9@]|_[a-z0-9])|[^\W\d_]{2,18}(?![\w@]))",
    re.IGNORECASE,
)
# Every address holds one of these, at most so many characters from its start; the last as links write it.
_SIGNS = ("@", "at)", "at]", "%40")
_BEFORE = 70
# What may be beside the `@`, other than letters and digits.
_LEFT, _RIGHT = "_.+%'-([", ")]"
# By standard; and the companies that Microsoft invented, in whose name much is written about its products. Of
# those less known only the addresses that Microsoft uses: real companies have such names elsewhere
# (adatum.hr).
_RESERVED = later(
    r"(?:@|%40)(?:[\w-]+\.)*(?:example(?:\.(?:com|org|net))?|test|invalid|localhost"
    r"|(?:contoso|fabrikam|northwindtraders|adventure-works)(?:\.(?:co|com|onmicrosoft))?\.[a-z]+"
    r"|(?:adventureworks|adatum|alpineskihouse|cohovineyard|cohowinery|fourthcoffee|litware(?:inc)?"
    r"|lucernepublishing|margiestravel|proseware|relecloud|tailspintoys|treyresearch|wideworldimporters|wingtiptoys|woodgrovebank)"
    r"(?:\.onmicrosoft)?\.(?:com|net))$",
    re.IGNORECASE,
)
# `photo@odata.type`: how OData, in which Microsoft's and SAP's services answer, annotates a property.
# `jane@odata.com` is a person.
_ANNOTATION = later(
    r"@odata\.(?:bind|context|count|id|type|removed|(?:(?:media)?(?:edit|read)|delta|next|navigation|association)link"
    r"|(?:media|metadata)?etag|mediacontenttype|totalcount|community\.display\.v1\.formattedvalue)$",
    re.IGNORECASE,
)
# Thai writes no blank before an address; a dot, a quote or a mark of emphasis before it belongs to the sentence.
_GLUE = later(r"^(?:[^@]*[\u0e00-\u0e7f](?=[A-Za-z0-9]))?[._']*")
_ROLE_WORDS = (
    "abuse accounts admin billing careers contact feedback hello help helpdesk hostmaster info it jobs marketing"
    " noreply no-reply donotreply do-not-reply office postmaster press privacy root sales security service"
    " services support team user username you your-name yourname name someone webmaster"
)
_ROLES = frozenset(_ROLE_WORDS.split())
# Of two addresses with a `/` between them, the first.
_LISTED = later(r"(?:^|[\s(<,;:])[^\s/@]{1,64}@[^\s/@]{1,64}/$")
_LONGEST = 140
# `logo@2x.png`, `react@next.js`, `getty@tty1.service`: a file, whatever comes before the `@`.
_FILE_ENDINGS = (
    "png jpg jpeg gif svg webp css js ts json yaml yml html tgz log conf plist"
    " service socket timer target mount slice"
)
# What registries of packages call a version, which no domain ends in: `preact@next.beta`. Some do in `.next`.
_RELEASES = "alpha beta canary latest lts nightly preview rc snapshot stable"
_FILES = frozenset(f"{_FILE_ENDINGS} {_RELEASES}".split())


def spans(text: str, look: Look, *, examples: bool) -> Iterator[tuple[int, int]]:
    """Where the addresses are in folded text; without `examples`, reserved and role addresses are skipped."""
    for found in matches(_MAIL, text, just_before(_joining(text, look), _BEFORE)):
        address = found.group()
        if address.rpartition(".")[2].lower() in _FILES or _is_remote(text, found.start(), found.end()):
            continue
        if "@" in address and (
            _is_in_path(text, found.start(), examples=examples) or _ANNOTATION.search(address)
        ):
            continue
        whose = address.replace("%40", "@").partition("@")[0]
        if not examples and (_RESERVED.search(address) or whose.lower() in _ROLES):
            continue
        yield found.start() + len(address) - len(_GLUE.sub("", address)), found.end()


def _is_in_path(text: str, start: int, *, examples: bool) -> bool:
    """Whether it is a part of a path, which articles show.
    A requestor's log names people there: `/v1.0/users/bob@acme.com`.
    """
    if text[start - 1 : start] != "/" or (examples and text[start - 2 : start] != "//"):
        return False
    return not _LISTED.search(text, max(0, start - _LONGEST), start)


def _joining(text: str, look: Look) -> Iterator[int]:
    """The characters that may join two parts of an address: an `@` with nothing to its left or right joins none."""
    for at in places(look.lowered, _SIGNS):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if text[at] != "@" or (
            (before.isalnum() or before in _LEFT)
            and (after.isalnum() or after in _RIGHT)
            and before
            and after
        ):
            yield at


def _is_remote(text: str, start: int, end: int) -> bool:
    # git@github.com:acme/app.git and ssh://git@host/...: a machine's account, not a person's address.
    return text[start : start + 4].lower() == "git@" and text[end : end + 1] in (":", "/")
