"""Adopting bases as they were met: shapes of runbooks, handbooks and help centres, each invented small."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import pytest

from tests.authoring.adopting import PROSE, Adopted, adopted, broken, listed, page
from tests.conftest import Base, Run

pytestmark = pytest.mark.forked

__all__ = ["adopted"]
GERMAN = "Der Dienst ist nicht da, und die Seite wird nicht mit dem Werkzeug geladen, für das sie ist. " * 8


def test_departments_named_like_a_language_are_none(adopted: Adopted) -> None:
    """A handbook has a folder of its IT and one of its human resources; `it` is Italian, `hr` Croatian."""
    rest = {f"handbook/sales/{name}.md": page(name) for name in "abc"}
    _, said = adopted(
        {
            **rest,
            "handbook/it/laptops.md": page("Laptops"),
            "handbook/hr/leave.md": page("Leave"),
            "handbook/finance/ar/bills.md": page("Bills"),
        }
    )
    assert "by the folder" not in said


def test_a_language_that_few_pages_are_in_is_one_beside_others(adopted: Adopted) -> None:
    _, said = adopted(
        {
            **{f"docs/{name}.md": page(name) for name in "abc"},
            "docs/de/a.md": page("a", GERMAN),
            "docs/it/a.md": page("a"),
        }
    )
    assert "Languages, by the folder: de, it." in said


def test_folders_called_after_a_language_in_words_are_of_it_where_they_are_written_in_it(
    adopted: Adopted, run: Run
) -> None:
    """A help centre on GitBook; and a school, where English is a subject."""
    files = {f"{folder}/{name}.md": page(name) for folder in ("English", "old/english") for name in "abc"}
    base, said = adopted(
        {
            **files,
            "Deutsch/a.md": page("a", GERMAN),
            "tieng-viet/a.md": page(
                "a", "Khởi động lại dịch vụ và đợi đèn xanh, rồi xem hàng đợi có ngắn lại không. " * 8
            ),
            "rules/german/exams.md": page("exams"),
        }
    )
    assert "Languages, by the folder: de, en, vi." in said
    told = {path: one["language"] for path, one in listed(base, run).items()}
    assert (
        told["Deutsch/a.md"] == "de" and told["tieng-viet/a.md"] == "vi" and told["old/english/a.md"] == "en"
    )
    assert told["rules/german/exams.md"] == "en"
    assert "rules/german" not in base.read("kcs.toml")


def test_a_readme_of_a_folder_of_pages_is_an_article_and_that_of_a_program_none(
    adopted: Adopted, run: Run
) -> None:
    """Runbooks whose services each have a README that says most of it."""
    services = {f"docs/{name}/README.md": f"# {name}\n\n{PROSE}" for name in ("redis", "nginx", "mail")}
    base, said = adopted(
        {
            **services,
            "docs/redis/restart.md": f"# Restart\n\n{PROSE}",
            "docs/redis/load.png": "",
            "docs/short/README.md": "# Short\n\nSee [others](../redis/README.md).\n",
            "alerts/README.md": f"# Alerts\n\n{PROSE}",
            "alerts/rules.py": "print()\n",
            "README.md": f"# The repository\n\n{PROSE}",
        }
    )
    assert set(listed(base, run)) == {*services, "docs/redis/restart.md"}
    assert "3\tno article\tnote about the repository" in said


def test_one_readme_that_says_much_is_a_note(adopted: Adopted, run: Run) -> None:
    base, _ = adopted({"docs/a.md": f"# A\n\n{PROSE}", "skills/README.md": f"# Skills\n\n{PROSE}"})
    assert set(listed(base, run)) == {"docs/a.md"}


def test_a_site_deep_in_a_repository_is_found(adopted: Adopted, run: Run) -> None:
    pages = {
        f"docs/src/content/docs/guides/{name}.md": page(name, f"[x](/guides/a/) [y](/guides/b/#z) {PROSE}")
        for name in ("a", "b", "c")
    }
    base, said = adopted({**pages, "docs/src/content/docs/guides/d.md": page("d", "[gone](/guides/gone/)")})
    assert "lead to a file below docs/src/content/docs." in said
    assert ("KCS501", "the link to '/guides/gone/' leads nowhere") in broken(base, run)


def starlight() -> dict[str, str]:
    """Three pages in the first language, one of them in two others."""
    body = f"[x](/guides/a/) [y](/guides/b/) {PROSE}"
    files = {f"src/content/docs/guides/{name}.md": page(name, body) for name in "abc"}
    files["src/content/docs/de/guides/a.md"] = page("A", f"[x](/de/guides/b/) [y](/de/guides/no/) {GERMAN}")
    files["src/content/docs/fr/guides/a.md"] = page(
        "A", "Le service est là pour vous, et les pages avec lui."
    )
    return files


def test_starlight_shows_what_is_not_translated_in_its_first_language(adopted: Adopted, run: Run) -> None:
    files = starlight()
    without, _ = adopted(files)
    assert {words for _, words in broken(without, run)} == {
        "the link to '/de/guides/b/' leads nowhere",
        "the link to '/de/guides/no/' leads nowhere",
    }


def test_starlight_is_known_by_its_settings(adopted: Adopted, run: Run) -> None:
    files = starlight()
    files["src/content/docs/guides/d.md"] = page("d", f"[api](/guides/api/#x) [more](/guides/more/) {PROSE}")
    files["src/pages/guides/api/index.astro"] = files["src/pages/guides/more.astro"] = "---\n---\n"
    base, _ = adopted({**files, "astro.config.mjs": "export default {}\n"})
    assert broken(base, run) == [("KCS501", "the link to '/de/guides/no/' leads nowhere")]


def test_permalinks_right_below_the_host_are_followed(adopted: Adopted, run: Run) -> None:
    """Gatsby and Jekyll: /docs/api.html is the page that says so, whatever its file is called."""
    files = {
        f"content/docs/reference-{name}.md": page(
            name, f"[a](/docs/a.html) [b](/docs/b.html#x) {PROSE}\n\n## X\n", permalink=f"docs/{name}.html"
        )
        for name in "abcd"
    }
    files["content/docs/plain.md"] = page("plain", "[gone](/docs/gone.html)")
    base, said = adopted(files)
    assert "below / name a permalink" in said
    assert broken(base, run) == [("KCS501", "the link to '/docs/gone.html' leads nowhere")]
    done = run("mv", "content/docs/reference-a.md", "content/docs/other.md", cwd=base.root)
    assert done.code == 0, done.err
    assert "(/docs/a.html)" in base.read("content/docs/reference-b.md")
    assert broken(base, run) == [("KCS501", "the link to '/docs/gone.html' leads nowhere")]


def test_the_name_of_an_editor_is_nobody_and_the_day_of_the_last_edit_no_beginning(
    adopted: Adopted, run: Run
) -> None:
    """Wiki.js: `editor` is a program, `date` the last edit."""
    keys = {
        "editor": "markdown",
        "date": "2025-05-20T10:11:12.131Z",
        "dateCreated": "2019-02-17T22:46:42.792Z",
    }
    base, said = adopted({f"{name}.md": page(name, **keys) for name in "abc"})
    assert "created\tdateCreated\t3\t3" in said
    assert "editor" not in said
    assert "\tdate\t" not in said
    found = run("audit", "--format", "json", cwd=base.root).json["findings"]
    assert not [one for one in found if one["rule"] in ("KCS009", "KCS014")]


def test_products_that_are_lists_are_named_and_are_no_findings(adopted: Adopted, run: Run) -> None:
    base, said = adopted({f"docs/{name}.md": page(name, products="[mail, calendar]") for name in "abc"})
    assert "Not mapped: products (in 3), because values such as" in said
    found = run("audit", "--format", "json", cwd=base.root).json["findings"]
    assert not [one for one in found if one["rule"] == "KCS009"]


def test_a_list_under_our_own_product_is_the_bases(adopted: Adopted, run: Run) -> None:
    base, said = adopted({f"docs/{name}.md": page(name, product="[mail, calendar]") for name in "abc"})
    assert "product (in 3), because its values, such as 'mail', are lists" in said
    found = run("audit", "--format", "json", cwd=base.root).json["findings"]
    assert not [one for one in found if one["rule"] == "KCS009"]


@pytest.mark.parametrize("line", ["superseded_by: []", "approvers: ['@lead']", "aliases: []"])
def test_an_empty_list_and_a_word_of_its_own_are_no_findings(adopted: Adopted, run: Run, line: str) -> None:
    base, _ = adopted({"docs/a.md": f"---\ntitle: A\n{line}\n---\n{PROSE}\n", "docs/b.md": page("b")})
    found = run("audit", "--format", "json", cwd=base.root).json["findings"]
    assert not [one for one in found if one["rule"] in ("KCS007", "KCS009")]


def test_a_part_that_begins_with_a_line_across_the_page_is_a_part(adopted: Adopted) -> None:
    menu = "---\n\n[One](/one/)   |\n[Two](/two/)\n\n---\n"
    _, said = adopted(
        {"docs/a.md": page("a"), "assets/includes/menu.md": menu, "assets/includes/b.md": "---\ntitle: a: b\n---\n"}
    )  # fmt: skip
    assert "1\tno article\tpart of other pages" in said
    assert "1\tunreadable" in said


def test_a_moment_keeps_its_notation_when_it_is_stamped(adopted: Adopted, run: Run) -> None:
    moment = "2025-05-16T17:00:00.000Z"
    base, _ = adopted({f"docs/{name}.md": page(name, last_reviewed_at=moment) for name in "abc"})
    done = run("verify", "--yes", "--note", "x", "docs/a.md", "--as-of", "2025-06-02", cwd=base.root)
    assert done.code == 0, done.err
    assert "\nlast_reviewed_at: 2025-06-02T12:00:00.000Z\n" in base.read("docs/a.md")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give such names no file")
def test_names_that_are_not_utf_8_are_told_apart_all_the_same(
    make_base: Callable[..., Base], run: Run
) -> None:
    files = {f"docs/{name}.md": page(name) for name in "abc"}
    base = make_base(files, team=None)
    (base.root / "kcs.toml").unlink()
    for name in (b"docs/\xff/README.md", b"docs/\xfe/retired/old.md", b"\xfd-top/d.md", b"docs/\xfc.md"):
        file = base.root / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Read me." if b"README" in name else page("Odd"))
    done = run("init", "--adopt", "--no-input", cwd=base.root)
    assert done.code == 0, done.err
    found = run("list", "--format", "json", cwd=base.root).json["articles"]
    assert len(found) == 6 and sum(one["confidence"] == "archived" for one in found) == 1


def test_articles_called_by_a_number_or_an_acronym_are_no_notes_to_editors(adopted: Adopted) -> None:
    """A help desk's numbers, acronyms, and a folder whose names are all in capitals: none has front matter."""
    names = ["kb/KB0010023", "kb/10741601", "kb/2014-02-20-124062", "docs/VPN", "docs/SSO"]
    runbooks = [f"runbooks/{name}" for name in ("DATABASE_FULL", "QUEUE_STUCK", "DISK_FAILED")]
    files = {
        f"{name}.md": f"# How to\n\n{PROSE}\n" for name in [*names, *runbooks, "docs/print", "docs/scan"]
    }
    _, said = adopted({**files, "docs/STYLE_OF_PAGES.md": f"# Style\n\n{PROSE}\n", "DESIGN.md": f"# Design\n\n{PROSE}\n"})  # fmt: skip
    assert "12 Markdown files, 10 of them articles" in said
    assert "2\tno article\tnote to editors" in said


def test_a_readme_beside_a_folders_settings_is_a_page_of_that_folder(adopted: Adopted) -> None:
    """MkDocs, Azure DevOps and Docusaurus keep the order of a folder's pages in a file beside them."""
    folders = {"ci": ".pages", "ui": ".order", "qa": "_category_.json", "ops": "toc.yml"}
    files = {f"docs/{name}/README.md": f"# {name}\n\n{PROSE}\n" for name in folders}
    files.update({f"docs/{name}/{settings}": "" for name, settings in folders.items()})
    _, said = adopted({**files, **{f"docs/ci/{name}.md": f"# {name}\n\n{PROSE}\n" for name in "abc"}})
    assert "7 Markdown files, 7 of them articles" in said


def test_learn_is_one_part_of_a_host_and_its_parts_come_from_other_repositories(
    adopted: Adopted, run: Run
) -> None:
    """Links from the root count from learn.microsoft.com, where `exchange/` of this repository is served elsewhere."""
    links = "[other](/exchange/permissions) [own](b.md) [part](~/shared/part.md) [none](~/exchange/none.md) [file](/exchange/none.md)"
    files = {
        "exchange/docs/a.md": page("A", links),
        "exchange/docs/b.md": page("B", "[a](/exchange/docs/a.md)"),
    }
    config = ".openpublishing.publish.config.json"
    base, _ = adopted({**files, config: "{}"})
    told = [f"the link to {spelt!r} leads nowhere" for spelt in ("~/exchange/none.md", "/exchange/none.md")]
    assert [message for _, message in broken(base, run)] == told
    (base.root / config).unlink()
    assert len(broken(base, run)) == 4


def test_on_learn_what_the_base_itself_serves_is_judged(make_base: Callable[..., Base], run: Run) -> None:
    """Below its own root, and from the folder that `~` stands for, nothing is another repository's."""
    links = "[a](/exchange/b) [b](/exchange/gone) [c](~/mail/gone.md) [d](~/gone.md) [e](~/shared/part.md) [f](/azure/vm)"
    base = make_base(
        {
            "docs/mail/a.md": page("A", links),
            "docs/b.md": page("B"),
            "kcs.toml": '[articles]\ninclude = ["docs/**"]\n[links]\nroot = "/exchange"\nfolders = ["docs"]\n',
            ".openpublishing.publish.config.json": "{}",
        }
    )
    told = [
        f"the link to {spelt!r} leads nowhere" for spelt in ("/exchange/gone", "~/mail/gone.md", "~/gone.md")
    ]
    assert [message for _, message in broken(base, run)] == told


def test_mkdocs_passes_on_what_names_no_file_so_that_it_counts_from_the_address(
    adopted: Adopted, run: Run
) -> None:
    """Its `.md` names and pictures count from the file, which is what most links of the base are."""
    links = "[b](b.md) ![c](../c.png) ![d](../d.png) [from the address](../../other/e/) [none](../f/)"
    files = {"docs/use/a.md": page("A", links), "docs/use/b.md": page("B"), "docs/other/e.md": page("E")}
    base, said = adopted({**files, "docs/c.png": "x", "docs/d.png": "x", "mkdocs.yml": "site_name: x\n"})
    assert "relative" not in (base.root / "kcs.toml").read_text() and "address" not in said
    assert [message for _, message in broken(base, run)] == ["the link to '../f/' leads nowhere"]
    (base.root / "mkdocs.yml").unlink()
    assert len(broken(base, run)) == 2


def test_pages_of_folders_and_programs_on_the_host_are_no_broken_links(adopted: Adopted, run: Run) -> None:
    """Hugo serves `services/_index.md` as /services.html where its
    settings say so; Jekyll a collection's index without its line.
    """
    links = "[a](/services.html#part) [b](/services.md) [c](/storybook/?path=/x) [d](/components/modal) [e](/services/one/) [no](/gone.html)"
    files = {
        **{f"site/src/services/{name}.md": page(name) for name in ("one", "two", "three")},
        "site/src/services/_index.md": "---\ntitle: Services\n---\n",
        "site/src/_components/modal/index.md": "---\ntitle: Modal\n---\n",
        "site/src/_components/modal/more.md": page("More"),
        "site/src/use/a.md": page("A", f"{links} [x](/services/two/) [y](/services/three/)"),
    }
    base, said = adopted(files)
    assert "lead to a file below site/src" in said
    assert [message for _, message in broken(base, run)] == ["the link to '/gone.html' leads nowhere"]


def test_a_query_does_not_excuse_an_address_below_those_of_articles(
    make_base: Callable[..., Base], run: Run
) -> None:
    links = "[a](/guides/mail?lang=th) [b](/guides/gone?lang=th) [c](/storybook/?path=/x)"
    config = '[articles]\ninclude = ["a/**"]\n[links]\nby = "permalink"\nroot = "/"\n'
    files = {
        "a/x.md": page("A", links, permalink="/guides/x/"),
        "a/y.md": page("B", permalink="/guides/mail/"),
    }
    base = make_base(files, config=config)
    assert [message for _, message in broken(base, run)] == [
        "the link to '/guides/gone?lang=th' leads nowhere"
    ]


def test_a_note_as_gitbook_writes_it_is_no_missing_part(adopted: Adopted, run: Run) -> None:
    text = f"Ask for [a demo](#user-content-fn-1)[^1], or [see](#part).\n\n{PROSE}\n\n[^1]: By mail.\n"
    base, _ = adopted({"docs/a.md": page("a", text), "docs/b.md": page("b")})
    assert [message for _, message in broken(base, run)] == ["this article has no part '#part'"]


def test_a_day_of_review_goes_before_a_day_that_may_be_an_edits(adopted: Adopted) -> None:
    """Learn's `ms.date` is renewed by many an edit; few of its bases keep the day of a review beside it."""
    days = {"ms.date": "05/25/2025", "ms.lastreviewed": "12/2/2020"}
    files = {f"docs/{name}.md": page(name, **days) for name in "ab"}
    _, said = adopted({**files, "docs/c.md": page("c", **{"ms.date": "05/25/2025"})})
    assert "verified_at\tms.lastreviewed\t2\t2" in said


@pytest.mark.parametrize(
    "key", ["last_reviewed_date", "lastVerifiedDate", "last-validated-at", "ultima_revision"]
)
def test_days_of_a_check_are_known_by_more_names(adopted: Adopted, key: str) -> None:
    _, said = adopted({f"docs/{name}.md": page(name, **{key: "2025-05-25"}) for name in "ab"})
    assert f"verified_at\t{key}\t2\t2" in said


def test_a_day_of_review_under_another_key_is_named(adopted: Adopted) -> None:
    """It is neither read nor stamped there, and who adopts such a base sees why none of its articles is verified."""
    keys = {"review": "\n  last_reviewed_date: 2025-05-25\n  review_cycle: ANNUAL"}
    _, said = adopted({f"docs/{name}.md": page(name, **keys) for name in "ab"})
    assert "Not mapped: review.last_reviewed_date (in 2), because it stands under another key" in said


def test_how_often_is_an_interval_too(adopted: Adopted, run: Run) -> None:
    keys = {"last_reviewed": "2025-02-01", "review_cycle": "Quarterly"}
    base, said = adopted({f"docs/{name}.md": page(name, **keys) for name in "ab"})
    assert "verify_every\treview_cycle\t2\t2" in said
    found = run("list", "--as-of", "2025-05-02", "--format", "json", cwd=base.root).json["articles"]
    assert [one["due"] for one in found] == ["2025-05-01"] * 2
