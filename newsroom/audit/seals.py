"""Gives with every publication the head of the record as it stood after it, for anyone to keep and check later."""

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from newsroom.audit.log import PUBLISH
from newsroom.models import Act, Revision

# The first act of the article that is not older than the revision: its time is read under the article's lock, so that
# the act before it is older, and its own the next. By time, since an index over all acts would be walked by sequence.
_acts = Act.objects.filter(
    verb=PUBLISH,
    subject=Concat(Value("article:"), OuterRef("article__slug"), output_field=CharField()),
    at__gte=OuterRef("published_at"),
).order_by("at", "sequence")
SEAL = Subquery(
    _acts.annotate(head=Concat(Cast("sequence", CharField()), Value(":"), F("hash"))).values("head")[:1],
    output_field=CharField(),
)


def seal_of(revision: Revision) -> str:
    """SEQ:HASH as `verify_audit --head` takes it, of a revision that was read with `annotate(seal=SEAL)`."""
    return getattr(revision, "seal", None) or ""
