"""What other programs read: each format as its own reader takes it, whatever an article says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.conftest import KP, OUTLOOK, Base, Run

# Nothing of this may end a line, a cell, an attribute or a command early.
HOSTILE = '---\ntitle: Problem\nid: "a%0A::error::b, c: d | <b> @all [x](y) `z` ]]> \\u0007 \\uFFFE é"\n---\nText.\n'
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base({
        "articles/a b%,ü.md": HOSTILE,
        "articles/email/outlook.md": OUTLOOK,
        "articles/twice.md": "---\ntype: x\nid: kb-tw1ce000\ntitle: Twice the same\ntags: {}\nowner: [a]\nverfiers: a\n---\nx\n",
        "articles/\u202etxt\u0e01\u0635.md": "---\ntitle: a\n",
        "articles/conflict.md": "---\ntitle: a\n<<<<<<< HEAD\nowner: x\n=======\n>>>>>>> b\n---\n",
    })  # fmt: skip


def told(quick: Run, base: Base, name: str) -> str:
    found = quick("audit", "--format", name, "--as-of", "2026-12-01", cwd=base.root)
    assert found.code == 1 and found.out, found.err
    return found.out


def findings(quick: Run, base: Base) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(told(quick, base, "json"))["findings"]
    return found


def test_sarif_is_what_its_readers_take(base: Base, quick: Run) -> None:
    model = pytest.importorskip(
        "sarif_pydantic", reason="sarif-pydantic is not installed: pip install --group test"
    )
    log = json.loads(told(quick, base, "sarif"))
    run = model.Sarif.model_validate(log).runs[0]
    wanted = findings(quick, base)
    assert len(run.results) == len(wanted) >= 6
    rules = [one["id"] for one in log["runs"][0]["tool"]["driver"]["rules"]]
    for result, finding in zip(log["runs"][0]["results"], wanted, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding["rule"]
        assert result["level"] == {"info": "note"}.get(finding["severity"], finding["severity"])
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])
        assert place["region"]["startLine"] == (finding["line"] or 1)
        assert result["partialFingerprints"] == {"kcs/v1": finding["fingerprint"]}
    assert any("a%20b%25%2C%C3%BC.md" in json.dumps(one) for one in log["runs"][0]["results"])


def test_github_annotations_are_escaped_as_documented(base: Base, quick: Run) -> None:
    lines = told(quick, base, "github").splitlines()
    wanted = findings(quick, base)
    assert len(lines) == len(wanted)
    for line, finding in zip(lines, wanted, strict=True):
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert match, line
        pairs = dict(one.split("=", 1) for one in match[2].split(","))
        unescaped = re.sub("%(25|0A|0D|3A|2C)", lambda found: bytes.fromhex(found[1]).decode(), pairs["file"])
        assert unescaped == finding["path"] and pairs["line"] == str(finding["line"] or 1)
        assert pairs["title"] == f"{finding['rule']} {finding['name']}"


def test_gitlab_code_quality(base: Base, quick: Run) -> None:
    rows = json.loads(told(quick, base, "gitlab"))
    jsonschema.validate(rows, GITLAB)
    assert len({one["fingerprint"] for one in rows}) == len(rows) == len(findings(quick, base))


def test_junit_counts_what_it_holds(base: Base, quick: Run) -> None:
    junit = pytest.importorskip(
        "junitparser", reason="junitparser is not installed: pip install --group test"
    )
    text = told(quick, base, "junit")
    root = ElementTree.fromstring(text)
    assert "\u202e" not in text and "articles/\u202etxt\u0e01\u0635.md" in {one.get("name") for one in root}
    assert root.tag == "testsuites" and {one.tag for one in root} == {"testsuite"}
    cases, failed = root.findall("testsuite/testcase"), root.findall("testsuite/testcase/failure")
    wanted = findings(quick, base)
    assert len(cases) == len(wanted) and len(failed) == sum(one["severity"] == "error" for one in wanted)
    read = junit.JUnitXml.fromstring(text.encode())
    assert sum(one.tests for one in read) == len(cases) and sum(one.failures for one in read) == len(failed)
    said = "\n".join(one.text or "" for one in root.findall("testsuite/system-out"))
    passed = [one for one in wanted if one["severity"] != "error"]
    assert len(said.split("\n")) >= len(passed) and all(one["severity"] + ": " in said for one in passed)


# What Ant's schema asks of each element: its attributes, and its children in this order.
_ANT = {
    "testsuites": ((), ("testsuite",)),
    "testsuite": (
        ("package", "id", "name", "timestamp", "hostname", "tests", "failures", "errors", "time"),
        ("properties", "testcase", "system-out", "system-err"),
    ),
    "properties": ((), ()),
    "testcase": (("name", "classname", "time"), ("failure",)),
    "failure": (("message", "type"), ()),
    "system-out": ((), ()),
    "system-err": ((), ()),
}


@pytest.mark.parametrize("select", [(), ("--select", "KCS006")], ids=["findings", "in order"])
def test_junit_is_what_ants_schema_asks_for(base: Base, quick: Run, select: tuple[str, ...]) -> None:
    """It knows no attribute of <testsuites>, wants all of them of a suite, and no output in a test."""
    told = quick("audit", *select, "--as-of", "2026-12-01", "--format", "junit", cwd=base.root)
    root = ElementTree.fromstring(told.out)
    for one in root.iter():
        attributes, children = _ANT[one.tag]
        assert tuple(one.attrib) == attributes
        assert [name for name, _ in groupby(child.tag for child in one)] == [
            name for name in children if name != "failure" or one.find(name) is not None
        ]
    for number, suite in enumerate(root):
        cases = suite.findall("testcase")
        assert suite.attrib["id"] == str(number) and suite.attrib["timestamp"] == "2026-12-01T00:00:00"
        assert int(suite.attrib["tests"]) == len(cases) > 0
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))


def test_junit_of_a_base_in_order_is_a_test_that_passes(native: Base, quick: Run) -> None:
    found = quick("audit", "--select", "KCS006", "--format", "junit", cwd=native.root)
    root = ElementTree.fromstring(found.out)
    assert len(root.findall("testsuite/testcase")) == 1 and "2 of 2 articles audited" in found.out


def test_junit_holds_the_gates_that_are_not_met(native: Base, quick: Run) -> None:
    words = ("audit", "--select", "KCS006", "--min-trust", "97", "--format", "junit")
    found = quick(*words, cwd=native.root)
    [failure] = ElementTree.fromstring(found.out).findall("testsuite/testcase/failure")
    assert found.code == 1 and failure.attrib["message"].endswith("(0 of 2), below 97%")


def test_markdown_keeps_what_a_file_says_in_its_cell(base: Base, quick: Run) -> None:
    text = told(quick, base, "markdown")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 5, row
    number = sum(row.startswith("| warning") for row in rows)
    assert number > 1 and f", {number} warnings" in text
    assert "@all" not in text and "<b>" not in text.replace("\\<b\\>", "")


def test_markdown_makes_no_link_of_what_a_file_says(make_base: Callable[..., Base], quick: Run) -> None:
    """Hosts make one of an address without a scheme too."""
    named = {
        f"articles/{at}.md": f"---\ntype: x\ntitle: b\nconfidence: {word}\n---\nx\n"
        for at, word in enumerate(
            ("_www.bad.example", "WWW.bad.example", "http://bad.example", "a@bad.example")
        )
    }
    text = told(quick, make_base(named), "markdown")
    assert text.count("bad.example") == 4
    assert not re.search(r"(?i)www\.|://|@bad", text)


def test_a_summary_counts_as_paid_what_it_asked_for(native: Base, quick: Run) -> None:
    """A run of some rules finds no debt of the others, and a hint that a day brings is none."""
    quick("audit", "--write-baseline", "--as-of", "2026-06-01", cwd=native.root)

    def debts(*words: str) -> str:
        found = quick("audit", "--format", "markdown", "--as-of", "2026-06-01", *words, cwd=native.root)
        return found.out.rstrip().rpartition("\n")[2]

    assert re.fullmatch(r"Debts: 0 new, 0 paid; \d known from the baseline\.", debts())
    assert debts("--select", "KCS5") == "Debts: 0 new, 0 paid."
    quick("verify", "kb-7f3q9xk2", "--as-of", "2026-06-01", cwd=native.root)
    assert ", 1 paid" in debts() and ", 1 paid" in debts("articles/email/outlook.md")
    assert ", 0 paid" in debts("articles/vpn.md")


def test_the_summary_of_a_change_says_who_lost_what(native: Base, quick: Run) -> None:
    for name in ("kb-7f3q9xk2", "kb-vpn00001"):
        quick("verify", name, "--as-of", "2026-05-02", cwd=native.root)
    native.commit(day="2026-05-02")
    native.git("branch", "start")
    path = "articles/email/outlook.md"
    native.commit({path: native.read(path).replace("few minutes", "two minutes").replace("status: stable", "status: draft")}, who=KP, day="2026-05-03")  # fmt: skip
    found = quick("audit", "--changed-since", "start", "--format", "markdown", "--as-of", "2026-06-01", "--ignore", "KCS008", cwd=native.root)  # fmt: skip
    assert found.code == 1
    assert "Trust score: 100.0% (2 of 2) at start, **50.0% (1 of 2)** with this change" in found.out
    assert "### 1 article loses trust" in found.out
    row = next(line for line in found.out.splitlines() if "content-changed | K. Park" in line)
    assert row.endswith("| K. Park | jd, kp |") and "Outlook 2013" in row
    assert "Debts: 2 new, 0 paid." in found.out
    native.commit({path: native.read(path).replace("status: draft", "status: stable")}, day="2026-05-04")
    native.git("branch", "worse", "HEAD~1")
    found = quick(
        "audit", "--changed-since", "worse", "--format", "markdown", "--as-of", "2026-06-01", cwd=native.root
    )
    assert "1 paid" in found.out and "loses trust" not in found.out


def test_several_reports_at_once(base: Base, quick: Run, tmp_path: Path) -> None:
    words = ["--output", f"sarif:{tmp_path / 'a.sarif'}", "--output", f"junit:{tmp_path / 'b.xml'}"]
    found = quick("audit", "--format", "github", *words, "--as-of", "2026-12-01", cwd=base.root)
    assert found.out.startswith("::error ") and "articles audited" in found.err
    assert json.loads((tmp_path / "a.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert ElementTree.parse(tmp_path / "b.xml").getroot().tag == "testsuites"
    found = quick("audit", "--format", "json", "--output", str(tmp_path / "c.json"), cwd=base.root)
    assert not found.out and json.loads((tmp_path / "c.json").read_text("utf-8"))["schema"] == "kcs.audit/1"
    assert "articles audited" in found.err
    assert quick("audit", "--output", str(tmp_path / "no" / "where"), cwd=base.root).code == 2


@pytest.mark.parametrize(
    "name", ["kcs.toml", "team.toml", "json:articles/twice.md", "sarif:./articles/../kcs.toml"]
)
def test_no_report_takes_the_place_of_what_the_base_reads(base: Base, quick: Run, name: str) -> None:
    before = base.read("kcs.toml"), base.read("team.toml"), base.read("articles/twice.md")
    shape, colon, file = name.rpartition(":")
    for folder, given in ((base.root, name), (base.root / "articles", f"{shape}{colon}../{file}")):
        told = quick("audit", "--output", "json:other.json", "--output", given, cwd=folder)
        assert told.code == 2 and "part of the knowledge base" in told.err
        assert not (folder / "other.json").exists()
    assert (base.read("kcs.toml"), base.read("team.toml"), base.read("articles/twice.md")) == before
    told = quick("report", "--output", "kcs.toml", cwd=base.root)
    assert told.code == 2 and base.read("kcs.toml") == before[0]


def test_ci_writes_its_reports_where_every_file_may_be_an_article(
    make_base: Callable[..., Base], quick: Run, tmp_path: Path
) -> None:
    """As ci/gitlab.yml does, in a base that was adopted with articles at its top."""
    toml = '[articles]\ninclude = ["**/*.md"]\n'
    root = make_base({"a.md": "---\ntitle: A\n---\n"}, name="top", config=toml).root
    for file in ("kcs-audit.md", str(tmp_path / "audit.md")):
        assert quick("audit", "--output", f"markdown:{file}", cwd=root).code != 2
    assert quick("report", "--output", str(tmp_path / "report.md"), cwd=root).code == 0
    assert quick("report", "--output", "report.md", cwd=root).code == 2


def test_no_report_takes_the_place_of_the_file_it_reads(base: Base, quick: Run, tmp_path: Path) -> None:
    base.write("figures.csv", "month,csat\n2026-05,88\n")
    tickets = tmp_path / "t.csv"
    tickets.write_text("id,subject\n1,a\n", "utf-8")
    for words in (
        ("figures.csv",),
        (str(tickets), "--tickets", str(tickets)),
        ("articles",),
        ("no/where.html",),
    ):
        told = quick("report", "--output", *words, cwd=base.root)
        assert told.code == 2 and "name " in told.err, words
    assert base.read("figures.csv").startswith("month") and tickets.read_text("utf-8").startswith(
        "id,subject"
    )


def test_a_file_named_twice_or_not_at_all_is_refused(base: Base, quick: Run) -> None:
    told = quick("audit", "--output", "json:a", "--output", "sarif:./a", cwd=base.root)
    assert told.code == 2 and "twice" in told.err and not (base.root / "a").exists()
    assert "names no file" in quick("audit", "--output", "json:", cwd=base.root).err
