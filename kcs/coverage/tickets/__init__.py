"""Ticket exports of any help desk as one stream of tickets, and how many of how many could be read."""

from __future__ import annotations

from kcs.coverage.tickets.columns import FIELDS, Columns
from kcs.coverage.tickets.export import Tickets
from kcs.coverage.tickets.model import Count, Problem, Ticket
from kcs.coverage.tickets.reading import open_tickets

__all__ = ["FIELDS", "Columns", "Count", "Problem", "Ticket", "Tickets", "open_tickets"]
