"""Ids: their form, their letters, and none that is taken."""

from __future__ import annotations

from kcs.article.ids import ALPHABET, is_id, new_id


def test_form_and_letters() -> None:
    made = {new_id(lambda _: False) for _ in range(2000)}
    assert len(made) == 2000 and all(map(is_id, made))
    assert set("".join(one[3:] for one in made)) == set(ALPHABET)
    assert len(ALPHABET) == 32 and not set("ilou") & set(ALPHABET)


def test_what_is_taken_is_not_made() -> None:
    refused: list[str] = []

    def taken(one: str) -> bool:
        refused.append(one)
        return len(refused) < 4

    assert new_id(taken) == refused[-1] and len(refused) == 4


def test_what_is_no_id() -> None:
    for text in ("kb-7f3q9xk", "kb-7f3q9xk22", "kb-7f3q9xki", "KB-7f3q9xk2", "7f3q9xk2", "kb-7f3q9xk2\n"):
        assert not is_id(text)
    assert is_id("kb-7f3q9xk2")
