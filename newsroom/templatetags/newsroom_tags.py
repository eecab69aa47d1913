"""Template tags and filters for articles, dates, people and diffs."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from newsroom.audit.history import translate_article_reason
from newsroom.diffs.formatting import Format, Reformatted
from newsroom.diffs.words import Piece
from newsroom.languages import direction
from newsroom.models import Kind, Revision
from newsroom.publishing.policy import kind_name
from newsroom.syndication.jsonld import article_data, revision_data
from newsroom.syndication.open_graph import open_graph

register = template.Library()

TAGS = {"insert": "ins", "delete": "del"}
# Labels of text formats, by kind (newsroom.diffs.formatting).
FORMAT_NAMES: dict[str, str | Promise] = {
    # Translators: in brackets behind changed words: how they were set
    "bold": gettext_lazy("bold"),
    "caption": gettext_lazy("caption"),
    "code": gettext_lazy("code"),
    "emphasis": gettext_lazy("emphasis"),
    "heading": gettext_lazy("heading"),
    "link": gettext_lazy("link"),
    "list": gettext_lazy("list"),
    "picture": gettext_lazy("picture"),
    "quotation": gettext_lazy("quotation"),
    "struck": gettext_lazy("struck out"),
    "sub": gettext_lazy("subscript"),
    "sup": gettext_lazy("superscript"),
    "table": gettext_lazy("table"),
}
# Characters that could end the script element or open a comment; as JSON escapes, since they occur in strings only.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


register.filter("direction", direction)
register.filter("why", translate_article_reason)


@register.simple_tag(name="kind_name")
def kind_tag(kind: str, language: str) -> SafeString:
    """Label of a kind in the article's language, with lang and dir of the language it is written in."""
    name, written_in = kind_name(Kind(kind), language)
    return format_html('<span lang="{}" dir="{}">{}</span>', written_in, direction(written_in), name)


@register.simple_tag
def kind_total(kind: str, count: int) -> str:
    """What a number of revisions of a listed kind are called, in the interface's language."""
    if kind == Kind.CORRECTION:
        return ngettext("Correction", "Corrections", count)
    if kind == Kind.CLARIFICATION:
        return ngettext("Clarification", "Clarifications", count)
    return ngettext("Retraction", "Retractions", count)


@register.filter
def absolute(path: str) -> str:
    """Absolute URL of a path."""
    return f"{settings.SITE_URL}{path}"


@register.filter
def of(values: Mapping[int, object], key: int) -> object:
    """Dictionary look-up."""
    return values.get(key)


@register.simple_tag
def named(names: Iterable[str]) -> SafeString:
    """List of people's names, each bidi-isolated."""
    # Translators: what stands between the names of a list
    return format_html_join(pgettext("list", ", "), "<bdi>{}</bdi>", ((name,) for name in names))


@register.filter
def duration(time: timedelta) -> str:
    """A duration in its largest unit: minutes to 2 hours, hours to 2 days, then days."""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes < 2 * 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    if hours < 2 * 24:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@register.simple_tag
def stored_html(body: str) -> SafeString:
    """Stored body, marked safe: it was sanitised at publication, and these very bytes are published."""
    return SafeString(body)


@register.simple_tag
def article_json(revision: Revision) -> SafeString:
    """schema.org JSON-LD of an article's current revision."""
    return _data_block(article_data(revision))


@register.simple_tag
def revision_json(revision: Revision) -> SafeString:
    """schema.org JSON-LD of one revision."""
    return _data_block(revision_data(revision))


@register.simple_tag
def social_card(revision: Revision, published_at: datetime) -> SafeString:
    """Open Graph properties of an article's current revision."""
    properties = open_graph(revision, published_at=published_at)
    card = "summary_large_image" if any(each.name == "og:image" for each in properties) else "summary"
    shown = format_html_join("", '<meta property="{}" content="{}">', ((each.name, each.value) for each in properties))
    return format_html('{}<meta name="twitter:card" content="{}">', shown, card)


def _data_block(data: dict[str, Any]) -> SafeString:
    shown = SafeString(json.dumps(data, ensure_ascii=False).translate(ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', shown)


@register.simple_tag
def day(moment: datetime) -> SafeString:
    # Translators: how a date is written; see https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date
    return _time(moment, pgettext("date format", "j F Y"))


@register.simple_tag
def minute(moment: datetime) -> SafeString:
    # Translators: how a date is written; see https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date
    return _time(moment, pgettext("date format", "j F Y, H:i"))


def _time(moment: datetime, pattern: str) -> SafeString:
    shown = date_format(localtime(moment), pattern)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), shown)


@register.simple_tag
def word_changes(pieces: Iterable[Piece]) -> SafeString:
    """Word diff as HTML with <ins> and <del>; formatting changes are described in brackets."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


def _marked(piece: Piece) -> SafeString:
    if isinstance(piece, Reformatted):
        removed = (("del", _format_label(each)) for each in piece.removed)
        added = (("ins", _format_label(each)) for each in piece.added)
        signs = format_html_join(" ", "<{0}>{1}</{0}>", (*removed, *added))
        return format_html('<span class="restyled">{}</span><small class="restyling"> [{}]</small>', piece.text, signs)
    tag = TAGS.get(piece.op)
    return format_html("<{0}>{1}</{0}>", tag, piece.text) if tag else conditional_escape(piece.text)


def _format_label(text_format: Format) -> str:
    name = FORMAT_NAMES[text_format.kind]
    # Translators: how words were set, such as “link”, and its address
    return (
        _("%(setting)s: %(address)s") % {"setting": name, "address": text_format.target}
        if text_format.target
        else str(name)
    )
