"""Templates: what ships is complete, what a base brings wins, and none gets further than its own text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kcs.article.body import parse
from kcs.article.headings import LANGUAGES, headings, section_key
from kcs.article.internal import internal_blocks
from kcs.authoring.sandbox import render
from kcs.authoring.templates import Template, all_templates, find_template, shipped_folder
from kcs.errors import FileProblem
from tests.conftest import KCS_TOML, Base, Run

SHIPPED, PROBLEMS = all_templates(None)
VALUES = {"release": "4.3", "launch": "2026-12-01", "title": "T", "product": ""}
NAMES = {
    "Solution", "How-to", "Question and answer", "Known error", "Diagnostic procedure", "Reference", "Process",
    "Policy", "Feature breakdown", "Call review", "Change plan", "Competency matrix", "Area of responsibility",
}  # fmt: skip


def own(root: Path, name: str, text: str) -> None:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / name).write_text(text, "utf-8")


def problem(root: Path, name: str, text: str) -> FileProblem:
    own(root, f"{name}.md", text)
    with pytest.raises(FileProblem) as caught:
        template = find_template(root, name)
        assert template is not None
        template.filled({})
    return caught.value


def test_all_thirteen_ship() -> None:
    assert {one.name for one in SHIPPED} == NAMES and PROBLEMS == [] and SHIPPED[0].name == "Solution"
    assert all(one.description.endswith(".") and not one.own for one in SHIPPED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", SHIPPED, ids=lambda one: one.key)
def test_what_ships_has_its_sections_in_every_language(template: Template, language: str) -> None:
    body = template.filled(VALUES, language)
    found = [section for section in parse(body).sections if section.level == 2]
    assert [section_key(one.heading) for one in found] == list(template.sections)
    assert [one.heading for one in found] == [headings(language)[key] for key in template.sections]
    assert set(template.optional) <= set(template.sections)
    for one in found:  # each section says what belongs there, and says it in a comment
        assert body[one.start : one.end].strip().endswith("-->")
    assert all(text in body for text in ("[02:15]", "[11:40]")) or template.key != "call-review"
    if template.key == "feature-breakdown":
        ((start, end),) = internal_blocks(body)
        assert headings(language)["internal_notes"] in body[start:end] and "4.3, 2026-12-01" in body


@pytest.mark.parametrize("template", SHIPPED, ids=lambda one: one.key)
def test_the_short_way_gives_what_the_sandbox_gives(template: Template) -> None:
    whole = render(template.body, {"heading": headings("th"), **VALUES}, "x", 1)
    assert template.filled(VALUES, "th") == whole.strip("\n") + "\n"


def test_a_base_s_own_wins_by_name_and_file(native: Base) -> None:
    own(
        native.root,
        "Solution.md",
        "---\nname: Our solution\n---\n## {{ heading.issue }}\n\n{{ title|upper }}\n",
    )
    own(native.root, "runbook.md", "---\nname: Run book\ndescription: Ours\n---\n## Do\n")
    found, problems = all_templates(native.root)
    assert [one.name for one in found[:2]] == ["Our solution", "Run book"] and problems == []
    assert len(found) == len(NAMES) + 1
    for word in ("solution", "SOLUTION", "our-solution"):
        one = find_template(native.root, word)
        assert one and one.own and one.filled({"title": "x"}) == "## Issue\n\nX\n"
    assert find_template(native.root, "RUN  book") and find_template(native.root, "runbook")
    assert find_template(native.root, "how_to") and find_template(None, "Known Error")
    assert find_template(native.root, "outlook") is None
    (native.root / "templates" / "outside.md").symlink_to("/etc/hostname")
    assert find_template(native.root, "outside") is None  # nothing is followed out of the base


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\nname: x\n---\n\n{% for a in %}\n", 5, "Expected an expression"),
        ("---\nname: x\n---\n\n\n{{ heading.isue }}\n", 6, "isue"),
        ("---\nname: x\n---\n{{ nothing }}\n", 4, "'nothing' is undefined"),
        ("---\nname: x\n---\na\n{{ title|shout }}\n", 5, "No filter named 'shout'"),
        ("---\nname: x\n---\na\n{{ 1 // 0 }}\n", 5, "zero"),
        ("---\nname: x\nscript: y\n---\n", 3, "'script'"),
        ("---\nsections: [issue, isue]\n---\n", 2, "'isue'"),
        ("---\nname: x\ndefaults: {verified: x}\n---\n", 3, "'verified'"),
        ("---\nname: [\n---\n", 3, ""),
        ("---\nname: [x]\n---\n", 2, "must be text"),
        ("---\nsections: issue\n---\n", 2, "must be a list of sections"),
        ("---\nsections: [[issue]]\n---\n", 2, "must be a list of sections"),
        ("---\nname: x\ndefaults: [owner]\n---\n", 3, "pairs"),
        ("---\nname: x\ndefaults: {tags: [{a: b}]}\n---\n", 3, "must be text"),
        ("no front matter\n", 1, "not a template"),
        ("---\nname: x\n---\n{% include '/etc/passwd' %}\n", 4, "no loader"),
        ("---\nname: x\n---\n{% import 'os' as os %}\n", 4, "no loader"),
        ("---\nname: x\n---\n{{ heading.__class__.__mro__ }}\n", 4, "unsafe"),
        ("---\nname: x\n---\n{{ ''.__class__ }}\n", 4, "unsafe"),
        ("---\nname: x\n---\n{{ heading.update({'issue': 'x'}) }}\n", 4, "unsafe"),
        ("---\nname: x\n---\n{{ '{0.__class__}'.format(1) }}\n", 4, "unsafe"),
    ],
)
def test_a_broken_template_names_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    found = problem(tmp_path, "mine", text)
    assert (found.path, found.line) == ("templates/mine.md", line) and words in found.message, found


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% for i in range(99999) %}{{ 'x' * 1000 }}{% endfor %}",
        "{{ 'x' * 10**10 }}",
        "{{ [0] * 10**10 }}",
        "{{ 9**(9**9) }}",
        "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}",
        "{{ 'x'|center(10**10) }}",
        "{{ '%9999999999d'|format(1) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    ],
)
def test_a_template_that_would_never_end_ends_in_an_error(text: str) -> None:
    with pytest.raises(FileProblem) as caught:
        render(f"first\n{text}", {}, "templates/x.md", 10)
    assert caught.value.path == "templates/x.md" and caught.value.line in (10, 11)


def test_after_a_stopped_template_everything_goes_on_as_before() -> None:
    import sys

    before = sys.gettrace()
    with pytest.raises(FileProblem):
        render("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", {}, "x")
    assert sys.gettrace() is before and len(bytearray(400_000_000)) == 400_000_000


def test_too_large_a_template(tmp_path: Path) -> None:
    assert "64 KiB" in problem(tmp_path, "large", "---\nname: x\n---\n" + "x" * 70_000).message


def test_values_are_text_and_never_template() -> None:
    assert render("{{ title }}", {"title": "{{ 7*7 }}{% raw %}<!--"}, "x") == "{{ 7*7 }}{% raw %}<!--"


def test_list_and_preview(make_base: Callable[..., Base], run: Run, tmp_path: Path) -> None:
    base = make_base({}, config=KCS_TOML)
    own(base.root, "runbook.md", "---\nname: Run book\ndescription: Ours.\n---\n## Do\n")
    own(base.root, "torn.md", "---\nname: [\n---\n")
    done = run("new", "--list", cwd=base.root)
    assert done.code == 0 and done.out.splitlines()[0] == "runbook\tRun book\town\tOurs."
    assert len(done.out.splitlines()) == 14 and "templates/torn.md:3:" in done.err
    data = run("new", "--list", "--format", "json", cwd=base.root).json
    assert data["schema"] == "kcs.templates/1" and data["templates"][0]["own"] is True
    assert data["broken"][0]["path"] == "templates/torn.md"
    shown = run("new", "--preview", "Known error", "--language", "vi", "--as-of", "2026-11-22", cwd=base.root)
    assert (
        "## Vấn đề" in shown.out and "type: Known error" in shown.out and "created: 2026-11-22" in shown.out
    )
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    assert len(run("new", "--list", cwd=outside).out.splitlines()) == 13
    unknown = run("new", "--preview", "sollution", cwd=base.root)
    assert unknown.code == 2 and "solution" in unknown.err
    assert run("new", "--preview", "torn", cwd=base.root).code == 2
    assert not (base.root / "articles").exists()
    assert run("new", "another title", cwd=base.root).code == 0  # in spite of the torn one


def test_templates_ship_beside_or_inside_the_package() -> None:
    assert (shipped_folder() / "solution.md").is_file()
