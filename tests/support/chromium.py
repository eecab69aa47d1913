"""Finds a Chromium for the browser tests; run as a program it installs one where it can."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


def install_chromium() -> None:
    """Debian's package, as root. Raises NoChromium."""
    if os.getuid() != 0 or shutil.which("apt-get") is None:
        raise NoChromium(MISSING)
    sys.stdout.write("installing Chromium with apt-get\n")
    sys.stdout.flush()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(["apt-get", "-q", *arguments], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NoChromium(f"apt-get {arguments[0]} failed: {done.stderr.strip()}\n{MISSING}")


def main() -> None:
    try:
        try:
            path = find_chromium()
        except NoChromium:
            install_chromium()
            path = find_chromium()
    except NoChromium as error:
        sys.exit(f"error: {error}")
    sys.stdout.write(f"Chromium: {path}\n")


if __name__ == "__main__":
    main()
