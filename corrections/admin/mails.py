"""Mail outbox in the admin; editors resend or dismiss doubtful and failed mails."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corrections.contacts.outbox import dismiss_mail, resend_mail
from corrections.decisions.rules import PERMISSION
from corrections.models import Mail
from newsroom.admin.access import DESK_STYLES, ReadOnly


class MailAdmin(ReadOnly, admin.ModelAdmin[Mail]):
    """Shows no addresses: editors need the suggestion, not the recipient."""

    actions = ("send_again", "leave_as_it_is")
    change_list_template = "corrections/mail/change_list.html"
    list_display = ("kind", "case_link", "state", "trouble", "tried_at")
    list_display_links = None
    list_filter = ("state", "kind")
    list_select_related = (
        "suggestion__article__current__stored_text",
        "follower__article__current__stored_text",
        "editor",
    )
    fields = ("kind", "state", "trouble", "owed_at", "tried_at", "sent_at", "attempts", "message_id")
    ordering = ("-owed_at", "-pk")
    show_full_result_count = False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Mails"), **(extra_context or {})})

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    @admin.action(description=gettext_lazy("Send again (the reader may get a second copy)"), permissions=["decide"])
    def send_again(self, request: HttpRequest, mails: QuerySet[Mail]) -> None:
        self._report_result(request, sum(resend_mail(mail) for mail in mails))

    @admin.action(description=gettext_lazy("Leave as it is"), permissions=["decide"])
    def leave_as_it_is(self, request: HttpRequest, mails: QuerySet[Mail]) -> None:
        self._report_result(request, sum(dismiss_mail(mail) for mail in mails))

    def _report_result(self, request: HttpRequest, number: int) -> None:
        if number:
            sentence = ngettext("%(number)d mail is settled.", "%(number)d mails are settled.", number)
            messages.success(request, sentence % {"number": number})
        else:
            messages.error(request, _("Only mail that may have been sent, or could not be, can be sent again or left."))

    # Translators: which suggestion or editor a mail is about
    @admin.display(description=gettext_lazy("about"))
    def case_link(self, mail: Any) -> SafeString | str:
        if mail.follower:
            return str(mail.follower.article.headline_or_slug)
        if mail.suggestion is None:
            return str(mail.editor or "")
        article = mail.suggestion.article
        headline = article.headline_or_slug
        if mail.suggestion.case_id is None:
            return str(headline)
        address = reverse("admin:corrections_case_change", args=[mail.suggestion.case_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, headline)

    class Media:
        css = DESK_STYLES
