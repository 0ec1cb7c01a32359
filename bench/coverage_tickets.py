"""Tickets as customers write them, made from what no article says: an export, the base without it, and the truth.

    python -m bench.coverage_tickets BASE FOLDER --corpora CORPORA

takes articles out of a clone of BASE and makes tickets of their titles and first sentences, and of natural questions of
other people (never of a sentence that is still in the base), each with what mails have: typing errors, dropped words,
greetings, signatures, quoted history. All of it by one seed. FOLDER then holds `kb`, `tickets.csv` and `truth.csv`.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bench.judged import NATURAL, load

_GREETINGS = {
    "en": ("Hi,", "Hello team,", "Dear support,", "Good morning,"),
    "th": ("สวัสดีครับ", "สวัสดีค่ะ"),
    "vi": ("Xin chào,", "Chào anh chị,"),
    "ar": ("السلام عليكم", "مرحبا،"),
}
_CLOSINGS = {
    "en": ("Thanks,\nJo", "Best regards\nA. Smith", ""),
    "th": ("ขอบคุณครับ", ""),
    "vi": ("Cảm ơn", ""),
    "ar": ("شكرا", ""),
}
_QUOTED = "\n\nOn Mon, 3 Aug 2026 at 10:02, Support <support@example.com> wrote:\n> Thank you for your message.\n> We will look into it and come back to you soon.\n"
_END = datetime(2026, 11, 20)
_DAYS = 180
_HEADER = (
    "ID",
    "Subject",
    "Description",
    "Requester",
    "Created at",
    "Solved at",
    "Via",
    "Product",
    "Handle time (min)",
)


class Ask(NamedTuple):
    """What one ticket is made of."""

    topic: str
    language: str
    product: str
    subject: str
    text: str


def asks(root: Path, held: list[str], corpora: Path, draw: random.Random) -> Iterator[Ask]:
    """All of them, in order. A few things are asked often, most hardly ever."""
    for rank, path in enumerate(held, 1):
        title, sentence = _words_of(root / path)
        for number in range(max(1, round(40 / rank**0.7))):
            subject = title if number % 2 == 0 or not sentence else ""
            yield Ask(path, "en", path.split("/")[1], subject, sentence or title)
    for one in load(corpora, "wild-mixed").questions:
        if one.group in NATURAL["wild-mixed"] and draw.random() < 0.4:
            yield Ask(one.topic, one.group[:2], "", one.text if draw.random() < 0.5 else "", one.text)


def _words_of(file: Path) -> tuple[str, str]:
    """An article's title and its first sentence."""
    text = file.read_text("utf-8", "replace")
    title = re.search(r"^title:\s*['\"]?(.*?)['\"]?\s*$", text, re.MULTILINE)
    body = text.split("\n---\n", 1)[-1]
    plain = (re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", one) for one in body.split("\n\n"))
    first = next((one for one in plain if re.match(r"\s*[A-Z][^#|{}<>]{40,}", one)), "")
    return (title[1] if title else file.stem), " ".join(re.split(r"(?<=[.!?])\s", first.strip())[0].split())


def noisy(text: str, draw: random.Random) -> str:
    """With a typing error in three of ten, a word less in two of ten."""
    words = text.split(" ")
    if len(words) > 4 and draw.random() < 0.2:
        del words[draw.randrange(len(words))]
    if draw.random() < 0.3:
        place = max(range(len(words)), key=lambda one: (len(words[one]), one))
        words[place] = mistyped(words[place], draw)
    return " ".join(words)


def mistyped(word: str, draw: random.Random) -> str:
    """With a letter less, twice, or exchanged with the next; a word of three letters as it is."""
    if len(word) < 4:
        return word
    at = draw.randrange(1, len(word) - 2)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        )
    )


def mail(ask: Ask, draw: random.Random) -> tuple[str, str]:
    """Subject and body."""
    text = noisy(ask.text, draw)
    subject = noisy(ask.subject, draw) if ask.subject else " ".join(text.split()[:8])
    if draw.random() < 0.2:
        subject = f"Re: {subject}"
    greeting = draw.choice(_GREETINGS[ask.language]) + "\n\n" if draw.random() < 0.7 else ""
    closing = "\n\n" + draw.choice(_CLOSINGS[ask.language])
    return subject, greeting + text + closing + (_QUOTED if draw.random() < 0.25 else "")


def main() -> int:
    """Make all three."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("base", type=Path)
    options.add_argument("folder", type=Path)
    options.add_argument("--corpora", type=Path, required=True)
    options.add_argument("--hold", type=int, default=120, help="how many articles are taken out")
    given = options.parse_args()
    draw = random.Random(6)
    root = given.folder / "kb"
    subprocess.run(["git", "clone", "--quiet", str(given.base), str(root)], check=True)
    there = [one.relative_to(root).as_posix() for one in sorted(root.glob("content/**/*.md"))]
    held = draw.sample([one for one in there if "/index.md" not in one and "retired" not in one], given.hold)
    rows = []
    for ask in asks(root, held, given.corpora, draw):
        subject, text = mail(ask, draw)
        # Two thirds of what one article is about is asked in the last two months: there is a trend to see.
        days = draw.randrange(60) if draw.random() < 0.66 else draw.randrange(60, _DAYS)
        when = _END - timedelta(days=days, minutes=draw.randrange(1440))
        minutes = max(2, round(draw.lognormvariate(2.5, 0.7)))
        rows.append(
            (
                ask.topic,
                (
                    subject,
                    text,
                    "Jo Doe",
                    f"{when:%Y-%m-%d %H:%M}",
                    f"{when + timedelta(hours=5):%Y-%m-%d %H:%M}",
                    "Mail",
                    ask.product,
                    minutes,
                ),
            )
        )
    draw.shuffle(rows)
    with (given.folder / "tickets.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(_HEADER)
        writer.writerows((number, *row) for number, (_, row) in enumerate(rows, 1000))
    with (given.folder / "truth.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows((f"ZD-{number}", topic) for number, (topic, _) in enumerate(rows, 1000))
    for path in held:
        (root / path).unlink()
    subprocess.run(
        ["git", "-C", str(root), "commit", "--quiet", "--all", "-m", "Hold articles back"], check=True
    )
    print(
        f"{len(rows):,} tickets about {len({topic for topic, _ in rows}):,} things; {len(held)} articles are held back"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
