"""The NinjaAPI instance: parser, renderer, HTTP methods, page caching; newsroom.urls adds the routers."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.urls import URLPattern, URLResolver
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from newsroom.api.errors import install_handlers
from newsroom.api.http_methods import handle_methods
from newsroom.api.parser import StrictParser
from newsroom.record.page_cache import cached_page

# Operations that depend on the public record alone, so that their answers are cached: query parameters of each.
CACHED_OPERATIONS: dict[str, tuple[str, ...]] = {
    "list_articles": ("cursor",),
    "get_article": (),
    "list_revisions": ("cursor",),
    "get_revision": (),
    "list_corrections": ("cursor",),
    "openapi-json": (),
}
DOCS_VIEWS = ("openapi-json", "openapi-view", "api-root")  # ninja would serve them to every method


class UnicodeRenderer(JSONRenderer):
    """JSON without ASCII escapes, which would double the size of an Arabic article."""

    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}


class Api(NinjaAPI):
    """NinjaAPI with our handling of HTTP methods, and page caching for what the public record alone decides."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                view = pattern.callback
                if pattern.name in DOCS_VIEWS:
                    view = require_safe(view)
                if pattern.name in CACHED_OPERATIONS:
                    view = cached_page(*CACHED_OPERATIONS[pattern.name])(view)
                pattern.callback = handle_methods(view)
        return patterns, app, namespace


api = Api(
    title="Corrigenda",
    version="0.1.0",
    description="Published articles, their revisions, the public record of corrections, and readers' suggestions.",
    urls_namespace="api",
    parser=StrictParser(),
    renderer=UnicodeRenderer(),
    # The style sheet of the API browser has its icons as data: URLs.
    docs_decorator=csp_update({"img-src": [SELF, "data:"]}),
)
install_handlers(api)
