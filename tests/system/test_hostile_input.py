"""Hostile words at the readers' doors: each is stored as it came or refused in a sentence, and none breaks anything."""

import json
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from corrections.decisions.outcomes import ask_readers
from corrections.models import Suggestion
from corrections.suggestions.status_tokens import status_token
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article
from tests.support.factories import make_article, make_editor
from tests.support.hostile_input import bundles, naughty_strings, seen_of, skeleton, unseen_in, words_of
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
API, FORM = "/api/suggestions", "/articles/bridges/suggest/"
STRINGS = naughty_strings()
# What is refused stays alone; of what is taken many go into one text, so that a door is passed once for all of them.
REFUSED = [text for text in STRINGS if unseen_in(text) or not text.strip()]
PASSAGE = {"field": "body", "exact": "recieve", "prefix": "will ", "suffix": " the", "start": 17, "end": 24}
TYPED = {"exact": "recieve", "replacement": "receive", "category": "typo", "revision": "1"}
senders = count(1)
CLIENT = Client()  # each new one would load all middleware again
Answer = Any  # what django.test answers: its type is known to the stubs alone


@pytest.fixture(autouse=True)
def article() -> Article:
    return make_article(slug="bridges")


def another_sender() -> dict[str, str]:
    number = next(senders)
    return {"REMOTE_ADDR": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"}


def post(content: Any, *, to: str = API, **headers: str) -> Answer:
    raw = content if isinstance(content, bytes) else json.dumps(content)
    content_type = headers.pop("Content-Type", "application/json")
    return CLIENT.post(to, raw, content_type=content_type, headers=headers, **another_sender())  # type: ignore[arg-type]


def body(**changes: Any) -> dict[str, Any]:
    return {
        "article": "bridges",
        "revision": 1,
        "quote": PASSAGE,
        "replacement": "receive",
        "category": "typo",
    } | changes


def errors_of(answer: Answer) -> dict[str, list[str]]:
    """What an answer says, which must be whole sentences for each field."""
    errors: dict[str, list[str]] = answer.json()["errors"]
    assert errors
    for sentences in errors.values():
        assert sentences
        assert all(sentence[:1].isupper() and sentence.endswith(".") for sentence in sentences), sentences
    return errors


def names_code_points(sentences: list[str], text: str) -> bool:
    return all(f"U+{ord(character):04X}" in sentences[0] for character in unseen_in(text))


def test_words_in_every_free_field_are_stored_as_they_came_or_refused_by_name() -> None:
    for text in STRINGS:
        free = {"replacement": text, "note": text, "name": text[:100], "website": text, "stamp": text, "pow": text}
        passage = PASSAGE | {"prefix": text[:32].replace("\0", ""), "suffix": text[-32:].replace("\0", "")}
        answer = post(body(quote=passage, credit=True, **free), **{"Idempotency-Key": f"{quote(text):a<16}"[:200]})
        refused = {name for name in ("replacement", "name") if unseen_in(free[name])}
        if text == "recieve":
            refused.add("replacement")
        if not refused:
            assert answer.status_code == 202, (text, answer.content)
            stored = Suggestion.objects.get(pk=answer.json()["id"])
            assert (stored.replacement, stored.name) == (text, text[:100])
            assert stored.note == seen_of(text)
            continue
        assert answer.status_code == 422, (text, answer.content)
        errors = errors_of(answer)
        assert set(errors) == refused, text
        assert all(names_code_points(errors[name], free[name]) for name in refused), (text, errors)


def test_words_in_fields_that_name_something_are_refused_under_their_names() -> None:
    stored = Suggestion.objects.count()
    for text in STRINGS:
        strict = {
            "category": text,
            "quote": PASSAGE | {"field": text, "exact": text},
            "email": text,
            "evidence_url": text,
        }
        answer = post(body(**strict))
        assert answer.status_code == 422, (text, answer.content)
        assert {"category", "quote.field"} <= set(errors_of(answer)), text
        assert post(body(article=text)).status_code == 404, text
    unknown = [text for text in STRINGS if text not in body()]
    named = post(json.dumps(body(**dict.fromkeys(unknown, "")), ensure_ascii=False).encode())
    assert set(errors_of(named)) >= set(unknown)
    assert Suggestion.objects.count() == stored


def shown_again(text: str) -> str:
    """The form's page after somebody sent the text in each of its fields."""
    typed = {"exact": text, "replacement": text, "note": text, "evidence_url": text, "email": text, "website": text}
    wrong = typed | {"category": text, "occurrence": text, "revision": text, "stamp": text, "way": text, "credit": text}
    answer = CLIENT.post(FORM, wrong, **another_sender())  # type: ignore[arg-type]
    assert answer.status_code == 422, text
    return str(answer.content.decode())


def test_the_form_shows_again_whatever_was_typed_and_nothing_more() -> None:
    # Words that stand nowhere, once, and several times, and none at all.
    plain = set().union(*(skeleton(shown_again(typed)) for typed in ("harmless", "14", "e", " ", "")))
    for text in STRINGS:
        page = shown_again(text)
        assert not skeleton(page) - plain, text
        # A NUL in a page is shown as the sign of a character that is none.
        assert " ".join(text.replace("\0", "\ufffd").split()) in " ".join(words_of(page).split()), text


def test_the_form_takes_what_the_api_takes() -> None:
    for text in ("recieve", *REFUSED, *bundles(STRINGS, longest=500)):
        answer = CLIENT.post(FORM, TYPED | {"replacement": text, "note": text}, **another_sender())  # type: ignore[arg-type]
        sent = text.replace("\r\n", "\n")
        is_refused = unseen_in(sent) or not sent.strip() or sent.strip(" ") == "recieve"
        assert answer.status_code == (422 if is_refused else 303), text


@pytest.fixture
def asked(article: Article) -> str:
    """The private address of a suggestion whose reader was asked something, as the API has it."""
    suggestion = make_suggestion(article)
    case = triage_suggestion(suggestion.pk)
    assert case
    ask_readers(case, by=make_editor(), question="Where?")
    return f"{API}/{status_token(suggestion.pk)}"


def test_names_and_answers_are_kept_or_refused_by_name(asked: str) -> None:
    suggestion = Suggestion.objects.get()
    for text in ("x" * 101, *REFUSED, *bundles(STRINGS, longest=100)):
        credited = post({"name": text, "credit": False}, to=f"{asked}/credit")
        is_long = len(" ".join(text.split())) > 100
        assert credited.status_code == (422 if unseen_in(text) or is_long else 200), (text, credited.content)
        suggestion.replies.all().delete()
        Suggestion.objects.update(answered_at=None)
        answered = post({"text": text}, to=f"{asked}/answer")
        assert answered.status_code == (200 if seen_of(text).strip() else 422), (text, answered.content)
        suggestion.refresh_from_db()
        for answer in (credited, answered):
            if answer.status_code == 422:
                errors_of(answer)
        replies = list(suggestion.replies.values_list("text", flat=True))
        assert replies == ([seen_of(text).strip()] if answered.status_code == 200 else [])


def test_addresses_made_of_hostile_words_lead_nowhere() -> None:
    for text in (*REFUSED, *bundles(STRINGS, longest=100)):
        path = quote(text, safe="")
        for address in (f"/suggestions/{path}/", f"{API}/{path}/export"):
            assert CLIENT.get(address, **another_sender()).status_code == 404, (text, address)  # type: ignore[arg-type]
    for address in ("/mail/confirm/{}/", "/mail/stop/{}/", "/articles/{}/", "/articles/{}/changes/", "/dev/mail/{}/"):
        for text in bundles(STRINGS, longest=300):
            assert CLIENT.get(address.format(quote(text, safe=""))).status_code == 404, (text, address)
