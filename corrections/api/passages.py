"""API of one passage: its current text and prior reports, for the reader's form."""

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from corrections.anchoring.relocation import Quote
from corrections.anchoring.spans import Span
from corrections.models import Field
from corrections.suggestions.prior_decisions import NoSuchPassage, Passage, Precedent, read_passage
from corrections.suggestions.reader_status import ReaderStatus
from corrections.suggestions.validation import MAX_EXACT, passage_too_long_message
from newsroom.api.errors import Errors, Problem
from newsroom.languages import activate_language
from newsroom.models import Revision
from newsroom.record.queries import current_revisions

router = Router(tags=["articles"])
LARGEST = 2**31 - 1  # the database's integer columns


class QuoteOut(Schema):
    """A passage of the current revision, as POST /api/suggestions takes it."""

    field: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class PrecedentItem(Schema):
    """An open or decided case about the passage; never what a reader wrote.

    `sentence` says in the article's language how things stand, `reason` why, `url` leads to what was changed. Whoever
    sees the same mistake sends `quote` with replacement null and so comes into the same case.
    """

    state: ReaderStatus
    count: int
    sentence: str
    reason: str | None
    url: str | None
    quote: QuoteOut | None


class PassageOut(Schema):
    """`words` is what stands at the span in the revision asked for, `quote` how it reads in the current one.

    Null: the passage is no longer there. `revision` is the number of the current one.
    """

    revision: int
    words: str
    quote: QuoteOut | None
    reports: list[PrecedentItem]


@router.get("/{slug:slug}/passage", response={200: PassageOut, 404: Errors, 422: Errors}, url_name="article-passage")
def get_passage(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    revision: Annotated[int, Query(description="The one that was read.")],
    field: Field,
    start: Annotated[int, Query(description="Code points of the field's canonical text.")],
    end: int,
) -> PassageOut:
    """How a passage of a revision reads now, and what readers and editors have said about it."""
    response["Cache-Control"] = "no-store"
    current = current_revisions().filter(article__slug=slug).first()
    if current is None:
        raise Http404(_("There is no published article under this address."))
    activate_language(current.article.language)
    if not 0 <= start < end <= LARGEST:
        raise Problem(422, {"end": [_("Start and end must be code points of the text, the start before the end.")]})
    if end - start > MAX_EXACT:
        raise Problem(422, {"end": [passage_too_long_message()]})
    try:
        found = read_passage(_read(current, revision), current, field=field, span=Span(start, end))
    except NoSuchPassage:
        raise Problem(422, {"end": [_("The version's text is shorter. Send a span within it.")]}) from None
    return _as_out(found)


def _read(current: Revision, number: int) -> Revision:
    """Raises Problem."""
    if number == current.number:
        return current
    found = current.article.revisions.filter(number=number).first() if 0 < number <= LARGEST else None
    if found is None:
        raise Problem(
            422, {"revision": [_("The article has no version with this number. Send the one that was read.")]}
        )
    return found


def _as_out(passage: Passage) -> PassageOut:
    return PassageOut(
        revision=passage.current.number,
        words=passage.words,
        quote=_quote(passage.quote),
        reports=[_item(precedent) for precedent in passage.precedents],
    )


def _item(precedent: Precedent) -> PrecedentItem:
    return PrecedentItem(
        state=precedent.state,
        count=precedent.count,
        sentence=precedent.sentence,
        reason=precedent.reason,
        url=precedent.url,
        quote=_quote(precedent.quote),
    )


def _quote(quote: Quote | None) -> QuoteOut | None:
    if quote is None or quote.start is None or quote.end is None:
        return None
    return QuoteOut(
        field=quote.field,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        start=quote.start,
        end=quote.end,
    )
