"""Prior reports of a passage, shown before a reader writes: how many, and the decision. Never the text of others."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from corrections.anchoring.relocation import Quote
from corrections.anchoring.spans import Span, overlap
from corrections.anchoring.tokens import tokenise
from corrections.models import Case
from corrections.suggestions.quote_lookup import quote_at
from corrections.suggestions.reader_status import STATUS_OF_CASE, ReaderStatus
from corrections.triage.tracking import Origin, PassageTracker, origin_of
from newsroom.models import Kind, Revision
from newsroom.publishing.policy import kind_name

MOST_OPEN = MOST_SETTLED = 3  # shown
MAX_COMPARED = 50  # settled cases of an article, the newest first, that are compared with the passage
# Code points around the passage in which a settled case is searched, and how much of the case's context identifies it.
NEAR, BESIDE = 300, 16
LONGEST_WORD = 40  # code points to which a change is widened to whole words


@dataclass(frozen=True, slots=True)
class Precedent:
    """A case about the passage. A suggestion with `quote`, of the current revision, and no wording matches the case."""

    state: ReaderStatus
    count: int
    sentence: str
    reason: str | None = None
    url: str | None = None
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a revision: its `words`, and its quote in the current revision, None where they were removed."""

    current: Revision
    words: str
    quote: Quote | None
    precedents: list[Precedent]

    @property
    def is_changed(self) -> bool:
        return self.quote is None or self.quote.exact != self.words


class NoSuchPassage(Exception):
    """The revision's field has no such span, or its text was withheld."""


def read_passage(read: Revision, current: Revision, *, field: str, span: Span) -> Passage:
    """Prior reports about a span of the revision that a reader has open. Raises NoSuchPassage."""
    decided = [(case, origin) for case in _settled(current, field) if (origin := origin_of(case, read))]
    follow = PassageTracker(read, {current.pk, *(origin.revision for _case, origin in decided)})
    old, new = follow.text(read.pk, field), follow.text(current.pk, field)
    if old is None or new is None or not span.start < span.end <= len(old):
        raise NoSuchPassage
    now = PassageTracker(current, {read.pk}).span(field, Origin(read.pk, span)) if read.pk != current.pk else span
    near = old[max(0, span.start - NEAR) : span.end + NEAR]
    about = [
        case
        for case, origin in decided
        if _is_likely_near(near, follow.text(origin.revision, field), origin.span)
        and _touches(span, follow.span(field, origin))
    ]
    opened = _open(current, field, now) if now else []
    return Passage(
        current=current,
        words=old[span.start : span.end],
        quote=quote_at(current, field, new, (now.start, now.end)) if now and now.start < now.end else None,
        precedents=[
            *(_open_precedent(case, current, new) for case in opened),
            *(_settled_precedent(case) for case in about[:MOST_SETTLED]),
        ],
    )


def _settled(current: Revision, field: str) -> list[Case]:
    decided = Case.objects.reported().filter(article_id=current.article_id, field=field)
    decided = decided.filter(state__in=(Case.State.PUBLISHED, Case.State.DECLINED)).exclude(decided_at=None)
    decided = decided.select_related("published_in__article", "published_in__based_on")
    return list(decided.order_by("-decided_at", "-pk")[:MAX_COMPARED])


def _is_likely_near(near: str, text: str | None, span: Span) -> bool:
    """Cheap pre-check: whether the span's words or those beside them occur nearby; else skip comparing two texts."""
    start, end = span.start, span.end
    pieces = (text[start:end], text[max(0, start - BESIDE) : start], text[end : end + BESIDE]) if text else ()
    return any(piece in near for piece in pieces if piece.strip())


def _open(current: Revision, field: str, passage: Span) -> list[Case]:
    """Open cases whose change overlaps the passage, those with most readers first."""
    near = Case.objects.open().filter(article_id=current.article_id, anchored_in=current, field=field, readers__gte=1)
    near = near.filter(change_start__lte=passage.end, change_end__gte=passage.start).order_by("-readers", "pk")
    return [case for case in near[:MAX_COMPARED] if _touches(passage, _change(case))][:MOST_OPEN]


def _touches(passage: Span, other: Span | None) -> bool:
    return other is not None and overlap(passage, other) is not None


def _change(case: Case) -> Span | None:
    if case.change_start is None or case.change_end is None:
        return None
    return Span(case.change_start, case.change_end)


def _open_precedent(case: Case, current: Revision, text: str) -> Precedent:
    if case.is_in_hand or case.state != Case.State.OPEN:
        sentence = ngettext(
            "Another reader has reported this. An editor is looking at it.",
            "%(count)d readers have reported this. An editor is looking at it.",
            case.readers,
        )
    else:
        sentence = ngettext(
            "Another reader has reported this. An editor will look at it.",
            "%(count)d readers have reported this. An editor will look at it.",
            case.readers,
        )
    words = _case_words(case, text)
    return Precedent(
        state=STATUS_OF_CASE[Case.State(case.state)],
        count=case.readers,
        sentence=sentence % {"count": case.readers},
        quote=quote_at(current, case.field, text, (words.start, words.end)),
    )


def _case_words(case: Case, text: str) -> Span:
    """The words that an open case would change: as few as possible, so that quoting them matches this very case."""
    change = _change(case) or Span(case.start or 0, case.end or 0)
    tokens = tokenise(text, max(0, change.start - LONGEST_WORD), min(len(text), change.end + LONGEST_WORD))
    words = [Span(*ends) for key, *ends in zip(tokens.keys, tokens.starts, tokens.ends, strict=True) if key != "\n"]
    # For an insertion, the words beside it.
    touched = [word for word in words if overlap(change, word) is not None]
    if not touched and change.start == change.end:
        return Span(max(0, change.start - 1), min(len(text), change.end + 1))
    spans = [change, *touched]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _settled_precedent(case: Case) -> Precedent:
    published = case.published_in
    sentence = (
        _("This was put right on %(day)s.")
        if published
        else _("An editor looked at this on %(day)s and left it as it is.")
    )
    # Translators: how a date is written; see https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date
    day = date_format(localtime(case.decided_at), pgettext("date format", "j F Y"))
    return Precedent(
        state=STATUS_OF_CASE[Case.State(case.state)],
        count=case.readers,
        sentence=sentence % {"day": day},
        reason=_public_reason(published) if published else case.reason,
        url=_comparison(published) if published else None,
    )


def _public_reason(revision: Revision) -> str:
    """Its public note, or the name of its kind where that requires none, as for a typo."""
    return revision.note or kind_name(Kind(revision.kind), revision.article.language)[0]


def _comparison(revision: Revision) -> str:
    """URL of the diff of a revision."""
    base = revision.based_on
    if base is None:
        return str(revision.get_absolute_url())
    return reverse("diff", args=[revision.article.slug, base.number, revision.number])
