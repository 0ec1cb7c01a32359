"""kcs list: what is listed, in which order, and what a pipe and a program get."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from kcs.cli.main import app
from tests.conftest import DATED, KCS_TOML, Base, Run

pytestmark = pytest.mark.usefixtures("in_kcs_env")


def article(*lines: str, body: str = "Text.\n") -> str:
    return "\n".join(["---", *lines, "---", body])


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(
        {
            "articles/mail/b.md": article("title: Banana", "owner: jd", "product: Mail", "checked: 2026-03-20", "tags: [imap, pop]"),
            "articles/mail/a.md": article("title: cherry", "owner: email-team", "language: en-GB", "checked: 2026-02-01", "type: How-to"),
            "articles/c.md": article("id: kb-ccccccc3", "title: Apple", "confidence: archived", "audience: external", "governance: compliance"),
            "articles/d.md": article("title: ไทย", "confidence: validated", "language: th", "flags: [{by: 'human:kp', at: 2026-05-02, reason: style}]"),
            "articles/e.md": "---\ntitle: [\n---\n",
        },
        config=DATED,
    )  # fmt: skip


def test_a_value_that_no_article_has_is_said_with_what_may_be_meant(base: Base, run: Run) -> None:
    done = run("list", "--product", "Mial", "--owner", "jd", "--language", "fr", cwd=base.root)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[:2] == [
        "kcs: no article has product 'Mial'; did you mean 'Mail'?",
        "kcs: no article has language 'fr'",
    ]


def listed(base: Base, *more: str) -> Any:
    words = ["list", "--format", "json", "--kb", str(base.root), "--as-of", "2026-06-01", *more]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["articles"]


def names(base: Base, *more: str) -> str:
    return "".join(one["path"][-4] for one in listed(base, *more))


def test_everything_by_path(base: Base) -> None:
    assert names(base) == "cdeab"


@pytest.mark.parametrize(
    ("key", "order"),
    [("path", "cdeab"), ("title", "cbade"), ("due", "abcde"), ("verified", "abcde"), ("owner", "abcde"), ("product", "bcdea")],
)  # fmt: skip
def test_sorted_with_what_has_no_value_last(base: Base, key: str, order: str) -> None:
    assert names(base, "--sort", key) == order


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["--owner", "jd"], "b"),
        (["--owner", "JD", "--owner", "email-team"], "ab"),
        (["--product", "mail"], "b"),
        (["--owner", "Email team"], "a"),
        (["--type", "how_to"], "a"),
        (["--tag", "POP"], "b"),
        (["--type", "how-to"], "a"),
        (["--confidence", "archived"], "c"),
        (["--audience", "external"], "c"),
        (["--governance", "compliance"], "c"),
        (["--language", "en"], "a"),
        (["--language", "th"], "d"),
        (["--reason", "unreadable"], "e"),
        (["--reason", "stale", "--reason", "unreadable"], "ea"),
        (["--trusted"], "b"),
        (["--untrusted", "articles/mail"], "a"),
        (["--flagged"], "d"),
        (["--due-before", "2026-06-18"], "a"),
        (["--due-before", "2026-06-19"], "ab"),
        (["--owner", "jd", "--tag", "none"], ""),
        (["articles/mail"], "ab"),
        (["--limit", "2"], "cd"),
        (["--limit", "9", "articles/mail"], "ab"),
        (["articles/*.md"], "cde"),
        (["articles/mail/b.md", "articles/c.md"], "cb"),
    ],
)
def test_filters(base: Base, given: list[str], found: str) -> None:
    assert names(base, *given) == found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--reason", "stael"], "stale"),
        (["--confidence", "valid"], "validated"),
        (["--due-before", "01/02/2026"], "write 2026-01-02 or 2026-02-01"),
        (["nowhere/**"], "matches no article"),
        (["--as-of", "tomorrow"], "is not a date"),
        (["--as-of", "9999-12-31"], "lies beyond the calendar"),
        (["--at", "0001-01-01"], "lies beyond the calendar"),
        (["--at", "HEAD", "--as-of", "2026-01-01"], "not both"),
        (["--at", "no-such-branch"], "no commit is called"),
        (["--at", "@{u}"], "no commit is called"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_way_out(
    base: Base, run: Run, given: list[str], said: str
) -> None:
    done = run("list", *given, "--kb", base.root)
    assert done.code == 2 and done.out == "" and said in done.err


def test_git_that_cannot_look_for_a_commit_is_not_one_that_finds_none(native: Base, run: Run) -> None:
    config = native.root / ".git/config"
    config.write_text(config.read_text() + "[broken\n")
    for at in ("HEAD", "30/02/2026"):
        done = run("list", "--at", at, cwd=native.root)
        assert done.code == 2 and done.err.startswith("kcs: Git refused: bad config line"), done.err
        assert "a day is written" not in done.err


def test_a_file_that_is_no_article_is_told_from_one_that_is_not_there(native: Base, run: Run) -> None:
    """A shell puts `index.md`, which every new base has, into `articles/*.md`."""
    native.write("articles/index.md", "# All of it\n")
    there, missing = (run("list", f"articles/{name}.md", cwd=native.root) for name in ("index", "nothing"))
    assert there.code == missing.code == 2
    assert "that file is none; a glob in quotes" in there.err and "in quotes" not in missing.err


def test_a_pipe_gets_tabs_and_no_heading(base: Base, run: Run) -> None:
    done = run("list", "articles/mail", "--kb", base.root, "--as-of", "2026-06-01")
    assert done.out == (
        "articles/mail/a.md\tvalidated\tstale\t2026-05-02\tcherry\n"
        "articles/mail/b.md\tvalidated\ttrusted\t2026-06-18\tBanana\n"
    )
    assert done.err == ""


def test_a_limit_says_how_many_there_are(base: Base, run: Run) -> None:
    given = ["list", "--limit", "2", "--as-of", "2026-06-01", "--kb", str(base.root)]
    seen = run(*given, env={"KCS_FORCE_TERMINAL": "1"}).err
    assert seen == "5 of 5 articles, 1 of them trusted; the first 2 are shown\n"
    total = json.loads(run(*given, "--format", "json").out)["total"]
    assert total == 5


def test_one_article_in_json(base: Base) -> None:
    assert listed(base, "articles/d.md") == [
        {
            "id": None,
            "path": "articles/d.md",
            "title": "ไทย",
            "type": None,
            "confidence": "validated",
            "audience": "internal",
            "governance": "experience",
            "owner": None,
            "product": None,
            "tags": [],
            "language": "th",
            "trusted": False,
            "reasons": ["never-verified"],
            "verified_at": None,
            "due": None,
            "flags": [{"by": "human:kp", "at": "2026-05-02", "reason": "style", "section": "", "note": ""}],
        }
    ]


def test_a_title_cannot_break_the_table(base: Base, run: Run) -> None:
    base.write("articles/d.md", article('title: "two\\nlines\\tand \\e[31mred"'))
    out = run("list", "articles/d.md", "--kb", base.root).out
    assert out.count("\n") == 1 and out.count("\t") == 4 and "\x1b" not in out


def test_an_empty_list_says_so_on_stderr(base: Base, run: Run) -> None:
    done = run("list", "--owner", "jd", "--tag", "smtp", "--trusted", "--kb", base.root)
    assert (done.code, done.out) == (
        0,
        "",
    ) and done.err == "kcs: no article has tag 'smtp'\n0 of 5 articles, 0 of them trusted\n"


def test_who_stops_reading_gets_no_error(base: Base, kcs_env: dict[str, str]) -> None:
    for number in range(300):
        base.write(f"articles/more/{number}.md", article(f"title: {'x' * 400}"))
    words = [sys.executable, "-m", "kcs", "list", "--kb", str(base.root)]
    process = subprocess.Popen(words, env=kcs_env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    os.read(process.stdout.fileno(), 10)
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait() == 0
    process.stderr.close()


def test_at_a_commit_the_list_is_of_then(base: Base) -> None:
    then = base.git("rev-parse", "HEAD").strip()
    base.commit({"articles/new.md": article("title: New")}, day="2026-05-20")
    words = ["list", "--format", "json", "--kb", str(base.root)]
    done = CliRunner().invoke(app, [*words, "--at", then], catch_exceptions=False)
    assert len(json.loads(done.stdout)["articles"]) == 5
    done = CliRunner().invoke(app, [*words, "--at", "2026-05-19"], catch_exceptions=False)
    assert len(json.loads(done.stdout)["articles"]) == 5
    assert len(listed(base)) == 6


def test_the_cache_changes_nothing(base: Base) -> None:
    first = listed(base)
    assert listed(base) == first
    base.write("articles/d.md", article("title: Tea", "confidence: validated"))
    assert [one["title"] for one in listed(base, "articles/d.md")] == ["Tea"]


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("product:mail", "--product mail"),
        ("lang:th", "--language th"),
        ("trusted:no", "--untrusted"),
        ("owner:a b", "--owner 'a b'"),
        ("Rackspace Email", "--product 'Rackspace Email'"),
        ("imap", "--tag imap"),
    ],
)
def test_a_condition_of_a_search_or_its_value_is_shown_as_an_option(
    native: Base, run: Run, typed: str, option: str
) -> None:
    for command in ("list", "queue"):
        told = run(command, typed, cwd=native.root)
        assert told.code == 2 and f"{typed!r} matches no article\n" in told.err
        assert told.err.endswith(f" kcs list and its like take {option}\n")
    assert run("list", *shlex.split(option), cwd=native.root).code == 0


def test_a_type_by_the_bases_own_name(make_base: Callable[..., Base], run: Run) -> None:
    files = {
        "articles/a.md": "---\ntitle: A\ntype: FAQ list\n---\n\nWords.\n",
        "articles/b.md": "---\ntitle: B\n---\n",
    }
    config = KCS_TOML + '[types]\n"FAQ list" = "Question and answer"\n'
    root = make_base(files, config=config, team=None).root
    for name in ("faq-list", "FAQ list", "question-and-answer"):
        done = run("list", "--type", name, "--kb", root)
        assert done.out.count("\n") == 1 and "articles/a.md" in done.out and "no article" not in done.err
        asked = f'type:"{name}"' if " " in name else f"type:{name}"
        assert run("search", asked, "--kb", root, "--format", "ids").out == "articles/a.md\n", name
    assert "did you mean" in run("list", "--type", "Question", "--kb", root).err


def test_states_and_reasons_are_known_in_any_case(base: Base, run: Run) -> None:
    for option, word in (("--confidence", "archived"), ("--reason", "never-verified")):
        told = [run("list", option, one, cwd=base.root) for one in (word, word.upper())]
        assert told[0].code == 0 and told[0].out and told[0].out == told[1].out
