"""Verbs of a second editor: amend, decline; and of the proposer: consent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0026_echoes"),
    ]

    operations = [
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
                    ("ask", "Asked the readers"),
                    ("hold", "Put on hold"),
                    ("assign", "Handed over"),
                    ("merge", "Merged"),
                    ("split", "Split"),
                    ("approve", "Approved"),
                    ("return", "Sent back"),
                    ("amend", "Amended"),
                    ("consent", "Consented"),
                    ("refuse", "Declined"),
                ],
                max_length=20,
                verbose_name="what was decided",
            ),
        ),
    ]
