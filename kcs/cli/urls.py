"""kcs urls."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.filters import choose, filtered
from kcs.cli.options import Format, FormatOption, Kb, open_base
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.article.days import Interval
    from kcs.kb.select import Filters

app = typer.Typer(add_completion=False)

# Variables that hosts set when building a pull request, and that pre-commit sets when its hook runs us.
_PULL_REQUEST = ("CI_MERGE_REQUEST_IID", "CHANGE_ID", "BITBUCKET_PR_ID", "SYSTEM_PULLREQUEST_PULLREQUESTID")
_HOOK = ("PRE_COMMIT", "GIT_INDEX_FILE")
_HOW = "How to ask"


@app.command(
    epilog="kcs urls   ·   kcs urls articles/legal --cache 1d --format json   ·   kcs urls --cache none --timeout 20"
)
@filtered
def urls(
    *,
    cache: Annotated[
        str,
        typer.Option("--cache", metavar="SPAN", help="Do not ask again what answered within this; or: none."),
    ] = "7d",
    delay: Annotated[
        float,
        typer.Option(
            "--delay", min=0, max=60, help="Seconds between requests to one host.", rich_help_panel=_HOW
        ),
    ] = 1.0,
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0.1, max=300, help="Seconds to wait for a host.", rich_help_panel=_HOW),
    ] = 10.0,
    retries: Annotated[
        int,
        typer.Option(
            "--retries", min=0, max=10, help="How often to ask again, later each time.", rich_help_panel=_HOW
        ),
    ] = 2,
    hosts: Annotated[
        int,
        typer.Option("--hosts", min=1, max=64, help="How many hosts at a time.", rich_help_panel=_HOW),
    ] = 8,
    private: Annotated[
        bool,
        typer.Option("--private", help="Ask hosts of the internal network too.", rich_help_panel=_HOW),
    ] = False,
    in_ci: Annotated[
        bool,
        typer.Option("--in-ci", help="Ask even in CI: for the nightly job.", rich_help_panel=_HOW),
    ] = False,
    kb: Kb = None,
    format: FormatOption = Format.TEXT,
    filters: "Filters",
) -> None:
    """Check whether the external links of articles still work. By hand, or at night.

    Each address is asked once, over http or https: by HEAD, and by GET where that is not enough. One request
    at a time to each host, with a pause after it. A host that is busy is asked again later.

    Exit code 1 where a link is broken or a host cannot be reached. Pages that have moved, and hosts that do not talk to
    programs, are reported and are no failure. Never in a pull request: somebody else's server must not turn it red.
    """
    _refuse(in_ci)
    keep = _span(cache)
    base = open_base(kb)
    from kcs.article.states import ARCHIVED
    from kcs.render.progress import counting
    from kcs.render.urls import Looked, urls_json, urls_text
    from kcs.urls import Manner, addresses, visit_all

    articles = [one for one in choose(base, filters) if one.confidence != ARCHIVED]
    found = addresses(base, articles)
    manner = Manner(delay, timeout, retries, private, hosts)
    with counting("addresses", len(found)) as tick:
        visits = visit_all([one.url for one in found], manner, base.cache, keep, tick)
    looked = Looked(base, len(articles), [(one, visits[one.url]) for one in found])
    (urls_json if format is Format.JSON else urls_text)(looked)
    raise SystemExit(1 if looked.failed else 0)


def _refuse(in_ci: bool) -> None:
    if os.environ.get("GITHUB_EVENT_NAME", "").startswith("pull_request") or _said(_PULL_REQUEST):
        raise UsageProblem(
            "this is a pull request: somebody else's server must not turn it red",
            hint="run kcs urls in the nightly job",
        )
    if _said(_HOOK):
        raise UsageProblem(
            "this is a Git hook: a commit must not wait for the network", hint="run kcs urls by hand"
        )
    if _said(("CI",)) and not in_ci:
        raise UsageProblem(
            "this is CI: run kcs urls by hand or in a nightly job", hint="add --in-ci in the nightly job"
        )


def _said(names: tuple[str, ...]) -> bool:
    return any(os.environ.get(name, "").lower() not in ("", "0", "false") for name in names)


def _span(given: str) -> "Interval | None":
    from kcs.article.days import parse_interval

    if given == "none":
        return None
    found = parse_interval(given)
    if found is None:
        raise UsageProblem(
            f"--cache {given!r} is not a span of time", hint="write it as 7d or 2 weeks, or: none"
        )
    return found
