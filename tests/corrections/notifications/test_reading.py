"""Each notification says in a sentence what happened, and leads to where its editor goes on."""

import pytest

from corrections.models import Case, Notification
from corrections.notifications.reading import MOST_UNREAD, SENTENCES, count_unread, latest_rows
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Editor
from newsroom.publishing.proposals import return_proposal
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor
from tests.support.raw_forms import proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Editor:
    return make_editor()


@pytest.fixture
def article() -> Article:
    return make_article()


def test_every_kind_has_its_sentence(editor: Editor, article: Article) -> None:
    assert set(SENTENCES) == set(Notification.Kind)
    by = make_editor(public_name="Mara Lind")
    for kind in Notification.Kind:
        Notification.objects.create(recipient=editor, kind=kind, article=article, by=by)
    sentences = [row.sentence for row in latest_rows(editor)]
    assert sum("Mara Lind" in sentence for sentence in sentences) == len(sentences) - 1  # a reader has no name
    assert not [sentence for sentence in sentences if "%" in sentence or "None" in sentence]


def test_a_proposal_leads_to_its_case_and_without_one_to_its_own_page(editor: Editor) -> None:
    proposed = proposal()
    return_proposal(proposed, by=make_editor(group=STANDARDS_EDITOR), reason="Who counted?")
    [row] = latest_rows(proposed.proposed_by)
    assert row.address == f"/admin/newsroom/proposal/{proposed.pk}/change/"
    case = make_case(proposed.article)
    Case.objects.filter(pk=case.pk).update(proposal=proposed)
    [row] = latest_rows(proposed.proposed_by)
    assert row.address == f"/admin/corrections/case/{case.pk}/change/"


def test_a_mention_leads_to_the_notes(editor: Editor, article: Article) -> None:
    Notification.objects.create(recipient=editor, kind="mentioned", article=article)
    assert latest_rows(editor)[0].address == f"/admin/newsroom/article/{article.pk}/change/#internal-notes"


def test_of_very_many_not_all_are_counted(editor: Editor, article: Article) -> None:
    told = [Notification(recipient=editor, kind="answered", article=article) for _each in range(MOST_UNREAD + 5)]
    Notification.objects.bulk_create(told)
    assert count_unread(editor) == MOST_UNREAD
    Notification.objects.create(recipient=make_editor(), kind="answered", article=article)
    assert count_unread(editor) == MOST_UNREAD
