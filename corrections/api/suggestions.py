"""API of suggestions: submit, follow, answer, withdraw, export, erase; docstrings appear in OpenAPI."""

from functools import cache
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ninja import Header, Router, Status

from corrections.abuse.form_timestamps import sign_timestamp
from corrections.abuse.proof_of_work import create_challenge, is_required
from corrections.abuse.rate_limits import RateLimited, current_load
from corrections.abuse.senders import sender_hash
from corrections.api.read_revisions import read_suggestion
from corrections.api.schemas import (
    AnswerIn,
    CreditIn,
    EmailIn,
    ExportOut,
    Nothing,
    Received,
    StampOut,
    StatusOut,
    SuggestionIn,
)
from corrections.contacts.addresses import AlreadyConfirmed, AlreadyErased, InvalidAddress, contact_for, set_address
from corrections.models import Mail, Reply, Suggestion, Thanks
from corrections.privacy.withdrawal import credit_reader, erase_reader, withdraw_suggestion
from corrections.suggestions.answer import answer_question
from corrections.suggestions.reader_status import ReaderStatus, suggestion_of, suggestion_status
from corrections.suggestions.status_tokens import known_token
from corrections.suggestions.submit import KeyInProgress, KeyReused, submit_suggestion
from corrections.suggestions.validation import InvalidInput
from newsroom.api.errors import NON_FIELD, Errors, Problem
from newsroom.http.client_address import client_address
from newsroom.languages import activate_language
from newsroom.publishing.publish import AlreadyDecided

router = Router(tags=["suggestions"])

KEY_HELP = "16 to 200 random characters, such as a UUID; a repeat with the same key stores nothing again."


NOTHING = Nothing()
ANY_TOKEN = "token"  # noqa: S105  # placeholder in a cached URL
REFUSALS: dict[Any, Any] = dict.fromkeys((400, 404, 409, 413, 415, 422, 429), Errors)


@router.post("", response={202: Received, **REFUSALS}, url_name="suggestions")
def post_suggestion(
    request: HttpRequest,
    body: SuggestionIn,
    idempotency_key: Annotated[
        str,
        Header(
            alias="Idempotency-Key",
            description=KEY_HELP,
        ),
    ] = "",
) -> HttpResponse:
    """Send a suggestion. The same key with the same body answers again what it answered first."""
    revision, sent = read_suggestion(request, body)
    try:
        suggestion = submit_suggestion(
            revision, sent=sent, key=idempotency_key, sender=sender_hash(client_address(request))
        )
    except InvalidInput as invalid:
        raise Problem(422, invalid.errors) from None
    except RateLimited as too_many:
        sentence = ngettext(
            "Many suggestions came from your network; the next is taken in %(seconds)d second.",
            "Many suggestions came from your network; the next is taken in %(seconds)d seconds.",
            too_many.seconds,
        )
        headers = {"Retry-After": str(too_many.seconds)}
        raise Problem(429, {NON_FIELD: [sentence % {"seconds": too_many.seconds}]}, headers=headers) from None
    except KeyReused:
        sentence = _("This key was used for another suggestion. Send a new key with a new suggestion.")
        raise Problem(422, {"Idempotency-Key": [sentence]}) from None
    except KeyInProgress:
        raise Problem(
            409, {"Idempotency-Key": [_("A suggestion with this key is being stored. Try again in a moment.")]}
        ) from None
    # A plain JsonResponse: ninja's validation of three constant strings takes 2 % of the request's time.
    url = _status_address().replace(ANY_TOKEN, known_token(suggestion))
    if body.site is not None:
        url = settings.SITE_URL + url  # for a page of another origin
    received = {"id": str(suggestion.pk), "status": ReaderStatus.RECEIVED.value, "status_url": url}
    return JsonResponse(received, status=202, headers={"Cache-Control": "no-store"})


@router.get("/stamp", response=StampOut, url_name="suggestion-stamp")
def get_stamp(request: HttpRequest, response: HttpResponse) -> StampOut:
    """Ask for it when the form is opened: a suggestion without it is taken too, but marked."""
    response["Cache-Control"] = "no-store"
    return StampOut(
        stamp=sign_timestamp(), puzzle=create_challenge() if is_required(busy=current_load().is_busy) else None
    )


@router.get("/{token}", response={200: StatusOut, 404: Errors}, url_name="suggestion-status")
def get_suggestion(request: HttpRequest, response: HttpResponse, token: str) -> StatusOut:
    """Where a suggestion stands, for whoever holds its private link."""
    return _status(_suggestion_by_token(token, response))


@router.get("/{token}/export", response={200: ExportOut, 404: Errors}, url_name="suggestion-export")
def export_suggestion(request: HttpRequest, response: HttpResponse, token: str) -> ExportOut:
    """Everything that is held about a suggestion, as a file to keep."""
    suggestion = _suggestion_by_token(token, response)
    response["Content-Disposition"] = f'attachment; filename="suggestion-{suggestion.pk}.json"'
    return ExportOut(
        article=suggestion.article.slug,
        revision=suggestion.read_in.number,
        answer=_status(suggestion),
        stored={field.attname: field.value_from_object(suggestion) for field in _exported_fields()}
        | _related_data(suggestion),
    )


@router.post("/{token}/answer", response={200: StatusOut, **REFUSALS}, url_name="suggestion-answer")
def post_answer(request: HttpRequest, response: HttpResponse, token: str, body: AnswerIn) -> StatusOut:
    """Answer the question that an editor asked; `question` says what it is, while the status is "question"."""
    try:
        answer_question(_suggestion_by_token(token, response), text=body.text)
    except InvalidInput as invalid:
        raise Problem(422, invalid.errors) from None
    except AlreadyDecided:
        raise Problem(409, {NON_FIELD: [_("There is no open question about this suggestion.")]}) from None
    return _status(_suggestion_by_token(token, response))


@router.post("/{token}/withdraw", response={200: StatusOut, **REFUSALS}, url_name="suggestion-withdraw")
def post_withdrawal(request: HttpRequest, response: HttpResponse, token: str, body: Nothing = NOTHING) -> StatusOut:
    """Take a suggestion back that no editor has decided yet. Once more does no harm."""
    try:
        withdraw_suggestion(_suggestion_by_token(token, response))
    except AlreadyDecided:
        sentence = _("An editor has decided this suggestion already; it cannot be taken back.")
        raise Problem(409, {NON_FIELD: [sentence]}) from None
    return _status(_suggestion_by_token(token, response))


@router.post("/{token}/credit", response={200: StatusOut, **REFUSALS}, url_name="suggestion-credit")
def post_credit(request: HttpRequest, response: HttpResponse, token: str, body: CreditIn) -> StatusOut:
    """Change the name under which the reader wants to be thanked, and whether they do."""
    try:
        credit_reader(_suggestion_by_token(token, response), name=body.name, credit=body.credit)
    except InvalidInput as invalid:
        raise Problem(422, invalid.errors) from None
    except AlreadyErased:
        sentence = _("What this suggestion said about you was erased; no name is added to it any more.")
        raise Problem(409, {NON_FIELD: [sentence]}) from None
    return _status(_suggestion_by_token(token, response))


@router.post("/{token}/email", response={202: StatusOut, **REFUSALS}, url_name="suggestion-email")
def post_email(request: HttpRequest, response: HttpResponse, token: str, body: EmailIn) -> Status[StatusOut]:
    """Get an e-mail when the suggestion is decided. The answer is the same for any address."""
    suggestion = _suggestion_by_token(token, response)
    try:
        set_address(suggestion, address=body.email)
    except InvalidAddress as bad:
        raise Problem(422, {"email": [str(bad)]}) from None
    except AlreadyConfirmed:
        raise Problem(409, {NON_FIELD: [_("The address is confirmed already.")]}) from None
    except AlreadyErased:
        sentence = _("What this suggestion said about you was erased, so no address is added to it any more.")
        raise Problem(409, {NON_FIELD: [sentence]}) from None
    return Status(202, _status(suggestion))


@router.post("/{token}/erase", response={200: StatusOut, **REFUSALS}, url_name="suggestion-erase")
def post_erasure(request: HttpRequest, response: HttpResponse, token: str, body: Nothing = NOTHING) -> StatusOut:
    """Erase the e-mail address, the name, the note and the link; the passage and the new wording stay."""
    erase_reader(_suggestion_by_token(token, response))
    return _status(_suggestion_by_token(token, response))


def _related_data(suggestion: Suggestion) -> dict[str, Any]:
    contact = contact_for(suggestion)
    replies = Reply.objects.filter(suggestion=suggestion).values("question", "text", "sent_at")
    mails = Mail.objects.filter(suggestion=suggestion).order_by("owed_at").values("kind", "state", "owed_at", "sent_at")
    return {
        "email": contact.address if contact else "",
        "email_confirmed_at": contact.confirmed_at if contact else None,
        "answers": list(replies),
        "mails": list(mails),
        "thanked_as": Thanks.objects.filter(suggestion=suggestion).values_list("name", flat=True).first() or "",
    }


@cache
def _status_address() -> str:
    return reverse("suggestion", args=[ANY_TOKEN])


def _exported_fields() -> list[Any]:
    """All columns but the hashes of token, idempotency key, request and network address."""
    secret = ("token_hash", "key_hash", "request_digest", "address_hash")
    return [field for field in Suggestion._meta.concrete_fields if field.attname not in secret]


def _suggestion_by_token(token: str, response: HttpResponse) -> Suggestion:
    """The suggestion of a private link; disables caching and activates its language. Raises Http404."""
    response["Cache-Control"] = "no-store"
    try:
        suggestion = suggestion_of(token)
    except Suggestion.DoesNotExist:
        raise Http404(_("There is no suggestion under this link.")) from None
    activate_language(suggestion.article.language)
    return suggestion


def _status(suggestion: Suggestion) -> StatusOut:
    answer = suggestion_status(suggestion)
    return StatusOut(
        status=answer.status, question=answer.question, reason=answer.reason, revision=answer.revision, url=answer.url
    )
