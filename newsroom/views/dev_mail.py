"""Mailbox of the demo: mails written as files, shown to loopback only; 404 where mail is not kept in files."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.http.client_address import is_local
from newsroom.operations.mail_files import newest_names, read_mail, writes_files

MAX_MAILS = 100
SHOWN = ("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted")
# A mail brings its own styles. The sandbox denies scripts, requests and forms, in an opaque origin.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@never_cache
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    _require_local(request)
    kept = {name: read_mail(name) for name in newest_names(MAX_MAILS)}
    rows = [(name, _headers(mail), _date(mail)) for name, mail in kept.items()]
    return render(request, "newsroom/dev_mail/list.html", {"mails": rows})


@never_cache
@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    _require_local(request)
    mail = _mail(name)
    context = {"name": name, "headers": _headers(mail), "text": _part(mail, "plain")}
    return render(request, "newsroom/dev_mail/detail.html", context)


@never_cache
@require_safe
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    _require_local(request)
    return HttpResponse(_part(_mail(name), "html"), headers={"Content-Security-Policy": SANDBOX})


def _require_local(request: HttpRequest) -> None:
    """Raises Http404."""
    if not writes_files() or not is_local(request):
        raise Http404


def _headers(mail: EmailMessage) -> dict[str, str]:
    """Headers with a value; a long one begins with the fold of its line."""
    return {name: str(mail[name]).strip() for name in SHOWN if mail[name]}


def _date(mail: EmailMessage) -> datetime | None:
    """The mail's Date header."""
    moment = parsedate_to_datetime(str(mail["Date"])) if mail["Date"] else None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _mail(name: str) -> EmailMessage:
    try:
        return read_mail(name)
    except FileNotFoundError:
        raise Http404 from None


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
