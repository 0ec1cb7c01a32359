"""Keys, tokens and passwords: by their makers' prefixes, by what announces them, and by being too random for words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.patterns import later
from kcs.privacy.fold import plainly
from kcs.privacy.look import Look, held, just_before, matches, places, windows
from kcs.privacy.secret_values import (
    RANDOM_RUN,
    is_assigned,
    is_credential,
    is_left_out,
    is_placeholder,
    is_random_key,
    looks_chosen,
)

# After the head of a key, and any lines that describe it, comes some of the key itself;
# otherwise a sentence only mentions such a line, and must not take with it all that follows.
_SOME_KEY = r"(?=(?:\\[rn]|[^A-Za-z0-9]){0,60}+(?:[\w-]{1,40}+:[^\n]{0,200}+\n\s*+){0,9}+[A-Za-z0-9+/=]{16})"
_SHAPES = later(
    rf"-----BEGIN [A-Z ]{{0,30}}PRIVATE KEY(?: BLOCK)?-----{_SOME_KEY}.*?(?:-----END [A-Z ]{{0,30}}PRIVATE KEY(?: BLOCK)?-----|\Z)"
    r"|(?<![A-Za-z0-9_])(?:(?:AKIA|ASIA)[A-Z0-9]{16}"
    r"|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255}|glpat-[\w-]{20,}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}"
    r"|(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9]{16,}"
    r"|sk-(?:proj-|ant-)?[\w-]{20,}|AIza[\w-]{35}|ya29\.[\w-]{20,}"
    r"|SG\.[\w-]{16,}\.[\w-]{16,}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{40,}|key-[0-9a-f]{32}"
    r"|eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?)(?![A-Za-z0-9_])"
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
    r"รหัสผ่าน|พาสเวิร์ด|พาสเวิด|รหัส otp|รหัส pin|m(?:ật khẩu|at khau)|mã otp|mã pin|(?<!\w)mk|كلمة المرور|كلمة السر|كلمه السر|"
    r"الرقم السري|رمز التحقق|الباسورد|باسورد)(?![A-Za-z])"
)
# After a sign of assignment, which may be in bold, nearly anything is a value; after "is" a sentence is likelier.
_ASSIGNED = later(
    rf"{_WORD}[\"'*_]{{0,3}}\s{{0,3}}(?::=|=>|[:=])[*_]{{0,3}}\s{{0,3}}[\"'`“]?([^\s\"'`“”<>,;]{{3,200}})",
    re.IGNORECASE,
)
_SAID = later(
    rf"{_WORD}(?: ?ของ\S{{1,12}}| c(?:ủa|ua) \S{{1,8}})?\s{{0,3}}(?:\bis|\bwas|คือ|เป็น|\bl[àa]|هي|هو)\s{{0,3}}:?\s{{0,3}}[\"'`“«]?"
    r"([^\s\"'`“”«»<>,;]{4,200})",
    re.IGNORECASE,
)
# What may stand between a password and the word for it: blanks, the next cell of a table, bold, code, tags, a dash.
_BESIDE = (
    r"(?:\s{1,3}|(?=[\"'*`\s:|<])[\"'*`]{0,3}(?:</?[a-z]{1,10}>){0,2}\s{0,40}(?:[:|]|[-\u2192]\s)?[\"'*`]{0,3}"
    r"(?:</?[a-z]{1,10}>){0,3}\s{0,9}[*`]{0,3})"
)
# With nothing in between, only what nobody writes except as a password: letters, a digit and a sign such as `!` or `#`;
# the sign and the digits of a character reference (`pass through.&#x20;`) are none.
_BARE = later(
    r"(?:(?<![A-Za-z])(?:password|passwd|pwd|pass|pw|mat khau)|รหัสผ่าน|พาสเวิร์ด|mật khẩu|كلمة المرور|كلمة السر|(?:ال)?باسورد)"
    + _BESIDE
    + r"[\"'`“«]?(?=(?:(?!&#)\S){0,200}\d)(?=(?:(?!&#)\S){0,200}[!@#$%^&*?~])(?=\S{0,200}[A-Za-z])([^\s\"'`“”«»<>,;:/=(){}\[\]]{6,64})(?=[\s.,\"'`”<|]|$)",
    re.IGNORECASE,
)
_CODE = later(
    r"(?:\botp|\bpasscode|\bpin(?: code)?|รหัส pin|mã xác (?:nhận|thực)|رمز التحقق|الرقم السري)\s{1,3}(\d{4,8})(?!\d)",
    re.IGNORECASE,
)
# What is typed after a program's name: `mysql -u root -pS3cret`, `curl -u jd:S3cret`.
_GIVEN = r"\s(?:[^\n]{0,200}?\s)??"
_ENDED = r"(?=[;|&),.]{0,3}(?:[\s\"'`<>]|$))"
_MYSQL = rf"{_GIVEN}-p[\"']?([^\s\"'`<>]{{4,64}}?){_ENDED}"
_TYPED = {
    "mysql": later(rf"mysql(?:dump|admin|import|sh)?{_MYSQL}"),
    "mariadb": later(rf"mariadb(?:-[a-z]{{4,9}})?{_MYSQL}"),
    "curl": later(
        rf"curl{_GIVEN}(?:-u|--user\b)(?!-)[ =]?[\"']?[^\s\"':`]{{1,64}}:([^\s\"'`<>]{{4,128}}?){_ENDED}"
    ),
}
_RANDOM = later(r"(?<![\w/+.@=-])[A-Za-z0-9+/_-]{32,512}={0,2}(?![\w/+@-])")
# Its length without the one or two `=` that may end it.
_RANDOM_LEAST = RANDOM_RUN - 2
# How each of _SHAPES begins, after as many characters as _LEAD says: first those that end in `_`, then the others by a
# character that they hold.
_UNDERSCORED = ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "k_live_", "k_test_", "whsec_", "npm_")
_PREFIXES = (
    ("-", ("-----BEGIN", "glpat-", "xapp-", "sk-", "pypi-", "key-")),
    ("A", ("ASIA", "AIza")), ("K", ("AKIA",)), ("J", ("eyJ",)), ("G", ("SG.",)), ("2", ("ya29.",)), ("x", ("xox",)),
    ("k", ("hooks.slack.com",)),
)  # fmt: skip
_LEAD = {"k_live_": 1, "k_test_": 1, "hooks.slack.com": len("https://")}
_ANNOUNCED = (
    "pass", "pw", "secret", "token", "key", "psk", "otp", "pin", "mk", "mat khau",
    "รหัส", "พาสเวิ", "mật khẩu", "mã ", "كلم", "الرقم السري", "رمز", "باسورد",
)  # fmt: skip
# The words of the patterns above, in lower case, and what must follow one for a pattern to find a value:
# words such as "key" are everywhere, and mean nothing in nine places of ten. In order: what follows a `=`;
# what follows another sign or a verb, and holds a digit or a sign such as `!`; what follows directly, and
# holds a digit and such a sign; a code.
_ASCII = tuple(one for one in _ANNOUNCED if one.isascii())
_FOREIGN = tuple(one for one in _ANNOUNCED if not one.isascii())
_CHOSEN = r"(?=\S{0,200}(?:[^\Wa-z_]|[!@#$%^&*?]))"
# The words with which _FOLLOWED begins, by their first two letters.
_WORDS = {
    "pa": ("pass", "password", "passwd", "passphrase", "passcode"), "pw": ("pw", "pwd"), "se": ("secret",), "to": ("token",),
    "ke": ("key",), "ps": ("psk",), "ot": ("otp",), "pi": ("pin",), "mk": ("mk",), "ma": ("mat khau",),
}  # fmt: skip
_FOLLOWED = later(
    r"(?:pass(?:word|wd|phrase|code)?|pwd?|secret|token|key(?:[ _-]id)?|psk|otp|pin(?: code)?|mk|mat khau)(?![A-Za-z])"
    r"(?:[\"'*_]{0,3}\s{0,3}:?=[\"'`“]?[^\s\"'<>]{3}"
    rf"|[\"'*_]{{0,3}}\s{{0,3}}(?::=|=>|[:=])[*_]{{0,3}}\s{{0,3}}[\"'`“]?{_CHOSEN}[^\s\"'`“”<>,;]{{3}}"
    rf"|(?: ?ของ\S{{1,12}}| c(?:ủa|ua) \S{{1,8}})?\s{{0,3}}(?:\bis|\bwas|คือ|เป็น|\bl[àa]|هي|هو)\s{{0,3}}:?\s{{0,3}}[\"'`“«]?{_CHOSEN}\S{{4}}"
    rf"|{_BESIDE}[\"'`“«]?(?=\S{{0,200}}\d)\S{{0,200}}[!@#$%^&*?~]|\s{{1,3}}\d{{4}})",
    re.IGNORECASE,
)
_QUERIED = ("auth", "sig", "signature")
_LOGIN = later(r"://[^\s/:@]{1,64}:[^\s/@]{1,128}@")
_CREDENTIAL = later(r"(?:bearer|basic)\s+[\w.~+/-]{16}", re.IGNORECASE)
# Each pattern with what a text must hold for it to match, one of each group.
# Looking for that costs a tenth of a search.
_NEEDED: tuple[tuple[re.Pattern[str], tuple[tuple[str, ...], ...]], ...] = (
    (_BEARER, (("bearer", "basic"),)),
    (_IN_URL, (("://",), ("@",))),
    (_IN_QUERY, (("=",), ("?", "&", ";"))),
    (_CODE, (("otp", "pass", "pin", "mã xác", "رمز", "الرقم السري"),)),
    (
        _BARE,
        (("pass", "pw", "mat khau", "รหัสผ่าน", "พาสเวิ", "mật khẩu", "كلم", "باسورد"), tuple("!@#$%^&*?~")),
    ),
    (_ASSIGNED, (_ANNOUNCED, ("=", ":"))),
    (_SAID, (_ANNOUNCED, ("is", "was", "คือ", "เป็น", "là", "la", "هي", "هو"))),
)
# Those without a word of _ANNOUNCED.
_BY_THEMSELVES = (_BEARER, _IN_URL, _IN_QUERY)
# How far before and after a word a pattern may reach: what it takes
# in, its value included, hides what else would be found there.
_BEFORE, _AFTER = 280, 320
# How much of a pattern may stand before that word: `MY_COMPANYS_SERVICE-private_key`.
_LEAD_IN = 32


def spans(text: str, look: Look) -> Iterator[tuple[int, int]]:
    """Where the secrets are in folded text: the value alone, without the word that announces it."""
    yield from _shaped(text)
    for start, end in windows(text, _hints(text, look), _BEFORE, _AFTER):
        yield from _announced(text, look.lowered, start, end)
    yield from _typed(text, look.lowered)
    for found in matches(_RANDOM, text, look.tokens(_RANDOM_LEAST)):
        if is_random_key(text, *found.span()):
            yield found.span()


def _shaped(text: str) -> Iterator[tuple[int, int]]:
    """What carries its maker's prefix.
    Matched only where there is one: searching a text for all takes longer than all else here.
    """
    for found in matches(_SHAPES, text, sorted(_begun(text))):
        if not found.group().endswith("EXAMPLE"):
            yield found.span()


def _typed(text: str, lowered: str) -> Iterator[tuple[int, int]]:
    """Passwords that are given to a program with its name; a word such as `changeme` is likelier an example."""
    for program, pattern in _TYPED.items():
        for found in matches(pattern, text, places(lowered, (program,))):
            value = found.group(1)
            if not is_placeholder(value) and looks_chosen(value) and any(map(str.isalpha, value)):
                yield found.span(1)


def _begun(text: str) -> Iterator[int]:
    for prefix in held(text, _PREFIXES):
        yield from (at - _LEAD.get(prefix, 0) for at in places(text, (prefix,)))
    for at in places(text, ("_",)):
        if text.endswith(_UNDERSCORED, 0, at + 1):
            prefix = next(one for one in _UNDERSCORED if text.endswith(one, 0, at + 1))
            yield at + 1 - len(prefix) - _LEAD.get(prefix, 0)


def _hints(text: str, look: Look) -> Iterator[int]:
    """Where one of the patterns above may match: at one of its words, if what it needs follows."""
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
    # Each of these patterns begins with many characters that may come before its word: searching for it is slow.
    words = list(just_before(places(lowered, _ANNOUNCED, start, end), _LEAD_IN, start))
    for pattern, signs in _NEEDED:
        if not all(any(one in plain for one in some) for some in signs):
            continue
        searched = pattern in _BY_THEMSELVES
        for found in pattern.finditer(text, start, end) if searched else matches(pattern, text, words, end):
            if _is_secret(pattern, found):
                yield _value(found)


def _is_secret(pattern: re.Pattern[str], found: re.Match[str]) -> bool:
    """Whether what the pattern found is a value, not a word of a sentence."""
    value = found.group(1)
    if is_placeholder(value) or is_left_out(found.string, found.end()):
        return False
    if pattern is _BEARER:
        return is_credential(value)
    if pattern is _ASSIGNED:
        return is_assigned(value, found.group()[: -len(value)])
    return pattern is not _SAID or looks_chosen(value)


def _value(found: re.Match[str]) -> tuple[int, int]:
    shown, start = found.group(1), found.start(1)
    if found.string[start - 1 : start] == "*":
        shown = shown.rstrip("*")  # what closes its emphasis
    return start, start + len(shown.rstrip(".)]?،。" if len(shown) > 1 else ""))
