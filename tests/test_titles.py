"""Titles that stand in the text alone: shown and found everywhere, and in no fingerprint, stamp or new file."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kcs.kb.base import KnowledgeBase
from tests.cli.test_completion import offered
from tests.conftest import Base, Run, Terminal

HOSTILE = "Red \x1b[31m and \u202eturned"
FILES = {
    "docs/install.md": "# Install the *desktop* `app` {#install}\n\nRun the installer, then sign in.\n",
    "docs/proxy.md": "---\nsidebar_position: 2\n---\n\nUse a proxy\n===========\n\nName the proxy's address.\n",
    "docs/front.md": "---\ntitle: Called by its front matter\n---\n# Another heading\n\nText.\n",
    "docs/plain.md": "Nothing here but text.\n",
    "docs/second.md": "## Only a second level\n\nText.\n",
    "docs/code.md": "```sh\n# a comment\n```\n",
    "docs/twin.md": "---\nsidebar_position: 3\n---\n# Use a proxy\n\nAnother text altogether.\n",
    "docs/page.mdx": "import Tabs from '@theme/Tabs';\n\n# Tabs in MDX\n\n<Tabs />\n",
    "docs/hostile.md": f"# {HOSTILE}\n\nText.\n",
}
TITLES = {
    "docs/code.md": "",
    "docs/front.md": "Called by its front matter",
    "docs/hostile.md": HOSTILE,
    "docs/install.md": "Install the desktop app",
    "docs/page.mdx": "Tabs in MDX",
    "docs/plain.md": "",
    "docs/proxy.md": "Use a proxy",
    "docs/second.md": "",
    "docs/twin.md": "Use a proxy",
}
CONFIG = '[articles]\ninclude = ["docs/**/*.md", "docs/**/*.mdx"]\n[defaults]\naudience = "external"\nverify_every = "90d"\n'


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(FILES, config=CONFIG)


def titles(base: Base, quick: Run, *more: str) -> dict[str, str]:
    done = quick("list", "--format", "json", *more, cwd=base.root)
    return {one["path"]: one["title"] for one in json.loads(done.out)["articles"]}


def test_a_program_gets_them_from_the_files_from_what_is_kept_and_from_a_commit(
    base: Base, quick: Run
) -> None:
    assert titles(base, quick) == TITLES
    assert titles(base, quick) == TITLES
    assert titles(base, quick, "--at", "HEAD") == TITLES


def test_a_heading_that_changes_changes_the_title(base: Base, quick: Run) -> None:
    titles(base, quick)
    base.write("docs/install.md", FILES["docs/install.md"].replace("Install", "Set up"))
    base.write("docs/proxy.md", "---\ntitle: Its own now\n---\n# Use a proxy\n")
    base.write("docs/front.md", "---\nsidebar_position: 1\n---\n# Another heading\n")
    now = titles(base, quick)
    assert [now[f"docs/{one}.md"] for one in ("install", "proxy", "front")] == [
        "Set up the desktop app", "Its own now", "Another heading",
    ]  # fmt: skip


def test_a_pipe_has_no_path_twice_and_nothing_that_a_terminal_obeys(base: Base, quick: Run) -> None:
    rows = [line.split("\t") for line in quick("list", cwd=base.root).out.splitlines()]
    assert {row[0]: row[4] for row in rows} == {
        **TITLES,
        "docs/hostile.md": "Red \ufffd[31m and \ufffdturned",
    }
    for words in (
        ["queue"],
        ["search", "red", "turned"],
        ["show", "docs/hostile.md"],
        ["audit"],
        ["sprint", "plan", "--people", "2"],
    ):
        out = quick(*words, cwd=base.root).out
        assert "turned" in out or words == ["audit"]
        assert not {"\x1b", "\u202e"} & set(out.replace(FILES["docs/hostile.md"], ""))


def test_an_article_is_named_by_words_of_its_heading(base: Base, quick: Run) -> None:
    assert quick("path", "desktop app", cwd=base.root).out.endswith("docs/install.md\n")
    done = quick("show", "use a proxy", cwd=base.root)
    assert done.code == 2 and "docs/proxy.md  Use a proxy" in done.err and "docs/twin.md" in done.err


def test_it_is_searched_as_a_title_and_not_said_twice(base: Base, quick: Run) -> None:
    done = quick("search", "--format", "json", "desktop app", cwd=base.root)
    hit = json.loads(done.out)["hits"][0]
    assert (hit["path"], hit["title"]) == ("docs/install.md", "Install the desktop app")
    assert "title" in hit["matched_fields"] and "desktop" not in json.dumps(hit["snippet"])
    found = json.loads(quick("search", "--format", "json", "title:proxy", cwd=base.root).out)["hits"]
    assert {one["path"] for one in found} == {"docs/proxy.md", "docs/twin.md"}
    phrase = json.loads(quick("search", "--format", "json", '"the desktop app"', cwd=base.root).out)["hits"]
    assert [one["path"] for one in phrase] == ["docs/install.md"]


def test_rules_judge_the_title_that_people_see(base: Base, quick: Run) -> None:
    base.write("docs/none.md", "---\nsidebar_position: 4\n---\nText.\n")
    base.write("docs/list.md", "---\ntitle: [a]\n---\n# A heading\n\nText.\n")
    done = quick("audit", "--select", "KCS016,KCS018", "--format", "json", cwd=base.root)
    found = [(one["rule"], one["path"], one["line"]) for one in json.loads(done.out)["findings"]]
    assert sorted(found) == [
        ("KCS016", "docs/list.md", 2), ("KCS016", "docs/none.md", 1),
        ("KCS018", "docs/proxy.md", 5), ("KCS018", "docs/twin.md", 4),
    ]  # fmt: skip


def test_no_fingerprint_and_no_stamp_knows_of_it(base: Base, quick: Run) -> None:
    from kcs.article.fingerprint import skeleton
    from kcs.article.front_matter import read

    kb = KnowledgeBase.open(base.root)
    for article in kb.articles:
        document = read(kb.raw(article))
        title = document.meta.get("title", "")
        assert article.own_title == title and article.record.skeleton == skeleton(title, document.body)
    before = base.read("docs/proxy.md")
    assert quick("verify", "docs/proxy.md", "--yes", "--no-commit", cwd=base.root).code == 0
    after = base.read("docs/proxy.md")
    assert "title" not in after and after.endswith(before.partition("---\n\n")[2])


def test_what_is_copied_or_carried_over_is_not_headed_twice(base: Base, quick: Run) -> None:
    from kcs.authoring.answer_text import text_to_send

    kb = KnowledgeBase.open(base.root)
    assert text_to_send(kb, kb.by_path["docs/install.md"]).count("desktop") == 1
    done = quick("new", "--from", "docs/install.md", "--audience", "internal", "--dry-run", cwd=base.root)
    assert done.code == 2 and "the title is missing" in done.err


def test_eyes_see_the_title_once(base: Base, terminal: Terminal) -> None:
    shown = terminal("show", "docs/install.md", cwd=base.root).out
    assert shown.count("desktop") == 1 and "Run the installer" in shown


def test_of_a_hit_without_a_title_eyes_see_the_path_once(base: Base, terminal: Terminal) -> None:
    shown = terminal("search", "nothing here", cwd=base.root, env={"NO_COLOR": "1"}).out
    assert shown.count("docs/plain.md") == 1 and "\n    \n" not in shown


def test_shells_show_it_beside_the_path(base: Base, run: Run) -> None:
    assert run("list", cwd=base.root).code == 0
    assert "Install the desktop app" in offered(run, base, "kcs show docs/ins", "zsh")


def test_a_title_kept_apart_is_read_alone(make_base: Callable[..., Base], quick: Run) -> None:
    """`title` is then something else of the base's own: a list, say, or the words for a menu."""
    files = {
        "docs/a.md": "---\ntitle: [Menu, 2]\nkcs_title: Reset a password\n---\nText.\n",
        "docs/b.md": "---\ntitle: Menu\nkcs_title: Use a proxy\n---\nText.\n",
        "docs/c.md": "---\ntitle: Menu\n---\n# Install it\n\nText.\n",
    }
    base = make_base(files, config=CONFIG + '[fields]\ntitle = "kcs_title"\n')
    wanted = {"docs/a.md": "Reset a password", "docs/b.md": "Use a proxy", "docs/c.md": "Install it"}
    assert titles(base, quick) == wanted == titles(base, quick, "--at", "HEAD")
    assert "title" not in quick("audit", "--select", "KCS016", cwd=base.root).out.replace("title-missing", "")
    assert quick("verify", "docs/b.md", cwd=base.root).code == 0
    base.write("docs/b.md", base.read("docs/b.md").replace("title: Menu", "title: Menus", 1))
    assert "content-changed" not in quick("list", "docs/b.md", cwd=base.root).out
    base.write("docs/b.md", base.read("docs/b.md").replace("Use a proxy", "Use no proxy"))
    assert "content-changed" in quick("list", "docs/b.md", cwd=base.root).out


def test_a_commit_from_before_titles_were_mapped_is_read_as_it_was(
    make_base: Callable[..., Base], monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", kcs_env["XDG_CACHE_HOME"])
    base = make_base({"docs/a.md": "---\nname: Reset it\n---\n# Reset a password\n\nText.\n"}, config=CONFIG)
    base.commit({"kcs.toml": CONFIG + '[fields]\ntitle = "name"\n'})
    now = KnowledgeBase.open(base.root)
    then = now.as_committed(base.git("rev-parse", "HEAD~1").strip())
    assert [one.title for one in (*now.articles, *then.articles)] == ["Reset it", "Reset a password"]
    assert now.fingerprints.of(now.articles[0]) != then.fingerprints.of(then.articles[0])
