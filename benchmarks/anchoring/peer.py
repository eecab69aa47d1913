"""Asks the yardstick, which runs under node, one case at a time."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.anchoring.cases import Case
from benchmarks.anchoring.marks import Span

SCRIPT = Path(__file__).with_name("peer.js")


class NoPeer(Exception):
    """There is no node, or the script ended; what node printed says why."""


class Peer:
    """A running yardstick; a context manager that ends it."""

    def __init__(self) -> None:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        node = shutil.which("node", path=path)
        if node is None:
            raise NoPeer("no node beside this Python or on PATH")
        self._process = subprocess.Popen([node, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def relocate(self, case: Case) -> Span | None:
        """Where the quote stands now; the peer is shown what a browser keeps of the old text, and the whole new one."""
        question = {
            "text": case.new,
            "exact": case.exact,
            "prefix": case.prefix,
            "suffix": case.suffix,
            "hint": case.start,
        }
        if self._process.stdin is None or self._process.stdout is None:
            raise NoPeer("the peer has no pipes")
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise NoPeer("the peer ended; is node_modules there?")
        answer: list[int] | None = json.loads(line)
        return (answer[0], answer[1]) if answer else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # closes its input, upon which it ends
