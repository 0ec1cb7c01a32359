"""Making and changing articles. What other features may ask of it stands here; its modules are its own."""

from __future__ import annotations

from pathlib import Path


def wanted_sections(root: Path, kind: str, confidence: str) -> tuple[str, ...]:
    """The sections (keys of kcs.article.headings) that an article of this type must have at this confidence."""
    from kcs.authoring.standard import wanted_sections as wanted

    return wanted(root, kind, confidence)
