"""The forms of a message: as standard JSON and as chat tools take it, in which nobody's words are markup."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from corrections.models import Event, PayloadFormat
from corrections.webhooks.payloads import render_payload

AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
CASE: dict[str, Any] = {
    "case": 7,
    "article": {"slug": "bridges", "headline": "Report <b>due</b> & *bold*", "url": "https://news.example/a/"},
    "category": "typo",
    "passage": "<!channel> @all [free](https://evil.example) `x` _y_",
    "replacement": "line\nbreak",
    "desk_url": "https://news.example/admin/corrections/case/7/change/",
}


def sent(form: PayloadFormat, event: Event = Event.CASE_CREATED, **more: Any) -> Any:
    return json.loads(render_payload(form, event, {**CASE, **more}, at=AT))


def test_the_standard_form_holds_type_time_and_data() -> None:
    assert sent(PayloadFormat.STANDARD) == {"type": "case.created", "timestamp": "2026-03-01T12:30:00Z", "data": CASE}


def test_a_chat_line_tells_what_happened_and_leads_there() -> None:
    message = sent(PayloadFormat.CHAT, passage="recieve", replacement="receive")

    assert list(message) == ["text"]
    first, change, address = message["text"].split("\n")
    assert first.endswith(": Spelling or grammar")
    assert change == "“recieve” → “receive”"
    assert address == CASE["desk_url"]


@pytest.mark.parametrize("form", [PayloadFormat.CHAT, PayloadFormat.DISCORD, PayloadFormat.TEAMS])
def test_words_of_others_are_no_markup_no_mention_and_no_link(form: PayloadFormat) -> None:
    message = sent(form)
    card = message.get("attachments", [{}])[0].get("content", {})
    text = message.get("text") or message.get("content") or "\n".join(block["text"] for block in card["body"])

    lines = text.split("\n")
    assert lines.pop() == CASE["desk_url"]
    assert len(lines) == 2
    for mark in ("<", ">", "*", "_", "`", "[", "]", "@all", "https://"):
        assert mark not in "\n".join(lines)


def test_what_is_an_entity_in_slack_is_written_as_one() -> None:
    text = sent(PayloadFormat.CHAT)["text"]

    assert "Report &lt;b&gt;due&lt;/b&gt; &amp; ∗bold∗" in text
    assert "&lt;!channel&gt;" in text


def test_discord_is_told_to_mention_nobody() -> None:
    assert sent(PayloadFormat.DISCORD)["allowed_mentions"] == {"parse": []}


def test_long_words_are_cut_in_a_chat_room() -> None:
    assert max(map(len, sent(PayloadFormat.CHAT, passage="a" * 1000, replacement="b" * 2000)["text"].split("\n"))) < 450


@pytest.mark.parametrize("outcome", ["published", "declined", "already_fixed", "withdrawn", "spam"])
def test_a_decision_is_told_in_words(outcome: str) -> None:
    more = {"outcome": outcome, "reason": "It *is* so.", "url": None}
    lines = sent(PayloadFormat.CHAT, Event.SUGGESTION_DECIDED, **more)["text"].split("\n")

    assert lines[0].startswith("Decided in “Report")
    assert lines[2:] == ["“It ∗is∗ so.”", CASE["desk_url"]]


def test_a_case_about_the_whole_article_has_no_passage() -> None:
    assert len(sent(PayloadFormat.CHAT, passage=None, replacement=None)["text"].split("\n")) == 2


def test_a_revision_is_told_with_its_note() -> None:
    more = {"kind": "correction", "note": "The report has 14 pages, not 41.", "url": "https://news.example/r/2/"}
    text = sent(PayloadFormat.CHAT, Event.REVISION_PUBLISHED, **more)["text"]

    assert text.startswith("Correction published: “Report")
    assert text.endswith("“The report has 14 pages, not 41.”\nhttps://news.example/r/2/")
