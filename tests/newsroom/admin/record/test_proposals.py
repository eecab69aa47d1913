"""A second editor decides in the admin what another one proposed."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Act, Article, Draft, Editor, Proposal
from tests.support.admin_page import buttons, tree
from tests.support.editor_page import PROPOSALS, Writer, address_of, changes, draft_of, told
from tests.support.factories import BODY, current_revision, make_article, make_revision
from tests.support.record_check import breaks

pytestmark = pytest.mark.django_db
NOTE = "It said 14 bridges; there are 15."
SECOND_EDITORS = {"approve", "return", "amend", "amend-for-third"}


def propose(article: Article, writer: Writer, **typed: str) -> Proposal:
    body = BODY.replace("14", "15")
    answer = writer.write(article, "propose", **{"kind": "correction", "note": NOTE, "body": body, **typed})
    assert answer.status_code == 302, told(answer)
    return Proposal.objects.latest("pk")


@pytest.mark.both_databases
def test_what_was_proposed_is_published_by_the_second_editor() -> None:
    article, writer, second = make_article(), Writer(), Writer(group=STANDARDS_EDITOR)
    proposal = propose(article, writer)
    assert not Draft.objects.exists()
    assert "waits for a second editor" in writer.messages()
    assert "waits for a second editor" in writer.open(article).content.decode()
    assert str(proposal.pk) in second.client.get(PROPOSALS).content.decode()

    page = second.open(proposal)
    assert changes(page) == (["14"], ["15"])
    assert NOTE in page.content.decode()
    assert second.send(page, "approve").status_code == 302
    revision = current_revision(article)
    assert (revision.editor, revision.approved_by, revision.note) == (writer.editor, second.editor, NOTE)
    assert "15 bridges" in revision.require_content().text
    assert not tree(second.client.get(PROPOSALS)).xpath("//ol/li")
    assert len(tree(second.client.get(PROPOSALS, {"state": "approved"})).xpath("//ol/li")) == 1


def test_a_long_list_is_parted_into_pages_and_reads_no_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.admin.record.proposals.PAGE_SIZE", 2)
    writer = Writer()
    slugs = [propose(make_article(slug=f"story-{turn}"), writer).article.slug for turn in range(3)]
    with CaptureQueriesContext(connection) as queries:
        first = writer.client.get(PROPOSALS)
    assert not [query for query in queries if '"body"' in query["sql"]]
    [following] = tree(first).xpath("//a[@rel='next']/@href")
    pages = [first, writer.client.get(PROPOSALS + following)]
    assert [slug for page in pages for slug in slugs if slug in page.content.decode()] == slugs


def test_a_desk_chief_alone_publishes_nothing_that_needs_a_second_editor() -> None:
    """By an account that they make, whoever of the two proposes; an editor who has nothing to do with it approves."""
    article, chief, bystander = make_article(), Writer(group=DESK_CHIEF), Writer(group=STANDARDS_EDITOR)
    groups = list(Group.objects.values_list("pk", flat=True))
    typed = {"username": "puppet", "email": "puppet@desk.example", "groups": groups}
    assert chief.client.post("/admin/newsroom/editor/add/", typed).status_code == 302
    puppet = Writer(Editor.objects.get(username="puppet"))
    for proposer, approver in ((puppet, chief), (chief, puppet)):
        proposal = propose(article, proposer)
        page = approver.open(proposal)
        assert "approve" not in buttons(page)
        assert "Within the last 30 days" in page.content.decode()
        answer = approver.client.post(address_of(proposal), {"decision": "approve", "digest": proposal.digest})
        assert answer.status_code == 422
        assert "Within the last 30 days" in told(answer)
    assert current_revision(article).number == 1
    assert bystander.send(bystander.open(proposal), "approve").status_code == 302
    assert current_revision(article).approved_by == bystander.editor


def test_nobody_approves_what_they_proposed_themselves() -> None:
    article, chief = make_article(), Writer(group=DESK_CHIEF)
    proposal = propose(article, chief)
    page = chief.open(proposal)
    assert "approve" not in buttons(page)
    assert "You proposed this; another editor has to approve it." in page.content.decode()
    answer = chief.client.post(address_of(proposal), {"decision": "approve", "digest": proposal.digest})
    assert answer.status_code == 422
    assert "Nobody can approve their own proposal" in told(answer)
    assert current_revision(article).number == 1


def test_only_the_very_text_that_was_seen_is_approved() -> None:
    article, second = make_article(), Writer(group=STANDARDS_EDITOR)
    proposal = propose(article, Writer())
    answer = second.client.post(address_of(proposal), {"decision": "approve", "digest": "0" * 64})
    assert (answer.status_code, current_revision(article).number) == (409, 1)
    assert "has decided this in the meantime" in told(answer)


@pytest.mark.both_databases
def test_a_proposal_moves_along_and_is_approved_on_its_new_base_once_it_was_seen_there() -> None:
    article, second = make_article(), Writer(group=STANDARDS_EDITOR)
    proposal = propose(article, Writer())
    page = second.open(proposal)
    make_revision(article, find="Tuesday", put="Monday")
    answer = second.send(page, "approve")
    assert (answer.status_code, current_revision(article).number) == (409, 2)
    assert "its change is the same" in told(answer)
    assert changes(answer) == (["14"], ["15"])
    assert second.send(answer, "approve").status_code == 302
    assert "15 bridges" in current_revision(article).require_content().text
    assert breaks() == []


def test_a_proposal_of_words_that_were_changed_came_back_and_says_why() -> None:
    article, writer, second = make_article(), Writer(), Writer(group=STANDARDS_EDITOR)
    proposal = propose(article, writer)
    page = second.open(proposal)
    make_revision(article, find="14", put="16")
    answer = second.send(page, "approve")
    assert (answer.status_code, buttons(answer)) == (409, {"take-up"})
    assert "have since been changed in the article" in answer.content.decode()
    assert buttons(writer.open(proposal)) == {"take-up"}


@pytest.mark.both_databases
def test_a_proposal_of_the_articles_page_is_amended_and_consented_to() -> None:
    article, writer, second = make_article(), Writer(), Writer(group=STANDARDS_EDITOR)
    proposal = propose(article, writer)
    dead = second.write(proposal, "amend", body=f'{proposal.body}<p><a href="pool.html">Pool</a></p>', note=NOTE)
    assert "The link to “pool.html” leads nowhere" in tree(dead).text_content()
    answer = second.write(proposal, "amend", body="", note=NOTE)
    assert answer.status_code == 422
    body = BODY.replace("14", "16")
    assert second.write(proposal, "amend", body=body, note="It said 14; there are 16.").status_code == 302
    assert not buttons(second.open(proposal)) & {"approve", "consent"}
    page = writer.open(proposal)
    assert changes(page) == (["14"], ["16"])
    assert {"consent"} <= buttons(page)
    assert not buttons(page) & {"amend", "approve"}
    assert writer.send(page, "consent").status_code == 302
    revision = current_revision(article)
    assert (revision.editor, revision.approved_by, revision.require_content().body) == (
        writer.editor,
        second.editor,
        body,
    )
    assert breaks() == []


def test_what_an_editor_amended_for_a_third_is_not_theirs_to_approve() -> None:
    article, second, third = make_article(), Writer(group=STANDARDS_EDITOR), Writer(group=DESK_CHIEF)
    proposal = propose(article, Writer())
    assert second.write(proposal, "amend-for-third", note="It said 14 bridges; 15 there are.").status_code == 302
    assert "approve" not in buttons(second.open(proposal))
    assert third.write(proposal, "approve").status_code == 302
    assert current_revision(article).approved_by == third.editor


@pytest.mark.both_databases
def test_a_proposal_goes_back_with_a_reason_and_becomes_a_draft_again() -> None:
    article, writer, second = make_article(), Writer(), Writer(group=STANDARDS_EDITOR)
    proposal = propose(article, writer)
    answer = second.write(proposal, "return", reason=" ")
    assert answer.status_code == 422
    assert "Reason for sending it back" in told(answer)
    assert second.write(proposal, "return", reason="Name the source.").status_code == 302
    assert Act.objects.filter(verb="return", actor_id=second.editor.pk).exists()

    page = writer.open(proposal)
    assert "Name the source." in page.content.decode()
    assert buttons(page) == {"take-up"}
    assert writer.send(page, "take-up").status_code == 302
    draft = draft_of(article)
    assert (draft.base, draft.edited_by) == (current_revision(article), writer.editor)
    assert "15" in draft.body
    answer = writer.send(page, "take-up")
    assert answer.status_code == 422
    assert "has a draft already" in told(answer)


def test_a_proposal_is_decided_once() -> None:
    second, third = Writer(group=STANDARDS_EDITOR), Writer(group=STANDARDS_EDITOR)
    article = make_article()
    proposal = propose(article, Writer())
    page = third.open(proposal)
    second.write(proposal, "approve")
    for decision in ("approve", "return"):
        typed = {"reason": "Why?"} if decision == "return" else {}
        assert third.send(page, decision, **typed).status_code == 409
    assert current_revision(article).number == 2


def test_a_change_of_markup_alone_is_shown_as_html() -> None:
    article, second = make_article(), Writer(group=STANDARDS_EDITOR)
    proposal = propose(article, Writer(), body=BODY.replace("strong", "em"))
    page = second.open(proposal)
    assert changes(page) == (["bold"], ["emphasis"])
    [markup] = tree(page).xpath("//div[@class='desk-markup']")
    assert "em" in "".join(markup.xpath(".//ins/text()"))


def test_a_changed_address_of_a_link_is_shown() -> None:
    body = '<p>See <a href="https://example.org/a">the report</a>.</p>'
    article = make_article(body=body)
    proposal = propose(article, Writer(), body=body.replace("/a", "/b"))
    page = Writer(group=STANDARDS_EDITOR).open(proposal)
    old, new = "https://example.org/a", "https://example.org/b"
    gone, come = changes(page)
    assert (set(gone), set(come)) == ({f"link: {old}", old}, {f"link: {new}", new})


@pytest.mark.parametrize(
    ("group", "shown"),
    [(COPY_EDITOR, {"return"}), (STANDARDS_EDITOR, SECOND_EDITORS), (DESK_CHIEF, SECOND_EDITORS)],
)
def test_each_group_sees_the_buttons_that_it_may_press(group: str, shown: set[str]) -> None:
    proposal = propose(make_article(), Writer())
    assert buttons(Writer(group=group).open(proposal)) == shown


@pytest.mark.parametrize("group", [COPY_EDITOR, AUDITOR])
def test_a_button_that_is_not_shown_is_not_obeyed_either(group: str) -> None:
    article, other = make_article(), Writer(group=group)
    proposal = propose(article, Writer())
    answer = other.client.post(address_of(proposal), {"decision": "approve", "digest": proposal.digest})
    assert (answer.status_code, current_revision(article).number) == (403, 1)
    assert other.client.post(address_of(proposal), {"decision": "nonsense"}).status_code == 400


def test_an_auditor_sends_nothing_back_and_takes_nothing_up() -> None:
    proposal, auditor = propose(make_article(), Writer()), Writer(group=AUDITOR)
    assert not buttons(auditor.open(proposal))
    assert auditor.client.post(address_of(proposal), {"decision": "return", "reason": "x"}).status_code == 403
    Writer().write(proposal, "return", reason="No.")
    assert auditor.client.post(address_of(proposal), {"decision": "take-up"}).status_code == 403
    assert not Draft.objects.exists()


def test_the_note_of_an_amendment_follows_what_is_amended() -> None:
    """As on the page of a case: `written` tells the browser whether the editor left the note as it was written."""
    article, second = make_article(), Writer(group=STANDARDS_EDITOR)
    written = "An earlier version of this article said “14 bridges”. It is “15 bridges”."
    proposal = propose(article, Writer(), note=written)
    [form] = tree(second.open(proposal)).xpath("//form[@data-note]")
    fields = dict(form.form_values())
    assert form.get("data-note") == f"/admin/newsroom/proposal/{proposal.pk}/note/"
    assert fields["written"].strip() == fields["note"].strip()
    fields |= {"body": BODY.replace("14", "16")}
    answer = second.client.post(form.get("data-note"), fields)
    assert "“16 bridges”" in answer.json()["note"]
    assert second.client.post(form.get("data-note"), {**fields, "body": ""}).json() == {"note": ""}
    assert Writer().client.post(form.get("data-note"), fields).status_code == 403
