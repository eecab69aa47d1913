"""Admin of withholdings: one editor asks with a public reason, another approves or returns."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from newsroom.admin.access import ReadOnly, editor_of, render_page
from newsroom.admin.record.forms import ReturnWithholdingForm, WithholdForm
from newsroom.models import Editor, Refused, Revision, Withholding
from newsroom.publishing.messages import explain
from newsroom.publishing.policy import NotPermitted
from newsroom.publishing.publish import AlreadyDecided
from newsroom.publishing.withholding import PERMISSION, approve_withholding, ask_withholding, return_withholding
from newsroom.record.queries import content_of

VIEW = "newsroom.view_withholding"
DETAIL = "admin:newsroom_withholding_change"
MAX_ROWS = 200


@admin.register(Withholding)
class WithholdingAdmin(ReadOnly, admin.ModelAdmin[Withholding]):
    """Asked for on a revision's page, decided here."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.withholding_list), name="newsroom_withholding_changelist"),
            path("ask/<int:revision>/", wrap(self.ask), name="newsroom_withholding_ask"),
            path("<int:pk>/change/", wrap(self.detail), name="newsroom_withholding_change"),
        ]

    def withholding_list(self, request: HttpRequest) -> HttpResponse:
        """Newest first; not paginated, since there are few."""
        editor_of(request, VIEW)
        rows = Withholding.objects.select_related("revision__article", "asked_by", "decided_by").order_by("-pk")[
            :MAX_ROWS
        ]
        context = {"title": _("Withholdings"), "withholdings": rows}
        return render_page(request, self, "newsroom/withholding/list.html", context)

    def ask(self, request: HttpRequest, revision: int) -> HttpResponse:
        editor = editor_of(request, PERMISSION)
        row = get_object_or_404(Revision.objects.select_related("article__current", "stored_text"), pk=revision)
        form = WithholdForm(request.POST or None)
        told, status = "", HTTPStatus.OK
        if request.method == "POST":
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            if form.is_valid():
                try:
                    withholding = ask_withholding(row, by=editor, reason=form.cleaned_data["reason"])
                except Refused as refusal:
                    told = explain(refusal)
                else:
                    messages.success(request, _("A second editor has to agree before the words are removed."))
                    return redirect(DETAIL, withholding.pk)
        context = {
            "title": _("Withhold the words of version %(number)d") % {"number": row.number},
            "revision": row,
            "form": form,
            "told": told,
            "others": _with_words(row),
        }
        return render_page(request, self, "newsroom/withholding/ask.html", context, status=status)

    def detail(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, VIEW)
        people = ("asked_by", "decided_by")
        rows = Withholding.objects.select_related("revision__article", "revision__stored_text", *people)
        withholding = get_object_or_404(rows, pk=pk)
        form = ReturnWithholdingForm(request.POST if request.POST.get("decision") == "return" else None)
        if request.method != "POST":
            return self._page(request, withholding, form, by=editor)
        decision = request.POST.get("decision", "")
        if decision not in ("approve", "return"):
            return HttpResponseBadRequest(_("There is no such button."))
        if decision == "return" and not form.is_valid():
            return self._page(request, withholding, form, by=editor, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            if decision == "approve":
                approve_withholding(withholding, by=editor)
                messages.success(request, _("The words are withheld; the version’s page says why."))
            else:
                return_withholding(withholding, by=editor, reason=form.cleaned_data["answer"])
                messages.success(request, _("Sent back, with your reason. The words stay."))
        except NotPermitted as refusal:
            raise PermissionDenied(explain(refusal)) from refusal
        except Refused as refusal:
            decided = isinstance(refusal, AlreadyDecided)
            status = HTTPStatus.CONFLICT if decided else HTTPStatus.UNPROCESSABLE_ENTITY
            row = rows.get(pk=pk)
            return self._page(request, row, form, by=editor, told=explain(refusal), status=status)
        return redirect(DETAIL, pk)

    def _page(
        self,
        request: HttpRequest,
        withholding: Withholding,
        form: ReturnWithholdingForm,
        *,
        by: Editor,
        told: str = "",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        waits = withholding.state == Withholding.State.WAITING
        is_own = withholding.asked_by_id == by.pk
        context = {
            "title": _("Withholding of %(revision)s") % {"revision": withholding.revision},
            "withholding": withholding,
            "content": content_of(withholding.revision),
            "form": form,
            "told": told,
            "is_own": is_own,
            "waits": waits,
            "may_decide": waits and by.has_perm(PERMISSION),
            "may_approve": waits and not is_own and by.has_perm(PERMISSION),
        }
        return render_page(request, self, "newsroom/withholding/detail.html", context, status=status)


def _with_words(revision: Revision) -> list[Revision]:
    """The article's other revisions with their texts, which may hold the same words."""
    others = Revision.objects.filter(article=revision.article_id, stored_text__isnull=False).exclude(pk=revision.pk)
    return list(others.select_related("article").newest_first()[:MAX_ROWS])
