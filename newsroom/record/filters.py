"""Filters and statistics of the public record: section, kind, language, dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.http import QueryDict
from django.utils.timezone import make_aware
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from newsroom.languages import native_name
from newsroom.models import Article, Kind, Revision
from newsroom.publishing.policy import LISTED_KINDS, kind_name
from newsroom.record.desk_hooks import median_wait
from newsroom.record.queries import listed_revisions

ORDER = "order"  # of two days
PARAMETERS = ("section", "kind", "language", "since", "until", "cursor")


class RecordFilter(forms.Form):
    """GET form; all fields are optional."""

    section = forms.ChoiceField(label=_("Section"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("dates", "From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=pgettext_lazy("dates", "To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, asked: object, *, spoken: str) -> None:
        """`spoken` is the page's language."""
        super().__init__(asked, auto_id="record-%s", label_suffix="")  # type: ignore[arg-type]  # a QueryDict
        public = Article.objects.published()
        sections = public.exclude(section="").order_by("section").values_list("section", flat=True).distinct()
        languages = public.order_by("language").values_list("language", flat=True).distinct()
        self._set_choices("section", _("All sections"), [(section, section) for section in sections])
        self._set_choices("kind", _("All kinds"), [(kind.value, kind_name(kind, spoken)[0]) for kind in LISTED_KINDS])
        self._set_choices("language", _("All languages"), [(code, native_name(code)) for code in languages])

    def _set_choices(self, name: str, everything: object, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", str(everything)), *choices]

    def wrong_fields(self) -> list[str]:
        """Those whose value the form does not offer: such an address is no page of its own."""
        return [name for name in self.errors if name in self.fields and not self.has_error(name, ORDER)]

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError(gettext("This day is before the first one."), code=ORDER))


def without(asked: QueryDict, names: Iterable[str]) -> str:
    """The query without some parameters, with its question mark; only parameters that the page reads."""
    kept = [(name, asked[name]) for name in PARAMETERS if name in asked and name not in set(names)]
    return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates in the site's time zone, both inclusive; None is open-ended."""

    first: date | None = None
    last: date | None = None

    @property
    def since(self) -> datetime | None:
        return make_aware(datetime.combine(self.first, time.min)) if self.first else None

    @property
    def until(self) -> datetime | None:
        return make_aware(datetime.combine(self.last + timedelta(days=1), time.min)) if self.last else None


@dataclass(frozen=True, slots=True)
class RecordStatistics:
    """Revisions per listed kind, and the median wait of readers whose suggestions they answered."""

    kinds: list[tuple[Kind, int]]
    wait: timedelta | None

    @property
    def total(self) -> int:
        return sum(count for _kind, count in self.kinds)


def month_of(year: int, month: int) -> DateRange:
    """Raises ValueError or OverflowError for an invalid month."""
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return DateRange(first, following - timedelta(days=1))


def filter_record(span: DateRange, *, section: str = "", kind: str = "", language: str = "") -> QuerySet[Revision]:
    revisions = listed_revisions()
    if span.since:
        revisions = revisions.filter(published_at__gte=span.since)
    if span.until:
        revisions = revisions.filter(published_at__lt=span.until)
    if section:
        revisions = revisions.filter(article__section=section)
    if kind:
        revisions = revisions.filter(kind=kind)
    return revisions.filter(article__language=language) if language else revisions


def statistics_of(revisions: QuerySet[Revision], span: DateRange) -> RecordStatistics:
    counted = dict(revisions.order_by().values_list("kind").annotate(count=Count("pk")))
    kinds = [(kind, counted.get(kind.value, 0)) for kind in LISTED_KINDS]
    return RecordStatistics([(kind, count) for kind, count in kinds if count], median_wait(span.since, span.until))


def months() -> list[tuple[date, int]]:
    """Months with corrections, newest first, with their counts."""
    rows = listed_revisions().order_by().values_list(TruncMonth("published_at")).annotate(count=Count("pk"))
    return sorted(((month.date(), count) for month, count in rows), reverse=True)
