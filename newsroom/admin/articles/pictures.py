"""Admin of pictures: uploaded once, re-encoded, immutable."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.admin.access import DESK_STYLES, editor_of
from newsroom.admin.articles.forms import PictureForm
from newsroom.admin.lookups import StrictLookups
from newsroom.models import Picture

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

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DatabaseError:
            # The file was stored before the row that failed.
            if picture := getattr(request, STORED, None):
                picture.storage.delete(picture.name)
            raise

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        obj.uploaded_by = editor_of(request, "newsroom.add_picture")
        setattr(request, STORED, obj.file)
        super().save_model(request, obj, form, change)
        if form.cleaned_data["file"].is_still:
            messages.warning(request, gettext("The picture moves no more: only its first frame was kept."))

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
