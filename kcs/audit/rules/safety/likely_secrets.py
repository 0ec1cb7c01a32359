"""Which keys and passwords in an article are likely real: articles show made-up ones, and much that only looks random."""

from __future__ import annotations

import re
from collections import Counter
from string import ascii_lowercase

from kcs.patterns import later

# What follows these is public, or only looks random.
_PUBLIC = later(
    r"(?i)(?:ssh-(?:rsa|dss|ed25519)|ecdsa-\S+|public|dkim|signature|contents?\W{1,4}|\bb=|sha\d*|md5|checksum|hash|fingerprint"
    r"|integrity)\W*$"
    r"|(?:revision|document|build|file|folder|page|message|thread|video|channel|object|node|trace|commit|sheet|slide|diagram)[_-]?ids?"
    r"[\"']?\s*[:=]\s*(?:[>|]-?\s*)?[\"']?$"
)
_EXAMPLE = later(
    r"(?i)p[a@]ss|admin|welcome|secret|example|sample|test|changeme|0123|1234|abcd|xxx|your|qwert|placeholder|token|654321"
    r"|jbswy3dp|eyjzdwiioiixmjm0nty3odkwiiwibmftzsi6"  # the key and the token that everybody's documentation shows
)
# Digests as browsers and package managers write them, certificates,
# names in capitals, names of several words, expressions.
_NO_VALUE = later(
    r"sha(?:1|256|384|512)-.*|MII[A-Z].*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:[_.#][a-z]+)+|[=+].*|.*\$[({].*",
    re.DOTALL,
)
_MADE_FOR = later(
    r"(?:AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|xapp-|[sr]k_|sk-|whsec_|AIza|ya29\.|SG\.|npm_|pypi-)"
)
_SIGNED = later(r"(?i)dkim-signature|arc-seal|-----begin (?:certificate|public|pgp|ssh2 public)")
_SIGNED_AROUND = 900
# An address that what is found is a part of; its query may name it a key, and before the host may stand a password.
_ADDRESS = later(r"(?:https?://|\]\(<?|(?:href|src)=[\"'])[^\s\"'<>)]*$")
_LONGEST_ADDRESS = 4000
_KEYED = later(
    r"(?i)(?:[?&;#](?:access_token|api_?key|apikey|auth|key|token|sig|signature|password|pwd|secret)=|://[^\s/:@]+:)$"
)
_WORDS = later(r"[A-Z]?[a-z]{3,}|[A-Z]{4,}")
_LONG = 24
# The key itself follows, after its head; else a sentence only names the line.
_KEY_BODY = later(r"-----BEGIN [^-]+-----(?:[\s>]|\\n)*(?:[\w-]+:[^\n]*\n[\s>]*)*[A-Za-z0-9+/=]{16}")
_LOCAL = later(r"@(?:localhost|127\.|0\.0\.0\.0)")


def is_kept_secret(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Whether what stands there is likely a secret that is in use. `before`, `after`: what stands around it."""
    value = text[start:end]
    if "PRIVATE KEY" in value:
        return bool(_KEY_BODY.match(value)) and not re.search(
            r"(?i)example|sample|similar|looks like", before
        )
    if _SIGNED.search(text, max(0, start - _SIGNED_AROUND), start) or _PUBLIC.search(before):
        return False
    if _is_example(value) or _NO_VALUE.fullmatch(value):
        return False
    keyed = _KEYED.search(before)
    if keyed and keyed[0].startswith("://"):
        return not (_LOCAL.match(after) or keyed[0] == f"://{value}:")
    if keyed:
        return any(sign.isdigit() for sign in value)
    address = _ADDRESS.search(text, max(0, start - _LONGEST_ADDRESS), start)
    return _MADE_FOR.match(value) is not None if address else not _is_wordy(value)


def _is_example(value: str) -> bool:
    """Whether it was made for showing: stock words, or hardly any variety."""
    letters = [sign for sign in value if sign.isalnum()]
    if not letters or max(Counter(letters).values()) * 2 > len(letters) or len(set(letters)) < 5:
        return True
    return bool(_EXAMPLE.search(value)) or "".join(letters).lower() in ascii_lowercase


def _is_wordy(value: str) -> bool:
    """Whether something long is put together from words: the name of an alert, of a file."""
    return len(value) >= _LONG and sum(map(len, _WORDS.findall(value))) * 10 >= len(value) * 7
