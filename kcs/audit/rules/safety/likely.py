"""Which of the findings in an article are likely somebody's: articles are full of examples and of the team's own addresses."""

from __future__ import annotations

import re
from collections import Counter

from kcs.privacy import Finding, Kind

# Addresses that nobody has: words that stand for one, in the domain or before it.
_NO_DOMAIN = re.compile(
    r"(?i)(?:^|\.)(?:[\w-]*example[\w-]*|your[\w-]*|my[\w-]*|(?:some|any|the|our|e?mail|test|sample|customer)?-?(?:domain|company|site"
    r"|isp|host|server|org|business)(?:-?name)?\d*|scam|spoof\w*|phish\w*|foo|bar|baz|tests?|samples?|acme|localhost|customers?)\."
    r"|(?:my|your)(?:company|domain|business)"
    r"|\.(?:gbl|local|lan|internal)$|\.scam\b"
)
_NO_NAME = re.compile(
    r"(?i)^(?:e?mail|user(?:name)?|your?\b.*|my.*|first\.?(?:name)?\W?last.*|firstname|lastname|name|sample|test.*|example.*|address"
    r"|alias|recipient|sender|someone|somebody|somename|j\.?doe|john\.?doe|jane\.?doe|joe|root|admin.*|alerts?|orders?|customers?)$"
    r"|(?:help|supports?|service|desk|team|outgoing|notifications?|mail)$|(?:^|[._+-])(?:help|support|noreply|no-reply|majordomo|owner"
    r"|list|lists|users|git)(?:[._+-]|$)"
)
_MACHINE_NAME = re.compile(r"^(?=.*\d)[A-Za-z0-9._+-]{14,}$|^\d{5,}")
# Words around a number of the house, that whoever reads is meant to call.
_HOUSE = re.compile(
    r"(?i)support|sales|toll|hotline|help ?desk|service|team|call us|contact us|office|24x7|24/7|department|billing"
    r"|ฝ่าย|ศูนย์|สายด่วน|บริการ|สำนักงาน|tổng đài|hỗ trợ|chăm sóc|văn phòng|phòng|خدمة|الدعم|مكتب|فريق|قسم"
)
_TOLL_FREE = re.compile(r"^\W*(?:\+?1\W*)?8(?:00|33|44|55|66|77|88)\b|^\W*(?:0800|1800|1300|1900)\b")
# What follows these is public, or only looks random.
_PUBLIC = re.compile(
    r"(?i)(?:ssh-(?:rsa|dss|ed25519)|ecdsa-\S+|public|dkim|signature|contents?\W{1,4}|\bb=|sha\d*|md5|checksum|hash|fingerprint)\W*$"
)
_EXAMPLE = re.compile(
    r"(?i)p[a@]ss|admin|welcome|secret|example|sample|test|changeme|0123|1234|abcd|xxx|your|qwert|placeholder"
)
_AROUND = 70
_SIGNED = re.compile(r"(?i)dkim-signature|arc-seal|-----begin (?:certificate|public|pgp|ssh2 public)")
_SIGNED_AROUND = 900
_HEADER = re.compile(r"(?i)^\s*(?:from|to|cc|reply-to|return-path|sender)\b|^(?: {4}|\t)")
# A page that lists as many gives numbers of the house.
MANY_PHONES = 3


def likely(text: str, one: Finding) -> bool:
    """Whether a finding in an article's text is more than an example or an address of the house."""
    before, after = text[max(0, one.start - _AROUND) : one.start], text[one.end : one.end + _AROUND]
    if one.kind is Kind.EMAIL:
        return _is_somebodys(one.text, before, after)
    if one.kind is Kind.PHONE:
        return not (_TOLL_FREE.search(one.text) or _HOUSE.search(before) or _HOUSE.search(after))
    if one.kind is Kind.SECRET:
        signed = _SIGNED.search(text, max(0, one.start - _SIGNED_AROUND), one.start)
        return not (signed or _PUBLIC.search(before) or _is_example(one.text, before))
    return True


def _is_somebodys(address: str, before: str, after: str) -> bool:
    name, _, domain = address.strip("<>").rpartition("@")
    if _NO_DOMAIN.search(domain) or _NO_NAME.search(name) or _MACHINE_NAME.match(name):
        return False
    # A link to write to is meant to be written to.
    if re.search(r"(?i)mailto:$|message-id\W*$|\bssh\s$", before) or after.startswith("](mailto:"):
        return False
    return not (
        before.endswith("<") and after.startswith(">") and not _HEADER.match(before.rpartition("\n")[2])
    )


def _is_example(value: str, before: str) -> bool:
    """Whether a secret is one that was made for showing: stock words, or hardly any variety."""
    if "PRIVATE KEY" in value:
        return bool(re.search(r"(?i)example|sample|similar|looks like", before))
    letters = [sign for sign in value if sign.isalnum()]
    if not letters or max(Counter(letters).values()) * 2 > len(letters) or len(set(letters)) < 5:
        return True
    return bool(_EXAMPLE.search(value))
