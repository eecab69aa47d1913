"""Following an article by e-mail: the form, and the pages behind the links in its mails."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from corrections.abuse.rate_limits import RateLimited, count_follow
from corrections.abuse.senders import sender_hash
from corrections.contacts.followers import (
    confirm_follower,
    follow_article,
    follower_address_error,
    follower_to_confirm,
    follower_to_stop,
    stop_following,
)
from corrections.contacts.hashed_mailboxes import unsubscribe_token
from corrections.models import Follower
from corrections.views.headers import mark_private
from newsroom.http.client_address import client_address
from newsroom.languages import activate_language
from newsroom.models import Article


# CSRF-exempt: the form is anonymous, without session or cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, also fetched by reader/follow.js to be shown in place; says the same of every address."""
    articles = Article.objects.published().select_related("current__stored_text")
    article = get_object_or_404(articles, slug=slug)
    activate_language(article.language)
    is_post = request.method == "POST"
    if article.state == Article.State.RETRACTED:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_post else HTTPStatus.OK
        return _render_form(request, article, "retracted", status=status)
    return _handle_post(request, article) if is_post else _render_form(request, article, "form")


def _handle_post(request: HttpRequest, article: Article) -> HttpResponse:
    address = request.POST.get("email", "").strip()
    if error := follower_address_error(address):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _render_form(request, article, "form", email=address, error=error, status=status)
    try:
        count_follow(sender_hash(client_address(request)))
    except RateLimited as limited:
        status = HTTPStatus.TOO_MANY_REQUESTS
        response = _render_form(request, article, "form", email=address, error=limited.sentence, status=status)
        response["Retry-After"] = str(limited.seconds)
        return response
    if not request.POST.get("website"):
        follow_article(article, address=address)
    return _render_form(request, article, "asked")


def _render_form(
    request: HttpRequest,
    article: Article,
    state: str,
    *,
    email: str = "",
    error: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"article": article, "state": state, "email": email, "error": error}
    response = render(request, "corrections/follow/page.html", context, status=status)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


# CSRF-exempt: the token in the URL authorises the request, no cookie does.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_following(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms by POST only, since mail programs and scanners open every link in a mail."""
    follower = follower_to_confirm(token)
    if follower is None:
        return mark_private(render(request, "corrections/follow/gone.html", status=404))
    activate_language(follower.article.language)
    if request.method == "POST":
        confirm_follower(follower)
        follower.refresh_from_db(fields=["state", "confirmed_at"])
    context = {"follower": follower, "article": follower.article}
    return mark_private(render(request, "corrections/follow/confirm.html", context))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_follower(request: HttpRequest, token: str) -> HttpResponse:
    """Shows what is held; the one-click POST of mail programs (RFC 8058) is the same as the button's."""
    try:
        follower = follower_to_stop(token)
    except Follower.DoesNotExist:
        raise Http404 from None
    if follower:
        activate_language(follower.article.language)
    if follower and request.method == "POST":
        stop_following(follower)
    context = {
        "follower": None if request.method == "POST" else follower,
        "article": follower.article if follower else None,
        "stop_all": unsubscribe_token(follower.mailbox) if follower else "",
    }
    return mark_private(render(request, "corrections/follow/stop.html", context))
