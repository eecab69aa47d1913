"""What readers said about themselves goes when it has been kept long enough, and the record still verifies."""

import os
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from corrections.decisions.commitments import commitment
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import ask_readers, decline_case, publish_cases
from corrections.decisions.pending import decide
from corrections.decisions.rules import lock_undecided
from corrections.models import Case, Contact, Decision, Delivery, Follower, Mail, Suggestion, Thanks
from corrections.privacy.retention import purge_personal_data
from corrections.privacy.withdrawal import available_actions, erase_reader, withdraw_suggestion
from corrections.suggestions.answer import answer_question
from corrections.suggestions.credits import credits_of
from corrections.tasks import purge
from corrections.triage.pipeline import triage_suggestion
from corrections.webhooks.enqueue import ping_hook, queue_deliveries
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Act, Kind
from newsroom.operations.mail_files import BACKEND, file_of
from tests.support.databases import Database
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.followers import ask_to_follow, make_follower
from tests.support.mailbox import ADA, confirmation_link, make_reader, post_all, press
from tests.support.record_check import breaks
from tests.support.rows import every_row
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook

pytestmark = pytest.mark.django_db
PERSONAL = ("Lovelace", "I was there", "ada@example.org", "evidence.example.org", "In the minutes", "Where, Ada")


def all_rows() -> str:
    """Every row of every table."""
    return "\n".join(str(list(model._default_manager.values())) for model in apps.get_models(include_auto_created=True))


def fresh(suggestion: Suggestion) -> Any:
    return Suggestion.objects.select_related("article", "case__merged_into").get(pk=suggestion.pk)


def make_full(**more: Any) -> Any:
    """A suggestion that says all it can, in a case whose editor asked and was answered."""
    suggestion = make_reader(make_article(), note="I was there.", credit="Lovelace", **more)
    Suggestion.objects.filter(pk=suggestion.pk).update(
        evidence_url="https://evidence.example.org/", address_hash="a" * 64
    )
    triage_suggestion(suggestion.pk)
    ask_readers(fresh(suggestion).case, by=make_editor(), question="Where, Ada?")
    answer_question(fresh(suggestion), text="In the minutes.")
    return fresh(suggestion)


def publish(case: Case) -> None:
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, "receive")])
    publish_cases([case], by=make_editor(), base=base, composed=composed, kind=Kind.TYPO)


def pass_days(days: int) -> None:
    """Everything that happened to suggestions, cases and decisions is older by that."""
    ago = timedelta(days=days)
    dated: list[tuple[Any, tuple[str, ...]]] = [
        (Suggestion, ("received_at", "withdrawn_at")),
        (Case, ("decided_at",)),
        (Decision, ("made_at", "due_at")),
    ]
    for model, names in dated:
        for row in model._default_manager.all():
            dates = {name: getattr(row, name) and getattr(row, name) - ago for name in names}
            model._default_manager.filter(pk=row.pk).update(**dates)


@pytest.mark.both_databases
def test_ninety_days_after_its_case_was_closed_nothing_tells_who_sent_it(committed_db: Database) -> None:
    suggestion = make_full()
    decline_case(suggestion.case, by=make_editor(), reason="It is right as it stands.")
    pass_days(89)
    assert purge_personal_data().suggestions == 0
    assert all(word in all_rows() for word in PERSONAL)

    pass_days(2)
    before = breaks()  # of the times that this test has moved
    purged = purge_personal_data()

    assert breaks() == before
    assert (purged.suggestions, purged.addresses, purged.questions) == (1, 1, 1)
    assert [word for word in PERSONAL if word in all_rows()] == []
    after = fresh(suggestion)
    assert (after.exact, after.replacement, after.address_hash) == ("recieve", "receive", "")
    assert (after.case.reason, Contact.objects.count(), Mail.objects.count()) == ("It is right as it stands.", 0, 0)


@pytest.mark.both_databases
def test_what_still_waits_is_kept_however_old() -> None:
    suggestion = make_full()
    received = make_reader(make_article(), note="Nobody looked at it yet.")
    pass_days(400)

    assert purge_personal_data().suggestions == 0

    assert fresh(suggestion).note
    assert fresh(received).note


@pytest.mark.parametrize("status", ["held", "failed", "spam"])
def test_what_never_had_a_case_counts_from_the_day_it_came(status: str) -> None:
    suggestion = make_suggestion(make_article(), note="I was there.")
    Suggestion.objects.update(status=status)
    pass_days(91)

    assert purge_personal_data().suggestions == 1
    assert fresh(suggestion).note == ""


def test_what_was_taken_back_counts_from_that_day_though_its_case_goes_on() -> None:
    article = make_article()
    one, other = (make_suggestion(article, note="I was there.") for _ in range(2))
    for each in (one, other):
        triage_suggestion(each.pk)
    withdraw_suggestion(fresh(one))
    pass_days(91)

    assert purge_personal_data().suggestions == 1
    assert [fresh(one).note, fresh(other).note] == ["", "I was there."]


def test_mails_to_followers_go_after_ninety_days_and_the_follower_stays() -> None:
    article = make_article()
    make_follower(article)
    ask_to_follow(article, email="bob@example.org")
    make_revision(article, find="recieve", put="receive", kind=Kind.CORRECTION, note="“receive”, not “recieve”.")
    post_all()
    assert purge_personal_data().followers == 0
    ago = timezone.now() - timedelta(days=91)
    Mail.objects.update(owed_at=ago)
    Follower.objects.update(given_at=ago)

    purged = purge_personal_data()

    assert (purged.followers, purged.mails) == (1, 2)
    assert [follower.address for follower in Follower.objects.all()] == [ADA]
    assert post_all() == []


def test_the_files_and_rows_of_mails_go_too(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.EMAIL_BACKEND = tmp_path, BACKEND
    suggestion = make_suggestion(make_article(), email=ADA)
    post_all()
    press(confirmation_link(suggestion), receipt="1")
    post_all()
    files = [file_of(name) for name in Mail.objects.values_list("message_id", flat=True)]
    assert [path.exists() for path in files] == [True, True]
    triage_suggestion(suggestion.pk)
    decline_case(fresh(suggestion).case, by=make_editor(), reason="It is right as it stands.")
    pass_days(91)

    assert purge_personal_data().mails == 2

    assert [path.exists() for path in files] == [False, False]


def test_a_name_asked_for_stays_beside_what_was_published_until_its_reader_has_it_erased() -> None:
    suggestion = make_full()
    publish(suggestion.case)
    revision = fresh(suggestion).case.published_in
    pass_days(91)

    purge_personal_data()

    assert Suggestion.objects.get().name == ""
    assert Thanks.objects.get().name == "Lovelace"
    assert credits_of([revision.pk]) == {revision.pk: ["Lovelace"]}
    assert available_actions(fresh(suggestion)).erase

    erase_reader(fresh(suggestion))
    assert credits_of([revision.pk]) == {}
    assert "Lovelace" not in all_rows()
    assert not available_actions(fresh(suggestion)).erase


def test_a_name_is_not_kept_where_nothing_was_published_or_nobody_wished_it() -> None:
    declined = make_full()
    decline_case(declined.case, by=make_editor(), reason="It is right as it stands.")
    silent = make_suggestion(make_article(), name="Lovelace")
    triage_suggestion(silent.pk)
    publish(fresh(silent).case)
    pass_days(91)

    purge_personal_data()

    assert not Thanks.objects.exists()
    assert "Lovelace" not in all_rows()


def test_what_editors_typed_into_old_decisions_goes_too() -> None:
    suggestion = make_suggestion(make_article())
    triage_suggestion(suggestion.pk)
    decide("ask", [fresh(suggestion).case], by=make_editor(), payload={"question": "Where, Ada?"}, typed={"Q": "Ada"})
    Decision.objects.update(state=Decision.State.RETURNED)
    pass_days(91)

    assert purge_personal_data().decisions == 1

    assert Decision.objects.values("typed", "payload").get() == {"typed": {}, "payload": {}}
    assert purge_personal_data().decisions == 0


def test_the_act_of_a_question_commits_to_its_words_and_holds_none() -> None:
    suggestion = make_full()
    case = suggestion.case
    act = Act.objects.get(verb="ask_readers")

    assert "Ada" not in act.payload
    assert commitment("Where, Ada?", salt=case.question_salt) in act.payload
    assert commitment("Where, Ada!", salt=case.question_salt) not in act.payload
    with_another = ask_readers(lock_again(case), by=make_editor(), question="Where, Ada?")
    assert with_another.question_salt != case.question_salt


def lock_again(case: Case) -> Case:
    return lock_undecided([case])[0]


def test_once_more_erases_nothing_more_and_says_so_in_a_line() -> None:
    suggestion = make_full()
    decline_case(suggestion.case, by=make_editor(), reason="It is right as it stands.")
    pass_days(91)
    purge()
    before = Suggestion.objects.values().get()
    out = StringIO()

    call_command("purge_personal_data", stdout=out)

    assert Suggestion.objects.values().get() == before
    assert out.getvalue() == (
        "erased what ended more than 90 days ago: "
        "0 suggestions, 0 addresses, 0 followers, 0 mails, 0 questions, 0 decisions, 0 deliveries, "
        "0 notes, 0 notifications\n"
    )


def test_many_batches_are_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article()
    for _ in range(5):
        make_suggestion(article, note="I was there.")
    Suggestion.objects.update(status="spam", received_at=timezone.now() - timedelta(days=91))
    monkeypatch.setattr("corrections.privacy.retention.BATCH", 2)

    halfway = purge_personal_data(seconds=0)
    assert (halfway.suggestions, halfway.is_complete) == (2, False)
    rest = purge_personal_data()

    assert (rest.suggestions, rest.is_complete) == (3, True)
    assert not Suggestion.objects.exclude(note="").exists()


def test_a_mail_file_that_cannot_be_deleted_is_told_in_one_line(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    stray = tmp_path / "mail" / "stray.eml"
    stray.mkdir(parents=True)
    old = (timezone.now() - timedelta(days=91)).timestamp()
    os.utime(stray, (old, old))

    with pytest.raises(CommandError, match="a mail file cannot be deleted"):
        call_command("purge_personal_data")


def make_bystanders(folder: Path) -> dict[tuple[str, Any], dict[str, Any]]:
    """Rows of every table that the purge touches, none of them due: open, young, pending. As every_row gives them."""
    make_hook("https://receiver.example/")
    make_full()  # open, with a question and its answer, a confirmed address and a mail
    declined = make_full(email="grace@example.org")
    decline_case(declined.case, by=make_editor(), reason="It is right as it stands.")
    decide(
        "ask",
        [make_full(email="edsger@example.org").case],
        by=make_editor(),
        payload={"question": "?"},
        typed={"Q": "?"},
    )
    make_hook("https://receiver.example/")
    queue_deliveries()
    post_all()
    assert list(folder.glob("*.eml"))
    assert Delivery.objects.exists()
    return every_row()


def test_what_is_not_due_stays_as_it_was_beside_what_goes(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.EMAIL_BACKEND = tmp_path, BACKEND
    gone = make_full(email="lord@example.org")
    decline_case(gone.case, by=make_editor(), reason="It is right as it stands.")
    decide("spam", [triaged_case()], by=make_editor(), payload={"old": "words"}, typed={"old": "words"})
    Decision.objects.update(state=Decision.State.CARRIED_OUT)
    post_all()
    pass_days(91)
    due = set(every_row())
    files = set(tmp_path.glob("mail/*.eml"))
    before = make_bystanders(tmp_path / "mail")
    young = set(tmp_path.glob("mail/*.eml")) - files

    purged = purge_personal_data()

    after = every_row()
    assert (purged.suggestions, purged.addresses, purged.questions, purged.decisions) == (1, 1, 1, 1)
    assert purged.mails > 0
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed - due == set()
    assert set(tmp_path.glob("mail/*.eml")) == young


def triaged_case() -> Case:
    case = triage_suggestion(make_suggestion(make_article()).pk)
    assert case
    return case


@pytest.mark.parametrize(("days", "is_kept"), [(89, True), (91, False)])
def test_deliveries_are_kept_ninety_days(days: int, is_kept: bool) -> None:
    make_hook("https://receiver.example/")
    triaged_case()
    queue_deliveries()
    Delivery.objects.update(made_at=timezone.now() - timedelta(days=days))
    triaged_case()
    queue_deliveries()
    young = set(Delivery.objects.filter(made_at__gt=timezone.now() - timedelta(days=1)).values_list("pk", flat=True))
    old = set(Delivery.objects.values_list("pk", flat=True)) - young
    assert old
    assert young

    purged = purge_personal_data()

    assert set(Delivery.objects.values_list("pk", flat=True)) == (young | old if is_kept else young)
    assert purged.deliveries == (0 if is_kept else len(old))


# To the second -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("seconds", "erased"), [(-1, 0), (0, 0), (1, 1)])
@pytest.mark.parametrize(
    ("ended", "changed"),
    [
        (datetime(2026, 1, 31, tzinfo=UTC), {"status": "failed"}),
        (datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC), {"status": "withdrawn", "withdrawn_at": ...}),
        (datetime(2026, 1, 31, tzinfo=UTC), {}),
    ],
    ids=["failed", "withdrawn", "declined"],
)
def test_ninety_days_are_ninety_days_at_the_ends_of_months(
    ended: datetime, changed: dict[str, Any], seconds: int, erased: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggestion = make_suggestion(make_article(), note="I was there.")
    if not changed:
        triage_suggestion(suggestion.pk)
        Case.objects.update(state="declined", reason="No.", decided_at=ended)
    moments = {name: ended if value is ... else value for name, value in changed.items()}
    received = ended if changed == {"status": "failed"} else ended - timedelta(days=1)
    Suggestion.objects.filter(pk=suggestion.pk).update(received_at=received, **moments)
    monkeypatch.setattr(timezone, "now", lambda: ended + timedelta(days=90, seconds=seconds))
    assert purge_personal_data().suggestions == erased


@pytest.mark.parametrize(("seconds", "gone"), [(0, 0), (1, 1)])
def test_so_are_those_of_messages_and_of_what_editors_typed(
    seconds: int, gone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = datetime(2026, 1, 31, tzinfo=UTC)
    ping_hook(make_hook("https://example.org/"), by=make_editor(group=DESK_CHIEF))
    Delivery.objects.update(made_at=made)
    case = triage_suggestion(make_suggestion(make_article()).pk)
    assert case
    decide("decline", [case], by=make_editor(), payload={"reason": "No."}, typed={"Your reason": "No."})
    Decision.objects.update(made_at=made, due_at=made, state="returned")
    monkeypatch.setattr(timezone, "now", lambda: made + timedelta(days=90, seconds=seconds))
    purged = purge_personal_data()
    assert (purged.deliveries, purged.decisions) == (gone, gone)
