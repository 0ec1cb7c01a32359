"""What people type for a longer or a formal word: short forms
(`pw`, `mk`), and loan words (`พาสเวิร์ด`, `باسورد`). Pure.

They are synonyms that every base has, as far as it has the words they stand for.
Left out is what may as well mean something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache

from kcs.article.letters import normal
from kcs.patterns import later
from kcs.search.analysis.english import singular
from kcs.search.analysis.folds import cluster_pairs
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.words import folded_run, run_terms, stem_of

_MOST = 2
# Letters, at the least.
_THAI_WORD = 3
# A stop word.
_EVERYWHERE = 1 << 60

_SIGN_IN, _SIGN_OUT = ("sign in", "log in"), ("sign out", "log out")
_TWO_FACTORS = ("mfa", "2fa", "two-factor authentication", "two-step verification")
_LOGS = ("log in", "log out")
# In these, `log` is a file: the log in /var, logs in a folder.
_LOG_FILE = later(
    r"\blogs (?:in|out)\b"
    r"|\b(?:the|this|an?|which|access|audit|change|debug|error|event|query|slow|system) log (?:in|out)\b"
)
# Beside a word, of a name or an address: vm.swappiness, admin@example.com.
_IN_NAME = later(r"(?<=\w)[.@](?=\w)")

# In any question. The folds of Vietnamese ones, `sdt`, are the same.
ANYWHERE = {
    **dict.fromkeys(("pw", "pwd", "passwd"), ("password",)),
    **dict.fromkeys(("login", "log in", "logon", "sign in", "signin"), _SIGN_IN),
    **dict.fromkeys(("logout", "log out", "sign out", "signout"), _SIGN_OUT),
    **dict.fromkeys(("2fa", "mfa", "2sv", "tfa"), _TWO_FACTORS),
    **dict.fromkeys(("acc", "acct"), ("account",)),
    "addr": ("address",),
    "admin": ("administrator",),
    "auth": ("authentication", "authorization"),
    "cert": ("certificate",),
    "cfg": ("configuration",),
    "config": ("configuration",),
    "creds": ("credentials",),
    "db": ("database",),
    "env": ("environment",),
    "k8s": ("kubernetes",),
    "lb": ("load balancer",),
    "msg": ("message",),
    "pgsql": ("postgresql",),
    "postgres": ("postgresql",),
    "repo": ("repository",),
    "vm": ("virtual machine", "voicemail"),
    "mk": ("mật khẩu",),
    "tk": ("tài khoản",),
    "sđt": ("số điện thoại",),
    "stk": ("số tài khoản",),
    "cty": ("công ty",),
}  # fmt: skip
# Where other words have Vietnamese accents, or the word itself: without them they may be English.
VIETNAMESE = {
    **dict.fromkeys(("pass", "password"), ("mật khẩu",)),
    **dict.fromkeys(("acc", "account"), ("tài khoản",)),
    "app": ("ứng dụng",),
    "ck": ("chuyển khoản",),
    "đh": ("đơn hàng",),
    "đk": ("đăng ký",),
    "đt": ("điện thoại",),
    "dv": ("dịch vụ",),
    "gd": ("giao dịch",),
    "hđ": ("hóa đơn", "hợp đồng"),
    "kh": ("khách hàng",),
    "login": ("đăng nhập",),
    "logout": ("đăng xuất",),
    "nh": ("ngân hàng",),
    "nv": ("nhân viên",),
    "otp": ("mã xác thực", "mã xác minh"),
    "refund": ("hoàn tiền",),
    "reset": ("đặt lại",),
    "sp": ("sản phẩm",),
    "update": ("cập nhật",),
}  # fmt: skip
THAI = {
    **dict.fromkeys(("พาสเวิร์ด", "พาสเวิด", "พาสเวิร์ต", "password"), ("รหัสผ่าน",)),
    **dict.fromkeys(("ล็อกอิน", "ล็อคอิน", "ลอกอิน", "login"), ("เข้าสู่ระบบ",)),
    **dict.fromkeys(("ล็อกเอาต์", "ล็อคเอาท์", "ล็อกเอาท์", "logout"), ("ออกจากระบบ",)),
    **dict.fromkeys(("แอคเคาท์", "แอคเคานท์", "แอคเคานต์", "account"), ("บัญชี",)),
    **dict.fromkeys(("ยูสเซอร์", "ยูเซอร์"), ("ผู้ใช้",)),
    **dict.fromkeys(("ยูสเซอร์เนม", "ยูเซอร์เนม"), ("ชื่อผู้ใช้",)),
    **dict.fromkeys(("เออเร่อ", "เออเรอร์", "error"), ("ข้อผิดพลาด",)),
    **dict.fromkeys(("เบอร์โทร", "เบอร์โทรศัพท์", "เบอร์มือถือ"), ("หมายเลขโทรศัพท์",)),
    **dict.fromkeys(("เซ็ตติ้ง", "เซตติ้ง", "setting"), ("การตั้งค่า",)),
    **dict.fromkeys(("อัพเดท", "อัพเดต", "อัปเดท", "อัพเดช"), ("อัปเดต",)),
    "แอพ": ("แอป",),
    **dict.fromkeys(("รีเซต", "รีเซ็ท", "reset"), ("รีเซ็ต",)),
    "ดาวโหลด": ("ดาวน์โหลด",),
    "อัพโหลด": ("อัปโหลด",),
    "อีเมล์": ("อีเมล",),
    "ลิงค์": ("ลิงก์",),
    "คอม": ("คอมพิวเตอร์",),
    # No computers.
    **dict.fromkeys(("คอมเมน", "คอมเม้น", "คอมมิช", "คอมมูน", "คอมมาน", "คอมไพล", "คอมโพ"), ()),
    **dict.fromkeys(("คอมเพ", "ดอทคอม", "อินเตอร์คอม"), ()),
    "ปริ้นเตอร์": ("เครื่องพิมพ์",),
    "แอดมิน": ("ผู้ดูแลระบบ",),
    "ออเดอร์": ("คำสั่งซื้อ",),
    "เวป": ("เว็บ",),
    "เว็ป": ("เว็บ",),
}  # fmt: skip
ARABIC = {
    **dict.fromkeys(("باسورد", "باسوورد", "باس ورد", "password"), ("كلمة المرور", "كلمة السر")),
    "كلمة السر": ("كلمة المرور",),
    "كلمة المرور": ("كلمة السر",),
    **dict.fromkeys(("ايميل", "إيميل", "email"), ("البريد الإلكتروني",)),
    **dict.fromkeys(("اكاونت", "أكونت", "account"), ("حساب",)),
    **dict.fromkeys(("يوزر", "يوزرنيم", "يوزر نيم"), ("اسم المستخدم",)),
    **dict.fromkeys(("لوجن", "لوجين", "login"), ("تسجيل الدخول",)),
    **dict.fromkeys(("موبايل", "جوال"), ("هاتف",)),
    **dict.fromkeys(("ابلكيشن", "ابليكيشن", "app"), ("تطبيق",)),
    **dict.fromkeys(("ابديت", "update"), ("تحديث",)),
    **dict.fromkeys(("ايرور", "error"), ("خطأ",)),
    "كمبيوتر": ("حاسوب",),
    "حاسوب": ("كمبيوتر",),
}  # fmt: skip


def usual(
    text: str,
    found: Sequence[Run],
    frame: Sequence[Run],
    known: Callable[[str], int],
    own: Collection[str] = (),
) -> dict[str, tuple[str, ...]]:
    """The names in a question that stand for something else, and the words of the base that they stand for, as in
    [synonyms] of kcs.toml.

    `found`: the runs of `text`; `frame`: those of how it is put; `known`: how many articles have a term;
    `own`: names of kcs.toml, which say themselves what they stand for. Nothing stands for what the question
    says already, or what fewer articles say than the name, if both are of one language. Of several in a
    language only the two commonest are given: an article that spells out all of them says no more than one
    that has the usual one.
    """
    said = f" {' '.join(_stem(run) for run in _outside_names(text, found))} "
    there = [one for one in _tables(_languages([*frame, *found])) if one[0] in said]
    if any(one[1] in _LOGS for one in there) and _LOG_FILE.search(text):
        there = [one for one in there if one[1] not in _LOGS]
    own = set(map(_key, own))
    chosen: dict[str, tuple[str, ...]] = {}
    for key, name, others in there:
        is_part = any(key != longer and key in longer for longer, *_ in there)
        if key not in own and not is_part and not any(_key(one) in said for one in others):
            numbers = {one: _articles(one, known) for one in others}
            least = _articles(name, known)
            usable = [
                one for one in others if numbers[one] >= (least if are_alike(_said(name), _said(one)) else 1)
            ]
            kept = tuple(sorted(filter(numbers.get, usable), key=lambda one: -numbers[one])[:_MOST])
            if kept:
                chosen[name] = (*chosen.get(name, ()), *kept)
    return chosen


def _outside_names(text: str, found: Sequence[Run]) -> list[Run]:
    """Those that are no part of a name or an address."""
    joints = {one.start() for one in _IN_NAME.finditer(text)}
    return [run for run in found if run.end not in joints and run.start - 1 not in joints]


def are_alike(name: Sequence[Run], other: Sequence[Run]) -> bool:
    """Whether they may be of one language, and articles with them can be counted: Thai has no words."""
    scripts = _scripts(name)
    return "thai" not in scripts and scripts == _scripts(other)


def _languages(found: Sequence[Run]) -> frozenset[str]:
    """The scripts that the question is written in: a customer's name among English words is none (José, สมชาย)."""
    words = Counter(
        "plain" if run.script == "word" and run.text.isascii() else run.script
        for run in found
        # A Thai run may be many words.
        for _ in range(
            max(1, len(run.text) // _THAI_WORD) if run.script == "thai" else not run.text.isdigit()
        )
    )
    return frozenset(one for one, number in words.items() if one != "plain" and 2 * number >= words["plain"])


def _scripts(found: Sequence[Run]) -> frozenset[str]:
    """Those beside plain letters; `word` for letters with accents."""
    return frozenset(run.script for run in found if run.script != "word" or not run.text.isascii())


@cache
def _tables(scripts: frozenset[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """What to look for, the name, and what it stands for; a language's own first."""
    own = (("word", VIETNAMESE), ("thai", THAI), ("arabic", ARABIC))
    tables = [*(table for script, table in own if script in scripts), ANYWHERE]
    return [
        (_key(name), name, tuple(one for one in others if one != name))
        for table in tables
        for name, others in table.items()
    ]


@cache
def _key(words: str) -> str:
    """As it stands in a question: in Thai, which has no blanks, anywhere."""
    found = _said(words)
    stems = " ".join(map(_stem, found))
    return stems if found and found[0].script == "thai" else f" {stems} "


@cache
def _said(words: str) -> tuple[Run, ...]:
    return tuple(runs(normal(words)))


def _stem(run: Run) -> str:
    return singular(stem_of(folded_run(run)))


def _articles(words: str, known: Callable[[str], int]) -> int:
    """How many articles have the rarest of the words, at the most."""
    return min(_articles_with(run, known) for run in _said(words))


def _articles_with(run: Run, known: Callable[[str], int]) -> int:
    if run.script == "thai":
        return min(map(known, cluster_pairs(run.text)[1:-1]))
    terms = run_terms(run)
    return known(terms[0]) if terms else _EVERYWHERE
