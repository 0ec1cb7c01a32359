"""Which folders and endings of names tell the language of their articles (`th/faq.md`, `faq.th.md`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kcs.authoring.adopt.file_names import ending, is_language, language_called, plain, stem, suffix_of
from kcs.authoring.adopt.survey import Candidate
from kcs.authoring.adopt.writing import guess_languages

# With this many translations beside their pages, it is a habit.
_A_HABIT = 2
# This many articles are enough to show the language of a folder.
_SAMPLE = 20


def guess_language_folders(articles: Sequence[Candidate]) -> dict[str, tuple[str, int]]:
    """Folders named for a language -> (the language, number of articles); empty unless there are two or more.

    `it` and `hr` are departments too: if most of the folders that lie together have the name of another
    language, but are written in the language of the rest of the base and hold pages of their own, they are
    not folders of languages. A name in words (`English/`) may be a subject, and counts where the folder is
    written in that language.
    """
    found: dict[str, list[Candidate]] = {}
    rest: list[Candidate] = []
    for article in articles:
        folders = article.path.split("/")[:-1]
        depth = next((at for at, name in enumerate(folders, 1) if _named(name)), 0)
        (found.setdefault("/".join(folders[:depth]), []) if depth else rest).append(article)
    for folder in [one for one in found if language_called(one.rpartition("/")[2])]:
        if _written_in(found[folder]) != _language(folder):
            rest += found.pop(folder)
    common = _written_in(rest)
    beside: dict[str, list[str]] = {}
    for folder in found:
        beside.setdefault(folder.rpartition("/")[0], []).append(folder)
    departments = {
        folder
        for together in beside.values()
        if sum(_is_department(one, together, found, common) for one in together) * 2 > len(together)
        for folder in together
    }
    kept = {folder: _language(folder) for folder in found if folder not in departments}
    if len({name.lower() for name in kept.values()}) < 2:
        return {}
    return {folder: (name, len(found[folder])) for folder, name in kept.items()}


def _named(name: str) -> bool:
    return is_language(name) or language_called(name) != ""


def _language(folder: str) -> str:
    name = folder.rpartition("/")[2]
    return language_called(name) or name


def _is_department(
    folder: str, together: Sequence[str], found: Mapping[str, Sequence[Candidate]], common: str
) -> bool:
    """`common`: the language of the rest.
    Copies that still wait for a translation are written in it too, but are in several folders.
    """
    if not common or _language(folder)[:2].lower() == common or _written_in(found[folder]) != common:
        return False
    own = _pages(folder, found[folder])
    others = set().union(*(_pages(one, found[one]) for one in together if one != folder))
    return not own or len(own & others) * 2 < len(own)


def _pages(folder: str, articles: Sequence[Candidate]) -> set[str]:
    """The names of the pages within the folder; the folder's
    own page does not count, since every folder may have one.
    """
    return {
        one.path.removeprefix(f"{folder}/")
        for one in articles
        if stem(one.path).lower().lstrip("_") not in ("index", "readme")
    }


def _written_in(articles: Sequence[Candidate]) -> str:
    """The language of most of a sample; empty if unclear."""
    sample = articles[:: len(articles) // _SAMPLE + 1]
    return next(iter(guess_languages(one for one in sample if not one.unreadable)), "")


def guess_language_suffixes(articles: Sequence[Candidate]) -> dict[str, tuple[str, int]]:
    """Endings that name a language, `.vi.md` -> (the language, number of articles).
    Only of pages that exist without it too, or in another language, and only if there are two or more.
    """
    pages = Counter((one.path.rpartition("/")[0], plain(stem(one.path))) for one in articles)
    found: Counter[tuple[str, str]] = Counter()
    for article in articles:
        name = stem(article.path)
        suffix = suffix_of(name)
        if suffix and pages[article.path.rpartition("/")[0], plain(name)] > 1:
            found[suffix, ending(article.path)] += 1
    if found.total() < _A_HABIT:
        return {}
    return {f".{suffix}{last}": (suffix, count) for (suffix, last), count in sorted(found.items())}
