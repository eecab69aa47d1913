"""Read API: articles, revisions, and the public record of corrections."""

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import WithJsonSchema

from newsroom.api.errors import Errors
from newsroom.http.links import absolute
from newsroom.models import Article, Revision
from newsroom.record.desk_hooks import credits_of
from newsroom.record.queries import (
    NUMBER_CURSOR,
    TIME_CURSOR,
    CursorPage,
    content_of,
    current_revisions,
    first_revisions,
    headline_of,
    listed_revisions,
    page_by_number,
    page_by_time,
)
from newsroom.record.seals import seal_of

Item = TypeVar("Item")


def cursor_schema(pattern: str) -> WithJsonSchema:
    """The cursor's pattern for OpenAPI only; a wrong cursor is answered by a sentence, not by validation."""
    description = "What `next` gives; empty: the first page."
    return WithJsonSchema({"type": "string", "pattern": pattern, "description": description})


TimeCursor = Annotated[str, cursor_schema(f"^({TIME_CURSOR.pattern})?$")]
NumberCursor = Annotated[str, cursor_schema(f"^({NUMBER_CURSOR.pattern})?$")]

router = Router()


class Listing(Schema, Generic[Item]):
    """Newest first; `next` is the address of the page after this one."""

    items: list[Item]
    next: str | None


class ArticleItem(Schema):
    """A published article; `modified_at` is when its current revision was published."""

    slug: str
    headline: str
    language: str
    revision: int
    published_at: datetime
    modified_at: datetime
    url: str


class Words(Schema):
    """The words of a revision; null once they had to be withheld. `html` and `text` are the body's."""

    standfirst: str | None
    byline: str | None
    html: str | None
    text: str | None


class ArticleOut(Words, ArticleItem):
    """An article as it stands."""


class RevisionItem(Schema):
    """A revision; `editor` is null where the desk signs, `digest` is SHA-256 over its words."""

    number: int
    kind: str
    note: str
    editor: str | None
    published_at: datetime
    digest: str
    url: str


class RevisionOut(Words, RevisionItem):
    """A revision with its words."""

    headline: str | None


class CorrectionItem(Schema):
    """An entry of the public record; `headline` is the article's present one.

    `head` names the end of the chain of acts after this publication: keep it, and nobody can rewrite what came before.
    """

    article: str
    headline: str
    language: str
    revision: int
    kind: str
    note: str
    published_at: datetime
    url: str
    diff_url: str | None
    credit: str | None
    head: str


@router.get("/articles", response={200: Listing[ArticleItem], 404: Errors, 422: Errors}, tags=["articles"])
def list_articles(request: HttpRequest, cursor: TimeCursor = "") -> dict[str, Any]:
    """Published articles, those published last first."""
    page = page_by_time(first_revisions(), cursor)
    items = [_article_item(first.article, first, first.article.current or first) for first in page.items]
    return _listing(page, items, absolute("api:list_articles"))


@router.get("/articles/{slug:slug}", response={200: ArticleOut, 404: Errors}, tags=["articles"])
def get_article(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One article as it stands."""
    current = _public(current_revisions().select_related("stored_text"), slug)
    first = current if current.number == 1 else Revision.objects.get(article=current.article_id, number=1)
    return _article_item(current.article, first, current) | _words(current)


@router.get(
    "/articles/{slug:slug}/revisions",
    response={200: Listing[RevisionItem], 404: Errors, 422: Errors},
    tags=["articles"],
)
def list_revisions(request: HttpRequest, slug: str, cursor: NumberCursor = "") -> dict[str, Any]:
    """Every revision of an article."""
    article = _public(current_revisions(), slug).article
    page = page_by_number(article.revisions.select_related("article", "editor"), cursor)
    return _listing(page, [_revision_item(each) for each in page.items], absolute("api:list_revisions", slug))


@router.get("/articles/{slug:slug}/revisions/{int:number}", response={200: RevisionOut, 404: Errors}, tags=["articles"])
def get_revision(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """One revision of an article, with its words."""
    revisions = Revision.objects.public().select_related("article", "editor", "stored_text")
    revision = revisions.filter(article__slug=slug, number=number).first()
    if revision is None:
        raise Http404(_("There is no such version of a published article."))
    content = content_of(revision)
    return _revision_item(revision) | {"headline": content.headline if content else None} | _words(revision)


@router.get("/corrections", response={200: Listing[CorrectionItem], 404: Errors, 422: Errors}, tags=["corrections"])
def list_corrections(request: HttpRequest, cursor: TimeCursor = "") -> dict[str, Any]:
    """The public record: corrections, clarifications and retractions."""
    page = page_by_time(listed_revisions(), cursor)
    thanked = credits_of(each.pk for each in page.items)
    items = [_correction_item(each, thanked.get(each.pk, [])) for each in page.items]
    return _listing(page, items, absolute("api:list_corrections"))


def _public(revisions: QuerySet[Revision], slug: str) -> Revision:
    revision = revisions.filter(article__slug=slug).first()
    if revision is None:
        raise Http404(_("There is no published article under this address."))
    return revision


def _listing(page: CursorPage[Revision], items: list[dict[str, Any]], address: str) -> dict[str, Any]:
    return {"items": items, "next": f"{address}?cursor={page.next}" if page.next else None}


def _article_item(article: Article, first: Revision, current: Revision) -> dict[str, Any]:
    content = content_of(current)
    return {
        "slug": article.slug,
        "headline": content.headline if content else "",
        "language": article.language,
        "revision": current.number,
        "published_at": first.published_at,
        "modified_at": current.published_at,
        "url": absolute("article", article.slug),
    }


def _words(revision: Revision) -> dict[str, Any]:
    content = content_of(revision)
    if content is None:
        return dict.fromkeys(("standfirst", "byline", "html", "text"))
    return {
        "standfirst": content.standfirst,
        "byline": content.byline,
        "html": content.body,
        "text": content.text,
    }


def _revision_item(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "kind": revision.kind,
        "note": revision.note,
        "editor": revision.editor_name or None,
        "published_at": revision.published_at,
        "digest": revision.digest,
        "url": absolute("revision", revision.article.slug, revision.number),
    }


def _correction_item(revision: Revision, thanked: list[str]) -> dict[str, Any]:
    article, base = revision.article, revision.based_on
    return {
        "article": article.slug,
        "headline": headline_of(revision),
        "language": article.language,
        "revision": revision.number,
        "kind": revision.kind,
        "note": revision.note,
        "published_at": revision.published_at,
        "url": absolute("revision", article.slug, revision.number),
        "diff_url": absolute("diff", article.slug, base.number, revision.number) if base else None,
        "credit": ", ".join(thanked) or None,
        "head": seal_of(revision),
    }
