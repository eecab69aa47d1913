"""The policy in plain words is the table that publishing enforces."""

import pytest
from django.conf import settings
from django.test import Client

from newsroom.publishing.policy import OFFERED_KINDS, kind_name
from tests.support.public_pages import html, text
from tests.support.sources import make_source


@pytest.mark.django_db
def test_the_policy_tells_readers_what_the_table_says(client: Client) -> None:
    page = html(client, "/policy/")
    told = text(page)
    assert "Always a note: what was wrong, and what is right" in told
    assert "Two editors" in told
    bound = "One editor; two and a note if it touches a number, a name, a link, a quotation or a “not”"
    assert f"{bound} in a passage that readers have reported" in told
    assert told.count(bound) == 3  # update, typing error, clarification
    for code, _name in settings.LANGUAGES:
        assert all(kind_name(kind, code)[0] in told for kind in OFFERED_KINDS)
    assert "Change seen on the site" not in told
    assert 'href="/policy/"' in html(client, "/")


@pytest.mark.django_db
def test_what_is_only_seen_is_named_where_there_are_other_sites(client: Client) -> None:
    make_source()
    assert "nobody told us why. We only saw it." in text(html(client, "/policy/"))
