"""The private page of one suggestion, and what its reader does there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from corrections.answering import answer_question
from corrections.contacts import AlreadyConfirmed, AlreadyErased, BadAddress, contact_kept, give_address
from corrections.mailboxes import refusal_token
from corrections.models import Suggestion
from corrections.notices import answer_for, spot_link, standing_of, suggestion_of
from corrections.privacy import private
from corrections.submission import MAX_NAME, Invalid
from corrections.withdrawal import choices_for, credit_reader, erase_reader, withdraw_suggestion
from newsroom.diffs import word_diff
from newsroom.languages import speak
from newsroom.publishing import AlreadyDecided


@never_cache
@require_safe
def suggestion_detail(request: HttpRequest, token: str) -> HttpResponse:
    """The reader's own page; whoever holds the link may see it, and nobody else learns of it."""
    return _private_page(request, token)


# Whoever knows the token may do what follows; no cookie is asked, so there is nothing that a forged request borrows.
@csrf_exempt
@never_cache
@require_POST
def suggestion_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The reader answers what an editor asked."""
    text = request.POST.get("text", "")
    try:
        answer_question(_suggestion(token), text=text)
    except Invalid as invalid:
        answered = {"text": text, "errors": invalid.errors["text"]}
        return _private_page(request, token, answered=answered, status=422)
    except AlreadyDecided:
        refusal = _("Nothing is asked about this suggestion any more.")
        return _private_page(request, token, refusal=refusal, status=409)
    return _back_to(token)


@csrf_exempt
@never_cache
@require_POST
def suggestion_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """The reader takes the suggestion back."""
    try:
        withdraw_suggestion(_suggestion(token))
    except AlreadyDecided:
        refusal = _("An editor decided in the meantime, so the suggestion cannot be taken back any more.")
        return _private_page(request, token, refusal=refusal, status=409)
    return _back_to(token)


@csrf_exempt
@never_cache
@require_POST
def suggestion_credit(request: HttpRequest, token: str) -> HttpResponse:
    """The reader says whether, and under which name, they want to be thanked."""
    name, credit = request.POST.get("name", ""), bool(request.POST.get("credit"))
    try:
        credit_reader(_suggestion(token), name=name, credit=credit)
    except Invalid as invalid:
        typed = {"name": name, "credit": credit, "errors": invalid.errors["name"]}
        return _private_page(request, token, typed=typed, status=422)
    except AlreadyErased:
        refusal = _("What this suggestion said about you was erased, so no name is added to it any more.")
        return _private_page(request, token, refusal=refusal, status=409)
    return _back_to(token)


@csrf_exempt
@never_cache
@require_POST
def suggestion_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The reader gives an address, another one, or asks for one more confirmation mail."""
    address = request.POST.get("email", "").strip()
    try:
        give_address(_suggestion(token), address=address)
    except BadAddress as bad:
        return _private_page(request, token, mailed={"email": address, "errors": [str(bad)]}, status=422)
    except AlreadyConfirmed:
        return _private_page(request, token, refusal=_("The address is confirmed already."), status=409)
    except AlreadyErased:
        refusal = _("What this suggestion said about you was erased, so no address is added to it any more.")
        return _private_page(request, token, refusal=refusal, status=409)
    return _back_to(token, "#mail")


@csrf_exempt
@never_cache
@require_POST
def suggestion_erase(request: HttpRequest, token: str) -> HttpResponse:
    """The reader has erased what the suggestion says about them."""
    erase_reader(_suggestion(token))
    return _back_to(token)


def _suggestion(token: str) -> Suggestion:
    """The suggestion of a private link, with what its page shows; the answer is in its language. Raises Http404."""
    try:
        suggestion = suggestion_of(token, "read_in__content")
    except Suggestion.DoesNotExist:
        raise Http404 from None
    speak(suggestion.article.language)
    return suggestion


def _private_page(
    request: HttpRequest,
    token: str,
    *,
    refusal: str = "",
    typed: dict[str, Any] | None = None,
    answered: dict[str, Any] | None = None,
    mailed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    suggestion = _suggestion(token)
    contact = contact_kept(suggestion)
    context = {
        "suggestion": suggestion,
        "token": token,
        "article": suggestion.article,
        "headline": suggestion.read_in.content.headline,
        "answer": answer_for(suggestion),
        "link": spot_link(suggestion.case) if suggestion.case else None,
        "standing": standing_of(suggestion.case) if suggestion.case and not suggestion.withdrawn_at else None,
        "diff": word_diff(suggestion.exact, suggestion.replacement) if suggestion.replacement is not None else None,
        "choices": choices_for(suggestion),
        "typed": typed or {"name": suggestion.name, "credit": suggestion.credit, "errors": []},
        "answered": answered or {"text": "", "errors": []},
        "contact": contact,
        "stop": refusal_token(contact.mailbox) if contact else "",
        "mailed": mailed or {"email": contact.address if contact else "", "errors": []},
        "longest_name": MAX_NAME,
        "refusal": refusal,
    }
    return private(render(request, "corrections/suggestion_detail.html", context, status=status))


def _back_to(token: str, fragment: str = "") -> HttpResponse:
    return private(HttpResponseRedirect(reverse("suggestion", args=[token]) + fragment, status=303))
