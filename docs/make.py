"""Writes the parts of the documentation that the program itself can say; `--check` tells whether they are true.

The help of each command in docs/commands/, the keys of kcs.toml in docs/configuration.md, its JSON Schema, and the
pictures of docs/img/, which are the real commands run on the example knowledge base.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AS_OF = "2026-12-01"
PICTURES = {
    "search": (
        "search",
        "client",
        "gets",
        "no",
        "text",
        "reminder",
        "--limit",
        "3",
        "--no-log",
        "--as-of",
        AS_OF,
    ),
    "list": ("list", "articles/calendar", "articles/booking-page", "--as-of", AS_OF),
    "show": ("show", "kb-4c7mhx0q", "--as-of", AS_OF),
    "trust": ("trust", "--as-of", AS_OF),
    "queue": ("queue", "--as-of", AS_OF),
}
_BLOCK = "<!-- {0}: written by docs/make.py -->\n{1}\n<!-- end of {0} -->"


def main() -> int:
    """Write everything, or with --check name what is not as it would be written."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if anything is out of date"
    )
    check = options.parse_args().check
    stale = []
    for path, text in wanted().items():
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(path)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
    for path in stale:
        print(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT)}", file=sys.stderr)
    if check and stale:
        print("python docs/make.py writes them anew; read the difference", file=sys.stderr)
    return 1 if check and stale else 0


def wanted() -> dict[Path, str]:
    """Every generated file as it should be."""
    from kcs.audit.rule_pages import index, settings_schema
    from kcs.audit.rule_pages import page as rule_page
    from kcs.audit.rules import RULES
    from kcs.kb.settings.schema import KINDS, schema_text

    rules = settings_schema(RULES, KINDS)
    for kept in (ROOT / "docs/rules").glob("KCS*.md"):
        if kept.stem not in {entry.code for entry in RULES}:
            raise SystemExit(f"{kept.relative_to(ROOT)} is of a rule that is gone: delete it")
    files = {
        ROOT / "kcs/kb/kcs.schema.json": schema_text(rules),
        ROOT / "docs/configuration.md": configuration(),
    }
    files |= {ROOT / f"docs/rules/{entry.code}.md": rule_page(entry) for entry in RULES}
    files[ROOT / "docs/rules/README.md"] = index(RULES)
    with tempfile.TemporaryDirectory() as home:
        files |= {page(name): command_page(name, home) for name in command_names()}
        files |= {ROOT / f"docs/img/{name}.svg": picture(words, home) for name, words in PICTURES.items()}
    return files


def command_names() -> list[str]:
    """The names of all commands."""
    from kcs.cli.commands import COMMANDS

    return [entry.name for entry in COMMANDS]


def page(name: str) -> Path:
    """Where a command is documented."""
    return ROOT / f"docs/commands/{name}.md"


def command_page(name: str, home: str) -> str:
    """The page with today's help in its block; what people wrote around it stays."""
    # Typer's plain help: what a box looks like is Rich's business and changes with its versions.
    words = run([name, "--help"], home, TYPER_USE_RICH="0")
    text = (
        page(name).read_text("utf-8")
        if page(name).exists()
        else f"# kcs {name}\n\n{_BLOCK.format('help', '')}\n"
    )
    return replaced(text, "help", f"```text\n{strip(words)}\n```")


def replaced(text: str, name: str, inside: str) -> str:
    """`text` with what stands in the block called `name` replaced."""
    begin, end = _BLOCK.format(name, "\0").split("\0")
    pattern = re.compile(re.escape(begin.rstrip()) + ".*?" + re.escape(end.lstrip()), re.DOTALL)
    block = _BLOCK.format(name, inside)
    if not pattern.search(text):
        raise SystemExit(f"no block {name!r} in the page")
    return pattern.sub(lambda _: block, text)


def strip(text: str) -> str:
    """Without blanks at line ends and empty lines around."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def configuration() -> str:
    """docs/configuration.md with today's keys."""
    from kcs.kb.settings.keys import TABLES, TOP_KEYS, Key

    def row(key: Key) -> str:
        choices = " or ".join(f"`{one}`" for one in key.choices) if key.choices else key.kind
        return f"| `{key.name}` | {choices} | {key.doc or 'its name in the base'} | {f'`{key.example}`' if key.example else ''} |"

    head = "| key | value | meaning | example |\n| --- | --- | --- | --- |\n"
    parts = ["### At the top\n\n" + head + "\n".join(map(row, TOP_KEYS))]
    for table in TABLES:
        name = f"[[{table.name}]]" if table.many else f"[{table.name}]"
        body = (
            head + "\n".join(map(row, table.keys))
            if table.keys
            else f"Your own keys, for example `{table.example}`."
        )
        parts.append(f"### {name}\n\n{table.doc}\n\n{body}")
    path = ROOT / "docs/configuration.md"
    return replaced(path.read_text("utf-8"), "keys", "\n\n".join(parts))


def run(words: list[str] | tuple[str, ...], home: str, base: Path = ROOT / "examples/kb", **env: str) -> str:
    """What the real program prints in a base, with nobody's settings."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("KCS_", "XDG_", "GIT_"))}
    clean |= {
        "HOME": home,
        "XDG_CACHE_HOME": home,
        "XDG_CONFIG_HOME": home,
        "COLUMNS": "100",
        "TERM": "dumb",
    } | env
    clean["GIT_CONFIG_GLOBAL"] = os.devnull
    done = subprocess.run(
        [sys.executable, "-m", "kcs", *words],
        cwd=base,
        env=clean,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"kcs {' '.join(words)}: exit {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def picture(words: tuple[str, ...], home: str, base: Path = ROOT / "examples/kb") -> str:
    """The command's output as it looks in a terminal, as SVG."""
    from rich.console import Console
    from rich.text import Text

    shown = run(words, home, base, KCS_FORCE_TERMINAL="1", TERM="xterm-256color", COLORTERM="truecolor")
    console = Console(
        record=True,
        width=100,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        _environ={},
    )
    console.print(Text.from_ansi(f"$ kcs {' '.join(words)}\n{shown.rstrip()}"), soft_wrap=True)
    svg = placed(console.export_svg(title="kcs", unique_id="kcs"))
    # With its ligatures the font shows the x of kb-rsw1r1x6 as a sign of multiplication.
    return (
        strip(svg.replace("font-family: Fira Code,", "font-variant-ligatures: none; font-family: Fira Code,"))
        + "\n"
    )


_RUN = re.compile(r'<text class="(.*?)" x="(.*?)" y="(.*?)" textLength=".*?" clip-path="(.*?)">(.*?)</text>')
_WORDS = re.compile(r"[^\xa0]+(?:\xa0[^\xa0]+)*")
_CELL = 12.2
# Rich cuts the last line where its g and y still go on.
_END = re.compile(r'(kcs-clip-terminal">\s*<rect [^>]*height=")([\d.]+)')
_BELOW = 6


def placed(svg: str) -> str:
    """The picture with every column where a terminal has it, and without fonts from somebody's server.

    Rich reckons a run's length by code points, which stretches Thai, and leaves gaps as blanks, which some viewers
    drop. Here each stretch of words has its own place and the length of its cells.
    """
    from html import escape, unescape

    from rich.cells import cell_len

    def split(found: re.Match[str]) -> str:
        kind, x, y, clip, inside = found.groups()
        text = unescape(inside)
        parts = []
        for words in _WORDS.finditer(text):
            left = round(float(x) + _CELL * cell_len(text[: words.start()]), 1)
            length = round(_CELL * cell_len(words[0]), 1)
            shown = escape(words[0], quote=False).replace("\xa0", "&#160;")
            parts.append(
                f'<text class="{kind}" x="{left}" y="{y}" textLength="{length}" clip-path="{clip}">{shown}</text>'
            )
        return "".join(parts)

    svg = _END.sub(lambda found: f"{found[1]}{float(found[2]) + _BELOW:g}", svg)
    return _RUN.sub(split, re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL))


if __name__ == "__main__":
    sys.exit(main())
