"""Copies of a withheld revision's words at the desk: in cases, suggestions, decisions, mails and webhook deliveries."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from corrections.decisions.approvals import return_cases
from corrections.models import Case, Decision, Delivery, Hook, Mail, Notification, Suggestion
from corrections.notes.writing import add_note
from newsroom.models import Kind, Proposal
from newsroom.operations.mail_files import BACKEND, file_of
from tests.support.desk_page import Desk, make_case, tick
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.followers import make_follower
from tests.support.mailbox import post_all
from tests.support.record_check import breaks
from tests.support.suggestion_factories import make_suggestion
from tests.support.withheld_words import SECRET, everything_stored, first, withhold

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_cases_and_suggestions_go_that_quote_words_found_nowhere_else() -> None:
    article = make_article(slug="copied", body=f"<p>The council met.</p><p>{SECRET} spoke.</p>")
    case = make_case(article, exact=f"{SECRET} spoke", replacement=f"{SECRET} sang")
    other = make_case(article, exact="council met", replacement="council sat")
    owed = make_suggestion(article, "Ada Quill", "Ada Quilt")
    make_revision(article, find=f"<p>{SECRET} spoke.</p>", put="<p>A witness spoke.</p>")
    withhold(article)
    assert SECRET not in everything_stored()
    assert Case.objects.get(pk=case.pk).exact == ""
    assert Case.objects.get(pk=other.pk).exact == "council met"
    assert Suggestion.objects.get(pk=owed.pk).field == ""  # it is still owed a case, about the whole article


def test_what_webhooks_were_told_goes_too() -> None:
    article = make_article(slug="told", body=f"<p>{SECRET} spoke.</p>")
    make_revision(article, find=SECRET, put="A witness")
    now = timezone.now()
    hook = Hook.objects.create(name="Chat", url="https://chat.example/", listens_since=now, told_until=now)
    told = Delivery.objects.create(
        hook=hook,
        message_id="one",
        event="revision.published",
        subject=first(article).pk,
        happened_at=now,
        payload=json.dumps({"headline": SECRET}),
        state="delivered",
        settled_at=now,
    )
    told.tries.create(started_at=now, answer=f"Thanks for {SECRET}")
    withhold(article)
    assert SECRET not in everything_stored()
    assert json.loads(Delivery.objects.get().payload) == {"withheld": True}


def test_mails_and_earlier_decisions_go_too(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    article = make_article(slug="mailed", body=f"<p>The council met.</p><p>{SECRET} spoke.</p>")
    case = make_case(article, exact=f"{SECRET} spoke", replacement=f"{SECRET} sang")
    earlier = Decision.objects.create(
        verb="decline",
        by=make_editor(),
        made_at=timezone.now(),
        due_at=timezone.now(),
        state="returned",
        before=[[case.pk, "open"]],
        typed={"Reason": f"{SECRET} did speak."},
    )
    mail = Mail.objects.create(message_id="<one@example.org>", kind="declined", suggestion=case.suggestions.get())
    file = file_of(mail.message_id)
    file.parent.mkdir()
    file.write_text(SECRET)
    make_revision(article, find=f"<p>{SECRET} spoke.</p>", put="<p>A witness spoke.</p>")

    withhold(article)

    assert Decision.objects.get(pk=earlier.pk).typed == {}
    assert not file.exists()


def test_internal_notes_that_tell_them_are_blanked_and_others_stay() -> None:
    article = make_article(slug="noted", body=f"<p>The council met.</p><p>{SECRET} spoke.</p>")
    case = make_case(article, exact="council met", replacement="council sat")
    make_revision(article, find=SECRET, put="A witness")
    by = make_editor()
    told = add_note(article, by=by, text=f"It was {SECRET} who rang.", case=case)
    other = add_note(article, by=by, text="The council met twice.")
    withhold(article)
    assert SECRET not in everything_stored()
    assert "it repeated withheld words" in Desk().open(case).content.decode()
    told.refresh_from_db()
    other.refresh_from_db()
    assert (told.text, other.text) == ("", "The council met twice.")


def test_mails_to_followers_go_too(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.EMAIL_BACKEND = tmp_path, BACKEND
    article = make_article(slug="followed", body=f"<p>The council met.</p><p>{SECRET} spoke.</p>")
    make_follower(article)
    make_revision(article, find=SECRET, put="A witness", kind=Kind.CORRECTION, note="“A witness” spoke.")
    post_all()
    file = file_of(Mail.objects.get().message_id)
    assert file.exists()
    withhold(article)
    assert not file.exists()


def test_what_was_made_of_it_for_another_article_goes_too() -> None:
    """The desk's own case about the same mistake elsewhere, its proposal with the note, a pending decision."""
    article = make_article(slug="origin", body="<p>The council met.</p><p>Mr. Bones of 4 Elm Row spoke.</p>")
    right = make_revision(article, find="Mr. Bones of 4 Elm Row", put=SECRET)
    make_revision(article, find=SECRET, put="A witness")
    made = dict[str, Case]()
    for name in ("waiting", "returned", "reworded", "pending"):
        elsewhere = make_article(slug=name, body="<p>Mr. Bones of 4 Elm Row sang there.</p>")
        case = make_case(elsewhere, "Mr. Bones of 4 Elm Row", SECRET, category="fact")
        Case.objects.filter(pk=case.pk).update(echo_of=right)
        desk = Desk(waits=name != "pending")
        typed = {"note": f"The singer is {SECRET}, not Mr. Bones."}
        if name == "reworded":
            desk.decide(case, "propose-edit", wording=f"{SECRET} (aged 40)", **typed)
        else:
            desk.decide(case, "propose", **typed)
        made[name] = case
    case = Case.objects.get(pk=made["returned"].pk)
    assert case.proposal
    return_cases(case.proposal, by=make_editor(), reason="Look again.")
    Suggestion.objects.all().delete()  # there is none behind a case of the desk's own
    withhold(article, number=2)
    assert SECRET not in everything_stored()
    assert "Elm Row sang" in everything_stored()  # what is public there
    tick()
    for name, case in made.items():
        case.refresh_from_db()
        assert case.state == "open", name
        assert Notification.objects.filter(article=case.article, kind="sent_back").count() == 1, name
    assert Proposal.objects.filter(state="returned", headline="", note="").count() == 3
    assert breaks() == []
