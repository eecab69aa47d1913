"""Read model of the case page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from corrections.abuse.senders import SenderRecord, sender_record, senders_of
from corrections.decisions.variants import WordingVariant, wording_variants
from corrections.desk.article_text import ArticlePart, Tracked, article_parts, tracked_case, tracked_wordings
from corrections.desk.case_list import CaseRow, read_rows, waiting_since
from corrections.desk.flag_labels import FlaggedChange, FlagLabel, change_labels, flag_labels
from corrections.desk.proposals.preview import ProposalPreview, proposal_preview
from corrections.desk.reader_notes import ReaderNote, reader_notes
from corrections.models import AnchorStatus, Case, Contact, Reason, Suggestion
from corrections.models.change_reasons import translated_reason
from corrections.triage.reported_elements import ReportedElement, reported_element
from newsroom.diffs.excerpts import DiffRun, around, changed_runs
from newsroom.diffs.significance import SignificantChange
from newsroom.models import Article, Editor, Revision
from newsroom.publishing.messages import why_barred
from newsroom.publishing.policy import APPROVAL

HISTORY = "corrections.view_historicalcase"
MOST_SUGGESTIONS = 1000  # read for one page; Case.readers counts all
MOST_OTHERS = 10


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One history row of the case."""

    at: datetime
    by: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassageComparison:
    """The passage as the first reader marked it, and in the current revision: None where it has lost its place."""

    then: list[DiffRun]
    now: list[DiffRun] | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """`comparison` is None for an unchanged passage, `history` without permission to view it.

    `reachable`: how many of its readers confirmed an address.
    """

    case: Case
    revision: Revision
    comparison: PassageComparison | None
    reported: ReportedElement | None
    parts: list[ArticlePart]
    variants: list[WordingVariant]
    remarks: list[ReaderNote]
    reachable: int
    flags: list[FlagLabel]
    needs_second_editor: bool
    others: list[CaseRow]
    sender: SenderRecord | None
    reasons: list[Reason]
    proposal_preview: ProposalPreview | None
    history: list[HistoryEntry] | None
    is_own_proposal: bool
    barred: str
    may_approve: bool

    @property
    def headline(self) -> str:
        """Of the revision; the article's slug where it was withheld."""
        content = self.revision.content
        return content.headline if content else self.case.article.slug

    @property
    def has_choice(self) -> bool:
        return any(variant.is_placed for variant in self.variants)

    @property
    def only_variant(self) -> WordingVariant | None:
        """The one wording that readers propose, which the article shows in its place."""
        return self.variants[0] if len(self.variants) == 1 and self.has_choice else None

    @property
    def waiting(self) -> str:
        return waiting_since(self.case.first_at)

    @property
    def has_mark(self) -> bool:
        return any(part.is_marked for part in self.parts)


def find_case(pk: int) -> Case | None:
    """The case with all related rows that its page reads."""
    return (
        Case.objects.select_related(
            "article",
            "echo_of__article__current__stored_text",
            "anchored_in__stored_text",
            "anchored_in__article",
            "decided_by",
            "published_in__stored_text",
            "published_in__article",
            "published_in__based_on__stored_text",
            "proposal__proposed_by",
            "proposal__decided_by",
            "proposal__amended_by",
            "proposal__base__stored_text",
            "assignee",
            "decision__by",
        )
        .filter(pk=pk)
        .first()
    )


def read_case_page(case: Case, *, by: Editor) -> CasePage:
    if case.looked_at is None:
        Case.objects.filter(pk=case.pk, looked_at=None).update(looked_at=timezone.now())
    preview = proposal_preview(case)
    revision = case.published_in or (preview and preview.proposal.base) or case.anchored_in
    senders = senders_of(case) if case.is_open else []
    suggestions = _read_suggestions(case)
    variants = wording_variants(case, suggestions, case.anchored_in)
    first = next((variant for variant in variants if variant.is_placed), None)
    is_own_proposal = case.proposal is not None and case.proposal.proposed_by_id == by.pk
    may_approve = by.has_perm(APPROVAL)
    return CasePage(
        case=case,
        revision=revision,
        comparison=_passage_comparison(case),
        reported=reported_element(suggestions) if case.about_element else None,
        parts=article_parts(revision, _tracked_proposal(preview) if preview else tracked_case(case, revision, first)),
        variants=variants,
        remarks=reader_notes(suggestions),
        reachable=_count_reachable(case, suggestions),
        flags=_flags(case, first),
        needs_second_editor=any(flag in list(SignificantChange) for flag in case.flags),
        others=_others(case),
        sender=sender_record(senders[0], but=case) if len(senders) == 1 else None,
        reasons=reasons_for(case.article),
        proposal_preview=preview,
        history=_history(case) if by.has_perm(HISTORY) else None,
        is_own_proposal=is_own_proposal,
        barred=why_barred(case.proposal, by=by) if case.proposal and may_approve and not is_own_proposal else "",
        may_approve=may_approve,
    )


def _read_suggestions(case: Case) -> list[Suggestion]:
    """The oldest, with addresses, replies, and the revisions that were read; a query only for what is not here yet."""
    suggestions = list(case.suggestions.select_related("contact").order_by("received_at")[:MOST_SUGGESTIONS])
    for suggestion in suggestions:
        if suggestion.read_in_id == case.anchored_in_id:
            suggestion.read_in = case.anchored_in
    others = [suggestion for suggestion in suggestions if suggestion.read_in_id != case.anchored_in_id]
    prefetch_related_objects(others, Prefetch("read_in", Revision.objects.select_related("stored_text")))
    prefetch_related_objects([suggestion for suggestion in suggestions if suggestion.answered_at], "replies")
    return suggestions


def _count_reachable(case: Case, suggestions: list[Suggestion]) -> int:
    if len(suggestions) == MOST_SUGGESTIONS:
        return Contact.objects.filter(suggestion__case=case, state=Contact.State.CONFIRMED).count()
    contacts = (getattr(suggestion, "contact", None) for suggestion in suggestions)
    return sum(contact is not None and contact.is_confirmed for contact in contacts)


def reasons_for(article: Article) -> list[Reason]:
    """The canned reasons in the article's language."""
    return list(Reason.objects.filter(language=base_language(article.language)))


def base_language(tag: str) -> str:
    """ "en" of "en-GB"."""
    return tag.lower().split("-")[0]


def _flags(case: Case, variant: WordingVariant | None) -> list[FlagLabel]:
    """Of the most frequent wording where it stands; in general words where it has no place."""
    content = case.anchored_in.content
    if content is None or variant is None or variant.start is None or variant.end is None:
        return flag_labels(case.flags)
    text = content.canonical(case.field)
    before, after = around(text, variant.start, variant.end)
    old = text[variant.start : variant.end]
    return change_labels(
        case.flags, FlaggedChange(old, variant.wording, before, after, case.category, case.article.language)
    )


def _tracked_proposal(preview: ProposalPreview) -> Tracked:
    base = preview.proposal.base.content if preview.proposal.base else None
    return tracked_wordings(base.wording, preview.proposal.wording) if base else {}


def _passage_comparison(case: Case) -> PassageComparison | None:
    if not case.is_open or not case.field or case.anchor in (AnchorStatus.EXACT, AnchorStatus.MOVED):
        return None
    content = case.anchored_in.content
    if not case.is_placed or content is None:
        return PassageComparison([DiffRun("equal", case.exact)], None)
    passage = content.canonical(case.field)[case.start : case.end]
    runs = changed_runs(case.exact, passage)
    return PassageComparison([run for run in runs if run.op != "insert"], [run for run in runs if run.op != "delete"])


def _others(case: Case) -> list[CaseRow]:
    others = Case.objects.open().filter(article_id=case.article_id).exclude(pk=case.pk)
    return read_rows(others.by_rank()[:MOST_OTHERS])


def _history(case: Case) -> list[HistoryEntry]:
    rows = case.history.select_related("history_user").order_by("history_date", "history_id")
    return [
        HistoryEntry(
            row.history_date,
            str(row.history_user or ""),
            row.get_state_display(),
            translated_reason(row.history_change_reason or ""),
        )
        for row in rows
    ]
