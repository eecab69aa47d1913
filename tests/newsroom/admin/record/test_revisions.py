"""The public record and the record of acts are read in the admin, and never touched."""

import pytest

from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Act, Revision
from tests.support.editor_page import Writer
from tests.support.factories import make_article, make_revision

pytestmark = pytest.mark.django_db


def test_revisions_and_acts_are_shown_and_cannot_be_changed() -> None:
    make_revision(make_article(headline="Bridges"), find="Tuesday", put="Monday", note="Moved by a day.")
    client = Writer(group=DESK_CHIEF).client
    revision, act = Revision.objects.get(number=2), Act.objects.latest("sequence")
    shown = client.get(f"/admin/newsroom/revision/{revision.pk}/change/").content.decode()
    assert "Moved by a day." in shown
    assert revision.get_absolute_url() in shown
    assert client.post(f"/admin/newsroom/revision/{revision.pk}/change/", {"note": "x"}).status_code == 403
    shown = client.get(f"/admin/newsroom/act/{act.pk}/change/").content.decode()
    assert revision.digest in shown
    assert act.hash in shown
    assert client.post(f"/admin/newsroom/act/{act.pk}/change/", {"verb": "x"}).status_code == 403
