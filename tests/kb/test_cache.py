"""The cache: deleting or damaging it loses nothing, and it never answers for content that is no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kcs.kb.base import KnowledgeBase
from kcs.kb.records import Record
from kcs.kb.source import _kept_mark
from tests.conftest import JD, Base, Run, identity

pytestmark = pytest.mark.forked

NAMES = ("shelf", "records", "standings", "references")


def folder(base: Base) -> Path:
    (found,) = Path(base.env["XDG_CACHE_HOME"]).glob("kcs/*")
    return found


def listed(run: Run, base: Base, *more: str) -> str:
    result = run("list", "--format", "json", "--as-of", "2026-06-01", *more, cwd=base.root)
    assert result.code == 0, result.err
    return result.out


def first_line_away(raw: bytes) -> bytes:
    return raw.partition(b"\n")[2]


def with_body(body: bytes) -> Callable[[bytes], bytes]:
    """Another body, with the checksum that goes with it: only its shape is wrong."""
    from zlib import crc32

    def damage(raw: bytes) -> bytes:
        return raw.partition(b"\n")[0].rpartition(b" ")[0] + b" %08x\n" % crc32(body) + body

    return damage


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "truncated": lambda raw: raw[: len(raw) // 2],
    "garbage": lambda _: bytes(range(256)) * 8,
    "one bit": lambda raw: raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:],
    "no header": first_line_away,
    "other version": lambda raw: b"9.9.9/3.11" + raw[raw.index(b" ") :],
    "list": with_body(b"[]"),
    "number": with_body(b"7"),
    "null": with_body(b"null"),
    "nothing": with_body(b""),
    "deep": with_body(b"[" * 100_000),
    "other columns": with_body(b'[["a.md"],[],[],[],[],[],[],[],"",""]\n' + bytes(32)),
    "other rows": with_body(b'["","",{},[],1,0]\n' + bytes(60)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_document_is_made_anew(damage: str, adopted: Base, run: Run) -> None:
    wanted = listed(run, adopted)
    for name in NAMES:
        file = folder(adopted) / name
        file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert listed(run, adopted) == wanted
    assert listed(run, adopted) == wanted


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_hit_whose_record_is_damaged_is_read_anew(damage: str, adopted: Base, run: Run) -> None:
    def found() -> str:
        result = run("search", "imap", "smtp", "record", "--no-log", cwd=adopted.root)
        assert result.code == 0, result.err
        return result.out

    listed(run, adopted)
    wanted = found()
    assert wanted
    file = folder(adopted) / "records"
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert found() == wanted
    listed(run, adopted)
    assert found() == wanted


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("kind", ["pipe", "folder", "itself"])
def test_what_is_no_file_is_not_read(kind: str, adopted: Base, run: Run) -> None:
    wanted = listed(run, adopted)
    for name in NAMES:
        file = folder(adopted) / name
        file.unlink()
        if kind == "pipe":
            os.mkfifo(file)
        elif kind == "folder":
            file.mkdir()
        else:
            file.symlink_to(name)
    assert listed(run, adopted) == wanted


def test_where_times_are_whole_seconds_an_edit_in_the_same_one_is_seen() -> None:
    """A file system without finer times gives two edits of one second the same mark, if they are of one size."""
    second, size, record = 1_800_000_000 * 10**9, 20, Record("0" * 40, {})
    fine = (size, second - 3 * 10**8 + 1, second - 3 * 10**8 + 1, 7)
    for mark, now, kept in (
        ((size, second, second, 7), second + 9 * 10**8, False),
        ((size, second, second, 7), second + 2 * 10**9, False),  # FAT counts in twos
        ((size, second, second, 7), second + 3 * 10**9, True),
        (fine, second, True),
        (fine, second - 25 * 10**7, False),
    ):
        assert (_kept_mark(mark, now, record) == mark) is kept, (mark, now)


@pytest.mark.parametrize("name", NAMES)
def test_each_document_may_be_lost(name: str, adopted: Base, run: Run) -> None:
    wanted = listed(run, adopted)
    (folder(adopted) / name).unlink()
    assert listed(run, adopted) == wanted
    # What only the records hold is still told, and is kept again from the next run on.
    assert run("show", "smtp", "--format", "json", cwd=adopted.root).code == 0
    assert listed(run, adopted) == wanted


@pytest.mark.parametrize(
    "value", [[["verified_at"]], [["verified_at", "2025-06-10", "known"], 7], 7, "x", {"a": 1}]
)
def test_claims_kept_in_another_shape_vouch_for_nobody(value: object, adopted: Base, quick: Run) -> None:
    """The checksum holds and the file is one of ours: what it says of an article is not what we would have written."""
    from kcs.kb.kept.by_path import packed

    assert '"trusted": true' in listed(quick, adopted)
    file = folder(adopted) / "references"
    body = adopted.git("rev-parse", "HEAD").encode() + packed({"content/mail/smtp.md": value})
    file.write_bytes(with_body(body)(file.read_bytes()))
    (folder(adopted) / "standings").unlink()
    assert '"trusted": true' not in listed(quick, adopted)


def test_a_cache_that_cannot_be_written_is_no_error(adopted: Base, run: Run, tmp_path: Path) -> None:
    wanted = listed(run, adopted)
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    result = run("list", "--format", "json", "--as-of", "2026-06-01", cwd=adopted.root,
                 env={"XDG_CACHE_HOME": str(blocked)})  # fmt: skip
    assert (result.code, result.out, result.err) == (0, wanted, "")


def test_an_edit_of_the_same_size_in_the_same_moment_is_seen(adopted: Base, run: Run) -> None:
    file = adopted.root / "content/dns.md"
    listed(run, adopted)
    raw = file.read_bytes()
    for title in (b"Get a record", b"Let a record", b"Set a record"):
        status = file.stat()
        file.write_bytes(raw.replace(b"Set a record", title))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        titles = [one["title"] for one in json.loads(listed(run, adopted))["articles"]]
        assert title.decode() in titles


def test_what_came_went_or_moved_is_seen(adopted: Base, run: Run) -> None:
    listed(run, adopted)
    (adopted.root / "content/dns.md").rename(adopted.root / "content/names.md")
    adopted.write("content/new.md", "---\ntitle: New\n---\n\nText.\n")
    (adopted.root / "content/mail/imap.md").unlink()
    paths = [one["path"] for one in json.loads(listed(run, adopted))["articles"]]
    assert paths == ["content/mail/smtp.md", "content/names.md", "content/new.md"]


def test_what_was_written_to_is_as_if_all_were_read_anew(adopted: Base, run: Run, tmp_path: Path) -> None:
    """One file after the other, and several, in all that a list tells of them."""

    def aged(*files: Path) -> None:
        for one in files:
            os.utime(one, ns=(1, 1))

    def to_folder(file: Path) -> None:
        file.unlink()
        file.mkdir()

    smtp, imap, dns = (adopted.root / "content" / name for name in ("mail/smtp.md", "mail/imap.md", "dns.md"))
    changes: list[Callable[[], object]] = [
        lambda: smtp.write_bytes(smtp.read_bytes() + b"More.\n"),
        lambda: smtp.write_bytes(
            smtp.read_bytes().replace(b"permalink: smtp/", b"permalink: post/\ntags: [a, b]")
        ),
        lambda: imap.write_bytes(b"---\ntitle: [\n---\n"),
        lambda: dns.write_bytes(b"---\ntitle: A\nid: kb-abcd1234\nowner: jd\n---\n\nOther.\n"),
        lambda: [
            one.write_bytes(one.read_bytes().replace(b"tags: [a, b]\n", b"") + b"\n") for one in (smtp, imap)
        ],
        lambda: aged(smtp, dns),
        lambda: dns.write_bytes(b""),
        lambda: to_folder(imap),
    ]
    listed(run, adopted)
    for number, change in enumerate(changes):
        change()
        told = listed(run, adopted)
        anew = run("list", "--format", "json", "--as-of", "2026-06-01", cwd=adopted.root,
                   env={"XDG_CACHE_HOME": str(tmp_path / str(number))})  # fmt: skip
        assert told == anew.out, number
        assert listed(run, adopted) == told


def test_a_change_of_configuration_is_seen(adopted: Base, run: Run) -> None:
    before = json.loads(listed(run, adopted))["articles"]
    config = adopted.root / "kcs.toml"
    config.write_text(
        config.read_text() + '\n[[policy]]\nmatch = {path = "content/mail/**"}\naudience = "external"\n'
    )
    after = json.loads(listed(run, adopted))["articles"]
    assert [one["audience"] for one in before] != [one["audience"] for one in after]


SAID: dict[str, dict[str, object]] = {
    "": {},
    "articles": {"include": ["content/**/*.md"]},
    "fields": {"verified_at": "audit_date"},
    "links": {"by": "permalink"},
    "defaults": {"verify_every": "1 year"},
}


def test_what_kcs_toml_says_anew_is_as_if_nothing_was_kept(
    make_base: Callable[..., Base], quick: Run, tmp_path: Path
) -> None:
    """Not committed yet: what was kept of the commit, read by the old words, must not answer by the new ones."""
    said = {table: {**keys} for table, keys in SAID.items()}

    def config() -> str:
        tables = [f"[{table}]" * bool(table) + "".join(f"\n{key} = {json.dumps(value)}" for key, value in keys.items())
                  for table, keys in said.items()]  # fmt: skip
        return "\n".join(tables)

    days = {"a": "audit_date: 01/05/2026", "b": "audit_date: 2026-05-01", "c": "checked: 2026-05-02"}
    files = {f"content/{name}.md": f"---\ntitle: {name}\npermalink: {name}/\n{day}\n---\n\nFirst words.\n" for name, day in days.items()}  # fmt: skip
    base = make_base(files, config=config(), team=None)
    base.commit({path: text.replace("First", "Other") for path, text in files.items()}, day="2026-05-20")
    listed(quick, base)
    for table, key, value in (
        ("", "date_order", "day-first"),
        ("", "timezone", "Asia/Tokyo"),
        ("fields", "verified_at", "checked"),
        ("links", "by", "path"),
        ("articles", "exclude", ["content/b.md"]),
        ("defaults", "verify_every", "1 month"),
        ("fields", "verified_at", "audit_date"),
        ("", "date_order", "month-first"),
    ):
        said[table][key] = value
        base.write("kcs.toml", config())
        anew = quick("list", "--format", "json", "--as-of", "2026-06-01", cwd=base.root,
                     env={"XDG_CACHE_HOME": str(tmp_path / f"{key} {value}")})  # fmt: skip
        assert listed(quick, base) == anew.out, (key, value)


def test_an_image_that_comes_changes_what_a_stamp_is_for(native: Base, run: Run) -> None:
    """A destination that names nothing counts as spelt, one that names a file counts as that file."""
    native.write(
        "articles/pic.md",
        "---\nid: kb-pic00001\ntitle: Picture\nconfidence: validated\nverifiers: [jd]\n---\n\n![x](pic.png)\n",
    )
    native.commit(message="Picture")
    assert run("verify", "kb-pic00001", "--yes", cwd=native.root).code == 0
    trusted = run("list", "--trusted", cwd=native.root).out
    assert "kb-pic00001" in trusted
    assert run("list", "--trusted", cwd=native.root).out == trusted
    native.write("articles/pic.png", b"\x89PNG")
    assert "kb-pic00001" not in run("list", "--trusted", cwd=native.root).out


def test_two_at_once(adopted: Base, run: Run) -> None:
    wanted = listed(run, adopted)
    command = [sys.executable, "-m", "kcs", "list", "--format", "json", "--as-of", "2026-06-01"]
    for name in NAMES:
        (folder(adopted) / name).unlink()
    env = {**adopted.env, **identity(JD)}
    both = [subprocess.Popen(command, cwd=adopted.root, env=env, stdout=subprocess.PIPE) for _ in range(3)]
    assert [one.communicate()[0].decode() for one in both] == [wanted] * 3
    assert listed(run, adopted) == wanted


def test_what_only_the_queue_reads_of_all_articles_is_kept(native: Base, run: Run) -> None:
    listed(run, native)
    result = run("queue", "--format", "json", "--as-of", "2026-06-01", cwd=native.root)
    assert result.code == 0, result.err
    kept = (folder(native) / "skeletons").read_bytes()
    unverified = native.git("hash-object", "articles/vpn.md").strip()
    assert unverified and unverified.encode() in kept


def test_a_record_lost_while_its_file_is_written_to_leaves_nothing_wrong_behind(
    native: Base, quick: Run, in_kcs_env: None
) -> None:
    """The list was of the old bytes, what is read in place of the
    record is the new ones: no answer for these may be kept for those.
    """
    wanted, path = listed(quick, native), "articles/vpn.md"
    before = native.read(path)
    kb = KnowledgeBase.open(native.root)
    assert len(kb.articles) == 2
    for name in ("records", "records-recent", "standings"):
        (folder(native) / name).unlink(missing_ok=True)
    native.write(
        path, before.replace("confidence: validated", "flags: [{reason: wrong}]\nconfidence: validated")
    )
    assert "flagged" in kb.verdicts[path].reasons
    native.write(path, before)
    assert listed(quick, native) == wanted
