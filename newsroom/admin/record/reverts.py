"""Admin page to revert an article: publish an earlier revision's words as a new revision."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from newsroom.admin.access import editor_of, render_page
from newsroom.admin.record.forms import RevertForm
from newsroom.models import Editor, Refused, Revision
from newsroom.publishing.messages import explain
from newsroom.publishing.policy import PERMISSION, NoteRequired, NotPermitted
from newsroom.publishing.publish import StaleRevision
from newsroom.publishing.reverts import propose_revert, revert_to
from newsroom.record.comparison import compare
from newsroom.record.queries import content_of


class RevertPage(admin.ModelAdmin[Revision]):
    def revert(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, PERMISSION)
        revisions = Revision.objects.select_related("article__current__stored_text", "stored_text")
        revision = get_object_or_404(revisions, pk=pk)
        if request.method != "POST":
            initial = {"base": revision.article.current.number if revision.article.current else None}
            return self._page(request, revision, RevertForm(initial=initial, auto_id="revert_%s"))
        form = RevertForm(request.POST, auto_id="revert_%s")
        if request.POST.get("decision") not in ("publish", "propose"):
            return HttpResponseBadRequest(_("There is no such button."))
        if not form.is_valid():
            return self._page(request, revision, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return self._decide(request, revision, form, by=editor)

    def _decide(self, request: HttpRequest, revision: Revision, form: RevertForm, *, by: Editor) -> HttpResponse:
        base = get_object_or_404(
            Revision.objects.select_related("stored_text"),
            article=revision.article_id,
            number=form.cleaned_data["base"],
        )
        asked = {"base": base, "by": by, "kind": form.chosen_kind(), "note": form.cleaned_data["note"]}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            if request.POST["decision"] == "propose":
                proposal = propose_revert(revision, **asked)
                messages.success(request, _("The proposal waits for a second editor."))
                return redirect("admin:newsroom_proposal_change", proposal.pk)
            made = revert_to(revision, **asked)
        except NotPermitted as refusal:
            raise PermissionDenied(explain(refusal)) from refusal
        except StaleRevision as refusal:
            status = HTTPStatus.CONFLICT
            form.add_error(None, explain(refusal))
        except Refused as refusal:
            form.add_error("note" if isinstance(refusal, NoteRequired) else None, explain(refusal))
        else:
            told = _("Published as version %(number)d, with the words of version %(old)d.")
            messages.success(request, told % {"number": made.number, "old": revision.number})
            return redirect("admin:newsroom_revision_change", made.pk)
        return self._page(request, revision, form, status=status)

    def _page(
        self, request: HttpRequest, revision: Revision, form: RevertForm, *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        now, then = content_of(revision.article.current), content_of(revision)
        context = {
            "title": _("Bring back the words of version %(number)d") % {"number": revision.number},
            "revision": revision,
            "article": revision.article,
            "comparison": compare(now, then) if now and then else None,
            "form": form,
        }
        return render_page(request, self, "newsroom/revision/revert.html", context, status=status)
