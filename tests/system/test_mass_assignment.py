"""Fields that no form has are sent along with those that it has: none of them is written."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from corrections.models import Case, Contact, Follower, Hook, Mail, Suggestion, Thanks
from corrections.suggestions.status_tokens import status_token
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Article, Editor, Picture, PublicChanges, Revision
from tests.support.desk_page import address_of, make_case
from tests.support.factories import current_revision, make_article, make_editor, make_wording
from tests.support.rows import every_row
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook

pytestmark = pytest.mark.django_db
TYPED = {"exact": "recieve", "replacement": "receive", "category": "typo", "revision": "1"}
# What each table has and no form of a reader or of an editor without the right may set.
OF_SUGGESTIONS: dict[str, Any] = {
    "id": "00000000-0000-4000-8000-000000000000",
    "pk": "1",
    "article": "other",
    "article_id": 7,
    "read_in": 7,
    "status": "spam",
    "case": 7,
    "case_id": 7,
    "token_hash": "x",
    "key_hash": "x",
    "address_hash": "x",
    "is_stamped": "on",
    "looks_automatic": "",
    "received_at": "2001-01-01",
    "triaged_at": "2001-01-01",
    "attempts": 9,
    "withdrawn_at": "2001-01-01",
    "erased_at": "2001-01-01",
    "answered_at": "2001-01-01",
    "merged_from": 7,
}
OF_EDITORS: dict[str, Any] = {
    "is_superuser": "on",
    "is_staff": "on",
    "is_active": "",
    "username": "root",
    "password": "x",
    "email": "mine@evil.example",
    "last_login": "2001-01-01",
    "date_joined": "2001-01-01",
    "id": 7,
    "pk": 7,
}


@pytest.fixture(autouse=True)
def article() -> Article:
    return make_article(slug="bridges")


def changed(before: dict[tuple[str, Any], dict[str, Any]]) -> dict[str, set[str]]:
    """The columns that are others now, by table; a new row has all of its own."""
    columns: dict[str, set[str]] = {}
    for (table, key), row in every_row().items():
        old = before.get((table, key), {})
        if table == PublicChanges._meta.label:
            continue  # how often what the public sees was changed
        if different := {name for name, value in row.items() if old.get(name) != value}:
            columns.setdefault(table, set()).update(different)
    return columns


# Readers --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", OF_SUGGESTIONS)
def test_the_api_refuses_every_column_that_it_has_no_field_for(client: Client, name: str) -> None:
    body = {"article": "bridges", "revision": 1, "quote": None, "replacement": None, "category": "typo", "note": "x"}
    if name == "article":
        return
    answer = client.post("/api/suggestions", json.dumps(body | {name: 1}), content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [name])
    token = status_token(make_suggestion(Article.objects.get()).pk)
    for door, sound in (
        ("answer", {"text": "x"}),
        ("credit", {"name": "x", "credit": False}),
        ("erase", {}),
        ("withdraw", {}),
    ):
        sent = json.dumps(sound | {name: 1})
        answer = client.post(f"/api/suggestions/{token}/{door}", sent, content_type="application/json")
        assert answer.status_code == 422, door


def test_the_plain_form_sets_its_own_columns_alone(client: Client, article: Article) -> None:
    assert client.post("/articles/bridges/suggest/", TYPED).status_code == 303
    assert client.post("/articles/bridges/suggest/", OF_SUGGESTIONS | TYPED).status_code == 303
    own = {"id", "token_hash", "request_digest", "received_at"}
    plain, sent_more = (dict[str, object](row) for row in Suggestion.objects.order_by("received_at").values())
    assert {name for name, value in sent_more.items() if plain[name] != value} <= own
    assert str(sent_more["id"]) != OF_SUGGESTIONS["id"]


@pytest.mark.parametrize(
    ("door", "typed", "written"),
    [
        ("credit", {"name": "Ada", "credit": "1"}, {"name", "credit"}),
        ("withdraw", {}, {"withdrawn_at", "status"}),
        ("erase", {}, {"name", "note", "request_digest", "erased_at"}),
    ],
)
def test_the_forms_of_the_private_page_set_their_own_columns_alone(
    client: Client, article: Article, door: str, typed: dict[str, str], written: set[str]
) -> None:
    suggestion = make_suggestion(article, note="x", name="Before")
    before = every_row()

    assert client.post(f"/suggestions/{status_token(suggestion.pk)}/{door}/", OF_SUGGESTIONS | typed).status_code == 303

    columns = changed(before)
    assert columns.pop(Suggestion._meta.label) <= written
    assert not columns


# The desk -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(make_editor(group=DESK_CHIEF))
    return client


def every_right() -> dict[str, list[int]]:
    return {
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "user_permissions": list(Permission.objects.values_list("pk", flat=True)),
    }


def test_ones_own_profile_gives_no_rights(client: Client) -> None:
    client.force_login(make_editor())
    before = every_row()

    client.post("/admin/profile/", {"public_name": "Ada", "language": "de", **OF_EDITORS, **every_right()})

    assert changed(before) == {Editor._meta.label: {"public_name", "language", "letter_keys"}}


def test_the_chief_gives_by_raw_forms_what_they_may_give_and_nothing_else(chief: Client) -> None:
    other = make_editor()
    before = every_row()
    own = {"username": other.username, "public_name": "Ada", "is_active": "on", "is_staff": "on"}
    rights = every_right()

    answer = chief.post(f"/admin/newsroom/editor/{other.pk}/change/", {**OF_EDITORS, **own, **rights})

    assert answer.status_code == 302
    columns = changed(before)
    assert columns.pop(Editor._meta.label) <= {"public_name", "email"}
    other.refresh_from_db()
    assert not other.is_superuser
    assert not other.user_permissions.exists()
    assert other.check_password("a long and quiet harbour")


def test_a_new_account_is_no_superuser(chief: Client) -> None:
    password = "a lantern in the fog 77"
    typed = {"username": "new", "public_name": "", "password1": password, "password2": password}
    chief.post(
        "/admin/newsroom/editor/add/", {**OF_EDITORS, **typed, "user_permissions": every_right()["user_permissions"]}
    )
    made = Editor.objects.get(username="new")
    assert (made.is_superuser, made.has_usable_password(), made.user_permissions.count()) == (False, False, 0)


def test_writing_an_article_sets_neither_its_state_nor_its_revision(chief: Client, article: Article) -> None:
    typed = {**make_wording(body="<p>x</p>").as_dict(), "slug": "other", "language": "en", "section": "News", "base": 1}
    more = {
        "state": "retracted",
        "current": 7,
        "current_id": 7,
        "edited_by": 1,
        "approved_by": 1,
        "editor": 1,
        "number": 9,
    }
    revision = current_revision(article)

    chief.post(
        f"/admin/newsroom/article/{article.pk}/change/", {**typed, **more, "kind": "", "note": "", "decision": "save"}
    )

    article.refresh_from_db()
    assert (article.slug, article.state, article.current_id, article.section) == (
        "bridges",
        "published",
        revision.pk,
        "News",
    )


def test_a_decision_sets_nothing_but_what_it_decides(chief: Client, article: Article) -> None:
    case, suggestion = make_case(article), Suggestion.objects.get()
    more = {
        "readers": 99,
        "rank": "2001-01-01",
        "flags": "[]",
        "reason": "x",
        "decided_by": 1,
        "published_in": 1,
        "article": 2,
    }
    before = every_row()

    chief.post(address_of(case), {**more, "state": case.state, "decision": "claim", "assignee": 1})

    assert changed(before)[Case._meta.label] == {"assignee_id", "claimed_until"}
    assert Suggestion.objects.get() == suggestion


def test_a_webhook_takes_neither_a_secret_nor_a_past(chief: Client) -> None:
    hook = make_hook("https://receiver.example/")
    typed = {"name": "Mine", "url": hook.url, "events": ["case.created"], "form": hook.form, "enabled": "on"}
    hidden = {field.name: "2001-01-01" for field in Hook._meta.concrete_fields if field.name not in typed}
    before = every_row()

    chief.post(f"/admin/corrections/hook/{hook.pk}/change/", {**hidden, **typed})

    assert changed(before)[Hook._meta.label] == {"name", "events"}


@pytest.mark.parametrize("model", [Revision, Case, Suggestion, Contact, Follower, Mail, Thanks, Picture])
def test_what_has_no_form_of_its_own_is_changed_by_none(chief: Client, article: Article, model: Any) -> None:
    make_case(article, email="ada@example.org", name="Ada")
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}"
    row = model.objects.first()
    before = every_row()
    for path in (f"/{row.pk if row else 1}/change/", "/add/", "/"):
        chief.post(address + path, {field.name: "1" for field in model._meta.concrete_fields})
    assert every_row() == before
