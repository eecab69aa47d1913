"""Seals: the audit head after each publication, published so that anyone can keep it and verify later."""

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from newsroom.audit.log import PUBLISH
from newsroom.models import Act, Revision

# The revision's act: the first of the article that is not older, since both times are read under the article's lock.
# Ordered by time: by sequence, the planner would scan the primary key of all acts.
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
    """SEQ:HASH, as `verify_audit --head` takes it, of a revision annotated with seal=SEAL."""
    return getattr(revision, "seal", None) or ""
