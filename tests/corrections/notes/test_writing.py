"""Internal notes are for editors alone: no act, public page, API, webhook or mail to readers holds their words."""

import json
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from corrections.decisions.outcomes import decline_case
from corrections.models import Delivery, InternalNote, Notification
from corrections.notes.writing import MAX_NOTE, NoteRefused, add_note, blank_note
from corrections.suggestions.status_tokens import status_token
from corrections.webhooks.enqueue import queue_deliveries
from newsroom.accounts.roles import AUDITOR
from newsroom.models import Act
from newsroom.publishing.policy import NotPermitted
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import make_reader, post_all
from tests.support.webhook_steps import make_hook

pytestmark = pytest.mark.django_db
SECRET = "Kestrel says the mayor rang."


def test_a_note_tells_whom_it_mentions_but_not_its_writer() -> None:
    case, by = make_case(make_article()), make_editor(username="mara")
    ada = make_editor(username="ada")
    note = add_note(case.article, by=by, text="@ada @mara @ada, who counted?", case=case)
    [told] = Notification.objects.all()
    assert (told.recipient, told.kind, told.by, told.case, note.case) == (ada, "mentioned", by, case, case)


@pytest.mark.parametrize("text", ["", "  \n", "x" * (MAX_NOTE + 1), "\u202e"])
def test_empty_and_endless_notes_are_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        add_note(make_article(), by=make_editor(), text=text)
    assert not InternalNote.objects.exists()


def test_control_characters_are_left_out() -> None:
    assert add_note(make_article(), by=make_editor(), text="Who\x00 counted\u202e?").text == "Who counted?"


def test_who_only_reads_writes_and_blanks_none() -> None:
    article, auditor = make_article(), make_editor(group=AUDITOR)
    note = add_note(article, by=make_editor(), text=SECRET)
    with pytest.raises(NotPermitted):
        add_note(article, by=auditor, text=SECRET)
    with pytest.raises(NotPermitted):
        blank_note(note, by=auditor)


def test_a_blanked_note_is_in_no_row_and_says_who_blanked_it() -> None:
    note, editor = add_note(make_article(), by=make_editor(), text=SECRET), make_editor()
    for _twice in range(2):
        blank_note(note, by=editor)
    note.refresh_from_db()
    assert (note.text, note.blanked_by) == ("", editor)


def test_a_note_is_in_no_act_public_page_answer_of_the_api_webhook_or_mail(client: Client) -> None:
    article = make_article(slug="bridges")
    suggestion = make_reader(article)
    case = make_case(article, "Tuesday", "Monday")
    make_hook("https://receiver.example/")
    ada, by = make_editor(username="ada"), make_editor()
    for about in (case, None):
        add_note(article, by=by, text=f"@ada {SECRET}", case=about)
    decline_case(case, by=by, reason="It is right.")
    token = status_token(suggestion.pk)
    public = (
        *("/", "/articles/bridges/", "/articles/bridges/changes/", "/articles/bridges/annotations/"),
        *("/corrections/", "/corrections/feed.atom", "/articles/bridges/suggest/", f"/suggestions/{token}/"),
        *("/api/articles/bridges", "/api/articles/bridges/reports?revision=1", "/api/corrections"),
        *(f"/api/suggestions/{token}", f"/api/suggestions/{token}/export"),
    )
    queue_deliveries()
    post_all()
    told = list(Delivery.objects.filter(event="desk.notified").values_list("payload", flat=True))
    assert [json.loads(payload)["data"]["kind"] for payload in told] == ["mentioned", "mentioned"]
    assert Notification.objects.filter(recipient=ada).count() == 2
    words: list[Any] = [
        *(client.get(address).content.decode() for address in public),
        *Delivery.objects.values_list("payload", flat=True),
        *(message.message().as_string() for message in mail.outbox),
        *Act.objects.values_list("payload", flat=True),
    ]
    assert all(client.get(address).status_code == 200 for address in public)
    assert not [each for each in words if "Kestrel" in str(each)]
