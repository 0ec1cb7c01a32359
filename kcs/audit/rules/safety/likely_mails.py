"""Which mail addresses in an article are likely a person's: most are a mailbox of the house, an example, or no address."""

from __future__ import annotations

import re

from kcs.patterns import later

# Addresses that nobody has: words that stand for one, in the domain or before it.
_NO_DOMAIN = later(
    r"(?i)(?:^|\.)(?:[\w-]*example[\w-]*|your[\w-]*|my[\w-]*|(?:some|any|the|our|e?mail|test|sample|customer)?-?(?:domain|company|site"
    r"|isp|host|server|org|business)(?:-?name)?\d*|scam|spoof\w*|phish\w*|foo|bar|baz|tests?|samples?|acme|localhost|customers?"
    r"|whatever|(?:john|jane)doe)\."
    r"|^doe\.com$"
    r"|(?:my|your)(?:company|domain|business)"
    r"|\.(?:gbl|local|lan|internal|txt)$|\.scam\b"
    r"|\.gserviceaccount\.com$|^(?:help|helpdesk|support|tickets?)\."
)
_NO_NAME = later(
    r"(?i)^(?:e?mail|user(?:name)?|your?\b.*|my.*|first\.?(?:name)?\W?last.*|firstname|lastname|name|sample|test.*|example.*|address"
    r"|alias|recipient|sender|someone|somebody|somename|j\.?doe|john\.?doe|jane\.?doe|joe|root|admin.*|alerts?|orders?|customers?"
    r"|demo\b.*|(?:old|new)[._-].*|value|abc\b.*|john\.?smith\b.*|.*(?:first|last|sur|user|preferred)_?name.*)$"
    r"|(?:help|supports?|service|desk|team|outgoing|notifications?|mail)$|(?:^|[._+-])(?:help|support|noreply|no-reply|majordomo|owner"
    r"|list|lists|users|git)(?:[._+-]|$)|%[0-9a-f]{2}"
)
# Mailboxes of the house.
# Long stems count anywhere in the name, short words alone or between hyphens: steve.jobs is a person.
_STEMS = later(
    r"(?i)travel|payroll|financ|account|procure|purchas|payment|expense|complian|contract|securit|disclosure|recruit|onboard|outreach"
    r"|sponsor|partner|communit|inquir|enquir|request|devops|techops|peopleops|operations|software|equipment|agreement|certificat"
    r"|accessib|facilit|office|meetings|feedback|marketing|billing|invoice|platform|develop|integration|staging|publish|manager"
    r"|advisor|council|members|speakers|discuss|announce|newsletter|report|webmast|postmast|sysadmin|hotline|helpline|reception"
    r"|reservation|booking|shipping|service|posting|apps$|agents$"
)
_ROLE_WORDS = (
    "hr ap ar pr qa rnd sre sys it dev devs people press media legal law job jobs career careers hi hello staff all everyone"
    " group groups product products event events conduct spend naming hiring intake debrief finance tech benefits privacy sales"
    " enforcement sa soc noc csirt cert gdpr dpo data training education"
)
_WORDS = frozenset(_ROLE_WORDS.split())
_NUMBERED_TEAM = later(r"(?i)team-?\d+$")
_SHOUTED = later(r"[A-Z]{3,6}$|[A-Z]{2,3}(?:[_-][A-Z]{2,3})+$")
_MANY_PARTS = 3
_MACHINE_NAME = later(r"^(?=.*\d)[A-Za-z0-9._+-]{14,}$|^\d{5,}")
# A login, a link to write to, a machine's account, a variable, or words that say what follows is made up.
_BEFORE = later(
    r"(?i)(?:mailto:[^\s\"'<>)]*|message-id\W*|\b(?:ssh|sftp)\s|://[^\s/@]*|\$\{?|\b(?:e\.g\.|for example|for instance|such as)[\s,:`\"'(]*)$"
    r"|mailto:[^<>]*>\s*$"
)
# `user@host:path`, as scp and rsync write it.
_PATH_AFTER = later(r":(?:~|\.{0,2}/|[\w.-]+/)")
_HEADER = later(r"(?i)^\s*(?:from|to|cc|reply-to|return-path|sender)\b|^(?: {4}|\t)")


def is_somebodys(address: str, before: str, after: str) -> bool:
    """Whether it is likely one person's own. `before`, `after`: what stands around it."""
    name, _, domain = address.strip("<>").rpartition("@")
    if _NO_DOMAIN.search(domain) or _NO_NAME.search(name) or _MACHINE_NAME.match(name) or _is_of_a_role(name):
        return False
    # What is a link is meant to be written to, or is a list's page.
    if _BEFORE.search(before) or after.startswith("](") or _PATH_AFTER.match(after):
        return False
    return not (
        before.endswith("<") and after.startswith(">") and not _HEADER.match(before.rpartition("\n")[2])
    )


def _is_of_a_role(name: str) -> bool:
    parts = re.split(r"[-_+]", name.casefold())
    return (
        bool(_STEMS.search(name) or _SHOUTED.match(name) or _NUMBERED_TEAM.match(name))
        or len(parts) >= _MANY_PARTS
        or not _WORDS.isdisjoint(parts)
    )
