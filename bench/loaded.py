"""To import this is to load all of kcs: what is forked then need not."""

from __future__ import annotations

import gc
import pkgutil
from importlib import import_module

import kcs

for _module in pkgutil.walk_packages(kcs.__path__, "kcs."):
    import_module(_module.name)
gc.freeze()
