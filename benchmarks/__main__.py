"""Measures Corrigenda against yardsticks taken in the same run: a table on the screen, and DATA_DIR/bench.json."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    audit,
    desk_keys,
    echoes,
    extracting,
    flood,
    growth,
    importing,
    opening,
    pages,
    parsers,
    publishing,
    queue,
    record,
    setup,
    weight,
)
from benchmarks.anchoring import accuracy, speed, triage
from benchmarks.rows import Row

PARTS: list[Callable[[], Iterator[Row]]] = [
    weight.rows,
    opening.rows,
    setup.rows,
    desk_keys.rows,
    pages.rows,
    flood.rows,
    record.rows,
    growth.rows,
    importing.rows,
    extracting.rows,
    parsers.rows,
    accuracy.rows,
    speed.rows,
    triage.rows,
    publishing.rows,
    audit.rows,
    echoes.rows,
    queue.rows,  # last: it takes the longest
]


def main() -> None:
    """Run every part, or those named: weight, opening, setup, pages, flood, record, growth, importing,
    extracting, parsers, publishing, audit, echoes, queue, desk_keys, anchoring (or a module of it).
    """
    wanted = set(sys.argv[1:])
    rows: list[Row] = []
    for part in PARTS:
        names = part.__module__.split(".")[1:]
        if not wanted or wanted.intersection(names):
            print(f"… {' '.join(names)}", file=sys.stderr)
            rows += part()
    print(f"{'name':28} {'value':>10} {'unit':8} {'target':>10}")
    for row in rows:
        sign = "≤" if row.better == "lower" else "≥"
        print(
            f"{row.name:28} {row.value:>10.4g} {row.unit:8} {sign} {row.target:>8.4g}  {'met' if row.met else 'MISSED'}"
        )
    path = Path(os.environ.get("DATA_DIR", "var")) / "bench.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([row.as_dict() for row in rows], indent=2) + "\n", encoding="utf-8")
    print(f"written to {path}")


if __name__ == "__main__":
    main()
