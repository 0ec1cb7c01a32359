"""Several new articles at once, each as `kcs new` makes one: all of their files, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.authoring.new import NewArticle
    from kcs.authoring.wanted import Wanted
    from kcs.kb.base import KnowledgeBase


def plan_articles(
    kb: KnowledgeBase, wishes: Iterable[tuple[Wanted, Mapping[str, str]]]
) -> Iterator[NewArticle]:
    """Each article with front matter of its own, as YAML of one line. Nothing is written."""
    from kcs.authoring.new import plan_in
    from kcs.authoring.surroundings import Surroundings
    from kcs.authoring.wanted import Given

    around = Surroundings(kb.root, kb.config)
    for wanted, pairs in wishes:
        yield plan_in(around, kb.today, wanted, Given(pairs=pairs))


def write_together(
    kb: KnowledgeBase, articles: Sequence[NewArticle], message: str | None = None
) -> str | None:
    """Put all of them in place; the commit's id if `message` asks for one.

    FileProblem if something is in the place of one, and then none is there; RepositoryProblem if Git refuses.
    """
    from kcs.authoring.writing import commit_written, lock_folder, no_repository
    from kcs.kb.files import lock
    from kcs.kb.journal import Work, Write, do_work

    if message is not None and kb.repo is None:
        raise no_repository()
    top, folder = (kb.repo.root if kb.repo else kb.root), lock_folder(kb)
    paths = [kb.prefix + one.path for one in articles]
    writes = [Write(path, None, one.raw) for path, one in zip(paths, articles, strict=True)]
    with lock(folder):
        do_work(top, folder, Work("the writing of new articles", writes))
        return commit_written(kb, paths, message) if message is not None else None
