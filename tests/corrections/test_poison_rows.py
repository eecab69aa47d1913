"""A row whose work raises, before each kind of owed work: the row is set aside, and all the other work is done."""

from collections.abc import Callable
from datetime import timedelta

import redis
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.decisions.pending import UNDO_WINDOW
from corrections.jobs.failures import RETRY_DELAYS
from corrections.models import Case, Contact, Decision, Delivery, FailedJob, Hook, Mail, Suggestion
from corrections.tasks import dispatch
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Proposal
from newsroom.operations.environment import BROKER_PREFIX, redis_client_url
from newsroom.operations.heartbeat import has_heartbeat
from newsroom.publishing.proposals import return_proposal
from tests.conftest import Broker
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case, messages, pass_the_time
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.mailbox import make_reader
from tests.support.poison import cure, poison
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until
from tests.support.webhook_steps import make_hook

NOTE = "It said “recieve”, where it should have said “receive”."


def test_one_poisoned_row_of_every_kind_keeps_no_other_waiting(processes: Processes, broker: Broker) -> None:
    done: dict[str, Callable[[], object]] = {}
    desk = Desk(waits=False)
    proposals = [_returned_proposal(desk) for _turn in range(2)]

    sick, well = (make_suggestion(make_article()) for _turn in range(2))
    poison(sick, "NEW.status = 'triaged'")
    done["suggestion"] = lambda: Suggestion.objects.get(pk=well.pk).status == "triaged"

    moved = [make_case(make_article()) for _turn in range(2)]
    for case in moved:
        make_revision(case.article, find="Tuesday", put="Friday")
    poison(moved[0].article, "NEW.state = 'open'", on=Case, column="article_id")
    done["article"] = lambda: Case.objects.get(pk=moved[1].pk).anchored_in.number == 2

    decided = [make_case(make_article()) for _turn in range(2)]
    for case in decided:
        desk.decide(case, "publish")
    Decision.objects.update(due_at=timezone.now() - UNDO_WINDOW)
    decisions = [Case.objects.get(pk=case.pk).decision for case in decided]
    assert decisions[0] is not None
    poison(decisions[0], "NEW.state <> 'pending'")
    done["decision"] = lambda: Case.objects.get(pk=decided[1].pk).state == "published"

    poison(proposals[0], "NEW.state = 'open'", on=Case, column="proposal_id")
    done["proposal"] = lambda: proposals[1].cases.get().state == "open"

    held = [make_case(make_article()) for _turn in range(2)]
    past = timezone.now() - timedelta(minutes=1)
    Case.objects.filter(pk__in=[case.pk for case in held]).update(state="held", held_until=past)
    poison(held[0], "NEW.state = 'open'")
    done["hold"] = lambda: Case.objects.get(pk=held[1].pk).state == "open"

    asked = [
        Contact.objects.get(suggestion=make_suggestion(make_article(), email=f"{name}@example.org")) for name in "ab"
    ]
    poison(asked[0], "NEW.state <> 'asked'")
    done["confirmation"] = lambda: Mail.objects.filter(kind="confirm", suggestion=asked[1].suggestion_id).exists()

    heard = [make_reader(make_article(), email=f"{name}@example.org") for name in "cd"]
    Suggestion.objects.filter(pk__in=[each.pk for each in heard]).update(status="withdrawn", withdrawn_at=past)
    readers = [Contact.objects.get(suggestion=each) for each in heard]
    poison(readers[0], "NEW.is_closed")
    done["news"] = lambda: Contact.objects.get(pk=readers[1].pk).is_closed

    hooks = [make_hook(f"http://{name}.example.org/") for name in "ab"]
    Hook.objects.filter(pk=hooks[0].pk).update(listens_since=timezone.now() + timedelta(hours=1))  # and to be put right
    poison(hooks[0], "NEW.listens_since <= now()")
    done["webhook"] = lambda: Delivery.objects.filter(hook=hooks[1]).exists()

    told = [current_revision(make_article()) for _turn in range(2)]
    poison(told[0], "NEW.event = 'revision.published'", on=Delivery, column="subject")
    done["event"] = lambda: Delivery.objects.filter(hook=hooks[1], subject=told[1].pk).exists()

    sent = [ping_hook(hooks[1], by=make_editor(group=DESK_CHIEF)) for _turn in range(2)]
    poison(sent[0], "NEW.attempts > 0")
    done["delivery"] = lambda: Delivery.objects.get(pk=sent[1].pk).attempts > 0

    processes.worker()
    processes.beat()

    for is_done in done.values():
        wait_until(is_done)
    wait_until(lambda: set(FailedJob.objects.values_list("kind", flat=True)) == set(done))
    assert all("poisoned" in error for error in FailedJob.objects.values_list("error", flat=True))
    assert Hook.objects.get(pk=hooks[0].pk).deliveries.count() == 0
    _assert_that_all_keys_are_ours(broker)

    # After five attempts an editor sees them, and has them tried once more when the cause is gone.
    FailedJob.objects.exclude(kind="suggestion").update(attempts=len(RETRY_DELAYS) + 1, retry_at=None)
    Suggestion.objects.filter(pk=sick.pk).update(status="failed", attempts=5)
    [box] = tree(desk.client.get(LIST)).xpath("//section[@aria-labelledby='failed-heading']")
    assert box.text_content().count("poisoned") == len(done)
    cure()
    desk.client.post(f"{LIST}try-again/")
    assert "What failed is tried once more" in messages(desk)
    wait_until(lambda: Case.objects.get(pk=decided[0].pk).state == "published")
    wait_until(lambda: Suggestion.objects.get(pk=sick.pk).status == "triaged")
    wait_until(lambda: not FailedJob.objects.exists())
    assert not tree(desk.client.get(LIST)).xpath("//section[@aria-labelledby='failed-heading']")


def _returned_proposal(desk: Desk) -> Proposal:
    """Decided by an editor outside the desk."""
    case = make_case(make_article())
    desk.decide(case, "propose", kind="correction", note=NOTE)
    pass_the_time()
    proposal = Proposal.objects.get(cases=case)
    return return_proposal(proposal, by=make_editor(group=STANDARDS_EDITOR), reason="Who counted?")


def _assert_that_all_keys_are_ours(broker: Broker) -> None:
    with redis.Redis.from_url(redis_client_url(broker.url)) as client:
        names = [*client.scan_iter(), *client.pubsub_channels()]
    assert names
    assert [name for name in names if not name.startswith(BROKER_PREFIX.encode())] == []


def test_another_program_in_the_same_redis_is_left_alone(processes: Processes, broker: Broker) -> None:
    foreign = {b"celery": [b"no message at all", b'{"task": "theirs"}'], b"work": [b"\xff\xfe"], b"clock": [b"12"]}
    with redis.Redis.from_url(redis_client_url(broker.url)) as client:
        for key, values in foreign.items():
            client.rpush(key, *values)
        suggestion = make_suggestion(make_article())
        processes.worker()
        processes.beat()
        wait_until(lambda: Suggestion.objects.get(pk=suggestion.pk).status == "triaged")

        assert {key: client.lrange(key, 0, -1) for key in foreign} == foreign
        client.delete(*foreign)
    _assert_that_all_keys_are_ours(broker)


def test_suggestions_are_handed_out_before_anything_else(committed_db: None, broker: Broker) -> None:
    """A tick that comes to nothing else has handed them out."""
    suggestion, case = make_suggestion(make_article()), make_case(make_article())
    Desk(waits=False).decide(case, "publish")
    Decision.objects.update(due_at=timezone.now() - UNDO_WINDOW)
    poison(Decision.objects.get(), "NEW.leased_until IS NOT NULL")  # the whole claim fails, not the work on one row

    dispatch()

    assert broker.waiting() == 3  # the suggestion, and the sentences of two articles
    assert Suggestion.objects.get(pk=suggestion.pk).leased_until is not None
    assert has_heartbeat()
