"""Every key of kcs.toml and its meaning: the one source for validation, the schema, `kcs init` and the docs."""

from __future__ import annotations

from kcs.tuples import NamedTuple

# The names that `[fields]` may map: front matter keys that an adopted base may call something else.
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
    """One key. `kind`: string, integer, number, percent, boolean,
    day, interval, strings, words, pair, any, or one of `choices`.
    """

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
        'How long a verification holds: "90d", "6 months", "1 year", "quarterly" or "never".',
        '"180d"',
    ),
    Key("quorum", "integer", "How many different people must vouch for the content.", "1"),
    Key("verifiers", "strings", "Who may verify: people or teams of team.toml.", '["email-team"]'),
    Key("publishers", "strings", "Who may approve articles under compliance governance.", '["legal-lead"]'),
    Key(
        "confidence",
        "string",
        "For articles that name none.",
        '"archived"',
        ("work-in-progress", "not-validated", "validated", "archived"),
    ),
    Key("audience", "string", "For articles that name none.", '"internal"'),
    Key(
        "governance",
        "string",
        "experience: anyone who may edit improves it; compliance: approved before it is published.",
        '"experience"',
        ("experience", "compliance"),
    ),
    Key("language", "string", "BCP 47, for articles that name none.", '"en"'),
    Key(
        "images",
        "boolean",
        "Whether a verification covers the bytes of local images, except those that a link reference definition names.",
        "false",
    ),
    Key(
        "second_eyes",
        "boolean",
        "true: the author of a change may not verify it.",
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
        "How articles write dates such as 01/05/2026; if not set, such dates are not read.",
        '"month-first"',
        ("month-first", "day-first"),
    ),
)

TABLES = (
    Table(
        "articles",
        "Which files are articles. Globs start at the root of the knowledge base; ** stands for any number of folders.",
        (
            Key(
                "include",
                "strings",
                "Files that are articles. A new article goes below the first glob that fits it.",
                '["articles/**/*.md"]',
            ),
            Key("exclude", "strings", "Files that are not.", '["**/README.md", "**/index.md", "**/log.md"]'),
        ),
    ),
    Table(
        "fields",
        (
            'Front matter keys that have another name in this base: ours = "theirs". Nothing is rewritten. A name that begins '
            "with kcs_ keeps ours apart: a key with our own name then belongs to the base; kcs does not read or change it."
        ),
        tuple(Key(name, "string", "") for name in FIELD_NAMES),
        example='verified_at = "last_reviewed"',
    ),
    Table(
        "types",
        'Article types that have another name in this base: theirs = "ours".',
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
                'What a link names: the "path" of the file, or the "permalink" in its front matter.',
                '"path"',
                ("path", "permalink"),
            ),
            Key(
                "folders",
                "strings",
                "Folders that the site serves at its root: a link from the root is looked up in these first.",
                '["source"]',
            ),
            Key(
                "relative",
                "string",
                'What a relative link starts from: the "file" that holds it, or, where the site serves `a/b.md` as `a/b/`, '
                'that "address".',
                '"file"',
                ("file", "address"),
            ),
            Key(
                "site",
                "string",
                "The public address of what the site serves at `root`. The audit checks links that begin with it like links inside the base; "
                "fingerprints do not change.",
                '"https://support.example.com/how-to/"',
            ),
        ),
    ),
    Table("defaults", "Settings for articles for which no policy says otherwise.", _POLICY_KEYS),
    Table(
        "policy",
        "Settings for some articles. For each key, the first policy that matches and sets it counts; "
        "an article's own value wins over both.",
        (
            Key(
                "match",
                "match",
                "All of these must hold: path (globs), tag, type, product, audience, language, governance. "
                "Capitals and accents of words do not matter, and `th` is `th-TH` as well: a policy for `th-TH` comes first.",
                '{path = "articles/legal/**", governance = ["compliance"]}',
            ),
            *_POLICY_KEYS,
        ),
        many=True,
    ),
    Table(
        "targets",
        "Your goals. Shown beside the figures; they never fail a check.",
        (
            Key("trust", "percent", "Trust score in percent.", "97"),
            Key("kept", "percent", "Promise kept (trusted / validated) in percent.", "97"),
            Key("zero_result", "percent", "Unanswered searches in percent, at most.", "3"),
            Key("self_service", "percent", "Self-service share in percent.", "50"),
            Key("usage", "percent", "People who use the knowledge base, in percent.", "30"),
            Key("growth", "pair", "Monthly growth of the content in percent, from and to.", "[5, 10]"),
        ),
    ),
    Table(
        "taxonomy",
        "What the base should contain.",
        (
            Key("products", "strings", "Products that need articles.", '["widget"]'),
            Key("types", "strings", "Types that each product needs.", '["Solution", "How-to"]'),
            Key("audiences", "strings", "Audiences that each of them needs.", '["internal", "external"]'),
            Key("languages", "strings", "Languages that each article should have.", '["en", "th"]'),
        ),
    ),
    Table(
        "synonyms",
        "Words that mean the same; they extend the query only.",
        free="strings",
        example='"2fa" = ["two-step", "otp"]',
    ),
    Table("pins", "Articles shown first for a query.", free="strings", example='"vpn" = ["kb-7f3q9xk2"]'),
    Table(
        "search",
        "How search judges its hits.",
        (
            Key("floor", "share", "The lowest match (0 to 1) at which a question counts as answered.", "0.5"),
            Key(
                "untrusted_factor",
                "share",
                "The factor that multiplies the score of an untrusted article.",
                "0.8",
            ),
        ),
    ),
    Table(
        "ledger",
        "Where searches, opened articles and links to tickets are recorded. Metrics use it; trust never does.",
        (
            Key(
                "shared",
                "boolean",
                "true: in ledger/ of this base, to be committed and merged; false: only on each person's machine.",
                "false",
            ),
            Key(
                "pseudonyms",
                "boolean",
                "Whether the shared files use made-up names that only each person's own machine can resolve.",
                "false",
            ),
        ),
    ),
    Table(
        "adopt",
        "Spreads out the first due days of a base whose dates were already old when it adopted kcs.",
        (
            Key("on", "day", "The day of adoption.", "2026-01-01"),
            Key("over", "interval", "The time over which the first due days are spread.", '"180d"'),
        ),
    ),
    Table(
        "rules",
        "Severity, paths and parameters of an audit rule, by its code.",
        free="any",
        example='KCS405 = {severity = "off"}',
    ),
    Table(
        "style",
        "The style guide, for the audit rules KCS411 and KCS412.",
        (
            Key(
                "avoid",
                "words",
                'Words to avoid, and what to use instead; "" means to leave them out.',
                '{utilize = "use"}',
            ),
            Key(
                "forbidden",
                "strings",
                "Phrases that must not appear in an article.",
                '["as soon as possible"]',
            ),
            Key(
                "titles",
                "string",
                "sentence: only the first word and names start with a capital letter.",
                '"sentence"',
                ("sentence", "any"),
            ),
            Key("names", "strings", "Names that keep their capital letters in titles.", '["Cloud Files"]'),
        ),
    ),
)
