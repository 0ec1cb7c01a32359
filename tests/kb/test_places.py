"""Articles that change names, and take each other's: random histories
against what is known of each article, whatever it is called.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from kcs.kb.base import KnowledgeBase
from tests.kb.git_sandbox import Node, Sandbox
from tests.kb.git_sandbox import article as file_of

TOML = '[articles]\ninclude = ["*.md"]\n[fields]\nverified_at = "audit_date"\n'
# Its own dates for each article: where two were dated alike, one that takes the other's name counts as that one.
DATES = {
    "ant": ("2026-01-01", "2026-01-02"),
    "bee": ("2026-02-01", "2026-02-02"),
    "cat": ("2026-03-01", "2026-03-02"),
}
NAMES = ("a.md", "b.md", "c.md", "d.md", "e.md")

# By article: name, date, and what is beside the text that all its versions share.
State = dict[str, tuple[str, str, int]]


def later(random: Random, state: State, number: int) -> State:
    """The next state: some are dated, edited, or called otherwise."""
    names = {article: name for article, (name, _, _) in state.items()}
    if random.random() < 0.6:
        for article, name in zip(random.sample(sorted(names), 2), random.sample(NAMES, 2), strict=True):
            taken = next((other for other, its in names.items() if its == name), article)
            names[taken], names[article] = names[article], name
    dated = {
        article: random.choice(DATES[article]) if random.random() < 0.3 else state[article][1]
        for article in state
    }
    return {
        article: (names[article], dated[article], number if random.random() < 0.3 else edit)
        for article, (_, _, edit) in state.items()
    }


def files(state: State) -> dict[str, str]:
    return {
        name: file_of(day, body=article) + f"It is {edit}.\n" for article, (name, day, edit) in state.items()
    } | {"kcs.toml": TOML}


def changed(states: list[State], article: str, now: tuple[str, str, int]) -> bool:
    """Whether its text is another than where its present date came in."""
    if states[-1][article][1] != now[1]:
        return False
    at = len(states) - 1
    while at and states[at - 1][article][1] == now[1]:
        at -= 1
    return states[at][article][2] != now[2]


@pytest.mark.parametrize("seed", range(12))
def test_a_date_goes_with_its_article_whoever_has_its_name(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    states: list[State] = [
        {article: (name, DATES[article][0], 0) for article, name in zip(DATES, NAMES, strict=False)}
    ]
    for number in range(1, 10):
        states.append(later(random, states[-1], number))
    box = Sandbox(tmp_path)
    box.build({f"c{n}": Node([f"c{n - 1}"] if n else [], files(one), n) for n, one in enumerate(states)})
    box.git("reset", "--quiet", "--hard")
    for now in (states[-1], later(random, states[-1], 10)):
        for name in NAMES:
            (tmp_path / name).unlink(missing_ok=True)
        for name, text in files(now).items():
            box.write(name, text)
        verdicts = KnowledgeBase.open(tmp_path, as_of=date(2026, 4, 1)).verdicts
        told = {article: "content-changed" in verdicts[name].reasons for article, (name, _, _) in now.items()}
        assert told == {article: changed(states, article, one) for article, one in now.items()}
