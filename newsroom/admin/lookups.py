"""Model admin mixin for lists whose addresses anybody may edit: filters are an allow-list, odd values do no harm."""

from typing import Any, ClassVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import SuspiciousOperation
from django.db import DataError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest

COMPARISONS = ("exact", "in", "isnull", "gte", "lt", "id__exact", "id__in")  # of Django's own filters
MAX_SEARCH = 120  # characters, as at the desk: each word is another condition for every row
# Numbers that no column holds, NUL in a search, days that no calendar has.
REFUSED_VALUES = (DataError, OverflowError, ValueError, TypeError)


class StrictChangeList(ChangeList):
    """What the filters do not offer, and what the database cannot compare, leads back to the whole list."""

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except (SuspiciousOperation, *REFUSED_VALUES) as error:
            raise IncorrectLookupParameters(error) from error

    def get_queryset(self, request: HttpRequest, *args: Any) -> QuerySet[Any]:
        try:
            return super().get_queryset(request, *args)
        except REFUSED_VALUES as error:
            raise IncorrectLookupParameters(error) from error

    def get_results(self, request: HttpRequest) -> None:
        try:
            with transaction.atomic():
                super().get_results(request)
                len(self.result_list)  # reads the rows here rather than in the template
        except REFUSED_VALUES as error:
            raise IncorrectLookupParameters(error) from error


class StrictLookups:
    """A list can be filtered by its filters only: `?mailbox__hash__startswith=` would tell a hash letter by letter."""

    list_filter: ClassVar[Any]

    def get_changelist(self, request: HttpRequest, **more: Any) -> type[ChangeList]:
        return StrictChangeList

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        fields = [each[0] if isinstance(each, (tuple, list)) else each for each in self.list_filter]
        field, _part, comparison = lookup.partition("__")
        own = {getattr(each, "parameter_name", None) for each in self.list_filter}
        return lookup in own or (field in fields and comparison in COMPARISONS)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        return super().get_search_results(request, queryset, search_term[:MAX_SEARCH])  # type: ignore[misc]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        try:
            with transaction.atomic():
                return super().get_object(request, object_id, from_field)  # type: ignore[misc]
        except REFUSED_VALUES:
            return None
