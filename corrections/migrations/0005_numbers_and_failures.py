"""Who may see the numbers, the words for what was decided, and an index of what could not be triaged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0004_reasons"),
        ("newsroom", "0003_letter_keys"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={
                "permissions": [("decide_case", "Can decide cases"), ("view_numbers", "Can see the desk's numbers")],
                "verbose_name": "case",
                "verbose_name_plural": "cases",
            },
        ),
        migrations.AlterField(
            model_name="decision",
            name="verb",
            field=models.CharField(
                choices=[
                    ("publish", "Published"),
                    ("propose", "Laid before a second editor"),
                    ("decline", "Declined"),
                    ("fixed", "Closed as already fixed"),
                    ("spam", "Marked as spam"),
                ],
                max_length=20,
                verbose_name="what was decided",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("status", "failed")), fields=["received_at"], name="suggestion_failed"
            ),
        ),
    ]
