"""Suggestions about a picture, figure, table or notice: from the API to the desk and the reader's page."""

from typing import Any

import pytest
from django.db.models import Count
from django.test import Client

from corrections.models import Case, Suggestion
from corrections.triage.pipeline import triage_suggestion
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Kind
from newsroom.publishing.moves import Seen
from newsroom.publishing.proposals import approve_proposal, propose_revision
from newsroom.publishing.publish import NothingChanged, publish_revision
from tests.corrections.api.test_suggestions import body, post
from tests.support.admin_page import tree
from tests.support.desk_page import Desk
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.public_pages import html
from tests.support.record_check import breaks
from tests.support.withheld_words import withhold

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PICTURES = (
    "<p>It will recieve boats.</p>"
    '<figure><img src="/media/a.webp" alt="Kelp"><figcaption>By the sea</figcaption></figure>'
    '<figure><img src="/media/b.webp" alt=""></figure><figure><p>Drawn by hand</p></figure>'
    "<table><tbody><tr><td>412</td></tr></tbody></table>"
)


@pytest.fixture
def article(quick_passwords: None) -> Article:
    article = make_article(slug="bridges", body=PICTURES)
    make_revision(article, kind=Kind.CLARIFICATION, find="boats", put="ferries", note="“boats” is “ferries” now.")
    return article


def about(element: str, index: int, **changes: Any) -> dict[str, Any]:
    more = {"quote": None, "replacement": None, "note": "It shows another bridge.", "category": "other"}
    return body(**{"revision": 2, **more, "about": {"element": element, "index": index}, **changes})


@pytest.mark.parametrize(
    ("element", "index", "shown"),
    [
        ("picture", 0, '<img src="/media/a.webp" alt="Kelp">'),
        ("picture", 1, '<img src="/media/b.webp" alt="">'),
        ("figure", 2, "Drawn by hand"),
        ("table", 0, "<td>412</td>"),
        ("notice", 2, "“boats” is “ferries” now."),
    ],
)
def test_the_desk_sees_what_it_is_about(client: Client, article: Article, element: str, index: int, shown: str) -> None:
    answer = post(client, about(element, index))
    assert answer.status_code == 202, answer.content
    suggestion = Suggestion.objects.get()
    assert (suggestion.field, suggestion.about_element, suggestion.about_index) == ("", element, index)
    case = triage_suggestion(suggestion.pk)
    assert case
    assert shown in Desk().open(case).content.decode()
    assert f"You wrote about a {element}" in html(client, answer.json()["status_url"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"about": {"element": "picture", "index": 2}}, "about"),
        ({"about": {"element": "figure", "index": 3}}, "about"),
        ({"about": {"element": "table", "index": 1}}, "about"),
        ({"about": {"element": "picture", "index": -1}}, "about"),
        ({"about": {"element": "picture", "index": 2**31}}, "about"),
        ({"about": {"element": "notice", "index": 1}}, "about"),  # its first revision, which has none
        ({"about": {"element": "notice", "index": 2}, "revision": 1}, "about"),  # it came later
        ({"about": {"element": "video", "index": 0}}, "about"),
        ({"about": {"element": "picture", "index": 0}, "quote": body()["quote"]}, "about"),
        ({"about": {"element": "picture", "index": 0}, "replacement": "receive"}, "replacement"),
        ({"about": {"element": "picture", "index": 0}, "note": " "}, "note"),
        ({"about": {"element": "picture", "index": "0"}}, "about.index"),
        ({"about": {"element": "picture"}}, "about.index"),
        ({"about": {"element": "picture", "index": 0, "more": 1}}, "about.more"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(
    client: Client, article: Article, changes: dict[str, Any], field: str
) -> None:
    answer = post(client, about("picture", 0, **changes))
    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not Suggestion.objects.exists()


def test_readers_of_two_revisions_share_the_case_of_one_picture(client: Client, article: Article) -> None:
    post(client, about("picture", 1))
    make_revision(
        article, find='<figure><img src="/media/a.webp" alt="Kelp"><figcaption>By the sea</figcaption></figure>', put=""
    )
    post(client, about("picture", 0, revision=3))
    post(client, about("picture", 0, revision=2))
    post(client, about("notice", 2, revision=2))
    post(client, about("notice", 2, revision=3))
    for suggestion in Suggestion.objects.order_by("received_at"):
        triage_suggestion(suggestion.pk)
    cases = Case.objects.order_by("pk").annotate(told=Count("suggestions"))
    assert list(cases.values_list("about_element", "told")) == [
        ("picture", 2),
        ("picture", 1),
        ("notice", 2),
    ]


@pytest.mark.django_db(transaction=True)
def test_the_same_key_with_another_element_is_another_request(client: Client, article: Article) -> None:
    key = "one-of-sixteen-characters"
    first = post(client, about("picture", 0), key=key)
    assert post(client, about("picture", 0), key=key).json() == first.json()
    assert post(client, about("picture", 1), key=key).status_code == 422


def test_the_form_without_scripts_offers_them(client: Client, article: Article) -> None:
    page = client.get("/articles/bridges/suggest/")
    choices = {str(each.text): each.get("value") for each in tree(page).xpath("//select[@name='about']/option")[1:]}
    assert choices == {
        "Picture 1: Kelp": "picture-0",
        "Picture 2": "picture-1",
        "Table 1: 412": "table-0",
        "Figure 3: Drawn by hand": "figure-2",
        "Notice: “boats” is “ferries” now.": "notice-2",
    }
    form = {"about": "table-0", "note": "413, says the town.", "category": "fact", "unknown": "1", "revision": "2"}
    assert client.post("/articles/bridges/suggest/", form).status_code == 303
    assert (sent := Suggestion.objects.get()).about_element == "table"
    assert sent.note == "413, says the town."
    assert "This version of the article has no such element." in str(
        client.post("/articles/bridges/suggest/", form | {"about": "table-7"}).content
    )


def test_what_was_withheld_is_not_shown_at_the_desk(client: Client, article: Article) -> None:
    post(client, about("table", 0, revision=1))
    case = triage_suggestion(Suggestion.objects.get().pk)
    assert case
    assert case.about_digest
    make_revision(article, find="<table><tbody><tr><td>412</td></tr></tbody></table>", put="<p>No table.</p>")
    for number in (1, 2):
        withhold(article, number=number)
    case.refresh_from_db()
    assert not case.about_digest
    page = Desk().open(case).content.decode()
    assert "<td>412</td>" not in page
    assert "Table 1: 412" not in page
    assert "It was taken out of the public record." in page


def test_a_wrong_notice_is_put_right_without_new_words(article: Article) -> None:
    base = current_revision(article)
    wording = base.require_content().wording
    note = "An earlier notice said “boats”. They were canoes."
    revision = publish_revision(
        article, base=base, by=make_editor(), kind=Kind.CLARIFICATION, wording=wording, note=note
    )
    assert (revision.number, revision.note, revision.digest) == (3, note, base.digest)
    proposal = propose_revision(
        article, base=revision, by=make_editor(), kind=Kind.CORRECTION, wording=wording, note=f"{note} Seven of them."
    )
    approve_proposal(proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen(proposal.digest))
    assert current_revision(article).number == 4
    assert breaks() == []

    # What two editors told, one alone does not put right.
    with pytest.raises(NothingChanged):
        publish_revision(
            article,
            base=current_revision(article),
            by=make_editor(),
            kind=Kind.CLARIFICATION,
            wording=wording,
            note="They were boats after all.",
        )


@pytest.mark.parametrize("kind", [Kind.TYPO, Kind.UPDATE])
def test_no_other_kind_comes_without_new_words(article: Article, kind: Kind) -> None:
    base = current_revision(article)
    with pytest.raises(NothingChanged):
        publish_revision(
            article, base=base, by=make_editor(), kind=kind, wording=base.require_content().wording, note="Nothing new."
        )


def test_a_first_notice_needs_new_words() -> None:
    base = current_revision(article := make_article())
    wording = base.require_content().wording
    with pytest.raises(NothingChanged):
        publish_revision(article, base=base, by=make_editor(), kind=Kind.CLARIFICATION, wording=wording, note="A note.")
