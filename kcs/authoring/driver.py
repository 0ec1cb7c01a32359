"""The merge driver: merges in place what Git hands over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kcs.article.days import ORDERS
from kcs.authoring.merge import MappedDate, Merged, merge
from kcs.kb.files import read_file, read_kept, write_file
from kcs.kb.git.merge import Lines


def drive(
    base: Path, ours: Path, theirs: Path, marker_size: int, path: str, labels: Sequence[str] = ()
) -> tuple[bool, str]:
    """Merge the three files into `ours`: whether no conflict is left, and what went wrong with us, if anything did.

    FileProblem and RepositoryProblem: nothing was merged, and `ours` is as it was.
    """
    old, mine, other = (read_file(file) for file in (base, ours, theirs))
    lines = Lines(Path.cwd(), _labels(labels), marker_size)
    try:
        merged, odd = merge(old, mine, other, lines, lambda: mapped_date(Path(path))), ""
    except Exception as error:  # whatever we fail at, Git still merges as it would without us
        raw, conflicts = lines(old, mine, other)
        merged, odd = Merged(raw, body=conflicts > 0, whole=True), f"{type(error).__name__}: {error}"
    if merged.raw != mine:
        write_file(ours, merged.raw)
    return merged.clean, odd


def _labels(given: Sequence[str]) -> tuple[str, str, str]:
    """Git gives ancestor, ours, theirs; before 2.44 it leaves the placeholders as they are."""
    if len(given) != 3 or any(label.startswith("%") for label in given):
        return "ours", "base", "theirs"
    return given[1], given[0], given[2]


def mapped_date(path: Path) -> MappedDate:
    """What the knowledge base around `path` calls its verification date, and how it writes days.

    In the middle of a merge kcs.toml may itself be in conflict: then nobody knows, and the key is one like others.
    """
    from kcs.errors import ConfigProblem
    from kcs.kb.articles import MAPPED_DATE
    from kcs.kb.settings.config import CONFIG_NAME, parse_toml

    for folder in path.parents:
        try:
            raw = read_kept(folder / CONFIG_NAME)
        except OSError:
            continue
        try:
            said = parse_toml(raw, CONFIG_NAME)[1]
        except ConfigProblem:
            break
        fields, order = said.get("fields"), said.get("date_order", "")
        found = fields.get(MAPPED_DATE) if isinstance(fields, dict) else None
        return MappedDate(found if isinstance(found, str) else "", order if order in ORDERS else "")
    return MappedDate()
