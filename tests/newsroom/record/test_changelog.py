"""An article's changelog: each revision with its reason and its words."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom.models import Article, Kind
from newsroom.record import queries as published
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.public_pages import NOTE, html, text

pytestmark = pytest.mark.django_db


def test_the_changelog_tells_each_revision_with_its_words(client: Client, bridges: Article) -> None:
    signed = make_editor(public_name="Tobin Vance")
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO, by=signed)
    page = html(client, "/articles/bridges/changes/")
    assert re.findall(r'id="revision-(\d)"', page) == ["3", "2", "1"]
    assert "<del>recieve</del><ins>receive</ins>" in page
    assert "<del>three</del><ins>four</ins>" in page
    assert "by Tobin Vance" in text(page)
    assert "by our editors" in text(page)
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


def test_the_changelog_asks_as_often_for_many_revisions(client: Client) -> None:
    article = make_article()
    make_revision(article, find="14", put="15")
    with CaptureQueriesContext(connection) as two:
        client.get(f"/articles/{article.slug}/changes/")
    make_revision(article, find="15", put="16")
    make_revision(article, find="16", put="17")
    with CaptureQueriesContext(connection) as four:
        client.get(f"/articles/{article.slug}/changes/")
    assert len(four) == len(two)


def test_a_changed_link_is_told_though_no_word_changed(client: Client) -> None:
    article = make_article(body='<p>See <a href="https://example.org/old">the report</a>.</p>')
    make_revision(article, find="/old", put="/new", kind=Kind.TYPO, note="The report is there.")
    changes = html(client, f"/articles/{article.slug}/changes/")
    assert "the report [link: https://example.org/old link: https://example.org/new]" in text(changes)
    diff = html(client, f"/articles/{article.slug}/changes/1...2/")
    assert "<del>https://example.org/old</del>" in diff
    assert "<ins>https://example.org/new</ins>" in diff


def test_typing_errors_are_folded_in_the_changelog(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    folded = re.findall(
        r'<details class="minor">(.*?)</details>', html(client, "/articles/bridges/changes/"), re.DOTALL
    )
    assert len(folded) == 1
    assert "<del>recieve</del>" in folded[0]
