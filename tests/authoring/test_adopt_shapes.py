"""Adopting bases of shapes that were met elsewhere: small invented ones, one trait each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kcs.kb.settings.config import load_config
from tests.authoring.adopting import PROSE, Adopted, adopted, broken, listed, page
from tests.conftest import Base, Run

pytestmark = pytest.mark.forked

__all__ = ["adopted"]


@pytest.mark.parametrize(
    ("reviewed", "updated"), [("lastReviewed", "lastUpdated"), ("last-reviewed", "last-updated"), ("Last_Reviewed", "Updated")]
)  # fmt: skip
def test_keys_are_known_however_their_words_are_joined(
    adopted: Adopted, run: Run, reviewed: str, updated: str
) -> None:
    days = {reviewed: "2025-05-20", updated: "2025-05-21"}
    base, said = adopted({f"docs/{name}.md": page(name, **days) for name in "abc"})
    assert f"verified_at\t{reviewed}\t3\t3" in said
    assert f"updated\t{updated}\t3\t3" in said
    assert {one["verified_at"] for one in listed(base, run).values()} == {"2025-05-20"}
    done = run("verify", "--yes", "--note", "read", "docs/a.md", "--as-of", "2025-06-02", cwd=base.root)
    assert done.code == 0, done.err
    assert f"\n{reviewed}: 2025-06-02\n" in base.read("docs/a.md")


def test_a_day_on_which_a_review_is_due_is_no_day_of_a_check(adopted: Adopted, run: Run) -> None:
    base, said = adopted({f"docs/{name}.md": page(name, review_date="2090-05-20") for name in "abc"})
    assert "0\tdated" in said
    assert (
        "Not mapped: review_date (in 3), because values such as '2090-05-20' are still to come: days on which a check is due"
        in said
    )
    assert {one["trusted"] for one in listed(base, run).values()} == {False}


def test_index_pages_that_say_much_are_articles_where_that_is_the_habit(adopted: Adopted, run: Run) -> None:
    telling = {f"docs/{name}/index.md": page(name) for name in ("one", "two", "three")}
    children = {f"docs/{name}/part.md": page(f"{name} part") for name in ("one", "two", "three", "four")}
    links = "".join(f"- [Part {number} of the long story](part.md)\n" for number in range(20))
    base, said = adopted({**telling, **children, "docs/four/index.md": page("Four", links)})
    assert set(listed(base, run)) == {*telling, *children}
    assert "1\tno article\tindex or log page" in said
    assert load_config(base.root / "kcs.toml").exclude == ("docs/four/index.md",)


def test_hugos_index_pages_that_lie_alone_are_articles_where_that_is_the_habit(
    adopted: Adopted, run: Run
) -> None:
    """posts/2024-01-02-x/_index.md: to Hugo a section without pages, whose text it shows."""
    short = "Open the printer and take out the paper.\n"
    posts = {f"content/posts/2024-01-0{day}-x/_index.md": page(f"On day {day}", short) for day in range(1, 5)}
    sections = {
        "content/posts/_index.md": page("Posts", short),
        "content/empty/_index.md": "---\ntitle: Empty\n---\n",
    }
    base, said = adopted({**posts, **sections})
    assert set(listed(base, run)) == set(posts)
    assert "2\tno article\tindex or log page" in said


def test_one_long_page_among_folders_without_text_is_no_habit(adopted: Adopted, run: Run) -> None:
    names = ("one", "two", "three", "four")
    indexes = {f"docs/{name}/_index.md": page(name, PROSE if name == "one" else "") for name in names}
    children = {f"docs/{name}/part.md": page(f"{name} part") for name in names}
    base, _ = adopted({**indexes, **children})
    assert set(listed(base, run)) == set(children)


def test_a_page_that_lacks_front_matter_beside_pages_with_some_is_an_article(
    adopted: Adopted, run: Run
) -> None:
    pages = {f"docs/{name}.md": page(name) for name in "abcdefgh"}
    base, _ = adopted(
        {
            **pages,
            "docs/printer.md": f"# The printer\n\n{PROSE}\n",
            "docs/notice.md": f"{PROSE}\n",
            "docs/includes/notice.md": f"# Notice\n\n{PROSE}\n",
            "docs/WRITING-RULES.md": f"# Rules\n\n{PROSE}\n",
        }
    )
    assert set(listed(base, run)) == {*pages, "docs/printer.md"}


def test_docusaurus_shows_every_page_but_those_that_begin_with_a_line(adopted: Adopted, run: Run) -> None:
    pages = {f"docs/{name}.md": page(name) for name in "abc"}
    base, said = adopted(
        {
            **pages,
            "docs/more/short.md": "Only a line.\n",
            "docs/_part.mdx": page("A part"),
            "docusaurus.config.js": "module.exports = {}\n",
        }
    )
    assert set(listed(base, run)) == {*pages, "docs/more/short.md"}
    assert "1\tno article\tpart of other pages" in said


@pytest.mark.parametrize("settings", ["website/siteConfig.js", "docusaurus.config.ts", "other.js"])
def test_an_id_names_the_page_where_docusaurus_serves_it(adopted: Adopted, run: Run, settings: str) -> None:
    pages = {f"docs/{name}.md": page(name, f"{PROSE} [a](/docs/x-a.html)", id=f"x-{name}") for name in "abc"}
    links = "[a](/docs/x-a.html) [no](/docs/x-d.html) [nor](/docs/use/x-b.html) [file](a.md) ![p](/img/p.png)"
    base, _ = adopted({**pages, "docs/d.md": page("d", links), settings: "", "docs/img/p.png": ""})
    gone = sorted(said.split("'")[1] for rule, said in broken(base, run) if rule == "KCS501")
    nowhere = ["/docs/use/x-b.html", "/docs/x-d.html"]
    assert gone == (nowhere if settings != "other.js" else sorted(["/docs/x-a.html"] * 4 + nowhere))


@pytest.mark.parametrize("settings", ["website/docusaurus.config.js", "docusaurus.config.ts", "other.js"])
def test_docusaurus_puts_the_files_of_static_at_the_top(adopted: Adopted, run: Run, settings: str) -> None:
    """Below `/docs/` where that is its `baseUrl`, and its own components name them without one."""
    shown = '![y](/docs/img/y.png)\n\n<Shot src="img/y.png"/>\n\n![no](/docs/img/no.png)\n\n<Shot src="img/no.png"/>\n'
    static = f"{settings.rpartition('/')[0]}/static/img/y.png".lstrip("/")
    base, _ = adopted(
        {"docs/a.md": page("A", shown), "docs/b.md": page("B", "[a](a.md)"), settings: "", static: "x"}
    )
    gone = sorted({said for rule, said in broken(base, run) if rule == "KCS503"})
    nowhere = [f"the image {spelt!r} is not there" for spelt in ("/docs/img/no.png", "img/no.png")]
    assert gone == (nowhere if settings != "other.js" else ["none of the 4 images below docs/img is there"])


def test_menus_settings_and_unfilled_templates_are_no_articles(adopted: Adopted, run: Run) -> None:
    pages = {f"help/{name}.md": page(name) for name in "abc"}
    links = "".join(f"+ [Page {name} with its title](../{name}.md)\n" for name in "abc")
    base, said = adopted(
        {
            **pages,
            "help/guide/TOC.md": f"---\nuser-guide-title: Guide\n---\n\n# Guide {{#kb}}\n\n{links}",
            "help/summary.md": page("Summary of the plans", f"{PROSE}\n\n{links}"),
            "metadata.md": "---\nsolution: Analytics\n---\n",
            "help/ways/case-template.md": page("How to ..."),
            "scaffolds/post.md": page("{{ title }}", "", date="{{ date }}"),
            "help/scaffolds/steel.md": page("Steel scaffolds"),
        }
    )
    assert set(listed(base, run)) == {*pages, "help/summary.md", "help/scaffolds/steel.md"}
    assert "1\tno article\tno title and no text" in said
    assert "2\tno article\ttemplate" in said


def test_the_first_stamp_of_a_base_without_front_matter_brings_no_finding(adopted: Adopted, run: Run) -> None:
    base, _ = adopted({f"docs/{name}.md": f"# How to {name}\n\n{PROSE}\n" for name in "abc"})
    done = run("verify", "--yes", "--note", "read", "docs/a.md", cwd=base.root)
    assert done.code == 0, done.err
    found = run("audit", "docs/a.md", "--format", "json", cwd=base.root).json["findings"]
    assert {one["rule"] for one in found} <= {"KCS106"}


def test_a_moment_of_publishing_is_no_pattern_for_the_day_of_a_check(adopted: Adopted, run: Run) -> None:
    moment = "'2025-03-01T19:29:43'"
    base, _ = adopted(
        {
            "docs/a.md": page("a", date=moment),
            **{f"docs/{name}.md": page(name, date=moment, last_review_date="2025-05-20") for name in "bcd"},
        }
    )
    done = run("verify", "--yes", "--note", "read", "docs/a.md", "--as-of", "2025-06-02", cwd=base.root)
    assert done.code == 0, done.err
    assert "\nlast_review_date: '2025-06-02'\n" in base.read("docs/a.md")


def test_learn_passes_over_the_case_of_names_and_writes_days_into_parts(adopted: Adopted, run: Run) -> None:
    days = {"ms.date": "05/25/2025"}
    files = {
        "reference/Core/About/about_Scopes.md": page("about_Scopes", **days),
        "reference/Core/Get-Item.md": page(
            "Get-Item", "[a](about/about_scopes.md) [b](../core/about/gone.md) [c](about/old.md)", **days
        ),
        "reference/includes/note.md": "---\nms.date: 05/25/2025\n---\nThis holds for all.\n",
    }
    lists = {
        ".openpublishing.publish.config.json": '{"redirection_files": ["redir/.openpublishing.redirection.sdk.json"]}',
        "redir/.openpublishing.redirection.sdk.json": '{"source_path": "../reference/Core/About/old.md", "redirect_url": "/x"}',
    }
    base, said = adopted({**files, **lists})
    assert "1\tno article\tpart of other pages" in said
    assert broken(base, run) == [("KCS501", "the link to '../core/about/gone.md' leads nowhere")]
    (base.root / ".openpublishing.publish.config.json").unlink()
    assert len(broken(base, run)) == 3


def test_what_lies_beside_the_folders_of_languages_is_there_for_all_of_them(
    adopted: Adopted, run: Run
) -> None:
    text = f"![a](../assets/a.png) [file](../assets/a.png) [no](../assets/b.pdf) **CMDB**{{#cmdb}} [part](#cmdb) [none](#x)\n{PROSE}"
    pages = {
        f"docs/{language}/use/{name}.md": page(f"{language} {name}", text)
        for language in ("de", "en")
        for name in "ab"
    }
    base, _ = adopted({**pages, "docs/assets/a.png": "png"})
    assert set(broken(base, run)) == {
        ("KCS502", "this article has no part '#x'"),
        ("KCS501", "the link to '../assets/b.pdf' leads nowhere"),
    }


def test_a_name_that_is_met_by_chance_is_no_folder_of_the_site(adopted: Adopted, run: Run) -> None:
    calls = {f"wiki/calls/{name}.md": page(name, f"[our site](/development) {PROSE}") for name in "abcd"}
    calls["wiki/calls/e.md"] = page("e", "[x](/api/keys) [y](/portal/login)")
    base, said = adopted({**calls, "wiki/reference/development.md": page("Development")})
    assert "Links from the root" not in said
    assert broken(base, run) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("title: Import: an example", "a second colon in one line: put the value in quotes"),
        ("aliases:\n  - %", "no value can begin with %: put it in quotes"),
        ("url: @somebody", "no value can begin with @: put it in quotes"),
    ],
)
def test_what_cannot_be_read_is_said_as_its_author_would_mend_it(
    adopted: Adopted, line: str, words: str
) -> None:
    _, said = adopted({"docs/a.md": page("a"), "docs/b.md": f"---\n{line}\n---\nText\n"})
    assert "1\tunreadable" in said
    assert words in said


def test_a_repository_without_articles_says_what_its_files_are(
    make_base: Callable[..., Base], run: Run
) -> None:
    base = make_base({"packages/a/readme.md": "# A\n", "CHANGELOG.md": "# Changes\n"}, team=None)
    (base.root / "kcs.toml").unlink()
    done = run("init", "--adopt", "--no-input", cwd=base.root)
    assert done.code == 2
    assert "none of them an article (2 note about the repository)" in done.err


def test_several_owners_of_a_page_keep_nobody_from_verifying_it(adopted: Adopted, run: Run) -> None:
    owners = "[alice, bob]"
    base, said = adopted(
        {f"docs/{name}.md": page(name, owner=owners, reviewed="2025-05-20") for name in "abc"}
    )
    assert (
        "Not mapped: owner (in 3), because its values, such as 'alice', are lists, and an owner here is one"
        in said
    )
    done = run("verify", "--yes", "--note", "read", "docs/a.md", cwd=base.root)
    assert done.code == 0, done.err
    assert "owner: [alice, bob]\n" in base.read("docs/a.md")
