"""Statistics page and the CSV and JSON exports."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corrections.models import Case
from corrections.statistics.exports import FORMATS, ExportFormat, export_range, read_chunks
from corrections.statistics.periods import DEFAULT_PERIOD, PERIODS, Period, period_of
from corrections.statistics.queries import read_statistics
from corrections.statistics.report import build_report, format_count
from newsroom.admin.access import AdminView, editor_of

NUMBERS = "corrections.view_numbers"


def numbers_urls(wrap: AdminView) -> list[URLPattern]:
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
    editor_of(request, NUMBERS)
    period = _chosen_period(request)
    statistics, rows = read_statistics(period), export_range(period).rows
    context = {
        **admin.site.each_context(request),
        "opts": Case._meta,
        "title": _("Numbers"),
        "periods": PERIODS,
        "period": period,
        "last_day": period.until,
        "page": build_report(statistics),
        "articles": statistics.articles,
        "formats": [file_format.name for file_format in FORMATS.values()],
        "rows": rows,
        "rows_words": format_count(rows),
    }
    return TemplateResponse(request, "corrections/statistics/report.html", context)


@require_safe
@never_cache
def case_export(request: HttpRequest, *, file_format: ExportFormat) -> StreamingHttpResponse:
    """Streams the rows; the X-Rows header has their number, for the progress bar."""
    editor_of(request, NUMBERS)
    period = _chosen_period(request)
    exported = export_range(period)
    chunks = file_format.write(read_chunks(period, exported))
    response = StreamingHttpResponse(chunks, content_type=file_format.content_type)
    first, last = period.since.date(), (period.until - timedelta(microseconds=1)).date()
    response["Content-Disposition"] = f'attachment; filename="cases-{first}-{last}.{file_format.name}"'
    response["X-Rows"] = str(exported.rows)
    return response


def _chosen_period(request: HttpRequest) -> Period:
    chosen: dict[str, Any] = {str(days): days for days in PERIODS}
    return period_of(chosen.get(request.GET.get("days", ""), DEFAULT_PERIOD))
