"""Flags as text and as JSON: put up, taken away, listed; and a verification taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.render.asking import asked
from kcs.render.terminal import committed, for_eyes, note, safe, say, table, write_json

if TYPE_CHECKING:
    from kcs.article.stamps import Flag
    from kcs.authoring.flag import Flagged
    from kcs.authoring.unverify import Unverified
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


def flags_text(found: Sequence[tuple[Article, Flag]]) -> None:
    """Open flags for people; in a pipe: article, number, reason, day, who, section, note, separated by tabs."""
    rows = [
        (one.name, str(flag.index + 1), flag.reason, flag.at, flag.by, flag.section, flag.note)
        for one, flag in found
    ]
    if rows:
        headers = ("Article", "No.", "Reason", "Since", "By", "Section", "Note")
        table(headers, rows, ("cyan", "dim", "yellow", "dim", "", "", ""))
    if for_eyes() or not rows:
        blocking = sum(flag.blocking for _, flag in found)
        note(
            f"{counted(len(found), 'open flag')}, {counted(blocking, 'of them takes', 'of them take')} trust away"
        )


def flags_json(action: str, found: Sequence[tuple[Article, Flag]], commit: str | None = None) -> None:
    """`kcs.flag/1`. `action`: list, flag or resolve; the flags are those listed, put up or taken away."""
    flags = [flag_json(article, flag) for article, flag in found]
    write_json("kcs.flag/1", {"action": action, "flags": flags, "commit": commit})


def flag_json(article: Article, flag: Flag) -> dict[str, Any]:
    """One flag with its article."""
    return {
        "id": article.id or None,
        "path": article.path,
        "title": article.title,
        "number": flag.index + 1,
        "by": flag.by,
        "at": flag.at,
        "reason": flag.reason,
        "blocking": flag.blocking,
        "section": flag.section or None,
        "note": flag.note,
    }


def ask_which(article: Article) -> int:
    """The number of one of several flags, asked on a terminal. UsageProblem if there is none to ask."""
    from kcs.errors import UsageProblem
    from kcs.render.terminal import can_ask

    lines = [f"{one.index + 1}  {one.reason}  {one.note}" for one in article.flags]
    if not can_ask():
        raise UsageProblem(
            f"{article.name} has {len(lines)} flags",
            hint="give a number, or --all:" + "".join(f"\n       {safe(line)}" for line in lines),
        )
    for line in lines:
        say(line)
    numbers = [str(one.index + 1) for one in article.flags]
    while (typed := asked("Which one is resolved? ")) not in (None, ""):
        if typed in numbers:
            return int(typed)
    raise UsageProblem("no flag named; nothing was written")


def ask_what(title: str, reason: str, why: str) -> tuple[str, str]:
    """The reason of a flag and what was seen, asked on a terminal where not given. UsageProblem if neither comes."""
    from kcs.article.stamps import FLAG_REASONS
    from kcs.errors import UsageProblem

    say(title)
    while not reason and (typed := asked(f"What is it? [{'/'.join(FLAG_REASONS)}] ")):
        fits = [one for one in FLAG_REASONS if one.startswith(typed.lower())]
        reason = fits[0] if len(fits) == 1 else ""
    if reason and not why:
        why = asked("What did you see, in a few words? [Enter leaves it] ") or ""
    if not (reason and why):
        raise UsageProblem(f"no {'words' if reason else 'reason'} given; nothing was written")
    return reason, why


def flagged_text(kb: KnowledgeBase, done: Flagged) -> None:
    """What was said, and what follows from it."""
    from kcs.authoring.entitled import entitled_people

    flag = done.flags[0]
    where = f" in {flag.section}" if flag.section else ""
    say(f"{done.article.name}: flagged as {flag.reason}{where} by {flag.by.removeprefix('human:')}")
    if flag.blocking:
        say(f"It is not trusted until that is resolved. Who may verify it will see it: "
            f"{entitled_people(kb, done.article)}")  # fmt: skip
    committed(done.commit)


def resolved_text(kb: KnowledgeBase, done: Flagged) -> None:
    """What is no longer said."""
    for flag in done.flags:
        say(f"{done.article.name}: resolved: {flag.reason}, {flag.note}")
    verdict = kb.judge.verdicts([done.after])[done.after.path]
    reasons = ", ".join(verdict.reasons)
    say(f"{done.article.name}: {f'not trusted: {reasons}' if reasons else 'trusted'}")
    committed(done.commit)


def unverified_text(kb: KnowledgeBase, done: Unverified) -> None:
    """What was taken back, and who will see it."""
    from kcs.authoring.entitled import entitled_people

    name = done.article.name
    if done.stamps:
        count = "its stamp" if done.stamps == 1 else f"all {done.stamps} stamps"
        say(f"{name}: {count} taken back, flagged as {done.flag.reason}")
    else:
        say(f"{name}: there was no stamp to take back; flagged as {done.flag.reason}")
    if done.date_stays:
        say(f"{done.date_stays} stays as it is; the flag takes the trust away")
    say(f"It is not trusted until somebody verifies it again: {entitled_people(kb, done.article)}")
    committed(done.commit)


def unverified_json(kb: KnowledgeBase, done: Unverified) -> None:
    """`kcs.unverify/1`."""
    verdict = kb.judge.verdicts([done.after])[done.after.path]
    write_json(
        "kcs.unverify/1",
        {
            "id": done.article.id or None,
            "path": done.article.path,
            "stamps_removed": done.stamps,
            "flag": flag_json(done.after, done.flag),
            "trusted": verdict.trusted,
            "reasons": list(verdict.reasons),
            "commit": done.commit,
        },
    )
