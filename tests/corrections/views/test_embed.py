"""The widget's own addresses and files: open to every origin, and no other file is."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from corrections.embed.files import first_script, style_sheet
from corrections.templatetags.corrections_tags import LATE_FILES
from newsroom.http.static_headers import EMBEDDED, add_headers
from tests.support.sources import make_source, make_source_article

pytestmark = pytest.mark.django_db
SUGGEST = "/articles/bridge/suggest/"
STATIC = Path(settings.BASE_DIR) / "static"
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{1,2}/[^"']+)["']""")


def imported(*owed: str) -> set[str]:
    found = set[str]()
    waiting = list(owed)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            path = STATIC / name
            waiting += [
                str((path.parent / each).resolve().relative_to(STATIC)) for each in IMPORT.findall(path.read_text())
            ]
    return found


@pytest.mark.parametrize("path", ["v1.js", "dialog/en/", "dialog/ar/", "dialog/xx/", "site.css", "suggestion.css"])
def test_the_widgets_addresses_are_open_to_all(client: Client, path: str) -> None:
    for origin in ("https://daily.example", "https://other.example"):
        answer = client.get(f"/embed/{path}", headers={"Origin": origin})

        assert answer.status_code == 200
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["Cache-Control"] == "public, max-age=300"
        assert not answer.cookies


def test_no_other_sheet_is_served(client: Client) -> None:
    assert client.get("/embed/desk.css").status_code == 404


def test_what_the_widget_imports_is_open_and_nothing_else() -> None:
    late = [name for names in LATE_FILES.values() for name in names if name.endswith(".js")]

    assert imported("embed/widget.js", *late) == set(EMBEDDED)
    for path in STATIC.rglob("*.*"):
        name = str(path.relative_to(STATIC))
        for served in (name, re.sub(r"(\.\w+)$", r".0123456789ab\1", name)):
            headers: dict[str, str] = {}
            add_headers(headers, str(path), f"/static/{served}")
            is_open = headers.get("Access-Control-Allow-Origin") == "*"
            assert is_open == (headers["Cross-Origin-Resource-Policy"] == "cross-origin") == (name in EMBEDDED), name


def test_the_invitation_speaks_every_language() -> None:
    told = first_script()

    assert all(f'"{code}":' in told for code, _name in settings.LANGUAGES)
    assert "|Sagen Sie es uns hier|" in told


def test_lengths_are_the_readers_own_and_colours_hold_in_a_shadow_root() -> None:
    sheet = style_sheet("site")

    assert not re.search(r"[\d.]rem\b", re.sub(r"@media[^{]*", "", sheet))
    assert "(min-width: 64rem)" in sheet
    assert ":root {" not in sheet


def test_a_link_without_script_leads_to_the_form_of_its_page(client: Client) -> None:
    placed = make_source_article(url="https://daily.example/bridge/", slug="bridge")
    address = f"/embed/suggest/?site={placed.source.key}"

    named = client.get(address, {"site": placed.source.key, "url": placed.url})
    told = client.get(address, headers={"Referer": placed.url})

    assert (named.status_code, named["Location"]) == (told.status_code, told["Location"]) == (302, SUGGEST)
    assert client.get(SUGGEST).status_code == 200
    assert "no-store" in told["Cache-Control"]


def test_a_link_from_a_page_that_nobody_read_says_so(client: Client) -> None:
    source = make_source()

    answer = client.get(
        f"/embed/suggest/?site={source.key}", headers={"Referer": f"https://daily.example/new-{source.key}/"}
    )

    assert answer.status_code == 404
    assert b"We are reading this article for the first time." in answer.content
    assert client.get("/embed/suggest/?site=unknown").status_code == 404
