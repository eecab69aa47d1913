"""What readers sent and what the desk works on."""

from corrections.models.cases import OPEN_STATES, WAITING_STATES, Case, CaseQuerySet
from corrections.models.decisions import Decision, Reason
from corrections.models.passages import AnchorStatus, Category, Field
from corrections.models.suggestions import Suggestion, SuggestionQuerySet

__all__ = [
    "OPEN_STATES",
    "WAITING_STATES",
    "AnchorStatus",
    "Case",
    "CaseQuerySet",
    "Category",
    "Decision",
    "Field",
    "Reason",
    "Suggestion",
    "SuggestionQuerySet",
]
