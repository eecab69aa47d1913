"""Template context of the page on which an editor writes an article."""

from dataclasses import dataclass

from newsroom.admin.articles.forms import DraftForm
from newsroom.audit.log import number_of
from newsroom.models import Article, Draft, Proposal, Refused, Revision, RevisionText
from newsroom.publishing.drafts import clean_draft
from newsroom.publishing.publish import Change, move_to_current
from newsroom.record.comparison import Comparison, compare
from newsroom.record.queries import content_of
from newsroom.text.canonical import ControlCharacters, Wording, canonical_text
from newsroom.text.sanitizer import TooLong

MAX_REVISIONS = 20


@dataclass(frozen=True, slots=True)
class NewerRevisions:
    """Revisions since the draft's base that touch the same words, and what they changed together."""

    current: Revision
    revisions: list[Revision]
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class RivalDraft:
    """A draft saved by somebody else meanwhile, or its absence; `comparison` leads from it to the editor's text."""

    draft: Draft | None
    seen: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class DraftPage:
    """`seen` and `base` are hidden fields: which draft the editor saw, and the revision that its text is based on."""

    article: Article | None
    draft: Draft | None
    form: DraftForm
    seen: str
    base: str
    later: NewerRevisions | None = None
    rival: RivalDraft | None = None
    waiting: tuple[Proposal, ...] = ()

    @property
    def may_publish(self) -> bool:
        """Whether the text is based on the current revision."""
        return self.later is None and self.rival is None

    @property
    def headline(self) -> str:
        content = content_of(self.article.current) if self.article else None
        return (self.draft.headline if self.draft else "") or (content.headline if content else "")


def blank_page(form: DraftForm) -> DraftPage:
    """For a new article."""
    return DraftPage(None, None, form, seen="", base="")


def build_page(article: Article, draft: Draft | None, form: DraftForm, *, unsaved: bool = False) -> DraftPage:
    """`unsaved`: the sent text was not saved, so the hidden fields keep naming the draft it was typed for."""
    revision = draft.base if draft else article.current
    seen, base = _named_by(form) if unsaved else (_token(draft), str(number_of(revision) or ""))
    later = _newer_revisions(article, draft) if draft else None
    return DraftPage(article, draft, form, seen, base, later=later, waiting=_waiting(article))


def rival_page(article: Article, draft: Draft | None, form: DraftForm) -> DraftPage:
    """After StaleDraft: the saved draft beside the editor's text."""
    stands = draft.wording if draft else _current_wording(article)
    rival = RivalDraft(draft, _token(draft), compare(as_text(stands), as_text(form.typed())))
    return DraftPage(article, draft, form, *_named_by(form), rival=rival, waiting=_waiting(article))


def as_text(wording: Wording) -> RevisionText:
    """An unsaved RevisionText, for comparison with revisions."""
    return RevisionText(text=canonical_text(wording.body), **wording.as_dict())


def _newer_revisions(article: Article, draft: Draft) -> NewerRevisions | None:
    current = article.current
    if current is None or current.pk == draft.base_id or _moves(article, draft):
        return None
    since = article.revisions.select_related("editor", "article").filter(number__lte=current.number)
    since = since.filter(number__gt=number_of(draft.base) or 0)
    return NewerRevisions(current, list(since.newest_first()[:MAX_REVISIONS]), _meanwhile(draft.base, current))


def _moves(article: Article, draft: Draft) -> bool:
    """Whether the draft changes other words, so that it moves to the current revision as it is published."""
    try:
        move_to_current(article, Change(draft.base, clean_draft(draft)))
    except (Refused, ControlCharacters, TooLong):
        return False
    return True


def _meanwhile(base: Revision | None, current: Revision) -> Comparison | None:
    old, new = content_of(base), content_of(current)
    if base is None:
        old = as_text(Wording(headline="", standfirst="", byline="", body=""))
    return compare(old, new) if old and new else None


def _current_wording(article: Article) -> Wording:
    content = content_of(article.current)
    return content.wording if content else Wording(headline="", standfirst="", byline="", body="")


def _token(draft: Draft | None) -> str:
    return draft.edited_at.isoformat() if draft else ""


def _named_by(form: DraftForm) -> tuple[str, str]:
    return form.data.get("seen", ""), form.data.get("base", "")


def _waiting(article: Article) -> tuple[Proposal, ...]:
    waiting = article.proposals.filter(state=Proposal.State.WAITING).select_related("proposed_by", "article")
    return tuple(waiting.defer("body").order_by("-pk"))
