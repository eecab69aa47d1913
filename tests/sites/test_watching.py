"""Watching a real WordPress: what an editor does there is seen here, and nothing else is said to have changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from newsroom.models import Kind, Source, SourceArticle
from newsroom.sources.watching import due_looks, look_again, look_at
from tests.sites.posts import CONTENT, TEXT
from tests.sites.wordpress import Post, WordPress
from tests.support.sources import make_source

pytestmark = pytest.mark.django_db
AMONG_PARAGRAPHS = """
<!-- wp:html --><div id="ad-1"></div><script>
  document.getElementById("ad-1").textContent = "Advertisement: buy a boat";
</script><!-- /wp:html -->
<!-- wp:html --><iframe src="about:blank" title="A map">No frames.</iframe><!-- /wp:html -->
<!-- wp:html --><div role="dialog" aria-modal="true"><p>We value your privacy.</p></div><!-- /wp:html -->
"""


@pytest.fixture
def source(wordpress: WordPress, settings: Any) -> Source:
    """The site as its chief would enter it; the line with its key is pasted into the theme."""
    settings.SOURCE_ALLOW = ["127.0.0.1"]
    made = make_source(origins=[wordpress.url], root=".entry-content", headline=".wp-block-post-title")
    wordpress.paste(f'<script type="module" src="https://desk.example/embed/v1.js" data-site="{made.key}"></script>')
    return made


def looks_again(placed: SourceArticle) -> SourceArticle:
    """The next look, as if its time had come."""
    long_ago = timezone.now() - timedelta(days=8)
    SourceArticle.objects.filter(pk=placed.pk).update(next_look_at=long_ago, fetched_at=long_ago)
    assert due_looks() == [placed.pk]
    look_again(placed.pk)
    return SourceArticle.objects.select_related("article__current__stored_text", "source").get(pk=placed.pk)


def first_look(source: Source, post: Post) -> SourceArticle:
    placed = look_at(source, post.link, external_id=str(post.id))
    return SourceArticle.objects.select_related("article__current__stored_text", "source").get(pk=placed.pk)


def text_of(placed: SourceArticle) -> str:
    assert placed.article.current
    return placed.article.current.require_content().text


def test_a_post_is_read_and_watched_once_its_page_carries_the_key(wordpress: WordPress, source: Source) -> None:
    placed = first_look(source, wordpress.publish("The last ferry", CONTENT))

    assert placed.article.current
    assert placed.article.current.require_content().headline == "The last ferry"
    assert text_of(placed) == TEXT
    source.refresh_from_db()
    assert source.proven_at
    assert placed.next_look_at


def test_what_an_editor_changes_by_wordpress_s_api_is_observed_and_told_to_readers(
    wordpress: WordPress, source: Source, client: Client
) -> None:
    post = wordpress.publish("The last ferry", CONTENT)
    placed = first_look(source, post)

    wordpress.change(post, content=CONTENT.replace("12 euros", "14 euros"))
    placed = looks_again(placed)

    assert placed.article.current
    assert (placed.article.current.number, placed.article.current.kind) == (2, Kind.OBSERVED)
    assert text_of(placed) == TEXT.replace("12 euros", "14 euros")
    changes = client.get(f"/articles/{placed.article.slug}/changes/")
    assert changes.status_code == 200
    assert client.get(f"/articles/{placed.article.slug}/changes/1...2/").status_code == 200


def test_advertisements_frames_and_consent_layers_are_no_change_of_the_article(
    wordpress: WordPress, source: Source
) -> None:
    post = wordpress.publish("The last ferry", CONTENT)
    placed = first_look(source, post)

    parts = CONTENT.split("<!-- wp:heading -->")
    wordpress.change(post, content=f"{parts[0]}{AMONG_PARAGRAPHS}<!-- wp:heading -->{parts[1]}")
    placed = looks_again(placed)

    assert (placed.trouble, placed.article.revisions.count(), text_of(placed)) == ("", 1, TEXT)


def test_a_post_that_moves_keeps_its_article_and_both_addresses(wordpress: WordPress, source: Source) -> None:
    post = wordpress.publish("The last ferry", CONTENT, slug="last-ferry")
    placed = first_look(source, post)

    moved = wordpress.change(post, slug="the-last-ferry-of-all")
    placed = looks_again(placed)

    assert moved.link != post.link
    assert (placed.trouble, placed.url, placed.article.revisions.count()) == ("", moved.link, 1)
    assert {address.url for address in placed.addresses.all()} == {post.link, moved.link}
    assert look_at(source, post.link).pk == look_at(source, moved.link).pk == placed.pk


def test_a_post_set_private_is_told_to_the_desk_and_keeps_its_text(wordpress: WordPress, source: Source) -> None:
    post = wordpress.publish("The last ferry", CONTENT)
    placed = first_look(source, post)

    wordpress.change(post, status="private")
    placed = looks_again(placed)
    assert (placed.trouble, text_of(placed)) == (SourceArticle.Trouble.GONE, TEXT)

    wordpress.change(post, status="publish")
    assert looks_again(placed).trouble == ""
