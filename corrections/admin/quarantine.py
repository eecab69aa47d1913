"""Quarantine page: editors release suggestions that arrived in a flood, or mark them as spam."""

from uuid import UUID

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corrections.abuse.quarantine import (
    held_suggestions,
    reject_suggestions,
    release_all_suggestions,
    release_suggestions,
)
from corrections.decisions.rules import PERMISSION
from corrections.models import Case
from newsroom.admin.access import AdminView, editor_of
from newsroom.models import Editor

MAX_SHOWN = 100


def flood_urls(wrap: AdminView) -> list[URLPattern]:
    """For CaseAdmin.get_urls; `wrap` is its site's admin_view."""
    return [path("held-back/", wrap(held_back), name="corrections_held_back")]


def held_back(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request, PERMISSION)
    if request.method == "POST":
        _decide(request, by=editor)
        return redirect("admin:corrections_held_back")
    context = {
        **admin.site.each_context(request),
        "opts": Case._meta,
        "title": _("Held for review"),
        "held": held_suggestions(MAX_SHOWN),
    }
    return TemplateResponse(request, "corrections/quarantine/list.html", context)


def _decide(request: HttpRequest, *, by: Editor) -> None:
    ticked = _parse_keys(request.POST.getlist("suggestions"))
    match request.POST.get("decision"):
        case "all":
            number, done = release_all_suggestions(by=by), True
        case "in":
            number, done = release_suggestions(ticked, by=by), True
        case "out":
            number, done = reject_suggestions(ticked, by=by), False
        case _:
            return
    sentence = (
        ngettext("%(number)d suggestion was accepted.", "%(number)d suggestions were accepted.", number)
        if done
        else ngettext("%(number)d suggestion was rejected.", "%(number)d suggestions were rejected.", number)
    )
    messages.success(request, sentence % {"number": number})


def _parse_keys(values: list[str]) -> list[UUID]:
    """Ignores invalid UUIDs."""
    keys = []
    for value in values:
        try:
            keys.append(UUID(value))
        except ValueError:
            continue
    return keys
