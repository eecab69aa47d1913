"""Every row of the site, to see whether a request changed any."""

from typing import Any

from django.apps import apps
from django.db.models import Model

APPS = ("newsroom", "corrections", "auth")
# What looking at a page writes down, and what a log-in does.
NOTED = ("looked_at", "last_login")


def every_row() -> dict[tuple[str, Any], dict[str, Any]]:
    """By table and key: all that the rows hold but NOTED."""
    rows: dict[tuple[str, Any], dict[str, Any]] = {}
    for label in APPS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            rows |= {(model._meta.label, row["pk"]): row for row in _values(model)}
    return rows


def _values(model: type[Model]) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in NOTED]
    return [
        {"pk": row[0], **dict(zip(names, row[1:], strict=True))}
        for row in model._default_manager.values_list("pk", *names)
    ]
