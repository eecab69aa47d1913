"""Each guard of the record that is missing, switched off, changed or added is named."""

import re

import pytest
from django.db import connection

from newsroom.audit import guards
from newsroom.audit.guards import CONSTRAINED, GUARDED, guard_breaks
from tests.support import tampering as attackers

pytestmark = pytest.mark.django_db
both_databases = pytest.mark.both_databases


def triggers() -> dict[str, str]:
    """Tables of the triggers that are there, by name."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        return dict(cursor.fetchall())


@both_databases
def test_what_the_migrations_made_is_whole_and_guards_these_tables_alone() -> None:
    assert list(guard_breaks()) == []
    assert set(triggers().values()) == set(GUARDED)


@both_databases
def test_each_guard_that_is_gone_is_named() -> None:
    there = triggers()
    attackers.drop_guards()

    assert sorted(guard_breaks()) == sorted(f"trigger {name} on {table}: is missing" for name, table in there.items())


def test_a_guard_that_is_switched_off_is_named() -> None:
    attackers.check_now()
    attackers.run("ALTER TABLE newsroom_act DISABLE TRIGGER act_stays")
    attackers.run("ALTER TABLE newsroom_revision DISABLE TRIGGER ALL")

    assert sorted(guard_breaks()) == [
        "foreign keys of newsroom_revision: are switched off",
        "trigger act_stays on newsroom_act: is switched off",
        "trigger revision_never_empties on newsroom_revision: is switched off",
        "trigger revision_stays on newsroom_revision: is switched off",
    ]


@both_databases
def test_a_guard_of_another_text_is_named() -> None:
    attackers.check_now()
    if connection.vendor == "postgresql":
        attackers.run(
            "CREATE OR REPLACE FUNCTION corrigenda_guard_act() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RETURN NEW; END$$"
        )
    else:
        attackers.run("DROP TRIGGER act_follows")
        attackers.run("CREATE TRIGGER act_follows BEFORE INSERT ON newsroom_act BEGIN SELECT 1; END")

    assert list(guard_breaks()) == ["trigger act_follows on newsroom_act: is not of the text that the migrations made"]


def test_a_guard_that_guards_less_is_named() -> None:
    attackers.check_now()
    attackers.run("DROP TRIGGER revision_stays ON newsroom_revision")
    attackers.run(
        "CREATE TRIGGER revision_stays BEFORE UPDATE OF kind ON newsroom_revision "
        "FOR EACH ROW EXECUTE FUNCTION corrigenda_refuse()"
    )

    assert list(guard_breaks()) == [
        "trigger revision_stays on newsroom_revision: is not of the text that the migrations made"
    ]


@both_databases
def test_a_trigger_or_rule_of_somebody_else_is_named() -> None:
    attackers.check_now()
    if connection.vendor == "postgresql":
        attackers.run("CREATE RULE lost AS ON DELETE TO newsroom_act DO INSTEAD NOTHING")
        expected = "rule lost on newsroom_act: was made by no migration"
    else:
        attackers.run("CREATE TRIGGER lost BEFORE INSERT ON newsroom_act BEGIN SELECT 1; END")
        expected = "trigger lost on newsroom_act: was made by no migration"

    assert list(guard_breaks()) == [expected]


def test_a_function_that_looks_elsewhere_is_named() -> None:
    """With another search path the guard would compare with a table of somebody else."""
    attackers.check_now()
    attackers.run("ALTER FUNCTION corrigenda_guard_act() SET search_path = elsewhere")

    assert list(guard_breaks()) == ["trigger act_follows on newsroom_act: is not of the text that the migrations made"]


def test_row_security_and_replication_mode_are_named() -> None:
    """Either lets a writer past triggers that are enabled."""
    attackers.check_now()
    attackers.run("ALTER TABLE newsroom_act ENABLE ROW LEVEL SECURITY")
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
        cursor.execute(f"ALTER DATABASE {name} SET session_replication_role = 'replica'")

    assert sorted(guard_breaks()) == [
        "row security on newsroom_act: was made by no migration",
        "setting session_replication_role=replica: was made by no migration",
    ]


@both_databases
def test_a_constraint_that_holds_less_is_named() -> None:
    attackers.check_now()
    if connection.vendor == "postgresql":
        attackers.run("ALTER TABLE newsroom_revision DROP CONSTRAINT revision_approver_is_not_editor")
        attackers.run("ALTER TABLE newsroom_revision ADD CONSTRAINT revision_approver_is_not_editor CHECK (true)")
        attackers.run("ALTER TABLE newsroom_withholding DROP CONSTRAINT withholding_says_why")
    else:
        attackers.run("PRAGMA writable_schema = ON")
        for table, old, new in (
            ("newsroom_revision", '"approved_by_id" IS NULL', '1 OR "approved_by_id" IS NULL'),
            ("newsroom_withholding", '"withholding_says_why"', '"withholding_says"'),
        ):
            attackers.run("UPDATE sqlite_master SET sql = replace(sql, %s, %s) WHERE name = %s", old, new, table)
        attackers.run("PRAGMA writable_schema = OFF")

    assert list(guard_breaks()) == [
        "constraint revision_approver_is_not_editor on newsroom_revision: is not of the text that the migrations made",
        "constraint withholding_says_why on newsroom_withholding: is missing",
    ]


@both_databases
def test_every_constraint_of_the_record_is_compared() -> None:
    """Its name stands in the database, so that none is passed over."""
    with connection.cursor() as cursor:
        there = guards._checks(cursor)
    names = {name for model in CONSTRAINED for name in re.findall(r"'(\w+)'", str(model._meta.constraints))}
    assert {name for _table, name in there} & names
