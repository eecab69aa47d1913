"""Finds a Chromium for the browser tests; run as a program it installs one where it can."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# Chromium without windows of its own, each of which would be drawn too: half the CPU time of the browser tests.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
MISSING = (
    "no Chromium: put one on PATH, name one with CHROME_PATH, or run `.venv/bin/playwright install chromium`; "
    "the browser tests cannot be left out"
)


class NoChromium(Exception):
    """There is no Chromium here, and none could be installed."""


def find_chromium() -> str:
    """The path of a Chromium. Raises NoChromium."""
    named = os.environ.get("CHROME_PATH")
    if named and not os.access(named, os.X_OK):
        raise NoChromium(f"CHROME_PATH names {named}, which cannot be run")
    found = named or next((path for path in map(shutil.which, NAMES) if path), None) or playwrights_own()
    if found is None:
        raise NoChromium(MISSING)
    return found


def playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def launch_arguments() -> list[str]:
    # Chromium's sandbox refuses to run as root.
    return [*ARGUMENTS, "--no-sandbox"] if os.getuid() == 0 else ARGUMENTS


def can_install() -> bool:
    return os.getuid() == 0 and shutil.which("apt-get") is not None


def install_chromium() -> None:
    """Debian's packages: the shell, else Chromium where there is none. Raises NoChromium."""
    if any(shutil.which(name) for name in NAMES):
        apt_get("install", "-y", "--no-install-recommends", SHELL)  # without it the tests only take longer
        return
    sys.stdout.write("installing Chromium with apt-get\n")
    sys.stdout.flush()
    updated = apt_get("update")
    for package in (SHELL, "chromium"):
        installed = apt_get("install", "-y", "--no-install-recommends", package)
        if installed.returncode == 0:
            return
    raise NoChromium(f"apt-get failed: {updated.stderr.strip()} {installed.stderr.strip()}\n{MISSING}")


def apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", "-q", *arguments], env=quiet, capture_output=True, text=True, check=False)


def main() -> None:
    try:
        if not os.environ.get("CHROME_PATH") and shutil.which(SHELL) is None and can_install():
            install_chromium()
        path = find_chromium()
    except NoChromium as error:
        sys.exit(f"error: {error}")
    sys.stdout.write(f"Chromium: {path}\n")


if __name__ == "__main__":
    main()
