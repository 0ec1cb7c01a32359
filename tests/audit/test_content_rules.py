"""Rules that read the text: none fails on any text, what they keep changes no answer, and redaction leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kcs.audit.alike import candidates
from kcs.audit.page import Page, Scene
from kcs.audit.rules import known
from kcs.audit.runner import audit
from kcs.audit.settings import choose
from kcs.audit.sketches import phrases, sketch
from kcs.kb.base import KnowledgeBase
from tests.conftest import KCS_TOML, Base

pytestmark = pytest.mark.usefixtures("nobodys_settings")

CONFIG = (
    KCS_TOML
    + '[style]\navoid = {simply = "", "อีเมล์" = "อีเมล"}\ntitles = "sentence"\n[rules.KCS506]\nseverity = "info"\n'
    + '[rules.KCS305]\naudiences = ["external"]\n[links]\nroot = "/how-to/"\n'
)
PIECES = st.sampled_from(
    [
        "# A", "#### B", "Heading\n===", "[a](b.md)", "[a](b.md#x)", "![](c.png)", "<img src=x onerror=y>", "<script>",
        "javascript:", "[x](javascript:1)", "<!-- internal -->", "<!-- /internal -->", "kb-aaaaaaaa", "{% include b.md %}",
        "{{ x }}", "<%= x %>", "`", "```", "    code", "| a | b |\n|---|---|", "> q", "- i", "1. i", "\\", "\u0e40", "อีเมล์", "simply",
        "me@firm.vn", "+66 81 234 5678", "\r", "\u2028", "\x00", "\ud800", "(", ")", "[", "]", "<", ">", "&#106;", "[r]: b.md", "%", "/how-to/x",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(PIECES | st.text(max_size=8), max_size=14).map(" ".join)
    | st.lists(PIECES, max_size=9).map("\n".join)
)
@example('[a](<%= x %>) <a href="&#106;avascript:x">\n<!-- internal -->')
def test_no_text_makes_a_rule_fail(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    root = tmp_path_factory.mktemp("kb")
    (root / "kcs.toml").write_text(CONFIG, "utf-8")
    (root / "articles").mkdir()
    head = f"---\ntitle: Simply A Title\naudience: external\ntype: Solution\nconfidence: validated\nsuperseded_by: {'b.md'}\n---\n"
    raw = (head + text).encode("utf-8", "surrogatepass")
    (root / "articles" / "a.md").write_bytes(raw)
    (root / "articles" / "b.md").write_text("---\nid: kb-aaaaaaaa\ntitle: B\n---\n\nText.\n")
    kb = KnowledgeBase.open(root)
    rules = choose(kb.config.rules, select=("KCS3,KCS4,KCS5",))
    for finding in audit(kb, kb.articles, rules):
        lines = raw.count(b"\n") + raw.count(b"\r") + 1
        assert finding.rule != "KCS000" and 1 <= (finding.line or 1) <= lines, finding


def test_redaction_leaves_nothing_to_find_and_changes_nothing_else(make_base: Callable[..., Base]) -> None:
    text = "---\ntitle: T  # kept\n---\n\r\nAsk anna@firm.vn, Anna <anna@firm.vn>.\r\n\n    X-Auth-Token: 0f6e9f63600142f0a970911583522217\n"
    base = make_base({"articles/a.md": text})
    kb = KnowledgeBase.open(base.root)
    page = Page(Scene(kb), kb.by_path["articles/a.md"])
    rule = known()["KCS301"].load()
    values = {one.name: one.default for one in rule.parameters}
    hits = list(rule.check(page, values))
    assert len(hits) == 2 and not any("anna" in f"{hit.message} {hit.subject}" for hit in hits)
    assert rule.fix is not None and rule.unsafe
    fixed = rule.fix(page, page.raw, hits).decode()
    assert fixed == text.replace("anna@firm.vn", "[email]").replace(
        "0f6e9f63600142f0a970911583522217", "[secret]"
    )


def test_what_is_kept_changes_no_answer_and_holds_no_value(make_base: Callable[..., Base]) -> None:
    same = (
        "Pull the main brake and hold it, then push the small lever in until it clicks twice before you let go of both. "
        "Then turn the front wheel to the kerb, take your bag out of the basket, and lock the ring."
    )
    base = make_base(
        {f"articles/{name}.md": f"---\ntitle: {name}\n---\n\n{same} anna@firm.vn\n" for name in "ab"}
    )

    def found() -> list[tuple[str, str, str]]:
        kb = KnowledgeBase.open(base.root)
        rules = choose({}, select=("KCS301,KCS410",))
        return [(one.rule, one.path, one.message) for one in audit(kb, kb.articles, rules)]

    first = found()
    kept = KnowledgeBase.open(base.root).cache.folder
    assert len(first) == 4 and (kept / "personal").exists() and (kept / "likeness").exists()
    assert b"anna" not in (kept / "personal").read_bytes()
    assert found() == first
    for name in ("personal", "likeness"):
        (kept / name).write_bytes(b"damaged")
    assert found() == first
    base.write("articles/b.md", "---\ntitle: b\n---\n\nOther.\n")
    assert [one[:2] for one in found()] == [("KCS301", "articles/a.md")]


def test_what_a_template_begins_with_makes_no_two_articles_alike(make_base: Callable[..., Base]) -> None:
    guide = (
        "<!-- "
        + "What the requestor sees, in the requestor's own words, with the exact message. " * 4
        + "-->"
    )
    begun = {
        f"articles/{name}.md": f"---\ntitle: {title}\n---\n\n## Issue\n\n{guide}\n\n## Resolution\n\n{guide}\n"
        for name, title in (("a", "The door sticks"), ("b", "A lamp stays dark"))
    }
    kb = KnowledgeBase.open(make_base(begun).root)
    assert audit(kb, kb.articles, choose({}, select=("KCS410",))) == []


def test_a_copy_that_names_its_original_by_its_permalink_is_no_near_duplicate(
    make_base: Callable[..., Base],
) -> None:
    def article(name: str, what: str, said: str = "") -> dict[str, str]:
        text = "\n".join(f"Turn {what} {one} to the left until lamp {one + 7} is dark." for one in range(20))
        head = f"title: {name}\npermalink: /help/{name}/\n{said}"
        return {f"articles/{name}.md": f"---\n{head}---\n\n{text}\n"}

    alike = article("a", "wheel") | article("b", "wheel")
    named = article("c", "handle") | article("d", "handle", "translation_of: help/c\n")
    kb = KnowledgeBase.open(make_base(alike | named).root)
    found = [one.path for one in audit(kb, kb.articles, choose({}, select=("KCS410",)))]
    assert found == ["articles/a.md", "articles/b.md"]


WORDS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]),
    min_size=40,
    max_size=80,
)


@given(st.text("กขคงจฉ", min_size=6, max_size=40))
def test_without_blanks_each_six_letters_are_a_phrase_wherever_they_stand(text: str) -> None:
    apart = [phrases(text[at : at + 6]) for at in range(len(text) - 5)]
    assert phrases(text) == frozenset().union(*apart) and {len(one) for one in apart} == {1}
    assert phrases(f"{text[:3]} {text[3:]}") == phrases(text)
    assert len({*apart}) == len({text[at : at + 6] for at in range(len(text) - 5)})


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=8))
def test_sketches_miss_no_pair_of_small_texts_that_are_alike(texts: list[list[str]]) -> None:
    sets = [phrases(" ".join(words)) for words in [*texts, [*texts[0][:-2], "lambda"]]]
    found = set(candidates([sketch(one) for one in sets]))
    for a, one in enumerate(sets):
        for b in range(a + 1, len(sets)):
            if len(one & sets[b]) >= 0.7 * len(one | sets[b]) and len(one & sets[b]) >= 28:
                assert (a, b) in found


def test_the_whole_of_a_real_base_is_judged(corpora: Path, tmp_path: Path, kcs_env: dict[str, str]) -> None:
    """No rule fails on any of its articles, and none finds so much that it would be switched off."""
    bundle = corpora / "rackspace-how-to.bundle"
    if not bundle.exists():
        pytest.skip(f"{bundle.name} is not there")
    Base(tmp_path, kcs_env).git("clone", "--quiet", str(bundle), "real")
    root = tmp_path / "real"
    config = '[articles]\ninclude = ["content/**/*.md"]\nexclude = ["**/index.md"]\n[links]\nroot = "/how-to/"\nby = "permalink"\n'
    config += '[defaults]\naudience = "external"\n[[policy]]\nmatch = {path = "content/retired-articles/**"}\nconfidence = "archived"\n'
    (root / "kcs.toml").write_text(config)
    kb = KnowledgeBase.open(root)
    found = audit(kb, kb.articles, choose({}, select=("KCS3,KCS4,KCS5",), ignore=("KCS301",)))
    counts: dict[str, int] = {}
    for one in found:
        if one.severity != "info":
            counts[one.rule] = counts.get(one.rule, 0) + 1
    assert not any(one.rule == "KCS000" for one in found)
    assert set(counts) == {"KCS408", "KCS501", "KCS502", "KCS505"} and max(counts.values()) < 100


def test_addresses_in_a_collection_of_jekyll_lead_to_its_articles(make_base: Callable[..., Base]) -> None:
    linking = "---\ntitle: A\n---\n![x](/assets/x.png)\n[all](/guides/) [b](/guides/b/) [c](/guides/deep/c.html) [b](/b) [b](../../b/)\n"
    files = {
        "_guides/a.md": linking + "[gone](/guides/gone/) [other](/other/b/)\n",
        "_guides/b.md": "---\ntitle: B\n---\n",
        "_guides/deep/c.md": "---\ntitle: C\n---\n",
        "assets/x.png": "x",
    }
    config = KCS_TOML.replace("articles/**", "_guides/**") + '[links]\nrelative = "address"\n'
    kb = KnowledgeBase.open(make_base(files, config=config).root)
    found = audit(kb, kb.articles, choose({}, select=("KCS501",)))
    assert [one.message.split("'")[1] for one in found] == ["/guides/gone/", "/other/b/"]


def test_headers_and_error_pages_of_a_host_redirect_nothing(make_base: Callable[..., Base]) -> None:
    text = "---\ntitle: A\n---\n[old](/articles/old/) [gone](/articles/gone/) [in](/in/any/) [a](/articles/a.md) [b](/articles/b)\n"
    netlify = '[[headers]]\n  for = "/articles/*"\n[[redirects]]\nfrom = "/articles/old"\nto = "/a"\n[[redirects]]\nfrom = "/in/*"\nto = "/b"\n'
    error = '[[redirects]]\n  from = "/articles/*"\n  to = "/404"\n  status = 404\n'
    lines = "/articles/b /c 301\n/articles/* /articles/404.html 404\r\n"
    files = {"articles/a.md": text, "netlify.toml": netlify + error, "_redirects": lines}
    kb = KnowledgeBase.open(make_base(files).root)
    found = audit(kb, kb.articles, choose({}, select=("KCS501",)))
    assert [one.message.split("'")[1] for one in found] == ["/articles/gone/"]


def test_images_that_lie_elsewhere_hide_none_that_is_missing(make_base: Callable[..., Base]) -> None:
    """MkDocs serves docs/assets for all languages: three of these images are there, and one is not."""
    shown = "---\ntitle: {}\n---\n" + "".join(f"![x](assets/{one}.png)\n" for one in "abc")
    files: dict[str, str | bytes] = {f"docs/assets/{one}.png": b"x" for one in "abc"}
    files |= {
        "docs/de/1.md": shown.format("Eins"),
        "docs/de/2.md": "---\ntitle: Zwei\n---\n![x](assets/gone.png)\n",
    }
    policy = '[[policy]]\nmatch = {path = "docs/de/**"}\nlanguage = "de"\n'
    kb = KnowledgeBase.open(make_base(files, config=KCS_TOML.replace("articles/**", "docs/**") + policy).root)
    [found] = audit(kb, kb.articles, choose({}, select=("KCS503",)))
    assert (found.path, found.message) == ("docs/de/2.md", "the image 'assets/gone.png' is not there")
