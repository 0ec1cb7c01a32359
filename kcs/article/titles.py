"""Titles under which nobody finds anything."""

from __future__ import annotations

import re

# Words that forms and mail programs fill in.
_GENERIC = (
    *("article", "bug", "call", "document", "draft", "error", "error message", "fix", "help", "help needed"),
    *(
        "how to",
        "issue",
        "new",
        "new article",
        "new document",
        "no subject",
        "no title",
        "not working",
        "note",
    ),
    *(
        "notes",
        "problem",
        "question",
        "request",
        "solution",
        "support",
        "test",
        "ticket",
        "title",
        "untitled",
    ),
    *("urgent", "ไม่มีชื่อ", "ปัญหา", "ทดสอบ", "ขอความช่วยเหลือ", "ข้อผิดพลาด", "คำถาม"),
    *("bài viết mới", "câu hỏi", "không có tiêu đề", "lỗi", "sự cố", "trợ giúp", "vấn đề"),
    *("اختبار", "بدون عنوان", "خطأ", "سؤال", "طلب", "مساعدة", "مشكلة"),
)


def says_nothing(title: str, kind: str = "") -> bool:
    """Whether a title is a word from a form, the article's own type, or holds no word at all."""
    words = re.sub(r"^[\W_]+|[\W_]+$", "", " ".join(title.split())).casefold()
    return words in _GENERIC or words == kind.casefold() or not any(sign.isalpha() for sign in words)
