"""The pages behind the links in mails: opening one changes nothing, its button does."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from corrections.contacts.addresses import allow_mail, confirm_contact, stop_mail
from corrections.contacts.hashed_mailboxes import contact_by_token, language_of, mailbox_by_token
from corrections.models import Contact, Mailbox
from corrections.suggestions.status_tokens import status_token
from corrections.views.headers import private
from newsroom.languages import speak


# Whoever has the mail may do what its link is for; no cookie stands behind it that a forged request could borrow.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs and scanners open every link in a mail, so that only the button's POST confirms."""
    try:
        contact = contact_by_token(token)
    except Contact.DoesNotExist:
        return private(render(request, "corrections/mail/gone.html", status=404))
    speak(contact.suggestion.article.language)
    if request.method == "POST":
        confirm_contact(contact, wants_receipt=bool(request.POST.get("receipt")))
        contact.refresh_from_db()
    suggestion = contact.suggestion
    context = {
        "contact": contact,
        "article": suggestion.article,
        "content": getattr(suggestion.read_in, "content", None),
        "status_token": status_token(suggestion.pk) if contact.is_confirmed else "",
    }
    return private(render(request, "corrections/mail/confirm.html", context))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A mail program's own one-click request (RFC 8058) is the same POST as the button's, and is answered at once."""
    try:
        mailbox = mailbox_by_token(token)
    except Mailbox.DoesNotExist:
        raise Http404 from None
    speak(language_of(mailbox))
    if request.method == "POST":
        (allow_mail if request.POST.get("again") else stop_mail)(mailbox)
    known = Mailbox.objects.filter(pk=mailbox.pk).first()
    context = {"is_stopped": bool(known and known.stopped_at), "is_new": request.method == "POST"}
    return private(render(request, "corrections/mail/stop.html", context))
