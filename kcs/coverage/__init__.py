"""Unanswered questions. Other features may use these names, and kcs.coverage.tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.faces import face

if TYPE_CHECKING:
    from kcs.coverage.export import Export
    from kcs.coverage.linked import Links, made_for

__all__ = ["Export", "Links", "made_for"]

__getattr__ = face(__name__, {"Export": "export", "Links": "linked", "made_for": "linked"})
