"""Greetings, closings and signatures, in the four languages and those that others write to a desk: what a message needs and an article does not."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Whom a greeting may name without a comma after it: people's names and such words. `Hi printer not working` says something.
_NAMED = (
    r"(?:,? (?:(?i:all|there|team|every(?:one|body)|guys|folks|sir|madam|mrs?\.?|ms\.?|dr\.?|or|and|to|dear|support|customer|service"
    r"|zusammen|und|madame|monsieur|à tous|tout le monde|a todos|equipo|pessoal|equipe|buen[oa]s (?:d[íi]as|tardes|noches)|muy buenas|bom dia|boa (?:tarde|noite)"
    r"|anh|chị|em|bạn|shop|ad|admin|các|quý|cả nhà|mọi người|ạ|nhé)(?:/[^\s,.!:;]{1,24})?(?![^\s,.!:;])|(?:/|[A-ZÀ-ÞĐ])[^\s,.!:;]{0,24}))"
)
_TITLE = (
    r"(?i:mrs?\.?|sr(?:es|as?)?\.?|señor(?:es|as?)?|senhor(?:es|as?)?|equip[oe]|herrn?|frau|meneer|mevrouw)"
)
# Of a name, before its last part: `Frau von der Heide`. Without a title, `Hola Correo de Outlook` names nobody.
_OF = r"(?: (?:v[ao]n|zu|de[rnm]?|d[aou]s?|l[ao]s?)(?= \S{1,3} [A-ZÀ-ÞĐ]| [A-ZÀ-ÞĐ])){1,3}"
_OFFICE = (
    r"(?: (?:(?i:señor(?:es|as?)?|senhor(?:es|as?)?|sr(?:es|as?)?\.?|colegas|clientes?|compañeros|amigos|tod[oa]s|soporte|suporte"
    r"|(?:y|e|del?|d[ao]|al)(?= (?:soporte|suporte|at(?:enci|endi)|client|señor|senhor|t[eé]cnic|tod[oa]s|equip|amig|coleg|compañ))"
    r"|pessoal|chers?|leute|meneer|mevrouw|à toute l['’]équipe|técnico|atención|atendimento|équipe|collègues?|clients?|technique|liebe[rns]?|herr|frau|damen|herren|kollegen"
    rf"|bộ phận|phòng|ban|trung tâm|công ty|hỗ trợ|kỹ thuật|chăm sóc|dịch vụ|khách hàng)(?![^\s,.!:;/])|{_TITLE}{_OF}))"
)
_END = r"[ \t]*(?:[,،.!:;]+\s*|[-–]+\s+|\n|$)"
_GREETINGS = (
    re.compile(
        r"^\s*(?i:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern"
        r"|hallo|guten (?:tag|morgen|abend)|moin(?: moin)?|servus|liebe[rs]?|bonjour|bonsoir|salut|madame|hola|buen[oa]s(?: d[íi]as| tardes"
        r"| noches)?|ol[áa]|bom dia|boa (?:tarde|noite)|buongiorno|goeden?(?:dag|morgen|middag)|(?:em |xin )?chào|alo)"
        rf"(?:(?:{_OFFICE}|{_NAMED}){{0,6}}{_END}| [^\s,.!:;]{{1,20}},\s*)"
        r"|^\s*(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|(?:em |xin )?chào|alo)(?: [^\s,.!:;]{1,20}){2},\s*"
    ),
    re.compile(
        r"^\s*(?:(?i:sehr geehrte[rs]?|estimad[oa]s?|prezad[oa]s?|chère?s?|kính gửi|kính chào|thân gửi)"
        rf"(?:(?: [^\s,.!:;]{{1,24}}){{0,6}}(?=[,:][ \t]*\n)|(?:{_OFFICE}|(?: [A-ZÀ-ÞĐ][^\s,.!:;]{{0,24}}){_OF}|{_NAMED}){{0,6}})"
        r"|(?:สวัสดี|หวัดดี)(?!\S{0,40}ไม่)(?:(?:คุณ|ทีม|แอดมิน|เจ้าหน้าที่)[^\s,.!]{0,20}?)?(?:ครับ|ค่ะ|คะ|จ้า)?(?:[ \t]+(?=\S))?"
        r"|เรียน ?(?!\S{0,40}ไม่)(?:คุณ\S{1,30} (?!\S{0,20}(?:ไม่|ได้|ครับ|ค่ะ|คะ|ลืม|ขอ|อยาก|ช่วย))\S{1,20}(?=\n|$)|(?:คุณ|ท่าน|ทีม|ฝ่าย|แผนก|ศูนย์|เจ้าหน้าที่|ผู้|แอดมิน)[^\s,.!]{0,30}(?:[ \t]+(?=\S))?)"
        r"|السلام عليكم(?: ورحمة الله(?: وبركاته)?)?|مرحب[اًا]{1,2}(?: بكم)?|أهلا(?: وسهلا)?|تحية طيبة(?: وبعد)?"
        rf"|صباح الخير|مساء الخير|(?:عزيزي|السادة|الأخوة)(?:[^\n,،.!:]{{0,40}}(?=[,،:][ \t]*\n)|(?: [^\s,،.!:]{{1,20}}){{0,3}}))(?:{_END}|(?<=[ \t])(?=\S))"
    ),
)
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
# Companies are called so too: `LG` closes only what has ended above it, or with a comma, with one name or a whole signature below it.
_SHORT_CLOSING = re.compile(r"\s*(?:[lv]g|att)\s*([,.!]{0,2})\s*", re.IGNORECASE)
_REACHED = re.compile(r"@|\bwww\.|\b(?:tel|fon|mobil|cel)\b|(?:\d[ ()/.-]{0,3}){6}", re.IGNORECASE)
_DEVICE = re.compile(
    r"^\s*(?:sent from my|sent from (?:outlook|mail|yahoo)|get outlook for|ส่งจาก|ส่งมาจาก|được gửi từ|đã gửi từ|gửi từ|"
    r"أ?ُ?رسلت من|أرسلت من|تم الإرسال من)\b.{0,80}$"
    # `Enviado desde mi correo, no llega` says what happened.
    r"|^\s*(?:von meinem .{1,30} gesendet\.?|(?:gesendet (?:von|mit)|envoyé (?:de|depuis|à partir de)|enviado (?:desde|de|do)|inviato (?:da|dal)"
    r"|verzonden (?:vanaf|met))(?: (?:meine[mr]|der|mon|mi|meu|(?:il )?mio|mijn|o|la|el|l['’]))? ?(?:(?:iphone|ipad|android|smartphone|handy|téléphone|tel[eé]fono|telefone"
    r"|celular|móvil|dispositivo|appareil|application|mobil(?:gerät|telefon)?|mobiele|tablet|redmi|motorola|telemóvel|cellulare|telefoon|samsung|huawei|xiaomi|galaxy|outlook|yahoo|gmx|web\.de|proton|mail|correo|e-?mail|courrier|posta)\b)"
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


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A message without courtesies; `names` are those that its signature gave."""

    text: str
    greeting: bool = False
    signature: int = 0
    names: tuple[str, ...] = ()


def trim(text: str) -> Trimmed:
    """The message's matter. `signature` is how many lines stood below it."""
    lines = text.strip("\n").split("\n")
    end = _signature_start(lines)
    after = _postscript(lines[end:])
    below = [line.strip() for line in lines[end:] if line.strip() and line not in after]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join([*lines[:end], *after]).strip())
    shorter = _without_greeting(body)
    return Trimmed(shorter, shorter != body, len(below), tuple(filter(_is_name, below)))


def _postscript(below: list[str]) -> list[str]:
    """What somebody added below the signature: `PS: it is error 50.2`, to the end of its paragraph."""
    begin = next((place for place, line in enumerate(below) if _PS.match(line[:40])), len(below))
    end = next((place for place in range(begin, len(below)) if not below[place].strip()), len(below))
    return ["", *below[begin:end]] if end > begin else []


def _without_greeting(body: str) -> str:
    for pattern in _GREETINGS:
        found = pattern.match(body[:300])
        # A text of nothing else says it with these words.
        if found and (rest := body[found.end() :].lstrip(" ,،.!:;-–\n")):
            return rest[:1].upper() + rest[1:]
    return body


def _signature_start(lines: list[str]) -> int:
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
    names = all(map(_is_name, below))
    if _CLOSING.match(lines[place][:120]):
        return names or not first
    short = _SHORT_CLOSING.fullmatch(lines[place])
    if first or not short or not below or not _is_name(below[0]):
        return False
    last = lines[place - 1].rstrip()[-1:]
    ended = last in ("", ".", "!") or (short[1] and last not in (",", ":"))
    whole = any(map(_REACHED.search, below[1:])) or (
        short[1] and not any(line.endswith(",") for line in below)
    )
    return bool(ended and (len(below) == 1 or whole))


def _is_name(line: str) -> bool:
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
