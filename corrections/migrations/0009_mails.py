"""Readers' addresses go to a table of their own, and mails get theirs."""

import hashlib
import hmac
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _hash(address: str) -> str:
    """As corrections.mailboxes has it."""
    local, _at, domain = address.strip().casefold().rpartition("@")
    folded = f"{local.partition('+')[0] or local}@{domain}"
    key = hmac.new(settings.SECRET_KEY.encode(), b"corrigenda mailbox v1", hashlib.sha256).digest()
    return hmac.new(key, folded.encode(), hashlib.sha256).hexdigest()


def keep_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those given before stay beside their suggestions; nobody is written to about them unasked."""
    suggestions = apps.get_model("corrections", "Suggestion").objects.exclude(email="")
    mailboxes, contacts = (apps.get_model("corrections", name).objects for name in ("Mailbox", "Contact"))
    for pk, address in suggestions.values_list("pk", "email").iterator():
        mailbox, _made = mailboxes.get_or_create(hash=_hash(address))
        contacts.create(suggestion_id=pk, mailbox=mailbox, address=address, state="unasked")


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0008_webhooks"),
        ("newsroom", "0006_digest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=254, verbose_name="e-mail")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "A confirmation mail is owed"),
                            ("waiting", "Waits to be confirmed"),
                            ("unasked", "No confirmation mail was sent"),
                            ("confirmed", "Confirmed"),
                        ],
                        default="asked",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("is_closed", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("message_id", models.CharField(max_length=300, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirm", "Confirmation of the address"),
                            ("received", "Suggestion received"),
                            ("question", "Question of an editor"),
                            ("merged", "Joined with others"),
                            ("published", "Published"),
                            ("declined", "Declined"),
                            ("fixed", "Already fixed"),
                            ("together", "Several in one"),
                            ("digest", "Digest for an editor"),
                        ],
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("owed", "Owed"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("joined", "Sent within another"),
                            ("dropped", "No longer needed"),
                            ("doubtful", "Perhaps sent"),
                            ("failed", "Could not be sent"),
                            ("left", "Left as it is"),
                        ],
                        default="owed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("owed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="owed since")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True, verbose_name="last tried")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                ("trouble", models.CharField(blank=True, max_length=40, verbose_name="trouble")),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="suggestion",
            name="merged_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                db_index=False,
                to="corrections.case",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="suggestion",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="contact", to="corrections.suggestion"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="editor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="suggestion",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mails",
                to="corrections.suggestion",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="within",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="corrections.mail"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="mailbox",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="corrections.mailbox"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="mailbox",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="corrections.mailbox"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(condition=models.Q(("state", "owed")), fields=["due_at"], name="mail_owed"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(condition=models.Q(("state", "claimed")), fields=["leased_until"], name="mail_claimed"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state__in", ["doubtful", "failed"])), fields=["owed_at"], name="mail_in_doubt"
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(fields=("suggestion", "kind", "about"), name="mail_once_for_suggestion"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(fields=("editor", "kind", "about"), name="mail_once_for_editor"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                    _connector="OR",
                ),
                name="mail_sent_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "joined"), _negated=True), ("within__isnull", False), _connector="OR"
                ),
                name="mail_joined_says_where",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(condition=models.Q(("state", "asked")), fields=["given_at"], name="contact_asked"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("is_closed", False), ("state", "confirmed")),
                fields=["given_at"],
                name="contact_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", False), ("state", "confirmed")),
                    models.Q(models.Q(("state", "confirmed"), _negated=True), ("confirmed_at", None)),
                    _connector="OR",
                ),
                name="contact_confirmed_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("address", ""), _negated=True), name="contact_has_address"
            ),
        ),
        migrations.RunPython(keep_addresses, migrations.RunPython.noop),
    ]
