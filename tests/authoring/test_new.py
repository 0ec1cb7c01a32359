"""kcs new: one line is enough, whatever stands in it; every file it writes is an article to us and to others."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.article.front_matter import read
from kcs.article.ids import is_id
from kcs.authoring.creating import Order, create
from kcs.authoring.new import plan
from kcs.authoring.surroundings import Surroundings
from kcs.authoring.templates import all_templates
from kcs.authoring.wanted import Wanted
from kcs.errors import KcsError, UsageProblem
from kcs.kb.settings.config import Config, parse_config
from tests.conftest import KCS_TOML, KP, OUTLOOK, Base, Run

pytestmark = pytest.mark.forked

TITLE = "Outlook 2013 keeps asking for the password"


@pytest.fixture
def okf(make_base: Callable[..., Base]) -> Base:
    """A base whose every article says its type."""
    return make_base({"articles/email/outlook.md": OUTLOOK})


def front(base: Base, path: str) -> dict[str, Any]:
    raw = base.read(path)
    theirs = yaml.safe_load(raw.split("\n---\n")[0].removeprefix("---\n"))
    assert isinstance(theirs, dict)
    return theirs


def okf_accepts(folder: Path) -> None:
    """A reader of the format that we did not write."""
    done = subprocess.run(
        [sys.executable, "-c", "from okf.cli import app; app()", "validate", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and " 0 ok" not in done.stdout, done.stdout + done.stderr


def files(base: Base) -> set[str]:
    return {one.relative_to(base.root).as_posix() for one in base.root.rglob("*") if ".git/" not in str(one)}


def test_one_line_is_enough(okf: Base, run: Run) -> None:
    done = run("new", "--force", TITLE, cwd=okf.root, env={"EDITOR": "false"})
    path = done.out.strip()
    found = front(okf, path)
    assert (
        done.code == 0
        and path == f"articles/outlook-2013-keeps-asking-for-the-password-{found['id'][-4:]}.md"
    )
    assert list(found) == ["type", "id", "title", "confidence", "created", "status"]
    assert found["type"] == "Solution" and found["title"] == TITLE and is_id(found["id"])
    assert (found["confidence"], found["status"]) == ("work-in-progress", "draft")
    assert re.findall(r"^## (.*)$", okf.read(path), re.M) == [
        "Issue",
        "Environment",
        "Cause",
        "Resolution",
    ]
    listed = run("list", "--confidence", "work-in-progress", "--format", "json", cwd=okf.root).json
    assert [one["id"] for one in listed["articles"]] == [found["id"]]
    assert run("list", "--reason", "unreadable", cwd=okf.root).out == ""
    okf_accepts(okf.root / "articles")
    assert len(okf.git("status", "--short").splitlines()) == 1


def test_every_key_in_the_vocabularys_order(okf: Base, run: Run) -> None:
    options = (
        "--product rackspace-email --ticket ZD-9912 --language th --owner email-team --audience internal"
    )
    tags = ("--tag", "imap", "--tag", "a: b", "--tag", "imap", "--as-of", "2026-11-22")
    done = run("new", "Known Error", "ส่งอีเมลไม่ออก", *options.split(), *tags, cwd=okf.root)
    text = okf.read(done.out.strip())
    assert done.out.startswith("articles/ส่งอีเมลไม่ออก-")
    block = text.split("---\n")[1].splitlines()
    assert re.fullmatch(r"id: kb-[0-9a-z]{8}", block[1])
    assert [block[0], *block[2:]] == [
        "type: Known error",
        "title: ส่งอีเมลไม่ออก",
        "confidence: work-in-progress",
        "audience: internal",
        "owner: email-team",
        "product: rackspace-email",
        'tags: [imap, "a: b"]',
        "language: th",
        "created: 2026-11-22",
        "status: draft",
        'sources: [{id: zd-9912, resource: "ticket:ZD-9912"}]',
    ]
    assert "## ปัญหา" in text and "## วิธีแก้ชั่วคราว" in text
    okf_accepts(okf.root / "articles")


def create_here(base: Base, *words: str, language: str = "") -> str:
    """As the command does it, without a process of its own; the path."""
    config = parse_config(base.read("kcs.toml").encode())
    order = Order(Wanted(words=words, language=language))
    return create(base.root, config, date(2026, 11, 22), order, read_input=bytes).article.path


def test_every_type(okf: Base, run: Run) -> None:
    for template in all_templates(None)[0]:
        found = front(okf, create_here(okf, template.name, "Title: of it", language="ar"))
        assert found["type"] == template.name and found["title"] == "Title: of it"
        assert found.get("audience") == template.defaults.get("audience")
    okf_accepts(okf.root / "articles")
    assert len(run("list", "--confidence", "work-in-progress", cwd=okf.root).out.splitlines()) == 13
    assert run("list", "--reason", "unreadable", cwd=okf.root).out == ""


def test_a_feature_breakdown_until_its_launch(native: Base, run: Run) -> None:
    args = ("--release", "4.3", "--launch", "2026-12-01", "--as-of", "2026-11-20")
    path = run("new", "feature-breakdown", "Shared inbox", *args, cwd=native.root).out.strip()
    text = native.read(path)
    assert 'release: "4.3"\nlaunch: 2026-12-01\n---' in text and "4.3, 2026-12-01\n" in text
    for day, due in (
        ("2026-11-20", "2026-11-27"),
        ("2026-11-28", "2026-12-01"),
        ("2026-12-01", "2027-03-01"),
    ):
        assert run("verify", path, "--as-of", day, "--validate", cwd=native.root).code == 0
        assert str(front(native, path)["stale_after"]) == due
    refused = run("new", "solution", "x", "--release", "4.3", cwd=native.root)
    assert refused.code == 2 and "not for Solution" in refused.err


def test_when_the_first_word_is_a_type(native: Base, run: Run) -> None:
    def made(*words: str) -> tuple[str, str]:
        found = front(native, run("new", "--force", *words, cwd=native.root).out.strip())
        return found["type"], found["title"]

    assert made("HOW-TO", "Share", "a calendar") == ("How-to", "Share a calendar")
    assert made("known_error", "x") == ("Known error", "x")
    assert made("Policy for refunds") == ("Solution", "Policy for refunds")
    assert made("how", "to", "share") == ("Solution", "how to share")
    alone = run("new", "how-to", cwd=native.root)
    assert alone.code == 2 and "title is missing" in alone.err
    assert run("new", cwd=native.root).code == 2 and run("new", "   ", cwd=native.root).code == 2


HOSTILE = [
    "../../../etc/passwd",
    "CON",
    "nul.md",
    "x" * 300,
    "ก" * 300,
    "key: value # no comment",
    "- [a, {b: c}]",
    "'quoted' \"twice\" \\ back",
    "true",
    "12e3456",
    "2026-11-22",
    "~",
    "--- !!python/object:os.system",
    "{{ 7*7 }} {% for %}",
    "<!-- internal -->",
    "كلمة المرور لا تعمل",
    "🎉 party",
    "| pipe > fold",
    "a\nb\r\nc\td",
]


def test_hostile_titles_are_titles(okf: Base, run: Run) -> None:
    for title in HOSTILE:
        before = files(okf)
        path = create_here(okf, "solution", title)
        assert files(okf) - before == {path} and Path(path).parent.as_posix() == "articles"
        assert front(okf, path)["title"] == " ".join(title.split())
        assert len(Path(path).name.encode()) <= 120
    for title in HOSTILE[:6]:
        done = run("new", "--force", "solution", "--", title, cwd=okf.root)
        assert done.code == 0 and (okf.root / done.out.strip()).is_file(), done.err
    okf_accepts(okf.root / "articles")
    assert run("list", "--reason", "unreadable", cwd=okf.root).out == ""


def test_what_is_no_title_writes_nothing(native: Base, run: Run) -> None:
    before = files(native)
    for title in ("a\x07b", "\x1b[31mred", "abc\u202edef", "x" * 501, "...", ""):
        with pytest.raises(UsageProblem):
            create_here(native, "solution", title)
    done = run("new", "solution", "\x1b[31mred", cwd=native.root)
    assert done.code == 2 and done.out == "" and "U+001B" in done.err
    assert files(native) == before and native.diff() == ""


@given(
    st.text(max_size=80),
    st.text(max_size=20),
    st.lists(st.text(max_size=10), max_size=3),
    st.text(max_size=12),
)
@example("a: b", "x\ny", ["#", "- a"], "ZD: 1")
@settings(max_examples=150, deadline=None)
def test_no_value_breaks_the_front_matter(title: str, product: str, tags: list[str], ticket: str) -> None:
    with TemporaryDirectory() as folder:
        wanted = Wanted(words=("solution", title), product=product, tags=tuple(tags), ticket=ticket)
        try:
            made = plan(Path(folder), Config(), date(2026, 11, 22), wanted)
        except KcsError as error:
            assert error.message
            return
    document = read(made.raw)
    assert document.problems == () and document.body.startswith("\n## ")
    theirs = yaml.safe_load(document.block or "")
    assert theirs["title"] == document.meta["title"] == made.title
    assert theirs.get("product", "") == document.meta.get("product", "")
    assert theirs.get("tags", []) == document.meta.get("tags", [])
    assert list(document.meta)[:3] == ["type", "id", "title"]


def test_wrong_words_are_refused_and_nothing_is_written(native: Base, run: Run) -> None:
    before = files(native)
    for args, words in (
        (("--audience", "extrenal"), "external"),
        (("--language", "../x"), "not a language"),
        (("--owner", "emial-team"), "email-team"),
        (("--launch", "soon"), "not a date"),
        (("--in", "../.."), "no article can be there"),
        (("--in", "/tmp"), "no article can be there"),
        (("--from", "kb-nothing"), "no article is named"),
        (("--from", "vpn", "--translation-of", "vpn"), "give one of them"),
        (("--translation-of", "vpn"), "--language"),
        (("--list",), "leave out the title"),
    ):
        done = run("new", "title", *args, cwd=native.root)
        assert done.code == 2 and words in done.err, (args, done)
    assert files(native) == before


def test_who_asks_for_templates_is_told_what_would_be_passed_over(native: Base, run: Run) -> None:
    before = files(native)
    for args, words in (
        (("--list", "--from", "mail.eml", "--commit"), "leave out --from, --commit"),
        (("--preview", "how-to", "--owner", "email-team"), "leave out --owner"),
        (("--list", "--preview", "how-to"), "give one of the two"),
    ):
        done = run("new", *args, cwd=native.root)
        assert done.code == 2 and words in done.err and not done.out, (args, done)
    assert files(native) == before


def test_where_it_lies(native: Base, run: Run) -> None:
    def folder(*args: str, cwd: Path | None = None) -> str:
        done = run("new", "--force", "x y", *args, "--format", "json", cwd=cwd or native.root)
        assert done.code == 0, done.err
        return str(done.json["path"]).rpartition("/")[0]

    assert folder("--product", "EMail") == "articles/email" and folder("--product", "phone") == "articles"
    assert (
        folder("--in", "articles/new/deep") == "articles/new/deep"
        and folder("--in", "email") == "articles/email"
    )
    assert folder("--in", ".", cwd=native.root / "articles" / "email") == "articles/email"
    (native.root / "articles" / "out").symlink_to("/tmp")
    assert run("new", "x", "--in", "articles/out", cwd=native.root).code == 2
    inside = run("new", "--force", "x y", cwd=native.root / "articles" / "email").out.strip()
    assert (native.root / "articles" / "email" / inside).is_file()  # a path that works where it was called
    outside = run("new", "--force", "x y", "--kb", native.root, cwd=native.root.parent).out.strip()
    assert Path(outside).is_absolute() and Path(outside).is_file()


def test_another_spelling_of_a_product_is_told(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({"articles/x.md": "---\ntitle: x\nproduct: Shared Mail\n---\nx\n"})
    for typed, said in (("shared-mail", "did you mean 'Shared Mail'?"), ("Shred Mail", "did you mean 'Shared Mail'?"),
                        ("Shared Mail", ""), ("Telephone", "")):  # fmt: skip
        done = run("new", "A lamp is dark", "--dry-run", "--product", typed, cwd=base.root)
        assert done.code == 0 and (said in done.err if said else "no article has" not in done.err)


def test_a_mapped_base_gets_its_own_names(make_base: Callable[..., Base], run: Run) -> None:
    config = (
        'timezone = "UTC"\n[articles]\ninclude = ["content/**/*.md"]\n[fields]\ncreated = "created_date"\n'
        'title = "headline"\nverified_at = "audit_date"\n[types]\nfaq = "Question and answer"\n'
        '[[policy]]\nmatch = {path = "content/th/**"}\nlanguage = "th"\n[taxonomy]\nproducts = ["mail"]\n'
    )
    base = make_base({"content/th/x.md": "---\nheadline: x\n---\nx\n"}, config=config, team=None)
    done = run("new", "question-and-answer", "Why?", "--in", "th", "--product", "mial", cwd=base.root)
    found = front(base, done.out.strip())
    assert done.out.startswith("content/th/why-") and "'mial' is not among" in done.err
    assert list(found) == [
        "type",
        "id",
        "headline",
        "confidence",
        "product",
        "language",
        "created_date",
        "status",
    ]
    assert found["type"] == "faq" and found["headline"] == "Why?" and found["language"] == "th"
    assert "## คำถาม" in base.read(done.out.strip())
    listed = run("list", "--type", "Question and answer", "--format", "json", cwd=base.root).json["articles"]
    assert [one["title"] for one in listed] == ["Why?"]


def test_a_language_without_headings(native: Base, run: Run) -> None:
    done = run("new", "x", "--language", "fr", cwd=native.root)
    assert done.code == 0 and "in English" in done.err and front(native, done.out.strip())["language"] == "fr"


def test_the_base_s_own_template(native: Base, run: Run) -> None:
    own = '---\nname: Solution\ndefaults: {owner: email-team, audience: partner, tags: ["a: b"]}\n---\r\n# {{ title }}\n'
    native.write("templates/solution.md", own)
    path = run("new", "Hello *you*", cwd=native.root).out.strip()
    found = front(native, path)
    assert (found["owner"], found["audience"], found["tags"]) == ("email-team", "partner", ["a: b"])
    assert native.read(path).endswith("---\n\n# Hello *you*\n")
    for body in ("---\nid: x\n---\n", "{{ '\\ud800' }}", "{{ '\\x00' }}", "{% for i in range(10**9) %}"):
        native.write("templates/solution.md", f"---\nname: Solution\n---\n{body}\n")
        before = files(native)
        done = run("new", "x", cwd=native.root)
        assert done.code == 2 and "templates/solution.md:" in done.err and files(native) == before, body


def test_dry_run_json_and_commit(native: Base, run: Run) -> None:
    before = files(native)
    dry = run("new", "--force", TITLE, "--dry-run", "--commit", cwd=native.root)
    assert dry.code == 0 and dry.out.startswith("---\ntype: Solution\n") and files(native) == before
    data = run("new", "--force", TITLE, "--dry-run", "--format", "json", cwd=native.root).json
    assert (data["schema"], data["dry_run"], data["commit"]) == ("kcs.new/1", True, None) and data["text"]
    native.write("articles/vpn.md", "changed")
    native.write("other.txt", "x")
    native.git("add", "other.txt")
    done = run(
        "new", "--force", TITLE, "--commit", "--ticket", "ZD-1", "--format", "json", cwd=native.root, who=KP
    )
    shown = native.git("show", "--stat", "--format=%H%n%an%n%B", "HEAD")
    assert shown.startswith(
        f"{done.json['commit']}\nK. Park\nNew Solution: {TITLE} ({done.json['id']})\n\nTicket: ZD-1"
    )
    assert "1 file changed" in shown and "other.txt" not in shown
    assert Path(done.json["file"]).is_file()


def test_commit_where_it_cannot_be(make_base: Callable[..., Base], run: Run, native: Base) -> None:
    plain = make_base({}, name="plain", git=False)
    assert run("new", "x", "--commit", cwd=plain.root).code == 2 and not (plain.root / "articles").exists()
    assert run("new", "x", cwd=plain.root).code == 0
    hook = native.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    done = run("new", "x y", "--commit", cwd=native.root)
    assert done.code == 2 and "was created, but" in done.err and "not today" in done.err
    assert native.git("diff", "--cached", "--name-only") == ""


def test_edit_opens_the_new_file(native: Base, run: Run) -> None:
    script = native.root.parent / "ed itor.sh"
    script.write_text('#!/bin/sh\necho "more words" >> "$1"\n')
    script.chmod(0o755)
    done = run("new", "x y", "--edit", "--commit", cwd=native.root, env={"EDITOR": f"'{script}'"})
    assert done.code == 0 and "more words" in native.git("show", "HEAD")
    eyes = {"EDITOR": f"'{script}'", "KCS_FORCE_TERMINAL": "1"}
    told = run("new", "a b", "--edit", cwd=native.root, env=eyes).err
    assert "next: kcs verify kb-" in told and "kcs edit" not in told, "it was edited just now"


def test_two_people_on_two_branches(native: Base, run: Run) -> None:
    """The same title at the same time, merged: two articles, no conflict, two ids."""
    native.git("branch", "other")
    run("new", "--force", TITLE, "--commit", cwd=native.root)
    native.git("checkout", "--quiet", "other")
    run("new", "--force", TITLE, "--commit", cwd=native.root, who=KP)
    native.git("-c", "user.name=x", "-c", "user.email=x@y", "merge", "--quiet", "main", "-m", "both")
    made = list((native.root / "articles").glob("outlook-2013-*.md"))
    assert len(made) == 2 and native.git("status", "--short") == ""


def test_two_at_the_same_moment_in_one_folder(native: Base, kcs_env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "kcs", "new", "--force", TITLE]
    running = [
        subprocess.Popen(
            command, cwd=native.root, env=kcs_env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    assert len({one.communicate()[0] for one in running}) == 4
    assert len(list((native.root / "articles").glob("outlook-2013-*.md"))) == 4
    assert not list((native.root / "articles").glob(".*"))


def test_an_id_that_anything_mentions_is_taken(native: Base) -> None:
    native.write("articles/link.md", "---\ntitle: x\n---\nSee kb-gone0000.\n")
    around = Surroundings(native.root, parse_config(KCS_TOML.encode()))
    assert around.is_mentioned("kb-gone0000") and around.is_mentioned("kb-vpn00001")
    assert not around.is_mentioned("kb-00000000")


def test_an_id_is_given_out_once(native: Base) -> None:
    around = Surroundings(native.root, parse_config(KCS_TOML.encode()))
    assert around.is_mentioned(around.new_id())


def test_a_folder_that_cannot_be_written(native: Base, run: Run) -> None:
    native.write("articles/file", "x")
    done = run("new", "x", "--in", "articles/file", cwd=native.root)
    assert done.code == 2 and done.err.startswith("kcs: articles/file/x-")


def test_it_costs_little(native: Base, run: Run) -> None:
    """What a start must not load: Jinja2, Git, the whole base; the figure itself is bench work."""
    code = (
        "import sys; sys.argv = ['kcs', 'new', '--force', 'x']\n"
        "from kcs.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([one for one in ('jinja2', 'git', 'kcs.kb.base', 'markdown_it', 'rich')"
        " if one in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=native.root,
        env=dict(native.env),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_an_owner_may_be_a_team_that_only_its_people_name(native: Base, run: Run) -> None:
    native.write(
        "team.toml",
        native.read("team.toml") + '\n[people.lee]\nemails = ["lee@acme.example"]\nteams = ["night"]\n',
    )
    made = run("new", "A lamp is broken", "--owner", "night", cwd=native.root)
    assert made.code == 0, made.err
    assert "\nowner: night\n" in native.read(made.out.strip())
    assert run("assign", "kb-vpn00001", "--owner", "night", cwd=native.root).code == 0


def test_the_commands_that_are_named_can_be_typed_as_they_stand(native: Base, run: Run) -> None:
    told = run("new", "known", "error", "it's", '"$(id)"', "broken", "--dry-run", cwd=native.root).err
    (command,) = [one for one in told.splitlines() if "as the type: " in one]
    assert shlex.split(command.partition("as the type: ")[2]) == [
        "kcs", "new", "known-error", """it's "$(id)" broken""",
    ]  # fmt: skip
    told = run("unverify", "outlook", "2013", "--reason", "style", "-m", "x", cwd=native.root).err
    assert "kcs flag 'outlook 2013' --reason style -m x says it" in told
    done = run("new", "--from", "xyzzy " * 80, cwd=native.root)
    assert done.code == 2 and "no article is named" in done.err


def test_a_ticket_that_is_somebody_s_mail_address_is_not_written_down(native: Base, run: Run) -> None:
    told = run("new", "A lamp is broken", "--ticket", "jane.doe@customer.example", cwd=native.root)
    assert told.code == 2 and "names a person" in told.err and native.git("status", "--short") == ""
    assert run("new", "A lamp is broken", "--ticket", "ZD-9912@emea", "--dry-run", cwd=native.root).code == 0


def test_a_template_for_an_audience_that_the_base_has_not_is_for_the_most_closed_one(
    make_base: Callable[..., Base], run: Run
) -> None:
    """Left out, the article was for whom articles are that do not say: of an area of responsibility the whole world."""
    config = 'audiences = ["staff", "public"]\n[articles]\ninclude = ["kb/**/*.md"]\n[defaults]\naudience = "public"\n'
    base = make_base({}, config=config)
    done = run("new", "area-of-responsibility", "Mail servers", cwd=base.root)
    assert done.err.rstrip().endswith(", an Area of responsibility")
    path = done.out.strip()
    assert front(base, path)["audience"] == "staff"
