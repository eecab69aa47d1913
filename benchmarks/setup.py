"""How long a newcomer waits: `make demo` in a fresh clone, package cache warm, to the first page."""

import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row
from tests.support.postgres import free_port

PROJECT = Path(__file__).resolve().parent.parent
LONGEST = 300
NOT_PASSED_ON = (
    *("VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"),
    *("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "HOST"),
)


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(clone)], check=True)
        _seconds(clone)  # fills the package cache
        subprocess.run(["rm", "-rf", str(clone / ".venv"), str(clone / "var")], check=True)
        yield Row("demo_seconds", _seconds(clone), "s", 15, "lower")


def _seconds(clone: Path) -> float:
    port = str(free_port())
    # Certificates, proxies and package indexes of this machine stay; what make and this environment set does not.
    passed_on = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    path = os.pathsep.join(part for part in passed_on["PATH"].split(os.pathsep) if ".venv" not in part)
    env = {**passed_on, "PATH": path, "PORT": port, "DATA_DIR": str(clone / "var")}
    started = time.monotonic()
    demo = subprocess.Popen(
        ["make", "demo"], cwd=clone, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
    )
    try:
        while time.monotonic() - started < LONGEST and demo.poll() is None:
            if _answers(f"http://127.0.0.1:{port}/"):
                return time.monotonic() - started
            time.sleep(0.05)
        raise RuntimeError("make demo showed no page")
    finally:
        if demo.poll() is None:
            os.killpg(demo.pid, signal.SIGINT)
            demo.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
