"""A chief sets up a real WordPress: the guess holds, the lines go into the theme, and the test says what is wrong."""

from typing import Any

import pytest
from django.test import Client

from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Source
from tests.sites.looks import first_look, text_of
from tests.sites.posts import CONTENT, TEXT
from tests.sites.wordpress import WordPress
from tests.support.admin_page import tree
from tests.support.factories import make_editor
from tests.support.public_pages import text

pytestmark = pytest.mark.django_db
ADD = "/admin/newsroom/source/add/"


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(make_editor(group=DESK_CHIEF))
    return client


def filled_in(answer: Any) -> dict[str, str]:
    """What the page's form would send as it stands."""
    [form] = [form for form in tree(answer).forms if "root" in form.fields]
    return {name: value for name, value in form.form_values() if name != "look"}


def test_a_site_is_set_up_from_one_address_and_proven_by_its_lines(
    wordpress: WordPress, chief: Client, settings: Any
) -> None:
    settings.SOURCE_ALLOW = ["127.0.0.1"]
    post = wordpress.publish("The last ferry", CONTENT)

    found = chief.post(ADD, {"url": post.link})
    saved = chief.post(ADD, filled_in(found), follow=True)

    source = Source.objects.get()
    assert (source.origins, source.language) == ([wordpress.url], "en-us")
    [lines] = tree(saved).xpath("//textarea[@id='lines']/text()")
    test = f"/admin/newsroom/source/{source.pk}/test/"
    told = text(chief.post(test, {"url": post.link}).content.decode())
    assert f"The text is found: {len(TEXT.split())} words." in told
    assert "does not carry the lines of this site yet" in told

    wordpress.paste(lines.strip())
    wordpress.set_policy("default-src 'self' 'unsafe-inline'")
    told = text(chief.post(test, {"url": post.link}).content.decode())
    assert f"keeps our script out: add {settings.SITE_URL} to" in told
    source.refresh_from_db()
    assert source.proven_at
    assert text_of(first_look(source, post)) == TEXT
