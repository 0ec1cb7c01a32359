"""What a requestor wrote, for search: without what mails and tickets have around it."""

from __future__ import annotations

import re

from kcs.authoring.intake.courtesies import trim
from kcs.authoring.intake.markdown_safe import clean
from kcs.authoring.intake.quoted import unquote

SEARCHED = 8_000
"""In a longer text, the beginning asks the question."""

_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|sv|antw|tr|rv|res|enc|ตอบกลับ|ตอบ|ส่งต่อ|trả lời|chuyển tiếp|رد|ردّ|إعادة توجيه|تحويل)\s?(?:\[\d+\]|\(\d+\))?\s?[:：]"
    r"|\[(?:external|ext|spam\??|[^\[\]\n]{0,20}?[#:]?\s?[A-Z]{0,6}-?\d{2,12})\]|#\d{2,12}\b[:.\s-]*)\s*",
    re.IGNORECASE,
)


def own_words(subject: str, text: str) -> tuple[str, str]:
    """Both without `Re:`, quoted history, greeting and signature; personal data stays."""
    return without_prefix(clean(subject)), trim(unquote(clean(text[:SEARCHED])).text).text


def without_prefix(title: str) -> str:
    """Without `Re:`, `Fwd:`, `[#123]`, in any order and number."""
    title = " ".join(title[:1000].split())
    while found := _PREFIX.match(title):
        title = title[found.end() :]
    return re.sub(r"\s*[\[(]?#\d{3,12}[\])]?\s*$", "", title)
