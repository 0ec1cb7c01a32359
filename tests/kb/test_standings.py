"""What is kept of verdicts is what would be worked out anew, whatever changed since; and one at a time is as all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.trust import UNREADABLE_VERDICT, Standing
from kcs.kb.base import KnowledgeBase
from kcs.kb.kept.cache import Cache
from kcs.kb.kept.standings import (
    ARTICLES,
    CONTENT,
    DIGEST,
    HISTORY,
    MACHINE,
    NOT_TOLD,
    UNKNOWN,
    Standings,
)
from tests.conftest import JD, KP, Base, Run, identity

DAYS = (date(2025, 7, 1), date(2026, 6, 1), date(2031, 1, 1))
DATED = '---\npermalink: {0}/\naudit_date: "{1}"\ntitle: {0}\n---\n\nText of {0}. See [DNS](../dns/), ![p](p.png).\n'
STAMPED = "---\nid: kb-{0}0000000\ntitle: {0}\nconfidence: validated\n---\n\nSee [b](b.md) and ![p](p.png).\n"


def verdicts(base: Base, cache: Path, patch: pytest.MonkeyPatch, who: Mapping[str, str]) -> list[Any]:
    with patch.context() as here:
        for name, value in {**base.env, **identity(who), "XDG_CACHE_HOME": str(cache)}.items():
            here.setenv(name, value)
        found: list[Any] = []
        for day in DAYS:
            kb = KnowledgeBase.open(base.root, as_of=day)
            few = kb.articles[1::2]
            some = kb.verdicts_of(few)
            assert some == {one.path: kb.verdicts[one.path] for one in few}
            found.append(kb.verdicts)
        return found


def few(
    base: Base, cache: Path, patch: pytest.MonkeyPatch, who: Mapping[str, str], turn: int
) -> list[dict[str, Any]]:
    """Of some articles alone, others each time, and kept: as a search does that nobody lists beside."""
    with patch.context() as here:
        for name, value in {**base.env, **identity(who), "XDG_CACHE_HOME": str(cache)}.items():
            here.setenv(name, value)
        found = []
        for number, day in enumerate(DAYS):
            kb = KnowledgeBase.open(base.root, as_of=day)
            found.append(kb.verdicts_of(kb.articles[(turn + number) % 3 :: 3]))
            kb.keep_verdicts()
        return found


@pytest.fixture(params=[1, 300])
def as_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Callable[..., list[Any]]:
    """Asserts, in a cache that stays, what a cache that knows
    nothing says; what is kept is of few articles, or of many.
    """
    monkeypatch.setattr("kcs.kb.known_standings._FEW", request.param)
    count = iter(range(1000))

    def check(base: Base, who: Mapping[str, str] = JD) -> list[Any]:
        anew = verdicts(base, tmp_path / f"cache {next(count)}", monkeypatch, who)
        assert verdicts(base, tmp_path / "stays", monkeypatch, who) == anew
        assert verdicts(base, tmp_path / "stays", monkeypatch, who) == anew
        for turn in range(3):
            for some, every in zip(few(base, tmp_path / "few", monkeypatch, who, turn), anew, strict=True):
                assert some.items() <= every.items()
        return anew

    return check


def test_dates(adopted: Base, as_anew: Callable[..., list[Any]]) -> None:
    for name in ("ares", "bor"):
        adopted.write(f"content/mail/{name}.md", DATED.format(name, "2025-05-05"))
    as_anew(adopted)  # claims that are in no commit yet are whoever's is at work
    as_anew(adopted, KP)
    adopted.commit(message="More")
    as_anew(adopted)
    mended = DATED.format("ares", "2025-05-05").replace("Text", "Words")
    adopted.write("content/mail/bor.md", DATED.format("bor", "2025-05-05") + "More.\n")
    adopted.commit(message="Nothing of the other one, whose text is another now")
    adopted.write("content/mail/ares.md", mended)
    as_anew(adopted)
    adopted.commit(message="Other words", who=KP)
    as_anew(adopted)
    adopted.write("content/mail/ares.md", mended.replace("2025-05-05", "2026-05-05"))
    as_anew(adopted)
    as_anew(adopted, KP)
    adopted.commit(message="Another day", who=KP)
    before = as_anew(adopted)
    adopted.git("commit", "-q", "--amend", "--no-edit", "--author", "K <k@elsewhere.example>", **identity(JD))
    assert as_anew(adopted) != before, "the files are the same, and who dated one of them is not"
    (adopted.root / "content/mail/bor.md").rename(adopted.root / "content/bor.md")
    as_anew(adopted)
    (adopted.root / "content/dns.md").unlink()
    as_anew(adopted)
    config = adopted.root / "kcs.toml"
    config.write_text(config.read_text() + '\n[adopt]\non = 2026-01-01\nover = "1 year"\n')
    for number in range(6):
        adopted.write(f"content/w{number}.md", DATED.format(f"w{number}", "2025-05-05"))
    seen = {one.reasons for one in as_anew(adopted)[1].values()}
    assert {("adopted",), ("stale",)} <= seen, "some wait for their first due day, some have had it"
    adopted.write("content/mail/bad.md", b"---\ntitle: \xff\n---\n")
    as_anew(adopted)


def test_how_a_moved_article_stands_is_kept_until_another_article_is_another(
    adopted: Base, in_kcs_env: None
) -> None:
    """Before the move was committed, `kcs audit` took as long each time as the first."""

    def judged() -> tuple[int, list[tuple[str, ...]]]:
        kb = KnowledgeBase.open(adopted.root, as_of=DAYS[0])
        outdated = len(kb.standings._known[1])
        found = [one.reasons for one in kb.verdicts.values()]
        assert kb.standings.probes() is not None
        return outdated, found

    smtp, moved = "content/mail/smtp.md", adopted.root / "content/smtp.md"
    adopted.write(smtp, adopted.read(smtp) + "Or port 25.\n")
    adopted.commit(message="Another text")
    (adopted.root / smtp).rename(moved)
    everything = judged()[1]
    assert ("content-changed",) in everything
    assert judged() == (0, everything)
    adopted.write("content/dns.md", adopted.read("content/dns.md") + "Or do not.\n")
    assert judged() == (2, everything), "the other one may be what it was"


def test_stamps(native: Base, quick: Run, as_anew: Callable[..., list[Any]]) -> None:
    for name in "abc":
        native.write(f"articles/{name}.md", STAMPED.format(name))
    native.commit(message="More")
    as_anew(native)
    for name in "abc":
        assert quick("verify", f"kb-{name}0000000", "--yes", cwd=native.root).code == 0
        as_anew(native)
    native.write("articles/p.png", b"\x89PNG")
    as_anew(native)
    config = native.root / "kcs.toml"
    config.write_text(config.read_text() + '\n[[policy]]\nmatch = {path = "articles/a*"}\nimages = true\n')
    as_anew(native)
    native.write("articles/p.png", b"\x89PNG, another")
    as_anew(native)
    for name in "abc":
        assert quick("verify", f"kb-{name}0000000", "--yes", cwd=native.root).code == 0
    as_anew(native)
    native.write("moves.tsv", "kb-b0000000\tarticles/old.md\n")
    as_anew(native)
    (native.root / "moves.tsv").unlink()
    as_anew(native)
    (native.root / "articles/b.md").rename(native.root / "articles/bb.md")
    as_anew(native)
    team = native.root / "team.toml"
    team.write_text(team.read_text().replace("[people.jd]", "[people.jd]\nleft = 2025-01-01"))
    as_anew(native)


_REASONS = st.sampled_from([(), ("stale",), ("not-validated", "stale")])
_DAY = st.none() | st.sampled_from(DAYS)
_STANDING = st.none() | st.builds(
    Standing, _REASONS, _REASONS, _DAY, _DAY, st.sampled_from([(), ("jd",)]), _REASONS, _DAY
)
_RESTS = st.sampled_from([CONTENT, HISTORY, ARTICLES, MACHINE])


_PUT = st.lists(st.tuples(_STANDING, _RESTS, st.booleans(), st.booleans()), min_size=1)


@given(_PUT, st.booleans(), st.booleans())
def test_what_is_kept_of_them_is_what_was_put_in(
    put: list[tuple[Standing | None, int, bool, bool]], other_state: bool, other_history: bool
) -> None:
    """Of each: how it stands, what that rests on, whether it
    is forgotten then, and whether its bytes are others by now.
    """
    kept, cache = Standings(len(put)), Cache(Path("standings"))
    kept.state, kept.history = "state", "history"
    digests = [sha256(b"%d" % (place % 3)).digest()[:DIGEST] for place in range(len(put))]
    for place, (standing, on, _, _) in enumerate(put):
        kept.put(place, standing, on, lambda: "", digests[place])
    kept.save(cache, "key", [f"{place}" for place in range(len(put))])
    found = Standings.read(cache, "key", len(put), lambda _: True)
    assert found is not None
    for place, digest in enumerate(digests):
        assert [found.has_told(place, one) for one in (digest, NOT_TOLD)] == [True, False]
    for place, (standing, on, _, _) in enumerate(put):
        found.put(place, standing, on, lambda: "")
        assert not found.has_told(place, NOT_TOLD), "nothing may be no Git"
    alike = {one for one, _, _, _ in put if one}
    assert len(found.rows) == len(alike), "what is alike is there once, whenever it was put in"
    assert len(found.kinds) == len({(one.before, one.after, one.counting, one.waiting) for one in alike})
    for day in DAYS:
        told = [one.on(day, lambda: date.min) if one else UNREADABLE_VERDICT for one, _, _, _ in put]
        assert [found.verdict(place, day, None) for place in range(len(put))] == told
        assert [*found.verdicts(map(str, range(len(put))), day, None).values()] == told
    found.forget([place for place, one in enumerate(put) if one[2]])
    rests = [UNKNOWN if forgotten else on for _, on, forgotten, _ in put]
    assert found.known() == [place for place, one in enumerate(rests) if one != UNKNOWN]
    anew = [
        place
        for place, (on, one) in enumerate(zip(rests, put, strict=True))
        if on >= MACHINE
        or (on == HISTORY and other_history)
        or ((other_state or other_history) and (on == ARTICLES or one[3]))
    ]
    oids = [f"{place}{'*' * one[3]}" for place, one in enumerate(put)]
    state, history = "state" + "2" * other_state, "history" + "2" * other_history
    assert found.outdated(state, history, lambda: oids) == anew
    assert found.doubtful == {
        place for place in anew if other_history and rests[place] == HISTORY and not put[place][3]
    }
