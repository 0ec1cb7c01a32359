"""What a version claims is told at one look where that is enough, and never otherwise than by reading it whole."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.article.front_matter import read
from kcs.kb.articles import ArticleReader
from kcs.kb.past.claims import claims_reader
from kcs.kb.past.references import claim_fields
from kcs.kb.records import make_record
from kcs.kb.settings.config import parse_config
from kcs.kb.settings.policy import Policies
from kcs.kb.settings.team_reader import load_team

CONFIG = parse_config(
    b'[articles]\ninclude = ["**/*.md"]\n[fields]\nverified_at = "audit_date"\n',
    "kcs.toml",
)
KEYS = ("audit_date: 2026-04-01", "audit_date:", "audit_date: '2026-04-01'", "audit_date: >", "verified:", "verified: 2026-04-01",
        "verified: {by: jd, at: 2026-04-01}", "verified: [")  # fmt: skip
BELOW = ("- {by: jd, at: 2026-04-01}", "  - {by: jd, at: 2026-04-01}", "- by: human:jd\n  at: 2026-04-02", "  2026-04-03", "  more", "",
         "# verified", "# so", "]", "\u0e01: x", "? x", "\t2026-04-03", "title: T",
         "----: x", "---x: y", '"audit\\x5fdate": 2026-04-04', "path: C:\\kb")  # fmt: skip
SOME = st.lists(st.sampled_from(BELOW), max_size=3)
LINES = st.tuples(
    st.sampled_from(([], ["title: T"], ["tags:", "- a"])),
    st.sampled_from(KEYS).map(lambda one: [one]),
    SOME,
    st.sampled_from(([], ["last: x"], ["audit_date: 2026-05-01"])),
).map(lambda parts: [line for part in parts for line in part])


@settings(max_examples=400)
@given(LINES, st.sampled_from(("\n", "\r\n")), st.sampled_from(("---", "---x", "...", "")))
def test_one_look_and_the_whole_tell_the_same(lines: list[str], end: str, last: str) -> None:
    reader = ArticleReader(
        CONFIG, Policies(CONFIG, load_team(Path("none"))), lambda _, oid: make_record(b"", oid, "title")
    )
    raw = end.join(["---", *lines, last, "Text.", ""]).encode()
    document = read(raw)
    told = claims_reader(reader, claim_fields(CONFIG))(raw)
    if document.fatal is None and document.block is not None:
        assert told == reader.fields.claims(document.meta)
