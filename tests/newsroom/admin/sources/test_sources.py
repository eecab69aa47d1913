"""The chief sets up a site in three steps, and tests it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF
from newsroom.models import Act, Source, SourceArticle
from newsroom.sources.watching import look_at
from tests.newsroom.sources.test_watching import LINES, page
from tests.support.factories import make_editor
from tests.support.page_server import PageServer, response, serving
from tests.support.public_pages import text
from tests.support.record_check import breaks
from tests.support.sources import make_source

pytestmark = pytest.mark.django_db
LIST = "/admin/newsroom/source/"
ADD = f"{LIST}add/"


@pytest.fixture
def server(settings: Any) -> Iterator[PageServer]:
    settings.SOURCE_ALLOW = ["127.0.0.1"]
    with serving(bridges=page(head='<meta property="og:site_name" content="The Daily Example">')) as running:
        yield running


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(make_editor(group=DESK_CHIEF))
    return client


def settings_of(server: PageServer, **changed: str) -> dict[str, str]:
    given = {"name": "The Daily Example", "origins": server.origin, "language": "en", "root": ".text"}
    more = {"headline": "", "standfirst": "", "byline": "", "drop": "", "edit_url": "", "patience": "24"}
    return {"url": f"{server.origin}/bridges", **given, **more, "is_active": "on", **changed}


def test_an_address_is_looked_at_and_what_is_found_is_shown(chief: Client, server: PageServer) -> None:
    told = chief.post(ADD, {"url": f"{server.origin}/bridges"}).content.decode()
    assert all(line in told for line in (*LINES, "Report on the bridges", "The Daily Example", server.origin))
    assert 'value=".text"' in told
    assert not Source.objects.exists()


def test_a_headline_within_the_text_is_no_part_of_it(chief: Client, server: PageServer) -> None:
    markup = f"<article><h1>Report on the bridges</h1>{''.join(f'<p>{line}</p>' for line in LINES)}</article>"
    server.pages["/bridges"] = response("200 OK", "Content-Type: text/html", body=markup.encode())
    told = chief.post(ADD, {"url": f"{server.origin}/bridges"}).content.decode()
    assert 'value="h1"' in told
    assert "<p>Report on the bridges</p>" not in told
    assert "<h3>Report on the bridges</h3>" in told


def test_what_is_set_up_reads_the_same_and_is_in_the_record(chief: Client, server: PageServer) -> None:
    answer = chief.post(ADD, settings_of(server), follow=True)
    source = Source.objects.get()
    shown = answer.content.decode()
    assert f"data-site=&quot;{source.key}&quot;" in shown
    assert "/embed/v1.js" in shown
    assert (source.origins, source.root, source.proven_at) == ([server.origin], ".text", None)
    assert not source.account.is_active
    assert not source.account.has_usable_password()
    current = look_at(source, f"{server.origin}/bridges").article.current
    assert current
    assert current.require_content().text == "\n\n".join(LINES)
    act = Act.objects.get(verb="add_source")
    assert server.origin in act.payload
    assert breaks() == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"edit_url": "javascript:alert(1)"}, "This is no address of a page."),
        ({"root": "article >"}, "This is no CSS selector."),
        ({"root": ".nothing"}, "The text is not where the selector says."),
        ({"root": "p"}, "The selector finds several elements (3)."),
        ({"origins": "https://daily.example/news"}, "“https://daily.example/news” is no address of a site."),
        ({"origins": "https://daily.example"}, "Its canonical address leads to another site"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    chief: Client, server: PageServer, changed: dict[str, str], told: str
) -> None:
    answer = chief.post(ADD, settings_of(server, byline=".who", **changed)).content.decode()
    assert told in answer
    assert 'value=".who"' in answer
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("daily.example", "This is no address of a page."),
        ("http://127.0.0.1:1/a", "The page cannot be reached"),
        ("http://10.0.0.1/a", "The page cannot be reached (inner network)"),
    ],
)
def test_an_address_that_cannot_be_read_is_said_in_the_first_step(
    chief: Client, server: PageServer, url: str, told: str
) -> None:
    answer = chief.post(ADD, {"url": url}).content.decode()
    assert told in answer
    assert f'value="{url}"' in answer


def test_looking_again_stores_nothing(chief: Client, server: PageServer) -> None:
    answer = chief.post(ADD, {**settings_of(server, root="article"), "look": "1"}).content.decode()
    assert LINES[0] in answer
    assert not Source.objects.exists()


def test_the_test_names_what_is_right_and_what_is_wrong(chief: Client, server: PageServer) -> None:
    source = make_source(origins=[server.origin], root=".text")
    address = {"url": f"{server.origin}/bridges"}
    test = f"{LIST}{source.pk}/test/"
    told = text(chief.post(test, address).content.decode())
    assert f"The text is found: {len(' '.join(LINES).split())} words." in told
    assert "does not carry the lines of this site yet" in told
    source.refresh_from_db()
    assert source.proven_at is None

    policy = "Content-Security-Policy: default-src 'self'; script-src 'self' https://cdn.example"
    server.pages["/bridges"] = page(head=f'<meta name="x" content="{source.key}">', headers=(policy,))
    server.pages["/robots.txt"] = response("200 OK", body=b"User-agent: *\nDisallow: /")
    told = text(chief.post(test, address).content.decode())
    assert f"keeps our script out: add {settings.SITE_URL} to script-src, connect-src." in told
    assert "robots.txt asks not to look." in told
    assert "it is watched" in told
    source.refresh_from_db()
    assert source.proven_at


@pytest.mark.parametrize(("group", "sees"), [(COPY_EDITOR, 403), (AUDITOR, 200)])
def test_only_the_chief_sets_sites_up(client: Client, server: PageServer, group: str, sees: int) -> None:
    source = make_source()
    client.force_login(make_editor(group=group))
    assert client.get(LIST).status_code == sees
    assert client.post(ADD, settings_of(server)).status_code == 403
    assert client.post(f"{LIST}{source.pk}/test/", {"url": server.origin}).status_code == 403
    assert Source.objects.count() == 1


def test_the_chief_sees_which_pages_could_not_be_read(chief: Client, server: PageServer) -> None:
    source = make_source(origins=[server.origin], root=".text")
    placed = look_at(source, f"{server.origin}/bridges")
    address = f"{LIST}{source.pk}/change/"
    assert "could not be read last time" not in chief.get(address).content.decode()
    SourceArticle.objects.filter(pk=placed.pk).update(trouble=SourceArticle.Trouble.PREVIEW)
    told = text(chief.get(address).content.decode())
    assert f"{server.origin}/bridges: Only a part of the article can be read" in told


def test_other_selectors_read_every_page_anew(chief: Client, server: PageServer) -> None:
    server.pages["/bridges"] = page(headers=('ETag: "a1"',))
    source = make_source(origins=[server.origin], root=".text")
    placed = look_at(source, f"{server.origin}/bridges")
    chief.post(f"{LIST}{source.pk}/change/", settings_of(server, root="article", drop="h1"))
    placed.refresh_from_db()
    source.refresh_from_db()
    assert (source.root, source.drop, placed.etag) == ("article", "h1", "")
    assert Act.objects.filter(verb="change_source").count() == 1
