"""Each rule on articles that carry what it must find, in the line where it must find it.

`fixtures/<CODE>/` is one knowledge base: its *.md are the articles, kcs.toml and team.toml may stand beside them. Where a line
ends in `{KCS006 some words}` the rule must find something there whose message or help holds these words; the mark is cut
out before the rule sees the file. `@content@` becomes the article's own fingerprint, `@first@` that of its first version. Where the folder holds folders such as
`1_2026-05-01_jd`, each is a commit of that day by that person, on top of the one before (`2_uncommitted`: none); the last one's
marks count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from kcs.article.splice import set_value
from kcs.article.states import ARCHIVED
from kcs.audit.finding import Finding
from kcs.audit.rules import RULES, Entry
from kcs.audit.rules.verification import DEBT, DEBT_CODES
from kcs.audit.runner import audit
from kcs.audit.settings import choose
from kcs.errors import CannotEdit
from kcs.kb.base import KnowledgeBase
from tests.conftest import BOT, JD, KCS_TOML, KP, TEAM_TOML, Base

pytestmark = pytest.mark.usefixtures("nobodys_settings")

FIXTURES = Path(__file__).parent / "fixtures"
AS_OF = date(2026, 12, 1)
_MARK = re.compile(rb"[ \t]*\{(KCS\d{3})(?: ([^{}\n]*))?\}")
PEOPLE = {"jd": JD, "kp": KP, "bot": BOT, "zo": {"name": "Zo", "email": "zo@acme.example"}}

# What is asked of archived articles as well: whether a file can be read, who it is, and what must not get out.
ARCHIVED_TOO = [
    f"KCS{number:03}"
    for number in (
        *range(1, 8), 9, 10, *range(12, 16), 19, 20, 21, *range(23, 26), *range(301, 308), 507
    )
]  # fmt: skip
# To say of an article that it is archived is what they look at: a front matter, its values, whether two of them agree.
OF_CONFIDENCE = ("KCS003", "KCS010", "KCS021")

# (path, line, words)
Expected = tuple[str, int, str]


def stripped(raw: bytes, path: str, code: str) -> tuple[bytes, list[Expected]]:
    """The file without its marks, and what these expect."""
    expected = []
    for mark in _MARK.finditer(raw):
        assert mark[1].decode() == code, f"{path}: a mark of {mark[1].decode()} among the fixtures of {code}"
        line = raw.count(b"\n", 0, mark.start()) + 1
        expected.append((path, line, (mark[2] or b"").decode()))
    return _MARK.sub(b"", raw), expected


def files_of(folder: Path, code: str) -> tuple[dict[str, str | bytes], list[Expected]]:
    """The base's files, and all that is expected of them."""
    files: dict[str, str | bytes] = {}
    expected: list[Expected] = []
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = file.relative_to(folder).as_posix()
        if name in ("kcs.toml", "team.toml", "moves.tsv"):
            files[name] = file.read_bytes()
            continue
        files[f"articles/{name}"], found = stripped(file.read_bytes(), f"articles/{name}", code)
        expected += found
    return files, expected


def fill_in(base: Base, first: dict[str, bytes]) -> None:
    """Put fingerprints where `@content@` and `@first@` stand."""
    kb = KnowledgeBase.open(base.root, as_of=AS_OF)
    for article in kb.articles:
        raw = kb.raw(article)
        if b"@content@" in raw or b"@first@" in raw:
            own = kb.fingerprints.of(article).encode()
            told = raw.replace(b"@content@", own).replace(b"@first@", first.setdefault(article.path, own))
            base.write(article.path, told)


def commits(folder: Path) -> Iterator[tuple[Path, str | None, str]]:
    for one in sorted(folder.iterdir()):
        if step := re.fullmatch(r"\d+_(?:(\d{4}-\d\d-\d\d)_(\w+)|uncommitted)", one.name):
            yield one, step[1], step[2]


@pytest.mark.parametrize("entry", RULES, ids=lambda one: one.code)
def test_a_rule_finds_what_its_fixtures_say_and_nothing_else(
    entry: Entry, make_base: Callable[..., Base]
) -> None:
    folder = FIXTURES / entry.code
    assert folder.is_dir(), (
        f"no fixtures for {entry.code}: make {folder} (tests/audit/test_fixtures.py says how)"
    )
    steps = list(commits(folder))
    files, expected = files_of(steps[0][0] if steps else folder, entry.code)
    own = {"kcs.toml": KCS_TOML, "team.toml": TEAM_TOML}
    base = make_base({**own, **files}, git=bool(steps))
    first: dict[str, bytes] = {}
    fill_in(base, first)
    for number, (step, day, who) in enumerate(steps):
        if number:
            files, expected = files_of(step, entry.code)
            for path, raw in files.items():
                base.write(path, raw)
            fill_in(base, first)
        if day:
            base.commit(day=day, who=PEOPLE[who])
    kb, found = audited(base, entry)
    left = list(expected)
    extra = []
    for one in found:
        fits = [e for e in left if e[:2] == (one.path, one.line or 1) and e[2] in f"{one.message} {one.help}"]
        if fits:
            left.remove(fits[0])
        else:
            extra.append(f"{one.path}:{one.line}: {one.message} -> {one.help}")
    assert not left and not extra, f"missing: {left}\nextra: {extra}"
    assert expected, "nothing is expected: the fixture shows nothing"
    assert {one.path for one in kb.articles} - {path for path, _, _ in expected}, (
        "no article without a finding"
    )
    archive_all(kb)
    archived, still = audited(base, entry)
    told = {one.path for one in still if archived.by_path[one.path].confidence == ARCHIVED}
    if entry.code not in ARCHIVED_TOO:
        assert not told, "nobody asks for that of what is archived"
    elif entry.code not in OF_CONFIDENCE:
        assert told == {path for path, _, _ in expected if archived.by_path[path].confidence == ARCHIVED}


def audited(base: Base, entry: Entry) -> tuple[KnowledgeBase, list[Finding]]:
    kb = KnowledgeBase.open(base.root, as_of=AS_OF)
    # Whether a comment was needed is asked of what the others found.
    asked = ("KCS0",) if entry.load().last else (entry.code,)
    rules = choose(kb.config.rules, select=asked)
    return kb, [one for one in audit(kb, kb.articles, rules) if one.rule == entry.code]


def archive_all(kb: KnowledgeBase) -> None:
    """Those whose front matter can be edited."""
    for article in kb.articles:
        with suppress(CannotEdit):
            (kb.root / article.path).write_bytes(set_value(kb.raw(article), "confidence", ARCHIVED))


def test_a_rule_is_documented_and_declares_what_it_reads() -> None:
    for entry in RULES:
        rule, text = entry.load(), entry.documentation()
        assert rule.reads, entry.code
        first, *rest = text.split("\n\n")
        assert first.endswith((".", ";")) and len(first) < 250, entry.code
        assert [one for one in rest if one.startswith("## ")] == [
            "## Why it matters", "## Example", "## How to mend",
        ], entry.code  # fmt: skip
        assert all(one.doc for one in rule.parameters), entry.code


def test_codes_and_names_stand_once_and_in_order() -> None:
    codes, names = [one.code for one in RULES], [one.name for one in RULES]
    assert codes == sorted(set(codes)) and len(set(names)) == len(names)


def test_the_rules_that_share_a_debt_are_those_that_are_listed() -> None:
    assert tuple(entry.code for entry in RULES if entry.load().debt == DEBT) == DEBT_CODES


def test_dates_are_read_as_the_base_writes_them(make_base: Callable[..., Base]) -> None:
    text = "---\nuid: a\ntitle: A\nconfidence: work-in-progress\ncreated: 05/06/2026\nlaunch: 06/07/2026\n---\nText.\n"
    due = "---\nuid: b\ntitle: B\nstale_after: 01/02/2027\n---\nText.\n"
    none = "---\ntitle: C\n---\nText.\n"
    order = 'date_order = "day-first"\n' + KCS_TOML.replace("[defaults]", '[fields]\nid = "uid"\n[defaults]')
    files = {"articles/a.md": text, "articles/b.md": due, "articles/c.md": none}
    base = make_base(files, config=order)
    kb = KnowledgeBase.open(base.root, as_of=AS_OF)
    assert kb.by_path["articles/b.md"].stale_after == date(2027, 2, 1)
    found = audit(kb, kb.articles, choose({}, select=("KCS011,KCS014,KCS114,KCS403",)))
    assert sorted((one.rule, one.message, one.help[:10]) for one in found) == [
        ("KCS011", "it has no id, and is known by its path alone", "add one: u"),
        ("KCS114", "launched on 2026-07-06, and it is work-in-progress", "finish it,"),
        ("KCS403", "work-in-progress for 179 days, since 2026-06-05", "kcs state "),
    ]
