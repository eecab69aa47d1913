"""Seed data of the demo: publish its articles and replay their history through the real functions."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from corrections.anchoring.relocation import Quote
from corrections.decisions.approvals import approve_cases, propose_cases
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case, publish_cases
from corrections.models import Case
from corrections.suggestions.quote_lookup import quote_at
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import SuggestionInput
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.audit.account_acts import append_account_added
from newsroom.audit.history import DRAFTED, save_with_reason
from newsroom.models import Article, Editor, Kind, Revision
from newsroom.publishing.moves import Seen
from newsroom.publishing.publish import clean_wording, publish_revision
from newsroom.text.canonical import Wording, canonical_text, splice

# Username, public name and group of the demo's editors.
EDITORS = {
    "first": ("ilse.marrow", "Ilse Marrow", COPY_EDITOR),
    "second": ("tobin.vance", "Tobin Vance", STANDARDS_EDITOR),
    "third": ("asta.holm", "Asta Holm", DESK_CHIEF),
}

Step = dict[str, Any]


class AlreadySeeded(Exception):
    """An article of the seeds exists; nothing was changed."""


def seed(folder: Path) -> int:
    """Publish the folder's articles and replay their history in one transaction; returns the number of articles.
    Raises AlreadySeeded.
    """
    articles: list[Step] = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
    history: list[Step] = json.loads((folder / "history.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        if Article.objects.filter(slug__in=[article["slug"] for article in articles]).exists():
            raise AlreadySeeded
        editors = {name: _editor(*names) for name, names in EDITORS.items()}
        for article in articles:
            _publish(article, folder, by=editors["first"])
        for step in history:
            STEP_HANDLERS[step["do"]](step, editors)
    pictures = settings.MEDIA_ROOT / "seed"
    pictures.mkdir(parents=True, exist_ok=True)
    for picture in (folder / "pictures").iterdir():
        shutil.copyfile(picture, pictures / picture.name)  # without the mode, which is open to all in a clone
    return len(articles)


def _editor(username: str, public_name: str, group: str) -> Editor:
    editor, made = Editor.objects.get_or_create(
        username=username, defaults={"public_name": public_name, "is_staff": True}
    )
    if made:
        editor.set_unusable_password()  # nobody logs in as them
        editor.save()
        editor.groups.add(Group.objects.get(name=group))
        append_account_added(editor, by=None)
    return editor


def _publish(step: Step, folder: Path, *, by: Editor) -> None:
    body = (folder / step["body"]).read_text(encoding="utf-8")
    parts = {name: step[name] for name in ("headline", "standfirst", "byline")}
    article = Article(slug=step["slug"], language=step["language"], section=step["section"])
    save_with_reason(article, by=by, reason=DRAFTED)
    wording = clean_wording(body=body, **parts)
    publish_revision(article, base=None, by=by, kind=Kind.PUBLICATION, wording=wording)


def _revise(step: Step, editors: dict[str, Editor]) -> None:
    base = _current(step["article"])
    wording = base.require_content().wording
    for edit in step["edits"]:
        wording = _apply_edit(wording, edit)
    publish_revision(
        base.article,
        base=base,
        by=editors[step["by"]],
        kind=Kind(step["kind"]),
        wording=wording,
        note=step["note"],
        approved_by=editors.get(step["approved_by"] or ""),
    )


def _apply_edit(wording: Wording, edit: Step) -> Wording:
    field = edit["field"]
    old: str = getattr(wording, field)
    if field == "body":
        return replace(wording, body=splice(old, *_find_once(canonical_text(old), edit["find"]), edit["replace"]))
    start, end = _find_once(old, edit["find"])
    return replace(wording, **{field: old[:start] + edit["replace"] + old[end:]})


def _suggest(step: Step, editors: dict[str, Editor]) -> None:
    revision = _current(step["article"])
    sent = SuggestionInput(
        quote=_quote(revision, step["field"], step["exact"]) if step["exact"] else None,
        replacement=step["replacement"],
        category=step["category"],
        note=step["note"],
        evidence_url=step["evidence_url"],
        name=step["name"],
        credit=bool(step["name"]),
    )
    suggestion = submit_suggestion(revision, sent=sent)
    triage_suggestion(suggestion.pk)


def _decide(step: Step, editors: dict[str, Editor]) -> None:
    base = _current(step["article"])
    reanchor_article(base.article)
    case = Case.objects.open().select_related("article").get(article=base.article, exact=step["exact"])
    by, approver = editors[step["by"]], editors.get(step["approved_by"] or "")
    if step["decision"] == "decline":
        decline_case(case, by=by, reason=step["reason"])
        return
    composed = compose(base, [Edit(case, case.replacement or "")])
    kind = Kind(step["kind"])
    if approver is None:
        publish_cases([case], by=by, base=base, composed=composed, kind=kind, note=step["note"])
    else:
        proposal = propose_cases([case], by=by, base=base, composed=composed, kind=kind, note=step["note"])
        approve_cases(proposal, by=approver, seen=Seen(proposal.digest))


STEP_HANDLERS = {"revise": _revise, "suggest": _suggest, "decide": _decide}


def _current(slug: str) -> Revision:
    return Revision.objects.current_of(Article.objects.get(slug=slug))


def _quote(revision: Revision, field: str, exact: str) -> Quote:
    text = revision.require_content().canonical(field)
    return quote_at(revision, field, text, _find_once(text, exact))


def _find_once(text: str, words: str) -> tuple[int, int]:
    """The span of words that must occur exactly once. Raises ValueError otherwise."""
    if text.count(words) != 1:
        raise ValueError(f"{words!r} stands {text.count(words)} times in the text, not once")
    start = text.index(words)
    return start, start + len(words)
