"""Articles in the terms of schema.org: read by a stranger's parser, checked against the vocabulary itself."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import extruct
import pytest
from django.conf import settings
from django.test import Client

from newsroom.models import Article, Kind
from tests.support.factories import make_article, make_revision, retract
from tests.support.public_pages import NOTE, html

pytestmark = pytest.mark.django_db
NASTY = "Bridges </script><!-- <script> & “wall” \u2028 end"
ROOT = Path(__file__).parents[3]


def read(client: Client, path: str) -> Any:
    [data] = extruct.extract(html(client, path), syntaxes=["json-ld"])["json-ld"]
    return data


def test_an_article_says_what_it_is_and_what_was_corrected(client: Client, bridges: Article) -> None:
    first, second = bridges.revisions.order_by("number")
    address = f"{settings.SITE_URL}/articles/bridges/"
    data = read(client, "/articles/bridges/")
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Report on the bridges is due"
    assert data["description"] == "Fourteen bridges were looked at."
    assert data["author"] == {"@type": "Person", "name": "Ida Wrenfold"}
    assert data["inLanguage"] == "en"
    assert data["articleSection"] == "Local"
    assert data["version"] == 2
    assert data["datePublished"] == first.published_at.isoformat()
    assert data["dateModified"] == second.published_at.isoformat()
    assert data["mainEntityOfPage"]["@id"] == address
    assert data["isBasedOn"] == f"{address}revisions/1/"
    assert data["archivedAt"] == f"{address}revisions/2/"
    assert data["publishingPrinciples"] == data["publisher"]["correctionsPolicy"] == f"{settings.SITE_URL}/policy/"
    assert data["correction"] == [
        {
            "@type": "CorrectionComment",
            "name": "Correction",
            "text": NOTE,
            "inLanguage": "en",
            "datePublished": second.published_at.isoformat(),
            "url": f"{address}changes/1...2/",
        }
    ]


def test_an_article_that_was_never_corrected_claims_no_correction(client: Client) -> None:
    article = make_article(slug="quiet")
    assert "correction" not in read(client, "/articles/quiet/")
    make_revision(article, find="recieve", put="receive", kind=Kind.TYPO)
    data = read(client, "/articles/quiet/")
    assert "correction" not in data
    assert data["version"] == 2


def test_a_revision_is_told_apart_from_the_article(client: Client, bridges: Article) -> None:
    data = read(client, "/articles/bridges/revisions/1/")
    assert data["version"] == 1
    assert data["creativeWorkStatus"] == "Obsolete"
    assert data["exampleOfWork"] == {"@id": f"{settings.SITE_URL}/articles/bridges/"}
    assert data["mainEntityOfPage"]["@id"] == f"{settings.SITE_URL}/articles/bridges/revisions/1/"
    assert [each["text"] for each in data["correction"]] == [NOTE]
    assert "isBasedOn" not in data


def test_a_retraction_is_said(client: Client, bridges: Article) -> None:
    retract(bridges)
    data = read(client, "/articles/bridges/")
    assert data["creativeWorkStatus"] == "Retracted"
    assert [each["name"] for each in data["correction"]] == ["Retraction", "Correction"]
    assert read(client, "/articles/bridges/revisions/1/")["creativeWorkStatus"] == "Retracted"


def test_no_words_can_leave_the_element(client: Client) -> None:
    make_article(slug="nasty", headline=NASTY, byline="</script><script>alert(1)</script>")
    data = read(client, "/articles/nasty/")
    assert data["headline"] == NASTY
    page = html(client, "/articles/nasty/")
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(block) == data
    assert "<" not in block


def test_every_term_is_in_the_vocabulary_and_allowed_where_it_stands(
    client: Client, bridges: Article, tmp_path: Path
) -> None:
    samples = [read(client, "/articles/bridges/"), read(client, "/articles/bridges/revisions/1/")]
    make_article(slug="plain", language="uk")
    samples.append(read(client, "/articles/plain/"))
    retract(bridges)
    samples += [read(client, "/articles/bridges/"), read(client, "/articles/bridges/revisions/2/")]
    wrong = [
        samples[0] | {"headlin": "x"},
        samples[0] | {"correctionsPolicy": "https://example.org/"},
        samples[0] | {"correction": [{"@type": "CorrectionNote", "text": "x"}]},
    ]
    # One run for both, since reading the vocabulary takes the compiler seconds.
    assert check_terms(samples + wrong, tmp_path) == {len(samples), len(samples) + 1, len(samples) + 2}


def check_terms(samples: list[Any], folder: Path) -> set[int]:
    """Which samples the compiler refuses, held against the types made from schema.org's vocabulary."""
    lines = [f"export const s{at}: WithContext<NewsArticle> = {json.dumps(each)};" for at, each in enumerate(samples)]
    (folder / "samples.ts").write_text(
        "\n".join([*lines, 'import type { NewsArticle, WithContext } from "schema-dts";'])
    )
    options = {
        "strict": True,
        "noEmit": True,
        "module": "es2022",
        "moduleResolution": "bundler",
        "types": [],
        "skipLibCheck": True,
        "paths": {"schema-dts": [str(ROOT / "node_modules/schema-dts/dist/schema.d.ts")]},
    }
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["samples.ts"]}))
    command = [str(ROOT / "node_modules/.bin/tsc"), "-p", "tsconfig.json", "--pretty", "false"]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120).stdout
    return {int(line) - 1 for line in re.findall(r"samples\.ts\((\d+),\d+\): error", told)}
