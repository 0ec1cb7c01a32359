"""The sections of articles, and their headings in four languages, in one table.

A heading in any of them, or a usual synonym, leads back to the section's key, so that every later check knows
which section is which, whatever language the article is in.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, normalize

LANGUAGES = ("en", "th", "vi", "ar")

# key: English, Thai, Vietnamese, Arabic
_TABLE: dict[str, tuple[str, str, str, str]] = {
    "issue": ("Issue", "ปัญหา", "Vấn đề", "المشكلة"),
    "environment": ("Environment", "สภาพแวดล้อม", "Môi trường", "البيئة"),
    "cause": ("Cause", "สาเหตุ", "Nguyên nhân", "السبب"),
    "resolution": ("Resolution", "วิธีแก้ไข", "Cách khắc phục", "الحل"),
    "workaround": ("Workaround", "วิธีแก้ชั่วคราว", "Giải pháp tạm thời", "الحل المؤقت"),
    "permanent_fix": ("Permanent fix", "การแก้ไขถาวร", "Bản sửa lỗi chính thức", "الإصلاح الدائم"),
    "question": ("Question", "คำถาม", "Câu hỏi", "السؤال"),
    "answer": ("Answer", "คำตอบ", "Trả lời", "الإجابة"),
    "details": ("Details", "รายละเอียด", "Chi tiết", "التفاصيل"),
    "goal": ("Goal", "เป้าหมาย", "Mục tiêu", "الهدف"),
    "before_you_begin": ("Before you begin", "ก่อนเริ่ม", "Trước khi bắt đầu", "قبل أن تبدأ"),
    "steps": ("Steps", "ขั้นตอน", "Các bước", "الخطوات"),
    "result": ("Result", "ผลลัพธ์", "Kết quả", "النتيجة"),
    "faq": ("Frequently asked questions", "คำถามที่พบบ่อย", "Câu hỏi thường gặp", "الأسئلة الشائعة"),
    "see_also": ("See also", "ดูเพิ่มเติม", "Xem thêm", "انظر أيضًا"),
    "checks": ("Checks", "การตรวจสอบ", "Các bước kiểm tra", "الفحوصات"),
    "findings": ("What the results mean", "ความหมายของผลตรวจ", "Ý nghĩa của kết quả", "ماذا تعني النتائج"),
    "escalation": ("When to escalate", "เมื่อใดควรส่งต่อ", "Khi nào cần chuyển cấp", "متى يلزم التصعيد"),
    "summary": ("Summary", "สรุป", "Tóm tắt", "الملخص"),
    "reference": ("Reference", "ข้อมูลอ้างอิง", "Thông tin tham khảo", "المعلومات المرجعية"),
    "examples": ("Examples", "ตัวอย่าง", "Ví dụ", "أمثلة"),
    "purpose": ("Purpose", "วัตถุประสงค์", "Mục đích", "الغرض"),
    "scope": ("Scope", "ขอบเขต", "Phạm vi", "النطاق"),
    "roles": ("Roles", "บทบาทหน้าที่", "Vai trò", "الأدوار"),
    "trigger": ("When it starts", "เริ่มเมื่อใด", "Khi nào bắt đầu", "متى تبدأ"),
    "exceptions": ("Exceptions", "ข้อยกเว้น", "Ngoại lệ", "الاستثناءات"),
    "rules": ("Rules", "ข้อกำหนด", "Quy định", "القواعد"),
    "contact": ("Contact", "ผู้ติดต่อ", "Liên hệ", "جهة الاتصال"),
    "release": ("Release and launch", "รุ่นและวันเปิดตัว", "Phiên bản và ngày ra mắt", "الإصدار وموعد الإطلاق"),
    "what_it_does": ("What it does", "ทำอะไรได้บ้าง", "Tính năng này làm gì", "ما الذي تقدمه الميزة"),
    "who_it_is_for": ("Who it is for", "เหมาะกับใคร", "Dành cho ai", "لمن هذه الميزة"),
    "customer_wording": (
        "Customer-ready wording",
        "ข้อความสำหรับลูกค้า",
        "Nội dung gửi khách hàng",
        "صيغة جاهزة للعملاء",
    ),
    "internal_notes": ("Internal notes", "บันทึกภายใน", "Ghi chú nội bộ", "ملاحظات داخلية"),
    "call": ("The call", "การโทรครั้งนี้", "Cuộc gọi", "المكالمة"),
    "agenda_set": ("Agenda set", "การกำหนดวาระ", "Nêu rõ nội dung cuộc gọi", "تحديد جدول الأعمال"),
    "conversation_led": ("Conversation led", "การนำบทสนทนา", "Dẫn dắt cuộc trò chuyện", "قيادة الحوار"),
    "next_steps_agreed": (
        "Next steps agreed",
        "ขั้นตอนถัดไปที่ตกลงกัน",
        "Các bước tiếp theo đã thống nhất",
        "الخطوات التالية المتفق عليها",
    ),
    "what_to_keep": ("What to keep", "สิ่งที่ควรทำต่อไป", "Điều nên giữ", "ما يستحق الاستمرار"),
    "what_to_try": ("What to try", "สิ่งที่ควรลอง", "Điều nên thử", "ما يستحق التجربة"),
    "why": ("Why", "เหตุผลของการเปลี่ยนแปลง", "Lý do thay đổi", "لماذا هذا التغيير"),
    "what_it_involves": ("What it involves", "สิ่งที่ต้องทำ", "Những việc cần làm", "ما الذي يشمله التغيير"),
    "effect": (
        "Effect and effort by team",
        "ผลกระทบและภาระงานของแต่ละทีม",
        "Ảnh hưởng và công sức của từng nhóm",
        "الأثر والجهد لكل فريق",
    ),
    "how": ("How", "วิธีดำเนินการ", "Cách thực hiện", "طريقة التنفيذ"),
    "who": ("Who", "ผู้รับผิดชอบ", "Người phụ trách", "المسؤولون"),
    "milestones": ("Milestones", "หมุดหมายสำคัญ", "Các mốc quan trọng", "المراحل الرئيسية"),
    "how_to_read": ("How to read this matrix", "วิธีอ่านตารางนี้", "Cách đọc bảng này", "كيفية قراءة هذا الجدول"),
    "levels": ("Levels", "ระดับ", "Các cấp độ", "المستويات"),
    "competencies": ("Competencies", "สมรรถนะ", "Năng lực", "الكفاءات"),
    "moving_up": ("Moving up", "การก้าวสู่ระดับถัดไป", "Lên cấp tiếp theo", "الانتقال إلى المستوى التالي"),
    "area": ("The area", "ขอบเขตงาน", "Mảng phụ trách", "مجال المسؤولية"),
    "people": ("Owner and deputy", "ผู้ดูแลและผู้แทน", "Người phụ trách và người thay thế", "المسؤول ونائبه"),
    "product_contact": (
        "Contact in the product team",
        "ผู้ติดต่อในทีมผลิตภัณฑ์",
        "Đầu mối ở nhóm sản phẩm",
        "جهة الاتصال في فريق المنتج",
    ),
    "not_covered": ("What it does not cover", "สิ่งที่ไม่รวมอยู่", "Những gì không bao gồm", "ما لا يشمله"),
    "learning": ("How to learn it", "วิธีเรียนรู้งานนี้", "Cách học mảng này", "كيف تتعلم هذا المجال"),
    "handover": ("Handover", "การส่งมอบงาน", "Bàn giao", "التسليم"),
}

# What people also write; separated by |, in any language.
_SYNONYMS = {
    "issue": "Issues|Symptom|Symptoms|Problem|Problem description|อาการ|อาการที่พบ|Triệu chứng|Sự cố|Hiện tượng"
    "|Mô tả vấn đề|الأعراض|المشكل|وصف المشكلة",
    "environment": "Environments|Applies to|Affected versions|ใช้กับ|สภาพแวดล้อมการใช้งาน|Áp dụng cho|ينطبق على|بيئة العمل",
    "cause": "Causes|Root cause|Reason|ต้นเหตุ|สาเหตุที่แท้จริง|Nguyên nhân gốc|Lý do|الأسباب|السبب الجذري|سبب المشكلة",
    "resolution": "Solution|Solutions|Fix|How to fix it|การแก้ไข|การแก้ปัญหา|วิธีแก้|วิธีแก้ปัญหา|แนวทางแก้ไข|Giải pháp"
    "|Cách giải quyết|Khắc phục|Cách xử lý|Cách sửa|الحلول|طريقة الحل|الإصلاح|حل المشكلة",
    "workaround": "Workarounds|Temporary fix|การแก้ไขชั่วคราว|Cách khắc phục tạm thời|حل مؤقت|الحل البديل",
    "permanent_fix": "Fix status|Status of the fix|สถานะการแก้ไข|Tình trạng khắc phục|حالة الإصلاح",
    "answer": "Short answer|Answers|Câu trả lời|الجواب",
    "question": "Questions|الأسئلة",
    "details": "More details|รายละเอียดเพิ่มเติม|Thông tin chi tiết|تفاصيل",
    "goal": "Objective|What you can do|สิ่งที่จะทำได้|الأهداف",
    "before_you_begin": "Before you start|Prerequisites|Prerequisite|Requirements|สิ่งที่ต้องเตรียม|ข้อกำหนดเบื้องต้น"
    "|Điều kiện tiên quyết|Yêu cầu|Chuẩn bị|المتطلبات|المتطلبات الأساسية",
    "steps": "Step|Procedure|Instructions|วิธีทำ|ขั้นตอนการทำ|Các bước thực hiện|Hướng dẫn|Cách làm|خطوات التنفيذ|التعليمات",
    "result": "Results|Outcome|Expected result|ผลที่ได้|Kết quả mong đợi|النتيجة المتوقعة|النتائج",
    "faq": "FAQ|FAQs|Hỏi đáp|الأسئلة المتكررة|ถามตอบ",
    "see_also": "Related|Related articles|Related information|Related links|Further reading|บทความที่เกี่ยวข้อง"
    "|Bài viết liên quan|مقالات ذات صلة|اقرأ أيضًا",
    "checks": "What to check|Diagnosis|Diagnostic steps|สิ่งที่ต้องตรวจสอบ|การวินิจฉัย|Kiểm tra|Chẩn đoán|التشخيص|خطوات الفحص",
    "findings": "Findings|การแปลผล|Diễn giải kết quả",
    "escalation": "Escalation|การส่งต่อ|Chuyển cấp|التصعيد",
    "summary": "Overview|ภาพรวม|Tổng quan|نظرة عامة|ملخص",
    "reference": "Reference information|Values and limits|Tham khảo|المرجع",
    "examples": "Example|مثال|الأمثلة",
    "scope": "Who and what it covers|ขอบเขตการบังคับใช้|Phạm vi áp dụng|نطاق التطبيق",
    "roles": "Roles and responsibilities|Responsibilities|Who does what|Vai trò và trách nhiệm|الأدوار والمسؤوليات",
    "trigger": "Trigger|When to use it",
    "rules": "Policy statement|กฎ|Quy tắc|الأحكام",
    "contact": "Contacts|Questions and contact|ติดต่อ|للتواصل",
    "release": "Release|Launch",
    "customer_wording": "Customer wording|What to tell customers|What to tell the customer",
    "internal_notes": "Internal|Internal note|Notes for colleagues",
    "next_steps_agreed": "Next steps",
}


def heading(key: str, language: str = "en") -> str:
    """What a section is called in a language (BCP 47; one without its own headings gets the English).
    KeyError: no key.
    """
    primary = language.partition("-")[0].lower()
    return _TABLE[key][LANGUAGES.index(primary) if primary in LANGUAGES else 0]


def headings(language: str = "en") -> dict[str, str]:
    """Every section's heading in a language, by its key."""
    return {key: heading(key, language) for key in _TABLE}


def has_language(language: str) -> bool:
    """Whether there are headings of the language's own."""
    return language.partition("-")[0].lower() in LANGUAGES


def section_key(words: str) -> str | None:
    """The section that a heading stands for in any language; None if it is not in the table.
    Case, accents, punctuation, blanks and a leading number do not matter.
    """
    return _keys().get(_folded(words))


def stands_for(words: str, key: str) -> bool:
    """Whether a heading stands for this section: as `section_key`, which first makes the names of all of them."""
    return _folded(words) in _names(key)


@cache
def _names(key: str) -> frozenset[str]:
    return frozenset(map(_folded, (*_TABLE[key], *filter(None, _SYNONYMS.get(key, "").split("|")))))


@cache
def _keys() -> dict[str, str]:
    return {name: key for key in _TABLE for name in _names(key)}


# Letters written in two ways within one language, which no decomposition unites.
_ALIKE = str.maketrans({"đ": "d", "ى": "ي", "ة": "ه", "ـ": "", "&": "and"})


class _Letters(dict[int, "int | None"]):
    """For `str.translate`: letters and digits stay, and so do vowels beside a letter; each sign is looked up once."""

    def __missing__(self, sign: int) -> int | None:
        kept = chr(sign).isalnum() or category(chr(sign)) in ("Mc", "Lo")
        self[sign] = sign if kept else None
        return self[sign]


_LETTERS = _Letters()


def _folded(words: str) -> str:
    if words.isascii():  # most headings, in which there is nothing to take apart
        bare = words.casefold().replace("&", "and").translate(_LETTERS)
    else:
        bare = normalize("NFKD", words.casefold().translate(_ALIKE)).translate(_LETTERS)
    return re.sub(r"^\d+(?=\D)", "", bare) if bare[:1].isdigit() else bare
