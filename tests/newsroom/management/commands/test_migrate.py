"""Databases in which the site could not store every letter, or that are not there."""

import os
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from tests.support.databases import Database, PostgresDatabases, default_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_of_another_encoding_is_refused_in_one_line(
    postgres_databases: PostgresDatabases, encoding: str
) -> None:
    name = f"corrigenda_{encoding.lower()}_{os.getpid()}"
    postgres_databases._execute(f"CREATE DATABASE {{}} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'", name)
    database = postgres_databases.named(name)
    try:
        with default_database(database), pytest.raises(CommandError, match=f"is encoded in {encoding}; make one with"):
            call_command("migrate", verbosity=0)
    finally:
        postgres_databases.drop(database)


def test_a_database_that_is_not_there_is_one_line() -> None:
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/nobody_made_it").geturl()
    with default_database(Database("postgresql", url)), pytest.raises(CommandError) as error:
        call_command("migrate", verbosity=0)
    assert str(error.value).startswith("the database does not answer: ")
    assert "\n" not in str(error.value)
