"""What one suggestion costs the web server, step by step: `python -m benchmarks.costs` prints docs/scale.md's table.

Each step is called alone, in one process without a network, against a PostgreSQL and a Valkey of its own. CPU time is
the web server's own; the wait is what database and broker add.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import count

from benchmarks.site import seeded_site

CALLS, TURNS = 300, 5
STEPS = "import django; django.setup(); from benchmarks.cost_steps import main; main()"


def measure(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of CPU and of wall clock for one call, the best of a few turns."""
    call()
    turns = [_turn(call) for _turn_number in range(TURNS)]
    return min(cpu for cpu, _wall in turns), min(wall for _cpu, wall in turns)


def _turn(call: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    for _call_number in range(CALLS):
        call()
    return (time.process_time() - cpu) / CALLS * 1000, (time.perf_counter() - wall) / CALLS * 1000


def number_source() -> Callable[[], str]:
    """A new number each time, so that no two suggestions and no two senders are alike."""
    numbers = count(1)
    return lambda: str(next(numbers))


def main() -> None:
    with seeded_site() as site:
        steps: dict[str, tuple[float, float]] = json.loads(site.run("-c", STEPS))
    sys.stdout.write("| step | CPU, ms | with waiting, ms |\n|---|---|---|\n")
    for name, (cpu, wall) in steps.items():
        sys.stdout.write(f"| {name} | {cpu:.2f} | {wall:.2f} |\n")


if __name__ == "__main__":
    main()
