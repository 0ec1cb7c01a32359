"""The list of commands: a name, its room, one line of help. A command's module is imported when it is named."""

from __future__ import annotations

from kcs.tuples import NamedTuple


class Entry(NamedTuple):
    """One command: `module` below kcs.cli holds `app`, a Typer application with that command alone."""

    name: str
    module: str
    help: str
    panel: str


_DAILY = "Every day"
_TRUST = "Trust"
_AUDIT = "Audit"
_COVERAGE = "Coverage and figures"
_TEAM = "Teamwork"
_CARE = "Set-up and care"

COMMANDS = (
    Entry("search", "search", "Find the article that answers, whatever words come to hand.", _DAILY),
    Entry("new", "new", "Make an article: one line is enough.", _DAILY),
    Entry("edit", "edit", "Open an article in your editor, and say what the change means.", _DAILY),
    Entry("list", "list_articles", "List articles, filtered and sorted.", _DAILY),
    Entry("show", "show", "Show an article with its trust, and why.", _DAILY),
    Entry("path", "path", "Print the path of an article's file.", _DAILY),
    Entry("open", "open", "Open an article outside the terminal.", _DAILY),
    Entry("link", "link", "Note which article answered which ticket.", _DAILY),
    Entry("flag", "flag", "Say what is wrong with an article: flag it or fix it.", _DAILY),
    Entry("mv", "mv", "Move an article, a file or a folder; every link follows.", _DAILY),
    Entry("log", "log", "Tell an article's story: states, verifications, changes.", _DAILY),
    Entry("trust", "trust", "The trust score, and why it is not higher.", _TRUST),
    Entry("queue", "queue", "What needs attention, riskiest first.", _TRUST),
    Entry("verify", "verify", "Vouch for exactly what an article says today.", _TRUST),
    Entry("unverify", "unverify", "Take an article's verification back.", _TRUST),
    Entry("state", "state", "Set an article's state, and see what is missing.", _TRUST),
    Entry("assign", "assign", "Give articles an owner and verifiers.", _TRUST),
    Entry("approve", "approve", "Approve exactly what an article under compliance says.", _TRUST),
    Entry("archive", "archive", "Archive an article, and say what takes its place.", _TRUST),
    Entry("audit", "audit", "Find what is wrong with articles, and how to fix it.", _AUDIT),
    Entry("check", "check", "Check staged files: what runs before each commit.", _AUDIT),
    Entry("urls", "urls", "Check whether external links still work.", _AUDIT),
    Entry("sprint", "sprint", "Plan an audit sprint: an even share for everybody.", _AUDIT),
    Entry("rules", "rules", "List the rules of the audit.", _AUDIT),
    Entry("rule", "rule", "Explain a rule of the audit.", _AUDIT),
    Entry("gaps", "gaps", "What is asked and not answered, ranked by cost.", _COVERAGE),
    Entry("metrics", "metrics", "The figures a knowledge programme is run by.", _COVERAGE),
    Entry("report", "report", "One page for a manager: charts, trends, gaps, queue.", _COVERAGE),
    Entry("pairs", "pairs", "Brew and Review: draw pairs, and see who has handed in.", _TEAM),
    Entry("areas", "areas", "Who answers for which area, and where only one person can.", _TEAM),
    Entry("digest", "digest", "Who did what for the knowledge base this week.", _TEAM),
    Entry("init", "init", "Start a new base, or adopt the articles of a repository.", _CARE),
    Entry("use", "use", "Choose the base to work on from anywhere.", _CARE),
    Entry("sync", "sync", "Bring in what others did; push what you did.", _CARE),
    Entry("index", "index", "Bring the search index up to date, or say how it is.", _CARE),
    Entry("doctor", "doctor", "Check that everything kcs relies on is in order.", _CARE),
    Entry("resolve", "resolve", "Resolve a Git conflict between stamps.", _CARE),
    Entry("merge-file", "merge_file", "Git's merge driver for articles.", _CARE),
)
