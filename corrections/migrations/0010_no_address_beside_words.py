"""A suggestion's row holds no address any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0009_mails"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="suggestion",
            name="suggestion_erased_holds_no_one",
        ),
        migrations.RemoveField(
            model_name="suggestion",
            name="email",
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None),
                    models.Q(("credit", False), ("evidence_url", ""), ("name", ""), ("note", "")),
                    _connector="OR",
                ),
                name="suggestion_erased_holds_no_one",
            ),
        ),
    ]
