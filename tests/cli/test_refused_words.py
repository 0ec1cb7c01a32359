"""Words that do not go together, or mean nothing here: refused in a sentence, and nothing is written or printed."""

from __future__ import annotations

import pytest

from tests.conftest import Base, Run

PATH = "articles/email/outlook.md"
ZO = {"name": "Zo", "email": "zo@acme.example"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("flag", PATH, "--all", "--reason", "wrong", "-m", "x"), "--all is for --resolve"),
        (("flag", PATH, "--resolve", "--reason", "wrong"), "--reason is for a new flag"),
        (("flag", PATH, "--reason", "wrong", "--reason", "unsafe", "-m", "x"), "a flag has one reason"),
        (("state", PATH, "archived", "-m", "retired"), "-m is for the commit's message, and nothing is committed"),
        (("state", "vpn", "drops", "archived"), "words of a title are one argument here: 'vpn drops'"),
        (("verify", PATH, "drops", "--yes"), "'drops' is no id and no path, and one of several"),
        (("unverify", PATH), "taking a verification back needs a reason, and why in a few words"),
        (("unverify", PATH, "--reason", "style", "-m", "too long"), f"kcs flag {PATH} --reason style -m 'too long' says it"),
        (("state", "vpn.md"), "kcs state vpn.md STATE; states: work-in-progress, not-validated,"),
        (("state", "validated"), "kcs state ARTICLE STATE; states:"),
        (("link", "kb-vpn00001"), "kcs link kb-vpn00001 TICKET\n"),
        (("mv", PATH, "articles/new.md", "-m", "renamed"), "-m is for the commit's message"),
        (("archive", PATH, "-m", "retired", "--no-commit"), "-m is for the commit's message"),
        (("edit", PATH, "-m", "typo"), "-m is for the commit's message"),
        (("flag", PATH, "--resolve", "-m", "mended"), "-m is for the commit's message"),
        (("gaps", "--draft", "1", "--limit", "3"), "--limit is for the list, and --draft N says how many itself"),
        (("report", "--output", "articles/new.md"), "that is part of the knowledge base"),
        (("areas", "--outside", "--check"), "--check is about owners, --outside about articles in no area"),
        (("areas", "--across", "--matrix"), "--across is about teams"),
        (("gaps", "--product", "mail"), "--product is for --recurring"),
        (("gaps", "--dry-run"), "--dry-run is for --draft N"),
        (("show", PATH, "--section", "Issue"), "--section and --internal are for --copy"),
        (("search", "outlook", "--explain", "--format", "json"), "--explain is for people"),
        (("search", "outlook", "--any", "--all"), "--any and --all are opposites"),
        (("search", "outlook", "-0", "--format", "json"), "-0 gives ids, --format json does not"),
        (("queue", "--commit"), "--commit is for --review"),
        (("list", "--at", "HEAD", "--as-of", "2026-05-01"), "give --at or --as-of, not both"),
        (("list", "--at", "1999-01-01"), "no commit on this branch is as old as 1999-01-01"),
        (("list", "--at", "2026-04-30"), "git log --first-parent --reverse shows the first"),
        (("audit", "--format", "json", "--format=tsv"), "--format is given twice, and stdout has one"),
        (("audit", "--output", "srif:a.sarif"), "did you mean 'sarif'?; a file of that name is ./srif:a.sarif"),
        (("audit", "--allow-growth"), "--allow-growth is for --write-baseline"),
        (("state", PATH, "splendid"), "'splendid' is not a state"),
        (("verify", PATH, "--for", "7d", "--force"), "a stamp of human:zo does not count, so it sets no due day"),
        (("new", "One", "--translation-of", PATH), "--translation-of needs a --language"),
        (("new", "--from", ".git"), "is a folder, and an article starts from one ticket"),
        (("pairs", "status", "--round", "2026-11-03"), "no round began on 2026-11-03"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)  # fmt: skip
def test_what_does_not_go_together(native: Base, quick: Run, words: tuple[str, ...], said: str) -> None:
    done = quick(*words, cwd=native.root, who=ZO)
    assert (done.code, done.out) == (2, "") and said in done.err, done
    assert native.git("status", "--short") == ""
