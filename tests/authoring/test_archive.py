"""kcs archive: what takes an article's place, who links to it, and links that are re-pointed."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.conftest import KCS_TOML, Base, Run, Terminal
from tests.stopping import KILLED, NEVER, stopped_at
from tests.test_json_schemas import check

FILES = {
    "articles/old.md": "---\nid: kb-old00001\ntitle: Old\nconfidence: validated  # once\n---\n\n## Steps\n\nDo.\n",
    "articles/new.md": "---\nid: kb-new00001\ntitle: New\nconfidence: validated\n---\n\n## Steps\n\nDo [so](old.md).\n",
    "articles/in/a.md": "---\ntitle: A\nconfidence: validated\n---\n\n[o](../old.md#steps) [g](../old#gone) [i](kb-old00001)\n",
    "articles/b.md": "---\ntitle: B\nconfidence: validated\n---\n\nNo link.\n",
}


@pytest.fixture
def base(make_base: Callable[..., Base], quick: Run) -> Base:
    made = make_base(FILES)
    assert quick("verify", *FILES, "--yes", cwd=made.root).code == 0
    made.commit(message="Verify")
    return made


def test_it_says_so_names_what_takes_its_place_and_who_links_to_it(base: Base, quick: Run) -> None:
    told = quick("archive", "kb-old00001", "--superseded-by", "new.md", cwd=base.root)
    assert told.code == 0, told.err
    assert told.out.splitlines() == [
        "kb-old00001: archived, superseded by kb-new00001",
        "  articles/in/a.md: 3 links lead to it",
        "  kb-new00001: 1 link leads to it",
    ]
    assert "--relink" in told.err
    assert "is not trusted" not in told.err and "already" not in told.err
    assert base.diff().splitlines() == [
        "-confidence: validated  # once",
        "+confidence: archived  # once",
        "+status: deprecated",
        "+superseded_by: kb-new00001",
    ]


def test_relink_keeps_each_links_style_and_says_who_has_to_look_again(base: Base, quick: Run) -> None:
    words = ("archive", "old.md", "--superseded-by", "new.md", "--relink")
    planned = check(quick(*words, "--dry-run", "--format", "json", cwd=base.root), "archive")
    assert base.git("status", "--porcelain") == "" and planned["superseded_by"] == "kb-new00001"
    assert [(one["path"], one["losing"]) for one in planned["linking"]] == [
        ("articles/in/a.md", True),
        ("articles/new.md", False),
    ]
    told = quick(*words, "--commit", "-m", "the client was replaced", cwd=base.root)
    assert told.code == 0 and "verify it again" in told.out
    assert "[o](../new.md#steps) [g](../new) [i](kb-new00001)\n" in base.read("articles/in/a.md")
    assert "[so](old.md)" in base.read("articles/new.md")
    message = base.git("log", "-1", "--format=%B")
    assert message.startswith(
        "Archive: Old (kb-old00001)\n\nsuperseded by kb-new00001\nthe client was replaced"
    )
    assert not quick("show", "in/a.md", "--format", "json", cwd=base.root / "articles").json["trusted"]


def test_who_was_not_trusted_loses_no_trust(base: Base, quick: Run) -> None:
    base.write("articles/in/a.md", base.read("articles/in/a.md") + "\nMore.\n")
    words = ("archive", "old.md", "--superseded-by", "new.md", "--relink", "--dry-run", "--format", "json")
    linking = check(quick(*words, cwd=base.root / "articles"), "archive")["linking"]
    assert [(one["path"], one["trusted"], one["losing"]) for one in linking] == [
        ("articles/in/a.md", False, False),
        ("articles/new.md", True, False),
    ]


def test_links_by_permalink_lead_to_the_other_permalink(make_base: Callable[..., Base], quick: Run) -> None:
    base = make_base(
        {
            "articles/old.md": "---\ntitle: O\npermalink: old/\n---\n\nX.\n",
            "articles/new.md": "---\ntitle: N\npermalink: new/\n---\n\nX.\n",
            "articles/c.md": "---\ntitle: C\npermalink: c/\n---\n\n[a](/how/old/#x) [b](/how/old) [c](old.md)\n",
        },
        config=KCS_TOML + '[links]\nroot = "/how/"\nby = "permalink"\n',
    )
    assert (
        quick("archive", "old.md", "--superseded-by", "new.md", "--relink", cwd=base.root / "articles").code
        == 0
    )
    assert "[a](/how/new/) [b](/how/new) [c](/how/new)\n" in base.read("articles/c.md")


def test_links_lead_to_the_file_where_the_new_article_has_neither_permalink_nor_id(
    make_base: Callable[..., Base], quick: Run
) -> None:
    text = "[a](/how/old/#x) [b](/how/old/#y) ![p](old.md)\n\n[c](old.md) [i](kb-old00001)\n"
    base = make_base(
        {
            "articles/old.md": "---\nid: kb-old00001\ntitle: O\npermalink: old/\n---\n\n# X\n# Y\n",
            "articles/new.md": "---\ntitle: N\n---\n\n# X\n",
            "articles/c.md": f"---\ntitle: C\npermalink: c/\n---\n\n{text}",
        },
        config=KCS_TOML + '[links]\nroot = "/how/"\nby = "permalink"\n',
    )
    words = ("archive", "articles/old.md", "--superseded-by", "articles/new.md", "--relink")
    planned = check(quick(*words, "--dry-run", "--format", "json", cwd=base.root), "archive")["relinked"]
    assert [(one["line"], one["before"], one["after"]) for one in planned] == [
        (6, "/how/old/#x", "new.md#x"), (6, "/how/old/#y", "new.md"), (8, "old.md", "new.md"), (8, "kb-old00001", "new.md")
    ]  # fmt: skip
    assert quick(*words, cwd=base.root).code == 0
    assert base.read("articles/c.md").endswith(
        "\n[a](new.md#x) [b](new.md) ![p](old.md)\n\n[c](new.md) [i](new.md)\n"
    )


def test_links_of_pages_that_are_no_articles_are_told_and_led_on_as_kcs_mv_does(
    base: Base, quick: Run
) -> None:
    base.write("README.md", "# Ours\n\n- [Old](articles/old.md#gone)\n- [Other](articles/b.md)\n")
    base.write("NOTES.md", "No link.\n")
    base.write("articles/index.md", "![o](old.md) [o](old) `[o](old.md)`\n")
    base.commit(message="Pages")
    words = ("archive", "articles/old.md", "--superseded-by", "articles/new.md")
    told = quick(*words, "--relink", "--dry-run", "--format", "json", cwd=base.root)
    pages = [
        one
        for one in check(told, "archive")["linking"]
        if one["path"].endswith(("README.md", "index.md", "NOTES.md"))
    ]
    assert pages == [
        {"id": None, "path": path, "links": 1, "trusted": False, "losing": False}
        for path in ("README.md", "articles/index.md")
    ]
    base.write("README.md", base.read("README.md") + "Half a sent\n")
    told = quick(*words, "--relink", "--commit", cwd=base.root)
    assert told.code == 0, told.err
    assert "the commit also holds what was not committed before in README.md\n" in told.err
    assert "  README.md: 1 link leads to kb-new00001 now\n" in told.out
    assert "[Old](articles/new.md)\n- [Other](articles/b.md)" in base.read("README.md")
    assert base.read("articles/index.md") == "![o](old.md) [o](new) `[o](old.md)`\n"
    assert base.git("status", "--porcelain") == ""


def test_a_broken_article_keeps_its_links_up_to_date_and_a_conflict_stops_it(base: Base, quick: Run) -> None:
    base.write("articles/broken.md", "---\ntitle: [x\n---\n\n[o](old.md)\n")
    words = ("archive", "articles/old.md", "--superseded-by", "articles/new.md", "--relink")
    told = quick(*words, cwd=base.root)
    assert told.code == 0, told.err
    assert base.read("articles/broken.md").endswith("[o](new.md)\n")
    base.git("checkout", "-q", ".")
    base.write("README.md", "<<<<<<< a\n[o](articles/old.md)\n=======\n>>>>>>> b\n")
    told = quick(*words, cwd=base.root)
    assert told.code == 2 and "README.md" in told.err and "nothing was changed" in told.err
    assert "superseded_by" not in base.read("articles/old.md")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("old.md", "--superseded-by", "old.md"), "is a circle"),
        (("new.md", "--superseded-by", "b.md"), "is a circle"),
        (("old.md", "--superseded-by", "gone.md"), "no article is named"),
        (("old.md", "--relink"), "needs --superseded-by"),
    ],
)
def test_what_cannot_be_is_refused(base: Base, quick: Run, words: tuple[str, ...], said: str) -> None:
    quick("archive", "b.md", "--superseded-by", "kb-new00001", cwd=base.root / "articles")
    base.commit(message="One step")
    told = quick("archive", *words, cwd=base.root / "articles")
    assert told.code == 2 and said in told.err
    assert base.git("status", "--porcelain") == ""


def test_others_that_go_in_a_circle_do_not_hold_it_up(base: Base, quick: Run) -> None:
    for one, other in ("cd", "dc"):
        text = f"---\ntitle: {one}\nsuperseded_by: articles/{other}.md\n---\n\nWords.\n"
        base.write(f"articles/{one}.md", text)
    told = quick("archive", "old.md", "--superseded-by", "c.md", cwd=base.root / "articles")
    assert told.code == 0, told.err
    assert "superseded_by: articles/c.md" in base.read("articles/old.md")


def test_it_warns_of_a_successor_that_nobody_should_be_led_to(base: Base, quick: Run) -> None:
    quick("archive", "new.md", cwd=base.root / "articles")
    told = quick("archive", "old.md", "--superseded-by", "new.md", cwd=base.root / "articles")
    assert "is archived itself" in told.err and "is not trusted" in told.err
    assert "is archived already" in quick("archive", "old.md", cwd=base.root / "articles").err


def test_what_says_so_already_stays_as_it_is_written(base: Base, quick: Run) -> None:
    words = ("archive", "old.md", "--superseded-by", "new.md")
    quick(*words, cwd=base.root / "articles")
    base.write(
        "articles/old.md", base.read("articles/old.md").replace(": kb-new00001", ":  'kb-new00001'  # it")
    )
    head = base.commit(message="Archive")
    told = quick(*words, "--commit", cwd=base.root / "articles")
    assert told.code == 0 and "already" in told.err
    assert base.git("status", "--porcelain") == "" and base.git("rev-parse", "HEAD").strip() == head


@pytest.mark.parametrize("git", [True, False], ids=["below the top", "no Git"])
def test_where_the_base_is_not_the_top_of_a_repository(
    make_base: Callable[..., Base], quick: Run, git: bool
) -> None:
    top = make_base({f"kb/{path}": text for path, text in {**FILES, "kcs.toml": KCS_TOML}.items()}, git=git)
    words = ("archive", "old.md", "--superseded-by", "new.md", "--relink")
    told = quick(*words, "--commit", cwd=top.root / "kb/articles")
    if not git:
        assert told.code == 2 and "needs a Git repository" in told.err
        assert top.read("kb/articles/in/a.md") == FILES["articles/in/a.md"]
        told = quick(*words, cwd=top.root / "kb/articles")
    assert told.code == 0, told.err
    assert "[o](../new.md#steps)" in top.read("kb/articles/in/a.md")
    assert "superseded_by: kb-new00001" in top.read("kb/articles/old.md")
    assert not git or top.git("status", "--porcelain") == ""


def test_on_a_terminal_it_asks(base: Base, terminal: Terminal) -> None:
    words = ("archive", "old.md", "--superseded-by", "new.md")
    told = terminal(*words, answers=["n"], cwd=base.root / "articles")
    assert "2 articles link to it, 2 of them trusted" in told.out
    assert "../old.md" in base.read("articles/in/a.md") and "archived" in base.read("articles/old.md")
    told = terminal(*words, answers=["y"], cwd=base.root / "articles")
    assert "../new.md" in base.read("articles/in/a.md")


def test_on_a_terminal_it_asks_about_pages_too(base: Base, terminal: Terminal) -> None:
    base.write("README.md", "[Old](articles/old.md)\n")
    words = ("archive", "old.md", "--superseded-by", "new.md")
    told = terminal(*words, answers=["y"], cwd=base.root / "articles")
    assert "2 articles and 1 page that is not an article link to it, 2 of them trusted" in told.out
    assert base.read("README.md") == "[Old](articles/new.md)\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("kill", [True, False], ids=["killed", "error"])
def test_stopped_at_any_point_the_next_command_finds_all_or_nothing(
    base: Base, quick: Run, kcs_env: dict[str, str], kill: bool
) -> None:
    """What is archived and what links to it change together: else links lead to what nobody should read."""
    base.write("articles/in/d.md", "---\ntitle: D\n---\n\n[o](../old.md)\n")
    base.commit(message="One more")
    words = ("archive", "articles/old.md", "--superseded-by", "articles/new.md", "--relink", "--yes")

    def texts() -> dict[str, str]:
        return {path: base.read(path) for path in (*FILES, "articles/in/d.md")}

    before, outcomes = texts(), set()
    step = finished = 0
    while (code := stopped_at(step := step + 1, words, base.root, kcs_env, kill=kill)) != NEVER:
        assert code in ((KILLED,) if kill else (0, 2)), step
        half = texts()
        told = quick("list", cwd=base.root)
        assert told.code == 0, told.err
        finished += "is finished now" in told.err
        now = texts()
        assert kill or now == half, "an error undoes what was done"
        outcomes.add(tuple(now.values()))
        assert not (base.root / ".git/kcs/kcs-journal.json").exists()
        assert not list(base.root.glob("articles/**/*.kcs-tmp")), step
        base.git("reset", "--quiet", "--hard")
        base.git("clean", "-fdq")
    after = texts()
    assert sum(after[path] != before[path] for path in before) == 3
    assert outcomes == {tuple(before.values()), tuple(after.values())}
    assert step > 10 and (finished > 5 if kill else finished < 2)


def test_links_of_the_successor_alone_are_none_to_lead_on(base: Base, quick: Run) -> None:
    base.write("articles/gone.md", "---\nid: kb-gone0001\ntitle: Old\n---\nText.\n")
    base.write("articles/next.md", "---\nid: kb-next0002\ntitle: Next\n---\nBefore: [old](gone.md).\n")
    for more in ((), ("--relink",)):
        told = quick("archive", "kb-gone0001", "--superseded-by", "kb-next0002", "-n", *more, cwd=base.root)
        assert told.code == 0 and "1 link leads to it" in told.out and "--relink lets" not in told.err
