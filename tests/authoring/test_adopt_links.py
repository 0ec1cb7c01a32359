"""Adopting bases whose links follow a site: folders, permalinks, addresses, wikis."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from kcs.kb.settings.config import load_config
from tests.authoring.adopting import adopt, article, broken
from tests.conftest import Base, Run

pytestmark = pytest.mark.forked


def test_a_site_served_from_a_folder_has_its_links_resolved_moved_and_judged(
    make_base: Callable[..., Base], run: Run
) -> None:
    links = "[b](/manual/b.html#part) [made](/repos/x.html) [y](/repos/y.html) [z](/repos/z.html) [c](/manual/DEEP/c/)\n"
    base, said = adopt(
        make_base,
        run,
        {
            "source/manual/a.html.md.erb": article("A", links + "![p](/images/p.svg) [up](../index.html)\n"),
            "source/manual/b.html.md": article(
                "B", "## Part\n\n[a](/manual/a.html) [no](/manual/none.html)\n"
            ),
            "source/manual/Deep/C.html.md": article("C", "[a](/manual/a.html)\n"),
            "source/index.html.md": article("Start", "[a](manual/a.html)\n"),
            "source/images/p.svg": "<svg/>",
        },
    )
    assert "lead to a file below source" in said
    assert load_config(base.root / "kcs.toml").link_folders == ("source",)
    assert [message for _, message in broken(base, run)] == ["the link to '/manual/none.html' leads nowhere"]
    base.commit(message="Adopted")
    moved = run("mv", "source/manual/a.html.md.erb", "source/manual/first.html.md.erb", cwd=base.root)
    assert moved.code == 0, moved.err
    assert "[a](/manual/first.html)" in base.read("source/manual/b.html.md")
    assert "[a](/manual/first.html)" in base.read("source/manual/Deep/C.html.md")
    assert [message for _, message in broken(base, run)] == ["the link to '/manual/none.html' leads nowhere"]


def test_each_language_folder_serves_its_own_articles(make_base: Callable[..., Base], run: Run) -> None:
    files = {
        f"content/{language}/docs/{name}.md": article(name, "[b](/docs/b/) [a](/docs/a/)\n")
        for language in ("en", "th")
        for name in ("a", "b", "c")
    }
    base, said = adopt(make_base, run, {**files, "content/en/docs/only.md": article("Only")})
    assert set(load_config(base.root / "kcs.toml").link_folders) == {"content/en", "content/th"}
    assert "Languages, by the folder: en, th." in said
    from kcs.kb.base import KnowledgeBase

    links = KnowledgeBase.open(base.root).links
    for source, spelt, target in (
        ("content/th/docs/a.md", "/docs/b/", "content/th/docs/b.md"),
        ("content/en/docs/a.md", "/docs/b/", "content/en/docs/b.md"),
        ("content/th/docs/a.md", "/docs/only", "content/en/docs/only.md"),
        ("content/en/docs/a.md", "/../../etc/passwd", None),
    ):
        found = links.resolve(spelt, source)
        assert (found.path if found else None) == target, spelt


def test_folders_are_preferred_to_permalinks_that_explain_fewer_links(
    make_base: Callable[..., Base], run: Run
) -> None:
    body = "[x](/commands/x/) [y](/commands/y/) [z](/commands/z/) [g](/guide/start/)\n"
    files = {f"content/commands/{name}.md": article(name, body, slug=name) for name in "xyz"}
    base, _ = adopt(make_base, run, {**files, "content/guide/start.md": article("Start", body)})
    config = load_config(base.root / "kcs.toml")
    assert (config.link_by, config.link_folders) == ("path", ("content",))
    assert broken(base, run) == []


def test_links_that_count_from_a_pages_address_are_found_judged_and_moved(
    make_base: Callable[..., Base], run: Run
) -> None:
    base, said = adopt(
        make_base,
        run,
        {
            "content/docs/a.md": article(
                "A", "[b](../b/) [deep](../more/c/#part) [no](../none/) ![p](../p.svg)\n"
            ),
            "content/docs/b.md": article("B", "[a](../a/) [c](../more/c/) [file](a.md) [up](../)\n"),
            "content/docs/more/c.md": article("C", "## Part\n\n[a](../../a/) [b](../../B)\n"),
            "content/docs/p.svg": "<svg/>",
        },
    )
    assert "Relative links: 7 of 8 lead to a file when counted from the address of their page" in said
    assert load_config(base.root / "kcs.toml").link_relative == "address"
    assert [message for _, message in broken(base, run)] == ["the link to '../none/' leads nowhere"]
    base.commit(message="Adopted")
    moved = run("mv", "content/docs/a.md", "content/docs/more/first.md", cwd=base.root)
    assert moved.code == 0, moved.err
    assert "[b](../../b/) [deep](../c/#part) [no](../none/) ![p](../../p.svg)" in base.read(
        "content/docs/more/first.md"
    )
    assert "[a](../more/first/)" in base.read("content/docs/b.md")
    assert "[file](more/first.md)" in base.read("content/docs/b.md")
    assert "[a](../first/)" in base.read("content/docs/more/c.md")
    assert [message for _, message in broken(base, run)] == ["the link to '../none/' leads nowhere"]


def test_addresses_that_the_site_knows_are_no_broken_links(make_base: Callable[..., Base], run: Run) -> None:
    served = "[a](/guide/a/) [b](/guide/b/) [c](/guide/c/)\n"
    odd = (
        "[page](/donate) [post](/2024/03/01/short-name) [file](/2024/03/01/a-long-name.html) [own](/th/guide/a/)\n"
        "[old](/was/here.html) [all](/gone/x/y) [md](../moved.md#part) [map](../mapped/) [no](/2023/03/01/short-name) [none](/guide/none/)\n"
    )
    base, _ = adopt(
        make_base,
        run,
        {
            **{f"content/en/guide/{name}.md": article(name, served) for name in "abc"},
            "content/th/guide/a.md": article("a", served),
            "content/en/posts/2024-03-01-a-long-name.md": article("Post", odd, slug="short-name"),
            "content/en/donate.html": "<p>Give</p>",
            "static/_redirects": "/was/here /guide/a/ 301\n/gone/* /guide/:splat\n",
            "mkdocs.yml": "plugins:\n  - redirects:\n      redirect_maps:\n        moved.md: guide/a.md\n"
            "  - redirects:\n      map_file: content/moves.yml\n",
            "content/moves.yml": "mapped.md : guide/a.md\n",
        },
    )
    assert [message for _, message in broken(base, run)] == [
        "the link to '/2023/03/01/short-name' leads nowhere",
        "the link to '/guide/none/' leads nowhere",
    ]
    base.write("static/_redirects", "/guide/none /guide/a/\n")
    assert [message for _, message in broken(base, run)] == [
        f"the link to '{one}' leads nowhere"
        for one in ("/was/here.html", "/gone/x/y", "/2023/03/01/short-name")
    ]
    (base.root / "static/_redirects").unlink()
    os.mkfifo(base.root / "static/_redirects")
    assert "the link to '/guide/none/' leads nowhere" in [message for _, message in broken(base, run)]


def test_wiki_links_are_counted_and_told_to_be_text(make_base: Callable[..., Base], run: Run) -> None:
    text = "[[Mail setup]] [[b|the other]] [[c.d#part]] ![[gone]] `[[code]]` \\[[no]]\n\n```sh\nif [[ -f x ]]; then\n```\n"
    base, said = adopt(
        make_base,
        run,
        {
            "notes/a.md": article("Mail setup", text),
            "notes/b.md": article("B", "if [[ -f x ]] in a sentence, [[1]](x.md)\n"),
            "notes/c.d.md": article("C", "[[folder/B]]\n"),
        },
    )
    assert "Wiki links ([[page]]): 5 in 2 articles, 4 of them name a page here. They are text" in said
    assert broken(base, run) == [("KCS501", "the link to 'x.md' leads nowhere")]


def test_links_that_count_from_their_file_stay_so(make_base: Callable[..., Base], run: Run) -> None:
    body = "[b](b) [c](c.html) [d](more/d) [no](../none/) [x](../../x/)\n"
    files = {f"docs/{name}.md": article(name, body) for name in "abc"}
    base, said = adopt(make_base, run, {**files, "docs/more/d.md": article("d", "[a](../a)\n")})
    assert "Relative links" not in said
    assert load_config(base.root / "kcs.toml").link_relative == "file"
