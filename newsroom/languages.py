"""Which language the site speaks: with the readers of an article the article's, elsewhere the site's own."""

from functools import lru_cache

from django.conf import settings
from django.utils import translation

FALLBACK = "en"  # what every sentence is written in, so that it needs no catalogue


@lru_cache(maxsize=256)
def spoken_for(language: str) -> str:
    """The language of ours for readers of a text in `language`: that one, else its base ("de" of "de-AT"), else
    English.
    """
    ours, tag = {code for code, _name in settings.LANGUAGES}, language.lower()
    base = tag.partition("-")[0]
    return tag if tag in ours else base if base in ours else FALLBACK


def speak(language: str) -> None:
    """Answer this request in the language of a text; newsroom.accounts.language_middleware ends it with the request."""
    translation.activate(spoken_for(language))


def speaking(language: str) -> translation.override:
    """The same for what stands inside a `with`."""
    return translation.override(spoken_for(language))


def spoken_now() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def direction(language: str) -> str:
    """In which a language is written: rtl or ltr."""
    return "rtl" if language.partition("-")[0].lower() in settings.LANGUAGES_BIDI else "ltr"


def own_name(language: str) -> str:
    """What a language calls itself; its code where Django does not know it."""
    try:
        return str(translation.get_language_info(language)["name_local"])
    except KeyError:
        return language
