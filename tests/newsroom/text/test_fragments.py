"""A passage of a body has an address."""

import re

import pytest
from django.test import Client

from newsroom.models import Article, RevisionText
from newsroom.text.canonical import canonical_text
from tests.support.public_pages import html

pytestmark = pytest.mark.django_db


def test_a_spot_is_found_without_a_script_and_leaves_the_text_as_it_is(client: Client, bridges: Article) -> None:
    page = html(client, "/articles/bridges/revisions/1/?spot=59-63")
    body = re.search(r'data-field="body">(.*?)</div>', page, re.DOTALL)
    assert body
    content = RevisionText.objects.get(revision__article=bridges, revision__number=1)
    assert canonical_text(body[1]) == content.text
    assert re.search(r'<p id="spot-49-\d+"><span id="spot-59-63"></span>It counts', body[1])


@pytest.mark.parametrize("spot", ["", "1", "a-b", "5-3-1", "0-0", "999999999-999999999", '0-1"><script>', "%00"])
def test_a_spot_that_makes_no_sense_is_no_harm(client: Client, bridges: Article, spot: str) -> None:
    answer = client.get("/articles/bridges/revisions/1/", {"spot": spot}, follow=True)
    assert answer.status_code == 200
    assert b"<script>" not in answer.content
