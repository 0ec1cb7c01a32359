"""What is said to people: days of the base's timezone, people who are still here, and an account that adds up."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import KCS_TOML, OUTLOOK, TEAM_TOML, Base, Run

Make = Callable[..., Base]

SHAPES = {
    "content/en/_index.md": "---\ntitle: Help\n---\n",
    "content/en/a.md": '---\ntitle: A\nreviewed: "12 March 2026"\nstatus: in review\n---\nA {{< ref "b.md" >}}\n',
    "content/en/b.md": '---\ntitle: B\nreviewed: "13 March 2026"\n---\nB\n',
    "content/en/c.md": '+++\ntitle = "C"\n+++\nC\n',
}


def test_nobody_who_left_is_named_for_the_queue(make_base: Make, run: Run) -> None:
    text = OUTLOOK.replace("verifiers: [jd, kp]", "verifiers: [gone, jd]")
    base = make_base({"articles/a.md": text})
    item = run("queue", "--format", "json", cwd=base.root).json["articles"][0]
    assert item["verifiers"] == ["jd"]
    assert "gone" not in run("queue", cwd=base.root).out
    assert "gone" not in run("show", "articles/a.md", cwd=base.root).out


def test_the_day_of_a_minor_change_is_that_of_the_timezone(make_base: Make, run: Run) -> None:
    late = (
        'verified:\n  - {by: "human:jd", at: 2026-05-02T20:00:00Z, content: "kcs1:' + "0" * 32 + '",'
        " note: typo, minor: true, since: 2026-05-01}\nproduct:"
    )
    config = KCS_TOML.replace('"UTC"', '"Asia/Bangkok"')
    base = make_base({"articles/a.md": OUTLOOK.replace("product:", late)}, config=config, team=TEAM_TOML)
    assert "minor change on 2026-05-03" in run("show", "articles/a.md", cwd=base.root).out


def test_the_account_of_adopting_says_what_trust_will_say(make_base: Make, run: Run) -> None:
    base = make_base(SHAPES, team=None)
    (base.root / "kcs.toml").unlink()
    done = run("init", "--adopt", "--no-input", cwd=base.root)
    rows = {tuple(line.split("\t")[:2]) for line in done.out.splitlines() if "\t" in line}
    assert {("1", "dated"), ("0", "undated"), ("1", "by themselves"), ("4", "together")} <= rows
    assert "front matter in TOML" in done.out and "Hugo" in done.out and "Liquid" not in done.out
    score = run("trust", "--format", "json", cwd=base.root).json
    assert (score["validated"], score["total"]) == (1, 2)


def test_an_id_that_stands_twice_is_told_apart_by_path(make_base: Make, run: Run) -> None:
    base = make_base({"articles/a.md": OUTLOOK, "articles/b.md": OUTLOOK})
    done = run("show", "kb-7f3q9xk2", cwd=base.root)
    assert done.code == 2 and "articles/a.md" in done.err and "articles/b.md" in done.err


def test_a_due_day_that_cannot_be_read_is_called_so(make_base: Make, run: Run) -> None:
    stamp = 'verified: [{by: "human:jd", at: 2026-05-02, content: "kcs1:0"}]\nstale_after: soon\nproduct:'
    base = make_base({"articles/a.md": OUTLOOK.replace("product:", stamp)})
    shown = run("show", "articles/a.md", cwd=base.root).out
    assert "stale_after names no day" in shown and "0001" not in shown


def test_an_owner_that_cannot_be_read_lets_nobody_in(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({"articles/a.md": "---\ntitle: A\nconfidence: validated\nowner: [jd, kp]\n---\nx\n"})
    assert run("verify", "articles/a.md", cwd=base.root).code == 1
    assert run("verify", "articles/a.md", "--force", cwd=base.root).code == 0
    assert run("list", "--format", "json", cwd=base.root).json["articles"][0]["reasons"] == ["not-entitled"]


def test_a_due_day_nobody_can_read_is_no_day_of_the_year_one(
    make_base: Callable[..., Base], run: Run
) -> None:
    base = make_base({"articles/a.md": "---\ntitle: A\nconfidence: validated\nstale_after: soon\n---\nx\n"})
    found = run("list", "--format", "json", cwd=base.root).json["articles"][0]
    assert (found["due"], found["reasons"]) == (None, ["never-verified", "stale"])
    assert "0001" not in run("list", cwd=base.root).out


def test_a_draft_mark_on_what_is_validated_is_told(adopted: Base, run: Run) -> None:
    adopted.write("content/dns.md", adopted.read("content/dns.md").replace("title:", "draft: true\ntitle:"))
    done = run("verify", "content/dns.md", "--validate", cwd=adopted.root)
    assert done.code == 0
    assert "`draft: true` still stands in it" in done.err
