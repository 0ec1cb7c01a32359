"""An article that is a translation: which it translates, and what changed there since."""

from __future__ import annotations

from dataclasses import dataclass

from kcs.article.front_matter import read
from kcs.article.splice import flow_mapping, scalar, set_value
from kcs.article.splice_inner import set_inner
from kcs.authoring.diffs import Comparison, since_content
from kcs.authoring.editing import name_to_write
from kcs.errors import CannotEdit
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.translated import KEY, origin_name


@dataclass(frozen=True, slots=True)
class Original:
    """What `translation_of` names; `name` is empty if it names nothing.
    `article` is None if the base holds no such article that can be read.

    `comparison`: the original beside what it said when it was translated; None if that cannot be known.
    """

    name: str
    article: Article | None = None
    comparison: Comparison | None = None


def link_to(kb: KnowledgeBase, original: Article) -> str:
    """The value of `translation_of`: the original, which can be read, and the fingerprint of what it says today."""
    return flow_mapping([("id", name_to_write(original)), ("content", kb.fingerprints.of(original))])


def original_of(kb: KnowledgeBase, article: Article) -> Original | None:
    """What the article translates, and how that changed; None if it is no translation."""
    found = article.record.meta.get(KEY)
    if found is None:
        return None
    name = origin_name(article.record.meta)
    content = found.get("content") if isinstance(found, dict) else None
    original = kb.by_path.get(kb.translated.get(article.path, ""))
    if original is None or original.unreadable:
        return Original(name)
    compared = since_content(kb, original, content) if isinstance(content, str) else None
    return Original(name, original, compared)


def translations(kb: KnowledgeBase, original: Article) -> list[Article]:
    """The articles that say they translate this one."""
    return [one for one in kb.articles if kb.translated.get(one.path) == original.path]


def renewed(kb: KnowledgeBase, article: Article, raw: bytes) -> bytes:
    """The translation's file, saying that it translates what the original says today."""
    original = original_of(kb, article)
    if original is None or original.article is None:
        return raw
    if original.comparison is not None and original.comparison.kind == "same":
        return raw
    held, now = article.record.meta[KEY], kb.fingerprints.of(original.article)
    if not isinstance(held, dict) or held.keys() == {"id"}:
        return set_value(raw, KEY, link_to(kb, original.article))
    if "content" not in held:
        raise CannotEdit(
            f"`{KEY}` has no place for the fingerprint of what it translates",
            path=article.path,
            line=read(raw).lines.get(KEY),
            hint="add `content:` to it, with nothing behind the colon",
        )
    return set_inner(raw, KEY, "content", scalar(now, '"'))  # what else it says is its writer's
