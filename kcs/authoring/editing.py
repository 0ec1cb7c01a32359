"""How every change to an article's front matter begins: with the very bytes it was judged by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from shlex import quote

from kcs.errors import CannotEdit, FileProblem, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase

# Readable, yet two people may read two things in it: nothing is put into such a file.
_DOUBTFUL = ("merge-conflict", "duplicate-key")


def raw_to_edit(kb: KnowledgeBase, article: Article) -> bytes:
    """The bytes that `article` was read from. CannotEdit if they hold what must be mended first."""
    check_editable(article)
    raw = kb.raw(article)
    if kb.edited(article, raw).record.oid != article.record.oid:
        raise FileProblem(
            "was changed by somebody else in the meantime", path=article.path, hint="run it again"
        )
    return raw


def check_editable(article: Article) -> None:
    """CannotEdit, with the line, if its bytes hold what must be mended first."""
    for problem in article.record.problems:
        if problem.fatal or problem.code in _DOUBTFUL:
            raise CannotEdit(
                f"{problem.message}; nothing was written",
                hint=_way_out(article, problem.code),
                path=article.path,
                line=problem.line,
            )


def _way_out(article: Article, code: str) -> str:
    mends = (
        f"kcs resolve {quote(article.path)} mends what can be"
        if code == "merge-conflict"
        else "mend the file"
    )
    return f"{mends}, then run the command again"


@contextmanager
def naming(article: Article) -> Iterator[None]:
    """Gives a refusal to edit, which knows lines alone, the path of the article."""
    try:
        yield
    except CannotEdit as error:
        error.path = error.path or article.path
        raise


def name_to_write(article: Article) -> str:
    """What another article's front matter calls it.
    UsageProblem for a file whose name no text can hold, and that has no id.
    """
    try:
        article.name.encode()
    except UnicodeEncodeError:
        raise UsageProblem(
            f"{article.name} has bytes in its name that are not UTF-8, so front matter cannot name it",
            hint="give it an id, or rename the file with git mv",
        ) from None
    return article.name


def checked_text(text: str, option: str, *, required: bool = False) -> str:
    """An option's words, without blanks around them. UsageProblem for nothing at all or for what no file can hold."""
    text = text.strip()
    if required and not text:
        raise UsageProblem(f"{option} is missing: say why", hint=f'{option} "why, in a few words"')
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageProblem(f"{option} holds bytes that are not UTF-8", hint="type it again") from None
    return text


def commit_message(verb: str, articles: list[Article], *details: str) -> str:
    """`Verb: title (name)`, or the number and a list of several; then the details that are not empty."""
    names = [f"{' '.join(one.title.split()) or one.path} ({one.name})" for one in articles]
    if len(names) == 1:
        subject, listed = f"{verb}: {names[0]}", []
    else:
        subject, listed = f"{verb}: {len(names)} articles", [f"- {name}" for name in names]
    blocks = ["\n".join(one for one in details if one), "\n".join(listed)]
    return "\n\n".join([subject, *(block for block in blocks if block)])
