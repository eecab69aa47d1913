"""Watching a real WordPress: what an editor does there is seen here, and nothing else is said to have changed."""

import pytest
from django.test import Client

from newsroom.models import Kind, Source, SourceArticle
from newsroom.sources.watching import look_at
from tests.sites.looks import first_look, looks_again, text_of
from tests.sites.posts import CONTENT, TEXT, crowded
from tests.sites.wordpress import WordPress

pytestmark = pytest.mark.django_db


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

    wordpress.change(post, content=crowded(CONTENT))
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
