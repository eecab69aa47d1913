"""Answers get rows of their own, each beside its question: asking once more no longer takes the first answer away."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def move_answers(apps: Any, schema_editor: Any) -> None:
    suggestions, reply = (apps.get_model("corrections", name) for name in ("Suggestion", "Reply"))
    answered = suggestions.objects.exclude(answer="").exclude(answered_at=None).select_related("case")
    replies = [
        reply(suggestion=each, question=each.case.question, text=each.answer, sent_at=each.answered_at)
        for each in answered
    ]
    reply.objects.bulk_create(replies, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("corrections", "0016_fewer_indexes")]

    operations = [
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField(verbose_name="question")),
                ("text", models.TextField(verbose_name="answer")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="answered")),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="corrections.suggestion",
                    ),
                ),
            ],
            options={"ordering": ("sent_at", "pk")},
        ),
        migrations.RunPython(move_answers, migrations.RunPython.noop),
        migrations.RemoveField(model_name="suggestion", name="answer"),
    ]
