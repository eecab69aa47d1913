"""Addresses and secrets of webhooks are encrypted; secrets were derived from SECRET_KEY, and stay the same."""

import hashlib
import hmac
from base64 import b64encode
from uuid import UUID

from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from newsroom.encryption import EncryptedTextField, encrypt


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for hook in apps.get_model("corrections", "Hook").objects.all():
        hook.url = encrypt(hook.url)
        hook.secret = _encrypted_secret(hook.uid, hook.generation, hook.secret_digest)
        hook.earlier_secret = _encrypted_secret(hook.uid, hook.generation - 1, hook.earlier_digest)
        hook.save(update_fields=["url", "secret", "earlier_secret"])


def _encrypted_secret(uid: UUID, generation: int, digest: str) -> str:
    """Empty where no key derives the secret that the receiver has: it has to be set anew."""
    for site_key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS) if digest else ():
        key = hmac.new(site_key.encode(), b"corrigenda webhook secret v1", hashlib.sha256).digest()
        derived = hmac.new(key, uid.bytes + generation.to_bytes(4, "big"), hashlib.sha256).digest()
        secret = "whsec_" + b64encode(derived).decode()
        if hmac.compare_digest(hashlib.sha256(secret.encode()).hexdigest(), digest):
            return encrypt(secret)
    return ""


class Migration(migrations.Migration):
    dependencies = [("corrections", "0019_failed_jobs"), ("newsroom", "0013_encrypted_factors")]

    operations = [
        # Plain until the rows are filled: the encrypted field would read what is not encrypted yet as lost.
        migrations.AlterField("hook", "url", models.TextField()),
        migrations.AddField("hook", "secret", models.TextField(default="")),
        migrations.AddField("hook", "earlier_secret", models.TextField(default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField("hook", "secret_digest"),
        migrations.RemoveField("hook", "earlier_digest"),
        migrations.AlterField(
            "hook",
            "url",
            EncryptedTextField(
                help_text="https only. A chat tool’s address is a key: whoever knows it can write there.",
                max_length=1000,
                verbose_name="address",
            ),
        ),
        migrations.AlterField("hook", "secret", EncryptedTextField(editable=False)),
        migrations.AlterField("hook", "earlier_secret", EncryptedTextField(blank=True, editable=False)),
    ]
