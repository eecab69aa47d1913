"""The public record: changelogs, diffs, permanent pages and the list of corrections."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Kind, RevisionText
from newsroom.record import queries as published
from newsroom.text.canonical import canonical_text
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
    make_revision(article, find="/old", put="/new", kind=Kind.TYPO)
    changes = html(client, f"/articles/{article.slug}/changes/")
    assert "the report [link: https://example.org/old link: https://example.org/new]" in text(changes)
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


def test_a_form_leads_to_the_comparison_of_any_two_revisions(client: Client, bridges: Article) -> None:
    for query, address in (("old=2&new=1", "2...1"), ("old=1&new=99", "1...2"), ("old=0&new=2", "1...2")):
        answer = client.get(f"/articles/bridges/changes/?{query}")
        assert (answer.status_code, answer["Location"]) == (302, f"/articles/bridges/changes/{address}/")
    assert client.get("/articles/bridges/changes/?old=x&new=1").status_code == 404


def test_typing_errors_are_folded_in_the_changelog(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    folded = re.findall(
        r'<details class="minor">(.*?)</details>', html(client, "/articles/bridges/changes/"), re.DOTALL
    )
    assert len(folded) == 1
    assert "<del>recieve</del>" in folded[0]


def marked_in(page: str) -> list[str]:
    return re.findall(r'<mark(?: id="changed")? class="changed">([^<]*)</mark>', page)


def test_changed_passages_can_be_marked_without_a_script(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    plain = html(client, "/articles/bridges/")
    assert marked_in(plain) == []
    assert 'href="?changed=all#changed"' in plain
    assert 'href="?changed=2#changed"' in plain
    assert marked_in(html(client, "/articles/bridges/?changed=all")) == ["receive", "four"]
    assert marked_in(html(client, "/articles/bridges/?changed=2")) == ["four"]
    for nonsense in ("1", "9", "0", "x", '"><script>'):
        assert marked_in(html(client, f"/articles/bridges/?changed={nonsense}")) == []


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


def listed(client: Client, query: str) -> list[str]:
    page = html(client, f"/corrections/{query}")
    return re.findall(r'<li class="correction">.*?/articles/([a-z]+)/', page, re.DOTALL)


@pytest.mark.both_databases
def test_the_record_is_filtered_by_section_kind_language_and_day(client: Client, bridges: Article) -> None:
    other = make_article(slug="bruecken", language="de", body="<p>Der Rat zählt 14 Brücken.</p>")
    Article.objects.filter(pk=other.pk).update(section="World")
    make_revision(other, find="14", put="15", kind=Kind.CLARIFICATION, note="Es sind 15.")
    today = localdate()
    assert listed(client, "") == ["bruecken", "bridges"]
    assert listed(client, "?section=World") == listed(client, "?language=de") == ["bruecken"]
    assert listed(client, "?kind=correction") == ["bridges"]
    assert listed(client, "?kind=correction&language=de") == []
    assert listed(client, f"?since={today}&until={today}") == ["bruecken", "bridges"]
    assert listed(client, f"?until={today - timedelta(days=1)}") == []
    assert listed(client, f"{today.year}/{today.month}/") == ["bruecken", "bridges"]
    assert listed(client, "2001/2/") == []
    assert client.get("/corrections/2001/13/").status_code == 404
    assert client.get(f"/corrections/{10**20}/1/").status_code == 404


@pytest.mark.parametrize("query", ["kind=x", "since=yesterday", "section=%00", "language=xx", "until=0001-01-01"])
def test_a_filter_that_makes_no_sense_is_no_harm(client: Client, bridges: Article, query: str) -> None:
    assert client.get(f"/corrections/?{query}").status_code == 200


def test_the_record_counts_what_it_lists(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="14", put="15", kind=Kind.CORRECTION, note="It is 15.")
    page = html(client, "/corrections/")
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["2"]
    assert re.findall(r"corrections/(\d+/\d+)/", page) == [f"{localdate().year}/{localdate().month}"]
