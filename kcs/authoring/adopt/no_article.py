"""Why a Markdown file is no article, by its content, its name and its surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcs.article.first_heading import first_heading
from kcs.article.front_matter import Document
from kcs.authoring.adopt.field_names import folded
from kcs.authoring.adopt.file_names import plain, stem
from kcs.authoring.adopt.says import only_leads, says_much, says_something
from kcs.authoring.adopt.shape import Shape, is_reviewed

# Whole names, whatever their ending, of files that every repository has beside its articles.
_HOUSEKEEPING = re.compile(
    r"(?i)(?:readme|contributing|contributors|changelog|changes|history|licen[cs]e|code[-_]of[-_]conduct|security"
    r"|support_policy|pull_request_template|issue_template|maintainers|authors|todo|notes?[-_]to[-_]editors?"
    r"|style[-_]?guide)(?:[-_.][a-z]{2})?$"
)
_RESERVED = ("index", "log")
# Tables of contents (DocFX, Experience League) and menus (docsify); articles may have these names too.
_MENUS = {"toc", "sidebar", "navbar", "nav", "navigation", "menu", "summary", "table-of-contents"}
# A site's page for missing pages; in a subfolder it is an article about such a page.
_NO_PAGE = "404"
_TEMPLATE_FOLDERS = {
    "templates",
    "_templates",
    "template",
    "_layouts",
    "_includes",
    "archetypes",
    "scaffolds",
}
# May also be what articles are about.
_SUBJECTS = {"templates", "template", "scaffolds"}
_TEST_FOLDERS = {"__fixtures__", "testdata"}
_TESTS = {"tests", "test"}
_TEMPLATE_NAME = re.compile(r"(?i)^_?template\b|[-_ ]template$")
# A place to be filled in: `{{ title }}`, `<name>`, `[title]`, `How to ...`, `TODO`.
_BLANK = re.compile(r"\{\{|<%|<\w|\[[^\]]+\]$|(?:\.\.\.|…)$|TODO|XXX")
_FENCED = re.compile(r"(?ms)^(```|~~~).*?^\1|<%.*?%>|\{%.*?%\}|\{\{.*?\}\}")
_WORD = re.compile(r"\w{2,}")
_FEW_WORDS = 8
_HIDDEN_BLOCK = re.compile(r"\A\s*<!--.{0,20}?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_TOML_BLOCK = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n")
_KEY = re.compile(r"(?m)^[\w.-]+:(?:\s|$)")
# NEW_PAGES, GLOSSARY; a number such as KB0010023 is no word.
_SHOUTING = re.compile(r"[A-Z][A-Z_.-]+$")
_ACRONYM = re.compile(r"[A-Z]{2,4}$")


def why_none(path: str, document: Document, shape: Shape) -> str:
    """Why it is no article, in words; empty for an article."""
    name, folders = stem(path), path.split("/")[:-1]
    if _is_index(name, "/".join(folders), document, shape) or _is_menu(name, document):
        return "index or log page"
    if _is_part(name, folders, document, shape):
        return "part of other pages"
    if plain(name) == _NO_PAGE and len(folders) < 2 and "/".join(folders) not in shape.codes:
        return "page of the site"
    if _is_housekeeping(name, folders, document, shape):
        return "note about the repository"
    if _is_template(name, folders, document):
        return "template"
    if _is_test_data(folders, shape):
        return "test data"
    if any(folder.startswith(".") for folder in folders):
        return "note about the repository"
    if _TOML_BLOCK.match(document.body):
        return "front matter in TOML (+++), which is not read: write it as YAML (---) to have it counted"
    if document.block is not None and not document.fatal and _is_blank(document):
        return "no title and no text"
    if document.block is not None or document.fatal or _HIDDEN_BLOCK.match(document.body):
        return ""
    if _is_note(name, "/".join(folders), shape):
        return "note to editors"
    return "" if shape.plain_is_article(path, document) else "no front matter"


def _is_index(name: str, folder: str, document: Document, shape: Shape) -> bool:
    page = plain(name)
    reserved = page.lower().removeprefix("_")  # Hugo writes the page of a folder as _index.md
    if reserved not in _RESERVED:
        return name == "SUMMARY" and shape.book
    if document.block is None:
        return True
    if reserved == "log":
        return False
    if shape.telling and says_much(document):
        return False
    # If such pages are a habit of the base, one that is alone in its folder, or is reviewed, is an article like others.
    if folder and shape.pages[folder] == 1:
        if shape.bundles and page == "index":
            return False
        # For Hugo that is a section without pages, whose text it shows like any other.
        if shape.branches and page.lower() == "_index" and says_something(document):
            return False
    return not (shape.reviewed and is_reviewed(document))


def _is_blank(document: Document) -> bool:
    """Whether the file has only front matter, and no title in it: settings of a site or of a folder."""
    return not document.body.strip() and not any(folded(key) == "title" for key in document.meta)


def _is_menu(name: str, document: Document) -> bool:
    return name.lower().lstrip("_") in _MENUS and only_leads(document)


def _is_part(name: str, folders: Sequence[str], document: Document, shape: Shape) -> bool:
    """Whether generators show it only inside other pages, as its name says: Docusaurus does, whatever the file holds.

    DocFX writes dates into such parts as well, but no title.
    """
    if "includes" in folders and not any(folded(key) == "title" for key in document.meta):
        return not _has_keys(document) and not first_heading(document.body)
    if not name.startswith("_") or plain(name).lower() == "_index":
        return False
    return shape.docusaurus or (document.block is None and not first_heading(document.body))


def _has_keys(document: Document) -> bool:
    """Whether the text between two lines --- is meant as front matter: such a part may begin with a horizontal rule."""
    return document.fatal is not None and _KEY.search(document.block or document.body) is not None


def _is_housekeeping(name: str, folders: Sequence[str], document: Document, shape: Shape) -> bool:
    if not _HOUSEKEEPING.match(name):
        return False
    if name.lower().startswith("readme"):
        a_page = shape.book or document.block is not None or "/".join(folders) in shape.guides
        return not (folders and a_page)
    # security.md and todo.md are subjects too, if they have front matter or are not in capitals.
    return not folders or (document.block is None and name.upper() == name)


def _is_note(name: str, folder: str, shape: Shape) -> bool:
    """Whether its name is in capitals, as notes to editors are called; VPN and SSO are what articles are about."""
    if not _SHOUTING.match(name) or name == "README" or folder in shape.loud:
        return False
    return not (folder and _ACRONYM.match(name))


def _is_test_data(folders: Sequence[str], shape: Shape) -> bool:
    """Whether it is in a folder of test data; `fixtures` are
    that beside a program, but may be matches or lamps elsewhere.

    So are pages below or beside the programs of a repository's
    own tests: of a generator's tests they are copies of articles.
    """
    tests = bool(folders) and folders[0] in _TESTS
    return any(
        name in _TEST_FOLDERS
        or ((name == "fixtures" or (tests and depth)) and "/".join(folders[:depth]) in shape.programs)
        for depth, name in enumerate((*folders, ""))
    )


def _is_template(name: str, folders: Sequence[str], document: Document) -> bool:
    lower = [folder.lower() for folder in folders]
    if not (_TEMPLATE_NAME.search(name) or any(folder in _TEMPLATE_FOLDERS for folder in lower)):
        return False
    in_folder = any(folder in _TEMPLATE_FOLDERS for folder in lower)
    if (
        lower[:1] == ["templates"]
        or (in_folder and _TEMPLATE_NAME.search(name))
        or any(folder in _TEMPLATE_FOLDERS - _SUBJECTS for folder in lower)
    ):
        return True
    # Articles about templates are in such folders too; a template says little of its own.
    title = document.meta.get("title")
    blank = isinstance(title, str) and _BLANK.search(title) is not None
    return blank or len(_WORD.findall(_FENCED.sub("", document.body))) < _FEW_WORDS
