"""Language and time zone: public pages in the site's, /admin/ in the editor's."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from newsroom.accounts.middleware import DESK
from newsroom.models import Editor

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def site_language_middleware(get_response: GetResponse) -> GetResponse:
    """Ignores cookie and Accept-Language, so that one cached page serves all readers."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        # Restored after the response, whatever newsroom.languages.activate_language activated.
        with translation.override(settings.LANGUAGE_CODE):
            return get_response(request)

    return answer


def editor_language_middleware(get_response: GetResponse) -> GetResponse:
    """After the log-in middleware: language and time zone of the editor's profile, else Accept-Language, the site's."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(DESK):
            return get_response(request)
        editor = request.user if isinstance(request.user, Editor) else None
        translation.activate((editor and editor.language) or translation.get_language_from_request(request))
        with timezone.override(_zone(editor.time_zone) if editor else None):
            return get_response(request)

    return answer


def _zone(name: str) -> ZoneInfo | None:
    """None for the site's: nothing chosen, or a name that this machine does not know any more."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
