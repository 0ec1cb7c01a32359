"""Everything that adopting a base would write, with the reason and the count for each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from kcs.authoring.adopt.apart import Apart, set_apart
from kcs.authoring.adopt.fields import (
    AUDIENCES,
    FieldGuess,
    common_interval,
    guess_date_order,
    guess_fields,
    names_people,
    shared_ids,
)
from kcs.authoring.adopt.guesses import (
    Globs,
    guess_drafts,
    guess_globs,
    guess_markup,
    guess_retired,
    guess_types,
)
from kcs.authoring.adopt.languages import guess_language_folders, guess_language_suffixes
from kcs.authoring.adopt.misfits import Misfit, Suspect, misfits, suspects
from kcs.authoring.adopt.relative import RelativeGuess, guess_relative
from kcs.authoring.adopt.silenced import Silenced, silenced
from kcs.authoring.adopt.site import (
    FolderGuess,
    LinkGuess,
    Tree,
    guess_folders,
    guess_permalinks,
    rooted_links,
)
from kcs.authoring.adopt.survey import Candidate, Survey
from kcs.authoring.adopt.tally import Tally, tally
from kcs.authoring.adopt.wiki import WikiLinks, wiki_links
from kcs.authoring.adopt.writing import guess_languages
from kcs.authoring.adopt.written import written_links
from kcs.counting import counted
from kcs.errors import UsageProblem

DEFAULT_EVERY = "180d"


@dataclass(frozen=True, slots=True)
class Plan:
    """What was derived. `audience`: whom articles are for that do not say. `languages`: of the articles whose
    folder or name does not tell. `shared_ids`: how many articles have the id of another, so that no id is
    relied on. `apart`: keys of our names that the base uses for something else.
    """

    globs: Globs
    fields: Sequence[FieldGuess]
    left_out: Sequence[FieldGuess]
    shared_ids: int
    apart: Sequence[Apart]
    tally: Tally
    date_order: str
    retired: Mapping[str, int]
    drafts: Mapping[str, int]
    language_folders: Mapping[str, tuple[str, int]]
    language_suffixes: Mapping[str, tuple[str, int]]
    languages: Mapping[str, int]
    types: Mapping[str, str]
    type_counts: Mapping[str, int]
    links: LinkGuess | None
    site: FolderGuess | None
    relative: RelativeGuess | None
    wiki: WikiLinks | None
    markup: Mapping[str, int]
    suspects: Sequence[Suspect]
    misfits: Sequence[Misfit]
    silenced: Sequence[Silenced]
    audience: str
    every: str
    on: date

    def field(self, ours: str) -> FieldGuess | None:
        """The base's name for our field."""
        return next((one for one in self.fields if one.ours == ours), None)

    @property
    def articles(self) -> int:
        """How many files are articles."""
        return self.tally.files - sum(self.tally.no_article.values())


def make_plan(
    survey: Survey,
    *,
    audience: str = AUDIENCES[0],
    every: str = "",
    on: date,
    people: Collection[str] = (),
) -> Plan:
    """Derive everything from the survey. UsageProblem if there is nothing to adopt.

    `every`: how long a verification holds; empty for what most articles say themselves.

    `people`: what the authors Git knows may be called. Only if most owners are among them is the owner's key mapped:
    a mapped owner is who may verify, and a chat channel can verify nothing.
    """
    readable = survey.readable
    if not survey.articles:
        raise _nothing_here(survey)
    order = guess_date_order(readable)
    apart = set_apart(readable, people=people, audiences=AUDIENCES, closed=audience == AUDIENCES[0])
    fields, left_out, shared = _fields(readable, on, order, people, {one.ours for one in apart})
    names = {one.ours: one.theirs for one in fields}
    types, type_counts = guess_types(readable, names.get("type", "type"))
    retired = guess_retired(survey.articles)
    drafts = guess_drafts(survey.articles)
    by_folder, by_suffix, languages = _languages(survey)
    tree = Tree(survey.files)
    written = written_links(readable)
    links, site = _rooted(readable, written, tree, names.get("permalink", ""))
    return Plan(
        globs=guess_globs(survey),
        fields=fields,
        left_out=left_out,
        shared_ids=shared,
        apart=apart,
        tally=tally(
            survey,
            names.get("verified_at", ""),
            names.get("draft", ""),
            retired,
            drafts,
            order,
            status="" if any(one.ours == "status" for one in apart) else "status",
        ),
        date_order=order,
        retired=retired,
        drafts=drafts,
        language_folders=by_folder,
        language_suffixes=by_suffix,
        languages=languages,
        types=types,
        type_counts=type_counts,
        links=links,
        site=site,
        relative=guess_relative(written, tree),
        wiki=wiki_links(readable, names.get("title", "title")),
        markup=guess_markup(readable),
        suspects=suspects(readable),
        misfits=misfits(readable, {*names, *(one.ours for one in apart)}, order, on),
        silenced=silenced(readable, names, types, type_counts),
        audience=audience,
        every=every or common_interval(readable, names.get("verify_every", "")) or DEFAULT_EVERY,
        on=on,
    )


def _fields(
    readable: Sequence[Candidate], on: date, order: str, people: Collection[str], apart: Collection[str]
) -> tuple[list[FieldGuess], list[FieldGuess], int]:
    """Keys to map; keys of owners left out because their values
    name nobody; how many articles have the id of another.
    """
    # Ours has a name of its own then, whatever else the base has:
    # a file's key by our name would be read before any other.
    guessed = [one for one in guess_fields(readable, on, order) if one.ours not in apart]
    left_out = [
        one for one in guessed if one.ours == "owner" and not names_people(readable, one.theirs, people)
    ]
    key = next((one.theirs for one in guessed if one.ours == "id"), "")
    shared = shared_ids(readable, key) if key else 0
    return (
        [one for one in guessed if one not in left_out and not (shared and one.ours == "id")],
        left_out,
        shared,
    )


def _rooted(
    readable: Sequence[Candidate], written: Mapping[str, Sequence[str]], tree: Tree, permalink: str
) -> tuple[LinkGuess | None, FolderGuess | None]:
    """What links from the root lead to: permalinks (`permalink`: their key, if there is one), or files below folders.

    `written`: path -> destinations of its links.
    """
    rooted = rooted_links(chain.from_iterable(written.values()))
    site = guess_folders(tree, rooted)
    links = guess_permalinks(readable, permalink, rooted) if permalink else None
    if links and site and site.resolved >= links.resolved:
        links = None  # the folders explain these links as well, and the others too
    return links, site


def _languages(
    survey: Survey,
) -> tuple[Mapping[str, tuple[str, int]], Mapping[str, tuple[str, int]], Mapping[str, int]]:
    """Languages by folder, by the end of the name, and of the articles whose path does not tell."""
    by_folder = guess_language_folders(survey.articles)
    by_suffix = guess_language_suffixes(survey.articles)
    folders = tuple(f"{folder}/" for folder in by_folder)
    untold = [
        one
        for one in survey.readable
        if not one.path.startswith(folders) and not one.path.endswith(tuple(by_suffix))
    ]
    return by_folder, by_suffix, guess_languages(untold)


def _nothing_here(survey: Survey) -> UsageProblem:
    why = Counter(one.no_article for one in survey.others).most_common()
    said = f" ({', '.join(f'{count} {reason}' for reason, count in why)})" if why else ""
    return UsageProblem(
        f"no articles here: {_none_of(len(survey.candidates))}{said}",
        hint="run it in the folder that holds the articles, or name that folder with --kb",
    )


def _none_of(files: int) -> str:
    if files == 1:
        return "its one Markdown file is none"
    return f"{counted(files, 'Markdown file')}, none of them an article"
