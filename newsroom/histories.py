"""Saves rows with django-simple-history: who did it and why, or no history at all."""

from django.db.models import Model

from newsroom.models import Editor


def save_with_reason(row: Model, *, by: Editor | None, reason: str) -> None:
    """Save a row and a row of its history that names the actor (None: the machine) and the reason."""
    # These two names are how the library is told; they stick to the instance, so they are set anew each time.
    setattr(row, "_history_user", by)  # noqa: B010  # the model does not declare them
    setattr(row, "_change_reason", reason)  # noqa: B010
    row.save()


def save_unrecorded(row: Model) -> None:
    """Save a row that the machine alone moved, without a row of history."""
    save = getattr(row, "save_without_historical_record")  # noqa: B009  # the library adds it at run time
    save()
