"""Finding what one sender sent within a day, and forgetting it afterwards."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0005_numbers_and_failures"),
        ("newsroom", "0003_letter_keys"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="suggestion",
            name="suggestion_sender",
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("address_hash", ""), _negated=True),
                fields=["address_hash"],
                name="suggestion_sender",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("address_hash", ""), _negated=True),
                fields=["received_at"],
                name="suggestion_sender_age",
            ),
        ),
    ]
