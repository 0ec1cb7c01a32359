"""kcs init."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.options import Commit, commit_wanted, hints_name_base
from kcs.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from kcs.authoring.adopt import Plan
    from kcs.kb.git.repository import Repository

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs init acme-kb   ·   kcs init --adopt --dry-run   ·   kcs init --adopt --audience external --every '6 months' --team"
)
def init(
    name: Annotated[
        Path | None,
        typer.Argument(metavar="[NAME]", help="The folder of a new base; it must not exist, or be empty."),
    ] = None,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Adopt the articles that are here, as they are.")
    ] = False,
    kb: Annotated[
        Path | None,
        typer.Option(
            "--kb",
            metavar="FOLDER",
            help="Where they lie; else the folder you are in.",
            callback=hints_name_base,
        ),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience", help="Whom articles are for that do not say: internal, partner or external."
        ),
    ] = None,
    every: Annotated[
        str | None,
        typer.Option(
            "--every", metavar="INTERVAL", help="How long a verification holds, such as 90d or '1 year'."
        ),
    ] = None,
    team: Annotated[
        bool | None, typer.Option("--team/--no-team", help="Write team.toml from the authors that Git knows.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show everything, write nothing.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing, even on a terminal.")] = False,
    language: Annotated[
        str, typer.Option("--language", metavar="TAG", help="NAME: what its articles are in: en, th, vi, ar.")
    ] = "",
    commit: Commit = None,
) -> None:
    """Start a new base in the folder NAME, or adopt the articles that are here.

    NAME makes a folder that works at once: kcs.toml with every key explained, team.toml, articles/ with a first
    article, templates/, and what Git needs to know; outside a repository, the repository too.

    --adopt works out what the articles of a repository call things, shows it, and writes kcs.toml. Nothing
    but kcs.toml (and team.toml, if you want it) is written; no article is touched. In a base that has its kcs.toml,
    --adopt --team writes the team.toml that is missing.
    """
    adopting = {
        "--kb": kb,
        "--audience": audience,
        "--every": every,
        "--team": team,
        "--dry-run": dry_run or None,
    }
    if name is not None:
        _begin(
            name, language, commit, adopt, [option for option, value in adopting.items() if value is not None]
        )
        return
    if not adopt:
        raise UsageProblem(
            "say what to start with",
            hint="kcs init NAME makes a new base; kcs init --adopt adopts the articles that are here",
        )
    if language or commit is not None:
        raise UsageProblem(
            "--language and --commit are for a new base", hint="kcs init NAME, or leave them out"
        )
    from kcs.authoring.init import adoption_files, refuse_existing, team_alone, write_new
    from kcs.kb.git.repository import Repository
    from kcs.kb.place import full_path
    from kcs.kb.settings.config import CONFIG_NAME
    from kcs.kb.settings.team import TEAM_NAME
    from kcs.render.adoption import files_text, plan_text
    from kcs.render.asking import agrees
    from kcs.render.terminal import can_ask, note

    root = full_path(kb or Path())
    repo = Repository.find(root) if root.is_dir() else None
    if team and (root / CONFIG_NAME).exists() and not (dry_run or audience or every):
        write_new([team_alone(root, repo)])
        note(f"wrote {TEAM_NAME}; nothing else was touched")
        note("next: take out who should not verify, say who has left, then kcs doctor")
        return
    if not dry_run:
        refuse_existing(root)
    plan = _plan(root, repo, audience, every, ask=can_ask() and not no_input)
    asked = team is None and repo is not None and can_ask() and not no_input and not dry_run
    if asked:
        plan_text(plan)
        if (team := agrees("Write team.toml from the authors that Git knows?")) is None:
            raise Refused("nothing was written")
    files = adoption_files(root, plan, repo, with_team=bool(team))
    if not dry_run:
        write_new(files)
    if not asked:
        plan_text(plan)  # when all is written: who reads it through `head` leaves before the end
    if team and not files[1:] and not (root / TEAM_NAME).exists():
        note(
            f"kcs: no {TEAM_NAME}: Git knows no person who committed here, and with one of nobody nobody could verify"
        )
    if dry_run:
        files_text(files)
        note("nothing was written (--dry-run)")
        return
    note("wrote " + " and ".join(file.path.name for file in files) + "; no article was touched")
    note("next: kcs trust, kcs list --untrusted --sort due, kcs doctor")


def _begin(folder: Path, language: str, commit: bool | None, adopt: bool, others: list[str]) -> None:
    """A new base in `folder`."""
    if adopt or others:
        raise UsageProblem(
            f"{'--adopt' if adopt else others[0]} is for articles that lie there already, NAME for a new base",
            hint="give one of the two",
        )
    from kcs.authoring.begin import begin
    from kcs.kb.place import from_home
    from kcs.render.begin import begun_text

    begun_text(begin(from_home(folder), language=language, commit=commit_wanted(commit)))


def _plan(
    root: Path, repo: "Repository | None", audience: str | None, every: str | None, *, ask: bool
) -> "Plan":
    from datetime import UTC, datetime

    from kcs.authoring.adopt import make_plan, survey
    from kcs.authoring.adopt.fields import AUDIENCES
    from kcs.authoring.adopt.people import known_people
    from kcs.authoring.adopt.plan import DEFAULT_EVERY
    from kcs.errors import nearest_hint
    from kcs.kb.git.people import authors
    from kcs.kb.settings.team import TEAM_NAME
    from kcs.kb.settings.team_reader import load_team
    from kcs.render.progress import counting

    if not root.is_dir():
        raise UsageProblem(f"{root} is not a folder", hint="name the folder that holds the articles")
    if audience is None:
        audience = AUDIENCES[0]
        if ask:
            audience = _asked(
                f"Audience where none is named ({', '.join(AUDIENCES)})",
                audience,
                lambda given: "" if given in AUDIENCES else nearest_hint(given, list(AUDIENCES)),
            )
    if audience not in AUDIENCES:
        raise UsageProblem(
            f"--audience {audience!r} is unknown", hint=nearest_hint(audience, list(AUDIENCES))
        )
    if every is None and ask:
        every = _asked(
            "How long does a verification hold?",
            DEFAULT_EVERY,
            lambda given: "" if _is_interval(given) else f"write it as {_INTERVALS}",
        )
    if every and not _is_interval(every):
        raise UsageProblem(f"--every {every!r} is not an interval", hint=f"write it as {_INTERVALS}")
    with counting("reading files") as tick:
        found = survey(root, tick)
    people = known_people(authors(repo) if repo else (), load_team(root / TEAM_NAME))
    return make_plan(found, audience=audience, every=every or "", on=datetime.now(UTC).date(), people=people)


_INTERVALS = "90d, '6 months', '1 year' or never"


def _is_interval(text: str) -> bool:
    from kcs.article.days import parse_interval

    return text == "never" or parse_interval(text) is not None


def _asked(question: str, default: str, wrong: "Callable[[str], str]") -> str:
    """The answer, once `wrong` has nothing to say of it: whoever mistypes one answer is not made to begin anew."""
    from kcs.render.asking import asked
    from kcs.render.terminal import note

    while (answer := asked(f"{question} [{default}] ")) is not None:
        if not (said := wrong(answer or default)):
            return answer or default
        note(said)
    raise Refused("nothing was written")
