"""Two editors at one article: nothing is overwritten unseen, and nothing is thrown away by one click."""

import pytest

from newsroom.models import Article, Draft, Revision
from tests.support.admin_page import buttons, tree
from tests.support.editor_page import LIST, Writer, changes, draft_of, start, told, typed_in
from tests.support.factories import BODY, current_revision, make_article, make_revision
from tests.support.record_check import breaks

pytestmark = pytest.mark.django_db
FIXED = BODY.replace("recieve", "receive")


@pytest.mark.both_databases
def test_a_draft_that_another_editor_saved_meanwhile_is_never_overwritten_unseen() -> None:
    article, first, second = make_article(), Writer(public_name="Olha"), Writer()
    theirs, mine = first.open(article), second.open(article)
    first.send(theirs, "save", headline="Hers")
    answer = second.send(mine, "save", headline="Mine")
    assert answer.status_code == 409
    assert "Olha saved another draft" in told(answer)
    assert changes(answer) == (["Hers"], ["Mine"])
    assert (typed_in(answer, "headline"), draft_of(article).headline) == ("Mine", "Hers")
    assert buttons(answer) == {"replace"}
    # And while that page was read, she saved once more.
    first.write(article, "save", headline="Hers again")
    answer = second.send(answer, "replace")
    assert (answer.status_code, draft_of(article).headline) == (409, "Hers again")
    assert second.send(answer, "replace").status_code == 302
    assert draft_of(article).headline == "Mine"


def test_a_form_that_was_refused_still_names_the_draft_for_which_it_was_typed() -> None:
    article, first, second = make_article(), Writer(), Writer()
    page = second.open(article)
    first.write(article, "save", headline="Hers")
    refused = second.send(page, "save", headline="a\x07b")
    assert refused.status_code == 422
    assert second.send(refused, "save", headline="Mine").status_code == 409
    assert draft_of(article).headline == "Hers"


def test_publishing_needs_the_draft_that_was_seen() -> None:
    article, first, second = make_article(), Writer(), Writer()
    page = second.open(article)
    first.write(article, "save", headline="Hers")
    assert second.send(page, "publish", kind="update", headline="Mine").status_code == 409
    assert current_revision(article).number == 1
    page = second.open(article)
    first.write(article, "publish", kind="update")
    answer = second.send(page, "publish", kind="update", headline="Mine")
    assert answer.status_code == 409
    assert "published, proposed or discarded" in told(answer)
    assert changes(answer) == (["Hers"], ["Mine"])
    assert current_revision(article).number == 2


@pytest.mark.both_databases
def test_a_draft_is_published_on_a_revision_that_changed_other_words() -> None:
    article, writer = make_article(), Writer()
    page = writer.open(article)
    make_revision(article, find="Tuesday", put="Monday")
    assert {"publish", "propose"} <= buttons(writer.open(article))
    assert writer.send(page, "publish", kind="typo", body=FIXED).status_code == 302
    assert current_revision(article).require_content().text.startswith("The council will receive the report on Monday.")
    assert breaks() == []


@pytest.mark.both_databases
def test_a_change_of_the_same_words_is_shown_and_the_base_is_changed_deliberately() -> None:
    article, writer = make_article(), Writer()
    page = writer.open(article)
    make_revision(article, find="recieve the report on Tuesday", put="get the report on Monday")
    answer = writer.send(page, "publish", kind="typo", body=FIXED)
    assert answer.status_code == 409
    assert "The article has changed in the meantime" in told(answer)
    assert changes(answer) == (["recieve", "Tuesday"], ["get", "Monday"])
    assert (draft_of(article).body, current_revision(article).number) == (FIXED, 2)
    assert not buttons(answer) & {"publish", "propose"}
    # Saving again changes nothing about that, and opening the page tells it again.
    writer.send(answer, "save")
    page = writer.open(article)
    assert (draft_of(article).base, changes(page)) == (Revision.objects.get(number=1), changes(answer))

    assert writer.send(page, "rebase", body=FIXED.replace("Tuesday", "Monday")).status_code == 302
    assert writer.write(article, "publish", kind="typo").status_code == 302
    assert current_revision(article).require_content().text.startswith("The council will receive the report on Monday.")


def test_a_draft_is_discarded_only_after_a_second_question() -> None:
    article, writer, other = make_article(), Writer(), Writer()
    writer.write(article, "save", headline="Never mind")
    address = f"{LIST}{article.pk}/discard/"
    page = writer.client.get(address)
    assert "Never mind" in page.content.decode()
    [seen] = tree(page).xpath("//input[@name='seen']/@value")
    other.write(article, "save", headline="Better")
    assert writer.client.post(address, {"seen": seen}).status_code == 409
    [seen] = tree(writer.client.get(address)).xpath("//input[@name='seen']/@value")
    assert writer.client.post(address, {"seen": seen}).status_code == 302
    assert not Draft.objects.exists()
    assert current_revision(article).number == 1
    assert writer.client.get(address).status_code == 404


def test_an_article_that_was_never_published_goes_with_its_draft() -> None:
    writer = Writer()
    article = start(writer)
    address = f"{LIST}{article.pk}/discard/"
    [seen] = tree(writer.client.get(address)).xpath("//input[@name='seen']/@value")
    writer.client.post(address, {"seen": seen})
    assert not Article.objects.exists()
    row = Article.history.latest()
    assert (row.history_type, row.history_user, row.slug) == ("-", writer.editor, "bridges")
    start(writer)
