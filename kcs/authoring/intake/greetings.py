"""How a message greets, in the four languages and those that others write to a desk: an article does not."""

from __future__ import annotations

import re

_CAPITAL = "[A-ZÀ-ÞĐ]"
# What a word in a greeting is made of: no sign that ends a sentence.
_WORD = r"[^\s,.!:;]"
# Whom a greeting may name without a comma after it: people's names and such words.
# `Hi printer not working` says something.
_ANYBODY = "|".join((
    r"all|there|team|every(?:one|body)|guys|folks|sir|madam|mrs?\.?|ms\.?|dr\.?|or|and|to|dear|support|customer|service",
    "zusammen|und",
    "madame|monsieur|à tous|tout le monde",
    r"a todos|equipo|pessoal|equipe|buen[oa]s (?:d[íi]as|tardes|noches)|muy buenas|bom dia|boa (?:tarde|noite)",
    "anh|chị|em|bạn|shop|ad|admin|các|quý|cả nhà|mọi người|ạ|nhé",
))  # fmt: skip
_NAMED = rf"(?:,? (?:(?i:{_ANYBODY})(?:/{_WORD}{{1,24}})?(?![^\s,.!:;])|(?:/|{_CAPITAL}){_WORD}{{0,24}}))"
# Of a name, before its last part: `Frau von der Heide`. Without a title, `Hola Correo de Outlook` names nobody.
_OF = rf"(?: (?:v[ao]n|zu|de[rnm]?|d[aou]s?|l[ao]s?)(?= \S{{1,3}} {_CAPITAL}| {_CAPITAL})){{1,3}}"
_TITLE = (
    r"(?i:mrs?\.?|sr(?:es|as?)?\.?|señor(?:es|as?)?|senhor(?:es|as?)?|equip[oe]|herrn?|frau|meneer|mevrouw)"
)
_DESK = "|".join((
    r"señor(?:es|as?)?|senhor(?:es|as?)?|sr(?:es|as?)?\.?|colegas|clientes?|compañeros|amigos|tod[oa]s|soporte|suporte",
    r"(?:y|e|del?|d[ao]|al)(?= (?:soporte|suporte|at(?:enci|endi)|client|señor|senhor|t[eé]cnic|tod[oa]s|equip|amig|coleg|compañ))",
    r"pessoal|chers?|leute|meneer|mevrouw|à toute l['’]équipe|técnico|atención|atendimento|équipe|collègues?|clients?|technique",
    r"liebe[rns]?|herr|frau|damen|herren|kollegen",
    "bộ phận|phòng|ban|trung tâm|công ty|hỗ trợ|kỹ thuật|chăm sóc|dịch vụ|khách hàng",
))  # fmt: skip
_OFFICE = rf"(?: (?:(?i:{_DESK})(?![^\s,.!:;/])|{_TITLE}{_OF}))"
_END = r"[ \t]*(?:[,،.!:;]+\s*|[-–]+\s+|\n|$)"
_HELLO = "|".join((
    "hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern",
    r"hallo|guten (?:tag|morgen|abend)|moin(?: moin)?|servus|liebe[rs]?",
    "bonjour|bonsoir|salut|madame",
    r"hola|buen[oa]s(?: d[íi]as| tardes| noches)?|ol[áa]|bom dia|boa (?:tarde|noite)|buongiorno",
    "goeden?(?:dag|morgen|middag)",
    "(?:em |xin )?chào|alo",
))  # fmt: skip
# Two words without capitals before a comma are a name in few languages only.
_PLAIN = "hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|(?:em |xin )?chào|alo"
_FORMAL = r"sehr geehrte[rs]?|estimad[oa]s?|prezad[oa]s?|chère?s?|kính gửi|kính chào|thân gửi"
# Thai has no blank between words: one that says `not` is in a sentence.
_THAI = "|".join((
    r"(?:สวัสดี|หวัดดี)(?!\S{0,40}ไม่)(?:(?:คุณ|ทีม|แอดมิน|เจ้าหน้าที่)[^\s,.!]{0,20}?)?(?:ครับ|ค่ะ|คะ|จ้า)?(?:[ \t]+(?=\S))?",
    r"เรียน ?(?!\S{0,40}ไม่)(?:คุณ\S{1,30} (?!\S{0,20}(?:ไม่|ได้|ครับ|ค่ะ|คะ|ลืม|ขอ|อยาก|ช่วย))\S{1,20}(?=\n|$)"
    r"|(?:คุณ|ท่าน|ทีม|ฝ่าย|แผนก|ศูนย์|เจ้าหน้าที่|ผู้|แอดมิน)[^\s,.!]{0,30}(?:[ \t]+(?=\S))?)",
))  # fmt: skip
_ARABIC = "|".join((
    r"السلام عليكم(?: ورحمة الله(?: وبركاته)?)?|مرحب[اًا]{1,2}(?: بكم)?|أهلا(?: وسهلا)?|تحية طيبة(?: وبعد)?",
    "صباح الخير|مساء الخير",
    r"(?:عزيزي|السادة|الأخوة)(?:[^\n,،.!:]{0,40}(?=[,،:][ \t]*\n)|(?: [^\s,،.!:]{1,20}){0,3})",
))  # fmt: skip
_GREETINGS = (
    re.compile(
        rf"^\s*(?i:{_HELLO})(?:(?:{_OFFICE}|{_NAMED}){{0,6}}{_END}| {_WORD}{{1,20}},\s*)"
        rf"|^\s*(?i:{_PLAIN})(?: {_WORD}{{1,20}}){{2}},\s*"
    ),
    re.compile(
        rf"^\s*(?:(?i:{_FORMAL})"
        rf"(?:(?: {_WORD}{{1,24}}){{0,6}}(?=[,:][ \t]*\n)|(?:{_OFFICE}|(?: {_CAPITAL}{_WORD}{{0,24}}){_OF}|{_NAMED}){{0,6}})"
        rf"|{_THAI}|{_ARABIC})(?:{_END}|(?<=[ \t])(?=\S))"
    ),
)


def without_greeting(body: str) -> str:
    """The text below its greeting; as it is where it has none, or nothing else."""
    for pattern in _GREETINGS:
        found = pattern.match(body[:300])
        # A text of nothing else says it with these words.
        if found and (rest := body[found.end() :].lstrip(" ,،.!:;-–\n")):
            return rest[:1].upper() + rest[1:]
    return body
