"""`manage.py verify_audit` finds whatever was done to the record behind the site's back, and names it."""

import threading
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from newsroom.audit.chain import Link, kept_heads
from newsroom.audit.log import append_act
from newsroom.audit.verification import Extent, one_moment, record_breaks
from newsroom.management.commands.verify_audit import read_head
from newsroom.models import Act, Article, AuditHead, Kind, Revision
from tests.support import tampering as attackers
from tests.support.databases import Database
from tests.support.factories import make_article, make_revision

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Article:
    """Seven acts: an article and its three revisions, and four decisions of the desk."""
    if "committed_db" in request.fixturenames:
        request.getfixturevalue("committed_db")
    article = make_article(slug="bridges")
    make_revision(article, find="14", put="14 lorries and", note="A second look.", kind=Kind.CLARIFICATION)
    for case in range(4):
        with transaction.atomic():
            append_act("decline_case", subject="article:bridges", by=None, payload={"cases": [case], "reason": "No."})
    make_revision(article, find="three", put="four", note="Four are closed.", kind=Kind.CORRECTION)
    return article


def verify(*heads: str) -> str:
    """What the command prints; fails when it finds a break."""
    out = StringIO()
    call_command("verify_audit", *(f"--head={head}" for head in heads), stdout=out, stderr=out)
    return out.getvalue()


def breaks(*heads: str) -> list[str]:
    """What the command would print to stderr, read inside the test's own transaction."""
    expected = dict(kept_heads(read_head(head) for head in heads))
    return list(record_breaks(Extent(Link(expected=expected))))


def test_the_command_ends_with_1_and_a_line_for_each_break(committed_db: Database, record: Article) -> None:
    attackers.drop_guards()
    attackers.delete()
    out, told = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", f"--head=2:{'b' * 64}", stdout=out, stderr=told)

    assert ended.value.code == 1
    assert out.getvalue() == ""
    assert [line.split(":")[0] for line in told.getvalue().splitlines()] == ["head 2", "act 4"]


def test_an_untouched_record_is_whole_and_its_head_is_printed(committed_db: Database, record: Article) -> None:
    assert breaks() == []
    assert verify() == f"the record is whole: 7 acts, 3 revisions\nhead {AuditHead.objects.get()}\n"


def test_a_record_without_an_act_is_whole(committed_db: Database) -> None:
    assert "0 acts, 0 revisions" in verify()


ATTACKS: list[tuple[Callable[[], None], list[str]]] = [
    (
        attackers.edit,
        [
            "act 2: its content was changed, the hash is that of another",
        ],
    ),
    (attackers.delete, ["act 4: missing before act 5"]),
    (
        attackers.insert,
        [
            "act 6: does not follow act 5 as that one stands",
            "act 6: its content was changed, the hash is that of another",
        ],
    ),
    (
        attackers.reorder,
        [
            "act 3: does not follow act 2 as that one stands",
            "act 5: does not follow act 4 as that one stands",
            "act 6: does not follow act 5 as that one stands",
        ],
    ),
    (attackers.truncate, ["the chain ends at 4:", "revision bridges 3: no act published it"]),
    (
        attackers.backdate,
        ["act 4: its time is before that of act 3", "act 5: does not follow act 4 as that one stands"],
    ),
    (
        attackers.swap,
        [
            "act 2: does not follow act 1 as that one stands",
            "act 3: does not follow act 2 as that one stands",
            "act 6: does not follow act 5 as that one stands",
            "act 7: does not follow act 6 as that one stands",
        ],
    ),
    (attackers.replace, ["act 5: does not follow act 4 as that one stands"]),
    (attackers.reword, ["revision bridges 2: its words were changed, the digest is that of others"]),
]


@pytest.mark.parametrize(("attack", "expected"), ATTACKS, ids=[attack.__name__ for attack, _lines in ATTACKS])
def test_tampering_is_caught_and_named(record: Article, attack: Callable[[], None], expected: list[str]) -> None:
    attackers.drop_guards()
    attack()

    found = breaks()
    for line in expected:
        assert any(each.startswith(line) for each in found), found


CHAIN = [attack for attack, _lines in ATTACKS if attack is not attackers.reword]


@pytest.mark.parametrize("attack", CHAIN, ids=[attack.__name__ for attack in CHAIN])
def test_whoever_makes_every_hash_anew_is_caught_by_a_head_that_was_kept(
    record: Article, attack: Callable[[], None]
) -> None:
    kept = str(AuditHead.objects.get())
    attackers.drop_guards()
    attack()
    attackers.make_consistent()

    assert any(line.startswith("head 7: ") for line in breaks(kept))


def test_a_head_of_any_age_is_found_in_the_chain(record: Article) -> None:
    kept = [f"{act.sequence}:{act.hash}" for act in Act.objects.order_by("sequence")]

    assert breaks(*kept, "0:" + "0" * 64) == []
    assert breaks(f"3:{'a' * 64}", kept[5]) == [f"head 3: {'a' * 16}… was kept, the chain has {kept[2][2:18]}…"]
    last = kept[2][:-1] + ("0" if kept[2][-1] != "0" else "1")
    assert breaks(last) == [f"head 3: {last[2:]}… was kept, the chain has {kept[2][2:]}…"]
    assert breaks(f"9:{'a' * 64}") == ["head 9: the chain ends before it, at act 7"]


def test_a_hash_that_was_cut_off_is_told_beside_the_whole_one(record: Article) -> None:
    kept = Act.objects.get(sequence=3).hash
    attackers.drop_guards()
    attackers.run("UPDATE newsroom_act SET hash = substr(hash, 1, 20) WHERE sequence = 3")

    assert f"head 3: {kept[:28]}… was kept, the chain has {kept[:20]}…" in breaks(f"3:{kept}")


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


def test_words_that_an_act_withheld_may_be_gone(record: Article) -> None:
    with transaction.atomic():
        append_act("withhold", subject="article:bridges", by=None, payload={"revision": 2, "reason": "A court."})
    attackers.drop_guards()
    attackers.run(
        "DELETE FROM newsroom_revisiontext WHERE revision_id = %s", Revision.objects.get(article=record, number=2).pk
    )

    assert breaks() == []


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

    extent = Extent(Link())
    with one_moment():
        Act.objects.count()  # the moment is that of the first reading
        writer = threading.Thread(target=publish)
        writer.start()
        writer.join()
        found = list(record_breaks(extent))

    assert (found, extent.link.sequence, extent.revisions) == ([], 7, 3)
    assert "8 acts, 4 revisions" in verify()


@pytest.mark.parametrize("given", ["7", "7:abc", "x:" + "a" * 64])
def test_what_is_no_head_is_refused_in_one_line(record: Article, given: str) -> None:
    with pytest.raises(CommandError, match="is no head"):
        call_command("verify_audit", f"--head={given}")


def test_every_public_correction_carries_the_head_after_it(record: Article, client: Client) -> None:
    seventh = f"7:{Act.objects.get(sequence=7).hash}"
    second = f"2:{Act.objects.get(sequence=2).hash}"

    entries = client.get("/api/corrections").json()["items"]
    assert [entry["head"] for entry in entries] == [seventh, second]
    for address in ("/corrections/", "/corrections/feed.atom", "/corrections/feed.json"):
        page = client.get(address).content.decode()
        assert seventh in page
        assert second in page
    assert seventh in client.get("/articles/bridges/revisions/3/").content.decode()
    assert breaks(seventh, second) == []
