"""The message itself, in each of the forms that receivers take."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from corrections.models import Case, Category, Event, Form
from corrections.webhooks.events import moment
from newsroom.models import Kind

MOST_QUOTED, MOST_SAID = 200, 500  # characters, in a chat room
# Chat tools have no common way of escaping, so what would be markup there is shown by its double.
LOOKALIKES = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ", "[": "［", "]": "］", "\\": "＼", "|": "∣"})
ANGLES = str.maketrans({"<": "‹", ">": "›"})
JOINER = "\u2060"  # shows nothing and joins nothing to a mention or a link


def body_of(form: Form, event: Event, data: dict[str, Any], *, at: datetime) -> str:
    """JSON as it will be sent, byte for byte, each time."""
    if form is Form.STANDARD:
        return _json({"type": event.value, "timestamp": moment(at), "data": data})
    text = "\n".join(LINES[event](data))
    if form is Form.CHAT:
        # The three characters that Slack takes for its own are entities there, and in the tools that follow it.
        return _json({"text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")})
    text = text.translate(ANGLES)
    if form is Form.DISCORD:
        return _json({"content": text, "allowed_mentions": {"parse": []}})
    return _json(_card(text))


def plain(text: str, most: int) -> str:
    """Words of others, on one line, so that no chat tool takes them for markup, a mention or a link."""
    line = " ".join(text.split())
    line = line if len(line) <= most else f"{line[: most - 1]}…"
    return line.translate(LOOKALIKES).replace("@", f"@{JOINER}").replace("://", f":{JOINER}//")


def _revision_lines(data: dict[str, Any]) -> list[str]:
    told = _("%(kind)s published: “%(headline)s”") % {
        "kind": Kind(data["kind"]).label,
        "headline": _headline(data),
    }
    return [told, *_said(data["note"]), data["url"]]


def _case_lines(data: dict[str, Any]) -> list[str]:
    told = _("New case in “%(headline)s”: %(category)s") % {
        "headline": _headline(data),
        "category": Category(data["category"]).label,
    }
    return [told, *_change(data), data["desk_url"]]


def _decided_lines(data: dict[str, Any]) -> list[str]:
    told = _("Decided in “%(headline)s”: %(outcome)s") % {
        "headline": _headline(data),
        "outcome": Case.State(data["outcome"]).label,
    }
    return [told, *_change(data), *_said(data["reason"]), data["url"] or data["desk_url"] or data["article"]["url"]]


def _ping_lines(data: dict[str, Any]) -> list[str]:
    return [_("Test message from the correction desk of %(site)s") % {"site": plain(settings.SITE_NAME, MOST_QUOTED)}]


def _headline(data: dict[str, Any]) -> str:
    return plain(data["article"]["headline"] or data["article"]["slug"], MOST_QUOTED)


def _change(data: dict[str, Any]) -> list[str]:
    if not data["passage"]:
        return []
    passage = f"“{plain(data['passage'], MOST_QUOTED)}”"
    if data["replacement"] is None:
        return [passage]
    return [f"{passage} → “{plain(data['replacement'], MOST_QUOTED)}”"]


def _said(text: str | None) -> list[str]:
    return [f"“{plain(text, MOST_SAID)}”"] if text else []


def _card(text: str) -> dict[str, Any]:
    """A message of Microsoft Teams' workflows: https://adaptivecards.io/schemas/1.4.0/adaptive-card.json"""
    blocks = [{"type": "TextBlock", "text": line, "wrap": True} for line in text.split("\n")]
    card = {"type": "AdaptiveCard", "version": "1.4", "body": blocks}
    content_type = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": content_type, "content": card}]}


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


LINES = {
    Event.REVISION_PUBLISHED: _revision_lines,
    Event.CASE_CREATED: _case_lines,
    Event.SUGGESTION_DECIDED: _decided_lines,
    Event.PING: _ping_lines,
}
