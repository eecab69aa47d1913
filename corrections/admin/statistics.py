"""The desk chief's numbers in the admin: the page, and the same period's cases as a file."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corrections.models import Case
from corrections.statistics.exports import FORMATS, Format, measure, read_chunks
from corrections.statistics.queries import PERIODS, USUAL_PERIOD, Period, period_of, read_numbers
from corrections.statistics.report import count_words, show_numbers

NUMBERS = "corrections.view_numbers"

Wrap = Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]


def numbers_urls(wrap: Wrap) -> list[URLPattern]:
    """For CaseAdmin.get_urls; `wrap` is its site's admin_view."""
    files = [
        path(
            f"export.{file_format.name}",
            wrap(partial(case_export, file_format=file_format)),
            name=f"corrections_case_export_{file_format.name}",
        )
        for file_format in FORMATS.values()
    ]
    return [path("numbers/", wrap(case_numbers), name="corrections_case_numbers"), *files]


@require_safe
def case_numbers(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    period = _chosen_period(request)
    numbers, rows = read_numbers(period), measure(period).rows
    context = {
        **admin.site.each_context(request),
        "opts": Case._meta,
        "title": _("Numbers"),
        "periods": PERIODS,
        "period": period,
        "last_day": period.until,
        "page": show_numbers(numbers),
        "articles": numbers.articles,
        "formats": [file_format.name for file_format in FORMATS.values()],
        "rows": rows,
        "rows_words": count_words(rows),
    }
    return TemplateResponse(request, "corrections/desk_numbers.html", context)


@require_safe
@never_cache
def case_export(request: HttpRequest, *, file_format: Format) -> StreamingHttpResponse:
    """Sends the rows as they are read; `X-Rows` says before how many there will be."""
    _refuse_others(request)
    period = _chosen_period(request)
    extent = measure(period)
    written = file_format.written(read_chunks(period, extent))
    response = StreamingHttpResponse(written, content_type=file_format.content_type)
    first, last = period.since.date(), (period.until - timedelta(microseconds=1)).date()
    response["Content-Disposition"] = f'attachment; filename="cases-{first}-{last}.{file_format.name}"'
    response["X-Rows"] = str(extent.rows)
    return response


def _refuse_others(request: HttpRequest) -> None:
    if not request.user.has_perm(NUMBERS):
        raise PermissionDenied


def _chosen_period(request: HttpRequest) -> Period:
    chosen: dict[str, Any] = {str(days): days for days in PERIODS}
    return period_of(chosen.get(request.GET.get("days", ""), USUAL_PERIOD))
