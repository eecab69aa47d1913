"""What the public sees."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Article, Kind, Revision
from newsroom.publishing.publish import publish_revision
from newsroom.record import queries as published
from newsroom.record.page_cache import pages
from newsroom.views.fronts import LEADS
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.public_pages import NOTE, html, text

pytestmark = pytest.mark.django_db
PUBLIC_PAGES = [
    "/",
    "/articles/bridges/",
    "/articles/bridges/changes/",
    "/articles/bridges/changes/1...2/",
    "/articles/bridges/revisions/1/",
    "/corrections/",
    "/corrections/feed.atom",
    "/nothing-here/",
]


def retract(article: Article) -> Revision:
    base = current_revision(article)
    return publish_revision(
        article,
        base=base,
        by=make_editor(group=DESK_CHIEF),
        approved_by=make_editor(group=DESK_CHIEF),
        kind=Kind.RETRACTION,
        wording=base.require_content().wording,
        note="The report was not real.",
    )


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_public_page_sets_no_cookie_and_depends_on_none(client: Client, bridges: Article, path: str) -> None:
    answer = client.get(path)
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    assert b"sessionid" not in answer.content
    assert b"csrf" not in answer.content


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_public_page_is_the_same_for_an_editor(client: Client, bridges: Article, path: str) -> None:
    as_reader = client.get(path).content
    client.force_login(make_editor())
    assert client.get(path).content == as_reader


@pytest.mark.parametrize("path", PUBLIC_PAGES[:-1])
def test_a_public_page_refuses_to_be_written_to(client: Client, bridges: Article, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_no_page_carries_inline_script_or_style(client: Client, bridges: Article, path: str) -> None:
    assert not re.search(
        r'<style|\sstyle=|\son\w+=|<script(?! type="application/ld\+json"|[^>]*\bsrc=)', html(client, path)
    )


def test_the_front_page_lists_what_was_published_last_first(client: Client, bridges: Article) -> None:
    make_article(slug="harbour", headline="The harbour wall")
    Article.objects.create(slug="draft")
    page = html(client, "/")
    assert re.findall(r'<h2><a href="/articles/(\w+)/">', page) == ["harbour", "bridges"]
    assert page.count(">Corrected</a>") == 1


def test_the_front_page_marks_what_was_retracted(client: Client, bridges: Article) -> None:
    retract(bridges)
    assert ">Retracted</a>" in html(client, "/")


def test_the_front_page_says_in_which_language_an_article_is_written(client: Client) -> None:
    make_article(slug="miyah", language="ar", headline="مياه المدينة")
    assert '<div lang="ar" dir="rtl">' in html(client, "/")


def test_lists_of_articles_go_on_page_by_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "PAGE_SIZE", 2)
    for slug in ("a", "b", "c", "d", "e"):
        make_article(slug=slug)
    seen, path = [], "/"
    while path:
        page = html(client, path)
        seen.append(re.findall(r'<h2><a href="/articles/(\w)/">', page))
        older = re.search(r'<a href="(\?cursor=[^"]+)" rel="next">', page)
        path = f"/{older[1]}" if older else ""
    assert seen == [["e", "d"], ["c", "b"], ["a"]]


@pytest.mark.parametrize("path", ["/?cursor=x", "/?cursor=%00", f"/?cursor={'f' * 15}-1", "/corrections/?cursor=-"])
def test_a_cursor_that_no_page_gave_leads_nowhere(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_front_page_reads_few_bodies_and_asks_as_often_for_many_articles_as_for_one(client: Client) -> None:
    def asked() -> list[str]:
        pages.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return [query["sql"] for query in queries]

    make_article()
    for_one = asked()
    for _more in range(LEADS + 1):
        make_article()
    for_many = asked()
    assert len(for_many) == len(for_one)
    [leads] = [sql for sql in for_many if '"body"' in sql]
    assert leads.partition(" IN (")[2].count(",") == LEADS - 1


def test_an_article_keeps_the_contract_that_scripts_rely_on(client: Client, bridges: Article) -> None:
    page = html(client, "/articles/bridges/")
    content = current_revision(bridges).require_content()
    assert re.search(r'<article [^>]*data-article="bridges" data-revision="2" lang="en" dir="ltr">', page)
    assert '<h1 id="headline" data-field="headline">Report on the bridges is due</h1>' in page
    assert 'data-field="standfirst">Fourteen bridges were looked at.</p>' in page
    assert 'data-field="byline">Ida Wrenfold</p>' in page
    assert f'data-field="body">{content.body}</div>' in page


def test_parts_that_an_article_does_not_have_are_absent(client: Client) -> None:
    page = html(client, make_article().get_absolute_url())
    assert 'data-field="standfirst"' not in page
    assert 'data-field="byline"' not in page


def test_the_plain_parts_of_an_article_are_escaped(client: Client) -> None:
    article = make_article(headline="<script>alert(1)</script> & co", standfirst='"><img src=x>')
    page = html(client, article.get_absolute_url())
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</h1>" in page


def test_an_article_in_arabic_runs_from_right_to_left(client: Client) -> None:
    page = html(client, make_article(language="ar").get_absolute_url())
    assert re.search(r'<article [^>]*lang="ar" dir="rtl">', page)
    assert '<html lang="ar" dir="rtl">' in page


def test_the_article_names_its_public_address(client: Client, bridges: Article) -> None:
    for path in ("/articles/bridges/", "/articles/bridges/revisions/1/"):
        assert f'<link rel="canonical" href="{settings.SITE_URL}/articles/bridges/">' in html(client, path)


def test_a_correction_is_told_above_the_text_with_its_diff(client: Client, bridges: Article) -> None:
    page = html(client, "/articles/bridges/")
    assert page.rindex(NOTE) < page.index('data-field="body"')  # its first place is the data for machines
    assert '<a href="/articles/bridges/changes/1...2/">' in page


def test_a_clarification_is_told_below_the_text(client: Client) -> None:
    article = make_article()
    make_revision(article, find="closed", put="closed to lorries", kind=Kind.CLARIFICATION, note="Cars may pass.")
    page = html(client, article.get_absolute_url())
    assert page.index("</article>") < page.rindex("Cars may pass.")


def test_an_update_and_a_typing_error_bring_no_notice(client: Client) -> None:
    article = make_article()
    make_revision(article, find="recieve", put="receive", kind=Kind.TYPO, note="A letter.")
    make_revision(article, find="Tuesday", put="Monday", kind=Kind.UPDATE, note="A day earlier.")
    page = html(client, article.get_absolute_url())
    assert 'class="notice"' not in page
    assert "This is version 3 of this article." in text(page)


def test_a_retracted_article_says_so(client: Client, bridges: Article) -> None:
    retract(bridges)
    page = html(client, "/articles/bridges/")
    assert "This article has been retracted." in text(page)
    assert "The report was not real." in text(page)


@pytest.mark.parametrize("path", ["", "changes/", "changes/1...1/", "revisions/1/"])
def test_a_draft_is_nobodys_business(client: Client, path: str) -> None:
    Article.objects.create(slug="draft")
    assert client.get(f"/articles/draft/{path}").status_code == 404


@pytest.mark.parametrize("path", ["changes/1...3/", "changes/0...1/", "revisions/3/", f"revisions/{10**30}/", "x/"])
def test_what_does_not_exist_is_not_found(client: Client, bridges: Article, path: str) -> None:
    answer = client.get(f"/articles/bridges/{path}")
    assert answer.status_code == 404
    assert b"There is nothing under this address" in answer.content


def test_the_health_check_says_when_the_database_is_away(client: Client) -> None:
    def refuse(*_arguments: object) -> None:
        raise DatabaseError("gone")

    assert client.get("/healthz").content == b"ok"
    with connection.execute_wrapper(refuse):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"errors": {"_": ["The database does not answer."]}}
    assert "no-store" in answer["Cache-Control"]


def test_pictures_are_served_as_what_they_are(client: Client) -> None:
    path = settings.MEDIA_ROOT / "pictures" / "x.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"picture")
    answer = client.get("/media/pictures/x.png")
    assert b"".join(answer) == b"picture"
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=604800"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("../secret_key", 400), ("%2e%2e/secret_key", 400)),
        *((path, 404) for path in ("", "pictures/", "a" * 300, "none.png", "x%00")),
    ],
)
def test_media_are_pictures_and_nothing_else(client: Client, path: str, status: int) -> None:
    (settings.MEDIA_ROOT / "pictures").mkdir(parents=True, exist_ok=True)
    assert client.get(f"/media/{path}").status_code == status
