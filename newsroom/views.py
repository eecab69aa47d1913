"""What the public sees: articles, how they changed, and the record of corrections."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from newsroom.comparison import Comparison, compare, compare_text
from newsroom.models import Kind, Revision, RevisionText
from newsroom.pagecache import cached_page
from newsroom.policy import NOTICE_KINDS, POLICY, Notice
from newsroom.policypage import named_languages, policy_rows
from newsroom.problems import WHOLE, Problem, problem_response
from newsroom.published import (
    BadCursor,
    Page,
    content_of,
    current_revisions,
    first_revisions,
    listed_revisions,
    page_by_time,
    page_of_changes,
)
from newsroom.seals import SEAL
from newsroom.spots import parse_spot, with_spots

PICTURES_CACHE_CONTROL = "public, max-age=604800"


@dataclass(frozen=True, slots=True)
class Entry:
    """One revision in a changelog; no comparison for the first one, or where words have been withheld."""

    revision: Revision
    comparison: Comparison | None


@cached_page("cursor")
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    page = _page_or_404(page_by_time, first_revisions(), request)
    return render(request, "newsroom/front_page.html", {"page": page})


@cached_page()
@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The current revision, with the notices that policy demands for the kinds of those before it."""
    current = get_object_or_404(current_revisions().select_related("content"), article__slug=slug)
    told = current.article.revisions.filter(Q(number=1) | Q(kind__in=NOTICE_KINDS)).select_related("based_on")
    notices = list(told.newest_first())
    content = content_of(current)
    context = {
        "article": current.article,
        "revision": current,
        "content": content,
        "body": content.body if content else "",
        "first": notices[-1],
        "top": _with_notice(notices, Notice.TOP),
        "foot": _with_notice(notices, Notice.FOOT),
    }
    return render(request, "newsroom/article_detail.html", context)


@cached_page("before")
@require_safe
def article_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """The changelog: every revision with the words that it changed."""
    current = get_object_or_404(_without_body(current_revisions()), article__slug=slug)
    revisions = current.article.revisions.select_related("editor", "based_on", "article")
    page = _page_or_404(page_of_changes, revisions, request, parameter="before")
    context = {
        "article": current.article,
        "content": content_of(current),
        "entries": _entries(page.items),
        "page": page,
    }
    return render(request, "newsroom/article_changes.html", context)


@cached_page()
@require_safe
def revision_diff(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Any two revisions word by word, in either order."""
    before, after = _revision(slug, old), _revision(slug, new)
    contents = content_of(before), content_of(after)
    context = {
        "article": after.article,
        "content": contents[1],
        "before": before,
        "after": after,
        "explained": after.note and after.based_on_id == before.pk,
        "comparison": compare(contents[0], contents[1]) if contents[0] and contents[1] else None,
    }
    return render(request, "newsroom/revision_diff.html", context)


@cached_page("spot")
@require_safe
def revision_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision as it was published, whatever came after it."""
    revision = _revision(slug, number, seal=SEAL)
    content = content_of(revision)
    context = {
        "article": revision.article,
        "revision": revision,
        "content": content,
        "body": with_spots(content.body, parse_spot(request.GET.get("spot", ""))) if content else "",
        "is_current": revision.article.current_id == revision.pk,
    }
    return render(request, "newsroom/revision_detail.html", context)


@cached_page("cursor")
@require_safe
def corrections_list(request: HttpRequest) -> HttpResponse:
    page = _page_or_404(page_by_time, listed_revisions(), request)
    return render(request, "newsroom/corrections_list.html", {"page": page})


@cached_page()
@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """What we call a correction, and what we owe to readers for each kind of change."""
    context = {"rows": policy_rows(get_language() or settings.LANGUAGE_CODE), "languages": named_languages()}
    return render(request, "newsroom/policy_detail.html", context)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Process and database answer; for load balancers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return problem_response(Problem(503, {WHOLE: [_("The database does not answer.")]}))
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures, which we have encoded ourselves."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # a name that no file system takes
        raise Http404 from error
    response["Cache-Control"] = PICTURES_CACHE_CONTROL
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an unknown address, or the API's answer to one."""
    if request.path_info.startswith("/api/"):
        return problem_response(Problem(404, {WHOLE: [_("There is nothing under this address.")]}))
    # Not Django's own, which makes a token for a form that the page has not got, and a cookie with it.
    return render(request, "404.html", status=404)


def _page_or_404(
    read: Callable[[QuerySet[Revision], str], Page[Revision]],
    revisions: QuerySet[Revision],
    request: HttpRequest,
    *,
    parameter: str = "cursor",
) -> Page[Revision]:
    try:
        return read(revisions, request.GET.get(parameter, ""))
    except BadCursor as error:
        raise Http404 from error


def _revision(slug: str, number: int, **more: Subquery) -> Revision:
    revisions = Revision.objects.public().select_related("article", "editor", "content").annotate(**more)
    return get_object_or_404(revisions, article__slug=slug, number=number)


def _with_notice(revisions: Iterable[Revision], place: Notice) -> list[Revision]:
    return [revision for revision in revisions if POLICY[Kind(revision.kind)].notice is place]


def _without_body(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    return revisions.select_related("content").defer("content__body", "content__text")


def _entries(revisions: list[Revision]) -> list[Entry]:
    wanted = {key for revision in revisions for key in (revision.pk, revision.based_on_id) if key}
    # The canonical text tells what was changed; bodies would double what is read.
    words = RevisionText.objects.defer("body").in_bulk(wanted)
    return [Entry(revision, _compared(words, revision)) for revision in revisions]


def _compared(words: dict[int, RevisionText], revision: Revision) -> Comparison | None:
    old, new = words.get(revision.based_on_id or 0), words.get(revision.pk)
    return compare_text(old, new) if old and new else None
