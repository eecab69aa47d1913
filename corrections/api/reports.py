"""API of the reported passages of an article."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from corrections.suggestions.reader_status import ReaderStatus
from corrections.suggestions.reported_passages import Report, read_reports
from newsroom.api.articles import Listing, TimeCursor
from newsroom.api.errors import Errors, Problem
from newsroom.http.links import absolute
from newsroom.languages import activate_language
from newsroom.models import Revision
from newsroom.record.queries import current_revisions

router = Router(tags=["articles"])
LARGEST = 2**31 - 1  # the database's integer columns


class ReportItem(Schema):
    """A reported passage; start and end are Unicode code points of the field's canonical text in the revision."""

    field: str
    start: int
    end: int
    count: int
    state: ReaderStatus
    reason: str | None


@router.get(
    "/{slug:slug}/reports", response={200: Listing[ReportItem], 404: Errors, 422: Errors}, url_name="article-reports"
)
def list_reports(
    request: HttpRequest, slug: str, revision: int | None = None, cursor: TimeCursor = ""
) -> Listing[ReportItem]:
    """Passages of an article that readers reported, as they stand in one revision: the current one if none is named.

    What does not stand in that revision is left out, so that a page may be shorter than others.
    """
    asked = _revision(slug, revision)
    page = read_reports(asked, cursor)
    query = urlencode({"revision": asked.number, "cursor": page.next})
    address = absolute("api:article-reports", slug)
    return Listing[ReportItem](
        items=[_item(report) for report in page.items], next=f"{address}?{query}" if page.next else None
    )


def _revision(slug: str, number: int | None) -> Revision:
    """The requested revision. Raises Http404, Problem."""
    current = current_revisions().filter(article__slug=slug).first()
    if current is None:
        raise Http404(_("There is no published article under this address."))
    if number is None or number == current.number:
        return current
    activate_language(current.article.language)
    found = current.article.revisions.filter(number=number).first() if 0 < number <= LARGEST else None
    if found is None:
        raise Problem(
            422, {"revision": [_("The article has no version with this number. Leave it out for the current one.")]}
        )
    return found


def _item(report: Report) -> ReportItem:
    return ReportItem(
        field=report.field,
        start=report.start,
        end=report.end,
        count=report.count,
        state=report.state,
        reason=report.reason,
    )
