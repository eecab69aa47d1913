"""Deletes the desk's copies of words that had to be withheld."""

from corrections.models import Case, Decision, Suggestion
from newsroom.models import Revision
from newsroom.withholding import Gone


def forget_words(revision: Revision, gone: Gone) -> int:
    """Empty every passage of the article that stood only in the withheld revision; how many rows held one.

    What readers wrote beside a passage, and why an editor declined it, is theirs and stays.
    """
    return _forget_quotes(revision, gone) + _forget_passages(revision, gone)


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
    return emptied


def _forget_passages(revision: Revision, gone: Gone) -> int:
    emptied = 0
    for case in Case.objects.filter(article=revision.article_id).exclude(exact=""):
        if not gone.stood_only_here(case.exact):
            continue
        Case.history.filter(id=case.pk).update(exact="", replacement=None)
        Decision.objects.filter(cases=case).exclude(state=Decision.State.PENDING).update(typed={}, payload={})
        emptied += Case.objects.filter(pk=case.pk).update(exact="", replacement=None)
    return emptied
