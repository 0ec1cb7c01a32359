"""The kcs.toml of a new base: every key with what it means, the ones that matter first set to what holds anyway."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from kcs.kb.settings.keys import TABLES, TOP_KEYS, Key, Table
from kcs.kb.settings.toml_lines import quoted

_WIDTH = 110
# Set, so that who opens the file sees what holds; each at its default, so that taking a line out changes nothing.
_SET = {("", "timezone"), ("", "audiences"), ("articles", "include"), ("articles", "exclude")}

_EXPLAINED = next(table.keys for table in TABLES if table.name == "defaults")


def config_text(language: str = "") -> str:
    """The whole file. `# words` explain, `#key = value` is an example: without its # it holds.

    `language` is what articles are in that do not say; without one nothing is said of it.
    """
    return "\n".join("\n".join(part) + "\n" for part in _parts(language))


def _parts(language: str) -> Iterator[list[str]]:
    yield [
        *_words("What this knowledge base is. Lines that begin with # and a blank explain; a line such as"),
        *_words(
            "#engine = ... is an example: take its # away and it holds. `kcs doctor` says whether all is well."
        ),
    ]
    yield [line for key in TOP_KEYS for line in _key(key, "")]
    for table in TABLES:
        yield list(_table(table, language))


def _table(table: Table, language: str) -> Iterator[str]:
    yield from _words(table.doc)
    # An empty [[policy]] would be a policy; an empty [table] is nothing.
    if table.many:
        yield from _words(f"Take the # of [[{table.name}]] away as well; there may be many.")
    yield f"#[[{table.name}]]" if table.many else f"[{table.name}]"
    if table.example:
        yield f"#{table.example}"
    shown = table.example.partition(" ")[0]
    if table.keys and not any(key.doc for key in table.keys):
        yield from _words("The other keys, each at its own name: write what this base calls it.")
    for key in table.keys:
        if key.name == shown:
            continue
        if table.many and key in _EXPLAINED:
            if key is _EXPLAINED[0]:
                yield from _words("The keys of [defaults], each as it is explained there:")
            yield f"#{key.name} = {key.example}"
            continue
        if key.name == "language" and table.name == "defaults" and language:
            yield from _words(key.doc)
            yield f"language = {quoted(language)}"
        else:
            yield from _key(key, table.name)


def _key(key: Key, table: str) -> Iterator[str]:
    choices = f" One of: {', '.join(key.choices)}." if key.choices else ""
    yield from _words(f"{key.doc}{choices}")
    value = key.example or quoted(key.name)
    yield f"{key.name} = {value}" if (table, key.name) in _SET else f"#{key.name} = {value}"


def _words(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH - 2)]
