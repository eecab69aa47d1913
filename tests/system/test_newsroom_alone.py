"""newsroom is whole without the correction desk: its tests pass in a site that has not got the app."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
# Every test module is imported; those that render public pages, the desk and the API are run.
RUN = """
import sys, pytest
code = pytest.main(sys.argv[1:])
sys.exit(code or ("corrections was imported" if "corrections" in sys.modules else 0))
"""
CHOSEN = "test_sitemaps or test_articles or test_access or test_policy"


def test_newsroom_passes_its_tests_without_corrections() -> None:
    # Servers of its own: those of this run are in use.
    ours = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment = {name: value for name, value in ours.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    options = ["tests/newsroom", "--ds=tests.support.newsroom_settings", "-q", "-n0", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-c", RUN, *options, "-k", CHOSEN],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
