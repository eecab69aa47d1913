"""A reader may take a suggestion back, and have what it says about them erased."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0001_initial"),
        ("newsroom", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="erased_at",
            field=models.DateTimeField(null=True, verbose_name="erased"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="withdrawn_at",
            field=models.DateTimeField(null=True, verbose_name="taken back"),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("proposed", "Waits for a second editor"),
                    ("published", "Published"),
                    ("declined", "Declined"),
                    ("already_fixed", "Already fixed"),
                    ("withdrawn", "Taken back by its readers"),
                ],
                default="open",
                max_length=16,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="historicalcase",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("proposed", "Waits for a second editor"),
                    ("published", "Published"),
                    ("declined", "Declined"),
                    ("already_fixed", "Already fixed"),
                    ("withdrawn", "Taken back by its readers"),
                ],
                default="open",
                max_length=16,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="status",
            field=models.CharField(
                choices=[
                    ("received", "Received"),
                    ("triaged", "In a case"),
                    ("failed", "Could not be triaged"),
                    ("withdrawn", "Taken back before triage"),
                ],
                default="received",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "triaged"),
                    models.Q(("status", "withdrawn"), ("withdrawn_at__isnull", False)),
                    models.Q(("status__in", ["received", "failed"]), ("withdrawn_at", None)),
                    _connector="OR",
                ),
                name="suggestion_withdrawn_is_not_owed",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None),
                    models.Q(("credit", False), ("email", ""), ("evidence_url", ""), ("name", ""), ("note", "")),
                    _connector="OR",
                ),
                name="suggestion_erased_holds_no_one",
            ),
        ),
    ]
