"""What the files of a new base say, kcs.toml apart."""

from __future__ import annotations

FIRST_TITLE = {
    "en": "Where do I write down what I have just solved?",
    "th": "จะบันทึกวิธีที่เพิ่งแก้ปัญหาได้ไว้ที่ไหน",
    "vi": "Tôi ghi lại cách vừa xử lý xong ở đâu?",
    "ar": "أين أكتب الحل الذي توصلت إليه للتو؟",
}
INDEX = """\
---
okf_version: "0.2"
---
# {name}

What we know, one article a file. `kcs list` shows them, `kcs new "..."` makes one, `kcs verify` vouches for one.
"""
TEMPLATES = """\
# Templates of this knowledge base

`kcs new --list` shows the templates there are. A file that you put here comes before one that ships under the same
name: `templates/solution.md` takes the place of the Solution. One file is one template: Markdown with
`{{ heading.issue }}` and the like where a heading goes, and a front matter that names it and its sections.
To begin with one that ships, look at it with `kcs new --preview solution`.
"""
ATTRIBUTES = """\
# Line ends are the same everywhere; two verifications of one article are no conflict (kcs doctor --fix sets that up).
*.md text eol=lf
*.md merge=kcs
/moves.tsv merge=union
/ledger/**/*.jsonl merge=union
"""
IGNORE = """\
# What programs leave beside the articles.
*.kcs-tmp
*~
*.sw?
.DS_Store
Thumbs.db
desktop.ini
"""
TEAM = """\
# Who is who. Verifications count for the people named here; areas say whose an area is.
{people}
# Whoever leaves stays here, with the day: stamps from that day on do not count.
#[people.kp]
#name = "K. P."
#emails = ["kp@acme.example"]
#teams = ["email-team"]
#languages = ["en", "th"]
#timezone = "Asia/Bangkok"
#learning = ["imap"]
#left = 2026-05-01

# A team can own articles and verify them: each member may.
#[teams.email-team]
#name = "Email"
#representative = "kp"

# An area of responsibility.
#[areas.imap]
#owner = "email-team"
#deputy = "kp"
#contact = "product-mail"
#match = {{path = "articles/email/**"}}

# Machines, beside those that the large hosts call so: their stamps never make an article human-reviewed.
#[bots]
#emails = ["*[bot]@users.noreply.github.com"]
"""
