"""kcs mv: every link leads where it led, nobody loses a verification, and a kill in between loses nothing."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs.article.body import parse
from kcs.article.front_matter import read
from kcs.authoring.moving import carry_out, plan_move
from kcs.errors import FileProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.fingerprints import Fingerprints
from kcs.kb.journal import moved
from tests.conftest import KCS_TOML, Base, Run
from tests.stopping import KILLED, NEVER, stopped_at
from tests.test_json_schemas import check

TARGET = "---\nid: kb-target01\ntitle: Target\nconfidence: validated\n---\n\n# Steps\n\n## Step 2\n\nDo it.\n"
PLAIN = "---\ntitle: Plain\nconfidence: validated\n---\n\nWords. [Target](target.md) ![shot](img/a.png)\n"
PATHS = [f"articles/{name}.md" for name in ("a/target", "a/plain", "a/many", "b/other")]
MANY = """\
---
title: Many ways to link
confidence: validated
superseded_by: articles/a/plain.md
translation_of: {id: articles/a/plain.md, content: "kcs1:00000000000000000000000000000000"}
---

Relative [one](plain.md), [stem](plain), [served](./plain.html#x), [rooted](/articles/a/plain.md?q=1),
[by id](kb-target01), [with angle](<plain.md> "A title"), [encoded](pl%61in.md), [outside](https://x.example/plain.md),
[itself](#many), [nowhere](gone.md), [ref], `[code](plain.md)` and {{ site.plain }}.

[ref]: plain.md#there 'why'

| a | b |
| --- | --- |
| [cell](plain.md) | ![pic](img/a.png) |

<p>
<a class="x" href="plain.md">html</a> <img src='img/a.png' alt="">
</p>

> - [in a quote](plain.md)

```
[code](plain.md)
```
"""


@pytest.fixture
def linked(make_base: Callable[..., Base], quick: Run) -> Base:
    """A base in which everything links to everything, all of it verified."""
    base = make_base(
        {
            "articles/a/target.md": TARGET,
            "articles/a/plain.md": PLAIN,
            "articles/a/many.md": MANY,
            "articles/a/img/a.png": b"\x89PNG",
            "articles/b/other.md": "---\ntitle: Other\nconfidence: validated\n---\n\n[P](../a/plain.md) [T](../a/target#step-2)\n",
            "README.md": "Read [this](articles/a/plain.md) first.\r\n",
        }
    )
    verified = quick("verify", *PATHS, "--yes", cwd=base.root)
    assert verified.code == 0, verified.err
    base.commit(message="Verify")
    return base


def test_links_to_a_folder_stay_as_verified_and_are_named(make_base: Callable[..., Base], quick: Run) -> None:
    config = '[articles]\ninclude = ["content/**/*.md"]\n[links]\nroot = "/"\nfolders = ["content"]\n'
    base = make_base(
        {
            "content/guide/_index.md": "---\ntitle: Guide\n---\nSee [one](one.md).\n",
            "content/guide/one.md": "---\ntitle: One\n---\n[up](./), [too](../guide/)\n",
            "content/other/o.md": "---\ntitle: O\n---\n\n[a](../guide), [b](/guide/#x), [c](../guide/one.md), [d](../other/)\n",
            "README.md": "[guide](content/guide/)\n",
        },
        config=config,
    )
    before = base.read("content/other/o.md")
    told = quick("mv", "content/guide", "content/manual", cwd=base.root)
    named = [one.removeprefix("kcs: ") for one in told.err.splitlines() if "by hand" in one]
    assert named == [
        f"{place} no longer leads to the folder content/manual: change it by hand"
        for place in (
            "content/manual/one.md:4: ../guide/",
            "content/other/o.md:5: ../guide",
            "content/other/o.md:5: /guide/#x",
            "README.md:1: content/guide/",
        )
    ]
    assert base.read("content/other/o.md") == before.replace("guide/one.md", "manual/one.md")
    told = quick("mv", "content/manual/one.md", "content/other/one.md", cwd=base.root)
    named = [one for one in told.err.splitlines() if "by hand" in one]
    assert named == [
        "kcs: content/other/one.md:4: ./ no longer leads to the folder content/manual: change it by hand"
    ]
    base.write("README.md", "[guide](content/manual/)\n")
    told = quick("mv", "README.md", "docs/README.md", cwd=base.root)
    assert [one for one in told.err.splitlines() if "by hand" in one] == [
        "kcs: docs/README.md:1: content/manual/ no longer leads to the folder content/manual: change it by hand"
    ]


def test_images_that_no_path_can_be_told_of_stay_as_verified(
    make_base: Callable[..., Base], quick: Run
) -> None:
    text = (
        f"![p](../img/a&#x26;b.png) ![q](../img/gone&#x26;.png) ![r](data:image/png;base64,{'iVBO' * 2000})\n"
    )
    base = make_base(
        {
            "articles/a/one.md": "---\ntitle: One\n---\n\n" + text,
            "articles/a/two.md": "---\ntitle: Two\n---\n\nWords.\n",
            "articles/img/a&b.png": b"\x89PNG",
        }
    )
    told = quick("mv", "articles/a/one.md", "articles/one.md", cwd=base.root)
    assert told.code == 0, told.err
    named = (
        "articles/one.md:5: ../img/a&#x26;b.png no longer leads to articles/img/a&b.png: change it by hand"
    )
    assert [one for one in told.err.splitlines() if "no longer" in one] == [f"kcs: {named}"]
    assert base.read("articles/one.md").endswith(text)


def state(root: Path) -> dict[str, tuple[bool, str]]:
    """Of each article, by its key: whether it is trusted, and its fingerprint."""
    kb = KnowledgeBase.open(root)
    return {
        kb.links.key(one.path): (kb.verdicts[one.path].trusted, kb.fingerprints.of(one))
        for one in kb.articles
    }


def leads(root: Path) -> dict[str, list[str | None]]:
    """Of each article, by its key: the keys of what its links name, in order."""
    kb = KnowledgeBase.open(root)
    found = {}
    for one in kb.articles:
        links = parse(read(kb.raw(one)).body).links
        targets = [kb.links.resolve(link.destination, one.path) for link in links]
        found[kb.links.key(one.path)] = [target.key + target.anchor if target else None for target in targets]
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("articles/a/plain.md", "articles/c/renamed.md"),
        ("articles/a/plain.md", "articles/b/"),
        ("articles/a/many.md", "articles/deep/er/many.md"),
        ("articles/a/target.md", "articles/a/ต.md"),
        ("kb-target01", "articles/with blank (1).md"),
        ("articles/a/plain.md", "articles/a/50%25 [x] & 'y' a#b?.md"),
        ("articles/a/plain.md", "articles/a/un(balanced.md"),
        ("articles/a", "articles/z"),
        ("articles/a", "articles/b"),
        ("articles/a/img", "articles/pictures"),
        ("articles/a/img/a.png", "articles/a b.png"),
        ("articles/b/other.md", "articles/a/index.md.md"),
    ],
)
def test_links_lead_where_they_led_and_nobody_loses_a_verification(
    linked: Base, quick: Run, old: str, new: str
) -> None:
    before, led = state(linked.root), leads(linked.root)
    assert all(trusted for trusted, _ in before.values()) and len(before) == 4
    readme = linked.read("README.md")
    told = quick("mv", old, new, cwd=linked.root)
    assert told.code == 0, told.err
    assert state(linked.root) == before
    assert leads(linked.root) == led
    assert linked.git("diff", "--cached", "--name-only") == ""
    if "plain.md" in old or old == "articles/a":
        changed = linked.read("README.md")
        assert changed != readme and changed.endswith(") first.\r\n")
    linked.commit(message="Moved")
    assert state(linked.root) == before


def test_only_destinations_change(linked: Base, quick: Run) -> None:
    quick("mv", "articles/a/plain.md", "articles/c/new name.md", cwd=linked.root)
    now = linked.read("articles/a/many.md")
    expected = MANY
    for before, after in (
        ("[one](plain.md)", "[one](../c/new%20name.md)"),
        ("[stem](plain)", "[stem](../c/new%20name)"),
        ("(./plain.html#x)", "(./../c/new%20name.html#x)"),
        ("(/articles/a/plain.md?q=1)", "(/articles/c/new%20name.md?q=1)"),
        ("(<plain.md> ", "(<../c/new%20name.md> "),
        ("(pl%61in.md)", "(../c/new%20name.md)"),
        ("]: plain.md#there", "]: ../c/new%20name.md#there"),
        ("[cell](plain.md)", "[cell](../c/new%20name.md)"),
        ('href="plain.md"', 'href="../c/new%20name.md"'),
        ("[in a quote](plain.md)", "[in a quote](../c/new%20name.md)"),
    ):
        assert before in expected
        expected = expected.replace(before, after)
    body = now.partition("\n---\n")[2]
    assert body == expected.partition("\n---\n")[2]
    assert (
        "superseded_by: articles/c/new name.md\n" in now
        and 'translation_of: {id: "articles/c/new name.md"' in now
    )


def test_there_and_back_leaves_every_file_as_it_was(linked: Base, quick: Run) -> None:
    for old, new in (("articles/a/plain.md", "articles/q.md"), ("articles/q.md", "articles/a/plain.md")):
        assert quick("mv", old, new, cwd=linked.root).code == 0
    for path in ("articles/a/plain.md", "articles/b/other.md", "README.md"):
        assert not linked.git("diff", "--stat", "--", path), path
    kb = KnowledgeBase.open(linked.root)
    assert kb.links.key("articles/a/plain.md") == "articles/a/plain.md"


def test_what_comes_to_an_old_place_is_another_article(linked: Base, quick: Run) -> None:
    quick("mv", "articles/a/plain.md", "articles/one.md", cwd=linked.root)
    quick("mv", "articles/one.md", "articles/two.md", cwd=linked.root)
    linked.write("articles/one.md", "---\ntitle: New\n---\n\nNew.\n")
    kb = KnowledgeBase.open(linked.root)
    assert kb.links.key("articles/two.md") == "articles/a/plain.md"
    assert kb.links.key("articles/one.md") == "articles/one.md"


@pytest.mark.parametrize("key", ["path", "permalink", "id"])
def test_a_date_only_claim_survives_the_move_of_what_it_links_to(
    make_base: Callable[..., Base], quick: Run, key: str
) -> None:
    """The version of the day it was checked names the old path; that is still the same article."""
    named = {"path": "", "permalink": "permalink: target/\n", "id": "id: kb-target01\n"}[key]
    config = KCS_TOML + '[fields]\nverified_at = "audit_date"\n'
    if key == "permalink":
        config += '[links]\nby = "permalink"\n'
    base = make_base(
        {
            "articles/target.md": f"---\n{named}title: T\n---\n\nWords.\n",
            "articles/linking.md": "---\ntitle: L\naudit_date: 2026-05-01\n---\n\nSee [it](target.md).\n",
        },
        config=config,
    )
    shown = ("show", "articles/linking.md", "--as-of", "2026-05-20", "--format", "json")
    assert quick(*shown, cwd=base.root).json["trusted"]
    for number in (1, 2):
        place = "articles/target.md" if number == 1 else "articles/x1/target.md"
        assert quick("mv", place, f"articles/x{number}/target.md", "--commit", cwd=base.root).code == 0
        assert quick(*shown, cwd=base.root).json["trusted"], number
    assert "articles/target.md" in base.read("moves.tsv")
    base.commit({"articles/linking.md": base.read("articles/linking.md").replace("See", "Look at")})
    assert quick(*shown, cwd=base.root).json["reasons"] == ["content-changed"]


def test_links_by_permalink_are_not_touched(adopted: Base, quick: Run) -> None:
    adopted.commit({"content/a.md": "---\ntitle: A\npermalink: a/\n---\n\n[S](/smtp/) [abs](/smtp.html)\n"})
    assert quick("mv", "content/mail/smtp.md", "content/new/s.md", cwd=adopted.root).code == 0
    assert adopted.git("diff", "--name-only").split() == ["content/mail/smtp.md"]


def test_a_picture_that_counts_may_move_with_and_without_its_article(
    make_base: Callable[..., Base], quick: Run
) -> None:
    """Where the bytes of pictures are part of what is verified: they are the same ones in another place."""
    files = {"articles/a.md": PLAIN.replace("target.md", "b.md"), "articles/b.md": TARGET, "articles/img/a.png": b"\x89PNG"}  # fmt: skip
    base = make_base(files, config=KCS_TOML + "images = true\n")
    assert quick("verify", "articles/a.md", "--yes", cwd=base.root).code == 0
    base.commit(message="Verify")
    before = state(base.root)
    for old, new in (
        ("articles/img/a.png", "articles/b.png"),
        ("articles/a.md", "articles/deep/a.md"),
        ("articles/deep", "articles/z"),
    ):
        told = quick("mv", old, new, "--format", "json", cwd=base.root)
        assert told.code == 0 and told.json["changing"] == [], told.err
        assert state(base.root) == before
    base.write("articles/b.png", b"\x89PNG, another")
    assert state(base.root) != before


def test_a_dead_link_that_comes_to_life_where_its_file_goes_is_told_and_stops_nobody(
    make_base: Callable[..., Base], quick: Run
) -> None:
    base = make_base(
        {
            "articles/a.md": "---\ntitle: A\n---\n\n[gone](one.md) [T](target.md)\n",
            "articles/target.md": TARGET,
            "articles/b/one.md": TARGET.replace("kb-target01", "kb-target02"),
        }
    )
    told = quick("mv", "articles/a.md", "articles/b/", "--format", "json", cwd=base.root)
    assert told.code == 0, told.err
    assert [one["path"] for one in told.json["changing"]] == ["articles/a.md"]
    assert base.read("articles/b/a.md").endswith("[gone](one.md) [T](../target.md)\n")


def test_what_the_site_cannot_name_is_linked_from_the_file(
    make_base: Callable[..., Base], quick: Run
) -> None:
    """Below the root of the site another article has that name already."""
    base = make_base(
        {
            "docs/a.md": TARGET,
            "docs/x.md": PLAIN,
            "docs/linking.md": "---\ntitle: L\n---\n\n[A](/help/a#step-2)\n",
        },
        config='[articles]\ninclude = ["**/*.md"]\n[links]\nroot = "/help"\nfolders = ["docs"]\n',
    )
    before, led = state(base.root), leads(base.root)
    told = quick("mv", "docs/a.md", "x.md", cwd=base.root)
    assert told.code == 0, told.err
    assert base.read("docs/linking.md").endswith("[A](../x.md#step-2)\n")
    assert state(base.root) == before and leads(base.root) == led


def test_each_way_of_naming_a_page_of_the_site_stays(make_base: Callable[..., Base], quick: Run) -> None:
    links = "[a](~/vpn.html#x) [b](/vpn/) [c](/mail/) [d](mail/index.html) [e](~/mail) [f](%E0%B8%81/%E0%B8%82.md)"
    base = make_base(
        {
            "site/l.md": f"---\ntitle: L\n---\n\n{links}\n",
            "site/vpn.md": PLAIN,
            "site/mail/index.md": PLAIN,
            "site/ก/ข.md": PLAIN,
        },
        config='[articles]\ninclude = ["**/*.md"]\nexclude = []\n[links]\nfolders = ["site"]\n',
    )
    before, led = state(base.root), leads(base.root)
    for old, new in (
        ("site/vpn.md", "site/net/"),
        ("site/mail", "site/post"),
        ("site/ก/ข.md", "site/ค/ข.md"),
    ):
        assert quick("mv", old, new, cwd=base.root).code == 0
    assert base.read("site/l.md").endswith(
        "[a](~/net/vpn.html#x) [b](/net/vpn/) [c](/post/) [d](post/index.html) [e](~/post) [f](%E0%B8%84/%E0%B8%82.md)\n"
    )
    assert state(base.root) == before and leads(base.root) == led


def test_on_a_site_of_addresses_only_what_a_move_bends_is_spelt_anew(
    make_base: Callable[..., Base], quick: Run
) -> None:
    """`b` in a.md is a/b there, and is found beside the file only because nothing lies at a/b."""
    config = KCS_TOML + '[links]\nrelative = "address"\n'
    files = {
        "articles/a.md": "---\ntitle: A\n---\n\n[by file](b) [by address](../b)\n",
        "articles/b.md": "---\ntitle: B\n---\n\nWords.\n",
        "articles/c.md": "---\ntitle: C\n---\n\n[B](../b)\n",
    }
    base = make_base(files, config=config)
    before, led = state(base.root), leads(base.root)
    assert quick("mv", "articles/c.md", "articles/sub/_index.md", cwd=base.root).code == 0
    assert base.read("articles/a.md") == files["articles/a.md"]
    assert base.read("articles/sub/_index.md").endswith("[B](../b)\n"), "the page's address is the folder now"
    assert quick("mv", "articles/sub/_index.md", "articles/sub/c.md", cwd=base.root).code == 0
    assert base.read("articles/sub/c.md").endswith("[B](../../b)\n")
    assert state(base.root) == before and leads(base.root) == led


# -- what is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("articles/a/plain.md", "articles/b/other.md", "exists"),
        ("articles/a/plain.md", "articles/a/plain.md", "already"),
        ("articles/a/plain.md", "../out.md", "outside"),
        ("articles/a/plain.md", "/etc/x.md", "outside"),
        ("articles/a/plain.md", "docs/plain.md", "not be an article"),
        ("articles/a/plain.md", "articles/a/plain.txt", "not be an article"),
        ("articles/a/plain.md", "articles/a/many.md/x.md", "is a file"),
        ("articles/a", "articles/a/b", "into itself"),
        ("articles/a", "notes", "not be an article"),
        ("kcs.toml", "articles/kcs.toml", "cannot be moved"),
        (".", "articles/x", "no article is named"),
        ("articles/gone.md", "articles/x.md", "no article is named"),
        ("articles/a/plain.md", " ", "no target"),
        ("articles/a/plain.md", ".git/x.md", "no place"),
        ("articles/a/plain.md", "articles/.GIT/x.md", "would not be an article: articles/.GIT is"),
        ("articles/a/plain.md", "articles/a\n.md", "control character"),
        ("articles/a/plain.md", "articles/b/other.md/", "is a file, no folder"),
        ("articles/a/plain.md", b"articles/\xff.md".decode("utf-8", "surrogateescape"), "not UTF-8"),
        ("../home", "articles/home", "outside"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    linked: Base, quick: Run, old: str, new: str, said: str
) -> None:
    told = quick("mv", old, new, cwd=linked.root)
    assert told.code == 2 and said in told.err, told.err
    assert linked.git("status", "--porcelain") == ""


def test_a_base_below_and_a_repository_below_stay_what_they_are(linked: Base, quick: Run) -> None:
    linked.write("articles/a/own/kcs.toml", "")
    assert "a knowledge base of its own" in quick("mv", "articles/a/own", "articles/own", cwd=linked.root).err
    linked.git("init", "--quiet", "articles/nested")
    told = quick("mv", "articles/a/plain.md", "articles/nested/plain.md", cwd=linked.root)
    assert told.code == 2 and "not in the same repository" in told.err
    assert (linked.root / "articles/a/own/kcs.toml").exists() and (
        linked.root / "articles/a/plain.md"
    ).exists()


def test_a_symbolic_link_leads_nowhere_out(linked: Base, quick: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (linked.root / "articles" / "out").symlink_to(tmp_path / "elsewhere")
    assert "outside" in quick("mv", "articles/a/plain.md", "articles/out/p.md", cwd=linked.root).err
    (linked.root / "articles" / "l.md").symlink_to("a/plain.md")
    assert "symbolic link" in quick("mv", "articles/l.md", "articles/m.md", cwd=linked.root).err


def test_a_folder_that_holds_another_working_tree_stays(linked: Base, quick: Run) -> None:
    linked.git("worktree", "add", "--quiet", "articles/a/tree")
    told = quick("mv", "articles/a", "articles/c", cwd=linked.root)
    assert told.code == 2 and told.err.startswith(
        "kcs: articles/a/tree is a submodule or another working tree"
    ), told.err
    assert (linked.root / "articles/a/plain.md").exists()


def test_a_file_in_conflict_stops_it(linked: Base, quick: Run) -> None:
    conflict = "<<<<<<< ours\n[P](../a/plain.md)\n=======\nx\n>>>>>>> theirs\n"
    linked.write("articles/b/other.md", f"---\ntitle: Other\n---\n\n{conflict}")
    told = quick("mv", "articles/a/plain.md", "articles/p.md", cwd=linked.root)
    assert told.code == 2 and "articles/b/other.md:5" in told.err
    assert (linked.root / "articles/a/plain.md").exists()


def test_links_of_articles_that_cannot_be_read_are_mended_where_they_are_text(
    linked: Base, quick: Run
) -> None:
    linked.write("articles/unclosed.md", "---\ntitle: Never closed\n\n[P](a/plain.md)\n")
    linked.write("articles/latin.md", b"---\ntitle: caf\xe9\n---\n[P](a/plain.md)\n")
    told = quick("mv", "articles/a/plain.md", "articles/p.md", cwd=linked.root)
    assert linked.read("articles/unclosed.md") == "---\ntitle: Never closed\n\n[P](p.md)\n"
    assert "articles/latin.md cannot be read" in told.err


def test_commit_takes_nothing_else_along(linked: Base, quick: Run) -> None:
    linked.write("articles/b/other.md", linked.read("articles/b/other.md") + "\nMine.\n")
    told = quick("mv", "articles/a/plain.md", "articles/p.md", "--commit", cwd=linked.root)
    assert told.code == 2 and "uncommitted" in told.err and (linked.root / "articles/a/plain.md").exists()
    linked.git("checkout", "--quiet", ".")
    linked.write("mine.txt", "mine")
    told = quick("mv", "articles/a", "articles/p", "--commit", "-m", "Tidy up", cwd=linked.root)
    assert told.code == 0, told.err
    assert linked.git("status", "--porcelain") == "?? mine.txt\n"
    assert linked.git("log", "-1", "--format=%B").startswith("Move articles/a to articles/p\n\nTidy up")
    assert "R100\tarticles/a/target.md\tarticles/p/target.md" in linked.git(
        "show", "-M", "--name-status", "--format="
    )


def test_a_dry_run_writes_nothing_and_says_everything(linked: Base, quick: Run) -> None:
    for option in ("--dry-run", "--diff"):
        told = quick("mv", "articles/a/plain.md", "articles/p.md", option, cwd=linked.root)
        assert told.code == 0 and "nothing was written" in told.err
    assert "-Read [this](articles/a/plain.md) first.\n+Read [this](articles/p.md) first." in told.out
    told = quick("mv", "articles/a/plain.md", "articles/p.md", "-n", "--format", "json", cwd=linked.root)
    document = check(told, "mv")
    assert document["dry_run"] and {one["path"] for one in document["respelt"]} >= {"README.md"}
    assert linked.git("status", "--porcelain") == ""


def test_a_link_that_led_nowhere_and_leads_somewhere_now_is_told(linked: Base, quick: Run) -> None:
    told = quick("mv", "articles/b/other.md", "articles/a/gone.md", "--format", "json", cwd=linked.root)
    assert [one["path"] for one in check(told, "mv")["changing"]] == ["articles/a/many.md"]


def test_policies_of_another_folder_are_told(make_base: Callable[..., Base], quick: Run) -> None:
    policy = '[[policy]]\nmatch = {path = "articles/legal/**"}\nquorum = 2\naudience = "internal"\n'
    policy += 'verify_every = "30d"\nverifiers = ["jd"]\npublishers = ["kp"]\nsecond_eyes = true\n'
    base = make_base({"articles/a.md": PLAIN, "articles/legal/b.md": PLAIN}, config=KCS_TOML + policy)
    told = quick("mv", "articles/legal", "articles/law", cwd=base.root)
    assert "audience" not in told.err  # internal is what the default says as well
    assert "kcs.toml:7 names articles/legal" in told.err
    said = "verify_every 30d becomes 90d, quorum 2 becomes 1, second_eyes becomes false, others may verify it, others may publish it"
    assert f"articles/law/b.md: {said}, by the policies of kcs.toml" in told.err


def test_where_case_does_not_count_a_name_may_change_its_case(
    make_base: Callable[..., Base], quick: Run
) -> None:
    base = make_base(
        {
            "articles/a.md": PLAIN,
            "articles/target.md": TARGET,
            "articles/sub/b.md": "---\ntitle: B\n---\nText.\n",
        }
    )
    if not (base.root / "ARTICLES").exists():
        pytest.skip("on this disk two cases are two names")
    asked = ("articles/target.md", "articles/Target.md")
    refused = quick("mv", *asked, "--commit", cwd=base.root)
    assert refused.code == 2 and "would not commit the move" in refused.err
    told = quick("mv", *asked, cwd=base.root)
    commands = "git rm -r -q --cached articles/target.md && git add articles/Target.md"
    assert told.code == 0 and commands in told.err
    assert "(Target.md)" in base.read("articles/a.md")
    assert quick("mv", "articles/sub", "articles/Sub", cwd=base.root).code == 0
    assert sorted(one.name for one in (base.root / "articles").iterdir()) == ["Sub", "Target.md", "a.md"]
    assert "exists" in quick("mv", "articles/a.md", "articles/TARGET.md", cwd=base.root).err


def test_names_that_differ_in_case_are_two_where_case_counts(linked: Base, quick: Run) -> None:
    if (linked.root / "ARTICLES").exists():
        pytest.skip("on this disk they are one")
    linked.write("articles/a/PLAIN.md", PLAIN)
    told = quick("mv", "articles/a/plain.md", "articles/a/PLAIN.md", cwd=linked.root)
    assert told.code == 2 and "exists; nothing was changed" in told.err
    linked.write("articles/A/other.md", PLAIN)
    assert quick("mv", "articles/a", "articles/A", cwd=linked.root).code == 0
    assert (linked.root / "articles/A/a/plain.md").exists()


def test_outside_git(make_base: Callable[..., Base], quick: Run) -> None:
    base = make_base({"articles/a.md": PLAIN, "articles/target.md": TARGET}, git=False)
    assert quick("mv", "articles/target.md", "articles/y/t.md", cwd=base.root / "articles").code == 0
    assert "(y/t.md)" in base.read("articles/a.md")
    assert quick("mv", "y/t.md", "x/t.md", cwd=base.root / "articles").code == 0
    assert "(x/t.md)" in base.read("articles/a.md")
    assert quick("mv", "a.md", "x/", "--commit", cwd=base.root / "articles").code == 2


@pytest.mark.parametrize(
    ("found", "line"),
    [([], 9), (["\0"], 9), (["../b/plain.md\0# [x"], 6), (["../b/plain.md\0# [x](many.md"], 6)],
)
def test_a_link_that_would_not_lead_there_stops_the_move(
    linked: Base, quick: Run, monkeypatch: pytest.MonkeyPatch, found: list[str], line: int
) -> None:
    """No name is known that cannot be linked: were there one, nothing is written, and the line is told."""
    linked.write("articles/a/few.md", "---\ntitle: Few\n---\n\n\n[one](many.md)\n\n\n[two](plain.md)\n")
    linked.commit(message="Few")
    monkeypatch.setattr("kcs.authoring.moving.plan.spellings", lambda *_: iter(found))
    told = quick("mv", "articles/a/plain.md", "articles/b/", cwd=linked.root)
    assert told.code == 2 and f"articles/a/few.md:{line}:" in told.err, told.err
    assert linked.git("status", "--porcelain") == ""


@pytest.mark.parametrize("spelt", [
    "{id: %s, none: ~, list: [a, {b: c}], yes: true} # why\n", "\n  # why\n  id: '%s' # it\n  list:\n    - a\n  none:\n",
])  # fmt: skip
def test_of_a_mapping_that_names_an_article_only_the_name_changes(
    make_base: Callable[..., Base], quick: Run, spelt: str
) -> None:
    said = f"---\ntitle: T\ntranslation_of: {spelt}---\nx\n"
    base = make_base({"articles/a.md": PLAIN, "articles/t.md": said % "articles/a.md"})
    told = quick("mv", "articles/a.md", "articles/b.md", "--format", "json", cwd=base.root)
    [key] = [one for one in check(told, "mv")["respelt"] if one["path"] == "articles/t.md"]
    assert (key["key"], key["line"], key["before"], key["after"]) == (
        "translation_of",
        3,
        "articles/a.md",
        "articles/b.md",
    )
    assert base.read("articles/t.md") == said.replace("'", "") % "articles/b.md"


# -- any names -----------------------------------------------------------------------------------------------

NAME = st.text(
    st.sampled_from("ab ()[]<>%&'\"#?;:@!$+,=~^`{}|*_-\\.\u0e01\u0e33é"), min_size=1, max_size=12
).filter(lambda text: text.strip(". ") == text and "/" not in text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    NAME,
    NAME,
    st.sampled_from(["[x]({})", "[x](<{}>)", '<a href="{}">x</a>', "[x]\n\n[x]: {}", "|a|\n|-|\n|[x]({})|"]),
)
def test_any_name_can_be_linked_from_any_place(
    tmp_path_factory: pytest.TempPathFactory, old: str, new: str, shape: str
) -> None:
    from kcs.authoring.moving import carry_out, plan_move

    root = tmp_path_factory.mktemp("kb")
    (root / "kcs.toml").write_text(KCS_TOML)
    (root / "articles" / "b").mkdir(parents=True)
    (root / "articles" / f"{old}.md").write_text("---\ntitle: T\n---\n\nText.\n")
    linking = f"---\ntitle: L\n---\n\n{shape.format(quote(old + '.md'))}\n"
    (root / "articles" / "linking.md").write_text(linking)
    kb = KnowledgeBase.open(root)
    led = leads(root)["articles/linking.md"]
    assert led == [f"articles/{old}.md"]
    before = state(root)
    carry_out(kb, plan_move(kb, f"articles/{old}.md", f"articles/b/{new}.md"))
    assert leads(root)["articles/linking.md"] == led
    assert {key: one[1] for key, one in state(root).items()} == {key: one[1] for key, one in before.items()}


# -- interrupted ---------------------------------------------------------------------------------------------

MOVED = ("mv", "articles/a", "articles/z")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("kill", [True, False], ids=["killed", "error"])
def test_stopped_at_any_point_the_next_command_finds_all_or_nothing(
    linked: Base, quick: Run, kcs_env: dict[str, str], kill: bool
) -> None:
    before, led = state(linked.root), leads(linked.root)
    step = finished = nothing = 0
    while (code := stopped_at(step := step + 1, MOVED, linked.root, kcs_env, kill=kill)) != NEVER:
        assert code in (
            (KILLED,) if kill else (0, 2)
        )  # not every error stops it: some temporary file need not go
        told = quick("list", cwd=linked.root)
        assert told.code == 0 and "edited meanwhile" not in told.err
        finished += "is finished now" in told.err
        moved = (linked.root / "articles/z").exists()
        nothing += not moved
        assert state(linked.root) == before and leads(linked.root) == led, step
        assert not (linked.root / ".git/kcs/kcs-journal.json").exists()
        assert not list(linked.root.glob("articles/**/*.kcs-tmp"))
        assert moved == (not (linked.root / "articles/a").exists())
        if not moved:
            assert linked.git("status", "--porcelain") == ""
        linked.git("reset", "--quiet", "--hard")
        linked.git("clean", "-fdq")
    assert step > 15 and nothing and (finished > 10 if kill else nothing > 5)
    assert (linked.root / "articles/z").exists() and state(linked.root) == before


def test_what_somebody_edited_after_the_kill_is_kept(
    linked: Base, quick: Run, kcs_env: dict[str, str]
) -> None:
    step = 1
    while not (linked.root / ".git/kcs/kcs-journal.json").exists():
        assert stopped_at(step, MOVED, linked.root, kcs_env, kill=True) == KILLED
        step += 1
    mine = linked.read("articles/b/other.md") + "\nMine.\n"
    linked.write("articles/b/other.md", mine)
    told = quick("list", cwd=linked.root)
    assert "articles/b/other.md was edited meanwhile" in told.err
    assert linked.read("articles/b/other.md") == mine and (linked.root / "articles/z/plain.md").exists()


def test_a_move_whose_place_was_taken_meanwhile_says_the_way_out(linked: Base, quick: Run) -> None:
    paths = sorted(path.relative_to(linked.root).as_posix() for path in linked.root.glob("articles/**/*.md"))
    work = {"what": "kcs mv", "writes": [], "move": paths[:2]}
    linked.write(".git/kcs/kcs-journal.json", json.dumps(work))
    told = quick("list", cwd=linked.root)
    assert told.code == 2 and "cannot be finished" in told.err and "delete" in told.err
    (linked.root / paths[1]).unlink()
    assert quick("list", cwd=linked.root).code == 0
    assert (linked.root / paths[1]).is_file() and not (linked.root / paths[0]).exists()


def test_a_journal_nobody_can_read_is_named(linked: Base, quick: Run) -> None:
    linked.write(".git/kcs/kcs-journal.json", b"{")
    told = quick("list", cwd=linked.root)
    assert told.code == 2 and re.search(r"kcs-journal\.json: .*cannot be read", told.err)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("articles/b/one.md", "articles/here.md"),
        ("articles/b", "articles/c"),
        ("articles/a.md", "articles/b/a.md"),
        ("articles/img", "articles/b/img"),
        ("articles/target.md", "articles/z/target.md"),
    ],
)
@pytest.mark.parametrize("images", ["false", "true"])
def test_whose_fingerprint_changes_is_told_without_one_of_what_is_not_edited(
    make_base: Callable[..., Base], old: str, new: str, images: str
) -> None:
    base = make_base(
        {
            "articles/a.md": "---\ntitle: A\n---\n\n[gone](one.md) [T](target.md) ![p](img/p.png) ![q](b/img/p.png)\n",
            "articles/c.md": "---\ntitle: C\n---\n\n[dead](here.md) [b](b/one.md#x) [dead](z/target.md)\n",
            "articles/target.md": TARGET,
            "articles/b/one.md": "---\ntitle: One\n---\n\n[up](../target.md) [none](../../x.md)\n",
            "articles/img/p.png": b"\x89PNG",
        },
        config=f"{KCS_TOML}images = {images}\n",
    )
    kb = KnowledgeBase.open(base.root)
    asked, told = set(), Fingerprints.of

    def noted(prints: Fingerprints, article: Article) -> str:
        asked.add(article.path)
        return told(prints, article)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Fingerprints, "of", noted)
        moving = plan_move(kb, old, new)
    assert {moved(path, new, old) for path in asked} <= {moved(one.path, new, old) for one in moving.edits}
    before = {one.path: kb.fingerprints.of(one) for one in kb.articles}
    carry_out(kb, moving)
    again = KnowledgeBase.open(base.root)
    after = {
        moved(one.path, new, old) if one.path not in before else one.path: again.fingerprints.of(one)
        for one in again.articles
    }
    assert {one.path for one in moving.changing} == {path for path in before if after[path] != before[path]}


def test_of_two_moves_planned_at_once_none_loses_the_line_of_the_other(
    make_base: Callable[..., Base], in_kcs_env: None
) -> None:
    base = make_base({f"articles/{name}.md": f"---\ntitle: {name}\n---\nText.\n" for name in "ab"})
    one, other = (KnowledgeBase.open(base.root) for _ in range(2))
    first = plan_move(one, "articles/a.md", "articles/c.md")
    second = plan_move(other, "articles/b.md", "articles/d.md")
    carry_out(one, first)
    with pytest.raises(FileProblem, match="was changed by somebody else") as told:
        carry_out(other, second)
    assert told.value.path == "moves.tsv" and (base.root / "articles/b.md").is_file()
    again = KnowledgeBase.open(base.root)
    carry_out(again, plan_move(again, "articles/b.md", "articles/d.md"))
    links = KnowledgeBase.open(base.root).links
    assert [links.key(f"articles/{name}.md") for name in "cd"] == ["articles/a.md", "articles/b.md"]
