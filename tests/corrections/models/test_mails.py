"""What the database refuses of a mail, and which mails a queryset leaves."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corrections.models import Mail
from tests.support.factories import make_article, make_editor
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def make_mail(number: int, **fields: Any) -> Mail:
    return Mail.objects.create(message_id=f"<{number}@example.org>", kind="digest", about=str(number), **fields)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "sent"}, "mail_sent_says_when"),
        ({"sent_at": timezone.now()}, "mail_sent_says_when"),
        ({"state": "joined"}, "mail_joined_says_where"),
    ],
)
def test_the_database_refuses_half_a_state(change: dict[str, Any], constraint: str) -> None:
    make_mail(1)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Mail.objects.update(**change)


def test_a_reader_and_an_editor_are_owed_a_mail_once() -> None:
    owed: dict[str, Any] = {"suggestion": make_suggestion(make_article()), "editor": make_editor()}
    for name, constraint in (("suggestion", "mail_once_for_suggestion"), ("editor", "mail_once_for_editor")):
        fields = {"kind": "digest", "about": "x", name: owed[name]}
        Mail.objects.create(message_id=f"<{name}>", **fields)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Mail.objects.create(message_id=f"<{name} again>", **fields)


def test_what_needs_a_look_and_what_counts_as_a_message() -> None:
    states = ("owed", "claimed", "dropped", "doubtful", "failed", "left")
    made = {state: make_mail(number, state=state) for number, state in enumerate(states)}
    assert set(Mail.objects.needing_review()) == {made["doubtful"], made["failed"]}
    assert set(Mail.objects.messages()) == {made["claimed"], made["doubtful"], made["left"]}


def test_a_part_is_known_by_its_bundle_too() -> None:
    bundle = make_mail(1)
    part = make_mail(2, state="joined", within=bundle)
    make_mail(3)
    assert Mail.objects.filter(pk=part.pk).message_ids() == {"<1@example.org>", "<2@example.org>"}
