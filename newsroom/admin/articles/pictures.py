"""Admin of pictures: uploaded once, re-encoded, immutable."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from newsroom.admin.access import DESK_STYLES, editor_of
from newsroom.admin.articles.forms import PictureForm
from newsroom.admin.lookups import StrictLookups
from newsroom.models import Picture

PERMISSION = "newsroom.add_picture"
STORED = "stored_picture"  # on the request: the file of a row that may still fail


@admin.register(Picture)
class PictureAdmin(StrictLookups, admin.ModelAdmin[Picture]):
    """The change page shows the picture and the URL that a figure needs."""

    form = PictureForm
    actions = None
    list_display = ("alt", "address", "measures", "uploaded_by", "uploaded_at")
    list_select_related = ("uploaded_by",)
    search_fields = ("alt", "file")
    ordering = ("-uploaded_at", "-pk")
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        return False  # a published figure may use it

    def get_fields(self, request: HttpRequest, obj: Picture | None = None) -> tuple[str, ...]:
        shown = ("address", "alt", "measures", "picture", "uploaded_by", "uploaded_at")
        return shown if obj else ("file", "alt")

    def get_readonly_fields(self, request: HttpRequest, obj: Picture | None = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj else ()

    def get_urls(self) -> list[URLPattern]:
        upload = require_POST(self.admin_site.admin_view(self.upload_view))
        return [path("upload/", upload, name="newsroom_picture_upload"), *super().get_urls()]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with _without_orphan(request):
            return super().changeform_view(request, *args, **kwargs)

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """From the editor of an article: 201 {src, width, height, told}, or 422 {errors} by field."""
        editor_of(request, PERMISSION)
        form = PictureForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        picture = form.save(commit=False)
        with _without_orphan(request), transaction.atomic():
            self.save_model(request, picture, form, change=False)
            self.log_addition(request, picture, [{"added": {}}])
        stored = {"src": picture.file.url, "width": str(picture.width), "height": str(picture.height)}
        return JsonResponse({**stored, "told": _loss(form)}, status=HTTPStatus.CREATED)

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        obj.uploaded_by = editor_of(request, PERMISSION)
        setattr(request, STORED, obj.file)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if told := _loss(form):
            messages.warning(request, told)

    def response_post_save_add(self, request: HttpRequest, obj: Picture) -> HttpResponseRedirect:
        """To the picture's page: the editor needs its URL."""
        return redirect("admin:newsroom_picture_change", obj.pk)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().render_change_form(request, context, *args, **kwargs)
        if context.get("errors"):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    @admin.display(description=_("address for a figure"))
    def address(self, picture: Picture) -> str:
        return format_html("<code>{}</code>", picture.file.url)

    @admin.display(description=_("size"))
    def measures(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    @admin.display(description=_("picture"))
    def picture(self, picture: Picture) -> str:
        return format_html(
            '<img class="desk-picture" src="{}" alt="{}" width="{}" height="{}">',
            picture.file.url,
            picture.alt,
            picture.width,
            picture.height,
        )

    class Media:
        css = DESK_STYLES


@contextmanager
def _without_orphan(request: HttpRequest) -> Iterator[None]:
    """The file is stored before its row: where that fails, the file goes."""
    try:
        yield
    except DatabaseError:
        if picture := getattr(request, STORED, None):
            picture.storage.delete(picture.name)
        raise


def _loss(form: Any) -> str:
    """What the editor is told of a picture that is not as it was sent."""
    is_still = form.cleaned_data["file"].is_still
    return gettext("The picture no longer moves: only its first frame was kept.") if is_still else ""
