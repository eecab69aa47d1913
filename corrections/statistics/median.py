"""Median of durations as a database aggregate."""

from array import array
from statistics import median
from typing import Any

from django.db import connection
from django.db.models import Aggregate, DurationField
from django.db.models.sql.compiler import SQLCompiler


class Median(Aggregate):
    """Ignores nulls. PostgreSQL has percentile_cont; SQLite needs `register_median` first."""

    function = "MEDIAN"
    output_field = DurationField()

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:
        ordered = self.copy()
        ordered.template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
        return ordered.as_sql(compiler, connection, **context)


class _MedianAggregate:
    """SQLite aggregate over microseconds, which is how Django stores durations there."""

    def __init__(self) -> None:
        self._values = array("q")

    def step(self, value: int | None) -> None:
        if value is not None:
            self._values.append(value)

    def finalize(self) -> int | None:
        return int(median(self._values)) if self._values else None


def register_median() -> None:
    """Register MEDIAN on the SQLite connection; call before a query with Median. No-op on other databases."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_aggregate("MEDIAN", 1, _MedianAggregate)
