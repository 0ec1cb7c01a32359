"""Whether past articles still said what was vouched for, with links and pictures as they were at that moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kcs.insight.past_articles import Past, claim_evidence, stamp_evidence
from kcs.kb.git import path_bytes
from kcs.kb.links import LinkTable, Name
from kcs.kb.verdicts import MISSING_IMAGE, Fingerprints, PastSkeletons, image_digest

if TYPE_CHECKING:
    from kcs.article.fingerprint import Skeleton
    from kcs.insight.past_ground import Ground
    from kcs.insight.past_story import Frame
    from kcs.kb.git import Repository
    from kcs.kb.git_graph import Log


class Comparing:
    """Compares texts of one log. `skeletons` holds those of every version that is asked for."""

    def __init__(
        self, repo: Repository, log: Log, prefix: bytes, skeletons: Callable[[Ground], PastSkeletons]
    ) -> None:
        self._repo, self._log, self._prefix, self._skeletons = repo, log, prefix, skeletons
        self._pictures: dict[str, str] = {}
        self._kept: tuple[Frame, Fingerprints] | None = None

    def judge(self, frame: Frame, past: Past) -> None:
        """Judge an article whose verdict hangs on its text, as it stood in this frame."""
        article = past.article
        now = self.skeleton(frame.ground, article.oid)
        if past.bound:
            today = self._print(frame, now, article.path, article.settings.images) if now else ""
            past.by_links = bool(now and now.destinations)
            past.judge(stamp_evidence(past.bound, today), frame.ground.config.adoption)
            return
        past.by_links = False
        past.same = {name: self._same(frame, past, now, name) for name in past.article.claims}
        past.judge(claim_evidence(past, self._log, frame.ground), frame.ground.config.adoption)

    def skeleton(self, ground: Ground, oid: str) -> Skeleton | None:
        """Of a version; None where it was unreadable."""
        return self._skeletons(ground).get(oid)

    def _same(self, frame: Frame, past: Past, now: Skeleton | None, name: str) -> bool:
        article, source = past.article, past.sources.get(name)
        if source is None:
            return True
        pictures = article.settings.images and now is not None and any(image for _, image in now.destinations)
        at_home = source.path == article.path and not pictures
        if at_home and source.blob == article.oid:
            return True
        then = self.skeleton(frame.ground, source.blob)
        if then is None or now is None or then.digest != now.digest:
            return False
        if at_home and then == now:
            return True
        past.by_links = True
        images = article.settings.images
        before = self._print(
            frame, then, source.path, images, lambda path: self._picture(self._blob_at(path, source.commit))
        )
        return before == self._print(frame, now, article.path, images)

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
            self._kept = frame, Fingerprints(table, lambda path: self._picture_in(frame, path))
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
        config, articles = frame.ground.config, (past.article for past in frame.pasts.values())
        return LinkTable(
            [Name(one.path, one.id, one.permalink) for one in articles],
            frame.ground.moves.keys,
            former=frame.ground.moves.former,
            root=config.link_root,
            by_permalink=config.link_by == "permalink",
            exists=lambda path: self._prefix + path_bytes(path) in frame.live,
        )

    def _picture_in(self, frame: Frame, path: str) -> str:
        state = frame.live.get(self._prefix + path_bytes(path))
        return self._picture(state.blob.decode("ascii") if state else "")
