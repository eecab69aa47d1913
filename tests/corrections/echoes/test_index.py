"""Rows for the current text of published articles, and for an archive by command."""

from io import StringIO

import pytest
from django.core.management import call_command

from corrections.echoes.fingerprints import fingerprints
from corrections.echoes.index import index_article
from corrections.models import FailedJob, OwedEcho, SentenceFingerprint
from corrections.tasks import echo
from newsroom.models import Article
from tests.support.factories import make_article, make_revision, retract

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_an_archive_is_taken_in_by_command_once() -> None:
    article, gone = make_article(), make_article()
    retract(gone)
    Article.objects.create(slug="draft")
    out = StringIO()
    call_command("fingerprint_archive", stdout=out)
    number = SentenceFingerprint.objects.count()
    assert out.getvalue() == f"articles: 1, fingerprints: {number}\n"
    assert set(SentenceFingerprint.objects.values_list("revision", flat=True)) == {article.current_id}
    out = StringIO()
    call_command("fingerprint_archive", stdout=out)
    assert out.getvalue() == "articles: 0, fingerprints: 0\n"


def test_the_rows_say_where_each_sentence_stands() -> None:
    article = make_article()
    index_article(article)
    assert article.current
    text = article.current.require_content().text
    row = SentenceFingerprint.objects.filter(field="body").order_by("start")[0]
    assert text[row.start : row.end] == "The council will recieve the report on Tuesday."
    assert row.hash in fingerprints(text[row.start : row.end])


def test_the_task_settles_what_is_owed_and_keeps_a_failure() -> None:
    article = make_article()
    revision = make_revision(article, find="Tuesday", put="Friday")
    for key in OwedEcho.objects.values_list("pk", flat=True):
        echo(key)
    assert not OwedEcho.objects.exists()
    assert set(SentenceFingerprint.objects.values_list("revision", flat=True)) == {revision.pk}
    echo(0)
    assert FailedJob.objects.get().kind == "echo"
