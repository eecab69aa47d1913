"""Validate a reader's suggestion: fields, maximum lengths, error messages."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corrections.anchoring.relocation import Quote
from corrections.contacts.addresses import address_error
from corrections.models import AboutElement, Category, Field
from corrections.screening.hidden_characters import (
    HiddenCharacters,
    is_hidden,
    refuse_hidden_characters,
    strip_invisible,
    without_hidden_characters,
)
from corrections.screening.visible_change import differs_in_blanks_alone, is_visible_change
from corrections.triage.reported_elements import is_known_element
from newsroom.models import Revision, RevisionText

MAX_OFFSET = 10_000_000  # code points; no article is that long
# Sizes in code points, as the API promises.
MAX_EXACT, MAX_CONTEXT, MAX_TEXT, MAX_URL, MAX_NAME, MAX_KEY = 1000, 32, 2000, 500, 100, 200
MIN_KEY = 16  # a random key of fewer characters could be guessed, and with it the link to a stranger's page

# A web address as people write it, without its scheme.
BARE_ADDRESS = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class About:
    """What a suggestion without a quote is about: an element (of AboutElement) and its number in the revision."""

    element: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionInput:
    """A reader's input, verbatim. `replacement` None means "I don't know".

    `quote` None means `about`, and both None the article as a whole.
    """

    quote: Quote | None
    about: About | None = None
    replacement: str | None
    category: str
    note: str = ""
    evidence_url: str = ""
    email: str = ""
    name: str = ""
    credit: bool = False
    looks_automatic: bool = False
    stamp: str = ""
    work: str = ""


class InvalidInput(Exception):
    """`errors` maps a field's path to messages for the reader."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(errors)
        self.errors = errors


def clean_input(sent: SuggestionInput) -> SuggestionInput:
    """Mend what a reader cannot see: blanks around a link, its missing scheme, invisible characters in a note."""
    link = strip_invisible(sent.evidence_url)
    return replace(
        sent,
        note=without_hidden_characters(sent.note),
        evidence_url=f"https://{link}" if BARE_ADDRESS.fullmatch(link) else link,
    )


def validation_errors(sent: SuggestionInput, revision: Revision) -> dict[str, list[str]]:
    """Messages by field; empty when the suggestion is valid."""
    errors = {
        "quote.exact": _exact_errors(sent),
        "replacement": _replacement_errors(sent, revision),
        "note": _note_errors(sent),
        "quote.field": []
        if not sent.quote or sent.quote.field in Field.values
        else [_("This is not a part of an article.")],
        "quote.start": _offset_errors(sent),
        "about": _about_errors(sent, revision),
        "category": [] if sent.category in Category.values else [_("Choose what kind of error it is.")],
        "evidence_url": _url_errors(sent.evidence_url),
        "email": [error] if sent.email and (error := address_error(sent.email)) else [],
        # Published as a credit and in feeds, where a control character makes the XML invalid.
        "name": _length_errors(sent.name, MAX_NAME) or _hidden_errors(sent.name),
    }
    if sent.quote:
        errors["quote.prefix"] = _plain_errors(sent.quote.prefix, MAX_CONTEXT)
        errors["quote.suffix"] = _plain_errors(sent.quote.suffix, MAX_CONTEXT)
    return {field: sentences for field, sentences in errors.items() if sentences}


def too_long_message(limit: int) -> str:
    sentence = ngettext("Write at most %(limit)s character.", "Write at most %(limit)s characters.", limit)
    return sentence % {"limit": number_format(limit, force_grouping=True)}


def passage_too_long_message() -> str:
    sentence = ngettext(
        "Select fewer words: at most %(limit)s character.",
        "Select fewer words: at most %(limit)s characters.",
        MAX_EXACT,
    )
    return sentence % {"limit": number_format(MAX_EXACT, force_grouping=True)}


def _exact_errors(sent: SuggestionInput) -> list[str]:
    if sent.quote is None:
        return []
    if not sent.quote.exact.strip():
        return [_("Select the words that are wrong.")]
    if len(sent.quote.exact) > MAX_EXACT:
        return [passage_too_long_message()]
    return [_("The passage contains a NUL character.")] if "\0" in sent.quote.exact else []


def _offset_errors(sent: SuggestionInput) -> list[str]:
    quote = sent.quote
    if quote is None or (quote.start is None and quote.end is None):
        return []
    if quote.start is None or quote.end is None or not 0 <= quote.start < quote.end <= MAX_OFFSET:
        return [_("Start and end must be code points of the text, the start before the end.")]
    return []


def _about_errors(sent: SuggestionInput, revision: Revision) -> list[str]:
    if sent.about is None:
        return []
    if sent.quote is not None:
        return [_("Give a passage or an element, not both.")]
    if sent.about.element not in AboutElement.values:
        return [_("Choose a picture, figure, table or notice.")]
    if not 0 <= sent.about.index <= MAX_OFFSET or not is_known_element(revision, sent.about.element, sent.about.index):
        return [_("This version of the article has no such element.")]
    return []


def _replacement_errors(sent: SuggestionInput, revision: Revision) -> list[str]:
    if sent.replacement is None:
        return []
    if sent.quote is None:
        return [_("New wording needs a passage. Write about anything else in the note.")]
    if len(sent.replacement) > MAX_TEXT:
        return [too_long_message(MAX_TEXT)]
    if not _is_visible(sent.quote, sent.replacement, revision):
        return [_("The new wording is the same as the passage. Change the words that are wrong.")]
    return _hidden_errors(sent.replacement, known=_hidden_in_passage(sent.quote, revision))


def _is_visible(quote: Quote, replacement: str, revision: Revision) -> bool:
    """Compared in its place, which the text tells where the quote does not."""
    if not differs_in_blanks_alone(quote.exact, replacement):
        return True
    prefix, suffix = quote.prefix, quote.suffix
    if quote.start is not None and quote.end is not None and quote.field in Field.values:
        content = RevisionText.objects.filter(revision=revision.pk).first()
        if content and content.is_preformatted(quote.field, quote.start, quote.end):
            return replacement.replace("\r\n", "\n") != quote.exact
        text = content.canonical(quote.field) if content else ""
        if not (prefix or suffix):
            prefix, suffix = text[: quote.start][-MAX_CONTEXT:], text[quote.end :][:MAX_CONTEXT]
    return is_visible_change(quote.exact, replacement, prefix=prefix, suffix=suffix)


def _hidden_in_passage(quote: Quote, revision: Revision) -> str:
    """Hidden characters that new text may keep: those in the article itself. The quote alone is untrusted input."""
    claimed = {character for character in quote.exact if is_hidden(character)}
    content = RevisionText.objects.filter(revision=revision.pk).first() if claimed else None
    if content is None or quote.field not in Field.values:
        return ""
    return "".join(claimed & set(content.canonical(quote.field)))


def _note_errors(sent: SuggestionInput) -> list[str]:
    if sent.replacement is None and not sent.note.strip():
        return [_("Say in a few words what is wrong.")]
    if len(sent.note) > MAX_TEXT:
        return [too_long_message(MAX_TEXT)]
    return []


def _plain_errors(text: str, limit: int) -> list[str]:
    """PostgreSQL stores any character but NUL."""
    return _length_errors(text, limit) or ([_("This contains a NUL character.")] if "\0" in text else [])


def _length_errors(text: str, limit: int) -> list[str]:
    return [too_long_message(limit)] if len(text) > limit else []


def _url_errors(url: str) -> list[str]:
    if not url:
        return []
    if len(url) > MAX_URL:
        return [_("The address has more than 500 characters.")]
    if any(character.isspace() for character in url):
        return [_("A link has no blanks in it. Give one link here, and others in the note.")]
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    return _hidden_errors(url) if sound else [_("This is not a web address. One looks like https://example.org/page.")]


def _hidden_errors(text: str, *, known: str = "") -> list[str]:
    try:
        refuse_hidden_characters(text, known=known)
    except HiddenCharacters as hidden:
        sentence = _("Remove the hidden characters %(code_points)s.")
        return [sentence % {"code_points": ", ".join(hidden.code_points)}]
    return []
