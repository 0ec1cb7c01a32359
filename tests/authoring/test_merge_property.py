"""Random pairs of edits: whoever merges into whom, no newest stamp, no flag and no line of text is lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.article.front_matter import read
from kcs.article.splice import flow_mapping, remove_entry, remove_key, set_entry, set_value
from kcs.article.stamps import entries_of
from kcs.authoring.merge import merge
from kcs.authoring.merge_parts import parts_of
from kcs.authoring.merge_trust import canonical
from kcs.kb.git.merge import Lines

LINES = Lines(Path(__file__).parent)
PEOPLE = ("jd", "kp", "zo")
TEXT = "## Issue\n\none\ntwo\nthree\n\n## Resolution\n\nfour\nfive\n"
STARTS = (
    "---\ntitle: A  # said so\nconfidence: validated\n---\n" + TEXT,
    "---\n# first\ntitle: A\nverified: []\n\n# before the flags\nflags:\ntags: [x]\n---\n" + TEXT,
    '---\nverified: {by: "human:jd", at: 2026-01-01, content: "kcs1:0"}\ntitle: A\n---\n' + TEXT,
    "---\nverified:\n- by: human:jd\n  at: 2026-01-01T00:00:00Z\n  content: kcs1:0\n- by: human:kp\n"
    "  at: 2025-01-01\nstale_after: 2026-06-01\nflags: [{by: x, at: 2026-01-01, reason: style}]\n---\n"
    + TEXT,
)

Op = tuple[str, int, int]
ops = st.lists(
    st.tuples(
        st.sampled_from(["verify", "unverify", "flag", "resolve", "edit", "title", "comment", "stale"]),
        st.integers(0, 3),
        st.integers(1, 28),
    ),
    max_size=4,
)


def _entries(raw: bytes, key: str) -> list[dict[str, Any]]:
    return [dict(one) for one in entries_of(read(raw).meta.get(key))]


def _verify(raw: bytes, person: str, day: int) -> bytes:
    by = f"human:{person}"
    entry = flow_mapping([("by", by), ("at", f"2026-05-{day:02d}T09:00:00Z"), ("content", f"kcs1:{day}")])
    known = [index for index, one in enumerate(_entries(raw, "verified")) if one.get("by") == by]
    raw = set_entry(raw, "verified", known[0] if known else None, entry)
    return set_value(raw, "stale_after", f"2026-08-{day:02d}")


def _apply(raw: bytes, op: Op) -> bytes:
    name, which, day = op
    if name == "verify":
        return _verify(raw, PEOPLE[which % 3], day)
    if name == "unverify":
        raw = remove_key(remove_key(raw, "verified"), "stale_after")
        return set_entry(
            raw, "flags", None, flow_mapping([("by", "x"), ("at", f"2026-05-{day:02d}"), ("reason", "wrong")])
        )
    if name == "flag":
        return set_entry(
            raw,
            "flags",
            None,
            flow_mapping([("by", PEOPLE[which % 3]), ("at", f"2026-05-{day:02d}"), ("reason", "style")]),
        )
    if name == "resolve":
        return remove_entry(raw, "flags", 0) if _entries(raw, "flags") else raw
    if name == "edit":
        word = (b"one", b"two", b"four", b"five")[which]
        return raw.replace(b"\n" + word + b"\n", b"\n%s %d\n" % (word, day))
    if name == "title":
        return set_value(raw, "title", f"T{day}")
    if name == "stale":
        return set_value(raw, "stale_after", f"2026-07-{day:02d}")
    return raw.replace(b"title:", b"# comment %d\ntitle:" % day)


def _made(raw: bytes, changes: list[Op], convert: bool) -> bytes:
    for op in changes:
        raw = _apply(raw, op)
    return raw.replace(b"\n", b"\r\n") if convert else raw


def _by_person(raw: bytes) -> dict[str, dict[str, Any]]:
    return {one["by"]: one for one in _entries(raw, "verified") if one.get("content")}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(STARTS), ops, ops, st.booleans(), st.booleans())
@example(STARTS[3], [("unverify", 0, 1)], [("verify", 0, 9)], False, True)
@example(STARTS[0], [("title", 0, 1)], [("title", 0, 2)], False, False)
def test_nothing_is_lost_whoever_merges(
    start: str, one: list[Op], two: list[Op], ours_crlf: bool, theirs_crlf: bool
) -> None:
    base = start.encode()
    ours, theirs = _made(base, one, ours_crlf), _made(base, two, theirs_crlf)
    merged, reverse = merge(base, ours, theirs, LINES), merge(base, theirs, ours, LINES)
    assert not merged.whole and not reverse.whole
    _text_is_what_git_makes_of_it(merged.raw, base, ours, theirs)
    if merged.keys:
        assert set(merged.keys) == {"title"}, merged.keys
        return
    assert read(merged.raw).fatal is None
    _newest_stamps_stay(merged.raw, base, ours, theirs)
    _flags_stay(merged.raw, base, ours, theirs)
    assert _said(merged.raw, "verified") == _said(reverse.raw, "verified")
    assert _said(merged.raw, "flags") == _said(reverse.raw, "flags")
    assert read(merged.raw).meta.get("stale_after") == read(reverse.raw).meta.get("stale_after")
    for comment in re.findall(rb"# comment \d+", ours + theirs):
        assert comment + b"\n" in merged.raw.replace(b"\r\n", b"\n")


def _said(raw: bytes, key: str) -> set[str]:
    return {canonical(entry) for entry in _entries(raw, key)}


def _text_is_what_git_makes_of_it(raw: bytes, base: bytes, ours: bytes, theirs: bytes) -> None:
    bodies = [part.rest for part in map(parts_of, (base, ours, theirs)) if part is not None]
    assert raw.replace(b"\r\n", b"\n").endswith(LINES(*bodies)[0])


def _newest_stamps_stay(raw: bytes, base: bytes, ours: bytes, theirs: bytes) -> None:
    old, here, there, now = (_by_person(one) for one in (base, ours, theirs, raw))
    for person in {*old, *here, *there}:
        new = [side[person] for side in (here, there) if person in side and side[person] != old.get(person)]
        if new:
            assert now[person]["at"] == max(one["at"] for one in new)
        else:
            assert (person in now) == (person in here and person in there)


def _flags_stay(raw: bytes, base: bytes, ours: bytes, theirs: bytes) -> None:
    old, here, there, now = (_said(one, "flags") for one in (base, ours, theirs, raw))
    assert now == (old & here & there) | (here - old) | (there - old)


@settings(max_examples=40, deadline=None)
@given(*[st.sampled_from([*STARTS, ""]).flatmap(lambda text: st.lists(st.tuples(st.integers(0, 300), st.sampled_from(
    [b"", b"\n", b"---\n", b"<<: *a\n", b"&a ", b"title: B\n", b"\xff", b"\r", b"{", b"- ", b"|\n", b"# c\n", b"? ", b"\t", b"flags: x\n", b"verified:\n"]
)), max_size=3).map(lambda cuts: _hurt(text.encode(), cuts)))] * 3)  # fmt: skip
def test_whatever_the_three_files_hold_nothing_fails_and_no_line_goes(
    base: bytes, ours: bytes, theirs: bytes
) -> None:
    merged = merge(base, ours, theirs, LINES)
    plain, conflicts = LINES(base, ours, theirs)
    if merged.whole:
        assert (merged.raw, merged.clean) == (plain, conflicts == 0)
        return
    assert merged.keys or merged.body or read(merged.raw).fatal is None
    lost = {line.strip() for line in _lines(ours) & _lines(theirs)} - {
        line.strip() for line in _lines(merged.raw)
    }
    assert not lost & {line.strip() for line in _lines(plain)} - {b"---"} - _list_lines(ours, theirs)


def _lines(raw: bytes) -> set[bytes]:
    return set(raw.replace(b"\r\n", b"\n").split(b"\n"))


def _list_lines(*sides: bytes) -> set[bytes]:
    """Lines of the keys that are merged by meaning, where one entry may be written anew."""
    found = set()
    for raw in sides:
        parts = parts_of(raw)
        for key in ("verified", "flags", "stale_after"):
            found |= {line.strip() for line in _lines(parts.text(key).encode())} if parts else set()
    return found


def _hurt(raw: bytes, cuts: list[tuple[int, bytes]]) -> bytes:
    for place, new in cuts:
        raw = raw[:place] + new + raw[place + len(new) // 2 :]
    return raw
