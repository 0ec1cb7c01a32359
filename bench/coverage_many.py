"""Tickets by the million as a help desk gets them: a few things asked again and again, in a few ways, with noise.

    python -m bench.coverage_many BASE FILE --tickets 20000

Half of the things are of an article of BASE (some words of its title and text, in their order, never a whole
sentence), half no article has. Each is asked in a dozen ways, few of them often. Of the tickets two thirds
say it in such a way word for word (a form's choice, a copied error message), the others with a word left out,
words exchanged or a typing error; a third has no text of its own, the others have sentences of words as
frequent as they are in the articles, greetings, signatures and quoted mails. `--repeats 0`: nothing word for
word. All by one seed.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

_THINGS, _WAYS = 5_000, 12
_GREETINGS = ("Hi,\n\n", "Hello team,\n\n", "Dear support,\n\n", "Good morning,\n\n", "", "")
_CLOSINGS = ("\n\nThanks,\nJo", "\n\nBest regards\nA. Smith", "\n\nSent from my iPhone", "", "")
_QUOTED = (
    "\n\nOn Mon, 3 Aug 2026 at 10:02, Support <support@example.com> wrote:\n> Thank you for your message.\n"
)
_HEADER = ("id", "created_at", "subject", "description", "handle_minutes")
_WORD = re.compile(r"[^\W\d_]{2,20}")


class Words(NamedTuple):
    """`all` with sums of how often each is there; `articles`: (words of the title, words of the text) of some."""

    all: Sequence[str]
    sums: Sequence[int]
    articles: Sequence[tuple[list[str], list[str]]]


def words_of(base: Path, draw: random.Random, most: int = 4_000) -> Words:
    """Of some of its articles."""
    files = sorted(base.glob("**/*.md"))
    counts: Counter[str] = Counter()
    articles = []
    for file in draw.sample(files, min(most, len(files))):
        text = file.read_text("utf-8", "replace")
        title = re.search(r"^title:\s*['\"]?(.*?)['\"]?\s*$", text, re.MULTILINE)
        words = _WORD.findall(text.split("\n---\n", 1)[-1].lower())
        counts.update(words)
        if title and len(words) > 40 and len(named := _WORD.findall(title[1].lower())) > 2:
            articles.append((named, words))
    common = [(word, count) for word, count in sorted(counts.items()) if count > 2]
    return Words([word for word, _ in common], list(accumulate(count for _, count in common)), articles)


def ways_of(words: Words, draw: random.Random, made_up: Sequence[str]) -> Iterator[list[str]]:
    """The ways in which one thing is asked, each its words in order."""
    if draw.random() < 0.5:
        title, text = draw.choice(words.articles)
        at = draw.randrange(len(text) - 30)
        said = [*title, *text[at : at + 6]]
    else:
        said = [*draw.sample(made_up, 3), *draw.choices(words.all, cum_weights=words.sums, k=6)]
        draw.shuffle(said)
    for _ in range(_WAYS):
        kept = sorted(draw.sample(range(len(said)), min(len(said), draw.randrange(4, 9))))
        yield [said[place] for place in kept]


def varied(way: list[str], draw: random.Random) -> list[str]:
    """With a word left out, two exchanged, or a typing error."""
    found, kind, at = list(way), draw.randrange(3), draw.randrange(len(way) - 1)
    if kind == 0:
        del found[at]
    elif kind == 1:
        found[at], found[at + 1] = found[at + 1], found[at]
    else:
        word = found[at]
        cut = draw.randrange(len(word))
        found[at] = word[:cut] + word[cut + 1 :] if len(word) > 3 else word + word[-1:]
    return found


def _text(said: str, words: Words, draw: random.Random) -> str:
    """What the mail says."""
    if draw.random() < 1 / 3:
        return draw.choice(("", said, f"{said}."))
    sentences = [said]
    for _ in range(draw.randrange(1, 4)):
        sentences.append(" ".join(draw.choices(words.all, cum_weights=words.sums, k=draw.randrange(5, 14))))
    quoted = _QUOTED if draw.random() < 0.25 else ""
    return f"{draw.choice(_GREETINGS)}{'. '.join(sentences)}.{draw.choice(_CLOSINGS)}{quoted}"


def write_tickets(file: Path, number: int, words: Words, seed: int, repeats: float = 2 / 3) -> None:
    """`number` tickets in rows of our own form. The first of more are not those of fewer: each is drawn anew."""
    draw = random.Random(seed)
    made_up = [
        "".join(draw.choices("abcdefghiklmnoprstuvw", k=draw.randrange(5, 10))) for _ in range(_THINGS)
    ]
    things = [list(ways_of(words, draw, made_up)) for _ in range(_THINGS)]
    often = list(accumulate(1 / (rank + 1) ** 0.8 for rank in range(_THINGS)))
    usual = list(accumulate(1 / (rank + 1) for rank in range(_WAYS)))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        for place in range(number):
            way = draw.choices(draw.choices(things, cum_weights=often)[0], cum_weights=usual)[0]
            said = " ".join(way if draw.random() < repeats else varied(way, draw))
            subject = f"Re: {said}" if draw.random() < 0.15 else said
            when = f"2026-{draw.randrange(1, 12):02}-{draw.randrange(1, 28):02}T10:00:00Z"
            writer.writerow([f"T-{place}", when, subject, _text(said, words, draw), draw.randrange(1, 60)])


def main() -> int:
    """Make them."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("base", type=Path)
    options.add_argument("file", type=Path)
    options.add_argument("--tickets", type=int, default=20_000)
    options.add_argument("--repeats", type=float, default=2 / 3)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    words = words_of(given.base, random.Random(given.seed))
    write_tickets(given.file, given.tickets, words, given.seed, given.repeats)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
