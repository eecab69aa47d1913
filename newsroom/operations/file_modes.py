"""File modes: what the site writes is its own user's alone, 0600 and 0700."""

import os
import stat
from contextlib import suppress
from pathlib import Path

UMASK = 0o077
FILE_MODE, FOLDER_MODE = 0o600, 0o700
# What older versions left readable to others.
FORMER = ("*.sqlite3*", "*.log", "celerybeat-schedule*", "mail", "mail/*", "media", "valkey", "valkey/*", "valkey/*/*")


def keep_private(data_dir: Path) -> None:
    """Everything that this process and its children write from now on, and what already lies in `data_dir`."""
    os.umask(UMASK)
    for path in (data_dir, *(path for pattern in FORMER for path in data_dir.glob(pattern))):
        with suppress(OSError, RuntimeError):  # another user's, gone meanwhile, or no home
            found = path.stat()
            is_ours = found.st_uid == os.geteuid() and path not in (Path.home(), Path("/"))
            # A sticky folder, such as /tmp, is meant for everybody.
            if is_ours and found.st_mode & UMASK and not found.st_mode & stat.S_ISVTX:
                path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
