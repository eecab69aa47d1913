"""Corrections as Web Annotations, and the very words they point at."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from newsroom.models import Article, Kind
from newsroom.publishing.publish import publish_revision
from newsroom.syndication import annotations
from tests.support.factories import current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.public_pages import NOTE
from tests.support.withheld_words import withhold_revision

pytestmark = pytest.mark.django_db
PATH = "/articles/bridges/annotations/"
ADDRESS = f"{settings.SITE_URL}{PATH}"


def read(client: Client, path: str = PATH) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    data = answer.json()
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    return data


def items(client: Client, path: str = PATH) -> list[Any]:
    return list(read(client, path)["first"]["items"])


def quoted(client: Client, target: Any) -> str:
    """The passage, found twice over in what the API says of the revision, as a stranger would."""
    source = target["source"].removeprefix(settings.SITE_URL).rstrip("/")
    revision = client.get(f"/api{source}").json()
    by_quote, by_position = target["selector"]
    assert by_quote["type"] == by_position["type"] == "CssSelector"
    field = by_quote["value"].split('"')[1]
    text = revision["text" if field == "body" else field]
    quote, position = by_quote["refinedBy"], by_position["refinedBy"]
    assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    found = text[position["start"] : position["end"]]
    assert found == quote["exact"]
    assert text[: position["start"]].endswith(quote["prefix"])
    assert text[position["end"] :].startswith(quote["suffix"])
    assert f'data-field="{field}"' in client.get(f"{source}/").content.decode()
    return str(found)


def rewrite(article: Article, **parts: str) -> None:
    base = current_revision(article)
    wording = make_wording(**base.require_content().wording.as_dict() | parts)
    editors = [make_editor(group="Standards editor") for _each in range(2)]
    publish_revision(
        article, base=base, by=editors[0], kind=Kind.CLARIFICATION, wording=wording, note="So.", approved_by=editors[1]
    )


def test_a_correction_points_at_the_words_that_were_wrong(client: Client, bridges: Article) -> None:
    [annotation] = items(client)
    assert annotation["type"] == "Annotation"
    assert annotation["motivation"] == "editing"
    assert annotation["id"] == f"{ADDRESS}#revision-2-1"
    assert annotation["target"]["source"] == f"{settings.SITE_URL}/articles/bridges/revisions/1/"
    assert quoted(client, annotation["target"]) == "three"
    put, note, link = annotation["body"]
    assert (put["type"], put["purpose"], put["value"]) == ("TextualBody", "editing", "four")
    assert (note["purpose"], note["value"], note["language"]) == ("describing", NOTE, "en")
    assert link["source"] == f"{settings.SITE_URL}/articles/bridges/revisions/2/"
    assert annotation["creator"] == {"type": "Organization", "name": "Our editors"}


def test_offsets_are_code_points_and_every_field_is_told_of(client: Client) -> None:
    article = make_article(
        slug="bridges",
        headline="🌉 A 🌉 tale",
        standfirst="",
        byline="Ida",
        body="<p>🌉🌉 Four are shut.</p><p>End.</p>",
    )
    rewrite(
        article,
        headline="🌉 The 🌉 tale",
        standfirst="New.",
        byline="Ida Wrenfold",
        body="<p>🌉🌉 Four bridges are open.</p>",
    )
    found = items(client)
    assert found[1]["target"] == f"{settings.SITE_URL}/articles/bridges/revisions/1/"  # no standfirst stood there
    changed = [(quoted(client, each["target"]), each["body"][0]["value"]) for each in found if each is not found[1]]
    assert changed == [
        ("A", "The"),
        ("Ida", "Ida Wrenfold"),
        ("Four ", "Four bridges "),
        ("shut.\n\nEnd", "open"),
    ]


def test_putting_the_words_back_in_place_gives_the_newer_text(client: Client, bridges: Article) -> None:
    rewrite(bridges, body="<p>First, the council receives a long report.</p><p>It counts 14, four of them closed.</p>")
    old, new = (bridges.revisions.get(number=number).require_content() for number in (2, 3))
    text = old.text
    for change in reversed(list(annotations.word_changes(old, new))):
        text = text[: change.start] + change.put + text[change.end :]
    assert text == new.text


def test_what_the_record_does_not_list_is_no_annotation(client: Client) -> None:
    article = make_article(slug="bridges")
    make_revision(article, find="recieve", put="receive", kind=Kind.TYPO)
    data = read(client)
    assert data["total"] == 0
    assert "first" not in data


def test_withheld_words_are_pointed_at_as_a_whole(client: Client, bridges: Article) -> None:
    editors = [make_editor(group="Standards editor") for _each in range(2)]
    withhold_revision(
        bridges.revisions.get(number=1), by=editors[0], approved_by=editors[1], reason="By order of a court."
    )
    [annotation] = items(client)
    assert annotation["target"] == f"{settings.SITE_URL}/articles/bridges/revisions/1/"
    assert [body["purpose"] for body in annotation["body"]] == ["describing", "linking"]


def test_pages_lead_from_the_first_correction_to_the_last(
    client: Client, bridges: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotations, "PAGE_SIZE", 2)
    for number in range(4, 8):
        note = f"Now {number + 1} instead of {number}."
        find, put = ("four" if number == 4 else str(number)), str(number + 1)
        make_revision(bridges, find=f"{find} are", put=f"{put} are", kind=Kind.CLARIFICATION, note=note)
    collection = read(client)
    assert collection["last"] == f"{ADDRESS}?page=3"
    page, seen = collection["first"], []
    while True:
        assert page["type"] == "AnnotationPage"
        seen += [each["id"].rpartition("#")[2] for each in page["items"]]
        if "next" not in page:
            break
        page = read(client, page["next"].removeprefix(settings.SITE_URL))
        assert page["partOf"]["id"] == ADDRESS
    assert seen == [f"revision-{number}-1" for number in range(2, 7)]
    assert page["prev"] == f"{ADDRESS}?page=2"
