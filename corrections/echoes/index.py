"""The table of fingerprints: of the current revisions of published articles, and of nothing else."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from corrections.echoes.fingerprints import fingerprints
from corrections.echoes.sentences import sentence_spans
from corrections.models import Field, SentenceFingerprint
from newsroom.diffs.withheld_text import WithheldText
from newsroom.models import Article, Revision, RevisionText
from newsroom.publishing.publish import lock_article

FIELDS = (Field.HEADLINE, Field.STANDFIRST, Field.BODY)
BATCH = 1000  # rows of an INSERT


def index_article(article: Article) -> int:
    """Make the rows of the current revision again; returns how many. A draft and a retracted article have none."""
    with transaction.atomic():
        locked = lock_article(article)
        forget_article(locked)
        revision = locked.current
        content = revision.content if revision and locked.state == Article.State.PUBLISHED else None
        rows = list(_rows(content)) if content else []
        SentenceFingerprint.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def unindexed_articles() -> Iterator[Article]:
    """Published articles without rows of their current revision, as those of an archive that was just taken over."""
    rows = SentenceFingerprint.objects.filter(revision=OuterRef("current"))
    return Article.objects.filter(~Exists(rows), state=Article.State.PUBLISHED).order_by("pk").iterator(chunk_size=500)


def forget_article(article: Article) -> int:
    revisions = Revision.objects.filter(article=article)
    deleted, _by_model = SentenceFingerprint.objects.filter(revision__in=revisions).delete()
    return deleted


def forget_withheld(revision: Revision, _gone: WithheldText) -> int:
    """settings.DESK_REDACTION_HOOKS: a hash would confirm a guess of the words."""
    deleted, _by_model = SentenceFingerprint.objects.filter(revision=revision).delete()
    return deleted


def current_texts(revisions: list[int], *, but: int) -> dict[int, Revision]:
    """Those of the revisions that are the current ones of other published articles, with their texts."""
    found = Revision.objects.filter(pk__in=revisions, article__current=F("pk"), article__state=Article.State.PUBLISHED)
    # The HTML is read only of those that are put right.
    found = found.exclude(article=but).select_related("article", "stored_text").defer("stored_text__body")
    return {revision.pk: revision for revision in found if revision.content}


def _rows(content: RevisionText) -> Iterator[SentenceFingerprint]:
    for field in FIELDS:
        text = content.canonical(field)
        for span in sentence_spans(text):
            for number in fingerprints(text[span.start : span.end]):
                yield SentenceFingerprint(
                    hash=number, revision_id=content.revision_id, field=field, start=span.start, end=span.end
                )
