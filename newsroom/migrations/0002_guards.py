"""Triggers that keep the record append-only, on both databases.

A later migration that rebuilds one of these tables on SQLite drops its triggers and must make them again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = """
CREATE FUNCTION corrigenda_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

CREATE FUNCTION corrigenda_guard_act() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_sequence bigint := 0;
    last_hash text := repeat('0', 64);
BEGIN
    SELECT sequence, hash INTO last_sequence, last_hash FROM newsroom_act ORDER BY sequence DESC LIMIT 1;
    IF NEW.sequence <> coalesce(last_sequence, 0) + 1 THEN
        RAISE EXCEPTION 'the record is append-only: act % does not follow %', NEW.sequence, last_sequence;
    END IF;
    IF NEW.previous_hash <> coalesce(last_hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'the record is append-only: act % names a wrong previous hash', NEW.sequence;
    END IF;
    IF abs(extract(epoch FROM NEW.at - clock_timestamp())) > 5 THEN
        RAISE EXCEPTION 'the record is append-only: act % names a wrong time', NEW.sequence;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER act_follows BEFORE INSERT ON newsroom_act FOR EACH ROW EXECUTE FUNCTION corrigenda_guard_act();
CREATE TRIGGER act_stays BEFORE UPDATE OR DELETE ON newsroom_act FOR EACH ROW EXECUTE FUNCTION corrigenda_refuse();
CREATE TRIGGER act_never_empties BEFORE TRUNCATE ON newsroom_act EXECUTE FUNCTION corrigenda_refuse();
CREATE TRIGGER revision_stays BEFORE UPDATE OR DELETE ON newsroom_revision
    FOR EACH ROW EXECUTE FUNCTION corrigenda_refuse();
CREATE TRIGGER revision_never_empties BEFORE TRUNCATE ON newsroom_revision EXECUTE FUNCTION corrigenda_refuse();
CREATE TRIGGER revisiontext_stays BEFORE UPDATE OR DELETE ON newsroom_revisiontext
    FOR EACH ROW EXECUTE FUNCTION corrigenda_refuse();
CREATE TRIGGER revisiontext_never_empties BEFORE TRUNCATE ON newsroom_revisiontext
    EXECUTE FUNCTION corrigenda_refuse();
"""

# INSERT OR REPLACE deletes without firing a DELETE trigger, so inserts that would replace a row are refused as well.
SQLITE = [
    """
    CREATE TRIGGER act_follows BEFORE INSERT ON newsroom_act BEGIN
        SELECT RAISE(ABORT, 'the record is append-only: the act does not follow the last one')
        WHERE NEW.sequence <> coalesce((SELECT max(sequence) FROM newsroom_act), 0) + 1;
        SELECT RAISE(ABORT, 'the record is append-only: the act names a wrong previous hash')
        WHERE NEW.previous_hash <> coalesce(
            (SELECT hash FROM newsroom_act ORDER BY sequence DESC LIMIT 1), hex(zeroblob(32)));
        SELECT RAISE(ABORT, 'the record is append-only: the act names a wrong time')
        WHERE abs(julianday(NEW.at) - julianday('now')) * 86400 > 5 OR julianday(NEW.at) IS NULL;
        SELECT RAISE(ABORT, 'the record is append-only: the act stands already')
        WHERE EXISTS (SELECT 1 FROM newsroom_act WHERE hash = NEW.hash);
    END
    """,
    """
    CREATE TRIGGER revision_is_new BEFORE INSERT ON newsroom_revision BEGIN
        SELECT RAISE(ABORT, 'the record is append-only: the revision stands already')
        WHERE EXISTS (SELECT 1 FROM newsroom_revision
                      WHERE id = NEW.id OR (article_id = NEW.article_id AND number = NEW.number));
    END
    """,
    """
    CREATE TRIGGER revisiontext_is_new BEFORE INSERT ON newsroom_revisiontext BEGIN
        SELECT RAISE(ABORT, 'the record is append-only: the text stands already')
        WHERE EXISTS (SELECT 1 FROM newsroom_revisiontext WHERE revision_id = NEW.revision_id);
    END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON newsroom_{table} BEGIN
            SELECT RAISE(ABORT, 'the record is append-only: {verb} on newsroom_{table} is refused');
        END
        """
        for table in ("act", "revision", "revisiontext")
        for verb in ("UPDATE", "DELETE")
    ),
]


def make_guards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = [POSTGRESQL] if schema_editor.connection.vendor == "postgresql" else SQLITE
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def make_head(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("newsroom", "AuditHead").objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": "0" * 64})


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]
    operations = [
        migrations.RunPython(make_guards, migrations.RunPython.noop),
        migrations.RunPython(make_head, migrations.RunPython.noop),
    ]
