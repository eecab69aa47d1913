"""A database on PostgreSQL with two roles, as docs/deploy.md makes it: one owns the tables, one is the site's."""

from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

PASSWORD = "two-roles"


@dataclass(frozen=True, slots=True)
class Roles:
    """The values of DATABASE_URL and DATABASE_OWNER_URL."""

    site: str
    owner: str


def make_roles(server_url: str, name: str) -> Roles:
    """A new database of that name, and the roles `name` and `name`_owner."""
    server = urlsplit(server_url)
    with closing(psycopg.connect(urlunsplit(server._replace(path="/postgres")), autocommit=True)) as connection:
        for role in (name, f"{name}_owner"):
            made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            connection.execute(made.format(sql.Identifier(role), sql.Literal(PASSWORD)))
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(f"{name}_owner")))

    def url(role: str) -> str:
        return urlunsplit(server._replace(netloc=f"{role}:{PASSWORD}@{server.hostname}:{server.port}", path=f"/{name}"))

    return Roles(url(name), url(f"{name}_owner"))


def drop_roles(server_url: str, name: str) -> None:
    server = urlsplit(server_url)
    with closing(psycopg.connect(urlunsplit(server._replace(path="/postgres")), autocommit=True)) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        for role in (name, f"{name}_owner"):
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
