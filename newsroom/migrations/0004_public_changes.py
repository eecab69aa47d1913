"""Cached pages learn of what no Act tells."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make_row(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("newsroom", "PublicChanges").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_letter_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicChanges",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.PositiveBigIntegerField(default=0)),
                ("changed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="public_changes_is_one_row")
                ],
            },
        ),
        migrations.RunPython(make_row, migrations.RunPython.noop),
    ]
