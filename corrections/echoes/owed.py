"""Work that a publication owes: fingerprints of the new text, and the search for its mistake in other articles."""

from django.db import transaction

from corrections.echoes.index import forget_article, index_article
from corrections.echoes.own_cases import open_own_cases
from corrections.jobs.failures import resting_keys
from corrections.models import FailedJob, OwedEcho
from newsroom.models import Revision

MOST_OWED = 100  # handed out in one tick


def note_publication(revision: Revision) -> None:
    """settings.DESK_PUBLICATION_HOOK: in the transaction of the publication, so that nothing owed is lost."""
    forget_article(revision.article)
    OwedEcho.objects.create(revision=revision)


def owed_echoes() -> list[int]:
    """Keys of revisions for which work is owed, the oldest first, unless it failed."""
    resting = resting_keys(FailedJob.Kind.ECHO)
    return list(OwedEcho.objects.exclude(pk__in=resting).order_by("pk").values_list("pk", flat=True)[:MOST_OWED])


def settle_echo(revision_pk: int) -> None:
    """Idempotent."""
    revision = Revision.objects.select_related("article", "stored_text", "based_on__stored_text").get(pk=revision_pk)
    index_article(revision.article)
    open_own_cases(revision)
    with transaction.atomic():
        OwedEcho.objects.filter(pk=revision_pk).delete()
