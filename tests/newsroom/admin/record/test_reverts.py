"""Editors bring earlier words back, and take words away, on pages of the admin."""

import pytest
from django.test import Client

from newsroom.accounts.roles import COPY_EDITOR
from newsroom.models import Article, Proposal
from tests.support.editor_page import Writer
from tests.support.factories import current_revision

pytestmark = pytest.mark.django_db
NOTE = "We wrote 15; it is 14 after all."


def revert(client: Client, article: Article, **typed: object) -> object:
    first = article.revisions.get(number=1)
    sent = {"base": current_revision(article).number, "kind": "update", "note": NOTE, "decision": "publish", **typed}
    return client.post(f"/admin/newsroom/revision/{first.pk}/revert/", sent)


def test_old_words_come_back_as_a_new_revision_with_its_reason(changed: Article) -> None:
    client, first = Writer(group=COPY_EDITOR).client, changed.revisions.get(number=1)
    assert "/revert/" in client.get(f"/admin/newsroom/revision/{first.pk}/change/").content.decode()
    assert "<del>15</del><ins>14</ins>" in client.get(f"/admin/newsroom/revision/{first.pk}/revert/").content.decode()
    revert(client, changed)
    made = current_revision(changed)
    assert (made.number, made.note, made.digest) == (3, NOTE, first.digest)
    assert made.require_content().body == first.require_content().body


def test_a_revert_without_a_reason_is_refused_whatever_its_kind(changed: Article) -> None:
    answer = revert(Writer(group=COPY_EDITOR).client, changed, note=" ")
    assert getattr(answer, "status_code") == 422  # noqa: B009  # what the client answers has no type
    assert current_revision(changed).number == 2


def test_a_revert_goes_through_the_policy(changed: Article) -> None:
    client = Writer(group=COPY_EDITOR).client
    revert(client, changed, kind="correction")
    assert current_revision(changed).number == 2
    revert(client, changed, kind="correction", decision="propose")
    assert Proposal.objects.get().note == NOTE
    revert(client, changed, base=1)
    assert current_revision(changed).number == 2
