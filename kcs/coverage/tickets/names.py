"""Help desks' names for the fields of a ticket: English, and localised headers if they have them.

Compared as `plain_name` makes them. A field's names are in order: the first that a file has is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta, timezone, tzinfo

from kcs.kb.settings.config import zone_of

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": (
        "issue key", "vorgangsschlüssel", "clé de ticket", "clave de incidencia", "key", "case number", "casenumber", "number", "id", "ticket id", "ticket number", "ticket key", "conversation id",
        "ticket", "nr", "no", "ticket nr", "ticket-id", "numéro", "número", "nummer", "番号", "チケット id", "id du ticket",
        "id del ticket", "id do ticket", "id de ticket", "หมายเลข", "รหัส", "หมายเลขตั๋ว", "หมายเลขทิกเก็ต", "mã", "mã số", "mã vé",
        "số phiếu", "رقم", "المعرف", "رقم التذكرة", "معرف التذكرة", "issue id", "sys id", "record id",
    ),
    "subject": (
        "subject", "summary", "short description", "raw subject", "ticket name", "title", "ticket subject", "betreff", "sujet", "objet",
        "asunto", "assunto", "oggetto", "onderwerp", "temat", "тема", "件名", "主题", "主旨", "제목", "หัวข้อ", "เรื่อง", "หัวเรื่อง",
        "zusammenfassung", "résumé", "resumen", "resumo", "chủ đề", "tiêu đề", "الموضوع", "العنوان", "ämne", "emne", "aihe", "konu",
    ),
    "description": (
        "description", "ticket description", "body", "first message", "message", "question", "content", "details",
        "beschreibung", "descripción", "descrição", "descrizione", "beschrijving", "opis", "описание", "説明", "描述", "설명",
        "คำอธิบาย", "รายละเอียด", "คำบรรยาย", "mô tả", "nội dung", "الوصف", "المحتوى", "beskrivning", "beskrivelse", "kuvaus", "açıklama",
        "latest comment",
    ),
    "created_at": (
        "created at", "created", "created date", "opened at", "opened", "sys created on", "requested", "date created",
        "creation date", "createddate", "create date", "createdate", "created time", "date time opened", "opened date", "ticket created", "ticket created date", "ticket created timestamp", "requested date", "started at", "conversation started at", "conversation created at",
        "erstellt", "erstellt am", "erstellungsdatum", "angefragt", "créé le", "créé", "créée", "demandé", "demandé le", "date de création",
        "date de création du ticket", "creado", "creada", "solicitado", "fecha de creación", "criado", "criado em", "creato", "creato il", "richiesto", "aangevraagd", "data de criação", "data creazione", "aangemaakt", "утворено", "создано", "作成日",
        "リクエスト日", "创建时间", "생성일", "วันที่สร้าง", "สร้างเมื่อ", "ร้องขอ", "ngày tạo", "đã tạo", "đã yêu cầu", "تاريخ الإنشاء", "أنشئت في", "تم الإنشاء",
        "création", "date", "datum", "fecha", "วันที่", "ngày", "التاريخ",
    ),
    # A name that may also be that of a box to tick, as Salesforce's
    # `Closed` is, comes after those that can only be a moment's.
    "closed_at": (
        "closed at", "closeddate", "close date", "date time closed", "resolved time", "closed time", "resolution date", "resolutiondate", "resolved at", "solved at", "solved date",
        "ticket solved date", "ticket solved timestamp", "conversation closed at", "first closed at", "last closed at", "date closed", "closed date", "gelöst am", "geschlossen am",
        "closed", "resolved", "solved", "ticket solved", "gelöst", "geschlossen", "abgeschlossen am", "résolu le", "résolu", "date de résolution", "date de résolution du ticket", "fermé le", "clôturé le", "date de clôture",
        "cerrado", "fecha de cierre", "fechado em", "data de fechamento", "chiuso il", "gesloten op",
        "fecha de resolución", "resuelto", "resolvido em", "resolvido", "risolto", "opgelost", "решено", "解決日", "解决时间", "해결됨",
        "แก้ไขเมื่อ", "แก้ไขแล้ว", "วันที่ปิด", "ปิดเมื่อ", "ngày giải quyết", "đã giải quyết", "ngày đóng", "تاريخ الحل", "تم الحل", "تاريخ الإغلاق",
        "erledigt", "résolue", "resuelta",
    ),
    "tags": (
        "tags", "labels", "label", "tag", "ticket tags", "conversation tags", "stichwörter", "balises", "marqueurs", "étiquettes", "etiquetas",
        "tag ticket", "метки", "теги", "タグ", "标记", "태그", "แท็ก", "ป้ายกำกับ", "thẻ", "nhãn", "الوسوم", "العلامات",
    ),
    "product": (
        "product", "component s", "components", "component", "business service", "cmdb ci", "configuration item", "service",
        "brand", "ticket brand", "produkt", "produit", "producto", "produto", "prodotto", "продукт", "製品", "产品", "제품",
        "ผลิตภัณฑ์", "สินค้า", "sản phẩm", "المنتج", "project key", "project name",
    ),
    "version": (
        "version", "affects version s", "affects versions", "versions", "product version", "affected version", "รุ่น", "เวอร์ชัน", "phiên bản",
        "الإصدار",
    ),
    "channel": (
        "channel", "via", "contact type", "ticket channel", "via channel", "source type", "case origin", "origin", "kanal", "canal", "canale", "ช่องทาง",
        "kênh", "القناة",
    ),
    "handle_minutes": (
        "handle minutes", "handling minutes", "handle time", "handling time", "handle time min", "handling time min", "time spent", "total time spent",
        "total time spent sec", "time spent sec", "timespent", "time worked", "agent handling time", "agent work time",
        "agent work time min", "time tracked", "bearbeitungszeit", "temps passé", "tiempo dedicado", "σ time spent", "handle time sec", "handling time sec",
    ),
    "linked_articles": (
        "linked articles", "linked article", "articles", "article", "kb article", "knowledge article", "knowledge",
        "knowledge articles", "linked knowledge", "u kb article", "kb number", "article id", "article ids",
    ),
    # People named by a ticket: read so that no name gets into a list or an article.
    "requester": (
        "requester", "requester name", "requester email", "requester e-mail", "requester phone", "requestor", "requestor name",
        "requestor email", "caller", "caller id", "caller name", "reporter", "reporter name", "reporter email", "customer",
        "customer name", "customer email", "contact", "contact name", "contact email", "contact phone", "full name", "work phone", "mobile phone", "mobile", "associated contact",
        "supplied name", "suppliedname", "supplied email", "suppliedemail", "supplied phone", "suppliedphone", "user", "user name", "user email", "from",
        "email", "e-mail", "phone", "creator", "submitter", "anfragender", "demandeur", "solicitante", "richiedente", "aanvrager",
        "リクエスタ", "ผู้ขอ", "ผู้ร้องขอ", "người yêu cầu", "مقدم الطلب", "الطالب",
    ),
}  # fmt: skip

_WORDS_APART = re.compile(r"[\s_\-./:()\[\]#]+")
_CUSTOM = re.compile(r"^\s*custom field \((.*)\)\s*$", re.IGNORECASE)
# What Intercom puts after the names of its moments: `Conversation started at (UTC)`, `... (America/New York)`.
_ZONE = re.compile(r"\s*\(((?:UTC|GMT|[A-Z][a-z]+/[A-Za-z_ /-]+)(?:([+-])(\d\d?)(?::?(\d\d))?)?)\)\s*$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain_name(name: str) -> str:
    """`Created At`, `created_at`, `createdAt`, `ticket.created-at` alike; Jira's `Custom field (X)` as `x`, and a time
    without its zone."""
    if custom := _CUSTOM.match(name):
        name = custom[1]
    name = _ZONE.sub("", name)
    name = _CAMEL.sub(" ", unicodedata.normalize("NFKC", name))
    return _WORDS_APART.sub(" ", name.casefold()).strip()


def zone_in(name: str) -> tzinfo | None:
    """The zone in which a column's moments are, where its name ends in one that is known."""
    found = _ZONE.search(name)
    if found is None:
        return None
    try:
        return zone_of(found[1].replace(" ", "_"))
    except (ValueError, OSError, KeyError):  # `UTC+7`, and a place that nobody knows
        ahead = timedelta(hours=int(found[3] or 0), minutes=int(found[4] or 0))
        known = found[2] and ahead < timedelta(hours=24)
        return timezone(-ahead if found[2] == "-" else ahead) if known else None


def _by_name() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for field, names in NAMES.items():
        for rank, name in enumerate(names):
            found.setdefault(plain_name(name), (field, rank))
    return found


# Plain name -> (field, rank among its names).
BY_NAME: Mapping[str, tuple[str, int]] = _by_name()
