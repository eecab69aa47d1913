"""Permission check, responses and read-only mixin shared by the admin pages."""

import json
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.module_loading import import_string

from newsroom.admin.lookups import StrictLookups
from newsroom.models import Editor

# Added to the admin's own list and change pages.
DESK_STYLES = {"all": ("desk/articles.css",)}
AnyAdmin: TypeAlias = "admin.ModelAdmin[Any]"
AdminView: TypeAlias = Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]


def editor_of(request: HttpRequest, permission: str) -> Editor:
    """The logged-in editor. Raises PermissionDenied without the permission."""
    if not isinstance(request.user, Editor) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


def render_page(
    request: HttpRequest, door: AnyAdmin, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {**door.admin_site.each_context(request), "opts": door.model._meta, **context}
    return TemplateResponse(request, template, context, status=status)


def note_opened(page: Model, *, by: Editor) -> None:
    """Tell the correction desk that an editor opened the page of an article or of a proposal."""
    if settings.DESK_OPENED_HOOK:
        import_string(settings.DESK_OPENED_HOOK)(page, by)


def if_changed(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """As JSON, with an ETag that the page's script keeps: 304 while it is the same. No browser stores it."""
    body = json.dumps(data)
    etag = quote_etag(sha256(body.encode()).hexdigest()[:16])
    headers = {"ETag": etag, "Cache-Control": "private, no-store"}
    answer = HttpResponse(body, content_type="application/json", headers=headers)
    return get_conditional_response(request, etag=etag, response=answer) or answer


class ReadOnly(StrictLookups):
    """Model admin mixin without add, change and delete."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
