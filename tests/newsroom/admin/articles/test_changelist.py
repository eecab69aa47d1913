"""The list of articles, and the history of an article's row."""

import pytest
from django.contrib.auth.models import Permission

from newsroom.accounts.roles import AUDITOR
from newsroom.models import Revision
from tests.support.admin_page import tree
from tests.support.editor_page import LIST, Writer
from tests.support.factories import make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


def test_the_history_of_an_article_names_actor_and_reason_and_cannot_be_turned_back() -> None:
    article = make_article()
    by = make_editor(public_name="Olha")
    make_revision(article, find="Tuesday", put="Monday", by=by)
    auditor = Writer(group=AUDITOR)
    [row] = tree(auditor.client.get(f"{LIST}{article.pk}/history/")).xpath("//tbody/tr[1]")
    assert "Olha" in row.text_content()
    assert "Update, version 2" in row.text_content()
    assert "Published" in row.text_content()
    first = article.history.earliest()
    old = {"slug": "stolen", "language": "en"}
    answer = auditor.client.post(f"{LIST}{article.pk}/history/{first.pk}/", old, follow=True)
    assert answer.status_code == 404
    article.refresh_from_db()
    assert (article.slug != "stolen", article.current) == (True, Revision.objects.get(number=2))
    blind = make_editor()
    blind.groups.get().permissions.remove(Permission.objects.get(codename="view_historicalarticle"))
    assert Writer(blind).client.get(f"{LIST}{article.pk}/history/").status_code == 403
