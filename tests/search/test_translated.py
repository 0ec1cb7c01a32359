"""Which of several translations comes first: by the letters of the query, and where these do not tell, by its words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kcs.search.translations import languages_of
from tests.conftest import KCS_TOML, Base, Run

ARTICLE = "---\nid: kb-{0}0000001\ntitle: {1}\nlanguage: {0}\n{3}---\n\n{2}\n"
OF = "translation_of: {id: kb-en0000001}\n"
TEXTS = {
    "en": ("Reset the RXQ500", "Press the red key.", ""),
    "de": ("RXQ500 zurücksetzen", "Die rote Taste drücken.", OF),
    "fr": ("Réinitialiser le RXQ500", "Appuyez sur la touche rouge.", OF),
    "ru": ("Сброс RXQ500", "Нажмите красную кнопку.", OF),
    "th": ("รีเซ็ต RXQ500", "กดปุ่มสีแดง", OF),
}


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    files = {f"articles/{one}.md": ARTICLE.format(one, *said) for one, said in TEXTS.items()}
    return make_base(files, config=KCS_TOML + '[pins]\n"RXQ500" = ["kb-en0000001"]\n')


def first(quick: Run, base: Base, query: str) -> str:
    told = quick("search", query, "--format", "ids", cwd=base.root)
    return told.out.split()[0].removeprefix("kb-")[:2]


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("RXQ500", "en"),  # each has it: the pinned one stays before the others
        ("reset RXQ500", "en"),
        ("RXQ500 Taste drücken", "de"),
        ("touche rouge RXQ500", "fr"),
        ("RXQ500 ทำอย่างไร", "th"),
    ],
)
def test_the_one_in_the_language_of_the_question_comes_first(
    query: str, language: str, base: Base, quick: Run
) -> None:
    assert first(quick, base, query) == language


@pytest.mark.parametrize(
    ("words", "languages"),
    [
        ("reset password", ("latin",)), ("ok", ()), ("RX500", ()), ("4711", ()),
        ("сброс пароля", ()), ("パスワード", ()), ("Đặt lại", ("vi",)), ("dat lai", ("latin",)),
        ("Outlook รหัสผ่าน", ("th",)), ("ก", ("th",)), ("Outlook كلمة", ("ar", "fa", "ur")), ("ء", ("ar", "fa", "ur")),
    ],
)  # fmt: skip
def test_letters_tell_what_they_can(words: str, languages: tuple[str, ...]) -> None:
    assert languages_of(words) == languages
