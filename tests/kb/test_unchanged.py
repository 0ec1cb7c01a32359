"""A look that says "nothing changed" decides what every command believes: each way to change has to show."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kcs.errors import FileProblem
from kcs.kb.base import KnowledgeBase
from kcs.kb.settings.config import parse_config
from kcs.kb.walk import Listing, packed, walk, written_to
from tests.conftest import Base, without_rights

CONFIG = parse_config(b'[articles]\ninclude = ["articles/**/*.md"]\nexclude = ["**/index.md"]\n', "kcs.toml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "kb"
    for name in (
        "a.md",
        "b.md",
        "c.md",
        "d.md",
        "x/e.md",
        "x/index.md",
        "y/f.md",
        "y/z/g.md",
        "y/z/h.md",
        "i.md",
    ):
        file = root / "articles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {name}\n---\n")
    (root / "articles" / "link.md").symlink_to(root / "articles" / "a.md")
    return root


def to_link(root: Path) -> None:
    """A folder that lies elsewhere now, its files untouched."""
    (root / "articles/y").rename(root / "elsewhere")
    (root / "articles/y").symlink_to(root / "elsewhere")


def to_folder(root: Path) -> None:
    """What was no article is a folder with one."""
    (root / "articles/x/index.md").unlink()
    (root / "articles/x/index.md").mkdir()
    (root / "articles/x/index.md/new.md").write_text("")


def to_article(root: Path) -> None:
    """A link gives way to a file."""
    (root / "articles/link.md").unlink()
    (root / "articles/link.md").write_text("")


def rewritten(root: Path) -> None:
    """As many bytes, and its old time."""
    file = root / "articles/y/z/g.md"
    status = file.stat()
    file.write_bytes(file.read_bytes().swapcase())
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda root: (root / "articles/a.md").write_text("x"),
    "rewritten": rewritten,
    "a repository of its own": lambda root: (root / "articles/y/z/.git").write_text("gitdir: elsewhere\n"),
    "new": lambda root: (root / "articles/new.md").write_text(""),
    "new below": lambda root: (root / "articles/y/z/new.md").write_text(""),
    "new folder": lambda root: (root / "articles/new").mkdir(),
    "gone": lambda root: (root / "articles/y/z/h.md").unlink(),
    "renamed": lambda root: (root / "articles/a.md").rename(root / "articles/aa.md"),
    "swapped": lambda root: (root / "articles/y/f.md").replace(root / "articles/y/z/g.md"),
    "folder renamed": lambda root: (root / "articles/y/z").rename(root / "articles/y/zz"),
    "folder to link": to_link,
    "other to folder": to_folder,
    "link to article": to_article,
    "all gone": lambda root: (root / "articles").rename(root / "away"),
}
# Where nothing came or went.
WRITTEN = {"written": "articles/a.md", "rewritten": "articles/y/z/g.md"}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_shows(root: Path, change: str) -> None:
    listing = Listing()
    marks = walk(root, CONFIG, {}, listing)
    assert len(marks) == 9
    again = Listing(listing.text, listing.others)
    paths, kept = list(marks), packed(marks.values())
    assert written_to(root, CONFIG, again, paths, kept) == []
    CHANGES[change](root)
    found = written_to(root, CONFIG, again, paths, kept)
    assert (found is not None) == (change in WRITTEN)
    assert found is None or [paths[place] for place in found] == [WRITTEN[change]]
    assert walk(root, CONFIG, marks) is not marks or change == "new folder"


def test_a_repository_below_is_none_of_the_bases_until_it_is_one_no_more(root: Path) -> None:
    (root / "articles/x/index.md").unlink()
    git = root / "articles/y/.git"
    git.mkdir()
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    listing = Listing()
    marks = walk(root, CONFIG, {}, listing)
    assert [path for path in marks if path.startswith("articles/y/")] == [] and len(marks) == 6
    paths, kept = list(marks), packed(marks.values())
    assert written_to(root, CONFIG, listing, paths, kept) == []
    (git / "HEAD").unlink()
    git.rmdir()
    assert written_to(root, CONFIG, listing, paths, kept) is None
    assert len(walk(root, CONFIG, marks)) == 9


def test_a_folder_that_include_names_may_be_a_repository_of_its_own(root: Path) -> None:
    (root / "articles/.git").write_text("gitdir: elsewhere\n")
    assert len(walk(root, CONFIG)) == 9


def test_an_empty_git_folder_makes_no_repository(root: Path) -> None:
    """Git goes into it, too."""
    (root / "articles/y/.git").mkdir()
    assert len(walk(root, CONFIG)) == 9


def test_a_folder_that_cannot_be_listed_may_be_another_time(root: Path) -> None:
    listing = Listing()
    walk(
        root,
        parse_config(b'[articles]\ninclude = ["articles/**/*.md", "more/**/*.md"]\n', "kcs.toml"),
        {},
        listing,
    )
    assert not listing.text


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
@pytest.mark.parametrize(("mode", "there"), [(0o000, 6), (0o444, 6), (0o755, 9)])
def test_a_folder_that_may_not_be_read_is_noted(root: Path, mode: int, there: int) -> None:
    """Also where only the names in it may be: they are files of which nobody can say more."""
    listing = Listing()
    with without_rights(root / "articles/y", mode):
        assert len(walk(root, CONFIG, {}, listing)) == there
    assert ("articles/y" in listing.unlisted) == (there < 9)


@pytest.mark.usefixtures("in_kcs_env")
@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_base_whose_own_folder_may_not_be_read_is_not_taken_for_an_empty_one(native: Base) -> None:
    """`kcs audit` passed."""
    native.commit({"kcs.toml": '[articles]\ninclude = ["**/*.md"]\n'})
    kb = KnowledgeBase.open(native.root)
    with without_rights(native.root, 0o311), pytest.raises(FileProblem, match="cannot be read: Perm"):
        _ = kb.articles


def test_many_other_files_are_not_asked_one_by_one(root: Path) -> None:
    for number in range(5):
        (root / f"articles/{number}.png").write_bytes(b"")
    listing = Listing()
    marks = walk(root, CONFIG, {}, listing)
    assert written_to(root, CONFIG, listing, list(marks), packed(marks.values())) is None
