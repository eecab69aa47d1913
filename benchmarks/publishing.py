"""Publishing a case of an article that has a thousand others open, against one that has none."""

import json
import sys
from collections.abc import Iterator

from benchmarks.rows import Row, ratio_in_turns
from benchmarks.site import seeded_site

ROUNDS = "import django; django.setup(); from benchmarks.crowding import main; main()"


def rows() -> Iterator[Row]:
    with seeded_site() as site:
        pairs: list[list[float]] = json.loads(site.run("-c", ROUNDS))
    for crowded, alone in pairs:
        line = f"published in {1000 * crowded:.1f} ms beside a thousand open cases, {1000 * alone:.1f} ms beside none"
        print(line, file=sys.stderr)
    ours, yardstick = (iter(seconds) for seconds in zip(*pairs, strict=True))
    value = ratio_in_turns(lambda: next(ours), lambda: next(yardstick), turns=len(pairs))
    yield Row("publish_open_cases_ratio", value, "ratio", 1.2, "lower")
