"""What a base says of articles that are about to be made: looked up once, however many are made together."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.article.ids import BEGIN, LENGTH, new_id
from kcs.kb.settings.config import Config
from kcs.kb.walk import walk

if TYPE_CHECKING:
    from kcs.authoring.permalinks import Shape
    from kcs.authoring.placing import Folder
    from kcs.kb.settings.team import Team

_MOST_READ = 64 * 1024


class Surroundings:
    """The articles and the team around new articles, as they are when first asked for."""

    def __init__(self, root: Path, config: Config) -> None:
        self.root = root
        self.config = config
        self._shapes: dict[str, Shape] = {}

    @cached_property
    def paths(self) -> list[str]:
        """The articles' paths."""
        return list(walk(self.root, self.config))

    @cached_property
    def team(self) -> Team:
        """What team.toml says."""
        from kcs.kb.settings.team import TEAM_NAME
        from kcs.kb.settings.team_reader import load_team

        return load_team(self.root / TEAM_NAME)

    def new_id(self) -> str:
        """An id that nothing mentions, and that was not given out before."""
        made = new_id(self.is_mentioned)
        self._mentioned.add(made.removeprefix(BEGIN).encode())
        return made

    def is_mentioned(self, identifier: str) -> bool:
        """Whether any article holds this id, or links to what had it: such an id is used up."""
        return identifier.removeprefix(BEGIN).encode() in self._mentioned

    @cached_property
    def _mentioned(self) -> set[bytes]:
        """What follows `kb-` anywhere. Cutting there takes no longer than to look for one id, which a pattern would."""
        found, top, begin = set(), os.fspath(self.root), BEGIN.encode()
        for path in self.paths:
            try:
                # Not `open`: with its three objects a file, this check would cost more than all the rest of `kcs new`.
                descriptor = os.open(os.path.join(top, path), os.O_RDONLY | getattr(os, "O_BINARY", 0))  # noqa: PTH118
            except OSError:
                continue
            try:
                found.update([after[:LENGTH] for after in os.read(descriptor, _MOST_READ).split(begin)[1:]])
            except OSError:
                continue
            finally:
                os.close(descriptor)
        return found

    def permalink(self, folder: Folder, file_name: str) -> str:
        """The permalink of a new file, in the shape of its neighbours'."""
        from kcs.authoring.permalinks import shape_of

        shape = self._shapes.get(folder.name)
        if shape is None:
            shape = self._shapes[folder.name] = shape_of(self.root, self.config, folder, self.paths)
        return shape.of(file_name)
