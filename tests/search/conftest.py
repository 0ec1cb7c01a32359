"""A small base in four languages, with an article for whatever a search can meet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import KCS_TOML, Base, Run
from tests.quick import in_process

SEARCH_TOML = (
    KCS_TOML
    + """\
[synonyms]
"2fa" = ["two-step", "otp"]
[pins]
"refund" = ["kb-refund01"]
"""
)


def article(title: str, body: str, **facts: str) -> str:
    """An article's file; external unless `facts` say otherwise."""
    facts = {"audience": "external", "confidence": "not-validated"} | facts
    lines = "".join(f"{key}: {value}\n" for key, value in facts.items())
    return f"---\n{lines}title: {title}\n---\n{body}\n"


ARTICLES: dict[str, str | bytes] = {
    "articles/email/outlook.md": article(
        "Outlook keeps asking for the password",
        "## Issue\n\nOutlook asks for the **password** every few minutes, in a loop.\n\n"
        "## Environment\n\nOutlook 2013, version 1.10.\n\n"
        "## Resolution\n\nOpen the Credential Manager and remove the entry. Set `--no-cache` in my.cnf.\n\n"
        "<!-- internal -->\nThe customer's tenant may be throttled: ask the zebra team.\n<!-- /internal -->\n",
        id="kb-7f3q9xk2", product="rackspace-email", tags="[outlook, imap]", owner="email-team", language="en",
    ),
    "articles/email/imap.md": article(
        "Set up a mailbox on a phone",
        "## Issue\n\nHow do I read mail on the phone?\n\n## Resolution\n\nUse the IMAP server secure.example.com, port 993.",
        id="kb-imap0001", product="rackspace-email", tags="[imap]", owner="jd", language="en",
    ),
    "articles/team/zebra.md": article(
        "Whom to ask about throttled mailboxes", "Ask the email team, extension 12.",
        id="kb-team0001", audience="internal", language="en",
    ),
    "articles/old.md": article(
        "Outlook Express asks for a password", "Nobody uses it.", id="kb-old00001", confidence="archived",
    ),
    "articles/th/password.md": article(
        "รีเซ็ตรหัสผ่านของกล่องจดหมาย", "## วิธีแก้ไข\n\nเปิดหน้าเข้าสู่ระบบ แล้วกดลืมรหัสผ่าน ระบบจะส่งลิงก์ให้ทางอีเมล",
        id="kb-thai0001", language="th",
    ),
    "articles/vi/password.md": article(
        "Đặt lại mật khẩu hộp thư", "## Cách khắc phục\n\nMở trang đăng nhập rồi bấm quên mật khẩu.",
        id="kb-viet0001", language="vi", translation_of='{id: kb-thai0001, content: "kcs1:00"}',
    ),
    "articles/ar/password.md": article(
        "إعادة تعيين كلمة المرور", "## الحل\n\nافتح صفحة تسجيل الدخول ثم اضغط على نسيت كلمة المرور.",
        id="kb-arab0001", language="ar", translation_of='{id: kb-thai0001, content: "kcs1:00"}',
    ),
    "articles/refund.md": article(
        "Give the money back", "## Resolution\n\nOpen the invoice, choose Pay back.", id="kb-refund01", language="en",
    ),
    "articles/otp.md": article(
        "The two-step code does not arrive", "## Resolution\n\nWait two minutes.", id="kb-otp00001", language="en",
    ),
}  # fmt: skip


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(ARTICLES, config=SEARCH_TOML)


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], base: Base, tmp_path: object) -> Run:
    """kcs in this process, in the base."""
    call = in_process(monkeypatch, {**kcs_env, "KCS_SESSION": str(tmp_path)}, base.root)
    return lambda *args, **rest: call(*args, **{"cwd": base.root, **rest})
