"""The chief words the sentences of public notes; what is not changed is shown beside."""

import pytest

from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import NotePattern
from tests.support.admin_page import tree
from tests.support.editor_page import Writer
from tests.support.factories import make_pattern

pytestmark = pytest.mark.django_db
LIST = "/admin/newsroom/notepattern/"


def test_the_chief_words_a_sentence_beside_the_default() -> None:
    client = Writer(group=DESK_CHIEF).client
    page = tree(client.get(LIST))
    assert "An earlier version of this article said {old}. It is {new}." in page.text_content()
    [link] = page.xpath("//a[contains(@href, 'sentence=number&language=en')]/@href")
    form = tree(client.get(link))
    assert "An earlier version" in form.xpath("string(//textarea[@name='text'])")
    typed = {"sentence": "number", "language": "en", "text": "Not {old}, but {new}."}
    assert client.post(f"{LIST}add/", typed).status_code == 302
    pattern = NotePattern.objects.get()
    page = tree(client.get(LIST))
    assert not page.xpath("//a[contains(@href, 'sentence=number&language=en')]")
    change = tree(client.get(f"{LIST}{pattern.pk}/change/"))
    assert "An earlier version of this article said {old}. It is {new}." in change.text_content()


@pytest.mark.parametrize(
    "text", ["It is {new}.", "{old} {new} {old.x}", "{old} {new} {changes}", "{old} {new} \x07", ""]
)
def test_a_sentence_without_its_placeholders_is_refused(text: str) -> None:
    client = Writer(group=DESK_CHIEF).client
    client.post(f"{LIST}add/", {"sentence": "number", "language": "en", "text": text})
    assert not NotePattern.objects.exists()


def test_a_sentence_with_characters_that_nobody_sees_is_refused() -> None:
    chief = Writer(group=DESK_CHIEF)
    text = "\u202eNot {old}, but {new}."
    answer = chief.client.post(f"{LIST}add/", {"sentence": "words", "language": "en", "text": text})
    assert (answer.status_code, NotePattern.objects.count()) == (200, 0)


def test_the_history_of_a_sentence_names_who_changed_it() -> None:
    pattern, chief = make_pattern(), Writer(group=DESK_CHIEF)
    chief.client.post(f"{LIST}{pattern.pk}/change/", {"text": "Not {old}: {new}."})
    history = tree(chief.client.get(f"{LIST}{pattern.pk}/history/")).text_content()
    assert "Not {old}: {new}." in history
    assert chief.editor.username in history
    first = pattern.history.earliest()
    chief.client.post(f"{LIST}{pattern.pk}/history/{first.pk}/", {"text": "{old} {new}"}, follow=True)
    pattern.refresh_from_db()
    assert pattern.text == "Not {old}: {new}."
