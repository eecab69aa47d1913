"""Permission check, response and read-only mixin shared by the admin pages."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeAlias

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse

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


class ReadOnly(StrictLookups):
    """Model admin mixin without add, change and delete."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
