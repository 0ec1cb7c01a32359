"""Walking what needs eyes: one article after the other,
verified, flagged, mended or passed by; one commit at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kcs.authoring.desk import Desk, Key
from kcs.authoring.diffs import since_verified
from kcs.authoring.drafting import draft
from kcs.authoring.editing import check_editable
from kcs.authoring.verify import verify
from kcs.authoring.wishes import Wishes
from kcs.authoring.writing import Edit, write_edits
from kcs.errors import FileProblem, KcsError, RepositoryProblem, UsageProblem
from kcs.kb.actor import signer
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.records import object_id


@dataclass(slots=True)
class Review:
    """What was done. `did`: path to what happened to it, in order. `passed`: how many articles were dealt with."""

    did: dict[str, list[str]] = field(default_factory=dict)
    passed: int = 0
    interrupted: bool = False
    commit: str | None = None

    def note(self, path: str, what: str) -> None:
        """Remember that `what` happened to the article at `path`."""
        self.did.setdefault(path, []).append(what)


def walk(kb: KnowledgeBase, paths: Sequence[str], desk: Desk, *, commit: bool | None) -> Review:
    """Walk the articles at `paths`. `commit` None: ask at the end. What was done stays done whatever ends the walk."""
    session = _Walk(kb, desk)
    try:
        for number, path in enumerate(paths, 1):
            if not session.deal_with(path, (number, len(paths))):
                break
            session.review.passed = number
        session.finish(commit)
    except KeyboardInterrupt:
        session.review.interrupted = True
    return session.review


class _Walk:
    def __init__(self, kb: KnowledgeBase, desk: Desk) -> None:
        self.kb = kb
        self.desk = desk
        self.review = Review()
        self.left: dict[str, str] = {}  # path to Git's name for the bytes that this walk left there

    def deal_with(self, path: str, place: tuple[int, int]) -> bool:
        """Lay one article out until something ends it; False to end the walk."""
        laid_out = False
        while path in self.kb.by_path:
            article = self.kb.by_path[path]
            if not laid_out and not self.lay_out(article, place):
                return True
            key = self.desk.choose()
            if key in ("skip", "quit"):
                return key == "skip"
            on_desk = self.kb
            try:
                ended, laid_out = self.do(key, article)
            except KcsError as error:
                ended, laid_out = False, True
                self.desk.refuse(error)
                # Changed by somebody else meanwhile: show it as it is now. Whatever was refused is as it was shown.
                if isinstance(error, (FileProblem, RepositoryProblem)):
                    self.reopen()
            if ended:
                return True
            # A base that was opened since may hold another text: nobody vouches for one that was not on the desk.
            laid_out = laid_out and self.kb is on_desk
        return True

    def lay_out(self, article: Article, place: tuple[int, int]) -> bool:
        """False where there is nothing to see: one file that is gone, or a text that Git lacks, ends no walk."""
        try:
            comparison = None if article.unreadable else since_verified(self.kb, article)
            self.desk.lay_out(self.kb, article, comparison, place)
        except KcsError as error:
            self.desk.refuse(error)
            return False
        return True

    def do(self, key: Key, article: Article) -> tuple[bool, bool]:
        """(whether the article is dealt with, whether it is still open as is)."""
        if key == "open":
            self.desk.open(self.kb, article)
            return False, True
        if key == "edit":
            self.edit(article)
            return False, False
        if key == "flag":
            return (done := self.flag(article)), not done
        return (done := self.verify(article, minor=key == "minor")), not done

    def verify(self, article: Article, *, minor: bool) -> bool:
        wishes, talk = Wishes(), self.desk.shown_already
        if minor:
            wishes, talk = replace(wishes, minor=True), self.desk.conversation
            # What is refused, or needs no reason, is told before anybody is asked for one.
            begun = draft(self.kb, article, signer(self.kb), wishes, force=False)
            why = "" if begun.nothing_to_carry else self.desk.ask("Why has the change no weight? ")
            if not why and not begun.nothing_to_carry:
                return False
            wishes = replace(wishes, note=why)
        results, _ = verify(self.kb, [article.path], wishes, talk, force=False, commit=False)
        result = results[0]
        self.desk.report(result)
        if result.declined and result.article.oid == article.oid:
            return False
        if result.declined:
            self.did(article.path, "edited")  # before it was declined
            return False
        if result.stamped is None:  # nothing to carry over
            self.reopen()
        else:
            self.did(article.path, "minor change carried over" if minor else "verified")
        return True

    def flag(self, article: Article) -> bool:
        from kcs.article.stamps import FLAG_REASONS
        from kcs.authoring.flag import check_reason, flag

        check_editable(article)
        while True:
            reason = self.desk.ask(f"Reason ({', '.join(FLAG_REASONS)})? ").lower()
            if not reason:
                return False
            try:
                check_reason(reason)
                break
            except UsageProblem as slip:
                self.desk.refuse(KcsError(f"{reason!r} is none of these", hint=slip.hint))
        why = self.desk.ask("What did you see? ")
        if not why:
            return False
        flag(self.kb, article.path, reason, why, commit=False)
        self.desk.say(f"flagged as {reason}")
        self.did(article.path, f"flagged {reason}: {why}")
        return True

    def edit(self, article: Article) -> None:
        before = self.kb.raw(article)
        self.desk.conversation.edit(self.kb, article)
        self.reopen()
        now = self.kb.by_path.get(article.path)
        if now is None or self.kb.raw(now) != before:
            self.did(article.path, "edited")

    def did(self, path: str, what: str) -> None:
        """Note it, with what the file holds then."""
        self.review.note(path, what)
        self.reopen()
        article = self.kb.by_path.get(path)
        self.left[path] = article.oid if article else ""

    def reopen(self) -> None:
        self.kb = KnowledgeBase.open(self.kb.root, as_of=self.kb.today)

    def finish(self, commit: bool | None) -> None:
        """Make the one commit, if wanted and if there is anything to commit."""
        if not self.review.did or self.kb.repo is None or commit is False:
            return
        files = len(self.review.did)
        question = f"Commit {'this file' if files == 1 else f'these {files} files'}?"
        if commit is None and not self.desk.agrees(question):
            return
        edits = list(self.as_left())
        if edits:
            self.review.commit = write_edits(self.kb, edits, self.message([one.path for one in edits]))

    def as_left(self) -> Iterator[Edit]:
        """The files as this walk left them; one that somebody else has changed since is theirs to commit, and named."""
        for path in self.review.did:
            if (article := self.kb.by_path.get(path)) is None:
                continue
            raw = self.kb.raw(article)
            if object_id(raw, self.kb.algorithm) == self.left[path]:
                yield Edit(path, raw, raw)
            else:
                self.desk.say(f"{path} was changed by somebody else since: it is not committed")

    def message(self, paths: Sequence[str]) -> str:
        """A line of counts, then a line for each article."""
        did = {path: self.review.did[path] for path in paths}
        lines = []
        for path, what in did.items():
            article = self.kb.by_path[path]
            name = f"{' '.join(article.title.split()) or path} ({article.name})"
            lines.append(f"- {name}: {', '.join(dict.fromkeys(what))}")
        return f"Review: {summary(Review(did))}\n\n" + "\n".join(lines)


def summary(review: Review) -> str:
    """`2 verified, 1 flagged`; else `nothing done`."""
    done = [word for what in review.did.values() for word in dict.fromkeys(one.split(" ")[0] for one in what)]
    names = {"minor": "carried over"}
    counts = {names.get(word, word): done.count(word) for word in dict.fromkeys(done)}
    return ", ".join(f"{number} {word}" for word, number in counts.items()) or "nothing done"
