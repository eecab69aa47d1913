"""The acts that an article's check reads, few among those of a busy desk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0013_encrypted_factors")]

    operations = [
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                name="act_of_article",
                fields=["subject", "sequence"],
                condition=models.Q(verb__in=["publish", "ask-withholding", "withhold", "return-withholding"]),
            ),
        ),
    ]
