"""A wrong or missing variable stops the start with one clear line; a right one is read as the field writes it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.operations.environment import Environment, Misconfigured

Reads = Callable[[Environment], object]


def environment(tmp_path: Path, **variables: str) -> Environment:
    return Environment({"DATA_DIR": str(tmp_path), **variables}, base=tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("PORT", "0", Environment.port),
        ("PORT", "eighty", Environment.port),
        ("TIME_ZONE", "Mars/Olympus", Environment.time_zone),
        ("DATABASE_URL", "mysql://localhost/x", Environment.database),
        ("DATABASE_URL", "postgresql://127.0.0.1", Environment.database),
        ("DATABASE_URL", "postgresql:///", Environment.database),
        ("DATABASE_URL", "postgresql://[bad/x", Environment.database),
        ("DATABASE_URL", "postgresql://host:port/x", Environment.database),
        ("DATABASE_OWNER_URL", "postgresql://owner@db/x", Environment.database_owner),  # beside SQLite
        ("DATABASE_OWNER_URL", "mysql://localhost/x", Environment.database_owner),
        ("WEBHOOK_ALLOW", "chat.inner,10.0.0.1/8", lambda env: env.inner_hosts("WEBHOOK_ALLOW")),
        ("SOURCE_ALLOW", "cms.inner,10.0.0.1/8", lambda env: env.inner_hosts("SOURCE_ALLOW")),
        ("REDIS_URL", "http://localhost", Environment.redis_url),
        ("REDIS_URL", "redis://[bad", Environment.redis_url),
        ("REDIS_URL", "redis://localhost:99999/0", Environment.redis_url),
        ("REDIS_URL", "redis://localhost:port/0", Environment.redis_url),
        ("REDIS_URL", "redis://localhost/first", Environment.redis_url),
        ("REDIS_URL", "redis://:pass#word@localhost/0", Environment.redis_url),
        ("REDIS_URL", "redis://:pass/word@localhost/0", Environment.redis_url),
        ("DATABASE_URL", "postgresql://ada:pass/word@host/x", Environment.database),
        ("SITE_URL", "http://[::1", Environment.site_url),
        ("SITE_URL", "http://host:port", Environment.site_url),
        ("SITE_URL", "https://ada:password@host", Environment.site_url),
        ("SITE_URL", "https://host/?", Environment.site_url),
        ("EMAIL_URL", "smpt://x", Environment.email),
        ("EMAIL_URL", "smtp://", Environment.email),
        ("EMAIL_URL", "smtp://mail.example.org:99999", Environment.email),
        ("EMAIL_URL", "smtp://mail.example.org:port", Environment.email),
        ("EMAIL_URL", "filemail:///tmp/mail", Environment.email),
        ("MAIL_FROM", "the desk", Environment.mail_from),
        ("SECURITY_CONTACT", "the desk", Environment.security_contact),
        ("SECURITY_CONTACT", "http://news.example.org/report", Environment.security_contact),
        ("SECURITY_CONTACT", "security@", Environment.security_contact),
        ("SECURITY_CONTACT", "a@b.org\nContact: mailto:c@d.org", Environment.security_contact),
        ("MAIL_FROM", "desk@example.org\nBcc: x@y.org", Environment.mail_from),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(tmp_path: Path, name: str, value: str, read: Reads) -> None:
    with pytest.raises(Misconfigured) as stop:
        read(environment(tmp_path, **{name: value}))
    [line] = str(stop.value).splitlines()
    assert line.startswith(f"error: {name} ")
    assert "pass" not in line.replace("password", "")


def test_databases_are_read_as_the_field_writes_them(tmp_path: Path) -> None:
    named = environment(tmp_path, DATABASE_URL="postgresql://ada:secret@db.example:5433/corrigenda").database()
    assert (named["NAME"], named["HOST"], named["PORT"]) == ("corrigenda", "db.example", 5433)
    assert environment(tmp_path).database()["NAME"] == str(tmp_path / "corrigenda.sqlite3")


def test_the_owner_of_the_tables_is_of_the_same_database_and_absent_where_it_is_the_same_role(tmp_path: Path) -> None:
    def owner(url: str) -> dict[str, object] | None:
        site = "postgresql://site:a@db.example/corrigenda"
        return environment(tmp_path, DATABASE_URL=site, DATABASE_OWNER_URL=url).database_owner()

    found = owner("postgresql://owner:b@db.example/corrigenda")
    assert found
    assert (found["USER"], found["PASSWORD"]) == ("owner", "b")
    assert owner("") is owner("postgresql://site:a@db.example/corrigenda") is None
    with pytest.raises(Misconfigured, match="DATABASE_OWNER_URL names another database"):
        owner("postgresql://owner:b@db.example/another")


@pytest.mark.parametrize(
    ("site", "sender"),
    [
        ("https://news.example.org", "corrections@news.example.org"),
        ("http://127.0.0.1:8000", "corrections@localhost"),
        ("http://localhost", "corrections@localhost"),
    ],
)
def test_mails_come_from_the_sites_own_host_where_nothing_else_is_said(tmp_path: Path, site: str, sender: str) -> None:
    assert Environment({"SITE_URL": site}, base=tmp_path).mail_from() == sender


def test_an_encrypted_mail_server_is_asked_at_its_usual_port(tmp_path: Path) -> None:
    read = Environment({"EMAIL_URL": "smtp+tls://ada:se%40cret@mail.example.org"}, base=tmp_path).email()
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("ada", "se@cret")
