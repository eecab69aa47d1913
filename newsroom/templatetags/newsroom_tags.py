"""What templates need to show articles, dates and changes."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import pgettext

from newsroom.diffs import Piece
from newsroom.models import Kind
from newsroom.policy import kind_name

register = template.Library()

TAGS = {"insert": "ins", "delete": "del"}


@register.filter
def direction(language: str) -> str:
    """The direction in which a language is written: rtl or ltr."""
    return "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


@register.simple_tag(name="kind_name")
def kind_tag(kind: str, language: str) -> SafeString:
    """What a kind of revision is called on pages of an article in that language, marked with its own language."""
    name, written_in = kind_name(Kind(kind), language)
    return format_html('<span lang="{}" dir="{}">{}</span>', written_in, direction(written_in), name)


@register.filter
def absolute(path: str) -> str:
    """The public address of a path."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag
def stored_html(body: str) -> SafeString:
    """The body of a revision as it is stored: it was sanitised before it was, and these very bytes are published."""
    return SafeString(body)


@register.simple_tag
def day(moment: datetime) -> SafeString:
    return _time(moment, pgettext("date format", "j F Y"))


@register.simple_tag
def minute(moment: datetime) -> SafeString:
    return _time(moment, pgettext("date format", "j F Y, H:i"))


def _time(moment: datetime, pattern: str) -> SafeString:
    shown = date_format(localtime(moment), pattern)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), shown)


@register.simple_tag
def word_changes(pieces: Iterable[Piece]) -> SafeString:
    """Pieces of a word diff, with <ins> and <del>."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


def _marked(piece: Piece) -> SafeString:
    tag = TAGS.get(piece.op)
    return format_html("<{0}>{1}</{0}>", tag, piece.text) if tag else conditional_escape(piece.text)
