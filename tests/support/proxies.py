"""Proxies in front of the site under test, found on the machine or in .venv; run as a program it fetches those missing.

Unpacked into .venv, not installed: Debian's packages would start daemons.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.raw_sockets import RawAnswer, exchange
from tests.support.waiting import wait_until

FETCHED = Path(__file__).resolve().parents[2] / ".venv" / "proxies"
PATHS = os.pathsep.join(
    [os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", str(FETCHED / "usr/sbin"), str(FETCHED / "usr/bin")]
)
# Each with how it shows that it runs, and its package with the libraries that few machines have.
PROGRAMS: Mapping[str, tuple[str, Sequence[str]]] = {
    "nginx": ("-v", ["nginx"]),
    "varnishd": ("-V", ["varnish", "libvarnishapi3", "libjemalloc2"]),
    "haproxy": ("-v", ["haproxy", "liblua5.3-0", "liblua5.4-0", "libopentracing-c-wrapper0", "libopentracing1"]),
    "caddy": ("version", ["caddy"]),
}
COMPILERS = {"varnishd": "gcc"}  # Varnish compiles its configuration at each start
FETCH_SECONDS = 60
APT = ["apt-get", "-q", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=5", "-o", "APT::Sandbox::User=root"]


def environment() -> dict[str, str]:
    libraries = [*FETCHED.glob("usr/lib/*-linux-gnu"), *FETCHED.glob("usr/lib/*-linux-gnu/varnish")]
    kept = os.environ.get("LD_LIBRARY_PATH", "")
    path = os.pathsep.join([*map(str, libraries), kept]).strip(os.pathsep)
    return {**os.environ, "PATH": PATHS} | ({"LD_LIBRARY_PATH": path} if path else {})


def find_proxy(name: str) -> str | None:
    """The path of a program that runs here."""
    found = shutil.which(name, path=PATHS)
    if found is None or (name in COMPILERS and shutil.which(COMPILERS[name]) is None):
        return None
    asked = subprocess.run([found, PROGRAMS[name][0]], env=environment(), capture_output=True, check=False)
    return found if asked.returncode == 0 else None


@contextmanager
def running(argv: Sequence[str], port: int, *, home: Path) -> Iterator[None]:
    """A proxy that answers on `port` for the site behind it."""
    with (home / "printed").open("wb") as log:
        process = subprocess.Popen(argv, stdout=log, stderr=log, env={**environment(), "HOME": str(home)})
    try:
        wait_until(lambda: process.poll() is not None or answers(port), seconds=30)
        assert process.poll() is None, (home / "printed").read_text()
        yield
    finally:
        process.terminate()
        process.wait(30)


def answers(port: int) -> bool:
    try:
        return get("/robots.txt", port).status == 200
    except (OSError, AssertionError):
        return False


def get(path: str, port: int, *headers: str, sender: str = "") -> RawAnswer:
    more = "".join(f"{header}\r\n" for header in headers)
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}Connection: close\r\n\r\n"
    return exchange(request, port=port, sender=sender)


def fetch(packages: Sequence[str]) -> None:
    """Download and unpack; what cannot be had is missing afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        for package in packages:
            subprocess.run(
                [*APT, "download", package], cwd=folder, capture_output=True, timeout=FETCH_SECONDS, check=False
            )
        for archive in Path(folder).glob("*.deb"):
            subprocess.run(["dpkg", "-x", archive, FETCHED], capture_output=True, check=False)


def main() -> None:
    lacking = [name for name in PROGRAMS if find_proxy(name) is None]
    if lacking and not FETCHED.exists() and shutil.which("apt-get") and shutil.which("dpkg"):
        FETCHED.mkdir(parents=True)  # tried once, also without success
        for name in lacking:
            try:
                fetch(PROGRAMS[name][1])
            except (OSError, subprocess.TimeoutExpired):
                break
    found = {name: find_proxy(name) for name in PROGRAMS}
    there = ", ".join(name for name, path in found.items() if path) or "none"
    missing = ", ".join(name for name, path in found.items() if not path)
    sys.stdout.write(f"proxies: {there}" + f"; tests with {missing} are skipped" * bool(missing) + "\n")


if __name__ == "__main__":
    main()
