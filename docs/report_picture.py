"""Makes docs/img/report.png: the report of a base that looks like examples/kb after a year of use.
By hand, it needs Chromium.

python docs/report_picture.py [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 12, 1)
QUESTIONS = (
    "export all bookings to excel", "apple pay for deposits", "gift cards", "reminder by whatsapp", "คืนเงินบางส่วน",
    "فاتورة ضريبية", "xuất hoá đơn", "two salons one calendar",
)  # fmt: skip
# What tickets ask that no article answers: words that change, and minutes that one takes.
ASKED = {
    "Can clients pay the deposit with {} in the app?": (("Apple Pay", "Google Pay", "a gift card"), 24),
    "Export all bookings of {} to Excel": (("last month", "this year", "one stylist"), 38),
    "Send reminders by {} instead of text": (("WhatsApp", "LINE", "Viber"), 17),
    "One calendar for two salons in {}": (("Hanoi", "Berlin", "the same street"), 52),
}
FIGURES = "month,csat,nps,tickets,no_agent,self_service\n" + "".join(
    f"2026-{month:02},{84 + month * 0.6:.1f},{28 + month},{520 - month * 11},{22 + month * 1.3:.1f},{31 + month * 1.5:.1f}\n"
    for month in range(1, 12)
)


def main() -> int:
    """Make the base, the report, the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="where to leave the base and the report")
    keep = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        root = folder / "acme-knowledge"
        env = {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache")}
        os.environ.update(env)
        _grow(root, env)
        _use(root)
        page, tickets = folder / "report.html", folder / "closed.csv"
        _ask(root, tickets)
        words = ["--as-of", str(TODAY), "--tickets", str(tickets), "--output", str(page)]
        command = [sys.executable, "-m", "kcs", "report", *words]
        subprocess.run(command, cwd=root, env=env | {"PYTHONPATH": str(ROOT)}, check=True)
        program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
        picture = ROOT / "docs" / "img" / "report.png"
        shot = [
            program,
            "--headless=new",
            "--no-sandbox",
            "--hide-scrollbars",
            f"--user-data-dir={folder / 'profile'}",
        ]
        size = ["--window-size=1060,1180", f"--screenshot={picture}"]
        subprocess.run([*shot, *size, page.as_uri()], check=True, capture_output=True)
    return 0


def _grow(root: Path, env: Mapping[str, str]) -> None:
    """Each article without its verifications when it began, somewhere in the year; with them when they were made."""
    draw = random.Random(12)
    shutil.copytree(ROOT / "examples" / "kb", root, ignore=shutil.ignore_patterns("articles"))
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, env=env, check=True)
    steps: list[tuple[date, str, str]] = []
    for file in sorted((ROOT / "examples" / "kb" / "articles").rglob("*.md")):
        text, path = file.read_text("utf-8"), file.relative_to(ROOT / "examples" / "kb").as_posix()
        began = date(2025, 11, 3) + timedelta(days=int(draw.random() ** 1.3 * 330))
        bare = re.sub(r"^verified:\n(?:[ ]+-.*\n)+|^stale_after:.*\n", "", text, flags=re.MULTILINE)
        days = [date.fromisoformat(one) for one in re.findall(r"\bat: (\d{4}-\d\d-\d\d)", text)]
        steps.append((began, path, bare))
        steps.append((max([began + timedelta(days=draw.randrange(3, 60)), *days[:1]]), path, text))
    for day, path, text in sorted(steps):
        if day > TODAY:
            continue
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
        _commit(root, env, day)
    (root / "figures.csv").write_text(FIGURES)
    config = (
        (root / "kcs.toml")
        .read_text("utf-8")
        .replace("[taxonomy]", "[ledger]\nshared = true\n\n[taxonomy]", 1)
    )
    (root / "kcs.toml").write_text(config, "utf-8")
    _commit(root, env, TODAY)


def _commit(root: Path, env: Mapping[str, str], day: date) -> None:
    when = {f"GIT_{who}_DATE": f"{day}T09:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    person = ["-c", "user.name=Linh", "-c", "user.email=linh@marlo.example"]
    subprocess.run(["git", "add", "-A"], cwd=root, env=dict(env), check=True)
    subprocess.run(
        ["git", *person, "commit", "-q", "--allow-empty", "-m", "work"],
        cwd=root,
        env={**env, **when},
        check=True,
    )


def _use(root: Path) -> None:
    """A year of searches and links: fewer stay unanswered, more tickets are known."""
    sys.path.insert(0, str(ROOT))
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.ledger import Ledger, new_event

    draw, kb = random.Random(3), KnowledgeBase.open(root)
    ledger, keys, people = Ledger.of(kb), [kb.key(one) for one in kb.articles], sorted(kb.team.people)
    events = []
    for month in range(12):
        first = datetime(2025 + (month + 11) // 12, (month + 11) % 12 + 1, 1, 8, tzinfo=UTC)
        for _ in range(160 + month * 12):
            at = first + timedelta(minutes=draw.randrange(60 * 24 * 27))
            missed = draw.random() < 0.11 - month * 0.0055
            query = draw.choice(QUESTIONS[: 3 + draw.randrange(6)]) if missed else "a question"
            events.append(
                new_event("search", at, actor=f"human:{draw.choice(people)}", query=query, answered=not missed,
                          total=0 if missed and draw.random() < 0.3 else 4)
            )  # fmt: skip
            if not missed:
                later = at + timedelta(seconds=20)
                events.append(
                    new_event(
                        "open", later, actor=events[-1].actor, article=draw.choice(keys), after=events[-1].id
                    )
                )
        for _ in range(40 + month * 5):
            key = keys[int(draw.random() ** 2 * len(keys))]
            at = first + timedelta(minutes=draw.randrange(60 * 24 * 27))
            events.append(
                new_event(
                    "link",
                    at,
                    actor="human:ada",
                    article=key,
                    ticket=f"ZD-{draw.randrange(220):03}",
                    outcome="solved",
                )
            )
    ledger.append(*events)


def _ask(root: Path, tickets: Path) -> None:
    """Closed tickets: two thirds that an article answers, the rest that none does."""
    draw, rows = random.Random(7), []
    titles = re.findall(
        r"^title: (.+)",
        "\n".join(one.read_text("utf-8") for one in sorted(root.glob("articles/**/*.md"))),
        re.M,
    )
    for number in range(220):
        closed = datetime(2025, 12, 2, 10, tzinfo=UTC) + timedelta(days=number * 1.6)
        if draw.random() < 0.66:
            subject, minutes = draw.choice(titles).strip("\"'"), 12
        else:
            form, (parts, minutes) = draw.choice(list(ASKED.items()))
            subject = form.format(draw.choice(parts))
        rows.append(
            (
                f"ZD-{number:03}",
                closed - timedelta(hours=3),
                closed,
                subject,
                f"{subject}. Please help.",
                minutes,
            )
        )
    with tickets.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("id", "created_at", "closed_at", "subject", "description", "handle_minutes"))
        writer.writerows((one[0], one[1].isoformat(), one[2].isoformat(), *one[3:]) for one in rows)


if __name__ == "__main__":
    raise SystemExit(main())
