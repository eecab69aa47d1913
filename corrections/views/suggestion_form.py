"""The suggestion form without JavaScript; validation errors keep the reader's input."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from corrections.abuse.form_timestamps import sign_timestamp
from corrections.abuse.rate_limits import RateLimited
from corrections.abuse.senders import sender_hash
from corrections.anchoring.relocation import Quote
from corrections.anchoring.spans import Span
from corrections.models import Category
from corrections.suggestions.prior_decisions import Passage, read_passage
from corrections.suggestions.quote_lookup import Ambiguous, NotFound, find_quote
from corrections.suggestions.status_tokens import known_token
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import MAX_EXACT, About, InvalidInput, SuggestionInput
from corrections.triage.reported_elements import element_choices
from newsroom.http.client_address import client_address
from newsroom.languages import activate_language
from newsroom.models import Article, Revision

FORM_FIELDS = (
    *("exact", "replacement", "way", "category", "note", "evidence_url", "credit", "name"),
    *("about", "occurrence", "revision", "stamp", "seen", "voice"),
)


# CSRF-exempt: the form is anonymous, without session or cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_form(request: HttpRequest, slug: str) -> HttpResponse:
    """If the passage was reported before or has changed since, the form first says so and asks to send again."""
    article = get_object_or_404(Article.objects.filter(state=Article.State.PUBLISHED), slug=slug)
    activate_language(article.language)
    current = Revision.objects.current_of(article)
    if request.method != "POST":
        # From an article: the selected words where its scripts failed to load, or the picture that was chosen.
        brought = {name: request.GET.get(name, "") for name in ("exact", "about", "revision")}
        values = dict.fromkeys(FORM_FIELDS, "") | brought | {"stamp": sign_timestamp()}
        return _render_new_form(request, current, values)
    values = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in FORM_FIELDS}
    return _handle_post(request, current, values)


def _render_new_form(request: HttpRequest, current: Revision, values: dict[str, str]) -> HttpResponse:
    read = _read_revision(current, values["revision"])
    try:
        passage = _passage(read, current, _quote(read, values))
    except (NotFound, Ambiguous):
        passage = None  # reported when the form is sent
    return _render_form(request, read, values, passage=passage)


def _handle_post(request: HttpRequest, current: Revision, values: dict[str, str]) -> HttpResponse:
    read = _read_revision(current, values["revision"])
    try:
        quote = _quote(read, values)
        passage = _passage(read, current, quote)
        if passage and values["seen"] != _fingerprint(passage):
            return _render_form(request, read, values, passage=passage)
        voiced = _seconded_quote(passage, values["voice"])
        sent = _as_sent(voiced or quote, values, is_voice=bool(voiced), is_trapped=bool(request.POST.get("website")))
        sender = sender_hash(client_address(request))
        suggestion = submit_suggestion(current if voiced else read, sent=sent, sender=sender)
    except Ambiguous as ambiguous:
        errors = {"occurrence": [_("These words appear more than once. Choose which you mean.")]}
        return _render_form(request, read, values, errors=errors, occurrences=ambiguous.occurrences)
    except RateLimited as too_many:
        return _render_rate_limited(request, read, values, too_many.seconds)
    except NotFound:
        sentence = _("These words are not in the article. Copy them exactly as they are there, or leave this empty.")
        return _render_form(request, read, values, errors={"exact": [sentence]})
    except InvalidInput as invalid:
        errors = {field.removeprefix("quote."): sentences for field, sentences in invalid.errors.items()}
        return _render_form(request, read, values, errors=errors, passage=passage)
    return HttpResponseRedirect(reverse("suggestion", args=[known_token(suggestion)]), status=303)


def _render_rate_limited(request: HttpRequest, read: Revision, values: dict[str, str], seconds: int) -> HttpResponse:
    sentence = ngettext(
        "Many suggestions came from your network. Wait %(seconds)d second, then send this again.",
        "Many suggestions came from your network. Wait %(seconds)d seconds, then send this again.",
        seconds,
    )
    response = _render_form(request, read, values, errors={"_": [sentence % {"seconds": seconds}]}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _render_form(
    request: HttpRequest,
    read: Revision,
    values: dict[str, str],
    *,
    errors: dict[str, list[str]] | None = None,
    occurrences: list[dict[str, Any]] | None = None,
    passage: Passage | None = None,
    status: int = 422,
) -> HttpResponse:
    context = {
        "article": read.article,
        "revision": {"number": read.number, "headline": read.require_content().headline},
        "values": values,
        "errors": errors or {},
        "elements": element_choices(read),
        "occurrences": occurrences or [],
        "passage": passage,
        "seen": _fingerprint(passage) if passage else "",
    }
    return render(request, "corrections/suggestion/form.html", context, status=status if errors else 200)


def _read_revision(current: Revision, number: str) -> Revision:
    """The revision that the reader saw; the current one when the form has no number."""
    if number.isascii() and number.isdigit() and len(number) < 9 and int(number) != current.number:
        found = Revision.objects.select_related("stored_text", "article").filter(
            article=current.article, number=int(number), stored_text__isnull=False
        )
        return found.first() or current
    return current


def _quote(read: Revision, values: dict[str, str]) -> Quote | None:
    """None for the article as a whole. Raises NotFound, Ambiguous."""
    exact = values["exact"].strip()
    return find_quote(read, exact, occurrence=values["occurrence"]) if exact else None


def _passage(read: Revision, current: Revision, quote: Quote | None) -> Passage | None:
    """The passage with prior reports or changes that the reader should know; None without any."""
    if quote is None or quote.start is None or quote.end is None or len(quote.exact) > MAX_EXACT:
        return None
    passage = read_passage(read, current, field=quote.field, span=Span(quote.start, quote.end))
    return passage if passage.precedents or passage.is_changed else None


def _fingerprint(passage: Passage) -> str:
    """Identifies the notice that the reader has seen, so that it is shown once."""
    states = " ".join(precedent.state for precedent in passage.precedents)
    return f"{passage.current.number} {states} {passage.words[:40]}"


def _seconded_quote(passage: Passage | None, voice: str) -> Quote | None:
    """The quote of the open case that the reader seconds with its button ("I noticed this too")."""
    quotes = [precedent.quote for precedent in passage.precedents] if passage else []
    return next((quote for quote in quotes if quote and f"{quote.start}-{quote.end}" == voice), None)


def _about(value: str) -> About | None:
    element, _dash, index = value.partition("-")
    return About(element, int(index)) if index.isascii() and index.isdigit() and len(index) < 9 else None


def _as_sent(quote: Quote | None, values: dict[str, str], *, is_voice: bool, is_trapped: bool) -> SuggestionInput:
    """Raises InvalidInput."""
    note = values["note"] if quote else "\n\n".join(filter(None, [values["note"], values["replacement"]]))
    replacement = None if is_voice or quote is None else _replacement(values)
    name = values["name"].strip() if values["credit"] else ""
    if values["credit"] and not name:
        raise InvalidInput({"name": [_("Write your name, or untick the box above it.")]})
    return SuggestionInput(
        quote=quote,
        about=None if quote else _about(values["about"]),
        replacement=replacement,
        category=Category.OTHER if is_voice else values["category"],
        note=_("I noticed this too.") if is_voice else note,
        evidence_url=values["evidence_url"].strip(),
        name=name,
        credit=bool(values["credit"]),
        looks_automatic=is_trapped,
        stamp=values["stamp"],
    )


def _replacement(values: dict[str, str]) -> str | None:
    """None: the right words are not known. Only a reader who chose so deletes. Raises InvalidInput."""
    if values["way"] == "unknown":
        return None
    if values["way"] == "delete":
        return ""
    if not values["replacement"].strip():
        raise InvalidInput({"replacement": [_("Write how it should read, or choose “Delete this passage”.")]})
    return values["replacement"].strip(" ")
