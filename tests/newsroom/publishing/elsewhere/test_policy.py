"""Articles that another system publishes take no revision but what is seen there."""

import pytest

from newsroom.models import Kind
from newsroom.publishing.policy import NotPermitted, PublishedElsewhere
from newsroom.publishing.publish import publish_revision
from tests.support.factories import current_revision, make_article, make_editor, make_wording
from tests.support.sources import make_source, make_source_article

pytestmark = pytest.mark.django_db


def test_nobody_writes_the_article_of_another_site() -> None:
    article = make_source_article(url="https://daily.example/a").article
    base = current_revision(article)
    for kind in (Kind.UPDATE, Kind.TYPO, Kind.OBSERVED):
        with pytest.raises(PublishedElsewhere):
            publish_revision(article, base=base, by=make_editor(), kind=kind, wording=make_wording(body="<p>New.</p>"))


def test_a_look_makes_a_revision_without_note_or_second_editor() -> None:
    placed = make_source_article(url="https://daily.example/a", body="<p>There are 14 bridges.</p>")
    article, account = placed.article, placed.source.account
    wording = make_wording(body="<p>There are not 15 bridges.</p>")
    base = current_revision(article)
    for by in (make_editor(), make_source().account):
        with pytest.raises(NotPermitted):
            publish_revision(article, base=base, by=by, kind=Kind.OBSERVED, wording=wording, seen=True)
    made = publish_revision(article, base=base, by=account, kind=Kind.OBSERVED, wording=wording, seen=True)
    assert (made.number, made.kind, made.note, made.approved_by) == (2, Kind.OBSERVED, "", None)
    assert made.require_content().body == "<p>There are not 15 bridges.</p>"


@pytest.mark.parametrize(("kind", "seen"), [(Kind.OBSERVED, False), (Kind.OBSERVED, True), (Kind.UPDATE, True)])
def test_our_own_articles_are_written_here_alone(kind: Kind, seen: bool) -> None:
    article = make_article()
    with pytest.raises(NotPermitted):
        publish_revision(
            article,
            base=current_revision(article),
            by=make_editor(),
            kind=kind,
            wording=make_wording(body="<p>New.</p>"),
            seen=seen,
        )
