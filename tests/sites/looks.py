"""Looks at posts, as watching makes them."""

from datetime import timedelta

from django.utils import timezone

from newsroom.models import Source, SourceArticle
from newsroom.sources.watching import due_looks, look_again, look_at
from tests.sites.wordpress import Post


def let_the_time_pass(placed: SourceArticle) -> None:
    """The next look is due; where the site runs, its worker makes it."""
    long_ago = timezone.now() - timedelta(days=8)
    SourceArticle.objects.filter(pk=placed.pk).update(next_look_at=long_ago, fetched_at=long_ago)


def looks_again(placed: SourceArticle) -> SourceArticle:
    let_the_time_pass(placed)
    assert due_looks() == [placed.pk]
    look_again(placed.pk)
    return SourceArticle.objects.select_related("article__current__stored_text", "source").get(pk=placed.pk)


def first_look(source: Source, post: Post) -> SourceArticle:
    placed = look_at(source, post.link, external_id=str(post.id))
    return SourceArticle.objects.select_related("article__current__stored_text", "source").get(pk=placed.pk)


def text_of(placed: SourceArticle) -> str:
    assert placed.article.current
    return placed.article.current.require_content().text
