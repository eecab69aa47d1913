"""What readers wrote beside their suggestions, as the desk shows it."""

import pytest

from tests.support.admin_page import tree
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


def test_notes_and_evidence_are_shown_and_never_markup() -> None:
    case = make_case(make_article(), note="<b>Look</b> it up.", email="reader@example.org")
    case.suggestions.update(evidence_url="https://example.org/?a=1&b=2")
    page = Desk().open(case)
    [link] = tree(page).xpath("//ul[@class='desk-remarks']//a")
    assert link.get("href") == "https://example.org/?a=1&b=2"
    assert set(link.get("rel").split()) == {"noreferrer", "nofollow", "noopener"}
    assert "<b>Look</b> it up." in tree(page).xpath("//ul[@class='desk-remarks']")[0].text_content()
    assert b"reader@example.org" not in page.content


def test_what_many_wrote_alike_is_one_remark() -> None:
    article = make_article()
    case = make_case(article, note="I noticed this too.")
    make_case(article, note="It is so in the law.")
    make_case(article, note="I noticed this too.")
    make_case(article)
    remarks = tree(Desk().open(case)).xpath("//section[@aria-labelledby='remarks-heading']//li")
    assert [" ".join(remark.text_content().split()).partition(" · 2 readers ")[2] for remark in remarks] == [
        "I noticed this too.",
        "",
    ]


def test_evidence_that_no_browser_should_follow_is_text() -> None:
    case = make_case(make_article(), note="Look.")
    case.suggestions.update(evidence_url="javascript:alert(1)")
    assert not tree(Desk().open(case)).xpath("//ul[@class='desk-remarks']//a")
