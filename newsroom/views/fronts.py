"""Front pages: of the site and of a section, newest article first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.audit.head import current_head
from newsroom.languages import current_language, supported_language
from newsroom.models import Article, Revision, RevisionText
from newsroom.record.page_cache import cached_page
from newsroom.record.queries import first_revisions, is_public_section, page_by_time, page_or_404
from newsroom.text.elements import Picture, first_picture

LATEST = 5
LEADS = 5  # candidates whose text is read for a picture


@dataclass(frozen=True, slots=True)
class Lead:
    """The article at the top of the front page, by its first revision."""

    first: Revision
    picture: Picture | None


@cached_page("cursor")
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """The lead is the newest article in the site's own language, one with a picture where the newest few have one."""
    cursor = request.GET.get("cursor", "")
    page = page_or_404(page_by_time, first_revisions(), cursor)
    lead = None if cursor else _find_lead(page.items)
    context = {"page": page, "lead": lead, "others": [each for each in page.items if not lead or each != lead.first]}
    return render(request, "newsroom/article/front_page.html", context)


@cached_page("cursor")
@require_safe
def section_page(request: HttpRequest, section: str) -> HttpResponse:
    """The articles of a section; 404 where it has none in public."""
    if not is_public_section(section):
        raise Http404
    articles = first_revisions().filter(article__section=section)
    page = page_or_404(page_by_time, articles, request.GET.get("cursor", ""))
    return render(request, "newsroom/article/section.html", {"page": page, "section": section})


def latest_articles() -> tuple[Revision, ...]:
    """First revisions of the newest articles, for the page of an unknown address; none while the database is away."""
    try:
        return _latest(current_head().name)
    except DatabaseError:
        return ()


def _find_lead(newest: Sequence[Revision]) -> Lead | None:
    ours = current_language()
    candidates = [
        first
        for first in newest
        if supported_language(first.article.language) == ours and first.article.state == Article.State.PUBLISHED
    ][:LEADS] or list(newest[:1])
    bodies = dict(
        RevisionText.objects.filter(revision__in=[first.article.current_id for first in candidates]).values_list(
            "revision", "body"
        )
    )
    leads = [Lead(first, first_picture(bodies.get(first.article.current_id or 0, ""))) for first in candidates]
    return next((lead for lead in leads if lead.picture), leads[0] if leads else None)


@lru_cache(maxsize=1)
def _latest(head: str) -> tuple[Revision, ...]:
    """Kept while the record's head is unchanged: unknown addresses are asked for by the thousand."""
    return tuple(page_by_time(first_revisions(), "").items[:LATEST])
