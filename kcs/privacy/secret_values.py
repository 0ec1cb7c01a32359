"""Whether what stands where a secret would is one, and not
a word of a sentence, a placeholder, a path or encoded data.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

from kcs.patterns import later

_PLACEHOLDER = later(
    r"[<\[{(%$*#•.…_-].*|x(?:[x\W_].*)?|.*(?:\*{3}|•|…|\.\.\.|x{4}|<|\{\{|\$\{).*|.*example.*|your.*|my.*|change_?me.*|"
    r"(?:required|optional|missing|invalid|incorrect|wrong|expired|empty|none|null|nil|undefined|true|false|yes|no|"
    r"string|text|varchar|password|passwd|secret|token|hidden|redacted|enabled|disabled|reset|unknown|ok|the|a|an|"
    r"at|in|for|and|or|not|is|was|must|should|from|with)[.!?)]?"
    r"|\w+(?:\.\w+)+[\[(].*|[a-z_-]*(?:password|passwd|token|secret|key|user|name)[a-z_-]*\d?",
    re.IGNORECASE,
)
# Where a key is kept, not the key itself.
_KEY_FILES = (".key", ".pem", ".pub", ".crt", ".ppk", ".pfx", ".p12", ".jks")
# The least length of a run of random characters, and the least entropy of each, in bits.
RANDOM_RUN = 20
_BITS = 4.2
# `{% gist 1a2b %}`, `{{< youtube "1a2b" >}}`: a template's tag up to the first value that it is given.
_TAG = later(r"\{(?:%|\{[<%])-?\s*[a-z][\w-]*\s+[\"'`]?$")
# What is public by its name, in JSON or XML: ids, what is signed
# and digests, and the public members of a key (RFC 7517, WebAuthn).
_PUBLIC = later(
    r"[\"'](?![\w-]*(?i:secret|token|key|sess))(?:(?:[\w-]*[a-z_-])?I[dD]|(?:[\w-]*[_-])?id|kid|[nxye]|x5[tc](?:#S256)?"
    r"|[\w-]*(?:[sS]ignature|[dD]igest|[cC]hallenge|[aA]ttestation|[nN]once)\w*|clientData\w*)[\"']\s?:\s?\[?\s?[\"']$"
    r"|<(?:ds:)?(?:SignatureValue|DigestValue|X509Certificate)>\s?$"
)
# `"token": {"id": "..."}`: of a token or a session the id is what opens the door, as in OpenStack.
_OPENS = later(r"(?i:secret|token|session)[\"']\s?:\s?\{[^{}]*$")
# Where a sample leaves out the rest of a value.
_LEFT_OUT = later(r"(?:\.{3,}|…)[\"'`<\\]|\.? ?\. \. ")
# `/api/v1/apps/0oa8ae1t5yev2ajDs0h7/keys`: folders in words, which lead to an id; not `/api/reset/token/...`.
_ROUTE = later(
    r"(?:/(?:[a-z]{2,}(?:-[a-z]+)*|v\d)(?=/)){2,}+/(?<!token/)(?<!tokens/)(?<!secret/)(?<!secrets/)"
)


def is_left_out(text: str, end: int) -> bool:
    """Whether the rest of what ends there is left out: `"eyJraWQi..."`, `"eyJraWQi. . . .GubhhEsg"`."""
    return _LEFT_OUT.match(text, end) is not None


def is_placeholder(value: str) -> bool:
    """`<password>`, `your-token`, `****`, `required`."""
    return _PLACEHOLDER.fullmatch(value) is not None


def is_assigned(value: str, between: str) -> bool:
    """`pin: 4821`, `password=correcthorse`; not `Password: Click the link`.
    `between`: all that stands before the value.
    """
    tight = between.rstrip("\"'`").endswith("=")
    return (
        looks_chosen(value)
        or (value.isdigit() and len(value) >= 4)
        or (tight and value.isascii() and len(value) >= 5)
    )


def is_credential(value: str) -> bool:
    """`Bearer dGhpcyBpcy...`; not `basic internationalization`,
    `Basic reStructuredText`, nor *admin:supersecret* in base64.
    """
    password = _password_in(value)
    # With a digit or a sign it is chosen, though it begins as placeholders do: `my`, `your`, `$`, `_`.
    if not value.isascii() or (password.isalpha() and is_placeholder(password)):
        return False
    changes = sum(one.islower() and other.isupper() for one, other in pairwise(value))
    return any(sign.isdigit() for sign in value) or value.endswith("=") or changes > 3


def _password_in(value: str) -> str:
    """The password of `user:password` in base64; empty if it is none."""
    from binascii import Error, a2b_base64

    try:
        return a2b_base64(value).decode("ascii").partition(":")[2]
    except (Error, ValueError):
        return ""


def looks_chosen(value: str) -> bool:
    """Whether it looks like a password: letters mixed with digits or signs; no word, path or address of a page."""
    core = value.rstrip(".)]!?:")
    if len(core) < 4 or not core.isascii() or "://" in core or core.startswith(("/", "--")):
        return False
    if core.lower().endswith(_KEY_FILES):
        return False
    if core.isdigit():
        return 4 <= len(core) <= 8
    return any(sign.isdigit() for sign in core) or re.search(r"[a-z][!@#$%^&*?][A-Za-z]", core) is not None


def is_random_key(text: str, start: int, end: int) -> bool:
    """Whether the token there is too random for a word, and is a key:
    no data, no text in base64, no key's fingerprint, no video's name.
    """
    token = text[start:end]
    return _random(token) and not (
        _is_data(text, start, end)
        or _is_writing(token)
        or _is_fingerprint(text, start, end)
        or _TAG.search(text, max(0, start - 60), start)
        or _is_public(text, start)
        or is_left_out(text, end)
        or _ROUTE.match(token)
    )


def _is_public(text: str, start: int) -> bool:
    named = _PUBLIC.search(text, max(0, start - 60), start)
    return named is not None and not _OPENS.search(text, max(0, start - 300), start)


def _random(token: str) -> bool:
    """Three kinds of characters, mixed more than in words, paths or hexadecimal hashes."""
    longest = max(re.split(r"[/_-]", token), key=len)
    if len(longest) < RANDOM_RUN or not all(
        re.search(signs, longest) for signs in ("[a-z]", "[A-Z]", r"\d.*\d.*\d")
    ):
        return False
    counted = Counter(longest)
    return -sum(n / len(longest) * math.log2(n / len(longest)) for n in counted.values()) >= _BITS


def _is_data(text: str, start: int, end: int) -> bool:
    """One of several similar lines: an encoded file, not a key."""
    line = text.rfind("\n", 0, start) + 1
    # A quote may end it, as in zone files, where a long key stands
    # on several lines; a comma would make it a list of keys.
    end += text.startswith('"', end)
    if text[line:start].strip(' >"') or text[end : end + 1] not in ("\n", "\r", ""):
        return False
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : line].strip(' >"\r\n')
    below = text[end : end + 400].lstrip("\r\n").partition("\n")[0].strip(' >"\r')
    return any(len(one) >= 20 and " " not in one for one in (above, below))


def _is_fingerprint(text: str, start: int, end: int) -> bool:
    """A public key's, as ssh shows it: 32 bytes in base64, in a line that names the key's file or the hash."""
    line = text[text.rfind("\n", 0, start) + 1 : end + 80].partition("\n")[0].lower()
    return end - start == 43 and (".pub" in line or "sha256" in line)


def _is_writing(token: str) -> bool:
    """Sentences in base64, such as the file that a sample request uploads; not a key, JSON or settings in base64."""
    from binascii import Error, a2b_base64

    try:
        said = a2b_base64(token[: len(token) // 4 * 4])
    except Error:
        return False
    is_text = said.isascii() and all(sign >= 32 or sign in b"\t\r\n" for sign in said)
    return is_text and said.count(b" ") * 10 >= len(said) and not any(sign in b"{}=:" for sign in said)
