"""When an article was created, as its file says it: under our name, under the base's, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kcs.kb.base import KnowledgeBase
from kcs.kb.past.created import Created
from tests.conftest import KCS_TOML, Base

COMMITTED = date(2026, 5, 1)
OURS, THEIRS = date(2020, 1, 2), date(2021, 3, 4)


@pytest.mark.parametrize(
    ("theirs", "said", "day"),
    [
        ("date", f"created: {OURS}", OURS),
        ("date", f"date: {THEIRS}", THEIRS),
        ("date", f"created: {OURS}\ndate: {THEIRS}", OURS),
        ("date", f"created:\ndate: {THEIRS}", THEIRS),
        ("date", "owner: jd", COMMITTED),
        ("kcs_created", f"created: {OURS}", COMMITTED),
        ("kcs_created", f"created: {OURS}\nkcs_created: {THEIRS}", THEIRS),
    ],
)
def test_ours_is_read_first_unless_it_is_kept_apart(
    make_base: Callable[..., Base], in_kcs_env: None, theirs: str, said: str, day: date
) -> None:
    config = f'{KCS_TOML}[fields]\ncreated = "{theirs}"\n'
    base = make_base({"articles/a.md": f"---\ntitle: A\n{said}\n---\nText.\n"}, config=config)
    kb = KnowledgeBase.open(base.root)
    assert Created(kb).day(kb.articles[0]) == day
