"""Whether past articles still said what was vouched for, with links and pictures as they were at that moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kcs.insight.past_articles import Past, Source, claim_evidence, stamp_evidence
from kcs.kb.destinations import leads_out, split_anchor
from kcs.kb.fingerprints import Fingerprints
from kcs.kb.git.repository import path_bytes
from kcs.kb.keys import Name
from kcs.kb.links import LinkTable
from kcs.kb.past.past_texts import MISSING_IMAGE, PastSkeletons, alike_texts, image_digest
from kcs.kb.source import title_key

if TYPE_CHECKING:
    from kcs.article.fingerprint import Skeleton
    from kcs.insight.past_ground import Ground
    from kcs.insight.past_story import Frame
    from kcs.kb.articles import Article
    from kcs.kb.git.graph import Log
    from kcs.kb.git.repository import Repository


# Blob that vouches, blob it is to vouch for, the key that holds the title, the second one's title.
Pair = tuple[str, str, str, str]
_ESCAPING = frozenset("&\\")
# Pairs whose texts are in memory together.
_AT_ONCE = 1000


class Texts:
    """Whether versions count as the same content, by title and text alone."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._known: dict[tuple[str, str, str], bool | None] = {}

    def compare(self, pairs: Iterable[Pair]) -> None:
        """Prepare `alike`, the second of each pair being readable."""
        asked = [one for one in dict.fromkeys(pairs) if one[0] != one[1] and one[:3] not in self._known]
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            raws = dict(self._repo.blobs(dict.fromkeys(oid for one in some for oid in one[:2])))
            for then, now, key, title in some:
                self._known[then, now, key] = alike_texts(raws[then], raws[now], title, key)

    def alike(self, then: str, now: str, key: str) -> bool | None:
        """The same for a pair, destinations as spelt included; None if only skeletons tell."""
        return True if then == now else self._known[then, now, key]

    def left_open(self, past: Past, ground: Ground) -> set[str]:
        """The versions whose skeletons are needed to know whether the article counts for what vouches for it."""
        found: set[str] = set()
        article, key = past.article, title_key(ground.config)
        for source in past.sources.values():
            alike = self.alike(source.blob, article.oid, key) if source else False
            if source and not (alike is False or (alike and _at_home(article, source))):
                found |= {article.oid, article.oid if alike else source.blob}
        return found


def _at_home(article: Article, source: Source) -> bool:
    """Whether the same text counts the same there, whatever else is in the base."""
    return source.path == article.path and not article.settings.images


class Comparing:
    """Compares texts of one log. `skeletons` holds those of every version that is asked for."""

    def __init__(
        self,
        repo: Repository,
        log: Log,
        prefix: bytes,
        texts: Texts,
        skeletons: Callable[[Ground], PastSkeletons],
    ) -> None:
        self._repo, self._log, self._prefix = repo, log, prefix
        self._texts, self._skeletons = texts, skeletons
        self._pictures: dict[str, str] = {}
        self._kept: tuple[Frame, Fingerprints] | None = None

    def judge(self, frame: Frame, past: Past) -> None:
        """Judge an article whose verdict depends on its text, as it was in this frame."""
        article = past.article
        if past.bound:
            now = self.skeleton(frame.ground, article.oid)
            today = self._print(frame, now, article.path, article.settings.images) if now else ""
            past.by_links = bool(now and now.destinations)
            past.judge(stamp_evidence(past.bound, today), frame.ground.config.adoption)
            return
        past.by_links = False
        past.same = {name: self._same(frame, past, name) for name in past.article.claims}
        past.judge(claim_evidence(past, self._log, frame.ground), frame.ground.config.adoption)

    def skeleton(self, ground: Ground, oid: str) -> Skeleton | None:
        """A version's skeleton; None if it was unreadable."""
        skeletons = self._skeletons(ground)
        skeletons.load([oid])
        return skeletons.get(oid)

    def _same(self, frame: Frame, past: Past, name: str) -> bool:
        article, source = past.article, past.sources.get(name)
        if source is None:
            return True
        alike = self._texts.alike(source.blob, article.oid, title_key(frame.ground.config))
        if alike is False:
            return False
        if alike and _at_home(article, source):
            return True
        now = self.skeleton(frame.ground, article.oid)
        then = now if alike else self.skeleton(frame.ground, source.blob)
        if then is None or now is None or then.digest != now.digest:
            return False
        pictures = article.settings.images and any(image for _, image in now.destinations)
        if source.path == article.path and not pictures:
            if then == now:
                return True
            if self._apart(frame, then, now):
                past.by_links = True
                return False
        past.by_links = True
        images = article.settings.images
        before = self._print(
            frame, then, source.path, images, lambda path: self._picture(self._blob_at(path, source.commit))
        )
        return before == self._print(frame, now, article.path, images)

    def _apart(self, frame: Frame, then: Skeleton, now: Skeleton) -> bool:
        """Whether some destination is spelt differently and certainly
        led out of the base: then no table of links is needed.
        """
        root = frame.ground.config.link_root.rstrip("/") or "/"
        spelt = set()
        for (before, _), (after, _) in zip(then.destinations, now.destinations, strict=True):
            for one in (before, after) if before != after else ():
                if one[:1] == "#":
                    return True
                if leads_out(one) and not one.startswith(root) and not _ESCAPING & set(one):
                    spelt.add(split_anchor(one)[0])
        return bool(spelt) and not spelt <= {past.article.id for past in frame.pasts.values()}

    def _print(
        self,
        frame: Frame,
        skeleton: Skeleton,
        path: str,
        images: bool,
        picture: Callable[[str], str] | None = None,
    ) -> str:
        if self._kept is None or self._kept[0] is not frame:
            table = self._link_table(frame)
            self._kept = frame, Fingerprints(lambda: table, lambda path: self._picture_in(frame, path))
        return self._kept[1].of_version(skeleton, path, images=images, image_digest=picture)

    def _blob_at(self, path: str, commit: int) -> str:
        return self._log.blob(self._prefix + path_bytes(path), commit).decode("ascii")

    def _picture(self, blob: str) -> str:
        if not blob:
            return MISSING_IMAGE
        if blob not in self._pictures:
            self._pictures[blob] = image_digest(next(raw for _, raw in self._repo.blobs([blob])))
        return self._pictures[blob]

    def _link_table(self, frame: Frame) -> LinkTable:
        ground, articles = frame.ground, (past.article for past in frame.pasts.values())
        return LinkTable.under(
            ground.config,
            ground.moves,
            [Name(one.path, one.id, one.permalink) for one in articles],
            lambda path: self._prefix + path_bytes(path) in frame.live,
        )

    def _picture_in(self, frame: Frame, path: str) -> str:
        state = frame.live.get(self._prefix + path_bytes(path))
        return self._picture(state.blob.decode("ascii") if state else "")
