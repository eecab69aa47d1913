"""The private status page of a suggestion (capability URL), with the reader's actions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from corrections.contacts.addresses import AlreadyConfirmed, AlreadyErased, InvalidAddress, contact_for, set_address
from corrections.contacts.hashed_mailboxes import unsubscribe_token
from corrections.models import Suggestion
from corrections.privacy.personal_data import personal_data_of
from corrections.privacy.withdrawal import available_actions, credit_reader, erase_reader, withdraw_suggestion
from corrections.suggestions.answer import answer_question
from corrections.suggestions.reader_status import (
    current_passage,
    published_runs,
    spot_link,
    suggestion_of,
    suggestion_status,
)
from corrections.suggestions.summaries import headline_seen, suggestion_runs
from corrections.suggestions.timeline import timeline_of
from corrections.suggestions.validation import MAX_NAME, MAX_TEXT, InvalidInput
from corrections.views.headers import mark_private
from newsroom.languages import activate_language
from newsroom.publishing.publish import AlreadyDecided

# Confirmations after a POST, named in the redirect's query, since the pages set no cookie.
DONE = ("answered", "withdrawn", "name", "mail", "erased")
RELATED = ("read_in__stored_text", "case__anchored_in__stored_text", "case__anchored_in__article", "merged_from")
Action = Callable[[Suggestion, QueryDict], None]
View = Callable[[HttpRequest, str], HttpResponse]


@dataclass(eq=False)
class ActionRefused(Exception):
    """A refused action: a general `sentence`, or `errors` by field with the `typed` values."""

    status: int
    sentence: str = ""
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)


def reader_action(done: str) -> Callable[[Action], View]:
    """Decorate an action as a POST view that redirects with `done`, or renders the page with the ActionRefused."""

    def decorate(action: Action) -> View:
        # CSRF-exempt: the token in the URL authorises the request, no cookie does.
        @csrf_exempt
        @never_cache
        @require_POST
        @wraps(action)
        def view(request: HttpRequest, token: str) -> HttpResponse:
            try:
                action(_suggestion(token), request.POST)
            except ActionRefused as refused:
                return _render_page(request, token, refused)
            address = f"{reverse('suggestion', args=[token])}?done={done}"
            return mark_private(HttpResponseRedirect(address, status=303))

        return view

    return decorate


@never_cache
@require_safe
def suggestion_detail(request: HttpRequest, token: str) -> HttpResponse:
    """The status page; the secret link authorises."""
    return _render_page(request, token)


@reader_action("answered")
def suggestion_answer(suggestion: Suggestion, data: QueryDict) -> None:
    """Reply to an editor's question."""
    text = data.get("text", "")
    try:
        answer_question(suggestion, text=text)
    except InvalidInput as invalid:
        raise ActionRefused(422, errors=invalid.errors, typed={"text": text}) from None
    except AlreadyDecided:
        raise ActionRefused(409, _("There is no open question about this suggestion.")) from None


@reader_action("withdrawn")
def suggestion_withdraw(suggestion: Suggestion, data: QueryDict) -> None:
    """Withdraw the suggestion."""
    try:
        withdraw_suggestion(suggestion)
    except AlreadyDecided:
        sentence = _("An editor decided in the meantime, so the suggestion cannot be taken back any more.")
        raise ActionRefused(409, sentence) from None


@reader_action("name")
def suggestion_credit(suggestion: Suggestion, data: QueryDict) -> None:
    """Change the public credit."""
    name, credit = data.get("name", ""), bool(data.get("credit"))
    try:
        credit_reader(suggestion, name=name, credit=credit)
    except InvalidInput as invalid:
        raise ActionRefused(422, errors=invalid.errors, typed={"name": name, "credit": credit}) from None
    except AlreadyErased:
        sentence = _("What this suggestion said about you was erased, so no name is added to it any more.")
        raise ActionRefused(409, sentence) from None


@reader_action("mail")
def suggestion_mail(suggestion: Suggestion, data: QueryDict) -> None:
    """Add or replace the e-mail address, or request another confirmation mail."""
    address = data.get("email", "").strip()
    try:
        set_address(suggestion, address=address)
    except InvalidAddress as bad:
        raise ActionRefused(422, errors={"email": [str(bad)]}, typed={"email": address}) from None
    except AlreadyConfirmed:
        raise ActionRefused(409, _("The address is confirmed already.")) from None
    except AlreadyErased:
        sentence = _("What this suggestion said about you was erased, so no address is added to it any more.")
        raise ActionRefused(409, sentence) from None


@reader_action("erased")
def suggestion_erase(suggestion: Suggestion, data: QueryDict) -> None:
    """Erase the reader's personal data."""
    erase_reader(suggestion)


def _suggestion(token: str) -> Suggestion:
    """The suggestion with its related rows; activates its article's language. Raises Http404."""
    try:
        suggestion = suggestion_of(token, *RELATED)
    except Suggestion.DoesNotExist:
        raise Http404 from None
    activate_language(suggestion.article.language)
    return suggestion


def _render_page(request: HttpRequest, token: str, refused: ActionRefused | None = None) -> HttpResponse:
    suggestion = _suggestion(token)
    contact, case = contact_for(suggestion), suggestion.case
    kept = {"name": suggestion.name, "credit": suggestion.credit, "email": contact.address if contact else ""}
    done = request.GET.get("done", "") if request.method != "POST" else ""
    story = timeline_of(suggestion)
    context = {
        "suggestion": suggestion,
        "token": token,
        "article": suggestion.article,
        "headline": headline_seen(suggestion),
        "answer": suggestion_status(suggestion),
        "is_settled": bool(case and not case.is_open),
        "decided_at": case.decided_at if case else None,
        "others": case.readers - 1 if case else 0,
        "link": spot_link(case) if case else None,
        "change": published_runs(case) if case else [],
        "published": case.published_in if case else None,
        "standing": None if suggestion.withdrawn_at else current_passage(suggestion),
        "sent": suggestion_runs(suggestion),
        # Routine alone is what the heading and the first sentence say.
        "story": story if any(not event.is_routine for event in story) else [],
        "held": personal_data_of(suggestion),
        "choices": available_actions(suggestion),
        "contact": contact,
        "stop": unsubscribe_token(contact.mailbox) if contact else "",
        "longest": {"name": MAX_NAME, "text": MAX_TEXT},
        "typed": {**kept, **(refused.typed if refused else {})},
        "errors": refused.errors if refused else {},
        "refusal": refused.sentence if refused else "",
        "done": done if done in DONE else "",
    }
    return mark_private(
        render(request, "corrections/status/detail.html", context, status=refused.status if refused else 200)
    )
