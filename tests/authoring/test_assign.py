"""kcs assign: many at once, shown before it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import KCS_TOML, KP, Base, Run, Terminal
from tests.quick import in_process

PATH = "articles/email/outlook.md"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    return in_process(monkeypatch, kcs_env, tmp_path)


def assigned(run: Run, base: Base, *words: str) -> Any:
    done = run("assign", *words, "--format", "json", cwd=base.root)
    assert done.code == 0, done.err
    return done.json


@pytest.mark.parametrize(
    "command",
    [("assign", "", "--owner", "jd", "--yes"), ("assign", " ", "--owner", "jd"), ("audit", "", "--fix")],
)
def test_an_empty_name_is_not_the_whole_base(native: Base, run: Run, command: tuple[str, ...]) -> None:
    """`kcs assign "$ARTICLE" --yes` with nothing in it gave every article an owner."""
    native.commit({"articles/vpn.md": native.read("articles/vpn.md") + "More.  \n\n\n"})
    done = run(*command, cwd=native.root)
    assert done.code == 2 and ("no article named" in done.err or "names no article" in done.err)
    assert native.git("status", "--short") == ""


def test_one_article_and_nothing_else_in_it(native: Base, run: Run) -> None:
    before = native.read(PATH)
    done = run("assign", "kb-7f3q9xk2", "--owner", "email-team", "--verifiers", "jd,zo", cwd=native.root)
    assert done.code == 0
    assert (
        done.out
        == "kb-7f3q9xk2\t- -> email-team\tjd, kp -> jd, zo\tnever-verified\tOutlook 2013 keeps asking for the password\n"
    )
    wanted = before.replace("[jd, kp]", "[jd, zo]").replace(
        "tags: [outlook, imap]\n", "tags: [outlook, imap]\nowner: email-team\n"
    )
    assert native.read(PATH) == wanted


def test_many_by_the_filters_need_a_yes_and_are_one_commit(native: Base, run: Run) -> None:
    done = run("assign", "--confidence", "validated", "--owner", "kp", cwd=native.root)
    assert done.code == 1 and "--yes" in done.err and done.out.count("\n") == 2 and native.diff() == ""
    done = run("assign", "--confidence", "validated", "--owner", "kp", "--yes", "--commit", cwd=native.root)
    assert done.code == 0 and native.git("status", "--porcelain") == ""
    message = native.git("log", "-1", "--format=%B")
    assert message.startswith("Assign: 2 articles\n\nOwner: kp\n\n- Outlook")
    assert {one["owner"] for one in run("list", "--format", "json", cwd=native.root).json["articles"]} == {
        "kp"
    }


def test_a_terminal_asks(native: Base, terminal: Terminal) -> None:
    done = terminal("assign", ".", "--owner", "kp", answers=["n"], cwd=native.root)
    assert done.code == 1 and "Assign these 2 articles?" in done.out and native.diff() == ""
    assert terminal("assign", ".", "--owner", "kp", answers=["y"], cwd=native.root).code == 0
    assert native.diff().count("+owner: kp") == 2
    assert terminal("assign", PATH, "--owner", "jd", cwd=native.root).code == 0


def test_as_json_nobody_is_asked_about_what_nobody_was_shown(native: Base, terminal: Terminal) -> None:
    done = terminal("assign", ".", "--owner", "kp", "--format", "json", cwd=native.root)
    assert done.code == 1 and "[y/N]" not in done.out and "above" not in done.out and native.diff() == ""
    assert "--yes assigns them" in done.out
    assert terminal("assign", ".", "--owner", "kp", "--format", "json", "--yes", cwd=native.root).code == 0
    assert native.diff().count("+owner: kp") == 2


def test_lost_trust_is_shown_and_needs_a_yes(native: Base, run: Run) -> None:
    run("verify", PATH, "--quiet", "--commit", cwd=native.root)
    done = run("assign", PATH, "--verifiers", "kp", cwd=native.root)
    assert done.code == 1 and "would lose trust" in done.err and "trusted -> not-entitled" in done.out
    assert native.diff() == ""
    one = assigned(run, native, PATH, "--verifiers", "kp", "--yes")["articles"][0]
    assert (one["trusted_before"], one["trusted"], one["reasons"]) == (True, False, ["not-entitled"])
    assert "trusted" in run("assign", PATH, "--verifiers", "jd, kp", "--yes", cwd=native.root).out


@pytest.mark.parametrize(
    ("meta", "verifiers"),
    [
        ("verifiers: [kp]", ["kp", "jd"]),
        ("owner: email-team", ["email-team", "jd"]),
        ("owner: kp", ["kp", "jd"]),
        ("product: widget", ["zo", "jd"]),  # by the policy
        ("product: widget\nowner: kp", ["zo", "jd"]),  # whom it names, and not the owner
        ("verifiers: kp, zo", ["kp", "zo", "jd"]),
        ("tags: [x]", ["jd"]),
    ],
)
def test_one_more_verifier_takes_nobodys_place(
    make_base: Callable[..., Base], run: Run, meta: str, verifiers: list[str]
) -> None:
    policy = '[[policy]]\nmatch = {product = "widget"}\nverifiers = ["zo"]\n'
    base = make_base({"articles/a.md": f"---\ntitle: A\n{meta}\n---\nText.\n"}, config=KCS_TOML + policy)
    [one] = assigned(run, base, "articles/a.md", "--add-verifier", "jd")["articles"]
    assert one["after"]["verifiers"] == verifiers
    assert assigned(run, base, "articles/a.md", "--add-verifier", "jd") == {
        "schema": "kcs.assign/1", "articles": [], "unchanged": 1, "remarks": [], "commit": None,
    }  # fmt: skip


@pytest.mark.parametrize("meta", ["", "owner: kp\n"])
def test_nor_that_of_the_owner_named_with_it(make_base: Callable[..., Base], run: Run, meta: str) -> None:
    base = make_base({"articles/a.md": f"---\ntitle: A\n{meta}---\nText.\n"})
    [one] = assigned(run, base, "articles/a.md", "--owner", "jd", "--add-verifier", "zo")["articles"]
    assert (one["after"]["owner"], one["after"]["verifiers"]) == ("jd", ["jd", "zo"])


def test_nobody_takes_the_key_away(native: Base, run: Run) -> None:
    before = native.read(PATH)
    assigned(run, native, PATH, "--owner", "jd", "--verifiers", "")
    assert "owner: jd" in native.read(PATH) and "verifiers" not in native.read(PATH)
    assigned(run, native, PATH, "--owner", "", "--verifiers", "jd,kp")
    assert sorted(native.read(PATH).splitlines()) == sorted(before.splitlines())


def test_owned_by_filters_where_owner_assigns(native: Base, run: Run) -> None:
    assigned(run, native, PATH, "--owner", "zo")
    found = assigned(run, native, "--owned-by", "ZO", "--owner", "email-team")["articles"]
    assert [(one["path"], one["before"]["owner"], one["after"]["owner"]) for one in found] == [
        (PATH, "zo", "email-team")
    ]


def test_names_folders_globs_and_filters_narrow_together(native: Base, run: Run) -> None:
    def paths(*words: str) -> list[str]:
        found = assigned(run, native, *words, "--owner", "jd", "--yes")["articles"]
        native.git("checkout", "--quiet", ".")
        return [one["path"] for one in found]

    assert paths("articles/email") == [PATH] == paths("articles/**/o*.md") == paths(".", "--tag", "imap")
    assert paths("vpn drops") == ["articles/vpn.md"]
    assert paths("vpn.md", "--tag", "imap") == []


def test_the_names_that_a_base_has_for_it(make_base: Callable[..., Base], run: Run) -> None:
    config = KCS_TOML + '[fields]\nowner = "author_team"\nverifiers = "editors"\n'
    base = make_base(
        {"articles/a.md": "---\ntitle: A\nauthor_team: 'jd'\neditors: 'jd'\n---\nText.\n"}, config=config
    )
    assigned(run, base, "articles/a.md", "--owner", "kp", "--add-verifier", "kp")
    assert base.diff() == "-author_team: 'jd'\n-editors: 'jd'\n+author_team: kp\n+editors: \"jd, kp\""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((PATH, "--owner", "emial-team"), "did you mean 'email-team'?"),
        ((PATH, "--verifiers", "jd,kpp"), "did you mean 'kp'?"),
        ((PATH,), "nothing to assign"),
        (("--owner", "jd"), "no filter given"),
        ((PATH, "--verifiers", "jd", "--add-verifier", "kp"), "give one of the two"),
        (("nothing", "--owner", "jd"), "no article is named"),
        (("articles/nowhere/**", "--owner", "jd"), "matches no article"),
    ],
)
def test_what_is_refused(native: Base, run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("assign", *words, cwd=native.root)
    assert done.code == 2 and said in done.err and native.diff() == ""


def test_remarks(native: Base, run: Run) -> None:
    native.write("team.toml", native.read("team.toml") + "[teams.empty]\n")
    assert "gone left on 2025-01-01" in assigned(run, native, PATH, "--owner", "gone")["remarks"]
    remarks = assigned(run, native, PATH, "--verifiers", "empty")["remarks"]
    assert any("nobody could verify" in line for line in remarks)


def test_without_a_team_any_name_goes(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({"articles/a.md": "---\ntitle: A\n---\nText.\n"}, team=None)
    assert run("assign", "articles/a.md", "--owner", "Joe: [x]", cwd=base.root, who=KP).code == 0
    assert run("list", "--owner", "joe: [x]", cwd=base.root).out.count("\n") == 1


def test_a_broken_file_stops_all(native: Base, run: Run) -> None:
    native.write("articles/broken.md", "---\ntitle: [\n---\nText\n")
    done = run("assign", ".", "--owner", "jd", "--yes", cwd=native.root)
    assert done.code == 2 and "articles/broken.md" in done.err and native.diff() == ""


def test_when_all_who_may_verify_are_gone_each_command_says_how_somebody_comes_to(
    make_base: Callable[..., Base], run: Run
) -> None:
    """It said: it takes one of: nobody."""
    base = make_base(
        {
            "articles/a.md": "---\nid: kb-gone0001\ntitle: A\nconfidence: validated\nowner: gone\n---\n\nText.\n"
        }
    )
    gone = {"name": "Gone", "email": "gone@acme.example"}
    assert run("verify", "kb-gone0001", "--yes", "--force", cwd=base.root, who=gone).code == 0
    way = "kcs assign kb-gone0001 --add-verifier ..."
    shown = run("show", "kb-gone0001", cwd=base.root).out
    assert f"nobody here may verify it: {way}\n" in shown and "it takes one of" not in shown
    assert f"nobody here, until {way} names one" in run("audit", "--select", "KCS107", cwd=base.root).out
    assert f"{way} names somebody who may" in run("verify", "kb-gone0001", "--yes", cwd=base.root, who=KP).err
    assigned(run, base, "kb-gone0001", "--add-verifier", "kp")
    assert run("verify", "kb-gone0001", "--yes", cwd=base.root, who=KP).code == 0
    assert "trusted until" in run("show", "kb-gone0001", cwd=base.root).out


def test_articles_that_cannot_be_changed_are_named_together(make_base: Callable[..., Base], run: Run) -> None:
    """Whoever assigned a folder mended one file, ran it again, and was told of the next."""
    twice = "---\ntitle: A\ntype: How-to\ntype: Solution\n---\nText.\n"
    base = make_base(
        {f"articles/{name}.md": twice for name in "ab"} | {"articles/c.md": "---\ntitle: C\n---\nText.\n"}
    )
    done = run("assign", "articles", "--owner", "jd", "--yes", cwd=base.root)
    assert done.code == 2 and done.err.startswith("kcs: 2 articles cannot be changed; nothing was written\n")
    assert "articles/a.md:4: the key" in done.err and "articles/b.md:4: the key" in done.err
    assert base.diff() == ""
