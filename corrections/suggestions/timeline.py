"""What happened to a suggestion so far, in plain words, for its reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from corrections.models import Case, Contact, Reply, Suggestion


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `words` are what somebody wrote then."""

    at: datetime
    sentence: str
    words: str = ""


def story_of(suggestion: Suggestion) -> list[Happening]:
    """In the order of time; `suggestion` has its case and the case that it was merged from at hand."""
    story = [*_beginning(suggestion), *_at_the_desk(suggestion), *_conversation(suggestion), *_end(suggestion)]
    return sorted(story, key=lambda happening: happening.at)


def _beginning(suggestion: Suggestion) -> Iterator[Happening]:
    yield Happening(suggestion.received_at, _("You sent your suggestion."))
    confirmed = Contact.objects.filter(suggestion=suggestion).values_list("confirmed_at", flat=True).first()
    if confirmed:
        yield Happening(confirmed, _("You confirmed your e-mail address."))


def _at_the_desk(suggestion: Suggestion) -> Iterator[Happening]:
    merged, case = suggestion.merged_from, suggestion.merged_from or suggestion.case
    if suggestion.triaged_at is None or case is None:
        return
    yield Happening(suggestion.triaged_at, _("It reached the desk."))
    # Who joins a case that was looked at before has nothing to learn from that.
    if case.looked_at and case.looked_at >= suggestion.triaged_at:
        yield Happening(case.looked_at, _("An editor looked at it."))
    if merged and merged.decided_at:
        yield Happening(merged.decided_at, _("An editor put it together with others about the same thing."))


def _conversation(suggestion: Suggestion) -> Iterator[Happening]:
    replies = list(Reply.objects.filter(suggestion=suggestion))
    asked = dict(_questions(suggestion, {reply.question for reply in replies}))
    for reply in replies:
        asked.setdefault(reply.question, reply.sent_at)
    for question, at in asked.items():
        # The page shows a question that waits above a box to answer; one that was erased has no words any more.
        told = "" if question == _standing(suggestion) else question
        yield Happening(at, _("An editor asked:") if told else _("An editor asked you a question."), told)
    for reply in replies:
        yield Happening(reply.sent_at, _("You answered:"), reply.text)


def _questions(suggestion: Suggestion, answered: set[str]) -> Iterator[tuple[str, datetime]]:
    """Each question that was put to the reader and the time at which they could first see it."""
    case, merged = suggestion.case, suggestion.merged_from
    if case is None or suggestion.triaged_at is None:
        return
    joined = {case.pk: suggestion.triaged_at}
    if merged and merged.decided_at:
        joined = {merged.pk: suggestion.triaged_at, case.pk: merged.decided_at}
    known = set[str]()
    rows = Case.history.filter(id__in=joined, state=Case.State.ASKED).order_by("history_date", "history_id")
    for key, question, asked in rows.values_list("id", "question", "history_date"):
        concerns = asked >= joined[key] or question in answered | {_standing(suggestion)}
        if concerns and question not in known and not _is_over(suggestion, asked):
            known.add(question)
            yield question, max(asked, joined[key])


def _standing(suggestion: Suggestion) -> str | None:
    """The question that waits for the reader's answer."""
    case = suggestion.case
    waits = case is not None and case.state == Case.State.ASKED and not suggestion.answered_at
    return case.question if case and waits else None


def _end(suggestion: Suggestion) -> Iterator[Happening]:
    decided = suggestion.case.decided_at if suggestion.case else None
    if decided and not _is_over(suggestion, decided) and (sentence := _decision(suggestion)):
        # Whoever reports what is settled already is told so when it reaches the desk.
        yield Happening(max(decided, suggestion.triaged_at or suggestion.received_at), sentence)
    if suggestion.withdrawn_at:
        yield Happening(suggestion.withdrawn_at, _("You took it back."))
    if suggestion.erased_at:
        yield Happening(suggestion.erased_at, _("What it said about you was erased."))


def _decision(suggestion: Suggestion) -> str:
    """Spam is declined to whoever sent it; nothing that still waits is told as decided."""
    case = suggestion.case
    if case is None:
        return ""
    if case.state == Case.State.PUBLISHED and case.published_in:
        sentence = _("The change was published, in version %(number)d of the article.")
        return sentence % {"number": case.published_in.number}
    if case.state in (Case.State.DECLINED, Case.State.SPAM):
        return _("An editor decided to leave the article as it is.")
    return _why_fixed(suggestion, case) if case.state == Case.State.ALREADY_FIXED else ""


def _why_fixed(suggestion: Suggestion, case: Case) -> str:
    if case.decided_by_id:
        return _("An editor saw that the article reads right already.")
    if case.decided_at and suggestion.triaged_at and case.decided_at > suggestion.triaged_at:
        return _("The article was edited meanwhile, and reads as you suggested.")
    return _("The article already read as you suggested.")


def _is_over(suggestion: Suggestion, moment: datetime) -> bool:
    """Whether the reader had taken it back by then, and hears no more."""
    return suggestion.withdrawn_at is not None and suggestion.withdrawn_at <= moment
