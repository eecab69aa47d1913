"""Template tags of the desk's own pages."""

from django import template

from corrections.desk.actions import KEYS
from corrections.desk.filters import ASSIGNEES, KINDS, OPEN, STATES, Choice, Filter
from newsroom.admin.record.act_labels import ACT_LABELS

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
