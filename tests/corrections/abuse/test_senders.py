"""Everything that one sender sent within a day is declined at once; what others sent too stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from corrections.abuse.senders import blank_old_sender_hashes, sender_hash
from corrections.models import Case, Suggestion
from corrections.triage.pipeline import triage_suggestion
from newsroom.http.client_address import client_address
from newsroom.models import Article
from newsroom.operations.environment import Environment
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case, pass_the_time
from tests.support.factories import make_article
from tests.support.mailbox import ADA
from tests.support.readers import case_of_reader
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def sent(article: Article, exact: str, put: str, *, sender: str) -> Case:
    suggestion = make_suggestion(article, exact, put)
    Suggestion.objects.filter(pk=suggestion.pk).update(address_hash=sender_hash(sender))
    case = triage_suggestion(suggestion.pk)
    assert case is not None
    return case


def states(*cases: Case) -> list[str]:
    return [Case.objects.get(pk=case.pk).state for case in cases]


@pytest.mark.both_databases
def test_all_of_one_sender_is_declined_but_what_was_unticked_or_others_sent_too() -> None:
    article = make_article()
    first = sent(article, "recieve", "buy gold", sender="192.0.2.1")
    second = sent(make_article(), "recieve", "buy gold", sender="192.0.2.1")
    unticked = sent(article, "counts", "count", sender="192.0.2.1")
    shared = sent(article, "three", "four", sender="192.0.2.1")
    sent(article, "three", "four", sender="192.0.2.2")
    desk = Desk()
    address = f"{LIST}{first.pk}/sender/"
    boxes = tree(desk.client.get(address)).xpath("//input[@name='others' and @checked]/@value")
    assert {int(box) for box in boxes} == {first.pk, second.pk, unticked.pk}

    ticked: Any = {"others": [first.pk, second.pk, shared.pk], "decision": "decline"}
    assert desk.client.post(address, ticked).status_code == 422
    assert desk.client.post(address, {**ticked, "reason": "No advertising."}).status_code == 302
    pass_the_time()

    assert states(first, second, unticked, shared) == ["declined", "declined", "open", "open"]


def test_the_page_of_a_case_tells_what_became_of_the_senders_others() -> None:
    article = make_article()
    first = sent(article, "recieve", "receive", sender="192.0.2.1")
    sent(article, "three", "four", sender="192.0.2.1")
    desk = Desk()
    desk.decide(first, "fixed")
    last = sent(article, "Tuesday", "Monday", sender="192.0.2.1")
    page = desk.open(last).content.decode()
    assert "accepted: 1, declined: 0, still waiting: 1" in page
    assert "192.0.2.1" not in page


def test_after_a_day_the_sender_is_forgotten() -> None:
    case = sent(make_article(), "recieve", "receive", sender="192.0.2.1")
    assert blank_old_sender_hashes() == 0
    Suggestion.objects.update(received_at=timezone.now() - timedelta(hours=25))
    assert blank_old_sender_hashes() == 1
    assert Desk().client.get(f"{LIST}{case.pk}/sender/").status_code == 404


def test_an_auditor_declines_nobody() -> None:
    case = sent(make_article(), "recieve", "receive", sender="192.0.2.1")
    assert Desk(group="Auditor").client.get(f"{LIST}{case.pk}/sender/").status_code == 403


def test_the_address_is_kept_as_a_keyed_hash_only(client: Client) -> None:
    make_article(slug="bridges")
    body = {"article": "bridges", "revision": 1, "quote": None, "replacement": None, "note": "x", "category": "other"}
    body |= {"evidence_url": "", "email": ""}
    answer = client.post("/api/suggestions", body, content_type="application/json", REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 202
    assert Suggestion.objects.get().address_hash == sender_hash("192.0.2.7")
    assert len(sender_hash("192.0.2.7")) == 64


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "nonsense"),
    ],
)
def test_only_trusted_proxies_tell_who_stands_behind_them(
    settings: Any, remote: str, forwarded: str, address: str, tmp_path: Any
) -> None:
    settings.TRUSTED_PROXIES = Environment({"TRUSTED_PROXIES": "10.0.0.0/8"}, base=tmp_path).networks("TRUSTED_PROXIES")
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)) == address


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


@pytest.mark.both_databases
def test_a_sender_is_known_by_the_confirmed_address_wherever_they_write_from(article: Article) -> None:
    first = case_of_reader(article)
    second = case_of_reader(article, "three", "four", email="Ada@example.org")
    unconfirmed = make_case(article, "counts", "count", email=ADA)
    for number, case in enumerate((first, second, unconfirmed)):
        case.suggestions.update(address_hash=f"{number}" * 64)
    desk = Desk()
    page = desk.client.get(f"{LIST}{first.pk}/sender/")
    boxes = tree(page).xpath("//input[@name='others']/@value")
    assert {int(box) for box in boxes} == {first.pk, second.pk}
    told = desk.open(first).content.decode()
    assert "From the same confirmed e-mail address – accepted: 0, declined: 0, still waiting: 1." in told
    assert ADA not in told


def test_a_network_address_says_nothing_of_those_who_confirmed_another_way(article: Article) -> None:
    confirmed, unnamed = case_of_reader(article), make_case(article, "three", "four")
    for case in (confirmed, unnamed):
        case.suggestions.update(address_hash="a" * 64)
    page = Desk().client.get(f"{LIST}{unnamed.pk}/sender/")
    assert tree(page).xpath("//input[@name='others']/@value") == [str(unnamed.pk)]


@pytest.mark.parametrize(("microseconds", "blanked"), [(0, 0), (1, 1)])
def test_a_sender_is_known_for_twenty_four_hours(
    microseconds: int, blanked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(make_article(), "recieve", "receive", sender="192.0.2.1")
    received = Suggestion.objects.get().received_at
    monkeypatch.setattr(timezone, "now", lambda: received + timedelta(hours=24, microseconds=microseconds))
    assert blank_old_sender_hashes() == blanked
