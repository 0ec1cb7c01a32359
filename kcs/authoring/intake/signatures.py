"""Where a message ends: closings and signatures, in the four languages and those that others write to a desk."""

from __future__ import annotations

import re

_CLOSING = re.compile(
    r"^\s*(?:(?:kind|best|warm)?\s?regards|best(?: wishes)?|sincerely|yours(?: sincerely| truly| faithfully)?|cheers"
    r"|(?:many\s)?thanks(?:\s(?:again|in advance|a lot|so much))?|thank you(?:\s(?:very much|in advance|so much))?"
    r"|(?:thanks and|with)\s(?:best |kind )?regards"
    r"|thx|(?:mit )?(?:(?:freundlich|best|schön|herzlich|viel|lieb)en? )?gr(?:ü|ue)(?:ß|ss)e?n?|gruß|mfg|hochachtungsvoll"
    r"|(?:(?:viel|best|herzlich)en )?danke?(?: (?:im voraus|schön|sehr))?"
    r"|(?:bien )?cordialement|(?:(?:meilleures|sincères|cordiales) )?salutations(?: distinguées)?|bien à vous|bonne (?:journée|soirée)"
    r"|merci(?: (?:beaucoup|bien|(?:d['’]|par )avance))?|(?:un (?:cordial )?saludo|saludos)(?: cordial(?:es)?)?|atentamente"
    r"|(?:muchas )?gracias(?: de antemano)?|atenciosamente|(?:com os )?(?:melhores )?cumprimentos|(?:muito )?obrigad[oa]|abraços?"
    r"|(?:cordiali|distinti) saluti|grazie(?: mille)?|met vriendelijke groet(?:en)?|(?:alvast )?bedankt"
    r"|ขอบ(?:พระ)?คุณ(?:มาก|ล่วงหน้า|ๆ|\s){0,4}(?:ครับ|ค่ะ|นะคะ|นะครับ)?|ขอแสดงความนับถือ|ด้วยความเคารพ"
    r"|(?:xin\s)?(?:trân trọng|cảm ơn|cám ơn)(?:\s[^\n.!]{0,20})?|thân(?: mến| ái)?"
    r"|مع (?:خالص |أطيب )?(?:التحية|التحيات|تحياتي|الشكر|الشكر والتقدير)|(?:و)?شكرا(?:ً)?(?: لكم| جزيلا(?:ً)?)?|تحياتي"
    r"|وتفضلوا بقبول[^\n]{0,40}|أطيب التحيات)\s*[,،.!]*\s*$",
    re.IGNORECASE,
)
# Companies are called so too: `LG` closes only what has ended above
# it, or with a comma, with one name or a whole signature below it.
_SHORT_CLOSING = re.compile(r"\s*(?:[lv]g|att)\s*([,.!]{0,2})\s*", re.IGNORECASE)
# An address, a site or a number, such as a signature has below the name.
_REACHED = re.compile(r"@|\bwww\.|\b(?:tel|fon|mobil|cel)\b|(?:\d[ ()/.-]{0,3}){6}", re.IGNORECASE)
_SENT_FROM = "sent from my|sent from (?:outlook|mail|yahoo)|get outlook for|ส่งจาก|ส่งมาจาก|được gửi từ|đã gửi từ|gửi từ|أ?ُ?رسلت من|أرسلت من|تم الإرسال من"
# `Enviado desde mi correo, no llega` says what happened: in these languages only a device or a program may follow.
_SENT_WITH = "gesendet (?:von|mit)|envoyé (?:de|depuis|à partir de)|enviado (?:desde|de|do)|inviato (?:da|dal)|verzonden (?:vanaf|met)"
_MY = r"meine[mr]|der|mon|mi|meu|(?:il )?mio|mijn|o|la|el|l['’]"
_DEVICES = "|".join((
    "iphone|ipad|android|smartphone|handy|téléphone|tel[eé]fono|telefone|celular|móvil|dispositivo|appareil|application",
    "mobil(?:gerät|telefon)?|mobiele|tablet|redmi|motorola|telemóvel|cellulare|telefoon|samsung|huawei|xiaomi|galaxy",
    r"outlook|yahoo|gmx|web\.de|proton|mail|correo|e-?mail|courrier|posta",
))  # fmt: skip
_DEVICE = re.compile(
    rf"^\s*(?:{_SENT_FROM})\b.{{0,80}}$"
    rf"|^\s*(?:von meinem .{{1,30}} gesendet\.?|(?:{_SENT_WITH})(?: (?:{_MY}))? ?(?:(?:{_DEVICES})\b)"
    r"[^,:;.\d]{0,20}(?:1[01]|\b[a-z]{1,2}\d{1,3}[a-z]?\b[^,:;.\d]{0,15})?\.?)\s*$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"^\s*(?:confidentiality notice|(?!.{0,300}:\s*$)(?:this (?:e-?mail|message)\b.{0,60}\b(?:confidential|intended)|อีเมลฉบับนี้.{0,60}ความลับ"
    r"|email này.{0,80}(?:bảo mật|mật)|هذه الرسالة.{0,60}سرية|diese (?:e-?mail|nachricht)\b.{0,60}vertraulich"
    r"|ce (?:message|courriel|mail)\b.{0,60}confidentiel|est[ae] (?:mensaje|correo|mensagem|e-?mail)\b.{0,60}confidencia))",
    re.IGNORECASE,
)
# `P. S. Kumar` is somebody's name.
_PS = re.compile(
    r"\s*(?i:p\.? ?s\.? ?[:–-]|ปล\.?[\s:]|tái bút|ملاحظة ?:)|\s*[Pp]\.? ?[Ss]\.,? (?=\w+ [^\W\d_A-ZÀ-ÞĐ]|[^\W\d_A-ZÀ-ÞĐ])"
)
_TAIL = 8


def signature_start(lines: list[str]) -> int:
    """The place of the line that the signature begins with; that behind the last line where there is none."""
    begin = next((place for place, line in enumerate(lines) if line.strip()), 0)
    for place, line in enumerate(lines):
        # What stands above a whole text, a line or what a company says of all its mails, ends nothing.
        if line.rstrip("\r") in ("--", "-- ") or (
            place > begin and (_DISCLAIMER.match(line[:300]) or re.fullmatch(r"_{5,}\s*", line))
        ):
            return _before_closing(lines, begin, place)
    end = len(lines)
    while end and (not lines[end - 1].strip() or _DEVICE.match(lines[end - 1][:200])):
        end -= 1
    return _before_closing(lines, begin, end)


def _before_closing(lines: list[str], begin: int, end: int) -> int:
    """The line of a `Best regards` above `end` with only short lines below it, else `end`."""
    for place in range(max(0, end - _TAIL), end):
        below = [line.strip() for line in lines[place + 1 : end] if line.strip()]
        if all(len(line) <= 80 for line in below) and _closes(lines, place, place == begin, below):
            return place
    return end


def _closes(lines: list[str], place: int, first: bool, below: list[str]) -> bool:
    """Whether a line is a closing. Below `Thanks` that begins a text, names alone make it one."""
    names = all(map(is_name, below))
    if _CLOSING.match(lines[place][:120]):
        return names or not first
    short = _SHORT_CLOSING.fullmatch(lines[place])
    if first or not short or not below or not is_name(below[0]):
        return False
    last = lines[place - 1].rstrip()[-1:]
    ended = last in ("", ".", "!") or (short[1] and last not in (",", ":"))
    whole = any(map(_REACHED.search, below[1:])) or (
        short[1] and not any(line.endswith(",") for line in below)
    )
    return bool(ended and (len(below) == 1 or whole))


def is_name(line: str) -> bool:
    """Two to five words, letters only, and no closing: `Jane Doe`, `สมชาย ใจดี`."""
    words = line.rstrip(",").split()
    if (
        not 1 <= len(words) <= 5
        or len(line) > 50
        or any(one.match(line) for one in (_CLOSING, _DEVICE))
        or _SHORT_CLOSING.fullmatch(line)
    ):
        return False
    return all(re.fullmatch(r"[^\W\d_](?:[^\d@/:|<>]*)", word) for word in words) and not line.islower()


def postscript(below: list[str]) -> list[str]:
    """What somebody added below the signature: `PS: it is error 50.2`, to the end of its paragraph."""
    begin = next((place for place, line in enumerate(below) if _PS.match(line[:40])), len(below))
    end = next((place for place in range(begin, len(below)) if not below[place].strip()), len(below))
    return ["", *below[begin:end]] if end > begin else []
