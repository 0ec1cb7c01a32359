"""One YAML block to plain Python: text stays what the user typed, and no input crashes, hangs or explodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from kcs.article.yaml_block import BlockError, Note, Parsed
from kcs.article.yaml_limits import BaseLoader, check_depth, check_expansion, may_be_deep

if TYPE_CHECKING:
    from yaml.nodes import Node


_TAG = "tag:yaml.org,2002:"
_STR, _NULL, _BOOL, _MERGE = (_TAG + name for name in ("str", "null", "bool", "merge"))
# Known tags keep the text as typed: a date or a number that cannot be one is our finding, not a crash.
_TEXT_TAGS = {_STR, *(_TAG + name for name in ("int", "float", "timestamp", "binary"))}
_LIST_TAGS = {_TAG + name for name in ("seq", "omap", "pairs")}
_DICT_TAGS = {_TAG + name for name in ("map", "set")}
_IMPLICIT = {"": _NULL, "~": _NULL, "null": _NULL, "Null": _NULL, "NULL": _NULL, "<<": _MERGE}
_BOOLS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class _Builder:
    """Turns nodes into plain values; merge keys (`<<`) work as they do in PyYAML."""

    def __init__(self) -> None:
        self.notes: dict[Note, None] = {}

    def value(self, node: Node) -> Any:
        if type(node) is ScalarNode:
            return node.value if node.tag == _STR else self._scalar(node)
        if type(node) is MappingNode:
            return self._mapping(node)
        if node.tag not in _LIST_TAGS:
            raise _bad_tag(node)
        return [self.value(item) for item in node.value]

    def _scalar(self, node: ScalarNode) -> Any:
        if node.tag in _TEXT_TAGS or node.tag == _MERGE:
            return node.value
        if node.tag == _NULL:
            return None
        word = node.value.lower()
        if node.tag != _BOOL or word not in _BOOLS:
            raise _bad_tag(node)
        return _BOOLS[word]

    def _mapping(self, node: MappingNode) -> dict[str, Any]:
        if node.tag not in _DICT_TAGS:
            raise _bad_tag(node)
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            if key_node.tag == _MERGE:
                merged.update(self._merge(value_node))
                continue
            key = self._key(key_node)
            if key in seen:
                self.notes[Note("duplicate-key", key, key_node.start_mark.index, seen[key])] = None
            else:
                seen[key] = key_node.start_mark.index
            own[key] = self.value(value_node)
        return {**merged, **own} if merged else own

    def _key(self, node: Node) -> str:
        index = node.start_mark.index
        if type(node) is not ScalarNode:
            raise BlockError("non-string-key", "a key is a list or a mapping, not a word", index)
        if node.tag != _STR:
            self.value(node)
            self.notes[Note("non-string-key", node.value, index)] = None
        return str(node.value)

    def _merge(self, node: Node) -> dict[str, Any]:
        sources = node.value if type(node) is SequenceNode else [node]
        merged: dict[str, Any] = {}
        for source in reversed(sources):
            if type(source) is not MappingNode:
                raise BlockError("invalid-yaml", "`<<` can only merge a mapping", source.start_mark.index)
            merged.update(self._mapping(source))
        return merged


class StrictLoader(BaseLoader):
    """A safe loader that resolves null, true and false (and `<<`) and leaves every other scalar a string."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._text = stream

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """The tag of a node that has no explicit one."""
        if kind is not ScalarNode:
            return _TAG + ("seq" if kind is SequenceNode else "map")
        if not implicit[0]:
            return _STR
        known = _IMPLICIT.get(value)
        if known is None and value[:1] in ("t", "f", "T", "F") and value.lower() in ("true", "false"):
            return _BOOL
        return known or _STR

    def get_single_data(self) -> Parsed:
        """The block's value; raises BlockError or a yaml.YAMLError."""
        text = self._text
        if may_be_deep(text):
            check_depth(text)
        root = self.get_single_node()
        if root is None:
            return Parsed(None)
        if "&" in text and "*" in text:
            check_expansion(root)
        builder = _Builder()
        data = builder.value(root)
        keys: tuple[tuple[str, int], ...] = ()
        if type(root) is MappingNode:
            keys = tuple((key.value, key.start_mark.index) for key, _ in root.value)
        return Parsed(data, keys, tuple(builder.notes))


class _Handler(YAMLHandler):
    """python-frontmatter's handler with our loader.

    Its splitting is not used: it strips the body, keeps no offsets, and passes over a BOM, an unclosed block,
    a list at the root and repeated keys in silence.
    """

    def load(self, fm: str, **kwargs: object) -> Any:
        return super().load(fm, **{**kwargs, "Loader": StrictLoader})


_HANDLER = _Handler()


def parse_yaml(text: str) -> Parsed:
    """The value of one YAML text, whatever it is; raises BlockError, whatever is wrong with it."""
    try:
        parsed: Parsed = _HANDLER.load(text)
    except Exception as error:
        raise _as_block_error(error, text) from error
    return parsed


def _as_block_error(error: Exception, text: str) -> BlockError:
    """What PyYAML raised, with the place of it; an error that is none of its own is raised again."""
    if isinstance(error, BlockError):
        return error
    if isinstance(error, yaml.reader.ReaderError):
        place = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        return BlockError("invalid-yaml", "a control character", place.start() if place else None)
    if isinstance(error, yaml.MarkedYAMLError):
        if nbsp := re.search(
            r"^[ \t-]*+[\w-]++:[\u00a0\u2007\u202f]", text, re.MULTILINE
        ):  # what PyYAML says hides it
            return BlockError(
                "invalid-yaml", "a no-break space after a colon: type a plain one", nbsp.end() - 1
            )
        mark = error.problem_mark or error.context_mark
        words = ", ".join(part for part in (error.context, error.problem) if part)
        # Some versions of libyaml refuse deep nesting before our own count does.
        code = "too-deep" if "maximum nesting depth" in words else "invalid-yaml"
        return BlockError(
            code,
            _plainly(words, text[mark.index : mark.index + 1] if mark else ""),
            mark.index if mark else None,
        )
    if isinstance(error, (yaml.YAMLError, ValueError, OverflowError, RecursionError)):
        return BlockError("invalid-yaml", str(error))
    raise error


def _plainly(words: str, sign: str) -> str:
    """What an author does about the two slips that are made most, instead of what a parser says of them."""
    if "mapping values are not allowed" in words:
        return "a second colon in one line: put the value in quotes"
    if "cannot start any token" in words and sign.isprintable() and sign.strip():
        return f"no value can begin with {sign}: put it in quotes"
    return words


def _bad_tag(node: Node) -> BlockError:
    tag = node.tag.replace(_TAG, "!!")
    return BlockError("invalid-yaml", f"the tag {tag} does not fit here", node.start_mark.index)
