"""The same mistake in other articles: what is found and what is not."""

import pytest

from corrections.anchoring.spans import Span
from corrections.echoes.index import index_article
from corrections.echoes.lookup import Echo, find_echoes
from corrections.echoes.matching import Mistake
from corrections.models import SentenceFingerprint
from newsroom.models import Article, Kind
from tests.support.factories import current_revision, make_article, make_revision, retract
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db
WRONG = "The lighthouse at Hesper Point went dark after 67 years of service, and the oil was sold."
FILLER = "<p>Nothing else is told here.</p>"


def article_with(sentence: str) -> Article:
    article = make_article(body=f"<p>It was long ago. {sentence} Nobody came.</p>{FILLER}")
    index_article(article)
    return article


def echoes_of(article: Article, wrong: str = "67", right: str = "57") -> list[Echo]:
    text = current_revision(article).require_content().text
    start = text.index(wrong)
    return find_echoes(Mistake(text, Span(start, start + len(wrong)), right), but=article.pk)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "other",
    [
        WRONG,
        "The lighthouse at Sorrel Bay went dark after 67 years of service, and the oil was sold.",
        "The lighthouse at Hesper Point went dark after 67 years of service.",
        "The lighthouse at Hesper Point went dark, as we reported, after 67 years of service, and the oil was sold.",
    ],
)
def test_an_equal_or_nearly_equal_sentence_is_found_with_the_fitted_change(other: str) -> None:
    ours, theirs = article_with(WRONG), article_with(other)
    [echo] = echoes_of(ours)
    assert (echo.revision, echo.wrong, echo.fitted.replacement) == (current_revision(theirs), "67", "57")


@pytest.mark.parametrize(
    "other",
    [
        WRONG.replace("67", "57"),
        WRONG.replace("67", "68"),
        "He lived here for 67 years, and nobody knew him.",
        "An earlier version of this article said “67 years of service”. It is “57 years of service”.",
    ],
)
def test_other_words_and_quotations_of_the_error_are_no_echo(other: str) -> None:
    ours = article_with(WRONG)
    article_with(other)
    assert echoes_of(ours) == []


def test_retracted_withheld_and_outdated_texts_are_no_echo() -> None:
    ours, gone, withheld, updated = (article_with(WRONG) for _ in range(4))
    retract(gone)
    make_revision(withheld, find="67 years", put="57 years", kind=Kind.CORRECTION, note="57 years, not 67.")
    old = withheld.revisions.get(number=1)
    SentenceFingerprint.objects.create(hash=1, revision=old, field="body", start=0, end=9)  # left by whatever
    withhold(withheld)
    make_revision(updated, find="67 years of service", put="a storm")
    assert echoes_of(ours) == []
    kept = SentenceFingerprint.objects.values_list("revision", flat=True).distinct()
    assert list(kept) == [ours.current_id]


def test_two_queries_whatever_is_found(django_assert_num_queries: object) -> None:
    ours = article_with(WRONG)
    for _ in range(5):
        article_with(WRONG)
    text = current_revision(ours).require_content().text
    start = text.index("67")
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(find_echoes(Mistake(text, Span(start, start + 2), "57"), but=ours.pk)) == 5
