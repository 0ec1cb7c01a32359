"""National ids. A row for each scheme: its shape, its check, the
words that announce it, and whether the shape alone is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module

from kcs.patterns import later
from kcs.privacy.check_digits import luhn
from kcs.privacy.context import BEGIN, BEGUN, END
from kcs.privacy.look import Look
from kcs.tuples import NamedTuple

_NEAR = 40
_SHORT = 6


class Scheme(NamedTuple):
    """`digits`: the least number of digits that it holds in a row. `alone`: it is found without its words too.

    `check` is a module of python-stdnum with `is_valid`, or a function.

    `words`, in lower case, announce it; without one close before or after it, a match is no finding.
    """

    digits: int
    pattern: re.Pattern[str]
    words: tuple[str, ...]
    check: str | Callable[[str], bool] = ""
    alone: re.Pattern[str] | None = None

    def holds(self, shown: str) -> bool:
        """Whether the check digits are right."""
        if isinstance(self.check, str):
            return not self.check or bool(import_module(f"stdnum.{self.check}").is_valid(shown))
        return self.check(shown)


# Each names both cases of its letters: a pattern that passes over case takes four times as long to compile.
def _digits(first: str, shape: str) -> re.Pattern[str]:
    return later(rf"{first}{BEGUN}{shape}{END}")


def _letters(shape: str) -> re.Pattern[str]:
    return later(rf"{BEGIN}(?:{shape}){END}")


def _luhn(shown: str) -> bool:
    return luhn(re.sub(r"\D", "", shown))


def _egyptian(shown: str) -> bool:
    return shown[0] in "23" and 1 <= int(shown[3:5]) <= 12 and 1 <= int(shown[5:7]) <= 31


SCHEMES = (
    Scheme(  # Thailand
        13,
        _digits(r"[1-8]", r"(?:[ -]?\d){12}"),
        (
            "บัตรประชาชน",
            "เลขประจำตัว",
            "เลขบัตร",
            "ประชาชน",
            "ปชช",
            "citizen",
            "national id",
            "id card",
            "thai id",
        ),
        "th.pin",
        later(r"\d-\d{4}-\d{5}-\d{2}-\d|\d \d{4} \d{5} \d{2} \d"),
    ),
    Scheme(
        12,
        _digits(r"\d", r"\d\d ?\d{3} ?\d{3} ?\d{3}"),
        ("cccd", "căn cước", "định danh", "cmnd", "citizen id"),
        lambda s: 1 <= int(s[:3]) <= 96,
    ),
    Scheme(9, _digits(r"\d", r"\d{8}"), ("cmnd", "chứng minh")),  # Vietnam, before 2016
    Scheme(
        10,
        _digits(r"[12]", r"\d{9}"),
        ("هوية", "هويت", "إقامة", "اقامة", "iqama", "national id", "السجل المدني"),
        _luhn,
    ),  # Saudi Arabia
    Scheme(  # United Arab Emirates
        15,
        _digits(r"7", r"84-?(?:19|20)\d{2}-?\d{7}-?\d"),
        ("emirates id", "هوية", "هويت"),
        _luhn,
        later(r"784-\d{4}-\d{7}-\d|784\d{12}"),
    ),
    Scheme(
        14, _digits(r"[23]", r"\d{13}"), ("رقم قومي", "القومي", "national id", "بطاقة"), _egyptian
    ),  # Egypt
    Scheme(  # United States
        9,
        _digits(r"\d", r"\d\d[- ]?\d{2}[- ]?\d{4}"),
        ("ssn", "social security"),
        "us.ssn",
        later(r"\d{3}-\d{2}-\d{4}"),
    ),
    Scheme(9, _digits(r"9", r"\d{2}[- ]?\d{2}[- ]?\d{4}"), ("itin",), "us.itin"),
    Scheme(10, _digits(r"\d", r"\d\d[ -]?\d{3}[ -]?\d{4}"), ("nhs",), "gb.nhs"),
    Scheme(  # United Kingdom: the National Insurance number
        6,
        _letters(r"[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]"),
        ("national insurance", "nino", "ni number"),
        "",
        later(r"[A-Za-z]{2} \d\d \d\d \d\d [A-Da-d]"),
    ),
    Scheme(12, _digits(r"[2-9]", r"\d{3}[ -]?\d{4}[ -]?\d{4}"), ("aadhaar", "aadhar"), "in_.aadhaar"),
    Scheme(9, _digits(r"\d", r"\d\d[ -]?\d{3}[ -]?\d{3}"), ("social insurance", "sin"), "ca.sin"),
    Scheme(12, _digits(r"\d", r"\d{5}-?\d{2}-?\d{4}"), ("nric", "mykad"), "my.nric"),
    Scheme(
        6,
        _letters(r"[A-Za-z]{0,2}\d{6,9}"),
        ("passport", "หนังสือเดินทาง", "พาสปอร์ต", "hộ chiếu", "جواز"),
    ),
)


_LEAST = min(one.digits for one in SCHEMES)


def spans(text: str, look: Look) -> Iterator[tuple[int, int]]:
    """Where the national ids are in folded text."""
    if not look.digits(_LEAST):
        return
    most = look.most()
    for scheme in SCHEMES:
        if scheme.digits > most:
            continue
        stretches = look.numbers(scheme.digits)
        shaped = [one for stretch in stretches for one in _shaped(scheme.pattern, text, *stretch)]
        # The shape comes first: it is rare, so the words are seldom looked for.
        lowered = look.lowered if shaped else ""
        if scheme.alone is None and not any(word in lowered for word in scheme.words):
            continue
        for found in shaped:
            alone = scheme.alone is not None and scheme.alone.fullmatch(found.group())
            if (alone or _announced(scheme, lowered, found)) and scheme.holds(found.group()):
                yield found.span()


def _shaped(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What has the shape, overlapping too: other digits may stand before an id."""
    while found := pattern.search(text, start, end):
        yield found
        start = found.start() + 1


def _announced(scheme: Scheme, lowered: str, found: re.Match[str]) -> bool:
    near = (
        lowered[max(0, found.start() - _NEAR) : found.start()] + " " + lowered[found.end() : found.end() + 16]
    )
    return any(_stands(word, near) for word in scheme.words)


def _stands(word: str, near: str) -> bool:
    """Whether the word is there; short words such as `sin` only as whole words."""
    if len(word) > _SHORT or not word.isascii():
        return word in near
    return re.search(rf"(?<![a-z]){word}(?![a-z])", near) is not None
