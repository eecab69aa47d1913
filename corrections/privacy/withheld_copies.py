"""Delete the desk's copies of withheld text: quotes, passages, mail files and webhook payloads."""

from collections.abc import Iterator

from django.db.models import Q

from corrections.decisions.pending import withdraw_pending
from corrections.models import Attempt, Case, Decision, Delivery, Event, InternalNote, Mail, Suggestion
from corrections.notes.erasure import blank_notes
from newsroom.diffs.withheld_text import WithheldText
from newsroom.models import Proposal, Revision
from newsroom.operations.mail_files import delete_files
from newsroom.publishing.withholding import FIELDS, clear_proposals
from newsroom.text.canonical import canonical_text

# Replaces the stored payload, and is what a replay sends.
WITHHELD_PAYLOAD = '{"withheld":true}'


def clear_withheld_text(revision: Revision, gone: WithheldText) -> int:
    """Clear every passage that stood only in the withheld revision; returns the number of rows changed.

    Readers' notes and editors' reasons stay.
    """
    cases = [
        case
        for case in Case.objects.filter(article=revision.article_id).exclude(exact="")
        if gone.stood_only_here(case.exact)
    ]
    _delete_follower_mail_files(revision)
    cleared = _clear_quotes(revision, gone) + _clear_passages(cases) + _clear_payloads(revision, cases)
    return cleared + _clear_digests(revision) + _clear_fitted(revision, gone) + _clear_notes(revision, gone)


def _clear_fitted(revision: Revision, gone: WithheldText) -> int:
    """Of the desk's own cases about other articles the words that were to be put in there, too."""
    fitted = Case.objects.filter(echo_of__article=revision.article_id).exclude(state=Case.State.PUBLISHED)
    keys = {case.pk for case in fitted.exclude(replacement=None) if gone.stood_only_here(case.replacement or "")}
    proposals = Proposal.objects.filter(cases__in=fitted).select_related("base__stored_text").distinct()
    clear_proposals(each for each in proposals if _holds(each, gone) or each.cases.filter(pk__in=keys).exists())
    Case.history.filter(id__in=keys).update(replacement=None)
    withdraw_pending(keys)
    _clear_decisions(keys)
    return Case.objects.filter(pk__in=keys).update(replacement=None)


def _holds(proposal: Proposal, gone: WithheldText) -> bool:
    """Whether it would bring withheld words into another article, in which they do not stand."""
    content = proposal.base.content if proposal.base else None
    known = "\n".join(content.canonical(field) for field in FIELDS) if content else ""
    words = "\n".join([proposal.headline, proposal.standfirst, proposal.byline, canonical_text(proposal.body)])
    return gone.is_told_in(words, known=known) or gone.is_told_in(proposal.note, known=known)


def _clear_notes(revision: Revision, gone: WithheldText) -> int:
    """What editors typed about cases of the article and could not be carried out, why cases wait, internal notes."""
    cases = Case.objects.filter(article=revision.article_id)
    ended = Decision.objects.filter(cases__in=cases).exclude(state=Decision.State.PENDING).exclude(typed={}, payload={})
    told = [each.pk for each in ended if gone.is_told_in("\n".join(_strings([each.payload, each.typed])))]
    waiting = [case.pk for case in cases.exclude(hold_reason="") if gone.is_told_in(case.hold_reason)]
    Case.objects.filter(pk__in=waiting).update(hold_reason="")
    cleared = Decision.objects.filter(pk__in=told).update(typed={}, payload={}) + len(waiting)
    about = InternalNote.objects.filter(Q(article=revision.article_id) | Q(case__echo_of__article=revision.article_id))
    noted = [note.pk for note in about.exclude(text="") if gone.is_told_in(note.text)]
    return cleared + blank_notes(noted)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _clear_digests(revision: Revision) -> int:
    """Of pictures and tables that were reported in it: a digest would confirm a guess of the words."""
    read_here = Suggestion.objects.filter(read_in=revision).exclude(about_element="").values("case")
    return Case.objects.filter(pk__in=read_here).exclude(about_digest="").update(about_digest="")


def _clear_quotes(revision: Revision, gone: WithheldText) -> int:
    cleared = 0
    for suggestion in Suggestion.objects.filter(article=revision.article_id).exclude(field=""):
        quoted = f"{suggestion.prefix}{suggestion.exact}{suggestion.suffix}"
        if gone.stood_only_here(suggestion.exact):
            # Without its passage, a suggestion not yet triaged is about the article as a whole.
            field = "" if suggestion.status == Suggestion.Status.RECEIVED else suggestion.field
            cleared_columns = {"exact": "", "prefix": "", "suffix": "", "replacement": None, "field": field}
        elif gone.stood_only_here(quoted):
            cleared_columns = {"prefix": "", "suffix": ""}
        else:
            continue
        cleared += Suggestion.objects.filter(pk=suggestion.pk).update(**cleared_columns)
        _delete_mail_files(suggestion)
    return cleared


def _delete_mail_files(suggestion: Suggestion) -> None:
    """Mail rows contain no text, mail files do."""
    delete_files(Mail.objects.filter(suggestion=suggestion).message_ids())


def _delete_follower_mail_files(revision: Revision) -> None:
    """They show changes and headlines."""
    delete_files(Mail.objects.filter(follower__article=revision.article_id).message_ids())


def _clear_passages(cases: list[Case]) -> int:
    for case in cases:
        Case.history.filter(id=case.pk).update(exact="", replacement=None)
        Case.objects.filter(pk=case.pk).update(exact="", replacement=None)
    _clear_decisions({case.pk for case in cases})
    return len(cases)


def _clear_decisions(cases: set[int]) -> None:
    """Past decisions too, which the cases do not refer to any more."""
    ended = Decision.objects.exclude(state=Decision.State.PENDING).exclude(typed={}, payload={})
    keys = [key for key, before in ended.values_list("pk", "before") if cases & {case for case, _state in before}]
    Decision.objects.filter(pk__in=keys).update(typed={}, payload={})


def _clear_payloads(revision: Revision, cases: list[Case]) -> int:
    """Payloads and responses stored for replays, of the revision and the cases."""
    of_revision = Q(event=Event.REVISION_PUBLISHED, subject=revision.pk)
    of_cases = Q(event__in=[Event.CASE_CREATED, Event.SUGGESTION_DECIDED], subject__in=[case.pk for case in cases])
    deliveries = Delivery.objects.filter(of_revision | of_cases)
    Attempt.objects.filter(delivery__in=deliveries).update(answer="")
    return deliveries.update(payload=WITHHELD_PAYLOAD)
