from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0008_article_section")]

    operations = [
        migrations.AddField(
            model_name="editor",
            name="language",
            field=models.CharField(blank=True, default="", max_length=16, verbose_name="language of the desk"),
            preserve_default=False,
        ),
    ]
