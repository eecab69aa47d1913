"""Webhook payloads in each format: Standard Webhooks, Slack-compatible chat, Discord, Microsoft Teams."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from corrections.models import Case, Category, Event, Notification, PayloadFormat
from corrections.webhooks.events import as_iso8601
from newsroom.models import Kind

MAX_QUOTE, MAX_TEXT = 200, 500  # characters, in a chat room
# Chat tools share no escaping, so markup characters are replaced by look-alikes.
LOOKALIKES = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ", "[": "［", "]": "］", "\\": "＼", "|": "∣"})
ANGLES = str.maketrans({"<": "‹", ">": "›"})
WORD_JOINER = "\u2060"  # invisible; breaks up mentions and links


def render_payload(form: PayloadFormat, event: Event, data: dict[str, Any], *, at: datetime) -> str:
    """The JSON body; stored, so that every attempt sends and signs the same bytes."""
    if form is PayloadFormat.STANDARD:
        return _json({"type": event.value, "timestamp": as_iso8601(at), "data": data})
    text = "\n".join(LINE_RENDERERS[event](data))
    if form is PayloadFormat.CHAT:
        # Slack and compatible tools require these three characters as entities.
        return _json({"text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")})
    text = text.translate(ANGLES)
    if form is PayloadFormat.DISCORD:
        return _json({"content": text, "allowed_mentions": {"parse": []}})
    return _json(_card(text))


def plain_text(text: str, most: int) -> str:
    """Untrusted text on one line, without markup, mentions or links in any chat tool."""
    line = " ".join(text.split())
    line = line if len(line) <= most else f"{line[: most - 1]}…"
    return line.translate(LOOKALIKES).replace("@", f"@{WORD_JOINER}").replace("://", f":{WORD_JOINER}//")


def _revision_lines(data: dict[str, Any]) -> list[str]:
    title = _("%(kind)s published: “%(headline)s”") % {
        "kind": Kind(data["kind"]).label,
        "headline": _headline(data),
    }
    return [title, *_quoted(data["note"]), data["url"]]


def _case_lines(data: dict[str, Any]) -> list[str]:
    title = _("New case in “%(headline)s”: %(category)s") % {
        "headline": _headline(data),
        "category": Category(data["category"]).label,
    }
    return [title, *_change(data), data["desk_url"]]


def _decided_lines(data: dict[str, Any]) -> list[str]:
    title = _("Decided in “%(headline)s”: %(outcome)s") % {
        "headline": _headline(data),
        "outcome": Case.State(data["outcome"]).label,
    }
    return [title, *_change(data), *_quoted(data["reason"]), data["url"] or data["desk_url"] or data["article"]["url"]]


def _notified_lines(data: dict[str, Any]) -> list[str]:
    title = _("%(what)s in “%(headline)s”") % {
        "what": Notification.Kind(data["kind"]).label,
        "headline": _headline(data),
    }
    names = ", ".join(plain_text(name, MAX_QUOTE) for name in data["for"])
    return [title, *([_("For: %(names)s") % {"names": names}] if names else []), data["desk_url"]]


def _ping_lines(data: dict[str, Any]) -> list[str]:
    return [
        _("Test message from the correction desk of %(site)s") % {"site": plain_text(settings.SITE_NAME, MAX_QUOTE)}
    ]


def _headline(data: dict[str, Any]) -> str:
    return plain_text(data["article"]["headline"] or data["article"]["slug"], MAX_QUOTE)


def _change(data: dict[str, Any]) -> list[str]:
    if not data["passage"]:
        return []
    passage = f"“{plain_text(data['passage'], MAX_QUOTE)}”"
    if data["replacement"] is None:
        return [passage]
    return [f"{passage} → “{plain_text(data['replacement'], MAX_QUOTE)}”"]


def _quoted(text: str | None) -> list[str]:
    return [f"“{plain_text(text, MAX_TEXT)}”"] if text else []


def _card(text: str) -> dict[str, Any]:
    """A message of Microsoft Teams' workflows: https://adaptivecards.io/schemas/1.4.0/adaptive-card.json"""
    blocks = [{"type": "TextBlock", "text": line, "wrap": True} for line in text.split("\n")]
    card = {"type": "AdaptiveCard", "version": "1.4", "body": blocks}
    content_type = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": content_type, "content": card}]}


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


LINE_RENDERERS = {
    Event.REVISION_PUBLISHED: _revision_lines,
    Event.CASE_CREATED: _case_lines,
    Event.SUGGESTION_DECIDED: _decided_lines,
    Event.DESK_NOTIFIED: _notified_lines,
    Event.PING: _ping_lines,
}
