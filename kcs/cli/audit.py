"""kcs audit."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kcs.cli import audit_options as o
from kcs.cli.audit_options import Shape
from kcs.cli.audit_refused import refuse_for, refuse_mending, refuse_watching
from kcs.cli.optional_values import OptionalValues
from kcs.cli.options import AsOf, Kb, Paths, open_base, read_day
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.audit.report import Report
    from kcs.audit.wanted import Wanted
    from kcs.kb.base import KnowledgeBase


app = typer.Typer(add_completion=False)


@app.command(
    cls=OptionalValues,
    epilog="kcs audit articles/payments --select KCS1 --ignore KCS104   ·   kcs audit --changed-since origin/main"
    "   ·   kcs audit --write-baseline   ·   kcs audit --min-trust 97 --fail-on warning   ·   kcs audit articles/payments --watch",
)
def audit(
    *,
    paths: Paths = None,
    select: o.Select = None,
    ignore: o.Ignore = None,
    format: o.Format = Shape.TEXT,
    output: o.Output = None,
    changed_since: o.ChangedSince = None,
    staged: o.Staged = False,
    baseline: o.Baseline = None,
    no_baseline: o.NoBaseline = False,
    write_baseline: o.WriteBaseline = False,
    allow_growth: o.AllowGrowth = False,
    fail_on: o.FailOn = o.Severity.ERROR,
    allow_exclusion: o.AllowExclusion = False,
    min_trust: o.MinTrust = None,
    may_not_fall: o.MayNotFall = None,
    fix: o.Fix = False,
    unsafe_fixes: o.UnsafeFixes = False,
    diff: o.Diff = False,
    statistics: o.Statistics = False,
    watch: o.Watch = False,
    kb: Kb = None,
    as_of: AsOf = None,
) -> None:
    """Find what is wrong with articles, worst first, and how to fix each.

    With --changed-since or --staged it judges a change: what only the passing of time brings is reported just
    for articles that the change touches. Any other run judges the whole base.
    """
    from kcs.audit.wanted import Wanted

    wanted = Wanted(
        paths=tuple(paths or ()),
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        changed_since=changed_since,
        staged=staged,
        baseline=Path(baseline) if baseline else None,
        ignore_baseline=no_baseline,
        new_baseline=write_baseline,
        fail_on=fail_on.value,
        allow_exclusion=allow_exclusion,
    )
    outputs = _destinations(output or [])
    refuse_for(wanted, baseline=baseline is not None, growth=allow_growth, min_trust=min_trust)
    if statistics and format is not Shape.TEXT:
        hint = f"--output {format.value}:FILE writes the report beside it"
        raise UsageProblem(f"--statistics counts the findings, and not as {format.value}", hint=hint)
    mending = {"--fix": fix, "--unsafe-fixes": unsafe_fixes, "--diff": diff}
    gates = {"--min-trust": min_trust is not None, "--trust-may-not-fall": may_not_fall is not None}
    shown = {
        "--output": bool(output),
        "--statistics": statistics,
        f"--format {format.value}": format is not Shape.TEXT,
    }
    others = {"--staged": staged, "--write-baseline": write_baseline, **shown, **gates, **mending}
    if watch:
        refuse_watching(others)
    base = _open(kb, as_of, staged)
    of_all = not (staged or watch or changed_since is not None or any(gates.values()))
    if of_all and not len(base.articles):
        # A mistyped pattern would pass for ever.
        # A change may take out the last article, and gates on trust are not met by none.
        what = f"no article to audit: nothing matches {', '.join(base.config.include)}"
        raise UsageProblem(what, hint="mend include under [articles] in kcs.toml; kcs doctor says more")
    if baseline == "" and not write_baseline and base.text("kcs-baseline.tsv") is None:
        raise UsageProblem("there is no kcs-baseline.tsv", hint="kcs audit --write-baseline makes one")
    plain = not (watch or paths or baseline or changed_since is not None or any(others.values()))
    key = _key(base, wanted) if plain else None
    if key and (code := _ready(base, key)) is not None:
        raise SystemExit(code)
    if any(mending.values()):
        unheard = {"--write-baseline": write_baseline, **shown} if diff else {}
        refuse_mending(unheard, staged=staged, gated=diff and any(gates.values()))
        if _mend(base, wanted, unsafe_fixes, write=not diff):
            base = _open(kb, as_of, staged)
        if diff:
            raise SystemExit(0)
    if watch:
        _watch(base, kb, as_of, wanted)
        return
    report = _perform(base, wanted, (write_baseline, allow_growth))
    report = _gated(report, min_trust, may_not_fall)
    _write(report, format.value, outputs, counts=statistics)
    if key:
        _keep(base, key, wanted, report)
    _tell_unmet(report)
    raise SystemExit(1 if report.fails() else 0)


def _key(base: "KnowledgeBase", wanted: "Wanted") -> str | None:
    """What an answer for pipes is kept under; None for eyes, which get another one."""
    from kcs.audit.ready import ready_key
    from kcs.render.terminal import for_eyes

    return None if for_eyes() else ready_key(base, wanted)


def _ready(base: "KnowledgeBase", key: str) -> int | None:
    """Write the answer as it was given before, where nothing is another since; the exit code, or None."""
    from kcs.audit.ready import read_ready
    from kcs.render.terminal import note

    found = read_ready(base, key)
    if found is None:
        return None
    sys.stdout.write(found.text)
    note(found.told)
    return 1 if found.fails else 0


def _keep(base: "KnowledgeBase", key: str, wanted: "Wanted", report: "Report") -> None:
    """Keep what a pipe was told, for the next run."""
    from kcs.audit.ready import Ready, keep_ready
    from kcs.render.findings.text import render, summary

    keep_ready(base, key, wanted, Ready(render(report), summary(report), report.fails()))


def _perform(base: "KnowledgeBase", wanted: "Wanted", baseline: tuple[bool, bool]) -> "Report":
    """Audit; then write the baseline where that is asked for, whether or not it may grow."""
    from kcs.audit.perform import perform
    from kcs.render.progress import along

    report, (write, growth) = perform(base, wanted, along), baseline
    return _write_baseline(report, wanted.paths, growth) if write else report


def _gated(report: "Report", min_trust: float | None, may_not_fall: str | None) -> "Report":
    """The report with the gates on trust that are not met."""
    if min_trust is None and may_not_fall is None:
        return report
    from kcs.audit.gates import gates

    unmet = gates(report, min_trust=min_trust, may_not_fall=may_not_fall)
    return report._replace(unmet=(*report.unmet, *unmet))


def _tell_unmet(report: "Report") -> None:
    for sentence in report.unmet:
        from kcs.render.terminal import note

        note(f"kcs: {sentence}")


def _watch(base: "KnowledgeBase", kb: Path | None, as_of: str | None, wanted: "Wanted") -> None:
    """Until Ctrl-C, which is exit 130."""
    from kcs.audit.watching import watch
    from kcs.kb.base import KnowledgeBase
    from kcs.render.watch import watch_text

    watch_text(watch(base, lambda: KnowledgeBase.open(kb, as_of=read_day(as_of, "--as-of")), wanted))


def _open(kb: Path | None, as_of: str | None, staged: bool) -> "KnowledgeBase":
    if not staged:
        return open_base(kb, None, as_of)
    from kcs.kb.base import KnowledgeBase

    return KnowledgeBase.open_staged(kb, as_of=read_day(as_of, "--as-of"))


def _mend(base: "KnowledgeBase", wanted: "Wanted", unsafe: bool, *, write: bool) -> bool:
    """Mend, or show what would be; whether files were written."""
    from kcs.audit.fixing import mend
    from kcs.render.fixes import fixes_diff, fixes_text

    done = mend(base, wanted, unsafe=unsafe, write=write)
    (fixes_text if write else fixes_diff)(done)
    return write and any(one.new != one.old for one in done)


def _write_baseline(report: "Report", paths: tuple[str, ...], growth: bool) -> "Report":
    from kcs.audit.baseline import write
    from kcs.render.terminal import note

    report, sentence = write(report, whole=not paths, growth=growth)
    note(sentence)
    return report


def _destinations(given: list[str]) -> list[tuple[str, str]]:
    if not given:
        return []
    from kcs.cli.outputs import destinations

    return destinations(given, [one.value for one in Shape])


def _write(report: "Report", shape: str, outputs: list[tuple[str, str]], *, counts: bool) -> None:
    """The report where it is wanted. Without FORMAT, FILE takes the place of stdout; so do `counts` of the findings."""
    from kcs.cli.outputs import refuse_own
    from kcs.kb.files import write_file
    from kcs.render.findings import render, show, told

    for _, file in outputs:
        refuse_own(report.kb, file)
    for name, file in outputs:
        write_file(Path(file), render(name or shape, report).encode("utf-8", "replace"), file)
    if counts:
        from kcs.render.findings.text import statistics

        statistics(report)
    elif all(name for name, _ in outputs):
        show(report, shape)
    else:
        told(report)
