"""Articles as news items of IPTC."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from newsroom.models import Article, Editor, Kind
from newsroom.publishing.publish import publish_revision
from tests.newsroom.syndication.ninjs_schema import NINJS
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.public_pages import NOTE
from tests.support.withheld_words import withhold_revision

pytestmark = pytest.mark.django_db
VALIDATOR = Draft202012Validator(NINJS, format_checker=FormatChecker())


def read(client: Client, slug: str = "bridges") -> Any:
    answer = client.get(f"/articles/{slug}/ninjs.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    item = answer.json()
    VALIDATOR.validate(item)
    return item


def test_an_item_has_its_version_and_what_was_corrected(client: Client, bridges: Article) -> None:
    current = current_revision(bridges)
    item = read(client)
    day = current.published_at.date().isoformat()
    assert item["uri"] == f"{settings.SITE_URL}/articles/bridges/"
    assert (item["version"], item["pubStatus"], item["language"]) == ("2", "usable", "en")
    assert item["edNote"] == f"Correction, {day} (version 2): {NOTE}"
    assert {"role": "correction", "contentType": "text/plain", "value": item["edNote"]} in item["descriptions"]
    assert item["headlines"][0]["value"] == "Report on the bridges is due"
    assert item["by"] == "Ida Wrenfold"
    assert [body["value"] for body in item["bodies"]] == [
        current.require_content().body,
        current.require_content().text,
    ]
    assert item["bodies"][1]["charCount"] == len(current.require_content().text)
    assert {"role": "sha256", "value": current.digest} in item["altIds"]


def test_an_item_that_was_never_corrected_has_no_note(client: Client) -> None:
    make_article(slug="quiet")
    item = read(client, "quiet")
    assert "edNote" not in item
    assert item["firstCreated"] == item["versionCreated"]


def retract(article: Article, editors: list[Editor]) -> None:
    base = current_revision(article)
    publish_revision(
        article,
        base=base,
        by=editors[0],
        kind=Kind.RETRACTION,
        wording=base.require_content().wording,
        note="We no longer stand by it.",
        approved_by=editors[1],
    )


@pytest.fixture
def editors(quick_passwords: None) -> list[Editor]:
    return [make_editor(group="Standards editor") for _each in range(2)]


def test_a_retracted_item_is_canceled(client: Client, bridges: Article, editors: list[Editor]) -> None:
    retract(bridges, editors)
    item = read(client)
    assert item["pubStatus"] == "canceled"
    assert "We no longer stand by it." in item["edNote"]


def test_a_withheld_item_has_no_words(client: Client, bridges: Article, editors: list[Editor]) -> None:
    retract(bridges, editors)
    withhold_revision(current_revision(bridges), by=editors[0], approved_by=editors[1], reason="By order of a court.")
    item = read(client)
    assert (item["pubStatus"], item["representationType"]) == ("withheld", "partial")
    assert {"headlines", "bodies", "by"}.isdisjoint(item)


@pytest.mark.parametrize("wrong", [{"headline": "x"}, {"pubStatus": "retracted"}, {"versionCreated": "today"}])
def test_the_schema_refuses_what_the_standard_has_not_got(client: Client, bridges: Article, wrong: Any) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(read(client) | wrong)
