"""Every text that people see goes through the catalogues: in the templates themselves, and on every page shown.

The pages are shown in a language of full-width letters, about articles in Greek ones; see tests.support.pseudo_locale.
"""

import re
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver

from newsroom.languages import native_name
from newsroom.notes.writing import PLACEHOLDER
from tests.support.catalogues import ROOT
from tests.support.greek_newsroom import NAME, World, make_world
from tests.support.plain_words import WORD, plain_words
from tests.support.pseudo_locale import pseudo
from tests.system.test_roles import TABLE

__all__ = ["pseudo"]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))
COMMENT = re.compile(r"\{% comment .*?%\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)
CLASSES = re.compile(r"\{% block bodyclass %\}.*?\{% endblock bodyclass %\}|\{% block bodyclass %\}.*?\{% endblock %\}")
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
OWN_NAMES = " ".join(native_name(code) for code, _name in settings.LANGUAGES)
# Names, what a button of the text editor shows, the codes of a language and of a way to hash passwords.
NAMES = ("Corrigenda", "HTML", "IPTC", "ninjs", "Atom", "JSON", "UTC", "md", "de", *WORD.findall(OWN_NAMES))
# Names of time zones, as "Europe/Kyiv", of which an editor chooses one.
ZONES = re.compile("|".join(f">{re.escape(zone)}<" for zone in sorted(available_timezones()) if "/" in zone))


def own_text(path: Path) -> str:
    """What a template says by itself, without what is translated or put in."""
    text = path.read_text(encoding="utf-8")
    for part in (COMMENT, CLASSES, TRANSLATED, TAGS):
        text = part.sub(" ", text)
    return text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_that_is_not_translated(path: Path) -> None:
    text = own_text(path)
    markup = text if path.suffix == ".html" else f"<p>{text}</p>"
    assert plain_words(f"<div>{markup}</div>", allowed=NAMES) == []


def test_a_text_that_went_around_is_found() -> None:
    assert plain_words("<p>Ｇｏ <b>there</b></p>") == ["there"]
    assert plain_words('<p>Γο <img alt="A bridge"></p>') == ["A bridge"]
    assert plain_words('<input type="submit" value="Go on">') == ["Go on"]
    assert plain_words("<p>Ｇｏ <code>there</code>, /articles/x/, a@example.org</p>") == []


# Pages ----------------------------------------------------------------------------------------------------------------
@pytest.fixture
def world(pseudo: str, settings: Any, transactional_db: None) -> World:
    settings.SITE_NAME = NAME
    settings.LANGUAGE_CODE = pseudo
    return make_world(pseudo)


def reader_addresses(resolver: URLResolver, prefix: str = "") -> set[str]:
    found = set()
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            found |= reader_addresses(part, path)
        elif not path.startswith(("admin/", "api/")):
            found.add(path)
    return found


def untranslated(answer: Any) -> list[str]:
    page = "" if answer.streaming else ZONES.sub("><", PLACEHOLDER.sub("", answer.content.decode()))
    return plain_words(page, allowed=NAMES) if "html" in answer.get("Content-Type", "") and page else []


@pytest.mark.django_db
def test_no_reader_sees_a_text_that_is_not_translated(world: World, client: Client) -> None:
    pages = world.reader_pages()
    assert set(pages) == reader_addresses(get_resolver())
    shown = {path: untranslated(client.get(path)) for paths in pages.values() for path in paths}
    shown |= {f"POST {path} {typed}": untranslated(client.post(path, typed)) for path, typed in world.refused_forms()}
    assert {path: found for path, found in shown.items() if found} == {}


@pytest.mark.django_db
def test_no_editor_sees_a_text_that_is_not_translated(world: World, client: Client) -> None:
    client.force_login(world.chief)
    shown = {}
    for address in sorted(TABLE, key=lambda address: "logout" in address):
        key = next((key for part, key in world.keys.items() if part in address), world.article.pk)
        path = "/" + re.sub(r"<(?:\w+:)?\w+>", str(key), address)
        shown[path] = untranslated(client.get(path))
        shown[f"POST {path}"] = untranslated(client.post(path))
    client.force_login(world.chief)  # the last address was that of logging out
    for path in world.desk_pages():
        answer = client.get(path)
        assert answer.status_code == 200, path
        shown[path] = untranslated(answer)
    for path, typed in world.refused_decisions():
        shown[f"POST {path} {typed}"] = untranslated(client.post(path, typed))
    assert {path: found for path, found in shown.items() if found} == {}
