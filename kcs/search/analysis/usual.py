"""What people type for a longer or a formal word: short forms (`pw`, `mk`), and loan words (`พาสเวิร์ด`, `باسورد`). Pure.

They are synonyms that every base has, as far as it has the words they stand for. Left out is what may as well mean something else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from kcs.article.letters import normal
from kcs.search.analysis.english import singular
from kcs.search.analysis.folds import cluster_pairs
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.words import folded_run, run_terms, stem_of

_MOST = 2
# A stop word.
_EVERYWHERE = 1 << 60

_SIGN_IN, _SIGN_OUT = ("sign in", "log in"), ("sign out", "log out")
_TWO_FACTORS = ("mfa", "2fa", "two-factor authentication")

# In any question. The folds of Vietnamese ones, `sdt`, are the same.
ANYWHERE = {
    **dict.fromkeys(("pw", "pwd", "passwd"), ("password",)),
    **dict.fromkeys(("login", "log in", "logon", "log on", "sign in", "signin", "sign on"), _SIGN_IN),
    **dict.fromkeys(("logout", "log out", "sign out", "signout"), _SIGN_OUT),
    **dict.fromkeys(("2fa", "mfa", "2sv"), _TWO_FACTORS),
    "acct": ("account",),
    "addr": ("address",),
    "admin": ("administrator",),
    "auth": ("authentication",),
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
    "vm": ("virtual machine",),
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
    "đn": ("đăng nhập",),
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
    **dict.fromkeys(("เออเร่อ", "เออเรอร์", "error"), ("ข้อผิดพลาด",)),
    **dict.fromkeys(("เบอร์โทร", "เบอร์มือถือ"), ("หมายเลขโทรศัพท์",)),
    **dict.fromkeys(("เซ็ตติ้ง", "เซตติ้ง", "setting"), ("การตั้งค่า",)),
    **dict.fromkeys(("อัพเดท", "อัพเดต", "อัปเดท", "อัพเดช"), ("อัปเดต",)),
    "แอพ": ("แอป",),
    **dict.fromkeys(("รีเซต", "รีเซ็ท", "reset"), ("รีเซ็ต",)),
    "ดาวโหลด": ("ดาวน์โหลด",),
    "อัพโหลด": ("อัปโหลด",),
    "อีเมล์": ("อีเมล",),
    "ลิงค์": ("ลิงก์",),
    "คอม": ("คอมพิวเตอร์",),
    "มือถือ": ("โทรศัพท์",),
    "เวป": ("เว็บ",),
    "เว็ป": ("เว็บ",),
}  # fmt: skip
ARABIC = {
    **dict.fromkeys(("باسورد", "باسوورد", "password"), ("كلمة المرور", "كلمة السر")),
    "كلمة السر": ("كلمة المرور",),
    "كلمة المرور": ("كلمة السر",),
    **dict.fromkeys(("ايميل", "إيميل", "email"), ("البريد الإلكتروني",)),
    **dict.fromkeys(("اكاونت", "أكونت", "account"), ("حساب",)),
    **dict.fromkeys(("يوزر", "يوزرنيم"), ("اسم المستخدم",)),
    **dict.fromkeys(("لوجن", "لوجين", "login"), ("تسجيل الدخول",)),
    **dict.fromkeys(("موبايل", "جوال"), ("هاتف",)),
    **dict.fromkeys(("ابلكيشن", "app"), ("تطبيق",)),
    **dict.fromkeys(("ابديت", "update"), ("تحديث",)),
    **dict.fromkeys(("ايرور", "error"), ("خطأ",)),
    "كمبيوتر": ("حاسوب",),
    "حاسوب": ("كمبيوتر",),
    "تنزيل": ("تحميل",),
    "تحميل": ("تنزيل",),
}  # fmt: skip


def usual(found: Sequence[Run], known: Callable[[str], int]) -> dict[str, tuple[str, ...]]:
    """The names in a question that stand for something else, and the words of the base that they stand for, as in [synonyms] of
    kcs.toml.

    `known`: how many articles have a term. Nothing stands for what the question says already. Of several in a language only the
    two commonest are given: an article that spells out all of them says no more than one that has the usual one.
    """
    said = f" {' '.join(_stem(run) for run in found)} "
    chosen: dict[str, tuple[str, ...]] = {}
    for key, name, others in _tables(_scripts(found)):
        if key in said and not any(_key(one) in said for one in others):
            there = sorted(others, key=lambda one: -_articles(one, known))[:_MOST]
            kept = tuple(one for one in there if _articles(one, known))
            if kept:
                chosen[name] = (*chosen.get(name, ()), *kept)
    return chosen


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
    found = list(runs(normal(words)))
    stems = " ".join(map(_stem, found))
    return stems if found[0].script == "thai" else f" {stems} "


def _stem(run: Run) -> str:
    return singular(stem_of(folded_run(run)))


def _articles(words: str, known: Callable[[str], int]) -> int:
    """How many articles have the rarest of the words, at the most."""
    return min(_articles_with(run, known) for run in runs(normal(words)))


def _articles_with(run: Run, known: Callable[[str], int]) -> int:
    if run.script == "thai":
        return min(map(known, cluster_pairs(run.text)[1:-1]))
    terms = run_terms(run)
    return known(terms[0]) if terms else _EVERYWHERE
