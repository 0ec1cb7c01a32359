"""The one room that finds personal data, for every command: text in, findings out. No files, no network."""

from __future__ import annotations

from kcs.privacy.find import find
from kcs.privacy.finding import Finding, Kind, Known, mask, redact

__all__ = ["Finding", "Kind", "Known", "find", "mask", "redact"]
