"""What the page of a case shows beside its forms."""

import pytest

from tests.support.admin_page import tree
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_revision

pytestmark = pytest.mark.django_db


def test_the_other_cases_of_an_article_are_told_apart_by_their_words() -> None:
    desk, article = Desk(), make_article()
    case = make_case(article)
    make_case(article, "Tuesday", "Friday")
    make_case(article, None, None, category="other", note="Too long.")
    others = tree(desk.open(case)).xpath("//section[@aria-labelledby='others-heading']")[0]
    texts = ["".join(link.itertext()) for link in others.xpath(".//h3/a")]
    assert any("TuesdayFriday" in text for text in texts)
    assert "Report on the bridges is due" not in others.text_content()


def test_an_edited_passage_shows_both_texts() -> None:
    article = make_article()
    case = make_case(article, "which three are closed", "which three are open", category="fact")
    make_revision(article, find="three are closed", put="three remain closed")

    [seen] = tree(Desk().open(case)).xpath("//dl[contains(@class, 'desk-seen')]")

    then, now = (" ".join(dd.text_content().split()) for dd in seen.xpath("./dd"))
    assert (then, now) == ("which three are closed", "which three remain closed")
    assert (seen.xpath(".//del/text()"), seen.xpath(".//ins/text()")) == (["are"], ["remain"])


def test_a_passage_that_is_gone_is_shown_beside_the_whole_article() -> None:
    article = make_article()
    case = make_case(article, "three are closed", None, category="fact", note="Four, I think.")
    gone = "<p>It counts <strong>14</strong> bridges, of which three are closed.</p>"
    make_revision(article, find=gone, put="", note="The count is gone.")

    page = tree(Desk().open(case))

    [seen] = page.xpath("//dl[contains(@class, 'desk-seen')]")
    assert "three are closed" in seen.text_content()
    assert "No longer in the article" in seen.text_content()
    assert "will recieve the report" in page.xpath("//*[contains(@class, 'desk-text')]")[0].text_content()


def test_a_passage_that_stands_as_it_was_marked_is_shown_once() -> None:
    assert not tree(Desk().open(make_case(make_article()))).xpath("//dl[contains(@class, 'desk-seen')]")
