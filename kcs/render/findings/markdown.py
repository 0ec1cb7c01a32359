"""The summary under a pull request: what the change does to
trust, whose change it was, who must look, which debts it brings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.counting import counted as nouns
from kcs.render.findings.places import first_way
from kcs.render.findings.together import together
from kcs.render.terminal import safe

if TYPE_CHECKING:
    from kcs.audit.change import Change, Lost
    from kcs.audit.finding import Finding
    from kcs.audit.report import Report
    from kcs.insight.score import Score

# Hosts cut off text beyond 65,536 characters, and nobody reads that far.
_MOST = 50
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# What hosts take for a link without a scheme.
_HOST = re.compile(r"(?i)(?<![a-z0-9])www(?=\.)")


def render(report: Report) -> str:
    """The whole summary."""
    lines = ["## Knowledge base audit", "", _verdict(report), ""]
    for sentence in report.unmet:
        lines += [f"**Not met: {words(sentence)}.**", ""]
    if report.change is not None:
        lines += _change(report, report.change)
    else:
        from kcs.insight import trust_score

        lines += [f"Trust score: {_score(trust_score(report.kb))} on {report.as_of}.", ""]
    lines += [*_findings(report.findings), _debts(report)]
    return "\n".join(lines).rstrip() + "\n"


def _verdict(report: Report) -> str:
    from kcs.render.findings.text import counted

    found = counted(report) or ("nothing new" if report.known else "nothing found")
    return f"{report.audited:,} of {nouns(report.total, 'article')} audited: **{found}**."


def _change(report: Report, change: Change) -> Iterator[str]:
    from kcs.insight import trust_score

    before, now = trust_score(change.before), trust_score(change.kb)
    yield f"Trust score: {_score(before)} at {words(change.name)}, **{_score(now)}** with this change (both on {report.as_of})."
    yield ""
    from kcs.render.findings.text import newly_known

    if said := newly_known(report):
        yield f"**{said[0].upper()}{said[1:]}.**"
        yield ""
    if change.left:
        from kcs.render.findings.text import left

        yield f"**{words(left(change))}**"
        yield ""
    lost = change.lost()
    if not lost:
        return
    yield f"### {nouns(len(lost), 'article loses', 'articles lose')} trust"
    yield ""
    yield "| article | why | whose change | who must look |"
    yield "| --- | --- | --- | --- |"
    for one in lost[:_MOST]:
        yield _lost(report, change, one)
    if len(lost) > _MOST:
        yield f"| and {len(lost) - _MOST} more | | | |"
    yield ""


def _score(score: Score) -> str:
    return f"{'-' if score.percent is None else f'{score.percent}%'} ({score.trusted:,} of {score.total:,})"


def _lost(report: Report, change: Change, lost: Lost) -> str:
    article = lost.article
    names = article.settings.terms.verifiers(report.as_of)
    who = "anybody" if names is None else ", ".join(names[:5]) or "nobody may: kcs assign"
    title = f"{words(article.title or article.name)} ({words(article.path)})"
    return f"| {title} | {', '.join(lost.reasons)} | {words(change.author(article))} | {words(who)} |"


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield "### Findings"
    yield ""
    yield "| | rule | place | what, and what to do |"
    yield "| --- | --- | --- | --- |"
    groups = together(findings)
    for group in groups[:_MOST]:
        one = group.first
        places = ", ".join(map(words, group.places)) + (f" and {group.more:,} more" if group.more else "")
        yield f"| {one.severity} | {one.rule} {one.name} | {places} | {words(first_way(one))} |"
    more = sum(len(group.findings) for group in groups[_MOST:])
    if more:
        yield f"| | | | and {more:,} more: `kcs audit` lists them |"
    yield ""


def _debts(report: Report) -> str:
    new, paid = report.debts()
    known = f"; {report.known_debts():,} known from the baseline" if report.known else ""
    return f"Debts: {new:,} new, {paid:,} paid{known}."


def words(text: str) -> str:
    """A file's words as plain text: no markup, no link, no mention, no second line."""
    plain = " ".join(safe(text).split())
    plain = _HOST.sub("\\g<0>\u200b", _SPECIAL.sub(r"\\\1", plain))
    return plain.replace("@", "@\u200b").replace("://", ":\u200b//")
