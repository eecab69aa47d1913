"""API of the widget on other systems' pages; docstrings appear in OpenAPI."""

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from corrections.embed.article import NoSnapshot, find_embedded
from corrections.embed.first_looks import ask_for_first_look
from newsroom.api.errors import Errors
from newsroom.languages import activate_language
from newsroom.sources.origins import source_for

router = Router(tags=["embed"])


class NoticeOut(Schema):
    """A correction; start and end are code points of the body now, null where its words no longer stand."""

    start: int | None
    end: int | None
    note: str
    url: str


class EmbeddedOut(Schema):
    """The article in a page. `text_digest` is SHA-256, in hexadecimal digits, of the body's canonical text in UTF-8.

    `selectors` says where its parts stand in the page, and under `drop` what is no part of the text.
    """

    slug: str
    revision: int
    text_digest: str
    language: str
    selectors: dict[str, str]
    notices: list[NoticeOut]


@router.get("/article", response={200: EmbeddedOut, 404: Errors, 422: Errors}, url_name="embed-article")
def get_embedded_article(
    request: HttpRequest,
    response: HttpResponse,
    site: Annotated[str, Query(description="The Source's public key.")],
    url: Annotated[str, Query(description="The page's address, its canonical one where it names one.")],
    external_id: Annotated[str, Query(alias="id", description="The article's id in the site's own system.")] = "",
) -> EmbeddedOut:
    """Which article a page holds; asked from one of the Source's origins, and logged nowhere."""
    response["Cache-Control"] = "no-store"
    source = source_for(site, request.headers.get("Origin", ""))
    if source is None:
        raise Http404(_("No site with this key is published under this address."))
    activate_language(source.language)
    if "\0" in url or "\0" in external_id:
        raise Http404(_("We have not read this page yet."))
    try:
        found = find_embedded(source, url=url, external_id=external_id)
    except NoSnapshot:
        ask_for_first_look(source, url, external_id=external_id)
        raise Http404(_("We have not read this page yet.")) from None
    return EmbeddedOut(
        slug=found.slug,
        revision=found.revision,
        text_digest=found.text_digest,
        language=found.language,
        selectors=found.selectors,
        notices=[NoticeOut(start=each.start, end=each.end, note=each.note, url=each.url) for each in found.notices],
    )
