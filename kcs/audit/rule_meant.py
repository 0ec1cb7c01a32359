"""Which rule is meant by a word that is no rule's code and no rule's name."""

from __future__ import annotations

from kcs.audit.misspelt import near
from kcs.audit.rules import RULES

_ALL = "kcs rules lists them"
_AS_DIGITS = str.maketrans("OIL", "011")
_SHORTEST, _MOST = 3, 3


def rule_meant(word: str) -> str:
    """A hint: the rule that is really near; else, for a code, those
    that begin as it does, since another digit is another rule.
    """
    code = "".join(filter(str.isalnum, word)).upper().translate(_AS_DIGITS)
    code = code if code.startswith("KCS") else f"KCS{code}"
    codes = [entry.code for entry in RULES]
    if code[3:].isdecimal():
        begun = next((code[:end] for end in range(len(code), 3, -1) if _begin(codes, code[:end])), "")
        if begun in codes:
            return f"did you mean {begun!r}?"
        return f"kcs rules {begun} lists those that begin so" if begun else _ALL
    named = _named(word.lower())
    return f"did you mean {named}? {_ALL}" if named else _ALL


def _begin(codes: list[str], begun: str) -> bool:
    return any(code.startswith(begun) for code in codes)


def _named(word: str) -> str:
    names = [entry.name for entry in RULES]
    if meant := near(word, names):
        return repr(meant)
    holding = [name for name in names if word in name] if len(word) >= _SHORTEST else []
    return " or ".join(map(repr, holding)) if len(holding) <= _MOST else ""
