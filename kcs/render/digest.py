"""Who did what: as lines, as Markdown for a message, and as kcs.digest/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.render.markdown import plain
from kcs.render.terminal import for_eyes, note, say, table, write_json

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.teamwork.digest import Digest

CAUTION = "in alphabetical order, and not a measure of anybody: set no goals on activities"
_DEEDS = {
    "wrote": "wrote",
    "improved": "improved",
    "verified": "verified",
    "resolved": "resolved a flag of",
    "flagged": "flagged",
    "linked": "linked to a ticket",
    "reviewed": "reviewed a call",
}
# Per person and deed; a migration touches a thousand.
_MOST = 10
_OTHERS = "and others"


def digest_text(digest: Digest) -> None:
    """A block per person; in a pipe: name, what they did, article, title, separated by tabs."""
    if not for_eyes():
        table(
            (),
            [
                (one.name, what, article.name, _title(article))
                for one in digest.people
                for what, articles in one.deeds.items()
                for article in articles
            ],
        )
    else:
        for one in digest.people:
            say(one.name, "bold")
            for what, articles in one.deeds.items():
                for article in articles[:_MOST]:
                    say(f"    {_DEEDS[what]}: {_title(article)} ({article.name})")
                if len(articles) > _MOST:
                    say(f"    {_DEEDS[what]}: {_OTHERS} (--format json names all)", "dim")
    if not digest.people:
        note(f"nothing was committed or linked between {digest.since} and {digest.until}")
    _noted(digest)


def digest_markdown(digest: Digest) -> None:
    """A message that says thank you."""
    lines = [f"# What we did for our knowledge, {digest.since} to {digest.until}"]
    for one in digest.people:
        lines += ["", f"## {plain(one.name)}", ""]
        for what, articles in one.deeds.items():
            titles = [f"*{plain(_title(article))}*" for article in articles[:_MOST]]
            titles += [_OTHERS] if len(articles) > _MOST else []
            lines.append(f"- {_DEEDS[what]}: {', '.join(titles)}")
    lines += ["", f"({CAUTION})"]
    print("\n".join(lines))
    for line in digest.notes:
        note(f"kcs: {line}")


def digest_json(digest: Digest) -> None:
    """`kcs.digest/1`."""
    write_json(
        "kcs.digest/1",
        {
            "since": digest.since.isoformat(),
            "until": digest.until.isoformat(),
            "people": [
                {
                    "person": one.person,
                    "name": one.name,
                    "deeds": [
                        {"what": what, "id": article.id or None, "path": article.path, "title": article.title}
                        for what, articles in one.deeds.items()
                        for article in articles
                    ],
                }
                for one in digest.people
            ],
            "notes": list(digest.notes),
            "caution": CAUTION,
        },
    )


def _title(article: Article) -> str:
    return " ".join(article.title.split()) or article.path


def _noted(digest: Digest) -> None:
    for line in digest.notes:
        note(f"kcs: {line}")
    if digest.people:
        note(CAUTION)
