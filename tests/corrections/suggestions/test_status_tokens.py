"""What a reader may do with a suggestion afterwards: by the API and by the forms of its private page."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from lxml import html

from corrections.contacts.addresses import confirm_contact, contact_for
from corrections.decisions.outcomes import decline_case
from corrections.models import Case, Suggestion
from corrections.suggestions.status_tokens import status_token
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import SuggestionInput
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.models import Article
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.mailbox import contact_of
from tests.support.suggestion_factories import make_quote, make_suggestion

pytestmark = pytest.mark.django_db
NOTHING = {"question": None, "reason": None, "revision": None, "url": None}
NAMES = ["withdraw", "credit", "erase"]


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


@pytest.fixture
def suggestion(article: Article) -> Suggestion:
    return make_suggestion(article, note="I was there.", email="ada@example.org")


@pytest.fixture
def api(suggestion: Suggestion) -> str:
    return f"/api/suggestions/{status_token(suggestion.pk)}"


@pytest.fixture
def link(suggestion: Suggestion) -> str:
    return f"/suggestions/{status_token(suggestion.pk)}/"


def post(client: Client, address: str, content: Any = None) -> Any:
    raw = b"" if content is None else content if isinstance(content, bytes) else json.dumps(content)
    response = client.post(address, raw, content_type="application/json")
    assert response["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    return response


def tree(response: Any) -> Any:
    return html.fromstring(response.content)


def forms(response: Any) -> list[str]:
    """The verbs that the page offers."""
    return [form.get("action").split("/")[-2] for form in tree(response).xpath("//form")]


# The API --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("body", [None, {}])
def test_taking_back_is_answered_with_the_status(client: Client, api: str, body: Any) -> None:
    response = post(client, f"{api}/withdraw", body)

    assert (response.status_code, response.json()) == (200, {"status": "withdrawn", **NOTHING})
    assert post(client, f"{api}/withdraw", body).json() == response.json()
    assert client.get(api).json()["status"] == "withdrawn"


def test_taking_back_after_the_decision_is_a_conflict(client: Client, suggestion: Suggestion, api: str) -> None:
    triage_suggestion(suggestion.pk)
    decline_case(Case.objects.get(), by=make_editor(), reason="It is right as it stands.")

    response = post(client, f"{api}/withdraw")

    assert response.status_code == 409
    assert list(response.json()["errors"]) == ["_"]
    assert client.get(api).json()["status"] == "declined"


def test_credit_takes_a_name_and_a_wish(client: Client, suggestion: Suggestion, api: str) -> None:
    response = post(client, f"{api}/credit", {"name": "Ada", "credit": True})

    assert (response.status_code, response.json()) == (200, {"status": "received", **NOTHING})
    suggestion.refresh_from_db()
    assert (suggestion.name, suggestion.credit) == ("Ada", True)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x" * 101, "credit": True}, "name"),
        ({"name": "", "credit": True}, "name"),
        ({"name": "Ada"}, "credit"),
        ({"credit": True}, "name"),
        ({"name": 7, "credit": True}, "name"),
        ({"name": "Ada", "credit": 1}, "credit"),
        ({"name": "Ada", "credit": True, "email": "x"}, "email"),
    ],
)
def test_credit_is_refused_under_the_field(client: Client, api: str, body: Any, field: str) -> None:
    response = post(client, f"{api}/credit", body)

    assert response.status_code == 422
    assert list(response.json()["errors"]) == [field]
    assert not Suggestion.objects.get().credit


def test_an_address_may_be_given_afterwards(client: Client, article: Article) -> None:
    suggestion = make_suggestion(article, "recieve", "receive")
    api = f"/api/suggestions/{status_token(suggestion.pk)}"
    for address in (" ada@example.org ", "bob@example.org", "bob@example.org"):
        response = post(client, f"{api}/email", {"email": address})
        assert (response.status_code, response.json()) == (202, {"status": "received", **NOTHING})
        contact = contact_for(suggestion)
        assert contact
        assert contact.address == address.strip()

    confirm_contact(contact_of(suggestion), wants_receipt=False)
    assert post(client, f"{api}/email", {"email": "eve@example.org"}).status_code == 409


@pytest.mark.parametrize(
    "body", [{}, {"email": ""}, {"email": "nobody"}, {"email": 7}, {"email": "x" * 300 + "@a.org"}]
)
def test_what_is_no_address_is_refused_under_the_field(client: Client, api: str, body: Any) -> None:
    response = post(client, f"{api}/email", body)
    assert response.status_code == 422
    assert list(response.json()["errors"]) == ["email"]


def test_erasing_is_final(client: Client, suggestion: Suggestion, api: str) -> None:
    response = post(client, f"{api}/erase")

    assert (response.status_code, response.json()) == (200, {"status": "received", **NOTHING})
    suggestion.refresh_from_db()
    assert (suggestion.note, contact_for(suggestion), suggestion.exact) == ("", None, "recieve")
    assert post(client, f"{api}/credit", {"name": "Ada", "credit": True}).status_code == 409
    assert post(client, f"{api}/email", {"email": "ada@example.org"}).status_code == 409
    assert post(client, f"{api}/erase", {}).status_code == 200


def test_the_export_holds_every_column_but_the_fingerprints(client: Client, suggestion: Suggestion, api: str) -> None:
    triage_suggestion(suggestion.pk)
    suggestion.refresh_from_db()

    response = client.get(f"{api}/export")

    assert response["Content-Disposition"] == f'attachment; filename="suggestion-{suggestion.pk}.json"'
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].startswith("application/json")
    answer = response.json()
    assert (answer["article"], answer["revision"]) == ("bridges", 1)
    assert answer["answer"] == {"status": "in_review", **NOTHING}
    stored = answer["stored"]
    every = {field.attname for field in Suggestion._meta.concrete_fields}
    assert every - set(stored) == {"token_hash", "key_hash", "request_digest", "address_hash"}
    assert (stored["id"], stored["email"], stored["note"]) == (str(suggestion.pk), "ada@example.org", "I was there.")
    assert (stored["start"], stored["case_id"]) == (17, suggestion.case_id)
    assert stored["received_at"][:19] == suggestion.received_at.isoformat()[:19]


@pytest.mark.parametrize(("method", "name"), [("post", name) for name in NAMES] + [("get", "export")])
def test_an_unknown_link_is_404(client: Client, method: str, name: str) -> None:
    address, content = f"/api/suggestions/nothing/{name}", {"name": "Ada", "credit": True} if name == "credit" else {}
    response = post(client, address, content) if method == "post" else client.get(address)

    assert response.status_code == 404
    assert list(response.json()["errors"]) == ["_"]


@pytest.mark.parametrize("name", ["withdraw", "erase"])
@pytest.mark.parametrize(("body", "status"), [({"really": True}, 422), (b"[]", 400), (b"{", 400)])
def test_nothing_means_nothing(client: Client, api: str, name: str, body: Any, status: int) -> None:
    assert post(client, f"{api}/{name}", body).status_code == status
    assert not Suggestion.objects.exclude(withdrawn_at=None, erased_at=None).exists()
    assert client.get(f"{api}/{name}").status_code == 405


# The page -------------------------------------------------------------------------------------------------------------
def test_the_page_offers_each_choice_and_the_file(client: Client, link: str, api: str) -> None:
    response = client.get(link)

    assert sorted(forms(response)) == sorted(NAMES)
    assert tree(response).xpath("//a[@download]/@href") == [f"{api}/export"]
    assert all(form.get("method") == "post" for form in tree(response).xpath("//form"))


def test_taking_back_by_form_leads_back_to_the_page(client: Client, link: str) -> None:
    response = client.post(f"{link}withdraw/")

    assert (response.status_code, response["Location"]) == (303, f"{link}?done=withdrawn")
    assert "Set-Cookie" not in response.headers
    shown = client.get(response["Location"])
    assert tree(shown).xpath("//*[@data-status]/@data-status") == ["withdrawn"]
    assert tree(shown).xpath("//h1")[0].text.strip() == "You took your suggestion back"
    assert "Our editors no longer count it" in shown.content.decode()
    assert tree(shown).xpath("//*[@role='status']")[0].text.strip() == "You took your suggestion back."
    assert forms(shown) == ["erase"]


def test_taking_back_too_late_is_told_on_the_page(client: Client, suggestion: Suggestion, link: str) -> None:
    triage_suggestion(suggestion.pk)
    decline_case(Case.objects.get(), by=make_editor(), reason="It is right as it stands.")

    response = client.post(f"{link}withdraw/")

    assert response.status_code == 409
    assert "no-store" in response["Cache-Control"]
    assert "An editor decided in the meantime" in tree(response).xpath("//*[@role='alert']")[0].text
    assert forms(response) == ["erase"]


def test_the_name_is_kept_by_form(client: Client, suggestion: Suggestion, link: str) -> None:
    assert client.post(f"{link}credit/", {"name": "Ada", "credit": "1"}).status_code == 303
    suggestion.refresh_from_db()
    assert (suggestion.name, suggestion.credit) == ("Ada", True)
    fields = tree(client.get(link)).xpath("//form[contains(@action, '/credit/')]")[0].fields
    assert (fields["name"], fields["credit"]) == ("Ada", "1")

    client.post(f"{link}credit/", {"name": "Ada"})
    suggestion.refresh_from_db()
    assert (suggestion.name, suggestion.credit) == ("Ada", False)


def test_a_name_that_is_refused_comes_back_with_a_sentence(client: Client, link: str) -> None:
    response = client.post(f"{link}credit/", {"name": "<b>" + "x" * 100, "credit": "1"})

    assert response.status_code == 422
    field = tree(response).xpath("//input[@name='name']")[0]
    assert (field.get("value"), field.get("aria-invalid")) == ("<b>" + "x" * 100, "true")
    assert "at most 100" in tree(response).xpath("//*[@id='suggestion-name-error']")[0].text_content()


def test_erasing_by_form(client: Client, suggestion: Suggestion, link: str) -> None:
    assert "I was there." in client.get(link).content.decode()

    assert client.post(f"{link}erase/").status_code == 303

    shown = client.get(link)
    assert "I was there." not in shown.content.decode()
    assert "What it said about you was erased." in shown.content.decode()
    assert forms(shown) == ["withdraw"]
    assert client.post(f"{link}credit/", {"name": "Ada", "credit": "1"}).status_code == 409


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_answer_posts_with_a_known_link_alone(client: Client, link: str, name: str) -> None:
    assert client.get(f"{link}{name}/").status_code == 405
    assert client.post(f"/suggestions/nothing/{name}/", {"name": "Ada"}).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{link}{name}/", {"name": "Ada"}).status_code == 303


def test_a_reader_in_review_sees_the_passage_as_it_stands_now(client: Client) -> None:
    article = make_article()
    suggestion = make_suggestion(article)
    triage_suggestion(suggestion.pk)
    make_revision(article, find="The council", put="Yesterday the council")
    reanchor_article(article)

    page = html.fromstring(client.get(f"/suggestions/{status_token(suggestion.pk)}/").content.decode())

    [passage] = page.xpath("//section[@aria-labelledby='standing']/p[mark]")
    assert passage.xpath("mark/text()") == ["recieve"]
    assert "Yesterday the council will" in passage.text_content()
    [link] = page.xpath("//a[text()='See it in the article']/@href")
    assert link == f"/articles/{article.slug}/revisions/2/?spot=27-34#spot-27-34"


def test_a_reader_is_told_when_the_passage_has_no_certain_place(client: Client) -> None:
    article = make_article()
    suggestion = make_suggestion(article, "three are closed", "four are closed", category="fact")
    triage_suggestion(suggestion.pk)
    make_revision(article, find="<p>It counts <strong>14</strong> bridges, of which three are closed.</p>", put="")
    reanchor_article(article)

    page = client.get(f"/suggestions/{status_token(suggestion.pk)}/").content.decode()

    assert "cannot be found with certainty" in page


def test_words_that_never_stood_there_are_not_said_to_be_gone(client: Client, article: Article) -> None:
    """As they come from a page that the browser translated."""
    quote = replace(make_quote(current_revision(article), "recieve"), exact="erhalten")
    sent = SuggestionInput(quote=quote, replacement="bekommen", category="typo")
    suggestion = submit_suggestion(current_revision(article), sent=sent)
    triage_suggestion(suggestion.pk)

    page = client.get(f"/suggestions/{status_token(suggestion.pk)}/").content.decode()

    assert "does not have these words" in page
    assert "any more" not in page[page.index('id="standing"') : page.index('id="mail"')]
    assert 'data-status="in_review"' in page
