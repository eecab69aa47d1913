"""Articles, policy page, pictures, health checks and error pages."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from newsroom.api.errors import NON_FIELD, Problem, problem_response
from newsroom.languages import activate_language, current_language
from newsroom.models import Article, Kind, Revision
from newsroom.operations.readiness import find_missing
from newsroom.publishing.policy import NOTICE_KINDS, POLICY, Notice
from newsroom.record.highlights import ASKED, highlight_changes, is_future
from newsroom.record.page_cache import cached_page
from newsroom.record.policy_table import named_languages, policy_rows
from newsroom.record.queries import content_of, current_revisions
from newsroom.syndication.memento import timegate
from newsroom.views.fronts import latest_articles

PICTURES_CACHE_CONTROL = "public, max-age=604800"


@cached_page(changed=ASKED)
@timegate
@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The current revision, with the notices that the policy requires for earlier ones."""
    current = get_object_or_404(
        current_revisions().select_related("stored_text", "article__placed__source"), article__slug=slug
    )
    activate_language(current.article.language)
    told = current.article.revisions.filter(Q(number=1) | Q(kind__in=NOTICE_KINDS)).select_related("based_on")
    notices = list(told.newest_first())
    content = content_of(current)
    retracted = current.article.state == Article.State.RETRACTED
    # A retracted text stays at its permanent link and is not shown here.
    shown = None if retracted else content
    asked = request.GET.get("changed", "")
    if is_future(asked, current):
        return redirect("article", slug)
    marked = highlight_changes(current, shown, asked) if shown else None
    context = {
        "article": current.article,
        "revision": current,
        "content": content,
        "body": marked or (shown.body if shown else ""),
        "marked": marked is not None,
        "retracted": retracted,
        "first": notices[-1],
        "corrected": next((notice for notice in notices if notice.kind == Kind.CORRECTION), None),
        "top": _with_notice(notices, Notice.TOP),
        "foot": _with_notice(notices, Notice.FOOT),
    }
    return render(request, "newsroom/article/detail.html", context)


@cached_page()
@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The corrections policy: what each kind of revision means and demands."""
    context = {"rows": policy_rows(current_language()), "languages": named_languages()}
    return render(request, "newsroom/policy/detail.html", context)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Liveness for load balancers: process and database answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return problem_response(Problem(503, {NON_FIELD: [_("The database does not answer.")]}))
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Readiness for start-up and monitors: database, broker and worker, within a second."""
    lacking = find_missing()
    return JsonResponse({"ready": not lacking, "missing": dict(lacking)}, status=503 if lacking else 200)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures, encoded by us at upload."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # a name that the file system refuses
        raise Http404 from error
    response["Cache-Control"] = PICTURES_CACHE_CONTROL
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: a page, or JSON under /api/."""
    if request.path_info.startswith("/api/"):
        return problem_response(Problem(404, {NON_FIELD: [_("There is nothing under this address.")]}))
    # Django's own view renders with a request context, which makes a CSRF token and so a cookie.
    return render(request, "404.html", {"latest": latest_articles()}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: requests that are too large, cut off, or for an unknown host."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    if request.path_info.startswith("/api/"):
        return problem_response(Problem(status, {NON_FIELD: [_("The request could not be read. Check its headers.")]}))
    return render(request, "400.html", status=status)


def _with_notice(revisions: Iterable[Revision], place: Notice) -> list[Revision]:
    return [revision for revision in revisions if POLICY[Kind(revision.kind)].notice is place]
