"""An article, its revisions and withholdings are compared with the acts that made them."""

import pytest

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.audit.log import PUBLISH, append_act
from newsroom.models import Act, Article, Kind, Withholding
from newsroom.publishing.withholding import ask_withholding, return_withholding
from tests.support import tampering as attackers
from tests.support.factories import current_revision, make_article, make_editor, make_revision, retract
from tests.support.record_check import breaks
from tests.support.withheld_words import withhold

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def article(quick_passwords: None) -> Article:
    """Its first revision is withheld; another order was sent back."""
    article = make_article(slug="bridges")
    make_revision(article, find="14", put="15", note="It is 15 bridges, not 14.", kind=Kind.CORRECTION)
    make_revision(article, find="three", put="four")
    withhold(article)
    order = ask_withholding(article.revisions.get(number=2), by=make_editor(group=STANDARDS_EDITOR), reason="A court.")
    return_withholding(order, by=make_editor(group=STANDARDS_EDITOR), reason="No such order.")
    assert breaks() == []
    return article


def test_an_approver_who_was_swapped_for_another_editor_is_named(article: Article) -> None:
    with attackers.guards_dropped():
        attackers.run("UPDATE newsroom_revision SET approved_by_id = %s WHERE number = 2", make_editor().pk)
    assert breaks() == ["revision bridges 2: its approved_by_id differ from what act 2 published"]


def test_an_approver_of_an_act_that_names_no_key_is_compared_by_name(article: Article) -> None:
    """Acts of earlier versions: an account that was renamed since is known by what it did under the old name."""
    act = Act.objects.get(sequence=2)
    with attackers.guards_dropped():
        attackers.run(
            "UPDATE newsroom_act SET payload = %s WHERE sequence = 2", _without(act.payload, "approved_by_id")
        )
        attackers.make_consistent()
    assert breaks() == []

    approver = article.revisions.get(number=2).approved_by
    assert approver
    was, approver.username = approver.username, "renamed"
    approver.save()
    assert breaks() == ["revision bridges 2: its approved_by differ from what act 2 published"]
    attackers.run("UPDATE newsroom_editor SET username = %s WHERE id = %s", was, approver.pk)
    append_act("note", subject="x", by=type(approver).objects.get(pk=approver.pk), payload={})
    attackers.run("UPDATE newsroom_editor SET username = 'renamed' WHERE id = %s", approver.pk)
    assert breaks() == []


def _without(payload: str, name: str) -> str:
    start = payload.index(f'"{name}":')
    return payload[:start] + payload[payload.index(",", start) + 1 :]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "UPDATE newsroom_article SET state = 'retracted'",
            ["article bridges: is retracted, and its acts left it published"],
        ),
        (
            "UPDATE newsroom_revision SET kind = 'update' WHERE number = 2",
            ["revision bridges 2: its kind differ from what act 2 published"],
        ),
        (
            "UPDATE newsroom_revision SET published_at = '2020-01-01 00:00:00+00:00' WHERE number = 2",
            ["revision bridges 2: its published_at differ from what act 2 published"],
        ),
        (
            "UPDATE newsroom_article SET current_id = "
            "(SELECT id FROM newsroom_revision WHERE number = 2 AND article_id = newsroom_article.id)",
            ["article bridges: shows revision 2, and 3 is its last"],
        ),
    ],
)
def test_what_was_bent_is_named(article: Article, statement: str, expected: list[str]) -> None:
    with attackers.guards_dropped():
        attackers.run(statement)
    assert breaks() == expected


@pytest.mark.parametrize(
    ("state", "change", "expected"),
    [
        ("approved", "reason = 'Another.'", "its reason differ from what act 4 says"),
        ("approved", "decided_at = '2020-01-01 00:00:00+00:00'", "its decided_at differ from what act 5 says"),
        ("approved", "asked_at = '2020-01-01 00:00:00+00:00'", "its asked_at differ from what act 4 says"),
        ("approved", "decided_by_id = {other}", "its decided_by differ from what act 5 says"),
        ("approved", "asked_by_id = {other}", "its asked_by differ from what act 4 says"),
        ("approved", "state = 'returned'", "is returned, and no act says so"),
        ("returned", "answer = 'Another.'", "its answer differ from what act 7 says"),
        ("returned", "state = 'approved'", "is approved, and no act says so"),
        ("returned", "state = 'waiting'", "is waiting, and act 7 says otherwise"),
    ],
)
def test_an_order_to_withhold_that_was_bent_is_named(article: Article, state: str, change: str, expected: str) -> None:
    order = Withholding.objects.get(state=state)
    with attackers.guards_dropped():
        attackers.run(
            f"UPDATE newsroom_withholding SET {change.format(other=make_editor().pk)} WHERE id = %s", order.pk
        )
    name = f"withholding {order.pk} of revision bridges {order.revision.number}"
    assert f"{name}: {expected}" in breaks()


def test_an_order_that_is_gone_or_that_nobody_gave_is_named(article: Article) -> None:
    order = Withholding.objects.get(state="returned")
    with attackers.guards_dropped():
        attackers.run("UPDATE newsroom_withholding SET id = 99 WHERE id = %s", order.pk)
    assert breaks() == [
        "withholding 99 of revision bridges 2: no act asked for it",
        "withholding 99 of revision bridges 2: is returned, and no act says so",
        f"withholding {order.pk} of article bridges: is gone, and act 6 names it",
    ]


def test_words_that_are_back_though_they_were_withheld_are_named(article: Article) -> None:
    first, second = article.revisions.get(number=1), article.revisions.get(number=2)
    with attackers.guards_dropped():
        attackers.run(
            "INSERT INTO newsroom_revisiontext (revision_id, headline, standfirst, byline, body, text) "
            "SELECT %s, headline, standfirst, byline, body, text FROM newsroom_revisiontext WHERE revision_id = %s",
            *(first.pk, second.pk),
        )
    assert breaks() == ["revision bridges 1: its words are back, and an act withheld them"]


def test_a_revision_without_an_act_is_named(article: Article) -> None:
    """What is public has its act: a row that the writer did not make has none."""
    base = current_revision(article)
    with attackers.guards_dropped():
        attackers.run(
            "INSERT INTO newsroom_revision "
            "(article_id, number, kind, note, editor_id, based_on_id, published_at, digest) "
            "SELECT article_id, 4, kind, note, editor_id, id, published_at, digest FROM newsroom_revision "
            "WHERE id = %s",
            base.pk,
        )
        attackers.run("UPDATE newsroom_article SET current_id = (SELECT max(id) FROM newsroom_revision)")
    assert breaks() == [
        "revision bridges 4: no act published it",
        "revision bridges 4: its words are gone, and no act withheld them",
    ]


def test_an_article_that_is_gone_is_named(article: Article) -> None:
    with attackers.guards_dropped():
        attackers.run("UPDATE newsroom_article SET slug = 'roads'")
    assert "article:bridges: is gone, and act 1 published it" in breaks()
    assert "revision roads 1: no act published it" in breaks()


def test_forged_payloads_of_any_shape_are_lines_and_no_crash(article: Article) -> None:
    for payload in (
        "[]",
        '{"revision":[],"withholding":{}}',
        '{"proposal":[1],"cases":{"a":1}}',
        "{",
        '{"cases":[[1]]}',
    ):
        for verb in (PUBLISH, "withhold", "propose", "publish_case", "add_webhook", "let_in_suggestions"):
            with attackers.guards_dropped():
                attackers.run("UPDATE newsroom_act SET payload = %s, verb = %s WHERE sequence = 6", payload, verb)
            assert any(line.startswith("act 6: its content was changed") for line in breaks())


def test_a_published_retraction_is_whole(quick_passwords: None) -> None:
    article = make_article(slug="gone")
    retract(article)
    assert breaks() == []
    attackers.run("UPDATE newsroom_article SET state = 'published'")
    assert breaks() == ["article gone: is published, and its acts left it retracted"]
