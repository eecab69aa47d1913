"""`manage.py verify_audit` finds whatever was done to the record behind the site's back, and names it."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from newsroom.audit.chain import ChainPosition
from newsroom.audit.verification import Progress, read_snapshot, record_breaks
from newsroom.models import Act, Article, AuditHead
from tests.support import tampering as attackers
from tests.support.databases import Database
from tests.support.factories import make_revision
from tests.support.record_check import breaks, verify

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_an_untouched_record_is_whole_and_its_head_is_printed(committed_db: Database, record: Article) -> None:
    assert breaks() == []
    assert verify() == f"the record is whole: 7 acts, 3 revisions\nhead {AuditHead.objects.get()}\n"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE newsroom_revisiontext SET text = 'x'", "its canonical text was changed, the body has another"),
        ("UPDATE newsroom_revision SET note = 'x' WHERE number = 3", "its note differ from what act 7 published"),
        ("DELETE FROM newsroom_revisiontext", "its words are gone, and no act withheld them"),
    ],
)
def test_a_changed_revision_is_named(record: Article, statement: str, expected: str) -> None:
    attackers.drop_guards()
    attackers.run(statement)

    assert f"revision bridges 3: {expected}" in breaks()


def test_a_revision_whose_row_is_gone_is_named(record: Article) -> None:
    attackers.drop_guards()
    first = record.revisions.get(number=2)
    attackers.run("UPDATE newsroom_revision SET based_on_id = NULL, number = 4 WHERE id = %s", first.pk)

    found = breaks()
    assert "revision bridges 2: is missing" in found
    assert "revision bridges 2: is gone, and act 2 published it" in found
    assert "revision bridges 4: no act published it" in found


@pytest.mark.parametrize("table", attackers.GUARDED)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE", "REPLACE"])
def test_the_guards_refuse_every_change(record: Article, table: str, verb: str) -> None:
    key = {"newsroom_act": "sequence", "newsroom_revision": "id", "newsroom_revisiontext": "revision_id"}[table]
    statements = {
        "UPDATE": f"UPDATE {table} SET {key} = {key}",
        "DELETE": f"DELETE FROM {table}",
        # SQLite has no TRUNCATE, and its DELETE of a whole table, which could pass for one, is refused like any other.
        "TRUNCATE": f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table} ",
        "REPLACE": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if connection.vendor == "sqlite"
        else f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
    }
    attackers.check_now()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attackers.run(statements[verb])
    assert breaks() == []


def test_a_record_is_checked_while_the_site_goes_on_writing(committed_db: Database, record: Article) -> None:
    """The check sees one moment: a publication in the middle of it is no break, and need not wait."""

    def publish() -> None:
        make_revision(record, find="Tuesday", put="Wednesday")
        connection.close()

    progress = Progress(ChainPosition())
    with read_snapshot():
        Act.objects.count()  # the moment is that of the first reading
        writer = threading.Thread(target=publish)
        writer.start()
        writer.join()
        found = list(record_breaks(progress))

    assert (found, progress.position.sequence, progress.revisions) == ([], 7, 3)
    assert "8 acts, 4 revisions" in verify()
