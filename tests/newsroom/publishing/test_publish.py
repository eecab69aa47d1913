"""Publishing: the rules of the policy table, the base that must be current, the record that follows."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections

from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.audit.log import wording_digest
from newsroom.models import Act, Article, Kind, Revision, RevisionText
from newsroom.publishing.policy import (
    OFFERED_KINDS,
    POLICY,
    NoteRequired,
    NotPermitted,
    SecondEditorRequired,
    SelfApproval,
)
from newsroom.publishing.publish import (
    EmptyText,
    NothingChanged,
    StaleRevision,
    WordsChanged,
    WrongKind,
    publish_revision,
)
from newsroom.text.canonical import Wording
from tests.support.databases import Database
from tests.support.factories import BODY, current_revision, make_article, make_editor, make_wording

pytestmark = pytest.mark.django_db
WHY = "It is spelt receive, not recieve."


def _with(old: str, new: str) -> Wording:
    return make_wording(body=BODY.replace(old, new))


@pytest.mark.both_databases
def test_the_first_revision_is_a_publication_and_the_article_points_at_it() -> None:
    article = make_article(slug="bridges", headline="Bridges")

    revision = current_revision(article)
    assert (revision.number, revision.kind, revision.based_on) == (1, Kind.PUBLICATION, None)
    assert revision.require_content().text == (
        "The council will recieve the report on Tuesday.\n\nIt counts 14 bridges, of which three are closed."
    )
    assert revision.digest == wording_digest(revision.require_content().wording)
    act = Act.objects.get(verb="publish")
    assert act.subject == "article:bridges"
    assert revision.digest in act.payload


@pytest.mark.parametrize("kind", OFFERED_KINDS)
def test_every_kind_is_held_to_its_row_of_the_policy(kind: Kind) -> None:
    article, rule = make_article(), POLICY[kind]
    by, second = make_editor(group=DESK_CHIEF), make_editor(group=DESK_CHIEF)
    base = current_revision(article)
    changed = base.require_content().wording if kind is Kind.RETRACTION else _with("recieve", "receive")

    if rule.note_required:
        with pytest.raises(NoteRequired):
            publish_revision(article, base=base, by=by, kind=kind, wording=changed, approved_by=second)
    if rule.second_editor:
        with pytest.raises(SecondEditorRequired):
            publish_revision(article, base=base, by=by, kind=kind, wording=changed, note=WHY)
    approved_by = second if rule.second_editor else None
    note = WHY if rule.note_required else ""
    revision = publish_revision(
        article, base=base, by=by, kind=kind, wording=changed, note=note, approved_by=approved_by
    )
    assert (revision.number, revision.based_on, article.current) == (2, base, revision)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("14", "41"),
        ("will recieve", "will not receive"),
        ("<strong>14</strong>", '<a href="https://example.org/">14</a>'),
        ("on Tuesday", "on Wednesday"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.TYPO, Kind.CLARIFICATION, Kind.CORRECTION])
def test_a_change_of_meaning_needs_a_note_and_a_second_editor_whatever_its_kind(old: str, new: str, kind: Kind) -> None:
    article, by, second = make_article(), make_editor(), make_editor(group=STANDARDS_EDITOR)
    note = f"It said {old}; it is {new}."

    def publish(**more: Any) -> Revision:
        return publish_revision(
            article, base=current_revision(article), by=by, kind=kind, wording=_with(old, new), **more
        )

    with pytest.raises(NoteRequired):
        publish()
    with pytest.raises(NoteRequired):
        publish(approved_by=second)
    with pytest.raises(SecondEditorRequired):
        publish(note=note)
    assert publish(note=note, approved_by=second).approved_by == second


def test_nobody_approves_their_own_change() -> None:
    article, by = make_article(), make_editor(group=STANDARDS_EDITOR)

    with pytest.raises(SelfApproval):
        publish_revision(
            article,
            base=current_revision(article),
            by=by,
            kind=Kind.CORRECTION,
            wording=_with("14", "15"),
            note="It said 14; there are 15.",
            approved_by=by,
        )


def test_a_copy_editor_cannot_approve_and_an_auditor_cannot_publish() -> None:
    article, auditor = make_article(), make_editor(group="Auditor")
    base, changed = current_revision(article), _with("14", "15")

    with pytest.raises(NotPermitted):
        publish_revision(article, base=base, by=auditor, kind=Kind.UPDATE, wording=changed)
    with pytest.raises(NotPermitted):
        publish_revision(
            article,
            base=base,
            by=make_editor(),
            kind=Kind.CORRECTION,
            wording=changed,
            note="It said 14.",
            approved_by=make_editor(group=COPY_EDITOR),
        )


@pytest.mark.both_databases
def test_a_text_made_from_an_older_revision_overwrites_nothing() -> None:
    article, by = make_article(), make_editor()
    base = current_revision(article)
    publish_revision(article, base=base, by=by, kind=Kind.UPDATE, wording=_with("Tuesday", "Monday"))

    with pytest.raises(StaleRevision) as stale:
        publish_revision(article, base=base, by=by, kind=Kind.UPDATE, wording=_with("Tuesday", "Friday"))

    assert stale.value.current == article.current
    assert "Monday" in current_revision(article).require_content().text


def test_unsound_revisions_are_refused() -> None:
    article, by = make_article(), make_editor()
    base = current_revision(article)
    wording = base.require_content().wording

    with pytest.raises(NothingChanged):
        publish_revision(article, base=base, by=by, kind=Kind.UPDATE, wording=wording)
    with pytest.raises(WrongKind):
        publish_revision(article, base=base, by=by, kind=Kind.PUBLICATION, wording=_with("14", "15"))
    with pytest.raises(WrongKind):
        publish_revision(article, base=None, by=by, kind=Kind.UPDATE, wording=_with("14", "15"))
    with pytest.raises(EmptyText):
        make_wording(body="<p> </p>")


def test_a_retracted_article_keeps_its_address_and_takes_no_more_revisions() -> None:
    article, by, second = make_article(), make_editor(group=DESK_CHIEF), make_editor(group=DESK_CHIEF)
    base = current_revision(article)
    with pytest.raises(WordsChanged):
        publish_revision(
            article,
            base=base,
            by=by,
            kind=Kind.RETRACTION,
            wording=_with("14", "15"),
            note="Forged.",
            approved_by=second,
        )

    retraction = publish_revision(
        article,
        base=base,
        by=by,
        kind=Kind.RETRACTION,
        wording=base.require_content().wording,
        note="The report was forged.",
        approved_by=second,
    )

    assert article.state == Article.State.RETRACTED
    with pytest.raises(WrongKind):
        publish_revision(article, base=retraction, by=by, kind=Kind.UPDATE, wording=_with("14", "15"))


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", [Revision, RevisionText, Act])
def test_the_database_itself_refuses_to_change_the_record(table: type) -> None:
    make_article()
    name = table._meta.db_table  # type: ignore[attr-defined]
    key = table._meta.pk.column  # type: ignore[attr-defined]
    tampering = [f"UPDATE {name} SET {key} = {key}", f"DELETE FROM {name}"]
    if connection.vendor == "postgresql":
        tampering.append(f"TRUNCATE {name} CASCADE")
    else:
        tampering.append(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")

    for statement in tampering:
        with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
            cursor.execute(statement)
    assert table.objects.count() > 0  # type: ignore[attr-defined]


def test_eight_editors_at_once_lose_no_edit(committed_db: Database) -> None:
    article = make_article()
    base = current_revision(article)
    editors = [make_editor() for _turn in range(8)]
    outcomes: list[str] = []

    def edit(index: int) -> None:
        try:
            changed = _with("Tuesday", f"Tuesday, {index}")
            publish_revision(article, base=base, by=editors[index], kind=Kind.UPDATE, wording=changed)
            outcomes.append("published")
        except StaleRevision:
            outcomes.append("stale")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=edit, args=[index]) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["published", *["stale"] * 7]
    assert list(article.revisions.order_by("number").values_list("number", flat=True)) == [1, 2]
