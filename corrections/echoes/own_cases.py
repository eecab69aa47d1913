"""Cases of the desk's own: where a mistake of one article stands in another, with the fitted change proposed."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from corrections.anchoring.spans import Span, changed_span, overlap
from corrections.echoes.lookup import Echo, find_echoes, mistakes_between
from corrections.models import AnchorStatus, Case, Category
from corrections.screening.flags import find_flags
from corrections.triage.priority import rank_of
from corrections.triage.reanchoring import reanchor_locked
from newsroom.models import Kind, Revision
from newsroom.publishing.publish import lock_article

# Kinds that put a mistake right; an update says what is new, and was no mistake before.
CATEGORY_OF_KIND = {
    Kind.TYPO: Category.TYPO,
    Kind.CLARIFICATION: Category.CLARITY,
    Kind.CORRECTION: Category.FACT,
}
BESIDE = 60  # characters of context for the flags


def open_own_cases(revision: Revision) -> list[Case]:
    """For each place where the mistake stands that the revision put right. Idempotent."""
    category = CATEGORY_OF_KIND.get(Kind(revision.kind))
    old = revision.based_on.content if revision.based_on else None
    if category is None or old is None or revision.based_on is None or (new := revision.content) is None:
        return []
    opened = [
        open_own_case(echo, origin=revision.based_on, category=category)
        for mistake in mistakes_between(old, new)
        for echo in find_echoes(mistake, but=revision.article_id)
    ]
    return [case for case in opened if case]


def open_own_case(echo: Echo, *, origin: Revision, category: str) -> Case | None:
    """None where the article moved on, a case about these words is there, or the desk has decided the same before."""
    with transaction.atomic():
        article = lock_article(echo.revision.article)
        if article.current_id != echo.revision.pk:
            return None
        reanchor_locked(article)
        if cases_of([echo]) or _was_decided(echo):
            return None
        case = new_own_case(echo, origin, category)
        case.save()
    return case


def cases_of(echoes: Sequence[Echo]) -> dict[str, Case]:
    """The open case about the same words of each, of readers or of the desk, by the echo's key. One query."""
    articles = {echo.revision.article_id for echo in echoes}
    cases = list(Case.objects.open().filter(article__in=articles).exclude(change_start=None).order_by("-pk"))
    return {echo.key: case for echo in echoes for case in cases if _is_about(case, echo)}


def _is_about(case: Case, echo: Echo) -> bool:
    if (case.article_id, case.field) != (echo.revision.article_id, echo.field):
        return False
    return overlap(echo.fitted.span, Span(case.change_start or 0, case.change_end or 0)) is not None


def _was_decided(echo: Echo) -> bool:
    same = Case.objects.filter(article=echo.revision.article_id, field=echo.field, exact=echo.wrong)
    return same.filter(~Q(echo_of=None), replacement=echo.fitted.replacement).exists()


def new_own_case(echo: Echo, origin: Revision, category: str) -> Case:
    """Not saved."""
    now, span, text = timezone.now(), echo.fitted.span, echo.text
    change = changed_span(text, span, echo.fitted.replacement)
    flags = find_flags(
        echo.wrong,
        echo.fitted.replacement,
        prefix=text[max(0, span.start - BESIDE) : span.start],
        suffix=text[span.end : span.end + BESIDE],
        category=category,
        language=echo.revision.article.language,
    )
    return Case(
        article=echo.revision.article,
        category=category,
        first_at=now,
        last_at=now,
        field=echo.field,
        exact=echo.wrong,
        replacement=echo.fitted.replacement,
        anchored_in=echo.revision,
        anchor=AnchorStatus.EXACT,
        start=span.start,
        end=span.end,
        change_start=change.start,
        change_end=change.end,
        flags=sorted(flag.value for flag in flags),
        rank=rank_of(first_at=now, readers=0, category=category, published_at=echo.revision.published_at),
        echo_of=origin,
    )
