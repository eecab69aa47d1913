"""Each event is told once, also one that became visible late."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.abuse.quarantine import reject_suggestions
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case, publish_cases
from corrections.models import Case, Event, Hook, PayloadFormat, Suggestion
from corrections.notes.writing import add_note
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.webhooks.events import pending_events
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Kind
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_receiver import Receiver
from tests.support.webhook_steps import make_hook, tick, told, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_receivers")]


def publish(case: Case) -> None:
    """As suggested, by the desk."""
    from_desk = make_editor(group=STANDARDS_EDITOR)
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, case.replacement or "")])
    publish_cases([case], by=from_desk, base=base, composed=composed, kind=Kind.TYPO)


@pytest.mark.both_databases
def test_a_case_its_decision_and_its_revision_are_told_once_each(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    article = make_article()
    case = make_case(article, email="reader@example.org", note="my neighbour says so")
    publish(case)

    tick()
    tick()

    # Two revisions: the publication and the correction.
    assert told(receiver) == ["case.created", "revision.published", "revision.published", "suggestion.decided"]
    messages = [verified(got, hook) for got in receiver.got]
    [decided] = [message["data"] for message in messages if message["type"] == Event.SUGGESTION_DECIDED]
    suggestion = Suggestion.objects.get()
    assert decided["suggestions"] == [str(suggestion.pk)]
    assert (decided["outcome"], decided["passage"], decided["replacement"]) == ("published", "recieve", "receive")
    assert decided["url"].endswith(f"/articles/{article.slug}/revisions/2/#spot-17-24")
    revision = max((m["data"] for m in messages if m["type"] == Event.REVISION_PUBLISHED), key=lambda d: d["revision"])
    assert (revision["kind"], revision["article"]["headline"]) == ("typo", "Report on the bridges is due")
    assert revision["diff_url"].endswith(f"/articles/{article.slug}/changes/1...2/")
    # Nothing of the reader.
    everything = b"".join(got.body for got in receiver.got)
    assert b"reader@example.org" not in everything
    assert b"neighbour" not in everything


@pytest.mark.both_databases
@pytest.mark.parametrize("form", list(PayloadFormat))
def test_suggestions_that_end_before_they_have_a_case_are_told_once_for_each_article(
    receiver: Receiver, form: PayloadFormat
) -> None:
    articles = make_article(), make_article()
    held = [make_suggestion(article, note="buy gold") for article in (articles[0], *articles)]
    Suggestion.objects.update(status=Suggestion.Status.HELD)
    make_hook(receiver.url, events=["suggestion.decided"], form=form)

    reject_suggestions([suggestion.pk for suggestion in held], by=make_editor())
    withdraw_suggestion(taken_back := make_suggestion(articles[0]))
    tick()
    tick()

    assert len(receiver.got) == 3
    assert "gold" not in "".join(got.body.decode() for got in receiver.got)
    if form is PayloadFormat.STANDARD:
        messages = [json.loads(got.body)["data"] for got in receiver.got]
        ended = {(message["article"]["slug"], message["outcome"]): message["suggestions"] for message in messages}
        assert ended == {
            (articles[0].slug, "spam"): [str(suggestion.pk) for suggestion in held[:2]],
            (articles[1].slug, "spam"): [str(held[2].pk)],
            (articles[0].slug, "withdrawn"): [str(taken_back.pk)],
        }
        assert {message["case"] for message in messages} == {None}


@pytest.mark.both_databases
def test_what_becomes_visible_late_is_told_all_the_same(receiver: Receiver) -> None:
    make_hook(receiver.url, events=["case.created"])
    Hook.objects.update(listens_since=timezone.now() - timedelta(hours=1), told_until=timezone.now())
    case = make_case(make_article())
    # As of a transaction that began before the webhook was last told, and ended after.
    Case.objects.filter(pk=case.pk).update(created_at=timezone.now() - timedelta(minutes=2))

    tick()
    tick()

    assert told(receiver) == ["case.created"]


def test_a_declined_case_tells_its_public_reason_and_one_taken_for_spam_none(receiver: Receiver) -> None:
    make_hook(receiver.url, events=["suggestion.decided"])
    decline_case(make_case(make_article()), by=make_editor(), reason="The council says so itself.")

    tick()

    data = json.loads(receiver.got[0].body)["data"]
    assert (data["outcome"], data["reason"], data["revision"]) == ("declined", "The council says so itself.", None)


@pytest.mark.parametrize(("microseconds", "is_told"), [(0, True), (1, False)])
@pytest.mark.parametrize("cursor", ["listens_since", "told_until"])
def test_what_happened_at_the_very_moment_is_told(cursor: str, microseconds: int, is_told: bool) -> None:
    hook = make_hook("https://example.org/", events=["revision.published"])
    at = current_revision(make_article()).published_at + timedelta(microseconds=microseconds)
    moments = (at, at) if cursor == "listens_since" else (at - timedelta(days=1), at + timedelta(minutes=5))
    hook.listens_since, hook.told_until = moments
    assert len(pending_events(hook)) == int(is_told)


def test_work_for_editors_is_told_once_however_many_it_concerns_and_without_log_in_names(receiver: Receiver) -> None:
    hook = make_hook(receiver.url, events=[Event.DESK_NOTIFIED])
    chat = make_hook(receiver.url, events=[Event.DESK_NOTIFIED], form=PayloadFormat.CHAT)
    article = make_article()
    make_editor(username="zoe", public_name="Zoë Quill")
    make_editor(username="secretlogin")
    add_note(article, by=make_editor(), text="@zoe @secretlogin: Ada rang.")

    for _tick in range(4):
        tick()

    bodies = {got.headers["webhook-id"]: got for got in receiver.got}
    assert len(bodies) == 2
    [message] = [verified(got, hook) for got in bodies.values() if b'"type"' in got.body]
    assert (message["type"], message["data"]["kind"], message["data"]["for"]) == (
        "desk.notified",
        "mentioned",
        ["Zoë Quill"],
    )
    assert message["data"]["desk_url"].endswith(f"/admin/newsroom/article/{article.pk}/change/#internal-notes")
    [line] = [json.loads(got.body)["text"] for got in bodies.values() if b'"type"' not in got.body]
    assert line.startswith("Mentioned in a note in “Report on the bridges is due”\nFor: Zoë Quill\n")
    everything = b"".join(got.body for got in receiver.got)
    assert b"secretlogin" not in everything
    assert b"Ada rang" not in everything
    assert chat.deliveries.count() == 1
