"""PostgreSQL's trigram indexes, by which the desk's search finds what stands inside of words.

The extension needs a right that not every database user has. Without it the search still finds words and their
beginnings; `migrate corrections 0013` and `migrate` again make up for it later.
"""

import sys

from django.db import DatabaseError, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TRIGRAMS = {
    "case_exact_trigrams": "corrections_case USING gin (upper(exact) gin_trgm_ops, upper(replacement) gin_trgm_ops)",
    "suggestion_note_trigrams": "corrections_suggestion USING gin (upper(note) gin_trgm_ops) WHERE note <> ''",
    "headline_trigrams": "newsroom_revisiontext USING gin (upper(headline) gin_trgm_ops)",
    "article_slug_trigrams": "newsroom_article USING gin (upper(slug) gin_trgm_ops)",
}
WITHOUT = (
    "warning: the extension pg_trgm cannot be made ({why}), so the desk's search finds no parts of words. "
    "Let a superuser CREATE EXTENSION pg_trgm, then run: manage.py migrate corrections 0013; manage.py migrate\n"
)


def make_indexes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as refusal:
        sys.stderr.write(WITHOUT.format(why=str(refusal).splitlines()[0]))
        return
    for name, definition in TRIGRAMS.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {definition}")


def drop_indexes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in TRIGRAMS:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("corrections", "0013_search"), ("newsroom", "0008_article_section")]
    operations = [migrations.RunPython(make_indexes, drop_indexes)]
