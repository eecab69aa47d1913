"""What readers sent and what the desk works on."""

from corrections.models.cases import OPEN_STATES, WAITING_STATES, Case, CaseQuerySet
from corrections.models.contacts import Contact, Mailbox
from corrections.models.decisions import Decision, Reason
from corrections.models.hooks import TOLD, Attempt, Delivery, DeliveryQuerySet, Event, Form, Hook
from corrections.models.mails import Mail, MailQuerySet
from corrections.models.passages import AnchorStatus, Category, Field
from corrections.models.replies import Reply
from corrections.models.suggestions import Suggestion, SuggestionQuerySet
from corrections.models.thanks import Thanks

__all__ = [
    "OPEN_STATES",
    "TOLD",
    "WAITING_STATES",
    "AnchorStatus",
    "Attempt",
    "Case",
    "CaseQuerySet",
    "Category",
    "Contact",
    "Decision",
    "Delivery",
    "DeliveryQuerySet",
    "Event",
    "Field",
    "Form",
    "Hook",
    "Mail",
    "MailQuerySet",
    "Mailbox",
    "Reason",
    "Reply",
    "Suggestion",
    "SuggestionQuerySet",
    "Thanks",
]
