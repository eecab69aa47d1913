"""An editor's notifications: the list, one of them opened, and how many are new."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corrections.models import Notification
from corrections.notes.reading import count_to_check
from corrections.notifications.reading import MOST_UNREAD, count_unread, latest_rows, read_notifications
from corrections.notifications.writing import mark_read
from newsroom.admin.access import editor_of, if_changed

VIEW = "corrections.view_case"


@require_safe
def notification_list(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request, VIEW)
    rows = latest_rows(editor)
    context = {
        **admin.site.each_context(request),
        "title": _("Notifications"),
        "rows": rows,
        "has_unread": any(not row.is_read for row in rows),
        "to_check": count_to_check(),
    }
    return TemplateResponse(request, "corrections/notification/list.html", context)


@require_safe
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening it is reading it, together with what else is new about the same."""
    editor = editor_of(request, VIEW)
    own = Notification.objects.filter(recipient=editor)
    opened = get_object_or_404(own, pk=pk)
    [row] = read_notifications(own.filter(pk=pk), most=1)
    same = Q(case=opened.case_id) if opened.case_id else Q(proposal=opened.proposal_id) if opened.proposal_id else Q()
    mark_read(editor, Q(pk=pk) | same if same else Q(pk=pk))
    return redirect(row.address)


def read_all(request: HttpRequest) -> HttpResponse:
    mark_read(editor_of(request, VIEW), Q())
    return redirect("desk_notifications")


@require_safe
def notification_count(request: HttpRequest) -> HttpResponse:
    """Fetched by every page of the desk, and mostly answered with 304."""
    count = count_unread(editor_of(request, VIEW))
    return if_changed(request, {"count": count, "most": MOST_UNREAD})


def notification_urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [
        path("admin/notifications/", wrap(notification_list), name="desk_notifications"),
        path("admin/notifications/count/", wrap(notification_count), name="desk_notification_count"),
        path("admin/notifications/read/", wrap(require_POST(read_all)), name="desk_notifications_read"),
        path("admin/notifications/<int:pk>/", wrap(open_notification), name="desk_notification"),
    ]
