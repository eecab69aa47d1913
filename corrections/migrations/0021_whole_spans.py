"""A passage has a beginning and an end, or neither: a CHECK that compares with NULL passes."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def unplace(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Half a passage is none; the case is found again in the article's next revision."""
    half = apps.get_model("corrections", "Case").objects.filter(start__isnull=False, end=None)
    half.update(start=None, change_start=None, change_end=None, anchor="unplaced")


class Migration(migrations.Migration):
    dependencies = [("corrections", "0020_encrypted_webhooks")]

    operations = [
        migrations.RunPython(unplace, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="case", name="case_span_is_whole"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                name="case_span_is_whole",
                condition=models.Q(start=None, end=None)
                | models.Q(start__isnull=False, end__isnull=False, end__gte=models.F("start")),
            ),
        ),
    ]
