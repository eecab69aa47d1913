"""The admin's yes and no, in the language of the desk."""

import pytest
from django.contrib.admin.templatetags import admin_list
from django.utils import translation

from newsroom.admin.icons import boolean_icon


@pytest.mark.usefixtures("collected_static")
@pytest.mark.parametrize(
    ("value", "language", "name", "words"),
    [(True, "en", "yes", "Yes"), (False, "de", "no", "Nein"), (None, "fr", "unknown", "Inconnu")],
)
def test_an_icon_says_its_meaning_in_words(value: bool | None, language: str, name: str, words: str) -> None:
    with translation.override(language):
        icon = boolean_icon(value)

    assert f"admin/img/icon-{name}" in icon
    assert icon.endswith(f'alt="{words}">')


def test_the_admins_own_pages_show_it() -> None:
    assert vars(admin_list)["_boolean_icon"] is boolean_icon
