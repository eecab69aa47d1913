"""The public record: changelogs, diffs, permanent pages and the list of corrections."""

import pytest
from django.test import Client

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Kind
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.public_pages import NOTE, html, text

pytestmark = pytest.mark.django_db


def test_any_two_revisions_can_be_compared_in_either_order(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    there = html(client, "/articles/bridges/changes/1...3/")
    assert "<del>three</del><ins>four</ins>" in there
    assert "<del>recieve</del><ins>receive</ins>" in there
    back = html(client, "/articles/bridges/changes/3...1/")
    assert "<del>four</del><ins>three</ins>" in back
    same = html(client, "/articles/bridges/changes/2...2/")
    assert "The words are the same in both." in text(same)


def test_the_diff_of_a_revision_and_its_base_carries_its_note(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    assert NOTE in text(html(client, "/articles/bridges/changes/1...2/"))
    assert NOTE not in text(html(client, "/articles/bridges/changes/3...2/"))


def test_words_in_a_diff_are_escaped(client: Client) -> None:
    article = make_article(body="<p>Old words.</p>")
    make_revision(article, find="Old", put="&lt;img src=x onerror=alert(1)&gt;")
    for path in ("changes/", "changes/1...2/"):
        assert "<img src=x" not in html(client, f"/articles/{article.slug}/{path}")


def test_a_permanent_page_keeps_the_words_of_its_time(client: Client, bridges: Article) -> None:
    page = html(client, "/articles/bridges/revisions/1/")
    assert 'data-revision="1"' in page
    assert "three are closed" in text(page)
    assert "The article has been changed since." in text(page)
    newest = html(client, "/articles/bridges/revisions/2/")
    assert "four are closed" in text(newest)
    assert "The article has been changed since." not in text(newest)


def test_the_record_lists_the_kinds_that_policy_lists(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO, note="A letter.")
    page = html(client, "/corrections/")
    assert NOTE in text(page)
    assert "A letter." not in text(page)
    assert "/articles/bridges/changes/1...2/" in page


def test_a_form_leads_to_the_comparison_of_any_two_revisions(client: Client, bridges: Article) -> None:
    for query, address in (("old=2&new=1", "2...1"), ("old=1&new=99", "1...2"), ("old=0&new=2", "1...2")):
        answer = client.get(f"/articles/bridges/changes/?{query}")
        assert (answer.status_code, answer["Location"]) == (302, f"/articles/bridges/changes/{address}/")
    assert client.get("/articles/bridges/changes/?old=x&new=1").status_code == 404


def test_the_headline_says_when_the_article_was_corrected(client: Client, bridges: Article) -> None:
    page = html(client, "/articles/bridges/")
    assert "Corrected on" in text(page)
    assert 'href="#revision-2"' in page
    assert 'id="revision-2"' in page


def test_a_retracted_article_shows_its_reason_and_leads_to_its_old_words(client: Client, bridges: Article) -> None:
    by = make_editor(group=STANDARDS_EDITOR)
    make_revision(bridges, find="four", put="four", kind=Kind.RETRACTION, note="It was made up.", by=by)
    page = html(client, "/articles/bridges/")
    assert "It was made up." in text(page)
    assert "It counts" not in text(page)
    assert 'href="/articles/bridges/revisions/2/"' in page
    assert "<title>Retracted: " in page
    assert "four are closed" in text(html(client, "/articles/bridges/revisions/2/"))
