"""Corrections as W3C Web Annotations: the words corrected, their replacement, and the note."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from newsroom.diffs.words import word_diff
from newsroom.http.links import absolute
from newsroom.models import Article, Revision, RevisionText
from newsroom.publishing.policy import LISTED_KINDS
from newsroom.record.queries import PAGE_SIZE, content_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
FIELDS = ("headline", "standfirst", "byline", "body")
CONTEXT_LENGTH = 32  # code points on either side of a quotation
LAST_WORD, FIRST_WORD = re.compile(r"\S{1,80}\s{0,8}\Z"), re.compile(r"\A\s{0,8}\S{1,80}")
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WordChange:
    """Code points [start, end) of a field of the older revision, and their replacement in the newer one."""

    field: str
    start: int
    end: int
    put: str


class NoSuchPage(LookupError):
    """The page number is out of range."""


def annotation_collection(article: Article) -> Data:
    """The collection with its first page embedded."""
    pages = _page_count(article)
    collection = {"@context": CONTEXT, **_collection(article)}
    if pages == 0:
        return collection | {"total": 0}
    first = _page(article, 1, pages)
    # The number of annotations on other pages is unknown without comparing all revisions.
    total = {"total": len(first["items"])} if pages == 1 else {}
    return collection | total | {"first": first, "last": _page_address(article, pages)}


def annotation_page(article: Article, number: int) -> Data:
    """One page, oldest corrections first, so that full pages never change. Raises NoSuchPage."""
    pages = _page_count(article)
    if not 1 <= number <= pages:
        raise NoSuchPage
    return {"@context": CONTEXT, **_page(article, number, pages), "partOf": _collection(article)}


def word_changes(old: RevisionText, new: RevisionText) -> Iterator[WordChange]:
    """Word word_changes between two texts. An insertion includes a word beside it, since a quote cannot be empty."""
    for field in FIELDS:
        before = old.canonical(field)
        for start, end, put in _edits(before, new.canonical(field)):
            if start < end or not before:
                yield WordChange(field, start, end, put)
            elif last := LAST_WORD.search(before[max(0, start - 100) : start]):
                yield WordChange(field, start - len(last[0]), end, last[0] + put)
            elif first := FIRST_WORD.search(before[start : start + 100]):
                yield WordChange(field, start, end + len(first[0]), put + first[0])


def _edits(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    at, gone = 0, ""
    for piece in [*word_diff(before, after), None]:
        if piece and piece.op == "delete":
            gone = piece.text
        elif piece and piece.op == "insert":
            yield at, at + len(gone), piece.text
            at, gone = at + len(gone), ""
        else:
            if gone:
                yield at, at + len(gone), ""
            at, gone = at + len(gone) + (len(piece.text) if piece else 0), ""


def _page_count(article: Article) -> int:
    return -(-article.revisions.filter(kind__in=LISTED_KINDS).count() // PAGE_SIZE)


def _collection(article: Article) -> Data:
    return {
        "id": absolute("annotations", article.slug),
        "type": "AnnotationCollection",
        "label": _("Corrections of this article"),
    }


def _page_address(article: Article, number: int) -> str:
    return f"{absolute('annotations', article.slug)}?page={number}"


def _page(article: Article, number: int, pages: int) -> Data:
    listed = article.revisions.filter(kind__in=LISTED_KINDS).order_by("number")
    with_words = listed.select_related("editor", "stored_text", "based_on__stored_text")
    start = (number - 1) * PAGE_SIZE
    shown = with_words.defer("stored_text__body", "based_on__stored_text__body")[start : start + PAGE_SIZE]
    page = {
        "id": _page_address(article, number),
        "type": "AnnotationPage",
        "items": [each for revision in shown for each in _annotations(article, revision)],
    }
    if number > 1:
        page["prev"] = _page_address(article, number - 1)
    if number < pages:
        page["next"] = _page_address(article, number + 1)
    return page


def _annotations(article: Article, revision: Revision) -> Iterator[Data]:
    old, new = content_of(revision.based_on), content_of(revision)
    found = list(word_changes(old, new)) if old and new else []
    address = absolute("annotations", article.slug)
    for at, change in enumerate(found or [None], start=1):
        yield {
            "id": f"{address}#revision-{revision.number}-{at}",
            "type": "Annotation",
            "motivation": "editing",
            "created": revision.published_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "creator": _creator(revision),
            "body": _bodies(article, revision, change),
            "target": _target(article, revision, old, change),
        }


def _creator(revision: Revision) -> Data:
    if revision.editor_name:
        return {"type": "Person", "name": revision.editor_name}
    return {"type": "Organization", "name": _("Our editors")}


def _bodies(article: Article, revision: Revision, change: WordChange | None) -> list[Data]:
    bodies = [_text(article, change.put, "editing")] if change else []
    source = absolute("revision", article.slug, revision.number)
    return [
        *bodies,
        _text(article, revision.note, "describing"),
        {"type": "SpecificResource", "purpose": "linking", "source": source},
    ]


def _text(article: Article, value: str, purpose: str) -> Data:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "value": value,
        "format": "text/plain",
        "language": article.language,
    }


def _target(article: Article, revision: Revision, old: RevisionText | None, change: WordChange | None) -> str | Data:
    """The corrected words in the older revision; the whole revision where no words changed or they are withheld."""
    source = absolute("revision", article.slug, revision.number - 1)
    if old is None or change is None or change.start == change.end:
        return source
    text = old.canonical(change.field)
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[change.start : change.end],
        "prefix": text[max(0, change.start - CONTEXT_LENGTH) : change.start],
        "suffix": text[change.end : change.end + CONTEXT_LENGTH],
    }
    position = {"type": "TextPositionSelector", "start": change.start, "end": change.end}
    # Two selectors for the same words, each inside the element of the field.
    field = {"type": "CssSelector", "value": f'[data-field="{change.field}"]'}
    return {"source": source, "selector": [field | {"refinedBy": quote}, field | {"refinedBy": position}]}
