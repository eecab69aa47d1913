"""The text area that becomes an editor."""

from typing import Any

import pytest
from lxml import html

from newsroom.admin.widgets import RichTextarea


def rendered(attrs: dict[str, Any] | None = None) -> Any:
    return html.fromstring(f"<div>{RichTextarea(attrs).render('body', '<p>One</p>')}</div>").xpath("//textarea")[0]


def test_without_a_script_it_is_a_text_area_of_html() -> None:
    area = rendered()

    assert area.text_content().strip() == "<p>One</p>"
    assert (area.get("name"), area.get("dir"), area.get("class")) == ("body", "auto", "richtext-source")


def test_the_articles_direction_comes_before_that_of_the_text() -> None:
    assert rendered({"dir": "rtl"}).get("dir") == "rtl"


@pytest.mark.parametrize("initial", ["", "<p>One</p>"])
def test_no_browser_refuses_to_send_a_field_that_it_cannot_show(initial: str) -> None:
    assert RichTextarea().use_required_attribute(initial) is False
