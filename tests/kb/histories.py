"""Histories made by hand, and the commit (with the path there, if another) that brought NEW into `a.md`."""

from __future__ import annotations

from tests.kb.git_sandbox import NEW, OLD, Node, article, dated

BASE = Node([], dated(OLD))
CASES: dict[str, tuple[dict[str, Node], str]] = {
    "linear": ({"c1": BASE, "c2": Node(["c1"], dated(NEW)), "c3": Node(["c2"], dated(NEW, "later"))}, "c2"),
    "present from the start": ({"c1": Node([], dated(NEW)), "c2": Node(["c1"], dated(NEW, "later"))}, "c1"),
    "on a branch, then merged": (
        {"c1": BASE, "b": Node(["c1"], dated(NEW)), "c2": Node(["c1"], {**dated(OLD), "z": "z"}),
         "m": Node(["c2", "b"], {**dated(NEW), "z": "z"})},
        "b",
    ),
    "on both branches: the first parent's": (
        {"c1": BASE, "b": Node(["c1"], dated(NEW), day=1), "c2": Node(["c1"], dated(NEW, "x"), day=9),
         "m": Node(["c2", "b"], dated(NEW))},
        "c2",
    ),
    "on both branches, the other older": (
        {"c1": BASE, "b": Node(["c1"], dated(NEW), day=9), "c2": Node(["c1"], dated(NEW, "x"), day=1),
         "m": Node(["b", "c2"], dated(NEW))},
        "b",
    ),
    "conflict resolved to the second side": (
        {"c1": BASE, "c2": Node(["c1"], dated("2020-01-05")), "b": Node(["c1"], dated(NEW)),
         "m": Node(["c2", "b"], dated(NEW))},
        "b",
    ),
    "conflict resolved to the first side": (
        {"c1": BASE, "c2": Node(["c1"], dated(NEW)), "b": Node(["c1"], dated("2020-01-05")),
         "m": Node(["c2", "b"], dated(NEW, "both notes"))},
        "c2",
    ),
    "a merge that no parent agrees with": (
        {"c1": BASE, "c2": Node(["c1"], dated("2020-01-05")), "b": Node(["c1"], dated("2020-01-07")),
         "m": Node(["c2", "b"], dated(NEW))},
        "m",
    ),
    "a merge that changes what both left alone": (
        {"c1": BASE, "c2": Node(["c1"], {**dated(OLD), "z": "z"}), "b": Node(["c1"], {**dated(OLD), "y": "y"}),
         "m": Node(["c2", "b"], dated(NEW))},
        "m",
    ),
    "dropped by one merge, brought back by another that nobody asked": (
        {"c1": BASE, "b": Node(["c1"], dated(NEW)), "c2": Node(["c1"], {**dated(OLD), "z": "z"}),
         "m1": Node(["c2", "b"], {**dated(OLD), "z": "z"}), "c3": Node(["m1"], {**dated(OLD), "y": "y"}),
         "m2": Node(["c3", "m1"], dated(NEW))},
        "m2",
    ),
    "reverted and applied again": (
        {"c1": BASE, "c2": Node(["c1"], dated(NEW)), "c3": Node(["c2"], dated(OLD)), "c4": Node(["c3"], dated(NEW))},
        "c2",
    ),
    "reverted and applied again on a branch, the trunk never gave it up": (
        {"c1": BASE, "c2": Node(["c1"], dated(NEW)), "b1": Node(["c2"], dated(OLD)), "b2": Node(["b1"], dated(NEW)),
         "c3": Node(["c2"], {**dated(NEW), "z": "z"}), "m": Node(["c3", "b2"], {**dated(NEW), "z": "z"})},
        "c2",
    ),
    "moved back and forth": (
        {"c1": BASE, "c2": Node(["c1"], dated("2020-02-02")), "c3": Node(["c2"], dated(NEW)),
         "c4": Node(["c3"], dated("2020-02-02")), "c5": Node(["c4"], dated(NEW)), "c6": Node(["c5"], dated(NEW, "x"))},
        "c3",
    ),
    "rename alone": (
        {"c1": BASE, "c2": Node(["c1"], dated(NEW, path="old.md")), "c3": Node(["c2"], dated(NEW))}, "c2 old.md"),
    "rename with an edit": (
        {"c1": BASE, "c2": Node(["c1"], dated(NEW, path="old.md")), "c3": Node(["c2"], dated(NEW, "edited"))},
        "c2 old.md",
    ),
    "rename that brings the value": (
        {"c1": Node([], dated(OLD, path="old.md")), "c2": Node(["c1"], dated(NEW))}, "c2"),
    "renamed on the trunk, dated on the branch": (
        {"c1": Node([], dated(OLD, path="old.md")), "c2": Node(["c1"], dated(OLD)),
         "b": Node(["c1"], dated(NEW, path="old.md")), "m": Node(["c2", "b"], dated(NEW))},
        "b old.md",
    ),
    "renamed on the branch, dated on the trunk": (
        {"c1": Node([], dated(OLD, path="old.md")), "c2": Node(["c1"], dated(NEW, path="old.md")),
         "b": Node(["c1"], dated(OLD)), "m": Node(["c2", "b"], dated(NEW))},
        "c2 old.md",
    ),
    "the merge itself renamed it": (
        {"c1": Node([], dated(OLD, path="old.md")), "c2": Node(["c1"], dated(NEW, path="old.md")),
         "b": Node(["c1"], {**dated(OLD, path="old.md"), "y": "y"}), "m": Node(["c2", "b"], {**dated(NEW), "y": "y"})},
        "c2 old.md",
    ),
    "renamed and rewritten step by step on the branch, dated on the trunk": (
        {
            "c1": Node([], dated(OLD, path="old.md")),
            "c2": Node(["c1"], dated(NEW, path="old.md")),
            "b1": Node(["c1"], dated(OLD)),
            "b2": Node(["b1"], {"a.md": article(OLD)[:600] + article(OLD, "other")[:500]}),
            "b3": Node(["b2"], {"a.md": article(OLD, "other")}),
            "m": Node(["c2", "b3"], {"a.md": article(NEW, "other")}),
        },
        "c2 old.md",
    ),
    "split on the branch: the old name stays another article": (
        {
            "c1": Node([], dated(OLD, path="old.md")),
            "c2": Node(["c1"], dated(NEW, path="old.md")),
            "b": Node(["c1"], dated(NEW)),
            "m": Node(["c2", "b"], dated(NEW) | dated(NEW, path="old.md")),
        },
        "b",
    ),
    "a branch that removed one and wrote another like it": (
        {"c1": Node([], dated(NEW, path="b.md")), "b1": Node(["c1"], {"z": "z"}), "b2": Node(["b1"], {**dated(NEW, "x"), "z": "z"}),
         "c2": Node(["c1"], {**dated(NEW, path="b.md"), "y": "y"}), "m": Node(["c2", "b2"], {**dated(NEW, "x"), "y": "y", "z": "z"})},
        "b2",
    ),
    "criss-cross": (
        {"c1": BASE, "p": Node(["c1"], dated(NEW)), "q": Node(["c1"], {**dated(OLD), "z": "z"}),
         "pq": Node(["p", "q"], {**dated(NEW), "z": "z"}), "qp": Node(["q", "p"], {**dated(NEW), "z": "z"}),
         "r": Node(["qp"], {**dated(OLD), "z": "z"}), "s": Node(["r"], {**dated(NEW), "z": "z"}),
         "m": Node(["pq", "s"], {**dated(NEW), "z": "z"})},
        "p",
    ),
    "criss-cross, from the other side": (
        {"c1": BASE, "p": Node(["c1"], dated(NEW)), "q": Node(["c1"], {**dated(OLD), "z": "z"}),
         "pq": Node(["p", "q"], {**dated(NEW), "z": "z"}), "qp": Node(["q", "p"], {**dated(NEW), "z": "z"}),
         "r": Node(["qp"], {**dated(OLD), "z": "z"}), "s": Node(["r"], {**dated(NEW), "z": "z"}),
         "m": Node(["s", "pq"], {**dated(NEW), "z": "z"})},
        "p",
    ),
    "octopus: the third parent": (
        {"c1": BASE, "c2": Node(["c1"], {**dated(OLD), "z": "z"}), "x": Node(["c1"], {**dated(OLD), "y": "y"}),
         "b": Node(["c1"], dated(NEW)), "m": Node(["c2", "x", "b"], {**dated(NEW), "y": "y", "z": "z"})},
        "b",
    ),
    "deleted and written anew": (
        {"c1": Node([], dated(NEW)), "c2": Node(["c1"], {"z": "z"}), "c3": Node(["c2"], {**dated(NEW), "z": "z"})},
        "c1",
    ),
    "deleted and written anew with another date": (
        {"c1": Node([], dated(OLD)), "c2": Node(["c1"], {"z": "z"}), "c3": Node(["c2"], {**dated(NEW), "z": "z"})},
        "c3",
    ),
    "deleted by a later name and written anew by the first": (
        {"c1": BASE, "c2": Node(["c1"], dated(OLD, path="b.md")), "c3": Node(["c2"], dated(NEW, path="b.md")),
         "c4": Node(["c3"], {"z": "z"}), "c5": Node(["c4"], {**dated(NEW, "x"), "z": "z"})},
        "c3 b.md",
    ),
    "deleted by a merge whose sides call it by two names, and written anew": (
        {"c1": BASE, "c2": Node(["c1"], dated(OLD, path="b.md")), "b": Node(["c1"], dated(NEW)),
         "m": Node(["c2", "b"], {"z": "z"}), "c3": Node(["m"], {**dated(NEW, "x"), "z": "z"})},
        "b",
    ),
    "changed places in a merge": (
        {"c1": Node([], {"a.md": article(OLD), "b.md": article(NEW, "y")}), "c2": Node(["c1"], {"a.md": article(OLD), "b.md": article(NEW, "y"), "z": "z"}),
         "b": Node(["c1"], {"a.md": article(OLD), "b.md": article(NEW, "y"), "w": "w"}),
         "m": Node(["c2", "b"], {"a.md": article(NEW, "y"), "b.md": article(OLD), "z": "z", "w": "w"})},
        "c1 b.md",
    ),
    "from the second side, in another's place": (
        {"c1": BASE, "b": Node(["c1"], {**dated(OLD), "b.md": article(NEW, "y")}), "c2": Node(["c1"], {**dated(OLD), "z": "z"}),
         "m": Node(["c2", "b"], {"a.md": article(NEW, "y"), "z": "z"})},
        "b b.md",
    ),
    "two roots": (
        {"c1": BASE, "r": Node([], dated(NEW, path="b.md")), "c2": Node(["c1"], dated(NEW)),
         "m": Node(["r", "c2"], {**dated(NEW), "b.md": article(NEW)})},
        "c2",
    ),
    "set by a clock that was slow, and set back": (
        {"c1": Node([], dated(NEW), day=-400), "c2": Node(["c1"], dated(OLD)), "c3": Node(["c2"], dated(NEW, "x"), day=1)},
        "c1",
    ),
    "set before a clock was slow, and set back": (
        {"c1": Node([], dated(NEW)), "c2": Node(["c1"], dated(OLD), day=-400), "c3": Node(["c2"], dated(NEW, "x"), day=1)},
        "c1",
    ),
    "set where the day begins first, and set back": (
        {"c1": Node([], dated(NEW), day=-105), "c2": Node(["c1"], dated(OLD), day=-105), "c3": Node(["c2"], dated(NEW, "x"), day=1)},
        "c1",
    ),
    "set on a branch and taken back there, set back by the merge": (
        {"c1": BASE, "b1": Node(["c1"], dated(NEW)), "b2": Node(["b1"], dated(OLD)), "c2": Node(["c1"], {**dated(OLD), "z": "z"}),
         "m": Node(["c2", "b2"], {**dated(NEW, "x"), "z": "z"})},
        "b1",
    ),
    "dates that run backwards": (
        {"c1": Node([], dated(OLD), day=90), "c2": Node(["c1"], dated(NEW), day=50), "c3": Node(["c2"], dated(OLD), day=99),
         "c4": Node(["c3"], dated(NEW), day=10), "c5": Node(["c4"], dated(NEW, "x"), day=70)},
        "c2",
    ),
}  # fmt: skip
