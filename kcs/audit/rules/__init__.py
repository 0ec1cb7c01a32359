"""The rules: one file each, and this list.
A rule's name is its module's; the list's order is the order of the codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from kcs.audit.rule import Rule
from kcs.tuples import NamedTuple

# What a rule must see to judge one article: its file, the rest of the base as well, or Git's history.
FILE, BASE, HISTORY = "file", "base", "history"
# What some rules alone speak of; a check before the commit does not load them where there is none. Of a file:
# what reading it found wrong, an HTML comment, an image; of an article: that it is not finished, an interval
# of its own; of the base: its files.
PROBLEM, COMMENT, IMAGE = "problem", "comment", "image"
UNFINISHED, OWN_INTERVAL = "unfinished", "own-interval"
TEAM, STYLE = "team", "style"


class Entry(NamedTuple):
    """One rule: `module` below this package holds `RULE`.
    `only`: what the files or the base must have for it to find anything.
    """

    code: str
    scope: str
    module: str
    only: str = ""

    @property
    def name(self) -> str:
        """As people write it: `duplicate-key`."""
        return self.module.rpartition(".")[2].replace("_", "-")

    def load(self) -> Rule:
        """The rule itself."""
        rule: Rule = import_module(f"{__name__}.{self.module}").RULE
        return rule

    def documentation(self) -> str:
        """What it says of itself: its module's docstring, Markdown."""
        from inspect import cleandoc

        return cleandoc(import_module(f"{__name__}.{self.module}").__doc__ or "")


RULES = (
    # KCS0: the file and its metadata
    Entry("KCS001", FILE, "file.unreadable", PROBLEM),
    Entry("KCS002", FILE, "file.not_utf8", PROBLEM),
    Entry("KCS003", FILE, "file.front_matter_missing", PROBLEM),
    Entry("KCS004", FILE, "file.front_matter_unclosed", PROBLEM),
    Entry("KCS005", FILE, "file.invalid_yaml", PROBLEM),
    Entry("KCS006", FILE, "file.duplicate_key", PROBLEM),
    Entry("KCS007", FILE, "file.misspelt_key"),
    Entry("KCS008", FILE, "file.missing_key"),
    Entry("KCS009", FILE, "file.wrong_type"),
    Entry("KCS010", FILE, "file.unknown_value"),
    Entry("KCS011", FILE, "file.id_missing"),
    Entry("KCS012", BASE, "file.id_duplicate"),
    Entry("KCS013", HISTORY, "file.id_changed"),
    Entry("KCS014", FILE, "file.invalid_date"),
    Entry("KCS015", FILE, "file.future_date"),
    Entry("KCS016", FILE, "file.title_missing"),
    Entry("KCS017", FILE, "file.title_generic"),
    Entry("KCS018", BASE, "file.title_duplicate"),
    Entry("KCS019", FILE, "file.conflict_markers", PROBLEM),
    Entry("KCS020", FILE, "file.reserved_name"),
    Entry("KCS021", FILE, "file.status_disagrees"),
    Entry("KCS022", FILE, "file.id_malformed"),
    Entry("KCS023", FILE, "file.byte_order_mark", PROBLEM),
    Entry("KCS024", FILE, "file.ignore_without_reason", COMMENT),
    Entry("KCS025", FILE, "file.ignore_unused", COMMENT),
    # KCS1: verification
    Entry("KCS101", BASE, "verification.stale"),
    Entry("KCS102", HISTORY, "verification.content_changed"),
    Entry("KCS103", BASE, "verification.never_verified"),
    Entry("KCS104", BASE, "verification.due_soon"),
    Entry("KCS105", HISTORY, "verification.stamp_by_bot"),
    Entry("KCS106", BASE, "verification.rubber_stamp"),
    Entry("KCS107", BASE, "verification.not_entitled"),
    Entry("KCS108", BASE, "verification.quorum_missing"),
    Entry("KCS109", FILE, "verification.interval_longer", OWN_INTERVAL),
    Entry("KCS110", HISTORY, "verification.date_moved"),
    Entry("KCS111", HISTORY, "verification.self_verified"),
    Entry("KCS112", BASE, "verification.source_newer"),
    Entry("KCS113", BASE, "verification.translation_behind"),
    Entry("KCS114", FILE, "verification.launch_past", UNFINISHED),
    Entry("KCS115", HISTORY, "verification.date_after_commit"),
    Entry("KCS116", HISTORY, "verification.unknown_history"),
    Entry("KCS117", HISTORY, "verification.counterpart_untouched"),
    Entry("KCS118", BASE, "verification.picture_uncovered"),
    # KCS2: people
    Entry("KCS201", FILE, "people.owner_missing", TEAM),
    Entry("KCS202", FILE, "people.person_unknown", TEAM),
    Entry("KCS203", FILE, "people.owner_left", TEAM),
    Entry("KCS204", FILE, "people.no_second_verifier", TEAM),
    Entry("KCS205", BASE, "people.not_approved"),
    # KCS3: safety
    Entry("KCS301", FILE, "safety.personal_data"),
    Entry("KCS302", BASE, "safety.link_to_closed"),
    Entry("KCS303", BASE, "safety.names_closed"),
    Entry("KCS304", FILE, "safety.internal_block_unclosed", COMMENT),
    Entry("KCS305", FILE, "safety.internal_block_forbidden", COMMENT),
    Entry("KCS306", FILE, "safety.active_content"),
    Entry("KCS307", FILE, "safety.hidden_text"),
    # KCS4: the content standard
    Entry("KCS401", FILE, "standard.section_missing"),
    Entry("KCS402", FILE, "standard.section_empty"),
    Entry("KCS403", HISTORY, "standard.work_in_progress_too_old"),
    Entry("KCS404", FILE, "standard.work_in_progress_with_resolution", UNFINISHED),
    Entry("KCS405", FILE, "standard.validated_without_environment"),
    Entry("KCS406", FILE, "standard.too_long"),
    Entry("KCS407", FILE, "standard.title_wording"),
    Entry("KCS408", FILE, "standard.heading_level_jump"),
    Entry("KCS409", FILE, "standard.image_without_alternative", IMAGE),
    Entry("KCS410", BASE, "standard.near_duplicate"),
    Entry("KCS411", FILE, "standard.word_to_avoid", STYLE),
    Entry("KCS412", FILE, "standard.title_case", STYLE),
    # KCS5: links
    Entry("KCS501", BASE, "links.broken_link"),
    Entry("KCS502", BASE, "links.broken_anchor"),
    Entry("KCS503", BASE, "links.missing_image"),
    Entry("KCS504", BASE, "links.unknown_id"),
    Entry("KCS505", BASE, "links.link_to_archived"),
    Entry("KCS506", BASE, "links.orphan"),
    Entry("KCS507", BASE, "links.circular_supersession"),
    Entry("KCS508", BASE, "links.counts_as_another"),
    Entry("KCS509", BASE, "links.address_shared"),
)


def known(entries: Iterable[Entry] = RULES) -> dict[str, Entry]:
    """Code -> rule."""
    return {entry.code: entry for entry in entries}
