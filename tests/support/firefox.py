"""Finds a Firefox for the reader's journey; run as a program it installs one where it can, and says where it cannot."""

import os
import shutil
import sys

from tests.support.chromium import apt_get, can_install

NAMES = ("firefox-esr", "firefox")
MISSING = "no Firefox here: put one on PATH or name one with FIREFOX_PATH; the reader's journey is left out in it"


def find_firefox() -> str | None:
    """The path of a Firefox, if there is one."""
    return os.environ.get("FIREFOX_PATH") or next((path for path in map(shutil.which, NAMES) if path), None)


def main() -> None:
    if find_firefox() is None and can_install():
        sys.stdout.write("installing Firefox with apt-get\n")
        sys.stdout.flush()
        apt_get("install", "-y", "--no-install-recommends", "firefox-esr")
    path = find_firefox()
    sys.stdout.write(f"Firefox: {path}\n" if path else f"{MISSING}\n")


if __name__ == "__main__":
    main()
