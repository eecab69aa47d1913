"""Summaries of a suggestion for its reader: headline and word diff, recognisable after months."""

from corrections.models import Suggestion
from corrections.suggestions.validation import MAX_CONTEXT
from newsroom.diffs.excerpts import CUT, DiffRun, changed_runs, marked_runs


def headline_seen(suggestion: Suggestion) -> str:
    """The headline that the reader saw; `suggestion` has `read_in__stored_text` prefetched.

    The article's slug where the revision was withheld.
    """
    content = suggestion.read_in.content
    return content.headline if content else suggestion.article.slug


def suggestion_runs(suggestion: Suggestion) -> list[DiffRun]:
    """Word diff of the suggested change in its context; the passage highlighted where there is no replacement.

    Empty for the article as a whole, and where the passage was withheld.
    """
    if not suggestion.exact:
        return []
    before, after = _before(suggestion.prefix), _after(suggestion.suffix)
    if suggestion.replacement is None:
        return [run for run in marked_runs(suggestion.exact, before=before, after=after) if run.text]
    runs = changed_runs(suggestion.exact, suggestion.replacement, before=before, after=after)
    return [run for run in runs if run.text]


def _before(prefix: str) -> str:
    """Context on the same line, without the word that the quote's prefix cuts off."""
    line = prefix.rpartition("\n")[2]
    if len(line) < MAX_CONTEXT:
        return line
    return CUT + (line.partition(" ")[2] or line)


def _after(suffix: str) -> str:
    line = suffix.partition("\n")[0]
    if len(line) < MAX_CONTEXT:
        return line
    return (line.rpartition(" ")[0] or line) + CUT
