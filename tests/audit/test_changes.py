"""What a run over a change blames it for: its own doing, and neither the day nor what was there before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.runs import ARTICLE, VPN, audit, rules
from tests.conftest import DATED, JD, KCS_TOML, KP, Base, Run, identity


def test_a_day_that_passes_turns_no_change_red(verified: Base, quick: Run) -> None:
    verified.git("branch", "start")
    verified.commit({"articles/new.md": "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n"})
    told = audit(quick, verified, "--changed-since", "start", as_of="2027-12-01")
    assert (told.code, rules(told)) == (0, []) and told.json["articles"]["audited"] == 1
    verified.commit({VPN: verified.read(VPN).replace("VPN drops", "VPN drops at night")})
    told = audit(quick, verified, "--changed-since", "start", as_of="2027-12-01")
    assert told.code == 1 and set(rules(told)) == {("KCS101", VPN), ("KCS102", VPN)}, "it touches this one"


def test_who_wrote_the_text_is_who_changed_it_last_whoever_touched_the_rest(native: Base, quick: Run) -> None:
    """Two pairs of eyes are asked for: another's commit of the front matter is no second pair."""

    def verified_by_its_author() -> bool:
        assert quick("verify", ARTICLE, "--as-of", "2026-05-04", cwd=native.root).code == 0
        told = quick(
            "audit", "--select", "KCS111", "--format", "json", "--as-of", "2026-05-05", cwd=native.root
        )
        return rules(told) == [("KCS111", ARTICLE)]

    def changed(old: str, new: str) -> dict[str, str | bytes]:
        return {ARTICLE: native.read(ARTICLE).replace(old, new)}

    native.commit({"kcs.toml": native.read("kcs.toml") + "second_eyes = true\n"})
    native.commit(changed("[outlook, imap]", "[outlook]"), who=KP, day="2026-05-02")
    assert verified_by_its_author()
    native.write(ARTICLE, changed("few minutes", "two minutes")[ARTICLE])
    assert not verified_by_its_author(), "nobody knows yet who wrote what is in no commit"
    native.commit(changed("two minutes", "three minutes"), who=KP, day="2026-05-04")
    assert not verified_by_its_author()
    native.commit(changed("[outlook]", "[imap]"), day="2026-05-04")
    assert not verified_by_its_author()


def test_a_shorter_interval_does_not_bring_a_change_what_days_bring(verified: Base, quick: Run) -> None:
    """What falls due at once by it is told as trust that falls,
    not as a finding in each article that nobody touched.
    """
    verified.git("branch", "start")
    verified.commit({"kcs.toml": verified.read("kcs.toml").replace('"90d"', '"10d"')})
    assert set(rules(audit(quick, verified))) == {("KCS101", ARTICLE), ("KCS101", VPN)}
    told = audit(quick, verified, "--changed-since", "start")
    assert (told.code, rules(told)) == (0, [])
    told = audit(quick, verified, "--changed-since", "start", "--trust-may-not-fall", "start")
    assert told.code == 1 and "trust fell from 100.0%" in told.err


def test_who_may_not_verify_hands_a_change_in_with_a_flag(verified: Base, quick: Run) -> None:
    verified.write(ARTICLE, verified.read(ARTICLE) + "\nA step more.\n")
    assert rules(audit(quick, verified, "--changed-since", "HEAD")) == [("KCS102", ARTICLE)]
    words = ("flag", ARTICLE, "--reason", "changed", "-m", "a step more", "--as-of", "2026-06-01")
    assert quick(*words, cwd=verified.root).code == 0
    told = audit(quick, verified, "--changed-since", "HEAD")
    assert (told.code, rules(told)) == (0, [])
    assert audit(quick, verified, "--changed-since", "HEAD", "--trust-may-not-fall", "HEAD").code == 1
    assert rules(audit(quick, verified)) == [("KCS102", ARTICLE)]


@pytest.mark.parametrize("owed", ["KCS101", "KCS103", "KCS108"])
def test_a_flag_is_the_way_in_whatever_verification_the_article_owes(
    verified: Base, quick: Run, owed: str
) -> None:
    """The hook before the commit lets it pass, so the pull request has to as well."""
    stamped = verified.read(ARTICLE)
    if owed == "KCS103":
        verified.write(ARTICLE, stamped[: stamped.index("verified:")] + stamped[stamped.index("---\n", 4) :])
    else:
        settings = ('"90d"', '"10d"') if owed == "KCS101" else ('"90d"', '"90d"\nquorum = 2')
        verified.write("kcs.toml", verified.read("kcs.toml").replace(*settings))
    verified.commit()
    verified.write(ARTICLE, verified.read(ARTICLE).replace("tags: [outlook, imap]", "tags: [outlook]"))
    assert rules(audit(quick, verified, "--changed-since", "HEAD")) == [(owed, ARTICLE)]
    words = ("flag", ARTICLE, "--reason", "changed", "-m", "look at it", "--as-of", "2026-06-01")
    assert quick(*words, cwd=verified.root).code == 0
    verified.git("add", "-A")
    assert quick("check", "--verified", ARTICLE, cwd=verified.root).code == 0
    for how in (("--changed-since", "HEAD"), ("--staged",)):
        told = audit(quick, verified, *how)
        assert (told.code, rules(told)) == (0, [])
        summary = quick(
            "audit",
            "--select",
            "KCS1",
            "--format",
            "markdown",
            "--as-of",
            "2026-06-01",
            *how,
            cwd=verified.root,
        )
        assert "Debts: 0 new, 0 paid." in summary.out, "a flag pays nothing"
    assert (owed, ARTICLE) in rules(audit(quick, verified))


@pytest.mark.parametrize(("flagged", "found"), [(False, [("KCS102", ARTICLE)]), (True, [])])
def test_a_flag_lets_pass_what_a_change_does_to_an_article_that_it_leaves_alone(
    verified: Base, quick: Run, flagged: bool, found: list[tuple[str, str]]
) -> None:
    """The article's link names another file by then, so what was verified is not what a reader gets."""
    verified.write(ARTICLE, verified.read(ARTICLE) + "\nSee [the tunnel](../vpn.md).\n")
    quick("verify", "kb-7f3q9xk2", "--as-of", "2026-05-03", cwd=verified.root)
    if flagged:
        words = ("flag", ARTICLE, "--reason", "changed", "-m", "the tunnel goes", "--as-of", "2026-06-01")
        assert quick(*words, cwd=verified.root).code == 0
    verified.commit(day="2026-05-03")
    verified.git("mv", VPN, "articles/tunnel.md")
    verified.commit(day="2026-05-04")
    assert rules(audit(quick, verified, "--changed-since", "HEAD~1")) == found


def test_a_change_is_told_what_it_breaks_elsewhere(verified: Base, quick: Run) -> None:
    verified.git("branch", "start")
    verified.commit({"articles/twin.md": "---\nid: kb-vpn00001\ntitle: A twin\n---\nText.\n"})
    told = audit(quick, verified, "--changed-since", "start")
    assert set(rules(told)) == {("KCS012", "articles/twin.md"), ("KCS012", VPN)}
    verified.git("branch", "twins")
    verified.commit({"articles/other.md": "---\nid: kb-0ther001\ntitle: Another\n---\nText.\n"})
    told = audit(quick, verified, "--changed-since", "twins")
    assert (told.code, rules(told)) == (0, []), "what was so before is not this change's"
    team = verified.read("team.toml").replace("[people.jd]", "[people.jd]\nleft = 2026-01-01")
    verified.commit({"team.toml": team})
    told = audit(quick, verified, "--changed-since", "twins")
    assert ("KCS107", ARTICLE) in rules(told), "settings reach articles whose file nobody touched"


def test_what_is_pushed_is_judged_against_what_is_there_already(verified: Base, quick: Run) -> None:
    """As pre-commit says it; where that is nothing here, the branch's upstream or the remote's main branch."""
    start = verified.git("rev-parse", "HEAD").strip()
    verified.commit({"articles/twin.md": "---\nid: kb-vpn00001\ntitle: A twin\n---\nText.\n"})
    twin = {("KCS012", "articles/twin.md"), ("KCS012", VPN)}
    how = ("--changed-since", "@{upstream}")
    words = ("audit", "--select", "KCS012", "--format", "json", *how)

    def told(already: str) -> set[tuple[str, str]]:
        return set(rules(quick(*words, cwd=verified.root, env={"PRE_COMMIT_FROM_REF": already})))

    assert told(start) == twin
    assert told("HEAD") == set()
    for nothing in ("", "0" * 40, "5" * 40):
        assert told(nothing) == twin, "never pushed: all of it is new"
    verified.git("update-ref", "refs/remotes/origin/HEAD", "HEAD")
    assert told("5" * 40) == set()


def test_what_a_change_takes_out_of_the_base_is_said(verified: Base, quick: Run) -> None:
    verified.write("kcs.toml", verified.read("kcs.toml").replace("articles/**/*.md", "articles/email/*.md"))
    verified.write(VPN, verified.read(VPN).replace("VPN drops", "VPN drops at night"))
    said = "1 article is no longer one, and not checked: articles/vpn.md"
    assert said in quick("audit", "--changed-since", "HEAD", cwd=verified.root).err
    summary = quick("audit", "--changed-since", "HEAD", "--format", "markdown", cwd=verified.root).out
    assert f"**{said}**" in summary
    verified.git("rm", "--quiet", "--force", VPN)
    assert "no longer" not in quick("audit", "--changed-since", "HEAD", cwd=verified.root).err


def test_settings_that_change_are_asked_of_what_the_change_leaves_alone(verified: Base, quick: Run) -> None:
    verified.commit({"articles/plain.md": "---\nid: kb-2m8c4v1d\ntype: x\ntitle: P\n---\nNobody said so.\n"})
    settings = verified.read("kcs.toml")
    verified.write("kcs.toml", settings.replace("articles/**/*.md", "articles/email/*.md"))
    told = quick("audit", "--changed-since", "HEAD", cwd=verified.root)
    assert (
        "2 articles are no longer articles, and not checked: articles/plain.md, articles/vpn.md" in told.err
    )
    words = '[style]\nforbidden = ["reconnect"]\n[rules.KCS411]\nseverity = "error"\n'
    verified.write("kcs.toml", settings + words)
    told = quick("audit", "--changed-since", "HEAD", "--format", "json", cwd=verified.root)
    assert told.code == 1 and ("KCS411", VPN) in rules(told)


def test_a_change_of_one_counterpart_names_the_other_until_somebody_touched_it(
    make_base: Callable[..., Base], quick: Run
) -> None:
    def text(number: int, other: int, body: str = "Text.") -> str:
        return f"---\nid: kb-0000000{number}\ntitle: T{number}\ncounterpart: kb-0000000{other}\n---\n{body}\n"

    base = make_base({"articles/in.md": text(1, 2), "articles/out.md": text(2, 1)})
    start = base.git("rev-parse", "HEAD").strip()

    def found() -> list[str]:
        told = quick(
            "audit", "--changed-since", start, "--select", "KCS117", "--format", "json", cwd=base.root
        )
        return [f"{one['path']} {one['severity']}" for one in told.json["findings"]]

    base.git("checkout", "-q", "-b", "topic")
    assert found() == []
    base.commit({"articles/in.md": text(1, 2, "Another text.")})
    assert found() == ["articles/in.md info"]
    base.git("mv", "articles/out.md", "articles/moved.md")
    base.commit()
    assert found() == ["articles/in.md info"]
    base.commit({"articles/moved.md": text(2, 1, "Another text.")})
    assert found() == []


def test_nobody_is_named_for_what_another_files_absence_did(verified: Base, quick: Run) -> None:
    linked = verified.read(VPN) + "\nMore in [a guide](guide.pdf).\n"
    verified.commit({VPN: linked, "articles/guide.pdf": "a guide"}, who=KP)
    assert quick("verify", VPN, "--as-of", "2026-05-04", cwd=verified.root).code == 0
    verified.commit({VPN: verified.read(VPN)}, day="2026-05-04")
    verified.git("rm", "-q", "articles/guide.pdf")
    told = audit(quick, verified, "--changed-since", "HEAD")
    [found] = [one for one in told.json["findings"] if one["rule"] == "KCS102"]
    assert found["path"] == VPN and found["message"].endswith(
        "2026-05-04: not its text, but what one of its links or pictures names"
    )
    how = ("--changed-since", "HEAD", "--format", "markdown", "--as-of", "2026-06-01")
    lost = quick("audit", *how, cwd=verified.root).out.partition("| whose change |")[2].splitlines()[2]
    assert "| content-changed | no change of its text |" in lost and KP["name"] not in lost


def test_what_a_change_takes_away_beside_the_articles_was_there_before(
    make_base: Callable[..., Base], quick: Run
) -> None:
    """A folder, a page in HTML, and a file outside the base: none of them is an article or a picture."""
    linking = "---\ntitle: Pictures\n---\n[all](pictures/) [page](page) [setup](../../setup.txt)\n"
    files = {"articles/pictures/a.txt": "a", "articles/page.html": "<p>a</p>"}
    top = make_base({"setup.txt": "x"}, name="top", team=None)
    top.git("rm", "-q", "kcs.toml")
    below = {"kcs.toml": KCS_TOML, "articles/a.md": linking, **files}
    top.commit({f"kb/{path}": text for path, text in below.items()})
    told = quick("audit", "--select", "KCS501", cwd=top.root / "kb")
    assert (told.code, told.out) == (0, "")
    top.git("rm", "-q", "-r", "setup.txt", *(f"kb/{path}" for path in files))
    for how in (("--staged",), ("--changed-since", "HEAD")):
        told = quick("audit", *how, "--select", "KCS501", cwd=top.root / "kb")
        assert told.code == 1 and told.out.count("leads nowhere") == 3, told.out
    top.commit()
    told = quick("audit", "--changed-since", "HEAD", "--select", "KCS501", cwd=top.root / "kb")
    assert (told.code, told.out) == (0, "")


def test_an_article_that_takes_the_place_of_a_moved_one_has_its_own_id(native: Base, quick: Run) -> None:
    """A renamed file, and another article at its old path; or two files that changed places."""

    def found(*how: str) -> list[str]:
        told = quick("audit", *how, "--select", "KCS013", cwd=native.root)
        return told.out.splitlines()

    def given_back() -> None:
        native.git("reset", "-q", "--hard")
        native.git("clean", "-qfd")

    ways: tuple[tuple[str, ...], ...] = ((), ("--changed-since", "HEAD"), ("--staged",))
    native.git("mv", VPN, "articles/old.md")
    native.write(VPN, "---\nid: kb-vpn00002\ntitle: VPN is slow\n---\nText.\n")
    native.git("add", "--all")
    assert [found(*one) for one in ways] == [[], [], []]
    given_back()
    here, there = native.read(ARTICLE), native.read(VPN)
    native.write(ARTICLE, there)
    native.write(VPN, here)
    native.git("add", "--all")
    assert [found(*one) for one in ways] == [[], [], []]
    given_back()
    # Two ids that changed places, though, are two that are not what they were.
    native.write(ARTICLE, here.replace("kb-7f3q9xk2", "kb-vpn00001"))
    native.write(VPN, there.replace("kb-vpn00001", "kb-7f3q9xk2"))
    native.git("add", "--all")
    assert [len(found(*one)) for one in ways] == [2, 2, 2]


def test_a_merge_is_not_named_for_what_others_wrote(verified: Base, quick: Run) -> None:
    verified.git("checkout", "-q", "-b", "topic")
    text = verified.read(ARTICLE)
    verified.commit(
        {ARTICLE: text.replace("Start Outlook", "Open Outlook")}, "Theirs", day="2026-05-03", who=KP
    )
    verified.git("checkout", "-q", "main")
    verified.commit(
        {ARTICLE: text.replace("every few minutes", "each minute")}, "Ours", day="2026-05-04", who=KP
    )
    verified.git("merge", "-q", "-m", "Join", "topic", **identity(JD, "2026-05-05T12:00:00Z"))
    [found] = [one for one in audit(quick, verified).json["findings"] if one["rule"] == "KCS102"]
    assert f"by {KP['name']} on 2026-05-04 " in found["message"] and "'Ours'), and 2 more" in found["message"]


def test_a_date_that_was_typed_is_told_in_a_new_article_too_and_none_that_moved_along(
    make_base: Callable[..., Base], quick: Run
) -> None:
    def dated(name: str, day: str) -> str:
        return f"---\ntitle: The {name} breaks\nchecked: {day}\n---\nText about the {name}.\n"

    def found(*how: str) -> list[str]:
        told = quick("audit", *how, "--select", "KCS110", "--format", "json", cwd=base.root)
        return [one["path"] for one in told.json["findings"]]

    files = {f"articles/{one}.md": dated(one, "2026-04-01") for one in ("old", "moved")}
    base = make_base({**files, "articles/none.md": dated("none", "")}, config=DATED)
    base.git("mv", "articles/moved.md", "articles/elsewhere.md")
    base.write("articles/new.md", dated("new", "2026-04-30"))
    base.write("articles/none.md", dated("none", "2026-04-30"))
    base.write("articles/old.md", dated("old", "2026-03-01"))
    assert found("--changed-since", "HEAD") == ["articles/new.md", "articles/none.md"]
    base.git("add", "--all")
    assert found("--staged") == ["articles/new.md", "articles/none.md"]
    base.commit()
    assert found("--changed-since", "HEAD~1") == ["articles/new.md", "articles/none.md"]
    assert found("--changed-since", "HEAD") == []


@pytest.mark.parametrize("gone", ["en", "vi", "en vi"])
def test_a_translation_that_moved_is_not_held_against_its_sibling(
    make_base: Callable[..., Base], quick: Run, gone: str
) -> None:
    """They share a permalink, and so a key: the date of the newer one was called typed, wherever it went."""
    text = "---\ntitle: VPN\npermalink: vpn/\nchecked: 2026-0{}-01\n---\nIn {}.\n"
    files = {f"articles/{one}/vpn.md": text.format(day, one) for day, one in ((4, "en"), (3, "vi"))}
    base = make_base(files, config=DATED + '[links]\nby = "permalink"\n')
    for one in gone.split():
        base.git("mv", f"articles/{one}", f"articles/{one}-new")
    base.git("add", "--all")
    told = quick("audit", "--staged", "--select", "KCS110", "--format", "json", cwd=base.root)
    assert told.json["findings"] == [], told.out


def test_lines_that_end_otherwise_in_the_folder_are_no_change(verified: Base, quick: Run) -> None:
    """As Git checks files out on Windows, or wherever .gitattributes says so."""
    verified.write(VPN, verified.read(VPN) + "\nOld debt.\n")
    verified.commit({".gitattributes": "*.md text eol=crlf\n"})
    for path in (ARTICLE, VPN):
        (verified.root / path).unlink()
    verified.git("checkout", "-q", "--", "articles")
    assert "\r\n" in verified.read(VPN) and verified.git("status", "--short") == ""
    told = audit(quick, verified, "--changed-since", "HEAD")
    assert (told.code, told.json["articles"]["audited"]) == (0, 0)
    verified.write(ARTICLE, verified.read(ARTICLE).replace("few minutes", "two minutes"))
    told = audit(quick, verified, "--changed-since", "HEAD")
    assert rules(told) == [("KCS102", ARTICLE)] and told.json["articles"]["audited"] == 1


def test_nobody_is_named_as_author_of_what_a_shallow_clone_begins_with(native: Base, quick: Run) -> None:
    """The clone's first commit holds the whole base, and its author wrote none of it."""
    native.commit({"kcs.toml": native.read("kcs.toml") + "second_eyes = true\n"})
    assert quick("verify", ARTICLE, "--as-of", "2026-05-04", cwd=native.root).code == 0
    native.commit({"other.txt": "x"}, who=JD)
    words = ("audit", "--select", "KCS111", "--as-of", "2026-05-05")
    assert "jd wrote what it says" in quick(*words, cwd=native.root).out
    native.commit({"other.txt": "y"}, who=KP)
    shallow = native.root.parent / "shallow"
    native.git("clone", "-q", "--depth", "1", native.root.as_uri(), str(shallow))
    assert "history is cut off before its text" in quick(*words, cwd=shallow).out
    native.git("-C", str(shallow), "fetch", "-q", "--unshallow")
    assert "jd wrote what it says" in quick(*words, cwd=shallow).out


def test_nobody_is_named_for_a_change_from_before_a_shallow_clone_begins(verified: Base, quick: Run) -> None:
    verified.commit({ARTICLE: verified.read(ARTICLE).replace("few minutes", "two minutes")}, who=KP)
    verified.commit({"other.txt": "x"})
    verified.commit({ARTICLE: verified.read(ARTICLE).replace("[outlook, imap]", "[outlook]")})
    shallow = verified.root.parent / "shallow"
    verified.git("clone", "-q", "--depth", "2", verified.root.as_uri(), str(shallow))
    words = ("audit", "--select", "KCS102", "--as-of", "2026-06-01")
    assert f"by {KP['name']} on" in quick(*words, cwd=verified.root).out
    assert "changed after it was verified on 2026-05-02  ->" in quick(*words, cwd=shallow).out


def test_a_page_that_no_longer_leads_to_an_article_makes_it_an_orphan(
    make_base: Callable[..., Base], quick: Run
) -> None:
    text = "---\nid: kb-0000000{0}\ntitle: T{0}\n---\nText.\n"
    files = {f"articles/{one}.md": text.format(one) for one in (1, 2)}
    config = KCS_TOML + '[rules.KCS506]\nseverity = "warning"\n'
    base = make_base({**files, "README.md": "[one](articles/1.md)\n"}, config=config)

    def found(*how: str) -> list[str]:
        told = quick("audit", *how, "--select", "KCS506", "--format", "json", cwd=base.root)
        return [one["path"] for one in told.json["findings"]]

    assert found() == ["articles/2.md"]
    base.write("README.md", "Nothing.\n")
    assert found() == ["articles/1.md", "articles/2.md"]
    assert found("--changed-since", "HEAD") == ["articles/1.md"]


def test_what_tells_of_missing_pictures_may_go(make_base: Callable[..., Base], quick: Run) -> None:
    """Several below one folder are told once, in the first article;
    without it, each of those left is told, and was missing before.
    """
    picture = "---\ntype: x\nid: kb-p1c0000{0}\ntitle: {0}\n---\n![x](img/{0}1.png) ![x](img/{0}2.png)\n"
    base = make_base({f"articles/{name}.md": picture.format(name) for name in "abcd"})

    def told(*words: str) -> list[tuple[str, str]]:
        return rules(quick("audit", "--select", "KCS503", "--format", "json", *words, cwd=base.root))

    assert told() == [("KCS503", "articles/a.md")]
    for name in "abc":
        base.git("rm", "--quiet", f"articles/{name}.md")
        base.commit()
        assert told("--changed-since", "HEAD~1") == []
    assert told() == [("KCS503", "articles/d.md")] * 2
    base.commit({"kcs.toml": base.read("kcs.toml") + '[rules.KCS503]\nseverity = "warning"\n'})
    assert told("--changed-since", "HEAD~1") == [], "less than before"
    base.commit({"articles/img/d1.png": "x"})
    base.git("rm", "--quiet", "articles/img/d1.png")
    base.commit()
    assert told("--changed-since", "HEAD~1") == [("KCS503", "articles/d.md")]


def test_a_link_that_can_be_judged_by_now_was_broken_before(
    make_base: Callable[..., Base], quick: Run
) -> None:
    """Links from the root are judged once one of them leads
    somewhere; whoever writes that one has broken none of the others.
    """
    text = "---\ntype: x\nid: kb-l1nk000{0}\ntitle: {0}\n---\n{1}\n"
    base = make_base({
        "articles/a.md": text.format("a", "[shop](/shop/cart)"),
        "articles/c.md": text.format("c", "None."),
    })  # fmt: skip

    def told() -> list[tuple[str, str]]:
        how = ("audit", "--select", "KCS501", "--format", "json", "--changed-since", "HEAD~1")
        return rules(quick(*how, cwd=base.root))

    base.commit(
        {
            "articles/c.md": text.format("c", "[a](/articles/a.md), [d](/articles/d.md)"),
            "articles/d.md": text.format("d", "x"),
        }
    )
    assert told() == []
    base.git("rm", "--quiet", "articles/d.md")
    base.commit()
    assert told() == [("KCS501", "articles/c.md")], "that one led there before"
    base.commit({"articles/a.md": text.format("a", "[shop](/shop/cart), again")})
    assert told() == [("KCS501", "articles/a.md")], "in what a change touches everything is judged"


def test_what_a_change_does_to_one_translation_is_not_the_finding_of_another(
    translated: Base, quick: Run
) -> None:
    quick("verify", "articles/vi/vpn.md", "--as-of", "2026-05-02", cwd=translated.root)
    text = translated.read("articles/vi/vpn.md")
    translated.commit({"articles/vi/vpn.md": text.replace("Reconnect", "Wait")}, day="2026-05-03")
    translated.git("mv", "articles/tunnel.md", "articles/deep-tunnel.md")
    translated.commit(day="2026-05-04")
    told = audit(quick, translated, "--select", "KCS102", "--changed-since", "HEAD~1")
    assert rules(told) == [("KCS102", "articles/en/vpn.md")]
