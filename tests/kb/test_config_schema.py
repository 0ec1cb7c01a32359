from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from kcs.audit.rule_pages import settings_schema
from kcs.audit.rules import RULES
from kcs.errors import ConfigProblem
from kcs.kb.settings.config import parse_config, parse_toml
from kcs.kb.settings.schema import KINDS, schema, schema_text

ROOT = Path(__file__).parents[2]


def test_the_schema_that_ships_is_todays() -> None:
    assert (ROOT / "kcs/kb/kcs.schema.json").read_text("utf-8") == schema_text(settings_schema(RULES, KINDS))
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    "text",
    [
        'engine = "whoosh"\n[defaults]\nverify_every = "6 months"\nquorum = 2\n',
        'engine = "grep"\n',
        "[defaults]\nquorum = 0\n",
        '[defaults]\nverify_every = "soon"\n',
        '[defaults]\nverify_every = "Quarterly"\n',
        '[[policy]]\nmatch = {tag = ["x"]}\nverify_every = "ANNUAL"\n',
        '[defaults]\nverify_every = "biannual"\n',
        '[[policy]]\nmatch = {path = "a/**", tag = ["x"]}\nimages = true\n',
        "[[policy]]\nmatch = {paths = 1}\n",
        '[synonyms]\n"2fa" = ["otp"]\n[pins]\nvpn = "kb-1"\n',
        "[synonyms]\nx = 3\n",
        "[targets]\ngrowth = [5, 10]\ntrust = 97\n",
        "[targets]\ngrowth = [5]\n",
        '[fields]\nverified_at = "audit_date"\n',
        '[fields]\nverified = "audit_date"\n',
        "nonsense = 1\n",
    ],
)
def test_the_schema_and_the_program_agree(text: str) -> None:
    valid = jsonschema.Draft202012Validator(schema()).is_valid(
        json.loads(json.dumps(parse_toml(text.encode(), "x")[1]))
    )
    try:
        parse_config(text.encode())
    except ConfigProblem:
        assert not valid
    else:
        assert valid


def test_the_example_is_valid() -> None:
    text = (ROOT / "examples/kb/kcs.toml").read_bytes()
    jsonschema.validate(parse_toml(text, "x")[1], schema())
