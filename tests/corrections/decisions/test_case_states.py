"""A model of what can happen to cases, in any order: no state is a dead end, and no row contradicts a row or an act."""

import os
import random
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from corrections.decisions.approvals import settle_proposal
from corrections.decisions.compose import Edit, compose
from corrections.decisions.messages import REFUSALS
from corrections.decisions.outcomes import end_holds
from corrections.decisions.payloads import NewRevision, Payload, revision_payload
from corrections.decisions.pending import UNDO_WINDOW, check_decision, decide, due_decisions, execute_decisions, undo
from corrections.decisions.rules import DECIDABLE
from corrections.models import OPEN_STATES, Case, Decision, FailedJob, Suggestion
from corrections.privacy.withdrawal import erase_reader, withdraw_suggestion
from corrections.suggestions.reader_status import suggestion_status
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Kind, Proposal, Refused, Revision
from newsroom.publishing.moves import move_overtaken, overtaken_proposals
from newsroom.publishing.proposals import return_proposal
from newsroom.publishing.publish import AlreadyDecided, publish_revision
from newsroom.text.canonical import canonical_text
from tests.support.factories import current_revision, make_article, make_editor, make_wording
from tests.support.record_check import breaks
from tests.support.suggestion_factories import make_suggestion
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db
WORDS = ("recieve", "Tuesday", "council", "three", "bridges")
SIMPLE: dict[str, Payload] = {
    "decline": {"reason": "It is right as it stands."},
    "ask": {"question": "Where did you read that?"},
    "fixed": {},
    "spam": {},
}
picks = st.integers(min_value=0, max_value=1_000_000)


class Cases(RuleBasedStateMachine):
    """One article, its readers, two editors and a chief. Proposals move along, are amended and consented to."""

    @initialize()
    def publish(self) -> None:
        self.editors = [make_editor(group=STANDARDS_EDITOR), make_editor(group=STANDARDS_EDITOR)]
        self.chief = make_editor(group=DESK_CHIEF)
        self.article = make_article(by=self.editors[0])
        for word in WORDS[:3]:
            self.send(word, f"{word}s")

    # Readers ----------------------------------------------------------------------------------------------------------
    @precondition(lambda self: not self.is_retracted())
    @rule(word=st.sampled_from(WORDS), replacement=st.sampled_from(["one", "two", None]))
    def send(self, word: str, replacement: str | None) -> None:
        if word in current_revision(self.article).require_content().text:
            suggestion = make_suggestion(self.article, word, replacement, note="Look again.", category="clarity")
            triage_suggestion(suggestion.pk)

    @rule(pick=picks)
    def withdraw(self, pick: int) -> None:
        if suggestion := self.one(Suggestion.objects.live(), pick):
            try:
                withdraw_suggestion(suggestion)
            except AlreadyDecided:
                assert suggestion.case is not None
                assert suggestion.case.state not in OPEN_STATES

    @rule(pick=picks)
    def abandon(self, pick: int) -> None:
        """All readers of a case that an editor has just decided or proposed take back what they sent."""
        for case in self.some(pick, (Case.State.DECIDED, Case.State.PROPOSED)):
            for suggestion in case.suggestions.live():
                withdraw_suggestion(suggestion)

    @rule(pick=picks)
    def erase(self, pick: int) -> None:
        if suggestion := self.one(Suggestion.objects.all(), pick):
            erase_reader(suggestion)

    # Editors ----------------------------------------------------------------------------------------------------------
    @rule(pick=picks, verb=st.sampled_from(sorted(SIMPLE)))
    def decide_simply(self, pick: int, verb: str) -> None:
        self.decide(verb, self.some(pick, DECIDABLE), SIMPLE[verb], by=pick)

    @rule(pick=picks, verb=st.sampled_from(["publish", "propose"]), together=st.booleans())
    def decide_words(self, pick: int, verb: str, together: bool) -> None:
        cases = [case for case in self.some(pick, DECIDABLE, several=together) if case.is_placed]
        base = current_revision(self.article)
        edits = [Edit(case, f"w{pick % 97}") for case in cases]
        try:
            new = NewRevision(base, compose(base, edits), Kind.CLARIFICATION, "It was unclear before.")
        except REFUSALS:
            return
        self.decide(verb, cases, revision_payload(new, edits), by=pick)

    @rule(pick=picks)
    def hold(self, pick: int) -> None:
        until = (timezone.now() + UNDO_WINDOW).isoformat()
        self.decide("hold", self.some(pick, DECIDABLE), {"until": until}, by=pick)

    @rule(pick=picks)
    def merge(self, pick: int) -> None:
        cases = self.some(pick, DECIDABLE, several=True)
        if cases:
            self.decide("merge", cases, {"into": cases[0].pk}, by=pick)

    @rule(pick=picks)
    def split(self, pick: int) -> None:
        for case in self.some(pick, DECIDABLE):
            members = list(case.suggestions.live().values_list("pk", flat=True))
            self.decide("split", [case], {"suggestions": [str(key) for key in members[:1]]}, by=pick)

    @rule(pick=picks, verb=st.sampled_from(["approve", "return", "amend", "consent", "refuse"]), asks=st.booleans())
    def judge(self, pick: int, verb: str, asks: bool) -> None:
        proposal = self.one(Proposal.objects.filter(article=self.article, state="waiting"), pick)
        if proposal:
            cases = list(proposal.cases.filter(state=Case.State.PROPOSED))
            payload = {"proposal": proposal.pk, "digest": proposal.digest, "reason": "Who says so?"}
            payload |= {"base": proposal.base.number if proposal.base else None, "kind": proposal.kind}
            words = {"wording": proposal.wording.as_dict(), "note": f"It was unclear {pick % 9}.", "asks_consent": asks}
            self.decide(verb, cases, payload | words, by=pick)

    @rule(pick=picks)
    def return_outside_the_desk(self, pick: int) -> None:
        if proposal := self.one(Proposal.objects.filter(article=self.article, state="waiting"), pick):
            return_proposal(proposal, by=self.chief, reason="Not so.")

    @rule(pick=picks)
    def take_back(self, pick: int) -> None:
        if decision := self.one(Decision.objects.filter(cases__article=self.article, state="pending"), pick):
            try:
                undo(decision, by=decision.by)
            except AlreadyDecided:
                return

    # The article ------------------------------------------------------------------------------------------------------
    @precondition(lambda self: not self.is_retracted())
    @rule(word=st.sampled_from(WORDS), put=st.sampled_from(["other", "words", "recieve", ""]), by=picks)
    def publish_elsewhere(self, word: str, put: str, by: int) -> None:
        base = current_revision(self.article)
        wording = base.require_content().wording
        new = make_wording(headline=wording.headline, body=wording.body.replace(word, put, 1))
        self.publish_next(base, new, Kind.UPDATE, by=by)

    @rule(pick=picks)
    def withhold(self, pick: int) -> None:
        revisions = Revision.objects.filter(article=self.article, stored_text__isnull=False)
        if not self.is_retracted():
            revisions = revisions.exclude(pk=current_revision(self.article).pk)
        if revision := self.one(revisions, pick):
            withhold(self.article, number=revision.number)

    @precondition(lambda self: not self.is_retracted())
    @rule(pick=st.integers(min_value=0, max_value=9))
    def retract(self, pick: int) -> None:
        if pick == 0:
            base = current_revision(self.article)
            self.publish_next(base, base.require_content().wording, Kind.RETRACTION, by=pick)

    # Time -------------------------------------------------------------------------------------------------------------
    @rule()
    def time_passes(self) -> None:
        Case.objects.filter(state=Case.State.HELD).update(held_until=timezone.now())
        execute_decisions(decision.pk for decision in due_decisions(timezone.now() + UNDO_WINDOW))
        self.settle()
        end_holds()
        reanchor_article(self.article)
        self.settle()

    @invariant()
    def rows_agree(self) -> None:
        if not hasattr(self, "article"):
            return
        assert not FailedJob.objects.exists()
        for case in Case.objects.filter(article=self.article).select_related("decision", "proposal"):
            if case.state == Case.State.DECIDED:
                assert case.decision is not None
                assert case.decision.state == Decision.State.PENDING
            if case.spot_start is not None and case.state == Case.State.PROPOSED:
                assert case.proposal is not None
                text = case.proposal.headline if case.field == "headline" else canonical_text(case.proposal.body)
                assert 0 <= case.spot_start <= (case.spot_end or 0) <= len(text) or not case.proposal.headline
            if case.state in DECIDABLE:
                assert case.suggestions.live().exists(), "nobody stands behind it"
        for suggestion in Suggestion.objects.filter(article=self.article):
            suggestion_status(suggestion)
        for revision in Revision.objects.filter(article=self.article).exclude(approved_by=None):
            assert revision.approved_by_id != revision.editor_id

    def teardown(self) -> None:
        """Every case that is still open can be brought to an end."""
        if not hasattr(self, "article"):
            return
        self.time_passes()
        for proposal in Proposal.objects.filter(article=self.article, state="waiting"):
            return_proposal(proposal, by=self.chief, reason="Not so.")
        self.time_passes()
        for case in Case.objects.open().filter(article=self.article):
            self.decide("decline", [case], SIMPLE["decline"], by=0)
        self.time_passes()
        self.rows_agree()
        assert not Case.objects.open().filter(article=self.article).exists()
        assert breaks() == []  # each act still tells what its rows say

    def is_retracted(self) -> bool:
        self.article.refresh_from_db()
        return self.article.state == Article.State.RETRACTED

    def decide(self, verb: str, cases: list[Case], payload: Payload, *, by: int) -> None:
        if not cases:
            return
        editor = self.editors[by % 2]
        try:
            check_decision(verb, cases, by=editor, payload=payload)
            decide(verb, cases, by=editor, payload=payload, typed={})
        except REFUSALS:
            return

    def publish_next(self, base: Revision, wording: Any, kind: Kind, *, by: int) -> None:
        first, second = self.editors[by % 2], self.editors[1 - by % 2]
        try:
            publish_revision(
                self.article, base=base, by=first, kind=kind, wording=wording, note="News.", approved_by=second
            )
        except Refused:
            return

    def settle(self) -> None:
        for proposal in overtaken_proposals(self.article):
            move_overtaken(proposal)
        for proposal in Proposal.objects.filter(article=self.article).exclude(state="waiting"):
            settle_proposal(proposal)

    def some(self, pick: int, states: Any, *, several: bool = False) -> list[Case]:
        found = list(Case.objects.filter(article=self.article, state__in=states).order_by("pk"))
        return found if several else found[pick % len(found) :][:1] if found else []

    def one(self, rows: Any, pick: int) -> Any:
        if rows.model is Suggestion:
            rows = rows.filter(article=self.article)
        found = list(rows.order_by("pk").distinct())
        return random.Random(pick).choice(found) if found else None


@pytest.mark.both_databases
def test_every_state_of_a_case_has_a_way_out() -> None:
    run_state_machine_as_test(
        Cases,
        settings=settings(
            max_examples=int(os.environ.get("CASE_EXAMPLES", "8")),
            derandomize="CASE_EXAMPLES" not in os.environ,
            stateful_step_count=30,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),  # shrinking rows takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
