"""Words that a court or somebody's privacy takes away: two editors, a public reason, and no copy left."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.html import escape

from newsroom.accounts.roles import COPY_EDITOR, STANDARDS_EDITOR
from newsroom.audit.account_acts import append_account_added
from newsroom.audit.head import forget_head
from newsroom.models import Act, Article, Draft, Kind, Picture, Proposal, RevisionText, Withholding
from newsroom.publishing.amendments import amend_proposal
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.moves import Seen
from newsroom.publishing.policy import NoteRequired, NotPermitted, RelatedAccounts, SelfApproval
from newsroom.publishing.proposals import propose_revision, return_proposal
from newsroom.publishing.publish import AlreadyDecided
from newsroom.publishing.withholding import (
    StillCurrent,
    approve_withholding,
    ask_withholding,
    return_withholding,
)
from tests.support.factories import current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.public_pages import html, text
from tests.support.record_check import breaks
from tests.support.withheld_words import REASON, SECRET, everything_stored, first, withhold, withhold_revision

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def named(quick_passwords: None) -> Article:
    """An article whose first revision holds what must go, and whose second does not."""
    article = make_article(slug="named", body=f"<p>The council met.</p><p>{SECRET} spoke at length.</p>")
    make_revision(article, find=f"<p>{SECRET} spoke at length.</p>", put="<p>A witness spoke.</p>")
    return article


def test_no_table_holds_the_words_any_more_and_the_revision_stays(named: Article) -> None:
    before = first(named)
    assert SECRET in everything_stored()
    withhold(named)
    assert SECRET not in everything_stored()
    after = first(named)
    assert (after.number, after.digest, after.note, after.published_at) == (
        *(before.number, before.digest, before.note, before.published_at),
    )
    assert not RevisionText.objects.filter(revision=after).exists()


def test_drafts_and_proposals_that_copy_the_words_go(named: Article) -> None:
    article = make_article(slug="copied", body=f"<p>The council met.</p><p>{SECRET} spoke.</p>")
    base = current_revision(article)
    propose_revision(
        article, base=base, by=make_editor(), kind=Kind.UPDATE, wording=make_wording(body=f"<p>{SECRET}</p>")
    )
    save_draft(article, base=base, by=make_editor(), typed=make_wording(body=f"<p>{SECRET}!</p>"), seen=None)
    make_revision(article, find=f"<p>{SECRET} spoke.</p>", put="<p>A witness spoke.</p>")
    withhold(article)
    withhold(named)
    assert SECRET not in everything_stored()
    assert not Draft.objects.exists()
    assert Proposal.objects.get().state == "returned"


def test_notes_of_what_was_never_published_go_where_they_tell_the_words(named: Article) -> None:
    """Also of what was sent back or amended; the note of a revision is public, and stays."""
    base, note = current_revision(named), "An earlier version named “Ada Quill”. It was Ben."
    wording = make_wording(body="<p>The council met twice.</p><p>A witness spoke.</p>")
    proposed = [
        propose_revision(named, base=base, by=make_editor(), kind=Kind.UPDATE, wording=wording, note=note)
        for _each in range(3)
    ]
    harmless = propose_revision(named, base=base, by=make_editor(), kind=Kind.UPDATE, wording=wording, note="It met.")
    return_proposal(proposed[1], by=make_editor(), reason="Not so.")
    amended: dict[str, Any] = {"kind": Kind.UPDATE, "wording": wording, "note": "Better.", "asks_consent": True}
    amend_proposal(proposed[2], by=make_editor(group=STANDARDS_EDITOR), seen=Seen(proposed[2].digest, 2), **amended)
    withhold(named)
    assert "Quill" not in everything_stored()
    states = dict(Proposal.objects.values_list("pk", "state"))
    assert states == {
        proposed[0].pk: "returned",
        proposed[1].pk: "returned",
        proposed[2].pk: "waiting",
        harmless.pk: "waiting",
    }
    assert "withheld" in Proposal.objects.get(pk=proposed[0].pk).why_returned
    assert breaks() == []


def test_the_text_alternatives_of_its_pictures_go_and_those_that_are_public_stay() -> None:
    chief, address = make_editor(group=STANDARDS_EDITOR), "/media/pictures/{}.png"
    for name, alt in (("1", f"{SECRET} & a “door”"), ("2", "The town hall")):
        picture = Picture.objects.create(file=f"pictures/{name}.png", alt=alt, width=1, height=1, uploaded_by=chief)
        LogEntry.objects.create(user=chief, content_type=ContentType.objects.get_for_model(Picture),
                                object_id=str(picture.pk), object_repr=alt, action_flag=ADDITION)  # fmt: skip
    witness, hall = (
        f'<figure><img src="{address.format(name)}" alt="{escape(alt)}"><figcaption>A picture.</figcaption></figure>'
        for name, alt in (("1", f"{SECRET} & a “door”"), ("2", "The town hall"))
    )
    article = make_article(slug="pictured", body=f"<p>The council met.</p>{witness}{hall}")
    make_revision(article, find=current_revision(article).require_content().body, put=f"<p>The council met.</p>{hall}")
    withhold(article)
    assert SECRET not in everything_stored()
    assert [picture.alt for picture in Picture.objects.order_by("file")] == ["", "The town hall"]


def test_the_words_are_gone_from_every_page_and_its_address_says_why(client: Client, named: Article) -> None:
    paths = ("", "changes/", "changes/1...2/", "revisions/1/", "revisions/2/")
    before = [html(client, f"/articles/named/{path}") for path in paths]
    assert sum(SECRET in page for page in before) == 3
    withhold(named)
    forget_head()
    answers = [client.get(f"/articles/named/{path}") for path in paths]
    assert [answer.status_code for answer in answers] == [200, 200, 451, 451, 200]
    for answer in answers:
        assert SECRET not in answer.content.decode()
    for gone in answers[1:4]:
        assert REASON in text(gone.content.decode())
    assert first(named).digest in answers[3].content.decode()
    assert SECRET not in json.dumps(client.get("/api/articles/named/revisions").json())
    assert client.get("/api/articles/named/revisions/1").status_code < 500
    assert client.get("/corrections/feed.atom").status_code == 200


def test_what_stands_under_the_article_is_replaced_first(named: Article) -> None:
    by, second = make_editor(group=STANDARDS_EDITOR), make_editor(group=STANDARDS_EDITOR)
    with pytest.raises(StillCurrent):
        withhold_revision(current_revision(named), by=by, approved_by=second, reason=REASON)
    assert not Withholding.objects.exists()


def test_a_retracted_article_can_lose_its_words_too(client: Client, named: Article) -> None:
    retraction = make_revision(
        named,
        find="met",
        put="met",
        kind=Kind.RETRACTION,
        note="It was made up.",
        by=make_editor(group=STANDARDS_EDITOR),
    )
    by, second = make_editor(group=STANDARDS_EDITOR), make_editor(group=STANDARDS_EDITOR)
    withhold_revision(retraction, by=by, approved_by=second, reason=REASON)
    page = text(html(client, "/articles/named/"))
    assert "It was made up." in page
    assert client.get("/").status_code == client.get("/corrections/").status_code == 200


def test_two_editors_are_needed_and_only_those_who_may(named: Article) -> None:
    by, copy = make_editor(group=STANDARDS_EDITOR), make_editor(group=COPY_EDITOR)
    with pytest.raises(NotPermitted):
        ask_withholding(first(named), by=copy, reason=REASON)
    with pytest.raises(NoteRequired):
        ask_withholding(first(named), by=by, reason="  ")
    asked = ask_withholding(first(named), by=by, reason=REASON)
    with pytest.raises(AlreadyDecided):
        ask_withholding(first(named), by=by, reason=REASON)
    with pytest.raises(SelfApproval):
        approve_withholding(asked, by=by)
    with pytest.raises(NotPermitted):
        approve_withholding(asked, by=copy)
    assert RevisionText.objects.filter(revision=first(named)).exists()


def test_two_accounts_in_one_hand_withhold_nothing_and_a_bystander_agrees(named: Article) -> None:
    puppet, chief, bystander = (make_editor(group=STANDARDS_EDITOR) for _turn in range(3))
    with transaction.atomic():
        append_account_added(puppet, by=chief)
    asked = ask_withholding(first(named), by=puppet, reason=REASON)
    with pytest.raises(RelatedAccounts):
        approve_withholding(asked, by=chief)
    assert RevisionText.objects.filter(revision=first(named)).exists()
    approve_withholding(asked, by=bystander)
    assert not RevisionText.objects.filter(revision=first(named)).exists()


def test_what_was_sent_back_leaves_the_words_and_can_be_asked_again(named: Article) -> None:
    by, second = make_editor(group=STANDARDS_EDITOR), make_editor(group=STANDARDS_EDITOR)
    asked = ask_withholding(first(named), by=by, reason=REASON)
    returned = return_withholding(asked, by=second, reason="The order names another article.")
    assert (returned.state, returned.answer) == ("returned", "The order names another article.")
    with pytest.raises(AlreadyDecided):
        approve_withholding(asked, by=second)
    withhold(named)


def test_each_step_is_an_act(named: Article) -> None:
    withhold(named)
    asked, done = Act.objects.order_by("-sequence")[:2][::-1]
    assert (asked.verb, done.verb) == ("ask-withholding", "withhold")
    payload = json.loads(done.payload)
    assert payload["reason"] == REASON
    assert (payload["revision"], payload["digest"]) == (1, first(named).digest)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM newsroom_revisiontext WHERE revision_id = {kept}",
        "INSERT INTO newsroom_revisiontext (revision_id, headline, standfirst, byline, body, text) "
        "VALUES ({gone}, 'a', '', '', 'b', 'b')",
        "UPDATE newsroom_withholding SET reason = 'other'",
        "UPDATE newsroom_withholding SET state = 'waiting'",
        "DELETE FROM newsroom_withholding",
        "INSERT INTO newsroom_withholding (revision_id, reason, asked_by_id, asked_at, state, decided_by_id, "
        "decided_at, answer) "
        "VALUES ({kept}, 'x', {editor}, CURRENT_TIMESTAMP, 'approved', {editor}, CURRENT_TIMESTAMP, '')",
    ],
)
def test_the_database_holds_it(named: Article, statement: str) -> None:
    editor = withhold(named).asked_by_id
    values = {"kept": named.current_id, "gone": first(named).pk, "editor": editor}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**values))
