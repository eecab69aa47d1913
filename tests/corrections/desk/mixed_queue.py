"""A queue for the tests of the list, its filters and their facets."""

from corrections.decisions.outcomes import assign_case, claim_case, decline_case
from corrections.models import Case
from newsroom.models import Article
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_editor


def make_queue(desk: Desk) -> Article:
    """Cases of every sort in two articles."""
    article = make_article(headline="Ferries of the north", language="uk")
    make_case(article, "14", "15", category="fact")
    assign_case(make_case(article, "three", "four", category="fact"), by=desk.editor, to=make_editor())
    claim_case(make_case(article, "report", "account", category="clarity"), by=desk.editor)
    make_case(article, None, None, category="other", note="Where are the ferries?")
    decline_case(make_case(article, "closed", "open"), by=desk.editor, reason="They are closed.")
    other = make_article(language="en-GB")
    make_case(other)
    Article.objects.filter(pk=other.pk).update(section="Harbour")
    Case.objects.filter(pk=make_case(other, "Tuesday", "Friday").pk).update(anchor="changed")
    return article
