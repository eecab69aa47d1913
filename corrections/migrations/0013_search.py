"""PostgreSQL's indexes for the search of the desk; the expressions are those of corrections.search."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WORDS = {
    "case_words": (
        "corrections_case USING gin (to_tsvector('simple', COALESCE(exact, '') || ' ' || COALESCE(replacement, '')))"
    ),
    "suggestion_note_words": (
        "corrections_suggestion USING gin (to_tsvector('simple', COALESCE(note, ''))) WHERE note <> ''"
    ),
    "headline_words": "newsroom_revisiontext USING gin (to_tsvector('simple', COALESCE(headline, '')))",
}


def make_indexes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, definition in WORDS.items():
            schema_editor.execute(f"CREATE INDEX {name} ON {definition}")


def drop_indexes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in WORDS:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [("corrections", "0012_queue_order")]
    operations = [migrations.RunPython(make_indexes, drop_indexes)]
