"""An article's passages are marked that a revision changed."""

import re

import pytest
from django.test import Client

from newsroom.models import Article, Kind
from tests.support.factories import make_revision
from tests.support.public_pages import html

pytestmark = pytest.mark.django_db


def marked_in(page: str) -> list[str]:
    return re.findall(r'<mark(?: id="changed")? class="changed"[^>]*>([^<]*)</mark>', page)


def test_changed_passages_can_be_marked_without_a_script(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    plain = html(client, "/articles/bridges/")
    assert marked_in(plain) == []
    assert 'href="?changed=all#changed"' in plain
    assert 'href="?changed=2#changed"' in plain
    assert marked_in(html(client, "/articles/bridges/?changed=all")) == ["receive", "four"]
    assert marked_in(html(client, "/articles/bridges/?changed=2")) == ["four"]
    # The old words stand beside the new ones, where no script reads them as text of the article.
    assert 'class="changed" data-was="three">four</mark>' in html(client, "/articles/bridges/?changed=2")
    for nonsense in ("1", "9", "0", "x", '"><script>'):
        assert marked_in(html(client, f"/articles/bridges/?changed={nonsense}")) == []
