"""Double opt-in and unsubscribe pages behind the links in mails; a GET changes nothing, the button's POST does."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from corrections.contacts.addresses import allow_mail, confirm_contact, stop_mail
from corrections.contacts.hashed_mailboxes import contact_by_token, language_of, mailbox_by_token
from corrections.models import Contact, Mailbox
from corrections.suggestions.status_tokens import known_token
from corrections.views.headers import mark_private
from newsroom.languages import activate_language


# CSRF-exempt: the token in the URL authorises the request, no cookie does.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms by POST only, since mail programs and scanners open every link in a mail."""
    try:
        contact = contact_by_token(token)
    except Contact.DoesNotExist:
        return mark_private(render(request, "corrections/mail/gone.html", status=404))
    activate_language(contact.suggestion.article.language)
    if request.method == "POST":
        confirm_contact(contact, wants_receipt=bool(request.POST.get("receipt")))
        contact.refresh_from_db()
    suggestion = contact.suggestion
    context = {
        "contact": contact,
        "article": suggestion.article,
        "content": suggestion.read_in.content,
        "status_token": known_token(suggestion) if contact.is_confirmed else "",
    }
    return mark_private(render(request, "corrections/mail/confirm.html", context))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The one-click POST of mail programs (RFC 8058) is the same as the button's."""
    try:
        mailbox = mailbox_by_token(token)
    except Mailbox.DoesNotExist:
        raise Http404 from None
    activate_language(language_of(mailbox))
    if request.method == "POST":
        (allow_mail if request.POST.get("again") else stop_mail)(mailbox)
    known = Mailbox.objects.filter(pk=mailbox.pk).first()
    context = {"is_stopped": bool(known and known.stopped_at), "is_new": request.method == "POST"}
    return mark_private(render(request, "corrections/mail/stop.html", context))
