"""Runs every detector over one text, and decides which finding stays if two claim the same characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kcs.foreign import foreign
from kcs.privacy.finding import Finding, Kind, Known
from kcs.privacy.fold import fold
from kcs.privacy.look import Look

# Signs without a width: where a word may be cut or must not be, and which way it is written.
_UNSEEN = frozenset(
    map(chr, (0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF))
)  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(Kind)}


def find(
    text: str,
    *,
    known: Known | None = None,
    region: str | None = None,
    language: str = "",
    examples: bool = True,
) -> list[Finding]:
    """What is personal in `text`, by place, without overlaps.

    `region` (ISO 3166, such as `TH`) and `language` (BCP 47) say which national ways of writing a phone number to
    try first; international ones are found everywhere. `examples=False` passes over what is reserved for
    documentation and mail addresses of a role (`support@`): right for articles, not for what a requestor sent.
    """
    spans = _spans(fold(text), known, region, language, examples=examples)
    if not _UNSEEN.isdisjoint(foreign(text)):
        # Chats and editors put them into long words, and so cut addresses in two.
        seen = [at for at, sign in enumerate(text) if sign not in _UNSEEN]
        shown = fold("".join([text[at] for at in seen]))
        spans += [
            (kind, seen[start], seen[end - 1] + 1)
            for kind, start, end in _spans(shown, known, region, language, examples=examples)
        ]
    return [Finding(kind, start, end, text[start:end]) for kind, start, end in _apart(spans)]


def _spans(
    folded: str, known: Known | None, region: str | None, language: str, *, examples: bool
) -> list[tuple[Kind, int, int]]:
    """What each detector finds in folded text."""
    from kcs.privacy import cards, ids, mails, phones, secrets

    look = Look(folded)
    spans: list[tuple[Kind, int, int]] = []
    spans += ((Kind.SECRET, *one) for one in secrets.spans(folded, look))
    spans += ((Kind.EMAIL, *one) for one in mails.spans(folded, look, examples=examples))
    if look.digit():
        spans += ((Kind.IBAN, *one) for one in cards.ibans(folded, look))
        spans += ((Kind.CARD, *one) for one in cards.cards(folded, look, examples=examples))
        spans += ((Kind.NATIONAL_ID, *one) for one in ids.spans(folded, look))
        taken = [(start, end) for kind, start, end in spans]
        spans += (
            (Kind.PHONE, *one)
            for one in phones.spans(folded, look, taken, region, language, examples=examples)
        )
    if known is not None:
        from kcs.privacy import known_values

        spans += known_values.spans(folded, known)
    return spans


def _apart(spans: Iterable[tuple[Kind, int, int]]) -> Iterator[tuple[Kind, int, int]]:
    # In order: to look at every one would take minutes for a list of all customers.
    kept: list[tuple[int, int, Kind]] = []
    for kind, start, end in sorted(spans, key=lambda one: (_RANK[one[0]], one[1] - one[2])):
        nth = bisect_left(kept, (start,))
        if not (nth and kept[nth - 1][1] > start) and not (nth < len(kept) and kept[nth][0] < end):
            kept.insert(nth, (start, end, kind))
    return ((kind, start, end) for start, end, kind in kept)
