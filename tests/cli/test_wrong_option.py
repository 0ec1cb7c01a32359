"""A command's words are wrong: what, and the way out, as of all that goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("--fromat", "--format"), ("--lmit", "--limit"), ("--expl", "--explain"), ("--no-cache", "")],
)
def test_a_wrong_option_names_only_what_looks_like_it(
    quick: Run, tmp_path: Path, typed: str, meant: str
) -> None:
    told = quick("search", typed, "x", cwd=tmp_path, env={"COLUMNS": "100"})
    assert told.code == 2 and told.err.startswith(f"kcs: there is no option {typed}\n")
    assert ("did you mean" in told.err) == bool(meant) and meant in told.err
    assert (f"kcs search -- {typed}" in told.err) == (not meant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("verify", 'no article named\n     such as: kcs verify kb-4c7mhx0q --note "retested on 4.3" --ticket ZD-9912\n     kcs list shows'),
        ("state", "no article named\n     such as: kcs state kb-rsw1r1x6 validated\n     kcs list shows"),
        ("mv a.md", "NEW is missing\n     such as: kcs mv "),
        ("rule", "RULE is missing\n     such as: kcs rule KCS102"),
        ("pairs", "say what to do: draw or status\n     such as: kcs pairs draw --dry-run"),
        ("pairs daw", "say what to do: draw or status, not 'daw'\n     did you mean 'draw'?"),
        ("sprint articles/", "say what to do: plan, not 'articles/'\n     such as: kcs sprint plan --people 8"),
        ("urls --delay x", "--delay: 'x' is no number\n     kcs urls --help"),
        ("list --format", "--format needs a value\n     kcs list --help shows what it takes"),
        ("list --trusted=x", "--trusted takes no value\n     kcs list --help shows what it takes"),
        ("list --format yaml", "--format: 'yaml' is not one of 'text', 'json'\n     kcs list --help"),
        ("search a --product mail", "there is no option --product\n     in a search that is a condition, such as product:"),
        ("search a --language th", "there is no option --language\n     in a search that is a condition, such as lang:th"),
        ("search a --untrusted", "there is no option --untrusted\n     in a search that is a condition: trusted:no"),
        ("search a -n x", "--limit: 'x' is no whole number\n     kcs search --help"),
        ("search a -n 0", "--limit: 0 is not from 1 to 1000\n     kcs search --help"),
        ("queue --limit 0", "--limit: 0 is less than 1\n     kcs queue --help"),
        ("doctor a b", "there are words too many: (a b)\n     kcs doctor --help"),
        ("serch a", "there is no command 'serch'\n     did you mean 'search'?"),
        ("wibble", "there is no command 'wibble'\n     kcs --help lists the commands"),
        ("--nope", "there is no option --nope\n     kcs --help lists the commands"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_words_is_said_as_all_that_is_wrong(
    quick: Run, tmp_path: Path, typed: str, said: str
) -> None:
    """Typer drew a frame around it, with no example and no word on where ids are to be found."""
    told = quick(*typed.split(), cwd=tmp_path)
    assert (told.code, told.out) == (2, "") and told.err.startswith(f"kcs: {said}"), told.err


def test_no_command_at_all_shows_the_help(quick: Run, tmp_path: Path) -> None:
    told = quick(cwd=tmp_path)
    assert told.code == 2 and "Usage: kcs" in told.out + told.err
