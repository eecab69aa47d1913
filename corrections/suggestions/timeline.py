"""Timeline of a suggestion for its reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from corrections.models import Case, Contact, Reply, Suggestion


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """`words` quotes what an editor or the reader wrote. What happens to every suggestion at once is routine."""

    at: datetime
    sentence: str
    words: str = ""
    is_routine: bool = False


def timeline_of(suggestion: Suggestion) -> list[TimelineEvent]:
    """Events in chronological order; `suggestion` has its case and `merged_from` prefetched."""
    story = [*_submission(suggestion), *_triage(suggestion), *_conversation(suggestion), *_outcome(suggestion)]
    return sorted(story, key=lambda happening: happening.at)


def _submission(suggestion: Suggestion) -> Iterator[TimelineEvent]:
    yield TimelineEvent(suggestion.received_at, _("You sent your suggestion."), is_routine=True)
    confirmed = Contact.objects.filter(suggestion=suggestion).values_list("confirmed_at", flat=True).first()
    if confirmed:
        yield TimelineEvent(confirmed, _("You confirmed your e-mail address."))


def _triage(suggestion: Suggestion) -> Iterator[TimelineEvent]:
    merged, case = suggestion.merged_from, suggestion.merged_from or suggestion.case
    if suggestion.triaged_at is None or case is None:
        return
    yield TimelineEvent(suggestion.triaged_at, _("Our editors have it."), is_routine=True)
    # Only a look after the suggestion joined the case concerns its reader.
    if case.looked_at and case.looked_at >= suggestion.triaged_at:
        yield TimelineEvent(case.looked_at, _("An editor looked at it."))
    if merged and merged.decided_at:
        yield TimelineEvent(merged.decided_at, _("An editor joined it with others about the same thing."))


def _conversation(suggestion: Suggestion) -> Iterator[TimelineEvent]:
    replies = list(Reply.objects.filter(suggestion=suggestion))
    asked = dict(_questions(suggestion, {reply.question for reply in replies}))
    for reply in replies:
        asked.setdefault(reply.question, reply.sent_at)
    for question, at in asked.items():
        # The open question is shown above the answer box instead; an erased one is empty.
        shown = "" if question == _open_question(suggestion) else question
        yield TimelineEvent(at, _("An editor asked:") if shown else _("An editor asked you a question."), shown)
    for reply in replies:
        yield TimelineEvent(reply.sent_at, _("You answered:"), reply.text)


def _questions(suggestion: Suggestion, answered: set[str]) -> Iterator[tuple[str, datetime]]:
    """Each question to the reader, with the time from which it was visible to them."""
    case, merged = suggestion.case, suggestion.merged_from
    if case is None or suggestion.triaged_at is None:
        return
    joined = {case.pk: suggestion.triaged_at}
    if merged and merged.decided_at:
        joined = {merged.pk: suggestion.triaged_at, case.pk: merged.decided_at}
    known = set[str]()
    rows = Case.history.filter(id__in=joined, state=Case.State.ASKED).order_by("history_date", "history_id")
    for key, question, asked in rows.values_list("id", "question", "history_date"):
        concerns = asked >= joined[key] or question in answered | {_open_question(suggestion)}
        if concerns and question not in known and not _after_withdrawal(suggestion, asked):
            known.add(question)
            yield question, max(asked, joined[key])


def _open_question(suggestion: Suggestion) -> str | None:
    """The question that the reader has not answered yet."""
    case = suggestion.case
    waits = case is not None and case.state == Case.State.ASKED and not suggestion.answered_at
    return case.question if case and waits else None


def _outcome(suggestion: Suggestion) -> Iterator[TimelineEvent]:
    decided = suggestion.case.decided_at if suggestion.case else None
    if decided and not _after_withdrawal(suggestion, decided) and (sentence := _decision_sentence(suggestion)):
        # For a report of what was settled before, the time of triage.
        yield TimelineEvent(max(decided, suggestion.triaged_at or suggestion.received_at), sentence)
    if suggestion.withdrawn_at:
        yield TimelineEvent(suggestion.withdrawn_at, _("You took it back."))
    if suggestion.erased_at:
        yield TimelineEvent(suggestion.erased_at, _("What it said about you was erased."))


def _decision_sentence(suggestion: Suggestion) -> str:
    """Empty while undecided. Spam reads as declined."""
    case = suggestion.case
    if case is None:
        return ""
    if case.state == Case.State.PUBLISHED and case.published_in:
        sentence = _("The change was published, in version %(number)d of the article.")
        return sentence % {"number": case.published_in.number}
    if case.state in (Case.State.DECLINED, Case.State.SPAM):
        return _("An editor decided to leave the article as it is.")
    return _fixed_sentence(suggestion, case) if case.state == Case.State.ALREADY_FIXED else ""


def _fixed_sentence(suggestion: Suggestion, case: Case) -> str:
    if case.decided_by_id:
        return _("An editor saw that the article is right already.")
    if case.decided_at and suggestion.triaged_at and case.decided_at > suggestion.triaged_at:
        return _("The article was edited meanwhile, and reads as you suggested.")
    return _("The article already read as you suggested.")


def _after_withdrawal(suggestion: Suggestion, moment: datetime) -> bool:
    """Whether the reader had withdrawn the suggestion by then; later events are not shown."""
    return suggestion.withdrawn_at is not None and suggestion.withdrawn_at <= moment
