"""Template tags of the desk's own pages."""

from django import template

from corrections.desk.actions import KEYS
from corrections.desk.filters import ASSIGNEES, KINDS, OPEN, STATES, Choice, Filter
from corrections.models import Case
from corrections.notes.reading import ShownNote, count_to_check, notes_of_article, notes_of_case
from newsroom.admin.record.act_labels import ACT_LABELS
from newsroom.diffs.sentences import touched_sentences
from newsroom.models import Article
from newsroom.publishing.policy import article_elsewhere

register = template.Library()


@register.simple_tag
def act_label(verb: str) -> str:
    """What was done, in words."""
    return str(ACT_LABELS.get(verb, verb))


@register.simple_tag
def desk_keys() -> dict[str, str]:
    """The letter of each button's key by the button's name."""
    return KEYS


@register.simple_tag
def internal_notes(about: Case | Article) -> list[ShownNote]:
    """What editors wrote to each other about a case or an article."""
    return notes_of_case(about) if isinstance(about, Case) else notes_of_article(about)


@register.simple_tag
def hand_over_of(case: Case) -> dict[str, object]:
    """Where an article of another site stands, and the sentences that change there."""
    placed, proposal = article_elsewhere(case.article), case.proposal
    if placed is None or proposal is None or proposal.base is None or proposal.base.content is None:
        return {"placed": placed}
    was, wanted = touched_sentences(proposal.base.content.wording, proposal.wording)
    return {"placed": placed, "was": list(was), "wanted": list(wanted)}


@register.simple_tag
def notes_left_to_check() -> int:
    return count_to_check()


@register.simple_tag
def desk_filters() -> list[tuple[str, str]]:
    """Lists of cases as (label, query string), for Ctrl + K."""
    states = [choice for choice in STATES.choices if choice.value != OPEN]
    shown: list[tuple[Filter, list[Choice]]] = [
        (ASSIGNEES, list(ASSIGNEES.choices[:1])),
        (STATES, states),
        (KINDS, list(KINDS.choices)),
    ]
    return [
        (f"{each.label}: {choice.label}", f"{each.name}={choice.value}")
        for each, choices in shown
        for choice in choices
    ]
