"""Sources and articles of theirs, for tests."""

from dataclasses import replace
from itertools import count

from django.db import transaction

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Editor, Kind, Revision, Source, SourceAddress, SourceArticle
from newsroom.publishing.publish import publish_revision
from tests.support.factories import make_editor, make_wording

_numbers = count(1)


def make_source(*, origins: list[str] | None = None, name: str = "The Daily Example", **fields: str) -> Source:
    account = Editor.objects.create_user(f"source{next(_numbers)}", is_active=False, public_name=name)
    return Source.objects.create(name=name, origins=origins or ["https://daily.example"], account=account, **fields)


def make_source_article(
    *, url: str, source: Source | None = None, external_id: str = "", slug: str = "", **parts: str
) -> SourceArticle:
    """An article that was looked at once."""
    source = source or make_source()
    with transaction.atomic():
        article = Article.objects.create(slug=slug or f"elsewhere-{next(_numbers)}", language=source.language)
        placed = SourceArticle.objects.create(article=article, source=source, url=url, external_id=external_id)
        SourceAddress.objects.create(source=source, url=url, article=placed)
        wording = make_wording(**parts)
        publish_revision(article, base=None, by=source.account, kind=Kind.PUBLICATION, wording=wording, seen=True)
    return placed


def make_seen_revision(placed: SourceArticle, *, find: str, put: str, kind: Kind, note: str = "") -> Revision:
    """The next revision of such an article, as a look makes it."""
    base = Revision.objects.current_of(placed.article)
    wording = base.require_content().wording
    assert find in wording.body
    with transaction.atomic():
        return publish_revision(
            placed.article,
            base=base,
            by=placed.source.account if kind is Kind.OBSERVED else make_editor(),
            kind=kind,
            wording=replace(wording, body=wording.body.replace(find, put, 1)),
            note=note,
            approved_by=make_editor(group=STANDARDS_EDITOR),
            seen=True,
        )
