"""Orders by which words are taken away."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.models import Editor, Revision, Withholding
from tests.support.factories import current_revision, make_article, make_editor

pytestmark = pytest.mark.django_db


def ask(revision: Revision, by: Editor, **more: object) -> Withholding:
    return Withholding.objects.create(revision=revision, asked_by=by, **{"reason": "A court forbade it.", **more})


def test_only_what_a_second_editor_agreed_to_is_in_force() -> None:
    by, second, revisions = make_editor(), make_editor(), [current_revision(make_article()) for _turn in range(3)]
    done = ask(revisions[0], by, state="approved", decided_by=second, decided_at=timezone.now())
    ask(revisions[1], by)
    ask(revisions[2], by, state="returned", decided_by=second, decided_at=timezone.now())

    assert list(Withholding.objects.in_force()) == [done]
    assert str(done) == str(revisions[0])


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("change", "constraint"),
    [({"reason": ""}, "withholding_says_why"), ({"state": "approved"}, "withholding_takes_two_editors")],
)
def test_the_database_wants_a_reason_and_two_editors(change: dict[str, str], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ask(current_revision(make_article()), make_editor(), **change)


def test_a_second_order_waits_until_the_first_was_sent_back() -> None:
    by, revision = make_editor(), current_revision(make_article())
    first = ask(revision, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        ask(revision, by)
    first.state, first.decided_by, first.decided_at = "returned", make_editor(), timezone.now()
    first.save()

    assert ask(revision, by).state == "waiting"
