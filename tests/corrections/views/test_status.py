"""The private page in each state: what became of the suggestion, which it was, and what its reader can still do."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from corrections.decisions.merge_split import merge_cases
from corrections.decisions.outcomes import ask_readers, close_as_fixed, decline_case, mark_spam
from corrections.models import Case, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.suggestions.answer import answer_question
from corrections.suggestions.status_tokens import status_token
from corrections.suggestions.timeline import timeline_of
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article
from tests.support.desk_page import Desk, make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.mailbox import make_reader
from tests.support.suggestion_factories import make_suggestion
from tests.support.withheld_words import withhold_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


@pytest.fixture
def suggestion(article: Article) -> Suggestion:
    return make_suggestion(article, note="I was there.", credit="Ada", email="ada@example.org")


def case_of(suggestion: Suggestion) -> Case:
    case = triage_suggestion(suggestion.pk) or Suggestion.objects.get(pk=suggestion.pk).case
    assert case
    return case


def link(suggestion: Suggestion) -> str:
    return f"/suggestions/{status_token(suggestion.pk)}/"


def page(suggestion: Suggestion, verb: str = "", **typed: str) -> Any:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"{link(suggestion)}{verb}/", typed, follow=True) if verb else client.get(link(suggestion))
    assert "no-store" in answer["Cache-Control"]
    return html.fromstring(answer.content.decode())


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def title(shown: Any) -> str:
    return text(shown.xpath("//h1")[0])


def section(shown: Any, name: str) -> str:
    found = shown.xpath(f"//section[@aria-labelledby='{name}'] | //details[summary/@id='{name}']")
    return text(found[0]) if found else ""


def test_every_state_says_when_which_article_and_what_was_sent(article: Article, suggestion: Suggestion) -> None:
    by = make_editor()

    def at_each_state() -> Any:
        yield "We have your suggestion"
        case = case_of(suggestion)
        yield "Your suggestion is with the editors"
        ask_readers(case, by=by, question="Which page?")
        yield "An editor has a question for you"
        answer_question(Suggestion.objects.get(), text="The first.")
        yield "Your suggestion is with the editors"
        Desk().decide(Case.objects.get(), "publish", kind="clarification", note="“recieve” is “receive” now.")
        yield "We changed the article"

    day = f"{suggestion.received_at:%-d %B %Y}"
    for expected in at_each_state():
        shown = page(suggestion)
        assert title(shown) == expected
        lede = shown.xpath("//p[contains(@class, 'suggestion-about')]")[0]
        assert text(lede) == f"You wrote to us on {day} about the article Report on the bridges is due."
        assert lede.xpath(".//a/@href") == ["/articles/bridges/"]
        assert "The council will recievereceive the report on Tuesday." in section(shown, "sent")
        assert "I was there." in section(shown, "sent")
        # Told once there is more to tell than the heading and the first sentences do.
        is_fresh = all(event.is_routine for event in timeline_of(Suggestion.objects.get()))
        assert ("You sent your suggestion." in section(shown, "story")) is not is_fresh
        assert shown.xpath("//time//time") == []


def test_a_published_change_is_shown_with_its_note_and_leads_to_the_spot(suggestion: Suggestion) -> None:
    case = case_of(suggestion)
    Desk().decide(case, "edit", wording="be handed", kind="clarification", note="“recieve” is “be handed” now.")
    case.refresh_from_db()

    shown = page(suggestion)

    answer = shown.xpath("//section[@aria-labelledby='answer']")[0]
    assert (answer.xpath(".//del/text()"), answer.xpath(".//ins/text()")) == (["recieve"], ["be handed"])
    assert "“recieve” is “be handed” now." in text(answer)
    spot = f"{case.spot_start}-{case.spot_end}"
    assert answer.xpath(".//a/@href")[0] == f"/articles/bridges/revisions/2/?spot={spot}#spot-{spot}"
    assert "Beside the change we thank Ada, in public." in section(shown, "name-heading")


def test_a_change_of_the_headline_leads_to_the_headline(article: Article) -> None:
    suggestion = make_suggestion(article, "due", "late", field="headline")
    case = case_of(suggestion)
    Desk().decide(case, "publish", kind="clarification", note="The report is “late”, we wrote “due”.")

    [spot] = [each for each in page(suggestion).xpath("//section//a/@href") if each.endswith("#headline")]

    shown = html.fromstring(Client().get(spot).content.decode())
    assert text(shown.get_element_by_id("headline")) == "Report on the bridges is late"
    assert Client().get(f"/api{link(suggestion)}".rstrip("/")).json()["url"].endswith("/revisions/2/#headline")


def test_a_refusal_comes_with_its_reason(article: Article, suggestion: Suggestion) -> None:
    decline_case(case_of(suggestion), by=make_editor(), reason="It is our style.\nSee <b>rule 3</b>.")
    shown = page(suggestion)
    assert title(shown) == "We left the article as it is"
    assert "for this reason: It is our style.See <b>rule 3</b>." in section(shown, "answer")


def test_spam_is_declined_without_a_word_that_is_missing(suggestion: Suggestion) -> None:
    mark_spam(case_of(suggestion), by=make_editor())
    shown = page(suggestion)
    assert shown.xpath("//@data-status") == ["declined"]
    assert section(shown, "answer").endswith("decided to change nothing.")
    assert "spam" not in text(shown).casefold()


def test_fixed_already_shows_how_it_reads_now(article: Article, suggestion: Suggestion) -> None:
    case_of(suggestion)
    make_revision(article, find="will recieve", put="is going to receive")
    reanchor_article(article)

    shown = page(suggestion)

    assert title(shown) == "The article reads right already"
    assert shown.xpath("//section[@aria-labelledby='standing']//mark/text()") == ["receive"]
    assert "The council is going to receive the report" in section(shown, "standing")
    assert shown.xpath("//section[@aria-labelledby='answer']//a/@href") == ["/articles/bridges/"]
    assert "The article was edited meanwhile" in section(shown, "story")


def test_an_editor_may_say_that_it_is_fixed(suggestion: Suggestion) -> None:
    close_as_fixed(case_of(suggestion), by=make_editor())
    assert title(page(suggestion)) == "The article reads right already"


def test_of_other_readers_only_their_number_is_told(article: Article, suggestion: Suggestion) -> None:
    case_of(suggestion)
    assert "reported the same" not in section(page(suggestion), "answer")
    for name in ("Bob", "Cy"):
        case_of(make_suggestion(article, "recieve", f"get{name}", note=f"{name} says"))
    shown = page(suggestion)
    assert "2 other readers reported the same." in section(shown, "answer")
    assert not any(each in text(shown) for each in ("Bob", "Cy"))


def test_whoever_was_merged_away_sees_their_own_passage(article: Article) -> None:
    moved, target = make_suggestion(article, "three", "four"), make_case(article)
    merge_cases(target, [case_of(moved)], by=make_editor())

    shown = page(moved)

    start = current_revision(article).require_content().text.index("three")
    [place] = shown.xpath("//section[@aria-labelledby='sent']//a[.='See it in the article']/@href")
    assert place.endswith(f"#spot-{start}-{start + 5}")
    assert "joined it with others" in section(shown, "story")


def test_withdrawn_leads_back_to_the_article(suggestion: Suggestion) -> None:
    shown = page(suggestion, "withdraw")
    assert title(shown) == "You took your suggestion back"
    assert "/articles/bridges/" in shown.xpath("//section[@aria-labelledby='answer']//a/@href")
    assert [section(shown, name) for name in ("standing", "mail-heading", "name-heading", "withdraw-heading")] == [
        ""
    ] * 4


def test_words_that_were_withheld_leave_a_page_that_says_so(article: Article) -> None:
    suggestion = make_reader(article, "recieve the report", "receive the report")
    case_of(suggestion)
    make_revision(article, find="recieve the report on Tuesday", put="meet")
    by, approved_by = make_editor(group=STANDARDS_EDITOR), make_editor(group=STANDARDS_EDITOR)
    withhold_revision(suggestion.read_in, by=by, approved_by=approved_by, reason="A court ordered it.")

    shown = page(suggestion)

    assert "had to be removed from the public record" in section(shown, "sent")
    assert "recieve the report" not in text(shown)
    assert "bridges" in text(shown.xpath("//p[contains(@class, 'suggestion-about')]")[0])


# What the reader can do -----------------------------------------------------------------------------------------------
def test_an_answer_is_confirmed_and_shown_beside_its_question(suggestion: Suggestion) -> None:
    ask_readers(case_of(suggestion), by=make_editor(), question="Which page?\nAnd <b>where</b>?")
    assert "Which page?" in text(page(suggestion).xpath("//blockquote")[0])

    shown = page(suggestion, "answer", text="The first.")

    assert text(shown.xpath("//*[@role='status']")[0]).startswith("Your answer is with the editors.")
    assert "Thank you for your answer." in section(shown, "answer")
    assert "And <b>where</b>? " in section(shown, "story")
    assert "You answered: The first." in section(shown, "story")


def test_an_answer_that_says_nothing_is_refused_on_top_and_beside_the_field(suggestion: Suggestion) -> None:
    ask_readers(case_of(suggestion), by=make_editor(), question="Which page?")
    shown = page(suggestion, "answer", text=" ")
    assert_refused(shown, "text", "Write your answer in a few words.")


def test_a_name_that_is_missing_is_refused_on_top_and_beside_the_field(suggestion: Suggestion) -> None:
    shown = page(suggestion, "credit", name="", credit="1")
    assert_refused(shown, "name", "Write the name under which you want to be thanked.")
    assert shown.xpath("//details[.//input[@name='name']]/@open")
    assert shown.xpath("//input[@name='credit'][@checked]/@value") == ["1"]


def test_an_address_that_is_none_is_refused_on_top_and_beside_the_field(article: Article) -> None:
    shown = page(make_suggestion(article), "mail", email="nonsense")
    assert_refused(shown, "email", "Enter an e-mail address like name@example.org, or leave it empty.")
    assert shown.xpath("//input[@name='email']/@value") == ["nonsense"]


def assert_refused(shown: Any, name: str, sentence: str) -> None:
    assert text(shown.xpath("//title")[0]).startswith("There is a problem")
    [summary] = shown.xpath("//*[@role='alert']")
    assert summary.xpath(".//a/@href") == [f"#suggestion-{name}"]
    assert text(summary.xpath(".//li")[0]) == sentence
    field = shown.get_element_by_id(f"suggestion-{name}")
    assert field.get("aria-invalid") == "true"
    assert f"suggestion-{name}-error" in field.get("aria-describedby").split()
    assert text(shown.get_element_by_id(f"suggestion-{name}-error")) == sentence


def test_anonymous_is_what_a_reader_is_until_they_say_otherwise(article: Article) -> None:
    suggestion = make_suggestion(article, name="Ada")
    shown = page(suggestion)
    assert "You stay anonymous" in section(shown, "name-heading")
    assert shown.xpath("//input[@name='credit'][@checked]/@value") == [""]

    shown = page(suggestion, "credit", name="Ada Lovelace", credit="1")

    assert "Your choice is saved." in text(shown.xpath("//*[@role='status']")[0])
    assert "we thank you beside it as Ada Lovelace" in section(shown, "name-heading")
    assert Suggestion.objects.get().credit


def test_all_that_is_held_is_listed_and_leaves_with_the_erasure(suggestion: Suggestion) -> None:
    Suggestion.objects.update(evidence_url="https://example.org/", address_hash="a code")
    ask_readers(case_of(suggestion), by=make_editor(), question="Which page?")
    answer_question(Suggestion.objects.get(), text="The first.")
    held = section(page(suggestion), "held-heading")
    for each in (
        "ada@example.org",
        "The name Ada",
        "note",
        "link",
        "1 answer",
        "A code made from your network address",
    ):
        assert each in held

    shown = page(suggestion, "erase")

    left = section(shown, "held-heading")
    assert not any(each in left for each in ("ada@", "Ada", "note that", "link that", "1 answer"))
    assert "A code made from your network address, until" in left
    assert not Suggestion.objects.get().replies.exists()


def test_whoever_told_nothing_is_told_that_nothing_is_held(article: Article) -> None:
    assert "Nothing that tells who you are" in section(page(make_suggestion(article)), "held-heading")


def test_no_mail_is_offered_where_none_can_come_any_more(article: Article) -> None:
    silent, reader = make_suggestion(article), make_reader(article)
    case = case_of(silent)
    case_of(reader)
    assert "Leave an address" in section(page(silent), "mail-heading")
    decline_case(case, by=make_editor(), reason="No.")
    assert section(page(silent), "mail-heading") == ""
    assert "nothing more comes about it" in section(page(reader), "mail-heading")


def test_the_address_of_the_page_can_be_copied_by_hand(suggestion: Suggestion, settings: Any) -> None:
    [field] = page(suggestion).xpath("//input[@readonly]")
    assert field.get("value") == settings.SITE_URL + link(suggestion)


def test_only_known_words_are_confirmed(suggestion: Suggestion) -> None:
    for nonsense in ("x", "<script>", "published", ""):
        shown = html.fromstring(Client().get(link(suggestion), {"done": nonsense}).content.decode())
        assert [text(each) for each in shown.xpath("//*[@role='status']")] == [""]


def test_what_was_taken_back_tells_nothing_of_the_decision(article: Article, suggestion: Suggestion) -> None:
    case = case_of(suggestion)
    case_of(make_suggestion(article))
    withdraw_suggestion(Suggestion.objects.get(pk=suggestion.pk))
    decline_case(case, by=make_editor(), reason="It is our style.")
    assert "our style" not in text(page(suggestion))
