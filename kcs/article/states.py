"""The four states of confidence, OKF's `status` that follows them, and the moves that are worth a warning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORK_IN_PROGRESS = "work-in-progress"
NOT_VALIDATED = "not-validated"
VALIDATED = "validated"
ARCHIVED = "archived"
CONFIDENCES = (WORK_IN_PROGRESS, NOT_VALIDATED, VALIDATED, ARCHIVED)

STATUS_OF = {
    WORK_IN_PROGRESS: "draft",
    NOT_VALIDATED: "draft",
    VALIDATED: "stable",
    ARCHIVED: "deprecated",
}
_CONFIDENCE_OF = {"draft": WORK_IN_PROGRESS, "stable": VALIDATED, "deprecated": ARCHIVED}
COMPLIANCE = "compliance"
GOVERNANCES = ("experience", COMPLIANCE)


def confidence_from(meta: Mapping[str, Any]) -> str | None:
    """What an article itself says: `confidence`, else what OKF's `status` stands for, else nothing.

    A value outside the vocabulary counts as not-validated: what cannot be understood is never trusted.
    """
    own = meta.get("confidence")
    if own is not None:
        return own if own in CONFIDENCES else NOT_VALIDATED
    status = meta.get("status")
    if status is None:
        return None
    return _CONFIDENCE_OF.get(status, NOT_VALIDATED) if isinstance(status, str) else NOT_VALIDATED
