"""What a messenger shows of a shared article, read by a stranger's parser."""

import extruct
import pytest
from django.conf import settings
from django.test import Client

from newsroom.models import Article
from tests.support.factories import make_article, retract
from tests.support.public_pages import html

pytestmark = pytest.mark.django_db
PICTURE = (
    '<p>First.</p><figure><img src="/media/pictures/kelp.webp" alt="Kelp &amp; sun" width="800" height="600"></figure>'
)


def read(client: Client, path: str) -> dict[str, str]:
    [found] = extruct.extract(html(client, path), syntaxes=["opengraph"])["opengraph"]
    return dict(found["properties"])


def test_an_article_says_what_it_is_and_when_it_was_changed(client: Client, bridges: Article) -> None:
    first, second = bridges.revisions.order_by("number")
    card = read(client, "/articles/bridges/")
    assert card == {
        "og:type": "article",
        "og:site_name": settings.SITE_NAME,
        "og:title": "Report on the bridges is due",
        "og:description": "Fourteen bridges were looked at.",
        "og:url": f"{settings.SITE_URL}/articles/bridges/",
        "og:locale": "en",
        "article:section": "Local",
        "article:published_time": first.published_at.isoformat(timespec="seconds"),
        "article:modified_time": second.published_at.isoformat(timespec="seconds"),
    }


def test_the_first_picture_goes_along(client: Client) -> None:
    make_article(slug="kelp", body=PICTURE, standfirst="")
    card = read(client, "/articles/kelp/")
    assert card["og:image"] == f"{settings.SITE_URL}/media/pictures/kelp.webp"
    assert card["og:image:alt"] == "Kelp & sun"
    assert (card["og:image:width"], card["og:image:height"]) == ("800", "600")
    assert card["og:description"] == "First."


def test_a_retracted_text_is_named_and_not_shown(client: Client) -> None:
    retract(make_article(slug="retracted", headline="A bad headline", standfirst="Bad words.", body=PICTURE))
    card = read(client, "/articles/retracted/")
    assert card["og:title"] == "Retracted: A bad headline"
    assert not {"og:description", "og:image"} & card.keys()
