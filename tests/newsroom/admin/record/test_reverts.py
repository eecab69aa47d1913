"""Editors bring earlier words back, and take words away, on pages of the admin."""

import pytest
from django.test import Client

from newsroom.accounts.roles import COPY_EDITOR, STANDARDS_EDITOR
from newsroom.models import Article, Proposal, RevisionText, Withholding
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.public_pages import text

pytestmark = pytest.mark.django_db
NOTE = "We wrote 15; it is 14 after all."


@pytest.fixture
def changed(quick_passwords: None) -> Article:
    article = make_article(slug="changed")
    make_revision(article, find="14", put="15")
    return article


def log_in(group: str) -> Client:
    client = Client()
    client.force_login(make_editor(group=group))
    return client


def revert(client: Client, article: Article, **typed: object) -> object:
    first = article.revisions.get(number=1)
    sent = {"base": current_revision(article).number, "kind": "update", "note": NOTE, "decision": "publish", **typed}
    return client.post(f"/admin/newsroom/revision/{first.pk}/revert/", sent)


def test_old_words_come_back_as_a_new_revision_with_its_reason(changed: Article) -> None:
    client, first = log_in(COPY_EDITOR), changed.revisions.get(number=1)
    assert "/revert/" in client.get(f"/admin/newsroom/revision/{first.pk}/change/").content.decode()
    assert "<del>15</del><ins>14</ins>" in client.get(f"/admin/newsroom/revision/{first.pk}/revert/").content.decode()
    revert(client, changed)
    made = current_revision(changed)
    assert (made.number, made.note, made.digest) == (3, NOTE, first.digest)
    assert made.content.body == first.content.body


def test_a_revert_without_a_reason_is_refused_whatever_its_kind(changed: Article) -> None:
    answer = revert(log_in(COPY_EDITOR), changed, note=" ")
    assert getattr(answer, "status_code") == 422  # noqa: B009  # what the client answers has no type
    assert current_revision(changed).number == 2


def test_a_revert_goes_through_the_policy(changed: Article) -> None:
    client = log_in(COPY_EDITOR)
    revert(client, changed, kind="correction")
    assert current_revision(changed).number == 2
    revert(client, changed, kind="correction", decision="propose")
    assert Proposal.objects.get().note == NOTE
    revert(client, changed, base=1)
    assert current_revision(changed).number == 2


def test_words_are_withheld_by_two_editors(changed: Article) -> None:
    first = changed.revisions.get(number=1)
    one, two = log_in(STANDARDS_EDITOR), log_in(STANDARDS_EDITOR)
    one.post(f"/admin/newsroom/withholding/ask/{first.pk}/", {"reason": "A court forbade it."})
    asked = Withholding.objects.get()
    address = f"/admin/newsroom/withholding/{asked.pk}/change/"
    assert "Withhold the words" not in text(one.get(address).content.decode())
    assert one.post(address, {"decision": "approve"}).status_code == 422
    assert RevisionText.objects.filter(revision=first).exists()
    two.post(address, {"decision": "approve"})
    assert not RevisionText.objects.filter(revision=first).exists()
    assert "Words withheld" in text(two.get("/admin/newsroom/withholding/").content.decode())
    assert two.get(f"/admin/newsroom/revision/{first.pk}/change/").status_code == 200
    assert "withheld" in text(two.get(f"/admin/newsroom/revision/{first.pk}/revert/").content.decode())


def test_what_is_current_is_not_withheld_and_a_request_can_be_sent_back(changed: Article) -> None:
    one, two = log_in(STANDARDS_EDITOR), log_in(STANDARDS_EDITOR)
    refused = one.post(f"/admin/newsroom/withholding/ask/{changed.current_id}/", {"reason": "A court forbade it."})
    assert "publish what shall stand there instead first" in text(refused.content.decode())
    first = changed.revisions.get(number=1)
    one.post(f"/admin/newsroom/withholding/ask/{first.pk}/", {"reason": "A court forbade it."})
    address = f"/admin/newsroom/withholding/{Withholding.objects.get().pk}/change/"
    assert two.post(address, {"decision": "return", "answer": ""}).status_code == 422
    two.post(address, {"decision": "return", "answer": "The order names another article."})
    assert Withholding.objects.get().state == "returned"
    assert RevisionText.objects.filter(revision=first).exists()
