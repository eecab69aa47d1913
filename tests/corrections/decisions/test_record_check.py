"""Cases are compared with the acts that decided them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corrections.decisions.approvals import approve_cases, propose_cases
from corrections.decisions.compose import Edit, compose
from corrections.decisions.merge_split import merge_cases
from corrections.decisions.outcomes import (
    ask_readers,
    assign_case,
    close_as_fixed,
    decline_case,
    hold_case,
    mark_spam,
    publish_cases,
)
from corrections.models import Case
from corrections.triage.reanchoring import reanchor_article
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Act, Article, Editor, Kind
from newsroom.publishing.moves import Seen
from tests.support import tampering as attackers
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.record_check import breaks

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def cases(quick_passwords: None) -> dict[str, Case]:
    """A case in each state that an editor can bring it to."""
    article, by, second = make_article(slug="bridges"), make_editor(), make_editor(group=STANDARDS_EDITOR)
    words = ("recieve", "council", "report", "Tuesday", "counts", "bridges", "three", "which", "closed", "14")
    names = ("published", "declined", "fixed", "spam", "held", "asked", "assigned", "merged", "target", "proposed")
    made = {name: make_case(article, word, f"{word}s") for name, word in zip(names, words, strict=True)}
    decline_case(made["declined"], by=by, reason="We see it otherwise.")
    close_as_fixed(made["fixed"], by=by)
    mark_spam(made["spam"], by=by)
    hold_case(made["held"], by=by, until=timezone.now() + timedelta(days=3))
    ask_readers(made["asked"], by=by, question="Where did you read it?")
    assign_case(made["assigned"], by=by, to=second)
    merge_cases(made["target"], [made["merged"]], by=by)
    publish(article, made["published"], by)
    propose(article, made["proposed"], by)
    assert breaks() == []
    return made


def publish(article: Article, case: Case, by: Editor) -> None:
    base = current_revision(article)
    publish_cases([case], by=by, base=base, composed=compose(base, [Edit(case, "receive")]), kind=Kind.TYPO)


def propose(article: Article, case: Case, by: Editor) -> None:
    reanchor_article(article)
    base = current_revision(article)
    case = Case.objects.get(pk=case.pk)
    composed = compose(base, [Edit(case, "15")])
    propose_cases([case], by=by, base=base, composed=composed, kind=Kind.CORRECTION, note="It is 15, not 14.")


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("declined", "state = 'spam'", "is spam, and act 2 says otherwise (decline_case)"),
        ("declined", "reason = 'Other.'", "its reason differ from what act 2 says"),
        ("declined", "decided_by_id = {other}", "its decided_by differ from what act 2 says"),
        ("declined", "decided_at = '2020-01-01 00:00:00+00:00'", "its decided_at differ from what act 2 says"),
        ("declined", "state = 'open'", "is open, and act 2 says otherwise (decline_case)"),
        ("fixed", "decided_by_id = NULL", "its decided_by differ from what act 3 says"),
        ("spam", "state = 'already_fixed'", "is already_fixed, and act 4 says otherwise (mark_spam)"),
        ("held", "held_until = '2030-01-01 00:00:00+00:00'", "is not as act 5 left it (hold_case)"),
        ("held", "state = 'published', published_in_id = {revision}", "is published, and no act says so"),
        ("asked", "question = 'Who are you?'", "is not as act 6 left it (ask_readers)"),
        ("assigned", "assignee_id = {other}", "is not as act 7 left it (assign_case)"),
        ("merged", "merged_into_id = {case}", "its merged_into differ from what act 8 says"),
        ("published", "published_in_id = {revision}", "its published_in differ from what act 10 says"),
        ("published", "decided_by_id = {other}", "its decided_by differ from what act 10 says"),
        ("proposed", "proposal_id = NULL", "is not as act 12 left it (propose_case)"),
        ("target", "state = 'held', held_until = '2030-01-01 00:00:00+00:00'", "is held, and no act hold_case says so"),
    ],
)
def test_a_case_that_was_bent_is_named(cases: dict[str, Case], name: str, change: str, expected: str) -> None:
    case = cases[name]
    first = case.article.revisions.get(number=1)
    changed = change.format(other=make_editor().pk, case=cases["held"].pk, revision=first.pk)
    attackers.check_now()
    attackers.run(f"UPDATE corrections_case SET {changed} WHERE id = %s", case.pk)
    assert f"case {case.pk} of bridges: {expected}" in breaks()


def test_a_case_that_is_not_there_or_of_another_article_is_named(cases: dict[str, Case]) -> None:
    article = make_article(slug="roads")
    attackers.check_now()
    attackers.run("UPDATE corrections_case SET article_id = %s WHERE id = %s", article.pk, cases["spam"].pk)
    assert breaks() == [
        "act 4: names cases that article:bridges has not got",
        f"case {cases['spam'].pk} of roads: is spam, and no act says so",
    ]


def test_what_a_second_editor_approved_is_whole_until_the_approver_is_swapped(cases: dict[str, Case]) -> None:
    case = Case.objects.select_related("proposal__article").get(pk=cases["proposed"].pk)
    assert case.proposal
    approve_cases(case.proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen(case.proposal.digest))
    assert breaks() == []

    with attackers.guards_dropped():
        attackers.run("UPDATE corrections_case SET decided_by_id = %s WHERE id = %s", make_editor().pk, case.pk)
    [wrong] = breaks()
    assert wrong.startswith(f"case {case.pk} of bridges: its decided_by differ")


def test_acts_of_earlier_versions_name_fewer_facts(cases: dict[str, Case]) -> None:
    act = Act.objects.get(verb="decline_case")
    payload = act.payload.partition(',"decided_at"')[0] + ',"reason":"We see it otherwise."}'
    with attackers.guards_dropped():
        attackers.run("UPDATE newsroom_act SET payload = %s WHERE sequence = %s", payload, act.pk)
        attackers.make_consistent()
    assert breaks() == []
