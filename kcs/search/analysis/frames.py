"""How something is asked, around what is asked: "please help
me", `cho em hỏi … ạ`, `ขอสอบถาม…หน่อยครับ`, `من فضلك …`. Pure.

No article says it, so an answer would lack it. A language has a pattern for what is put before, and one for what is put
behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from kcs.article.letters import arabic, latin
from kcs.patterns import later
from kcs.search.analysis.meaning import is_stop
from kcs.search.analysis.scripts import runs
from kcs.tuples import NamedTuple


class Put(NamedTuple):
    """What is asked is `start` to `end` of a question."""

    start: int
    end: int


def frame_of(question: str) -> Put | None:
    """How a question in lower case is put; None if it asks at once, or says nothing else."""
    put = _put(question)
    return put if put and any(not is_stop(run) for run in runs(question[put.start : put.end])) else None


def _put(question: str) -> Put | None:
    if put := _english(question):
        return put
    if not question.isascii():
        if _ANY_THAI.search(question):
            return _around(question, _THAI, _THAI_END)
        if _ANY_ARABIC.search(question):
            return _arabic(question)
    return _vietnamese(question)


def _around(question: str, before: re.Pattern[str], behind: re.Pattern[str]) -> Put | None:
    found = before.match(question)
    put = _behind(question, found.end() if found else 0, behind)
    return put if put.start or put.end < len(question) else None


def _behind(question: str, start: int, behind: re.Pattern[str]) -> Put:
    """`start` is where what is put before ends."""
    found = behind.search(question, max(start, len(question) - _TAIL))
    return Put(start, found.start() if found else len(question))


def _folded(question: str, fold: Callable[[str], str]) -> tuple[str, list[int]]:
    """The folded question, and where in the question each of its letters is; the last is where it ends."""
    letters = [fold(sign) for sign in question]
    places = [at for at, letter in enumerate(letters) for _ in letter]
    return "".join(letters), [*places, len(question)]


# What is put behind is at most so long.
_TAIL = 60

# ---- English

# Where so many words at most are left; in a longer question, how it is put is little, and at times what it is about.
_SHORT = 3
_ASKING = frozenset((
    "help", "need", "needs", "want", "wants", "like", "tell", "show", "possible", "way", "option", "find", "get", "see",
    "know", "trying", "idea",
))  # fmt: skip
_ENGLISH = later(
    r"^\W*(?:(?:hi|hello|please|pls)\b\W*)*(?:"
    r"(?:the |a |my |our )?(?:customer|client|user)s? (?:wants?|needs?|would like|(?:is|are) trying)(?= (?:to|how|if|whether|where)\b)"
    r"|(?:can|could|would|will) (?:you|someone|anyone|somebody|anybody) (?:please )?(?:help|tell|show)\b(?: (?:me|us)\b)?"
    r"|(?:help|tell|show) (?:me|us)\b"
    r"|(?:i|we)(?: would|['\u2019]?d)? (?:need|want|like)\b(?: (?:some )?help\b(?! ?desk\b))?"
    r"|(?:i|we)(?:['\u2019]m| am|['\u2019]re| are) trying(?= to\b)"
    r"|(?:(?:any|some|need|need some) )?help(?= (?:to|with)\b)"
    r"|is it possible(?= (?:to|for)\b)"
    r"|is there (?:a|any|some) (?:way|option)(?= (?:to|of|for)\b)"
    r"|(?:do you know|any idea|does any(?:one|body) know)(?= (?:how|where|what|if|why)\b)"
    r"|(?:where|how) (?:can|do|could|should) (?:i|we|you) (?:find|get|see)\b"
    r")(?: (?:to )?know(?= (?:how|where|what|if|why|whether)\b))?"
    r"(?![-./@'\u2019]\w)"  # a name goes on: us-east-1, me.com, help-desk
)


def _english(question: str) -> Put | None:
    if _ASKING.isdisjoint(question.split()):  # nearly always: the pattern is not even compiled
        return None
    found = _ENGLISH.match(question)
    if not found or sum(not is_stop(run) for run in runs(question[found.end() :])) > _SHORT:
        return None
    return Put(found.end(), len(question))


# ---- Vietnamese

_WORD = later(r"[^\W\d_]+")
# Without accents; nearly always none is there, and no pattern is compiled.
_ASKING_VIETNAMESE = frozenset((
    "hoi", "giup", "muon", "xin", "em", "minh", "toi", "oi", "chao", "khach", "lam", "huong", "cho", "biet",
))  # fmt: skip
_WHO = r"(?:anh chị|chúng tôi|bên (?:em|mình)|em|mình|tôi|anh|chị|bạn|shop|ad|admin|e|m)"
_ALL = r"(?:mọi người|các bạn)"
_ABOUT = r"(?: (?:thêm|chút|về|cách|là|rằng|thông tin))*"
_VIETNAMESE = (
    r"(?:\W*(?<!\w)(?:"
    rf"dạ(?= (?:cho|xin|chào|{_WHO}) )|alo|hi|hello|(?:{_WHO}|{_ALL})(?= cho (?:{_WHO} )?hỏi )"
    rf"|(?:(?:xin|em|mình) )?chào (?:{_WHO}|{_ALL})|xin chào|(?:{_WHO}|{_ALL}) ơi"
    rf"|(?:xin )?vui lòng|làm ơn|nhờ {_WHO}(?= (?:giúp|hỗ trợ|hướng dẫn|cho|chỉ) )"
    rf"|(?:xin )?cho (?:phép )?(?:{_WHO} )?(?:xin )?(?:được )?(?:hỏi|biết){_ABOUT}"
    rf"|cho {_WHO} xin (?:thông tin|hướng dẫn|cách){_ABOUT}|xin (?:được )?(?:hỏi|tư vấn|hướng dẫn){_ABOUT}"
    rf"|(?:{_WHO} )?(?:đang )?(?:muốn|cần) (?:được )?(?:hỏi|biết|tìm|tìm hiểu|tư vấn|hỗ trợ|giúp đỡ|giúp|hướng dẫn){_ABOUT}"
    rf"|{_WHO} (?:muốn|cần)"
    rf"|(?:giúp|hỗ trợ|hướng dẫn|tư vấn|báo)(?: (?:giúp|cho|dùm))? {_WHO}(?: với)?{_ABOUT}|chỉ(?: (?:giúp|cho))? {_WHO} cách"
    rf"|(?:có )?ai biết{_ABOUT}|có cách nào(?: để)?|làm (?:thế nào|sao|cách nào)(?: (?:mà|để|{_WHO}|có thể))*"
    rf"|khách(?: hàng)?(?: này)? (?:muốn|cần|hỏi|báo)(?: (?:hỏi|biết))?{_ABOUT}"
    r")(?![-./@'\u2019]?\w))+"
)
# Alone, what is put behind may be a word of any language: `a`, `sao`.
_VIETNAMESE_END = (
    rf"(?:\W+(?:với|ạ|nhé|nha|vậy|ah|nhỉ|(?:cho|giúp|giùm|dùm) {_WHO}|(?:thì )?(?:phải )?(?:làm )?(?:như )?(?:thế nào|sao)"
    r"|(?:(?:được|dc) )?(?:không|ko|k)|là gì|ở đâu|cảm ơn|thanks|tks))+\W*$"
)


def _vietnamese(question: str) -> Put | None:
    """Each word with its accents or without any: `căn biệt` is not `cần biết`, `can biet` may be."""
    text, places = _folded(question, latin)
    if _ASKING_VIETNAMESE.isdisjoint(text.split()):
        return None
    before, behind, accented = _with_or_without_accents()
    found = before.match(text)
    if not found:
        return None
    put = _behind(text, found.end(), behind)
    put = Put(places[put.start], places[put.end])
    said = _WORD.findall(f"{question[: put.start]} {question[put.end :]}")
    return put if all(one.isascii() or one in accented for one in said) else None


@cache
def _with_or_without_accents() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """The patterns for Vietnamese without accents, and the words that have some."""
    words = frozenset(_WORD.findall(_VIETNAMESE + _VIETNAMESE_END))
    return re.compile(latin(_VIETNAMESE)), re.compile(latin(_VIETNAMESE_END)), words


# ---- Thai

_ANY_THAI = later("[\u0e01-\u0e4e]")
# A vowel or tone above or below is no letter to Python, and yet part of the word.
_NO_LETTER = r"[^\w\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]"
_POLITE = r"(?:(?<!ช)นะ|น่ะ)?(?:ค่ะ|คะ|ครับผม|ครับ|(?<!บัง)คับ|จ้ะ|จ๊ะ|(?<!เ)จ้า)"
_BIT = r"(?:หน่อย|(?<!ช)นิด(?:นึง|หนึ่ง))"
_TO_WHAT = rf"(?:{_BIT}|เพิ่มเติม|ด้วย)*"
_ABOUT_THAI = r"(?:\W*(?:ว่า(?!ง(?![าดบู\u0e48]|วด))|เรื่อง|เกี่ยวกับ|วิธี(?:การ)?(?:ใช้)?|ข้อมูล|รายละเอียด))*"
_THAI = later(
    r"^(?:\W*(?:"
    rf"(?:สวัสดี|หวัดดี)(?:{_POLITE})?|(?:พี่|แอดมิน|แอด|คุณ)(?:{_POLITE}|(?= ))"
    rf"|(?:ขอ)?รบกวน{_TO_WHAT}(?:{_POLITE})?|(?:ขอความ)?กรุณา(?:แนะนำ|บอก|อธิบาย)?|โปรด(?:แนะนำ|บอก|อธิบาย|(?=ช่วย))|ขออนุญาต|ไม่(?:ทราบ|รู้)ว่า|พอดี|คือว่า"
    rf"|(?:มี)?ลูกค้า(?:ท่านนี้|รายนี้|คนนี้)?(?:โทรมา)?(?:อยาก|ต้องการ|จะ)?(?:สอบถาม|ถาม|ทราบ|รู้(?!จัก|สึก)|แจ้ง|สงสัย)(?:มา)?{_ABOUT_THAI}"
    r"|(?:มี)?ลูกค้า(?:ท่านนี้|รายนี้|คนนี้)?(?=อยาก|ต้องการ)"
    rf"|(?:มี)?ใคร(?:พอ)?(?:รู้|ทราบ){_ABOUT_THAI}|วิธี(?:การ)?"
    rf"|(?:ขอ|อยาก|ต้องการ|ใคร่|จะ|มีเรื่อง){{0,3}}(?:เรียน)?(?:สอบถาม|ปรึกษา){_TO_WHAT}(?:{_POLITE})?{_ABOUT_THAI}"
    rf"|(?:ขอ|อยาก|ต้องการ|ใคร่|จะ|มีเรื่อง){{1,3}}(?:จะ)?(?:ถาม|ทราบ|รู้(?!จัก|สึก)){_TO_WHAT}(?:{_POLITE})?{_ABOUT_THAI}"
    rf"|ขอ(?:วิธี(?:การ)?|ข้อมูล|รายละเอียด|คำแนะนำ|ความช่วยเหลือ|คำปรึกษา){_ABOUT_THAI}"
    rf"|(?:อยากให้)?ช่วย(?:บอก|แนะนำ|สอน|อธิบาย|เหลือ(?=\W|หน่อย|ด้วย))?(?!เหลือ){_TO_WHAT}(?:{_POLITE})?{_ABOUT_THAI}"
    rf"|(?:อยาก|ต้องการ)(?!ให้)(?:จะ|ได้)?(?:วิธี(?:การ)?|ข้อมูล|รายละเอียด)?{_ABOUT_THAI}"
    r"|ทำ(?:ยังไง|อย่างไร)(?:ถึงจะ|จึงจะ|ให้)?"
    r")(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]))+"  # never within a cluster
)
_THAI_END = later(
    rf"(?:{_NO_LETTER}*(?<![\u0e40-\u0e44])(?:{_POLITE}|(?:ให้)?{_BIT}|ช่วยด้วย|(?:ด้วย|บ้าง)(?={_POLITE})|(?:ได้|มี(?:วิธี)?|ใช่)(?:ไหม|มั้ย|หรือเปล่า|หรือไม่|รึเปล่า)|(?:ไหม|มั้ย)(?={_POLITE})"
    rf"|(?:จะ)?(?:ต้อง|ควร)?ทำ(?:อย่างไร|ยังไง|ไง)(?:ดี)?| ขอบคุณ(?:มาก)?))+{_NO_LETTER}*$"
)

# ---- Arabic

_ANY_ARABIC = later("[\u0620-\u064a]")
_IN = r"(?: (?:في|عن|علي|حول|بخصوص|الي))?"
_HOW = r"(?: (?:كيف|كيفيه|طريقه))?"
_KNOWING = r"(?: (?:ان )?(?:اعرف|نعرف|يعرف|معرفه|اسال|يسال|السوال|استفسر|الاستفسار|مساعده|المساعده|مساعدتي|مساعدتكم|معلومات|شرح|توضيح|افهم|فهم))"
_ARABIC = later(
    r"^(?:\W*(?:"
    r"(?:ال)?سلام عليكم(?: ورحمه الله(?: وبركاته)?)?|مرحبا|اهلا(?: وسهلا)?|صباح الخير|مساء الخير|تحيه طيبه|يا (?:جماعه|اخوان|شباب|اخي)"
    r"|من فضلك(?:م)?|(?:لو|اذا) سمحت(?:م|ي|وا)?|بعد اذنك(?:م)?|رجاء(?=\W*(?:كيف|ساعد|اريد|هل))|(?:ارجو|الرجاء|يرجي)"
    rf"{_KNOWING}{_HOW}{_IN}"
    rf"|(?:هل )?(?:ممكن|من الممكن|بامكانكم|بامكانك|تستطيع|تقدر|يمكنك(?:م)?)(?: ان)?(?:{_KNOWING}| (?:تساعد(?:ني|نا|وني|ونا)|تخبر(?:ني|وني)|توضح(?:وا)? لي|تشرح(?:وا)? لي)){_HOW}{_IN}"
    rf"|(?:هل )?(?:ممكن|من الممكن|يمكن|يمكنني|بامكاني|استطيع|اقدر){_KNOWING}{_HOW}{_IN}"
    r"|(?:هل|كيف) (?:ممكن|من الممكن|يمكنني|يمكن|بامكاني|استطيع|اقدر)(?: ان)?|ممكن(?= )"
    rf"|(?:انا )?(?:اريد|نريد|اود|ارغب|بدي|ابغي|ابي|حاب|عايز|عاوز|محتاج|احتاج|نحتاج)(?: ان| في| الي)?{_KNOWING}?{_HOW}{_IN}"
    rf"|(?:عندي|لدي|لدينا) (?:سوال|استفسار|مشكله){_IN}|(?:سوال|استفسار) (?:عن|بخصوص|حول)"
    rf"|(?:ساعد|اخبر)(?:ني|نا|وني|ونا){_HOW}{_IN}|(?:وضح|اشرح)(?:وا)? لي{_HOW}|مساعده(?= في\b)"
    r"|(?:ما هي |ماهي )?(?:طريقه|كيفيه)"
    rf"|(?:ال)?(?:عميل|زبون|مستخدم)ه?(?: هذا)? (?:يريد|يرغب|يسال|يود|يحتاج|تريد|تسال){_KNOWING}?(?: ان)?{_HOW}{_IN}"
    r")(?!\w))+"
)
_ARABIC_END = later(
    r"(?:\W+(?:من فضلك(?:م)?|(?:لو|اذا) سمحت(?:م|ي|وا)?|رجاء|و?شكرا(?: لكم| لك| جزيلا)?|ارجو (?:المساعده|الرد)))+\W*$"
)


def _arabic(question: str) -> Put | None:
    """Letters are compared as words are, which lack their vowel signs."""
    text, places = _folded(question, arabic)
    put = _around(text, _ARABIC, _ARABIC_END)
    return Put(places[put.start], places[put.end]) if put else None
