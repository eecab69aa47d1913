"""Withholding in the admin: one editor asks, another takes the words away or leaves them."""

import pytest

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, RevisionText, Withholding
from tests.support.editor_page import Writer
from tests.support.public_pages import text

pytestmark = pytest.mark.django_db


def test_words_are_withheld_by_two_editors(changed: Article) -> None:
    first = changed.revisions.get(number=1)
    one, two = Writer(group=STANDARDS_EDITOR).client, Writer(group=STANDARDS_EDITOR).client
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
    one, two = Writer(group=STANDARDS_EDITOR).client, Writer(group=STANDARDS_EDITOR).client
    refused = one.post(f"/admin/newsroom/withholding/ask/{changed.current_id}/", {"reason": "A court forbade it."})
    assert "first publish what should replace them" in text(refused.content.decode())
    first = changed.revisions.get(number=1)
    one.post(f"/admin/newsroom/withholding/ask/{first.pk}/", {"reason": "A court forbade it."})
    address = f"/admin/newsroom/withholding/{Withholding.objects.get().pk}/change/"
    assert two.post(address, {"decision": "return", "answer": ""}).status_code == 422
    two.post(address, {"decision": "return", "answer": "The order names another article."})
    assert Withholding.objects.get().state == "returned"
    assert RevisionText.objects.filter(revision=first).exists()
