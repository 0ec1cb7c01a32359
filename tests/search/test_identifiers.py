"""Names of the machine's world, asked for whole and in every
part that somebody types: found first, and judged an answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.search.analysis import analyse_text
from kcs.search.analysis.glued import JOINT, cut_names, glued, parts
from kcs.search.analysis.match import FLOOR, match
from kcs.search.analysis.query import ask as understand
from kcs.search.analysis.spans import marks
from kcs.search.engines.choose import ENGINES
from kcs.search.model import Record
from tests.conftest import Base, Run
from tests.search.conftest import SEARCH_TOML, article
from tests.search.vocabularies import vocabulary_of

ASKED = {
    "ERR_CONN_RESET": "err_conn_reset|conn reset|conn_reset|err conn|reset conn|err-conn-reset|errconnreset",
    "0x80070005": "80070005|0X80070005",
    "0xC004F074": "c004f074|C004F074",
    "v4.3.1": "4.3.1|4.3|v4.3|V4.3.1",
    "7.12.5": "v7.12.5|7.12|v7.12",
    "my.cnf": "cnf|my cnf|mycnf|.cnf",
    "zabbix_agentd.conf": "zabbix agentd|agentd conf|zabbix_agentd|agentd.conf|agentd",
    "--skip-grant-tables": "skip-grant-tables|grant tables|grant-tables|skipgranttables",
    "--dry-run": "dry-run|dry run|dryrun",
    "maxPayloadSize": "maxpayloadsize|payload|payload size|max payload|MaxPayloadSize|max_payload_size|max-payload-size|payloadSize",
    "XMLHttpRequest": "xml http request|http request|xmlhttprequest",
    "parseJSONBody": "parse json body|json body|parseJsonBody",
    "innodb_log_file_size": "innodb log file size|log file size|log_file_size|innodb",
    "com.acme.billing.InvoiceError": "acme billing|billing.InvoiceError|invoiceerror|acme.billing",
    "/opt/acme/etc/relay.yaml": "relay.yaml|acme/etc|relay yaml|opt acme|yaml",
    "C:\\Data\\Ledger\\hosts.xlsx": "hosts.xlsx|xlsx|Data\\Ledger|hosts xlsx",
    "Office365": "Office 365|office|365|office-365",
    "25 GB": "25GB|25gb",
    "10MB": "10 MB|10 mb",
    "Wi\u2011Fi": "wifi|wi-fi|wi fi|WiFi|wi\u2010fi",
    "pre-flight": "preflight|pre flight|flight",
    "SHA256": "SHA-256|sha 256|sha",
    "KB5034441": "5034441|KB 5034441",
    "IPv6": "ipv6|IPv6",
    "VDCs": "vdc|VDC|vdcs|VDCs",
    "NTPD": "NTPDs|ntpds|ntpd",
}  # fmt: skip
ABOUT = "The {} as customers report it"
OTHERS = {
    f"articles/other{number}.md": article(
        f"Invoices and printers {number}", "The printer stands in the hall."
    )
    for number in range(8)
}


@pytest.mark.parametrize("engine", ENGINES)
def test_whole_and_in_parts(engine: str, make_base: Callable[..., Base], run: Run) -> None:
    if engine != "sqlite" and not find_spec(engine):
        pytest.skip(f"{engine} is not installed")
    said = {f"articles/n{at}.md": article(ABOUT.format(name), "Ask first.") for at, name in enumerate(ASKED)}
    root = make_base({**said, **OTHERS}, config=SEARCH_TOML).root
    asked = [(path, query) for path, name in zip(said, ASKED, strict=True)
             for query in (name, *ASKED[name].split("|"))]  # fmt: skip
    told = run("search", "--queries", "-", "--format", "jsonl", cwd=root, env={"KCS_ENGINE": engine},
               stdin="\n".join(query for _, query in asked))  # fmt: skip
    wrong = []
    for (path, query), line in zip(asked, told.out.splitlines(), strict=True):
        first = json.loads(line)["hits"][0]
        if first["path"] != path or first["weak"]:
            wrong.append((query, first["title"], first["match"]))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("set maxPayloadSize to 5", "payload", ["Payload"]),
        ("set maxPayloadSize to 5", "payload size", ["PayloadSize"]),
        ("agent v4.3.1 is old", "4.3", ["4.3"]),
        ("error 0x80070005 is shown", "80070005", ["80070005"]),
        ("calendars of Office365 are empty", "office 365", ["Office365"]),
        ("see ERR_CONN_RESET there", "conn", ["ERR_CONN_RESET"]),
    ],
)
def test_of_a_name_is_marked_what_was_asked_for(text: str, words: str, marked: list[str]) -> None:
    question = understand(words, vocabulary_of([analyse_text("", text)]))
    assert [text[start:end] for start, end in marks(text, question.terms)] == marked


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("/x/innodb_maxSize_v2.cnf", ["innodb_max-size_v-2"]),
        ("XMLHttpRequest, vCPUs", ["xml-http-request", "v-cpus"]),
        ("VMs, PCs DNS OSs As", ["vm-s", "pc-s", "os-s"]),
        ("IPv6 0xC004F074 10GB", ["ipv-6", "0x-c004f074", "10-gb"]),
        (
            "PowerShell PCs USA iPhone 20th e4d909c290d0fb1ca068ffaddf22cbd0 1920x1080 b2b err_conn",
            ["pc-s", "i-phone"],
        ),
    ],
)
def test_where_names_are_cut(text: str, cut: list[str]) -> None:
    assert cut_names(text) == cut


def test_what_is_no_name_of_this_base_is_no_answer() -> None:
    """Two versions, codes or hosts share a part, and one is not the other."""
    terms = [analyse_text(f"Where {name} is made", "") for name in ("KB5034441", "web01", "0x80070005")]
    vocabulary = vocabulary_of(terms)
    for words in ("KB5031111", "web02", "0x80070006", "where is 0x80070006 made"):
        question = understand(words, vocabulary)
        assert all(match(question, Record.of(one.record)) < FLOOR for one in terms), words


@given(st.text(st.sampled_from("aBcX_019 .-/é่"), max_size=30))
def test_names_are_words_of_the_record_cut_somewhere(text: str) -> None:
    _, said, *_, names = analyse_text("", text).record.split("\n")
    for name in names.split():
        assert (JOINT in name and f" {name.replace(JOINT, '')} " in said) or not text.isascii()


def test_the_look_for_a_seam_passes_over_no_name() -> None:
    for size in range(2, 6):
        for signs in product("aSs1xB0", repeat=size):
            chunk = "".join(signs)
            assert glued(chunk) == parts(chunk), chunk
