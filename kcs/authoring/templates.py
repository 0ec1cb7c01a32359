"""Finding and reading article templates: one Markdown file each, the base's own before those that ship.

A template is known by its file's name: a base's `templates/solution.md` takes the place of the Solution that ships.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from kcs.article.front_matter import Document, read
from kcs.article.headings import heading, headings
from kcs.errors import FileProblem, UsageProblem
from kcs.kb.files import read_ours
from kcs.patterns import later
from kcs.tuples import NamedTuple

FOLDER = "templates"
MAX_SIZE = 64 * 1024
# What a template may say beforehand of every article made from it.
DEFAULT_KEYS = (
    "description",
    "audience",
    "governance",
    "owner",
    "verifiers",
    "product",
    "tags",
    "verify_every",
)
_KEYS = ("name", "description", "sections", "optional", "carried", "defaults")
_HEADING = later(r"\{\{ heading\.(\w+) \}\}")
_HINT = f"a template's own keys are {', '.join(_KEYS)}"


class Template(NamedTuple):
    """One template. `sections`: keys of kcs.article.headings, in order; `optional`: those that may stay empty.

    `carried`: section -> the sections of another article whose words may begin it. `body`: Jinja2, from line
    `body_line` of the file at `path`.
    """

    key: str
    name: str
    description: str
    path: str
    own: bool
    sections: tuple[str, ...]
    optional: tuple[str, ...]
    carried: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, Any]
    body: str
    body_line: int

    def filled(self, values: Mapping[str, Any], language: str = "en") -> str:
        """The body with `values` and the language's headings, lines ending in LF. FileProblem with the line."""
        names = headings(language)
        body = _with_headings(self.body, names)
        if body is None:
            from kcs.authoring.sandbox import render

            body = render(self.body, {"heading": names, **values}, self.path, self.body_line)
        return body.strip("\n") + "\n"


def _with_headings(body: str, names: Mapping[str, str]) -> str | None:
    """The body where headings are all it asks for; else None. To start Jinja2 costs more than all the rest."""
    wanted = _HEADING.findall(body)
    plain = _HEADING.sub("", body)
    if any(mark in plain for mark in ("{{", "{%", "{#")) or not all(key in names for key in wanted):
        return None
    return _HEADING.sub(lambda found: names[found[1]], body)


@cache
def shipped_folder() -> Path:
    """The folder of the shipped templates: in the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / FOLDER


def find_template(root: Path | None, word: str) -> Template | None:
    """The template that a word names, whatever its case, hyphens or blanks; None if it names none."""
    wanted = folded(word)
    places = _places(root)
    bare = wanted.replace("-", "")
    if near := next(
        (one for one in (wanted, *places) if one in places and one.replace("-", "") == bare), None
    ):
        return read_template(*places[near])
    for path, own in places.values() if root else ():
        # A broken template does not get in the way of another one.
        with suppress(FileProblem):
            if own and folded((found := read_template(path, own)).name) == wanted:
                return found
    return None


def get_template(root: Path | None, word: str) -> Template:
    """The same. UsageProblem, with the nearest, if it names none."""
    found = find_template(root, word)
    if found is None:
        from kcs.errors import nearest_hint

        hint = nearest_hint(folded(word), list(_places(root))) or "kcs new --list shows the templates"
        raise UsageProblem(f"no template is called {word!r}", hint=hint)
    return found


def all_templates(root: Path | None) -> tuple[list[Template], list[FileProblem]]:
    """Every template, the base's own first, and what is wrong with those that cannot be read."""
    found, problems = [], []
    for path, own in _places(root).values():
        try:
            found.append(read_template(path, own))
        except FileProblem as problem:
            problems.append(problem)
    return sorted(found, key=lambda one: (not one.own, one.key != "solution", one.name)), problems


def folded(name: str) -> str:
    """A template's name, normalised."""
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _places(root: Path | None) -> dict[str, tuple[Path, bool]]:
    """Name -> (file, whether the base's own); what shadows comes last, so that it wins."""
    places = {folded(path.stem): (path, False) for path in _files(shipped_folder())}
    if root is not None and (own := _files(root / FOLDER)):
        from kcs.kb.walk import inside

        places |= {folded(path.stem): (path, True) for path in own if inside(root, path)}
    return places


def _files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        return ()
    # A README explains the folder, as in every other one.
    files = (one for one in folder.iterdir() if one.suffix == ".md" and one.is_file())
    return sorted(one for one in files if one.stem.casefold() != "readme")


def read_template(path: Path, own: bool) -> Template:
    """One template's file. FileProblem with the line if it is none."""
    shown = f"{FOLDER}/{path.name}"
    raw = read_ours(path, shown)
    if len(raw) > MAX_SIZE:
        raise FileProblem(f"is larger than {MAX_SIZE // 1024} KiB, too large for a template", path=shown)
    document = read(raw.replace(b"\r\n", b"\n"))
    problem = document.fatal
    if problem or document.block is None:
        words = problem.message if problem else "has no front matter"
        raise FileProblem(
            f"is not a template: {words}", path=shown, line=problem.line if problem else 1, hint=_HINT
        )
    return _Reader(shown, document).template(path.stem, own)


class _Reader:
    def __init__(self, shown: str, document: Document) -> None:
        self.shown = shown
        self.document = document

    def fail(self, message: str, key: str) -> FileProblem:
        return FileProblem(message, path=self.shown, line=self.document.lines.get(key, 1), hint=_HINT)

    def template(self, stem: str, own: bool) -> Template:
        meta = self.document.meta
        for key in meta:
            if key not in _KEYS:
                raise self.fail(f"templates have no key {key!r}", key)
        carried = self.mapping("carried")
        return Template(
            key=folded(stem),
            name=self.text("name") or stem.replace("-", " ").capitalize(),
            description=self.text("description"),
            path=self.shown,
            own=own,
            sections=self.sections("sections", meta.get("sections")),
            optional=self.sections("optional", meta.get("optional")),
            carried={key: self.sections("carried", value) for key, value in carried.items()},
            defaults=self.defaults(),
            body=self.document.body,
            body_line=self.document.body_line,
        )

    def text(self, key: str) -> str:
        value = self.document.meta.get(key, "")
        if not isinstance(value, str):
            raise self.fail(f"{key} must be text", key)
        return " ".join(value.split())

    def mapping(self, key: str) -> dict[str, Any]:
        value = self.document.meta.get(key) or {}
        if not isinstance(value, dict):
            raise self.fail(f"{key} must hold `key: value` pairs", key)
        return value

    def sections(self, key: str, value: Any) -> tuple[str, ...]:
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fail(f"{key} must be a list of sections", key)
        for one in value:
            try:
                heading(one)
            except KeyError:
                raise self.fail(f"{key}: there is no section {one!r}", key) from None
        return tuple(value)

    def defaults(self) -> dict[str, Any]:
        values = self.mapping("defaults")
        for key, value in values.items():
            if key not in DEFAULT_KEYS:
                raise self.fail(
                    f"defaults cannot set {key!r}; they set {', '.join(DEFAULT_KEYS)}", "defaults"
                )
            words = value if isinstance(value, list) else [value]
            if not all(isinstance(one, str) for one in words):
                raise self.fail(f"the default of {key} must be text", "defaults")
        return values
