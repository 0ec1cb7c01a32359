"""Mails made around a question: sentences that every mail has, others about something else, a log, a quoted mail.

All of it is invented here but for the question and the sentences about something else; by one seed.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Sequence

GREETINGS = {
    "en": ("Hi,", "Hello team,", "Dear support team,", "Good morning,"),
    "th": ("สวัสดีครับ", "สวัสดีค่ะ", "เรียน ทีมงาน"),
    "vi": ("Xin chào,", "Chào anh chị,", "Kính gửi bộ phận hỗ trợ,"),
    "ar": ("السلام عليكم", "مرحبا،", "تحية طيبة وبعد،"),
}
BEFORE = {
    "en": (
        "I hope this message finds you well.",
        "I have been a customer with you for several years now and have always been happy with the service.",
        "My colleague Maria told me that you are the right people to write to.",
        "I tried to call yesterday but nobody answered after twenty minutes.",
        "We have looked at this for two days now.",
        "I already restarted everything and it made no difference.",
    ),
    "th": (
        "ผมเป็นลูกค้าของท่านมาหลายปีแล้วและพอใจกับบริการมาตลอด",
        "เมื่อวานนี้โทรไปแล้วแต่ไม่มีคนรับสายเลย",
        "เพื่อนร่วมงานแนะนำให้เขียนมาถามที่นี่",
        "ลองทำเองมาสองวันแล้วก็ยังไม่ได้",
    ),
    "vi": (
        "Tôi là khách hàng của quý công ty đã nhiều năm và luôn hài lòng với dịch vụ.",
        "Hôm qua tôi đã gọi điện nhưng không có ai nghe máy.",
        "Đồng nghiệp của tôi khuyên tôi viết thư cho các bạn.",
        "Chúng tôi đã thử trong hai ngày mà vẫn chưa được.",
    ),
    "ar": (
        "أنا عميل لديكم منذ عدة سنوات وأنا راض دائما عن الخدمة.",
        "اتصلت بكم أمس ولكن لم يجب أحد على الهاتف.",
        "نصحني زميلي في العمل أن أكتب إليكم.",
        "حاولنا لمدة يومين ولم ننجح.",
    ),
}
BEHIND = {
    "en": (
        "This is quite urgent for us, since the whole office is waiting.",
        "Could you please get back to me before Friday?",
        "I attached two pictures.",
        "You can reach me by phone in the afternoon.",
        "Please let me know if you need anything else from me.",
    ),
    "th": (
        "เรื่องนี้ด่วนมากเพราะทุกคนในสำนักงานรออยู่",
        "รบกวนตอบกลับก่อนวันศุกร์ด้วยนะครับ",
        "แนบรูปมาให้สองรูป",
        "ติดต่อผมได้ทางโทรศัพท์ช่วงบ่าย",
    ),
    "vi": (
        "Việc này rất gấp vì cả văn phòng đang chờ.",
        "Xin vui lòng trả lời tôi trước thứ Sáu.",
        "Tôi gửi kèm hai tấm ảnh.",
        "Có thể gọi cho tôi vào buổi chiều.",
    ),
    "ar": (
        "الأمر عاجل جدا لأن المكتب كله ينتظر.",
        "أرجو الرد قبل يوم الجمعة.",
        "أرفقت صورتين مع الرسالة.",
        "يمكنكم الاتصال بي بعد الظهر.",
    ),
}
SIGNATURES = {
    "en": (
        "Thanks,\nJo Doe",
        "Best regards\nA. Smith\nHead of Sales\nExample Ltd",
        "Kind regards,\nMaria Gomez",
    ),
    "th": ("ขอบคุณครับ\nสมชาย", "ขอบคุณค่ะ"),
    "vi": ("Cảm ơn,\nNguyễn Văn An", "Trân trọng,\nLan"),
    "ar": ("شكرا\nأحمد", "مع التحية\nسارة"),
}
QUOTED = (
    "\n\nOn Mon, 3 Aug 2026 at 10:02, Support <support@example.com> wrote:\n> Thank you for your message about your account.\n"
    "> We will look into the network settings and the password and come back to you soon.\n",
    "\n\n-----Original Message-----\nFrom: Support <support@example.com>\nSent: Monday\nTo: Jo\nSubject: Your request\n\n"
    "Thank you for your message. Please restart your computer and clear the cache of your browser.\n",
    "",
)
LOGS = (
    "2026-08-03 10:02:11,482 ERROR [main] com.example.Service - request failed after 3 retries (timeout=30000)\n"
    "2026-08-03 10:02:12,001 WARN  [pool-1] retrying",
    '192.0.2.17 - - [03/Aug/2026:10:02:11 +0000] "GET /index.html HTTP/1.1" 500 213',
    'Traceback (most recent call last):\n  File "app.py", line 12, in <module>\n    main()\nValueError: invalid literal',
)


def sentences(text: str, language: str) -> list[str]:
    """Of a text, those of ordinary length; in Thai what stands between blanks."""
    parts = text.split() if language == "th" else re.split(r"(?<=[.!?؟。])\s+", " ".join(text.split()))
    least, most = (25, 160) if language == "th" else (40, 220)
    return [one for one in parts if least <= len(one) <= most]


def mail(question: str, language: str, other: Sequence[str], draw: random.Random) -> str:
    """A mail that asks it, with up to four sentences about something else."""
    ended = language == "th" or question.rstrip()[-1:] in ".?!؟"
    matter = [
        question if ended else f"{question}.",
        *draw.sample(other, min(draw.randrange(1, 5), len(other))),
    ]
    draw.shuffle(matter)
    before = draw.sample(BEFORE[language], draw.randrange(1, 3))
    behind = draw.sample(BEHIND[language], draw.randrange(1, 3))
    paragraphs = [" ".join(part) for part in (before, matter, behind)]
    if draw.random() < 0.4:
        paragraphs = [" ".join(paragraphs)]
    if language != "th" and draw.random() < 0.4:
        paragraphs = ["\n".join(textwrap.wrap(one, 72)) for one in paragraphs]
    if draw.random() < 0.3:
        paragraphs.append(draw.choice(LOGS))
    quoted = draw.choice(QUOTED) if draw.random() < 0.6 else ""
    return (
        "\n\n".join((draw.choice(GREETINGS[language]), *paragraphs, draw.choice(SIGNATURES[language])))
        + quoted
    )
