"""kcs new --from an article, and --translation-of: what is carried over, what never is, and what verify makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.internal import internal_blocks
from kcs.authoring.carrying import all_words, put_in, words_for_everyone
from tests.conftest import KP, Base, Run

SOURCE = """\
---
type: Feature breakdown
id: kb-7f3q9xk2
title: Shared inbox
confidence: validated
audience: internal
verifiers: [jd, kp]
product: mail
tags: [inbox]
language: en
---
Read this first.

## Customer-ready wording

You can now share an inbox, see [setup](../setup.md).

<!-- internal -->
Not for the old plan: SECRET-1.
<!-- /internal -->

## FAQ

### Does it cost?

No.

<!-- internal -->

## Internal notes

SECRET-2

<!-- /internal -->

## Odds and ends

More.
"""
PATH = "articles/mail/shared-inbox.md"


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base({PATH: SOURCE})


def front(base: Base, path: str) -> Any:
    return yaml.safe_load(base.read(path).split("\n---\n")[0].removeprefix("---\n"))


def test_a_counterpart_says_what_may_be_said(base: Base, run: Run) -> None:
    done = run("new", "how-to", "--from", "kb-7f3q9xk2", "--audience", "external", "--commit", cwd=base.root)
    assert done.code == 0, done.err
    path = done.out.strip()
    found, text = front(base, path), base.read(path)
    assert path.startswith("articles/mail/shared-inbox-") and found["type"] == "How-to"
    assert (found["title"], found["product"], found["tags"]) == ("Shared inbox", "mail", ["inbox"])
    assert found["counterpart"] == "kb-7f3q9xk2" and found["audience"] == "external"
    assert "## Goal\n\nYou can now share an inbox, see [setup](../setup.md).\n\n" in text
    assert "## Frequently asked questions\n\n### Does it cost?\n\nNo.\n\n## See also" in text
    assert "SECRET" not in text and "Odds" not in text and "<!-- Rights, plan" in text
    assert base.read(PATH) == SOURCE.replace("language: en\n", f"language: en\ncounterpart: {found['id']}\n")
    assert base.git("show", "--name-only", "--format=", "HEAD").split() == sorted([PATH, path])
    again = run("new", "how-to", "--from", "kb-7f3q9xk2", cwd=base.root)
    assert again.code == 2 and "already has a counterpart" in again.err


def test_what_the_other_article_held_uncommitted_is_said_to_go_along(base: Base, run: Run) -> None:
    base.write(PATH, SOURCE.replace("More.", "Half a sent"))
    done = run("new", "how-to", "--from", PATH, "--commit", cwd=base.root)
    assert done.code == 0
    assert f"the commit also holds what was not committed before in {PATH}\n" in done.err


def test_a_faq_without_a_section_comes_last(base: Base, run: Run) -> None:
    text = base.read(run("new", "solution", "Other title", "--from", PATH, cwd=base.root).out.strip())
    assert "## Issue\n\nYou can now share" in text and text.rstrip().endswith("### Does it cost?\n\nNo.")


def test_nothing_is_half_written(base: Base, run: Run) -> None:
    broken = SOURCE.replace("tags: [inbox]", "tags: [inbox\n<<<<<<< x")
    base.write(PATH, broken)
    before = sorted(base.root.rglob("*.md"))
    for args in (("how-to", "--from"), ("how-to", "--language", "th", "--translation-of")):
        done = run("new", *args, PATH, cwd=base.root)
        assert done.code == 2 and f"{PATH}:" in done.err
    base.write(PATH, SOURCE.replace("language: en", "counterpart: &x a\nother: *x"))
    assert run("new", "how-to", "--from", PATH, cwd=base.root).code == 2
    assert sorted(base.root.rglob("*.md")) == before


def test_a_translation_from_beginning_to_end(base: Base, run: Run) -> None:
    refused = run("new", "x", "--translation-of", PATH, "--language", "en", cwd=base.root)
    assert refused.code == 2 and "is already in 'en'" in refused.err
    title = "กล่องจดหมายร่วม"
    done = run("new", title, "--translation-of", PATH, "--language", "th", "--commit", cwd=base.root)
    path = done.out.strip()
    text, found = base.read(path), front(base, path)
    assert (found["type"], found["language"], found["title"]) == ("Feature breakdown", "th", title)
    assert found["translation_of"]["id"] == "kb-7f3q9xk2" and found["audience"] == "internal"
    assert "## ข้อความสำหรับลูกค้า\n\nYou can now" in text and "## คำถามที่พบบ่อย" in text and "## FAQ" not in text
    assert text.index("Read this first.") < text.index("## รุ่น") and "## Odds and ends\n\nMore." in text
    hidden = "".join(text[start:end] for start, end in internal_blocks(text))
    assert "SECRET-1" in hidden and "SECRET-2" in hidden and "Odds" not in hidden
    first = found["translation_of"]["content"]

    same = run("verify", path, "--commit", cwd=base.root)
    assert same.code == 0 and "It translates kb-7f3q9xk2, which has not changed since." in same.err
    assert front(base, path)["translation_of"]["content"] == first
    base.commit({PATH: base.read(PATH).replace("No.\n", "Only for teams.\n")})
    minor = run("verify", path, "--minor", "-m", "x", cwd=base.root)
    assert minor.code == 0 and front(base, path)["translation_of"]["content"] == first
    stranger = run("verify", path, "--force", cwd=base.root, who={"name": "Z", "email": "no@body.example"})
    assert stranger.code == 0
    base.git("checkout", "--quiet", path)
    done = run("verify", path, cwd=base.root, who=KP)
    assert "-No." in done.err and "+Only for teams." in done.err
    renewed = front(base, path)["translation_of"]
    assert renewed["id"] == "kb-7f3q9xk2" and renewed["content"] != first
    assert run("verify", PATH, cwd=base.root).code == 0
    source = front(base, PATH)["verified"][0]["content"]
    assert renewed["content"] == source  # exactly what a verifier of the original would vouch for


def test_what_follows_no_template_is_translated_as_it_stands(base: Base, run: Run) -> None:
    text = "Before you go on:\n\n### Resolution\n\n1. Press it.\n\n### Another thing\n\nMore.\n"
    base.commit({"articles/page.md": f"---\ntitle: The red key\ntype: page\nlanguage: en\n---\n\n{text}"})
    done = run("new", "ปุ่มสีแดง", "--translation-of", "articles/page.md", "--language", "th", cwd=base.root)
    path = done.out.strip()
    assert (
        done.code == 0 and base.read(path).endswith(f"---\n\n{text}") and front(base, path)["type"] == "page"
    )


def test_verifying_a_translation_leaves_what_else_is_said_of_its_original(base: Base, run: Run) -> None:
    held = "\n  id: %s # the English one\n  content: %s\n  by: [kp, {name: Z}]\n"
    text = "---\nid: kb-th000001\ntitle: x\nconfidence: validated\ntranslation_of: %s---\nx\n"
    base.commit({"articles/th.md": text % held % (PATH, "''")})
    assert run("verify", "articles/th.md", cwd=base.root).code == 0
    content = front(base, "articles/th.md")["translation_of"]["content"]
    assert content.startswith("kcs1:")
    assert held % (PATH, f'"{content}"') in base.read("articles/th.md")
    said = text % f"{{id: {PATH}, note: a}}\n"
    base.commit({"articles/th.md": said})
    told = run("verify", "articles/th.md", cwd=base.root)
    assert told.code == 2 and "articles/th.md:5:" in told.err and "add `content:`" in told.err
    assert base.read("articles/th.md") == said


def test_a_translation_of_what_is_gone(base: Base, run: Run) -> None:
    base.write(
        "articles/th.md",
        "---\nid: kb-th000001\ntitle: x\nconfidence: validated\n"
        'translation_of: {id: kb-gone0000, content: "kcs1:00000000000000000000000000000000"}\n---\nx\n',
    )
    base.write("articles/odd.md", "---\ntitle: y\nconfidence: validated\ntranslation_of: [1]\n---\nx\n")
    done = run("verify", "articles/th.md", "articles/odd.md", cwd=base.root)
    assert done.code == 0 and "'kb-gone0000', which this base does not hold" in done.err
    assert front(base, "articles/th.md")["translation_of"]["id"] == "kb-gone0000"


BLOCKS = st.lists(
    st.sampled_from([
        "## Issue\n", "## FAQ\n", "### Resolution\n", "# Cause\n", "text PUBLIC\n", "SECRET\n", "```\n", "\n",
        "<!-- internal -->\n", "<!-- /internal -->\n", "<!-- guide -->\n", "> quote\n", "- item\n",
    ]),
    max_size=14,
)  # fmt: skip


@given(BLOCKS)
def test_what_is_internal_never_comes_out(blocks: list[str]) -> None:
    body = "".join(blocks)
    covered = internal_blocks(body)
    lines, place = [], 0
    for block in blocks:
        hidden = any(start <= place < end for start, end in covered)
        lines.append(block.replace("SECRET", "HIDDEN" if hidden else "OPEN"))
        place += len(block)
    marked = "".join(lines)
    template = "## Issue\n\n<!-- say it -->\n\n## Resolution\n\n<!-- how -->\n"
    carried = put_in(template, words_for_everyone(marked), "th")
    assert "HIDDEN" not in carried and "internal" not in carried.replace("/internal", "")
    whole = put_in(template, all_words(marked), "th")
    inside = internal_blocks(whole)
    for start in range(len(whole)):
        if whole.startswith("HIDDEN", start):
            assert any(one[0] <= start < one[1] for one in inside), whole
    assert whole.count("PUBLIC") == marked.count("PUBLIC")


def test_every_sign_is_taken_over_that_some_take_for_the_end_of_a_line(native: Base, run: Run) -> None:
    words = "Opening\u2028words, a\x0cform feed, a\x85next line."
    native.write(
        "articles/ends.md",
        f"---\ntype: Solution\nid: kb-aaaaaaa1\ntitle: Ends\nlanguage: en\n---\n{words}\n\n## Issue\n\nIt ends.\n",
    )
    made = run("new", "--translation-of", "kb-aaaaaaa1", "--language", "th", cwd=native.root)
    assert made.code == 0, made.err
    text = native.read(made.out.strip())
    assert f"\n{words}\n" in text and text.count("It ends.") == 1


@pytest.mark.parametrize(
    "words", [("--translation-of", "kb-7f3q9xk2", "--language", "th"), ("--from", "kb-7f3q9xk2")]
)
def test_what_binds_still_needs_approval_in_another_language_or_for_others(
    make_base: Callable[..., Base], run: Run, words: tuple[str, ...]
) -> None:
    base = make_base({"articles/a.md": SOURCE.replace("product: mail\n", "governance: compliance\n")})
    made = run("new", *words, cwd=base.root)
    assert made.code == 0, made.err
    assert "\ngovernance: compliance\n" in base.read(made.out.strip())


def test_what_a_link_of_two_parts_leads_to_comes_along_wherever_it_stands(native: Base, run: Run) -> None:
    native.write(
        "articles/two.md",
        "---\ntype: Solution\nid: kb-two00001\ntitle: Two parts\nlanguage: en\n---\n## Issue\n\nSee [the page][p].\n\n"
        "<!-- internal -->\n[secret]: https://in.acme.example/\n<!-- /internal -->\n\n## Resolution\n\nDo it.\n\n## More\n\n"
        '[p]: https://help.acme.example/p "T"\n[q]: https://help.acme.example/q\n',
    )
    made = run("new", "--from", "kb-two00001", cwd=native.root)
    assert made.code == 0, made.err
    text = native.read(made.out.strip())
    assert "See [the page][p]." in text and '[p]: https://help.acme.example/p "T"\n' in text
    assert "acme.example/q" not in text and "in.acme.example" not in text


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd on this system")
def test_what_a_shell_hands_over_is_read(native: Base, run: Run) -> None:
    done = run("new", "--from", "/dev/stdin", cwd=native.root, stdin="The calendar is empty since Monday")
    assert done.code == 0 and "the-calendar-is-empty" in done.out
    folder = run("new", "--from", "/", cwd=native.root)
    assert folder.code == 2 and "is a folder" in folder.err
