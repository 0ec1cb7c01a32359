"""Something in the article identifies a person, or is a working key or password.

## Why it matters

Articles are read by everybody they are for, copied, and kept by Git for ever. What a requestor wrote in a ticket was not meant
for that, and a token that was shown once has to be replaced. To archive an article changes none of that.

## Example

    The customer, nguyen.van.a@firm.vn, pays with 4539 1488 0343 6467.

## How to mend

Leave it out; a placeholder does as well (`[email]`, `user@example.com`). `--fix --unsafe-fixes` puts placeholders in, except in
title, description and the notes of verifications, flags and approvals, which are looked at as well. What is in Git's history stays there: replace the key. Mail addresses, phone numbers, payment cards,
IBANs, national ids, keys and passwords are looked for; addresses made for examples, of a role, or of the company (a hotline, a
team's mailbox) are ignored. `allowed` in kcs.toml lists more of those, as globs (`*@acme.example`); `kinds` says which kinds to
look for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kcs.article.stamps import entries_of
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEXT, Parameter, Rule, Values
from kcs.audit.rules.safety import Places
from kcs.audit.rules.safety.kept import Kept
from kcs.kb.globs import matcher
from kcs.privacy import Finding, Kind, find, mask

_SAID = {
    Kind.SECRET: "a key or password",
    Kind.EMAIL: "a mail address",
    Kind.IBAN: "an IBAN",
    Kind.CARD: "a payment card's number",
    Kind.NATIONAL_ID: "a national id",
    Kind.PHONE: "a phone number",
    Kind.NAME: "a name",
}
_CODE = "KCS301"
_KINDS = tuple(kind.value for kind in Kind if kind is not Kind.NAME)


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Each value once, where it first stands; those of which as little may be shown are told apart by their number."""
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    for value, hit in _each(page, values):
        alike = numbers[hit.subject]
        number = alike.setdefault(value, len(alike) + 1)
        yield hit._replace(subject=f"{hit.subject} {number}") if number > 1 else hit


def _each(page: Page, values: Values) -> Iterator[tuple[str, Hit]]:
    """Each value, and where it is told: in lines that are silenced, and in the first one that is not."""
    found, told = _found(page, values["kinds"], values["allowed"]), set()
    places = Places(page) if found else None
    for one in found:
        if one.text not in told and places:
            line, column = places.of(one.start)
            if not _silent(page, line):
                told.add(one.text)
            yield one.text, _hit(one, line, column)
    for key, text in _in_front_matter(page):
        for one in _wanted(text, _looked(page, text), values["kinds"], values["allowed"]):
            if one.text not in told:
                told.add(one.text)
                yield one.text, _hit(one, page.line_of(key), None)._replace(fixable=False)


def _silent(page: Page, line: int) -> bool:
    """Whether a comment says that what stands in this line may stand
    there; not elsewhere, unless it holds for the whole article.
    """
    return any(one.covers(_CODE, line) for one in page.ignores)


def _hit(one: Finding, line: int | None, column: int | None) -> Hit:
    shown = mask(one)
    words = f"{_SAID[one.kind]} ({shown})" if shown.strip("…") else _SAID[one.kind]
    return Hit(words, f"leave it out, or write [{one.kind}]", line, column, f"{one.kind} {shown}")


def _in_front_matter(page: Page) -> Iterator[tuple[str, str]]:
    """Keys, and the words that somebody wrote there."""
    for key in map(page.key_of, ("title", "description")):
        if isinstance(text := page.meta.get(key), str):
            yield key, text
    for key in ("verified", "flags", "approved"):
        notes = [
            note for entry in entries_of(page.meta.get(key)) if isinstance(note := entry.get("note"), str)
        ]
        if notes:
            yield key, "\n".join(notes)


def _looked(page: Page, text: str) -> list[Finding]:
    return find(text, examples=False, language=page.article.settings.language)


def _found(page: Page, kinds: Sequence[str], allowed: Sequence[str]) -> list[Finding]:
    return _wanted(page.text, page.shared(Kept).found(page), kinds, allowed)


def _wanted(
    text: str, found: Sequence[Finding], kinds: Sequence[str], allowed: Sequence[str]
) -> list[Finding]:
    if not found:
        return []
    from kcs.audit.rules.safety.likely import MANY_PHONES, likely

    fine = matcher(tuple(map(_for_globs, allowed)))
    house = len({one.text for one in found if one.kind is Kind.PHONE}) >= MANY_PHONES
    return [
        one
        for one in found
        if one.kind in kinds
        and not (house and one.kind is Kind.PHONE)
        and not fine(_for_globs(one.text))
        and likely(text, one)
    ]


def _for_globs(text: str) -> str:
    """In small letters, and without the sign that globs take for the end of a folder."""
    return text.casefold().replace("/", "")


def _redacted(page: Page, raw: bytes, hits: list[Hit]) -> bytes:
    """The file with placeholders for what the hits are about, wherever it stands and no comment lets it stand."""
    from kcs.article.body_splice import splice_body

    # By their places: a subject shows too little to tell one value from another, which may be allowed.
    wanted, places = {(hit.line, hit.column) for hit in hits}, Places(page)
    found = page.shared(Kept).found(page)
    values = {one.text for one in found if places.of(one.start) in wanted}
    loud = [one for one in found if one.text in values and not _silent(page, places.of(one.start)[0])]
    return splice_body(raw, [(one.start, one.end, f"[{one.kind}]") for one in loud])


RULE = Rule(
    check,
    WARNING,
    (FRONT_MATTER, TEXT),
    archived=True,
    parameters=(
        Parameter(
            "allowed", "strings", (), "Values that may stand in articles: globs such as `*@acme.example`."
        ),
        Parameter("kinds", "strings", _KINDS, "The kinds to look for.", _KINDS),
    ),
    fix=_redacted,
    unsafe=True,
)
