"""Takes the words of a revision away, for a court or for somebody's privacy, and leaves the record as it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from newsroom.audit.log import WITHHOLD, append_act, database_now
from newsroom.models import Article, Draft, Editor, Proposal, Revision, RevisionText, Withholding
from newsroom.publishing.policy import NoteRequired, NotPermitted, Refused, refuse_self_approval
from newsroom.publishing.publish import AlreadyDecided, lock_article
from newsroom.text.canonical import canonical_text, refuse_control_characters

PERMISSION = "newsroom.withhold_revision"
FIELDS = ("headline", "standfirst", "byline", "body")
NO_WORDS = dict.fromkeys(FIELDS, "")


class StillCurrent(Refused):
    """The revision is what stands under the article's address: something else has to be published there first."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The words of a withheld revision, beside those that stay public in the article's other revisions."""

    words: tuple[str, ...]
    public: tuple[str, ...]

    def stood_only_here(self, passage: str) -> bool:
        """Whether a passage was public in the withheld revision and is nowhere in the article any more."""
        return bool(passage) and any(passage in text for text in self.words) and not self._is_public(passage)

    def is_copied_in(self, text: str) -> bool:
        """Whether a text holds a paragraph that stood only there."""
        paragraphs = (paragraph for words in self.words for paragraph in words.split("\n\n"))
        return any(paragraph in text and not self._is_public(paragraph) for paragraph in paragraphs if paragraph)

    def _is_public(self, passage: str) -> bool:
        return any(passage in text for text in self.public)


# settings.DESK_REDACTION_HOOKS: deletes copies of the withheld words that an app holds; returns the number of rows.
RedactionHook: TypeAlias = Callable[[Revision, Gone], int]


def ask_withholding(revision: Revision, *, by: Editor, reason: str) -> Withholding:
    """Ask a second editor to take a revision's words away; readers will see the reason.

    Raises StillCurrent, AlreadyDecided when they are gone or asked for, NoteRequired, NotPermitted.
    """
    reason = reason.strip()
    refuse_control_characters(reason)
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if not reason:
        raise NoteRequired
    with transaction.atomic():
        _refuse_current(lock_article(revision.article), revision)
        try:
            with transaction.atomic():
                withholding = Withholding.objects.create(revision=revision, reason=reason, asked_by=by)
        except IntegrityError as error:
            raise AlreadyDecided from error
        _append("ask-withholding", withholding, by=by)
    return withholding


def approve_withholding(withholding: Withholding, *, by: Editor) -> Withholding:
    """Take the words away, as the second editor. Number, kind, note, digest and address stay.

    Raises AlreadyDecided, StillCurrent, SelfApproval, NotPermitted.
    """
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    with transaction.atomic():
        article = lock_article(withholding.revision.article)
        locked = _locked(withholding)
        refuse_self_approval(proposed_by=locked.asked_by, approved_by=by)
        _refuse_current(article, locked.revision)
        locked.state, locked.decided_by, locked.decided_at = Withholding.State.APPROVED, by, database_now()
        locked.save(update_fields=["state", "decided_by", "decided_at"])  # from here the guards let the text go
        copies = _take_away(locked.revision)
        # Last, and what moves the head of the record: no process answers with a page made before it.
        _append(WITHHOLD, locked, by=by, copies=copies)
    return locked


def return_withholding(withholding: Withholding, *, by: Editor, reason: str) -> Withholding:
    """Leave the words where they are. Raises AlreadyDecided, NoteRequired without a reason, NotPermitted."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if not reason.strip():
        raise NoteRequired
    with transaction.atomic():
        locked = _locked(withholding)
        locked.state, locked.decided_by, locked.decided_at = Withholding.State.RETURNED, by, database_now()
        locked.answer = reason.strip()
        locked.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        _append("return-withholding", locked, by=by, answer=locked.answer)
    return locked


def withhold_revision(revision: Revision, *, by: Editor, approved_by: Editor, reason: str) -> Withholding:
    """Both steps at once, for two editors who sit together. Raises as the two do."""
    with transaction.atomic():
        return approve_withholding(ask_withholding(revision, by=by, reason=reason), by=approved_by)


def _locked(withholding: Withholding) -> Withholding:
    rows = Withholding.objects.select_for_update(no_key=True, of=("self",)).select_related("revision__article")
    locked = rows.get(pk=withholding.pk)
    if locked.state != Withholding.State.WAITING:
        raise AlreadyDecided
    return locked


def _refuse_current(article: Article, revision: Revision) -> None:
    # A retracted article shows its reason instead of its words, and nothing can be published in their place.
    if article.current_id == revision.pk and article.state != Article.State.RETRACTED:
        raise StillCurrent


def _take_away(revision: Revision) -> int:
    """Delete the words and every copy of those that are public nowhere else; how many copies there were."""
    others = RevisionText.objects.filter(revision__article=revision.article_id).exclude(revision=revision)
    gone = Gone(words=_words_of(revision.content), public=tuple(word for text in others for word in _words_of(text)))
    revision.content.delete()
    hooks: list[RedactionHook] = [import_string(path) for path in settings.DESK_REDACTION_HOOKS]
    return _forget_unpublished(revision, gone) + sum(hook(revision, gone) for hook in hooks)


def _words_of(content: RevisionText) -> tuple[str, ...]:
    return tuple(content.canonical(field) for field in FIELDS)


def _forget_unpublished(revision: Revision, gone: Gone) -> int:
    """Empty what was proposed from the revision or became it, and throw away a draft of it."""
    copies = 0
    for proposal in Proposal.objects.filter(article=revision.article_id):
        if revision.pk in (proposal.base_id, proposal.revision_id) or gone.is_copied_in(_written(proposal)):
            Proposal.objects.filter(pk=proposal.pk).update(**NO_WORDS)
            waiting = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.WAITING)
            waiting.update(state=Proposal.State.RETURNED)
            copies += 1
    for draft in Draft.objects.filter(article=revision.article_id):
        if draft.base_id == revision.pk or gone.is_copied_in(_written(draft)):
            draft.delete()
            copies += 1
    return copies


def _written(row: Draft | Proposal) -> str:
    return "\n\n".join([row.headline, row.standfirst, row.byline, canonical_text(row.body)])


def _append(verb: str, withholding: Withholding, *, by: Editor, **more: str | int) -> None:
    revision = withholding.revision
    payload = {
        "withholding": withholding.pk,
        "revision": revision.number,
        "digest": revision.digest,
        "reason": withholding.reason,
        "asked_by": withholding.asked_by.username,
        **more,
    }
    append_act(verb, subject=f"article:{revision.article.slug}", by=by, payload=payload)
