"""The form for a browser without JavaScript tells what is known of the words before it stores anything."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from corrections.decisions.outcomes import decline_case
from corrections.models import Suggestion
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Article, Kind
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/bridges/suggest/"
TYPED = {"exact": "recieve", "replacement": "receive", "category": "typo", "revision": "1"}


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def known(response: Any) -> str:
    """What the page tells about the words, in one line; empty where it tells nothing."""
    sections = html.fromstring(response.content).find_class("suggestion-known")
    return " ".join(sections[0].text_content().split()) if sections else ""


def press(client: Client, response: Any, button: str) -> Any:
    """Send the form that a button of the page belongs to, as a browser does."""
    page = html.fromstring(response.content)
    [found] = [each for each in page.iter("button") if each.text_content().strip() == button]
    form = page.get_element_by_id(found.get("form")) if found.get("form") else next(found.iterancestors("form"))
    chosen = {found.get("name"): found.get("value")} if found.get("name") else {}
    return client.post(form.get("action"), {**dict(form.form_values()), **chosen})


def test_the_invitation_stands_below_an_article_until_it_is_retracted(client: Client, article: Article) -> None:
    for path in ("", "revisions/1/"):
        page = client.get(f"/articles/bridges/{path}").content.decode()
        assert page.index("</article>") < page.index(f'<a href="{ADDRESS}" data-suggest>')
    make_revision(article, find="", put="", kind=Kind.RETRACTION, note="Made up.", by=make_editor(group=DESK_CHIEF))
    for path in ("", "revisions/1/"):
        assert b"data-suggest" not in client.get(f"/articles/bridges/{path}").content


def test_what_nobody_reported_is_stored_at_once(client: Client, article: Article) -> None:
    assert client.post(ADDRESS, TYPED).status_code == 303


@pytest.mark.both_databases
def test_an_open_case_is_told_once_and_the_wording_kept(client: Client, article: Article) -> None:
    case = make_case(article, "recieve", "zanzibar", note="Quokka.")

    told = client.post(ADDRESS, TYPED | {"name": "Ada", "credit": "1"})
    assert told.status_code == 200
    assert "Another reader has reported this. An editor will look at it." in known(told)
    assert b"zanzibar" not in told.content
    assert b"Quokka" not in told.content
    assert Suggestion.objects.count() == 1

    assert press(client, told, "Send").status_code == 303
    latest = Suggestion.objects.latest("received_at")
    assert (latest.replacement, latest.name, latest.credit) == ("receive", "Ada", True)
    triage_suggestion(latest.pk)
    case.refresh_from_db()
    assert case.readers == 2


def test_a_voice_is_added_by_its_button(client: Client, article: Article) -> None:
    case = make_case(article)

    told = client.post(ADDRESS, TYPED | {"name": "Ada", "credit": "1"})
    assert press(client, told, "I noticed this too").status_code == 303

    voice = Suggestion.objects.latest("received_at")
    assert (voice.exact, voice.replacement, voice.note) == ("recieve", None, "I noticed this too.")
    assert (voice.name, voice.credit) == ("Ada", True)
    assert triage_suggestion(voice.pk) == case


def test_what_was_declined_is_told_with_its_reason(client: Client, article: Article) -> None:
    decline_case(make_case(article), by=make_editor(), reason="It is spelt so in the report.")

    told = client.post(ADDRESS, TYPED)

    assert "left it as it is. It is spelt so in the report." in known(told)
    assert "I noticed this too" not in told.content.decode()
    assert press(client, told, "Send").status_code == 303


def test_a_form_that_is_out_of_date_shows_the_current_words(client: Client, article: Article) -> None:
    make_revision(article, find="will recieve", put="might get")

    told = client.post(ADDRESS, TYPED | {"exact": "will recieve"})
    assert "The passage now reads: …The council might get the report" in known(told)
    link = html.fromstring(told.content).find_class("suggestion-known")[0].find(".//a").get("href")
    anew = client.get(ADDRESS + link)
    form = html.fromstring(anew.content).forms[-1]
    assert (form.fields["exact"], form.fields["revision"]) == ("might get", "2")

    assert press(client, told, "Send").status_code == 303
    assert Suggestion.objects.get().read_in.number == 1


def test_words_that_a_page_brings_along_are_filled_in(client: Client, article: Article) -> None:
    make_case(article)
    make_revision(article, find="The council", put="Early next week the council")
    reanchor_article(article)

    page = client.get(ADDRESS, {"exact": "recieve", "revision": "1"})

    assert "Another reader has reported this" in known(page)
    form = html.fromstring(page.content).forms[-1]
    assert (form.fields["exact"], form.fields["revision"]) == ("recieve", "1")


@pytest.mark.parametrize(
    "query", [{"exact": "nowhere"}, {"exact": "re"}, {"exact": "\0"}, {"exact": "x" * 5000}, {"revision": "9" * 40}]
)
def test_nonsense_in_the_address_does_no_harm(client: Client, article: Article, query: dict[str, str]) -> None:
    page = client.get(ADDRESS, query)

    assert page.status_code == 200
    assert known(page) == ""


def test_what_is_wrong_is_said_beside_what_is_known(client: Client, article: Article) -> None:
    make_case(article)
    told = client.post(ADDRESS, TYPED)
    seen = html.fromstring(told.content).forms[-1].fields["seen"]

    refused = client.post(ADDRESS, TYPED | {"replacement": "recieve", "seen": seen})

    assert refused.status_code == 422
    assert "The new wording is the same as the passage." in refused.content.decode()
    assert "Another reader has reported this" in known(refused)


def test_an_empty_field_deletes_nothing_and_says_what_to_do(client: Client, article: Article) -> None:
    refused = client.post(ADDRESS, TYPED | {"replacement": " "})

    assert refused.status_code == 422
    assert "choose “Delete this passage”" in refused.content.decode()
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(("way", "replacement", "note"), [("delete", "", ""), ("unknown", None, "What is it?")])
def test_what_is_asked_for_is_an_act_of_its_own(
    client: Client, article: Article, way: str, replacement: str | None, note: str
) -> None:
    assert client.post(ADDRESS, TYPED | {"way": way, "note": note}).status_code == 303
    assert Suggestion.objects.get().replacement == replacement


def test_a_name_is_taken_only_with_its_box(client: Client, article: Article) -> None:
    """A browser fills fields in by itself; nobody is named for that."""
    assert client.post(ADDRESS, TYPED | {"name": "Ada", "email": "ada@example.org"}).status_code == 303
    stored = Suggestion.objects.get()
    assert (stored.name, stored.credit, hasattr(stored, "contact")) == ("", False, False)

    refused = client.post(ADDRESS, TYPED | {"replacement": "got", "credit": "1", "name": " "})
    assert refused.status_code == 422
    assert "untick the box" in refused.content.decode()


def test_the_field_for_the_name_stands_behind_its_box(client: Client, article: Article) -> None:
    form = html.fromstring(client.get(ADDRESS).content).forms[-1]
    assert form.inputs["name"].get("autocomplete") == "off"
    assert not form.inputs["credit"].checked
    assert "email" not in form.inputs
