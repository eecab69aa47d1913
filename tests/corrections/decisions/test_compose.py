"""Edits of several cases become one wording, with a spot for each."""

import pytest

from corrections.anchoring.spans import Span
from corrections.decisions.compose import Edit, PassageLost, PassagesOverlap, compose
from corrections.decisions.outcomes import (
    publish_cases,
)
from corrections.models import Case
from corrections.screening.hidden_characters import HiddenCharacters
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Kind
from newsroom.text.canonical import NotCanonical, canonical_text
from tests.support.factories import BODY, current_revision, make_article, make_editor, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def make_case(
    article: Article, exact: str | None = "recieve", replacement: str | None = "receive", **more: str
) -> Case:
    case = triage_suggestion(make_suggestion(article, exact, replacement, **more).pk)
    assert case
    return Case.objects.select_related("article").get(pk=case.pk)


def test_several_cases_of_one_article_make_one_revision_with_a_spot_for_each() -> None:
    article, by = make_article(), make_editor()
    late, early = make_case(article, "closed", "shut"), make_case(article)
    base = current_revision(article)

    composed = compose(base, [Edit(late, "shut for good"), Edit(early, "soon receive")])
    revision = publish_cases([late, early], by=by, base=base, composed=composed, kind=Kind.UPDATE)
    assert revision

    text = revision.require_content().text
    assert [text[slice(*composed.spots[case.pk])] for case in (early, late)] == ["soon receive", "shut for good"]
    assert set(Case.objects.values_list("state", "published_in__number")) == {("published", 2)}


def test_cases_over_the_same_words_cannot_share_a_revision() -> None:
    article = make_article()
    one = make_case(article, "will recieve", "shall recieve")
    other = make_case(article, "recieve the", "receive the")

    with pytest.raises(PassagesOverlap):
        compose(current_revision(article), [Edit(one, "a"), Edit(other, "b")])


def test_a_case_that_is_not_placed_in_the_base_cannot_be_put_there() -> None:
    article = make_article()
    case = make_case(article)
    make_revision(article, find="14", put="15")

    with pytest.raises(PassageLost):
        compose(current_revision(article), [Edit(case, "receive")])


def test_later_edits_move_with_the_earlier_ones_of_their_own_field() -> None:
    article = make_article(headline="Report on recieved bridges")
    first, second = make_case(article), make_case(article, "closed", "shut")
    between = make_case(article, "three", "four")
    headline = make_case(article, "recieved", "received", field="headline")
    base = current_revision(article)
    composed = compose(
        base,
        [
            *(Edit(second, "shut"), Edit(headline, "received")),
            *(Edit(between, "four, it seems,"), Edit(first, "now receive")),
        ],
    )
    assert composed.wording.headline == "Report on received bridges"
    assert composed.wording.body == BODY.replace("recieve", "now receive").replace("three", "four, it seems,").replace(
        "closed", "shut"
    )
    assert (composed.spots[first.pk], composed.spots[headline.pk]) == ((17, 28), (10, 18))
    text = canonical_text(composed.wording.body)
    spots = [text[slice(*composed.spots[case.pk])] for case in (between, second)]
    assert spots == ["four, it seems,", "shut"]


def test_a_deleted_word_takes_one_blank_along() -> None:
    article = make_article()
    composed = compose(current_revision(article), [Edit(make_case(article, "which", ""), "")])
    assert "of three are closed." in composed.wording.body


def test_edits_that_touch_do_not_overlap() -> None:
    article = make_article()
    one, other = make_case(article, "will ", "shall "), make_case(article, "recieve", "receive")
    composed = compose(current_revision(article), [Edit(other, "receive"), Edit(one, "shall ")])
    assert "The council shall receive the report" in composed.wording.body


@pytest.mark.parametrize("span", [Span(18, 24), Span(17, 23), Span(-1, 24), Span(17, 10_000)])
def test_a_wider_span_holds_the_passage_and_ends_with_the_text(span: Span) -> None:
    article = make_article()
    case, base = make_case(article), current_revision(article)
    assert compose(base, [Edit(case, "will receive", Span(12, 24))]).spots == {case.pk: (12, 24)}
    with pytest.raises(PassageLost):
        compose(base, [Edit(case, "receive", span)])


def test_neither_hidden_characters_nor_a_second_line_get_into_a_headline() -> None:
    article = make_article()
    base, case = current_revision(article), make_case(article, "due", "here", field="headline")
    with pytest.raises(HiddenCharacters):
        compose(base, [Edit(case, "d\u202eue")])
    with pytest.raises(NotCanonical):
        compose(base, [Edit(case, "due\nsoon")])
