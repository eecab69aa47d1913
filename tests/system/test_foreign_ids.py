"""Numbers, keys and links of other things in addresses and forms about something else: nothing comes of it."""

import json
from typing import Any

import pytest
from django.test import Client

from corrections.models import Case, Reason, Suggestion
from corrections.suggestions.status_tokens import status_token
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Kind
from newsroom.publishing.publish import publish_revision
from tests.support.desk_page import address_of, make_case
from tests.support.editor_page import Writer, start
from tests.support.factories import BODY, current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.raw_forms import proposal, proposed_case, revision_of
from tests.support.rows import every_row
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
API = "/api/suggestions"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_editor(group=STANDARDS_EDITOR))
    return client


def nothing_comes_of(client: Client, address: str, typed: dict[str, Any]) -> int:
    """Send it; returns the status of the answer."""
    before = every_row()
    answer = client.post(address, typed)
    assert every_row() == before
    return int(answer.status_code)


# The desk's forms -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("decision", ["merge", "publish-several", "propose-several"])
def test_cases_of_other_articles_and_settled_ones_join_nothing(desk: Client, decision: str) -> None:
    case, elsewhere, settled = make_case(make_article()), make_case(make_article()), make_case(make_article())
    Case.objects.filter(pk=settled.pk).update(state=Case.State.SPAM, article=case.article)
    for other in (elsewhere.pk, settled.pk, case.pk, 10**12, "x", ""):
        typed = {**revision_of(case), "others": [other], "decision": decision}
        assert nothing_comes_of(desk, address_of(case), typed) == 422


def test_suggestions_of_another_case_are_not_split_off(desk: Client) -> None:
    article = make_article()
    case, other = make_case(article), make_case(article, "Tuesday", "Monday")
    make_case(article)
    for key in (other.suggestions.get().pk, "x", "00000000-0000-0000-0000-000000000000"):
        typed = {"state": case.state, "suggestions": [str(key)], "decision": "split"}
        assert nothing_comes_of(desk, address_of(case), typed) == 422


def test_a_revision_of_another_number_or_article_is_no_base(desk: Client) -> None:
    case, longer = make_case(make_article()), make_article()
    make_revision(longer, find="three", put="four")
    numbers, others = (2, 99, " 2", "\u0662"), (-1, 0, 10**12, "1.5", "x", "")
    for number, status in [*((each, 409) for each in numbers), *((each, 422) for each in others)]:
        typed = {**revision_of(case), "base": number, "wording": "receive", "start": 17, "end": 24}
        assert nothing_comes_of(desk, address_of(case), {**typed, "decision": "edit"}) == status


@pytest.mark.parametrize(("start_at", "end_at"), [(0, 10), (17, 99_999), (30, 40), (24, 17), (-1, 24)])
def test_a_passage_elsewhere_is_not_reworded_by_this_case(desk: Client, start_at: int, end_at: int) -> None:
    case = make_case(make_article())
    own = {**revision_of(case), "wording": "gold", "start": start_at, "end": end_at, "offered": "", "decision": "edit"}
    chosen = {**revision_of(case), "chosen": f"{start_at}-{end_at}:gold", "start": 17, "end": 24, "decision": "publish"}
    assert nothing_comes_of(desk, address_of(case), own) == 422
    assert nothing_comes_of(desk, address_of(case), chosen) == 422


def test_a_case_is_handed_to_nobody_who_may_not_decide(desk: Client) -> None:
    case, auditor = make_case(make_article()), make_editor(group="Auditor")
    asleep = make_editor()
    asleep.is_active = False
    asleep.save()
    for key in (auditor.pk, asleep.pk, 10**12, "x"):
        typed = {"state": case.state, "to": key, "decision": "assign"}
        assert nothing_comes_of(desk, address_of(case), typed) == 422


def test_a_reason_that_is_none_declines_nothing(desk: Client) -> None:
    case = make_case(make_article())
    for key in (Reason.objects.latest("pk").pk + 1, "x"):
        typed = {"state": case.state, "canned": key, "reason": "", "decision": "decline"}
        assert nothing_comes_of(desk, address_of(case), typed) == 422


def test_the_digest_of_another_proposal_approves_nothing(desk: Client) -> None:
    case, other = proposed_case(), proposal()
    typed = {"state": case.state, "digest": other.digest, "decision": "approve"}
    assert nothing_comes_of(desk, address_of(case), typed) == 409
    address = f"/admin/newsroom/proposal/{other.pk}/change/"
    assert case.proposal
    assert nothing_comes_of(desk, address, {"digest": case.proposal.digest, "decision": "approve"}) == 409


def test_another_editors_decision_is_not_undone(desk: Client) -> None:
    case, colleague = make_case(make_article()), Client()
    colleague.force_login(make_editor())
    colleague.post(address_of(case), {"state": case.state, "decision": "fixed"})
    case.refresh_from_db()
    assert nothing_comes_of(desk, f"/admin/corrections/case/undo/{case.decision_id}/", {}) == 404


def test_of_one_sender_only_their_own_cases_are_declined(desk: Client) -> None:
    article = make_article()
    case, other = make_case(article), make_case(article, "Tuesday", "Monday")
    case.suggestions.update(address_hash="a" * 64)
    other.suggestions.update(address_hash="b" * 64)
    address = f"/admin/corrections/case/{case.pk}/sender/"
    assert nothing_comes_of(desk, address, {"decision": "spam", "others": [other.pk, "x", 10**12]}) == 302
    assert nothing_comes_of(desk, f"/admin/corrections/case/{10**9}/sender/", {"decision": "spam"}) == 404


def test_what_is_not_held_is_neither_let_in_nor_thrown_out(desk: Client) -> None:
    received = make_suggestion(make_article())
    for decision in ("in", "out"):
        typed = {"decision": decision, "suggestions": [str(received.pk), "x", ""]}
        assert nothing_comes_of(desk, "/admin/corrections/case/held-back/", typed) == 302


def test_a_draft_is_saved_onto_no_revision_of_another_article(desk: Client) -> None:
    article, longer = make_article(), make_article()
    make_revision(longer, find="three", put="four")
    typed = {**make_wording(body="<p>x</p>").as_dict(), "slug": longer.slug, "language": "en", "section": "Local"}
    for number in (2, 99):
        sent = {**typed, "base": number, "kind": "update", "note": "x", "decision": "publish"}
        desk.post(f"/admin/newsroom/article/{article.pk}/change/", sent)
        assert current_revision(article).number == 1
        article.refresh_from_db()
        assert article.slug != longer.slug


def test_one_does_not_approve_oneself_by_a_raw_form() -> None:
    laid, client = proposal(), Client()
    laid.proposed_by.groups.set(make_editor(group=STANDARDS_EDITOR).groups.all())
    client.force_login(laid.proposed_by)
    address = f"/admin/newsroom/proposal/{laid.pk}/change/"
    assert nothing_comes_of(client, address, {"digest": laid.digest, "decision": "approve"}) == 422


# What readers may ask -------------------------------------------------------------------------------------------------
@pytest.fixture
def draft() -> Article:
    return start(Writer(), slug="secret", headline="Not yet")


@pytest.mark.parametrize("group", ["", DESK_CHIEF])
def test_a_draft_is_unknown_to_every_public_address_also_for_editors(draft: Article, group: str) -> None:
    client = Client()
    if group:
        client.force_login(make_editor(group=group))
    pages = (
        "",
        "suggest/",
        "changes/",
        "changes/1...2/",
        "revisions/1/",
        "changes/feed.atom",
        "annotations/",
        "ninjs.json",
    )
    api = ("", "/revisions", "/revisions/1", "/reports", "/reports?revision=1", "/passage?field=body&exact=x")
    addresses = [f"/articles/secret/{page}" for page in pages] + [f"/api/articles/secret{path}" for path in api]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == (422 if address.endswith("&exact=x") else 404), address
        assert "Not yet" not in answer.content.decode()
    for address in (
        "/",
        "/corrections/",
        "/api/articles",
        "/api/corrections",
        "/sitemap.xml",
        "/corrections/feed.atom",
    ):
        assert "secret" not in client.get(address).content.decode()
    body = {"article": "secret", "revision": 1, "quote": None, "replacement": None, "category": "typo", "note": "x"}
    assert client.post(API, body, content_type="application/json").status_code == 404


def test_revisions_belong_to_their_article(client: Client) -> None:
    short, long = make_article(slug="short"), make_article(slug="long")
    make_revision(long, find="three", put="four")
    for address in ("revisions/2/", "changes/1...2/"):
        assert client.get(f"/articles/long/{address}").status_code == 200
        assert client.get(f"/articles/short/{address}").status_code == 404
    assert client.get("/api/articles/short/revisions/2").status_code == 404
    assert client.get("/api/articles/short/reports?revision=2").status_code == 422
    body = {"article": short.slug, "revision": 2, "quote": None, "replacement": None, "category": "typo", "note": "x"}
    assert client.post(API, body, content_type="application/json").status_code == 422


def test_the_link_of_one_suggestion_touches_no_other(client: Client) -> None:
    article = make_article()
    mine, other = make_suggestion(article, name="Me", email="me@example.org"), make_suggestion(article, name="Other")
    token = status_token(mine.pk)
    before = Suggestion.objects.filter(pk=other.pk).values().get()

    for what, typed in (("credit", {"name": "X", "credit": True}), ("withdraw", {}), ("erase", {})):
        answer = client.post(f"{API}/{token}/{what}", json.dumps(typed), content_type="application/json")
        assert answer.status_code == 200
    exported = client.get(f"{API}/{token}/export").content.decode()

    assert Suggestion.objects.filter(pk=other.pk).values().get() == before
    assert str(other.pk) not in exported
    # Neither the number of a suggestion nor what the row holds opens its page.
    other.refresh_from_db()
    for guess in (str(other.pk), other.pk.hex, other.token_hash, token[:-1], token + "A", token.lower(), "-", "null"):
        assert client.get(f"/suggestions/{guess}/").status_code == 404
        assert client.get(f"{API}/{guess}").status_code == 404


def test_an_editor_at_the_desk_is_a_reader_to_the_readers_api(draft: Article) -> None:
    """The session goes to the desk alone, and nothing else asks for it."""
    chief, article = Client(), make_article()
    chief.force_login(make_editor(group=DESK_CHIEF))
    other = make_suggestion(article, name="Other")
    for path in ("", "/export"):
        assert chief.get(f"{API}/{other.pk}{path}").status_code == 404
    publish_revision(
        article,
        base=current_revision(article),
        by=make_editor(),
        kind=Kind.UPDATE,
        wording=make_wording(body=BODY.replace("report", "paper")),
    )
    assert chief.get(f"/articles/{article.slug}/").content == Client().get(f"/articles/{article.slug}/").content
