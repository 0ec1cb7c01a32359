"""The example bases are what they claim: all types and languages, stamps that hold, links that lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from unicodedata import is_normalized

import pytest

from kcs.article.body import parse
from kcs.article.headings import section_key
from kcs.article.states import VALIDATED
from kcs.authoring.templates import all_templates
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.privacy import find
from tests.conftest import Run

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
AS_OF = date(2026, 12, 1)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        base = KnowledgeBase.open(EXAMPLES / "kb", as_of=AS_OF)
        assert len(base.articles) >= 40 and base.verdicts
    return base


def test_every_article_is_readable_and_says_what_it_is_about(kb: KnowledgeBase) -> None:
    for article in kb.articles:
        assert not article.unreadable and article.id and article.title, article.path
        assert 20 <= len(article.description) <= 160, article.path
        assert len((EXAMPLES / "kb" / article.path).read_text("utf-8")) < 4000, f"{article.path}: over a page"


def test_every_type_is_there_and_every_language(kb: KnowledgeBase) -> None:
    types = {article.record.meta["type"] for article in kb.articles}
    assert types == {template.name for template in all_templates(EXAMPLES / "kb")[0]}
    languages = Counter(article.own.language for article in kb.articles)
    assert set(languages) == {"en", "th", "vi", "ar"} and min(languages.values()) >= 6


def test_validated_articles_have_the_sections_of_their_type(kb: KnowledgeBase) -> None:
    wanted = {one.name: set(one.sections) - set(one.optional) for one in all_templates(EXAMPLES / "kb")[0]}
    for article in kb.articles:
        if article.own.confidence != VALIDATED:
            continue
        found = {section_key(one) for one in re.findall(r"^## (.+)$", kb.read(article).body, re.M)}
        assert wanted[article.record.meta["type"]] <= found, article.path


def test_every_link_leads_to_an_article(kb: KnowledgeBase) -> None:
    seen = 0
    for article in kb.articles:
        for link in parse(kb.read(article).body).links:
            if link.destination.startswith("https://"):
                continue
            target = kb.links.resolve(link.destination, article.path)
            assert target is not None and target.path in kb.by_path, f"{article.path}: {link.destination}"
            if audience(article) == "external":
                assert audience(kb.by_path[target.path]) == "external", f"{article.path}: {link.destination}"
            seen += 1
    assert seen >= 30


def audience(article: Article) -> str:
    return str(article.record.meta["audience"])


def test_the_index_lists_every_article(kb: KnowledgeBase) -> None:
    index = (EXAMPLES / "kb/articles/index.md").read_text("utf-8")
    listed = [f"articles/{link.destination}" for link in parse(index).links]
    assert sorted(listed) == sorted(kb.by_path)


def test_what_is_validated_is_trusted_and_nothing_else_is_wrong(kb: KnowledgeBase) -> None:
    by_confidence: dict[str, list[Article]] = {}
    for article in kb.articles:
        assert article.own.confidence is not None
        by_confidence.setdefault(article.own.confidence, []).append(article)
    assert all(kb.verdicts[one.path].trusted for one in by_confidence.pop(VALIDATED))
    assert {len(found) for found in by_confidence.values()} <= {1, 2}, "a few are unfinished, as in life"
    for article in kb.articles:
        assert not any(stamp.unseen for stamp in article.stamps), article.path


def test_a_translation_is_of_what_its_source_says_today(kb: KnowledgeBase) -> None:
    by_id = {article.id: article for article in kb.articles}
    translations = [one for one in kb.articles if "translation_of" in one.record.meta]
    assert len(translations) >= 8
    for article in translations:
        said = article.record.meta["translation_of"]
        source = by_id[said["id"]]
        assert said["content"] == kb.fingerprints.of(source), article.path
        assert source.own.language != article.own.language
        assert source.record.meta["type"] == article.record.meta["type"]


def test_counterparts_name_each_other_and_are_for_different_audiences(kb: KnowledgeBase) -> None:
    pairs = {one.id: one for one in kb.articles if "counterpart" in one.record.meta}
    assert len(pairs) >= 4
    for article in pairs.values():
        other = pairs[article.record.meta["counterpart"]]
        assert other.record.meta["counterpart"] == article.id and audience(other) != audience(article)


def test_what_compliance_governs_is_approved_as_it_is_by_who_may(kb: KnowledgeBase) -> None:
    governed = [one for one in kb.articles if one.record.meta.get("governance") == "compliance"]
    assert governed
    for article in governed:
        publishers = {f"human:{person}" for person in article.settings.publishers}
        approved = article.record.meta["approved"]
        assert any(
            one["by"] in publishers and one["content"] == kb.fingerprints.of(article) for one in approved
        )


def test_nobody_can_be_traced_and_addresses_are_reserved_ones(kb: KnowledgeBase) -> None:
    for article in kb.articles:
        text = kb.raw(article).decode()
        found = find(kb.read(article).body, examples=False)
        assert not [one for one in found if not one.text.endswith((".example", "example.com"))], article.path
        for host in re.findall(r"https?://([^/\s>]+)|@([\w.-]+\.\w+)", text):
            assert "".join(host).endswith((".example", "example.com")), article.path


def test_names_are_portable(kb: KnowledgeBase) -> None:
    paths = [*kb.by_path, *(one.relative_to(EXAMPLES).as_posix() for one in EXAMPLES.rglob("*"))]
    for path in paths:
        assert is_normalized("NFC", path) and not re.search(r'[<>:"\\|?*\x00-\x1f]|[ .](?:/|$)', path), path
        assert max(len(part.encode()) for part in path.split("/")) <= 200, path
    assert len({path.casefold() for path in kb.by_path}) == len(kb.by_path)


@pytest.mark.parametrize("name", ["kb"])
def test_another_reader_accepts_the_bundle(name: str) -> None:
    pytest.importorskip("okf", reason="okf-cli is not installed: pip install okf-cli==0.7.0")
    done = subprocess.run(
        [sys.executable, "-c", "from okf.cli import app; app()", "validate", str(EXAMPLES / name / "articles")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_doctor_finds_nothing_that_is_the_bases_fault(run: Run) -> None:
    told = run("doctor", "--format", "json", cwd=EXAMPLES / "kb")
    bad = {one["name"] for one in told.json["checks"] if one["status"] != "ok"}
    assert bad <= {"identity", "driver", "git", "head", "history", "place", "repository"}, (
        "these are the machine's"
    )


DEFECTS = EXAMPLES / "kb-defects"


def test_the_table_of_defects_names_every_file_that_has_one() -> None:
    table, _, of_history = (
        (DEFECTS / "README.md").read_text("utf-8").partition("\n## What a folder cannot show")
    )
    row = r"^\| `(\S+)\.md` \| KCS\d+ \| \S"
    script = (DEFECTS / "history.sh").read_text("utf-8")
    assert all(name in script for name in re.findall(row, of_history, re.M))
    named = [f"{name}.md" for name in re.findall(row, table, re.M)]
    helpers = {"start-here.md", "start-here-desk.md", "internal-towing.md", "archived.md", "flat-tyre.md"}
    assert len(named) == len(set(named)) >= 60
    assert {one.name for one in (DEFECTS / "articles").glob("*.md")} == {*named, *helpers}
    assert all(f"| KCS{family}" in table for family in range(6))


def test_every_command_that_reads_runs_on_a_base_full_of_defects(run: Run) -> None:
    reasons = {
        Path(one["path"]).stem: one["reasons"]
        for one in run("list", "--as-of", "2026-12-01", "--format", "json", cwd=DEFECTS).json["articles"]
    }
    for name in ("front-matter-unclosed", "front-matter-invalid-yaml", "not-utf-8"):
        assert reasons[name] == ["unreadable"]
    expected = {
        "stale": "stale", "content-changed": "content-changed", "never-verified": "never-verified",
        "not-entitled": "not-entitled", "machine-only": "machine-only", "quorum-missing": "quorum-missing",
    }  # fmt: skip
    assert {name: reasons[name] for name in expected} == {name: [one] for name, one in expected.items()}
    untouched = {
        "start-here",
        "start-here-desk",
        "internal-towing",
        "flat-tyre",
        "verified-unseen",
        "due-soon",
    }
    assert all(reasons[name] == [] for name in untouched)
    for words in ("trust --as-of 2026-12-01", "queue --as-of 2026-12-01", "doctor", "show kb-1n7e2n4a"):
        told = run(*words.split(), cwd=DEFECTS)
        assert told.code in (0, 1) and told.out and "Traceback" not in told.err, words


def test_the_page_on_capturing_shows_the_captures_that_are_measured() -> None:
    page = (EXAMPLES.parent / "docs/capturing.md").read_text("utf-8")
    captures = tomllib.loads((EXAMPLES.parent / "bench/captures.toml").read_text("utf-8"))["capture"]
    typed = re.findall(r"^\| `(\S+)` \| `(kcs new .*?)` \|", page, re.M)
    assert typed == [(one["ticket"], one["command"]) for one in captures] and len(typed) == 10
    assert all((EXAMPLES / "tickets" / one["ticket"]).is_file() for one in captures)


@pytest.mark.parametrize("number", [1, 8])
def test_a_capture_leaves_what_the_page_says_was_cut_by_hand(run: Run, tmp_path: Path, number: int) -> None:
    captures = tomllib.loads((EXAMPLES.parent / "bench/captures.toml").read_text("utf-8"))["capture"]
    one = captures[number]
    shutil.copytree(EXAMPLES / "kb", tmp_path / "kb")
    words = [*shlex.split(one["command"])[1:], "--force"]
    done = run(*words, cwd=EXAMPLES / "tickets", env={"KCS_KB": str(tmp_path / "kb")})
    assert done.code == 0 and "left out: " in done.err, done.err
    text = Path(done.out.strip()).read_text("utf-8")
    assert one["out"] and all(piece in text for piece in one["out"])
    told = run("state", done.out.strip(), "validated", "--strict", env={"KCS_KB": str(tmp_path / "kb")})
    assert told.code == 1, "without a resolution it is not done"
