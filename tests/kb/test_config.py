from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kcs.errors import ConfigProblem
from kcs.kb.settings.config import parse_config
from kcs.kb.settings.toml_lines import line_of
from tests.conftest import Base, Run


@pytest.mark.parametrize(
    ("text", "line", "said", "hint"),
    [
        ('engin = "x"', 1, "unknown key 'engin'", "did you mean 'engine'?"),
        ('\nengine = "sqlit"', 2, "engine is 'sqlit'", "did you mean 'sqlite'?"),
        ("[defaults]\n# why\nquorum = 0", 3, "quorum is 0, but must be a whole number from 1", ""),
        ("[defaults]\nquorum = true", 2, "quorum is True", ""),
        ('[[policy]]\nquorum = 2\n[[policy]]\nmatch = {paths = "x"}', 4, "match is", ""),
        ("[[policy]]\nquorum = 2\n[[policy]]\nquorun = 3", 4, "unknown key 'quorun' in [policy]", "did you mean 'quorum'?"),
        ("[policy]\nquorum = 2", 1, "[[policy]]", ""),
        ("\npolicy = [{quorum = 2}, 3]", 2, "policy must be a list of tables", ""),
        ('[links]\nsite = 3', 2, "site is 3, but must be", ""),
        ('[links]\nroot = "/a/"\nsite = "https://"', 3, "[links] site is 'https://', which is no address", 'site = "https://'),
        ("a = ", 1, "is not valid TOML", ""),
        ("[ledger]\n[search]\n[ledger]\nshared = true", 3, "is not valid TOML: [ledger] stands twice", "below the first one, in line 1"),
        ("[[policy]]\nmatch = {}\n[policy]\n", 3, "[policy] stands below [[policy]]", "write [[policy]] for one more"),
        ("[rules.KCS405]\n[rules]\n[rules.KCS405]\n", 3, "[rules.KCS405] stands twice", "in line 1"),
        ("a = 1\nb = " + 5000 * "9", 2, "is not valid TOML: Exceeds the limit", ""),
        ("a = 1\nb = " + 5000 * "9" + "\nc = 2\n", 2, "is not valid TOML: Exceeds the limit", ""),
        ("[defaults]\nquorum = 0x" + 5000 * "f" + "\n", 2, "defaults.quorum is a number of more than 64 bits", ""),
        ("[defaults]\nverify_every = [0b1, 0o" + 9000 * "7" + "]\n", 2, "a number of more than 64 bits", ""),
        ("[rules.KCS405]\nx = {y = [1, -18446744073709551616]}", 2, "is not valid TOML", ""),
        ("[[policy]]\nquorum = 1\n[[policy]]\nquorum = 0x" + 5000 * "f", 4, "a number of more than 64 bits", ""),
        ("[articles]\ninclude = 3", 2, "include is 3, but must be a list of strings", ""),
        ('timezone = "Mars"', 1, "unknown timezone 'Mars'", "Asia/Bangkok"),
        ('timezone = "../../etc/passwd"', 1, "unknown timezone", ""),
        ('timezone = "localtime"', 1, "unknown timezone 'localtime'", "Asia/Bangkok"),
        ('[adopt]\non = 2026-01-01', 1, "[adopt] needs 'over' as well", ""),
        ('[adopt]\non = 2026-13-01\nover = "1 year"', 2, "is not valid TOML", ""),
        ('[articles]\ndate_order = "month-first"', 2, "unknown key 'date_order' in [articles]", "date_order stands at the top, before the first [...]"),
        ('verified_at = "x"', 1, "unknown key 'verified_at'", "verified_at stands in [fields]"),
        ('[fields]\nverifed_at = "x"', 2, "unknown key 'verifed_at' in [fields]", "did you mean 'verified_at'?"),
        ('[defaults]\nverify_every = "soon"', 2, 'an interval such as "90d"', ""),
        ('[defaults]\nconfidence = "valid"', 2, "confidence is 'valid'", "did you mean 'validated'?"),
        ("links = 3", 1, "links must be a table", ""),
        ("[targets]\ngrowth = [1]", 2, "two numbers", ""),
        ("[targets]\ntrust = nan", 2, "trust is nan, but must be a number", ""),
        ("[targets]\ntrust = 1e999", 2, "trust is inf, but must be a number", ""),
        ("[targets]\ngrowth = [5, -inf]", 2, "two numbers", ""),
        ("[targets]\ngrowth = [10, 5]", 2, "the lower one first", ""),
        ("[targets]\ntrust = -5", 2, "trust is -5, but must be a number from 0 to 100", ""),
        ("[targets]\nzero_result = 100.5", 2, "must be a number from 0 to 100", ""),
        ("[targets]\ntrust = true", 2, "trust is True, but must be a number", ""),
        ('[defaults]\naudience = "extrenal"', 2, "no article has audience 'extrenal'", "did you mean 'external'?"),
        ('[[policy]]\nquorum = 2\n[[policy]]\naudience = "everyone"', 4, "no article has audience 'everyone'", "one of: internal, partner"),
        ('[[policy]]\nquorum = 2\n[[policy]]\nmatch = {governance = ["complience"]}', 4, "no article has governance 'complience'", "did you mean 'compliance'?"),
        ('audiences = ["staff", "all"]\n[[policy]]\nmatch = {audience = ["all", "external"]}', 3, "no article has audience 'external'", "one of: staff, all"),
    ],
)  # fmt: skip
def test_a_wrong_key_or_value_is_refused_with_its_line(text: str, line: int, said: str, hint: str) -> None:
    with pytest.raises(ConfigProblem) as caught:
        parse_config(text.encode())
    assert caught.value.line == line
    assert said in caught.value.message
    assert hint in caught.value.hint


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ConfigProblem) as caught:
        parse_config(b'engine = "whoosh"\n# \xff\n')
    assert (caught.value.message, caught.value.line) == ("is not UTF-8", 2)


def test_an_empty_file_is_the_defaults() -> None:
    config = parse_config(b"")
    assert config.include == ("articles/**/*.md",)
    assert config.audiences == ("internal", "partner", "external")
    assert config.adoption is None


def test_everything_of_the_vocabulary_is_read() -> None:
    config = parse_config(
        """\ufeff
engine = "sqlite"
timezone = "Asia/Bangkok"
[fields]
verified_at = "audit_date"
[types]
"faq" = "Question and answer"
[links]
root = "/how-to/"
by = "permalink"
[[policy]]
match = {path = "articles/legal/**", governance = ["compliance"]}
verify_every = "never"
quorum = 2
[synonyms]
"2fa" = ["two-step", "otp"]
[targets]
trust = 97
growth = [5, 10]
[adopt]
on = "2026-01-31"
over = "1 month"
[rules.KCS405]
severity = "off"
""".encode()
    )
    assert config.fields["verified_at"] == "audit_date"
    assert config.policies[0].match == {"path": ("articles/legal/**",), "governance": ("compliance",)}
    assert config.policies[0].sets == {"verify_every": "never", "quorum": 2}
    assert config.synonyms["2fa"] == ("two-step", "otp")
    assert config.targets == {"trust": 97, "growth": (5, 10)}
    assert config.adoption is not None
    assert (config.adoption.on, config.adoption.days) == (date(2026, 1, 31), 28)


def test_lines_are_found_through_quotes_dots_and_arrays() -> None:
    text = '"a b" = 1\n[x."y z"]\nk = 2\n[[p]]\nk = 1\n[[p]]\nk = 2\n# k = 9\nq.r = 3\n'
    assert line_of(text, "a b") == 1
    assert line_of(text, "x", "y z", "k") == 3
    assert line_of(text, "p", "k") == 5
    assert line_of(text, "p", "k", nth=1) == 7
    assert line_of("[" + " " * 100_000 + "\n[ p ]\n", "p") == 2
    assert line_of(text, "p", "q", "r", nth=1) == 9
    assert line_of(text, "nothing") is None
    text = "[a]\n[[a.b]]\nk = 1\n[[a.b]]\nk = 2\n[[a.c]]\nk = 3\n"
    assert [line_of(text, "a", "b", "k", nth=nth) for nth in (0, 1)] == [3, 5]
    assert line_of(text, "a", "c", "k") == 7


def test_a_machine_without_a_database_of_time_zones_knows_them_all_the_same(
    make_base: Callable[..., Base], run: Run
) -> None:
    """Windows has none, nor have the containers that many CI runs use."""
    base = make_base({}, config='timezone = "Asia/Bangkok"\n')
    done = run("trust", cwd=base.root, env={"PYTHONTZPATH": ""})
    assert done.code == 0, done.err
