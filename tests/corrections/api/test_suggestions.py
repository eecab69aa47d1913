"""The API of suggestions: each listed answer, and a sentence for each refusal."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import publish_cases
from corrections.models import Suggestion
from corrections.triage.pipeline import triage_suggestion
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Article, Kind
from newsroom.publishing.publish import publish_revision
from tests.support.databases import Database
from tests.support.factories import current_revision, make_article, make_editor, make_revision

KEY = "one-of-sixteen-characters"
pytestmark = pytest.mark.django_db
ADDRESS = "/api/suggestions"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def body(**changes: Any) -> dict[str, Any]:
    quote = {"field": "body", "exact": "recieve", "prefix": "will ", "suffix": " the", "start": 17, "end": 24}
    return {
        "article": "bridges",
        "revision": 1,
        "quote": quote,
        "replacement": "receive",
        "note": "",
        "category": "typo",
        "evidence_url": "",
        "email": "",
        **changes,
    }


def post(client: Client, content: Any, *, key: str = "", **headers: str) -> Any:
    raw = content if isinstance(content, bytes) else json.dumps(content)
    if key:
        headers["Idempotency-Key"] = key
    content_type = headers.pop("Content-Type", "application/json")
    return client.post(ADDRESS, raw, content_type=content_type, headers=headers)


def test_a_suggestion_is_answered_with_its_private_page(client: Client, article: Article) -> None:
    response = post(client, body())

    assert response.status_code == 202
    answer = response.json()
    assert set(answer) == {"id", "status", "status_url"}
    assert answer["status"] == "received"
    assert str(Suggestion.objects.get().pk) == answer["id"]
    assert "Set-Cookie" not in response.headers
    page = client.get(answer["status_url"])
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")


def test_one_insert_and_no_transaction_stand_behind_it(client: Client, article: Article) -> None:
    post(client, body())  # from now on the revision is known
    with CaptureQueriesContext(connection) as queries:
        post(client, body())

    # Where the record stands is asked once a second, in the tests each time.
    asked, stored = (query["sql"] for query in queries.captured_queries)
    assert "newsroom_audithead" in asked
    assert stored.startswith("INSERT")


@pytest.mark.parametrize("around", [{}, {"prefix": "", "suffix": ""}])
@pytest.mark.parametrize(
    ("exact", "start", "replacement", "status"),
    [
        ("recieve", 17, "recieve ", 422),
        ("recieve", 17, "re\u00adcieve", 422),
        ("recieve", 17, "re cieve", 202),
        ("will recieve", 12, "willrecieve", 202),
        ("will recieve", 12, "will  recieve", 422),
        ("recieve", 17, "\u00a0recieve", 202),
    ],
)
def test_what_nobody_sees_is_no_change(
    client: Client, article: Article, exact: str, start: int, replacement: str, status: int, around: dict[str, str]
) -> None:
    """Also where the quote brings no words around the passage: the article has them."""
    text = current_revision(article).require_content().text
    end = start + len(exact)
    quote = {
        "field": "body",
        "exact": exact,
        "prefix": text[:start],
        "suffix": text[end:][:32],
        "start": start,
        "end": end,
    }
    answer = post(client, body(quote=quote | around, replacement=replacement))
    assert answer.status_code == status
    if status == 422:
        assert list(answer.json()["errors"]) == ["replacement"]


def test_a_retraction_is_noticed_although_the_revision_is_known(client: Client, article: Article) -> None:
    assert post(client, body()).status_code == 202
    make_revision(article, find="", put="", kind=Kind.RETRACTION, note="All wrong.", by=make_editor(group=DESK_CHIEF))
    assert post(client, body()).status_code == 422


def test_the_status_follows_the_case_to_the_published_spot(client: Client, article: Article) -> None:
    answer = post(client, body()).json()
    status = f"{ADDRESS}/{answer['status_url'].split('/')[2]}"
    nothing = {"question": None, "reason": None, "revision": None, "url": None}
    assert client.get(status).json() == {"status": "received", **nothing}

    case = triage_suggestion(answer["id"])
    assert case
    assert client.get(status).json() == {"status": "in_review", **nothing}

    base = current_revision(article)
    publish_cases([case], by=make_editor(), base=base, composed=compose(base, [Edit(case, "receive")]), kind=Kind.TYPO)
    response = client.get(status)
    assert response["Cache-Control"] == "no-store"
    assert response.json()["status"] == "published"
    assert response.json()["revision"] == 2
    assert response.json()["url"].endswith("/articles/bridges/revisions/2/#spot-17-24")


def test_a_retried_key_is_answered_as_before_and_another_body_refused(committed_db: Database, client: Client) -> None:
    make_article(slug="bridges")
    first = post(client, body(), key=KEY)

    assert post(client, body(), key=KEY).json() == first.json()
    assert post(client, body(replacement="get"), key=KEY).status_code == 422
    assert Suggestion.objects.count() == 1
    for key in ("1", "x" * 15, "x" * 201):
        refused = post(client, body(), key=key)
        assert refused.status_code == 422
        assert "16 to 200 random characters" in refused.json()["errors"]["Idempotency-Key"][0]
    assert post(client, body(), key="x" * 16).status_code == 202


def test_a_replay_after_a_new_secret_key_gives_the_link_that_opens(
    committed_db: Database, client: Client, settings: Any
) -> None:
    make_article(slug="bridges")
    first = post(client, body(), key=KEY).json()["status_url"]
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    again = post(client, body(), key=KEY).json()["status_url"]
    assert again == first
    assert client.get(again).status_code == 200


def test_about_the_whole_article_or_without_the_right_words(client: Client, article: Article) -> None:
    assert post(client, body(quote=None, replacement=None, note="Too long.")).status_code == 202
    assert post(client, body(replacement=None, note="This reads oddly.")).status_code == 202
    assert post(client, body(replacement="")).status_code == 202
    assert post(client, body(name="Ada", credit=True, stamp="", website="", pow="")).status_code == 202


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quote": None}, "replacement"),
        ({"quote": None, "replacement": None}, "note"),
        ({"replacement": None}, "note"),
        ({"replacement": "recieve"}, "replacement"),
        ({"revision": 9}, "revision"),
        ({"revision": -1}, "revision"),
        ({"revision": "1"}, "revision"),
        ({"revision": True}, "revision"),
        ({"revision": 1.0}, "revision"),
        ({"note": 7}, "note"),
        ({"credit": "yes"}, "credit"),
        ({"colour": "red"}, "colour"),
        ({"category": "rant"}, "category"),
        ({"email": "nobody"}, "email"),
        ({"evidence_url": "ftp://example.org"}, "evidence_url"),
        ({"quote": {"field": "body", "exact": "recieve", "start": 17}}, "quote.end"),
        ({"quote": {"field": "body", "exact": "x" * 1001, "start": 0, "end": 1001}}, "quote.exact"),
        ({"quote": []}, "quote"),
    ],
)
def test_a_field_is_refused_under_its_name(
    client: Client, article: Article, changes: dict[str, Any], field: str
) -> None:
    response = post(client, body(**changes))

    assert response.status_code == 422
    assert list(response.json()["errors"]) == [field]
    assert not Suggestion.objects.exists()


def test_a_missing_field_is_named(client: Client, article: Article) -> None:
    incomplete = body()
    del incomplete["category"]

    assert post(client, incomplete).json() == {"errors": {"category": ["This field is missing."]}}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b'{"note": "\xff"}',
        b'{"note": "\\ud800"}',
        b'{"a": 1, "a": 2}',
        b'{"revision": NaN}',
        b'{"revision": ' + b"9" * 5000 + b"}",
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"[" * 60000,
    ],
    ids=lambda raw: repr(raw[:20]),
)
def test_what_is_no_json_object_is_400(client: Client, article: Article, raw: bytes) -> None:
    response = post(client, raw)

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["_"]


def test_other_answers(client: Client, article: Article) -> None:
    assert post(client, body(article="nowhere")).status_code == 404
    assert post(client, body(article="a\x00b")).status_code == 404
    assert client.get(f"{ADDRESS}/nothing").status_code == 404
    assert post(client, body(note="x" * 70_000)).status_code == 413
    assert post(client, body(), **{"Content-Type": "text/plain"}).status_code == 415
    assert post(client, body(), **{"Content-Encoding": "gzip"}).status_code == 415
    assert client.put(ADDRESS).status_code == 405
    for response in (post(client, body(article="nowhere")), client.put(ADDRESS), client.get(f"{ADDRESS}/nothing")):
        assert list(response.json()["errors"]) == ["_"]


def test_a_draft_is_unknown_and_a_retracted_article_takes_nothing(client: Client, article: Article) -> None:
    Article.objects.create(slug="draft")
    assert post(client, body(article="draft")).status_code == 404

    base = current_revision(article)
    publish_revision(
        article,
        base=base,
        by=make_editor(group=DESK_CHIEF),
        kind=Kind.RETRACTION,
        wording=base.require_content().wording,
        note="It was forged.",
        approved_by=make_editor(group=DESK_CHIEF),
    )
    assert list(post(client, body()).json()["errors"]) == ["article"]


def test_a_body_of_unknown_length_is_asked_for_its_length(client: Client) -> None:
    # As a server passes it on: without a length, which the test client would put beside it.
    chunked: dict[str, Any] = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    answer = client.post("/api/suggestions", body(), content_type="application/json", **chunked)
    assert answer.status_code == 411
    assert "Content-Length" in answer.json()["errors"]["_"][0]
    assert client.post("/articles/bridges/suggest/", {"note": "x"}, **chunked).status_code == 411


@pytest.mark.parametrize(
    ("address", "status"),
    [("bridges", 200), ("bridges/passage", 400), ("bridges/reports", 400), ("bridges/revisions", 400)],
)
def test_a_thousand_parameters_are_no_fault_of_ours(client: Client, address: str, status: int) -> None:
    make_article(slug="bridges")
    query = "&".join(f"a{number}=1" for number in range(1500))
    assert client.get(f"/api/articles/{address}?{query}").status_code == status


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/suggestions", "POST, OPTIONS"),
        ("/api/suggestions/x", "GET, HEAD, OPTIONS"),
        ("/api/articles/bridges/reports", "GET, HEAD, OPTIONS"),
    ],
)
def test_an_address_says_which_methods_it_allows(client: Client, path: str, allowed: str) -> None:
    answer = client.options(path)
    assert (answer.status_code, answer["Allow"]) == (204, allowed)
    assert client.put(path)["Allow"] == allowed
