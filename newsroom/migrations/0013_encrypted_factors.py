"""Second factors move to tables of ours: the keys of apps encrypted, recovery codes hashed. The package's tables go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from newsroom.encryption import EncryptedTextField, hash_recovery_code, new_app_key, new_salt

OLD_APPS = """
    SELECT user_id, name, confirmed, key, drift, last_t FROM otp_totp_totpdevice
"""
OLD_RECOVERY = """
    SELECT id, user_id, name, confirmed FROM otp_static_staticdevice
"""
OLD_CODES = """
    SELECT token FROM otp_static_statictoken WHERE device_id = %s
"""


def move(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    there = set(connection.introspection.table_names())
    if "otp_totp_totpdevice" not in there:
        return
    with connection.cursor() as cursor:
        cursor.execute(OLD_APPS)
        for user, name, confirmed, key, drift, last_t in cursor.fetchall():
            apps.get_model("newsroom", "AppFactor").objects.create(
                user_id=user, name=name, confirmed=bool(confirmed), key=key, drift=drift, last_t=last_t
            )
        cursor.execute(OLD_RECOVERY)
        for pk, user, name, confirmed in cursor.fetchall():
            cursor.execute(OLD_CODES, [pk])
            _move_codes(apps, user, name, bool(confirmed), [token for (token,) in cursor.fetchall()])
        # Not only emptied: what a table held can be read in its file until it is gone.
        for table in ("otp_static_statictoken", "otp_static_staticdevice", "otp_totp_totpdevice"):
            cursor.execute(f"DROP TABLE {table}")


def _move_codes(apps: StateApps, user: int, name: str, confirmed: bool, codes: list[str]) -> None:
    factor = apps.get_model("newsroom", "RecoveryFactor").objects.create(user_id=user, name=name, confirmed=confirmed)
    model = apps.get_model("newsroom", "RecoveryCode")
    digests = [hash_recovery_code(code, salt=factor.salt) for code in codes]
    model.objects.bulk_create(model(factor=factor, digest=digest) for digest in digests)


def device_fields() -> list[tuple[str, models.Field]]:
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("name", models.CharField(help_text="The human-readable name of this device.", max_length=64)),
        ("confirmed", models.BooleanField(default=True, help_text="Is this device ready for use?")),
        (
            "throttling_failure_timestamp",
            models.DateTimeField(
                blank=True,
                default=None,
                help_text="A timestamp of the last failed verification attempt. Null if last attempt succeeded.",
                null=True,
            ),
        ),
        (
            "throttling_failure_count",
            models.PositiveIntegerField(default=0, help_text="Number of successive failed attempts."),
        ),
        (
            "created_at",
            models.DateTimeField(
                auto_now_add=True,
                help_text="The date and time when this device was initially created in the system.",
                null=True,
            ),
        ),
        (
            "last_used_at",
            models.DateTimeField(
                blank=True, help_text="The most recent date and time this device was used.", null=True
            ),
        ),
        (
            "user",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0012_known_networks")]

    operations = [
        migrations.CreateModel(
            name="AppFactor",
            fields=[
                *device_fields(),
                ("key", EncryptedTextField(default=new_app_key)),
                ("drift", models.SmallIntegerField(default=0)),
                ("last_t", models.BigIntegerField(default=-1)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "verbose_name": "second factor",
                "verbose_name_plural": "second factors",
            },
        ),
        migrations.CreateModel(
            name="RecoveryFactor",
            fields=[
                *device_fields(),
                ("salt", models.CharField(default=new_salt, max_length=32)),
            ],
            options={"abstract": False, "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                (
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="newsroom.recoveryfactor",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
