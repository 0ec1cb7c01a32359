"""The fingerprints of articles, today's and those of earlier versions, with links by what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kcs.article.fingerprint import Resolver, Skeleton, counted, fingerprint
from kcs.kb.articles import Article

if TYPE_CHECKING:
    from kcs.article.likeness import Destination
    from kcs.kb.links import LinkTable


class Fingerprints:
    """The fingerprints of articles in one state: the skeleton by content, the links by what they name."""

    def __init__(self, links: Callable[[], LinkTable], image_digest: Callable[[str], str]) -> None:
        """`links` is called only for an article with destinations."""
        self._links = links
        self._image_digest = image_digest

    def of(self, article: Article) -> str:
        """Today's fingerprint of a readable article."""
        skeleton = article.record.skeleton
        if skeleton is None:
            raise ValueError(f"{article.path} is unreadable and has no fingerprint")
        return self._of(skeleton, article.path, article.settings.images)

    def of_version(
        self,
        skeleton: Skeleton,
        path: str,
        *,
        images: bool = False,
        image_digest: Callable[[str], str] | None = None,
    ) -> str:
        """The fingerprint of a version, then at `path`, with links as they resolve today, following later moves.

        `image_digest` gives a picture's digest as of then; without it, pictures count as of today.
        """
        return self._of(skeleton, path, images, image_digest, past=True)

    def _of(
        self,
        skeleton: Skeleton,
        path: str,
        images: bool,
        image_digest: Callable[[str], str] | None = None,
        *,
        past: bool = False,
    ) -> str:
        if not skeleton.destinations:
            return fingerprint(skeleton, None)
        digest = (image_digest or self._image_digest) if images else None
        resolve = self._resolver(path, digest, past=past)
        if images and image_digest:
            resolve = self._with_lost_images(resolve, path, image_digest)
        return fingerprint(skeleton, resolve)

    def leads(self, article: Article, destinations: Iterable[Destination]) -> list[tuple[str, str]]:
        """What these destinations of an article count as in its fingerprint."""
        digest = self._image_digest if article.settings.images else None
        resolve = self._resolver(article.path, digest, past=False)
        return [counted(spelt, image, resolve) for spelt, image in destinations]

    def lead_alike(
        self, leads: Iterable[tuple[Destination, Destination]], path: str, *, past: bool, images: bool = False
    ) -> bool:
        """Whether links of a version at `path` count the same as those of another
        version (`past`) or of today; pictures, if they count, as of today.
        """
        digest = self._image_digest if images else None
        before, after = self._resolver(path, digest, past=True), self._resolver(path, digest, past=past)
        return all(counted(*one, before) == counted(*other, after) for one, other in leads)

    def _resolver(self, path: str, digest: Callable[[str], str] | None = None, *, past: bool) -> Resolver:
        links = self._links()
        named = links.resolve_past if past else links.resolve

        def resolve(destination: str, is_image: bool) -> str | None:
            target = named(destination, path)
            if target is None:
                return None
            counts = f"{target.key}{target.anchor}"
            return f"{counts} {digest(target.path)}" if digest and is_image else counts

        return resolve

    def _with_lost_images(self, named: Resolver, path: str, digest: Callable[[str], str]) -> Resolver:
        """Also names the pictures that a version showed and that
        are gone: as spelt, they would count as never there.
        """
        from kcs.kb.past.past_texts import MISSING_IMAGE

        links = self._links()

        def resolve(destination: str, is_image: bool) -> str | None:
            found = named(destination, is_image)
            if found is None and is_image:
                lost = links.lost(destination, path, lambda one: digest(one) != MISSING_IMAGE)
                return f"{links.key(lost)} {digest(lost)}" if lost else None
            return found

        return resolve
