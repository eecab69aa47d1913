"""The public record: changelogs, diffs, permanent pages and the list of corrections."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom import published
from newsroom.models import Article, Kind, RevisionText
from newsroom.text import canonical_text
from tests.factories import make_article, make_editor, make_revision
from tests.newsroom.pages import NOTE, html, text

pytestmark = pytest.mark.django_db


def test_the_changelog_tells_each_revision_with_its_words(client: Client, bridges: Article) -> None:
    signed = make_editor(public_name="Tobin Vance")
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO, by=signed)
    page = html(client, "/articles/bridges/changes/")
    assert re.findall(r'id="revision-(\d)"', page) == ["3", "2", "1"]
    assert "<del>recieve</del><ins>receive</ins>" in page
    assert "<del>three</del><ins>four</ins>" in page
    assert "by Tobin Vance" in text(page)
    assert "by the desk" in text(page)
    assert NOTE in text(page)


@pytest.mark.both_databases
def test_the_changelog_goes_on_page_by_page(client: Client, bridges: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "CHANGES_SIZE", 1)
    first = html(client, "/articles/bridges/changes/")
    assert re.findall(r'id="revision-(\d)"', first) == ["2"]
    assert 'href="?before=2"' in first
    second = html(client, "/articles/bridges/changes/?before=2")
    assert re.findall(r'id="revision-(\d)"', second) == ["1"]
    assert 'rel="next"' not in second


def test_the_changelog_reads_no_bodies_and_asks_as_often_for_many_revisions(client: Client) -> None:
    article = make_article()
    make_revision(article, find="14", put="15")
    with CaptureQueriesContext(connection) as two:
        client.get(f"/articles/{article.slug}/changes/")
    make_revision(article, find="15", put="16")
    make_revision(article, find="16", put="17")
    with CaptureQueriesContext(connection) as four:
        client.get(f"/articles/{article.slug}/changes/")
    assert len(four) == len(two)
    assert not any('"body"' in query["sql"] for query in four)


def test_a_changed_link_is_told_though_no_word_changed(client: Client) -> None:
    article = make_article(body='<p>See <a href="https://example.org/old">the report</a>.</p>')
    make_revision(article, find="/old", put="/new", kind=Kind.TYPO)
    assert "No word was changed" in text(html(client, f"/articles/{article.slug}/changes/"))
    diff = html(client, f"/articles/{article.slug}/changes/1...2/")
    assert "<del>https://example.org/old</del>" in diff
    assert "<ins>https://example.org/new</ins>" in diff


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


def test_a_spot_is_found_without_a_script_and_leaves_the_text_as_it_is(client: Client, bridges: Article) -> None:
    page = html(client, "/articles/bridges/revisions/1/?spot=59-63")
    body = re.search(r'data-field="body">(.*?)</div>', page, re.DOTALL)
    assert body
    content = RevisionText.objects.get(revision__article=bridges, revision__number=1)
    assert canonical_text(body[1]) == content.text
    assert re.search(r'<p id="spot-49-\d+"><span id="spot-59-63"></span>It counts', body[1])


@pytest.mark.parametrize("spot", ["", "1", "a-b", "5-3-1", "0-0", "999999999-999999999", '0-1"><script>', "%00"])
def test_a_spot_that_makes_no_sense_is_no_harm(client: Client, bridges: Article, spot: str) -> None:
    answer = client.get("/articles/bridges/revisions/1/", {"spot": spot})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content


def test_the_record_lists_the_kinds_that_policy_lists(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO, note="A letter.")
    page = html(client, "/corrections/")
    assert NOTE in text(page)
    assert "A letter." not in text(page)
    assert "/articles/bridges/changes/1...2/" in page
