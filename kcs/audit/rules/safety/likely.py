"""Which of the findings in an article are likely somebody's: articles are full of examples and of the team's own addresses."""

from __future__ import annotations

import re

from kcs.audit.rules.safety.likely_mails import is_somebodys
from kcs.audit.rules.safety.likely_secrets import is_kept_secret
from kcs.patterns import later
from kcs.privacy import Finding, Kind

# Words around a number of the house, that whoever reads is meant to call.
_HOUSE = later(
    r"(?i)support|sales|toll|hotline|help ?desk|service|team|call us|contact us|office|24x7|24/7|department|billing|official|human resources|phone number for"
    r"|ฝ่าย|ศูนย์|สายด่วน|บริการ|สำนักงาน|tổng đài|hỗ trợ|chăm sóc|văn phòng|phòng|خدمة|الدعم|مكتب|فريق|قسم"
)
_TOLL_FREE = later(r"^\W*(?:\+?1\W*)?8(?:00|33|44|55|66|77|88)\b|^\W*(?:0800|1800|1300|1900)\b")
# Digits in a row, or one of them over and over: made up.
_MADE_UP = later(r"0?12345678(?:90?)?|1?(\d)\1{6,}")
_AROUND = 70
# A page that lists as many gives numbers of the house.
MANY_PHONES = 3


def likely(text: str, one: Finding) -> bool:
    """Whether a finding in an article's text is more than an example or an address of the house."""
    before, after = text[max(0, one.start - _AROUND) : one.start], text[one.end : one.end + _AROUND]
    if one.kind is Kind.EMAIL:
        return is_somebodys(one.text, before, after)
    if one.kind is Kind.PHONE:
        if _MADE_UP.fullmatch(re.sub(r"\D", "", one.text)):
            return False
        return not (_TOLL_FREE.search(one.text) or _HOUSE.search(before) or _HOUSE.search(after))
    if one.kind is Kind.SECRET:
        return is_kept_secret(text, one.start, one.end, before, after)
    return True
