"""What followers of an article read: the note, the change, the links."""

from typing import Any

import pytest

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Kind
from newsroom.publishing.publish import publish_revision
from tests.support.factories import (
    current_revision,
    make_article,
    make_editor,
    make_revision,
    make_wording,
    retract,
)
from tests.support.followers import ask_to_follow, make_follower, stop_path
from tests.support.mailbox import html_of, post_all
from tests.support.withheld_words import SECRET, withhold

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOTE = "It said “recieve”, and should say “receive”."


def correction(article: Article, *, find: str = "recieve", put: str = "receive", note: str = NOTE) -> Any:
    make_revision(article, find=find, put=put, kind=Kind.CORRECTION, note=note)
    [message] = post_all()
    return message


def test_a_correction_comes_with_its_note_the_words_and_a_link_that_stops_it() -> None:
    article = make_article(slug="bridges")
    follower = make_follower(article)
    message = correction(article)
    assert message.subject == "Corrected: Report on the bridges is due"
    assert f"> {NOTE}" in message.body
    assert "Before: The council will recieve the report" in message.body
    assert "After:  The council will receive the report" in message.body
    assert "/articles/bridges/changes/1...2/" in message.body
    assert stop_path(follower) in message.message()["List-Unsubscribe"]
    assert message.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop_path(follower) in message.body
    assert "/mail/stop/" in message.body
    html = html_of(message)
    assert ">recieve</del>" in html
    assert ">receive</ins>" in html


def test_a_confirmation_says_nothing_that_whoever_asked_has_typed() -> None:
    ask_to_follow(make_article(), email="buy.pills.now@example.org")
    [message] = post_all()
    assert message.subject == "E-mails about corrections of “Report on the bridges is due”?"
    assert "pills" not in message.body + html_of(message)
    assert "/mail/stop/" in message.message()["List-Unsubscribe"]  # a stranger wants to hear nothing at all


def test_a_retraction_shows_no_diff_and_says_that_it_is_the_last() -> None:
    article = make_article()
    make_follower(article)
    retract(article, note="We no longer stand by it.")
    [message] = post_all()
    assert "> We no longer stand by it." in message.body
    assert "This was our last e-mail about it." in message.body
    assert "/changes/" not in message.body


def test_withheld_words_are_not_sent() -> None:
    article = make_article(body=f"<p>The council met. {SECRET} spoke.</p>")
    make_follower(article)
    make_revision(article, find=SECRET, put="A witness", kind=Kind.CORRECTION, note="“A witness” spoke.")
    withhold(article)
    [message] = post_all()
    assert SECRET not in message.body + html_of(message)
    assert "had to be removed" in message.body
    assert "> “A witness” spoke." in message.body


def test_it_is_written_in_the_language_of_the_article() -> None:
    article = make_article(language="ar")
    make_follower(article)
    message = correction(article)
    assert '<html lang="ar" dir="rtl">' in html_of(message)
    assert "Corrected" not in message.subject


def test_a_headline_that_changes_is_named_and_a_long_change_cut() -> None:
    body = "".join(f"<p>Bridge {number} is open.</p>" for number in range(9))
    article = make_article(body=body)
    make_follower(article)
    wording = make_wording(headline="Bridges are closed", body=body.replace("open", "closed"))
    publish_revision(
        article,
        base=current_revision(article),
        by=make_editor(),
        kind=Kind.CORRECTION,
        wording=wording,
        note="Bridges are “closed”, not “open”.",
        approved_by=make_editor(group=STANDARDS_EDITOR),
    )
    [message] = post_all()
    assert message.subject == "Corrected: Bridges are closed"
    assert "Headline:" in message.body
    assert "After:  Bridges are closed" in message.body
    assert "And 3 more paragraphs." in message.body


def test_a_change_of_formatting_alone_shows_no_words() -> None:
    article = make_article()
    make_follower(article)
    make_revision(article, find="Tuesday", put="<em>Tuesday</em>", kind=Kind.CLARIFICATION, note="It is Tuesday.")
    [message] = post_all()
    assert message.subject.startswith("Clarified:")
    assert "Before:" not in message.body
    assert "/changes/1...2/" in message.body
