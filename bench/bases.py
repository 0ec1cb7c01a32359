"""The bases that are measured: made once in a folder outside the repository, by seed, adopted by the real command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent


@dataclass(frozen=True)
class Ground:
    """Where the real data lies, where bases are made, and the program that is measured."""

    corpora: Path
    folder: Path

    @property
    def env(self) -> Mapping[str, str]:
        """Nobody's settings, and bytecode as an installed program has it, away from the tree that is worked on."""
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("GIT_", "KCS_", "XDG_", "PYTHON"))
        }
        return kept | {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PYTHONPATH": str(PROJECT),
            "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"),
            "GIT_AUTHOR_NAME": "Bench",
            "GIT_AUTHOR_EMAIL": "bench@example.com",
            "GIT_COMMITTER_NAME": "Bench",
            "GIT_COMMITTER_EMAIL": "bench@example.com",
        }

    def run(self, *arguments: str | Path, cwd: Path | None = None, **env: str) -> str:
        """What the command prints; RuntimeError where it fails."""
        done = subprocess.run(
            [str(one) for one in arguments],
            cwd=cwd or self.folder,
            env={**self.env, **env},
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments} exits {done.returncode}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode("utf-8", "replace")

    def kcs(self, *arguments: str) -> list[str]:
        """The real program."""
        return [sys.executable, "-m", "kcs", *arguments]

    def forget(self) -> None:
        """As on a machine where kcs never ran."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def fresh(self) -> Path:
        """A new base with one article."""
        return self._made("fresh", self._begin)

    def rackspace(self) -> Path:
        """1,390 real articles with their 8,145 commits, adopted."""
        return self._made("rackspace", self._clone)

    def scaled(self, size: int = 10_000) -> Path:
        """10,000 articles by scaled_kb.py, or more, one commit, adopted: verified by dates alone."""
        name = "scaled" if size == 10_000 else f"scaled-{size}"
        return self._made(name, lambda root: self._scale(root, size))

    def stamped(self) -> Path:
        """The same, each dated article with a native stamp for its content."""
        return self._made("stamped", self._stamp)

    def _made(self, name: str, make: Callable[[Path], None]) -> Path:
        root = self.folder / name
        if not (root / ".made").exists():
            shutil.rmtree(root, ignore_errors=True)
            print(f"making {root}", file=sys.stderr, flush=True)
            make(root)
            (root / ".git" / "info").mkdir(exist_ok=True)
            (root / ".git" / "info" / "exclude").write_text(".made\n")
            (root / ".made").touch()
        return root

    def _begin(self, root: Path) -> None:
        self.run(*self.kcs("init", str(root)))

    def _clone(self, root: Path) -> None:
        self.run("git", "clone", "--quiet", self.corpora / "rackspace-how-to.bundle", root)
        self._adopt(root)

    def _scale(self, root: Path, size: int) -> None:
        content = self.rackspace() / "content"
        self.run(sys.executable, self.corpora / "scaled_kb.py", content, root, str(size))
        self._adopt(root)

    def _stamp(self, root: Path) -> None:
        self.run("git", "clone", "--quiet", self.scaled(), root)
        self.run(sys.executable, HERE / "make_stamped.py", root)
        self.run("git", "add", "--all", cwd=root)
        self.run("git", "commit", "--quiet", "--message=Stamps", cwd=root)

    def _adopt(self, root: Path) -> None:
        self.run(*self.kcs("init", "--adopt", "--no-input"), cwd=root)
        self.run("git", "add", "kcs.toml", cwd=root)
        self.run("git", "commit", "--quiet", "--message=Adopt", cwd=root)
