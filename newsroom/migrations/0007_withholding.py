"""Orders to withhold words, and guards that let the text of such a revision go, and no other."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F, Q

POSTGRESQL = """
CREATE FUNCTION corrigenda_guard_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM newsroom_withholding WHERE revision_id = OLD.revision_id AND state = 'approved'
    ) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM newsroom_withholding WHERE revision_id = NEW.revision_id AND state = 'approved'
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

DROP TRIGGER revisiontext_stays ON newsroom_revisiontext;
CREATE TRIGGER revisiontext_stays BEFORE INSERT OR UPDATE OR DELETE ON newsroom_revisiontext
    FOR EACH ROW EXECUTE FUNCTION corrigenda_guard_text();
CREATE TRIGGER withholding_stays BEFORE UPDATE ON newsroom_withholding
    FOR EACH ROW WHEN (OLD.state <> 'waiting') EXECUTE FUNCTION corrigenda_refuse();
CREATE TRIGGER withholding_never_goes BEFORE DELETE ON newsroom_withholding
    FOR EACH ROW EXECUTE FUNCTION corrigenda_refuse();
CREATE TRIGGER withholding_never_empties BEFORE TRUNCATE ON newsroom_withholding EXECUTE FUNCTION corrigenda_refuse();
"""

SQLITE = [
    "DROP TRIGGER revisiontext_delete",
    """
    CREATE TRIGGER revisiontext_delete BEFORE DELETE ON newsroom_revisiontext BEGIN
        SELECT RAISE(ABORT, 'the record is append-only: DELETE on newsroom_revisiontext is refused')
        WHERE NOT EXISTS (SELECT 1 FROM newsroom_withholding
                          WHERE revision_id = OLD.revision_id AND state = 'approved');
    END
    """,
    """
    CREATE TRIGGER revisiontext_not_withheld BEFORE INSERT ON newsroom_revisiontext BEGIN
        SELECT RAISE(ABORT, 'the record is append-only: the text was withheld')
        WHERE EXISTS (SELECT 1 FROM newsroom_withholding
                      WHERE revision_id = NEW.revision_id AND state = 'approved');
    END
    """,
    """
    CREATE TRIGGER withholding_is_new BEFORE INSERT ON newsroom_withholding BEGIN
        SELECT RAISE(ABORT, 'the record is append-only: the withholding stands already')
        WHERE EXISTS (SELECT 1 FROM newsroom_withholding WHERE id = NEW.id OR (
                      revision_id = NEW.revision_id AND state IN ('waiting', 'approved')
                      AND NEW.state IN ('waiting', 'approved')));
    END
    """,
    """
    CREATE TRIGGER withholding_update BEFORE UPDATE ON newsroom_withholding WHEN OLD.state <> 'waiting' BEGIN
        SELECT RAISE(ABORT, 'the record is append-only: UPDATE on newsroom_withholding is refused');
    END
    """,
    """
    CREATE TRIGGER withholding_delete BEFORE DELETE ON newsroom_withholding BEGIN
        SELECT RAISE(ABORT, 'the record is append-only: DELETE on newsroom_withholding is refused');
    END
    """,
]


def make_guards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = [POSTGRESQL] if schema_editor.connection.vendor == "postgresql" else SQLITE
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def editor(name: str, *, null: bool = False) -> models.Field:
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0006_digest")]
    operations = [
        migrations.CreateModel(
            name="Withholding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="public reason")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a second editor"),
                            ("approved", "Words withheld"),
                            ("returned", "Sent back"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("answer", models.TextField(blank=True, verbose_name="why it was sent back")),
                ("asked_by", editor("asked by")),
                ("decided_by", editor("decided by", null=True)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withholdings",
                        to="newsroom.revision",
                        verbose_name="revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "withholding",
                "verbose_name_plural": "withholdings",
                "permissions": [("withhold_revision", "Can withhold the words of a revision")],
                "constraints": [
                    models.CheckConstraint(name="withholding_says_why", condition=~Q(reason="")),
                    models.CheckConstraint(
                        name="withholding_takes_two_editors",
                        condition=~Q(state="approved")
                        | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by"))),
                    ),
                    models.UniqueConstraint(
                        name="withholding_once", fields=["revision"], condition=Q(state__in=["waiting", "approved"])
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                name="revision_listed",
                fields=["-published_at", "-id"],
                condition=Q(kind__in=["clarification", "correction", "retraction"]),
            ),
        ),
        migrations.RunPython(make_guards, migrations.RunPython.noop),
    ]
