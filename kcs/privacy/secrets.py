"""Keys, tokens and passwords: by their makers' prefixes, by what announces them, and by being too random for words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from kcs.patterns import later
from kcs.privacy.fold import plainly
from kcs.privacy.look import Look, held, just_before, matches, places, windows

# Behind the head of a key, and lines that say what it is, there is some of it; else a sentence only names such a line, and is not
# to take with it all that follows.
_SOME_KEY = r"(?=(?:\\[rn]|[^A-Za-z0-9]){0,60}+(?:[\w-]{1,40}+:[^\n]{0,200}+\n\s*+){0,9}+[A-Za-z0-9+/=]{16})"
_SHAPES = later(
    rf"-----BEGIN [A-Z ]{{0,30}}PRIVATE KEY(?: BLOCK)?-----{_SOME_KEY}.*?(?:-----END [A-Z ]{{0,30}}PRIVATE KEY(?: BLOCK)?-----|\Z)"
    r"|(?<!\w)(?:(?:AKIA|ASIA)[A-Z0-9]{16}"
    r"|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255}|glpat-[\w-]{20,}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}"
    r"|(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9]{16,}"
    r"|sk-(?:proj-|ant-)?[\w-]{20,}|AIza[\w-]{35}|ya29\.[\w-]{20,}"
    r"|SG\.[\w-]{16,}\.[\w-]{16,}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{40,}|key-[0-9a-f]{32}"
    r"|eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?)(?!\w)"
    r"|https://hooks\.slack\.com/services/[\w/]{20,}",
    re.DOTALL,
)
_BEARER = later(r"\b(?:bearer|basic)\s+([\w.~+/-]{16,}=*)", re.IGNORECASE)
_IN_URL = later(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,64}:([^\s/@]{1,128})@", re.IGNORECASE)
_IN_QUERY = later(
    r"[?&;](?:access_token|api_?key|apikey|auth|key|token|sig|signature|password|pwd|secret)=([^\s&#\"'<>)]{6,})",
    re.IGNORECASE,
)
_WORD = (
    r"(?:(?<![A-Za-z])(?:[\w-]{0,20}[_-])?(?:password|passwd|passphrase|passcode|pwd|secret|token|api[ _-]?key|apikey|"
    r"access[ _-]?key(?:[ _-]id)?|private[ _-]?key|auth[ _-]?key|psk|account[ _-]?key|otp|pin(?: code)?)|(?<!\w)pass|(?<!\w)pw|"
    r"รหัสผ่าน|พาสเวิร์ด|พาสเวิด|รหัส otp|รหัส pin|mật khẩu|mã otp|mã pin|(?<!\w)mk|كلمة المرور|كلمة السر|كلمه السر|"
    r"الرقم السري|رمز التحقق|الباسورد|باسورد)(?![A-Za-z])"
)
# After a sign of assignment, which may be in bold, nearly anything is a value; after "is" a sentence is likelier.
_ASSIGNED = later(
    rf"{_WORD}[\"'*_]{{0,3}}\s{{0,3}}(?::=|=>|[:=])[*_]{{0,3}}\s{{0,3}}[\"'`“]?([^\s\"'`“”<>,;]{{3,200}})",
    re.IGNORECASE,
)
_SAID = later(
    rf"{_WORD}(?: ?ของ\S{{1,12}}| của \S{{1,8}})?\s{{0,3}}(?:\bis|\bwas|คือ|เป็น|\blà|هي|هو)\s{{0,3}}:?\s{{0,3}}[\"'`“«]?"
    r"([^\s\"'`“”«»<>,;]{4,200})",
    re.IGNORECASE,
)
# With nothing between, only what nobody writes but as a password: letters, a digit and a sign of the upper row.
_BARE = later(
    r"(?:(?<![A-Za-z])(?:password|passwd|pwd|pass|pw)|รหัสผ่าน|พาสเวิร์ด|mật khẩu|كلمة المرور|كلمة السر|(?:ال)?باسورد)"
    r"\s{1,3}[\"'`“«]?(?=[^\s]*\d)(?=[^\s]*[!@#$%^&*?~])(?=[^\s]*[A-Za-z])([^\s\"'`“”«»<>,;:/=(){}\[\]]{6,64})(?=[\s.,\"'”]|$)",
    re.IGNORECASE,
)
_CODE = later(
    r"(?:\botp|\bpasscode|\bpin(?: code)?|รหัส pin|mã xác (?:nhận|thực)|رمز التحقق|الرقم السري)\s{1,3}(\d{4,8})(?!\d)",
    re.IGNORECASE,
)
_PLACEHOLDER = later(
    r"[<\[{(%$*#•.…_-].*|x(?:[x\W_].*)?|.*(?:\*{3}|•|…|\.\.\.|x{4}|<|\{\{|\$\{).*|.*example.*|your.*|my.*|change_?me.*|"
    r"(?:required|optional|missing|invalid|incorrect|wrong|expired|empty|none|null|nil|undefined|true|false|yes|no|"
    r"string|text|varchar|password|passwd|secret|token|hidden|redacted|enabled|disabled|reset|unknown|ok|the|a|an|"
    r"at|in|for|and|or|not|is|was|must|should|from|with)[.!?)]?"
    r"|\w+(?:\.\w+)+[\[(].*|[a-z_-]*(?:password|passwd|token|secret|key|user|name)[a-z_-]*\d?",
    re.IGNORECASE,
)
_RANDOM = later(r"(?<![\w/+.@=-])[A-Za-z0-9+/_-]{32,512}={0,2}(?![\w/+@-])")
# Where a key lies, and not what it is.
_KEY_FILES = (".key", ".pem", ".pub", ".crt", ".ppk", ".pfx", ".p12", ".jks")
_BITS = 4.2
_RANDOM_RUN = 20
# What stands before the one or two `=` that may end it.
_RANDOM_LEAST = _RANDOM_RUN - 2
# How each of _SHAPES begins, but for what stands before it in _LEAD: what ends in the one sign, and else by a sign in common.
_UNDERSCORED = ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "k_live_", "k_test_", "whsec_", "npm_")
_PREFIXES = (
    ("-", ("-----BEGIN", "glpat-", "xapp-", "sk-", "pypi-", "key-")),
    ("A", ("ASIA", "AIza")), ("K", ("AKIA",)), ("J", ("eyJ",)), ("G", ("SG.",)), ("2", ("ya29.",)), ("x", ("xox",)),
    ("k", ("hooks.slack.com",)),
)  # fmt: skip
_LEAD = {"k_live_": 1, "k_test_": 1, "hooks.slack.com": len("https://")}
_ANNOUNCED = (
    "pass", "pw", "secret", "token", "key", "psk", "otp", "pin", "mk",
    "รหัส", "พาสเวิ", "mật khẩu", "mã ", "كلم", "الرقم السري", "رمز", "باسورد",
)  # fmt: skip
# Words of the patterns above, in lower case, and what must follow one where any of them finds a value that may be one: words such
# as "key" stand everywhere, and mean nothing in nine of ten places. In order: what follows a `=`, what follows another sign or a
# verb and has a digit or a sign of the upper row in it, what has both and follows as it is, a code.
_ASCII = tuple(one for one in _ANNOUNCED if one.isascii())
_FOREIGN = tuple(one for one in _ANNOUNCED if not one.isascii())
_CHOSEN = r"(?=\S{0,200}(?:[^\Wa-z_]|[!@#$%^&*?]))"
# Those that _FOLLOWED begins with, by their first two letters.
_WORDS = {
    "pa": ("pass", "password", "passwd", "passphrase", "passcode"), "pw": ("pw", "pwd"), "se": ("secret",), "to": ("token",),
    "ke": ("key",), "ps": ("psk",), "ot": ("otp",), "pi": ("pin",), "mk": ("mk",),
}  # fmt: skip
_FOLLOWED = later(
    r"(?:pass(?:word|wd|phrase|code)?|pwd?|secret|token|key(?:[ _-]id)?|psk|otp|pin(?: code)?|mk)(?![A-Za-z])"
    r"(?:[\"'*_]{0,3}\s{0,3}:?=[\"'`“]?[^\s\"'<>]{3}"
    rf"|[\"'*_]{{0,3}}\s{{0,3}}(?::=|=>|[:=])[*_]{{0,3}}\s{{0,3}}[\"'`“]?{_CHOSEN}[^\s\"'`“”<>,;]{{3}}"
    rf"|(?: ?ของ\S{{1,12}}| của \S{{1,8}})?\s{{0,3}}(?:\bis|\bwas|คือ|เป็น|\blà|هي|هو)\s{{0,3}}:?\s{{0,3}}[\"'`“«]?{_CHOSEN}\S{{4}}"
    r"|\s{1,3}[\"'`“«]?(?=\S*\d)\S*[!@#$%^&*?~]|\s{1,3}\d{4})",
    re.IGNORECASE,
)
_QUERIED = ("auth", "sig", "signature")
_LOGIN = later(r"://[^\s/:@]{1,64}:[^\s/@]{1,128}@")
_CREDENTIAL = later(r"(?:bearer|basic)\s+[\w.~+/-]{16}", re.IGNORECASE)
# Each pattern with what must stand in a text for it to match: one of each group. Asking that costs a tenth of searching.
_NEEDED: tuple[tuple[re.Pattern[str], tuple[tuple[str, ...], ...]], ...] = (
    (_BEARER, (("bearer", "basic"),)),
    (_IN_URL, (("://",), ("@",))),
    (_IN_QUERY, (("=",), ("?", "&", ";"))),
    (_CODE, (("otp", "pass", "pin", "mã xác", "رمز", "الرقم السري"),)),
    (_BARE, (("pass", "pw", "รหัสผ่าน", "พาสเวิ", "mật khẩu", "كلم", "باسورد"), tuple("!@#$%^&*?~"))),
    (_ASSIGNED, (_ANNOUNCED, ("=", ":"))),
    (_SAID, (_ANNOUNCED, ("is", "was", "คือ", "เป็น", "là", "هي", "هو"))),
)
# Those that have no word of _ANNOUNCED in them.
_BY_THEMSELVES = (_BEARER, _IN_URL, _IN_QUERY)
# What a pattern takes in before a word, its value included, hides what else would be found in that.
_BEFORE, _AFTER = 280, 320
# How much of a pattern may stand before that word: `MY_COMPANYS_SERVICE-private_key`.
_LEAD_IN = 32


def spans(text: str, look: Look) -> Iterator[tuple[int, int]]:
    """Where secrets stand in folded text: the value alone, without the word that announces it."""
    yield from _shaped(text)
    for start, end in windows(text, _hints(text, look), _BEFORE, _AFTER):
        yield from _announced(text, look.lowered, start, end)
    for found in matches(_RANDOM, text, look.tokens(_RANDOM_LEAST)):
        token, span = found.group(), found.span()
        if _random(token) and not (
            _is_data(text, *span) or _is_writing(token) or _is_fingerprint(text, *span)
        ):
            yield span


def _shaped(text: str) -> Iterator[tuple[int, int]]:
    """What bears its maker's prefix. Asked where one stands: to search a text for all of them takes longer than all else here."""
    for found in matches(_SHAPES, text, sorted(_begun(text))):
        if not found.group().endswith("EXAMPLE"):
            yield found.span()


def _begun(text: str) -> Iterator[int]:
    for prefix in held(text, _PREFIXES):
        yield from (at - _LEAD.get(prefix, 0) for at in places(text, (prefix,)))
    for at in places(text, ("_",)):
        if text.endswith(_UNDERSCORED, 0, at + 1):
            prefix = next(one for one in _UNDERSCORED if text.endswith(one, 0, at + 1))
            yield at + 1 - len(prefix) - _LEAD.get(prefix, 0)


def _hints(text: str, look: Look) -> Iterator[int]:
    """Where one of the patterns above may match: one of its words, and behind it what it needs there."""
    lowered = look.lowered
    yield from (at for at in places(lowered, _ASCII) if _is_word(lowered, at) and _FOLLOWED.match(text, at))
    yield from (at for at in places(lowered, ("bearer", "basic")) if _CREDENTIAL.match(text, at))
    if not text.isascii():
        yield from places(lowered, _FOREIGN)
    if "@" in text:
        yield from (at for at in places(text, ("://",)) if _LOGIN.match(text, at))
    for at in places(lowered, ("=",)):
        if lowered.endswith(_QUERIED, 0, at):
            yield at


def _is_word(lowered: str, at: int) -> bool:
    """Whether one of the words that _FOLLOWED begins with ends where its letters end: not `keyboard`, nor `passing`."""
    return any(
        lowered.startswith(word, at) and not "a" <= lowered[at + len(word) : at + len(word) + 1] <= "z"
        for word in _WORDS[lowered[at : at + 2]]
    )


def _announced(text: str, lowered: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    plain = plainly(text[start:end])
    # Each of these patterns begins with many signs that may stand before its word: to search for it is slow.
    words = list(just_before(places(lowered, _ANNOUNCED, start, end), _LEAD_IN, start))
    for pattern, signs in _NEEDED:
        if not all(any(one in plain for one in some) for some in signs):
            continue
        searched = pattern in _BY_THEMSELVES
        for found in pattern.finditer(text, start, end) if searched else matches(pattern, text, words, end):
            if _is_secret(pattern, found):
                yield _value(found)


def _is_secret(pattern: re.Pattern[str], found: re.Match[str]) -> bool:
    """Whether what the pattern found is a value, and no word of a sentence."""
    value = found.group(1)
    if _placeholder(value):
        return False
    if pattern is _BEARER:
        return _is_credential(value)
    if pattern is _ASSIGNED:
        return _assigned_value(found)
    return pattern is not _SAID or _looks_chosen(value)


def _value(found: re.Match[str]) -> tuple[int, int]:
    shown = found.group(1)
    return found.start(1), found.start(1) + len(shown.rstrip(".)]?،。" if len(shown) > 1 else ""))


def _placeholder(value: str) -> bool:
    return _PLACEHOLDER.fullmatch(value) is not None


def _assigned_value(found: re.Match[str]) -> bool:
    """`pin: 4821`, `password=correcthorse`; not `Password: Click the link`."""
    value, between = found.group(1), found.group()[: -len(found.group(1))]
    tight = between.rstrip("\"'`").endswith("=")
    return (
        _looks_chosen(value)
        or (value.isdigit() and len(value) >= 4)
        or (tight and value.isascii() and len(value) >= 5)
    )


def _is_credential(value: str) -> bool:
    """`Bearer dGhpcyBpcy...`; not `basic internationalization`, `Basic reStructuredText`."""
    if not value.isascii():
        return False
    changes = sum(one.islower() and other.isupper() for one, other in pairwise(value))
    return any(sign.isdigit() for sign in value) or value.endswith("=") or changes > 3


def _looks_chosen(value: str) -> bool:
    """As people make passwords: letters with digits or signs among them, and no word, path or address of a page."""
    core = value.rstrip(".)]!?:")
    if len(core) < 4 or not core.isascii() or "://" in core or core.startswith(("/", "--")):
        return False
    if core.lower().endswith(_KEY_FILES):
        return False
    if core.isdigit():
        return 4 <= len(core) <= 8
    return any(sign.isdigit() for sign in core) or re.search(r"[a-z][!@#$%^&*?][A-Za-z]", core) is not None


def _random(token: str) -> bool:
    """Three kinds of signs mixed beyond what words, paths or hexadecimal hashes do."""
    longest = max(re.split(r"[/_-]", token), key=len)
    if len(longest) < _RANDOM_RUN or not all(
        re.search(signs, longest) for signs in ("[a-z]", "[A-Z]", r"\d.*\d.*\d")
    ):
        return False
    counted = Counter(longest)
    return -sum(n / len(longest) * math.log2(n / len(longest)) for n in counted.values()) >= _BITS


def _is_data(text: str, start: int, end: int) -> bool:
    """One line of many of the same kind: an encoded file, not a key."""
    line = text.rfind("\n", 0, start) + 1
    end += text.startswith('"', end)  # as zone files have a long key: no comma, so no list of several
    if text[line:start].strip(' >"') or text[end : end + 1] not in ("\n", "\r", ""):
        return False
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : line].strip(' >"\r\n')
    below = text[end : end + 400].lstrip("\r\n").partition("\n")[0].strip(' >"\r')
    return any(len(one) >= 20 and " " not in one for one in (above, below))


def _is_fingerprint(text: str, start: int, end: int) -> bool:
    """That of a public key, as ssh shows it: 32 bytes in base64, in a line that names the file or the way it was made."""
    line = text[text.rfind("\n", 0, start) + 1 : end + 80].partition("\n")[0].lower()
    return end - start == 43 and (".pub" in line or "sha256" in line)


def _is_writing(token: str) -> bool:
    """Sentences in base64, such as the file that a sample request uploads. A key, JSON or settings in base64 are none."""
    from binascii import Error, a2b_base64

    try:
        said = a2b_base64(token[: len(token) // 4 * 4])
    except Error:
        return False
    is_text = said.isascii() and all(sign >= 32 or sign in b"\t\r\n" for sign in said)
    return is_text and said.count(b" ") * 10 >= len(said) and not any(sign in b"{}=:" for sign in said)
