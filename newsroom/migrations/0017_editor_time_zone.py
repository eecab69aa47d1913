"""An editor’s time zone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0016_amendments"),
    ]

    operations = [
        migrations.AddField(
            model_name="editor",
            name="time_zone",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=64, verbose_name="time zone of the desk"
            ),
        ),
    ]
