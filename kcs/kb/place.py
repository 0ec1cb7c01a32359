"""Which knowledge base a command works on: --kb, KCS_KB, the folder it is called in, or the one the user chose."""

from __future__ import annotations

import os
from pathlib import Path

from kcs.errors import UsageProblem
from kcs.kb.config import CONFIG_NAME, parse_toml


def find_root(given: Path | None) -> Path:
    """The folder that holds kcs.toml. UsageProblem with the way out when there is none."""
    if given is None and (named := os.environ.get("KCS_KB")):
        given = Path(named)
    if given is not None:
        root = _upwards(given)
        if root is None:
            raise UsageProblem(
                f"no knowledge base at {given}: no {CONFIG_NAME} there or in a folder above it",
                hint=f"kcs init --adopt --kb {given} writes one for the articles that lie there",
            )
        return root
    root = _upwards(Path.cwd()) or _chosen()
    if root is None:
        raise UsageProblem(
            f"no knowledge base here: no {CONFIG_NAME} in this folder or one above it",
            hint="kcs init --adopt writes one for the articles that lie here; --kb or KCS_KB names another folder",
        )
    return root


def _upwards(folder: Path) -> Path | None:
    folder = folder.absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_NAME).is_file():
            return candidate
    return None


def user_settings() -> dict[str, object]:
    """The user's own settings (`commit`, `kb`) from config.toml; empty when there are none."""
    from platformdirs import user_config_path

    path = user_config_path("kcs", appauthor=False) / "config.toml"
    try:
        raw = path.read_bytes()
    except OSError:
        return {}
    return parse_toml(raw, str(path))[1]


def _chosen() -> Path | None:
    named = user_settings().get("kb")
    return _upwards(Path(named).expanduser()) if isinstance(named, str) else None
