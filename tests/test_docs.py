"""What the documentation says is so: help, examples, transcripts, links, and the pages themselves."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from typer.main import get_command

from bench.pages import place
from kcs.article.body import parse
from kcs.cli.commands import COMMANDS, Entry
from tests.conftest import Base, Run

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "commands"


def tracked() -> list[Path]:
    """The files of this repository, as Git knows them (new ones too); all files where there is no Git."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    names = [os.fsdecode(one) for one in told.stdout.split(b"\0") if one]
    found = [ROOT / one for one in names] if names else sorted(ROOT.rglob("*"))
    return [one for one in found if one.is_file() and not one.is_symlink()]


def command(entry: Entry) -> object:
    return get_command(import_module(f"kcs.cli.{entry.module}").app)


def examples(entry: Entry) -> list[str]:
    """The examples of a command's help."""
    return [one.strip() for one in (command(entry).epilog or "").split("·")]  # type: ignore[attr-defined]


def options(entry: Entry) -> set[str]:
    return {name for one in command(entry).params for name in (*one.opts, *one.secondary_opts)}  # type: ignore[attr-defined]


def test_the_index_of_commands_stands_in_the_groups_of_the_help() -> None:
    groups: dict[str, list[str]] = {}
    for entry in COMMANDS:
        groups.setdefault(entry.panel, []).append(f"[{entry.name}]({entry.name}.md)")
    text = (PAGES / "README.md").read_text("utf-8")
    said = [line for line in text.splitlines() if line.startswith("**")]
    assert said == [f"**{panel}**: {', '.join(links)}" for panel, links in groups.items()]


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda one: one.name)
def test_a_command_has_a_page_a_place_in_the_index_and_examples_with_options_it_has(entry: Entry) -> None:
    page = (PAGES / f"{entry.name}.md").read_text("utf-8")
    assert page.startswith(f"# kcs {entry.name}\n") and "<!-- help:" in page
    assert f"({entry.name}.md)" in (PAGES / "README.md").read_text("utf-8")
    shown = (entry.help, command(entry).help, *(getattr(one, "help", "") for one in command(entry).params))  # type: ignore[attr-defined]
    assert not re.search(r"\[[a-z]+\]", " ".join(map(str, shown))), "taken for a style, and left out"
    known = {*options(entry), "-h", "--help"}
    assert any(examples(entry))
    for one in examples(entry):
        words = shlex.split(one)
        assert f"kcs {entry.name}" in one or words[0] == "kcs", one
        if words[:2] == ["kcs", entry.name]:
            given = {word.partition("=")[0] for word in words[2:] if re.fullmatch(r"--?[a-z][\w=-]*", word)}
            assert given <= known, f"{one}: {given - known}"


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda one: one.name)
def test_a_page_says_when_to_use_it_and_what_its_exit_codes_mean(entry: Entry) -> None:
    text = (PAGES / f"{entry.name}.md").read_text("utf-8")
    around = re.sub(r"<!-- help:.*?<!-- end of help -->", "", text, flags=re.DOTALL)
    assert 8 <= len(around.splitlines()) <= 80
    assert "Exit code" in around and "```console" in around


def test_help_of_every_command_fits_a_narrow_terminal_without_colour(run: Run, tmp_path: Path) -> None:
    narrow = {"COLUMNS": "40", "NO_COLOR": "1", "TERM": "dumb"}
    for entry in COMMANDS[::3]:  # the same machinery draws all of them
        told = run(entry.name, "--help", cwd=tmp_path, env=narrow)
        assert told.code == 0 and "\x1b" not in told.out
        assert max(map(len, told.out.splitlines())) <= 40
        assert "--install-completion" not in told.out


@pytest.mark.parametrize("name", ["new", "init", "trust"])
def test_the_words_of_a_help_fill_the_lines_of_the_terminal(run: Run, tmp_path: Path, name: str) -> None:
    told = run(name, "--help", cwd=tmp_path, env={"COLUMNS": "70", "NO_COLOR": "1", "TERM": "dumb"}).out
    words = told.partition("\u256d")[0]
    paragraphs = [
        [line.strip() for line in one.splitlines() if line.strip()] for one in re.split(r"\n\s*\n", words)
    ]
    followed = [pair for one in paragraphs for pair in pairwise(one)]
    assert followed and "\u256d" in told
    for line, following in followed:
        assert len(line) + len(following.split()[0]) >= 66, f"{line!r} has room for more"


def transcripts(page: Path) -> list[tuple[str, str]]:
    """(the `kcs ...` part of a command, what the page says it prints) of the console blocks that are to be true."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, said = part.partition("\n")
            if said.strip() and (
                call := re.search(
                    r"\bkcs (?:search|list|show|trust|queue|log|audit|sprint|areas|flag --list) .*", line
                )
            ):
                found.append((call[0], said))
    return found


TEXTS = [*sorted((ROOT / "docs").glob("*.md")), *sorted(PAGES.glob("*.md"))]
PLACES = {ROOT / "README.md": ROOT, **dict.fromkeys(TEXTS, ROOT / "examples" / "kb")}


@pytest.mark.parametrize("page", PLACES, ids=lambda one: one.name)
def test_a_transcript_is_what_the_program_prints(run: Run, page: Path) -> None:
    """README's from the root of the repository; those of all other pages from examples/kb."""
    checked = 0
    for call, said in transcripts(page):
        if "--as-of" not in call:
            continue
        got = run(*shlex.split(call)[1:], cwd=PLACES[page])
        # A refusal is all that is seen.
        seen, wanted = got.out or got.err, said.rstrip("\n")
        if wanted.endswith("\n..."):
            assert seen.startswith(wanted.removesuffix("...")), call
        else:
            assert seen.rstrip("\n") == wanted, call
        checked += 1
    if page.name == "README.md" and page.parent == ROOT:
        assert checked, "the main command's transcript is missing"


def test_what_the_program_says_about_itself_is_written_down(kcs_env: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "docs/make.py", "--check"], cwd=ROOT, env=kcs_env, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_every_relative_link_leads_somewhere() -> None:
    dead = []
    for page in tracked():
        if page.suffix != ".md" or {"tests", "kb-defects"} & set(page.relative_to(ROOT).parts):
            continue
        for link in parse(page.read_text("utf-8")).links:
            target = link.destination.partition("#")[0]
            if (
                target
                and not re.match(r"[a-z][a-z0-9+.-]*:|//", target)
                and not (page.parent / target).exists()
            ):
                dead.append(f"{page.relative_to(ROOT)}: {link.destination}")
    assert not dead


# Spelt in parts, so that this file does not hold them.
_NOT_OURS = re.compile(
    r"(?<![\w~.])/(?:"
    + "work"
    + r"/|root/|"
    + "tmp"
    + r"/(?!x\b))|"
    + "Cla"
    + "ude|Anth"
    + "ropic|sub"
    + "agent",
    re.IGNORECASE,
)


def test_no_file_tells_of_the_machine_or_the_tools_it_was_written_with() -> None:
    found = []
    for file in tracked():
        text = file.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            if _NOT_OURS.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_the_example_base_tells_its_story(run: Run) -> None:
    """Its stamps fit its texts: whoever changes an article of the example verifies it again."""
    shown = run("list", "--as-of", "2026-12-01", "--format", "json", cwd=ROOT / "examples" / "kb").json[
        "articles"
    ]
    state = {one["id"]: (one["trusted"], one["reasons"]) for one in shown}
    assert state["kb-4c7mhx0q"] == state["kb-1pq5by7j"] == state["kb-e6rn83vd"] == (True, [])
    assert state["kb-a4wz3n88"] == (False, ["not-validated", "never-verified"])
    assert state["kb-9t2wz5ke"] == (False, ["not-validated", "never-verified"])


def test_without_arguments_the_program_explains_itself(run: Run, native: Base) -> None:
    told = run(cwd=native.root)
    assert all(entry.name in told.out + told.err for entry in COMMANDS)


def test_an_unknown_command_is_a_sentence_with_the_nearest_name(run: Run, native: Base) -> None:
    told = run("lsit", cwd=native.root)
    assert told.code == 2 and "list" in told.err and not told.out


def test_a_narrow_terminal_gets_lines_instead_of_columns_of_single_letters(run: Run, native: Base) -> None:
    narrow = {"COLUMNS": "40", "KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1", "TERM": "xterm"}
    told = re.sub(r"\x1b\[\d*m", "", run("list", cwd=native.root, env=narrow).out)
    assert "kb-7f3q9xk2  validated\n" in told
    assert "    Title: Outlook 2013 keeps asking for\n    the password\n" in told, "no word is broken"


def test_an_interrupted_program_ends_with_130_and_no_traceback(kcs_env: dict[str, str]) -> None:
    """Even before its own code runs: here while the first of its modules is imported."""
    code = "import sys, runpy\nclass Stop:\n def find_spec(self, name, *_):\n  if name == 'kcs.cli': raise KeyboardInterrupt\n"
    code += "sys.meta_path.insert(0, Stop())\nrunpy.run_module('kcs', run_name='__main__')\n"
    done = subprocess.run([sys.executable, "-c", code], env=kcs_env, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_figures_of_a_bench_go_between_the_marks_of_their_name_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    page.write_text("# Speed\n\n<!-- measured: list -->\nold\n<!-- end of measured: list -->\n\nprose\n")
    place(page, "list", "| new |\n")
    assert (
        page.read_text()
        == "# Speed\n\n<!-- measured: list -->\n| new |\n<!-- end of measured: list -->\n\nprose\n"
    )
    with pytest.raises(ValueError, match=r"speed\.md has no place for audit"):
        place(page, "audit", "lost")


def test_every_bench_that_writes_has_its_place() -> None:
    calls = re.findall(
        r'place\(DOCS / "([^"]+)", f?"([^"]+)"', "".join(one.read_text() for one in ROOT.glob("bench/*.py"))
    )
    places = [
        (page, name.replace("{size}", size)) for page, name in calls for size in ("1390", "10000", "50000")
    ]
    assert {page for page, _ in places} >= {"performance.md", "search-quality.md", "capturing.md"}
    for page, name in set(places):
        assert (ROOT / "docs" / page).read_text().count(f"measured: {name} -->") == 2, f"{page}: {name}"
