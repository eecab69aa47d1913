"""Every decision of the desk can be undone, and what one press decided by one press."""

from django.db import migrations, models

VERBS = [
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
]


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0006_senders"),
    ]

    operations = [
        migrations.AddField(model_name="decision", name="batch", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="decision", name="before", field=models.JSONField(default=list)),
        migrations.AlterField(
            model_name="decision",
            name="verb",
            field=models.CharField(choices=VERBS, max_length=20, verbose_name="what was decided"),
        ),
    ]
