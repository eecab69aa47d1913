"""Writers x roles: each function that decides something refuses whoever may not, and then writes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from corrections.abuse.quarantine import reject_suggestions, release_all_suggestions, release_suggestions
from corrections.decisions.approvals import approve_cases, propose_cases, return_cases
from corrections.decisions.compose import Edit, compose
from corrections.decisions.merge_split import merge_cases, split_case
from corrections.decisions.outcomes import (
    ask_readers,
    assign_case,
    claim_case,
    close_as_fixed,
    decline_case,
    hold_case,
    mark_spam,
    publish_cases,
)
from corrections.decisions.rules import refuse_own_suggestion
from corrections.models import Case, Suggestion
from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Editor, Kind, Proposal
from newsroom.publishing.moves import Seen
from newsroom.publishing.policy import NotPermitted, OwnSuggestion
from newsroom.publishing.proposals import approve_proposal
from tests.support.admin_page import tree
from tests.support.desk_page import Desk, make_case, pass_the_time
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.mailbox import ADA
from tests.support.readers import case_of_reader
from tests.support.rows import every_row
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
EDITORS = (COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF)
STANDARDS = (STANDARDS_EDITOR, DESK_CHIEF)
Write = Callable[[Editor], object]


def publishing() -> Write:
    case = make_case(make_article())
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, "receive")])
    return lambda by: publish_cases([case], by=by, base=base, composed=composed, kind=Kind.TYPO)


def proposing() -> Write:
    case = make_case(make_article())
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, "receive")])
    return lambda by: propose_cases([case], by=by, base=base, composed=composed, kind=Kind.TYPO)


def proposed() -> Proposal:
    proposing()(make_editor())
    return Proposal.objects.latest("pk")


def approving() -> Write:
    proposal = proposed()
    return lambda by: approve_cases(proposal, by=by, seen=Seen(proposal.digest))


def sending_back() -> Write:
    proposal = proposed()
    return lambda by: return_cases(proposal, by=by, reason="Not yet.")


def about_a_case(decide: Callable[[Case, Editor], object]) -> Callable[[], Write]:
    def make() -> Write:
        case = make_case(make_article())
        return lambda by: decide(case, by)

    return make


def merging() -> Write:
    article = make_article()
    into, other = make_case(article), make_case(article, "three", "four")
    return lambda by: merge_cases(into, [into, other], by=by)


def splitting() -> Write:
    article = make_article()
    case = make_case(article)
    make_case(article, note="Again.")
    one = case.suggestions.prefetch_related("read_in__stored_text").first()
    assert one
    return lambda by: split_case(case, [one], by=by)


def about_a_flood(settle: Callable[[Suggestion, Editor], object]) -> Callable[[], Write]:
    def make() -> Write:
        suggestion = make_suggestion(make_article())
        Suggestion.objects.filter(pk=suggestion.pk).update(status=Suggestion.Status.HELD)
        return lambda by: settle(suggestion, by)

    return make


TOMORROW = timezone.now() + timedelta(days=1)
WRITERS: dict[str, tuple[Callable[[], Write], tuple[str, ...]]] = {
    "publish_cases": (publishing, EDITORS),
    "propose_cases": (proposing, EDITORS),
    "approve_cases": (approving, STANDARDS),
    "return_cases": (sending_back, EDITORS),
    "decline_case": (about_a_case(lambda case, by: decline_case(case, by=by, reason="It is right.")), EDITORS),
    "close_as_fixed": (about_a_case(lambda case, by: close_as_fixed(case, by=by)), EDITORS),
    "mark_spam": (about_a_case(lambda case, by: mark_spam(case, by=by)), EDITORS),
    "hold_case": (about_a_case(lambda case, by: hold_case(case, by=by, until=TOMORROW)), EDITORS),
    "ask_readers": (about_a_case(lambda case, by: ask_readers(case, by=by, question="Where?")), EDITORS),
    "assign_case": (about_a_case(lambda case, by: assign_case(case, by=by, to=None)), EDITORS),
    "claim_case": (about_a_case(lambda case, by: claim_case(case, by=by)), EDITORS),
    "merge_cases": (merging, EDITORS),
    "split_case": (splitting, EDITORS),
    "release_suggestions": (about_a_flood(lambda suggestion, by: release_suggestions([suggestion.pk], by=by)), EDITORS),
    "release_all_suggestions": (about_a_flood(lambda _suggestion, by: release_all_suggestions(by=by)), EDITORS),
    "reject_suggestions": (about_a_flood(lambda suggestion, by: reject_suggestions([suggestion.pk], by=by)), EDITORS),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_each_writer_obeys_the_table_of_roles(writer: str) -> None:
    make, allowed = WRITERS[writer]
    nobody = Editor.objects.create_user("nobody")
    for group in (COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF, AUDITOR, ""):
        by = make_editor(group=group) if group else nobody
        write = make()
        before = every_row()
        if group in allowed:
            write(by)
            assert every_row() != before, group
        else:
            with pytest.raises(NotPermitted):
                write(by)
            assert every_row() == before, group


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def test_an_editor_does_not_publish_their_own_suggestion(article: Article) -> None:
    desk = Desk()
    Editor.objects.filter(pk=desk.editor.pk).update(email="Ada+desk@Example.org")
    case = case_of_reader(article)
    answer = desk.decide(case, "publish")
    assert "You sent this yourself as a reader" in answer.content.decode()
    assert current_revision(article).number == 1
    Desk().decide(case, "publish")
    assert current_revision(article).number == 2


def test_an_address_that_nobody_confirmed_bars_nobody(article: Article) -> None:
    desk = Desk()
    Editor.objects.filter(pk=desk.editor.pk).update(email=ADA)
    desk.decide(make_case(article, email=ADA), "publish")
    assert current_revision(article).number == 2


def test_nor_do_they_approve_it_through_whichever_door(article: Article) -> None:
    case = case_of_reader(article, "three", "four")
    Desk().decide(case, "propose", kind="correction", note="It is four bridges.")
    pass_the_time()
    proposal = Proposal.objects.get()
    approver = make_editor(group="Standards editor")
    Editor.objects.filter(pk=approver.pk).update(email=ADA)
    with pytest.raises(OwnSuggestion):
        approve_proposal(proposal, by=Editor.objects.get(pk=approver.pk), seen=Seen(proposal.digest))
    page = Desk(approver).client.get(f"/admin/newsroom/proposal/{proposal.pk}/change/")
    form = next(form for form in tree(page).forms if "digest" in form.fields)
    answer = Desk(approver).client.post(
        f"/admin/newsroom/proposal/{proposal.pk}/change/", {**dict(form.form_values()), "decision": "approve"}
    )
    assert answer.status_code < 500
    assert current_revision(article).number == 1


def test_the_rule_stands_in_the_decision_itself(article: Article) -> None:
    editor = make_editor()
    editor.email = ADA
    case = case_of_reader(article)
    with pytest.raises(OwnSuggestion):
        refuse_own_suggestion([case], by=editor)
    assert publish_cases.__doc__
    assert "OwnSuggestion" in publish_cases.__doc__
