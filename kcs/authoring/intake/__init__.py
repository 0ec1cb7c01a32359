"""What a ticket, mail or thread gives to an article: the requestor's words, and nothing that identifies anybody."""

from __future__ import annotations

from kcs.authoring.intake.model import NAMES_NOT_PROMISED, Intake, LeftOut, Source
from kcs.authoring.intake.reading import read_intake

__all__ = ["NAMES_NOT_PROMISED", "Intake", "LeftOut", "Source", "read_intake"]
