"""The engine of a base: the environment's, else its configuration's. The only list of engines."""

from __future__ import annotations

import os
from importlib import import_module

from kcs.errors import ConfigProblem, KcsError, UsageProblem, nearest_hint
from kcs.kb.settings.config import Config
from kcs.search.engines.engine import Opener

# Name -> module below this package, class in it. An engine's module is imported when it is chosen.
ENGINES = {
    "whoosh": ("whoosh", "WhooshEngine"),
    "sqlite": ("sqlite", "SqliteEngine"),
    "tantivy": ("tantivy", "TantivyEngine"),
}
VARIABLE = "KCS_ENGINE"


def chosen_engine(config: Config, given: str | None = None) -> str:
    """The engine's name: `given`, else KCS_ENGINE, else kcs.toml's. UsageProblem for an unknown one."""
    named = given or os.environ.get(VARIABLE, "").strip()
    if not named:
        return config.engine
    if named not in ENGINES:
        where = "the engine" if given else VARIABLE
        raise UsageProblem(f"{where} {named!r} is unknown", hint=nearest_hint(named, list(ENGINES)))
    return named


def engine_named(name: str) -> Opener:
    """The opener of this engine. ConfigProblem if it is not installed."""
    module, kind = ENGINES[name]
    try:
        opener: Opener = getattr(import_module(f"kcs.search.engines.{module}"), kind)
    except ImportError as error:
        raise _not_installed(name) from error
    return opener


def _not_installed(name: str) -> KcsError:
    how = "pip install tantivy" if name == "tantivy" else "reinstall kcs, or Python with its sqlite3 module"
    return ConfigProblem(
        f"the engine {name} is not installed",
        hint=f'{how}; or choose another: engine = "whoosh" in kcs.toml, or {VARIABLE}=whoosh',
    )
