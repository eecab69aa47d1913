"""A child does not outlive its parent."""

import subprocess
import sys
from pathlib import Path

from newsroom.demo.processes import PROJECT
from tests.support.waiting import is_alive, wait_until


def test_a_tethered_child_does_not_outlive_a_killed_parent() -> None:
    code = "import subprocess, time; from newsroom.demo.parent_death import with_parent_death_signal; "
    code += "print(subprocess.Popen(with_parent_death_signal(['sleep', '60'])).pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        wait_until(lambda: Path(f"/proc/{child}/cmdline").read_bytes().startswith(b"sleep"))
        parent.kill()
    wait_until(lambda: not is_alive(child))
