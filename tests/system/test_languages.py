"""Which language a page, an answer of the API, a mail and the desk speak."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format

from corrections.contacts.outbox import queue_mail
from corrections.mail.delivery import send_mail
from corrections.models import Mail
from corrections.triage.pipeline import triage_suggestion
from newsroom.languages import direction, supported_language
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import confirmation_link, make_reader, post_all
from tests.support.pseudo_locale import pseudo, widened
from tests.support.public_pages import html
from tests.support.suggestion_factories import make_suggestion

__all__ = ["pseudo"]
pytestmark = pytest.mark.django_db
BODY = "<p>Der Rat zählt 14 Brücken.</p>"


def spoken(markup: str) -> tuple[str, ...]:
    """The language and the direction of a page."""
    found = re.search(r'<html lang="([^"]*)" dir="([^"]*)"', markup)
    assert found
    return found.groups()


@pytest.mark.parametrize(
    ("article", "ours", "written"),
    [
        ("de", "de", "ltr"),
        ("de-AT", "de", "ltr"),
        ("uk", "uk", "ltr"),
        ("ar", "ar", "rtl"),
        ("ar-EG", "ar", "rtl"),
        ("pl", "en", "ltr"),
        ("he", "en", "ltr"),
        ("en-GB", "en", "ltr"),
    ],
)
def test_pages_about_an_article_speak_its_language_or_its_base_or_english(
    client: Client, article: str, ours: str, written: str
) -> None:
    row = make_article(slug="text", language=article, body=BODY)
    assert supported_language(article) == ours
    for path in ("", "changes/", "changes/1...1/", "revisions/1/", "suggest/"):
        page = html(client, f"/articles/{row.slug}/{path}")
        assert spoken(page) == (ours, written), path
    # The article itself keeps its own language and direction on every one of them.
    story = html(client, "/articles/text/")
    assert re.search(rf'<article [^>]*lang="{article}" dir="{direction(article)}"', story)


def test_the_pages_of_a_suggestion_and_of_its_mails_speak_its_articles_language(client: Client) -> None:
    article = make_article(language="ar", body=BODY)
    address = client.post(
        f"/articles/{article.slug}/suggest/", {"exact": "14", "replacement": "15", "category": "fact"}
    )
    assert spoken(html(client, address["Location"])) == ("ar", "rtl")
    suggestion = make_suggestion(article, "Brücken", "Brückchen", email="ada@example.org")
    assert spoken(html(client, confirmation_link(suggestion))) == ("ar", "rtl")
    [letter] = post_all()
    [stop] = re.findall(r"<https?://[^/]+(/mail/stop/[^>]+)>", letter.extra_headers["List-Unsubscribe"])
    assert spoken(html(client, stop)) == ("ar", "rtl")


def test_pages_of_the_site_speak_its_own_language_whatever_the_browser_asks(client: Client, settings: Any) -> None:
    settings.LANGUAGE_CODE = "uk"
    make_article(slug="text", language="de", body=BODY)
    html(client, "/articles/text/")  # what it speaks ends with it
    for path in ("/", "/corrections/", "/policy/", "/privacy/", "/nothing-here/"):
        answer = client.get(path, headers={"Accept-Language": "fr", "Cookie": "django_language=fr"})
        assert spoken(answer.content.decode()) == ("uk", "ltr"), path
        assert "language" not in answer.get("Vary", "").lower()
    assert client.get("/corrections/feed.json").json()["language"] == "uk"


def test_a_feed_of_an_article_and_each_entry_speak_its_language(client: Client, pseudo: str) -> None:
    make_article(slug="text", language=pseudo, body=BODY)
    feed = client.get("/articles/text/changes/feed.json").json()
    assert feed["language"] == pseudo
    assert feed["description"] == widened("Every published version of this article.")
    assert feed["items"][0]["title"].startswith(widened("Publication"))
    assert feed["items"][0]["content_text"] == widened("The article appears for the first time.")


def post(client: Client, slug: str, **body: Any) -> Any:
    sent = {"article": slug, "revision": 1, "quote": None, "replacement": None, "category": "typo", **body}
    return client.post("/api/suggestions", sent, content_type="application/json")


def test_the_api_answers_in_the_language_of_the_article(client: Client, pseudo: str) -> None:
    article = make_article(slug="text", language=pseudo, body=BODY)
    told = widened("Say in a few words what is wrong.")
    assert post(client, article.slug).json()["errors"]["note"] == [told]
    missing = post(client, article.slug, revision=7).json()["errors"]["revision"]
    assert missing == [widened("The article has no version with this number. Send the one that was read.")]
    english = make_article(slug="other", body=BODY)
    assert post(client, english.slug).json()["errors"]["note"] == ["Say in a few words what is wrong."]


def test_a_private_link_answers_in_the_language_of_the_article(client: Client, pseudo: str) -> None:
    article = make_article(slug="text", language=pseudo, body=BODY)
    address = post(client, article.slug, note="x").json()["status_url"]
    answer = client.post(f"/api{address}answer", {"text": "15"}, content_type="application/json")
    assert answer.json()["errors"]["_"] == [widened("There is no open question about this suggestion.")]


def test_a_mail_speaks_the_language_of_the_article_and_leaves_the_workers_own(pseudo: str) -> None:
    with translation.override("fr"):
        make_suggestion(make_article(language=pseudo, body=BODY), "14", "15", email="ada@example.org")
        make_suggestion(make_article(language="pl", body=BODY), "14", "15", email="eva@example.org")
        subjects = {letter.to[0]: (letter.subject, letter.alternatives[0][0]) for letter in post_all()}
        assert translation.get_language() == "fr"
    site = "The Harbour Gazette"
    told, page = subjects["ada@example.org"]
    assert told == widened("Please confirm your e-mail address for %(site)s") % {"site": site}
    assert f'<html lang="{pseudo}" dir="ltr">' in page
    assert subjects["eva@example.org"][0] == f"Please confirm your e-mail address for {site}"


def test_a_mail_says_its_dates_in_the_language_of_the_article() -> None:
    article = make_article(language="fr", body="<p>The council will recieve it.</p>")
    case = triage_suggestion(make_reader(article).pk)
    assert case
    Desk().decide(case, "decline", reason="Non.")
    [letter] = post_all()
    with translation.override("fr"):
        assert date_format(timezone.localdate(), "F") in letter.body


# The desk -------------------------------------------------------------------------------------------------------------
def test_the_desk_speaks_what_the_browser_asks_for_until_the_editor_chooses(client: Client) -> None:
    editor = make_editor()
    assert spoken(client.get("/admin/login/", headers={"Accept-Language": "ar,en;q=0.5"}).content.decode())[0] == "ar"
    client.force_login(editor)
    asked = {"Accept-Language": "pl,fr-CA;q=0.8"}
    assert spoken(client.get("/admin/", headers=asked).content.decode())[0] == "fr"
    editor.language = "uk"
    editor.save()
    assert spoken(client.get("/admin/", headers=asked).content.decode())[0] == "uk"
    # A reader's page is the same for an editor as for everybody.
    assert spoken(client.get("/", headers=asked).content.decode())[0] == "en"


def test_an_editor_chooses_the_language_of_the_desk_in_the_profile(client: Client, pseudo: str) -> None:
    editor = make_editor()
    client.force_login(editor)
    assert 'value="uk">Українська' in html(client, "/admin/profile/")
    page = client.post("/admin/profile/", {"language": pseudo}, follow=True).content.decode()
    editor.refresh_from_db()
    assert editor.language == pseudo
    assert spoken(page)[0] == pseudo
    assert widened("Saved.") in page
    refused = client.post("/admin/profile/", {"language": "tlh"})
    assert refused.status_code == 200
    editor.refresh_from_db()
    assert editor.language == pseudo


def test_a_digest_is_written_in_the_language_that_its_editor_chose(pseudo: str) -> None:
    make_case(make_article())
    editor = make_editor()
    for language, subject in (("", "1 case waits at the desk"), (pseudo, widened("1 case waits at the desk"))):
        editor.language, editor.digest, editor.email = language, True, "ed@example.org"
        editor.save()
        queue_mail(Mail.Kind.DIGEST, editor=editor.pk, about=f"today {language}")
        send_mail(Mail.objects.get(about=f"today {language}").pk)
        assert mail.outbox[-1].subject == subject
