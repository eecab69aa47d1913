"""Articles are written in the admin: drafts, preview, publishing, and what stands in the way."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Draft, Kind, Proposal
from newsroom.publishing.publish import publish_revision
from tests.support.admin_page import buttons, form_of, tree
from tests.support.editor_page import LIST, Writer, address_of, draft_of, fields_of, start, told, typed_in
from tests.support.factories import BODY, current_revision, make_article, make_editor, make_wording

pytestmark = pytest.mark.django_db
FIXED = BODY.replace("recieve", "receive")


def text_of(article: Article) -> str:
    return current_revision(article).require_content().text


@pytest.mark.both_databases
def test_a_new_article_is_a_private_draft_until_it_is_published() -> None:
    writer = Writer(public_name="Iryna")
    article = start(writer, language="uk", section="Місто", standfirst="Two lines")

    draft = draft_of(article)
    assert (article.state, article.language, article.section) == ("draft", "uk", "Місто")
    assert (draft.headline, draft.base, draft.edited_by) == ("Bridges", None, writer.editor)
    assert writer.client.get("/articles/bridges/").status_code == 404
    row = article.history.get()
    assert (row.history_user, row.history_change_reason) == (writer.editor, "draft")

    answer = writer.write(article, "publish", byline="By the desk")
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert "Published: version 1" in writer.messages()
    revision = current_revision(article)
    assert (revision.kind, revision.editor, revision.require_content().byline) == (
        "publication",
        writer.editor,
        "By the desk",
    )
    assert revision.require_content().standfirst == "Two lines"
    assert not Draft.objects.exists()
    assert writer.client.get("/articles/bridges/").status_code == 200


@pytest.mark.both_databases
def test_an_update_is_written_from_the_current_revision_and_published_on_it() -> None:
    article, writer = make_article(), Writer()
    page = writer.open(article)
    assert typed_in(page, "body") == current_revision(article).require_content().body
    assert writer.send(page, "save", body=FIXED).status_code == 302
    assert draft_of(article).base == current_revision(article)
    assert "recieve" in text_of(article)

    assert writer.write(article, "publish", kind="typo", note=" Spelling. ").status_code == 302
    revision = current_revision(article)
    assert (revision.number, revision.kind, revision.note) == (2, "typo", "Spelling.")
    assert "receive" in revision.require_content().text
    assert not Draft.objects.exists()


def test_a_body_that_nobody_touched_is_published_byte_for_byte() -> None:
    article, writer = make_article(), Writer()
    base = current_revision(article)
    # As it may have been stored before a rule of sanitising changed: another run would write it otherwise.
    odd = replace(make_wording(headline="Other"), body="<p>a<br/>b</p>\n\n<p>d</p>")
    publish_revision(article, base=base, by=make_editor(), kind=Kind.UPDATE, wording=odd)
    assert writer.write(article, "publish", kind="update", headline="Third").status_code == 302
    assert current_revision(article).require_content().body == odd.body


def test_a_link_that_leads_nowhere_is_named_and_nothing_typed_is_lost() -> None:
    article, writer = make_article(), Writer()
    dead = BODY.replace("recieve", '<a href="pool.html">receive</a>')
    answer = writer.write(article, "publish", kind="update", body=dead)
    assert (answer.status_code, current_revision(article).number) == (422, 1)
    assert "The link to “pool.html” leads nowhere" in tree(answer).text_content()
    assert draft_of(article).body == dead

    whole = dead.replace("pool.html", "example.org/pool")
    assert writer.write(article, "publish", kind="update", body=whole, note="A link was added.").status_code == 302
    assert 'href="https://example.org/pool"' in current_revision(article).require_content().body


def test_a_dead_link_of_an_earlier_revision_keeps_nobody_from_publishing() -> None:
    article, writer = make_article(), Writer()
    old = replace(make_wording(), body='<p><a href="pool.html">Pool</a> recieve</p>')
    publish_revision(article, base=current_revision(article), by=make_editor(), kind=Kind.UPDATE, wording=old)
    page = writer.open(article)
    assert writer.send(page, "publish", kind="typo", body=old.body.replace("recieve", "receive")).status_code == 302


def test_a_text_that_is_what_stands_is_no_revision() -> None:
    article, writer = make_article(), Writer()
    answer = writer.write(article, "publish", kind="update")
    assert (answer.status_code, current_revision(article).number) == (422, 1)
    assert "The text is the same" in told(answer)


def test_what_is_published_is_sanitised_and_what_is_drafted_is_kept_as_typed() -> None:
    article, writer = make_article(), Writer()
    typed = '<p onclick="x()">One<script>alert(1)</script></p><h1>Two</h1>'
    writer.write(article, "save", body=typed)
    assert draft_of(article).body == typed
    preview = writer.client.get(f"{LIST}{article.pk}/preview/")
    assert b"<script>alert" not in preview.content
    assert b"onclick" not in preview.content
    writer.write(article, "publish", kind="update")
    assert current_revision(article).require_content().body == "<p>One</p><h2>Two</h2>"


def test_the_preview_looks_like_the_article_and_is_for_the_desk_alone() -> None:
    article, writer = make_article(headline="Old"), Writer()
    answer = writer.write(article, "preview", headline="New words")
    assert answer["Location"] == f"{LIST}{article.pk}/preview/"
    page = writer.client.get(answer["Location"])
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert tree(page).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert tree(page).xpath("//article//h1/text()") == ["New words"]
    assert "Draft, not published." in page.content.decode()
    writer.client.logout()
    assert writer.client.get(answer["Location"]).status_code == 302
    assert writer.client.get(f"{LIST}999999/preview/").status_code == 302


def test_a_draft_may_be_unfinished_but_nothing_unfinished_is_published() -> None:
    writer = Writer()
    article = start(writer, headline="", body="")
    assert writer.client.get(f"{LIST}{article.pk}/preview/").status_code == 200
    answer = writer.write(article, "publish", byline="Somebody")
    assert answer.status_code == 422
    assert "A headline and a text are needed." in told(answer)
    assert "The draft is saved" in told(answer)
    assert (typed_in(answer, "byline"), draft_of(article).byline) == ("Somebody", "Somebody")
    # What the refused page carries is good for the next press.
    assert writer.send(answer, "publish", headline="Now", body="<p>Words</p>").status_code == 302
    assert text_of(article) == "Words"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"kind": "clarification", "body": FIXED}, "note", "needs a public note"),
        ({"kind": "", "body": FIXED}, "kind", "Choose why"),
        ({"kind": "correction", "body": FIXED, "note": "Why."}, "", "needs a second editor"),
        ({"kind": "typo", "body": FIXED.replace("14", "15")}, "note", "needs a public note that says"),
        ({"kind": "typo", "body": FIXED.replace("14", "15"), "note": "Why."}, "", "needs a second editor"),
        ({"kind": "publication", "body": FIXED}, "kind", "Select a valid choice"),
        ({"kind": "update", "headline": "a\x07b"}, "headline", "U+0007"),
        ({"kind": "update", "body": f"<p>a{chr(0)}b</p>"}, "body", ""),
        ({"kind": "update", "body": "<p>" + "x" * 2_000_001}, "body", "at most 2 MB"),
    ],
)
def test_a_refusal_stands_where_it_belongs_and_the_typing_stays(
    typed: dict[str, str], field: str, sentence: str
) -> None:
    article, writer = make_article(), Writer()
    answer = writer.write(article, "publish", byline="Kept", **typed)
    assert answer.status_code == 422
    assert sentence in told(answer)
    assert typed_in(answer, "byline") == "Kept"
    if field:
        [beside] = tree(answer).xpath(f"//p[@id='article_{field}_error']")
        assert sentence in beside.text_content()
    assert current_revision(article).number == 1


def test_the_published_address_stays_and_a_taken_one_is_refused() -> None:
    make_article(slug="taken")
    writer = Writer()
    answer = writer.write(None, "save", slug="taken", headline="Kept")
    assert answer.status_code == 422
    assert "has this address" in told(answer)
    assert typed_in(answer, "headline") == "Kept"
    article = start(writer, slug="free")
    assert writer.write(article, "save", slug="freer").status_code == 302
    article.refresh_from_db()
    assert article.slug == "freer"
    assert writer.write(article, "save", slug="taken").status_code == 422
    writer.write(article, "publish")
    page = writer.open(article)
    assert tree(page).xpath("//input[@name='slug']/@disabled")
    writer.client.post(address_of(article), {**_fields(page), "slug": "other", "decision": "save"})
    article.refresh_from_db()
    assert article.slug == "freer"


def test_section_and_language_change_with_actor_and_reason() -> None:
    article, writer = make_article(), Writer()
    writer.write(article, "save", section="World", language="fr")
    article.refresh_from_db()
    assert (article.section, article.language, article.current) == ("World", "fr", current_revision(article))
    row = article.history.latest()
    assert (row.history_user, row.history_change_reason) == (writer.editor, "description")


def test_a_retraction_is_offered_to_those_who_may_and_goes_to_a_second_editor() -> None:
    article, copy, chief = make_article(), Writer(), Writer(group=DESK_CHIEF)
    assert "retraction" not in tree(copy.open(article)).xpath("//select[@name='kind']/option/@value")
    assert (
        copy.client.post(
            address_of(article),
            {**_fields(copy.open(article)), "kind": "retraction", "note": "x", "decision": "propose"},
        ).status_code
        == 422
    )
    assert chief.write(article, "propose", kind="retraction", note="The report was forged.").status_code == 302
    proposal = Proposal.objects.get()
    second = Writer(group=STANDARDS_EDITOR)
    assert second.write(proposal, "approve").status_code == 302
    article.refresh_from_db()
    assert article.state == "retracted"
    assert "takes no more versions" in chief.open(article).content.decode()
    assert not buttons(chief.open(article))


def test_a_retraction_publishes_the_reason_alone_and_leaves_the_draft_to_its_writers() -> None:
    article, chief, second = make_article(), Writer(group=DESK_CHIEF), Writer(group=STANDARDS_EDITOR)
    words = current_revision(article).require_content().wording
    page = {"body": "<p>Words of somebody who was still writing.</p>", "kind": "retraction", "note": "It was forged."}
    assert chief.write(article, "propose", **page).status_code == 302
    assert Draft.objects.get(article=article).body == page["body"]
    assert Proposal.objects.get().wording == words

    second.write(Proposal.objects.get(), "approve")

    revision = current_revision(article)
    assert (revision.kind, revision.note, revision.require_content().wording) == ("retraction", "It was forged.", words)


def test_the_list_tells_what_stands_where_with_constant_queries_and_no_bodies() -> None:
    writer = Writer(group=DESK_CHIEF)
    start(writer, slug="draft-only", headline="Nobody saw this")
    make_article(headline="Everybody saw this")
    shown = writer.client.get(LIST).content.decode()  # and what was said of the new draft, which costs queries
    with CaptureQueriesContext(connection) as few:
        writer.client.get(LIST)
    assert "Nobody saw this" in shown
    assert "Everybody saw this" in shown
    for turn in range(4):
        writer.write(make_article(), "save", headline=f"Draft {turn}")
    drafts = writer.client.get(LIST, {"draft": "yes"})
    assert len(tree(drafts).xpath("//table[@id='result_list']/tbody/tr")) == 5
    with CaptureQueriesContext(connection) as many:
        writer.client.get(LIST)
    assert len(many) == len(few)
    assert not [query for query in many if '"body"' in query["sql"]]
    assert len(tree(writer.client.get(LIST, {"q": "Everybody"})).xpath("//table[@id='result_list']/tbody/tr")) == 1


@pytest.mark.parametrize("address", ["nonsense/change/", "999999/change/", "999999/discard/", "999999/preview/"])
def test_an_article_that_is_none_is_not_found(address: str) -> None:
    assert Writer().client.get(LIST + address).status_code == 404


def test_an_unknown_button_is_refused() -> None:
    article, writer = make_article(), Writer()
    answer = writer.client.post(address_of(article), {**_fields(writer.open(article)), "decision": "delete"})
    assert answer.status_code == 400


def _fields(page: object) -> dict[str, str]:
    return fields_of(form_of(page, "save"))


def test_a_correction_gets_its_note_while_it_is_written() -> None:
    article, writer = make_article(), Writer()
    form = form_of(writer.open(article), "propose")
    fields = {**fields_of(form), "kind": "correction", "body": BODY.replace("14", "15")}
    address = form.get("data-note")
    note = writer.client.post(address, fields).json()["note"]
    assert note == "An earlier version of this article said “14 bridges”. It is “15 bridges”."
    assert writer.client.post(address, {**fields, "kind": "update"}).json()["note"] == ""
    assert writer.client.post(address, {**fields, "kind": "retraction"}).json()["note"] == ""  # not theirs to choose
    assert writer.client.post(address, {**fields, "headline": "a\x07"}).json()["note"] == ""
    chief = Writer(group=DESK_CHIEF)
    assert "retracted" in chief.client.post(address, {**fields, "kind": "retraction"}).json()["note"]
