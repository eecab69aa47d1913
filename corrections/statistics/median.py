"""The middle of many durations, told by the database."""

from array import array
from statistics import median
from typing import Any

from django.db import connection
from django.db.models import Aggregate, DurationField
from django.db.models.sql.compiler import SQLCompiler


class Median(Aggregate):
    """Of durations, leaving out what is null: PostgreSQL has it, SQLite is taught it by `teach_median`."""

    function = "MEDIAN"
    output_field = DurationField()

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:
        ordered = self.copy()
        ordered.template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
        return ordered.as_sql(compiler, connection, **context)


class _Collected:
    """Microseconds, as Django keeps durations in SQLite: eight bytes each until the middle is known."""

    def __init__(self) -> None:
        self._values = array("q")

    def step(self, value: int | None) -> None:
        if value is not None:
            self._values.append(value)

    def finalize(self) -> int | None:
        return int(median(self._values)) if self._values else None


def teach_median() -> None:
    """Before a query that asks SQLite for a Median; does nothing elsewhere."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_aggregate("MEDIAN", 1, _Collected)
