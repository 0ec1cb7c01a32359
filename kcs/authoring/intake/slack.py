"""A Slack thread as exported or answered by the API: a list of messages, or `{"messages": [...]}`."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from kcs.authoring.intake.json_text import day_of, dict_of, dicts_of, text_of
from kcs.authoring.intake.mailboxes import person_of
from kcs.authoring.intake.model import Message, Source, Thread
from kcs.privacy import Known

_MENTION = re.compile(r"<[@!#]([^<>|]{1,80})(?:\|([^<>]{0,80}))?>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^<>|\s]{1,2000})(?:\|([^<>]{0,500}))?>")
_SYSTEM = ("channel_join", "channel_leave", "bot_add", "channel_topic")


def is_slack(value: Any) -> bool:
    """Whether it is a list of messages with `ts` and `text`."""
    first = next(_messages(value), None)
    return first is not None and "ts" in first and ("text" in first or "blocks" in first)


def read_slack(value: Any) -> Thread:
    """The thread, oldest message first; who wrote the first one is the requestor."""
    said = [one for one in _messages(value) if text_of(one.get("subtype")) not in _SYSTEM]
    said.sort(key=lambda one: text_of(one.get("ts")))
    root = next((one for one in said if one.get("ts") == one.get("thread_ts")), said[0] if said else {})
    asker = _author(root)
    messages = tuple(
        Message(_text(text_of(one.get("text"))), "requestor" if _author(one) == asker else "agent")
        for one in said
    )
    channel = text_of(dict_of(value).get("channel")) or text_of(root.get("channel")) or "thread"
    ts = text_of(root.get("ts"))
    last = text_of(said[-1].get("ts")) if said else ""
    return Thread(
        "chat",
        messages,
        known=_known(said, value),
        source=Source(f"slack-{ts.replace('.', '-')}", f"slack:{channel}/{ts}", day_of(last)) if ts else None,
        attachments=tuple("attachment" for one in said for _ in dicts_of(one.get("files"))),
    )


def _messages(value: Any) -> Any:
    return dicts_of(value if isinstance(value, list) else dict_of(value).get("messages"))


def _author(message: Mapping[str, Any]) -> str:
    return text_of(message.get("user")) or text_of(message.get("bot_id")) or text_of(message.get("username"))


def _text(text: str) -> str:
    """Slack's marks as plain text: a mention is a person, so it goes."""
    text = _LINK.sub(lambda found: found[1].removeprefix("mailto:").removeprefix("tel:"), text)
    text = re.sub(r" {2,}", " ", _MENTION.sub("", text))
    # Text after `>` in Slack is mostly an error message: the writer's own, not quoted history.
    return html.unescape(re.sub(r"^&gt; ?", "", text, flags=re.MULTILINE))


def _known(said: list[Mapping[str, Any]], value: Any) -> Known:
    profiles = [dict_of(one.get("user_profile")) for one in said] + [*dicts_of(dict_of(value).get("users"))]
    profiles += [dict_of(one.get("profile")) for one in profiles]
    names = [text_of(one.get(key)) for one in profiles for key in ("real_name", "display_name", "name")]
    names += [text_of(one.get("username")) for one in said]
    names += [found[2] for one in said for found in _MENTION.finditer(text_of(one.get("text"))) if found[2]]
    mails = [text_of(one.get("email")) for one in profiles]
    names = [person_of(one, "") for one in names]
    return Known(tuple(dict.fromkeys(filter(None, names))), tuple(dict.fromkeys(filter(None, mails))))
