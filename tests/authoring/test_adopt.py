"""Adopting whole bases: what is accounted for, what is derived and written, and what is left alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.authoring.adopt import make_plan
from kcs.authoring.adopt.config_text import config_text
from kcs.authoring.adopt.people import team_text
from kcs.authoring.adopt.relative import RelativeGuess
from kcs.authoring.adopt.survey import survey
from kcs.kb.git.people import Author
from kcs.kb.settings.config import load_config
from kcs.kb.settings.team_reader import parse_team
from tests.authoring.adopting import adopt, article
from tests.conftest import Base, Run

pytestmark = pytest.mark.forked

PAGE = """\
---
title: Rotate key {number}
owner_slack: "#platform"
last_reviewed_on: 2026-0{number}-05
review_in: 6 months
---

# <%= current_page.data.title %>

See [the other](page-1.html).

<%= partial :steps %>
"""


@pytest.fixture
def erb(make_base: Callable[..., Base]) -> Base:
    """A base of another shape: ERB pages with a date of review and an interval of their own."""
    files = {f"source/manual/page-{number}.html.md.erb": PAGE.format(number=number) for number in range(1, 7)}
    base = make_base(
        {
            **files,
            "source/manual/new.html.md.erb": "---\ntitle: Never looked at\n---\nText\n",
            "source/manual/index.html.md.erb": "---\ntitle: Manual\n---\n",
            "source/templates/page.html.md.erb": "---\ntitle: x\n---\n",
            "README.md": "# The manual\n",
            "docs/CONTRIBUTING.md": "# How to write\n",
        },
        name="erb",
        team=None,
    )
    (base.root / "kcs.toml").unlink()
    base.commit(message="Without kcs", day="2026-06-05")
    return base


def test_a_base_of_another_shape_adopts_by_itself(erb: Base, run: Run) -> None:
    done = run("init", "--adopt", "--no-input", cwd=erb.root)
    assert done.code == 0, done.err
    assert erb.git("status", "--short").split() == ["??", "kcs.toml"]
    config = load_config(erb.root / "kcs.toml")
    assert config.include == ("source/**/*.html.md.erb",)
    assert dict(config.fields) == {
        "verified_at": "last_reviewed_on",
        "verify_every": "review_in",
        "title": "title",
    }
    assert config.adoption and config.adoption.days > 90
    assert "Not mapped: owner_slack" in done.out
    found = run("trust", "--as-of", "2026-07-01", "--format", "json", cwd=erb.root).json
    assert (found["trusted"], found["total"], found["dated"]) == (6, 7, 6)
    listed = run("list", "--format", "json", cwd=erb.root).json["articles"]
    assert {one["path"].rpartition("/")[2]: one["due"] for one in listed}[
        "page-6.html.md.erb"
    ] == "2026-12-05"


def test_the_link_to_a_served_name_is_a_link_to_the_article(erb: Base, run: Run) -> None:
    run("init", "--adopt", "--no-input", cwd=erb.root)
    from kcs.kb.base import KnowledgeBase

    links = KnowledgeBase.open(erb.root).links
    target = links.resolve("page-1.html", "source/manual/page-2.html.md.erb")
    assert target is not None
    assert target.path == "source/manual/page-1.html.md.erb"


def test_whoever_reads_the_first_line_alone_gets_the_file_all_the_same(
    erb: Base, kcs_env: dict[str, str]
) -> None:
    words = [sys.executable, "-m", "kcs", "init", "--adopt", "--no-input"]
    with subprocess.Popen(words, cwd=erb.root, env=kcs_env, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout
        process.stdout.close()
    assert process.returncode == 0
    assert load_config(erb.root / "kcs.toml").include == ("source/**/*.html.md.erb",)


def test_dry_run_writes_nothing_and_a_second_time_is_refused(erb: Base, run: Run) -> None:
    shown = run("init", "--adopt", "--dry-run", cwd=erb.root)
    assert shown.code == 0
    assert 'verified_at = "last_reviewed_on"' in shown.out
    assert erb.git("status", "--short") == ""
    assert run("init", "--adopt", cwd=erb.root).code == 0
    before = erb.read("kcs.toml")
    again = run("init", "--adopt", cwd=erb.root)
    assert again.code == 2
    assert "exists" in again.err
    assert erb.read("kcs.toml") == before


def test_every_file_is_accounted_for(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base(
        {
            "kb/a.md": "---\ntitle: A\nreviewed: 2026-05-01\n---\nx\n",
            "kb/b.md": "---\ntitle: B\nreviewed:\n---\nx\n",
            "kb/c.md": "---\ntitle: C\nreviewed: 2026-13-45\n---\nx\n",
            "kb/d.md": "---\ntitle: D\nreviewd: 2026-05-01\n---\nx\n",
            "kb/e.md": "---\ntitle: E\ntitle: EE\nreviewed: 2026-05-02\n---\nx\n",
            "kb/f.md": "---\ntitle: F\nreviewed: 2026-05-02\n",
            "kb/g.md": "---\ntitle: G\ndraft: true\nreviewed: 2026-05-02\n---\n",
            "kb/h.md": "---\ntitle: H\ndraft: false\nreviewed: 2026-05-03\n---\n",
            "kb/archive/i.md": "---\ntitle: I\nreviewed: 2019-05-03\n---\n",
            "kb/archive/hidden.md": "<!--\n---\ntitle: J\n---\n-->\n",
            "kb/archive/HOW-TO-RETIRE.md": "# Notes\n",
            "kb/plain.md": "no front matter\n",
            "kb/latin1.md": "---\ntitle: caf\u00e9\n---\n".encode("latin-1"),
            "README.md": "# x\n",
        },
        team=None,
    )  # fmt: skip
    (base.root / "kcs.toml").unlink()
    done = run("init", "--adopt", "--no-input", cwd=base.root)
    rows = [line.split("\t") for line in done.out.splitlines() if line.count("\t") == 2]
    counts: dict[str, int] = {}
    for number, name, _ in rows:
        counts[name] = counts.get(name, 0) + int(number)
    assert counts == {
        "dated": 3, "undated": 3, "drafts": 1, "retired": 2, "unreadable": 2,
        "no article": 3, "together": 14, "of these": 1,
    }  # fmt: skip
    assert sum(count for name, count in counts.items() if name not in ("together", "of these")) == 14
    for said in (
        "kb/f.md:1",
        "kb/latin1.md",
        "'2026-13-45' is not a date",
        "'reviewd' looks like 'reviewed'",
        "kb/e.md:3",
    ):
        assert said in done.out, said
    trust = run("trust", "--format", "json", cwd=base.root).json
    assert (
        trust["validated"] + trust["excluded"]["archived"] + trust["excluded"]["work-in-progress"]
        == 3 + 2 + 1
    )
    assert sorted(trust["unreadable"]) == ["kb/f.md", "kb/latin1.md"]
    assert trust["total"] == 3 + 3 + 2


def test_nothing_to_adopt_is_said(tmp_path: Path, run: Run) -> None:
    done = run("init", "--adopt", cwd=tmp_path)
    assert done.code == 2
    assert "no articles here" in done.err
    assert run("init", cwd=tmp_path).code == 2
    assert run("init", "--adopt", "--kb", tmp_path / "nowhere").code == 2


@pytest.mark.parametrize(("option", "value"), [("--audience", "everyone"), ("--every", "soon")])
def test_a_wrong_option_names_the_right_ones(erb: Base, run: Run, option: str, value: str) -> None:
    done = run("init", "--adopt", option, value, cwd=erb.root)
    assert done.code == 2
    assert value in done.err


def test_team_from_the_authors(erb: Base, run: Run) -> None:
    erb.commit(message="more", who={"name": "Tức Nguyễn", "email": "Tuc@acme.example"})
    erb.commit(message="more", who={"name": "Tức Nguyễn", "email": "tuc@home.example"})
    erb.commit(
        message="bot", who={"name": "dependabot[bot]", "email": "1+dependabot[bot]@users.noreply.github.com"}
    )
    assert run("init", "--adopt", "--team", cwd=erb.root).code == 0
    team = parse_team((erb.root / "team.toml").read_bytes())
    assert set(team.people["tuc"].emails) == {"tuc@acme.example", "tuc@home.example"}
    assert team.person_of("jd@acme.example") == "jd"
    assert team.person_of("1+dependabot[bot]@users.noreply.github.com") is None


def test_team_toml_says_until_when_each_wrote_and_ranks_nobody(erb: Base, run: Run) -> None:
    tuc = {"name": "Tức Nguyễn", "email": "tuc@acme.example"}
    erb.commit(message="newer", who=tuc, day="2026-03-02")
    erb.commit(message="older", who=tuc | {"email": "tuc@home.example"}, day="2025-01-31")
    for _ in range(3):
        erb.commit(message="busy", who={"name": "Zoë B.", "email": "zoe@acme.example"}, day="2026-03-01")
    erb.commit(message="once", who={"name": "Ada W.", "email": "ada@acme.example"}, day="2026-03-03")
    assert run("init", "--adopt", "--team", cwd=erb.root).code == 0
    text = (erb.root / "team.toml").read_text()
    assert "# the last commit on 2026-03-02\n[people.tuc]\n" in text
    people = re.findall(r"^\[people\.(.+)\]$", text, re.MULTILINE)
    assert people == sorted(people) and len(people) == 4
    assert "commits" not in text


def test_the_team_can_be_derived_after_adopting(erb: Base, run: Run) -> None:
    assert run("init", "--adopt", "--no-team", cwd=erb.root).code == 0
    settings = (erb.root / "kcs.toml").read_bytes()
    done = run("init", "--adopt", "--team", cwd=erb.root)
    assert done.code == 0
    assert "wrote team.toml" in done.err
    assert "jd" in parse_team((erb.root / "team.toml").read_bytes()).people
    assert (erb.root / "kcs.toml").read_bytes() == settings
    again = run("init", "--adopt", "--team", cwd=erb.root)
    assert again.code == 2
    assert "team.toml exists already" in again.err


@pytest.mark.parametrize("name", ["kcs.toml", "team.toml"])
def test_a_link_that_leads_nowhere_is_in_the_way_and_nothing_is_written(
    erb: Base, run: Run, tmp_path: Path, name: str
) -> None:
    """It was written through, to a place outside; and where only the second file failed, the first one stayed."""
    (erb.root / name).symlink_to(tmp_path / "elsewhere.toml")
    done = run("init", "--adopt", "--team", cwd=erb.root)
    assert done.code == 2 and f"{name}: exists; it was not overwritten" in done.err
    assert not (tmp_path / "elsewhere.toml").exists()
    assert erb.git("status", "--short") == f"?? {name}\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_no_article_and_nobody_waits_for_it(erb: Base, run: Run) -> None:
    os.mkfifo(erb.root / "source/manual/pipe.html.md.erb")
    done = run("init", "--adopt", "--dry-run", cwd=erb.root)
    assert done.code == 0 and "pipe" not in done.out


def test_no_team_is_derived_outside_git(tmp_path: Path, run: Run) -> None:
    (tmp_path / "kcs.toml").write_text("")
    done = run("init", "--adopt", "--team", cwd=tmp_path)
    assert done.code == 2
    assert "in no Git repository" in done.err


words = st.text(max_size=12)


author = st.builds(
    Author, words, words.map(lambda w: f"{w}@x.example") | words, st.integers(1, 9), st.just("2026-11-20")
)


@given(st.lists(author, max_size=8))
def test_any_authors_give_a_team_toml_that_can_be_read(authors: list[Author]) -> None:
    parse_team(team_text(authors).encode("utf-8", "replace"))


def test_the_real_base(corpora: Path, tmp_path: Path, run: Run) -> None:
    base = tmp_path / "rackspace"
    bundle = corpora / "rackspace-how-to.bundle"
    subprocess.run(["git", "clone", "-q", bundle, base], check=True)
    done = run("init", "--adopt", "--no-input", cwd=base)
    assert done.code == 0
    assert done.out.startswith("1,390 Markdown files, 1,355 of them articles\n857\tdated\t")
    config = load_config(base / "kcs.toml")
    mapped = {"verified_at": "audit_date", "author": "created_by", "editor": "last_modified_by"}
    assert mapped.items() <= config.fields.items()
    assert (config.fields["product"], config.fields["permalink"]) == ("product", "permalink")
    assert (config.link_root, config.link_by) == ("/how-to/", "permalink")
    found = run("trust", "--at", "2020-11-10", "--format", "json", cwd=base).json
    assert (found["total"], found["validated"], found["dated"]) == (1226, 857, 857)
    assert sum(found["first_reason"].values()) + found["trusted"] == found["total"]


def test_versions_of_the_same_pages_are_not_said_to_share_their_titles(
    make_base: Callable[..., Base], run: Run
) -> None:
    pages = {f"docs/{version}/{name}.md": article(name) for version in ("v1", "v2", "v3") for name in "ab"}
    base, said = adopt(make_base, run, {**pages, "docs/c.md": article("c")})
    assert "Audit: KCS018 is off: 6 of 7 share their title" in said
    assert {
        one["rule"] for one in run("audit", "--format", "json", cwd=base.root).json["findings"]
    }.isdisjoint({"KCS018", "KCS410"})


@pytest.mark.parametrize(
    ("front", "off"),
    [
        ("nav: 1", ("KCS008 is off: 0 of 3", "KCS011 is off: 0 of 3")),
        (
            "title: Note\ncreated: 1622484182130",
            ("KCS014 is off: 3 of 3 count `created` in seconds since 1970",),
        ),
    ],
)
def test_what_only_bases_begun_with_kcs_have_is_not_asked_of_others(
    make_base: Callable[..., Base], run: Run, front: str, off: tuple[str, ...]
) -> None:
    files = {f"n/{one}.md": f"---\n{front}\n---\n\n# {one}\n" for one in "abc"}
    base, said = adopt(make_base, run, files)
    assert all(one in said for one in off)
    found = {one["rule"] for one in run("audit", "--format", "json", cwd=base.root).json["findings"]}
    assert found.isdisjoint({"KCS008", "KCS011", "KCS014"})


def test_what_a_file_holds_says_whether_it_is_an_article(make_base: Callable[..., Base], run: Run) -> None:
    prose = "How the site is kept safe, and what to do when somebody finds a hole in it.\n"
    bundles = {f"docs/{name}/index.md": article(name, prose) for name in ("one", "two", "three")}
    base, _ = adopt(
        make_base,
        run,
        {
            **bundles,
            "docs/security.md": article("Security", prose),
            "docs/templates/about.md": article("How templates work", prose),
            "docs/templates/blank.md": article("'<name>'", prose),
            "docs/log.md": article("The log of requests", prose),
            "docs/parts/index.md": article("Parts", prose),
            "docs/parts/a.md": article("A", prose),
            "docs/fixtures/cup.md": article("The cup's fixtures", prose),
            "lib/menu/index.test.js": "",
            "lib/menu/fixtures/src/a.md": article("A", prose),
            "tests/updates/build.test.js": "",
            "tests/updates/wrong/2026/a.md": article("Security", prose),
            "build.js": "",
            "test/the-alarm.md": article("Test the alarm", prose),
            "docs/drafts-of-ours/README.md": "# Notes\n",
            "SECURITY.md": "# Report a hole\n",
        },
    )
    listed = {one["path"] for one in run("list", "--format", "json", cwd=base.root).json["articles"]}
    assert listed == {
        *bundles, "docs/security.md", "docs/templates/about.md", "docs/log.md", "docs/parts/a.md",
        "docs/fixtures/cup.md", "test/the-alarm.md",
    }  # fmt: skip


def test_a_book_without_front_matter_is_adopted_and_can_be_verified(
    make_base: Callable[..., Base], run: Run
) -> None:
    files = {f"guide/part-{number}/README.md": f"# Part {number}\n\nText\n" for number in range(1, 5)}
    base, said = adopt(
        make_base, run, {**files, "README.md": "# Book\n", "SUMMARY.md": "* [1](guide/part-1/)\n"}
    )
    assert said.startswith("6 Markdown files, 4 of them articles")
    assert "KCS003 is info" in said
    base.commit(message="Adopted")
    done = run("verify", "--validate", "--yes", "--note", "read", "guide/part-1/README.md", cwd=base.root)
    assert done.code == 0, done.err
    text = base.read("guide/part-1/README.md")
    assert text.startswith("---\n")
    assert text.endswith("---\n# Part 1\n\nText\n")
    assert run("trust", "--format", "json", cwd=base.root).json["trusted"] == 1


def test_months_before_days_are_derived_shown_and_written_back(
    make_base: Callable[..., Base], run: Run
) -> None:
    files = {
        f"docs/{name}.md": article(name, **{"ms.date": day})
        for name, day in (("a", "05/01/2026"), ("b", "05/25/2026"), ("c", "5/3/2026"))
    }
    base, said = adopt(make_base, run, files)
    assert load_config(base.root / "kcs.toml").date_order == "month-first"
    assert "verified_at\tms.date\t3\t3" in said
    base.commit(message="Adopted")
    listed = run("list", "--format", "json", "--as-of", "2026-06-01", cwd=base.root).json["articles"]
    assert {one["due"] for one in listed} == {"2026-10-28", "2026-11-21", "2026-10-30"}
    assert not [
        one
        for one in run("audit", "--format", "json", cwd=base.root).json["findings"]
        if one["name"] == "invalid-date"
    ]
    done = run("verify", "docs/b.md", "--yes", "--note", "read", cwd=base.root)
    assert done.code == 0, done.err
    assert "ms.date: 05/25/2026" not in base.read("docs/b.md")
    day = run("trust", "--format", "json", cwd=base.root).json["as_of"]
    year, month, date = day.split("-")
    assert f"ms.date: {month}/{date}/{year}\n" in base.read("docs/b.md")


def test_values_that_cannot_be_read_are_named(make_base: Callable[..., Base], run: Run) -> None:
    files = {f"docs/{n}.md": article(n, last_reviewed="03/04/2026", review_in="6") for n in "abc"}
    _, said = adopt(make_base, run, files)
    assert "Not mapped: last_reviewed (in 3), because values such as '03/04/2026' name no day, or two" in said
    assert "Not mapped: review_in (in 3), because values such as '6' are no interval" in said


def test_dates_that_prove_both_orders_are_named(make_base: Callable[..., Base], run: Run) -> None:
    days = {"a": "04/21/2026", "b": "05/25/2026", "c": "17/02/2026", "d": "03/04/2026"}
    _, said = adopt(
        make_base, run, {f"docs/{n}.md": article(n, last_reviewed=day) for n, day in days.items()}
    )
    named = "values such as '04/21/2026' put the month elsewhere than '17/02/2026' does"
    assert f"Not mapped: last_reviewed (in 4), because {named}" in said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Open the settings and choose the account that you want to use for this."),
        ("de", "Die Einstellungen werden nicht gespeichert und das Konto ist mit dem Gerät nicht verbunden, wenn sie es so machen."),
        ("fr", "Ouvrez les paramètres dans votre compte, puis choisissez une option pour vous connecter avec les autres, que vous pouvez changer."),
        ("es", "Abra los ajustes para elegir una cuenta con la que usted puede entrar, y los datos que están en su equipo por el momento."),
        ("vi", "Mở phần cài đặt và chọn tài khoản mà bạn muốn sử dụng cho thiết bị này"),
        ("th", "เปิดการตั้งค่าแล้วเลือกบัญชีที่คุณต้องการใช้"),
        ("ar", "افتح الإعدادات واختر الحساب الذي تريد استخدامه"),
        ("ja", "設定を開いて、使用するアカウントを選択してください"),
        ("zh", "打开设置，选择您要使用的帐户"),
        ("ko", "설정을 열고 사용할 계정을 선택하십시오"),
        ("ru", "Откройте настройки и выберите учетную запись"),
    ],
)  # fmt: skip
def test_the_language_is_told_by_the_writing(language: str, text: str) -> None:
    from kcs.authoring.adopt.writing import language_of

    whole = f"{text}\n\n```\nthe code and the rest of it\n```\n" * 3
    assert language_of(whole) == language
    assert language_of(unicodedata.normalize("NFD", whole)) == language


def adopted_lists(base: Base, run: Run) -> tuple[str, dict[str, dict[str, object]]]:
    """What adopting says, and the articles by path as the kcs.toml that it writes reads them."""
    (base.root / "kcs.toml").unlink(missing_ok=True)
    told = run("init", "--adopt", "--no-input", cwd=base.root)
    assert told.code == 0, told.err
    listed = run("list", "--format", "json", cwd=base.root).json["articles"]
    return told.out, {one["path"]: one for one in listed}


def test_ids_that_translations_share_name_no_article(make_base: Callable[..., Base], run: Run) -> None:
    page = "---\nid: {0}\ntitle: {1}\nlast_reviewed: 2026-05-01\n---\n{2}\n"
    words = "You open the settings and then you choose what you need in the menu."
    files = {f"docs/{name}.md": page.format(name, name.title(), words) for name in ("login", "roles", "plan")}
    for lang in ("fr", "th"):
        files |= {
            f"i18n/{lang}/current/{name}.md": page.format(name, name, words)
            for name in ("login", "roles", "plan")
        }
    base = make_base(files, team=None)
    said, articles = adopted_lists(base, run)
    assert "Not mapped: id, because 9 articles have that of another" in said
    assert "Languages, by the writing of the others: en 3." in said and "by the folder: fr, th" in said
    assert {one["id"] for one in articles.values()} == {None}
    assert (
        articles["docs/login.md"]["language"] == "en"
        and articles["i18n/th/current/login.md"]["language"] == "th"
    )
    assert "KCS012" not in run("audit", cwd=base.root).out
    assert "no id stands twice" in run("doctor", cwd=base.root).out
    told = run("verify", "docs/login.md", cwd=base.root)
    assert told.code == 0 and "docs/login.md: verified" in told.out
    assert "\nid: login\n" in base.read("docs/login.md")


def test_pages_in_folders_of_their_own_with_their_translations_beside_them(
    make_base: Callable[..., Base], run: Run
) -> None:
    page = "---\ntitle: {0}\n---\n{1}\n"
    files = {"content/_index.md": page.format("Help", "x"), "content/_index.vi.md": page.format("Giúp", "x")}
    for name in ("vpn", "mail", "wifi"):
        files[f"content/{name}/index.md"] = page.format(
            name, "You open the settings and then you follow the steps."
        )
        files[f"content/{name}/index.vi.md"] = page.format(name, "Mở phần cài đặt rồi làm theo các bước.")
    files["content/draft.no.md"] = page.format(
        "A draft", "There is no such page in another language, and this is one."
    )
    files["_drafts/soon.md"] = page.format("Soon", "It is not there yet, and will be.")
    base = make_base(files, team=None)
    said, articles = adopted_lists(base, run)
    assert set(articles) == set(files) - {"content/_index.md", "content/_index.vi.md"}
    assert "Languages, by the name: vi 3 (*.vi.md)." in said and "work-in-progress: _drafts" in said
    assert articles["content/vpn/index.vi.md"]["language"] == "vi"
    assert articles["content/vpn/index.md"]["language"] == "en"
    assert articles["content/draft.no.md"]["language"] == "en", "nothing is there without it"
    assert articles["_drafts/soon.md"]["confidence"] == "work-in-progress"


def test_titles_that_stand_in_the_text_are_titles(make_base: Callable[..., Base], run: Run) -> None:
    page = "---\nsidebar_position: 1\n---\n# {}\n\nText of its own.\n"
    files = {f"docs/{name}.md": page.format(f"All about {name}") for name in ("login", "roles", "plan")}
    base, _ = adopt(make_base, run, files)
    assert "KCS016" not in base.read("kcs.toml")
    assert "KCS016" not in run("audit", cwd=base.root).out
    titles = [line.rpartition("\t")[2] for line in run("list", cwd=base.root).out.splitlines()]
    assert titles == ["All about login", "All about plan", "All about roles"]


@pytest.mark.parametrize(
    ("path", "beside", "is_one"),
    [
        ("404.md", "docs/a.md", False),
        ("content/404.md", "content/a.md", False),
        ("content/404.vi.md", "content/a.md", False),
        ("content/theming/404.md", "content/a.md", True),
        ("codes/404.md", "codes/403.md", True),
        ("content/404-errors.md", "content/a.md", True),
    ],
)
def test_what_a_site_shows_where_no_page_is_is_no_article(
    path: str, beside: str, is_one: bool, tmp_path: Path
) -> None:
    for name in (path, beside):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\ntitle: Not found\n---\nText.\n")
    assert (path in [one.path for one in survey(tmp_path).articles]) is is_one


def test_what_is_new_lies_where_most_lies_and_where_it_can(make_base: Callable[..., Base], run: Run) -> None:
    names = ("api/a.mdx", "api/b.mdx", "api/c.mdx", "company/a.md", "usage/a.md", "usage/b.md")
    base, _ = adopt(make_base, run, {name: article(f"About {name}") for name in names})
    assert 'include = ["api/**/*.mdx", "usage/**/*.md", "company/**/*.md"]' in base.read("kcs.toml")
    made = run("new", "Something breaks", "--force", cwd=base.root)
    assert made.out.startswith("usage/")
    assert "in usage, the first of 2 folders in [articles] include: --in FOLDER names another" in made.err
    named = run("new", "Something else breaks", "--force", "--in", "company", cwd=base.root)
    assert named.out.startswith("company/") and "the first of" not in named.err


def test_every_count_in_what_is_written_has_its_digits_in_groups(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A page\n---\nText.\n")
    plan = make_plan(survey(tmp_path), on=date(2026, 6, 1))
    counts = replace(plan.tally, files=5000, no_article={"index or log page": 1234})
    text = config_text(
        replace(
            plan,
            tally=counts,
            shared_ids=2345,
            relative=RelativeGuess(by_file=3456, by_address=4567, total=5678),
        )
    )
    assert {"3,766", "1,234", "2,345", "3,456", "4,567", "5,678"} <= set(re.findall(r"\d,\d{3}", text))
    assert not re.search(r"(?<![-\d])\d{4}(?!-)", text)


def test_each_person_has_an_id_of_their_own_whatever_the_others_are_called() -> None:
    people = [
        ("John Doe", "jd@a.example", 3),
        ("Jane Doe", "jd@b.example", 2),
        ("Jim Dean", "jd-2@c.example", 1),
    ]
    text = team_text([Author(name, email, commits, "2026-05-01") for name, email, commits in people])
    assert {one.emails[0]: key for key, one in parse_team(text.encode()).people.items()} == {
        "jd@a.example": "jd", "jd@b.example": "jd-2", "jd-2@c.example": "jd-2-2",
    }  # fmt: skip


@pytest.mark.parametrize("who", [None, "ci[bot]@users.noreply.github.com"])
def test_no_team_of_nobody_is_written(make_base: Callable[..., Base], run: Run, who: str | None) -> None:
    """With one, nobody could verify anything."""
    base = make_base({}, config="", team=None, git=False)
    (base.root / "kcs.toml").unlink()
    base.write("docs/a.md", "---\ntitle: A\n---\nText.\n")
    base.git("init", "--quiet")
    if who:
        base.commit(message="By a machine", who={"name": "ci", "email": who})
    done = run("init", "--adopt", "--no-input", "--team", cwd=base.root)
    assert done.code == 0 and "no team.toml: Git knows no person" in done.err, done.err
    assert (base.root / "kcs.toml").exists() and not (base.root / "team.toml").exists()
    again = run("init", "--adopt", "--no-input", "--team", cwd=base.root)
    assert again.code == 2 and "knows no person" in again.err
