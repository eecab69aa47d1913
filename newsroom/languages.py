"""Interface language: pages about an article use the article's, others LANGUAGE_CODE."""

from functools import lru_cache

from django.conf import settings
from django.utils import translation

FALLBACK = "en"  # the language of the msgids


@lru_cache(maxsize=256)
def supported_language(language: str) -> str:
    """The interface language for a text in `language`: itself, else its base ("de" of "de-AT"), else English."""
    ours, tag = {code for code, _name in settings.LANGUAGES}, language.lower()
    base = tag.partition("-")[0]
    return tag if tag in ours else base if base in ours else FALLBACK


def activate_language(language: str) -> None:
    """Use a text's language for this request; newsroom.accounts.language_middleware resets it."""
    translation.activate(supported_language(language))


def override_language(language: str) -> translation.override:
    """Use a text's language within a `with` block."""
    return translation.override(supported_language(language))


def current_language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def direction(language: str) -> str:
    """Writing direction: rtl or ltr."""
    return "rtl" if language.partition("-")[0].lower() in settings.LANGUAGES_BIDI else "ltr"


def native_name(language: str) -> str:
    """A language's name in itself; the code if Django does not know it."""
    try:
        return str(translation.get_language_info(language)["name_local"])
    except KeyError:
        return language
