"""What a reader sent, shown so that they know it again after months."""

from corrections.models import Suggestion
from corrections.suggestions.validation import MAX_CONTEXT
from newsroom.diffs.excerpts import CUT, Run, changed_runs, marked_runs


def headline_read(suggestion: Suggestion) -> str:
    """The headline over the words that the reader saw; `suggestion` has `read_in__content` at hand.

    The article's address stands for it where a court had the words withheld.
    """
    content = getattr(suggestion.read_in, "content", None)
    return content.headline if content else suggestion.article.slug


def sent_runs(suggestion: Suggestion) -> list[Run]:
    """The passage among the words around it, and what the reader would put there; marked where they did not say.

    Empty for the article as a whole, and where the passage had to be withheld.
    """
    if not suggestion.exact:
        return []
    before, after = _before(suggestion.prefix), _after(suggestion.suffix)
    if suggestion.replacement is None:
        return [run for run in marked_runs(suggestion.exact, before=before, after=after) if run.text]
    runs = changed_runs(suggestion.exact, suggestion.replacement, before=before, after=after)
    return [run for run in runs if run.text]


def _before(prefix: str) -> str:
    """The words of the same line; a quote cuts the first of them anywhere."""
    line = prefix.rpartition("\n")[2]
    if len(line) < MAX_CONTEXT:
        return line
    return CUT + (line.partition(" ")[2] or line)


def _after(suffix: str) -> str:
    line = suffix.partition("\n")[0]
    if len(line) < MAX_CONTEXT:
        return line
    return (line.rpartition(" ")[0] or line) + CUT
