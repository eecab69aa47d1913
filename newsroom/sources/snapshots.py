"""Snapshots: what a look found, stored as a revision where the words differ from the last one's."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from newsroom.audit.log import wording_digest
from newsroom.models import Article, Kind, Revision, Source, SourceAddress, SourceArticle
from newsroom.publishing.elsewhere.hand_over import carry_out_seen
from newsroom.publishing.publish import lock_article, publish_revision
from newsroom.sources.addresses import find_article, remember
from newsroom.sources.reading import Look, NoSnapshot
from newsroom.text.canonical import Wording, canonical_text

Trouble = SourceArticle.Trouble
PREVIEW = 0.5  # of the last text's letters: a page with fewer is the beginning of the article, not all of it
LONGEST_SLUG = 80
PAGE_NAME = re.compile(r"\.(?:html?|php|aspx?|amp)$", re.IGNORECASE)


def store_look(source: Source, look: Look, *, looked_at: datetime, external_id: str = "") -> SourceArticle:
    """The article with what stands on its site now; new, changed, or as it was.

    A look that began before one that is stored says nothing new. Raises NoSnapshot.
    """
    known = _known(source, look, external_id)
    if known is None:
        try:
            return _first(source, look, looked_at=looked_at, external_id=external_id)
        except IntegrityError:  # somebody else looked at the same moment
            known = _known(source, look, external_id)
            if known is None:
                raise
    return _next(known, look, looked_at=looked_at)


def _known(source: Source, look: Look, external_id: str) -> SourceArticle | None:
    found = find_article(source, url=look.url, external_id=external_id)
    return found or find_article(source, url=look.seen_at)


def _first(source: Source, look: Look, *, looked_at: datetime, external_id: str) -> SourceArticle:
    with transaction.atomic():
        article = Article.objects.create(slug=_slug(look), language=look.language)
        placed = SourceArticle.objects.create(
            article=article, source=source, url=look.url, external_id=external_id, looked_at=looked_at
        )
        SourceAddress.objects.create(source=source, url=look.url, article=placed)
        if look.seen_at != look.url:
            remember(placed, look.seen_at)
        publish_revision(article, base=None, by=source.account, kind=Kind.PUBLICATION, wording=look.wording, seen=True)
    return placed


def _next(known: SourceArticle, look: Look, *, looked_at: datetime) -> SourceArticle:
    with transaction.atomic():
        article = lock_article(known.article)
        placed = SourceArticle.objects.select_for_update(of=("self",)).select_related("source").get(pk=known.pk)
        placed.article = article
        if placed.looked_at and placed.looked_at > looked_at:
            return placed
        if article.state == Article.State.RETRACTED:
            return placed  # final here, whatever its site says now
        current = Revision.objects.current_of(article)
        stands = current.require_content()
        if len(canonical_text(look.wording.body)) < PREVIEW * len(stands.text):
            raise NoSnapshot(Trouble.PREVIEW)
        if _is_withheld(article, look.wording):
            raise NoSnapshot(Trouble.WITHHELD)
        if carry_out_seen(article, look.wording):
            current = Revision.objects.current_of(article)
        if words_of(look.wording) != words_of(current.require_content().wording):
            publish_revision(
                article, base=current, by=placed.source.account, kind=Kind.OBSERVED, wording=look.wording, seen=True
            )
        placed.looked_at, placed.trouble = looked_at, ""
        placed.url = _moved_to(placed, look)
        placed.save(update_fields=["looked_at", "trouble", "url"])
    return placed


def words_of(wording: Wording) -> tuple[str, str, str, str]:
    """What a reader reads: a look finds a change where these differ, not where markup does."""
    return wording.headline, wording.standfirst, wording.byline, canonical_text(wording.body)


def _is_withheld(article: Article, wording: Wording) -> bool:
    """Whether these are words of a revision whose text is withheld; of that only its digest is left."""
    return article.revisions.filter(digest=wording_digest(wording), stored_text=None).exists()


def _moved_to(placed: SourceArticle, look: Look) -> str:
    """The address that the page now calls its own, unless another article has it; the former ones lead here still."""
    for url in (look.url, look.seen_at):
        remember(placed, url)
    taken = SourceAddress.objects.filter(source=placed.source, url=look.url).exclude(article=placed).exists()
    return placed.url if taken else look.url


def _slug(look: Look) -> str:
    """From the last part of the address that has words, else from the headline; free here."""
    path = look.url.split("?")[0].split("/")[3:]
    named = (PAGE_NAME.sub("", part) for part in reversed(path))
    words = next((slug for part in named if re.search("[a-z]{3}", slug := slugify(part))), "")
    words = (words or slugify(look.wording.headline) or "article")[:LONGEST_SLUG].strip("-")
    taken = set(Article.objects.filter(slug__startswith=words).values_list("slug", flat=True))
    numbered = (f"{words}-{each}" for each in range(2, len(taken) + 3))
    return next(slug for slug in (words, *numbered) if slug not in taken)
