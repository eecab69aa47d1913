"""Public record: an article's changelog, diffs, permanent pages of revisions, the site's list of corrections."""

from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.db.models import QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from newsroom.languages import activate_language, current_language
from newsroom.models import Revision
from newsroom.record.changelog import entries_of
from newsroom.record.comparison import compare
from newsroom.record.desk_hooks import credits_of
from newsroom.record.filters import (
    PARAMETERS,
    DateRange,
    RecordFilter,
    filter_record,
    month_of,
    months,
    statistics_of,
    without,
)
from newsroom.record.page_cache import CACHE_CONTROL, cached_page
from newsroom.record.queries import (
    content_of,
    current_revisions,
    page_by_time,
    page_of_changes,
    page_or_404,
    withholdings_of,
)
from newsroom.record.seals import SEAL
from newsroom.syndication.memento import memento
from newsroom.text.fragments import SPOT, parse_spot, with_spots


@cached_page("before", "old", "new")
@require_safe
def article_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Changelog: every revision with its word diff. The form for two revisions redirects to their diff."""
    current = get_object_or_404(_defer_body(current_revisions()), article__slug=slug)
    activate_language(current.article.language)
    if "old" in request.GET:
        return _redirect_to_comparison(request, current)
    revisions = current.article.revisions.select_related("editor", "based_on", "article")
    page = page_or_404(page_of_changes, revisions, request.GET.get("before", ""))
    context = {
        "article": current.article,
        "current": current,
        "content": content_of(current),
        "entries": entries_of(page.items),
        "page": page,
    }
    return render(request, "newsroom/record/article_changes.html", context)


@cached_page()
@require_safe
def revision_diff(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Word diff between two revisions, in either order."""
    before, after = _get_revision(slug, old), _get_revision(slug, new)
    contents = content_of(before), content_of(after)
    gone = withholdings_of([before.pk, after.pk])
    context = {
        "article": after.article,
        "current": after.article.current,
        "content": contents[1],
        "before": before,
        "after": after,
        "explained": after.note and after.based_on_id == before.pk,
        "comparison": compare(contents[0], contents[1]) if contents[0] and contents[1] else None,
        "withholdings": list(gone.values()),
    }
    return _render(request, "newsroom/revision/diff.html", context, withheld=bool(gone))


@cached_page(spot=SPOT.pattern)
@memento
@require_safe
def revision_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Permanent page of one revision as published."""
    revision = _get_revision(slug, number, seal=SEAL)
    content = content_of(revision)
    spot = parse_spot(request.GET.get("spot", ""))
    if content and spot and not spot.start <= spot.end <= len(content.text):
        return redirect("revision", slug, number)  # endless spots are not rendered each anew
    context = {
        "article": revision.article,
        "revision": revision,
        "content": content,
        "body": with_spots(content.body, spot) if content else "",
        "is_current": revision.article.current_id == revision.pk,
        "withholding": withholdings_of([revision.pk]).get(revision.pk),
    }
    return _render(request, "newsroom/revision/detail.html", context, withheld=content is None)


@cached_page(*PARAMETERS)
@require_safe
def corrections_list(request: HttpRequest) -> HttpResponse:
    """The site's corrections, filtered by the query string."""
    form = RecordFilter(request.GET, spoken=current_language())
    if wrong := form.wrong_fields():
        return redirect(f"{request.path}{without(request.GET, wrong)}")
    chosen = form.cleaned_data if form.is_valid() else {}
    span = DateRange(chosen.pop("since", None), chosen.pop("until", None))
    context = {"form": form, "months": months(), "is_filtered": any([*chosen.values(), span.since, span.until])}
    return _render_record(request, filter_record(span, **chosen), span, context)


@cached_page("cursor")
@require_safe
def corrections_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Corrections of one month."""
    try:
        span = month_of(year, month)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    context = {"month": span.first, "months": months()}
    return _render_record(request, filter_record(span), span, context)


def _render_record(
    request: HttpRequest, revisions: QuerySet[Revision], span: DateRange, context: Mapping[str, object]
) -> HttpResponse:
    page = page_or_404(page_by_time, revisions, request.GET.get("cursor", ""))
    query = QueryDict(mutable=True)
    query.update({name: request.GET[name] for name in PARAMETERS if name != "cursor" and name in request.GET})
    more = {
        "page": page,
        "figures": statistics_of(revisions, span),
        "thanked": credits_of(revision.pk for revision in page.items),
        "query": query.urlencode(),
    }
    return render(request, "newsroom/record/corrections.html", {**context, **more})


def _redirect_to_comparison(request: HttpRequest, current: Revision) -> HttpResponse:
    """Redirect to the diff of two revisions; unknown numbers become the nearest existing one."""
    chosen = []
    for name in ("old", "new"):
        typed = request.GET.get(name, "")
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
            raise Http404
        chosen.append(min(max(int(typed), 1), current.number))
    return HttpResponseRedirect(reverse("diff", args=[current.article.slug, *chosen]))


def _render(request: HttpRequest, template: str, context: Mapping[str, object], *, withheld: bool) -> HttpResponse:
    """Render a page; status 451 (RFC 7725) where its words are withheld, with a link to who withholds them."""
    if not withheld:
        return render(request, template, context)
    response = render(request, template, context, status=HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS)
    response["Link"] = f'<{settings.SITE_URL}/>; rel="blocked-by"'
    # Kept as the words were: an answer that may not be kept would leave them in a cache that serves stale pages.
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _get_revision(slug: str, number: int, **more: Subquery) -> Revision:
    """A revision with its article; activates the article's language. Raises Http404."""
    revisions = (
        Revision.objects.public()
        .select_related("article__current", "article__placed", "editor", "stored_text")
        .annotate(**more)
    )
    revision = get_object_or_404(revisions, article__slug=slug, number=number)
    activate_language(revision.article.language)
    return revision


def _defer_body(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    return revisions.select_related("stored_text", "article__placed").defer("stored_text__body", "stored_text__text")
