"""Admin pages for writing an article: draft, preview, publish or propose, discard."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from newsroom.admin.access import editor_of, note_opened, render_page
from newsroom.admin.articles.draft_page import DraftPage, blank_page, build_page, rival_page
from newsroom.admin.articles.forms import DraftForm
from newsroom.models import Article, Draft, Editor, Refused
from newsroom.publishing.drafts import (
    PERMISSION,
    START_PERMISSION,
    DeadLinks,
    SlugTaken,
    StaleDraft,
    clean_draft,
    discard_draft,
    find_draft,
    propose_draft,
    publish_draft,
    save_draft,
    start_article,
    update_article,
)
from newsroom.publishing.messages import explain
from newsroom.publishing.notes import written_note
from newsroom.publishing.policy import POLICY, RETRACTION, NoteRequired, NotPermitted, SecondEditorRequired
from newsroom.publishing.publish import StaleRevision

VIEW = "newsroom.view_article"
READ_DRAFTS = "newsroom.view_draft"
SECOND_EDITOR_KINDS = " ".join(kind.value for kind, rule in POLICY.items() if rule.second_editor)
LIST = "admin:newsroom_article_changelist"
CHANGE = "admin:newsroom_article_change"


# One function for each button, called after the draft was saved: returns a message and where to redirect.
def _saved(draft: Draft, form: DraftForm, by: Editor) -> tuple[str, str]:
    return _("The draft is saved. Only the desk sees it."), reverse(CHANGE, args=[draft.article_id])


def _preview(draft: Draft, form: DraftForm, by: Editor) -> tuple[str, str]:
    return "", reverse("admin:newsroom_article_preview", args=[draft.article_id])


def _publish(draft: Draft, form: DraftForm, by: Editor) -> tuple[str, str]:
    revision = publish_draft(draft, by=by, kind=form.chosen_kind(), note=form.cleaned_data["note"])
    told = _('Published: <a href="{address}">version {number}</a>.')
    return format_html(told, address=revision.get_absolute_url(), number=revision.number), reverse(LIST)


def _propose(draft: Draft, form: DraftForm, by: Editor) -> tuple[str, str]:
    proposal = propose_draft(draft, by=by, kind=form.chosen_kind(), note=form.cleaned_data["note"])
    address = reverse("admin:newsroom_proposal_change", args=[proposal.pk])
    told = _('<a href="{address}">The proposal</a> waits for a second editor.')
    return format_html(told, address=address), reverse(LIST)


DECISIONS: dict[str, Callable[[Draft, DraftForm, Editor], tuple[str, str]]] = {
    "save": _saved,
    "preview": _preview,
    "publish": _publish,
    "propose": _propose,
    "replace": _saved,  # overwrite the draft that another editor saved meanwhile
    "rebase": _saved,  # take the newer revision as the base
}


class DraftPages(admin.ModelAdmin[Article]):
    """Add and change pages edit the draft; only publishing changes public words."""

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        editor = editor_of(request, START_PERMISSION)
        if request.method != "POST":
            return self._page(request, blank_page(DraftForm(article=None, draft=None)), by=editor)
        return self._write(request, DraftForm(request.POST, article=None, draft=None), by=editor)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        editor = editor_of(request, VIEW)
        article = _get_article(object_id)
        draft = find_draft(article)
        may_retract = editor.has_perm(RETRACTION)
        if request.method != "POST":
            note_opened(article, by=editor)
            form = DraftForm(article=article, draft=draft, may_retract=may_retract)
            form.initial["kind"] = request.GET.get("kind", "")  # as the bar above an article asks for a retraction
            return self._page(request, build_page(article, draft, form), by=editor)
        form = DraftForm(request.POST, article=article, draft=draft, may_retract=may_retract)
        return self._write(request, form, by=editor_of(request, PERMISSION))

    def _write(self, request: HttpRequest, form: DraftForm, *, by: Editor) -> HttpResponse:
        decision = request.POST.get("decision", "")
        if decision not in DECISIONS:
            return HttpResponseBadRequest(_("There is no such button."))
        if not form.is_valid():
            return self._refused(request, form, by=by)
        try:
            draft = _save_draft(form, by=by)
        except NotPermitted as refusal:
            raise PermissionDenied(explain(refusal)) from refusal
        except SlugTaken:
            form.add_error("slug", _("Another article has this address; choose another one."))
            return self._refused(request, form, by=by)
        except StaleDraft as overtaken:
            return self._overtaken(request, form, overtaken, by=by)
        return self._decide(request, form, draft, DECISIONS[decision], by=by)

    def _decide(
        self, request: HttpRequest, form: DraftForm, draft: Draft, carry_out: Callable[..., Any], *, by: Editor
    ) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            told, address = carry_out(draft, form, by)
        except NotPermitted as refusal:
            raise PermissionDenied(explain(refusal)) from refusal
        except StaleDraft as overtaken:
            return self._overtaken(request, form, overtaken, by=by)
        except StaleRevision:
            status = HTTPStatus.CONFLICT
        except SecondEditorRequired:
            form.add_error(None, _("This change needs a second editor: press “Ask a second editor”."))
        except Refused as refusal:
            form.add_error(_field_of(refusal), explain(refusal))
        else:
            if told:
                messages.success(request, told)
            return redirect(address)
        article = _get_article(draft.article_id)
        return self._page(request, build_page(article, draft, form), by=by, status=status, saved=True)

    def _refused(self, request: HttpRequest, form: DraftForm, *, by: Editor) -> HttpResponse:
        """Show the form with its errors; nothing was saved."""
        article = form.article
        page = build_page(article, find_draft(article), form, unsaved=True) if article else blank_page(form)
        return self._page(request, page, by=by, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def _overtaken(self, request: HttpRequest, form: DraftForm, overtaken: StaleDraft, *, by: Editor) -> HttpResponse:
        if form.article is None:
            raise Http404  # discarded just after it was made
        page = rival_page(_get_article(form.article.pk), overtaken.draft, form)
        return self._page(request, page, by=by, status=HTTPStatus.CONFLICT)

    def _page(
        self,
        request: HttpRequest,
        page: DraftPage,
        *,
        by: Editor,
        status: int = HTTPStatus.OK,
        saved: bool = False,
    ) -> HttpResponse:
        article = page.article
        context = {
            "title": (article and page.headline) or _("New article"),
            "page": page,
            "form": page.form,
            "article": article,
            "saved": saved,
            "may_write": by.has_perm(PERMISSION) and (article is None or article.state != Article.State.RETRACTED),
            "second_editor_kinds": SECOND_EDITOR_KINDS,
        }
        return render_page(request, self, "newsroom/article/draft.html", context, status=status)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft as readers would see it, sanitised as for publishing."""
        editor_of(request, READ_DRAFTS)
        draft = get_object_or_404(Draft.objects.select_related("article", "base__stored_text", "edited_by"), article=pk)
        wording = clean_draft(draft)
        context = {"article": draft.article, "draft": draft, "content": wording, "body": wording.body}
        response = render_page(request, self, "newsroom/article/preview.html", context)
        response["X-Robots-Tag"] = "noindex"
        return response

    def note_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public note that fits the text and the kind by now, for static/desk/written_note.js."""
        editor = editor_of(request, PERMISSION)
        article = _get_article(pk)
        may_retract = editor.has_perm(RETRACTION)
        form = DraftForm(request.POST, article=article, draft=find_draft(article), may_retract=may_retract)
        if not form.is_valid():
            return JsonResponse({"note": ""})
        base = form.base_revision()
        wording = clean_draft(Draft(article=article, base=base, **form.typed().as_dict()))
        kind = form.cleaned_data.get("kind", "")
        return JsonResponse({"note": written_note(article, base=base, kind=kind, wording=wording)})

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, PERMISSION)
        draft = find_draft(_get_article(pk))
        if draft is None:
            raise Http404
        token = draft.edited_at.isoformat()
        if request.method == "POST" and request.POST.get("seen") == token:
            try:
                discard_draft(draft, by=editor)
            except StaleDraft:
                return redirect("admin:newsroom_article_discard", pk)
            messages.success(request, _("The draft was discarded."))
            return redirect(LIST)
        context = {"title": _("Discard the draft?"), "article": draft.article, "draft": draft, "seen": token}
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return render_page(request, self, "newsroom/article/discard.html", context, status=status)


def _field_of(refusal: Refused) -> str | None:
    """The field in which the refused words stand."""
    if isinstance(refusal, NoteRequired):
        return "note"
    return "body" if isinstance(refusal, DeadLinks) else None


def _get_article(pk: object) -> Article:
    articles = Article.objects.select_related("current__stored_text", "current__article")
    try:
        return get_object_or_404(articles, pk=pk)
    except ValueError as error:
        raise Http404 from error


def _save_draft(form: DraftForm, *, by: Editor) -> Draft:
    """Save the draft. Raises NotPermitted, SlugTaken, StaleDraft; then nothing is written."""
    if form.article is None:
        return start_article(by=by, typed=form.typed(), **form.description())
    with transaction.atomic():
        update_article(form.article, by=by, **form.description())
        return save_draft(form.article, base=form.base_revision(), by=by, typed=form.typed(), seen=form.seen_draft())
