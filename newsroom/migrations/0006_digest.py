"""An editor may have a digest by mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0005_sealed_proposals"),
    ]

    operations = [
        migrations.AddField(
            model_name="editor",
            name="digest",
            field=models.BooleanField(
                default=False,
                help_text="Morning and noon: how much waits at the desk, and what is yours.",
                verbose_name="digest by mail",
            ),
        ),
    ]
