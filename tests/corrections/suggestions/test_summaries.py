"""After months a reader knows again what they sent: the article, the passage among its words, their wording."""

import pytest

from corrections.models import Suggestion
from corrections.suggestions.summaries import headline_seen, suggestion_runs
from newsroom.accounts.roles import STANDARDS_EDITOR
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.suggestion_factories import make_suggestion
from tests.support.withheld_words import withhold_revision

pytestmark = pytest.mark.django_db
LINE = "The council of the old harbour town will recieve the report on Tuesday, if the weather allows it."


def shown(suggestion: Suggestion) -> str:
    """Deleted words in brackets, new ones in braces, marked ones between asterisks."""
    around = {"delete": "[%s]", "insert": "{%s}", "mark": "*%s*", "equal": "%s"}
    return "".join(around[run.op] % run.text for run in suggestion_runs(suggestion))


@pytest.mark.parametrize(
    ("exact", "replacement", "expected"),
    [
        ("recieve", "receive", "…of the old harbour town will [recieve]{receive} the report on Tuesday, if the…"),
        ("recieve", "", "…of the old harbour town will [recieve] the report on Tuesday, if the…"),
        ("recieve", None, "…of the old harbour town will *recieve* the report on Tuesday, if the…"),
        ("The council", "A council", "[The]{A} council of the old harbour town will…"),
        ("allows it.", "allows.", "…on Tuesday, if the weather allows[ it]."),
    ],
)
def test_the_passage_stands_among_whole_words(exact: str, replacement: str | None, expected: str) -> None:
    article = make_article(body=f"<p>First.</p><p>{LINE}</p><p>Last.</p>")
    assert shown(make_suggestion(article, exact, replacement, note="So.")) == expected


def test_one_long_word_is_shown_as_it_was_quoted() -> None:
    article = make_article(body=f"<p>{'a' * 40}b{'c' * 40}</p>")
    assert shown(make_suggestion(article, "b", "d")) == f"…{'a' * 32}[b]{{d}}{'c' * 32}…"


def test_the_article_as_a_whole_has_no_passage() -> None:
    assert suggestion_runs(make_suggestion(make_article(), None, None, note="All of it.")) == []


def test_the_headline_is_the_one_that_the_reader_saw() -> None:
    article = make_article(slug="bridges", headline="Bridges to open")
    suggestion = make_suggestion(article)
    make_revision(article, find="three", put="four")
    assert headline_seen(suggestion) == "Bridges to open"
    by, approved_by = make_editor(group=STANDARDS_EDITOR), make_editor(group=STANDARDS_EDITOR)
    withhold_revision(suggestion.read_in, by=by, approved_by=approved_by, reason="A court ordered it.")
    assert headline_seen(Suggestion.objects.get()) == "bridges"
