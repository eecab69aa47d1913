"""Autosave: the draft is saved while its page is open, and the editors who have it open see each other."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from newsroom.admin.access import editor_of
from newsroom.admin.articles.forms import DraftForm
from newsroom.models import Article, Draft, Editor
from newsroom.presence.editors import Subject, mark_present, others_present
from newsroom.publishing.drafts import (
    PERMISSION,
    START_PERMISSION,
    SlugTaken,
    StaleDraft,
    find_draft,
    save_draft,
    start_article,
    update_article,
)
from newsroom.publishing.messages import explain
from newsroom.publishing.policy import NotPermitted
from newsroom.record.queries import content_of


def autosave_view(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """POST of the page's form: its four fields become the draft, under its address until it is published. Language,
    section and note wait for a button.

    200 {seen, base, address, others}; 409 {editor, others} where another draft was saved; 422 {errors}. A page that
    sends `beat` alone asks who else is there, and whether its draft is the newest.
    """
    editor = editor_of(request, PERMISSION)
    if pk is None:
        return _start(request, editor_of(request, START_PERMISSION))
    article = get_object_or_404(Article.objects.select_related("current__stored_text"), pk=pk)
    subject = Subject("draft", article.pk)
    mark_present(subject, editor)
    others = [str(other) for other in others_present(subject, editor)]
    draft = find_draft(article)
    form = DraftForm(request.POST, article=article, draft=draft)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors, "others": others}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("beat"):
        is_newest = (draft.edited_at if draft else None) == form.seen_draft()
        return _saved(form, draft, others) if is_newest else _overtaken(draft, editor, others)
    try:
        return _saved(form, _save(article, draft, form, by=editor), others)
    except StaleDraft as overtaken:
        return _overtaken(overtaken.draft, editor, others)
    except SlugTaken:
        return _taken(others)
    except NotPermitted as refusal:
        raise PermissionDenied(explain(refusal)) from refusal


def _start(request: HttpRequest, editor: Editor) -> HttpResponse:
    """The first words of a new article, once it has an address."""
    form = DraftForm(request.POST, article=None, draft=None)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors, "others": []}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        draft = start_article(by=editor, typed=form.typed(), **form.description())
    except SlugTaken:
        return _taken([])
    return _saved(form, draft, [])


def _save(article: Article, draft: Draft | None, form: DraftForm, *, by: Editor) -> Draft | None:
    """None where nothing was typed yet. Raises StaleDraft, SlugTaken, NotPermitted."""
    typed, content = form.typed(), content_of(article.current)
    if draft is None and form.seen_draft() is None and content is not None and typed == content.wording:
        return None
    # The answer to an earlier save was lost: the same words by the same editor are there already.
    is_there = draft is not None and draft.edited_by_id == by.pk and draft.wording == typed
    if is_there and form.cleaned_data["slug"] == article.slug:
        return draft
    with transaction.atomic():
        update_article(
            article, by=by, slug=form.cleaned_data["slug"], language=article.language, section=article.section
        )
        return save_draft(article, base=form.base_revision(), by=by, typed=typed, seen=form.seen_draft())


def _saved(form: DraftForm, draft: Draft | None, others: list[str]) -> HttpResponse:
    if draft is None:
        return JsonResponse({"seen": "", "base": form.data.get("base", ""), "others": others})
    return JsonResponse(
        {
            "seen": draft.edited_at.isoformat(),
            "base": str(draft.base.number) if draft.base else "",
            "address": reverse("admin:newsroom_article_change", args=[draft.article_id]),
            "others": others,
        }
    )


def _taken(others: list[str]) -> HttpResponse:
    return JsonResponse({"errors": {"slug": []}, "others": others}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _overtaken(draft: Draft | None, editor: Editor, others: list[str]) -> HttpResponse:
    by = draft.edited_by if draft else None
    name = "" if by is None or by == editor else str(by)
    return JsonResponse({"editor": name, "others": others}, status=HTTPStatus.CONFLICT)
