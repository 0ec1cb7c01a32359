"""The house: imports point down, and a feature uses another's face, never a module inside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A room may use those on its own level and below.
GROUND = {
    "digest",
    "errors",
    "faces",
    "foreign",
    "hints",
    "patterns",
    "standins",
    "streams",
    "counting",
    "tuples",
}  # single modules that anybody may use
LEVELS = (GROUND, {"article"}, {"kb", "privacy"}, {"authoring", "search", "audit", "coverage", "insight", "teamwork", "urls"}, {"render"}, {"cli"})  # fmt: skip
LEVEL = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
FEATURES = LEVELS[3]


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """(line, module of ours) of every import in a file, those inside functions and for types alone included."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kcs."):
            for name in node.names:
                deeper = f"{node.module}.{name.name}"
                yield node.lineno, deeper if exists(deeper) else node.module
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names if one.name.startswith("kcs."))


def exists(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_imports_point_down_and_features_meet_at_their_faces() -> None:
    wrong, seen = [], 0
    for file in sorted((ROOT / "kcs").rglob("*.py")):
        own = room(file.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."))
        if not own or own.startswith("__"):
            continue
        assert own in LEVEL, f"{file.relative_to(ROOT)}: a room that no level names"
        for line, module in imports(file):
            other, seen = room(module), seen + 1
            if not other or other.startswith("__"):
                continue
            place = f"{file.relative_to(ROOT)}:{line}: {module}"
            if LEVEL[other] > LEVEL[own]:
                wrong.append(f"{place} points up")
            inside = (ROOT / module.replace(".", "/")).with_suffix(".py").is_file()
            if other != own and {own, other} <= FEATURES and inside:
                wrong.append(f"{place} is inside another feature")
    assert seen > 1000, "no imports were read"
    assert not wrong, "\n".join(wrong)


def test_the_map_for_contributors_names_every_room_and_nothing_that_is_not_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`((?:kcs|tests|docs|bench|templates|examples|ci|\.ci)(?:/[\w.*/-]+)?)`", text))
    gone = [one for one in named if not (any(ROOT.glob(one)) if "*" in one else (ROOT / one).exists())]
    assert len(named) > 40 and not gone
    rooms = {f"kcs/{one.parent.name}" for one in (ROOT / "kcs").glob("*/__init__.py")}
    assert rooms <= named, f"rooms without a line: {rooms - named}"
