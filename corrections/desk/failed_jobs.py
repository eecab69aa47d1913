"""Work that was set aside after five failed attempts, with the page that it is about."""

from dataclasses import dataclass

from django.urls import reverse

from corrections.jobs.failures import set_aside_jobs
from corrections.models import Case, Contact, FailedJob, Follower, Suggestion
from corrections.triage.pipeline import failed_suggestions
from newsroom.models import Article, Proposal


@dataclass(frozen=True, slots=True)
class SetAside:
    """`url` is empty where there is no page about the row."""

    job: FailedJob
    url: str


@dataclass(frozen=True, slots=True)
class FailedSuggestion:
    """The `error` is empty where its worker died without one."""

    suggestion: Suggestion
    error: str


def read_set_aside(most: int) -> list[SetAside]:
    """The oldest first."""
    return [SetAside(job, _url(FailedJob.Kind(job.kind), job.key)) for job in set_aside_jobs(most)]


def read_failed_suggestions(most: int) -> list[FailedSuggestion]:
    """The oldest first."""
    failed = failed_suggestions(most)
    jobs = FailedJob.objects.filter(kind=FailedJob.Kind.SUGGESTION, key__in=[str(each.pk) for each in failed])
    errors = dict(jobs.values_list("key", "error"))
    return [FailedSuggestion(each, errors.get(str(each.pk), "")) for each in failed]


def _url(kind: FailedJob.Kind, key: str) -> str:
    if kind in (FailedJob.Kind.WEBHOOK, FailedJob.Kind.EVENT):
        return reverse("admin:corrections_hook_change", args=[key.partition(" ")[0]])
    if kind is FailedJob.Kind.DELIVERY:
        return reverse("admin:corrections_delivery_change", args=[key])
    if kind is FailedJob.Kind.ARTICLE:
        article = Article.objects.filter(pk=key).first()
        return article.get_absolute_url() if article else ""
    if kind is FailedJob.Kind.PROPOSAL:
        return reverse("admin:newsroom_proposal_change", args=[key]) if Proposal.objects.filter(pk=key) else ""
    case = _case(kind, key)
    if case is None and kind in (FailedJob.Kind.CONFIRMATION, FailedJob.Kind.NEWS):
        follower = Follower.objects.select_related("article").filter(pk=key).first()
        return follower.article.get_absolute_url() if follower else ""
    return reverse("admin:corrections_case_change", args=[case]) if case else ""


def _case(kind: FailedJob.Kind, key: str) -> int | None:
    match kind:
        case FailedJob.Kind.HOLD:
            return int(key)
        case FailedJob.Kind.DECISION:
            return Case.objects.filter(decision=int(key)).values_list("pk", flat=True).first()
        case FailedJob.Kind.CONFIRMATION:
            return Contact.objects.filter(pk=key).values_list("suggestion__case", flat=True).first()
        case FailedJob.Kind.NEWS:
            return Suggestion.objects.filter(pk=key).values_list("case", flat=True).first()
    return None
