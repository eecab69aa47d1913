"""In which language a request is answered, where no article says it: the site's own, and at the desk the editor's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from newsroom.accounts.middleware import DESK
from newsroom.models import Editor

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def speak_as_the_site(get_response: GetResponse) -> GetResponse:
    """A reader's page is kept once for all who read it, so that neither a cookie nor Accept-Language is asked."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        # What a view chooses meanwhile, by newsroom.languages.speak, ends here too.
        with translation.override(settings.LANGUAGE_CODE):
            return get_response(request)

    return answer


def speak_as_the_editor(get_response: GetResponse) -> GetResponse:
    """Behind the log-in: what the editor chose in their profile, else what the browser asks for."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(DESK):
            chosen = request.user.language if isinstance(request.user, Editor) else ""
            translation.activate(chosen or translation.get_language_from_request(request))
        return get_response(request)

    return answer
