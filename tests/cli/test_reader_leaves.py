"""Who reads through `head` leaves before the end: what was asked for is done by then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest

from tests.conftest import JD, KCS_TOML, Base, identity

PAIR = '[people.jd]\nname = "J. Doe"\nemails = ["jd@acme.example"]\n[people.kp]\nname = "K. Park"\nemails = ["kp@acme.example"]\n'


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (("assign", ".", "--owner", "kp", "--yes"), " M articles/a.md\n M articles/b.md\n"),
        (("pairs", "draw", "--yes"), "?? articles/reviews/\n"),
    ],
)
def test_a_reader_that_leaves_stops_no_writing(
    make_base: Callable[..., Base], kcs_env: Mapping[str, str], command: tuple[str, ...], wanted: str
) -> None:
    """It was shown first, so that nothing was written, and the exit code was 0."""
    articles = {f"articles/{name}.md": f"---\ntitle: Article {name}\n---\nText.\n" for name in "ab"}
    base = make_base(articles, config=KCS_TOML, team=PAIR)
    left, ours = os.pipe()
    os.close(left)
    done = subprocess.run(
        [sys.executable, "-m", "kcs", *command],
        cwd=base.root,
        env={**kcs_env, **identity(JD), "PYTHONUNBUFFERED": "1"},
        stdout=ours,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(ours)
    assert (done.returncode, base.git("status", "--short")) == (0, wanted), done.stderr.decode()
