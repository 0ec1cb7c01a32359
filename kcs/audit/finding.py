"""What the audit finds: one value for every rule and every format."""

from __future__ import annotations

from kcs.tuples import NamedTuple

ERROR = "error"
WARNING = "warning"
INFO = "info"
OFF = "off"
# Worst first.
SEVERITIES = (ERROR, WARNING, INFO)
# The code for a rule that failed. Not in the list, so no kcs.toml can switch it off.
BROKEN_RULE = ("KCS000", "rule-failed")


class Hit(NamedTuple):
    """What a rule says about one article. `help`: what to do about it, as a command if there is one.

    `line` and `column` count from 1 in the file. `subject`: the part of the article it is about (a field, a
    link's target, a section), so that a baseline recognises it; never a line, a message or a day. `fixable`:
    if a rule can fix only some of its hits, the others say False.
    """

    message: str
    help: str = ""
    line: int | None = None
    column: int | None = None
    subject: str = ""
    fixable: bool = True


class Finding(NamedTuple):
    """One finding. `path` is from the base's root; `fingerprint` names it from one run to the next."""

    rule: str
    name: str
    severity: str
    path: str
    line: int | None
    column: int | None
    message: str
    help: str
    fixable: bool
    fingerprint: str

    @property
    def order(self) -> tuple[int, str, int, int, str, str]:
        """Worst first, then by place."""
        place = self.path, self.line or 0, self.column or 0
        return SEVERITIES.index(self.severity), *place, self.rule, self.message


def fingerprint(rule: str, key: str, subject: str) -> str:
    """32 hex digits that stay the same while the article stays the same article, wherever its lines move.

    `rule`: its code, or the debt that it shares with other rules; `key`: the article's.
    """
    from kcs.digest import sha256

    told = f"{rule}\0{key}\0{subject}".encode("utf-8", "surrogatepass")
    return sha256(told).hexdigest()[:32]
