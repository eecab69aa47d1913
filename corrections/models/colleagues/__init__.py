"""What editors tell each other: internal notes and notifications."""

from corrections.models.colleagues.internal_notes import InternalNote
from corrections.models.colleagues.notifications import Notification

__all__ = ["InternalNote", "Notification"]
