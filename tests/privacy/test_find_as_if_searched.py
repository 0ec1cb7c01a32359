"""What is found is what would be found if nothing were asked first, and every pattern searched in the whole text."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.privacy import find, mails, phones, secrets
from kcs.privacy.look import Look

PARTS = (
    "password", "PassWord", "pa\u017fsword", "\uff50\uff41\uff53\uff53", "p\u200bwd", "รหัสผ่าน", "mật khẩu", "Mat khau", " la ", "كلمة المرور", ":", "=", " is ", "คือ",
    " ", "  ", "\n", "\r\n", "\r", "\0", "\ufeff", "\u200b", "Tr0ub4dor&3", "hunter22!", "4821", "correcthorse", "\uff11\uff12\uff13\uff14", "๑๒๓๔๕๖",
    "٠١٢٣٤٥٦٧٨٩", "api_key", "API KEY", "\u212aey", "tok\u0130n", "PIN code", "OTP", "Bearer ", "BA\u017fIC ", "abcdefghijklmnop1234", "https://",
    "HTTPS://", "user:pa55word@", "host.example.org", "?", "&", "auth=", "\u017fig=", "sig=abcdef12", "token=abcdef", "ghp_" + "aB1" * 12,
    "AKIAA1B2C3D4E5F6G7H8", "sk-" + "aB3" * 8, "sk_live_0123456789", "hooks.slack.com/services/T0AB/" + "aB1" * 7, "eyJhbGciOiJI.eyJzdWIiOiIx.abc", "-----BEGIN RSA PRIVATE KEY-----", "jane@acme.de", "jane", "@",
    "(at)", "[AT]", " [dot] ", "acme", ".", "de", "\uff20", "+66 81 234 5678", "081-234-5678", "+", "tel:", "TEL:", "call me ", "โทร", "(212) 736-5000",
    "4539 5787 6362 1486", "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "1-1017-00230-70-8", "1101700230708", "เลขบัตร", "SSN: ",
    "078-05-1120", "-", "0", "7", "x" * 90, "a b " * 90, "MK", "مرور", "الرقم السري", "key-0123456789abcdef0123456789abcdef", "AB12", "A_LONG_NAME_OF_A", "_", "private key", "&#x40;", "%40", "/", " / ", "03/123456", "089",
    "aGVsbG8gd29ybGQgdGhpcyBpcyBhIGtleQ9Zx12QwErTy",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)


class Yes(Look):
    """Everything may stand in a text."""

    def digit(self) -> bool:
        return True

    def digits(self, *_: object) -> bool:
        return True

    def numbers(self, *_: object) -> Iterator[tuple[int, int]]:
        yield 0, len(self._raw)

    def most(self) -> int:
        return 99

    def pairs(self) -> Iterator[int]:
        return iter(range(len(self._raw)))

    def tokens(self, *_: object) -> Iterator[int]:
        return iter(range(len(self._raw)))


class All(str):
    """Holds every word."""

    __slots__ = ()

    def __contains__(self, _: object) -> bool:
        return True


@settings(max_examples=500)
@given(TEXTS, st.sampled_from(("", "th", "vi", "ar", "en")), st.booleans())
@example("000000000000/a00123456789ABCDEFG=", "", False)
def test_nothing_is_lost_by_looking_first(text: str, language: str, examples: bool) -> None:
    quick = find(text, language=language, examples=examples)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["kcs.privacy.find"], "Look", Yes)
        patch.setattr(secrets, "_PREFIXES", (("", ("",)),))
        patch.setattr(secrets, "windows", lambda text, *_: iter([(0, len(text))]))
        for module in (secrets, mails):
            patch.setattr(module, "just_before", lambda *_: range(len(text)))
        patch.setattr(secrets, "plainly", All)
        patch.setattr(phones, "_linked", lambda text, _: phones._LINKED.finditer(text))
        patch.setattr(phones, "_candidates", lambda text, _: phones._CANDIDATE.finditer(text))
        assert quick == find(text, language=language, examples=examples)
