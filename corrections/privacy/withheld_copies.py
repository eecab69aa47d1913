"""Deletes the desk's copies of words that had to be withheld."""

from django.db.models import Q

from corrections.models import Attempt, Case, Decision, Delivery, Event, Mail, Suggestion
from newsroom.models import Revision
from newsroom.operations.mail_files import forget_files
from newsroom.publishing.withholding import Gone

# Is sent where a message that held the words is sent again.
WITHHELD = '{"withheld":true}'


def forget_words(revision: Revision, gone: Gone) -> int:
    """Empty every passage of the article that stood only in the withheld revision; how many rows held one.

    What readers wrote beside a passage, and why an editor declined it, is theirs and stays.
    """
    cases = [
        case
        for case in Case.objects.filter(article=revision.article_id).exclude(exact="")
        if gone.stood_only_here(case.exact)
    ]
    return _forget_quotes(revision, gone) + _forget_passages(cases) + _forget_messages(revision, cases)


def _forget_quotes(revision: Revision, gone: Gone) -> int:
    emptied = 0
    for suggestion in Suggestion.objects.filter(article=revision.article_id).exclude(field=""):
        quoted = f"{suggestion.prefix}{suggestion.exact}{suggestion.suffix}"
        if gone.stood_only_here(suggestion.exact):
            # Without its passage, what is still to be triaged is about the article as a whole.
            owed = suggestion.status == Suggestion.Status.RECEIVED
            field = "" if owed else suggestion.field
            kept = {"exact": "", "prefix": "", "suffix": "", "replacement": None, "field": field}
        elif gone.stood_only_here(quoted):
            kept = {"prefix": "", "suffix": ""}
        else:
            continue
        emptied += Suggestion.objects.filter(pk=suggestion.pk).update(**kept)
        _forget_mails(suggestion)
    return emptied


def _forget_mails(suggestion: Suggestion) -> None:
    """The files of what its reader was told; the rows say only that they were."""
    forget_files(Mail.objects.filter(suggestion=suggestion).message_ids())


def _forget_passages(cases: list[Case]) -> int:
    for case in cases:
        Case.history.filter(id=case.pk).update(exact="", replacement=None)
        Case.objects.filter(pk=case.pk).update(exact="", replacement=None)
    _forget_decisions({case.pk for case in cases})
    return len(cases)


def _forget_decisions(cases: set[int]) -> None:
    """Earlier ones too, which their cases do not name any more."""
    ended = Decision.objects.exclude(state=Decision.State.PENDING).exclude(typed={}, payload={})
    keys = [key for key, before in ended.values_list("pk", "before") if cases & {case for case, _state in before}]
    Decision.objects.filter(pk__in=keys).update(typed={}, payload={})


def _forget_messages(revision: Revision, cases: list[Case]) -> int:
    """What webhooks were told of the revision and of those cases, kept to be told again."""
    of_revision = Q(event=Event.REVISION_PUBLISHED, subject=revision.pk)
    of_cases = Q(event__in=[Event.CASE_CREATED, Event.SUGGESTION_DECIDED], subject__in=[case.pk for case in cases])
    told = Delivery.objects.filter(of_revision | of_cases)
    Attempt.objects.filter(delivery__in=told).update(answer="")
    return told.update(payload=WITHHELD)
