"""What proposals said before a second editor amended them, and who did."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0015_note_patterns"),
    ]

    operations = [
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("headline", models.TextField(verbose_name="headline")),
                ("standfirst", models.TextField(blank=True, verbose_name="standfirst")),
                ("byline", models.TextField(blank=True, verbose_name="byline")),
                ("body", models.TextField(verbose_name="body")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("publication", "Publication"),
                            ("update", "Update"),
                            ("typo", "Typing error"),
                            ("clarification", "Clarification"),
                            ("correction", "Correction"),
                            ("retraction", "Retraction"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                ("amended_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="amended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="amended by",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amended_by", None),
                    models.Q(("amended_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="proposal_amender_is_not_proposer",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="amended_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="base",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="newsroom.revision"
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="amendments", to="newsroom.proposal"
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
