"""What the words around a number say it is: an order, a version, a phone."""

from __future__ import annotations

import re

from kcs.patterns import later
from kcs.privacy.fold import plainly

# Where a number begins and ends. Thai writes words to both sides without a blank, so only ASCII letters glue;
# a `_` that no letter stands at emphasises, and a dot behind a letter ends an abbreviation (`No.4539...`).
BEGIN = r"(?<![A-Za-z0-9+-])(?<![A-Za-z0-9]_)(?<![A-Za-z0-9]__)(?<!(?<![A-Za-z])\.)"
# The same, tested after its first digit: a pattern that begins with a digit is searched twenty times faster.
BEGUN = r"(?<![A-Za-z0-9+-]\d)(?<![A-Za-z0-9]_\d)(?<![A-Za-z0-9]__\d)(?<!(?<![A-Za-z])\.\d)"
END = r"(?![A-Za-z0-9-]|_{1,2}[A-Za-z0-9]|\.\d)"
_NEAR = 28
_PHONE = later(
    r"(?:\b(?:tel|phone|telephone|mobile|cell|fax|whatsapp|viber|zalo|line|sms|hotline)\b|\b(?:call|ring|reach|text)\s+"
    r"(?:me|us|him|her|back|them)\b|my number|contact number|โทร|เบอร์|มือถือ|ติดต่อ"
    r"|điện thoại|liên hệ|\bsđt\b|\bsdt\b|\bđt\b|di động|\bgọi\b|số máy|هاتف|جوال|موبايل|محمول|رقمي|واتس|اتصل|الاتصال|تلفون)"
    r"[^\d\n]{0,18}$",
    re.IGNORECASE,
)
# Wherever that pattern matches, there is one of these, in lower case:
# most numbers have none nearby, and the pattern is not compiled.
_PHONE_WORDS = (
    "tel", "phone", "mobile", "cell", "fax", "whatsapp", "viber", "zalo", "line", "sms", "call", "ring", "reach", "text", "number",
    "โทร", "เบอร์", "มือถือ", "ติดต่อ", "điện thoại", "liên hệ", "sđt", "sdt", "đt", "di động", "gọi", "số máy",
    "هاتف", "جوال", "موبايل", "محمول", "رقمي", "واتس", "اتصل", "الاتصال", "تلفون",
)  # fmt: skip
_OTHER = later(
    r"(?:\b(?:order|ord|po|invoice|inv|ticket|case|ref|reference|tracking|serial|s/?n|sku|part|model|build|version|ver|firmware|bios|revision|rev|"
    r"account|acct|transaction|txn|booking|article|kb|error|code|event|id|port|pid|imei|isbn|ean|barcode|licen[cs]e|"
    r"product key|epoch|timestamp|ts|quantity|qty|price|total|amount|bytes|size|uid|row|line\s\d+|request|session|"
    r"parcel|shipment|meter|policy|registration|member|customer)\b"
    r"|คำสั่งซื้อ|ออเดอร์|ใบแจ้งหนี้|พัสดุ|หมายเลขเครื่อง|รหัส|เลขที่|ซีเรียล|บาร์โค้ด|ราคา|จำนวน"
    r"|đơn hàng|mã|hóa đơn|vận đơn|phiên bản|\bgiá\b|tài khoản|sê-ri|seri"
    r"|الطلب|طلب|فاتورة|الفاتورة|شحنة|الشحنة|تذكرة|إصدار|الإصدار|رمز|المرجع|السعر|المبلغ|التسلسلي|الحساب)"
    r"(?:[\s:#=(.,_\"'-]|number|no\b|nr\b|code|id\b|is\b|was\b|số|thuế|lỗi|หมายเลข|เลขที่|เลข|เอกสาร|رقم|الرقم|الخطأ){0,6}$",
    re.IGNORECASE,
)
_MONEY_BEFORE = later(r"(?:[$€£¥฿₫﷼]|\b(?:usd|eur|gbp|thb|vnd|sar|aed|egp|rs|jpy)\.?)\s?-?$", re.IGNORECASE)
_MONEY_AFTER = later(
    r"\s?(?:[$€£¥฿₫﷼%]|(?:usd|eur|gbp|thb|vnd|đồng|sar|aed|egp|jpy|บาท|ريال|درهم|جنيه|دينار)(?!\w)|[đ](?!\w))",
    re.IGNORECASE,
)


def says_phone(text: str, start: int) -> bool:
    """Whether the words just before `start` announce a phone number."""
    near = text[max(0, start - _NEAR - 12) : start]
    plain = plainly(near)
    return any(one in plain for one in _PHONE_WORDS) and _PHONE.search(near) is not None


def says_other(text: str, start: int) -> bool:
    """Whether the words just before `start` announce some other number: an order, a version, an error."""
    return _OTHER.search(text[max(0, start - _NEAR) : start]) is not None


def is_money(text: str, start: int, end: int) -> bool:
    """Whether a currency comes right before or after it."""
    return bool(_MONEY_BEFORE.search(text[max(0, start - 8) : start]) or _MONEY_AFTER.match(text, end))
