"""What people stumble over while they write: words in another case,
a name mistyped, an editor that fails, a base of its own kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import OUTLOOK, Base, Run

pytestmark = pytest.mark.forked

Make = Callable[..., Base]

PERMALINKS = (
    '[articles]\ninclude = ["content/**/*.md"]\n[fields]\npermalink = "slug"\n'
    '[links]\nroot = "/how-to/"\nby = "permalink"\n'
)


def key_of(text: str, key: str) -> str:
    found = re.search(rf"^{key}: (.*)$", text, re.M)
    return found[1].strip("\"'") if found else ""


def test_a_new_base_has_nothing_to_complain_of(run: Run, tmp_path: Path) -> None:
    assert run("init", "kb", cwd=tmp_path).code == 0
    root = tmp_path / "kb"
    listed = run("new", "--list", cwd=root)
    assert listed.code == 0 and listed.err == "" and "README" not in listed.out
    assert run("new", "readme", "file", "is", "empty", cwd=root).code == 0
    assert "readme" not in run("new", "--preview", "nosuch", cwd=root).err


@pytest.mark.parametrize(
    ("theirs", "shape"),
    [
        ("email-art-1/", r"share-a-calendar-{}/"),
        ("/how-to/mail/art", r"/how-to/mail/share-a-calendar-{}"),
        ("art.html", r"share-a-calendar-{}.html"),
        ("", r"share-a-calendar-{}"),
    ],
)
def test_where_links_go_by_permalink_a_new_article_has_one(
    make_base: Make, run: Run, theirs: str, shape: str
) -> None:
    slug = f"slug: {theirs}\n" if theirs else ""
    text = f"---\ntitle: A\n{slug}---\nA\n"
    base = make_base({"content/email/a.md": text}, config=PERMALINKS, team=None)
    done = run("new", "how-to", "Share a calendar", "--in", "email", cwd=base.root)
    made = base.read(done.out.strip())
    identifier = key_of(made, "id")
    permalink = key_of(made, "slug")
    assert permalink == shape.format(identifier[-4:]), made
    assert run("path", permalink, cwd=base.root).out.strip().endswith(done.out.strip())
    destination = "/how-to/" + permalink.removeprefix("/how-to/").lstrip("/")
    base.write("content/email/b.md", f"---\ntitle: B\n---\nSee [it]({destination}).\n")
    assert run("list", "--format", "json", cwd=base.root).code == 0
    assert "permalink" not in made and run("doctor", cwd=base.root).out.count("permalink stands twice") <= 1


def test_a_permalink_is_no_business_of_other_bases(make_base: Make, run: Run) -> None:
    base = make_base({"articles/a.md": OUTLOOK.replace("product:", "permalink: a/\nproduct:")})
    done = run("new", "One more", cwd=base.root)
    assert done.code == 0 and "permalink" not in base.read(done.out.strip())


TICKET = {
    "ticket": {"id": 7, "subject": "It fails", "description": "Call me on +1 415 867 5309 when it works."}
}


def test_what_was_left_out_is_told_to_programs_too(native: Base, run: Run) -> None:
    file = native.write("t.json", json.dumps(TICKET))
    told = run("new", "--from", str(file), "--format", "json", cwd=native.root).json
    assert told["left_out"] == [{"kind": "phone", "shown": "+1…"}]
    assert run("new", "Plain", "--format", "json", cwd=native.root).json["left_out"] == []


@pytest.mark.parametrize("raw", ["[1, 2]\n", '["a", "b"]', "[null]", "[[1], [2]]"])
def test_json_of_no_known_shape_makes_no_article(native: Base, run: Run, raw: str) -> None:
    file = native.write("t.txt", raw)
    before = native.git("status", "--porcelain")
    done = run("new", "--from", str(file), cwd=native.root)
    assert done.code == 2 and "in no form that kcs knows" in done.err
    assert native.git("status", "--porcelain") == before


def test_brackets_of_people_are_words(native: Base, run: Run) -> None:
    file = native.write("t.txt", "[urgent] the calendar is empty [since Monday]")
    assert run("new", "--from", str(file), cwd=native.root).code == 0


@pytest.mark.parametrize("name", ["nofile.json", "mails/gone.eml", "./thread.txt"])
def test_a_file_that_is_not_there_is_called_so(native: Base, run: Run, name: str) -> None:
    done = run("new", "--from", name, cwd=native.root)
    assert done.code == 2 and f"no file is called {name!r}" in done.err


def test_an_editor_that_fails_hides_no_article_and_commits_none(native: Base, run: Run) -> None:
    head = native.git("rev-parse", "HEAD")
    gone = run("new", "No editor", "--edit", cwd=native.root, env={"EDITOR": "nosuchprogram"})
    assert gone.code == 2 and "articles/no-editor-" in gone.err and "Errno" not in gone.err
    failed = run("new", "Failing", "--edit", "--commit", cwd=native.root, env={"EDITOR": "false"})
    assert (
        failed.code == 1
        and "articles/failing-" in failed.err
        and "and not committed, but the editor ended with code 1" in failed.err
    )
    assert native.git("rev-parse", "HEAD") == head


def test_a_second_translation_into_one_language_is_told(native: Base, run: Run) -> None:
    source = run("new", "The source", "--language", "en", cwd=native.root).out.strip()
    first = run("new", "ชื่อ", "--translation-of", source, "--language", "th", cwd=native.root)
    assert first.code == 0 and "already" not in first.err
    again = run("new", "ชื่อ", "--translation-of", source, "--language", "TH", cwd=native.root)
    assert again.code == 0
    assert key_of(native.read(first.out.strip()), "id") in again.err and "already" in again.err
    other = run("new", "Tên", "--translation-of", source, "--language", "vi", cwd=native.root)
    assert other.code == 0 and "already" not in other.err


@pytest.mark.parametrize(
    ("typed", "written"), [("TH", "th"), ("en-gb", "en-GB"), ("ZH-hant-tw", "zh-Hant-TW"), ("vi", "vi")]
)
def test_a_language_is_written_as_everybody_writes_it(
    native: Base, run: Run, typed: str, written: str
) -> None:
    done = run("new", "x", "--language", typed, cwd=native.root)
    assert key_of(native.read(done.out.strip()), "language") == written


def test_a_state_in_any_case(native: Base, run: Run) -> None:
    path = run("new", "In any case", cwd=native.root).out.strip()
    assert run("state", path, "Validated", cwd=native.root).code == 0
    assert key_of(native.read(path), "confidence") == "validated"


def test_a_type_without_its_hyphen(native: Base, run: Run) -> None:
    done = run("new", "howto", "Share a calendar", cwd=native.root)
    assert key_of(native.read(done.out.strip()), "type") == "How-to"
    told = run("new", "known", "error", "with", "calendars", cwd=native.root)
    assert key_of(native.read(told.out.strip()), "title") == "known error with calendars"
    assert "kcs new known-error" in told.err
    assert "kcs new" not in run("new", "known error with calendars", cwd=native.root).err


@pytest.mark.parametrize("folder", ["articles/con", "articles/AUX.d/x", "articles/a:b", "articles/x. /y"])
def test_a_new_folder_fits_every_system(native: Base, run: Run, folder: str) -> None:
    done = run("new", "x", "--in", folder, cwd=native.root)
    assert done.code == 2 and "not a folder name" in done.err
    assert not (native.root / folder).exists()


def test_an_owner_with_a_blank(native: Base, run: Run) -> None:
    assert run("new", "x", "--owner", " jd ", cwd=native.root).code == 0


def test_each_thing_left_out_is_counted_once_and_none_is_forgotten(native: Base, run: Run) -> None:
    words = "It fails. password: hunter2\nThen token: abcDEF123456789\nAgain with password: hunter2\n"
    file = native.write("t.txt", words)
    done = run("new", "--from", str(file), "--dry-run", cwd=native.root)
    assert "hunter2" not in done.out and "left out: 2 x secret" in done.err


def test_an_address_below_a_thai_domain_is_left_out(native: Base, run: Run) -> None:
    file = native.write("t.txt", "เข้าระบบไม่ได้ อีเมล somchai@ตัวอย่าง.ไทย ครับ\n")
    done = run("new", "--from", str(file), "--dry-run", cwd=native.root)
    assert "somchai" not in done.out and "[email] ครับ" in done.out


def test_what_the_editor_broke_is_not_committed(native: Base, run: Run) -> None:
    head = native.git("rev-parse", "HEAD")
    env = {"EDITOR": "sed -i.bak s/^title:.*/title:[/"}
    for words in (("--commit",), ("--force",)):  # by its name, search finds the first one
        done = run("new", "Broken", "--edit", *words, cwd=native.root, env=env)
        assert done.code == 1 and "articles/broken-" in done.err and "can no longer be read" in done.err
        assert ":5:" in done.err
    assert native.git("rev-parse", "HEAD") == head


def test_an_assignment_of_nothing_says_so(native: Base, run: Run) -> None:
    glob = run("assign", "articles/nosuch*", "--owner", "jd", cwd=native.root)
    assert glob.code == 2 and "'articles/nosuch*' matches no article" in glob.err
    filtered = run("assign", "--product", "nosuch", "--owner", "jd", cwd=native.root)
    assert filtered.code == 0 and "no article fits" in filtered.err and filtered.out == ""
