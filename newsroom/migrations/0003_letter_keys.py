"""An editor may switch the letter keys of the desk off."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="editor",
            name="letter_keys",
            field=models.BooleanField(
                default=True,
                help_text="Decide cases at the desk by single letters, such as P to publish.",
                verbose_name="letter keys",
            ),
        ),
    ]
