"""Every key of kcs.toml with what it means: the one place that validation, the schema, `kcs init` and the docs read."""

from __future__ import annotations

from kcs.tuples import NamedTuple

# Where `[fields]` calls one of our keys so, the base's own key of our name means something else.
APART = "kcs_"
# The names that `[fields]` may map, that is, the front matter keys an adopted base may call something else.
FIELD_NAMES = (
    "audience",
    "author",
    "confidence",
    "created",
    "description",
    "draft",
    "editor",
    "governance",
    "id",
    "language",
    "owner",
    "permalink",
    "product",
    "status",
    "tags",
    "title",
    "type",
    "updated",
    "verified_at",
    "verifiers",
    "verify_every",
)


class Key(NamedTuple):
    """One key. `kind`: string, integer, number, boolean, day, interval, strings, words, pair, any, or one of `choices`."""

    name: str
    kind: str
    doc: str
    example: str = ""
    choices: tuple[str, ...] = ()


class Table(NamedTuple):
    """One `[table]`. `free`: the user names the keys and each value is of this kind; `many`: `[[table]]`."""

    name: str
    doc: str
    keys: tuple[Key, ...] = ()
    free: str = ""
    many: bool = False
    example: str = ""


_POLICY_KEYS = (
    Key(
        "verify_every",
        "interval",
        'How long a verification holds: "90d", "6 months", "1 year" or "never".',
        '"180d"',
    ),
    Key("quorum", "integer", "How many different people must vouch for the content.", "1"),
    Key("verifiers", "strings", "Who may verify: people or teams of team.toml.", '["email-team"]'),
    Key("publishers", "strings", "Who may approve articles under compliance governance.", '["legal-lead"]'),
    Key(
        "confidence",
        "string",
        "For articles that do not say themselves.",
        '"archived"',
        ("work-in-progress", "not-validated", "validated", "archived"),
    ),
    Key("audience", "string", "For articles that do not say themselves.", '"internal"'),
    Key(
        "governance",
        "string",
        "experience: whoever may edit improves it; compliance: approved before it is published.",
        '"experience"',
        ("experience", "compliance"),
    ),
    Key("language", "string", "BCP 47, for articles that do not say themselves.", '"en"'),
    Key("images", "boolean", "Whether the bytes of local images are part of what is verified.", "false"),
    Key(
        "second_eyes",
        "boolean",
        "Whether the author of a change may not be the one who verifies it.",
        "false",
    ),
)

MATCH_KEYS = ("path", "tag", "type", "product", "audience", "language", "governance")

TOP_KEYS = (
    Key("engine", "string", "The search engine.", '"whoosh"', ("whoosh", "sqlite", "tantivy")),
    Key("timezone", "string", "Days begin and end here, on every machine.", '"UTC"'),
    Key(
        "audiences",
        "strings",
        "From the most closed to the most open; an article that names none counts as the first.",
        '["internal", "partner", "external"]',
    ),
    Key(
        "date_order",
        "string",
        "How dates such as 01/05/2026 are written in articles; where it is not set, they name no day.",
        '"month-first"',
        ("month-first", "day-first"),
    ),
)

TABLES = (
    Table(
        "articles",
        "Which files are articles. Globs from the root of the knowledge base; ** is any number of folders.",
        (
            Key(
                "include",
                "strings",
                "What is an article. What is new lies below the first that takes it.",
                '["articles/**/*.md"]',
            ),
            Key("exclude", "strings", "What is not.", '["**/README.md", "**/index.md", "**/log.md"]'),
        ),
    ),
    Table(
        "fields",
        (
            'Front matter keys that this base calls something else: ours = "theirs". Nothing is rewritten. A name that begins '
            "with kcs_ sets ours apart: what stands under our own name is the base's then, is not read, and is left alone."
        ),
        tuple(Key(name, "string", "") for name in FIELD_NAMES),
        example='verified_at = "last_reviewed"',
    ),
    Table(
        "types",
        'Article types under another name: theirs = "ours".',
        free="string",
        example='faq = "Question and answer"',
    ),
    Table(
        "links",
        "How articles link to each other.",
        (
            Key("root", "string", "The address under which the site serves the articles.", '"/how-to/"'),
            Key(
                "by",
                "string",
                'What a link names: "path" of the file, or the "permalink" of its front matter.',
                '"path"',
                ("path", "permalink"),
            ),
            Key(
                "folders",
                "strings",
                "The folders that the site serves at its root: a link from the root is looked for below them first.",
                '["source"]',
            ),
            Key(
                "relative",
                "string",
                'What a relative link counts from: the "file" that holds it, or, where the site serves `a/b.md` as `a/b/`, '
                'that "address".',
                '"file"',
                ("file", "address"),
            ),
            Key(
                "site",
                "string",
                "The public address of what the site serves at `root`. The audit judges links that begin so like links inside the base; "
                "no fingerprint changes.",
                '"https://support.example.com/how-to/"',
            ),
        ),
    ),
    Table("defaults", "What holds where no policy says otherwise.", _POLICY_KEYS),
    Table(
        "policy",
        "What holds for some articles. For each key the first policy that matches and sets it counts; "
        "an article's own value wins over both.",
        (
            Key(
                "match",
                "match",
                "All of these must hold: path (globs), tag, type, product, audience, language, governance.",
                '{path = "articles/legal/**", governance = ["compliance"]}',
            ),
            *_POLICY_KEYS,
        ),
        many=True,
    ),
    Table(
        "targets",
        "Where you want to be. Shown beside the figures; never a gate.",
        (
            Key("trust", "number", "Trust score in percent.", "97"),
            Key("kept", "number", "Promise kept (trusted of validated) in percent.", "97"),
            Key("zero_result", "number", "Unanswered searches in percent, at most.", "3"),
            Key("self_service", "number", "Self-service share in percent.", "50"),
            Key("usage", "number", "People who use the knowledge base, in percent.", "30"),
            Key("growth", "pair", "Growth of the content a month in percent, from and to.", "[5, 10]"),
        ),
    ),
    Table(
        "taxonomy",
        "What should exist.",
        (
            Key("products", "strings", "Products that need articles.", '["widget"]'),
            Key("types", "strings", "Types that each product needs.", '["Solution", "How-to"]'),
            Key("audiences", "strings", "Audiences that each of them needs.", '["internal", "external"]'),
            Key("languages", "strings", "Languages that each article should have.", '["en", "th"]'),
        ),
    ),
    Table(
        "synonyms",
        "Words that mean the same, used on the query alone.",
        free="strings",
        example='"2fa" = ["two-step", "otp"]',
    ),
    Table("pins", "Articles shown first for a query.", free="strings", example='"vpn" = ["kb-7f3q9xk2"]'),
    Table(
        "search",
        "How search judges.",
        (
            Key("floor", "share", "The match (0 to 1) from which a question counts as answered.", "0.5"),
            Key(
                "untrusted_factor",
                "share",
                "What the score of an untrusted article is multiplied by.",
                "0.8",
            ),
        ),
    ),
    Table(
        "ledger",
        "Where searches, opened articles and links to tickets are noted. Figures come from it, never trust.",
        (
            Key(
                "shared",
                "boolean",
                "In ledger/ of this base, to be committed and merged; else on each person's machine alone.",
                "false",
            ),
            Key(
                "pseudonyms",
                "boolean",
                "Whether the shared files name people by made-up names that only their own machine can tell.",
                "false",
            ),
        ),
    ),
    Table(
        "adopt",
        "Spreads the first due days of a base whose dates were old when it came to kcs.",
        (
            Key("on", "day", "The day of adoption.", "2026-01-01"),
            Key("over", "interval", "How far the first due days are spread.", '"180d"'),
        ),
    ),
    Table(
        "rules",
        "Severity, paths and parameters of a rule of the audit, by its code.",
        free="any",
        example='KCS405 = {severity = "off"}',
    ),
    Table(
        "style",
        "The style guide, for rules KCS411 and KCS412 of the audit.",
        (
            Key(
                "avoid",
                "words",
                'Words to avoid, and what to use; "" says to leave them out.',
                '{utilize = "use"}',
            ),
            Key(
                "forbidden",
                "strings",
                "Phrases that must not stand in an article.",
                '["as soon as possible"]',
            ),
            Key(
                "titles",
                "string",
                "sentence: only the first word and names begin with a capital letter.",
                '"sentence"',
                ("sentence", "any"),
            ),
            Key("names", "strings", "Names that keep their capital letters in titles.", '["Cloud Files"]'),
        ),
    ),
)
