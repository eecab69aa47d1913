"""Bulk decline of one sender's cases; each case is listed and can be deselected."""

from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections.abuse.senders import cases_of_sender, senders_of
from corrections.decisions.messages import REFUSALS, explain_decision
from corrections.decisions.pending import decide_all
from corrections.decisions.rules import PERMISSION
from corrections.desk.actions import KEYS
from corrections.desk.case_list import read_rows
from corrections.desk.case_page import reasons_for
from corrections.desk.forms.base import ReasonField, full_reason
from corrections.models import Case, CaseQuerySet
from newsroom.admin.access import AdminView, editor_of
from newsroom.models import Editor


class SenderForm(forms.Form):
    canned = ReasonField()
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=[("decline", ""), ("spam", "")])
    reason = forms.CharField(
        label=gettext_lazy("Reason for declining"),
        help_text=gettext_lazy("The sender will see it; spam needs none."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def clean(self) -> None:
        self.cleaned_data["reason"] = full_reason(self.cleaned_data)
        if self.cleaned_data.get("decision") == "decline" and not self.cleaned_data["reason"]:
            self.add_error("reason", _("Choose a reason or write one; the sender will see it."))


def sender_urls(wrap: AdminView) -> list[URLPattern]:
    """For CaseAdmin.get_urls; `wrap` is its site's admin_view."""
    return [path("<int:pk>/sender/", wrap(case_sender), name="corrections_case_sender")]


def case_sender(request: HttpRequest, pk: int) -> HttpResponse:
    editor = editor_of(request, PERMISSION)
    case = Case.objects.select_related("article").filter(pk=pk).first()
    senders = senders_of(case) if case else []
    if case is None or len(senders) != 1:
        raise Http404(_("No single sender of this case is known."))
    theirs = cases_of_sender(senders[0])
    form = SenderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ticked = [each for each in theirs.alone if str(each.pk) in request.POST.getlist("others")]
        _decline(request, ticked, form, by=editor)
        return redirect("admin:corrections_case_changelist")
    context = {
        **admin.site.each_context(request),
        "opts": Case._meta,
        "title": _("Everything from this sender"),
        "case": case,
        "form": form,
        "alone": read_rows(_query(theirs.alone)),
        "reasons": reasons_for(case.article),
        "keys": KEYS,
        "shared": read_rows(_query(theirs.shared)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "corrections/case/sender.html", context, status=status)


def _query(cases: list[Case]) -> CaseQuerySet:
    return Case.objects.filter(pk__in=[case.pk for case in cases]).by_rank()


def _decline(request: HttpRequest, cases: list[Case], form: SenderForm, *, by: Editor) -> None:
    verb = form.cleaned_data["decision"]
    payload = {"reason": form.cleaned_data["reason"]} if verb == "decline" else {}
    try:
        late = decide_all(verb, cases, by=by, payload=payload)
    except REFUSALS as refusal:
        messages.error(request, explain_decision(refusal))
        return
    if late:
        keys = ", ".join(str(case.pk) for case in late)
        messages.warning(request, _("Decided by someone else in the meantime: %(cases)s.") % {"cases": keys})
