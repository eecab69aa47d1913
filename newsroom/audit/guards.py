"""The database's guards of the record, compared with what the migrations made: triggers, functions, constraints."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import NamedTuple

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from newsroom.models import Act, Article, AuditHead, Proposal, Revision, RevisionText, Withholding

# Migrations whose POSTGRESQL and SQLITE make the guards, in order; one that changes a guard is added here.
MADE_BY = tuple(import_module(f"newsroom.migrations.{name}") for name in ("0002_guards", "0007_withholding"))
GUARDED = tuple(model._meta.db_table for model in (Act, Revision, RevisionText, Withholding))
CONSTRAINED: tuple[type[models.Model], ...] = (Article, AuditHead, Proposal, Revision, Withholding)

TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) (?P<timing>BEFORE|AFTER|INSTEAD OF) (?P<events>[A-Z][\w ,]*?) ON (?P<table>\w+)"
    r"( FOR EACH (?P<level>ROW|STATEMENT))?( WHEN \((?P<when>.*?)\))? EXECUTE FUNCTION (?P<function>\w+)\(\)"
)
FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(\) RETURNS trigger LANGUAGE plpgsql AS \$\$(.*?)\$\$;", re.DOTALL)
DROPPED = re.compile(r"DROP TRIGGER (\w+)")
MADE = re.compile(r"CREATE TRIGGER (\w+) .*? ON (\w+)", re.DOTALL)

TRIGGERS = """
    SELECT t.tgname, c.relname, t.tgenabled IN ('O', 'A'), pg_get_triggerdef(t.oid, true),
        p.prosrc || coalesce(p.proconfig::text, ''), l.lanname
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang
    WHERE NOT t.tgisinternal AND c.oid = ANY (ARRAY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name))
"""
FOREIGN_KEYS_OFF = """
    SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgisinternal AND t.tgenabled NOT IN ('O', 'A') AND c.relname = ANY (%s::text[]) GROUP BY c.relname
"""
# What would let a writer past enabled triggers: rules, row security, a table that is a view, replication mode.
WAYS_ROUND = """
    SELECT 'rule ' || r.rulename || ' on ' || c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.oid = ANY (ARRAY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name))
    UNION SELECT 'row security on ' || relname FROM pg_class
    WHERE relrowsecurity AND oid = ANY (ARRAY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name))
    UNION SELECT 'setting ' || setting FROM pg_db_role_setting, unnest(setconfig) AS setting
    WHERE setting LIKE 'session_replication_role=%%' AND setting <> 'session_replication_role=origin'
"""
CHECKS = """
    SELECT c.relname, k.conname, pg_get_constraintdef(k.oid), k.convalidated
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype = 'c' AND c.oid = ANY (ARRAY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name))
"""


class Guard(NamedTuple):
    """A trigger: its table, and its text with the function's, in one spelling."""

    table: str
    text: str


def guard_breaks() -> Iterator[str]:
    """A line for each guard that is missing, switched off, changed, or made by no migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            expected, found, disabled = _expected_postgresql(), *_found_postgresql(cursor)
            yield from (f"trigger {name} on {found[name].table}: is switched off" for name in sorted(disabled))
            yield from _ways_round(cursor)
        else:
            expected, found = _expected_sqlite(), _found_sqlite(cursor)
        for name, guard in expected.items():
            if name not in found:
                yield f"trigger {name} on {guard.table}: is missing"
            elif found[name] != guard:
                yield f"trigger {name} on {found[name].table}: is not of the text that the migrations made"
        for name in sorted(found.keys() - expected.keys()):
            yield f"trigger {name} on {found[name].table}: was made by no migration"
        yield from _constraint_breaks(cursor)


def _expected_postgresql() -> Mapping[str, Guard]:
    made: dict[str, Guard] = {}
    functions: dict[str, str] = {}
    for migration in MADE_BY:
        functions |= dict(FUNCTION.findall(migration.POSTGRESQL))
        for statement in FUNCTION.sub("", migration.POSTGRESQL).split(";"):
            if dropped := DROPPED.match(statement.strip()):
                del made[dropped[1]]
            elif trigger := TRIGGER.match(_spaced(statement)):
                made[trigger["name"]] = _guard(trigger, functions[trigger["function"]])
    return made


def _found_postgresql(cursor: CursorWrapper) -> tuple[Mapping[str, Guard], list[str]]:
    """The triggers that are there, and the names of those switched off."""
    found: dict[str, Guard] = {}
    disabled: list[str] = []
    cursor.execute(TRIGGERS, [list(GUARDED)])
    for name, table, is_enabled, definition, source, language in cursor.fetchall():
        trigger = TRIGGER.fullmatch(_spaced(definition)) if language == "plpgsql" else None
        found[name] = _guard(trigger, source) if trigger else Guard(table, definition)
        disabled += [] if is_enabled else [name]
    return found, disabled


def _guard(trigger: re.Match[str], source: str) -> Guard:
    events = " OR ".join(sorted(trigger["events"].split(" OR ")))
    parts = (trigger["timing"], events, trigger["level"] or "STATEMENT", _bare(trigger["when"] or ""))
    return Guard(trigger["table"], "\n".join((*parts, trigger["function"], _spaced(source))))


def _ways_round(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute(FOREIGN_KEYS_OFF, [list(GUARDED)])
    yield from (f"foreign keys of {table}: are switched off" for (table,) in cursor.fetchall())
    cursor.execute(WAYS_ROUND, [list(GUARDED), list(GUARDED)])
    yield from (f"{way}: was made by no migration" for (way,) in cursor.fetchall())


def _expected_sqlite() -> Mapping[str, Guard]:
    made: dict[str, Guard] = {}
    for migration in MADE_BY:
        for statement in map(_spaced, migration.SQLITE):
            if dropped := DROPPED.match(statement):
                del made[dropped[1]]
            elif trigger := MADE.match(statement):
                made[trigger[1]] = Guard(trigger[2], statement)
    return made


def _found_sqlite(cursor: CursorWrapper) -> Mapping[str, Guard]:
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: Guard(table, _spaced(text)) for name, table, text in cursor.fetchall() if table in GUARDED}


def _constraint_breaks(cursor: CursorWrapper) -> Iterator[str]:
    editor = connection.SchemaEditorClass(connection, collect_sql=True)
    checks = _checks(cursor)
    for model in CONSTRAINED:
        table = model._meta.db_table
        there = connection.introspection.get_constraints(cursor, table)
        for constraint in model._meta.constraints:
            if constraint.name not in there:
                yield f"constraint {constraint.name} on {table}: is missing"
            elif isinstance(constraint, models.CheckConstraint):
                wanted = str(constraint.constraint_sql(model, editor))
                if _bare(wanted.partition(" CHECK ")[2]) != checks.get((table, constraint.name)):
                    yield f"constraint {constraint.name} on {table}: is not of the text that the migrations made"


def _checks(cursor: CursorWrapper) -> Mapping[tuple[str, str], str]:
    """CHECK constraints that hold for every row, in one spelling, by table and name."""
    tables = [model._meta.db_table for model in CONSTRAINED]
    if connection.vendor == "postgresql":
        cursor.execute(CHECKS, [tables])
        return {(table, name): _bare(text) for table, name, text, is_valid in cursor.fetchall() if is_valid}
    found: dict[tuple[str, str], str] = {}
    for table in tables:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        for part in "".join(cursor.fetchone()).split("CONSTRAINT ")[1:]:
            name, _check, text = part.partition(" CHECK ")
            found[table, name.strip('"')] = _bare(text).rstrip(",")
    return found


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _bare(condition: str) -> str:
    """A condition as both we and PostgreSQL write it: without casts, quotes, brackets, blanks and capitals."""
    return re.sub(r"::[a-z]+( varying)?(\[\])?|[\s\"()]", "", condition.lower()).removeprefix("check")
