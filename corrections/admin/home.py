"""Home of the desk, and the answers to Ctrl + K."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from corrections.desk.home.jump import find_targets
from newsroom.admin.access import AdminView, editor_of

VIEW = "corrections.view_case"


def jump(request: HttpRequest) -> HttpResponse:
    """Where Ctrl + K may lead, as JSON."""
    found = find_targets(request.GET.get("q", ""), by=editor_of(request, VIEW))
    return JsonResponse({"targets": [asdict(target) for target in found]})


def home_urls(wrap: AdminView) -> list[URLPattern]:
    return [path("jump/", wrap(jump), name="corrections_jump")]
