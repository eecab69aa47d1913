"""Language middleware: public pages in the site's language, /admin/ in the editor's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

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
    """After the log-in middleware: the language of the editor's profile, else Accept-Language."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(DESK):
            chosen = request.user.language if isinstance(request.user, Editor) else ""
            translation.activate(chosen or translation.get_language_from_request(request))
        return get_response(request)

    return answer
