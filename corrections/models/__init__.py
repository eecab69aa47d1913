"""The tables of the desk: suggestions, cases, decisions, contacts, mails, webhooks, notes and notifications."""

from corrections.models.cases import OPEN_STATES, WAITING_STATES, Case, CaseQuerySet, SavedFilter
from corrections.models.choices import AboutElement, AnchorStatus, Category, Field
from corrections.models.colleagues import InternalNote, Notification
from corrections.models.contacts import Contact, Mailbox
from corrections.models.decisions import Decision, Reason
from corrections.models.echoes import OwedEcho, SentenceFingerprint
from corrections.models.failed_jobs import FailedJob
from corrections.models.followers import Follower
from corrections.models.mails import Mail, MailQuerySet
from corrections.models.replies import Reply
from corrections.models.suggestions import Suggestion, SuggestionQuerySet, Thanks
from corrections.models.webhooks import (
    SELECTABLE_EVENTS,
    Attempt,
    Delivery,
    DeliveryQuerySet,
    Event,
    Hook,
    PayloadFormat,
)

__all__ = [
    "OPEN_STATES",
    "SELECTABLE_EVENTS",
    "WAITING_STATES",
    "AboutElement",
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
    "FailedJob",
    "Field",
    "Follower",
    "Hook",
    "InternalNote",
    "Mail",
    "MailQuerySet",
    "Mailbox",
    "Notification",
    "OwedEcho",
    "PayloadFormat",
    "Reason",
    "Reply",
    "SavedFilter",
    "SentenceFingerprint",
    "Suggestion",
    "SuggestionQuerySet",
    "Thanks",
]
