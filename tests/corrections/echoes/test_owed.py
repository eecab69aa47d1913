"""What a publication owes: fingerprints, and cases of the desk's own where the same mistake stands."""

import pytest
from django.test import Client

from corrections.decisions.variants import wording_variants
from corrections.echoes.index import index_article, unindexed_articles
from corrections.echoes.owed import owed_echoes, settle_echo
from corrections.models import Case, OwedEcho, SentenceFingerprint
from corrections.triage.abandoned import sweep_abandoned
from newsroom.models import Kind
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_revision

pytestmark = pytest.mark.django_db
BODY = "<p>The lighthouse at Hesper Point went dark after 67 years of service, and the oil was sold.</p>"
NOTE = "An earlier version said 67 years; it is 57 years."


def settle_all() -> None:
    while owed := owed_echoes():
        for key in owed:
            settle_echo(key)


def test_a_correction_opens_own_cases_where_the_mistake_stands_too() -> None:
    ours, theirs, reported = (make_article(body=BODY) for _ in range(3))
    case = make_case(reported, "67", "57", category="fact")
    revision = make_revision(ours, find="67", put="57", kind=Kind.CORRECTION, note=NOTE)
    settle_all()
    own = Case.objects.get(article=theirs)
    assert (own.state, own.readers, own.exact, own.replacement) == ("open", 0, "67", "57")
    assert own.echo_of == revision.based_on
    assert "number" in own.flags
    [variant] = wording_variants(own, [], own.anchored_in)
    assert (variant.wording, variant.readers, variant.is_placed) == ("57", 0, True)
    # What readers reported there stays the readers' case.
    assert [each.pk for each in Case.objects.filter(article=reported)] == [case.pk]
    settle_echo(revision.pk)
    assert Case.objects.filter(article=theirs).count() == 1


def test_an_update_is_no_mistake_of_before() -> None:
    ours, theirs = make_article(body=BODY), make_article(body=BODY)
    settle_all()
    make_revision(ours, find="67", put="68", kind=Kind.UPDATE)
    settle_all()
    assert not Case.objects.filter(article=theirs).exists()


def test_an_own_case_counts_no_readers_and_is_told_to_none() -> None:
    ours, theirs = make_article(body=BODY), make_article(body=BODY)
    make_revision(ours, find="67", put="57", kind=Kind.CORRECTION, note=NOTE)
    settle_all()
    own = Case.objects.get(article=theirs)
    sweep_abandoned()
    own.refresh_from_db()
    assert own.state == "open"
    client = Client()
    assert client.get(f"/api/articles/{theirs.slug}/reports").json()["items"] == []
    query = {"revision": "1", "field": "body", "start": str(own.start), "end": str(own.end)}
    passage = client.get(f"/api/articles/{theirs.slug}/passage", query)
    assert "has reported" not in passage.content.decode()
    # Once a reader reports it too, it is a reported passage like any other.
    assert make_case(theirs, "67", "57", category="fact") == own
    [item] = client.get(f"/api/articles/{theirs.slug}/reports").json()["items"]
    assert item["count"] == 1


def test_an_own_case_that_was_declined_does_not_come_back() -> None:
    ours, other, theirs = (make_article(body=BODY) for _ in range(3))
    make_revision(ours, find="67", put="57", kind=Kind.CORRECTION, note=NOTE)
    settle_all()
    Case.objects.filter(article=theirs).update(state="declined", reason="It was 67 here.")
    make_revision(other, find="67", put="57", kind=Kind.CORRECTION, note=NOTE)
    settle_all()
    assert Case.objects.filter(article=theirs).count() == 1


def test_publishing_owes_the_work_and_an_archive_gets_it_by_command() -> None:
    article = make_article(body=BODY)
    assert OwedEcho.objects.filter(revision=article.current_id).exists()
    OwedEcho.objects.all().delete()
    assert [each.pk for each in unindexed_articles()] == [article.pk]
    assert index_article(article) == SentenceFingerprint.objects.filter(revision=current_revision(article)).count() > 0
    assert list(unindexed_articles()) == []
