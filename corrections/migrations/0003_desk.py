"""What the desk needs: an order of the queue, claims, holds, questions, merged cases, decisions that can be undone."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0002_withdrawal"),
        ("newsroom", "0003_letter_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=20, verbose_name="what was decided")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("due_at", models.DateTimeField(verbose_name="falls due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Can be undone"),
                            ("carried_out", "Carried out"),
                            ("undone", "Undone"),
                            ("returned", "Could not be carried out"),
                        ],
                        default="pending",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("payload", models.JSONField(default=dict)),
                ("typed", models.JSONField(default=dict)),
                ("outcome", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(default="en", max_length=16, verbose_name="language")),
                ("text", models.CharField(max_length=300, verbose_name="reason")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "reason for declining",
                "verbose_name_plural": "reasons for declining",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_open_order",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_open_anchor",
        ),
        migrations.AddField(
            model_name="case",
            name="assignee",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="in hand of",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="claimed_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="held_until",
            field=models.DateTimeField(null=True, verbose_name="on hold until"),
        ),
        migrations.AddField(
            model_name="case",
            name="looked_at",
            field=models.DateTimeField(null=True, verbose_name="first looked at"),
        ),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_cases",
                to="corrections.case",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="question",
            field=models.TextField(blank=True, verbose_name="question to the readers"),
        ),
        migrations.AddField(
            model_name="case",
            name="rank",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="rank"),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="in hand of",
            ),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="claimed_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="held_until",
            field=models.DateTimeField(null=True, verbose_name="on hold until"),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="corrections.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="question",
            field=models.TextField(blank=True, verbose_name="question to the readers"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="address_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="answer",
            field=models.TextField(blank=True, verbose_name="answer"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="answered_at",
            field=models.DateTimeField(null=True, verbose_name="answered"),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("proposed", "Waits for a second editor"),
                    ("held", "On hold"),
                    ("asked", "Waits for a reader's answer"),
                    ("decided", "Decided a moment ago"),
                    ("published", "Published"),
                    ("declined", "Declined"),
                    ("already_fixed", "Already fixed"),
                    ("withdrawn", "Taken back by its readers"),
                    ("merged", "Merged into another"),
                    ("spam", "Spam"),
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
                    ("held", "On hold"),
                    ("asked", "Waits for a reader's answer"),
                    ("decided", "Decided a moment ago"),
                    ("published", "Published"),
                    ("declined", "Declined"),
                    ("already_fixed", "Already fixed"),
                    ("withdrawn", "Taken back by its readers"),
                    ("merged", "Merged into another"),
                    ("spam", "Spam"),
                ],
                default="open",
                max_length=16,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("address_hash", ""), _negated=True),
                fields=["address_hash", "received_at"],
                name="suggestion_sender",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="decision",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="corrections.decision"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "proposed"])),
                fields=["rank", "id"],
                name="case_waiting_order",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "-decided_at", "-id"], name="case_settled_order"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "proposed", "held", "asked", "decided"])),
                fields=["article", "anchored_in"],
                name="case_open_anchor",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("state", "held")), fields=["held_until"], name="case_held"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True), ("held_until__isnull", False), _connector="OR"
                ),
                name="case_held_says_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "asked"), _negated=True),
                    models.Q(("question", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_asked_has_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", False), _connector="OR"
                ),
                name="case_merged_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "decided"), _negated=True), ("decision__isnull", False), _connector="OR"
                ),
                name="case_decided_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.UniqueConstraint(fields=("language", "text"), name="reason_once_per_language"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(condition=models.Q(("state", "pending")), fields=["due_at"], name="decision_due"),
        ),
    ]
