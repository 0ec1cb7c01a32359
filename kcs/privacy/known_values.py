"""What the ticket's fields name, wherever the text repeats
it: whole, and parts of a name if they look like a name there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kcs.privacy.finding import Kind, Known
from kcs.privacy.fold import fold
from kcs.privacy.name_letters import ANY_MARKS, NameLetters, joined, spellings

_TITLE = (
    r"(?:\b(?:mr|mrs|ms|miss|mx|dr|khun|k|p')\.? ?|คุณ ?|นาย|นางสาว|นาง|น\.ส\. ?|พี่|น้อง"
    r"|\b(?:anh|chị|em|cô|chú|bác|ông|bà|bạn) |(?:السيدة|السيد|الأستاذة|الأستاذ|أستاذ|الأخت|الأخ|أخت|أخ|يا) )"
)
_LONG = 3
# Where a word begins and ends: a `_` that no letter stands at emphasises.
_BEGIN, _END = r"(?<![^\W_])(?<![^\W_]_)(?<![^\W_]__)", r"(?![^\W_]|_{1,2}[^\W_])"
# What programs put around a name: Outlook its quotes, a company the department.
_AROUND = re.compile(r"\s*[(\[][^()\[\]]*[)\]]|(?<!\w)['\"]|['\"](?!\w)")
# As companies spell addresses, and the names of users after them: `jane.doe`.
_USER = re.compile(r"(?=.{4})[^\W\d_]+\.[^\W\d_]+\d{0,4}")


def spans(text: str, known: Known) -> Iterator[tuple[Kind, int, int]]:
    """Where the known values are in folded text."""
    letters = NameLetters(text)
    for name in known.names:
        for start, end in _name(text, name, letters):
            yield Kind.NAME, start, end
    for user in _users(known.mails):
        yield from ((Kind.NAME, *found.span()) for found in user.finditer(text))
    for kind, values in ((Kind.EMAIL, known.mails), (Kind.PHONE, known.phones)):
        for pattern in _literals(values, kind):
            for found in pattern.finditer(text):
                yield kind, *found.span()


def _users(mails: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for mail in mails:
        user = fold(mail).partition("@")[0]
        if _USER.fullmatch(user):
            yield re.compile(rf"(?<![\w.]){re.escape(user)}(?![\w@]|\.\w)", re.IGNORECASE)


def _literals(values: Iterable[str], kind: Kind) -> Iterator[re.Pattern[str]]:
    for value in values:
        if kind is Kind.PHONE:
            digits = re.sub(r"\D", "", fold(value))
            if len(digits) >= 6:
                yield re.compile(r"(?<!\d)\+?" + r"[ ()./-]{0,3}".join(digits) + r"(?!\d)")
        elif len(value) >= _LONG:
            yield re.compile(rf"(?<!\w){re.escape(fold(value))}(?!\w)", re.IGNORECASE)


def _name(text: str, name: str, letters: NameLetters) -> Iterator[tuple[int, int]]:
    name = " ".join(fold(name).split())
    name = joined(" ".join((_AROUND.sub("", name) or name).split()))
    parts = [part for part in re.split(r"[\s,]+", name) if part.strip(".")]
    if sum(map(len, parts)) < _LONG:
        return
    # Several words in a row are a name however they are written; `Doe, Jane` signs as Jane Doe.
    last, _, first = name.partition(", ")
    for whole in (name, f"{first} {last}") if first else (name,):
        yield from _spans(_within(name, letters.pattern(whole, whole=len(parts) > 1), re.IGNORECASE), text)
    for part in parts:
        # "Will", "Mark" and "An" are words too: a part alone counts
        # only if it is written like a name, or follows a title.
        if len(part) >= _LONG and (
            name.islower() or not part.islower()
        ):  # `bin` of Ahmed bin Salman is a word
            for spelt in spellings(part):
                yield from _spans(_within(part, letters.pattern(spelt, whole=False)), text)
        titled = re.compile(f"{_TITLE}({letters.pattern(part, whole=False)}){_edge(part)}", re.IGNORECASE)
        yield from (found.span(1) for found in titled.finditer(text))


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in pattern.finditer(text))


def _within(name: str, words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """`words`: the name as a pattern."""
    if _unspaced(name):
        return re.compile(words, flags)
    # Arabic writes "and", "for" and "with" as a letter before the name.
    before = rf"{_BEGIN}(?:[وبلف](?=(?:\w{ANY_MARKS}){{3}}))?" if _arabic(name) else _BEGIN
    return re.compile(before + words + _edge(name), flags)


def _edge(name: str) -> str:
    return "" if _unspaced(name) else _END


def _unspaced(name: str) -> bool:
    """Whether the script writes no blanks between words: Thai."""
    return any("\u0e00" <= sign <= "\u0e7f" for sign in name)


def _arabic(name: str) -> bool:
    return any("\u0600" <= sign <= "\u06ff" for sign in name)
