"""Shows the demo's mails, which go to files, to whoever sits at the machine; on any other site it does not exist."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.http.client_address import is_local
from newsroom.operations.mail_files import is_kept, kept_names, read_mail

MOST = 100
SHOWN = ("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted")
# A mail brings its own styles. Nothing in it runs, loads or sends, and it stands apart from this site.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@never_cache
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    kept = {name: read_mail(name) for name in kept_names(MOST)}
    rows = [(name, _headers(mail), _date(mail)) for name, mail in kept.items()]
    return render(request, "newsroom/dev_mail/list.html", {"mails": rows})


@never_cache
@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    _refuse_others(request)
    mail = _mail(name)
    context = {"name": name, "headers": _headers(mail), "text": _part(mail, "plain")}
    return render(request, "newsroom/dev_mail/detail.html", context)


@never_cache
@require_safe
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    _refuse_others(request)
    return HttpResponse(_part(_mail(name), "html"), headers={"Content-Security-Policy": SANDBOX})


def _refuse_others(request: HttpRequest) -> None:
    """Raises Http404."""
    if not is_kept() or not is_local(request):
        raise Http404


def _headers(mail: EmailMessage) -> dict[str, str]:
    """Those that tell something; a long one begins with the fold that its line took."""
    return {name: str(mail[name]).strip() for name in SHOWN if mail[name]}


def _date(mail: EmailMessage) -> datetime | None:
    """When it says that it was written."""
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
