"""Which revision a suggestion is about: named by slug and number, or by the page of a Source that showed it."""

from dataclasses import replace

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from corrections.api.schemas import SuggestionIn, as_sent
from corrections.embed.article import NoSnapshot
from corrections.embed.reading import page_read
from corrections.suggestions.validation import SuggestionInput
from newsroom.api.errors import Problem
from newsroom.languages import activate_language
from newsroom.models import Article, Revision
from newsroom.record.revision_cache import cached_revision
from newsroom.sources.origins import source_for


def read_suggestion(request: HttpRequest, body: SuggestionIn) -> tuple[Revision, SuggestionInput]:
    """The revision that the reader read, and what was sent about it. Raises Http404, Problem.

    Activates the language of the revision's article.
    """
    if body.site is not None:
        return _from_page(request, body)
    missing = [name for name in ("article", "revision") if getattr(body, name) is None]
    if body.article is None or body.revision is None:
        raise Problem(422, {name: [_("This field is missing.")] for name in missing})
    if body.url or body.id or body.text_digest:
        raise Problem(422, {"site": [_("Send the site's key with the address of its page.")]})
    return _find_revision(body.article, body.revision), as_sent(body)


def _from_page(request: HttpRequest, body: SuggestionIn) -> tuple[Revision, SuggestionInput]:
    if body.article is not None or body.revision is not None:
        raise Problem(422, {"site": [_("Name the article or the site's page, not both.")]})
    source = source_for(body.site or "", request.headers.get("Origin", ""))
    if source is None:
        raise Problem(422, {"site": [_("No site with this key is published under this address.")]})
    activate_language(source.language)
    sent = as_sent(body)
    if sent.about:
        raise Problem(422, {"about": [_("This version of the article has no such element.")]})
    if "\0" in body.url or "\0" in body.id:
        raise Http404(_("We have not read this page yet."))
    try:
        page = page_read(source, url=body.url, external_id=body.id, digest=body.text_digest)
    except NoSnapshot:
        raise Http404(_("We have not read this page yet.")) from None
    activate_language(page.revision.article.language)
    return page.revision, replace(sent, quote=page.believed(sent.quote))


def _find_revision(slug: str, number: int) -> Revision:
    """Raises Http404, Problem."""
    revision = None
    if "\0" not in slug and 0 < number < 2**31:
        revision = cached_revision(slug, number)
    if revision is None:
        article = Article.objects.published().filter(slug=slug).first() if "\0" not in slug else None
        if article is None:
            raise Http404(_("There is no published article under this address."))
        activate_language(article.language)
        raise Problem(
            422, {"revision": [_("The article has no version with this number. Send the one that was read.")]}
        )
    activate_language(revision.article.language)
    if revision.article.state == Article.State.RETRACTED:
        raise Problem(422, {"article": [_("The article was retracted, so it takes no more suggestions.")]})
    return revision
