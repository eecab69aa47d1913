"""Cases put aside: on hold, to their readers, in somebody's hands."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corrections.decisions.outcomes import ClaimedByAnother, claim_case
from corrections.models import Case
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Act, Article
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case, tick, told
from tests.support.factories import make_article, make_editor
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(make_article())


def listed(desk: Desk, **query: str) -> list[int]:
    links = tree(desk.client.get(LIST, query)).xpath("//ol//h2/a/@href")
    return [int(link.split("/")[4]) for link in links]


@pytest.mark.both_databases
def test_a_case_on_hold_comes_back_on_its_day(case: Case) -> None:
    desk = Desk()
    day = timezone.localdate() + timedelta(days=3)
    assert desk.decide(case, "hold", until=day.isoformat()).status_code == 302
    assert listed(desk) == []
    assert listed(desk, state="held") == [case.pk]
    tick()
    assert listed(desk) == []

    Case.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    tick()
    assert listed(desk) == [case.pk]
    assert Act.objects.filter(verb="hold_case").count() == 1


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "9999-01-01"])
def test_a_hold_needs_a_day_to_come(case: Case, until: str) -> None:
    desk = Desk()
    page = desk.decide(case, "hold", until=until)
    assert page.status_code == 422
    case.refresh_from_db()
    assert case.state == "open"


@pytest.mark.both_databases
def test_a_question_reaches_the_reader_and_the_answer_brings_the_case_back(case: Case, client: Client) -> None:
    desk = Desk()
    address = f"/suggestions/{status_token(case.suggestions.get().pk)}/"
    assert desk.decide(case, "ask", question="Where did you read that?").status_code == 302
    assert listed(desk) == []

    page = tree(client.get(address))
    assert "Where did you read that?" in page.text_content()
    assert client.post(f"{address}answer/", {"text": " "}).status_code == 422
    assert client.post(f"{address}answer/", {"text": "In the minutes."}).status_code == 303

    assert listed(desk) == [case.pk]
    assert "In the minutes." in desk.open(case).content.decode()
    assert "In the minutes." in client.get(address).content.decode()
    assert client.post(f"{address}answer/", {"text": "Twice."}).status_code == 409


def test_the_question_is_asked_and_answered_by_the_api_too(case: Case, client: Client) -> None:
    Desk().decide(case, "ask", question="Which page?")
    api = f"/api/suggestions/{status_token(case.suggestions.get().pk)}"
    assert client.get(api).json() | {"reason": None} == {
        "status": "question",
        "question": "Which page?",
        "reason": None,
        "revision": None,
        "url": None,
    }

    def answer(**body: str) -> Any:
        return client.post(f"{api}/answer", body, content_type="application/json")

    assert answer(text="x" * 2001).status_code == 422
    assert answer().status_code == 422
    assert answer(text="Page 4.").json()["status"] == "in_review"
    assert answer(text="Page 5.").status_code == 409


def test_a_question_of_nothing_is_not_asked(case: Case) -> None:
    assert Desk().decide(case, "ask", question=" ").status_code == 422


def test_a_claim_shows_to_others_and_lapses(case: Case) -> None:
    mine, others = Desk(public_name="Mara Lind"), Desk()
    assert mine.decide(case, "claim").status_code == 302
    assert "With Mara Lind" in others.client.get(LIST).content.decode()
    assert listed(mine, hands="me") == [case.pk]
    assert listed(others, hands="nobody") == []
    with pytest.raises(ClaimedByAnother):
        claim_case(case, by=others.editor)
    assert others.decide(case, "claim").status_code == 422

    Case.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert listed(others, hands="nobody") == [case.pk]
    assert others.decide(case, "claim").status_code == 302


def test_a_case_is_handed_to_a_colleague_who_may_decide(case: Case) -> None:
    colleague = make_editor(public_name="Ada Quill")
    desk = Desk()
    assert desk.decide(case, "assign", to=str(colleague.pk)).status_code == 302
    assert listed(Desk(colleague), hands="me") == [case.pk]
    auditor = make_editor(group="Auditor")
    assert desk.decide(case, "assign", to=str(auditor.pk)).status_code == 422


def test_spam_tells_its_sender_no_more_than_that_it_was_declined(case: Case, client: Client) -> None:
    desk = Desk()
    desk.decide(case, "spam")
    assert listed(desk, state="spam") == [case.pk]
    answer = client.get(f"/api/suggestions/{status_token(case.suggestions.get().pk)}").json()
    assert (answer["status"], answer["reason"]) == ("declined", None)


def test_a_usual_reason_is_chosen_in_the_articles_language(client: Client) -> None:
    article: Article = make_article(language="uk")
    case = make_case(article)
    desk = Desk()
    page = desk.open(case)
    options = tree(page).xpath("//input[@name='canned' and @value!='none']")
    assert len(options) == 5
    desk.send(page, "decline", canned=options[2].get("value"), reason="Дякуємо.")
    case.refresh_from_db()
    assert case.reason == f"{options[2].getparent().text_content().strip()[1:].strip()}\n\nДякуємо."


def test_the_list_goes_on_page_by_page_and_loses_no_case() -> None:
    article = make_article(body="".join(f"<p>Bridge {n:03} is shut.</p>" for n in range(120)))
    cases = [make_case(article, f"Bridge {n:03}", f"Bridge{n:03}", category="fact") for n in range(120)]
    desk, address, seen = Desk(), LIST, list[int]()
    while address:
        page = tree(desk.client.get(address))
        seen += [int(link.split("/")[4]) for link in page.xpath("//ol//h2/a/@href")]
        following = page.xpath("//a[@rel='next']/@href")
        address = LIST + following[0] if following else ""
    assert seen == [case.pk for case in cases]


def test_the_count_is_answered_by_304_while_nothing_changes(case: Case) -> None:
    desk = Desk()
    first = desk.client.get(f"{LIST}count/")
    assert first.json() == {"count": 1, "most": 1000}
    assert desk.client.get(f"{LIST}count/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    make_suggestion(case.article)
    make_case(case.article, "three", "four", category="fact")
    assert desk.client.get(f"{LIST}count/", headers={"If-None-Match": first["ETag"]}).json()["count"] == 2


@pytest.mark.parametrize(("days", "status"), [(0, 422), (1, 302), (366, 302), (367, 422)])
def test_a_hold_lasts_from_tomorrow_to_a_leap_year(case: Case, days: int, status: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    page = Desk().decide(case, "hold", until=day.isoformat())
    assert page.status_code == status
    assert (status == 302) or "Choose a day after today, within a year." in told(page)


def test_a_hold_ends_at_midnight_of_its_day(case: Case) -> None:
    day = timezone.localdate() + timedelta(days=40)  # in another month
    Desk().decide(case, "hold", until=day.isoformat())
    case.refresh_from_db()
    assert case.held_until == timezone.make_aware(datetime.combine(day, time()))


@pytest.mark.parametrize(("seconds", "hands"), [(60, "me"), (0, "nobody"), (-1, "nobody")])
def test_a_case_is_in_hand_as_long_as_the_claim_runs(
    case: Case, seconds: int, hands: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, now = Desk(), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    Case.objects.update(assignee=desk.editor, claimed_until=now + timedelta(seconds=seconds))
    assert [name for name in ("me", "nobody") if listed(desk, hands=name)] == [hands]
