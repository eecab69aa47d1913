"""`make mutants N=60 SEED=1`: puts N random faults into the code, one at a time, and lists those that no test sees.

Coverage with a context for each test says which tests reach a line; it is measured once for each commit. Each fault is
tried in a copy of the checkout, first by the tests of its module's name and the narrowest of those that reach its line,
then by all of these. Faults in scripts are tried by `node --test` and the browser tests.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from coverage import CoverageData

from tests.support.faults import Fault, python_faults, script_faults

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".venv" / "mutants"
FIRST = 40  # tests of the quick try
AT_ONCE = 2
PYTEST = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", "-n", "0"]
# A fault may loop for ever; the slowest test file takes about a minute alone.
TIMEOUT = 900


def git(*argv: str) -> str:
    return subprocess.run(["git", *argv], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def sources() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "newsroom", "corrections", "static"], cwd=ROOT, capture_output=True, text=True
    )
    paths = map(Path, listed.stdout.split())
    skipped = {"migrations", "vendor"}
    return [path for path in paths if path.suffix in (".py", ".js") and not skipped & set(path.parts)]


def draw(number: int, seed: int) -> list[Fault]:
    """Lines are drawn first, so that a dense line counts no more than a plain one."""
    lines: dict[tuple[str, int], list[Fault]] = {}
    for path in sources():
        text = (ROOT / path).read_text(encoding="utf-8")
        for fault in (python_faults if path.suffix == ".py" else script_faults)(str(path), text):
            lines.setdefault((fault.path, fault.line), []).append(fault)
    chance = random.Random(seed)
    return [chance.choice(lines[line]) for line in chance.sample(sorted(lines), min(number, len(lines)))]


def measured() -> CoverageData:
    """Which tests reach which line, for the committed state of the code."""
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    kept = KEPT / f"{head}.coverage"
    if not kept.exists():
        print("measuring which tests reach which line; once for each commit", flush=True)
        KEPT.mkdir(parents=True, exist_ok=True)
        argv = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist=loadfile", "--no-loadscope-reorder"]
        argv += ["--cov=newsroom", "--cov=corrections", "--cov-context=test", "--cov-report=", "--cov-config=/dev/null"]
        run = subprocess.run(argv, cwd=ROOT, env=os.environ | {"COVERAGE_FILE": str(kept)}, check=False)
        if run.returncode:
            kept.unlink(missing_ok=True)
            sys.exit("the tests are red without any fault: mend that first")
    data = CoverageData(str(kept))
    data.read()
    return data


def tests_for(fault: Fault, data: CoverageData, breadth: Counter[str]) -> tuple[list[str], list[str]]:
    """The quick try, and all tests that reach the line; what runs at import is left to the tests of its room."""
    if fault.path.endswith(".js"):
        return [], ["tests/browser"]
    reached = data.contexts_by_lineno(str(ROOT / fault.path)).get(fault.line, [])
    tests = sorted({context.split("|")[0] for context in reached if context}, key=lambda test: (breadth[test], test))
    room = Path("tests") / Path(fault.path).parent
    named = room / f"test_{Path(fault.path).stem}.py"
    first = [str(named)] if (ROOT / named).exists() else []
    first += [test for test in tests if not first or not test.startswith(first[0])][:FIRST]
    everything = tests or [str(room) if (ROOT / room).exists() else "tests"]
    return first, everything


def survives(fault: Fault, copy: Path, first: list[str], everything: list[str]) -> bool:
    """Whether all tests that could see the fault pass with it."""
    path = copy / fault.path
    text = path.read_text(encoding="utf-8")
    path.write_text(fault.put_into(text), encoding="utf-8")
    try:
        if fault.path.endswith(".js") and red(["node", "--test", "--test-reporter=dot", "tests/js/**/*.test.js"], copy):
            return False
        return not any(tests and red([*PYTEST, *tests], copy) for tests in (first, everything))
    finally:
        path.write_text(text, encoding="utf-8")


def red(argv: list[str], copy: Path) -> bool:
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    try:
        run = subprocess.run(argv, cwd=copy, env=env, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return True
    return run.returncode != 0


def copy_of_checkout(target: Path) -> Path:
    subprocess.run(["git", "clone", "-q", str(ROOT), str(target)], check=True)
    for name in (".venv", "node_modules"):
        (target / name).symlink_to(ROOT / name)
    return target


def main() -> None:
    number, seed = int(os.environ.get("N", "60")), int(os.environ.get("SEED", "1"))
    faults, data = draw(number, seed), measured()
    breadth = Counter(
        context.split("|")[0]
        for file in data.measured_files()
        for contexts in data.contexts_by_lineno(file).values()
        for context in contexts
    )
    scratch = Path(tempfile.mkdtemp(prefix="corrigenda-mutants-"))
    copies: Queue[Path] = Queue()
    for turn in range(AT_ONCE):
        copies.put(copy_of_checkout(scratch / str(turn)))

    def tried(fault: Fault) -> bool:
        copy = copies.get()
        try:
            alive = survives(fault, copy, *tests_for(fault, data, breadth))
        finally:
            copies.put(copy)
        print(f"{'SURVIVED' if alive else 'seen    '} {fault}", flush=True)
        return alive

    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            alive = [fault for fault, survived in zip(faults, pool.map(tried, faults), strict=True) if survived]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    seen = len(faults) - len(alive)
    print(f"\nseed {seed}: {seen} of {len(faults)} faults seen, {seen / max(len(faults), 1):.0%}")
    for fault in alive:
        print(f"survived: {fault}")


if __name__ == "__main__":
    main()
