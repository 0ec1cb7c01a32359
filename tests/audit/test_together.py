"""What is the same of many articles is said to people once,
with where; programs get every finding, and nothing is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from shlex import quote

from hypothesis import given
from hypothesis import strategies as st

from kcs.audit.finding import Finding
from kcs.render.findings.together import together
from tests.conftest import Base, Run, Terminal

TEAM = '[people.jd]\nemails = ["jd@acme.example"]\n[areas.dns]\nmatch = {path = "articles/dns/**"}\n'
ARTICLE = "---\nid: kb-dns{0:05}\ntype: Note\ntitle: Question number {0} about names\nconfidence: not-validated\n---\nText.\n"
WORDS = "nobody owns it, and its area dns has no owner either"


def finding(path: str, message: str, mend: str, line: int | None = 1) -> Finding:
    return Finding("KCS201", "owner-missing", "warning", path, line, None, message, mend, False, path)


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["a.md", "b c.md", "d.md", "ไทย.md"]),
        st.sampled_from(["one", "two"]),
        st.sampled_from(
            ["", "kcs verify kb-1", "kcs verify kb-2\nkcs flag kb-2", "kcs verify kb-1\nkcs flag kb-2"]
        ),
        st.sampled_from([None, 1, 7]),
    ),
    max_size=12,
)


@given(FINDINGS)
def test_each_finding_is_in_one_group_that_says_what_it_says(findings: list[Finding]) -> None:
    groups = together(findings)
    assert Counter(one for group in groups for one in group.findings) == Counter(findings)
    for group in groups:
        assert {one.message for one in group.findings} == {group.first.message}
        assert len(group.places) + group.more == len(group.findings)
        for one in group.findings:
            # With its name put back, what is said of all is what was to be said of this one.
            names = [quote(one.path), "kb-1", "kb-2"]
            assert one.help in (group.help, *(group.help.replace("ARTICLE", name) for name in names))


def test_only_the_name_may_differ() -> None:
    ways = ["kcs verify kb-1 (jd may)", "kcs verify kb-2 (jd may)", "kcs verify kb-3 (kp may)"]
    same, other = [finding(f"{way}.md", "due", way) for way in ways[:2]], finding("x.md", "due", ways[2])
    assert [one.help for one in together(same)] == ["kcs verify ARTICLE (jd may)"]
    assert [one.help for one in together([*same, other])] == ways
    paths = [finding(path, "due", f"kcs verify {quote(path)}") for path in ("a b.md", "c.md")]
    assert [one.help for one in together(paths)] == ["kcs verify ARTICLE"]


def test_an_area_without_people_is_said_once(
    make_base: Callable[..., Base], terminal: Terminal, quick: Run, tmp_path: Path
) -> None:
    files = {f"articles/dns/{number:02}.md": ARTICLE.format(number) for number in range(40)}
    base = make_base({"team.toml": TEAM, **files})
    asked = ("audit", "--select", "KCS201")
    shown = terminal(*asked, cwd=base.root).out
    assert shown.count(WORDS) == 1 and "40 findings" in shown and "and 37 more" in shown
    assert "articles/dns/02.md:1" in shown and "articles/dns/03.md" not in shown
    assert "give [areas.dns] an owner in team.toml, or kcs assign ARTICLE --owner" in " ".join(shown.split())
    summary = quick(*asked, "--format", "markdown", cwd=base.root).out
    assert summary.count(WORDS) == 1 and "and 37 more |" in summary and "**40 warnings**" in summary
    lines = quick(*asked, cwd=base.root).out.splitlines()
    assert len(lines) == 40 and all(WORDS in line for line in lines)
    found = json.loads(quick(*asked, "--format", "json", cwd=base.root).out)["findings"]
    assert len({one["fingerprint"] for one in found}) == 40
    quick(*asked, "--write-baseline", cwd=base.root)
    # What shows the rest is what was asked: without --no-baseline it would show nothing.
    again = terminal("audit", "--no-baseline", "articles/dns", cwd=base.root).out
    assert (
        "all of them: the same command with --select KCS201 | less" in again and "kcs audit --" not in again
    )
    base.write("articles/dns/99.md", ARTICLE.format(99))
    after = terminal(*asked, cwd=base.root).out
    assert "1 finding" in after and "articles/dns/99.md:1" in after and "kcs assign kb-dns00099" in after
