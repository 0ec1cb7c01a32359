"""What capturing costs: `python bench/capturing.py [--write]`, ten tickets from the command to not-validated.

Each ticket of examples/tickets that bench/captures.toml names is captured in a copy of examples/kb: the
command is run in a shell as it stands there, the sections are written and the cuts made in the file, and `kcs
state ID not-validated` ends it. A keystroke is a typed character, Enter among them; a Vietnamese sign takes
one key more for each of its marks; a cut is a selection and a key, so two; Shift, moving about in the editor,
and the shell's completion are not counted. --write puts the tables between the marks of docs/capturing.md.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from unicodedata import name, normalize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.pages import DOCS, place  # noqa: E402
from kcs.article.headings import section_key  # noqa: E402

RUNS = 3
PERSON = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER")
          for key, value in (("NAME", "Nok S."), ("EMAIL", "nok@marlo.example"))}  # fmt: skip


@dataclass(frozen=True)
class Done:
    """One capture: seconds are medians; `written` and `cuts` what the agent did to the file by hand."""

    ticket: str
    command: str
    seconds: float
    said: str
    sections: list[str]
    written: int
    cuts: list[str]
    path: Path
    before: str
    after: str
    state_command: str
    state_seconds: float
    state_said: str

    @property
    def keys(self) -> int:
        """Everything that the agent typed."""
        return len(self.command) + 1 + self.written + 2 * len(self.cuts) + len(self.state_command) + 1


def main() -> int:
    """Print the tables; with --write store them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true")
    write = options.parse_args().write
    captures = tomllib.loads((ROOT / "bench/captures.toml").read_text("utf-8"))["capture"]
    with tempfile.TemporaryDirectory() as home:
        base = new_base(Path(home))
        done = [capture(one, base, Path(home)) for one in captures]
    text = f"{table(done)}\n\n{by_hand(done)}\n\n{one_in_full(done[0])}"
    print(text)
    if write:
        place(DOCS / "capturing.md", "capturing", text)
    return 0


def new_base(home: Path) -> Path:
    """A copy of the example base in a repository of its own."""
    base = home / "kb"
    shutil.copytree(ROOT / "examples/kb", base)
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "base")):
        subprocess.run(["git", *words], cwd=base, env={**os.environ, **PERSON}, check=True)
    return base


def capture(one: dict[str, Any], base: Path, home: Path) -> Done:
    """The whole way of one ticket; the command is run three times, and what the first two made is taken away again."""
    seconds, made = [], Path()
    for attempt in range(RUNS):
        # Somebody at a terminal is shown the near-duplicates and says c; here there is nobody to ask.
        taken, out, said = timed(f"{one['command']} --force", base, home)
        seconds.append(taken)
        made = base / Path(out.strip()).relative_to(base)
        if attempt < RUNS - 1:
            made.unlink()
    before = made.read_text("utf-8")
    after = cut(fill(before, one["write"]), one["out"])
    made.write_text(after, "utf-8")
    command = f"kcs state {re.search(r'^id: (.+)$', after, re.MULTILINE)[1]} not-validated"  # type: ignore[index]
    states = []
    for attempt in range(RUNS):
        if attempt:
            made.write_text(after, "utf-8")
        taken, _, told = timed(command, base, home)
        states.append(taken)
    typed = sum(keystrokes(text.strip("\n")) for text in one["write"].values())
    return Done(one["ticket"], one["command"], median(seconds), said, list(one["write"]), typed, one["out"],
                made.relative_to(base), before, after, command, median(states), told)  # fmt: skip


def keystrokes(text: str) -> int:
    """How many keys these characters take."""
    marked = [sign for sign in text if "LATIN" in name(sign, "")]
    return len(text) + sum(len(normalize("NFD", sign)) - 1 + (sign in "đĐ") for sign in marked)


def timed(command: str, base: Path, home: Path) -> tuple[float, str, str]:
    """Wall seconds of a command in a shell that stands in the folder of the tickets, and what it said."""
    env = {**os.environ, **PERSON, "KCS_KB": str(base), "XDG_CACHE_HOME": str(home / "cache"),
           "XDG_CONFIG_HOME": str(home / "config")}  # fmt: skip
    line = command.replace("kcs", f"{shlex.quote(sys.executable)} -m kcs", 1)
    env["PYTHONPATH"] = str(ROOT)
    start = time.perf_counter()
    done = subprocess.run(
        line, shell=True, cwd=ROOT / "examples/tickets", env=env, capture_output=True, check=False
    )
    taken = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr.decode()}")
    return taken, done.stdout.decode(), done.stderr.decode()


def fill(text: str, sections: dict[str, str]) -> str:
    """Each section with this text instead of the template's hint."""
    parts = re.split(r"(?m)^(?=## )", text)
    for number, part in enumerate(parts):
        key = section_key(part.partition("\n")[0].removeprefix("## "))
        if key in sections:
            parts[number] = f"{part.partition(chr(10))[0]}\n\n{sections[key].strip(chr(10))}\n\n"
    missing = set(sections) - {section_key(part.partition("\n")[0].removeprefix("## ")) for part in parts}
    if missing:
        raise SystemExit(f"no section {missing}")
    return "".join(parts)


def cut(text: str, pieces: list[str]) -> str:
    """Without these pieces, each of which must be there."""
    for piece in pieces:
        if piece not in text:
            raise SystemExit(f"not there to be cut: {piece!r}")
        text = text.replace(piece, "", 1)
    return text


def table(done: list[Done]) -> str:
    """What was typed and how long the machine took."""
    head = "| ticket | typed | keys | seconds | left out by the command |\n| --- | --- | ---: | ---: | --- |"
    rows = [
        f"| `{one.ticket}` | `{one.command}` | {len(one.command) + 1} | {one.seconds:.2f} | {left_out(one.said)} |"
        for one in done
    ]
    middle = median(len(one.command) + 1 for one in done)
    tail = f"Median: {middle:.0f} keys and {median(one.seconds for one in done):.2f} s a ticket."
    return "\n".join([head, *rows]) + f"\n\n{tail}"


def left_out(said: str) -> str:
    """What the command says that it left out, in short."""
    found = re.findall(r"left out: (\d+) x ([\w -]+?)(?: \(|$)", said, re.MULTILINE)
    return ", ".join(f"{count} {kind}" for count, kind in found) or "nothing"


def by_hand(done: list[Done]) -> str:
    """What the agent did after the command."""
    head = "| ticket | sections written | keys | cut by hand | `kcs state` | keys in all |\n| --- | --- | ---: | --- | --- | ---: |"
    rows = []
    for one in done:
        cuts = "; ".join(f"`{piece.strip()}`" for piece in one.cuts) or "nothing"
        state = f"{one.state_seconds:.2f} s, {warnings(one.state_said)}"
        rows.append(
            f"| `{one.ticket}` | {', '.join(one.sections)} | {one.written} | {cuts} | {state} | {one.keys} |"
        )
    return "\n".join([head, *rows]) + f"\n\nMedian: {median(one.keys for one in done):.0f} keys in all."


def warnings(said: str) -> str:
    """What `kcs state` warned of."""
    found = re.findall(r"^kcs: kb-\w+: (.+)$", said, re.MULTILINE)
    return "; ".join(found) or "no warning"


def one_in_full(one: Done) -> str:
    """The first capture from its first line to its last, as it was."""
    return (
        f"```console\n$ {one.command}\n.../{one.path.as_posix()}\n{one.said.strip()}\n```\n\nwhat it wrote:\n\n````markdown\n{one.before.rstrip()}\n````\n\n"
        f"and what stood there after {one.written} keys and {len(one.cuts)} cuts:\n\n````markdown\n{one.after.rstrip()}\n````"
    )


if __name__ == "__main__":
    sys.exit(main())
