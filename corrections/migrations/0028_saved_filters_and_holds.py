"""Lists that editors name, why a case is on hold, and the desk’s own cases in the order of the queue."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0027_amendments"),
        ("newsroom", "0017_editor_time_zone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.TextField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="case",
            name="hold_reason",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=300, verbose_name="why it is on hold"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("echo_of__isnull", False), ("state__in", ["open", "proposed"])),
                fields=["rank", "id"],
                name="case_waiting_echoes",
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="editor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(fields=("editor", "name"), name="saved_filter_once_per_editor"),
        ),
    ]
