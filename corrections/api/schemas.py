"""Request and response schemas of the suggestions API; docstrings appear in its OpenAPI description."""

from typing import Any

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

from corrections.anchoring.relocation import Quote
from corrections.models import AboutElement
from corrections.suggestions.reader_status import ReaderStatus
from corrections.suggestions.validation import MAX_OFFSET, About, SuggestionInput


class Strict(BaseModel):
    """A body in which every name is known and every value has its own type.

    Not ninja's Schema, which reads attributes of objects too and so validates twice what it may add nothing to.
    """

    model_config = ConfigDict(strict=True, extra="forbid")


class QuoteIn(Strict):
    """A passage; start and end are Unicode code points of the field's canonical text, prefix and suffix its context."""

    field: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = Field(json_schema_extra={"minimum": 0, "maximum": MAX_OFFSET})
    end: int = Field(json_schema_extra={"minimum": 1, "maximum": MAX_OFFSET})


class AboutIn(Strict):
    """A picture, figure, table (counted from 0 in the revision) or notice (by the number of its revision)."""

    element: str = Field(json_schema_extra={"enum": list(AboutElement.values)})
    index: int = Field(json_schema_extra={"minimum": 0, "maximum": MAX_OFFSET})


class SuggestionIn(Strict):
    """What a reader sends. Quote and about null: the article as a whole. Replacement null: the right words are not
    known; a note is required then.

    About an article of ours: `article` and `revision`. From the widget on another system's page: `site` and `url`.
    """

    article: str | None = Field(None, description="The slug. Needed, with `revision`, unless `site` is given.")
    revision: int | None = Field(None, json_schema_extra={"minimum": 1, "maximum": 2**31 - 1})
    site: str | None = Field(None, description="The public key of the site whose page was read, from an origin of it.")
    url: str = Field("", description="The address of that page.")
    id: str = Field("", description="The article's id in the site's own system, where the page tells it.")
    text_digest: str = Field("", description="SHA-256 of the body's canonical text, as the browser reads it, in hex.")
    quote: QuoteIn | None
    replacement: str | None
    category: str
    about: AboutIn | None = Field(None, description="With quote and replacement null, and a note.")
    note: str = ""
    evidence_url: str = ""
    email: str = Field("", description="Written to only once its owner has confirmed it by a link.")
    name: str = ""
    credit: bool = False
    stamp: str = Field("", description="What GET /api/suggestions/stamp gave when the form was opened.")
    website: str = Field("", description="A field that people do not see; leave it empty.")
    pow: str = Field("", description="The solution of the puzzle that came with the stamp, in ALTCHA's form.")


class CreditIn(Strict):
    """Under which name, and whether at all, the reader wants to be thanked."""

    name: str = Field(description="At most 100 characters.")
    credit: bool


class EmailIn(Strict):
    """Where to write when the suggestion is decided."""

    email: str = Field(description="At most 254 characters. Written to only once its owner has confirmed it by a link.")


class AnswerIn(Strict):
    """The reader's answer to the editor's question."""

    text: str = Field(description="At most 2,000 characters.", json_schema_extra={"pattern": r"\S", "maxLength": 2000})


class Nothing(Strict):
    """An empty object; the body may be left out."""


class Received(Schema):
    """The suggestion is stored; its private page shows what we decide."""

    id: str
    status: ReaderStatus
    status_url: str


class StatusOut(Schema):
    """Where a suggestion stands."""

    status: ReaderStatus
    question: str | None
    reason: str | None
    revision: int | None
    url: str | None


class ExportOut(Schema):
    """Everything that is held about a suggestion; `stored` is its row, by the names of the columns, with the e-mail."""

    article: str
    revision: int
    answer: StatusOut
    stored: dict[str, Any]


class StampOut(Schema):
    """What the form sends along: `stamp` as it is, and in `pow` the solution of `puzzle` where there is one.

    A puzzle is ALTCHA's: find the number up to `maxNumber` for which SHA-256 of salt and number is `challenge`.
    """

    stamp: str
    puzzle: dict[str, Any] | None


def as_sent(body: SuggestionIn) -> SuggestionInput:
    """Convert the request body for submit_suggestion."""
    quote = body.quote
    return SuggestionInput(
        quote=Quote(
            field=quote.field,
            exact=quote.exact,
            prefix=quote.prefix,
            suffix=quote.suffix,
            start=quote.start,
            end=quote.end,
            revision=body.revision,
        )
        if quote
        else None,
        about=About(body.about.element, body.about.index) if body.about else None,
        replacement=body.replacement,
        category=body.category,
        note=body.note,
        evidence_url=body.evidence_url,
        email=body.email,
        name=body.name,
        credit=body.credit,
        looks_automatic=bool(body.website),
        stamp=body.stamp,
        work=body.pow,
    )
