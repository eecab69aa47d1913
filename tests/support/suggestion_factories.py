"""Factories of suggestions, made by the real writer, and of the quotes that browsers send."""

from corrections.anchoring.relocation import Quote
from corrections.models import Suggestion
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import SuggestionInput
from newsroom.models import Article, Revision
from tests.support.factories import current_revision


def make_quote(revision: Revision, exact: str, *, field: str = "body", nth: int = 0) -> Quote:
    """The quote that a browser makes of the nth occurrence of `exact`."""
    text = revision.require_content().canonical(field)
    start = -1
    for _turn in range(nth + 1):
        start = text.index(exact, start + 1)
    end = start + len(exact)
    return Quote(
        field=field,
        exact=exact,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        start=start,
        end=end,
        revision=revision.number,
    )


def make_suggestion(
    article: Article,
    exact: str | None = "recieve",
    replacement: str | None = "receive",
    *,
    field: str = "body",
    category: str = "typo",
    note: str = "",
    email: str = "",
    name: str = "",
    credit: str = "",
    key: str = "",
) -> Suggestion:
    """A reader's suggestion about the article's current revision, received and not yet triaged.

    `credit` is the name of a reader who wants to be thanked, `name` of one who does not say.
    """
    revision = current_revision(article)
    quote = None if exact is None else make_quote(revision, exact, field=field)
    sent = SuggestionInput(
        quote=quote,
        replacement=replacement,
        category=category,
        note=note,
        email=email,
        name=credit or name,
        credit=bool(credit),
    )
    return submit_suggestion(revision, sent=sent, key=key)
