"""Which tickets ask the same: groups by the weighty words that they share, in one pass, whatever the language."""

from __future__ import annotations

from kcs.coverage.grouping.groups import LEAST, Group, Grouper
from kcs.coverage.grouping.naming import telling_words
from kcs.coverage.grouping.vectors import Frequencies, counts_of

__all__ = ["LEAST", "Frequencies", "Group", "Grouper", "counts_of", "telling_words"]
