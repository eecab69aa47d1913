"""Internal notes go with their readers' data; those about an erased reader are listed for an editor."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from corrections.decisions.merge_split import merge_cases
from corrections.decisions.outcomes import decline_case
from corrections.models import Case, InternalNote, Notification
from corrections.notes.reading import count_to_check, notes_of_case, notes_to_check
from corrections.notes.writing import add_note, keep_note
from corrections.privacy.retention import purge_personal_data
from corrections.privacy.withdrawal import erase_reader, withdraw_suggestion
from newsroom.models import Article
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


def note_on(case: Case | None, article: Article, *, days: int = 0, text: str = "Ada rang.") -> InternalNote:
    note = add_note(article, by=make_editor(), text=text, case=case)
    InternalNote.objects.filter(pk=note.pk).update(made_at=timezone.now() - timedelta(days=days))
    return note


def settled(case: Case, *, days: int) -> Case:
    decline_case(case, by=make_editor(), reason="It is right.")
    Case.objects.filter(pk=case.pk).update(decided_at=timezone.now() - timedelta(days=days))
    return case


@pytest.mark.both_databases
def test_notes_go_ninety_days_after_their_case_and_bystanders_stay(article: Article) -> None:
    old = settled(make_case(article), days=91)
    recent = settled(make_case(article, "Tuesday", "Monday"), days=89)
    waiting = make_case(article, "14", "15")
    gone = [note_on(old, article, days=100), note_on(None, article, days=91)]
    stay = [
        note_on(recent, article, days=100),
        note_on(waiting, article, days=400),
        note_on(None, article, days=89),
        note_on(old, article, days=1),  # written since
    ]
    purged = purge_personal_data()
    assert purged.notes == len(gone)
    assert list(InternalNote.objects.order_by("pk")) == stay


def test_notes_of_a_merged_case_go_with_the_case_that_it_joined(article: Article) -> None:
    target, merged = make_case(article), make_case(article, "Tuesday", "Monday")
    note = note_on(merged, article, days=100)
    merge_cases(target, [target, merged], by=make_editor())
    assert [shown.note for shown in notes_of_case(target)] == [note]
    assert purge_personal_data().notes == 0
    settled(target, days=91)
    assert purge_personal_data().notes == 1


def test_notifications_go_after_ninety_days(article: Article) -> None:
    for days in (91, 89):
        made = timezone.now() - timedelta(days=days)
        Notification.objects.create(recipient=make_editor(), kind="mentioned", article=article, made_at=made)
    assert purge_personal_data().notifications == 1
    assert Notification.objects.count() == 1


def test_erasing_a_reader_lists_the_notes_on_their_cases_alone(article: Article) -> None:
    case, another = make_case(article), make_case(article, "Tuesday", "Monday")
    note, other, of_article = note_on(case, article), note_on(another, article), note_on(None, article)
    erase_reader(case.suggestions.get())
    assert [shown.note for shown in notes_to_check()] == [note]
    keep_note(note, by=make_editor())
    assert count_to_check() == 0
    assert InternalNote.objects.filter(pk__in=[note.pk, other.pk, of_article.pk], text="Ada rang.").count() == 3


def test_a_reader_who_is_forgotten_while_the_case_goes_on_lists_its_notes(article: Article) -> None:
    case = make_case(article)
    suggestion = case.suggestions.get()
    make_case(article)  # another voice, so that the case stays
    note = note_on(case, article, days=100)
    long_ago = timezone.now() - timedelta(days=91)
    withdraw_suggestion(suggestion)
    case.suggestions.filter(pk=suggestion.pk).update(withdrawn_at=long_ago, received_at=long_ago)
    purged = purge_personal_data()
    assert (purged.suggestions, purged.notes) == (1, 0)
    assert [shown.note for shown in notes_to_check()] == [note]


@pytest.mark.parametrize("which", [0, 1])
def test_erasing_a_reader_of_a_merged_case_lists_the_notes_of_both(article: Article, which: int) -> None:
    target, merged = make_case(article), make_case(article, "Tuesday", "Monday")
    suggestion: Any = (target, merged)[which].suggestions.get()
    notes = [note_on(target, article), note_on(merged, article)]
    merge_cases(target, [target, merged], by=make_editor())
    suggestion.refresh_from_db()
    erase_reader(suggestion)
    assert [shown.note for shown in notes_to_check()] == notes
